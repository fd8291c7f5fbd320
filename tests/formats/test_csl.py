from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from tests.formats.conftest import exported

from sphinx_papers.formats.exports.csl import csl_item
from sphinx_papers.formats.text.plain import one_line
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Appearance, Links, Paper
from sphinx_papers.model.records.registry import Registry

Hostile = st.SearchStrategy[Paper]


@pytest.fixture(scope="module")
def schema() -> Draft7Validator:
    """Return CSL's own schema; schemas/README.md says where it is from."""
    path = Path(__file__).parent / "schemas" / "csl-data.json"
    return Draft7Validator(json.loads(path.read_text("utf-8")))


def test_a_paper_of_a_conference(registry: Registry, full_paper: Paper) -> None:
    assert csl_item(full_paper, registry) == {
        "id": "zola2021maps",
        "citation-key": "zola2021maps",
        "type": "paper-conference",
        "title": "Maps of CAMs in $x^2$ Ways",
        "author": [
            {"family": "Zola", "given": "Émile"},
            {"family": "Hove", "given": "Ben", "non-dropping-particle": "van den"},
            {"family": "King", "given": "Martin", "suffix": "Jr."},
            {"literal": "Google Research"},
        ],
        "issued": {"date-parts": [[2021, 6]]},
        "container-title": "Proceedings of the Conference on Vision (CVPR)",
        "event-title": "Conference on Vision",
        "publisher": "IEEE",
        "volume": "7",
        "page": "10-19",
        "DOI": "10.1000/maps",
        "URL": "https://p.org/a_b?c=1&d=2",
    }


def test_a_preprint_names_the_server(registry: Registry, full_paper: Paper) -> None:
    item = csl_item(replace(full_paper, appearance=None, links=Links(), doi=""), registry)
    assert (item["type"], item["publisher"], item["number"]) == ("article", "arXiv", "arXiv:2103.00001")
    assert item["issued"] == {"date-parts": [[2021, 3, 4]]}
    assert item["URL"] == "https://arxiv.org/abs/2103.00001"


def test_an_article_number_is_a_number(registry: Registry, full_paper: Paper) -> None:
    seen = Appearance(venue="pr", year=2022, volume="12", number="3", article="108")
    item = csl_item(replace(full_paper, appearance=seen), registry)
    assert (item["type"], item["volume"], item["issue"], item["number"]) == (
        "article-journal",
        "12",
        "3",
        "108",
    )
    assert "page" not in item


def test_the_whole_export_is_valid_and_says_what_the_records_say(
    schema: Draft7Validator, real_library: Library
) -> None:
    items: list[dict[str, Any]] = json.loads(
        exported("csl-json", real_library.values(), real_library.registry)
    )
    schema.validate(items)
    assert [item["id"] for item in items] == sorted(real_library)
    for item in items:
        paper = real_library[item["id"]]
        assert item["title"] == paper.plain_title
        assert item["issued"]["date-parts"][0][0] == paper.year
        assert [each["family"] for each in item.get("author", [])] == [a.family for a in paper.authors]
        assert item.get("DOI", "") == paper.doi


@settings(max_examples=60)
@given(data=st.data())
def test_any_text_is_valid(
    schema: Draft7Validator, registry: Registry, hostile_papers: Hostile, data: st.DataObject
) -> None:
    paper = data.draw(hostile_papers)
    text = exported("csl-json", [paper], registry)
    text.encode()
    (item,) = json.loads(text)
    schema.validate([item])
    assert item.get("title", "") == one_line(paper.plain_title)


def test_nothing_is_an_empty_list(registry: Registry) -> None:
    assert exported("csl-json", [], registry) == "[]\n"
