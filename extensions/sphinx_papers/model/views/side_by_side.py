"""A few papers side by side: facts, chain, and numbers as far as they can be compared.

Numbers stand on one line only if they are ranked together at all and state the same of their conditions, and
the line says what none of them states; only where nothing is left open is one of them the best. Every other number has
a line of its own that says what differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sphinx_papers.model.display.text import (
    DASH,
    UNKNOWN,
    Cell,
    Column,
    Group,
    Items,
    Paragraph,
    Row,
    Span,
    Spans,
    Table,
    link,
    make_row,
    paper_link,
    title_spans,
)
from sphinx_papers.model.records.library import Library, short_digest
from sphinx_papers.model.records.paper import Paper, Result
from sphinx_papers.model.records.registry import Benchmark, Best, in_a_sentence
from sphinx_papers.model.tables.comparison import condition_text, named, stated_note
from sphinx_papers.model.tables.leaderboard import value_text
from sphinx_papers.model.tables.ranking import answers, league_name, league_of, unranked_reason
from sphinx_papers.model.tables.table import code_spans, method_spans, term_spans, venue_spans
from sphinx_papers.model.views import card
from sphinx_papers.model.views.library_views import board_title
from sphinx_papers.model.views.related import RelatedView, related
from sphinx_papers.model.views.view import View

FEWEST, MOST = 2, 5
"""Papers that can stand side by side."""
ASPECT = "aspect"
"""Identifier of the first column, by which such a table is known: its rows are no papers."""
BUILT_ON, BUILT_ON_BY = "Builds on", "Built on by"
SAID = {
    "facts": "Facts",
    "fact": "Fact",
    "page": "Page",
    "chain": "What they change of the usual chain",
    "stage": "Stage",
    "shared": "Results under the same stated conditions",
    "under": "Under the same stated conditions",
    "nothing": "Nothing is stated",
    "open": "; not stated by any: {}",
    "apart": "Other results, and what differs",
    "paper": "Paper",
    "result": "Result",
    "differs": "What differs",
    "note": "Note",
    "alone": "Only {} reports on: {}.",
}
"""Titles, heads and sentences of a comparison; the script of the page has them from here."""


class Measured(NamedTuple):
    """A number of one paper, with all that decides with what it can be compared."""

    board: str
    """Benchmark and split, ``voc2012/val``."""
    value: float
    group: str
    """What it was trained with, as far as that decides what is ranked together."""
    alike: str
    """The same for numbers that nothing stated tells apart; empty for one that competes with nothing."""
    stated: dict[str, str]
    """Its conditions in words, by identifier."""
    open: tuple[str, ...]
    """Identifiers of the conditions that it has but does not state."""
    variant: str
    note: str


class PaperSheet(NamedTuple):
    """What a comparison says of one paper; the same facts in the same order for all."""

    paper: Paper
    facts: tuple[tuple[str, Spans], ...]
    chain: tuple[str, ...]
    """With what it intervenes at each stage of the registry's chain; nothing at all if that is not recorded."""
    results: tuple[Measured, ...]


class Shared(NamedTuple):
    """Numbers on one line, of each paper those that share its conditions."""

    board: str
    group: str
    stated: dict[str, str]
    open: tuple[str, ...]
    numbers: tuple[tuple[Measured, ...], ...]
    """For each paper in order; empty for one without."""


@dataclass(frozen=True)
class SideBySide:
    """A few papers, laid side by side."""

    facts: Table
    chain: Table | None
    shared: Table | None
    """Numbers under the same conditions; none where there are none."""
    apart: Table | None
    """The other numbers on the boards on which several of the papers report."""
    alone: Items
    """Boards on which one of the papers reports alone."""


