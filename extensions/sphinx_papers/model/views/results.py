"""What the page of a paper shows of its numbers: what it reports, what others reached, what others print."""

from __future__ import annotations

from collections.abc import Mapping

from sphinx_papers.model.display.text import (
    UNKNOWN,
    Cell,
    Column,
    Field,
    Fields,
    Group,
    Note,
    Row,
    Span,
    Spans,
    Table,
    joined,
    link,
)
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.evidence import STATE_NAMES, State, repeats, slip, state
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Measurement, Paper, Printed, Reproduction
from sphinx_papers.model.records.registry import Condition, Facet
from sphinx_papers.model.tables.leaderboard import (
    condition_cell,
    facet_cell,
    source_spans,
    state_legend,
    value_text,
)


def results_table(library: Library, paper: Paper) -> Table | None:
    """Compute the table of all that *paper* reports; none if it reports nothing.

    Conditions and variants that no row states get no column, and what few rows have to say stands below.
    """
    results = paper.results
    if not results:
        return None
    registry = library.registry
    conditions = [c for c in registry.conditions.values() if any(c.id in r.conditions for r in results)]
    facets = [
        f.id for f in registry.facets.values() if f.per_result and any(f.id in r.facets for r in results)
    ]
    variant = any(result.variant for result in results)
    notes = {text: number for number, text in enumerate(dict.fromkeys(r.note for r in results if r.note), 1)}
    columns = [Column("benchmark", "Benchmark", width=18)]
    if variant:
        columns.append(Column("variant", "Variant", width=18))
    columns += [
        Column("value", "Result", numeric=True, short=True, width=8),
        Column("source", "Source", width=14, labelled=True),
        Column("state", "State", width=10, labelled=True),
        *(Column(c.id, c.name, width=12, labelled=True) for c in conditions),
        *(Column(f, registry.facets[f].name, width=12, labelled=True) for f in facets),
    ]
    rows = []
    for place, result in enumerate(results):
        cells = [place_cell(library, result)]
        if variant:
            cells.append(Cell((Span(result.variant),)))
        cells += [
            _value(library, result, result.value)._replace(
                notes=(notes[result.note],) if result.note else ()
            ),
            Cell(source_spans(paper, result) or UNKNOWN),
            _state(paper, place),
            *(condition_cell(library, c.id, result) for c in conditions),
            *(facet_cell(library, f, paper, result) for f in facets),
        ]
        rows.append(Row("", tuple(cells), ""))  # the record itself tells whether it changed
    return Table(
        tuple(columns), (Group((), tuple(rows)),), f"Results reported for {paper.name}",
        id="results", notes=tuple(Note((Span(text),)) for text in notes),
        legend=state_legend({state(paper, result) for result in results}),
    )  # fmt: skip


def boards_then(library: Library, paper: Paper) -> Fields:
    """Return links to the boards that *paper* is on, as they were when it came out; nothing if it reports nothing.

    Where only the year is known, that is its end.
    """
    boards = dict.fromkeys((result.benchmark, result.split) for result in paper.results)
    month = PartialDate(paper.date.year, paper.date.month or 12)
    when = f"when it came out ({month.month_name})" if paper.date.month else f"at the end of {month.year}"
    links = [
        link("as-of", f"{benchmark}/{split}/{month}", f"{known.name} {known.splits[split].name}")
        for benchmark, split in boards
        for known in (library.registry.benchmarks[benchmark],)
    ]
    found = Field(f"Boards {when}", joined(links, " \N{MIDDLE DOT} "))
    return Fields("then", (found,) if links else ())


def place_cell(library: Library, number: Measurement) -> Cell:
    """Return benchmark and split of *number*."""
    benchmark = library.registry.benchmarks[number.benchmark]
    split = benchmark.splits[number.split].name
    return Cell((link("benchmark", benchmark.id, benchmark.name), Span(f" {split}")))


def _value(library: Library, number: Measurement, value: float) -> Cell:
    text = f"{value_text(value)} {library.registry.benchmarks[number.benchmark].metric}"
    return Cell((Span(text, strong=True),), value)


def _state(paper: Paper, place: int) -> Cell:
    """Return the state of a result in words, and a link by which readers confirm or correct it."""
    known = state(paper, paper.results[place])
    report = link("report", f"{paper.key}/{place}", "confirm or correct")
    return Cell((Span(STATE_NAMES[known]), Span(" "), report), list(State).index(known))


def conditions_spans(library: Library, paper: Paper, number: Measurement) -> Spans:
    """Return what *number* states of its conditions and of its own facets, in one line."""
    stated = [number.variant] if number.variant else []
    stated += [stated_text(library, paper, number, name) for name in (*number.conditions, *number.facets)]
    return (Span(", ".join(stated)),) if stated else UNKNOWN


