"""The record of a paper: the one definition of what its front matter may say.

From it come the check of every page, the JSON Schema for editors and the reference
page. Facets, conditions and the identifiers they accept are data of the field, so the
form is made from its registry.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, Literal, cast

from pydantic import AfterValidator, Field, create_model

from sphinx_papers.formats.records.form import Form, fill_form, refuse
from sphinx_papers.formats.records.yaml import Document
from sphinx_papers.formats.text.names import read_name
from sphinx_papers.formats.text.safe_text import Flaw, arxiv_flaw, doi_flaw, text_flaw, title_flaw, url_flaw
from sphinx_papers.model.problem import did_you_mean
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.paper import (
    Appearance,
    Correction,
    Links,
    Measurer,
    Paper,
    Printed,
    Repository,
    Reproduction,
    Result,
    Source,
    SourceKind,
)
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.records.title import title_parts

_ARXIV_CLASS = r"^[a-z-]+(\.[A-Za-z-]+)?$"
_PAGES = re.compile(r"\w+(-\w+)?")
# https://spdx.dev/learn/handling-license-info/, the short form of an identifier.
_LICENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")
_SUMMARY_LENGTH = 200


def _date(text: str) -> str:
    try:
        PartialDate.parse(text)
    except ValueError as error:
        raise refuse("bad-date", f"`{text}` is no date", "write YYYY, YYYY-MM or YYYY-MM-DD") from error
    return text


def _without(flaw: Callable[[str], Flaw | None]) -> AfterValidator:
    """Return the check that refuses a text with a *flaw*."""

    def check(text: str) -> str:
        found = flaw(text)
        if found:
            raise refuse(*found)
        return text

    return AfterValidator(check)


def _licence(text: str) -> str:
    if not _LICENCE.fullmatch(text):
        raise refuse(
            "bad-licence", f"`{text}` is no licence",
            "write its SPDX identifier, such as MIT; `none` if there is no licence, `other` for a text of its own",
        )  # fmt: skip
    return text


def _pages(text: str) -> str:
    if not _PAGES.fullmatch(text):
        raise refuse("bad-pages", f"`{text}` is no page range", "write it like 5495-5505")
    return text


def author_entry(text: str) -> str:
    """Return *text* if it is the name of one person; refuse it otherwise."""
    try:
        read_name(text)
    except ValueError as error:
        raise refuse("bad-author", str(error), "write `Given Family` or `Family, Given`") from error
    if re.search(r"\band\b|;", text):
        raise refuse("bad-author", f"`{text}` is more than one name", "give each author an entry of the list")
    return text


def _line(text: str) -> str:
    if not text:
        raise refuse("empty", "there is nothing here", "leave the key out if there is nothing to say")
    if "\n" in text:
        raise refuse("bad-text", "this must be one line of text", "join the lines")
    flaw = text_flaw(text)  # of keys; values were looked at when the YAML was read
    if flaw:
        raise refuse(*flaw)
    return text


def _title(text: str) -> str:
    depth = 0
    for math, part in title_parts(text):
        if math and not _balanced(part):
            raise refuse("bad-title", "braces in a formula must come in pairs", "close each that is opened")
        for character in "" if math else part:
            depth += (character == "{") - (character == "}")
            if not 0 <= depth <= 1:
                raise refuse("bad-title", "braces must come in pairs, not nested", "write {Word}")
    if depth:
        raise refuse("bad-title", "a brace is not closed", "write {Word}")
    return text


def _balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def _summary(text: str) -> str:
    if len(text) > _SUMMARY_LENGTH:
        raise refuse(
            "long-summary", f"{len(text)} characters are too many",
            f"say it in one sentence of at most {_SUMMARY_LENGTH}",
        )  # fmt: skip
    return text


def _number(text: str) -> str:
    if re.search(r"[{}\\]", text):
        raise refuse("bad-number", f"`{text}` is no number", "write what the publisher prints")
    return text


Line = Annotated[str, AfterValidator(_line)]
Url = Annotated[Line, _without(url_flaw)]
# Printed numbers may be words ("S1"); an editor reads those that are not as YAML's numbers.
Number = Annotated[Line, AfterValidator(_number), Field(json_schema_extra={"type": ["string", "integer"]})]
# A year alone is a number to an editor.
Date = Annotated[Line, AfterValidator(_date), Field(json_schema_extra={"type": ["string", "integer"]})]
ArxivId = Annotated[Line, _without(arxiv_flaw)]
YesNo = Literal["yes", "no"]


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
    pages: Annotated[Line, AfterValidator(_pages)] = ""
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
    licence: Annotated[Line, AfterValidator(_licence)] = ""
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

    title: Annotated[Line, AfterValidator(_title), _without(title_flaw)]
    """As the publisher prints it; `$...$` is math, `{Word}` keeps its capitals in BibTeX."""
    names: tuple[Line, ...] = ()
    """What people call the method."""
    summary: Annotated[Line, AfterValidator(_summary)] = ""
    """One sentence: what it does and what that buys; at most 200 characters."""
    authors: tuple[Annotated[Line, AfterValidator(author_entry)], ...] = ()
    """In the order of the paper; `Given Family` or `Family, Given`."""
    date: Date
    """When it was first public: YYYY, YYYY-MM or YYYY-MM-DD."""
    venue: AppearanceForm | None = None
    """Where it was published."""
    arxiv: ArxivId = ""
    """arXiv identifier without version, in quotes."""
    arxiv_class: Line = Field(default="", pattern=_ARXIV_CLASS)
    """arXiv's primary class."""
    doi: Annotated[Line, _without(doi_flaw)] = ""
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


