"""What a badge says of a paper: its best result, and its place among results under the conditions that it names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from sphinx_papers.model.records.library import Kept, Library
from sphinx_papers.model.records.paper import Paper, Result
from sphinx_papers.model.records.registry import Benchmark, in_a_sentence
from sphinx_papers.model.tables.board import answer_said
from sphinx_papers.model.tables.leaderboard import value_text
from sphinx_papers.model.tables.ranking import League, answers, better, league_name, league_of, standings
from sphinx_papers.model.views.card import first_claim

_Group = tuple[League, tuple[str, ...]]
"""With what a result competes on a badge: its league, and what it states of each condition that badges name."""
_RIVALS: Kept[dict[tuple[str, str], Mapping[_Group, _Rivals]]] = Kept(lambda _: {})
"""By benchmark and split, then by group."""


@dataclass(frozen=True, slots=True)
class _Rivals:
    """The papers of a group."""

    papers: frozenset[str]
    best: tuple[float, ...]
    """The best of each on a scale on which less is better, in order."""


@dataclass(frozen=True, slots=True)
class Badge:
    """The two halves of a badge."""

    subject: str
    said: str


def badge(library: Library, paper: Paper) -> Badge:
    """Return what is said of *paper*: never a rank or a number without what is known of its conditions.

    Papers are ranked, not results: of each the best counts. What leaves a condition open that badges
    name, and what nothing competes with, has no rank.
    """
    registry = library.registry
    found = first_claim(registry, paper)
    if found is None:
        return Badge(paper.name, "no result here that others can be compared with")
    benchmark, split, result = found
    subject = (
        f"{benchmark.name} {benchmark.splits[split].name}: {value_text(result.value)} {benchmark.metric}"
    )
    conditions = ", ".join(_conditions(library, paper, result))
    rank = _rank(library, benchmark, split, paper, result)
    if rank is None:
        return Badge(subject, conditions or "conditions unknown")
    place = f"{_ordinal(rank[0])} of {rank[1]}"
    return Badge(subject, f"{place} with {in_a_sentence(conditions)}" if conditions else place)


def _conditions(library: Library, paper: Paper, result: Result) -> list[str]:
    """Return the conditions that a badge names, those that decide first."""
    registry = library.registry
    first, *others = league_name(registry, answers(registry, paper, result)).split(", ")
    said = [*([first] if first else []), *(in_a_sentence(each) for each in others)]
    for name in registry.badges:
        condition = registry.conditions[name]
        if name in result.conditions:
            said.append(in_a_sentence(answer_said(library, name, paper, result)))
        elif condition.concerns(paper, result):
            said.append(f"{in_a_sentence(condition.name)} unknown")
    return said


def _rank(
    library: Library, benchmark: Benchmark, split: str, paper: Paper, result: Result
) -> tuple[int, int] | None:
    """Return the place of *result* among the papers of its group, and how many these are; none without rivals."""
    group = _group(library, paper, result)
    rivals = _rivals(library, benchmark, split).get(group) if group is not None else None
    if rivals is None or paper.key not in rivals.papers or len(rivals.best) < 2:
        return None
    # A paper that is looked for in all of its group would make badges take the square of their number.
    ahead = bisect_left(rivals.best, better(benchmark) * result.value)
    return ahead + 1, len(rivals.best)


def _group(library: Library, paper: Paper, result: Result) -> _Group | None:
    registry = library.registry
    league = league_of(registry, paper, result)
    stated = tuple(
        result.conditions.get(name, "" if registry.conditions[name].concerns(paper, result) else "-")
        for name in registry.badges
    )
    return None if league is None or "" in stated else (league, stated)


def _rivals(library: Library, benchmark: Benchmark, split: str) -> Mapping[_Group, _Rivals]:
    known, place = _RIVALS.of(library), (benchmark.id, split)
    if place not in known:
        sign = better(benchmark)
        groups: dict[_Group, dict[str, float]] = {}
        for each in standings(library, benchmark, split):
            group = _group(library, each.paper, each.result) if each.rank is not None else None
            if group is not None:
                value, own = sign * each.result.value, groups.setdefault(group, {})
                own[each.paper.key] = min(value, own.get(each.paper.key, value))
        known[place] = {
            group: _Rivals(frozenset(own), tuple(sorted(own.values()))) for group, own in groups.items()
        }
    return known[place]


def _ordinal(number: int) -> str:
    teens = number % 100 in {11, 12, 13}
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
