"""All that the records say, as JSON for programs, and the JSON Schema of that.

The forms below are the one definition of the format: the writer fills them, and the schema
is made of them. What a record leaves open has no key. The names of facets and conditions
are the field's own; their values are the identifiers of its registries.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, Field, TypeAdapter

from sphinx_papers.formats.exports.export import VERSION
from sphinx_papers.formats.records.form import Form, alike
from sphinx_papers.formats.records.values import ArxivId, Doi, Pages, Url, braced, without
from sphinx_papers.formats.storage.places import KEY
from sphinx_papers.formats.text.plain import writable
from sphinx_papers.formats.text.safe_text import Flaw, url_flaw
from sphinx_papers.model.problem import shown
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.depth import Depth, depth
from sphinx_papers.model.records.evidence import State, state
from sphinx_papers.model.records.paper import Measurement, Measurer, Paper, Result, SourceKind
from sphinx_papers.model.records.registry import Registry


def _key_flaw(text: str) -> Flaw | None:
    return None if KEY.fullmatch(text) else Flaw("bad-key", f"{shown(text)} is no citation key", "")


Text = Annotated[str, Field(min_length=1)]
Key = Annotated[Text, without(_key_flaw)]
Address = Annotated[Text, without(url_flaw)]
Terms = dict[Text, tuple[Text, ...]]
_REGISTRY = TypeAdapter(Registry)


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
    proceedings: Text
    """What BibTeX calls the booktitle or the journal."""
    kind: Literal["conference", "workshop", "journal", "preprint"]
    year: int
    month: int = Field(default=0, ge=1, le=12)
    volume: str = ""
    number: str = ""
    pages: Pages = ""
    """First and last page, joined by a hyphen."""
    article: str = ""
    """Article number, where there are no page numbers."""
    publisher: str = ""


class LinksJson(Form):
    """Addresses of a paper and what belongs to it."""

    paper: Url = ""
    """The publisher's page."""
    project: Url = ""


class RepositoryJson(Form):
    """Code that goes with a paper; what nobody looked at has no key."""

    url: Address
    official: bool
    """Whether it is the authors' own."""
    licence: str = ""
    """SPDX identifier, `none` or `other`."""
    framework: str = ""
    weights: str = ""
    """`yes` or `no`: whether trained weights can be downloaded."""
    masks: str = ""
    """`yes` or `no`: whether pseudo masks can be downloaded."""
    checked: str = ""
    """When somebody looked."""


class SourceJson(Form):
    """A place where facts of a record were read."""

    url: Address
    kind: SourceKind
    """Whose word it is."""
    title: str = ""
    """What readers call it."""
    work: str = ""
    """Citation key of the work whose table it is."""
    about: str = ""
    """Which facts it confirms."""
    checked: str = ""
    """When it was read."""


class MeasurementJson(Form):
    """A number on one split of a benchmark, with what is known of its conditions."""

    benchmark: Text
    """Identifier of the benchmark, as in the address of its leaderboard."""
    split: Text
    """Identifier of one of its splits."""
    value: float
    """In the benchmark's unit."""
    conditions: dict[Text, Text] = Field(default={})
    """What is known of the conditions; one that is missing is not known."""
    facets: Terms = Field(default={})
    """Terms that are not the paper's own."""
    variant: str = ""
    """Tells results of one paper apart."""
    note: str = ""


class ResultJson(MeasurementJson):
    """One reported number, with the conditions it was reached under."""

    metric: Text
    """What was measured."""
    unit: str = ""
    best: Literal["highest", "lowest"]
    """Which end of the metric wins."""
    by: Measurer
    """Who measured it."""
    source: str = ""
    """Name of an entry of the paper's `sources`, in which the number was seen."""
    where: str = ""
    """Table or page in that source."""
    also: tuple[Text, ...] = ()
    """Names of further sources that print the same number."""
    state: State
    """How reliable the number is, derived from its sources."""


class PrintedJson(MeasurementJson):
    """A result of the paper as the table of another one prints it."""

    of: float | None = None
    """The value of the result that is meant, where the table has another value or a wrong label."""
    source: Text
    where: str = ""


class ReproductionJson(MeasurementJson):
    """What somebody reached who ran the method again."""

    of: float | None = None
    """The value of the result that was aimed at, where that is told."""
    who: Text
    url: Address
    differed: str = ""
    """What was not as in the paper."""
    checked: str = ""


class CorrectionJson(Form):
    """What was set right in a record after it was published."""

    date: Text
    what: Text