def read_record(
    form: type[RecordForm], document: Document, path: tuple[str | int, ...], key: str, registry: Registry
) -> Paper | None:
    """Read the record at *path* of *document* as the paper *key*.

    Returns nothing, with the problems noted in *document*, if anything is wrong.
    """
    before = len(document.problems)
    record = fill_form(form, document, path)
    if record is None:
        return None
    for name in ("results", "as_printed", "reproductions"):
        for place, number in enumerate(getattr(record, name)):
            _check_number(number, document, (*path, name, place), registry)
            _check_sources(record, number, document, (*path, name, place))
            if name != "results":
                _check_meant(record, number, document, (*path, name, place))
    _check_lists(record, document, path, registry)
    if len(document.problems) > before:
        return None
    return _paper(record, key, registry)


def _check_number(
    number: MeasurementForm, document: Document, path: tuple[str | int, ...], registry: Registry
) -> None:
    benchmark = registry.benchmarks[number.benchmark]
    if number.split not in benchmark.splits:
        known = ", ".join(benchmark.splits)
        document.report(
            (*path, "split"), "unknown-split", f"`{number.split}` is no split of {benchmark.name}",
            did_you_mean(number.split, benchmark.splits, f"known are {known}"),
        )  # fmt: skip
    if not benchmark.low <= number.value <= benchmark.high:
        document.report(
            (*path, "value"), "out-of-range",
            f"{number.value:g} is no {benchmark.metric} on {benchmark.name}",
            f"it must be from {benchmark.low:g} to {benchmark.high:g}",
        )  # fmt: skip


def _check_sources(
    record: RecordForm, number: MeasurementForm, document: Document, path: tuple[str | int, ...]
) -> None:
    named: list[tuple[tuple[str | int, ...], str]] = []
    if isinstance(number, ResultForm | PrintedForm) and number.source:
        named.append(((*path, "source"), number.source))
    if isinstance(number, ResultForm):
        named += [((*path, "also", place), name) for place, name in enumerate(number.also)]
    for place, name in named:
        if name not in record.sources:
            document.report(
                place, "unknown-source", f"`{name}` is not in `sources`",
                did_you_mean(name, record.sources, "add it there"),
            )  # fmt: skip


