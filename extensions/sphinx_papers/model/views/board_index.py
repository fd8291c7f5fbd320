"""All boards at a glance: of each its largest leagues, with the best of each and how it was reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sphinx_papers.model.display.chart import NUMBERED
from sphinx_papers.model.display.text import Cell, Column, Group, Span, Table, make_row, paper_link
from sphinx_papers.model.records.library import Library, short_digest
from sphinx_papers.model.records.registry import Benchmark, Registry
from sphinx_papers.model.tables.leaderboard import value_text
from sphinx_papers.model.tables.ranking import (
    League,
    Standing,
    best_so_far,
    better,
    league_name,
    league_order,
    standings,
)
from sphinx_papers.model.views.library_views import LeaderboardView, board_title
from sphinx_papers.model.views.view import View, value_of

_LEAGUES = 4
"""Leagues of a board that are shown; a reader finds the others on its page."""


@dataclass(frozen=True)
class LeagueBest:
    """A league, with its best and what was the best before."""

    name: str
    size: int
    best: Standing
    steps: tuple[tuple[float, float], ...]
    """When and how much, both as parts of the frame that all leagues of the board share, from 0 to 1."""


@dataclass(frozen=True)
class BoardSummary:
    """A board in a few lines."""

    benchmark: str
    title: str
    metric: str
    size: int
    leagues: tuple[LeagueBest, ...]
    others: int
    """How many leagues are left out."""


@dataclass(frozen=True)
class BoardsView(View):
    """Every board that has results, in the order of the registry."""

    costly = True

    def value(self, library: Library) -> tuple[BoardSummary, ...]:
        """Compute the summaries."""
        found = (
            _summary(library.registry, benchmark, split, standings(library, benchmark, split))
            for benchmark in library.registry.benchmarks.values()
            for split in benchmark.splits
            if benchmark.id in library.by_benchmark
        )
        return tuple(each for each in found if each.size)

    def digest(self, library: Library) -> str:
        """Return the digest of what is shown: of a paper its name and year, and not its whole record."""
        shown = [
            (
                board.benchmark, board.title, board.metric, board.size, board.others,
                [
                    (each.name, each.size, each.best.paper.key, each.best.paper.name, each.best.paper.year,
                     each.best.result.value, each.best.result.variant, each.steps)
                    for each in board.leagues
                ],
            )
            for board in value_of(self, library)
        ]  # fmt: skip
        return short_digest(shown)

    def words(self, library: Library, part: str) -> str:
        """Return nothing: a search should find the boards."""
        return ""

    def basis(self, library: Library) -> object:
        """Return what all boards are made of."""
        return [
            LeaderboardView(benchmark.id, split).basis(library)
            for benchmark in library.registry.benchmarks.values()
            for split in benchmark.splits
        ]


def _summary(registry: Registry, benchmark: Benchmark, split: str, board: Sequence[Standing]) -> BoardSummary:
    leagues: dict[League, list[Standing]] = {}
    for each in board:
        if each.rank is not None and each.league is not None:
            leagues.setdefault(each.league, []).append(each)
    order = sorted(leagues, key=lambda league: (-len(leagues[league]), league_order(registry, league)))
    shown = order[: min(_LEAGUES, NUMBERED)]
    best = [board[place] for place in sorted(best_so_far(board, benchmark))]
    firsts = {
        league: sorted(
            (each for each in best if each.league == league), key=lambda each: each.paper.date.moment
        )
        for league in shown
    }
    frame = _Frame([each for own in firsts.values() for each in own], better(benchmark))
    return BoardSummary(
        benchmark.id, board_title(benchmark, split),
        f"{benchmark.metric}, {benchmark.unit}" if benchmark.unit else benchmark.metric, len(board),
        tuple(
            LeagueBest(
                league_name(registry, league) or "All results", len(leagues[league]), leagues[league][0],
                tuple(dict.fromkeys(frame.place(each) for each in firsts[league])),
            )
            for league in shown
        ),
        len(order) - len(shown),
    )  # fmt: skip


class _Frame:
    """The range of time and of numbers that a picture shows."""

    def __init__(self, shown: Sequence[Standing], sign: int) -> None:
        moments = [each.paper.date.moment for each in shown]
        values = [-sign * each.result.value for each in shown]
        self._sign = sign
        self._start, self._years = (min(moments), max(moments) - min(moments)) if moments else (0.0, 0.0)
        self._low, self._range = (min(values), max(values) - min(values)) if values else (0.0, 0.0)

    def place(self, each: Standing) -> tuple[float, float]:
        """Return when and how good *each* is, from 0 to 1; the middle where there is nothing to tell apart."""
        x = (each.paper.date.moment - self._start) / self._years if self._years else 0.5
        y = (-self._sign * each.result.value - self._low) / self._range if self._range else 0.5
        return round(x, 3), round(y, 3)


def boards_table(boards: Sequence[BoardSummary]) -> Table:
    """Return the same as a table, for formats that show no pictures."""
    columns = (
        Column("group", "Group", width=30), Column("value", "Best", numeric=True, short=True, width=8),
        Column("name", "Method", width=20), Column("year", "Year", numeric=True, width=6),
        Column("results", "Results", numeric=True, width=8),
    )  # fmt: skip
    groups = tuple(
        Group(
            (Span(f"{board.title} ({board.metric})"),),
            tuple(
                make_row(
                    each.best.paper.key,
                    (
                        Cell((Span(each.name),)),
                        Cell((Span(value_text(each.best.result.value), strong=True),)),
                        Cell((paper_link(each.best.paper), *variant_spans(each.best))),
                        Cell((Span(str(each.best.paper.year)),)),
                        Cell((Span(str(each.size)),)),
                    ),
                )
                for each in board.leagues
            ),
        )
        for board in boards
    )
    return Table(columns, groups, "The best of each group", "No results yet.")


def variant_spans(standing: Standing) -> tuple[Span, ...]:
    """Return which of its paper's results it is; nothing if that needs no word."""
    return (Span(f" ({standing.result.variant})"),) if standing.result.variant else ()
