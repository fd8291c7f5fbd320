"""What papers of a field are classified by: venues, benchmarks, facets, conditions, methods.

A registry is data that each field writes for itself. The code knows that a paper
has *facets*, not which ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sphinx_papers.model.records.paper import Measurement, Paper


def in_a_sentence(name: str) -> str:
    """Return *name*, which begins with a capital letter, as it stands within a sentence: *CRF* stays."""
    return name if name[1:2].isupper() else f"{name[:1].lower()}{name[1:]}"


NOT = "not "
"""Stands before a term that is excluded."""


class VenueKind(StrEnum):
    """How a venue publishes, which decides the BibTeX entry type."""

    CONFERENCE = "conference"
    WORKSHOP = "workshop"
    JOURNAL = "journal"
    PREPRINT = "preprint"


class Best(StrEnum):
    """Which end of a metric's scale wins."""

    HIGHEST = "highest"
    LOWEST = "lowest"


@dataclass(frozen=True, kw_only=True)
class Venue:
    """A conference series, a journal or a preprint server."""

    id: str
    name: str
    full: str
    proceedings: str
    """What BibTeX calls the booktitle or the journal."""
    kind: VenueKind
    publisher: str = ""
    aliases: tuple[str, ...] = ()
    """Other names, by which lists and BibTeX files know it."""


@dataclass(frozen=True, kw_only=True)
class Term:
    """One word of a closed vocabulary."""

    id: str
    name: str
    summary: str = ""


@dataclass(frozen=True, kw_only=True)
class Facet:
    """A way to classify papers by a closed list of terms."""

    id: str
    name: str
    summary: str
    terms: Mapping[str, Term]
    many: bool = False
    """Whether a paper may have several terms."""
    required: bool = False
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
    name: str
    summary: str
    terms: Mapping[str, Term] = field(default_factory=dict)
    """The closed list of values; any text where it is empty."""
    examples: tuple[str, ...] = ()
    decides: bool = False
    """Whether only results that agree on it are ranked against each other."""
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
    name: str
    summary: str
    terms: Mapping[str, Term]


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """A data set with a metric on which methods are compared."""

    id: str
    name: str
    summary: str
    metric: str
    unit: str
    low: float
    high: float
    best: Best
    splits: Mapping[str, Term]
    reference: str = ""
    """Citation key of the work that introduced it."""


@dataclass(frozen=True, kw_only=True)
class Method:
    """A category of methods, with a page of its own."""

    slug: str
    name: str
    summary: str


@dataclass(frozen=True, kw_only=True)
class Registry:
    """All that a record may refer to, by identifier."""

    venues: Mapping[str, Venue] = field(default_factory=dict)
    benchmarks: Mapping[str, Benchmark] = field(default_factory=dict)
    facets: Mapping[str, Facet] = field(default_factory=dict)
    conditions: Mapping[str, Condition] = field(default_factory=dict)
    methods: Mapping[str, Method] = field(default_factory=dict)
    chain: Mapping[str, Stage] = field(default_factory=dict)
    """The stages of the usual method, in their order."""
    sections: tuple[str, ...] = ()
    """Titles of the sections of a page that says everything, in their order."""

    @property
    def deciding(self) -> tuple[str, ...]:
        """Identifiers of the facets and conditions that results must share to be ranked together."""
        kinds: tuple[Facet | Condition, ...] = (*self.facets.values(), *self.conditions.values())
        return tuple(kind.id for kind in kinds if kind.decides)

    @property
    def free(self) -> tuple[str, ...]:
        """Identifiers of the conditions that may differ between results that are ranked together."""
        return tuple(condition.id for condition in self.conditions.values() if not condition.decides)

    def kind(self, name: str) -> Facet | Condition:
        """Return the facet or condition *name*.

        :raises KeyError: if there is none.
        """
        return self.facets.get(name) or self.conditions[name]
