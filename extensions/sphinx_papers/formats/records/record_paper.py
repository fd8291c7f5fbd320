"""Reads the record of a paper: checked, and as the value that everything else works with."""

from __future__ import annotations

from typing import TypeVar

from sphinx_papers.formats.records.form import alike, fill_form
from sphinx_papers.formats.records.record import MeasurementForm, RecordForm
from sphinx_papers.formats.records.record_checks import check_record
from sphinx_papers.formats.records.yaml import Document
from sphinx_papers.formats.text.names import read_name
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.paper import (
    Appearance,
    Correction,
    Links,
    Measurement,
    Paper,
    Printed,
    Repository,
    Reproduction,
    Result,
    Source,
)
from sphinx_papers.model.records.registry import Registry

_Number = TypeVar("_Number", bound=Measurement)


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
    check_record(record, document, path, registry)
    return None if len(document.problems) > before else _paper(record, key, registry)


def _paper(record: RecordForm, key: str, registry: Registry) -> Paper:
    seen = record.venue
    return alike(
        Paper, record, key=key,
        authors=tuple(read_name(author) for author in record.authors),
        date=PartialDate.parse(record.date),
        appearance=None if seen is None else alike(Appearance, seen, venue=seen.id),
        links=alike(Links, record.links),
        code=tuple(
            alike(
                Repository, code, weights=code.weights or "", masks=code.masks or "", checked=_day(code.checked)
            )
            for code in record.code
        ),
        facets={
            f.id: terms
            for f in registry.facets.values()
            # A list that is stated and empty says that there is none; no list says nothing.
            if (terms := _terms(getattr(record, f.id))) or (f.many and f.id in record.model_fields_set)
        },
        chain={stage: words for stage in registry.chain if (words := getattr(record.chain, stage, ()))},
        sources={
            name: alike(Source, source, checked=_day(source.checked)) for name, source in record.sources.items()
        },
        results=tuple(_measured(Result, each, registry) for each in record.results),
        as_printed=tuple(_measured(Printed, each, registry) for each in record.as_printed),
        reproductions=tuple(
            _measured(Reproduction, each, registry, checked=_day(each.checked)) for each in record.reproductions
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


def _measured(kind: type[_Number], number: MeasurementForm, registry: Registry, **own: object) -> _Number:
    """Return a measurement: its conditions and facets are keys of the form, and mappings of the value."""
    return alike(
        kind, number,
        conditions={c: v for c in registry.conditions if (v := getattr(number, c))},
        facets={
            f.id: tuple(own_terms)
            for f in registry.facets.values()
            if f.per_result and (own_terms := getattr(number, f.id)) is not None
        },
        **own,
    )  # fmt: skip
