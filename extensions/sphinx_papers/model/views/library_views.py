"""The views of the library that directives and generated pages show: tables, boards, cards, lists, counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sphinx_papers.model.display.text import (
    Entries,
    Fields,
    Items,
    Paragraph,
    References,
    Span,
    Table,
    title_spans,
)
from sphinx_papers.model.records.library import Kept, Library, short_digest
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Benchmark
from sphinx_papers.model.tables.leaderboard import leaderboard
from sphinx_papers.model.tables.select import Selection, select, selection_fields
from sphinx_papers.model.tables.table import TableSpec, paper_names, paper_table
from sphinx_papers.model.views import card as cards
from sphinx_papers.model.views.bibliography import bibliography
from sphinx_papers.model.views.lineage import Lineage, lineage
from sphinx_papers.model.views.results import boards_then, printed_table, reached_table, results_table
from sphinx_papers.model.views.view import View, value_of

CITED_ROWS = 200
"""A table with more rows than this tells reference managers nothing of its papers."""


_CITED: Kept[dict[str, str]] = Kept(lambda _: {})
_RANKED: Kept[dict[str, str]] = Kept(lambda _: {})
"""Digests by key."""
_SIZES = Kept(
    lambda library: Counter(
        (each.benchmark, each.split) for paper in library.values() for each in paper.results
    )
)
"""How many results each board has."""
_KIN = Kept(
    lambda library: short_digest(
        (
            [
                (key, paper.name, paper.year, bool(paper.names), paper.builds_on)
                for key, paper in library.items()
            ],
            library.has_one_page_of_people,
            library.ambiguous_letters,
        )
    )
)
"""A digest of what the page of any paper shows of others: their names and years, what builds on what, and the pages of authors."""


def cited(library: Library, key: str) -> str:
    """Return a short digest of what a reference manager is told of the paper *key*."""
    known = _CITED.of(library)
    if key not in known:
        paper = library[key]
        seen = paper.appearance
        venue = library.registry.venues[seen.venue] if seen else None
        known[key] = short_digest(
            (
                (paper.title, paper.authors, paper.date, seen, paper.arxiv, paper.doi, paper.links.paper),
                venue and (venue.name, venue.proceedings, venue.kind, venue.publisher),
            )
        )
    return known[key]


def ranked(library: Library, paper: Paper) -> str:
    """Return a digest of what rankings and their charts show of *paper*."""
    known = _RANKED.of(library)
    if paper.key not in known:
        facts = (paper.numbers, paper.facets, paper.sources, paper.appearance, paper.code)
        known[paper.key] = short_digest((paper.recency, paper.name, facts))
    return known[paper.key]


def _table_digest(library: Library, table: Table | None) -> str:
    """Return a digest of *table* and of what is told of its papers, which no cell says."""
    keys = [row.key for group in table.groups for row in group.rows] if table else []
    return short_digest((table, [cited(library, key) for key in keys] if len(keys) <= CITED_ROWS else ()))


@dataclass(frozen=True)
class TableView(View):
    """A table of papers."""

    costly = True
    spec: TableSpec

    def value(self, library: Library) -> Table:
        """Compute the table."""
        return paper_table(library, self.spec)

    def digest(self, library: Library) -> str:
        """Return the digest of the table and of what is told of its papers."""
        return _table_digest(library, value_of(self, library))

    def size(self, library: Library) -> int:
        """Return how many rows it has, without making them where a paper has but one."""
        if self.spec.group_by:
            return value_of(self, library).size  # type: ignore[no-any-return]
        return len(select(library, self.spec.selection))

    def words(self, library: Library, part: str) -> str:
        """Return nothing: a search should find the pages that it leads to."""
        return ""

    def basis(self, library: Library) -> object:
        """Return the stamps of the papers in the table."""
        # The names of authors are those of the newest paper, whichever that is.
        if {"authors"} & set(self.spec.columns):
            return None
        papers = select(library, self.spec.selection)
        return (library.surroundings, [(paper.key, library.stamp(paper.key)) for paper in papers])


@dataclass(frozen=True)
class LeaderboardView(View):
    """The ranking on one split of a benchmark."""

    costly = True
    benchmark: str
    split: str

    def value(self, library: Library) -> Table | None:
        """Compute the ranking; none where the benchmark or the split is gone."""
        if library.registry.board(self.benchmark, self.split) is None:
            return None
        return leaderboard(library, self.benchmark, self.split)

    def digest(self, library: Library) -> str:
        """Return the digest of the ranking and of what is told of its papers."""
        return _table_digest(library, value_of(self, library))

    def size(self, library: Library) -> int:
        """Return how many rows it has, without making them."""
        return _SIZES.of(library)[self.benchmark, self.split]

    def words(self, library: Library, part: str) -> str:
        """Return nothing: a search should find the pages that it leads to."""
        return ""

    def basis(self, library: Library) -> object:
        """Return what rankings show of the papers that report on the benchmark."""
        papers = library.by_benchmark.get(self.benchmark, ())
        told = papers if self.size(library) <= CITED_ROWS else ()
        stamps = [ranked(library, paper) for paper in papers]
        return (library.surroundings, stamps, [cited(library, paper.key) for paper in told])


def board_title(benchmark: Benchmark, split: str) -> str:
    """Return what a board is called."""
    return f"{benchmark.name}, {benchmark.splits[split].name}"


@dataclass(frozen=True)
class SplitsView(View):
    """The boards of one benchmark, with how many results each has."""

    benchmark: str

    def value(self, library: Library) -> tuple[tuple[str, str, int], ...]:
        """Return split, title and number of each."""
        benchmark = library.registry.benchmarks.get(self.benchmark)
        return tuple(
            (split, board_title(benchmark, split), LeaderboardView(self.benchmark, split).size(library))
            for split in (benchmark.splits if benchmark else ())
            if benchmark
        )


@dataclass(frozen=True)
class PaperView(View):
    """All that the page of a paper shows beside its prose."""

    key: str

    def value(self, library: Library) -> PaperParts | None:
        """Compute the generated parts; none for a page without a valid record."""
        paper = library.get(self.key)
        if paper is None:
            return None
        return PaperParts(
            summary=Paragraph("summary", (Span(paper.summary),)),
            title=Paragraph("title", title_spans(paper.title)),
            card=Fields("card", cards.card(library, paper)),
            facts=Fields("facts", cards.facts(library, paper)),
            chain=Items("chain", cards.chain(library, paper)),
            results=results_table(library, paper),
            then=boards_then(library, paper),
            reached=reached_table(library, paper),
            printed=printed_table(library, paper),
            lineage=Fields("lineage", cards.lineage(library, paper)),
            relatives=lineage(library, paper),
            sources=Fields("sources", cards.sources(paper)),
        )

    def words(self, library: Library, part: str) -> str:
        """Return what the paper says of itself; all else says what other pages do."""
        paper = library.get(self.key)
        if paper is None:
            return ""
        match part:
            case "title":
                return "".join(span.text for span in title_spans(paper.title))
            case "summary":
                return paper.summary
            case "facts":
                return cards.searched(paper)
        return ""

    def basis(self, library: Library) -> object:
        """Return the stamp of the record, and what else there is for all pages of papers together.

        Where no name has changed and no paper come, only pages whose own record did are looked at.
        """
        stamp = library.stamp(self.key) if self.key in library else ""
        return (library.surroundings, stamp, _KIN.of(library))

    def digest(self, library: Library) -> str:
        """Return the digest of all that the parts are made of.

        The page is read again whenever its record changes, so that the whole record may
        stand for what is shown of it. Of everything else only what is shown counts.
        """
        paper = library.get(self.key)
        shown = paper and (cards.surroundings(library, paper), lineage(library, paper))
        return short_digest(paper and (library.stamp(self.key), shown))


@dataclass(frozen=True)
class PaperParts:
    """The generated parts of a paper's page."""

    summary: Paragraph
    title: Paragraph
    """The title as published."""
    card: Fields
    """What is asked first."""
    facts: Fields
    """All that is known."""
    chain: Items
    """The usual chain of the field, with the stages that the paper changes."""
    results: Table | None
    then: Fields
    """Ways to the boards as they were when it came out."""
    reached: Table | None
    """What others reached who ran the method again."""
    printed: Table | None
    """The results as tables of others print them."""
    lineage: Fields
    relatives: Lineage | None
    sources: Fields


