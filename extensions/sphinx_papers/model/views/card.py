"""The facts of a paper as its page shows them, and what stands around it."""

from __future__ import annotations

from dataclasses import replace

from sphinx_papers.model.display.text import Field, Span, Spans, joined, link, title_spans
from sphinx_papers.model.records.depth import DEPTHS, Depth, depth
from sphinx_papers.model.records.evidence import KIND_NAMES
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper, Result
from sphinx_papers.model.records.registry import Benchmark, Registry, in_a_sentence
from sphinx_papers.model.tables.leaderboard import value_text
from sphinx_papers.model.tables.ranking import answers, claim, league_name
from sphinx_papers.model.tables.table import (
    arxiv_url,
    author_spans,
    code_spans,
    method_spans,
    paper_names,
    term_spans,
    venue_spans,
)
from sphinx_papers.model.views.results import stated_text

TITLE, PUBLISHED, FIRST_PUBLIC = "Title", "Published", "First public"
"""What facts are called, by which a script finds them on a page."""
_AUTHORS = 4
"""So many authors are all named in a card; of more, one fewer, and how many there are besides."""
_CONDITIONS = 4
"""Conditions of a result that a card names; the table of results has them all."""


def card(library: Library, paper: Paper) -> tuple[Field, ...]:
    """Compute what is asked first of *paper*, in few lines; what is not known has no line."""
    seen = paper.appearance
    dated = venue_spans(library, paper) if seen else (Span(str(paper.date)),)
    links, code = _links(paper), _first_code(paper)
    best = best_result(library, paper)
    fields = [
        Field("Authors", _first_authors(library, paper)),
        Field(PUBLISHED if seen else FIRST_PUBLIC, (*dated, *((Span(" · "), *links) if links else ()))),
        Field("Best result", best),
        Field("Setting", () if best else _setting(library, paper)),
        Field("Code", code),
        Field("Methods", method_spans(library, paper)),
        Field("Cite as", (Span(paper.key),)),
    ]
    return tuple(field for field in fields if field.value)


def _first_authors(library: Library, paper: Paper) -> Spans:
    """Return the authors, of many the first."""
    if len(paper.authors) <= _AUTHORS:
        return author_spans(library, paper)
    first = replace(paper, authors=paper.authors[: _AUTHORS - 1])
    return (*author_spans(library, first), Span(f" and {len(paper.authors) - _AUTHORS + 1} more"))


def _first_code(paper: Paper) -> Spans:
    """Return the authors' own repository with its licence, and whether it has trained weights."""
    if not paper.code:
        return ()
    code = paper.code[0]
    known = code_spans(replace(paper, code=(replace(code, framework="", masks="", checked=None),)))
    more = len(paper.code) - 1
    return (*known, Span(f" and {more} more")) if more else known


def _setting(library: Library, paper: Paper) -> Spans:
    """Return what the paper states of each facet, in one line."""
    stated: list[Span] = []
    for facet in library.registry.facets.values():
        none = (Span(f"no {in_a_sentence(facet.name)}"),) if paper.states(facet.id) else ()
        terms = term_spans(library, facet.id, paper.terms(facet.id)) or none
        stated += [*((Span(" · "),) if stated and terms else ()), *terms]
    return tuple(stated)


def best_result(library: Library, paper: Paper) -> Spans:
    """Return the result that stands for *paper* on the first benchmark where it has one, and under which conditions."""
    registry = library.registry
    found = first_claim(registry, paper)
    if found is None:
        return ()
    benchmark, split, best = found
    league = league_name(registry, answers(registry, paper, best))
    named = [name for name in registry.conditions if name in best.conditions][:_CONDITIONS]
    said = [
        *([league] if league else []),
        *(stated_text(library, paper, best, name) for name in named),
    ]
    return (
        Span(f"{value_text(best.value)} {benchmark.metric}", strong=True), Span(" on "),
        link("benchmark", benchmark.id, benchmark.name),
        Span(f" {benchmark.splits[split].name}{': ' if said else ''}{', '.join(said)}"),
    )  # fmt: skip


def first_claim(registry: Registry, paper: Paper) -> tuple[Benchmark, str, Result] | None:
    """Return the first benchmark and split of the registry for which a result stands for *paper*, with that result."""
    for benchmark in registry.benchmarks.values():
        for split in benchmark.splits:
            best = claim(registry, paper, benchmark, split)
            if best is not None:
                return benchmark, split, best
    return None


def facts(library: Library, paper: Paper) -> tuple[Field, ...]:
    """Compute all labelled facts of *paper*; what is not known has no line."""
    fields = [
        Field(TITLE, title_spans(paper.title), search=True),
        Field("Authors", author_spans(library, paper), search=True),
        Field(PUBLISHED, _published(library, paper)),
        Field(FIRST_PUBLIC, _first_public(paper)),
        Field("Links", _links(paper)),
        Field("Code", code_spans(paper)),
        *(
            Field(facet.name, term_spans(library, facet.id, paper.terms(facet.id)) or _none(paper, facet.id))
            for facet in library.registry.facets.values()
        ),
        Field("Methods", method_spans(library, paper)),
        Field("Page", _depth(library, paper)),
        Field("Cite as", (Span(paper.key),), search=True),
    ]
    return tuple(field for field in fields if field.value)


def _first_public(paper: Paper) -> Spans:
    """Return the first date, where it says more than when the paper was published."""
    seen = paper.appearance
    return () if seen and str(paper.date) == str(seen.year) else (Span(str(paper.date)),)


