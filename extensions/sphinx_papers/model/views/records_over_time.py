"""What was the best at any date: the records of a board, and from when to when each of them stood."""

from __future__ import annotations

from dataclasses import dataclass

from sphinx_papers.model.display.text import DASH, Cell, Column, Group, Row, Span, Table, make_row, paper_link
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.tables.comparison import condition_text
from sphinx_papers.model.tables.leaderboard import value_text
from sphinx_papers.model.tables.ranking import (
    League,
    Standing,
    best_so_far,
    better,
    league_kinds,
    league_name,
    standings,
)
from sphinx_papers.model.views.library_views import LeaderboardView, board_title
from sphinx_papers.model.views.results import signed
from sphinx_papers.model.views.view import View


def reigns(library: Library, benchmark: str, split: str) -> dict[League, list[list[Standing]]]:
    """Return the records of each league on *split*, the first record first; those of one moment together.

    Leagues come with the most records first, equals in the order of their board.
    """
    known = library.registry.benchmarks[benchmark]
    found = standings(library, known, split)
    leagues: dict[League, list[Standing]] = {}
    for place in sorted(best_so_far(found, known)):
        league = found[place].league
        if league is not None:
            leagues.setdefault(league, []).append(found[place])
    sign = better(known)
    held: dict[League, list[list[Standing]]] = {}
    for league, records in leagues.items():
        records.sort(key=lambda each: (each.paper.date.moment, sign * each.result.value, each.paper.key))
        steps = held.setdefault(league, [])
        for each in records:
            if steps and steps[-1][0].paper.date.moment == each.paper.date.moment:
                steps[-1].append(each)
            else:
                steps.append([each])
    return dict(sorted(held.items(), key=lambda item: -len(item[1])))


@dataclass(frozen=True)
class ReignsView(View):
    """The records of a board over time."""

    costly = True
    benchmark: str
    split: str

    def value(self, library: Library) -> Table | None:
        """Compute the table, the latest record of each group first; none where the board is gone."""
        benchmark = library.registry.board(self.benchmark, self.split)
        if benchmark is None:
            return None
        columns = (
            Column("since", "Since", short=True, width=9), Column("until", "Until", short=True, width=9),
            Column("name", "Best at that time", width=24),
            Column("value", f"{benchmark.metric} ({benchmark.unit})", numeric=True, short=True, width=9),
            Column("gain", "Change", numeric=True, short=True, width=9, labelled=True),
            Column("conditions", "Conditions that are stated", width=34, labelled=True),
        )  # fmt: skip
        groups = []
        for league, steps in reigns(library, self.benchmark, self.split).items():
            rows = []
            for place, step in enumerate(steps):
                until = str(steps[place + 1][0].paper.date) if place + 1 < len(steps) else ""
                before = steps[place - 1][0].result.value if place else None
                rows += [_row(library, each, until, before) for each in step]
            heading = league_name(library.registry, league)
            groups.append(Group((Span(heading),) if heading else (), tuple(reversed(rows))))
        title = board_title(benchmark, self.split)
        kinds = league_kinds(library.registry)
        among = (
            f"Records are among results with the same {kinds}; other conditions differ from one to the next. "
            if kinds
            else ""
        )
        lead = (
            Span(
                f"{among}A record stands from the day on which its paper was first public until that of the next one."
            ),
        )
        return Table(columns, tuple(groups), f"Records over time: {title}", "No results yet.", lead=lead)

    def words(self, library: Library, part: str) -> str:
        """Return nothing: a search should find the pages of the papers."""
        return ""

    def basis(self, library: Library) -> object:
        """Return what rankings show of the papers that report on the benchmark."""
        return LeaderboardView(self.benchmark, self.split).basis(library)


def _row(library: Library, each: Standing, until: str, before: float | None) -> Row:
    paper, result = each.paper, each.result
    variant = (Span(f" ({result.variant})"),) if result.variant else ()
    gain = None if before is None else round(result.value - before, 4)
    stated = [
        condition_text(library, name, result.conditions[name])
        for name in library.registry.conditions
        if name in result.conditions
    ]
    cells = (
        Cell((Span(str(paper.date)),), str(paper.date)),
        Cell((Span(until),), until) if until else Cell((Span("still stands"),), "9999"),
        Cell((paper_link(paper), *variant), paper.name.casefold()),
        Cell((Span(value_text(result.value), strong=True),), result.value),
        Cell(DASH) if gain is None else Cell((Span(signed(gain)),), gain),
        Cell((Span(", ".join(stated)),)) if stated else Cell((Span("unknown", emphasis=True),)),
    )
    return make_row(paper.key, cells)
