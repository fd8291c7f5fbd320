"""The rows of a board that a filter leaves, and the table in print that they make.

The script of a page finds the same rows and puts together the same table, from texts that are written
here: :func:`kept` says which rows, :func:`board_table` what is said of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sphinx_papers.model.display.text import Cell, Span, Spans, Table, Target
from sphinx_papers.model.problem import did_you_mean
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.letters import plain
from sphinx_papers.model.records.library import Kept, Library
from sphinx_papers.model.records.paper import Paper, Result
from sphinx_papers.model.records.registry import Benchmark, Facet, Registry, in_a_sentence
from sphinx_papers.model.tables.comparison import (
    UNKNOWN,
    ColumnHead,
    Comparison,
    ComparisonCell,
    ComparisonRow,
    best_said,
    condition_text,
    named,
    stated_note,
)
from sphinx_papers.model.tables.finding import UNKNOWN as OPEN
from sphinx_papers.model.tables.finding import Question, known_since, result_facts, result_questions
from sphinx_papers.model.tables.leaderboard import facet_cell, leaderboard, value_text
from sphinx_papers.model.tables.ranking import UNRANKED, Standing, standings
from sphinx_papers.model.tables.select import UNTIL, SelectionError, parse_until
from sphinx_papers.model.tables.table import benchmark_split, venue_spans

BOARD = "board"
"""Where papers are selected, the word that asks for the rows of a leaderboard instead."""
WORDS, SORT, APART = "q", "sort", "apart"
"""What a query may say beside answers: words, an order, and that one condition differs."""
ALL, CHOSEN, OTHERWISE = "All: {}.", "Chosen by: {}.", "In one condition other than: {}."
"""How a caption says what rows share, what chose them, and in what they differ; the script of a page has it from here."""
LOOKED_FOR, PAST = "Words: {}", "As of {}."
"""How it says which words chose them, and as of when."""
OR, AND = " or ", " and "
"""What stands between answers of which one is asked for, or every one."""
MISSING = frozenset({"", "\N{EN DASH}", "unknown"})
"""Cells that come last in every order."""
_DIGITS = re.compile("[0-9]+")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_ODD = re.compile("[^a-z0-9.-]+")


@dataclass(frozen=True, kw_only=True)
class Query:
    """Which rows of a board, and in which order."""

    benchmark: Benchmark
    split: str
    words: str = ""
    chosen: Mapping[str, tuple[str, ...]]
    """Answers by question, both in the order of the board's filters."""
    apart: bool = False
    """Whether rows are wanted that differ in exactly one of the chosen conditions."""
    until: PartialDate | None = None
    """The month by whose end a row must have been public."""
    sort: str = ""
    """A column, after a minus if it falls; none leaves the order of the board."""


@dataclass(frozen=True)
class BoardTable:
    """What is printed of a board."""

    comparison: Comparison
    caption: str
    ranks: tuple[int | None, ...]
    """Of each line its rank among those that are left of its league."""
    standings: tuple[Standing, ...]


@dataclass(frozen=True)
class _Board:
    """All rows of a board, with what each is found by."""

    standings: tuple[Standing, ...]
    table: Table
    questions: tuple[Question, ...]
    answers: tuple[Mapping[str, tuple[str, ...]], ...]
    """Of each row, by question."""
    words: tuple[str, ...]
    """Of each row, as they are compared."""

    def known(self, question: Question) -> list[str]:
        """Return the answers that rows give to *question*, in the order of its filter."""
        return sorted({answer for row in self.answers for answer in row[question.id]}, key=question.order)  # type: ignore[arg-type]


_BOARDS: Kept[dict[tuple[str, str], _Board]] = Kept(lambda _: {})
"""By benchmark and split."""


