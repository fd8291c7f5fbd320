"""What a script needs to make tables in LaTeX and Markdown: every cell, written already.

A script then chooses papers and columns, finds the best and numbers the notes; what it puts together
is what :mod:`latex_table` and :mod:`markdown` write. A text is a string where it is the same in both
formats, and a pair of LaTeX and Markdown where it is not.
"""

from __future__ import annotations

import json
from typing import Any

from sphinx_papers.formats.exports import latex_table, markdown
from sphinx_papers.formats.exports.paper_text import PaperText
from sphinx_papers.formats.text import latex
from sphinx_papers.formats.text.plain import writable
from sphinx_papers.model.display.text import Spans
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper, Result
from sphinx_papers.model.records.registry import Best, Registry
from sphinx_papers.model.tables.comparison import (
    UNKNOWN,
    ColumnHead,
    best_said,
    compare,
    condition_text,
    default_columns,
    stated_conditions,
    stated_facets,
    stated_note,
)
from sphinx_papers.model.tables.leaderboard import value_text
from sphinx_papers.model.tables.ranking import claim, league_of
from sphinx_papers.model.tables.table import COLUMNS, DEFAULT_COLUMNS, column_kind

_Text = str | list[str]


def comparison_line(paper: Paper, registry: Registry) -> str:
    """Return all cells of *paper* on one line; what is not known has none."""
    library = Library([paper], registry)
    cells = {name: column_kind(library, name).cell(library, paper).spans for name in _cell_columns(registry)}
    places = dict.fromkeys((result.benchmark, result.split) for result in paper.results)
    best = {
        f"{benchmark}/{split}": claim(registry, paper, registry.benchmarks[benchmark], split)
        for benchmark, split in places
    }
    line = {
        "key": paper.key,
        "cells": {name: _cell(spans, paper) for name, spans in cells.items() if spans != UNKNOWN},
        "results": {place: _result(library, paper, result) for place, result in best.items() if result},
    }
    return writable(json.dumps(line, ensure_ascii=False, separators=(",", ":")))


COMPARISON_LINE = PaperText(comparison_line)
"""Of each paper all its cells."""


def comparison_text(library: Library) -> str:
    """Return the data of *library*, its papers the newest first."""
    registry = library.registry
    splits = [
        f"{benchmark.id}/{split}"
        for benchmark in registry.benchmarks.values()
        if benchmark.id in library.by_benchmark
        for split in benchmark.splits
    ]
    columns = [*_cell_columns(registry), *registry.conditions, *splits]
    head = {
        "columns": [_column(library, head) for head in compare(library, (), columns).heads],
        "unknown": _pair(latex_table.cell_text(UNKNOWN), markdown.escaped(UNKNOWN[0].text)),
        "latex": [*default_columns(library)],
        "markdown": [*DEFAULT_COLUMNS],
        "cited": [*latex_table.CITED],
        "caption": latex_table.CAPTION,
        "rule": _both(best_said(library)),
    }
    texts = [f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in head.items()]
    papers = ",\n".join(COMPARISON_LINE.of(paper, library) for paper in library.values())
    return writable("{\n" + ",\n".join([*texts, f'"papers": [\n{papers}\n]']) + "\n}\n")


def _cell_columns(registry: Registry) -> list[str]:
    return [*COLUMNS, *registry.facets]


def _column(library: Library, head: ColumnHead) -> dict[str, Any]:
    column: dict[str, Any] = {"id": head.id, "name": _both(head.name)}
    if head.group:
        column |= {"group": _both(head.group), "kind": "result"}
        if library.registry.benchmarks[head.id.partition("/")[0]].best is Best.LOWEST:
            column["lowest"] = True
    else:
        column["kind"] = "condition" if head.id in library.registry.conditions else "cell"
    return column | ({"numeric": True} if head.numeric else {})


def _cell(spans: Spans, paper: Paper) -> _Text:
    return _pair(latex_table.cell_text(spans), markdown.cell_text(spans, paper))


def _result(library: Library, paper: Paper, result: Result) -> dict[str, Any]:
    """Return the number with what a note says of it, in parts: which of them it says depends on the columns."""
    conditions = library.registry.conditions
    league = league_of(library.registry, paper, result)
    known = {
        "value": result.value,
        "text": value_text(result.value),
        "league": None if league is None else json.dumps(league),
        "variant": _both(result.variant),
        "conditions": {
            name: [_both(condition_text(library, name, result.conditions[name])), _both(text)]
            for name, text in stated_conditions(library, result).items()
            if name in conditions
        },
        "facets": [_both(text) for text in stated_facets(library, paper, result)],
        "note": _both(stated_note(paper, result)),
    }
    return {name: each for name, each in known.items() if each or name == "value"}


def _both(text: str) -> _Text:
    return _pair(latex.encode(text), markdown.escaped(text))


def _pair(in_latex: str, in_markdown: str) -> _Text:
    return in_latex if in_latex == in_markdown else [in_latex, in_markdown]
