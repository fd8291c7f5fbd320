"""Print papers as BibTeX."""

from __future__ import annotations

import argparse
import sys

from sphinx_papers.cli.command import Call
from sphinx_papers.formats.bibtex import write_bibtex
from sphinx_papers.model.select import SelectionError, parse_selection, select

HELP = "print the papers as BibTeX"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take what selects the papers."""
    parser.add_argument(
        "where", nargs="*", metavar="FIELD=VALUE", help="select papers, as the table directive does"
    )


def run(call: Call) -> int:
    """Print the selected papers; return 2 for a selection that says nothing."""
    library = call.library()
    where = call.chosen.where
    criteria = dict(each.partition("=")[::2] for each in where)
    if len(criteria) < len(where):
        print("each field can be given once; separate its values by commas", file=sys.stderr)
        return 2
    try:
        papers = select(library, parse_selection(library, criteria))
    except SelectionError as error:
        print(error, file=sys.stderr)
        return 2
    print(write_bibtex(papers, library.registry), end="")
    return 0
