"""The field as a map: papers by year and method, and what builds on what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sphinx_papers.model.display.text import Cell, Column, Group, Span, Table, Target, link, make_row
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.views.card import built_on_by, foundations
from sphinx_papers.model.views.view import View

LIMIT = 120
"""Papers on a map; of more, those that most others build on."""
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
    table: Table
    """The same as words."""


@dataclass(frozen=True)
class FieldMapView(View):
    """Every paper by year and method with what it builds on; of very many the most built on."""

    costly = True

    def value(self, library: Library) -> FieldMap | None:
        """Compute the map; none of an empty collection."""
        if not library:
            return None
        papers = sorted(library.values(), key=lambda paper: (-_heirs(library, paper.key), paper.recency))[
            :LIMIT
        ]
        papers.sort(key=lambda paper: (paper.year, paper.date, paper.key))
        works = _works(library, papers)
        lanes, lane_of = _lanes(library, papers, bool(works))
        places = {key: place for place, key in enumerate([*works, *(paper.key for paper in papers)])}
        earlier = papers[0].year - 1
        spots = [
            Spot(
                Target("work", key),
                library.works[key].author_year,
                0,
                max(earlier, int(library.works[key].year)),
            )
            for key in works
        ]
        spots += [
            Spot(
                Target("paper", paper.key), paper.name, lane_of[_method(library, paper)], paper.year,
                tuple(places[key] for key in paper.builds_on if key in places),
            )
            for paper in papers
        ]  # fmt: skip
        all_of = len(papers) == len(library)
        note = "" if all_of else f"Of {len(library)} papers the {LIMIT} are shown that most others build on."
        links = sum(len(spot.builds_on) for spot in spots)
        return FieldMap(
            caption="Papers by year and method, and what builds on what",
            description=f"{len(papers)} papers from {papers[0].year} to {papers[-1].year} and"
            f" {len(works)} other works, with {links} links.",
            lanes=lanes,
            spots=tuple(spots),
            earlier=earlier,
            note=f"A line leads from a paper to what builds on it. {note}".strip(),
            table=_table(library, papers),
        )


def _heirs(library: Library, key: str) -> int:
    return len(library.built_on_by.get(key, ()))


def _works(library: Library, papers: Sequence[Paper]) -> list[str]:
    """Return the works without a page that several of *papers* build on, the oldest first."""
    counts: dict[str, int] = {}
    for paper in papers:
        for key in paper.builds_on:
            if key in library.works and library.works[key].year.isdecimal():
                counts[key] = counts.get(key, 0) + 1
    most = sorted((key for key in counts if counts[key] >= _LEANT_ON), key=lambda key: (-counts[key], key))
    return sorted(most[:_WORKS], key=lambda key: (int(library.works[key].year), key))


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
        Lane(names[slug], Target("method", slug)) if slug else Lane("No method named") for slug in order
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
