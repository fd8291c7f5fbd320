"""Results ranked on one benchmark and split, with the conditions they were reached under."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sphinx_papers.model.display.text import (
    DASH,
    UNKNOWN,
    Cell,
    Column,
    Field,
    Group,
    Note,
    Row,
    RowFinder,
    Span,
    Spans,
    Table,
    Target,
    link,
    make_row,
    paper_link,
)
from sphinx_papers.model.records.evidence import (
    STATE_NAMES,
    STATE_SUMMARIES,
    State,
    aimed_at,
    state,
    unexplained,
)
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Measurer, Paper, Result
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.tables.finding import filters, presets, result_facts, result_questions
from sphinx_papers.model.tables.ranking import (
    BEST,
    UNRANKED,
    Standing,
    best_so_far,
    league_kinds,
    league_name,
    standings,
)

_UNKNOWN = Cell(UNKNOWN)
_NONE = Cell((Span("none"),))
_UNRANKED = _UNPUBLISHED = Cell(DASH)


def value_text(value: float) -> str:
    """Return *value* with at least one decimal, and no more than it was reported with."""
    return repr(round(float(value), 4))


def condition_cell(library: Library, condition: str, result: Result) -> Cell:
    """Return what *result* states of *condition*; unknown is said, never guessed."""
    value = result.conditions.get(condition)
    if value is None:
        return _UNKNOWN
    terms = library.registry.conditions[condition].terms
    return Cell((Span(terms[value].name if terms else value),))


def facet_cell(library: Library, facet: str, paper: Paper, result: Result) -> Cell:
    """Return the terms of *facet* for *result*, the paper's where it states none."""
    terms: Mapping[str, object] = library.registry.facets[facet].terms
    names = [library.registry.facets[facet].terms[t].name for t in paper.terms(facet, result) if t in terms]
    if names:
        return Cell((Span(", ".join(names)),))
    return _NONE if paper.states(facet, result) else _UNKNOWN


def source_spans(paper: Paper, result: Result) -> Spans:
    """Return where the number was seen, with a link, and whether others measured it; nothing if that is not said."""
    if not result.source:
        return ()
    source = paper.sources[result.source]
    others = (Span("measured by others: "),) if result.by is Measurer.OTHERS else ()
    where = (Span(f", {result.where}"),) if result.where else ()
    return (*others, link("url", source.url, source.title or result.source), *where)


def _value_cell(result: Result) -> Cell:
    return Cell((Span(value_text(result.value), strong=True),), result.value)


def _state_cell(paper: Paper, result: Result) -> Cell:
    known = state(paper, result)
    return Cell((Span(STATE_NAMES[known]),), list(State).index(known))


def _shared_facets(library: Library) -> list[str]:
    """Return the facets that tell results of different papers apart."""
    return [facet.id for facet in library.registry.facets.values() if facet.per_result]


def leaderboard(library: Library, benchmark_id: str, split: str) -> Table:
    """Compute the ranking on one split of a benchmark, every reported result a row."""
    benchmark = library.registry.benchmarks[benchmark_id]
    facets = _shared_facets(library)
    standing = standings(library, benchmark, split)
    # What no row states would be a column of nothing.
    told = {name for each in standing for name in each.result.conditions}
    conditions = [each for each in library.registry.conditions.values() if each.id in told]
    reached = [reached_spans(each.paper, each.result) for each in standing]
    columns = (
        Column("rank", "Rank", numeric=True, short=True, width=5),
        Column("name", "Method", width=16),
        Column("value", f"{benchmark.metric} ({benchmark.unit})", numeric=True, short=True, width=8),
        *(
            (Column("reached", "Reached by others", numeric=True, width=9, labelled=True),)
            if any(reached)
            else ()
        ),
        Column("state", "State", width=9, labelled=True),
        *(Column(f, library.registry.facets[f].name, width=11, labelled=True) for f in facets),
        *(Column(c.id, c.name, width=11, labelled=True) for c in conditions),
        Column("venue", "Venue", short=True, width=9),
        Column("year", "Year", numeric=True, width=6),
        Column("source", "Source", width=14, labelled=True),
    )
    notes = _Notes(standing)
    firsts = best_so_far(standing, benchmark)
    groups: dict[Spans, list[Row]] = {}
    for place, each in enumerate(standing):
        paper, result = each.paper, each.result
        name: Spans = (Span(paper.name, Target("paper", paper.key), strong=True),)
        if result.variant:
            name += (Span(f" ({result.variant})"),)
        year: Spans = (Span(str(paper.year)),)
        if place in firsts:
            year = (Span(f"{paper.year} "), Span(BEST, strong=True, emphasis=True))
        cells = (
            Cell((Span(str(each.rank)),), each.rank) if each.rank else _UNRANKED,
            Cell(name, paper.name.casefold()),
            _value_cell(result)._replace(notes=notes.of(paper, result)),
            *((Cell(reached[place]),) if any(reached) else ()),
            _state_cell(paper, result),
            *(facet_cell(library, f, paper, result) for f in facets),
            *(condition_cell(library, c.id, result) for c in conditions),
            _venue_cell(library, paper),
            Cell(year, paper.year),
            Cell(source_spans(paper, result) or UNKNOWN),
        )  # fmt: skip
        row = make_row(paper.key, cells, result_facts(library, paper, result))
        groups.setdefault(_heading(library, each), []).append(row)
    rows = [row for group in groups.values() for row in group]
    caption = f"{benchmark.metric} on {benchmark.name}, {benchmark.splits[split].name}"
    asked = filters(result_questions(library), rows)
    registry = library.registry
    finding = RowFinder(
        "results", len(rows), asked, split, presets(library, asked, rows),
        board=f"{benchmark_id}/{split}", alike=registry.deciding, free=registry.free,
    )  # fmt: skip
    return Table(
        columns, tuple(Group(heading, tuple(group)) for heading, group in groups.items()), caption,
        "No results yet.", f"{benchmark_id}-{split}",
        notes.numbered, finding, _lead(registry),
        legend=state_legend(state(each.paper, each.result) for each in standing),
    )  # fmt: skip