def sheet(library: Library, paper: Paper) -> PaperSheet:
    """Return what a comparison says of *paper*."""
    registry = library.registry
    seen = venue_spans(library, paper)
    tried = len(paper.reproductions)
    facts = [
        (card.TITLE, title_spans(paper.title)),
        (card.PUBLISHED, seen),
        (card.FIRST_PUBLIC, (Span(str(paper.date)),)),
        *(
            (
                facet.name,
                term_spans(library, facet.id, paper.terms(facet.id))
                or ((Span("none"),) if paper.states(facet.id) else UNKNOWN),
            )
            for facet in registry.facets.values()
        ),
        ("Methods", method_spans(library, paper)),
        ("Code", code_spans(paper) or UNKNOWN),
        ("Reached by others", (Span(f"{tried} report{'' if tried == 1 else 's'}"),) if tried else ()),
    ]
    chain = (
        tuple(
            ", ".join(stage.terms[word].name for word in paper.chain.get(stage.id, ()))
            for stage in registry.chain.values()
        )
        if paper.chain
        else ()
    )
    return PaperSheet(
        paper,
        (*((label, spans or DASH) for label, spans in facts), *lineage_facts(library, paper)),
        chain,
        tuple(measured(library, paper, result) for result in paper.results),
    )  # fmt: skip


def lineage_facts(library: Library, paper: Paper) -> tuple[tuple[str, Spans], ...]:
    """Return what *paper* builds on, and how many build on it: the facts that depend on other papers."""
    heirs = len(library.built_on_by.get(paper.key, ()))
    counted = (Span(f"{heirs} paper{'' if heirs == 1 else 's'} here"),) if heirs else DASH
    return (BUILT_ON, card.foundations(library, paper) or DASH), (BUILT_ON_BY, counted)


def measured(library: Library, paper: Paper, result: Result) -> Measured:
    """Return *result* of *paper* as a comparison needs it."""
    registry = library.registry
    reason = unranked_reason(registry, paper, result)
    league = league_of(registry, paper, result)
    stated = {
        name: condition_text(library, name, result.conditions[name])
        for name in registry.conditions
        if name in result.conditions
    }
    left = tuple(
        name
        for name, condition in registry.conditions.items()
        if name not in stated and condition.concerns(paper, result)
    )
    alike = "" if reason or league is None else short_digest((league, list(stated.items())))
    notes = (reason, stated_note(paper, result, reason))
    return Measured(
        f"{result.benchmark}/{result.split}", result.value,
        league_name(registry, answers(registry, paper, result)), alike, stated, left, result.variant,
        "; ".join(each for each in notes if each),
    )  # fmt: skip


def shared(sheets: Sequence[PaperSheet]) -> list[Shared]:
    """Return the numbers of *sheets* that stand on one line, as at least two papers have one each.

    Boards come in the order in which the papers report on them; of one board the line with most papers first.
    """
    found: dict[tuple[str, str], list[list[Measured]]] = {}
    for place, each in enumerate(sheets):
        for number in each.results:
            if number.alike:
                cells = found.setdefault((number.board, number.alike), [[] for _ in sheets])
                cells[place].append(number)
    boards = list(_boards(sheets))
    lines = []
    for (board, _), cells in found.items():
        count = sum(bool(cell) for cell in cells)
        if count < FEWEST:
            continue
        numbers = [number for cell in cells for number in cell]
        left = dict.fromkeys(name for number in numbers for name in number.open)
        line = Shared(board, numbers[0].group, numbers[0].stated, tuple(left), tuple(map(tuple, cells)))
        lines.append((boards.index(board), -count, -len(line.stated), line))
    lines.sort(key=lambda each: each[:3])  # stable: equals stay as the papers have them
    return [line for *_, line in lines]


class Rest(NamedTuple):
    """Numbers on one board that were trained with the same and stand on no line together."""

    board: str
    group: str
    differing: tuple[str, ...]
    """Identifiers of the conditions in which numbers of the group are not all known to be the same."""
    numbers: tuple[tuple[int, Measured], ...]
    """Each with the place of its paper, those of one paper together."""


