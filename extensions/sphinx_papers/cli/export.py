"""Write papers in a format that other programs read."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from sphinx_papers.cli.command import Call
from sphinx_papers.cli.say import complain
from sphinx_papers.formats.exports.export import EXPORTS, ExportError, ExportOptions, find_export, write_board
from sphinx_papers.formats.storage.files import write_output
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.tables.board import BOARD, parse_query
from sphinx_papers.model.tables.select import SelectionError, parse_selection, select

HELP = "write papers as BibTeX, RIS, JSON, CSV or a table"
_FORMATS = "\n".join(f"  {export.name:<12} {export.summary}" for export in EXPORTS.values())


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take a format, what selects the papers, where to write, and what a format may be told."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = f"formats:\n{_FORMATS}"
    parser.add_argument("format", nargs="?", default="", metavar="FORMAT", help="one of the formats below")
    parser.add_argument(
        "where",
        nargs="*",
        metavar="FIELD=VALUE",
        help="select papers, as the table directive does; after board=BENCHMARK/SPLIT the rows of a leaderboard,"
        " by its filters, q=WORDS, sort=COLUMN, apart=1 and until=YYYY-MM",
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write to a file, whole or not at all"
    )
    parser.add_argument(
        "--columns", type=_words, default=(), metavar="NAME,...",
        help="of a table: those of the table directive, conditions, and BENCHMARK/SPLIT",
    )  # fmt: skip
    parser.add_argument("--caption", default="", help="of a LaTeX table")
    parser.add_argument(
        "--short-venues", action="store_true", help="BibTeX: CVPR, not the proceedings in full"
    )
    parser.add_argument(
        "--without",
        type=_words,
        default=(),
        metavar="FIELD,...",
        help="BibTeX: leave fields out, such as url,doi",
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


def run(call: Call) -> int:
    """Write the selected papers; return 2 for a call that says nothing, 1 where nothing can be written."""
    chosen = call.chosen
    options = ExportOptions(
        columns=chosen.columns, caption=chosen.caption, short_venues=chosen.short_venues,
        without=chosen.without,
    )  # fmt: skip
    if not chosen.format:
        complain(
            f"say in which format: {', '.join(EXPORTS)} (for instance `sphinx-papers export bibtex -o papers.bib`)"
        )
        return 2
    try:
        export = find_export(chosen.format)
        library = call.library()
        criteria = _criteria(chosen.where)
        if BOARD in criteria:
            query = parse_query(library, criteria.pop(BOARD), criteria)
            text = write_board(export, library, query, options)
        else:
            text = export.write(_selected(library, criteria), library, options)
    except (ExportError, SelectionError) as error:
        complain(error)
        return 2
    if chosen.output is None:
        sys.stdout.write(text)
        return 0
    try:
        write_output(chosen.output, text.encode())
    except OSError as error:
        complain(f"{chosen.output}: {error.strerror or error}")
        return 1
    return 0


def _criteria(where: Sequence[str]) -> dict[str, str]:
    criteria = dict(each.partition("=")[::2] for each in where)
    if len(criteria) < len(where):
        message = "each field can be given once; separate its values by commas"
        raise SelectionError(message)
    return criteria


def _selected(library: Library, criteria: Mapping[str, str]) -> tuple[Paper, ...]:
    if of_results := [name for name in criteria if name in library.registry.conditions]:
        message = f"`{of_results[0]}` is asked of results: add {BOARD}=BENCHMARK/SPLIT"
        raise SelectionError(message)
    if "columns" in criteria or "caption" in criteria:
        name = "columns" if "columns" in criteria else "caption"
        message = f"`{name}` selects nothing: write --{name} {criteria[name] or '...'}"
        raise SelectionError(message)
    return select(library, parse_selection(library, criteria))
