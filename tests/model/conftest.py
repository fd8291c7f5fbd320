"""A small collection of four papers in which every rule of the model has a case."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Appearance, Links, Paper, Repository, Result, Source, SourceKind
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import (
    Benchmark,
    Best,
    Condition,
    Facet,
    Method,
    Registry,
    Term,
    Venue,
    VenueKind,
)
from sphinx_papers.model.records.work import Work

ADA = Person(family="Berg", given="Ada")
BEN = Person(family="Hove", given="Ben", particle="van den")
CARLA = Person(family="Cho", given="Carla")
EMILE = Person(family="Dia", given="Émile")


def _terms(**names: str) -> dict[str, Term]:
    return {key.replace("_", "-"): Term(id=key.replace("_", "-"), name=name) for key, name in names.items()}


@pytest.fixture(scope="session")
def registry() -> Registry:
    venues = (
        Venue(
            id="cvpr",
            name="CVPR",
            full="Conference on Vision",
            proceedings="Proceedings of the Conference on Vision (CVPR)",
            kind=VenueKind.CONFERENCE,
            publisher="IEEE",
        ),
        Venue(
            id="pr",
            name="PR",
            full="Pattern Recognition",
            proceedings="Pattern Recognition",
            kind=VenueKind.JOURNAL,
        ),
        Venue(id="arxiv", name="arXiv", full="arXiv preprint", proceedings="arXiv", kind=VenueKind.PREPRINT),
    )
    benchmarks = (
        Benchmark(
            id="voc",
            name="VOC",
            summary="Twenty classes.",
            metric="mIoU",
            unit="%",
            low=0,
            high=100,
            best=Best.HIGHEST,
            splits=_terms(val="val", test="test"),
        ),
        Benchmark(
            id="err",
            name="Errors",
            summary="Counts mistakes.",
            metric="error",
            unit="px",
            low=0,
            high=1000,
            best=Best.LOWEST,
            splits=_terms(test="test"),
        ),
        Benchmark(
            id="idle",
            name="Idle",
            summary="Nobody reports on it.",
            metric="mIoU",
            unit="%",
            low=0,
            high=100,
            best=Best.HIGHEST,
            splits=_terms(val="val"),
        ),
    )
    facets = (
        Facet(
            id="supervision",
            name="Supervision",
            summary="What it learns from.",
            terms=_terms(image="Image labels", box="Boxes", point="Points"),
            many=True,
            required=True,
            pages=True,
            per_result=True,
        ),
        Facet(
            id="inputs",
            name="Extra inputs",
            summary="",
            terms=_terms(saliency="Saliency maps", clip="CLIP"),
            many=True,
            per_result=True,
        ),
        Facet(
            id="pipeline",
            name="Pipeline",
            summary="",
            terms=_terms(single_stage="Single-stage", multi_stage="Multi-stage"),
            per_result=True,
        ),
        Facet(
            id="domain", name="Domain", summary="", terms=_terms(images="Images", video="Video"), many=True
        ),
    )
    conditions = (
        Condition(id="backbone", name="Backbone", summary="", examples=("ResNet-50",)),
        Condition(id="crf", name="CRF", summary="", terms=_terms(yes="With CRF", no="Without CRF")),
    )
    methods = (
        Method(slug="saliency", name="Saliency guidance", summary="Says where an object ends."),
        Method(slug="erasing", name="Erasing", summary="Hides what was found."),
        Method(slug="graphs", name="Graphs", summary="Nobody does it yet."),
    )
    return Registry(
        venues={venue.id: venue for venue in venues},
        benchmarks={benchmark.id: benchmark for benchmark in benchmarks},
        facets={facet.id: facet for facet in facets},
        conditions={condition.id: condition for condition in conditions},
        methods={method.slug: method for method in methods},
    )


def _maps() -> Paper:
    """Return a conference paper of which everything is known."""
    return Paper(
        key="berg2020maps",
        title="Maps of {CAM}s in $x^2$ Ways",
        summary="Draws maps.",
        date=PartialDate(2020, 6, 14),
        authors=(ADA, BEN),
        names=("Maps",),
        appearance=Appearance(venue="cvpr", year=2020, pages="10-19", month=6),
        arxiv="2006.00001",
        arxiv_class="cs.CV",
        doi="10.1000/maps",
        links=Links(paper="https://cvf.example/maps"),
        code=(Repository(url="https://git.example/berg/maps"),),
        facets={
            "supervision": ("image",),
            "inputs": ("saliency",),
            "pipeline": ("multi-stage",),
            "domain": ("images",),
        },
        methods=("saliency", "erasing"),
        builds_on=("zhou2016learning",),
        sources={
            "readme": Source(
                url="https://git.example/berg/maps",
                kind=SourceKind.REPOSITORY,
                about="results",
                checked=PartialDate(2026, 11),
            )
        },
        results=(
            Result(
                benchmark="voc",
                split="val",
                value=60.5,
                conditions={"backbone": "ResNet-50", "crf": "no"},
                source="readme",
                where="Table 1",
            ),
            Result(benchmark="voc", split="test", value=61.0, source="readme"),
        ),
    )


def _boxes() -> Paper:
    """Return a preprint with two names and two repositories, whose results differ in kind."""
    return Paper(
        key="cho2021boxes",
        title="Boxes",
        summary="Draws boxes.",
        date=PartialDate(2021, 3),
        authors=(CARLA, ADA),
        names=("BoxNet", "BoxNet+"),
        arxiv="2103.00002",
        links=Links(project="https://box.example"),
        code=(
            Repository(url="https://git.example/cho/box"),
            Repository(url="https://git.example/cho/box-plus"),
        ),
        facets={"supervision": ("box", "image"), "domain": ("images",)},
        methods=("erasing",),
        builds_on=("berg2020maps", "zhou2016learning"),
        results=(
            Result(benchmark="voc", split="val", value=60.5),
            Result(
                benchmark="voc",
                split="val",
                value=65.25,
                variant="large",
                conditions={"crf": "yes"},
                facets={"supervision": ("box",), "inputs": ()},
                note="from the project page",
            ),
            Result(benchmark="err", split="test", value=3.5),
        ),
    )


def _lines() -> Paper:
    """Return a journal paper without a name, printed the year after it was public."""
    return Paper(
        key="dia2021lines",
        title="A Study of Lines",
        summary="Draws lines.",
        date=PartialDate(2021, 6, 2),
        authors=(EMILE,),
        appearance=Appearance(venue="pr", year=2022, volume="12", number="3", article="108"),
        doi="10.1000/lines",
        facets={"supervision": ("image",), "domain": ("video",)},
        results=(Result(benchmark="err", split="test", value=2.0),),
    )


def _points() -> Paper:
    """Return a preprint of which little is known, not even its authors."""
    return Paper(
        key="point2022weak",
        title="Weak Points",
        summary="Draws points.",
        date=PartialDate(2022),
        names=("Point",),
        appearance=Appearance(venue="arxiv", year=2022),
        facets={"supervision": ("image",)},
        builds_on=("cho2021boxes",),
    )


@pytest.fixture(scope="session")
def zhou() -> Work:
    return Work(
        key="zhou2016learning",
        title="Learning {Deep} Features",
        authors=(Person(family="Zhou"), Person(family="Khosla"), Person(family="Torralba")),
        year="2016",
    )


@pytest.fixture(scope="session")
def library(registry: Registry, zhou: Work) -> Library:
    return Library((_maps(), _boxes(), _lines(), _points()), registry, (zhou,))


@pytest.fixture(scope="session")
def make_paper() -> Callable[..., Paper]:
    """Return a factory of papers that say nothing beyond what the caller gives."""

    def make(key: str, **fields: object) -> Paper:
        defaults: dict[str, object] = {"title": f"Title of {key}", "summary": "", "date": PartialDate(2021)}
        return Paper(key=key, **{**defaults, **fields})  # type: ignore[arg-type]

    return make
