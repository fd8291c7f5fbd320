"""Tables of papers: which columns there are and what each shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sphinx_papers.model.display.text import (
    DASH,
    Cell,
    Column,
    Group,
    Row,
    RowFinder,
    Span,
    Spans,
    Table,
    Target,
    joined,
    link,
    make_row,
    paper_link,
    title_spans,
)
from sphinx_papers.model.problem import did_you_mean
from sphinx_papers.model.records.depth import Depth, depth
from sphinx_papers.model.records.library import Kept, Library
from sphinx_papers.model.records.paper import Paper, Repository
from sphinx_papers.model.records.registry import Benchmark, Registry
from sphinx_papers.model.tables.finding import filters, paper_facts, paper_questions
from sphinx_papers.model.tables.leaderboard import value_text
from sphinx_papers.model.tables.ranking import answers, claim, league_kinds, league_name
from sphinx_papers.model.tables.select import Selection, SelectionError, select

ALL = Selection()
_LICENCES = {"none": "no licence", "other": "a licence of its own"}
DEFAULT_COLUMNS = ("date", "name", "title", "venue", "links")
_UNKNOWN = Cell(DASH)
_UNGROUPED = "Not stated"


@dataclass(frozen=True, kw_only=True)
class TableSpec:
    """What a table of papers shows: a selection, its columns and its grouping."""

    selection: Selection = ALL
    columns: tuple[str, ...] = DEFAULT_COLUMNS
    group_by: str = ""
    caption: str = "Papers"
    filter: bool = False
    """Whether its rows can be found by words and filters."""


_Values = Callable[[Paper, Registry], Iterable[str]]


@dataclass(frozen=True)
class ColumnKind:
    """A column: its head and how its cell is made of a paper."""

    column: Column
    cell: Callable[[Library, Paper], Cell]


@dataclass(frozen=True)
class PaperColumn:
    """What can stand in a column about papers."""

    id: str
    shown: ColumnKind | None = None
    """In a table; none of what only programs want."""
    values: _Values | None = None
    """In a CSV file; none of what it has in other columns."""


def _text(text: str, sort: str | float | None = None) -> Cell:
    return Cell((Span(text),), sort) if text else _UNKNOWN


def _name(_: Library, paper: Paper) -> Cell:
    if not (paper.names or paper.authors):  # the title says it all, in its own column
        return _UNKNOWN
    return Cell((Span(paper.name, Target("paper", paper.key), strong=True),), paper.name.casefold())


def _title(_: Library, paper: Paper) -> Cell:
    return Cell(title_spans(paper.title, Target("paper", paper.key)), paper.plain_title.casefold())


def _venue(library: Library, paper: Paper) -> Cell:
    return Cell(venue_spans(library, paper)) if paper.appearance else _UNKNOWN


def venue_spans(library: Library, paper: Paper) -> Spans:
    """Return where *paper* appeared, in short, with a link; nothing if it did not."""
    if paper.appearance is None:
        return ()
    name = library.registry.venues[paper.appearance.venue].name
    return (
        link("venue", paper.appearance.venue, name),
        Span(f" {paper.appearance.year}"),
    )


def author_spans(library: Library, paper: Paper) -> Spans:
    """Return the authors of *paper*, each with a link to where they are listed."""
    return joined(
        [
            link("author", f"{library.page_of(author)}/{author.slug}", author.display)
            for author in paper.authors
        ]
    )


def term_spans(library: Library, facet: str, terms: Iterable[str]) -> Spans:
    """Return the names of *terms*, with links where *facet* has pages."""
    known = library.registry.facets[facet]
    return joined(
        [
            link(facet, term, known.terms[term].name) if known.pages else Span(known.terms[term].name)
            for term in terms
        ]
    )


def method_spans(library: Library, paper: Paper) -> Spans:
    """Return the method categories of *paper*, each with a link."""
    return joined([link("method", slug, library.registry.methods[slug].name) for slug in paper.methods])


def _arxiv(_: Library, paper: Paper) -> Cell:
    if not paper.arxiv:
        return _UNKNOWN
    return Cell((link("url", arxiv_url(paper), paper.arxiv),))


def arxiv_url(paper: Paper) -> str:
    """Return the address of the abstract page on arXiv."""
    return f"https://arxiv.org/abs/{paper.arxiv}"


def _code(_: Library, paper: Paper) -> Cell:
    return Cell(joined(_code_links(paper))) if paper.code else _UNKNOWN


def _code_links(paper: Paper) -> list[Span]:
    labels = (
        ["code"] if len(paper.code) == 1 else [f"code {place}" for place in range(1, len(paper.code) + 1)]
    )
    return [link("url", code.url, label) for code, label in zip(paper.code, labels, strict=True)]


def code_spans(paper: Paper) -> Spans:
    """Return each repository of *paper* with what is known of it, the authors' own first."""
    spans: list[Span] = []
    for code in paper.code:
        spans += [Span("; ")] if spans else []
        spans.append(link("url", code.url, _host_path(code.url)))
        spans.append(Span(f" ({', '.join(_said_of_code(code))})"))
    return tuple(spans)


