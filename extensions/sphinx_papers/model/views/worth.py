"""What a condition is worth: pairs of results of one paper that differ in exactly one condition.

Nothing here is estimated. Each pair is two reported numbers with their sources, and what is said of
a condition is the median and the range over its pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from statistics import median
from typing import NamedTuple

from sphinx_papers.model.display.chart import Bar, Bars, Part, Series
from sphinx_papers.model.display.text import (
    Cell,
    Column,
    Group,
    Span,
    Spans,
    Table,
    Target,
    link,
    make_row,
    paper_link,
)
from sphinx_papers.model.records.evidence import State, state
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Measurer, Paper, Result
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.tables.leaderboard import source_spans, value_text
from sphinx_papers.model.tables.ranking import better
from sphinx_papers.model.views.view import View, value_of

ENOUGH = 3
"""Papers below which nothing is said of a condition but the pairs themselves."""

Answer = str | tuple[str, ...]
"""The value of a condition, or the terms of a facet in the order of the registry."""

_DOUBTFUL = frozenset({State.INDEX_ONLY, State.UNSOURCED, State.DISPUTED})


class Pair(NamedTuple):
    """Two results of one paper on one split that differ in one condition or facet."""

    paper: Paper
    before: Result
    after: Result
    gain: float
    """By how much *after* is better, in the benchmark's unit; negative if it is worse."""


@dataclass(frozen=True)
class Worth:
    """What changing one condition from one value to another did, over all papers that tell."""

    benchmark: str
    condition: str
    """Identifier of the condition or facet."""
    before: Answer
    after: Answer
    pairs: tuple[Pair, ...]

    @property
    def papers(self) -> int:
        """The number of papers that the pairs are from."""
        return len({pair.paper.key for pair in self.pairs})

    @property
    def enough(self) -> bool:
        """Whether there are enough papers to say anything."""
        return self.papers >= ENOUGH

    @property
    def median(self) -> float:
        """The median gain, each pair counted once."""
        return round(median(pair.gain for pair in self.pairs), 4)

    @property
    def range(self) -> tuple[float, float]:
        """The lowest gain and the highest."""
        gains = [pair.gain for pair in self.pairs]
        return min(gains), max(gains)


def worths(library: Library) -> tuple[Worth, ...]:
    """Return what every condition is worth on every benchmark, the best documented first.

    The direction is that in which the median does not fall.
    """
    registry = library.registry
    found: dict[tuple[str, str, Answer, Answer], list[Pair]] = defaultdict(list)
    for paper in library.values():
        for results in _by_split(paper):
            for one, other in combinations(results, 2):
                difference = _only_difference(registry, paper, one, other)
                if difference is None:
                    continue
                name, before, after = difference
                if _place(registry, name, after) < _place(registry, name, before):
                    one, other, before, after = other, one, after, before  # noqa: PLW2901
                gain = round(better(registry.benchmarks[one.benchmark]) * (one.value - other.value), 4)
                found[one.benchmark, name, before, after].append(Pair(paper, one, other, gain))
    made = [_upwards(Worth(*key, tuple(pairs))) for key, pairs in found.items()]
    places = {benchmark: place for place, benchmark in enumerate(registry.benchmarks)}
    return tuple(
        sorted(
            made,
            key=lambda w: (
                places[w.benchmark],
                -w.papers,
                -len(w.pairs),
                w.condition,
                str(w.before),
                str(w.after),
            ),
        )
    )


def _by_split(paper: Paper) -> Iterable[list[Result]]:
    """Return the results of *paper* that can be relied on, split by split."""
    found: dict[tuple[str, str], list[Result]] = defaultdict(list)
    for result in paper.results:
        if result.by is Measurer.AUTHORS and state(paper, result) not in _DOUBTFUL:
            found[result.benchmark, result.split].append(result)
    return found.values()


