"""How far a collection can be relied on, counted from its records, and what to look for next."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.evidence import STATE_NAMES, State, state
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Measurer, Paper, Result, SourceKind
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.tables.ranking import unranked_reason

UNRANKED, HEARD, OPEN = 3, 2, 1
RULE = (
    f"{UNRANKED} points for each number of the authors that competes with nothing, because its source is doubtful"
    f" or what decides is unknown; {HEARD} for each other one that is second hand; {OPEN} for each condition of a"
    f" number that is unknown; {OPEN} if no author is known."
)
"""What the points of a paper are counted by: what reading it once would help most."""

FACTS: Mapping[str, str] = {
    "authors": "Authors", "day": "Day it was first public", "venue": "Venue", "identifier": "DOI or arXiv identifier",
    "code": "Code", "licence": "Licence of the code", "weights": "Weights, there or not",
}  # fmt: skip
"""Facts of a paper that a record may leave open, beside its facets, by name."""


@dataclass(frozen=True)
class PaperAudit:
    """What the record of one paper leaves to be confirmed."""

    paper: Paper
    states: Mapping[State, int]
    """How many results are in each state."""
    unranked: Mapping[str, int]
    """How many of the authors' results compete with nothing, by the reason."""
    heard: int
    """How many others of theirs are second hand."""
    unknown: Mapping[str, int]
    """How many of their results leave a condition open that concerns them, by condition."""
    known: Mapping[str, bool | None]
    """Whether a fact is known, by its name or its facet; none where there is nothing to know."""
    disputed: tuple[Result, ...]

    @property
    def numbers(self) -> int:
        """The number of results."""
        return sum(self.states.values())

    @property
    def points(self) -> int:
        """How much it would help to look once more, by :data:`RULE`."""
        return (
            UNRANKED * sum(self.unranked.values())
            + HEARD * self.heard
            + OPEN * sum(self.unknown.values())
            + (0 if self.paper.authors else OPEN)
        )

    @cached_property
    def read(self) -> tuple[PartialDate, ...]:
        """The days on which its sources were read, in order; those without a day are left out."""
        return tuple(sorted(source.checked for source in self.paper.sources.values() if source.checked))


@dataclass(frozen=True)
class Audit:
    """What all records together leave to be confirmed."""

    papers: tuple[PaperAudit, ...]
    """Those that would help most first."""
    open: Mapping[tuple[str, str], Mapping[str, tuple[int, int]]]
    """By benchmark and split, then by condition: how many of the authors' results leave it open, of how many."""
    splits: Mapping[tuple[str, str], Mapping[State, int]]
    """By benchmark and split: how many results are in each state."""

    @cached_property
    def states(self) -> Mapping[State, int]:
        """How many results are in each state, over all."""
        return _summed(State, (each.states for each in self.papers))

    @cached_property
    def known(self) -> Mapping[str, tuple[int, int]]:
        """Of how many papers a fact is known, of how many that have something to know."""
        found: dict[str, tuple[int, int]] = {}
        for each in self.papers:
            for name, known in each.known.items():
                before = found.setdefault(name, (0, 0))
                if known is not None:
                    found[name] = (before[0] + known, before[1] + 1)
        return found

    @cached_property
    def kinds(self) -> Mapping[SourceKind | None, int]:
        """How many records have a source of that kind as their best one; none where they have no source."""
        counts: Counter[SourceKind | None] = Counter(
            best_kind(each.paper.sources[name].kind for name in each.paper.sources) for each in self.papers
        )
        return {kind: counts[kind] for kind in (*SourceKind, None) if counts[kind]}


def best_kind(kinds: Iterable[SourceKind]) -> SourceKind | None:
    """Return the best of *kinds*; none of none."""
    return min(kinds, key=list(SourceKind).index, default=None)


