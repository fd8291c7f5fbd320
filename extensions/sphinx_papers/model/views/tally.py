"""How many papers there are: by year, and by method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sphinx_papers.model.display.chart import (
    NONE,
    NUMBERED,
    OTHER,
    Bar,
    Bars,
    Part,
    Series,
    number_text,
    slot_order,
)
from sphinx_papers.model.display.text import Cell, Column, Group, Span, Table, Target, make_row
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.views.view import View

METHOD = "method"
"""Stacks by method category, where facets have their identifiers."""


@dataclass(frozen=True)
class YearsChartView(View):
    """Papers by year, each bar stacked by a facet or by method."""

    stack: str = ""
    caption: str = ""
    table: bool = True

    def value(self, library: Library) -> Bars | None:
        """Compute the chart; none where a single year would be all of it."""
        if len(library.by_year) < 2:
            return None
        parts, name = _parts_of(library, self.stack)
        years = {int(year): papers for year, papers in library.by_year.items()}
        found = {year: _sums(years.get(year, ()), parts) for year in range(min(years), max(years) + 1)}
        series = sorted({each for sums in found.values() for each in sums}, key=slot_order)
        bars = tuple(
            Bar(str(year), Target("year", str(year)), tuple(
                Part(place, sums[each], _piece(str(year), each, sums[each], bool(self.stack)))
                for place, each in enumerate(series) if each in sums
            ))
            for year, sums in found.items()
        )  # fmt: skip
        said = "; ".join(f"{year}: {len(years[year])}" for year in sorted(years))
        return Bars(
            caption=self.caption or (f"Papers by year and {name.lower()}" if name else "Papers by year"),
            description=f"{len(library)} papers. {said}.",
            axis="Papers",
            series=tuple(series),
            bars=bars,
            note=_shared_out(found.values(), name),
            numbers=_numbers("Year", series, bars) if self.table else None,
        )


@dataclass(frozen=True)
class MethodsChartView(View):
    """Papers of each method category."""

    caption: str = ""
    table: bool = True

    def value(self, library: Library) -> Bars | None:
        """Compute the chart; none where a single category would be all of it."""
        counts = Counter({slug: len(papers) for slug, papers in library.by_method.items()})
        names = {slug: method.name for slug, method in library.registry.methods.items()}
        order = sorted((slug for slug in counts if slug in names), key=lambda s: (-counts[s], names[s], s))
        if len(order) < 2:
            return None
        series = (Series("1", "Papers"),)
        bars = tuple(
            Bar(names[slug], Target("method", slug), (
                Part(0, counts[slug], f"{names[slug]}: {_papers(counts[slug])}"),
            ))
            for slug in order
        )  # fmt: skip
        most = f"{names[order[0]]} has the most, {counts[order[0]]}"
        return Bars(
            caption=self.caption or "Papers by method",
            description=f"{len(order)} methods; {most}. A paper counts for each of its methods.",
            axis="Papers",
            series=series,
            bars=bars,
            lying=True,
            note="A paper counts for each of its methods.",
            numbers=_numbers("Method", list(series), bars) if self.table else None,
        )


Parts = Callable[[Paper], Iterable[Series]]


def _parts_of(library: Library, stack: str) -> tuple[Parts, str]:
    """Return what tells papers apart, and the name of that."""
    registry = library.registry
    if not stack:
        return lambda _: (Series("1", "Papers"),), ""
    if stack == METHOD:
        counts = {slug: len(papers) for slug, papers in library.by_method.items() if slug in registry.methods}
        names = {slug: registry.methods[slug].name for slug in counts}
        order = sorted(counts, key=lambda slug: (-counts[slug], names[slug], slug))
        title = "Method"
    else:
        facet = registry.facets[stack]
        names = {term.id: term.name for term in facet.terms.values()}
        order, title = list(names), facet.name
    looks = {
        each: Series(str(place), names[each]) if place <= NUMBERED else Series(OTHER, "Other")
        for place, each in enumerate(order, start=1)
    }

    def parts(paper: Paper) -> Iterable[Series]:
        terms = paper.methods if stack == METHOD else paper.terms(stack)
        return [looks[term] for term in terms if term in looks] or (Series(NONE, "None"),)

    return parts, title


def _sums(papers: Iterable[Paper], parts: Parts) -> dict[Series, float]:
    """Return how many papers each series has; one with several parts counts in equal shares."""
    sums: dict[Series, float] = {}
    for paper in papers:
        found = list(parts(paper))
        for series in found:
            sums[series] = sums.get(series, 0) + 1 / len(found)
    return {series: round(size, 4) for series, size in sums.items()}


def _shared_out(found: Iterable[dict[Series, float]], name: str) -> str:
    whole = all(size == int(size) for sums in found for size in sums.values())
    return "" if whole or not name else "A paper with several counts for each in equal shares."


def _piece(year: str, series: Series, size: float, stacked: bool) -> str:
    return f"{year}, {series.name}: {_papers(size)}" if stacked else f"{year}: {_papers(size)}"


def _papers(size: float) -> str:
    return f"{number_text(size)} paper{'' if size == 1 else 's'}"


def _numbers(head: str, series: list[Series], bars: tuple[Bar, ...]) -> Table:
    several = len(series) > 1
    columns = (
        Column("name", head, short=head == "Year", width=20),
        Column("papers", "Papers", numeric=True, short=True, width=8),
        *(Column(f"s{s.slot}", s.name, numeric=True, width=8) for s in series if several),
    )
    rows = []
    for bar in bars:
        if not bar.parts:
            continue
        sizes = {part.series: part.size for part in bar.parts}
        cells = [Cell((Span(bar.name, bar.target),)), _count(bar.size)]
        cells += [_count(sizes.get(place, 0)) for place in range(len(series)) if several]
        rows.append(make_row("", tuple(cells)))
    return Table(columns, (Group((), tuple(rows)),), f"The numbers: papers by {head.lower()}")


def _count(size: float) -> Cell:
    return Cell((Span(number_text(size)),), round(size, 4)) if size else Cell()
