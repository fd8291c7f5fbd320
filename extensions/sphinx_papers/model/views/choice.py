"""A method to choose: what each needs, and what it reaches under conditions that somebody named."""

from __future__ import annotations

from dataclasses import dataclass

from sphinx_papers.model.display.text import (
    DASH,
    UNKNOWN,
    Cell,
    Column,
    Group,
    RowFinder,
    Span,
    Table,
    make_row,
)
from sphinx_papers.model.problem import did_you_mean
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Measurer, Paper, Result
from sphinx_papers.model.records.registry import Benchmark, Best
from sphinx_papers.model.tables.comparison import condition_text
from sphinx_papers.model.tables.finding import choice_facts, choice_questions, filters, having, told_names
from sphinx_papers.model.tables.leaderboard import reached_spans, value_text
from sphinx_papers.model.tables.ranking import claim
from sphinx_papers.model.tables.select import SelectionError
from sphinx_papers.model.tables.table import benchmark_split, column_kind
from sphinx_papers.model.views.view import View

_UNKNOWN, _DASH = Cell(UNKNOWN), Cell(DASH)


@dataclass(frozen=True)
class Standard:
    """A board, and conditions of which a number must state each."""

    benchmark: str
    split: str
    under: tuple[tuple[str, str], ...] = ()


def parse_standard(library: Library, text: str) -> Standard:
    """Read ``BENCHMARK/SPLIT CONDITION=VALUE ...``; a value with blanks is in no registry.

    :raises SelectionError: for a board, a condition or a value that is not known.
    """
    place, *rest = text.split()
    found = benchmark_split(library, place)
    if found is None:
        message = f"`{place}` is no board: write BENCHMARK/SPLIT"
        raise SelectionError(message)
    under = []
    for each in rest:
        name, _, value = each.partition("=")
        check_condition(library, name)
        terms = library.registry.conditions[name].terms
        if not value or (terms and value not in terms):
            message = (
                f"unknown value of `{name}`: {did_you_mean(value, terms, 'known are ' + ', '.join(terms))}"
            )
            raise SelectionError(message)
        under.append((name, value))
    return Standard(found[0].id, found[1], tuple(under))


def check_condition(library: Library, name: str) -> None:
    """Say that there is such a condition.

    :raises SelectionError: if there is not.
    """
    known = library.registry.conditions
    if name not in known:
        message = f"unknown condition `{name}`: {did_you_mean(name, known, 'known are ' + ', '.join(known))}"
        raise SelectionError(message)


def bound_of(paper: Paper, result: Result, facet: str, term: str, best: Best) -> Result | None:
    """Return the bound of *result*: the best of the same split that was trained with *term* of *facet* alone.

    *result* must state all that the bound states, and the same; a bound that states nothing is of nothing.
    What is left of the conditions is left open by the bound too, so that nothing is known to differ.
    """
    found = [
        other
        for other in paper.results
        if other.on(result)
        and set(paper.terms(facet, other)) == {term}
        and other.conditions
        and other.conditions.items() <= result.conditions.items()
    ]
    sign = -1 if best is Best.LOWEST else 1
    return max(found, key=lambda other: sign * other.value, default=None)


def measured_papers(library: Library) -> list[Paper]:
    """Return the papers whose authors report any result, the newest first."""
    return [paper for paper in library.values() if any(r.by is Measurer.AUTHORS for r in paper.results)]