def audit(library: Library, keys: Iterable[str] | None = None) -> Audit:
    """Count what the records of *keys* leave open, or of all papers.

    :raises KeyError: if there is no such paper.
    """
    papers = library.values() if keys is None else [library[key] for key in dict.fromkeys(keys)]
    registry = library.registry
    found = [_of_paper(registry, paper) for paper in papers]
    open_: dict[tuple[str, str], dict[str, tuple[int, int]]] = defaultdict(dict)
    splits: dict[tuple[str, str], Counter[State]] = defaultdict(Counter)
    for each in found:
        for result in each.paper.results:
            place = (result.benchmark, result.split)
            splits[place][state(each.paper, result)] += 1
            if result.by is Measurer.AUTHORS:
                for name, is_open in _conditions(registry, each.paper, result):
                    before = open_[place].get(name, (0, 0))
                    open_[place][name] = (before[0] + is_open, before[1] + 1)
    order = [
        (benchmark.id, split) for benchmark in registry.benchmarks.values() for split in benchmark.splits
    ]
    return Audit(
        tuple(sorted(found, key=lambda each: (-each.points, each.paper.key))),
        {place: open_[place] for place in order if place in open_},
        {place: {each: splits[place][each] for each in State} for place in order if place in splits},
    )


def _of_paper(registry: Registry, paper: Paper) -> PaperAudit:
    states: Counter[State] = Counter()
    unranked: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    heard = 0
    disputed = []
    for result in paper.results:
        known = state(paper, result)
        states[known] += 1
        if known is State.DISPUTED:
            disputed.append(result)
        if result.by is not Measurer.AUTHORS:
            continue
        reason = unranked_reason(registry, paper, result)
        if reason:
            unranked[reason] += 1
        elif known is State.SECOND_HAND:
            heard += 1
        unknown.update(name for name, is_open in _conditions(registry, paper, result) if is_open)
    return PaperAudit(
        paper, {each: states[each] for each in State}, unranked, heard,
        {name: unknown[name] for name in registry.conditions if unknown[name]}, _known(registry, paper),
        tuple(disputed),
    )  # fmt: skip


def _conditions(registry: Registry, paper: Paper, result: Result) -> Iterable[tuple[str, bool]]:
    """Yield each condition that concerns *result*, and whether it is left open."""
    for condition in registry.conditions.values():
        if condition.concerns(paper, result):
            yield condition.id, condition.id not in result.conditions


def _known(registry: Registry, paper: Paper) -> Mapping[str, bool | None]:
    code = paper.code
    facts: dict[str, bool | None] = {
        "authors": bool(paper.authors),
        "day": bool(paper.date.day),
        "venue": paper.appearance is not None,
        "identifier": bool(paper.doi or paper.arxiv),
        "code": bool(code),
        "licence": all(each.licence for each in code) if code else None,
        "weights": all(each.weights for each in code) if code else None,
    }
    return facts | {facet: paper.states(facet) for facet in registry.facets}


def _summed(names: Iterable[State], counts: Iterable[Mapping[State, int]]) -> Mapping[State, int]:
    total: Counter[State] = Counter()
    for each in counts:
        total.update(each)
    return {name: total[name] for name in names}


def fact_name(registry: Registry, name: str) -> str:
    """Return what a fact is called."""
    return FACTS.get(name) or registry.facets[name].name


def to_look_for(registry: Registry, each: PaperAudit) -> tuple[str, ...]:
    """Return in words what is to be looked for in one paper, what helps most first."""
    said = [f"{_numbers(count)} not ranked ({reason})" for reason, count in sorted(each.unranked.items())]
    if each.heard:
        said.append(f"{_numbers(each.heard)} {STATE_NAMES[State.SECOND_HAND].lower()}")
    conditions = sorted(each.unknown.items(), key=lambda item: -item[1])
    said += [f"{registry.conditions[name].name} of {_numbers(count)}" for name, count in conditions]
    if not each.paper.authors:
        said.append("the authors")
    return tuple(said)


def _numbers(count: int) -> str:
    return f"{count} number{'' if count == 1 else 's'}"