def _host_path(url: str) -> str:
    return url.partition("://")[2].partition("/")[2].rstrip("/") or url


def _said_of_code(code: Repository) -> Iterator[str]:
    """Yield what is known of a repository; that there is no licence is known too."""
    yield "official" if code.official else "not official"
    if code.licence:
        yield _LICENCES.get(code.licence, f"{code.licence} licence")
    if code.framework:
        yield code.framework
    for what, known in (("trained weights", code.weights), ("pseudo masks", code.masks)):
        if known:
            yield what if known == "yes" else f"no {what}"
    if code.checked:
        yield f"seen {code.checked}"


def _links(_: Library, paper: Paper) -> Cell:
    links = [link("url", paper.links.paper, "paper")] if paper.links.paper else []
    if paper.arxiv:
        links.append(link("url", arxiv_url(paper), "arXiv"))
    links += _code_links(paper)
    if paper.links.project:
        links.append(link("url", paper.links.project, "project"))
    return Cell(joined(links, " · ")) if links else _UNKNOWN


def _printed(part: str) -> Callable[[Paper, Registry], Iterable[str]]:
    """Return what reads a part of where a paper was printed."""
    return lambda paper, _: [getattr(paper.appearance, part)] if paper.appearance else []


def _shown(
    column: Column, cell: Callable[[Library, Paper], Cell], values: _Values | None = None
) -> PaperColumn:
    return PaperColumn(column.id, ColumnKind(column, cell), values)


PAPER_COLUMNS = (
    PaperColumn("key", values=lambda p, _: [p.key]),
    _shown(Column("name", "Name", width=12), _name, lambda p, _: p.names),
    _shown(Column("title", "Title", width=40), _title, lambda p, _: [p.plain_title]),
    _shown(
        Column("authors", "Authors", width=24), lambda library, p: Cell(author_spans(library, p)),
        lambda p, _: [author.display for author in p.authors],
    ),
    _shown(
        Column("date", "Date", short=True, width=9), lambda _, p: Cell((Span(str(p.date)),), str(p.date)),
        lambda p, _: [str(p.date)],
    ),
    _shown(
        Column("year", "Year", numeric=True, short=True, width=6), lambda _, p: _text(str(p.year), p.year),
        lambda p, _: [str(p.year)],
    ),
    _shown(
        Column("venue", "Venue", short=True, width=10), _venue,
        lambda p, registry: [registry.venues[p.appearance.venue].name] if p.appearance else [],
    ),
    *(PaperColumn(part, values=_printed(part)) for part in ("volume", "number", "pages", "article")),
    PaperColumn("doi", values=lambda p, _: [p.doi]),
    _shown(Column("arxiv", "arXiv", short=True, width=9), _arxiv, lambda p, _: [p.arxiv]),
    PaperColumn("url", values=lambda p, _: [p.address]),
    _shown(Column("code", "Code", short=True, width=6), _code, lambda p, _: [code.url for code in p.code]),
    _shown(
        Column("code-facts", "Code, licence, weights", width=24),
        lambda _, paper: Cell(code_spans(paper)) if paper.code else _UNKNOWN,
    ),
    _shown(Column("links", "Links", short=True, width=14), _links),
    PaperColumn("project", values=lambda p, _: [p.links.project]),
    _shown(
        Column("methods", "Methods", width=20),
        lambda library, p: Cell(method_spans(library, p)) if p.methods else _UNKNOWN,
        lambda p, _: p.methods,
    ),
    PaperColumn("builds_on", values=lambda p, _: p.builds_on),
    _shown(
        Column("depth", "Page", short=True, width=6),
        lambda library, p: _text(depth(p, library.registry), list(Depth).index(depth(p, library.registry))),
        lambda p, registry: [depth(p, registry).value],
    ),
    _shown(Column("summary", "Summary", width=40), lambda _, p: _text(p.summary), lambda p, _: [p.summary]),
)  # fmt: skip
"""All that can stand in a column about papers, in the order of the CSV file; the field's facets have theirs beside."""
COLUMNS: Mapping[str, ColumnKind] = {
    each.id: each.shown for each in sorted(PAPER_COLUMNS, key=lambda each: each.id) if each.shown is not None
}
"""Those that a table can show, by name."""