@dataclass(frozen=True)
class BibliographyView(View):
    """Every paper and work in one list."""

    costly = True

    def value(self, library: Library) -> References:
        """Compute the list."""
        return bibliography(library)

    def words(self, library: Library, part: str) -> str:
        """Return nothing: a search should find the pages that it leads to."""
        return ""

    def basis(self, library: Library) -> object:
        """Return the digest of all there is."""
        return library.digest


@dataclass(frozen=True)
class CitationView(View):
    """What a citation may show of a paper or work."""

    key: str

    def value(self, library: Library) -> object:
        """Return authors and year; none where there is no such entry."""
        found = library.get(self.key) or library.works.get(self.key)
        return found and (found.authors, found.year, found.author_year)


@dataclass(frozen=True)
class BuiltOnByView(View):
    """The papers that build on one paper or work."""

    key: str

    def value(self, library: Library) -> Paragraph | None:
        """Compute the links; none if there is no such paper or work."""
        if self.key not in library and self.key not in library.works:
            return None
        spans = cards.built_on_by(library, self.key)
        return Paragraph("built-on-by", spans or (Span("No paper here builds on it yet."),))


@dataclass(frozen=True)
class ReferenceView(View):
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


@dataclass(frozen=True)
class MethodReferenceView(View):
    """How running text names a method category."""

    slug: str

    def value(self, library: Library) -> str | None:
        """Return the name; none where there is no such category."""
        method = library.registry.methods.get(self.slug)
        return method.name if method else None