def _board(library: Library, benchmark: Benchmark, split: str) -> _Board:
    known = _BOARDS.of(library)
    place = (benchmark.id, split)
    if place not in known:
        table = leaderboard(library, benchmark.id, split)
        questions = result_questions(library)
        rows = standings(library, benchmark, split)
        facts = [result_facts(library, each.paper, each.result) for each in rows]
        ids = [question.id for question in questions]
        known[place] = _Board(
            rows, table, questions,
            tuple(dict(zip(ids, each.terms, strict=True)) for each in facts),
            tuple(
                plain(f"{text} {each.words}") for text, each in zip(_texts(table), facts, strict=True)
            ),
        )  # fmt: skip
    return known[place]


def parse_query(library: Library, place: str, criteria: Mapping[str, str]) -> Query:
    """Read what is asked of the board *place*, ``BENCHMARK/SPLIT``; answers apart by commas.

    :raises SelectionError: for a board, question, answer or order that is not known.
    """
    found = benchmark_split(library, place)
    if found is None:
        message = f"`{place}` is no board: write BENCHMARK/SPLIT"
        raise SelectionError(message)
    board = _board(library, *found)
    rest = dict(criteria)
    words, sort, apart, month = (rest.pop(name, "").strip() for name in (WORDS, SORT, APART, UNTIL))
    ids = [question.id for question in board.questions]
    for name in rest:
        if name not in ids:
            hint = did_you_mean(name, ids, "known are " + ", ".join([*ids, WORDS, SORT, APART, UNTIL]))
            message = f"unknown question `{name}` of a board: {hint}"
            raise SelectionError(message)
    chosen = {
        question.id: _chosen(question, rest[question.id], board.known(question))
        for question in board.questions
        if question.id in rest
    }
    columns = [column.id for column in board.table.columns]
    if sort and sort.removeprefix("-") not in columns:
        hint = did_you_mean(sort.removeprefix("-"), columns, "known are " + ", ".join(columns))
        message = f"unknown order `{sort}`: {hint}"
        raise SelectionError(message)
    if apart not in {"", "1"}:
        message = f"`{APART}` is 1 or not there, not `{apart}`"
        raise SelectionError(message)
    benchmark, split = found
    return Query(
        benchmark=benchmark, split=split, words=words, chosen=chosen, apart=bool(apart),
        until=parse_until(month) if month else None, sort=sort,
    )  # fmt: skip


def _chosen(question: Question, text: str, known: Sequence[str]) -> tuple[str, ...]:
    # What people call an answer is that answer, however they write it: *ImageNet* is `imagenet`.
    called = {plain(question.names(each)): each for each in known} | {plain(each): each for each in known}
    # An answer may hold a comma itself: what is an answer as it stands is that one.
    parts = [text] if plain(text.strip()) in called else text.split(",")
    wanted = {called.get(plain(part.strip()), part.strip()) for part in parts}
    for each in sorted(wanted):
        if each not in known:
            hint = did_you_mean(each, known, "known are " + ", ".join(known))
            message = f"no row of this board has `{question.id}={each}`: {hint}"
            raise SelectionError(message)
    return tuple(each for each in known if each in wanted)


def kept(library: Library, query: Query) -> list[tuple[Standing, int | None]]:
    """Return the rows that *query* leaves, in its order, each with its rank among these."""
    board = _board(library, query.benchmark, query.split)
    wanted = plain(query.words).split()
    left = [
        place
        for place, (answers, words) in enumerate(zip(board.answers, board.words, strict=True))
        if _fits(library.registry, board.questions, query, answers)
        and all(word in words for word in wanted)
        and _is_known(board.standings[place], query.until)
    ]
    ranks = dict(zip(left, _ranks([board.standings[place] for place in left]), strict=True))
    return [(board.standings[place], ranks[place]) for place in _sorted(board.table, left, query.sort)]


def _fits(
    registry: Registry, questions: Iterable[Question], query: Query, answers: Mapping[str, Sequence[str]]
) -> bool:
    """Say whether a row gives the *answers* that are asked for; all but one where one condition is to differ.

    What is unknown differs from nothing.
    """
    missed = [
        question.id
        for question in questions
        if question.id in query.chosen
        and not (all if question.every else any)(
            each in answers[question.id] for each in query.chosen[question.id]
        )
    ]
    if not query.apart:
        return not missed
    return len(missed) == 1 and missed[0] in registry.free and OPEN not in answers[missed[0]]


