"""The record of a paper: the one definition of what its front matter may say.

From it come the check of every page, the JSON Schema for editors and the reference
page. Facets, conditions and the identifiers they accept are data of the field, so the
form is made from its registry. What single values may be is in :mod:`.values`, what must agree
within a record in :mod:`.record_checks`, and the value that it becomes in :mod:`.record_paper`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, cast

from pydantic import AfterValidator, Field, create_model

from sphinx_papers.formats.records.form import Form, refuse
from sphinx_papers.formats.records.values import (
    ARXIV_CLASS,
    ArxivId,
    Author,
    Date,
    Doi,
    Licence,
    Line,
    Number,
    Pages,
    Summary,
    Title,
    Url,
    YesNo,
)
from sphinx_papers.formats.storage.places import KEY
from sphinx_papers.model.records.paper import Measurer, SourceKind
from sphinx_papers.model.records.registry import Registry


class AppearanceForm(Form):
    """Where a paper was published."""

    id: Line
    """Identifier of the venue in the registry."""
    year: int = Field(ge=1900, le=2100)
    """Year of publication."""
    volume: Number = ""
    """Volume of the journal or the series."""
    number: Number = ""
    """Issue within the volume."""
    pages: Pages = ""
    """First and last page, joined by one hyphen."""
    article: Number = ""
    """Article number, where there are no page numbers."""
    month: int = Field(default=0, ge=1, le=12)
    """Month of publication, 1 to 12."""


class LinksForm(Form):
    """Addresses of the paper and what belongs to it."""

    paper: Url = ""
    """The publisher's page."""
    project: Url = ""
    """The authors' page about the paper."""


class RepositoryForm(Form):
    """Code that goes with the paper; what nobody looked at is left out."""

    url: Url
    """The address of the repository."""
    official: bool = True
    """Whether it is the authors' own."""
    licence: Licence = ""
    """SPDX identifier; `none` where the repository has no licence, `other` for a text of its own."""
    framework: Line = ""
    """What it is written with, such as PyTorch."""
    weights: YesNo | None = None
    """Whether trained weights can be downloaded: "yes" or "no"."""
    masks: YesNo | None = None
    """Whether pseudo masks can be downloaded: "yes" or "no"."""
    checked: Date = ""
    """When somebody looked."""


class SourceForm(Form):
    """A place where facts were read."""

    url: Url
    """The address of the page."""
    kind: SourceKind
    """Whose word it is: `paper`, `publisher`, `preprint`, the authors' `repository` or `answer` in a thread,
    a `table` of another paper, somebody else's `thread`, or an `index`."""
    title: Line = ""
    """What readers call it, such as `DuPL` or `EPS issue 4`."""
    work: Line = ""
    """Citation key of the work whose table it is."""
    about: Line = ""
    """Which facts it confirms."""
    checked: Date = ""
    """When it was read."""


class MeasurementForm(Form):
    """A number on one split of a benchmark."""

    benchmark: Line
    """Identifier of the benchmark in the registry."""
    split: Line
    """Identifier of one of the benchmark's splits."""
    value: float
    """The number, in the benchmark's unit."""
    variant: Line = ""
    """Tells several results of the paper apart."""
    note: Line = ""
    """Explains a number where it needs a word."""


class ResultForm(MeasurementForm):
    """One reported number."""

    by: Measurer = Measurer.AUTHORS
    """Who measured it: the paper's `authors`, or `others`, whom its source names."""
    source: Line = ""
    """Name of the entry of `sources` in which the number was seen."""
    where: Line = ""
    """Table or page in that source."""
    also: tuple[Line, ...] = ()
    """Names of further entries of `sources` that print the same number."""


class PrintedForm(MeasurementForm):
    """A result of this paper as the table of another one prints it."""

    of: float | None = None
    """The value of the result that is meant, if the table has another value or a wrong label."""
    source: Line
    """Name of the entry of `sources` that prints it."""
    where: Line = ""
    """Table or page in that source."""


class ReproductionForm(MeasurementForm):
    """What somebody reached who ran the method again."""

    of: float | None = None
    """The value of the result that was aimed at, if that is told."""
    who: Line
    """Who ran it, such as `a user` or `the authors, ten seeds`."""
    url: Url
    """Where it is told."""
    differed: Line = ""
    """What was not as in the paper."""
    checked: Date = ""
    """When it was read."""


NUMBER_KEYS = frozenset({*ResultForm.model_fields, *PrintedForm.model_fields, *ReproductionForm.model_fields})
"""What every number may say beside the conditions and facets of its field."""


class CorrectionForm(Form):
    """What was set right in the record."""

    date: Date
    """When."""
    what: Line
    """What was wrong, and what is right."""


