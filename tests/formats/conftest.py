"""Registries of a small field, and ways to write and read pages of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sphinx_papers.formats.folder import Collection, read_collection
from sphinx_papers.formats.page import read_paper_page
from sphinx_papers.formats.places import Places
from sphinx_papers.formats.record import RecordForm, record_form
from sphinx_papers.formats.registry import read_registries
from sphinx_papers.model.library import Library
from sphinx_papers.model.paper import Paper
from sphinx_papers.model.registry import Method, Registry

ROOT = Path(__file__).parents[2]

REGISTRIES = {
    "venues.yml": """\
cvpr:
  name: CVPR
  full: Conference on Vision
  proceedings: Proceedings of the Conference on Vision (CVPR)
  kind: conference
  publisher: IEEE
pr: {name: PR, full: Pattern Recognition, proceedings: Pattern Recognition, kind: journal, publisher: Elsevier}
arxiv: {name: arXiv, full: arXiv preprint, proceedings: arXiv preprint, kind: preprint}
ws: {name: WS, full: Workshop on Labels, proceedings: "Labels & Masks", kind: workshop}
""",
    "benchmarks.yml": """\
voc:
  name: VOC
  metric: mIoU
  unit: "%"
  range: [0, 100]
  splits: {val: {name: val}, test: {name: test}}
err: {name: Errors, metric: error, range: [0, 10], best: lowest, splits: {test: {name: test}}}
""",
    "facets.yml": """\
supervision:
  name: Supervision
  summary: What it learns from.
  many: true
  required: true
  pages: true
  per_result: true
  terms:
    image: {name: Image labels, summary: Which classes there are.}
    box: {name: Boxes}
inputs: {name: Extra inputs, many: true, per_result: true, terms: {clip: {name: CLIP}, sam: {name: SAM}}}
pipeline: {name: Pipeline, per_result: true, terms: {single: {name: One stage}, multi: {name: Many stages}}}
domain: {name: Domain, many: true, terms: {images: {name: Images}, video: {name: Video}}}
""",
    "conditions.yml": """\
backbone: {name: Backbone, summary: What extracts features., examples: [ResNet-50, VGG-16]}
crf: {name: CRF, terms: {"yes": {name: With CRF}, "no": {name: Without CRF}}}
""",
}
METHODS = (
    Method(slug="erasing", name="Erasing", summary="Hides what was found."),
    Method(slug="saliency", name="Saliency", summary="Says where an object ends."),
)
RECORD = {
    "title": "title: A Title",
    "summary": "summary: One sentence.",
    "date": "date: 2021-05-19",
    "supervision": "supervision: [image]",
}


def page_text(*lines: str) -> str:
    """Return a page whose record is the least there can be, with *lines* in place or added.

    The title stands on line 3 and what is added from line 7 on; a bare key takes its line out.
    """
    record = {**RECORD, **{line.partition(":")[0]: line for line in lines}}
    body = "".join(f"  {line}\n" for line in record.values() if line.partition(":")[2])
    return f"---\npaper:\n{body}---\n# Heading\n"


@pytest.fixture(scope="session")
def make_page() -> Callable[..., str]:
    return page_text


@pytest.fixture(scope="session")
def registry_texts() -> dict[str, str]:
    return dict(REGISTRIES)


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    folder = tmp_path_factory.mktemp("registries")
    for name, text in REGISTRIES.items():
        (folder / name).write_text(text, "utf-8")
    registry, documents = read_registries(folder, METHODS)
    assert [problem for document in documents for problem in document.problems] == []
    return registry


@pytest.fixture(scope="session")
def form(registry: Registry) -> type[RecordForm]:
    return record_form(registry)


@pytest.fixture(scope="session")
def read_lines(form: type[RecordForm], registry: Registry) -> Callable[..., tuple[Paper | None, list[str]]]:
    """Return a reader of records given as lines: the paper, and its problems as text."""

    def read(*lines: str) -> tuple[Paper | None, list[str]]:
        paper, document = read_paper_page(page_text(*lines), "p.md", "lee2021railroad", form, registry)
        return paper, [str(problem) for problem in document.problems]

    return read


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Return the places of a collection that has its registries and two method pages, but no paper."""
    made = Places(
        papers=tmp_path / "papers",
        methods=tmp_path / "methods",
        registries=tmp_path / "registries",
        bibliography=tmp_path / "references.bib",
    )
    for folder in (made.papers, made.methods, made.registries):
        folder.mkdir()
    for name, text in REGISTRIES.items():
        (made.registries / name).write_text(text, "utf-8")
    for method in METHODS:
        text = f"---\nmethod: {{name: {method.name}, summary: {method.summary}}}\n---\n# {method.name}\n"
        (made.methods / f"{method.slug}.md").write_text(text, "utf-8")
    return made


@pytest.fixture(scope="session")
def site() -> Path:
    """Return the folder of the knowledge base itself."""
    return ROOT


@pytest.fixture(scope="session")
def real(site: Path) -> Collection:
    """Return the knowledge base itself, as it is read."""
    return read_collection(
        Places(
            papers=site / "papers",
            methods=site / "docs" / "methods",
            registries=site / "docs" / "registries",
            bibliography=site / "docs" / "references.bib",
        )
    )


@pytest.fixture(scope="session")
def real_library(real: Collection) -> Library:
    return real.library
