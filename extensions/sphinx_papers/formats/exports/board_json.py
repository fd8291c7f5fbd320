"""What a script needs to write the rows of a board as :mod:`exports` does: every text, written already.

A script chooses rows, ranks them anew, finds what varies and puts the texts together. As in
:mod:`comparison_json` a text is a string, or a pair of LaTeX and Markdown where these are not the same.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sphinx_papers.formats.exports import csv, latex_table, markdown
from sphinx_papers.formats.exports.paper_text import PaperText
from sphinx_papers.formats.text import latex
from sphinx_papers.formats.text.plain import writable
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.tables.board import (
    ALL,
    AND,
    CHOSEN,
    LOOKED_FOR,
    OR,
    OTHERWISE,
    PAST,
    answer_said,
    answer_text,
    board_heads,
    board_subject,
    kinds_of,
    line_name,
    line_note,
)
from sphinx_papers.model.tables.comparison import UNKNOWN, best_said
from sphinx_papers.model.tables.leaderboard import value_text
from sphinx_papers.model.tables.ranking import Standing, league_of, unranked_reason
from sphinx_papers.model.tables.table import venue_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_papers.model.display.text import Spans
    from sphinx_papers.model.records.paper import Paper, Result
    from sphinx_papers.model.records.registry import Registry

_Text = str | list[str]
_SENTENCES = {"all": ALL, "chosen": CHOSEN, "otherwise": OTHERWISE, "words": LOOKED_FOR, "past": PAST}


def board_lines(paper: Paper, registry: Registry) -> str:
    """Return a line for each result of *paper*: its board, a tab, and all that is written of it."""
    library = Library([paper], registry)
    lines = csv.result_lines(paper, registry).splitlines(keepends=True)
    return "".join(
        f"{result.benchmark}/{result.split}\t{_row(library, paper, place, lines[place])}\n"
        for place, result in enumerate(paper.results)
    )


BOARD_LINES = PaperText(board_lines)
"""Of each paper the lines of its results."""


def _row(library: Library, paper: Paper, place: int, line: str) -> str:
    registry, result = library.registry, paper.results[place]
    reason = unranked_reason(registry, paper, result)
    standing = Standing(paper, result, league_of(registry, paper, result), None if reason else 1, reason)
    note = line_note(standing)
    row: dict[str, Any] = {
        "key": paper.key,
        "place": place,
        "league": None if reason else json.dumps(standing.league),
        "name": _spans(line_name(paper, result), paper),
        "venue": _spans(venue_spans(library, paper) or UNKNOWN, paper),
        "text": value_text(result.value),
        "answers": _answers(library, paper, result),
        "note": both(note),
        "csv": line,
    }
    return writable(json.dumps(row, ensure_ascii=False, separators=(",", ":")))


def _answers(library: Library, paper: Paper, result: Result) -> dict[str, list[_Text]]:
    """Return what is stated of each facet and condition, as a cell says it and as a caption does."""
    return {
        name: [both(text), both(answer_said(library, name, paper, result))]
        for name in kinds_of(library.registry)
        if (text := answer_text(library, name, paper, result))
    }


def board_data(library: Library) -> Iterator[tuple[str, str]]:
    """Yield each board that has results, as ``BENCHMARK/SPLIT``, with all that is written of its rows."""
    rows: dict[str, list[str]] = {}
    for paper in library.values():
        for line in BOARD_LINES.of(paper, library).split("\n")[:-1]:
            place, _, row = line.partition("\t")
            rows.setdefault(place, []).append(row)
    for benchmark in library.registry.benchmarks.values():
        for split in benchmark.splits:
            place = f"{benchmark.id}/{split}"
            if place in rows:
                head = _head(library, benchmark.id, split)
                body = ",\n".join(rows[place])
                text = json.dumps(head, ensure_ascii=False)[:-1] + f', "rows": [\n{body}\n]}}\n'
                yield place, writable(text)


def _head(library: Library, benchmark_id: str, split: str) -> dict[str, Any]:
    registry = library.registry
    benchmark = registry.benchmarks[benchmark_id]
    kinds = kinds_of(registry)
    name, venue, *own, value = board_heads(library, benchmark, kinds)
    return {
        "subject": both(board_subject(benchmark, split)),
        "heads": {
            "name": both(name.name), "venue": both(venue.name), "value": both(value.name),
            "kinds": [[head.id, both(head.name)] for head in own],
        },
        "unknown": [latex_table.cell_text(UNKNOWN), markdown.escaped(UNKNOWN[0].text)],
        "rule": both(best_said(library)),
        "csv": csv.board_head(registry),
        "said": {name: [both(part) for part in text.split("{}")] for name, text in _SENTENCES.items()},
        "joints": [both(OR), both(AND)],
    }  # fmt: skip


def _spans(spans: Spans, paper: Paper) -> _Text:
    return _pair(latex_table.cell_text(spans), markdown.cell_text(spans, paper))


def both(text: str) -> _Text:
    """Return *text* in LaTeX and Markdown."""
    return _pair(latex.encode(text), markdown.escaped(text))


def _pair(in_latex: str, in_markdown: str) -> _Text:
    return in_latex if in_latex == in_markdown else [in_latex, in_markdown]
