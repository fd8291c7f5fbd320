"""Papers side by side: what a table in print says of them, with its footnotes.

A row is a paper. A column of results shows the one that stands for it, and a note says under which
conditions that was reached, so that no number stands without them. Only what is ranked together is
compared: a number is bold among rows of its league.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sphinx_papers.model.display.text import Span, Spans
from sphinx_papers.model.records.evidence import State, state
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Measurer, Paper, Result
from sphinx_papers.model.records.registry import Benchmark, Best
from sphinx_papers.model.tables.leaderboard import value_text
from sphinx_papers.model.tables.ranking import League, answers, claim, league_kinds, league_name, league_of
from sphinx_papers.model.tables.table import benchmark_split, column_kind

UNKNOWN: Spans = (Span("\N{EN DASH}"),)
"""What stands where nothing is known, as in every table of papers."""


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """The head of a column; columns in a row with the same group share a heading above theirs."""

    id: str
    name: str
    group: str = ""
    numeric: bool = False


class ComparisonCell(NamedTuple):
    """The content of one place."""

    spans: Spans
    best: bool = False
    """Whether no row that is ranked with it has a better number in this column, and one has none."""
    note: int | None = None
    """Place among the notes of the comparison."""


class ComparisonRow(NamedTuple):
    """A row about one paper."""

    paper: Paper
    entries: tuple[ComparisonCell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows under their heads, and the notes to which they refer, each once."""

    heads: tuple[ColumnHead, ...]
    lines: tuple[ComparisonRow, ...]
    notes: tuple[str, ...]
    rule: str = ""
    """Says what is bold; empty where nothing is."""


def best_said(library: Library) -> str:
    """Say among what a bold number is the best."""
    kinds = league_kinds(library.registry)
    return f"Bold: the best with the same {kinds}." if kinds else "Bold: the best."


def default_columns(library: Library) -> tuple[str, ...]:
    """Return name, venue, and every split of the benchmark that the registry has first."""
    first = next(iter(library.registry.benchmarks.values()), None)
    splits = [f"{first.id}/{split}" for split in first.splits] if first else []
    return ("name", "venue", *splits)


def compare(library: Library, papers: Iterable[Paper], columns: Sequence[str]) -> Comparison:
    """Compare *papers* in their order by *columns*.

    A column is one of a table of papers, ``BENCHMARK/SPLIT``, or a condition: what the
    results of the row were reached under.

    :raises SelectionError: if a column is not known.
    """
    registry = library.registry
    plan = [_Column(library, name) for name in columns]
    results = [column.results for column in plan if column.results]
    shown = [name for name in columns if name in registry.conditions]
    chosen = [
        (paper, {(b.id, split): best for b, split in results if (best := claim(registry, paper, b, split))})
        for paper in papers
    ]
    winners = {
        (b.id, split): best_of_leagues(
            b,
            [
                (league_of(registry, paper, found[b.id, split]), found[b.id, split].value)
                for paper, found in chosen
                if (b.id, split) in found
            ],
        )
        for b, split in results
    }
    notes: dict[str, int] = {}
    lines = []
    for paper, found in chosen:
        agreed = {name for name in shown if len(_values(library, name, found.values())) <= 1}
        entries = []
        for column in plan:
            if column.results is None:
                entries.append(ComparisonCell(column.spans(paper, tuple(found.values()))))
                continue
            place = (column.results[0].id, column.results[1])
            result = found.get(place)
            if result is None:
                entries.append(ComparisonCell(UNKNOWN))
                continue
            note = _note(library, paper, result, agreed)
            number = notes.setdefault(note, len(notes)) if note else None
            text = (Span(value_text(result.value)),)
            winner = (league_of(registry, paper, result), result.value) in winners[place]
            entries.append(ComparisonCell(text, winner, number))
        lines.append(ComparisonRow(paper, tuple(entries)))
    rule = best_said(library) if any(entry.best for line in lines for entry in line.entries) else ""
    return Comparison(tuple(column.head for column in plan), tuple(lines), tuple(notes), rule)