def _depth(library: Library, paper: Paper) -> Spans:
    """Return how much the page says, while it does not say everything."""
    found = depth(paper, library.registry)
    return () if found is Depth.FULL else (Span(f"{found}: {DEPTHS[found]}"),)


def _none(paper: Paper, facet: str) -> Spans:
    """Return that there is none, where the record says so; nothing where it says nothing."""
    return (Span("none"),) if paper.states(facet) else ()


def searched(paper: Paper) -> str:
    """Return the words of the card by which a search finds *paper*: its fields that say so."""
    authors = ", ".join(author.display for author in paper.authors)
    title = "".join(span.text for span in title_spans(paper.title))
    return "\n".join(text for text in (title, authors, paper.key) if text)


def chain(library: Library, paper: Paper) -> tuple[Spans, ...]:
    """Return the stages of the field's usual chain, those that *paper* changes strong and with what.

    It is the same list for all papers, so that two can be laid side by side; nothing where the
    record does not say.
    """
    if not paper.chain:
        return ()
    shown: list[Spans] = []
    for stage in library.registry.chain.values():
        words = ", ".join(stage.terms[word].name for word in paper.chain.get(stage.id, ()))
        changed = (Span(stage.name, strong=True), Span(f": {words}"))
        shown.append(changed if words else (Span(stage.name),))
    return tuple(shown)


def _published(library: Library, paper: Paper) -> Spans:
    seen = paper.appearance
    if seen is None:
        return ()
    venue = library.registry.venues[seen.venue]
    details = "".join(
        (
            f", volume {seen.volume}" if seen.volume else "",
            f", number {seen.number}" if seen.number else "",
            f", pages {seen.pages.replace('-', chr(0x2013))}" if seen.pages else "",
            f", article {seen.article}" if seen.article else "",
        )
    )
    return (link("venue", venue.id, venue.full), Span(f" {seen.year}{details}"))


def _links(paper: Paper) -> Spans:
    links = []
    if paper.links.paper:
        links.append(link("url", paper.links.paper, "Paper"))
    if paper.arxiv:
        links.append(link("url", arxiv_url(paper), f"arXiv:{paper.arxiv}"))
    if paper.doi:
        links.append(link("url", f"https://doi.org/{paper.doi}", f"doi:{paper.doi}"))
    if paper.links.project:
        links.append(link("url", paper.links.project, "Project page"))
    return joined(links, " · ")


def lineage(library: Library, paper: Paper) -> tuple[Field, ...]:
    """Compute what *paper* builds on and what builds on it; what is not known has no line."""
    fields = (
        Field("Builds on", foundations(library, paper)),
        Field("Built on by", built_on_by(library, paper.key)),
    )
    return tuple(field for field in fields if field.value)


def foundations(library: Library, paper: Paper) -> Spans:
    """Return links to what *paper* builds on, pages and other works alike."""
    items: list[Span] = []
    for key in paper.builds_on:
        if key in library:
            items.append(link("paper", key, library[key].name))
        elif key in library.works:
            items.append(link("work", key, library.works[key].author_year))
    return joined(items)


def built_on_by(library: Library, key: str) -> Spans:
    """Return links to the papers that build on the paper or work *key*."""
    return paper_names(library.built_on_by.get(key, ()))


def sources(paper: Paper) -> tuple[Field, ...]:
    """Return where the facts of *paper* were read, a line for each place."""
    return tuple(
        Field(source.title or name, (
            link("url", source.url, source.url),
            Span(f": {source.about}" if source.about else ""),
            Span(f" ({KIND_NAMES[source.kind]}{f', read {source.checked}' if source.checked else ''})"),
        ))
        for name, source in paper.sources.items()
    )  # fmt: skip


def surroundings(library: Library, paper: Paper) -> object:
    """Return all that the page of *paper* shows and that is not said in its record.

    That is what its identifiers stand for, and what stands around it.
    """
    registry = library.registry
    venue = registry.venues[paper.appearance.venue] if paper.appearance else None
    benchmarks = {number.benchmark: registry.benchmarks[number.benchmark] for number in paper.numbers}
    return (
        venue and (venue.name, venue.full, venue.proceedings, venue.kind, venue.publisher),
        [library.page_of(author) for author in paper.authors],
        [
            (f.name, f.pages, f.many, f.per_result, [f.terms[term].name for term in _terms_of(paper, f.id)])
            for f in registry.facets.values()
            if paper.states(f.id) or _terms_of(paper, f.id)
        ],
        [registry.methods[slug].name for slug in paper.methods],
        [(b.name, b.metric) for b in benchmarks.values()],
        [benchmarks[number.benchmark].splits[number.split].name for number in paper.numbers],
        [
            (c.name, [c.terms[value].name for value in _values_of(paper, c.id)] if c.terms else ())
            for c in registry.conditions.values()
            if any(c.id in number.conditions for number in paper.numbers)
        ],
        chain(library, paper),
        best_result(library, paper),
        foundations(library, paper),
        [
            (other.key, other.name, other.year, bool(other.names))
            for other in library.built_on_by.get(paper.key, ())
        ],
    )


def _terms_of(paper: Paper, facet: str) -> list[str]:
    own = [term for number in paper.numbers for term in number.facets.get(facet, ())]
    return [*paper.terms(facet), *own]


def _values_of(paper: Paper, condition: str) -> list[str]:
    return [number.conditions[condition] for number in paper.numbers if condition in number.conditions]
