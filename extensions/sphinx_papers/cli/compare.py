"""Compare papers by the results that were reached under the same stated conditions, and by no others."""

from __future__ import annotations

import argparse

from sphinx_papers.cli.answering import add_common, print_answer
from sphinx_papers.cli.command import Call
from sphinx_papers.formats.answers import verbs

HELP = "compare papers by the results that share their conditions"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the papers."""
    parser.add_argument(
        "named", nargs="+", metavar="PAPER", help="two to five citation keys or names of methods"
    )
    add_common(parser)


def run(call: Call) -> int:
    """Print the numbers that compare, and why others do not.

    :raises CommandError: if a paper is not known, or there are too few or too many.
    """
    print_answer(call, lambda library: verbs.compare(library, call.chosen.named))
    return 0
