"""Ranks among like and like: which results of a split compete, and in which order they stand.

What must agree is data: facets and conditions of the registry that *decide*. What is unknown is
equal to nothing, not even to itself, so that a result that leaves one of them open has no rank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sphinx_papers.model.records.evidence import State, state
from sphinx_papers.model.records.library import Kept, Library
from sphinx_papers.model.records.paper import Measurer, Paper, Result
from sphinx_papers.model.records.registry import Benchmark, Best, Condition, Facet, Registry, in_a_sentence

BEST, UNRANKED = "best so far", "Not ranked"
"""What readers are told of a result that no earlier one of its league surpasses, and of one that is in none."""
Answer = tuple[str, ...]
"""What a result states of one deciding facet or condition, in the order of the registry; empty for none."""
League = tuple[Answer, ...]
"""The answers that results must share to be ranked together, in the order of :attr:`Registry.deciding`."""


_UNRANKED_STATES: Mapping[State, str] = {
    State.INDEX_ONLY: "seen in an index only",
    State.DISPUTED: "sources disagree",
}


class Standing(NamedTuple):
    """A result where it stands on its split."""

    paper: Paper
    """Whose result it is."""
    result: Result
    """The number with its conditions."""
    league: League | None
    """None if the result leaves open what decides."""
    rank: int | None
    """Place within the league, shared by equals; none if the result does not compete."""
    reason: str = ""
    """Why it has no rank, in words for readers."""


def answers(registry: Registry, paper: Paper, result: Result) -> tuple[Answer | None, ...]:
    """Return what *result* states of each deciding kind; none for one that it leaves open."""
    found: list[Answer | None] = []
    for name in registry.deciding:
        if name in registry.facets:
            terms = set(paper.terms(name, result))
            known = tuple(term for term in registry.facets[name].terms if term in terms)
            found.append(known if paper.states(name, result) else None)
        else:
            value = result.conditions.get(name)
            found.append(None if value is None else (value,))
    return tuple(found)


def league_of(registry: Registry, paper: Paper, result: Result) -> League | None:
    """Return the league of *result*, or none if it leaves open what decides."""
    league = tuple(answer for answer in answers(registry, paper, result) if answer is not None)
    return league if len(league) == len(registry.deciding) else None


def unranked_reason(registry: Registry, paper: Paper, result: Result) -> str:
    """Return why *result* competes with nothing; empty if it does."""
    for name, answer in zip(registry.deciding, answers(registry, paper, result), strict=True):
        if answer is None:
            return _open(registry.kind(name))
    return doubt(paper, result)


def _open(kind: Facet | Condition) -> str:
    return f"{in_a_sentence(kind.name)} unknown"


def doubt(paper: Paper, result: Result) -> str:
    """Return why *result* is no claim of *paper* to compare with; empty if it is."""
    if result.by is Measurer.OTHERS:
        return "measured by others"
    return _UNRANKED_STATES.get(state(paper, result), "")


def claim(
    registry: Registry, paper: Paper, benchmark: Benchmark, split: str, under: Mapping[str, str] | None = None
) -> Result | None:
    """Return the one result that stands for *paper* on *split* where there is room for one; none if it has none.

    With *under* it is one of those that state these conditions.

    It is the best that its authors report with no more than the paper says to use: with its own
    supervision and inputs if there is one, else in the first league within these. A fully supervised bound
    is no result of the method as its page describes it; what others measured, what only an index prints and
    what sources dispute is no claim.
    """
    results = paper.results
    here = [
        place for place, each in enumerate(results) if each.split == split and each.benchmark == benchmark.id
    ]
    if not here:
        return None

    def order(place: int) -> tuple[object, ...]:
        result = results[place]
        league = league_of(registry, paper, result)
        fewer = any(set(paper.terms(name, result)) != set(paper.terms(name)) for name in deciding)
        return (
            fewer, league is None, league_order(registry, league) if league else (),
            better(benchmark) * result.value, place,
        )  # fmt: skip

    deciding = [name for name in registry.deciding if name in registry.facets]
    found = (
        place
        for place in here
        if (under or {}).items() <= results[place].conditions.items()
        and not doubt(paper, results[place])
        and is_own(registry, paper, results[place])
    )
    best = min(found, key=order, default=None)
    return None if best is None else results[best]


def is_own(registry: Registry, paper: Paper, result: Result) -> bool:
    """Return whether *result* has no term of a deciding facet beyond those that the paper states."""
    own = [name for name in registry.deciding if name in result.facets and name in paper.facets]
    return all(set(result.facets[name]) <= set(paper.facets[name]) for name in own)


def better(benchmark: Benchmark) -> int:
    """Return the sign that makes the best value of *benchmark* the smallest."""
    return 1 if benchmark.best is Best.LOWEST else -1


_STANDINGS: Kept[dict[tuple[str, str], tuple[Standing, ...]]] = Kept(lambda _: {})
"""By benchmark and split."""


def standings(library: Library, benchmark: Benchmark, split: str) -> tuple[Standing, ...]:
    """Return every result on *split*: league by league, each best first, then what is not ranked, by reason.

    Leagues come in the order of the registry's terms, with the fewest terms first.
    """
    known, place = _STANDINGS.of(library), (benchmark.id, split)
    if place not in known:  # a board, its charts, its badges and the list of boards all ask for them
        known[place] = _ranked(library, benchmark, split)
    return known[place]


def _ranked(library: Library, benchmark: Benchmark, split: str) -> tuple[Standing, ...]:
    registry = library.registry
    sign = better(benchmark)
    rows = sorted(
        (
            (sign * result.value, paper.recency, place, paper, result)
            for paper in library.by_benchmark.get(benchmark.id, ())
            for place, result in enumerate(paper.results)
            if (result.benchmark, result.split) == (benchmark.id, split)
        ),
        key=lambda row: row[:3],
    )
    leagues: dict[League, list[Standing]] = {}
    rest: dict[str, list[Standing]] = {}
    for _, _, _, paper, result in rows:
        reason = unranked_reason(registry, paper, result)
        league = league_of(registry, paper, result)
        if reason or league is None:
            rest.setdefault(reason, []).append(Standing(paper, result, league, None, reason))
            continue
        own = leagues.setdefault(league, [])
        tied = bool(own) and own[-1].result.value == result.value
        own.append(Standing(paper, result, league, own[-1].rank if tied else len(own) + 1))
    order = sorted(leagues, key=lambda league: league_order(registry, league))
    groups = (*(leagues[league] for league in order), *rest.values())
    return tuple(standing for group in groups for standing in group)


def league_order(registry: Registry, league: League) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Return what leagues are sorted by."""
    places = []
    for name, answer in zip(registry.deciding, league, strict=True):
        kind = registry.kind(name)
        ranks = {term: place for place, term in enumerate(kind.terms)}
        places.append((len(answer), tuple(ranks.get(term, len(ranks)) for term in answer)))
    return tuple(places)