def _is_known(standing: Standing, until: PartialDate | None) -> bool:
    """Say whether a row was public by the end of the month *until*, for certain."""
    since = known_since(standing.paper, standing.result)
    return until is None or (since is not None and since.is_past(until))


def _ranks(left: Sequence[Standing]) -> list[int | None]:
    """Rank what is left of each league anew."""
    ranks: dict[object, list[int]] = {}
    for each in left:
        if each.rank is not None:
            ranks.setdefault(each.league, []).append(each.rank)
    return [
        None if each.rank is None else 1 + sum(rank < each.rank for rank in ranks[each.league])
        for each in left
    ]


def _texts(table: Table) -> Iterable[str]:
    """Yield the words of each row as a page shows them."""
    for group in table.groups:
        for row in group.rows:
            yield "".join(
                cell.text + (" " + "".join(f"[{number}]" for number in cell.notes) if cell.notes else "")
                for cell in row.cells
            )


def _sorted(table: Table, left: Sequence[int], sort: str) -> list[int]:
    """Return *left* in the order *sort*, group by group; what has nothing in that column comes last."""
    if not sort:
        return list(left)
    name = sort.removeprefix("-")
    column = [each.id for each in table.columns].index(name)
    rows = [row for group in table.groups for row in group.rows]
    groups = [number for number, group in enumerate(table.groups) for _ in group.rows]
    keys = {
        place: _sort_key(rows[place].cells[column], numeric=table.columns[column].numeric) for place in left
    }
    found: list[int] = []
    for group in dict.fromkeys(groups):
        own = [place for place in left if groups[place] == group]
        there = [place for place in own if keys[place] is not None]
        # A stable sort, also when it is turned round.
        there.sort(key=lambda place: keys[place], reverse=sort.startswith("-"))  # type: ignore[arg-type,return-value]
        found += [*there, *(place for place in own if keys[place] is None)]
    return found


def _sort_key(cell: Cell, *, numeric: bool) -> str | float | None:
    text = (cell.text if cell.sort is None else str(cell.sort)).strip()
    if text in MISSING:
        return None
    if numeric:
        number = _NUMBER.match(text)
        return float(number[0]) if number else None
    return _DIGITS.sub(lambda digits: digits[0].zfill(8), plain(text))


def kinds_of(registry: Registry) -> tuple[str, ...]:
    """Return the facets and conditions that tell results apart, in the order of a board's columns."""
    return (*(facet.id for facet in registry.facets.values() if facet.per_result), *registry.conditions)


def answer_text(library: Library, name: str, paper: Paper, result: Result) -> str:
    """Return what *result* states of a facet or condition, as a cell of its own says it; empty if nothing."""
    if name in library.registry.facets:
        if not paper.states(name, result):
            return ""
        return facet_cell(library, name, paper, result).text
    value = result.conditions.get(name)
    return "" if value is None else condition_text(library, name, value)


def answer_said(library: Library, name: str, paper: Paper, result: Result) -> str:
    """Return the same in words that need no head of a column."""
    kind = library.registry.kind(name)
    if isinstance(kind, Facet):
        terms = paper.terms(name, result)
        names = [term.name for term in kind.terms.values() if term.id in terms]
        return " + ".join(names) or f"no {in_a_sentence(kind.name)}"
    return named(kind.name, answer_text(library, name, paper, result))


def line_name(paper: Paper, result: Result) -> Spans:
    """Return what a line is called."""
    name = Span(paper.name, Target("paper", paper.key))
    return (name, Span(f" ({result.variant})")) if result.variant else (name,)


def line_note(standing: Standing) -> str:
    """Return what is to be said of a line: that it is not ranked, what is doubtful, and the record's own note."""
    unranked = "" if standing.rank is not None else f"{UNRANKED}: {standing.reason}"
    known = stated_note(standing.paper, standing.result, standing.reason)
    return "; ".join(part for part in (unranked, known) if part)


