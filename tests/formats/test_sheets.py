"""The files from which a script lays papers side by side."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sphinx_papers.formats.exports.sheets import names_text, sheet_text, terms_text
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Best, Registry
from sphinx_papers.model.views.side_by_side import sheet


@pytest.fixture(scope="module")
def library(registry: Registry, full_paper: Paper) -> Library:
    """Two papers, of which one builds on the other."""
    heir = Paper(
        key="heir", title="$x^2$", date=PartialDate(2022), names=("Heir",), builds_on=(full_paper.key,)
    )
    return Library([full_paper, heir], registry)


def handed_over(text: str, name: str) -> Any:
    """Return what a file hands over under *name*."""
    opening = f'sphinxPapers.take("compare/{name}", '
    assert text.startswith(opening)
    assert text.endswith(");\n")
    return json.loads(text.removeprefix(opening).removesuffix(");\n"))


def test_a_sheet_says_what_the_tables_without_a_script_say(library: Library) -> None:
    for key, paper in library.items():
        told, lineage = handed_over(sheet_text(library, key), key)
        found = sheet(library, paper)
        plain = [
            [label, "".join(f"${span.text}$" if span.math else span.text for span in spans)]
            for label, spans in found.facts
        ]
        facts = [*told["facts"], *lineage]
        assert [
            [label, "".join(r if isinstance(r, str) else r[0] for r in runs)] for label, runs in facts
        ] == plain
        assert told["key"] == key
        assert [each["value"] for each in told["results"]] == [each.value for each in found.results]
        assert [each.get("alike", "") for each in told["results"]] == [each.alike for each in found.results]


def test_the_name_of_another_paper_is_not_kept_with_the_record(library: Library, registry: Registry) -> None:
    (on,) = library["heir"].builds_on
    assert on in sheet_text(library, "heir")
    assert on not in sheet_text(Library([library["heir"]], registry), "heir")


def test_every_paper_can_be_found_by_its_name(library: Library) -> None:
    assert [key for key, *_ in handed_over(names_text(library), "index")] == list(library)


def test_terms_name_every_board_and_its_direction(registry: Registry) -> None:
    terms = json.loads(terms_text(registry))
    for benchmark in registry.benchmarks.values():
        for split in benchmark.splits.values():
            name, lowest = terms["boards"][f"{benchmark.id}/{split.id}"]
            assert name.startswith(f"{benchmark.name}, {split.name} ({benchmark.metric}")
            assert bool(lowest) == (benchmark.best is Best.LOWEST)