def apart(sheets: Sequence[PaperSheet], lines: Iterable[Shared]) -> list[Rest]:
    """Return the numbers of *sheets* that stand on none of *lines*, on boards on which several report.

    Groups come in the order of their boards, those with most papers first. A condition that no number of
    a group states is not among those that differ: it tells nothing apart.
    """
    on_a_line = {(line.board, number.alike) for line in lines for cell in line.numbers for number in cell}
    boards = _boards(sheets)
    groups: dict[tuple[str, str], list[tuple[int, Measured]]] = {}
    for place, each in enumerate(sheets):
        for number in each.results:
            if len(boards[number.board]) >= FEWEST:
                groups.setdefault((number.board, number.group), []).append((place, number))
    order = list(boards)
    found = []
    for (board, group), numbers in groups.items():
        rest = [each for each in numbers if not each[1].alike or (board, each[1].alike) not in on_a_line]
        if rest:
            names = dict.fromkeys(name for _, number in numbers for name in number.stated)
            differ = (name for name in names if len({number.stated.get(name) for _, number in numbers}) > 1)
            found.append(Rest(board, group, tuple(differ), tuple(rest)))
    found.sort(key=lambda each: (order.index(each.board), -len({place for place, _ in each.numbers})))
    return found


def _boards(sheets: Sequence[PaperSheet]) -> dict[str, list[int]]:
    """Return the places of the papers that report on each board, the boards first on which most do."""
    papers: dict[str, list[int]] = {}
    for place, each in enumerate(sheets):
        for board in dict.fromkeys(number.board for number in each.results):
            papers.setdefault(board, []).append(place)
    return dict(sorted(papers.items(), key=lambda each: -len(each[1])))


def side_by_side(library: Library, papers: Sequence[Paper]) -> SideBySide:
    """Lay *papers* side by side, in their order."""
    sheets = [sheet(library, paper) for paper in papers]
    heads = [Column(paper.key, paper.name, width=20) for paper in papers]
    names = tuple(Cell((paper_link(paper),)) for paper in papers)
    facts = [
        _row(label, [each.facts[place][1] for each in sheets])
        for place, (label, _) in enumerate(sheets[0].facts)
    ]
    page = make_row("", (Cell((Span(SAID["page"]),)), *names))
    caption = ", ".join(paper.name for paper in papers)
    lines = shared(sheets)
    return SideBySide(
        Table(
            (Column(ASPECT, SAID["fact"], width=12), *heads),
            (Group((), (page, *facts)),),
            f"{SAID['facts']}: {caption}",
        ),
        _chain(library, sheets, heads, caption),
        _shared_table(library, lines, heads, caption),
        _apart_table(library, sheets, lines, caption),
        Items("alone", tuple(_alone(library, sheets))),
    )


def _row(label: str, cells: Iterable[Spans]) -> Row:
    return make_row("", (Cell((Span(label, strong=True),)), *(Cell(spans) for spans in cells)))


def _chain(
    library: Library, sheets: Sequence[PaperSheet], heads: Sequence[Column], caption: str
) -> Table | None:
    if not any(each.chain for each in sheets):
        return None
    rows = []
    for place, stage in enumerate(library.registry.chain.values()):
        cells = [
            ((Span(each.chain[place]),) if each.chain[place] else DASH) if each.chain else UNKNOWN
            for each in sheets
        ]
        rows.append(_row(stage.name, cells))
    columns = (Column(ASPECT, SAID["stage"], width=12), *heads)
    return Table(columns, (Group((), tuple(rows)),), f"{SAID['chain']}: {caption}")


def measured_board(benchmark: Benchmark, split: str) -> str:
    """Return what the board of *split* is called, with its metric."""
    unit = f"{benchmark.metric}, {benchmark.unit}" if benchmark.unit else benchmark.metric
    return f"{board_title(benchmark, split)} ({unit})"