def board_heads(library: Library, benchmark: Benchmark, kinds: Iterable[str]) -> tuple[ColumnHead, ...]:
    """Return the heads of the table: name, venue, *kinds* and the number."""
    unit = f" ({benchmark.unit})" if benchmark.unit else ""
    return (
        ColumnHead("name", "Name"),
        ColumnHead("venue", "Venue"),
        *(ColumnHead(name, library.registry.kind(name).name) for name in kinds),
        ColumnHead("value", benchmark.metric + unit, numeric=True),
    )


def board_subject(benchmark: Benchmark, split: str) -> str:
    """Return what a board holds, as the caption begins."""
    return f"{benchmark.metric} on {benchmark.name}, {benchmark.splits[split].name}."


def said_words(words: str) -> str:
    """Return *words* as they are looked for, as far as every format can print them as they are."""
    return " ".join(part for part in _ODD.split(plain(words)) if part)


def board_table(library: Library, query: Query) -> BoardTable:
    """Return the rows that *query* leaves as a table: what varies in columns, what all share in the caption."""
    found = kept(library, query)
    registry = library.registry
    given = {
        name: [answer_text(library, name, each.paper, each.result) for each, _ in found]
        for name in kinds_of(registry)
    }
    varied = [name for name, texts in given.items() if len(set(texts)) > 1]
    shared = [name for name, texts in given.items() if texts and texts[0] and name not in varied]
    rivals: dict[object, int] = {}
    for each, rank in found:
        if rank is not None:
            rivals[each.league] = rivals.get(each.league, 0) + 1
    notes: dict[str, int] = {}
    lines = []
    for place, (each, rank) in enumerate(found):
        note = line_note(each)
        number = notes.setdefault(note, len(notes)) if note else None
        best = rank == 1 and rivals[each.league] > 1
        texts = [given[name][place] for name in varied]
        lines.append(
            ComparisonRow(
                each.paper,
                (
                    ComparisonCell(line_name(each.paper, each.result)),
                    ComparisonCell(venue_spans(library, each.paper) or UNKNOWN),
                    *(ComparisonCell((Span(text),) if text else UNKNOWN) for text in texts),
                    ComparisonCell((Span(value_text(each.result.value)),), best, number),
                ),
            )
        )
    rule = best_said(library) if any(entry.best for line in lines for entry in line.entries) else ""
    comparison = Comparison(board_heads(library, query.benchmark, varied), tuple(lines), tuple(notes), rule)
    told = [answer_said(library, name, found[0][0].paper, found[0][0].result) for name in shared]
    return BoardTable(
        comparison, _caption(library, query, told, shared), tuple(rank for _, rank in found),
        tuple(each for each, _ in found),
    )  # fmt: skip


def _caption(library: Library, query: Query, told: Sequence[str], shared: Sequence[str]) -> str:
    """Say what the rows are of, what they share, and by what else they were chosen."""
    free = library.registry.free if query.apart else ()
    apart, chosen = [], []
    for question in result_questions(library):
        if question.id not in query.chosen:
            continue
        answers = (AND if question.every else OR).join(
            question.names(each) for each in query.chosen[question.id]
        )
        if question.id in free:
            apart.append(named(question.name, answers))
        elif question.id not in shared:
            chosen.append(named(question.name, answers))
    if query.words:
        chosen.append(LOOKED_FOR.format(said_words(query.words)))
    parts = [board_subject(query.benchmark, query.split)]
    if query.until:
        parts.append(PAST.format(query.until.month_name))
    if told:
        parts.append(ALL.format(", ".join(told)))
    if chosen:
        parts.append(CHOSEN.format("; ".join(chosen)))
    if apart:
        parts.append(OTHERWISE.format("; ".join(apart)))
    return " ".join(parts)


def query_text(query: Query) -> str:
    """Return what was asked as it is asked of the command line, but for the order."""
    parts = [f"{name}={','.join(answers)}" for name, answers in query.chosen.items()]
    if query.apart:
        parts.append(f"{APART}=1")
    if query.words:
        parts.append(f"{WORDS}={said_words(query.words)}")
    if query.until:
        parts.append(f"{UNTIL}={query.until}")
    return " ".join(parts)