@dataclass(frozen=True)
class MethodPageView(View):
    """The summary on the page of a method category."""

    slug: str

    def value(self, library: Library) -> Paragraph | None:
        """Return the summary; none where the page has no valid record."""
        method = library.registry.methods.get(self.slug)
        return Paragraph("summary", (Span(method.summary),)) if method else None


@dataclass(frozen=True)
class GroupSummary:
    """A group of papers as a list of groups shows it."""

    kind: str
    id: str
    name: str
    summary: str
    count: int


@dataclass(frozen=True)
class GroupsView(View):
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


@dataclass(frozen=True)
class AuthorsView(View):
    """The authors under one letter, each with the papers they wrote."""

    letter: str

    def value(self, library: Library) -> Entries:
        """Compute the papers of each author, in the order of an index."""
        people = library.people_by_letter.get(self.letter, ())
        entries = (
            (person.slug, person.display, paper_names(library.by_author[person.slug])) for person in people
        )
        return Entries("authors", tuple(entries))

    def basis(self, library: Library) -> object:
        """Return the authors, and the names of the papers of each."""
        people = library.people_by_letter.get(self.letter, ())
        return [
            (person, [(paper.key, paper.name, paper.year) for paper in library.by_author[person.slug]])
            for person in people
        ]


@dataclass(frozen=True)
class KeysView(View):
    """Which papers a selection takes, in order: what a table of contents needs."""

    selection: Selection

    def value(self, library: Library) -> tuple[str, ...]:
        """Compute the keys."""
        return tuple(paper.key for paper in select(library, self.selection))


@dataclass(frozen=True)
class VocabularyView(View):
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


@dataclass(frozen=True)
class PagedFacetsView(View):
    """The facets whose terms have pages, which a table of contents lists."""

    def value(self, library: Library) -> tuple[str, ...]:
        """Return their identifiers, in the order of the registry."""
        return tuple(facet.id for facet in library.registry.facets.values() if facet.pages)


@dataclass(frozen=True)
class FieldsView(View):
    """The names that a selection may test."""

    def value(self, library: Library) -> tuple[str, ...]:
        """Return the names, sorted."""
        return tuple(sorted(selection_fields(library)))


@dataclass(frozen=True)
class CountView(View):
    """The number of papers that a selection takes."""

    selection: Selection

    def value(self, library: Library) -> Paragraph:
        """Compute the sentence."""
        number = len(select(library, self.selection))
        return Paragraph("total", (Span(f"{number} paper{'' if number == 1 else 's'}"),))