def stated_text(library: Library, paper: Paper, number: Measurement, name: str) -> str:
    """Return what *number* states of a condition or facet, in words; of a facet what *paper* does where it states none."""
    registry = library.registry
    if name in registry.conditions:
        value, terms = number.conditions[name], registry.conditions[name].terms
        return terms[value].name if terms else value
    facet = registry.facets[name]
    named = " + ".join(facet.terms[term].name for term in paper.terms(name, number))
    return named or f"no {facet.name[:1].lower()}{facet.name[1:]}"


def reached_table(library: Library, paper: Paper) -> Table | None:
    """Compute the table of what others reached who ran *paper* again; none if nobody told."""
    if not paper.reproductions:
        return None
    columns = (
        Column("benchmark", "Benchmark", width=16),
        Column("conditions", "Conditions", width=20, labelled=True),
        Column("reported", "Reported", numeric=True, short=True, width=9, labelled=True),
        Column("reached", "Reached", numeric=True, short=True, width=9, labelled=True),
        Column("difference", "Difference", numeric=True, short=True, width=9, labelled=True),
        Column("who", "By", width=14, labelled=True),
        Column("differed", "What differed", width=24, labelled=True),
    )
    rows = tuple(Row("", _reached_cells(library, paper, each), "") for each in paper.reproductions)
    return Table(columns, (Group((), rows),), f"{paper.name}: reported, and reached by others")


def _reached_cells(library: Library, paper: Paper, each: Reproduction) -> tuple[Cell, ...]:
    aimed = each.of is not None
    difference = round(each.value - (each.of or 0.0), 4)
    return (
        place_cell(library, each),
        Cell(conditions_spans(library, paper, each)),
        Cell((Span(value_text(each.of)),), each.of) if each.of is not None else Cell(UNKNOWN, -1e9),
        Cell((Span(value_text(each.value), strong=True),), each.value),
        Cell((Span(signed(difference)),), difference) if aimed else Cell(UNKNOWN, -1e9),
        Cell((link("url", each.url, each.who),)),
        Cell((Span(each.differed),)) if each.differed else Cell(UNKNOWN),
    )


def signed(difference: float) -> str:
    """Return *difference* with its sign."""
    text = value_text(abs(difference))
    return text if not difference else f"{'+' if difference > 0 else chr(0x2212)}{text}"


def printed_table(library: Library, paper: Paper) -> Table | None:
    """Compute the table of how tables of others print the numbers of *paper*; none if none is recorded."""
    if not paper.as_printed:
        return None
    columns = (
        Column("benchmark", "Benchmark", width=16),
        Column("source", "Printed in", width=14, labelled=True),
        Column("printed", "Printed", numeric=True, short=True, width=8, labelled=True),
        Column("conditions", "With the labels", width=18, labelled=True),
        Column("meant", "Meant", numeric=True, short=True, width=8, labelled=True),
        Column("verdict", "What that is", width=16, labelled=True),
        Column("note", "Note", width=18),
    )
    rows = tuple(
        Row("", (
            place_cell(library, each),
            Cell(printed_in(paper, each)),
            Cell((Span(value_text(each.value), strong=True),), each.value),
            Cell(conditions_spans(library, paper, each)),
            Cell((Span(value_text(each.meant)),), each.meant),
            Cell((Span(verdict(library, paper, each)),)),
            Cell((Span(each.note),)),
        ), "")
        for each in paper.as_printed
    )  # fmt: skip
    return Table(columns, (Group((), rows),), f"{paper.name}: as other papers print it")


def printed_in(paper: Paper, printed: Printed) -> Spans:
    """Return the table that prints a number, as readers know it, with a link: *DuPL, Table 2*."""
    source = paper.sources[printed.source]
    where = (Span(f", {printed.where}"),) if printed.where else ()
    return (link("url", source.url, source.title or printed.source), *where)


def verdict(library: Library, paper: Paper, printed: Printed) -> str:
    """Return in words what it is that a table prints of *paper*."""
    wrong = slip(paper, printed)
    if wrong:
        return f"a slip: {', '.join(_wrong_names(library, wrong))}"
    if not repeats(printed):
        return "another value; nobody knows which is right"
    return "the same" if printed.value == printed.meant else "the same, rounded"


def _wrong_names(library: Library, wrong: tuple[str, ...]) -> list[str]:
    registry = library.registry
    kinds: Mapping[str, Condition | Facet] = {**registry.conditions, **registry.facets}
    return [kinds[name].name if name in kinds else name for name in wrong]