class RecordForm(Form):
    """The front matter of a paper's page, under the key `paper`."""

    title: Title
    """As the publisher prints it; `$...$` is math, `{Word}` keeps its capitals in BibTeX."""
    names: tuple[Line, ...] = ()
    """What people call the method."""
    summary: Summary = ""
    """One sentence: what it does and what that buys; at most 200 characters."""
    authors: tuple[Author, ...] = ()
    """In the order of the paper; `Given Family` or `Family, Given`."""
    date: Date
    """When it was first public: YYYY, YYYY-MM or YYYY-MM-DD."""
    venue: AppearanceForm | None = None
    """Where it was published."""
    arxiv: ArxivId = ""
    """arXiv identifier without version, in quotes."""
    arxiv_class: Line = Field(default="", pattern=ARXIV_CLASS)
    """arXiv's primary class."""
    doi: Doi = ""
    """Digital object identifier, without an address before it."""
    links: LinksForm = LinksForm()
    """Where the paper is."""
    code: tuple[RepositoryForm, ...] = ()
    """Repositories, the authors' own first."""
    methods: tuple[Line, ...] = ()
    """Slugs of method pages, the most important first."""
    chain: dict[Line, tuple[Line, ...]] = Field(default={})
    """With what the paper intervenes in the usual chain, by stage; only stages that it changes."""
    builds_on: tuple[Line, ...] = ()
    """Keys of pages here or of entries in the hand-kept bibliography."""
    sources: dict[Line, SourceForm] = Field(default={})
    """Where the facts were read, by a short name."""
    results: tuple[ResultForm, ...] = ()
    """Reported numbers."""
    as_printed: tuple[PrintedForm, ...] = ()
    """These numbers as tables of other papers print them."""
    reproductions: tuple[ReproductionForm, ...] = ()
    """What others reached who ran the method again."""
    added: Date = ""
    """When the record came into the collection."""
    formerly: tuple[Annotated[Line, Field(pattern=f"^{KEY.pattern}$")], ...] = ()
    """Keys that the page had before; their addresses lead here."""
    corrections: tuple[CorrectionForm, ...] = ()
    """What was set right since, the newest first."""


# A form made at run time has no source in which pydantic could look for docstrings; it
# would search the frames above, for longer than everything else takes.
_NO_DOCSTRINGS = {"use_attribute_docstrings": False}


def _none_known(text: str) -> str:
    raise refuse("unknown-value", f"`{text}` is not known", "the registry has no entry yet")


def _choice(words: list[str]) -> Any:
    """Return the type of a text that must be one of *words*."""
    return Literal[tuple(words)] if words else Annotated[str, AfterValidator(_none_known)]


def record_form(registry: Registry) -> type[RecordForm]:
    """Make the form of a record with the facets, conditions and identifiers of *registry*."""

    def facet_field(facet_id: str, *, required: bool) -> Any:
        facet = registry.facets[facet_id]
        word = _choice(list(facet.terms))
        kind: Any = tuple[word, ...] if facet.many else word | None  # type: ignore[valid-type]
        default: Any = ... if required else (() if facet.many else None)
        return (kind, Field(default=default, description=facet.summary))

    conditions: dict[str, Any] = {
        condition.id: (
            _choice(list(condition.terms)) | None if condition.terms else Line,
            Field(
                default=None if condition.terms else "", description=condition.summary,
                examples=list(condition.examples) or None,
            ),
        )
        for condition in registry.conditions.values()
    }  # fmt: skip
    own_facets: dict[str, Any] = {
        facet.id: (
            tuple[_choice(list(facet.terms)), ...] | None,  # type: ignore[misc]
            Field(default=None, description=f"{facet.name} of this result, if not the paper's."),
        )
        for facet in registry.facets.values()
        if facet.per_result
    }

    def measured(name: str, base: type[MeasurementForm]) -> Any:
        return create_model(
            name, __base__=base, __doc__=base.__doc__, __cls_kwargs__=_NO_DOCSTRINGS,
            benchmark=(
                _choice(list(registry.benchmarks)),
                Field(description=MeasurementForm.model_fields["benchmark"].description),
            ),
            **conditions, **own_facets,
        )  # fmt: skip

    numbers = {
        name: (
            tuple[measured(title, base), ...],  # type: ignore[misc]
            Field(default=(), description=RecordForm.model_fields[name].description),
        )
        for name, title, base in (
            ("results", "Result", ResultForm),
            ("as_printed", "Printed", PrintedForm),
            ("reproductions", "Reproduction", ReproductionForm),
        )
    }
    appearance: Any = create_model(
        "Venue", __base__=AppearanceForm, __doc__=AppearanceForm.__doc__, __cls_kwargs__=_NO_DOCSTRINGS,
        id=(_choice(list(registry.venues)), Field(description=AppearanceForm.model_fields["id"].description)),
    )  # fmt: skip
    fields = RecordForm.model_fields
    record = create_model(
        "Record", __base__=RecordForm, __doc__=RecordForm.__doc__, __cls_kwargs__=_NO_DOCSTRINGS,
        venue=(appearance | None, Field(default=None, description=fields["venue"].description)),
        methods=(
            cast("Any", tuple[_choice(list(registry.methods)), ...]),  # type: ignore[misc]
            Field(default=(), description=fields["methods"].description),
        ),
        chain=(_chain_form(registry) | None, Field(default=None, description=fields["chain"].description)),
        **cast("Any", numbers),
        **{f.id: facet_field(f.id, required=f.required) for f in registry.facets.values()},
    )  # fmt: skip
    return cast("type[RecordForm]", record)


def _chain_form(registry: Registry) -> Any:
    """Make the form of `chain`: a key for each stage, with the words that the registry has for it."""
    stages: dict[str, Any] = {
        stage.id: (tuple[_choice(list(stage.terms)), ...], Field(default=(), description=stage.summary))  # type: ignore[misc]
        for stage in registry.chain.values()
    }
    return create_model(
        "Chain", __base__=Form, __doc__="Where in the usual chain the paper intervenes, and with what.",
        __cls_kwargs__=_NO_DOCSTRINGS, **stages,
    )  # fmt: skip


def page_order(registry: Registry) -> list[str]:
    """Return the keys of a record as pages have them: facets stand before the methods."""
    keys = list(RecordForm.model_fields)
    place = keys.index("methods")
    return [*keys[:place], *registry.facets, *keys[place:]]


def record_schema(registry: Registry) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a page's front matter."""
    record = record_form(registry).model_json_schema(ref_template="#/$defs/{model}")
    definitions = record.pop("$defs", {})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of a paper's page",
        "type": "object",
        "properties": {"paper": {"$ref": "#/$defs/Record"}},
        "required": ["paper"],
        "additionalProperties": False,
        "$defs": {**definitions, "Record": record},
    }
