"""All that the records say, as JSON for programs, and the JSON Schema of that.

The forms below are the one definition of the format: the writer fills them, and the schema
is made of them. What a record leaves open has no key. The names of facets and conditions
are the field's own; their values are the identifiers of its registries.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from sphinx_papers.formats.csl import join_lines
from sphinx_papers.formats.form import Form
from sphinx_papers.formats.plain import writable
from sphinx_papers.model.paper import Paper, Result
from sphinx_papers.model.registry import Registry

VERSION: Literal[1] = 1
"""Changes when a program that reads the format could read it wrongly."""

Text = Annotated[str, Field(min_length=1)]
Terms = dict[Text, tuple[Text, ...]]


class PersonJson(Form):
    """A name in BibTeX's four parts."""

    family: Text
    given: str = ""
    particle: str = ""
    """Lower-case words before the family name."""
    suffix: str = ""
    """What follows the name, such as `Jr.`"""


class VenueJson(Form):
    """Where and when a paper was published."""

    id: Text
    name: Text
    """In short."""
    full: Text
    kind: Literal["conference", "workshop", "journal", "preprint"]
    year: int
    month: int = Field(default=0, ge=1, le=12)
    volume: str = ""
    number: str = ""
    pages: str = ""
    """First and last page, joined by a hyphen."""
    article: str = ""
    """Article number, where there are no page numbers."""
    publisher: str = ""


class LinksJson(Form):
    """Addresses of a paper and what belongs to it."""

    paper: str = ""
    """The publisher's page."""
    code: tuple[Text, ...] = ()
    """Repositories, the official one first."""
    project: str = ""


class SourceJson(Form):
    """A place where facts of a record were read."""

    url: Text
    about: str = ""
    """Which facts it confirms."""
    checked: str = ""
    """When it was read."""


class ResultJson(Form):
    """One reported number, with the conditions it was reached under."""

    benchmark: Text
    split: Text
    value: float
    """The number as reported."""
    metric: Text
    unit: str = ""
    best: Literal["highest", "lowest"]
    """Which end of the metric wins."""
    variant: str = ""
    """Tells results of one paper apart."""
    conditions: dict[Text, Text] = Field(default={})
    """What is known of the conditions; one that is missing is not known."""
    facets: Terms = Field(default={})
    """Terms that are not the paper's own."""
    source: str = ""
    """Name of an entry of the paper's `sources`, in which the number was seen."""
    where: str = ""
    """Table or page in that source."""
    note: str = ""


class PaperJson(Form):
    """One paper."""

    key: Text
    """Citation key."""
    title: Text
    """As plain text; math is TeX between dollar signs."""
    summary: str = ""
    names: tuple[Text, ...] = ()
    """What people call the method."""
    authors: tuple[PersonJson, ...] = ()
    """In the order of the paper; none where no source confirmed them."""
    date: Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}$")]
    """When it was first public, as far as it is known."""
    year: int
    """The year it was published in, or first public where it was not."""
    venue: VenueJson | None = None
    arxiv: str = ""
    arxiv_class: str = ""
    doi: str = ""
    links: LinksJson = LinksJson()
    facets: Terms = Field(default={})
    methods: tuple[Text, ...] = ()
    """Slugs of method categories, the most important first."""
    builds_on: tuple[Text, ...] = ()
    """Keys of papers and of other works."""
    sources: dict[Text, SourceJson] = Field(default={})
    """Where the facts were read, by a short name."""
    results: tuple[ResultJson, ...] = ()


class PapersJson(Form):
    """Papers with all that their records say."""

    version: Literal[1] = VERSION
    """Version of this format."""
    papers: tuple[PaperJson, ...]
    """Sorted by key."""


def paper_json(paper: Paper, registry: Registry) -> PaperJson:
    """Return the record of *paper* in the form of the export.

    The forms are filled without a check: the record has passed one.
    """
    return PaperJson.model_construct(
        key=paper.key,
        title=paper.plain_title,
        summary=paper.summary,
        names=paper.names,
        authors=tuple(
            PersonJson.model_construct(family=a.family, given=a.given, particle=a.particle, suffix=a.suffix)
            for a in paper.authors
        ),
        date=str(paper.date),
        year=paper.year,
        venue=_venue(paper, registry),
        arxiv=paper.arxiv,
        arxiv_class=paper.arxiv_class,
        doi=paper.doi,
        links=LinksJson.model_construct(
            paper=paper.links.paper, code=paper.links.code, project=paper.links.project
        ),
        facets=dict(paper.facets),
        methods=paper.methods,
        builds_on=paper.builds_on,
        sources={
            name: SourceJson.model_construct(
                url=source.url, about=source.about, checked=str(source.checked or "")
            )
            for name, source in paper.sources.items()
        },
        results=tuple(_result(result, registry) for result in paper.results),
    )


def _venue(paper: Paper, registry: Registry) -> VenueJson | None:
    seen = paper.appearance
    if seen is None:
        return None
    venue = registry.venues[seen.venue]
    known: dict[str, Any] = {"month": seen.month} if seen.month else {}
    return VenueJson.model_construct(
        id=venue.id, name=venue.name, full=venue.full, kind=venue.kind.value, year=seen.year,
        volume=seen.volume, number=seen.number, pages=seen.pages, article=seen.article,
        publisher=venue.publisher, **known,
    )  # fmt: skip


def _result(result: Result, registry: Registry) -> ResultJson:
    benchmark = registry.benchmarks[result.benchmark]
    return ResultJson.model_construct(
        benchmark=result.benchmark, split=result.split, value=result.value, metric=benchmark.metric,
        unit=benchmark.unit, best=benchmark.best.value, variant=result.variant,
        conditions=dict(result.conditions), facets=dict(result.facets), source=result.source,
        where=result.where, note=result.note,
    )  # fmt: skip


def json_line(paper: Paper, registry: Registry) -> str:
    """Return the record of *paper* on one line."""
    record = paper_json(paper, registry).model_dump(exclude_defaults=True)
    return writable(json.dumps(record, ensure_ascii=False))


def join_json(lines: Sequence[str]) -> str:
    """Return records, each on a line, as the export."""
    return f'{{"version": {VERSION}, "papers": {join_lines(lines).rstrip()}}}\n'


def papers_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of what :func:`join_json` returns."""
    schema = PapersJson.model_json_schema(mode="serialization", ref_template="#/$defs/{model}")
    schema["required"] = ["version", "papers"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_without_defaults(schema)}


def _without_defaults(schema: Any) -> Any:
    """Return *schema* without the values that stand for a key that is not there."""
    if isinstance(schema, dict):
        return {name: _without_defaults(value) for name, value in schema.items() if name != "default"}
    return [_without_defaults(each) for each in schema] if isinstance(schema, list) else schema
