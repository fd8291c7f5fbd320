"""Slips in published tables: where a table repeats a number of another paper otherwise than its authors print it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from sphinx_papers.model.display.text import (
    Cell,
    Column,
    Group,
    Row,
    Span,
    Spans,
    Table,
    link,
    make_row,
    paper_link,
)
from sphinx_papers.model.records.evidence import differences, own_word, slip, vouched
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Measurement, Paper, Printed, Result
from sphinx_papers.model.tables.leaderboard import source_spans, value_text
from sphinx_papers.model.views.results import place_cell, printed_in, stated_text
from sphinx_papers.model.views.view import View


class Slip(NamedTuple):
    """What a table prints of a paper, and what is right."""

    paper: Paper
    printed: Printed
    right: Result
    """The result that is meant, as whoever measured it prints it."""
    wrong: tuple[str, ...]
    """``value``, or conditions and facets that the table has otherwise."""


def slips(library: Library) -> Iterator[Slip]:
    """Yield every slip that the records know, paper by paper, in the order of the library."""
    for paper in library.values():
        for printed in paper.as_printed:
            wrong = slip(paper, printed)
            if wrong:
                right = min(vouched(paper, printed), key=lambda each: len(differences(paper, each, printed)))
                yield Slip(paper, printed, right, wrong)


@dataclass(frozen=True)
class SlipsView(View):
    """Every slip, under the table that has it."""

    costly = True

    def value(self, library: Library) -> Table:
        """Compute the table; what a table prints rightly, however often, is not in it."""
        groups: dict[str, list[Slip]] = defaultdict(list)
        for each in slips(library):
            source = each.paper.sources[each.printed.source]
            groups[source.title or source.url].append(each)
        columns = (
            Column("where", "Where", width=12, labelled=True),
            Column("name", "Method", width=16),
            Column("benchmark", "Benchmark", width=16),
            Column("printed", "Printed there", width=20, labelled=True),
            Column("right", "Right", width=20, labelled=True),
            Column("source", "By", width=18, labelled=True),
            Column("note", "Note", width=20),
        )
        shown = [
            Group((Span(title),), tuple(_row(library, each) for each in groups[title]))
            for title in sorted(groups, key=str.casefold)
        ]
        return Table(columns, tuple(shown), "Slips in published tables", "No slip is known.", "slips")

    def words(self, library: Library, part: str) -> str:
        """Return nothing: a search should find the pages that it leads to."""
        return ""

    def basis(self, library: Library) -> object:
        """Return the records that have what tables of others print."""
        told = [(paper.key, library.stamp(paper.key)) for paper in library.values() if paper.as_printed]
        return library.surroundings, told


def _row(library: Library, found: Slip) -> Row:
    paper, printed, right, wrong = found
    source = paper.sources[printed.source]
    where = (link("url", source.url, printed.where),) if printed.where else printed_in(paper, printed)
    return make_row(
        paper.key,
        (
            Cell(where),
            Cell((paper_link(paper),), paper.name.casefold()),
            place_cell(library, printed),
            Cell(_said(library, paper, printed, wrong), printed.value),
            Cell(_said(library, paper, right, wrong), right.value),
            Cell(_word(paper, right)),
            Cell((Span(printed.note),)),
        ),
    )


def _word(paper: Paper, right: Result) -> Spans:
    """Return where the authors print what is right, with a link."""
    name = own_word(paper, right)
    return source_spans(paper, replace(right, source=name, where=right.where if name == right.source else ""))


def _said(library: Library, paper: Paper, number: Measurement, wrong: tuple[str, ...]) -> Spans:
    """Return the value, and what is said of the labels that are wrong."""
    labels = ", ".join(stated_text(library, paper, number, name) for name in wrong if name != "value")
    value = Span(value_text(number.value), strong="value" in wrong)
    return (value, Span(f", {labels}")) if labels else (value,)
