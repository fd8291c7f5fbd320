from __future__ import annotations

import json
import re
import time

import pytest

from sphinx_papers.formats.exports.export import (
    BESIDE,
    EXPORTS,
    OFFERED,
    Export,
    ExportError,
    ExportOptions,
    catalogue,
    find_export,
    schema_text,
)
from sphinx_papers.formats.exports.papers_json import papers_schema
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Registry


def test_no_two_formats_share_a_file() -> None:
    assert [each.file for each in EXPORTS.values()] == [
        "papers.bib", "papers.ris", "papers.csl.json", "papers.json", "results.csv", "papers.csv",
        "papers.md", "papers.tex",
    ]  # fmt: skip
    of_one = [each.file_of("lee2021maps") for each in EXPORTS.values()]
    assert of_one == [
        "lee2021maps.bib", "lee2021maps.ris", "lee2021maps.csl.json", "lee2021maps.json",
        "lee2021maps.results.csv", "lee2021maps.csv", "lee2021maps.md", "lee2021maps.tex",
    ]  # fmt: skip


def test_every_format_takes_all_papers_one_and_none(real_library: Library) -> None:
    papers = tuple(real_library.values())
    for export in EXPORTS.values():
        whole = export.write(papers, real_library)
        assert whole == export.write(papers[::-1], real_library) or export.name in {"markdown", "latex"}
        one = export.write(papers[:1], real_library)
        assert 0 < len(one) < len(whole)
        assert isinstance(export.write((), real_library), str)


@pytest.mark.parametrize("export", OFFERED, ids=lambda export: export.name)
def test_a_file_is_cut_into_what_it_says_of_each_paper(export: Export, real_library: Library) -> None:
    """As the script of a site does, which has the patterns from the list of formats."""
    papers = tuple(real_library.values())
    listed = json.loads(catalogue(real_library.registry))["formats"]
    layout = next(each["layout"] for each in listed if each["name"] == export.name)
    text = export.write(papers, real_library)
    inner = text.removeprefix(layout["opening"]).removesuffix(layout["closing"])
    found: dict[str, str] = {}
    for part in re.split(layout["border"], inner):
        key = re.search(layout["key"], part, re.MULTILINE)
        assert key, part
        found[key[1]] = found.get(key[1], "") + part
    parts = {key: export.part_of(real_library[key], real_library) for key in sorted(real_library)}
    assert found == {key: part for key, part in parts.items() if part}
    assert layout["empty"] == export.write((), real_library)


def test_what_stands_beside_a_page_is_offered_for_all_papers_too() -> None:
    assert [each.name for each in BESIDE] == ["bibtex", "ris", "csl-json"]
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