class _Column:
    """A column as it was asked for: results of a benchmark, or something that has a text."""

    def __init__(self, library: Library, name: str) -> None:
        registry = library.registry
        self.results: tuple[Benchmark, str] | None = None
        self.spans: Callable[[Paper, Sequence[Result]], Spans]
        if name in registry.conditions:
            self.head = ColumnHead(name, registry.conditions[name].name)
            self.spans = lambda _, found: _joined(_values(library, name, found))
            return
        self.results = benchmark_split(library, name)
        if self.results is not None:
            benchmark, split = self.results
            unit = f" ({benchmark.metric}{f', {benchmark.unit}' if benchmark.unit else ''})"
            split_name = benchmark.splits[split].name
            self.head = ColumnHead(f"{benchmark.id}/{split}", split_name, benchmark.name + unit, numeric=True)
            return
        kind = column_kind(library, name)
        self.head = ColumnHead(kind.column.id, kind.column.name, numeric=kind.column.numeric)
        self.spans = lambda paper, _: kind.cell(library, paper).spans


def best_of_leagues(
    benchmark: Benchmark, numbers: Sequence[tuple[League | None, float]]
) -> set[tuple[League | None, float]]:
    """Return the best of *numbers* in each league of which there are several; none has no league."""
    found: dict[League, list[float]] = {}
    for league, value in numbers:
        if league is not None:
            found.setdefault(league, []).append(value)
    best = min if benchmark.best is Best.LOWEST else max
    return {(league, best(values)) for league, values in found.items() if len(values) > 1}


def _values(library: Library, condition: str, results: Iterable[Result]) -> tuple[str, ...]:
    """Return the different values of *condition* among *results*; one that is unknown counts."""
    values = (result.conditions.get(condition) for result in results)
    return tuple(dict.fromkeys(condition_text(library, condition, value) for value in values))


def condition_text(library: Library, condition: str, value: str | None) -> str:
    """Return *value* of *condition* as it is printed."""
    terms = library.registry.conditions[condition].terms
    if value is None:
        return UNKNOWN[0].text
    return terms[value].name if terms else value


def _joined(values: tuple[str, ...]) -> Spans:
    return (Span(" / ".join(values)),) if values else UNKNOWN


def stated_conditions(library: Library, result: Result) -> dict[str, str]:
    """Say what each condition of *result* was, by condition."""
    conditions = library.registry.conditions
    return {
        name: named(conditions[name].name, condition_text(library, name, value))
        for name, value in result.conditions.items()
    }


def stated_facets(library: Library, paper: Paper, result: Result) -> list[str]:
    """Say with what *result* is ranked, and what else it has otherwise than its paper."""
    registry = library.registry
    known = registry.facets
    league = league_name(registry, answers(registry, paper, result))
    return ([league] if league else []) + [
        named(known[facet].name, ", ".join(known[facet].terms[term].name for term in terms) or "none")
        for facet, terms in result.facets.items()
        if not known[facet].decides
    ]


_DOUBTS: Mapping[State, str] = {
    State.SECOND_HAND: "second hand",
    State.INDEX_ONLY: "seen in an index only",
    State.UNSOURCED: "without a source",
    State.DISPUTED: "sources disagree",
}


def stated_note(paper: Paper, result: Result, said: str = "") -> str:
    """Say what is to be known of *result* beside its conditions: who measured it, how far it can be trusted.

    What *said* says already is left out.
    """
    others = "measured by others" if result.by is Measurer.OTHERS else ""
    doubts = (others, _DOUBTS.get(state(paper, result), ""))
    return "; ".join(text for text in (*(each for each in doubts if each != said), result.note) if text)


def _note(library: Library, paper: Paper, result: Result, agreed: set[str]) -> str:
    """Say what *result* was reached under, but for the conditions that its row shows anyway."""
    conditions = stated_conditions(library, result)
    stated = [text for name, text in conditions.items() if name not in agreed]
    said = ", ".join([*stated_facets(library, paper, result), *stated])
    parts = (result.variant, said, stated_note(paper, result))
    return "; ".join(part for part in parts if part)


def named(name: str, value: str) -> str:
    """Say what *value* is of, unless it does so itself, as *With CRF* does."""
    return value if name.casefold() in value.casefold() else f"{name}: {value}"
