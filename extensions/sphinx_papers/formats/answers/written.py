"""Answers as text, which is Markdown, and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import singledispatch
from typing import Any

from sphinx_papers.formats.answers.answer import (
    Answer,
    BestAnswer,
    BoardAnswer,
    BoardsAnswer,
    CompareAnswer,
    FindAnswer,
    PaperName,
    StatedNumber,
    number,
)
from sphinx_papers.formats.text.markdown import words
from sphinx_papers.formats.text.plain import one_line, writable
from sphinx_papers.model.records.evidence import STATE_NAMES, slip
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Measurement, Measurer, Paper, Repository, Source
from sphinx_papers.model.records.registry import in_a_sentence
from sphinx_papers.model.tables.leaderboard import value_text
from sphinx_papers.model.views.library_views import board_title
from sphinx_papers.model.views.results import stated_text

_ANSWERS = 12
"""So many answers to a question are named; where there are more, those that most results give."""


class _Sources:
    """The sources of an answer, each told once, below it."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._titles: dict[str, str] = {}

    def mark(self, source: Source) -> str:
        self._titles.setdefault(source.url, source.title)
        return f"[{self._numbers.setdefault(source.url, len(self._numbers) + 1)}]"

    def lines(self) -> Iterator[str]:
        if self._numbers:
            yield from ("", "Sources:", "")
        for url, place in self._numbers.items():
            title = f"{words(self._titles[url])}, " if self._titles[url] else ""
            yield f"- [{place}] {title}<{one_line(url)}>"


def answer_text(answer: Answer) -> str:
    """Return *answer* as text."""
    sources = _Sources()
    return "\n".join([*_lines(answer, sources), *sources.lines(), ""])