class PaperJson(Form):
    """One paper."""

    key: Key
    """Citation key."""
    title: Annotated[Text, AfterValidator(braced)]
    """As plain text; math is TeX between dollar signs."""
    summary: str = ""
    depth: Depth
    """How much its page says: the record alone, some sections, or all of them."""
    names: tuple[Text, ...] = ()
    """What people call the method."""
    authors: tuple[PersonJson, ...] = ()
    """In the order of the paper; none where no source confirmed them."""
    date: Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}$")]
    """When it was first public, as far as it is known."""
    year: int
    """The year it was published in, or first public where it was not."""
    venue: VenueJson | None = None
    arxiv: ArxivId = ""
    """Identifier on arXiv, without a version."""
    arxiv_class: str = ""
    doi: Doi = ""
    """Without an address before it."""
    links: LinksJson = LinksJson()
    code: tuple[RepositoryJson, ...] = ()
    """Repositories, the authors' own first."""
    facets: Terms = Field(default={})
    """What papers are told apart by, such as their labels; an empty list says that there are none, no list says nothing."""
    methods: tuple[Text, ...] = ()
    """Slugs of method categories, the most important first."""
    chain: Terms = Field(default={})
    """With what the paper intervenes in the usual chain, by stage."""
    builds_on: tuple[Text, ...] = ()
    """Keys of papers and of other works."""
    sources: dict[Text, SourceJson] = Field(default={})
    """Where the facts were read, by a short name."""
    results: tuple[ResultJson, ...] = ()
    as_printed: tuple[PrintedJson, ...] = ()
    """Results of the paper as tables of others print them."""
    reproductions: tuple[ReproductionJson, ...] = ()
    added: str = ""
    """When the record came into the collection."""
    formerly: tuple[Text, ...] = ()
    """Keys that it had before."""
    corrections: tuple[CorrectionJson, ...] = ()


class PapersJson(Form):
    """Papers with all that their records say."""

    version: Literal[VERSION] = VERSION  # type: ignore[valid-type]
    """Version of this format."""
    registry: Registry = Registry()
    """The words that records use: benchmarks, facets, conditions, venues and methods, by their identifiers."""
    papers: tuple[PaperJson, ...]
    """Sorted by key."""


_Number = TypeVar("_Number", bound=MeasurementJson)


def paper_json(paper: Paper, registry: Registry) -> PaperJson:
    """Return the record of *paper* in the form of the export.

    The forms are filled without a check: the record has passed one.
    """
    return alike(
        PaperJson, paper,
        title=paper.plain_title,
        depth=depth(paper, registry),
        authors=tuple(alike(PersonJson, author) for author in paper.authors),
        date=str(paper.date),
        year=paper.year,
        venue=_venue(paper, registry),
        links=alike(LinksJson, paper.links),
        code=tuple(alike(RepositoryJson, code, checked=_day(code.checked)) for code in paper.code),
        facets=dict(paper.facets),
        chain=dict(paper.chain),
        sources={
            name: alike(SourceJson, source, checked=_day(source.checked)) for name, source in paper.sources.items()
        },
        results=tuple(_result(paper, result, registry) for result in paper.results),
        as_printed=tuple(_measured(PrintedJson, each) for each in paper.as_printed),
        reproductions=tuple(
            _measured(ReproductionJson, each, checked=_day(each.checked)) for each in paper.reproductions
        ),
        added=_day(paper.added),
        corrections=tuple(alike(CorrectionJson, each, date=str(each.date)) for each in paper.corrections),
    )  # fmt: skip


def _day(day: PartialDate | None) -> str:
    return str(day or "")


def _venue(paper: Paper, registry: Registry) -> VenueJson | None:
    seen = paper.appearance
    if seen is None:
        return None
    venue = registry.venues[seen.venue]
    known: dict[str, Any] = {"month": seen.month} if seen.month else {}
    return VenueJson.model_construct(
        id=venue.id, name=venue.name, full=venue.full, proceedings=venue.proceedings,
        kind=venue.kind.value, year=seen.year,
        volume=seen.volume, number=seen.number, pages=seen.pages, article=seen.article,
        publisher=venue.publisher, **known,
    )  # fmt: skip


def _measured(kind: type[_Number], number: Measurement, **own: object) -> _Number:
    return alike(kind, number, conditions=dict(number.conditions), facets=dict(number.facets), **own)


def _result(paper: Paper, result: Result, registry: Registry) -> ResultJson:
    benchmark = registry.benchmarks[result.benchmark]
    return _measured(
        ResultJson, result, metric=benchmark.metric, unit=benchmark.unit, best=benchmark.best.value,
        state=state(paper, result),
    )  # fmt: skip


def json_line(paper: Paper, registry: Registry) -> str:
    """Return the record of *paper* on one line."""
    record = paper_json(paper, registry).model_dump(exclude_defaults=True)
    return writable(json.dumps(record, ensure_ascii=False))


def opening(registry: Registry) -> str:
    """Return the beginning of the file: its version, and what the words of *registry* mean."""
    words = _REGISTRY.dump_python(registry, mode="json", exclude_defaults=True)
    return writable(
        f'{{"version": {VERSION}, "registry": {json.dumps(words, ensure_ascii=False)}, "papers": [\n'
    )


def papers_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the file."""
    schema = PapersJson.model_json_schema(mode="serialization", ref_template="#/$defs/{model}")
    schema["required"] = ["version", "papers"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_without_defaults(schema)}


def _without_defaults(schema: Any) -> Any:
    """Return *schema* without the values that stand for a key that is not there."""
    if isinstance(schema, dict):
        return {name: _without_defaults(value) for name, value in schema.items() if name != "default"}
    return [_without_defaults(each) for each in schema] if isinstance(schema, list) else schema
