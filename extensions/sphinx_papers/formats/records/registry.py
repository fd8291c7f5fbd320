"""Registries: the YAML files that say what papers of a field are classified by."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Container, Iterable, Mapping
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field

from sphinx_papers.formats.records.form import Form, alike, fill_form, refuse
from sphinx_papers.formats.records.identifier import Identifier, flaw
from sphinx_papers.formats.records.reserved import OF_CONDITIONS, OF_FACETS, OF_STAGES
from sphinx_papers.formats.records.values import Words
from sphinx_papers.formats.records.yaml import Document, read_yaml
from sphinx_papers.formats.storage.files import read_text
from sphinx_papers.model.problem import did_you_mean
from sphinx_papers.model.records.registry import (
    NOT,
    Benchmark,
    Best,
    Condition,
    Facet,
    Method,
    Registry,
    Stage,
    Term,
    Venue,
    VenueKind,
)

_Value = TypeVar("_Value")
_FormT = TypeVar("_FormT", bound=Form)
_HUGE = 1e100


def _bound(number: float) -> float:
    """Refuse what is so large that the scale of a chart, which is a difference, may be infinite."""
    if abs(number) > _HUGE:
        raise refuse("out-of-range", f"{number:g} is no bound", f"it must be from {-_HUGE:g} to {_HUGE:g}")
    return number


_Bound = Annotated[float, AfterValidator(_bound)]


class VenueForm(Form):
    """A venue in ``venues.yml``."""

    name: Words
    """Short name, as tables show it."""
    full: Words
    """Full name, as the page of a paper shows it."""
    proceedings: Words
    """BibTeX's booktitle or journal."""
    kind: VenueKind
    publisher: Words = ""
    aliases: tuple[Words, ...] = ()
    """Other names, by which lists and BibTeX files know it."""


class TermForm(Form):
    """A term of a facet, a value of a condition or a split of a benchmark."""

    name: Words
    summary: str = ""


class FacetForm(Form):
    """A facet in ``facets.yml``: a key of the record with a closed list of terms."""

    name: Words
    summary: str = ""
    terms: dict[Identifier, TermForm]
    many: bool = False
    """Whether a paper may have several terms."""
    required: bool = False
    """Whether each record must state it."""
    pages: bool = False
    """Whether each term gets a page."""
    per_result: bool = False
    """Whether a result may state its own."""
    decides: bool = False
    """Whether only results that agree on it are ranked against each other; needs `per_result`."""


class ConditionForm(Form):
    """A condition in ``conditions.yml``: an optional key of a result."""

    name: Words
    summary: str = ""
    terms: dict[Identifier, TermForm] = Field(default={})
    """The closed list of values; without it any text is taken."""
    examples: tuple[Words, ...] = ()
    decides: bool = False
    """Whether only results that agree on it are ranked against each other."""
    badges: bool = False
    """Whether badges name it, and rank a result among those alone that agree on it."""
    needs: dict[str, tuple[str, ...]] = Field(default={})
    """Facets, or `benchmark`, with terms of which a result must have one, or with `not` none; others have nothing to state."""


class StageForm(Form):
    """A stage in ``chain.yml``: a link of the chain that the methods of a field have in common."""

    name: Words
    summary: str = ""
    terms: dict[Identifier, TermForm]
    """With what a paper may change it."""


class BenchmarkForm(Form):
    """A benchmark in ``benchmarks.yml``."""

    name: Words
    summary: str = ""
    metric: Words
    unit: Words = ""
    range: tuple[_Bound, _Bound]
    """The lowest and the highest value that can be right."""
    best: Best = Best.HIGHEST
    reference: Words = ""
    """Citation key of the work that introduced it."""
    splits: dict[Identifier, TermForm]


def _terms(forms: dict[str, TermForm]) -> dict[str, Term]:
    return {key: alike(Term, form, id=key) for key, form in forms.items()}


def _venue(key: str, form: VenueForm) -> Venue:
    return alike(Venue, form, id=key)


def _facet(key: str, form: FacetForm) -> Facet:
    return alike(Facet, form, id=key, terms=_terms(form.terms))


def _condition(key: str, form: ConditionForm) -> Condition:
    return alike(Condition, form, id=key, terms=_terms(form.terms))


def _stage(key: str, form: StageForm) -> Stage:
    return alike(Stage, form, id=key, terms=_terms(form.terms))


def _benchmark(key: str, form: BenchmarkForm) -> Benchmark:
    low, high = form.range
    return alike(Benchmark, form, id=key, low=low, high=high, splits=_terms(form.splits))


def _read(
    folder: Path,
    name: str,
    form: type[_FormT],
    make: Callable[[str, _FormT], _Value],
    reserved: Container[str] = (),
) -> tuple[dict[str, _Value], Document]:
    """Read one registry; a file that is not there is an empty registry."""
    path = folder / name
    text, unread = read_text(path) if os.path.lexists(path) else ("", [])
    document = read_yaml(text, str(path))
    document.problems += unread
    values: dict[str, _Value] = {}
    if isinstance(document.data, dict):
        for key in document.data:
            wrong = flaw(key, reserved)
            if wrong:
                document.report((key, "@"), "bad-identifier", *wrong)
                continue
            filled = fill_form(form, document, (key,))
            if filled is not None:
                values[key] = make(key, filled)
    elif document.data is not None:
        document.report((), "wrong-type", "a registry maps identifiers to what they stand for")
    return values, document


def _check_needs(
    conditions: Mapping[str, Condition], known: Mapping[str, Collection[str]], document: Document
) -> None:
    """Report what a condition needs and the other registries do not have."""
    for condition in conditions.values():
        for name, terms in condition.needs.items():
            path = (condition.id, "needs", name)
            if name not in known:
                message = f"`{name}` is neither a facet nor `benchmark`"
                document.report((*path, "@"), "unknown-value", message, did_you_mean(name, known, "name one"))
                continue
            for place, term in enumerate(terms):
                bare = term.removeprefix(NOT)
                if bare not in known[name]:
                    hint = did_you_mean(bare, known[name], f"known are {', '.join(known[name])}")
                    document.report((*path, place), "unknown-value", f"`{bare}` is no term of `{name}`", hint)


def read_registries(
    folder: Path, methods: Iterable[Method], methods_folder: str = "methods"
) -> tuple[Registry, list[Document]]:
    """Read the registries in *folder*; what is wrong stands in the documents' problems.

    No facet may be called as *methods_folder*, in which the site has the pages of methods.
    """
    venues, venue_file = _read(folder, "venues.yml", VenueForm, _venue)
    benchmarks, benchmark_file = _read(folder, "benchmarks.yml", BenchmarkForm, _benchmark)
    facets, facet_file = _read(folder, "facets.yml", FacetForm, _facet, {*OF_FACETS, methods_folder})
    conditions, condition_file = _read(
        folder, "conditions.yml", ConditionForm, _condition, {*facets, *OF_CONDITIONS}
    )
    _check_needs(
        conditions, {**{f.id: f.terms for f in facets.values()}, "benchmark": benchmarks}, condition_file
    )
    chain, chain_file = _read(folder, "chain.yml", StageForm, _stage, OF_STAGES)
    registry = Registry(
        venues=venues, benchmarks=benchmarks, facets=facets, conditions=conditions,
        methods={method.slug: method for method in methods}, chain=chain,
    )  # fmt: skip
    return registry, [venue_file, benchmark_file, facet_file, condition_file, chain_file]
