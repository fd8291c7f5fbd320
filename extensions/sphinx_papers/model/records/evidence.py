"""How far a number can be trusted: a state that is derived from where it was seen, never written down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from sphinx_papers.model.records.paper import (
    Measurement,
    Measurer,
    Paper,
    Printed,
    Reproduction,
    Result,
    SourceKind,
)


class State(StrEnum):
    """How reliable a number is, the best first."""

    CONFIRMED = "confirmed"
    """Whoever measured it prints it, and an independent source prints the same."""
    PRIMARY = "primary"
    """Whoever measured it prints it: in the paper, its repository or an answer."""
    SECOND_HAND = "second-hand"
    """Seen only in tables or threads of others."""
    INDEX_ONLY = "index-only"
    """Seen only in a list or an aggregator."""
    UNSOURCED = "unsourced"
    """The record does not say where it was seen."""
    DISPUTED = "disputed"
    """Sources of equal weight print different numbers."""


STATE_NAMES: Mapping[State, str] = {
    State.CONFIRMED: "Confirmed",
    State.PRIMARY: "Primary",
    State.SECOND_HAND: "Second hand",
    State.INDEX_ONLY: "Index only",
    State.UNSOURCED: "No source",
    State.DISPUTED: "Disputed",
}
STATE_SUMMARIES: Mapping[State, str] = {
    State.CONFIRMED: "Whoever measured it prints it, and an independent source prints the same.",
    State.PRIMARY: "Whoever measured it prints it: in the paper, its repository or an answer.",
    State.SECOND_HAND: "Seen only in tables or threads of others, which copy from each other.",
    State.INDEX_ONLY: "Seen only in a list or an aggregator: a lead, not a source.",
    State.UNSOURCED: "The record does not say where it was seen.",
    State.DISPUTED: "Sources of equal weight print different numbers.",
}

KIND_NAMES: Mapping[SourceKind, str] = {
    SourceKind.PAPER: "the paper",
    SourceKind.PUBLISHER: "the publisher's page",
    SourceKind.PREPRINT: "the preprint",
    SourceKind.REPOSITORY: "the authors' repository",
    SourceKind.ANSWER: "the authors' answer",
    SourceKind.TABLE: "a table of others",
    SourceKind.THREAD: "a thread of others",
    SourceKind.INDEX: "an index",
}
"""Whose word a source is, in words for readers."""

# The paper, its publisher's page and the preprint are one text; tables copy from each other.
_GROUPS: Mapping[SourceKind, str] = {
    SourceKind.PAPER: "paper",
    SourceKind.PUBLISHER: "paper",
    SourceKind.PREPRINT: "paper",
    SourceKind.REPOSITORY: "repository",
    SourceKind.ANSWER: "answer",
    SourceKind.TABLE: "table",
    SourceKind.THREAD: "thread",
}
_OWN = frozenset({"paper", "repository", "answer"})
_ELSEWHERE = frozenset({"table", "thread"})


def state(paper: Paper, result: Result) -> State:
    """Return how reliable *result* of *paper* is.

    What another's table prints differently disputes a number that is itself second hand; against the
    word of whoever measured it, it is a slip of that table.

    :param paper: whose record names the sources.
    :param result: one of its results.
    """
    kinds = {paper.sources[name].kind for name in _names(paper, result)}
    groups = {_GROUPS[kind] for kind in kinds if kind in _GROUPS}
    # Whoever measured a number vouches for it: the authors of the paper, or those whose table it is.
    vouching = _OWN if result.by is Measurer.AUTHORS else _ELSEWHERE
    first_hand = bool(groups & vouching)
    if _contradicted(paper, result, first_hand=first_hand):
        return State.DISPUTED
    if first_hand:
        return State.CONFIRMED if len(groups) > 1 else State.PRIMARY
    if groups:
        return State.SECOND_HAND
    return State.INDEX_ONLY if kinds else State.UNSOURCED


def _names(paper: Paper, result: Result) -> Iterable[str]:
    """Return the names of all sources in which *result* was seen with its own value."""
    named = [result.source, *result.also]
    named += [
        each.source
        for each in paper.as_printed
        if each.meant == result.value and each.on(result) and repeats(each)
    ]
    return dict.fromkeys(name for name in named if name)


def _contradicted(paper: Paper, result: Result, *, first_hand: bool) -> bool:
    others = (
        other for other in paper.results
        if other is not result and other.on(result) and unexplained(paper, result, other)
    )  # fmt: skip
    if any(others):
        return True
    return not first_hand and any(
        each.on(result) and each.meant == result.value and not repeats(each) for each in paper.as_printed
    )


def unexplained(paper: Paper, one: Result, other: Result) -> bool:
    """Return whether two results of *paper* on one split differ and nothing that is known tells why.

    A condition or facet that one of them leaves open may be the same as the other's.
    """
    if one.value == other.value or one.variant != other.variant or one.by != other.by:
        return False
    return not differences(paper, one, other)


def differences(paper: Paper, one: Measurement, other: Measurement) -> tuple[str, ...]:
    """Return the conditions and facets that both state, and state differently."""
    conditions = [
        name
        for name in one.conditions.keys() & other.conditions.keys()
        if one.conditions[name] != other.conditions[name]
    ]
    facets = [
        facet
        for facet in one.facets.keys() | other.facets.keys()
        if paper.states(facet, one)
        and paper.states(facet, other)
        and set(paper.terms(facet, one)) != set(paper.terms(facet, other))
    ]
    return tuple(sorted((*conditions, *facets)))


def aimed_at(paper: Paper, reproduction: Reproduction) -> tuple[Result, ...]:
    """Return the results of *paper* at which somebody aimed who ran it again.

    Of those with the value that is named, the ones whose conditions differ least from what was run.
    """
    named = [
        result for result in paper.results if result.on(reproduction) and result.value == reproduction.of
    ]
    apart = [len(differences(paper, result, reproduction)) for result in named]
    return tuple(
        result for result, number in zip(named, apart, strict=True) if number == min(apart, default=0)
    )


def vouched(paper: Paper, printed: Printed) -> tuple[Result, ...]:
    """Return the results of *paper* that a table means, as far as its own authors print them undisputed.

    What others measured can be measured again, so that another number for it is no slip.
    """
    meant = (result for result in paper.results if result.on(printed) and result.value == printed.meant)
    own = (result for result in meant if result.by is Measurer.AUTHORS)
    return tuple(result for result in own if state(paper, result) in {State.CONFIRMED, State.PRIMARY})


def own_word(paper: Paper, result: Result) -> str:
    """Return the name of the first source in which the authors of *paper* print *result*; empty if none is known."""
    own = (name for name in _names(paper, result) if _GROUPS.get(paper.sources[name].kind) in _OWN)
    return next(iter(own), "")


def repeats(printed: Printed) -> bool:
    """Return whether a table has the value of the result that is meant, be it with fewer decimals."""
    decimals = len(repr(round(float(printed.value), 4)).partition(".")[2])
    return abs(printed.value - printed.meant) <= 0.5 * 0.1**decimals + 1e-9


def slip(paper: Paper, printed: Printed) -> tuple[str, ...]:
    """Return what a table got wrong that repeats a result of *paper*: ``value``, or names of conditions.

    Nothing if it repeats it rightly, or if the paper's own number is not first hand, so that nobody knows.
    """
    known = vouched(paper, printed)
    if not known:
        return ()
    wrong = min((differences(paper, result, printed) for result in known), key=len)
    return (() if repeats(printed) else ("value",)) + wrong
