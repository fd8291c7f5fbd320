"""Results over time: the best so far on a benchmark, and a method's papers among all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import quantiles
from typing import NamedTuple

from sphinx_papers.model.chart import (
    LIMIT,
    REST,
    Point,
    Scatter,
    Series,
    Spread,
    Step,
    facet_series,
    slot_order,
)
from sphinx_papers.model.date import PartialDate
from sphinx_papers.model.leaderboard import value_text
from sphinx_papers.model.library import Library, short_digest
from sphinx_papers.model.registry import Benchmark, Best
from sphinx_papers.model.text import Cell, Column, Group, Span, Table, Target, make_row
from sphinx_papers.model.view import LeaderboardView, View

FEWEST = 4
"""Results below which a table says more than a chart."""
FEWEST_OWN = 2
"""Papers of a method below which they are not compared with the others."""


class Reported(NamedTuple):
    """A result as a chart needs it."""

    key: str
    methods: tuple[str, ...]
    date: PartialDate
    value: float
    name: str
    series: Series

    @property
    def x(self) -> float:
        """The moment at which it was public; the middle of what is known."""
        year, month, day = self.date.year, self.date.month, self.date.day
        if not month:
            return year + 0.5
        return round(year + (month - 1 + ((day - 0.5) / 31 if day else 0.5)) / 12, 3)


def reported(library: Library, benchmark: str, split: str, colour: str) -> Sequence[Reported]:
    """Return every result on *split*, the oldest first, told apart by the facet *colour*."""
    known = library.memory("reported")
    place = (benchmark, split, colour)
    if place not in known:
        found = [
            Reported(
                paper.key, paper.methods, paper.date, result.value,
                f"{paper.name} ({result.variant})" if result.variant else paper.name,
                facet_series(library, colour, paper, result) if colour else Series("1", "Results"),
            )
            for paper in library.by_benchmark.get(benchmark, ())
            for result in paper.results
            if (result.benchmark, result.split) == (benchmark, split)
        ]  # fmt: skip
        known[place] = sorted(found, key=lambda each: (each.x, each.key, each.name, each.value))
    return known[place]  # type: ignore[no-any-return]


def records(results: Sequence[Reported], best: Best) -> list[int]:
    """Return the places of the results that were the best of their series so far.

    *results* are in order of time. What the series tell apart does not compare.
    """
    sign = 1 if best is Best.HIGHEST else -1
    found: dict[Series, list[int]] = {}
    for place, result in enumerate(results):
        own = found.setdefault(result.series, [])
        if not own or sign * result.value > sign * results[own[-1]].value:
            # Of one moment only the best was ever the best.
            if own and results[own[-1]].x == result.x:
                own.pop()
            own.append(place)
    return sorted(place for own in found.values() for place in own)


def first_facet(library: Library) -> str:
    """Return the facet that results are told apart by where nobody chose one; none if there is none."""
    return next((facet.id for facet in library.registry.facets.values() if facet.per_result), "")


@dataclass(frozen=True)
class ProgressView(View):
    """The results on one split over time, with the best so far."""

    costly = True
    benchmark: str
    split: str
    colour: str | None = None
    """The facet that tells results apart; none leaves it to the registry, empty to nobody."""
    caption: str = ""
    table: bool = True

    def value(self, library: Library) -> Scatter | None:
        """Compute the chart; none where there is too little to show, or the split is gone."""
        benchmark = library.registry.benchmarks.get(self.benchmark)
        if benchmark is None or self.split not in benchmark.splits:
            return None
        colour = first_facet(library) if self.colour is None else self.colour
        results = reported(library, self.benchmark, self.split, colour)
        if len(results) < FEWEST:
            return None
        chart = _scatter(benchmark, results, set(records(results, benchmark.best)))
        where = f"{benchmark.name}, {benchmark.splits[self.split].name}"
        by = f", by {library.registry.facets[colour].name.lower()}" if colour else ""
        return replace(
            chart,
            caption=self.caption or f"{benchmark.metric} on {where}, over time",
            description=f"{len(results)} results on {where}{by}. {_steps(benchmark, chart)}",
            numbers=_numbers(benchmark, chart, where) if self.table else None,
        )

    def basis(self, library: Library) -> object:
        """Return what rankings show of the papers that report on the benchmark."""
        return LeaderboardView(self.benchmark, self.split).basis(library)


@dataclass(frozen=True)
class MethodChartView(View):
    """The results of one method's papers among all others, on the registry's first benchmark."""

    costly = True
    slug: str
    benchmark: str = ""
    split: str = ""

    def value(self, library: Library) -> Scatter | None:
        """Compute the chart; none where there is too little to compare."""
        method = library.registry.methods.get(self.slug)
        benchmark = self._benchmark(library)
        if method is None or benchmark is None:
            return None
        split = self.split or next(iter(benchmark.splits))
        if split not in benchmark.splits:
            return None
        results = reported(library, benchmark.id, split, "")
        own = [place for place, each in enumerate(results) if self.slug in each.methods]
        if (
            len({results[place].key for place in own}) < FEWEST_OWN
            or len(results) < FEWEST
            or len(own) == len(results)
        ):
            return None
        series = Series("1", method.name), Series(REST, "All others")
        mine = set(own)
        parted = [
            each._replace(series=series[place not in mine])
            for place, each in enumerate(results)
        ]  # fmt: skip
        sign = 1 if benchmark.best is Best.HIGHEST else -1
        best: dict[str, int] = {}
        for place in own:
            other = best.setdefault(results[place].key, place)
            if sign * results[place].value > sign * results[other].value:
                best[results[place].key] = place
        labelled = sorted(best.values(), key=lambda place: (-sign * results[place].value, place))[:_LABELS]
        chart = _scatter(benchmark, parted, set(labelled), mine)
        # The others differ in more than the method, so that no best of theirs says anything.
        chart = replace(chart, best=tuple(step for step in chart.best if step.series == 0))
        where = f"{benchmark.name}, {benchmark.splits[split].name}"
        top = _said(benchmark, results[labelled[0]])
        return replace(
            chart,
            caption=f"{method.name} on {where}",
            description=f"{len(own)} of {len(results)} results on {where} are by papers on"
            f" {method.name}. Their best: {top}.",
            numbers=_numbers(benchmark, chart, where, series=0),
        )

    def basis(self, library: Library) -> object:
        """Return what is drawn of the papers that report on the benchmark."""
        benchmark = self._benchmark(library)
        if benchmark is None:
            return ()
        split = self.split or next(iter(benchmark.splits))
        known = library.memory("all reported")
        place = (benchmark.id, split)
        if place not in known:  # one for the pages of all methods
            known[place] = short_digest(reported(library, benchmark.id, split, ""))
        return (library.registry.methods.get(self.slug), benchmark, split, known[place])

    def _benchmark(self, library: Library) -> Benchmark | None:
        known = library.registry.benchmarks
        return known.get(self.benchmark or next(iter(known), ""))


_LABELS = 8
_NOTE = "A point is a result, when its paper was first public; a line is the best so far of its colour."


def _said(benchmark: Benchmark, result: Reported) -> str:
    return f"{result.name} with {_amount(benchmark, result.value)} ({result.date})"


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
        found.append(f"Best so far, {series.name}: {', '.join(steps)}.")
    return " ".join(found)


def _amount(benchmark: Benchmark, value: float) -> str:
    return f"{value_text(value)} {benchmark.unit}".rstrip()


def _scatter(
    benchmark: Benchmark,
    results: Sequence[Reported],
    labelled: set[int],
    wanted: set[int] | None = None,
) -> Scatter:
    """Return the chart of *results* but for its words.

    Of more results than can be drawn, those that were the best so far are, the best of each
    year and series, and as many as there is room for of the *wanted*; all others are a band.
    """
    marked = records(results, benchmark.best)
    sign = 1 if benchmark.best is Best.HIGHEST else -1
    shown, note = list(range(len(results))), ""
    if len(results) > LIMIT:
        keep = {*marked, *labelled, *_best_of_years(results, sign)}
        rest = sorted(
            (place for place in wanted or () if place not in keep),
            key=lambda place: (-sign * results[place].value, place),
        )
        shown = sorted({*keep, *rest[: max(0, LIMIT - len(keep))]})
        own = "" if wanted is None else " and the method's own"
        note = (
            f"Of {len(results)} results the best of each year{own} are drawn;"
            " the band holds the middle half of all."
        )
    series = sorted({results[place].series for place in shown}, key=slot_order)
    points = tuple(
        Point(
            results[place].x, results[place].value, series.index(results[place].series), results[place].name,
            f"{results[place].name}: {_amount(benchmark, results[place].value)},"
            f" {results[place].series.name}, {results[place].date}",
            Target("paper", results[place].key), place in labelled,
        )
        for place in shown
    )  # fmt: skip
    return Scatter(
        caption="",
        description="",
        axis=f"{benchmark.metric} ({benchmark.unit})" if benchmark.unit else benchmark.metric,
        years=(results[0].date.year, results[-1].date.year),
        series=tuple(series),
        points=points,
        best=tuple(
            Step(series.index(results[place].series), results[place].x, results[place].value)
            for place in marked
        ),
        spread=_spread(results) if note else (),
        note=f"{_NOTE} {note}".strip(),
    )


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


def _numbers(benchmark: Benchmark, chart: Scatter, where: str, series: int | None = None) -> Table:
    """Return the points of *chart* as a table, the newest first; those of one *series* if it is given."""
    columns = (
        Column("date", "Year", short=True, width=8),
        Column("name", "Method", width=30),
        Column("value", chart.axis, numeric=True, short=True, width=10),
        Column("series", "Mark", width=16),
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
        if series is None or point.series == series
    ]
    return Table(columns, (Group((), tuple(rows)),), f"The numbers: {benchmark.metric} on {where}")