def _check_meant(
    record: RecordForm, number: MeasurementForm, document: Document, path: tuple[str | int, ...]
) -> None:
    """Report a number that repeats or aims at a result which the record does not have."""
    meant: float | None = getattr(number, "of", None)
    key = "of" if meant is not None else "value"
    if meant is None:
        if not isinstance(number, PrintedForm):
            return
        meant = number.value
    known = [
        result.value
        for result in record.results
        if (result.benchmark, result.split) == (number.benchmark, number.split)
    ]
    if meant not in known:
        values = ", ".join(f"{value:g}" for value in known)
        document.report(
            (*path, key), "unknown-result", f"no result on this split has the value {meant:g}",
            f"say with `of` which is meant: {values}" if known else "add the result, or leave this out",
        )  # fmt: skip


def _check_lists(
    record: RecordForm, document: Document, path: tuple[str | int, ...], registry: Registry
) -> None:
    lists = ["names", "authors", "methods", "builds_on"]
    lists += [facet.id for facet in registry.facets.values() if facet.many]
    for name in lists:
        seen: set[str] = set()
        for place, item in enumerate(getattr(record, name)):
            if item in seen:
                document.report(
                    (*path, name, place), "repeated-item", f"`{item}` is in `{name}` twice",
                    "keep one of them",
                )  # fmt: skip
            seen.add(item)
    for facet in registry.facets.values():
        if facet.required and not getattr(record, facet.id):
            document.report(
                (*path, facet.id), "missing-key", f"`{facet.id}` is empty", "every record needs it"
            )


def _paper(record: RecordForm, key: str, registry: Registry) -> Paper:
    seen = record.venue
    return Paper(
        key=key,
        title=record.title,
        summary=record.summary,
        authors=tuple(read_name(author) for author in record.authors),
        date=PartialDate.parse(record.date),
        names=record.names,
        appearance=None if seen is None else Appearance(
            venue=seen.id, year=seen.year, volume=seen.volume, number=seen.number,
            pages=seen.pages, article=seen.article, month=seen.month,
        ),
        arxiv=record.arxiv,
        arxiv_class=record.arxiv_class,
        doi=record.doi,
        links=Links(paper=record.links.paper, project=record.links.project),
        code=tuple(
            Repository(
                url=code.url, official=code.official, licence=code.licence, framework=code.framework,
                weights=code.weights or "", masks=code.masks or "", checked=_day(code.checked),
            )
            for code in record.code
        ),
        facets={
            f.id: terms
            for f in registry.facets.values()
            # A list that is stated and empty says that there is none; no list says nothing.
            if (terms := _terms(getattr(record, f.id))) or (f.many and f.id in record.model_fields_set)
        },
        methods=record.methods,
        chain={stage: words for stage in registry.chain if (words := getattr(record.chain, stage, ()))},
        builds_on=record.builds_on,
        sources={
            name: Source(
                url=source.url, kind=source.kind, title=source.title, work=source.work, about=source.about,
                checked=_day(source.checked),
            )
            for name, source in record.sources.items()
        },
        results=tuple(
            Result(
                **_measured(each, registry), by=each.by, source=each.source,
                where=each.where, also=each.also,
            )
            for each in record.results
        ),
        as_printed=tuple(
            Printed(**_measured(each, registry), of=each.of, source=each.source, where=each.where)
            for each in record.as_printed
        ),
        reproductions=tuple(
            Reproduction(
                **_measured(each, registry), of=each.of, who=each.who, url=each.url, differed=each.differed,
                checked=_day(each.checked),
            )
            for each in record.reproductions
        ),
        added=_day(record.added),
        corrections=tuple(
            Correction(date=PartialDate.parse(each.date), what=each.what) for each in record.corrections
        ),
    )  # fmt: skip


def _day(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _terms(value: tuple[str, ...] | str | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _measured(number: MeasurementForm, registry: Registry) -> dict[str, Any]:
    """Return what all kinds of measurement have in common, for the model."""
    return {
        "benchmark": number.benchmark,
        "split": number.split,
        "value": number.value,
        "conditions": {c: v for c in registry.conditions if (v := getattr(number, c))},
        "facets": {
            f.id: tuple(own)
            for f in registry.facets.values()
            if f.per_result and (own := getattr(number, f.id)) is not None
        },
        "variant": number.variant,
        "note": number.note,
    }


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