def board_of(library: Library, board: str) -> tuple[Benchmark, str]:
    """Return the benchmark of *board* and what the board is called."""
    identifier, _, split = board.partition("/")
    benchmark = library.registry.benchmarks[identifier]
    return benchmark, measured_board(benchmark, split)


def _said(library: Library, stated: dict[str, str]) -> list[str]:
    conditions = library.registry.conditions
    return [named(conditions[name].name, text) for name, text in stated.items()]


def _shared_table(
    library: Library, lines: Sequence[Shared], heads: Sequence[Column], caption: str
) -> Table | None:
    if not lines:
        return None
    groups: dict[str, list[Row]] = {}
    for line in lines:
        benchmark, name = board_of(library, line.board)
        said = ", ".join(each for each in (line.group, *_said(library, line.stated)) if each)
        left = [library.registry.conditions[each].name for each in line.open]
        under = (Span(said or SAID["nothing"]), *open_spans(left))
        numbers = [number for cell in line.numbers for number in cell]
        best = None if line.open else best_value(benchmark, numbers)
        cells = (number_spans(cell, best) for cell in line.numbers)
        groups.setdefault(name, []).append(make_row("", (Cell(under), *(Cell(spans) for spans in cells))))
    columns = (Column(ASPECT, SAID["under"], width=30), *heads)
    return Table(
        columns, tuple(Group((Span(name),), tuple(rows)) for name, rows in groups.items()),
        f"{SAID['shared']}: {caption}",
    )  # fmt: skip


def best_value(benchmark: Benchmark, numbers: Sequence[Measured]) -> float | None:
    """Return the best of *numbers* on one line; none where all are equal, or a variant tells some apart after all."""
    values = [number.value for number in numbers]
    if len(set(values)) < FEWEST or any(number.variant for number in numbers):
        return None
    return min(values) if benchmark.best is Best.LOWEST else max(values)


def open_spans(names: Sequence[str]) -> Spans:
    """Return that nobody states the conditions *names*."""
    return (Span(SAID["open"].format(", ".join(names)), emphasis=True),) if names else ()


def number_spans(numbers: Sequence[Measured], best: float | None) -> Spans:
    """Return *numbers* of one paper in a cell, each with its variant; a dash for none, *best* strong."""
    spans: list[Span] = []
    for number in numbers:
        if spans:
            spans.append(Span("; "))
        spans.append(Span(value_text(number.value), strong=number.value == best))
        if number.variant:
            spans.append(Span(f" ({number.variant})"))
    return tuple(spans) or DASH


def _apart_table(
    library: Library, sheets: Sequence[PaperSheet], lines: Iterable[Shared], caption: str
) -> Table | None:
    groups = []
    for rest in apart(sheets, lines):
        name = board_of(library, rest.board)[1]
        rows = []
        for place, number in rest.numbers:
            told = {each: number.stated.get(each, "unknown") for each in rest.differing}
            cells = (
                (paper_link(sheets[place].paper),),
                number_spans([number], None),
                (Span("; ".join(_said_apart(library, told))),) if told else DASH,
                (Span(number.note),) if number.note else DASH,
            )
            rows.append(make_row("", tuple(Cell(spans) for spans in cells)))
        heading = f"{name}: {in_a_sentence(rest.group)}" if rest.group else name
        groups.append(Group((Span(heading),), tuple(rows)))
    columns = (
        Column(ASPECT, SAID["paper"], width=14), Column("value", SAID["result"], width=16),
        Column("conditions", SAID["differs"], width=32), Column("note", SAID["note"], width=18),
    )  # fmt: skip
    title = f"{SAID['apart']}: {caption}"
    return Table(columns, tuple(groups), title) if groups else None


def _said_apart(library: Library, told: dict[str, str]) -> list[str]:
    conditions = library.registry.conditions
    return [
        f"{conditions[name].name}: {text}" if text == "unknown" else named(conditions[name].name, text)
        for name, text in told.items()
    ]


