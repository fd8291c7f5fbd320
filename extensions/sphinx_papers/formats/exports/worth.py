"""Pairs of results that differ in one condition, as CSV and JSON for programs."""

from __future__ import annotations

import json
from typing import Any

from sphinx_papers.formats.exports.csv import written_lines
from sphinx_papers.formats.text.plain import writable
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper, Result
from sphinx_papers.model.tables.leaderboard import value_text
from sphinx_papers.model.views.view import value_of
from sphinx_papers.model.views.worth import Answer, Worth, WorthsView

CSV_FILE, JSON_FILE = "worth.csv", "worth.json"
_HEAD = (
    "benchmark", "split", "condition", "from", "to", "paper", "value_from", "value_to", "gain",
    "source_from", "source_to",
)  # fmt: skip


def worth_csv(library: Library) -> str:
    """Return a line for each pair: what differs, both numbers and the addresses of their sources."""
    lines = [
        (
            worth.benchmark, pair.before.split, worth.condition, _text(worth.before), _text(worth.after),
            pair.paper.key, value_text(pair.before.value), value_text(pair.after.value),
            value_text(pair.gain), _source(pair.paper, pair.before), _source(pair.paper, pair.after),
        )
        for worth in _known(library)
        for pair in worth.pairs
    ]  # fmt: skip
    return written_lines([_HEAD, *lines])


def worth_json(library: Library) -> str:
    """Return the same with medians and ranges; a median that too few papers support is left out."""
    found = [
        {
            "benchmark": worth.benchmark, "condition": worth.condition,
            "from": _json(worth.before), "to": _json(worth.after), "papers": worth.papers,
            **({"median": worth.median} if worth.enough else {}),
            "lowest": worth.range[0], "highest": worth.range[1],
            "pairs": [
                {
                    "paper": pair.paper.key, "split": pair.before.split, "gain": pair.gain,
                    "from": {"value": pair.before.value, "source": _source(pair.paper, pair.before)},
                    "to": {"value": pair.after.value, "source": _source(pair.paper, pair.after)},
                }
                for pair in worth.pairs
            ],
        }
        for worth in _known(library)
    ]  # fmt: skip
    return writable(json.dumps({"version": 1, "worth": found}, ensure_ascii=False)) + "\n"


def _known(library: Library) -> tuple[Worth, ...]:
    return value_of(WorthsView(), library)  # type: ignore[no-any-return]


def _text(answer: Answer) -> str:
    return answer if isinstance(answer, str) else "; ".join(answer) or "none"


def _json(answer: Answer) -> Any:
    return answer if isinstance(answer, str) else list(answer)


def _source(paper: Paper, result: Result) -> str:
    return paper.sources[result.source].url if result.source else ""
