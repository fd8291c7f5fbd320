from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter
from tests.formats.conftest import exported

from sphinx_papers.formats.exports.papers_json import papers_schema
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Registry

Hostile = st.SearchStrategy[Paper]


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    schema = papers_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_a_record_with_everything(registry: Registry, full_paper: Paper) -> None:
    written = json.loads(exported("json", [full_paper], registry))
    assert TypeAdapter(Registry).validate_python(written.pop("registry")) == registry
    assert written == {
        "version": 2,
        "papers": [
            {
                "key": "zola2021maps",
                "title": "Maps of CAMs in $x^2$ Ways",
                "summary": "Draws maps.",
                "depth": "listed",
                "names": ["Mapper", "Mapper+"],
                "authors": [
                    {"family": "Zola", "given": "Émile"},
                    {"family": "Hove", "given": "Ben", "particle": "van den"},
                    {"family": "King", "given": "Martin", "suffix": "Jr."},
                    {"family": "Google Research"},
                ],
                "date": "2021-03-04",
                "year": 2021,
                "venue": {
                    "id": "cvpr",
                    "name": "CVPR",
                    "full": "Conference on Vision",
                    "proceedings": "Proceedings of the Conference on Vision (CVPR)",
                    "kind": "conference",
                    "year": 2021,
                    "month": 6,
                    "volume": "7",
                    "pages": "10-19",
                    "publisher": "IEEE",
                },
                "arxiv": "2103.00001",
                "arxiv_class": "cs.CV",
                "doi": "10.1000/maps",
                "links": {
                    "paper": "https://p.org/a_b?c=1&d=2",
                    "project": "https://m.org",
                },
                "code": [
                    {"url": "https://c.org/1", "official": True, "licence": "MIT", "weights": "yes"},
                    {"url": "https://c.org/2", "official": False},
                ],
                "facets": {
                    "supervision": ["image", "box"],
                    "inputs": ["clip"],
                    "pipeline": ["single"],
                    "domain": ["images"],
                },
                "methods": ["saliency", "erasing"],
                "builds_on": ["zhou2016learning"],
                "sources": {
                    "readme": {
                        "url": "https://c.org/1",
                        "kind": "repository",
                        "title": "Mapper README",
                        "about": "results",
                        "checked": "2026-11",
                    }
                },
                "results": [
                    {
                        "benchmark": "voc",
                        "split": "val",
                        "value": 60.5,
                        "metric": "mIoU",
                        "unit": "%",
                        "best": "highest",
                        "conditions": {"backbone": "ResNet-50", "crf": "no"},
                        "by": "authors",
                        "source": "readme",
                        "where": "Table 1",
                        "state": "primary",
                    },
                    {
                        "benchmark": "voc",
                        "split": "val",
                        "value": 65.25,
                        "metric": "mIoU",
                        "unit": "%",
                        "best": "highest",
                        "variant": "large",
                        "conditions": {"backbone": "VGG-16"},
                        "facets": {"inputs": []},
                        "by": "authors",
                        "note": "others print 65.3",
                        "state": "unsourced",
                    },
                    {
                        "benchmark": "err",
                        "split": "test",
                        "value": 2.0,
                        "metric": "error",
                        "best": "lowest",
                        "by": "authors",
                        "state": "unsourced",
                    },
                ],
                "as_printed": [
                    {
                        "benchmark": "voc",
                        "split": "val",
                        "value": 60.8,
                        "of": 60.5,
                        "source": "readme",
                        "where": "Table 9",
                    }
                ],
                "reproductions": [
                    {
                        "benchmark": "voc",
                        "split": "val",
                        "value": 59.9,
                        "of": 60.5,
                        "who": "a user",
                        "url": "https://c.org/1/issues/1",
                        "differed": "smaller batch",
                    }
                ],
                "added": "2026-11-29",
                "formerly": ["zola2020maps"],
                "corrections": [{"date": "2026-11-30", "what": "the year"}],
            }
        ],
    }


def test_the_whole_export_fits_its_schema_and_loses_no_number(
    schema: Draft202012Validator, real_library: Library
) -> None:
    written = json.loads(exported("json", real_library.values(), real_library.registry))
    schema.validate(written)
    assert [paper["key"] for paper in written["papers"]] == sorted(real_library)
    for paper in written["papers"]:
        record = real_library[paper["key"]]
        values = [(r["benchmark"], r["split"], r["value"]) for r in paper.get("results", [])]
        assert values == [(r.benchmark, r.split, r.value) for r in record.results]
        assert set(paper.get("sources", {})) == set(record.sources)


@pytest.mark.parametrize(
    "wrong",
    [
        {"papers": []},
        {"version": 1, "papers": []},
        {"version": 2, "papers": [{"key": "a", "title": "A", "date": "2021"}]},
        {"version": 2, "papers": [{"key": "a", "title": "A", "date": "2021", "year": 2021, "more": 1}]},
        {"version": 2, "papers": [{"key": "a", "title": "A", "date": "soon", "year": 2021}]},
        {"version": 2, "papers": [{"key": "a", "title": "A", "date": "2021", "year": 2021, "results": [{}]}]},
    ],
)
def test_the_schema_refuses_what_the_format_is_not(schema: Draft202012Validator, wrong: object) -> None:
    assert not schema.is_valid(wrong)


@settings(max_examples=60)
@given(data=st.data())
def test_any_text_comes_back(
    schema: Draft202012Validator, registry: Registry, hostile_papers: Hostile, data: st.DataObject
) -> None:
    paper = data.draw(hostile_papers)
    text = exported("json", [paper], registry)
    text.encode()
    written = json.loads(text)
    schema.validate(written)
    assert written["papers"][0]["title"] == paper.plain_title.replace("\ud800", "\ufffd")
    assert [r["value"] for r in written["papers"][0].get("results", [])] == [r.value for r in paper.results]


def test_nothing_is_an_empty_list(schema: Draft202012Validator, registry: Registry) -> None:
    written = json.loads(exported("json", [], registry))
    assert written == {"version": 2, "papers": []}
    schema.validate(written)


def test_half_a_surrogate_pair_is_replaced(registry: Registry, full_paper: Paper) -> None:
    text = exported("json", [replace(full_paper, summary="a\ud800é\nb")], registry)
    assert json.loads(text.encode())["papers"][0]["summary"] == "a\ufffdé\nb"
