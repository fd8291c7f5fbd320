"""Views: what a page shows of the library, as pure functions with a digest.

A page notes each view it shows with the digest of its value. When records change,
the page is out of date exactly if one of these digests is another now, so an edit
re-reads the pages that show it and no other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Protocol

from sphinx_papers.model import card as cards
from sphinx_papers.model.leaderboard import leaderboard, results_table
from sphinx_papers.model.library import Library
from sphinx_papers.model.select import Selection, SelectionError, select
from sphinx_papers.model.table import TableSpec, paper_names, paper_table
from sphinx_papers.model.text import Entries, Fields, Spans, Table


class View(Hashable, Protocol):
    """A pure function of the library, itself a comparable value."""

    def value(self, library: Library) -> object:
        """Compute what is shown; equal values look the same."""


def digest_of(view: View, library: Library) -> str:
    """Return the digest of what *view* shows of *library*.

    A view that was noted once may ask for what is gone since; that is another value too.
    """
    try:
        return digest(view.value(library))
    except (SelectionError, KeyError) as error:
        return digest(error)


def digest(value: object) -> str:
    """Return a short digest of the value of a view."""
    return hashlib.blake2b(repr(value).encode(), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class TableView:
    """A table of papers."""

    spec: TableSpec

    def value(self, library: Library) -> Table:
        """Compute the table."""
        return paper_table(library, self.spec)


@dataclass(frozen=True, slots=True)
class LeaderboardView:
    """The ranking on one split of a benchmark."""

    benchmark: str
    split: str

    def value(self, library: Library) -> Table | None:
        """Compute the ranking; none where the benchmark or the split is gone."""
        benchmark = library.registry.benchmarks.get(self.benchmark)
        if benchmark is None or self.split not in benchmark.splits:
            return None
        return leaderboard(library, self.benchmark, self.split)


@dataclass(frozen=True, slots=True)
class PaperView:
    """All that the page of a paper shows beside its prose."""

    key: str

    def value(self, library: Library) -> PaperParts | None:
        """Compute the generated parts; none for a page without a valid record."""
        paper = library.get(self.key)
        if paper is None:
            return None
        return PaperParts(
            summary=paper.summary,
            card=Fields("card", cards.card(library, paper)),
            results=results_table(library, paper),
            lineage=Fields("lineage", cards.lineage(library, paper)),
            sources=Fields("sources", cards.sources(paper)),
        )


@dataclass(frozen=True, slots=True)
class PaperParts:
    """The generated parts of a paper's page."""

    summary: str
    card: Fields
    results: Table | None
    lineage: Fields
    sources: Fields


@dataclass(frozen=True, slots=True)
class BuiltOnByView:
    """The papers that build on one paper or work."""

    key: str

    def value(self, library: Library) -> Spans | None:
        """Compute the links; none if there is no such paper or work."""
        if self.key not in library and self.key not in library.works:
            return None
        return cards.built_on_by(library, self.key)


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """How running text names a paper."""

    key: str
    form: str
    """``name``, ``title`` or ``author-year``."""

    def value(self, library: Library) -> str | None:
        """Return the text; none where there is no such paper."""
        paper = library.get(self.key)
        if paper is None:
            return None
        match self.form:
            case "title":
                return paper.title
            case "author-year":
                return paper.author_year
        return paper.name


@dataclass(frozen=True, slots=True)
class MethodReferenceView:
    """How running text names a method category."""

    slug: str

    def value(self, library: Library) -> str | None:
        """Return the name; none where there is no such category."""
        method = library.registry.methods.get(self.slug)
        return method.name if method else None


@dataclass(frozen=True, slots=True)
class MethodPageView:
    """The summary on the page of a method category."""

    slug: str

    def value(self, library: Library) -> str | None:
        """Return the summary; none where the page has no valid record."""
        method = library.registry.methods.get(self.slug)
        return method.summary if method else None


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """A group of papers as a list of groups shows it."""

    kind: str
    id: str
    name: str
    summary: str
    count: int


@dataclass(frozen=True, slots=True)
class GroupsView:
    """Every group of one kind with the number of its papers."""

    kind: str

    def value(self, library: Library) -> tuple[GroupSummary, ...]:
        """Compute the groups in the order in which they are listed."""
        return groups(library, self.kind)


def groups(library: Library, kind: str) -> tuple[GroupSummary, ...]:
    """Return the groups of *kind* (a facet, ``year``, ``venue``, ``method``, ``benchmark``; letters for ``author``).

    Years come newest first, all others by name. Method categories are listed even
    where they have no paper yet, as their pages are written by hand.
    """
    registry = library.registry
    match kind:
        case "year":
            return tuple(
                GroupSummary(kind, year, year, "", len(papers))
                for year, papers in sorted(library.by_year.items(), reverse=True)
            )
        case "venue":
            found = [
                GroupSummary(kind, v, registry.venues[v].name, registry.venues[v].full, len(papers))
                for v, papers in library.by_venue.items()
            ]
        case "method":
            found = [
                GroupSummary(kind, m.slug, m.name, m.summary, len(library.by_method.get(m.slug, ())))
                for m in registry.methods.values()
            ]
        case "author":
            return tuple(
                GroupSummary(kind, letter, "other" if letter == "0" else letter.upper(), "", len(people))
                for letter, people in library.people_by_letter.items()
            )
        case "benchmark":
            return tuple(
                GroupSummary(kind, b.id, b.name, b.summary, len(library.by_benchmark[b.id]))
                for b in registry.benchmarks.values()
                if b.id in library.by_benchmark
            )
        case _:
            facet = registry.facets[kind]
            return tuple(
                GroupSummary(kind, t.id, t.name, t.summary, len(library.by_term[kind][t.id]))
                for t in facet.terms.values()
                if t.id in library.by_term[kind]
            )
    return tuple(sorted(found, key=lambda group: (group.name.casefold(), group.id)))


@dataclass(frozen=True, slots=True)
class AuthorsView:
    """The authors under one letter, each with the papers they wrote."""

    letter: str

    def value(self, library: Library) -> Entries:
        """Compute the papers of each author, in the order of an index."""
        people = library.people_by_letter.get(self.letter, ())
        entries = (
            (person.slug, person.display, paper_names(library.by_author[person.slug])) for person in people
        )
        return Entries("authors", tuple(entries))


@dataclass(frozen=True, slots=True)
class KeysView:
    """Which papers a selection takes, in order: what a table of contents needs."""

    selection: Selection

    def value(self, library: Library) -> tuple[str, ...]:
        """Compute the keys."""
        return tuple(paper.key for paper in select(library, self.selection))


@dataclass(frozen=True, slots=True)
class VocabularyView:
    """All that can be asked for by name: what a page depends on that asked for nothing known."""

    def value(self, library: Library) -> object:
        """Compute every key and identifier."""
        registry = library.registry
        return (
            sorted(library),
            sorted(library.works),
            [sorted(names) for names in (registry.venues, registry.methods, registry.conditions)],
            sorted((each.id, *each.splits) for each in registry.benchmarks.values()),
            sorted((each.id, each.pages, *each.terms) for each in registry.facets.values()),
        )


@dataclass(frozen=True, slots=True)
class CountView:
    """The number of papers that a selection takes."""

    selection: Selection

    def value(self, library: Library) -> int:
        """Compute the number."""
        return len(select(library, self.selection))
