"""The field as a map: papers by year and method, and what builds on what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sphinx_papers.model.display.text import Cell, Column, Group, Span, Spans, Table, Target, link, make_row
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.views.card import built_on_by, foundations
from sphinx_papers.model.views.view import View

LIMIT = 120
"""Papers on a map; of more that are linked, those that most others build on."""
_WORKS = 12
"""Works without a page on the map, the most leant on."""
_LEANT_ON = 2
"""Papers that must build on a work without a page before it is on the map."""


class Spot(NamedTuple):
    """A paper or work on the map."""

    target: Target
    name: str
    lane: int
    year: int
    builds_on: tuple[int, ...] = ()
    """Places of other spots."""


class Lane(NamedTuple):
    """A line of the map."""

    name: str
    target: Target | None = None
    papers: int = 0
    """How many papers there are that could stand in it; a page of its own lists them all."""


@dataclass(frozen=True, kw_only=True)
class FieldMap:
    """Papers in lanes of method, over the years."""

    caption: str
    description: str
    lanes: tuple[Lane, ...]
    spots: tuple[Spot, ...]
    earlier: int
    """The column that stands for all years before the first paper's."""
    note: str
    rest: Spans
    """Says what is not on it, and where that is found."""
    table: Table
    """The same as words."""


@dataclass(frozen=True)
class FieldMapView(View):
    """The papers that build on each other, by year and method; of very many the most built on."""

    costly = True

    def value(self, library: Library) -> FieldMap | None:
        """Compute the map; none of a collection in which nothing builds on anything."""
        works = _works(library)
        papers = sorted(_linked(library, works), key=lambda paper: (paper.year, paper.date, paper.key))
        if not papers:
            return None
        works = [work for work in works if any(work in paper.builds_on for paper in papers)]
        lanes, lane_of = _lanes(library, papers, bool(works))
        earlier = papers[0].year - 1
        spots = _spots(library, works, papers, lane_of, earlier)
        links = sum(len(spot.builds_on) for spot in spots)
        return FieldMap(
            caption="Papers by year and method, and what builds on what",
            description=f"{len(papers)} papers from {papers[0].year} to {papers[-1].year} and"
            f" {len(works)} other works, with {links} links.",
            lanes=lanes,
            spots=spots,
            earlier=earlier,
            note="A line leads from a paper to what builds on it. The name of a method leads to all of its papers,"
            " whose number stands beside it.",
            rest=_rest(library, papers),
            table=_table(library, papers),
        )


def _spots(
    library: Library, works: Sequence[str], papers: Sequence[Paper], lane_of: Mapping[str, int], earlier: int
) -> tuple[Spot, ...]:
    """Return the spots of works and papers, in this order."""
    places = {key: place for place, key in enumerate([*works, *(paper.key for paper in papers)])}
    return tuple(
        Spot(
            Target("work", key), library.works[key].author_year, 0,
            max(earlier, int(library.works[key].year)),
        )
        for key in works
    ) + tuple(
        Spot(
            Target("paper", paper.key), paper.name, lane_of[_method(library, paper)], paper.year,
            tuple(places[key] for key in paper.builds_on if key in places and key != paper.key),
        )
        for paper in papers
    )  # fmt: skip


def _linked(library: Library, works: Sequence[str]) -> list[Paper]:
    """Return the papers of the map: those that most others build on, and never one without a line.

    A paper of which nothing else is there brings along the neighbour that most build on.
    """
    near = {
        paper.key: [
            key
            for key in (*paper.builds_on, *(heir.key for heir in library.built_on_by.get(paper.key, ())))
            if key in library and key != paper.key
        ]
        for paper in library.values()
    }

    def rank(paper: Paper) -> tuple[int, int, Any]:
        return (-_heirs(library, paper.key), -len(near[paper.key]), paper.recency)

    chosen: dict[str, Paper] = {}
    for paper in sorted(library.values(), key=rank):
        own, on_work = near[paper.key], any(work in paper.builds_on for work in works)
        if paper.key in chosen or not (own or on_work):
            continue
        alone = not on_work and not any(key in chosen for key in own)
        wanted = [paper, *([min((library[key] for key in own), key=rank)] if alone else [])]
        if len(chosen) + len(wanted) <= LIMIT:
            chosen |= {each.key: each for each in wanted}
    return list(chosen.values())


def _rest(library: Library, papers: Sequence[Paper]) -> Spans:
    """Return how many papers are not on the map, and the methods of which it has none."""
    if len(papers) == len(library):
        return ()
    there = {_method(library, paper) for paper in papers}
    missing = [
        (method, len(library.by_method[slug]))
        for slug, method in library.registry.methods.items()
        if slug not in there and slug in library.by_method
    ]
    names: list[Span] = []
    for method, count in missing:
        names += [Span(", " if names else ""), link("method", method.slug, method.name), Span(f" ({count})")]
    return (
        Span(
            f"Of {len(library)} papers {len(papers)} are on the map. The others build on nothing here, nothing builds"
            " on them, or less than on those that are shown."
        ),
        *((Span(" Methods of which it has none: "), *names, Span(".")) if names else ()),
    )


def _heirs(library: Library, key: str) -> int:
    return len(library.built_on_by.get(key, ()))


def _works(library: Library) -> list[str]:
    """Return the works without a page that several papers build on, the oldest first."""
    counts = {
        key: len(papers)
        for key, papers in library.built_on_by.items()
        if key in library.works and library.works[key].year.isdecimal() and len(papers) >= _LEANT_ON
    }
    most = sorted(counts, key=lambda key: (-counts[key], key))[:_WORKS]
    return sorted(most, key=lambda key: (int(library.works[key].year), key))


def _method(library: Library, paper: Paper) -> str:
    """Return the category that a paper stands with: the first that it names."""
    return next((slug for slug in paper.methods if slug in library.registry.methods), "")


def _lanes(library: Library, papers: Sequence[Paper], works: bool) -> tuple[tuple[Lane, ...], dict[str, int]]:
    """Return the lanes, those that began first above, and the lane of each category."""
    order = list(dict.fromkeys(slug for paper in papers if (slug := _method(library, paper))))
    if any(not _method(library, paper) for paper in papers):
        order.append("")
    names = {slug: method.name for slug, method in library.registry.methods.items()}
    lanes = [Lane("Works leant on")] if works else []
    first = len(lanes)
    lanes += [
        Lane(names[slug], Target("method", slug), len(library.by_method[slug]))
        if slug
        else Lane("No method named")
        for slug in order
    ]
    return tuple(lanes), {slug: first + place for place, slug in enumerate(order)}


def _table(library: Library, papers: Sequence[Paper]) -> Table:
    """Return the papers of each year, the newest first, with what they build on and what builds on them."""
    columns = (
        Column("name", "Paper", width=24),
        Column("builds-on", "Builds on", width=34),
        Column("built-on-by", "Built on by", width=34),
    )
    years: dict[int, list[Paper]] = {}
    for paper in reversed(papers):
        years.setdefault(paper.year, []).append(paper)
    groups = []
    for year, found in years.items():
        rows = (
            make_row(
                paper.key,
                (
                    Cell((link("paper", paper.key, paper.name),)),
                    Cell(foundations(library, paper)),
                    Cell(built_on_by(library, paper.key)),
                ),
            )
            for paper in found
        )
        groups.append(Group((Span(str(year), Target("year", str(year))),), tuple(rows)))
    return Table(columns, tuple(groups), "What builds on what, by year")
