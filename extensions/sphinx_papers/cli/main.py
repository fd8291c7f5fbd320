"""Reads the command line and calls what it names."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

from sphinx_papers.formats.bibtex import write_bibtex
from sphinx_papers.formats.folder import Places, read_collection
from sphinx_papers.formats.record import record_schema
from sphinx_papers.model.library import Library
from sphinx_papers.model.select import SelectionError, parse_selection, select
from sphinx_papers.version import __version__


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 0, or 1 for problems in the pages, or 2 for a wrong call."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    places = Places(
        papers=chosen.papers, methods=chosen.docs / "methods", registries=chosen.docs / "registries",
        bibliography=chosen.docs / "references.bib",
    )  # fmt: skip
    if not places.papers.is_dir():
        print(
            f"{places.papers}: no such folder (run this where `papers` is, or say --papers)", file=sys.stderr
        )
        return 2
    run = {"check": _check, "schema": _schema, "bibtex": _bibtex}[chosen.command]
    return run(places, chosen)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sphinx-papers", description=sys.modules[__package__ or ""].__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--papers", type=Path, default=Path("papers"), help="folder of the paper pages")
    parser.add_argument("--docs", type=Path, default=Path("docs"), help="folder of the site's source")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="check every record, and say what is wrong where")
    commands.add_parser("schema", help="print the JSON Schema of a page's front matter")
    bibtex = commands.add_parser("bibtex", help="print the papers as BibTeX")
    bibtex.add_argument(
        "where", nargs="*", metavar="FIELD=VALUE", help="select papers, as the table directive does"
    )
    return parser


def _check(places: Places, chosen: argparse.Namespace) -> int:
    collection = read_collection(places)
    for problem in collection.problems:
        print(replace(problem, file=os.path.relpath(problem.file)))
    errors, papers = len(collection.problems), len(collection.library)
    print(f"{papers} papers read, {errors} problem{'' if errors == 1 else 's'}", file=sys.stderr)
    return 1 if errors else 0


def _schema(places: Places, chosen: argparse.Namespace) -> int:
    print(json.dumps(record_schema(_library(places).registry), indent=2, ensure_ascii=False))
    return 0


def _bibtex(places: Places, chosen: argparse.Namespace) -> int:
    library = _library(places)
    criteria = dict(each.partition("=")[::2] for each in chosen.where)
    if len(criteria) < len(chosen.where):
        print("each field can be given once; separate its values by commas", file=sys.stderr)
        return 2
    try:
        papers = select(library, parse_selection(library, criteria))
    except SelectionError as error:
        print(error, file=sys.stderr)
        return 2
    print(write_bibtex(papers, library.registry), end="")
    return 0


def _library(places: Places) -> Library:
    return read_collection(places).library
