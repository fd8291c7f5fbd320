"""What the collection has and lacks: summaries that are wanted, what is covered, what is new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sphinx_papers.model.display.text import (
    Cell,
    Column,
    Entries,
    Group,
    Row,
    Span,
    Spans,
    Table,
    Target,
    make_row,
    paper_link,
    title_spans,
)
from sphinx_papers.model.records.depth import Depth, depth
from sphinx_papers.model.records.library import Index, Kept, Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.tables.table import group_name, paper_names, venue_spans
from sphinx_papers.model.views.view import View

_NEWS = 60
"""Papers of one day that are named; the others are counted."""


def users(library: Library) -> Mapping[str, frozenset[str]]:
    """Return for each paper the others that build on it or compare with it, by key.

    A page compares with the papers in whose tables its numbers stand, and with those whose
    numbers stand in the tables of its own paper.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for paper in library.values():
        for key in paper.builds_on:
            found[key].add(paper.key)
        for source in paper.sources.values():
            if source.work in library:
                found[source.work].add(paper.key)
                found[paper.key].add(source.work)
    return {key: frozenset(found[key] - {key}) for key in library}


_USERS = Kept(users)


def _number(value: int) -> Cell:
    return Cell((Span(f"{value:,}"),), value)


@dataclass(frozen=True)
class WantedView(View):
    """The papers without a summary, those that most others need first."""

    limit: int = 0
    """0 for all of them."""

    def value(self, library: Library) -> Table:
        """Compute the table; each row has the command that begins the page."""
        known = _USERS.of(library)
        papers = [paper for paper in library.values() if not paper.summary]
        papers.sort(key=lambda paper: -len(known[paper.key]))  # the newest first where it is equal
        rows = [
            make_row(
                paper.key,
                (
                    _number(len(known[paper.key])),
                    Cell((*title_spans(paper.title, Target("paper", paper.key)), *_name(paper))),
                    Cell(venue_spans(library, paper) or (Span(str(paper.year)),)),
                    Cell((Span(f"sphinx-papers new {paper.key}"),)),
                ),
            )
            for paper in papers[: self.limit or None]
        ]
        columns = (
            Column("users", "Pages", numeric=True, short=True, width=5),
            Column("title", "Paper", width=40),
            Column("venue", "Venue", short=True, width=10),
            Column("command", "Begin with", width=20),
        )
        return Table(
            columns, (Group((), tuple(rows)),), "Summaries wanted", "Every paper here has a summary."
        )

    def words(self, library: Library, part: str) -> str:
        """Return nothing: a search should find the pages that it leads to."""
        return ""


def _name(paper: Paper) -> Spans:
    """Return the method's name, where the title does not begin with it."""
    names = " / ".join(paper.names)
    return (Span(f" ({names})"),) if names and not paper.plain_title.startswith(names) else ()


@dataclass(frozen=True)
class CoverageView(View):
    """How many papers there are in each group of one kind, and how much their pages say."""

    kind: str
    """A facet, ``year``, ``venue`` or ``method``."""

    def value(self, library: Library) -> Table:
        """Compute a row for each group, the totals last."""
        index = self._index(library)
        rows = [
            _coverage(
                library, (Span(group_name(library, self.kind, each), Target(self.kind, each)),), index[each]
            )
            for each in self._order(library, index)
        ]
        grouped = {paper.key for papers in index.values() for paper in papers}
        rest = [paper for paper in library.values() if paper.key not in grouped]
        if rest:
            rows.append(_coverage(library, (Span("Not stated"),), rest))
        rows.append(_coverage(library, (Span("All papers", strong=True),), library.values()))
        columns = (
            Column("group", self._heading(library), width=20),
            *(Column(name, name.capitalize(), numeric=True, short=True, width=8)
              for name in ("papers", *Depth, "results", "code")),
        )  # fmt: skip
        return Table(columns, (Group((), tuple(rows)),), f"Coverage by {self._heading(library).lower()}")

    def _heading(self, library: Library) -> str:
        facet = library.registry.facets.get(self.kind)
        return facet.name if facet else self.kind.capitalize()

    def _index(self, library: Library) -> Index:
        match self.kind:
            case "year":
                return library.by_year
            case "venue":
                return library.by_venue
            case "method":
                return {slug: library.by_method.get(slug, ()) for slug in library.registry.methods}
        return library.by_term[self.kind]

    def _order(self, library: Library, index: Index) -> Iterable[str]:
        """Return the groups: years newest first, others by how many papers they have."""
        if self.kind == "year":
            return sorted(index, reverse=True)
        return sorted(index, key=lambda each: (-len(index[each]), group_name(library, self.kind, each)))

    def words(self, library: Library, part: str) -> str:
        """Return nothing: a search should find the pages that it leads to."""
        return ""


def _coverage(library: Library, name: Spans, papers: Iterable[Paper]) -> Row:
    papers = list(papers)
    found = [depth(paper, library.registry) for paper in papers]
    numbers = [
        len(papers), *(found.count(each) for each in Depth),
        sum(bool(paper.results) for paper in papers), sum(bool(paper.code) for paper in papers),
    ]  # fmt: skip
    return make_row("", (Cell(name), *map(_number, numbers)))


@dataclass(frozen=True)
class NewsView(View):
    """What was added and what was set right, by day."""

    limit: int = 0
    """How many days; 0 for all of them."""

    def value(self, library: Library) -> Entries:
        """Compute an entry for each day, the newest first; of records without a day nothing is known."""
        added: defaultdict[str, list[Paper]] = defaultdict(list)
        mended: defaultdict[str, list[tuple[Paper, str]]] = defaultdict(list)
        for paper in library.values():
            if paper.added:
                added[str(paper.added)].append(paper)
            for correction in paper.corrections:
                mended[str(correction.date)].append((paper, correction.what))
        days = sorted(added.keys() | mended.keys(), reverse=True)[: self.limit or None]
        return Entries("news", tuple((day, day, tuple(_news(added[day], mended[day]))) for day in days))

    def words(self, library: Library, part: str) -> str:
        """Return nothing: a search should find the pages that it leads to."""
        return ""


def _news(added: list[Paper], mended: list[tuple[Paper, str]]) -> Iterator[Span]:
    if added:
        yield Span(f"{len(added):,} paper{'' if len(added) == 1 else 's'} added: ")
        yield from paper_names(added[:_NEWS])
        more = len(added) - _NEWS
        yield Span(f" and {more:,} more. " if more > 0 else ". ")
    for place, (paper, what) in enumerate(mended):
        yield Span("Set right: " if place == 0 else "; ")
        yield paper_link(paper)
        yield Span(f" ({what})")
