"""What papers of a field are classified by: venues, benchmarks, facets, conditions, methods.

A registry is data that each field writes for itself. The code knows that a paper
has *facets*, not which ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from sphinx_papers.model.records.paper import Measurement, Paper


def in_a_sentence(name: str) -> str:
    """Return *name*, which begins with a capital letter, as it stands within a sentence: *CRF* stays."""
    return name if name[1:2].isupper() else f"{name[:1].lower()}{name[1:]}"


NOT = "not "
"""Stands before a term that is excluded."""


class VenueKind(StrEnum):
    """How a venue publishes, which decides the BibTeX entry type."""

    CONFERENCE = "conference"
    """Proceedings of a conference."""
    WORKSHOP = "workshop"
    """Proceedings of a workshop."""
    JOURNAL = "journal"
    """A journal."""
    PREPRINT = "preprint"
    """A preprint server."""


class Best(StrEnum):
    """Which end of a metric's scale wins."""

    HIGHEST = "highest"
    """More is better."""
    LOWEST = "lowest"
    """Less is better."""


@dataclass(frozen=True, kw_only=True)
class Venue:
    """A conference series, a journal or a preprint server."""

    id: str
    """The word that records use."""
    name: str
    """Short name, as tables show it."""
    full: str
    """Full name."""
    proceedings: str
    """What BibTeX calls the booktitle or the journal."""
    kind: VenueKind
    """How it publishes."""
    publisher: str = ""
    """Empty where it is not known."""
    aliases: tuple[str, ...] = ()
    """Other names, by which lists and BibTeX files know it."""


@dataclass(frozen=True, kw_only=True)
class Term:
    """One word of a closed vocabulary."""

    id: str
    """The word that records use."""
    name: str
    """As readers see it."""
    summary: str = ""
    """What it means, in one sentence."""


@dataclass(frozen=True, kw_only=True)
class Facet:
    """A way to classify papers by a closed list of terms."""

    id: str
    """The key that records use."""
    name: str
    """As readers see it."""
    summary: str
    """What it tells, in one sentence."""
    terms: Mapping[str, Term]
    """The closed list, in its order."""
    many: bool = False
    """Whether a paper may have several terms."""
    required: bool = False
    """Whether every record states it."""
    pages: bool = False
    """Whether each term gets a generated page."""
    per_result: bool = False
    """Whether a single result may state its own terms."""
    decides: bool = False
    """Whether only results that agree on it are ranked against each other."""


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A circumstance under which a number was reached."""

    id: str
    """The key that results use."""
    name: str
    """As readers see it."""
    summary: str
    """What it tells, in one sentence."""
    terms: Mapping[str, Term] = field(default_factory=dict)
    """The closed list of values; any text where it is empty."""
    examples: tuple[str, ...] = ()
    """Values that may be written, where any text may."""
    decides: bool = False
    """Whether only results that agree on it are ranked against each other."""
    badges: bool = False
    """Whether badges name it, and rank a result among those alone that agree on it."""
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Facets, or ``benchmark``, with terms of which a result must have one, or with ``not`` before them none.

    Others have nothing to state.
    """

    def concerns(self, paper: Paper, result: Measurement) -> bool:
        """Return whether *result* of *paper* has something to state of it, as far as is known."""
        return all(
            _fits({result.benchmark} if name == "benchmark" else set(paper.terms(name, result)), terms)
            for name, terms in self.needs.items()
        )


def _fits(have: set[str], terms: tuple[str, ...]) -> bool:
    wanted = {term for term in terms if not term.startswith(NOT)}
    excluded = {term.removeprefix(NOT) for term in terms if term.startswith(NOT)}
    return not have & excluded and (not wanted or bool(have & wanted))


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A link of the chain that methods of the field have in common, with what a paper may change there."""

    id: str
    """The key that records use."""
    name: str
    """As readers see it."""
    summary: str
    """What is done there."""
    terms: Mapping[str, Term]
    """With what a paper may change it."""


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """A data set with a metric on which methods are compared."""

    id: str
    """The word that records use."""
    name: str
    """As readers see it."""
    summary: str
    """What it is, in one sentence."""
    metric: str
    """What is measured, such as *mIoU*."""
    unit: str
    """Of every value, such as *%*; empty where there is none."""
    low: float
    """The lowest value that can be right, in the unit."""
    high: float
    """The highest value that can be right, in the unit."""
    best: Best
    """Which end of the scale wins."""
    splits: Mapping[str, Term]
    """What is measured apart, by identifier."""
    reference: str = ""
    """Citation key of the work that introduced it."""


@dataclass(frozen=True, kw_only=True)
class Method:
    """A category of methods, with a page of its own."""

    slug: str
    """The word that records use, and the name of its page."""
    name: str
    """As readers see it."""
    summary: str
    """In one sentence."""


@dataclass(frozen=True, kw_only=True)
class Registry:
    """All that a record may refer to, by identifier."""

    venues: Mapping[str, Venue] = field(default_factory=dict)
    """By identifier, as are all below; in the order of the files."""
    benchmarks: Mapping[str, Benchmark] = field(default_factory=dict)
    """What results are measured on."""
    facets: Mapping[str, Facet] = field(default_factory=dict)
    """What papers are told apart by."""
    conditions: Mapping[str, Condition] = field(default_factory=dict)
    """Circumstances of results."""
    methods: Mapping[str, Method] = field(default_factory=dict)
    """Categories of methods, by slug."""
    chain: Mapping[str, Stage] = field(default_factory=dict)
    """The stages of the usual method, in their order."""
    sections: tuple[str, ...] = ()
    """Titles of the sections of a page that says everything, in their order."""

    @cached_property
    def deciding(self) -> tuple[str, ...]:
        """Identifiers of the facets and conditions that results must share to be ranked together."""
        kinds: tuple[Facet | Condition, ...] = (*self.facets.values(), *self.conditions.values())
        return tuple(kind.id for kind in kinds if kind.decides)

    @cached_property
    def free(self) -> tuple[str, ...]:
        """Identifiers of the conditions that may differ between results that are ranked together."""
        return tuple(condition.id for condition in self.conditions.values() if not condition.decides)

    @cached_property
    def badges(self) -> tuple[str, ...]:
        """Identifiers of the conditions that badges name, beside those that decide."""
        return tuple(each.id for each in self.conditions.values() if each.badges and not each.decides)

    def board(self, benchmark: str, split: str) -> Benchmark | None:
        """Return the benchmark of that identifier; none if there is none, or it has no such split."""
        found = self.benchmarks.get(benchmark)
        return found if found is not None and split in found.splits else None

    def kind(self, name: str) -> Facet | Condition:
        """Return the facet or condition *name*.

        :raises KeyError: if there is none.
        """
        return self.facets.get(name) or self.conditions[name]
