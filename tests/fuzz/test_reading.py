"""Whatever a stranger writes is refused at its place, or is harmless in every format that is published."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings

from sphinx_papers.formats.answers.written import paper_text
from sphinx_papers.formats.checks.safe_prose import Ground, prose_findings
from sphinx_papers.formats.exports.citation_tags import citation_tags
from sphinx_papers.formats.exports.coins import context_object
from sphinx_papers.formats.exports.export import EXPORTS
from sphinx_papers.formats.exports.jsonld import web_page, write_jsonld
from sphinx_papers.formats.records.bibliography import read_works
from sphinx_papers.formats.records.editorial import read_editorial
from sphinx_papers.formats.records.identifier import flaw
from sphinx_papers.formats.records.page import read_paper_page
from sphinx_papers.formats.records.record import RecordForm, record_form, record_schema
from sphinx_papers.formats.records.registry import read_registries
from sphinx_papers.formats.records.yaml import read_yaml
from sphinx_papers.formats.text.safe_text import doi_flaw, is_web_address
from sphinx_papers.model.problem import Problem
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Registry
from tests.formats.conftest import METHODS, REGISTRIES, page_text
from tests.fuzz import harmless
from tests.fuzz.strategies import bibliographies, prose, records, registries, yaml_texts

KEY = "lee2021railroad"


def write_registries(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8", "surrogatepass")


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    folder = tmp_path_factory.mktemp("registries")
    write_registries(folder, REGISTRIES)
    return read_registries(folder, METHODS)[0]


@pytest.fixture(scope="module")
def form(registry: Registry) -> type[RecordForm]:
    return record_form(registry)


def paper_flaws(paper: Paper, registry: Registry) -> Iterable[str]:
    """Yield what is not harmless of *paper* in what is made of it."""
    library = Library([paper], registry)
    written = {name: export.write((paper,), library) for name, export in EXPORTS.items()}
    for name in ("json", "csl-json"):
        yield from harmless.json_flaws(written[name])
    for name in ("papers-csv", "results-csv"):
        yield from harmless.csv_flaws(written[name])
    yield from harmless.bibtex_flaws(written["bibtex"], {paper.key})
    yield from harmless.ris_flaws(written["ris"], 1)
    yield from harmless.tex_flaws(written["latex"])
    yield from harmless.markdown_flaws(written["markdown"])
    yield from harmless.markdown_flaws(paper_text(library, paper))
    context = context_object(paper, registry)
    if not (context.isascii() and context.isprintable() and parse_qs(context)["rft.atitle"]):
        yield f"{context!r} is no ContextObject"
    for name, value in citation_tags(paper, registry):
        if not value or "\n" in value or harmless.unseen(value):
            yield f"{name}: {value!r}"
    yield from harmless.script_flaws(write_jsonld(web_page(paper, registry, paper.title, "")))


@settings(max_examples=150)
@given(record=records)
def test_a_record_is_refused_at_its_place_or_harmless(
    form: type[RecordForm], registry: Registry, record: str
) -> None:
    text = "---\npaper:\n" + "".join(f"  {line}\n" for line in record.split("\n")) + "---\n# Heading\n"
    paper, document = read_paper_page(text, "p.md", KEY, form, registry)
    assert list(harmless.finding_flaws(document.problems, {"p.md": text})) == []
    assert (paper is None) >= bool(document.problems)
    if paper is not None:
        assert list(paper_flaws(paper, registry)) == []
    else:
        assert document.problems


@settings(max_examples=100)
@given(text=yaml_texts)
def test_no_text_stops_the_reader_of_yaml(text: str) -> None:
    document = read_yaml(text, "p.md")
    assert list(harmless.finding_flaws(document.problems, {"p.md": text})) == []


@settings(max_examples=60)
@given(files=registries())
def test_a_registry_is_refused_at_its_place_or_harmless(files: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_registries(folder, files)
        found, documents = read_registries(folder, METHODS)
        _, problems = read_editorial(folder)
    problems = [problem for document in documents for problem in document.problems] + problems
    assert (
        list(harmless.finding_flaws(problems, {f"{folder}/{name}": text for name, text in files.items()}))
        == []
    )
    entries = [*found.venues, *found.benchmarks, *found.facets, *found.conditions, *found.chain]
    groups = [*found.facets.values(), *found.conditions.values(), *found.chain.values()]
    entries += [term for each in groups for term in each.terms]
    entries += [split for each in found.benchmarks.values() for split in each.splits]
    assert [entry for entry in entries if flaw(entry)] == []
    json.loads(json.dumps(record_schema(found), allow_nan=False))
    paper, _ = read_paper_page(page_text(), "p.md", KEY, record_form(found), found)
    if paper is not None:
        assert list(paper_flaws(paper, found)) == []


@settings(max_examples=150)
@given(text=bibliographies)
def test_a_bibliography_is_refused_at_its_place_or_harmless(text: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "references.bib")
        path.write_text(text, "utf-8", "surrogatepass")
        works, problems = read_works(path)
    assert list(harmless.finding_flaws(problems, {str(path): text})) == []
    for work in works:
        assert not work.url or is_web_address(work.url)
        assert not work.doi or doi_flaw(work.doi) is None
        assert not harmless.unseen(repr(work))


@settings(max_examples=150)
@given(text=prose)
def test_no_prose_stops_the_check(text: str) -> None:
    page = page_text() + text
    ground = Ground(Path("/site/papers/a.md"), Path("/site"))
    problems = [
        Problem("p.md", each.position, each.code, each.message, each.hint)
        for each in prose_findings(page, ground)
    ]
    assert list(harmless.finding_flaws(problems, {"p.md": page})) == []
