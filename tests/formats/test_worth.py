from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from sphinx_papers.formats.exports.worth import worth_csv, worth_json
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.views.worth import worths

if TYPE_CHECKING:
    import pytest


def test_every_pair_is_a_line_with_both_sources(real_library: Library) -> None:
    rows = list(csv.DictReader(io.StringIO(worth_csv(real_library))))
    pairs = [(worth, pair) for worth in worths(real_library) for pair in worth.pairs]
    assert len(rows) == len(pairs) > 0
    for row, (worth, pair) in zip(rows, pairs, strict=True):
        assert (row["benchmark"], row["condition"], row["paper"]) == (
            worth.benchmark, worth.condition, pair.paper.key,
        )  # fmt: skip
        assert (float(row["value_from"]), float(row["value_to"])) == (pair.before.value, pair.after.value)
        assert row["source_from"].startswith("http")
        assert row["source_to"].startswith("http")


def test_no_answer_is_a_formula_to_a_spreadsheet(
    real_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sphinx_papers.formats.exports.worth._text", lambda _: "=1+1")
    rows = list(csv.DictReader(io.StringIO(worth_csv(real_library))))
    assert {row[end] for row in rows for end in ("from", "to")} == {"'=1+1"}


def test_a_median_that_few_papers_support_is_left_out(real_library: Library) -> None:
    written = json.loads(worth_json(real_library))
    assert written["version"] == 1
    for entry, worth in zip(written["worth"], worths(real_library), strict=True):
        assert ("median" in entry) == (worth.papers >= 3)
        assert len(entry["pairs"]) == len(worth.pairs)
        for each, pair in zip(entry["pairs"], worth.pairs, strict=True):
            ends = [(each[end]["value"], each[end]["source"]) for end in ("from", "to")]
            values = [pair.before, pair.after]
            assert ends == [(result.value, pair.paper.sources[result.source].url) for result in values]
