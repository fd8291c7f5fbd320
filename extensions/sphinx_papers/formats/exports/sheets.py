"""What a script needs to lay papers side by side: a file for each paper, and one with the names of all.

Each file is a script that hands its data over, as a page that is opened from a disk can load scripts and
nothing else. A text is a list of runs, a run a string, or a string with the key of the paper or the
address that it leads to.
"""

from __future__ import annotations

import json
from typing import Any

from sphinx_papers.formats.exports.paper_text import PaperText
from sphinx_papers.formats.text.plain import writable
from sphinx_papers.model.display.text import Spans
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Best, Registry
from sphinx_papers.model.tables.leaderboard import value_text
from sphinx_papers.model.views.side_by_side import (
    BUILT_ON,
    BUILT_ON_BY,
    SAID,
    Measured,
    lineage_facts,
    measured_board,
    sheet,
)


def _handed_over(name: str, value: str) -> str:
    """Return a script that hands over *value*, written in JSON, to the scripts of a page."""
    return writable(f'sphinxPapers.take("compare/{name}", {value});\n')


def sheet_line(paper: Paper, registry: Registry) -> str:
    """Return what is said of *paper*, but for what depends on other papers."""
    found = sheet(Library([paper], registry), paper)
    line = {
        "key": paper.key,
        "name": paper.name,
        "facts": [
            [label, _runs(spans)] for label, spans in found.facts if label not in (BUILT_ON, BUILT_ON_BY)
        ],
        "chain": found.chain,
        "results": [_number(number) for number in found.results],
    }
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


SHEET_LINE = PaperText(sheet_line)
"""Of each paper what is said of it alone."""


def sheet_text(library: Library, key: str) -> str:
    """Return the file of the paper *key*."""
    lineage = [[label, _runs(spans)] for label, spans in lineage_facts(library, library[key])]
    written = json.dumps(lineage, ensure_ascii=False, separators=(",", ":"))
    return _handed_over(key, f"[{SHEET_LINE.of(library[key], library)},{written}]")


def names_text(library: Library) -> str:
    """Return the file with key, name and year of every paper, the newest first."""
    names = [[key, paper.name, paper.plain_title, paper.year] for key, paper in library.items()]
    lines = ",\n".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in names)
    return _handed_over("index", f"[\n{lines}\n]")


def terms_text(registry: Registry) -> str:
    """Return what is the same for all papers, as JSON: boards, stages and conditions by name, and what a comparison says."""
    boards = {
        f"{benchmark.id}/{split.id}": [
            measured_board(benchmark, split.id),
            int(benchmark.best is Best.LOWEST),
        ]
        for benchmark in registry.benchmarks.values()
        for split in benchmark.splits.values()
    }
    terms: dict[str, Any] = {
        "boards": boards,
        "stages": [stage.name for stage in registry.chain.values()],
        "conditions": {condition.id: condition.name for condition in registry.conditions.values()},
        "said": SAID,
    }
    return json.dumps(terms, ensure_ascii=False, separators=(",", ":"))


def _number(number: Measured) -> dict[str, Any]:
    known: dict[str, Any] = {
        "board": number.board, "value": number.value, "text": value_text(number.value), "group": number.group,
        "alike": number.alike, "stated": number.stated, "open": number.open, "variant": number.variant,
        "note": number.note,
    }  # fmt: skip
    return {
        name: each for name, each in known.items() if each or name in ("board", "value", "stated", "open")
    }


def _runs(spans: Spans) -> list[str | list[str]]:
    """Return *spans* as runs; of links only those that mean the same wherever they stand."""
    runs: list[str | list[str]] = []
    for span in spans:
        text = f"${span.text}$" if span.math else span.text
        target = span.target
        runs.append([text, target.kind, target.id] if target and target.kind in ("url", "paper") else text)
    return runs
