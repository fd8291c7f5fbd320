"""Answers as values: what one says is written as text and as JSON by :mod:`written`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sphinx_papers.model.records.evidence import State, state
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Measurer, Paper, Result, Source
from sphinx_papers.model.tables.board import answer_said, kinds_of
from sphinx_papers.model.tables.ranking import unranked_reason
from sphinx_papers.model.tables.table import venue_spans


class AnswerError(ValueError):
    """A question that cannot be understood; says what is known instead."""


@dataclass(frozen=True, kw_only=True)
class PaperName:
    """A paper as an answer names it."""

    key: str
    name: str
    title: str
    published: str
    """Venue and year, or when it was first public."""


@dataclass(frozen=True, kw_only=True)
class StatedNumber:
    """A result with all that an answer must say of it."""

    paper: PaperName
    board: str
    metric: str
    value: float
    unit: str
    conditions: Mapping[str, str]
    """What it states, in words that need no head, by facet or condition."""
    unknown: tuple[str, ...]
    """Names of the conditions that it has and nobody states."""
    rank: int | None = None
    unranked: str = ""
    """Why it competes with nothing."""
    state: State
    by: Measurer
    source: Source | None = None
    where: str = ""
    also: tuple[Source, ...] = ()
    """Further sources that print the same."""
    variant: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class League:
    """Results that compete with each other, the best first."""

    name: str
    total: int
    numbers: tuple[StatedNumber, ...]


@dataclass(frozen=True, kw_only=True)
class BestAnswer:
    """The best of a board, league by league."""

    board: str
    title: str
    asked: Mapping[str, tuple[str, ...]]
    """Answers that rows must give, in words, by the name of the question."""
    total: int
    """Results that fit."""
    leagues: tuple[League, ...]
    more: Mapping[str, int] = field(default_factory=dict)
    """Leagues that are left out, with how many results each has."""
    unranked: Mapping[str, int] = field(default_factory=dict)
    """How many of the results that fit compete with nothing, by why."""
    silent: Mapping[str, int] = field(default_factory=dict)
    """How many results fit but for not stating what was asked, by the name of the question."""


@dataclass(frozen=True, kw_only=True)
class SharedLine:
    """Numbers of several papers that share what is stated of them."""

    board: str
    title: str
    conditions: tuple[str, ...]
    unknown: tuple[str, ...]
    """Conditions that none of them states."""
    numbers: tuple[StatedNumber, ...]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A board on which several of the papers report with nothing in common that is stated."""

    board: str
    title: str
    trained: str
    differing: tuple[str, ...]
    papers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CompareAnswer:
    """Papers side by side: numbers under the same stated conditions only."""

    papers: tuple[PaperName, ...]
    shared: tuple[SharedLine, ...]
    apart: tuple[Difference, ...]
    """Where they report too, and what keeps these numbers from being compared."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A paper that was found."""

    paper: PaperName
    summary: str
    best: str
    """The result that stands for it, with its conditions; empty if it has none."""


@dataclass(frozen=True, kw_only=True)
class FindAnswer:
    """Papers with some words."""

    asked: str
    total: int
    papers: tuple[Found, ...]


@dataclass(frozen=True, kw_only=True)
class Board:
    """A ranking that can be asked."""

    board: str
    title: str
    metric: str
    results: int


@dataclass(frozen=True, kw_only=True)
class BoardsAnswer:
    """The rankings that there are."""

    boards: tuple[Board, ...]


@dataclass(frozen=True, kw_only=True)
class AskedOf:
    """A question of a board, with the answers that its results give."""

    id: str
    name: str
    answers: Mapping[str, int]
    """How many results give each."""


@dataclass(frozen=True, kw_only=True)
class BoardAnswer:
    """What can be asked of one ranking."""

    board: Board
    questions: tuple[AskedOf, ...]


Answer = BestAnswer | CompareAnswer | FindAnswer | BoardsAnswer | BoardAnswer


def paper_name(library: Library, paper: Paper) -> PaperName:
    """Return *paper* as answers name it."""
    seen = "".join(span.text for span in venue_spans(library, paper))
    return PaperName(
        key=paper.key, name=paper.name, title=paper.plain_title, published=seen or str(paper.date)
    )


def number(library: Library, paper: Paper, result: Result, rank: int | None = None) -> StatedNumber:
    """Return *result* of *paper* with its conditions, what is open, and where it was seen."""
    registry = library.registry
    benchmark = registry.benchmarks[result.benchmark]
    stated = {
        name: answer_said(library, name, paper, result)
        for name in kinds_of(registry)
        if (paper.states(name, result) if name in registry.facets else name in result.conditions)
    }
    return StatedNumber(
        paper=paper_name(library, paper), board=f"{result.benchmark}/{result.split}", metric=benchmark.metric,
        value=result.value, unit=benchmark.unit, conditions=stated,
        unknown=tuple(_open(library, paper, result, stated)), rank=rank,
        unranked=unranked_reason(registry, paper, result), state=state(paper, result), by=result.by,
        source=paper.sources[result.source] if result.source else None, where=result.where,
        also=tuple(paper.sources[name] for name in result.also), variant=result.variant, note=result.note,
    )  # fmt: skip


def _open(library: Library, paper: Paper, result: Result, stated: Mapping[str, str]) -> Iterable[str]:
    for facet in library.registry.facets.values():
        if facet.per_result and facet.id not in stated:
            yield facet.name
    for condition in library.registry.conditions.values():
        if condition.id not in stated and condition.concerns(paper, result):
            yield condition.name
