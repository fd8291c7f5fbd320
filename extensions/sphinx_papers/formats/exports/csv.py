"""Papers and results as CSV, in columns that every selection has."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from sphinx_papers.formats.exports.export import EXPORTS, ExportOptions
from sphinx_papers.formats.text.plain import one_line
from sphinx_papers.model.records.depth import depth
from sphinx_papers.model.records.evidence import aimed_at, state
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper, Result
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.tables.board import BoardTable, Query, query_text
from sphinx_papers.model.tables.leaderboard import value_text

_RESULT_START = ("paper", "name", "title", "year", "venue", "benchmark", "split", "value", "metric", "unit")
_RESULT_END = (
    "variant", "by", "state", "source", "source_kind", "source_title", "source_url", "where", "also", "reached",
    "note",
)  # fmt: skip
_PAPER_START = ("key", "name", "title", "authors", "date", "year", "venue", "volume", "number", "pages")
_PAPER_MIDDLE = ("article", "doi", "arxiv", "url", "code", "project")
_PAPER_END = ("methods", "builds_on", "depth", "summary")
_SEPARATOR = "; "
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?", re.ASCII)
_FORMULA = re.compile(
    "(^|;\\s*)(?=[=+@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}-])"
)


def results_head(registry: Registry) -> str:
    """Return the line with the headings of results."""
    own = _headings([*registry.conditions, *_telling(registry)], {*_RESULT_START, *_RESULT_END})
    return _written([[*_RESULT_START, *own, *_RESULT_END]])


def board_head(registry: Registry) -> str:
    """Return the line with the headings of rows of a board."""
    return f"rank,{results_head(registry)[:-1]},selection\n"


def board_line(rank: int | None, line: str, selection: str) -> str:
    """Return *line*, which is that of a result, as a row of a board, with what was asked of the board."""
    end = _written([["", selection]])
    return f"{'' if rank is None else rank},{line[:-1]}{end}"


def result_lines(paper: Paper, registry: Registry) -> str:
    """Return a line for each result of *paper*, in the order of its record.

    Each condition has a column, empty where it is not known, and each facet that tells
    results apart: the terms of the result where it states its own, of its paper elsewhere. Then
    who measured it, its state, where it was seen, and what others reached who aimed at it.
    """
    facets = _telling(registry)
    return _written(
        [
            *_result_start(paper, result, registry),
            *(result.conditions.get(condition, "") for condition in registry.conditions),
            *(_SEPARATOR.join(paper.terms(facet, result)) for facet in facets),
            *_result_end(paper, result),
        ]
        for result in paper.results
    )


def _telling(registry: Registry) -> list[str]:
    return [facet.id for facet in registry.facets.values() if facet.per_result]


def _result_start(paper: Paper, result: Result, registry: Registry) -> list[str]:
    benchmark = registry.benchmarks[result.benchmark]
    return [
        paper.key, _SEPARATOR.join(paper.names), paper.plain_title, str(paper.year), _venue(paper, registry),
        result.benchmark, result.split, value_text(result.value), benchmark.metric, benchmark.unit,
    ]  # fmt: skip


def _result_end(paper: Paper, result: Result) -> list[str]:
    source = paper.sources[result.source] if result.source else None
    seen = [source.kind.value, source.title, source.url] if source else ["", "", ""]
    reached = (value_text(each.value) for each in paper.reproductions if result in aimed_at(paper, each))
    return [
        result.variant, result.by.value, state(paper, result).value, result.source, *seen, result.where,
        _SEPARATOR.join(result.also), _SEPARATOR.join(reached), result.note,
    ]  # fmt: skip


def board_lines(table: BoardTable, library: Library, query: Query, options: ExportOptions) -> str:
    """Return the rows of a board, each with its rank and with what was asked."""
    written = EXPORTS["results-csv"]
    lines = [board_head(library.registry)]
    for each, rank in zip(table.standings, table.ranks, strict=True):
        place = [result is each.result for result in each.paper.results].index(True)
        line = written.part_of(each.paper, library).splitlines(keepends=True)[place]
        lines.append(board_line(rank, line, query_text(query)))
    return "".join(lines)


def papers_head(registry: Registry) -> str:
    """Return the line with the headings of papers."""
    facets = _headings(list(registry.facets), {*_PAPER_START, *_PAPER_MIDDLE, *_PAPER_END})
    return _written([[*_PAPER_START, *_PAPER_MIDDLE, *facets, *_PAPER_END]])


def paper_line(paper: Paper, registry: Registry) -> str:
    """Return the line of *paper*; several values in one place are separated by ``;``."""
    return _written(
        [
            [
                *_paper_start(paper, registry),
                *_paper_middle(paper),
                *(_SEPARATOR.join(paper.terms(facet)) for facet in registry.facets),
                _SEPARATOR.join(paper.methods),
                _SEPARATOR.join(paper.builds_on),
                depth(paper, registry).value,
                paper.summary,
            ]
        ]
    )


def _paper_start(paper: Paper, registry: Registry) -> list[str]:
    seen = paper.appearance
    printed = [seen.volume, seen.number, seen.pages] if seen else ["", "", ""]
    return [
        paper.key, _SEPARATOR.join(paper.names), paper.plain_title,
        _SEPARATOR.join(author.display for author in paper.authors), str(paper.date), str(paper.year),
        _venue(paper, registry), *printed,
    ]  # fmt: skip


def _paper_middle(paper: Paper) -> list[str]:
    article = paper.appearance.article if paper.appearance else ""
    code = _SEPARATOR.join(code.url for code in paper.code)
    return [article, paper.doi, paper.arxiv, paper.address, code, paper.links.project]


def _venue(paper: Paper, registry: Registry) -> str:
    return registry.venues[paper.appearance.venue].name if paper.appearance else ""


def _headings(identifiers: list[str], taken: set[str]) -> Iterator[str]:
    """Yield a heading for each of the field's own words; one that is taken is told apart."""
    for identifier in identifiers:
        yield f"{identifier} (stated)" if identifier in taken else identifier


def _cell(value: str) -> str:
    """Return *value* on one line that no spreadsheet takes for a formula.

    An apostrophe before it says that it is text, at the start of the cell and, as a program may
    part cells at semicolons, behind each: https://owasp.org/www-community/attacks/CSV_Injection
    """
    value = one_line(value)
    return value if _NUMBER.fullmatch(value) else _FORMULA.sub(r"\1'", value)


def _written(lines: Iterable[list[str]]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([_cell(value) for value in line] for line in lines)
    return stream.getvalue()
