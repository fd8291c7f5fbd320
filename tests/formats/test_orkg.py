"""ORKG's import takes a title, known columns for the paper, and a line for each contribution."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from tests.formats.conftest import exported

from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Registry

KNOWN = {
    "paper:title", "paper:authors", "paper:publication_month", "paper:publication_year", "paper:published_in",
    "paper:doi", "paper:url", "paper:research_field", "contribution:research_problem", "contribution:extraction_method",
}  # fmt: skip
"""Columns that ORKG's import reads itself (its front end's `PREDEFINED_COLUMNS`)."""


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), strict=True))


def test_each_result_is_a_contribution_of_its_paper(registry: Registry, full_paper: Paper) -> None:
    found = rows(exported("orkg", [full_paper], registry))
    assert [row["Value"] for row in found] == ["60.5", "65.25", "2.0"]
    first, second, _ = found
    assert {name: first[name] for name in KNOWN & first.keys()} == {
        "paper:title": "Maps of CAMs in $x^2$ Ways",
        "paper:authors": "Émile Zola; Ben van den Hove; Martin King, Jr.; Google Research",
        "paper:publication_month": "6",
        "paper:publication_year": "2021",
        "paper:published_in": "Conference on Vision",
        "paper:doi": "10.1000/maps",
        "paper:url": "https://p.org/a_b?c=1&d=2",
    }
    assert first["resource:Method"] == "Mapper"
    assert first["resource:Backbone"] == "ResNet-50"
    assert first["Source"] == "https://c.org/1"
    assert first["State"] == "primary"
    # What is stated to be none is not what is not stated.
    assert (first["resource:Extra inputs"], second["resource:Extra inputs"]) == ("CLIP", "none")
    assert (first["Variant"], second["Variant"]) == ("", "large")


def test_a_paper_without_results_is_one_line(registry: Registry, full_paper: Paper) -> None:
    bare = replace(full_paper, results=(), appearance=None, names=())
    (row,) = rows(exported("orkg", [bare], registry))
    assert row["paper:title"] == "Maps of CAMs in $x^2$ Ways"
    assert (row["paper:publication_month"], row["paper:published_in"]) == ("3", "")
    assert {value for name, value in row.items() if not name.startswith("paper:")} == {""}


def test_the_whole_collection_fits_what_the_import_checks(real_library: Library) -> None:
    found = rows(exported("orkg", real_library.values(), real_library.registry))
    papers = real_library.values()
    assert len(found) == sum(len(paper.results) or 1 for paper in papers)
    for row in found:
        assert None not in row.values()
        assert row["paper:title"]
        assert row["paper:publication_month"] in {"", *map(str, range(1, 13))}
        assert len(row["paper:publication_year"]) == 4
        assert not any(value.startswith(("orkg:", "resource:")) for value in row.values())
    assert all(name in KNOWN for name in found[0] if name.startswith(("paper:", "contribution:")))
