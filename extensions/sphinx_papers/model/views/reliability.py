"""The page that says how far a collection can be relied on: the audit as tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sphinx_papers.model.display.text import (
    Block,
    Cell,
    Column,
    Field,
    Fields,
    Group,
    Paragraph,
    Row,
    Span,
    Spans,
    Table,
    link,
    make_row,
    paper_link,
)
from sphinx_papers.model.records.evidence import KIND_NAMES, STATE_NAMES, STATE_SUMMARIES, State, unexplained
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper, Result
from sphinx_papers.model.tables.leaderboard import source_spans, value_text
from sphinx_papers.model.views.audit import RULE, Audit, PaperAudit, audit, fact_name, to_look_for
from sphinx_papers.model.views.results import place_cell
from sphinx_papers.model.views.view import View, value_of

_COUNT = 7


@dataclass(frozen=True)
class AuditView(View):
    """The whole audit, computed once for all that show it."""

    costly = True

    def value(self, library: Library) -> Audit:
        """Compute it."""
        return audit(library)


@dataclass(frozen=True)
class ReliabilityView(View):
    """One part of the audit, as a table or a list."""

    costly = True
    part: str

    def value(self, library: Library) -> Block:
        """Compute the part."""
        return PARTS[self.part](library, value_of(AuditView(), library))

    def words(self, library: Library, part: str) -> str:
        """Return nothing: a search should find the pages that it leads to."""
        return ""

    def basis(self, library: Library) -> object:
        """Return the digest of all there is."""
        return library.digest


def _column(identifier: str, name: str) -> Column:
    return Column(identifier, name, numeric=True, short=True, width=_COUNT, labelled=True)


def _count(number: int) -> Cell:
    return Cell((Span(str(number)),), number)


def _share(part: int, whole: int) -> Cell:
    percent = round(100 * part / whole) if whole else 0
    return Cell((Span(f"{percent} %"),), percent)


def _states(library: Library, found: Audit) -> Table:
    columns = (
        Column("benchmark", "Benchmark", width=20),
        _column("numbers", "Numbers"),
        *(_column(each.value, STATE_NAMES[each]) for each in State),
    )
    rows = [
        make_row("", (
            Cell((
                link("benchmark", benchmark, library.registry.benchmarks[benchmark].name),
                Span(f" {library.registry.benchmarks[benchmark].splits[split].name}"),
            )),
            _count(sum(counts.values())), *(_count(counts[each]) for each in State),
        ))
        for (benchmark, split), counts in found.splits.items()
    ]  # fmt: skip
    total = (Cell((Span("All", strong=True),)), _count(sum(found.states.values())))
    rows.append(make_row("", (*total, *(_count(found.states[each]) for each in State))))
    legend = tuple(Field(STATE_NAMES[each], (Span(STATE_SUMMARIES[each]),)) for each in State)
    return Table(
        columns, (Group((), tuple(rows)),), "How many numbers are in which state", "No numbers yet.", "states",
        legend=legend,
    )  # fmt: skip


def _facts(library: Library, found: Audit) -> Table:
    columns = (
        Column("fact", "Fact", width=24),
        _column("known", "Known"),
        _column("papers", "Papers"),
        _column("share", "Share"),
    )
    rows = tuple(
        make_row("", (Cell((Span(fact_name(library.registry, name)),)), _count(known), _count(of), _share(known, of)))
        for name, (known, of) in found.known.items()
    )  # fmt: skip
    return Table(columns, (Group((), rows),), "Of how many papers a fact is known", "No papers yet.", "facts")


def _sources(library: Library, found: Audit) -> Fields:
    """Return how many records have which kind of source as their best."""
    return Fields(
        "kinds",
        tuple(
            Field(_capital(KIND_NAMES[kind]) if kind else "No source", (Span(str(count)),))
            for kind, count in found.kinds.items()
        ),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _conditions(library: Library, found: Audit) -> Table:
    registry = library.registry
    columns = (
        Column("condition", "Condition", width=24),
        _column("open", "Unknown"),
        _column("numbers", "Numbers"),
        _column("share", "Share"),
    )
    groups = []
    for (benchmark, split), counts in found.open.items():
        known = registry.benchmarks[benchmark]
        rows = tuple(
            make_row("", (
                Cell((Span(registry.conditions[name].name),)), _count(counts[name][0]),
                _count(counts[name][1]), _share(*counts[name]),
            ))
            for name in registry.conditions
            if name in counts
        )  # fmt: skip
        heading = (link("benchmark", benchmark, known.name), Span(f" {known.splits[split].name}"))
        groups.append(Group(heading, rows))
    return Table(columns, tuple(groups), "Conditions that are unknown", "No numbers yet.", "open")


def _disputed(library: Library, found: Audit) -> Table:
    columns = (
        Column("name", "Method", width=16),
        Column("benchmark", "Benchmark", width=18),
        Column("value", "Number", numeric=True, short=True, width=8, labelled=True),
        Column("source", "Seen in", width=18, labelled=True),
        Column("others", "Against", width=24, labelled=True),
    )
    rows = [
        make_row(each.paper.key, (
            Cell((paper_link(each.paper),), each.paper.name.casefold()), place_cell(library, result),
            Cell((Span(value_text(result.value), strong=True),), result.value),
            Cell(source_spans(each.paper, result)), Cell(_against(each.paper, result)),
        ))
        for each in found.papers
        for result in each.disputed
    ]  # fmt: skip
    return Table(
        columns, (Group((), tuple(rows)),), "Numbers that sources dispute", "Nothing is disputed.", "disputed"
    )


def _against(paper: Paper, result: Result) -> Spans:
    """Return the other numbers, each with its source."""
    spans: list[Span] = []
    others = [
        (other.value, source_spans(paper, other))
        for other in paper.results
        if other is not result and other.on(result) and unexplained(paper, result, other)
    ]
    others += [
        (each.value, source_spans(paper, Result(
            benchmark=each.benchmark, split=each.split, value=each.value, source=each.source, where=each.where,
        )))
        for each in paper.as_printed
        if each.on(result) and each.meant == result.value != each.value
    ]  # fmt: skip
    for value, source in others:
        spans += [Span("; ")] if spans else []
        spans += [Span(value_text(value), strong=True), Span(" ("), *source, Span(")")] if source else [
            Span(value_text(value), strong=True)
        ]  # fmt: skip
    return tuple(spans)


def _papers(library: Library, found: Audit) -> Table:
    columns = (
        Column("name", "Method", width=14),
        _column("points", "Points"),
        Column("next", "What to look for", width=30),
        _column("numbers", "Numbers"),
        _column("sure", "First hand"),
        Column("read", "Sources read", short=True, width=10, labelled=True),
    )
    rows = [_paper_row(library, each) for each in found.papers if each.points or each.numbers]
    return Table(columns, (Group((), tuple(rows)),), "What to look for next", "Nothing is left open.", "next")


def _paper_row(library: Library, each: PaperAudit) -> Row:
    sure = each.states[State.CONFIRMED] + each.states[State.PRIMARY]
    read = [str(day) for day in (each.read[:1] + each.read[-1:])]
    return make_row(
        each.paper.key,
        (
            Cell((paper_link(each.paper),), each.paper.name.casefold()),
            _count(each.points),
            Cell((Span("; ".join(to_look_for(library.registry, each))),)),
            _count(each.numbers),
            _count(sure),
            Cell((Span(" to ".join(dict.fromkeys(read))),)),
        ),
    )


def _rule(library: Library, found: Audit) -> Paragraph:
    return Paragraph("rule", (Span(RULE),))


PARTS: Mapping[str, Callable[[Library, Audit], Block]] = {
    "conditions": _conditions,
    "disputed": _disputed,
    "facts": _facts,
    "papers": _papers,
    "rule": _rule,
    "sources": _sources,
    "states": _states,
}
"""The parts of the page, by the name that its directive takes."""