def _facet_column(library: Library, facet: str) -> ColumnKind:
    def cell(library: Library, paper: Paper) -> Cell:
        spans = term_spans(library, facet, paper.terms(facet))
        return Cell(spans) if spans else _UNKNOWN

    return ColumnKind(Column(facet, library.registry.facets[facet].name, width=12, labelled=True), cell)


def benchmark_split(library: Library, column: str) -> tuple[Benchmark, str] | None:
    """Return the benchmark and split whose results *column* shows, written ``voc2012/val``.

    ``best:voc2012/val`` is the same; other columns show none.

    :raises SelectionError: if there is no such benchmark or split.
    """
    if "/" not in column and not column.startswith("best:"):
        return None
    spec = column.removeprefix("best:")
    name, _, split = spec.partition("/")
    benchmark = library.registry.board(name, split)
    if benchmark is None:
        known = [f"{b.id}/{s}" for b in library.registry.benchmarks.values() for s in b.splits]
        hint = did_you_mean(spec, known, "known are " + ", ".join(known))
        message = f"unknown benchmark and split `{spec}`: {hint}"
        raise SelectionError(message)
    return benchmark, split


def _best_column(benchmark: Benchmark, split: str) -> ColumnKind:
    def cell(library: Library, paper: Paper) -> Cell:
        registry = library.registry
        best = claim(registry, paper, benchmark, split)
        if best is None:
            return _UNKNOWN
        with_what = league_name(registry, answers(registry, paper, best))
        value = Span(value_text(best.value))
        return Cell((value, Span(f" {with_what}", emphasis=True)) if with_what else (value,), best.value)

    heading = f"{benchmark.name} {benchmark.splits[split].name}"
    return ColumnKind(
        Column(f"best:{benchmark.id}/{split}", heading, numeric=True, width=14, labelled=True),
        cell,
    )


def column_kind(library: Library, column: str) -> ColumnKind:
    """Return the column of that name.

    :raises SelectionError: if there is none.
    """
    if column in COLUMNS:
        return COLUMNS[column]
    if column in library.registry.facets:
        return _facet_column(library, column)
    results = benchmark_split(library, column)
    if results is not None:
        return _best_column(*results)
    known = [*COLUMNS, *library.registry.facets, "BENCHMARK/SPLIT"]
    hint = did_you_mean(column, known, "known are " + ", ".join(known))
    message = f"unknown column `{column}`: {hint}"
    raise SelectionError(message)


def check_table(library: Library, spec: TableSpec) -> None:
    """Raise :exc:`SelectionError` if *spec* names a column or group that is not known."""
    for place, column in enumerate(spec.columns):
        column_kind(library, column)
        if column in spec.columns[:place]:
            message = f"the column `{column}` is there twice"
            raise SelectionError(message)
    if spec.group_by:
        _grouping(library, spec.group_by)


