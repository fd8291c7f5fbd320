from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest

from sphinx_papers.formats.exports.export import (
    BESIDE,
    EXPORTS,
    OFFERED,
    Export,
    ExportError,
    ExportOptions,
    data_file,
    find_export,
    schema_text,
)
from sphinx_papers.formats.exports.papers_json import papers_schema
from sphinx_papers.formats.exports.script_data import paper_data, shared_data
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Registry

PROGRAMS = {"json", "orkg"}
"""Formats that no reader asks a page for."""


def test_no_two_formats_share_a_file() -> None:
    assert [each.file for each in EXPORTS.values()] == [
        "papers.bib", "papers.ris", "papers.csl.json", "papers.json", "results.csv", "papers.csv",
        "orkg.csv", "papers.md", "papers.tex",
    ]  # fmt: skip
    of_one = [each.file_of("lee2021maps") for each in EXPORTS.values()]
    assert of_one == [
        "lee2021maps.bib", "lee2021maps.ris", "lee2021maps.csl.json", "lee2021maps.json",
        "lee2021maps.results.csv", "lee2021maps.csv", "lee2021maps.orkg.csv", "lee2021maps.md", "lee2021maps.tex",
    ]  # fmt: skip


def test_every_format_takes_all_papers_one_and_none(real_library: Library) -> None:
    papers = tuple(real_library.values())
    for export in EXPORTS.values():
        whole = export.write(papers, real_library)
        assert whole == export.write(papers[::-1], real_library) or export.name in {"markdown", "latex"}
        one = export.write(papers[:1], real_library)
        assert 0 < len(one) < len(whole)
        assert isinstance(export.write((), real_library), str)


def given(script: str) -> tuple[str, Any]:
    """The name and the value that a script of data hands over."""
    found = re.fullmatch(r"sphinxPapers\.take\((\"[^\"]+\"), (.*)\);\n", script, re.DOTALL)
    assert found, script[:200]
    return json.loads(found[1]), json.loads(found[2])


@pytest.fixture(scope="module")
def data(real_library: Library) -> dict[str, Any]:
    """The data about several papers, by name."""
    library = Library(real_library.values(), real_library.registry, real_library.works.values())
    named = {}
    for file, script in shared_data(library):
        name, value = given(script)
        assert file == data_file(name)
        named[name] = value
    return named


@pytest.mark.parametrize(
    "export", [each for each in OFFERED if each.name not in PROGRAMS], ids=lambda export: export.name
)
def test_a_file_is_put_together_of_the_data_of_papers(
    export: Export, real_library: Library, data: dict[str, Any]
) -> None:
    """As the script of a site does, which has the glue from the list of formats."""
    format_ = next(each for each in data["exports"] if each["name"] == export.name)
    papers = tuple(real_library.values())
    for some in (papers, papers[:7]):
        parts = [data[export.name][key] for key in sorted(p.key for p in some) if key in data[export.name]]
        made = format_["opening"] + format_["glue"].join(parts) + format_["closing"]
        assert made == export.write(some, real_library)
    assert format_["empty"] == export.write((), real_library)


def test_the_data_of_a_paper_are_what_stands_beside_its_page(real_library: Library) -> None:
    for paper in real_library.values():
        name, value = given(paper_data(paper, real_library))
        assert name == f"papers/{paper.key}"
        beside = [export for export in BESIDE if export.name not in PROGRAMS]
        assert {export.name for export in beside} == value["formats"].keys()
        for export in beside:
            layout = export.layout
            assert layout is not None
            whole = layout.join([value["formats"][export.name]], real_library.registry)
            assert whole == export.write([paper], real_library)
        assert (value["name"], value["title"]) == (paper.name, paper.plain_title)
        assert str((paper.appearance or paper.date).year) in value["place"]


def test_what_stands_beside_a_page_is_offered_for_all_papers_too() -> None:
    assert [each.name for each in BESIDE] == ["bibtex", "ris", "csl-json", "json"]
    assert {*BESIDE} <= {*OFFERED}


def test_an_option_that_a_format_has_not_is_refused(registry: Registry, full_paper: Paper) -> None:
    library = Library([full_paper], registry)
    with pytest.raises(ExportError, match="`without` is not for ris, but for bibtex"):
        EXPORTS["ris"].write([full_paper], library, ExportOptions(without=("url",)))


def test_a_format_that_is_not_known_is_guessed() -> None:
    with pytest.raises(ExportError, match=r"unknown format `csv-results`: did you mean `results-csv`"):
        find_export("csv-results")


def test_the_published_schema_is_that_of_the_format() -> None:
    assert json.loads(schema_text()) == papers_schema()


def test_ten_times_the_papers_take_about_ten_times_as_long(registry: Registry, full_paper: Paper) -> None:
    from dataclasses import replace

    papers = [replace(full_paper, key=f"zola2021maps{place}") for place in range(1000)]
    for export in EXPORTS.values():
        times = [min(_seconds(export, papers[:count], registry) for _ in range(3)) for count in (100, 1000)]
        # A quadratic writer would take a hundred times as long.
        assert times[1] < 40 * times[0] + 0.05, export.name


def _seconds(export: Export, papers: list[Paper], registry: Registry) -> float:
    """The least of a few runs counts: other work on the machine slows single ones."""
    library = Library(papers, registry)
    start = time.process_time()
    export.write(papers, library)
    return time.process_time() - start
