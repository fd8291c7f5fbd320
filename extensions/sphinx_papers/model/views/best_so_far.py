"""Results over time: the best so far on a benchmark, and a method's papers beside what they had to beat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from statistics import quantiles
from typing import NamedTuple

from sphinx_papers.model.display.chart import (
    LIMIT,
    NONE,
    NUMBERED,
    OTHER,
    REST,
    Point,
    Scatter,
    Series,
    Spread,
    Step,
    slot_order,
)
from sphinx_papers.model.display.text import Cell, Column, Group, Span, Table, Target, make_row
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Kept, Library
from sphinx_papers.model.records.registry import Benchmark, Registry
from sphinx_papers.model.tables.leaderboard import reached_spans, reached_values, value_text
from sphinx_papers.model.tables.ranking import (
    UNRANKED,
    League,
    Standing,
    best_so_far,
    better,
    league_kinds,
    league_name,
    league_order,
    standings,
)
from sphinx_papers.model.views.library_views import LeaderboardView, ranked
from sphinx_papers.model.views.view import View

FEWEST = 4
"""Results below which a table says more than a chart."""
FEWEST_OWN = 2
"""Papers of a method below which they are not compared with the others."""


class Reported(NamedTuple):
    """A result as a chart needs it."""

    standing: Standing
    place: int
    """Where it stands on its board, from 0."""
    series: Series = Series("1", "Results")

    @property
    def key(self) -> str:
        """The paper that it is about."""
        return self.standing.paper.key

    @property
    def date(self) -> PartialDate:
        """When the paper was first public."""
        return self.standing.paper.date

    @property
    def x(self) -> float:
        """The same as a point in time."""
        return self.date.moment

    @property
    def value(self) -> float:
        """How much."""
        return self.standing.result.value

    @property
    def name(self) -> str:
        """What a reader knows it by."""
        paper, result = self.standing.paper, self.standing.result
        return f"{paper.name} ({result.variant})" if result.variant else paper.name

    @property
    def league(self) -> League | None:
        """With what it competes; none if it does not."""
        return self.standing.league if self.standing.rank is not None else None


_REPORTED: Kept[dict[tuple[str, str], Sequence[Reported]]] = Kept(lambda _: {})
_LEADERS: Kept[dict[tuple[str, str], frozenset[int]]] = Kept(lambda _: {})
"""Places among the results of those that were the best of their league when they came."""


def reported(library: Library, benchmark: Benchmark, split: str) -> Sequence[Reported]:
    """Return every result on *split*, the oldest first."""
    known = _REPORTED.of(library)
    place = (benchmark.id, split)
    if place not in known:
        found = [Reported(each, place) for place, each in enumerate(standings(library, benchmark, split))]
        known[place] = sorted(found, key=lambda each: (each.x, each.key, each.name, each.value))
    return known[place]


def leaders(library: Library, benchmark: Benchmark, split: str) -> frozenset[int]:
    """Return the places of the results on *split* that were the best of their league when they came."""
    known = _LEADERS.of(library)
    place = (benchmark.id, split)
    if place not in known:
        results = reported(library, benchmark, split)
        known[place] = best_so_far([each.standing for each in results], benchmark)
    return known[place]


def coloured(
    registry: Registry, results: Sequence[Reported], own: Collection[int] | None = None
) -> list[Reported]:
    """Return *results*, each with what its mark looks like: a league has a colour and a shape.

    The leagues with most results have those that are told apart best. Of *own* only those among these
    places count, and all others are the rest.
    """
    mine = range(len(results)) if own is None else own
    counts = Counter(league for place in mine if (league := results[place].league) is not None)
    order = sorted(counts, key=lambda league: (-counts[league], league_order(registry, league)))
    series = {
        league: Series(str(slot), league_name(registry, league) or "Results")
        if slot <= NUMBERED
        else Series(OTHER, "Other groups")
        for slot, league in enumerate(order, start=1)
    }
    unranked, rest = Series(NONE, UNRANKED), Series(REST, "Best of the others")
    known = set(mine)
    return [
        each._replace(
            series=rest if place not in known else unranked if each.league is None else series[each.league]
        )
        for place, each in enumerate(results)
    ]


def records(results: Sequence[Reported], benchmark: Benchmark) -> list[int]:
    """Return the places of *results* that were the best of their league so far, where it has a line."""
    best = best_so_far([each.standing for each in results], benchmark)
    return sorted(place for place in best if results[place].series.slot.isdecimal())


def first_facet(library: Library) -> str:
    """Return the facet that papers are told apart by where nobody chose one; none if there is none."""
    return next((facet.id for facet in library.registry.facets.values() if facet.per_result), "")


@dataclass(frozen=True)
class ProgressView(View):
    """The results on one split over time, with the best so far of each league."""

    costly = True
    benchmark: str
    split: str
    caption: str = ""
    table: bool = True
    wide: bool = False

    def value(self, library: Library) -> Scatter | None:
        """Compute the chart; none where there is too little to show, or the split is gone."""
        benchmark = library.registry.board(self.benchmark, self.split)
        if benchmark is None:
            return None
        results = reported(library, benchmark, self.split)
        if len(results) < FEWEST:
            return None
        registry = library.registry
        parted = coloured(registry, results)
        best = records(parted, benchmark)
        chart = _scatter(registry, benchmark, parted, best, set(best))
        where = f"{benchmark.name}, {benchmark.splits[self.split].name}"
        by = f", by {league_kinds(registry)}" if registry.deciding else ""
        return replace(
            chart,
            caption=self.caption or f"{benchmark.metric} on {where}, over time",
            description=f"{len(results)} results on {where}{by}. {_steps(benchmark, chart)}".strip(),
            numbers=_numbers(benchmark, chart, where) if self.table else None,
            wide=self.wide,
        )

    def basis(self, library: Library) -> object:
        """Return what rankings show of the papers that report on the benchmark."""
        return LeaderboardView(self.benchmark, self.split).basis(library)


@dataclass(frozen=True)
class MethodChartView(View):
    """The results of one method's papers on the registry's first benchmark, and what they had to beat.

    Of all others those are drawn that were the best of a league that the method is in, when they
    came: a point for every other result would hide the method's own, and change the charts of all
    methods whenever any paper is added.
    """

    costly = True
    slug: str
    benchmark: str = ""
    split: str = ""

    def value(self, library: Library) -> Scatter | None:
        """Compute the chart; none where there is too little to compare."""
        method, board = library.registry.methods.get(self.slug), self._board(library)
        if method is None or board is None:
            return None
        benchmark, split = board
        everything = reported(library, benchmark, split)
        results = self._drawn(library, benchmark, split)
        own = [place for place, each in enumerate(results) if self._has(each)]
        if (
            len({results[place].key for place in own}) < FEWEST_OWN
            or len(everything) < FEWEST
            or len(own) == len(everything)
        ):
            return None
        registry = library.registry
        parted = coloured(registry, results, own)
        # What the method reached, not what the field did: the others differ in more than the method.
        best = [own[place] for place in records([parted[place] for place in own], benchmark)]
        chart = _scatter(registry, benchmark, parted, best, set(own))
        where = f"{benchmark.name}, {benchmark.splits[split].name}"
        by = f", by {league_kinds(registry)}" if registry.deciding else ""
        rest = next((place for place, series in enumerate(chart.series) if series.slot == REST), None)
        return replace(
            chart,
            caption=f"{method.name} on {where}",
            description=f"{len(own)} results on {where} are by papers on {method.name}{by}."
            f" {_steps(benchmark, chart)}".rstrip(),
            numbers=_numbers(benchmark, chart, where, without=rest),
        )

    def basis(self, library: Library) -> object:
        """Return what rankings show of the papers whose results are drawn."""
        board = self._board(library)
        if board is None:
            return ()
        benchmark, split = board
        method = library.registry.methods.get(self.slug)
        count, drawn = len(reported(library, benchmark, split)), self._drawn(library, benchmark, split)
        # Whether there are more results than are drawn decides whether there is a chart.
        more = min(count, FEWEST), count > len(drawn)
        papers = dict.fromkeys(each.key for each in drawn)
        stamps = [(key, ranked(library, library[key]), library[key].methods) for key in papers]
        return (library.surroundings, method, benchmark, split, more, stamps)

    def _has(self, result: Reported) -> bool:
        return self.slug in result.standing.paper.methods

    def _drawn(self, library: Library, benchmark: Benchmark, split: str) -> list[Reported]:
        """Return the results that are drawn, the oldest first."""
        everything = reported(library, benchmark, split)
        leagues = {each.league for each in everything if self._has(each)} - {None}
        first = leaders(library, benchmark, split)
        return [
            each
            for place, each in enumerate(everything)
            if self._has(each) or (place in first and each.league in leagues)
        ]

    def _board(self, library: Library) -> tuple[Benchmark, str] | None:
        """Return the benchmark and its split: those that are named, or the first; none if they are gone."""
        known = library.registry.benchmarks
        benchmark = known.get(self.benchmark or next(iter(known), ""))
        if benchmark is None:
            return None
        split = self.split or next(iter(benchmark.splits))
        return (benchmark, split) if split in benchmark.splits else None


_NOTE = "A point is a result, when its paper was first public; a line is the best so far of its group."


def _steps(benchmark: Benchmark, chart: Scatter) -> str:
    """Say how the best of each series rose."""
    names = {(point.series, point.x, point.y): point.name for point in reversed(chart.points)}
    found = []
    for place, series in enumerate(chart.series):
        steps = [
            f"{names[step]} {_amount(benchmark, step.y)} ({int(step.x)})"
            for step in chart.best
            if step.series == place
        ]
        if steps:
            found.append(f"Best so far, {series.name}: {', '.join(steps)}.")
    return " ".join(found)


def _amount(benchmark: Benchmark, value: float) -> str:
    return f"{value_text(value)} {benchmark.unit}".rstrip()


def _scatter(
    registry: Registry,
    benchmark: Benchmark,
    results: Sequence[Reported],
    best: Sequence[int],
    wanted: set[int],
) -> Scatter:
    """Return the chart of *results* but for its words; *best* are the places on its lines.

    Of more results than can be drawn, those that were the best so far are, the best of each
    year and series, and as many as there is room for of the *wanted*; all others are a band.
    """
    sign = -better(benchmark)
    shown, note = list(range(len(results))), ""
    if len(results) > LIMIT:
        keep = {*best, *_best_of_years(results, sign)}
        rest = sorted(
            (place for place in wanted if place not in keep),
            key=lambda place: (-sign * results[place].value, place),
        )
        shown = sorted({*keep, *rest[: max(0, LIMIT - len(keep))]})
        own = " and the method's own" if any(each.series.slot == REST for each in results) else ""
        note = (
            f"Of {len(results)} results the best of each year{own} are drawn;"
            " the band holds the middle half of all."
        )
    series = sorted({results[place].series for place in shown}, key=slot_order)
    labelled = set(best)
    points = tuple(
        _point(registry, benchmark, results[place], series, labelled=place in labelled) for place in shown
    )
    if any(point.reached for point in points):
        note = f"A dotted line from a point goes to what others reached. {note}".rstrip()
    steps = [Step(series.index(results[p].series), results[p].x, results[p].value) for p in best]
    return Scatter(
        caption="",
        description="",
        axis=f"{benchmark.metric} ({benchmark.unit})" if benchmark.unit else benchmark.metric,
        years=(results[0].date.year, results[-1].date.year),
        series=tuple(series),
        points=points,
        best=tuple(dict.fromkeys(steps)),
        spread=_spread(results) if len(results) > LIMIT else (),
        note=f"{_NOTE} {note}".strip(),
    )


def _point(
    registry: Registry, benchmark: Benchmark, result: Reported, series: Sequence[Series], *, labelled: bool
) -> Point:
    league = result.league
    words = f"not ranked: {result.standing.reason}" if league is None else league_name(registry, league)
    paper, number = result.standing.paper, result.standing.result
    told = "".join(span.text for span in reached_spans(paper, number))
    said = (
        f"{result.name}: {_amount(benchmark, result.value)}", words, str(result.date),
        f"reached by others: {told}" if told else "",
    )  # fmt: skip
    values = [result.value, *reached_values(paper, number)]
    return Point(
        result.x, result.value, series.index(result.series), result.name,
        ", ".join(part for part in said if part), Target("paper", result.key), labelled,
        tuple(dict.fromkeys((paper.name, *paper.names[:1]))),
        (min(values), max(values)) if told else None,
    )  # fmt: skip


def _best_of_years(results: Sequence[Reported], sign: int) -> list[int]:
    best: dict[tuple[int, Series], int] = {}
    for place, result in enumerate(results):
        other = best.setdefault((result.date.year, result.series), place)
        if sign * result.value > sign * results[other].value:
            best[result.date.year, result.series] = place
    return list(best.values())


def _spread(results: Sequence[Reported]) -> tuple[Spread, ...]:
    years: dict[int, list[float]] = {}
    for result in results:
        years.setdefault(result.date.year, []).append(result.value)
    found = []
    for year, values in sorted(years.items()):
        low, _, high = quantiles(values, method="inclusive") if len(values) > 1 else values * 3
        found.append(Spread(year + 0.5, round(low, 2), round(high, 2)))
    return tuple(found)


def _numbers(benchmark: Benchmark, chart: Scatter, where: str, without: int | None = None) -> Table:
    """Return the points of *chart* as a table, the newest first, *without* those of one series."""
    columns = (
        Column("date", "Year", short=True, width=8),
        Column("name", "Method", width=30),
        Column("value", chart.axis, numeric=True, short=True, width=10),
        Column("series", "Group", width=24),
    )
    best = set(chart.best)
    rows = [
        make_row(
            point.target.id,
            (
                Cell((Span(str(int(point.x))),), point.x),
                Cell((Span(point.name, point.target, strong=(point.series, point.x, point.y) in best),)),
                Cell((Span(value_text(point.y)),), point.y),
                Cell((Span(chart.series[point.series].name),)),
            ),
        )
        for point in reversed(chart.points)
        if point.series != without
    ]
    return Table(columns, (Group((), tuple(rows)),), f"The numbers: {benchmark.metric} on {where}")