_ROWS: Kept[dict[tuple[tuple[str, ...], bool], dict[str, Row]]] = Kept(lambda _: {})
"""Rows by key, for tables of the same columns."""


def paper_table(library: Library, spec: TableSpec) -> Table:
    """Compute the table that *spec* asks for."""
    kinds = [column_kind(library, column) for column in spec.columns]
    papers = select(library, spec.selection)
    known = _ROWS.of(library).setdefault((spec.columns, spec.filter), {})
    rows: dict[str, Row] = {}
    for paper in papers:
        row = known.get(paper.key)
        if row is None:
            cells = tuple(kind.cell(library, paper) for kind in kinds)
            facts = paper_facts(library, paper, spec.columns) if spec.filter else None
            row = known[paper.key] = make_row(paper.key, cells, facts)
        rows[paper.key] = row
    if not spec.group_by:
        groups: tuple[Group, ...] = (Group((), tuple(rows.values())),)
    else:
        groups = tuple(
            Group(heading, tuple(rows[paper.key] for paper in members))
            for heading, members in _grouped(library, papers, spec.group_by)
        )
    columns = tuple(kind.column for kind in kinds)
    finding = None
    if spec.filter:
        finding = RowFinder("papers", len(rows), filters(paper_questions(library), rows.values()))
    lead: Spans = ()
    if any(column.id.startswith("best:") for column in columns):
        lead = (Span(claim_said(library)),)
    return Table(columns, groups, spec.caption, "No papers yet.", finding=finding, lead=lead)


def claim_said(library: Library) -> str:
    """Say which of its results stands for a paper."""
    kinds = league_kinds(library.registry)
    own = f", with the {kinds} that it stands for" if kinds else ""
    return f"A result is the best that a paper's own authors report{own}."


def _grouping(library: Library, group_by: str) -> Callable[[Paper], tuple[str, ...]]:
    match group_by:
        case "year":
            return lambda paper: (str(paper.year),)
        case "venue":
            return lambda paper: (paper.appearance.venue,) if paper.appearance else ()
        case "method":
            return lambda paper: paper.methods
    if group_by in library.registry.facets:
        return lambda paper: paper.terms(group_by)
    known = ["year", "venue", "method", *library.registry.facets]
    hint = did_you_mean(group_by, known, "known are " + ", ".join(known))
    message = f"cannot group by `{group_by}`: {hint}"
    raise SelectionError(message)


def group_name(library: Library, kind: str, identifier: str) -> str:
    """Return how a reader knows the group *identifier* of the given *kind*."""
    registry = library.registry
    match kind:
        case "venue":
            return registry.venues[identifier].name
        case "method":
            return registry.methods[identifier].name
    if kind in registry.facets:
        return registry.facets[kind].terms[identifier].name
    return identifier


def _grouped(
    library: Library, papers: tuple[Paper, ...], group_by: str
) -> Iterable[tuple[Spans, list[Paper]]]:
    """Yield each group with its papers; those of no group come last.

    A paper that belongs to several groups stands in each of them.
    """
    get = _grouping(library, group_by)
    groups: dict[str, list[Paper]] = {}
    for paper in papers:
        for identifier in get(paper) or ("",):
            groups.setdefault(identifier, []).append(paper)
    rest = groups.pop("", None)
    named = {identifier: group_name(library, group_by, identifier) for identifier in groups}
    linked = group_by not in library.registry.facets or library.registry.facets[group_by].pages
    for identifier in sorted(groups, key=lambda g: named[g], reverse=group_by == "year"):
        target = Target(group_by, identifier) if linked else None
        yield (Span(named[identifier], target),), groups[identifier]
    if rest is not None:
        yield (Span(_UNGROUPED),), rest


def paper_names(papers: Iterable[Paper]) -> Spans:
    """Return links to *papers* by name, each with its year, on one line."""
    spans: list[Span] = []
    for paper in papers:
        if spans:
            spans.append(Span(", "))
        spans.append(paper_link(paper))
        if paper.names:
            spans.append(Span(f" ({paper.year})"))
    return tuple(spans)