def _alone(library: Library, sheets: Sequence[PaperSheet]) -> Iterable[Spans]:
    """Yield a line for each paper that reports where none of the others does."""
    papers = _boards(sheets)
    before, between, after = SAID["alone"].split("{}")
    for place, each in enumerate(sheets):
        boards = [board_of(library, board)[1] for board, places in papers.items() if places == [place]]
        if boards:
            yield (Span(before), paper_link(each.paper), Span(f"{between}{'; '.join(boards)}{after}"))


@dataclass(frozen=True)
class SideBySideView(View):
    """A few papers side by side."""

    costly = True
    keys: tuple[str, ...]

    def value(self, library: Library) -> SideBySide | None:
        """Lay them side by side; none where one of them is gone."""
        papers = [library[key] for key in self.keys if key in library]
        return side_by_side(library, papers) if len(papers) == len(self.keys) else None

    def words(self, library: Library, part: str) -> str:
        """Return nothing: a search should find the pages of the papers."""
        return ""

    def basis(self, library: Library) -> object:
        """Return the records, and what is named of others that they build on, or that build on them."""
        known = [library[key] for key in self.keys if key in library]
        return (
            library.surroundings,
            [(paper.key, library.stamp(paper.key)) for paper in known],
            [
                (library[key].name if key in library else "", len(library.built_on_by.get(paper.key, ())))
                for paper in known
                for key in (*paper.builds_on, paper.key)
            ],
        )


def central(library: Library, slug: str, most: int = 3) -> tuple[Paper, ...]:
    """Return the papers of the method *slug* that others build on most, the oldest first; at most *most*.

    Only papers with results are taken: there is little to lay side by side of others.
    """
    known = [paper for paper in library.by_method.get(slug, ()) if paper.results]
    known.sort(key=lambda paper: (-len(library.built_on_by.get(paper.key, ())), paper.recency))
    return tuple(sorted(known[:most], key=lambda paper: (paper.date.moment, paper.key)))


@dataclass(frozen=True)
class CentralView(View):
    """Which papers of a method stand side by side on its page."""

    slug: str

    def value(self, library: Library) -> tuple[str, ...]:
        """Return their keys; none where there are too few."""
        keys = tuple(paper.key for paper in central(library, self.slug))
        return keys if len(keys) >= FEWEST else ()


@dataclass(frozen=True)
class ReadyMadeView(View):
    """The pages of methods that lay their central papers side by side."""

    def value(self, library: Library) -> Items:
        """Return a link to each, with the names of the papers."""
        found = []
        for method in library.registry.methods.values():
            papers = central(library, method.slug)
            if len(papers) >= FEWEST:
                names = ", ".join(paper.name for paper in papers)
                found.append((link("method", method.slug, method.name), Span(f": {names}")))
        return Items("ready-made", tuple(found))

    def words(self, library: Library, part: str) -> str:
        """Return nothing: a search should find the pages themselves."""
        return ""


@dataclass(frozen=True)
class CompareLink:
    """What leads from the page of a paper to a comparison, on a site."""

    choice: Paragraph


@dataclass(frozen=True)
class CompareLinkView(View):
    """The link from the page of a paper to itself beside those nearest to it."""

    key: str

    def value(self, library: Library) -> CompareLink | None:
        """Return the link; none where nothing is near."""
        paper = library.get(self.key)
        near = [kin.paper for kin in related(library, paper)[: MOST - 2]] if paper else []
        if not near:
            return None
        keys = ",".join([self.key, *(each.key for each in near)])
        names = " and ".join(
            part for part in (", ".join(each.name for each in near[:-1]), near[-1].name) if part
        )
        text = link("compare", keys, f"Compare with {names} side by side")
        return CompareLink(Paragraph("choice", (text,)))

    def words(self, library: Library, part: str) -> str:
        """Return nothing: the names are of other pages."""
        return ""

    def basis(self, library: Library) -> object:
        """Return what the related papers are made of."""
        return RelatedView(self.key).basis(library)