def _lead(registry: Registry) -> Spans:
    """Say what a rank means, and how the best so far are marked."""
    kinds = league_kinds(registry)
    ranks = f"Ranks are among results with the same {kinds}" if kinds else "Ranks are among all results"
    best = Span(BEST, strong=True, emphasis=True)
    return (Span(f"{ranks}; "), best, Span(" marks what no earlier one of them had surpassed."))


def _heading(library: Library, standing: Standing) -> Spans:
    """Return what stands above the rows that compete with each other, or above those that do not compete."""
    if not library.registry.deciding and standing.rank is not None:
        return ()
    if standing.rank is None or standing.league is None:
        return (Span(f"{UNRANKED}: "), Span(standing.reason))
    return (Span(league_name(library.registry, standing.league)),)


def _venue_cell(library: Library, paper: Paper) -> Cell:
    if paper.appearance is None:
        return _UNPUBLISHED
    venue = library.registry.venues[paper.appearance.venue]
    return Cell((link("venue", venue.id, venue.name),))


class _Notes:
    """What is to be said of the results of a ranking, each thing once, in the order of the rows."""

    def __init__(self, standing: Sequence[Standing]) -> None:
        self._numbers: dict[Note, int] = {}
        self._results: dict[tuple[str, str], list[Result]] = {}
        for each in standing:
            self._results.setdefault((each.paper.key, each.result.variant), []).append(each.result)

    @property
    def numbered(self) -> tuple[Note, ...]:
        """All notes, the first has the number 1."""
        return tuple(self._numbers)

    def of(self, paper: Paper, result: Result) -> tuple[int, ...]:
        """Return the numbers of the notes on *result*."""
        notes = [
            _disagreement(paper, other)
            for other in self._results[paper.key, result.variant]
            if unexplained(paper, result, other)
        ]
        if result.note:
            notes.append(Note((paper_link(paper), Span(f": {result.note}."))))
        return tuple(self._numbers.setdefault(note, len(self._numbers) + 1) for note in notes)


def _disagreement(paper: Paper, other: Result) -> Note:
    source = source_spans(paper, other)
    seen = (Span(" ("), *source, Span(")")) if source else ()
    also = Span(f" is also reported with {value_text(other.value)}")
    why = Span(", and nothing that is stated tells the two apart.")
    return Note((Span("Sources disagree: "), paper_link(paper), also, *seen, why), conflict=True)


def reached_values(paper: Paper, result: Result) -> list[float]:
    """Return what others reached who aimed at *result*."""
    return [each.value for each in paper.reproductions if result in aimed_at(paper, each)]


def reached_spans(paper: Paper, result: Result) -> Spans:
    """Return what others reached who aimed at *result*, as a range, and how many; nothing if nobody told."""
    values = reached_values(paper, result)
    if not values:
        return ()
    low, high = value_text(min(values)), value_text(max(values))
    text = low if low == high else f"{low}\N{EN DASH}{high}"
    return (Span(text), Span(f" ({len(values)})" if len(values) > 1 else ""))


def state_legend(states: Iterable[State]) -> tuple[Field, ...]:
    """Return what each of *states* means, the best first."""
    present = set(states)
    return tuple(
        Field(STATE_NAMES[each], (Span(STATE_SUMMARIES[each]),)) for each in State if each in present
    )