def _only_difference(
    registry: Registry, paper: Paper, one: Result, other: Result
) -> tuple[str, Answer, Answer] | None:
    """Return the condition or facet in which two results differ, with both answers, if it is the only one.

    What only one of them states might be the difference, so that it must be stated by both or by neither.
    Results that are told apart by a variant differ in something that no condition says.
    """
    if one.variant != other.variant:
        return None
    found: tuple[str, Answer, Answer] | None = None
    for name in _names(registry):
        first, second = _answer(registry, paper, one, name), _answer(registry, paper, other, name)
        if first == second:
            continue
        if first is None or second is None or found is not None:
            return None
        found = name, first, second
    return found


def _names(registry: Registry) -> Iterator[str]:
    yield from (facet.id for facet in registry.facets.values() if facet.per_result)
    yield from registry.conditions


def _answer(registry: Registry, paper: Paper, result: Result, name: str) -> Answer | None:
    """Return what *result* says of a condition or facet; none if it leaves it open."""
    if name in registry.conditions:
        return result.conditions.get(name)
    if not paper.states(name, result):
        return None
    terms = set(paper.terms(name, result))
    return tuple(term for term in registry.facets[name].terms if term in terms)


def _place(registry: Registry, name: str, answer: Answer) -> tuple[int, list[int], str]:
    """Return what answers are sorted by: the fewest terms, then the order of the registry, then the text."""
    kind = registry.conditions.get(name) or registry.facets[name]
    ranks = {term: place for place, term in enumerate(kind.terms)}
    terms = (answer,) if isinstance(answer, str) else answer
    return len(terms), [ranks.get(term, len(ranks)) for term in terms], str(answer)


def _upwards(worth: Worth) -> Worth:
    """Return *worth* in the direction in which the median does not fall."""
    if worth.median >= 0:
        return worth
    turned = tuple(Pair(pair.paper, pair.after, pair.before, -pair.gain) for pair in worth.pairs)
    return Worth(worth.benchmark, worth.condition, worth.after, worth.before, turned)


def answer_text(registry: Registry, name: str, answer: Answer) -> str:
    """Return *answer* in the words of the registry."""
    kind = registry.conditions.get(name) or registry.facets[name]
    if not answer:
        return f"no {kind.name[:1].lower()}{kind.name[1:]}"
    terms = (answer,) if isinstance(answer, str) else answer
    return " + ".join(kind.terms[term].name if term in kind.terms else term for term in terms)


def condition_name(registry: Registry, name: str) -> str:
    """Return the name of a condition or facet."""
    return (registry.conditions.get(name) or registry.facets[name]).name


def gain_text(gain: float) -> str:
    """Return a gain with its sign: *+1.2*."""
    text = value_text(abs(gain))
    return f"+{text}" if gain >= 0 else f"\N{MINUS SIGN}{text}"


@dataclass(frozen=True)
class WorthsView(View):
    """All that is known of what conditions are worth, computed once for all that show it."""

    costly = True

    def value(self, library: Library) -> tuple[Worth, ...]:
        """Compute it."""
        return worths(library)


@dataclass(frozen=True)
class WorthView(View):
    """A table of what each condition is worth."""

    def value(self, library: Library) -> Table:
        """Compute the table, a row for each change of a condition on a benchmark."""
        registry = library.registry
        rows = []
        for worth in value_of(WorthsView(), library):
            benchmark = registry.benchmarks[worth.benchmark]
            low, high = worth.range
            said = (
                (Span(gain_text(worth.median), strong=True),)
                if worth.enough
                else (Span("too few to say", emphasis=True),)
            )
            cells = (
                Cell((link("benchmark", benchmark.id, benchmark.name),)),
                Cell((Span(condition_name(registry, worth.condition)),)),
                Cell((Span(answer_text(registry, worth.condition, worth.before)),)),
                Cell((Span(answer_text(registry, worth.condition, worth.after)),)),
                Cell(said, worth.median if worth.enough else -1e9),
                Cell(
                    (Span(gain_text(low) if low == high else f"{gain_text(low)} to {gain_text(high)}"),), low
                ),
                Cell((Span(str(len(worth.pairs))),), len(worth.pairs)),
                Cell((Span(str(worth.papers)),), worth.papers),
            )
            rows.append(make_row("", cells))
        columns = (
            Column("benchmark", "Benchmark", width=16),
            Column("condition", "Condition", width=12),
            Column("before", "From", width=14),
            Column("after", "To", width=14),
            Column("median", "Median gain", numeric=True, short=True, width=10),
            Column("range", "Range", numeric=True, width=12),
            Column("pairs", "Pairs", numeric=True, short=True, width=6),
            Column("papers", "Papers", numeric=True, short=True, width=6),
        )
        return Table(
            columns, (Group((), tuple(rows)),), "What a condition is worth", "No two results differ in one condition only.",
            "worth",
        )  # fmt: skip