@dataclass(frozen=True)
class ChoiceView(View):
    """The methods with results, with what somebody asks who looks for one."""

    costly = True
    standards: tuple[Standard, ...]
    conditions: tuple[str, ...] = ()
    """Conditions that are asked for, and told of a number that need not state any."""
    bound: tuple[str, str] = ("", "")
    """Facet and term of results that are the bound of others."""
    caption: str = "Methods to choose from"

    def value(self, library: Library) -> Table:
        """Compute the table, the newest first."""
        papers = measured_papers(library)
        facets = [column_kind(library, facet) for facet in library.registry.facets]
        code, year = column_kind(library, "code-facts"), column_kind(library, "year")
        columns = (
            column_kind(library, "name").column,
            *(kind.column for kind in facets),
            *(self._column(library, each) for each in self.standards),
            *(
                (
                    Column(
                        "share", f"Share of {self._bound_name(library)}", numeric=True, width=9, labelled=True
                    ),
                )
                if self.bound[0]
                else ()
            ),
            Column("reached", "Reached by others", numeric=True, width=9, labelled=True),
            code.column,
            year.column,
        )
        rows = []
        for paper in papers:
            cells = (
                column_kind(library, "name").cell(library, paper),
                *(
                    kind.cell(library, paper) if paper.terms(kind.column.id)
                    else Cell((Span(told),)) if (told := told_names(library.registry, paper, facet))
                    else _UNKNOWN
                    for facet, kind in zip(library.registry.facets.values(), facets, strict=True)
                ),
                *(self._number(library, paper, each) for each in self.standards),
                *((self._share(library, paper),) if self.bound[0] else ()),
                self._reached(library, paper),
                code.cell(library, paper),
                year.cell(library, paper),
            )  # fmt: skip
            shown = tuple(_UNKNOWN if cell == _DASH else cell for cell in cells)
            rows.append(make_row(paper.key, shown, choice_facts(library, paper, self.conditions)))
        asked = filters(choice_questions(library, self.conditions), rows)
        finding = RowFinder("papers", len(rows), asked, having=having(library.registry))
        return Table(columns, (Group((), tuple(rows)),), self.caption, "No papers yet.", finding=finding)

    def _column(self, library: Library, standard: Standard) -> Column:
        benchmark = library.registry.benchmarks[standard.benchmark]
        said = [condition_text(library, name, value) for name, value in standard.under]
        name = ", ".join([f"{benchmark.name} {benchmark.splits[standard.split].name}", *said])
        identifier = "-".join(each for pair in standard.under for each in pair)
        return Column(
            f"{standard.benchmark}/{standard.split}{'-' if identifier else ''}{identifier}",
            name,
            numeric=True,
            width=10,
            labelled=True,
        )

    def _claim(self, library: Library, paper: Paper, standard: Standard) -> Result | None:
        benchmark = library.registry.benchmarks[standard.benchmark]
        return claim(library.registry, paper, benchmark, standard.split, dict(standard.under))

    def _number(self, library: Library, paper: Paper, standard: Standard) -> Cell:
        result = self._claim(library, paper, standard)
        if result is None:
            return _DASH
        told = [
            condition_text(library, name, result.conditions[name]) if name in result.conditions
            else f"{library.registry.conditions[name].name} unknown"
            for name in self.conditions
            if name not in dict(standard.under)
        ]  # fmt: skip
        said = (Span(f" {', '.join(told)}", emphasis=True),) if told else ()
        return Cell((Span(value_text(result.value)), *said), result.value)

    def _share(self, library: Library, paper: Paper) -> Cell:
        """Return which part of its bound the first number that has one reaches."""
        for standard in self.standards:
            benchmark: Benchmark = library.registry.benchmarks[standard.benchmark]
            result = self._claim(library, paper, standard)
            bound = bound_of(paper, result, *self.bound, benchmark.best) if result else None
            if result and bound and bound.value:
                share = round(100 * result.value / bound.value, 1)
                return Cell(
                    (Span(f"{share} %"), Span(f" of {value_text(bound.value)}", emphasis=True)), share
                )
        return _DASH

    def _bound_name(self, library: Library) -> str:
        facet, term = self.bound
        name = library.registry.facets[facet].terms[term].name
        return f"{name[:1].lower()}{name[1:]}"

    def _reached(self, library: Library, paper: Paper) -> Cell:
        """Return what others reached who aimed at the first of the numbers at which anybody did."""
        for standard in self.standards:
            result = self._claim(library, paper, standard)
            if result and (spans := reached_spans(paper, result)):
                aimed = Span(f" for {value_text(result.value)}", emphasis=True)
                return Cell((*spans, aimed), result.value)
        return _DASH

    def size(self, library: Library) -> int:
        """Return how many rows it has, without making them."""
        return len(measured_papers(library))

    def words(self, library: Library, part: str) -> str:
        """Return nothing: a search should find the pages that it leads to."""
        return ""

    def basis(self, library: Library) -> object:
        """Return the digest of all there is."""
        return library.digest

    def digest(self, library: Library) -> str:
        """Return the digest of what it is made of, which is cheaper than the table."""
        return library.digest