def league_name(registry: Registry, league: Sequence[Answer | None]) -> str:
    """Return *league* in words: *Image labels, no extra inputs*; of answers too, some of which are open."""
    words = []
    for name, answer in zip(registry.deciding, league, strict=True):
        kind = registry.kind(name)
        if answer is None:
            words.append(_open(kind))
        elif answer:
            words.append(" + ".join(kind.terms[term].name if term in kind.terms else term for term in answer))
        else:
            words.append(f"no {in_a_sentence(kind.name)}")
    return ", ".join(words)


def best_so_far(standing: Sequence[Standing], benchmark: Benchmark) -> frozenset[int]:
    """Return the places in *standing* of what was the best of its league when it became public.

    Of what became public at the same moment only the best counts, and its equals.
    """
    sign = better(benchmark)
    found: set[int] = set()
    best: dict[League, tuple[float, float]] = {}
    ranked = [place for place, each in enumerate(standing) if each.rank is not None]
    ranked.sort(
        key=lambda place: (standing[place].paper.date.moment, sign * standing[place].result.value, place)
    )
    for place in ranked:
        league, value = standing[place].league, standing[place].result.value
        if league is None:
            continue
        now = (value, standing[place].paper.date.moment)
        before = best.get(league)
        if before is None or sign * value < sign * before[0] or now == before:
            best[league] = now
            found.add(place)
    return frozenset(found)


def league_kinds(registry: Registry) -> str:
    """Return what results must share to be ranked together, in words: *supervision and extra inputs*."""
    names = [in_a_sentence(registry.kind(name).name) for name in registry.deciding]
    *first, last = names or [""]
    return f"{', '.join(first)} and {last}" if first else last