@dataclass(frozen=True)
class WorthPairsView(View):
    """A table of the pairs behind it, each number with its source."""

    def value(self, library: Library) -> Table:
        """Compute the table, the pairs of a change under a heading."""
        registry = library.registry
        groups = []
        for worth in value_of(WorthsView(), library):
            benchmark = registry.benchmarks[worth.benchmark]
            change = (
                f"{condition_name(registry, worth.condition)},"
                f" {answer_text(registry, worth.condition, worth.before)} to"
                f" {answer_text(registry, worth.condition, worth.after)}, on {benchmark.name}"
            )
            rows = tuple(
                make_row(
                    pair.paper.key,
                    (
                        Cell((paper_link(pair.paper),), pair.paper.name.casefold()),
                        Cell((Span(benchmark.splits[pair.before.split].name),)),
                        _number(pair.paper, pair.before),
                        _number(pair.paper, pair.after),
                        Cell((Span(gain_text(pair.gain)),), pair.gain),
                    ),
                )
                for pair in sorted(worth.pairs, key=lambda p: (-p.gain, p.paper.key, p.before.split))
            )
            groups.append(Group((Span(change),), rows))
        columns = (
            Column("name", "Method", width=20),
            Column("split", "Split", short=True, width=8),
            Column("before", "From", width=20, labelled=True),
            Column("after", "To", width=20, labelled=True),
            Column("gain", "Gain", numeric=True, short=True, width=8),
        )
        return Table(columns, tuple(groups), "The pairs behind these figures", "No pairs.", "worth-pairs")


def _number(paper: Paper, result: Result) -> Cell:
    source = source_spans(paper, result)
    shown: Spans = (Span(value_text(result.value), strong=True), Span(" ("), *source, Span(")"))
    return Cell(shown, result.value)


@dataclass(frozen=True)
class WorthChartView(View):
    """The medians as bars."""

    costly = True

    def value(self, library: Library) -> Bars | None:
        """Compute the chart; none where nothing can be said of any condition."""
        registry = library.registry
        known = [worth for worth in value_of(WorthsView(), library) if worth.enough]
        if not known:
            return None
        bars = []
        for worth in sorted(known, key=lambda w: -w.median):
            benchmark = registry.benchmarks[worth.benchmark]
            name = (
                f"{condition_name(registry, worth.condition)}: {answer_text(registry, worth.condition, worth.before)} to"
                f" {answer_text(registry, worth.condition, worth.after)}, {benchmark.name}"
            )
            low, high = worth.range
            title = (
                f"{name}: median {gain_text(worth.median)}, {gain_text(low)} to {gain_text(high)},"
                f" {len(worth.pairs)} pairs of {worth.papers} papers"
            )
            bars.append(
                Bar(name, Target("benchmark", benchmark.id), (Part(0, max(worth.median, 0.0), title),))
            )
        return Bars(
            caption="Median gain of changing one condition",
            description="; ".join(bar.parts[0].title for bar in bars) + ".",
            axis="Median gain",
            series=(Series("1", "Median gain"),),
            bars=tuple(bars),
            lying=True,
            note=f"Only changes that at least {ENOUGH} papers report are drawn.",
        )
