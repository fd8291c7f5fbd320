"""Registries of a small field, and ways to write and read pages of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import strategies as st

from sphinx_papers.formats.exports.export import EXPORTS
from sphinx_papers.formats.records.folder import Collection, read_collection
from sphinx_papers.formats.records.page import read_paper_page
from sphinx_papers.formats.records.record import RecordForm, record_form
from sphinx_papers.formats.records.registry import read_registries
from sphinx_papers.formats.storage.places import Places
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import (
    Appearance,
    Correction,
    Links,
    Paper,
    Printed,
    Repository,
    Reproduction,
    Result,
    Source,
    SourceKind,
)
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Method, Registry

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
    "chain.yml": """\
seed: {name: Seed, summary: How maps are read., terms: {fusion: {name: Fusion}}}
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


def exported(name: str, papers: Iterable[Paper], registry: Registry) -> str:
    """Return *papers* in the format *name*."""
    return EXPORTS[name].write(tuple(papers), Library(papers, registry))


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


# What breaks writers: markup of every format, ends of lines, control characters, half a
# surrogate pair, other scripts, marks that combine.
HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\\{}$&%#_~^\"'`<>|*[]-,;:@=\n\r\t\0\x1b\x85\u2028\ud800\ue000李明éß\u0301"),
    ),
    min_size=1,
    max_size=12,
).filter(lambda text: any(character.isalnum() for character in text))
_PEOPLE = st.builds(
    Person, family=HOSTILE, given=st.just("") | HOSTILE, particle=st.sampled_from(["", "van den"]),
    suffix=st.sampled_from(["", "Jr."]),
)  # fmt: skip
_APPEARANCES = st.builds(
    Appearance, venue=st.sampled_from(["cvpr", "pr", "arxiv", "ws"]), year=st.integers(1990, 2030),
    volume=st.just("") | HOSTILE, number=st.just("") | HOSTILE, article=st.just("") | HOSTILE,
    pages=st.sampled_from(["", "7", "10-19", "e1-e9"]), month=st.integers(0, 12),
)  # fmt: skip
_RESULTS = st.builds(
    Result, benchmark=st.just("voc"), split=st.sampled_from(["val", "test"]),
    value=st.floats(0, 100).map(lambda value: round(value, 2)),
    conditions=st.fixed_dictionaries({}, optional={"backbone": HOSTILE, "crf": st.just("yes")}),
    facets=st.fixed_dictionaries({}, optional={"inputs": st.sampled_from([(), ("clip", "sam")])}),
    variant=st.just("") | HOSTILE, source=st.just("s"), where=st.just("") | HOSTILE, note=st.just("") | HOSTILE,
)  # fmt: skip
_PAPERS = st.builds(
    Paper, key=st.just("key2021word"), title=HOSTILE, summary=HOSTILE,
    date=st.sampled_from([PartialDate(2021), PartialDate(2021, 5), PartialDate(2021, 5, 19)]),
    authors=st.lists(_PEOPLE, max_size=3).map(tuple), names=st.lists(HOSTILE, max_size=2).map(tuple),
    appearance=st.none() | _APPEARANCES, arxiv=st.sampled_from(["", "2105.08965"]), doi=st.sampled_from(["", "10.1000/a_b(1)"]),
    links=st.builds(Links, paper=st.sampled_from(["", "https://p.org/a_b?c=1&d=%20|e~#f"])),
    code=st.just((Repository(url="https://c.org/"),)),
    facets=st.just({"supervision": ("image", "box")}), sources=st.just({"s": Source(url="https://s.org", about="all")}),
    results=st.lists(_RESULTS, max_size=3).map(tuple),
)  # fmt: skip


@pytest.fixture(scope="session")
def hostile_papers() -> st.SearchStrategy[Paper]:
    """Return a strategy of papers whose texts no check has seen."""
    return _PAPERS


@pytest.fixture(scope="session")
def full_paper() -> Paper:
    """Return a paper of which everything is known."""
    return Paper(
        key="zola2021maps",
        title="Maps of {CAM}s in $x^2$ Ways",
        summary="Draws maps.",
        date=PartialDate(2021, 3, 4),
        authors=(
            Person(family="Zola", given="Émile"), Person(family="Hove", given="Ben", particle="van den"),
            Person(family="King", given="Martin", suffix="Jr."), Person(family="Google Research"),
        ),
        names=("Mapper", "Mapper+"),
        appearance=Appearance(venue="cvpr", year=2021, pages="10-19", month=6, volume="7"),
        arxiv="2103.00001",
        arxiv_class="cs.CV",
        doi="10.1000/maps",
        links=Links(paper="https://p.org/a_b?c=1&d=2", project="https://m.org"),
        code=(
            Repository(url="https://c.org/1", licence="MIT", weights="yes"),
            Repository(url="https://c.org/2", official=False),
        ),
        facets={"supervision": ("image", "box"), "inputs": ("clip",), "pipeline": ("single",), "domain": ("images",)},
        methods=("saliency", "erasing"),
        builds_on=("zhou2016learning",),
        sources={
            "readme": Source(
                url="https://c.org/1", kind=SourceKind.REPOSITORY, title="Mapper README", about="results",
                checked=PartialDate(2026, 11),
            ),
        },
        results=(
            Result(
                benchmark="voc", split="val", value=60.5, conditions={"backbone": "ResNet-50", "crf": "no"},
                source="readme", where="Table 1",
            ),
            Result(
                benchmark="voc", split="val", value=65.25, conditions={"backbone": "VGG-16"}, variant="large",
                facets={"inputs": ()}, note="others print 65.3",
            ),
            Result(benchmark="err", split="test", value=2.0),
        ),
        as_printed=(
            Printed(benchmark="voc", split="val", value=60.8, of=60.5, source="readme", where="Table 9"),
        ),
        reproductions=(
            Reproduction(
                benchmark="voc", split="val", value=59.9, of=60.5, who="a user", url="https://c.org/1/issues/1",
                differed="smaller batch",
            ),
        ),
        added=PartialDate(2026, 11, 29),
        formerly=("zola2020maps",),
        corrections=(Correction(date=PartialDate(2026, 11, 30), what="the year"),),
    )  # fmt: skip
