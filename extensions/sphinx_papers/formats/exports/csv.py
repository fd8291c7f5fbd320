"""Papers and results as CSV, in columns that every selection has."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Container, Iterable, Mapping

from sphinx_papers.formats.exports.export import EXPORTS, ExportOptions
from sphinx_papers.formats.text.plain import one_line
from sphinx_papers.model.records.evidence import aimed_at, state
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper, Result, Source
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.tables.board import BoardTable, Query, query_text
from sphinx_papers.model.tables.leaderboard import value_text
from sphinx_papers.model.tables.table import PAPER_COLUMNS

_SEPARATOR = "; "
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?", re.ASCII)
_FORMULA = re.compile(
    "(^|;\\s*)(?=[=+@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}-])"
)


_PaperValue = Callable[[Paper, Registry], Iterable[str]]
_Value = Callable[[Paper, Result, Registry], Iterable[str]]
_PAPER: Mapping[str, _PaperValue] = {
    each.id: each.values for each in PAPER_COLUMNS if each.values is not None
}


def _of_paper(column: str) -> _Value:
    values = _PAPER[column]
    return lambda paper, _, registry: values(paper, registry)


def _of_source(read: Callable[[Source], str]) -> _Value:
    return lambda paper, result, _: [read(paper.sources[result.source])] if result.source else []


_RESULT_START: Mapping[str, _Value] = {
    "paper": _of_paper("key"),
    **{column: _of_paper(column) for column in ("name", "title", "year", "venue")},
    "benchmark": lambda _, result, __: [result.benchmark],
    "split": lambda _, result, __: [result.split],
    "value": lambda _, result, __: [value_text(result.value)],
    "metric": lambda _, result, registry: [registry.benchmarks[result.benchmark].metric],
    "unit": lambda _, result, registry: [registry.benchmarks[result.benchmark].unit],
}
_RESULT_END: Mapping[str, _Value] = {
    "variant": lambda _, result, __: [result.variant],
    "by": lambda _, result, __: [result.by.value],
    "state": lambda paper, result, _: [state(paper, result).value],
    "source": lambda _, result, __: [result.source],
    "source_kind": _of_source(lambda source: source.kind.value),
    "source_title": _of_source(lambda source: source.title),
    "source_url": _of_source(lambda source: source.url),
    "where": lambda _, result, __: [result.where],
    "also": lambda _, result, __: result.also,
    "reached": lambda paper, result, _: (
        value_text(each.value) for each in paper.reproductions if result in aimed_at(paper, each)
    ),
    "note": lambda _, result, __: [result.note],
}


def _condition(name: str) -> _Value:
    return lambda _, result, __: [result.conditions.get(name, "")]


def _facet(name: str) -> _Value:
    return lambda paper, result, _: paper.terms(name, result)


def _result_columns(registry: Registry) -> dict[str, _Value]:
    """Return what each column of results says: the field's own words stand in the middle."""
    taken = {*_RESULT_START, *_RESULT_END}
    conditions = {_heading(name, taken): _condition(name) for name in registry.conditions}
    facets = {
        _heading(facet.id, taken): _facet(facet.id) for facet in registry.facets.values() if facet.per_result
    }
    return {**_RESULT_START, **conditions, **facets, **_RESULT_END}


def results_head(registry: Registry) -> str:
    """Return the line with the headings of results."""
    return written_lines([_result_columns(registry)])


def board_head(registry: Registry) -> str:
    """Return the line with the headings of rows of a board."""
    return f"rank,{results_head(registry)[:-1]},selection\n"


def board_line(rank: int | None, line: str, selection: str) -> str:
    """Return *line*, which is that of a result, as a row of a board, with what was asked of the board."""
    end = written_lines([["", selection]])
    return f"{'' if rank is None else rank},{line[:-1]}{end}"


def result_lines(paper: Paper, registry: Registry) -> str:
    """Return a line for each result of *paper*, in the order of its record.

    Each condition has a column, empty where it is not known, and each facet that tells
    results apart: the terms of the result where it states its own, of its paper elsewhere. Then
    who measured it, its state, where it was seen, and what others reached who aimed at it.
    """
    columns = _result_columns(registry).values()
    return written_lines(
        [_SEPARATOR.join(values(paper, result, registry)) for values in columns] for result in paper.results
    )


def board_lines(table: BoardTable, library: Library, query: Query, options: ExportOptions) -> str:
    """Return the rows of a board, each with its rank and with what was asked."""
    written = EXPORTS["results-csv"]
    lines = [board_head(library.registry)]
    for each, rank in zip(table.standings, table.ranks, strict=True):
        place = [result is each.result for result in each.paper.results].index(True)
        line = written.part_of(each.paper, library).splitlines(keepends=True)[place]
        lines.append(board_line(rank, line, query_text(query)))
    return "".join(lines)


def _own_facet(name: str) -> _PaperValue:
    return lambda paper, _: paper.terms(name)


def _paper_columns(registry: Registry) -> dict[str, _PaperValue]:
    """Return what each column of papers says; the facets stand before the methods, as these tell papers apart too."""
    facets = {_heading(facet, _PAPER): _own_facet(facet) for facet in registry.facets}
    columns = list(_PAPER.items())
    place = list(_PAPER).index("methods")
    return {**dict(columns[:place]), **facets, **dict(columns[place:])}


def papers_head(registry: Registry) -> str:
    """Return the line with the headings of papers."""
    return written_lines([_paper_columns(registry)])


def paper_line(paper: Paper, registry: Registry) -> str:
    """Return the line of *paper*; several values in one place are separated by ``;``."""
    columns = _paper_columns(registry).values()
    return written_lines([[_SEPARATOR.join(values(paper, registry)) for values in columns]])


def _heading(identifier: str, taken: Container[str]) -> str:
    """Return the heading of one of the field's own words; one that is taken is told apart."""
    return f"{identifier} (stated)" if identifier in taken else identifier


def _cell(value: str) -> str:
    """Return *value* on one line that no spreadsheet takes for a formula.

    An apostrophe before it says that it is text, at the start of the cell and, as a program may
    part cells at semicolons, behind each: https://owasp.org/www-community/attacks/CSV_Injection
    """
    value = one_line(value)
    return value if _NUMBER.fullmatch(value) else _FORMULA.sub(r"\1'", value)


def written_lines(lines: Iterable[Iterable[str]]) -> str:
    """Return *lines* as CSV."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([_cell(value) for value in line] for line in lines)
    return stream.getvalue()