def answer_json(answer: Answer) -> str:
    """Return *answer* as JSON; what is empty has no key."""
    return writable(json.dumps(_plain(answer), ensure_ascii=False, indent=1)) + "\n"


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        found = {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
        return {name: each for name, each in found.items() if each not in ("", None, [], {})}
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _names(given: Iterable[str]) -> str:
    return ", ".join(in_a_sentence(words(name)) for name in given)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _called(paper: PaperName) -> str:
    return f"{words(paper.name)} (`{paper.key}`, {words(paper.published)})"


def _value(number: StatedNumber) -> str:
    return f"**{value_text(number.value)}{f' {words(number.unit)}' if number.unit else ''}**"


def _evidence(number: StatedNumber, sources: _Sources) -> str:
    """Say how reliable a number is and where it was seen."""
    parts = [STATE_NAMES[number.state].lower()]
    if number.by is Measurer.OTHERS:
        parts.append("measured by others")
    if number.source is not None:
        parts.append(sources.mark(number.source) + (f" {words(number.where)}" if number.where else ""))
    if number.also:
        parts.append("also " + " ".join(sources.mark(each) for each in number.also))
    return ", ".join(parts)


def _under(number: StatedNumber, said: Iterable[str] = ()) -> str:
    """Say under which conditions a number was reached, but for those that are *said* already, and what is unknown."""
    known = set(said)
    told = [words(text) for text in number.conditions.values() if text not in known]
    left = [name for name in number.unknown if name not in known]
    unknown = [f"unknown: {_names(left)}"] if left else []
    text = "; ".join(part for part in (", ".join(told), *unknown, words(number.note)) if part)
    return text or "no conditions of its own"


def _line(number: StatedNumber, sources: _Sources, *, named: bool, said: Iterable[str] = ()) -> str:
    rank = f"{number.rank}. " if number.rank is not None else "- "
    name = f" {_called(number.paper)}" if named else ""
    variant = f" ({words(number.variant)})" if number.variant else ""
    return f"{rank}{_value(number)}{name}{variant}: {_under(number, said)}. {_evidence(number, sources)}"


@singledispatch
def _lines(answer: Answer, sources: _Sources) -> Iterator[str]:
    raise NotImplementedError(type(answer))


@_lines.register
def _best(answer: BestAnswer, sources: _Sources) -> Iterator[str]:
    asked = "; ".join(f"{name}: {' or '.join(map(words, given))}" for name, given in answer.asked.items())
    yield f"{words(answer.title)} (`{answer.board}`){f', {asked}' if asked else ''}: " + _counted(
        answer.total, "result"
    )
    for league in answer.leagues:
        yield from ("", f"{words(league.name) or 'All'} ({_counted(league.total, 'ranked result')}):", "")
        yield from (_line(each, sources, named=True) for each in league.numbers)
    notes = []
    if answer.more:
        more = "; ".join(f"{words(name)} ({count})" for name, count in list(answer.more.items())[:_ANSWERS])
        rest = f"; and {len(answer.more) - _ANSWERS} more" if len(answer.more) > _ANSWERS else ""
        notes.append(f"Ranked apart and not shown: {more}{rest}")
    if answer.unranked:
        reasons = ", ".join(f"{count} {words(reason)}" for reason, count in answer.unranked.items())
        notes.append(f"Fit, but are not ranked: {reasons}")
    if answer.silent:
        silent = ", ".join(f"{in_a_sentence(words(name))} ({count})" for name, count in answer.silent.items())
        notes.append(f"Left out as a condition is not known: {silent}")
    if notes:
        yield from ("", *(f"- {note}" for note in notes))


@_lines.register
def _compared(answer: CompareAnswer, sources: _Sources) -> Iterator[str]:
    yield f"{', '.join(map(_called, answer.papers))}: " + (
        "results under the same stated conditions"
        if answer.shared
        else "no two results share all stated conditions, so that none can be compared"
    )
    for line in answer.shared:
        conditions = ", ".join(map(words, line.conditions)) or "nothing stated"
        unknown = f"; stated by none: {_names(line.unknown)}" if line.unknown else ""
        yield from ("", f"{words(line.title)} (`{line.board}`): {conditions}{unknown}", "")
        for each in line.numbers:
            variant = f" ({words(each.variant)})" if each.variant else ""
            note = f"; {words(each.note)}" if each.note else ""
            yield f"- {_value(each)} {words(each.paper.name)}{variant}: {_evidence(each, sources)}{note}"
    if answer.apart:
        yield from ("", "Not comparable, as conditions differ or are not all known:", "")
    for rest in answer.apart:
        trained = f", {in_a_sentence(words(rest.trained))}" if rest.trained else ""
        differ = f": {_names(rest.differing)}" if rest.differing else ""
        yield f"- `{rest.board}`{trained}{differ} ({', '.join(map(words, rest.papers))})"


@_lines.register
def _found(answer: FindAnswer, sources: _Sources) -> Iterator[str]:
    yield _counted(answer.total, "paper") + (f" for {words(answer.asked)}" if answer.asked else "")
    if len(answer.papers) < answer.total:
        yield f"The first {len(answer.papers)}:"
    yield ""
    for each in answer.papers:
        summary = f" {words(each.summary)}" if each.summary else ""
        best = f" {words(each.best)}." if each.best else ""
        yield f"- {_called(each.paper)}: {words(each.paper.title)}.{summary}{best}"


@_lines.register
def _boards(answer: BoardsAnswer, sources: _Sources) -> Iterator[str]:
    for each in answer.boards:
        yield f"- `{each.board}`: {words(each.title)} ({words(each.metric)}), {_counted(each.results, 'result')}"


@_lines.register
def _board(answer: BoardAnswer, sources: _Sources) -> Iterator[str]:
    board = answer.board
    yield f"`{board.board}`: {words(board.title)} ({words(board.metric)}), {_counted(board.results, 'result')}"
    yield from ("", "Questions with answers, each with how many results give it:", "")
    for question in answer.questions:
        known = list(question.answers.items())
        most = {each for each, _ in sorted(known, key=lambda each: -each[1])[:_ANSWERS]}
        told = ", ".join(f"{words(each)} ({count})" for each, count in known if each in most)
        rest = f", and {len(known) - _ANSWERS} more" if len(known) > _ANSWERS else ""
        yield f"- `{question.id}`: {told}{rest}"


def paper_text(library: Library, paper: Paper, board: str = "", most: int | None = None) -> str:
    """Return what the record of *paper* says: facts, results with their conditions, and where each was seen.

    With *board*, ``BENCHMARK/SPLIT``, results and reproductions of it alone. At most *most* results are told, and half as
    many reproductions; of the others, on which boards they are.
    """
    sources = _Sources()
    name = f"{words(paper.name)}: " if paper.names else ""
    lines = [f"# {name}{words(paper.plain_title)}", ""]
    if paper.summary:
        lines += [words(paper.summary), ""]
    lines += [f"- {label}: {text}" for label, text in _facts(library, paper) if text]
    lines += _results(library, paper, board, most, sources)
    return "\n".join([*lines, *sources.lines(), ""])


def _facts(library: Library, paper: Paper) -> Iterator[tuple[str, str]]:
    registry = library.registry
    yield "Key", f"`{paper.key}`"
    yield "Authors", ", ".join(words(author.display) for author in paper.authors)
    seen = paper.appearance
    yield "Published", f"{words(registry.venues[seen.venue].full)} {seen.year}" if seen else ""
    yield "First public", str(paper.date)
    yield "Links", " ".join(f"<{one_line(url)}>" for url in (*paper.addresses, paper.links.project) if url)
    yield "Code", "; ".join(_code(code) for code in paper.code)
    for facet in registry.facets.values():
        if paper.states(facet.id):
            terms = (words(facet.terms[term].name) for term in paper.terms(facet.id))
            yield words(facet.name), " + ".join(terms) or "none"
    yield "Methods", ", ".join(words(registry.methods[slug].name) for slug in paper.methods)
    yield (
        "Changes",
        "; ".join(
            f"{words(stage.name)} ({', '.join(words(stage.terms[term].name) for term in paper.chain[stage.id])})"
            for stage in registry.chain.values()
            if stage.id in paper.chain
        ),
    )
    yield "Builds on", ", ".join(_named(library, key) for key in paper.builds_on)
    heirs = library.built_on_by.get(paper.key, ())
    yield (
        "Built on by",
        ", ".join(_named(library, heir.key) for heir in heirs[:_ANSWERS])
        + (f" and {len(heirs) - _ANSWERS} more" if len(heirs) > _ANSWERS else ""),
    )
    if paper.corrections:
        *before, last = sorted(paper.corrections, key=lambda each: each.date)
        more = f" ({len(before)} before)" if before else ""
        yield "Corrected", f"{last.date}, {words(last.what).removesuffix('.')}{more}"


def _named(library: Library, key: str) -> str:
    return f"{words(library[key].name)} (`{key}`)" if key in library else f"`{key}`"


def _code(code: Repository) -> str:
    known = [
        "the authors' own" if code.official else "by others",
        *([f"licence {words(code.licence)}"] if code.licence else []),
        *([words(code.framework)] if code.framework else []),
        *([f"trained weights: {code.weights}"] if code.weights else []),
        *([f"pseudo masks: {code.masks}"] if code.masks else []),
    ]
    return f"<{one_line(code.url)}> ({', '.join(known)})"


def _results(
    library: Library, paper: Paper, board: str, most: int | None, sources: _Sources
) -> Iterator[str]:
    on_board = [each for each in paper.results if board in ("", _place(each))]
    # The first are those that the record puts first.
    chosen = [number(library, paper, each) for each in on_board[:most]]
    order = list(dict.fromkeys(each.board for each in chosen))
    chosen.sort(key=lambda each: order.index(each.board))  # stable: those of one board as they are recorded
    common = _common(chosen)
    if chosen:
        yield from ("", "## Results", "")
        if common:
            yield from (f"All of them: {', '.join(map(words, common))}.", "")
    place = ""
    for each in chosen:
        if each.board != place:
            place = each.board
            title = board_title(library.registry.benchmarks[place.partition("/")[0]], place.partition("/")[2])
            yield f"- {each.metric} on {words(title)} (`{place}`):"
        yield f"  {_line(each, sources, named=False, said=common)}"
    yield from _left(on_board, most)
    if not paper.results:
        yield from ("", "No results are recorded.")
    elif not chosen:
        yield from ("", f"No results are recorded on `{board}`.")
    tries = [each for each in paper.reproductions if board in ("", _place(each))]
    if tries:
        yield from ("", "## Reached by others", "")
    few = most // 2 if most else None
    for tried in tries[:few]:
        aim = f", aiming at {value_text(tried.of)}" if tried.of is not None else ""
        under = _measured(library, paper, tried)
        differed = f"; differed: {words(tried.differed)}" if tried.differed else ""
        note = f"; {words(tried.note)}" if tried.note else ""
        yield (
            f"- **{value_text(tried.value)}** on `{_place(tried)}`{aim}: {words(tried.who)}"
            f"{f'; {under}' if under else ''}{differed}{note}. <{one_line(tried.url)}>"
        )
    yield from _left(tries, few)
    slips = [(each, slip(paper, each)) for each in paper.as_printed if board in ("", _place(each))]
    if any(wrong for _, wrong in slips):
        yield from ("", "## Printed otherwise by others", "")
    for printed, wrong in slips:
        if wrong:
            where = f" {words(printed.where)}" if printed.where else ""
            meant = f" for {value_text(printed.meant)}" if "value" in wrong else ""
            other = [
                in_a_sentence(words(library.registry.kind(name).name)) for name in wrong if name != "value"
            ]
            under = f" with another {' and '.join(other)}" if other else ""
            yield (
                f"- {sources.mark(paper.sources[printed.source])}{where} prints {value_text(printed.value)}{meant}"
                f" on `{_place(printed)}`{under}"
            )


def _left(numbers: Sequence[Measurement], most: int | None) -> Iterator[str]:
    """Say how many of *numbers* are left out after *most*, and on which boards."""
    left = Counter(_place(each) for each in numbers[most:]) if most else Counter[str]()
    if left:
        yield f"- {left.total()} more, by board: " + ", ".join(
            f"`{place}` ({n})" for place, n in left.items()
        )


def _place(measured: Measurement) -> str:
    return f"{measured.benchmark}/{measured.split}"


def _measured(library: Library, paper: Paper, measured: Measurement) -> str:
    """Say what a number that is no result states: its conditions, and facets where they are its own."""
    names = (*measured.facets, *(name for name in library.registry.conditions if name in measured.conditions))
    return ", ".join(words(stated_text(library, paper, measured, name)) for name in names)


def _common(numbers: Sequence[StatedNumber]) -> tuple[str, ...]:
    """Return what all *numbers* state alike; nothing where there is one alone, which says it itself."""
    if len(numbers) < 2:
        return ()
    first, *rest = (tuple(each.conditions.values()) for each in numbers)
    return tuple(text for text in first if all(text in each for each in rest))
