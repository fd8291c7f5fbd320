"""What of the records can be found: papers, methods, boards, authors, works without a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sphinx_papers.formats.search.index import SearchPlace
from sphinx_papers.model.display.text import Target
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Measurement, Paper
from sphinx_papers.model.records.person import Person, short_authors
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.records.work import Work
from sphinx_papers.model.tables.leaderboard import value_text

Addresses = Callable[[Target], str]
"""Gives the address of a target from the root of the site; empty where the site has no such place."""
_BOARD_WORDS = "leaderboard benchmark ranking best results sota state of the art"
"""What readers call a board, whatever its name."""


@dataclass(frozen=True, kw_only=True)
class PageText:
    """What a page says, as it was read."""

    title: str
    headings: tuple[tuple[str, str], ...] = ()
    """Further headings with their anchors."""
    opening: str = ""
    """How its running text begins."""
    words: tuple[str, ...] = ()
    """The words of its text, folded, each once, sorted."""
    terms: tuple[tuple[str, str, str], ...] = ()
    """Terms of a glossary: name, anchor, explanation."""


NO_TEXT = PageText(title="")


def paper_place(paper: Paper, registry: Registry, address: str, text: PageText) -> SearchPlace:
    """Return the page of *paper*."""
    lead = paper.authors[0].short if paper.authors else ""
    venue = registry.venues[paper.appearance.venue] if paper.appearance else None
    told = not paper.names or paper.plain_title.casefold().startswith(f"{paper.name.casefold()}:")
    title = paper.plain_title if told else f"{paper.name}: {paper.plain_title}"
    numbers = dict.fromkeys(value_text(each.value) for each in paper.numbers)
    return SearchPlace(
        kind="paper", address=address, title=title, summary=paper.summary,
        note=", ".join(
            filter(None, (short_authors(paper.authors), f"{venue.name if venue else ''} {paper.year}".strip()))
        ),
        fields={
            "name": " ".join((*paper.names, paper.key, paper.arxiv, paper.doi)),
            "title": f"{paper.plain_title} {text.title}",
            "lead": lead,
            "author": " ".join(author.display for author in paper.authors),
            "fact": " ".join(
                (str(paper.year), venue.name if venue else "", *_classified(paper, registry),
                 *dict.fromkeys(term for each in paper.numbers for term in _measured(each, registry)))
            ),
            "summary": " ".join((paper.summary, *numbers)),
            "text": text.words,
        },
    )  # fmt: skip


def _classified(paper: Paper, registry: Registry, number: Measurement | None = None) -> Iterator[str]:
    """Yield the terms of *paper* by name; where they are those of one *number*, with what they mean."""
    for facet, known in registry.facets.items():
        for term in paper.terms(facet, number):
            yield known.terms[term].name
            if number is not None:
                yield known.terms[term].summary
    yield from (registry.methods[slug].name for slug in paper.methods)


def _measured(number: Measurement, registry: Registry) -> Iterator[str]:
    yield registry.benchmarks[number.benchmark].name
    for condition, value in number.conditions.items():
        terms = registry.conditions[condition].terms
        yield terms[value].name if value in terms else value


def board_place(library: Library, benchmark: str, address: str, text: PageText) -> SearchPlace:
    """Return the boards of *benchmark*, found also by what its papers are classified by and its results by."""
    registry = library.registry
    known = registry.benchmarks[benchmark]
    papers = library.by_benchmark[benchmark]
    facts = {
        fact: None
        for paper in papers
        for number in paper.results
        if number.benchmark == benchmark
        for fact in (*_classified(paper, registry, number), *_measured(number, registry))
    }
    return SearchPlace(
        kind="board", address=address, title=text.title or known.name, summary=known.summary,
        note=f"Leaderboard, {len(papers)} paper{'' if len(papers) == 1 else 's'}",
        fields={
            "name": f"{known.name} {known.id}",
            "title": _BOARD_WORDS,
            "fact": " ".join((*(split.name for split in known.splits.values()), known.metric, *facts)),
            "summary": known.summary,
            "text": text.words,
        },
    )  # fmt: skip


def method_place(library: Library, slug: str, address: str, text: PageText) -> SearchPlace:
    """Return the page of a category of methods."""
    method = library.registry.methods[slug]
    return SearchPlace(
        kind="method", address=address, title=text.title or method.name, note="Methods", summary=method.summary,
        headings=text.headings,
        fields={
            "name": f"{method.name} {slug}",
            "title": text.title,
            "fact": " ".join(heading for heading, _ in text.headings),
            "summary": method.summary,
            "text": text.words,
        },
    )  # fmt: skip


def people_places(library: Library, addresses: Addresses) -> Iterator[SearchPlace]:
    """Yield every author, those of most papers first."""
    ordered = sorted(library.by_author.items(), key=lambda each: (-len(each[1]), each[0]))
    for slug, papers in ordered:
        person: Person = library.people[slug]
        address = addresses(Target("author", f"{library.page_of(person)}/{slug}"))
        if address:
            count = f"Author of {len(papers)} papers" if len(papers) > 1 else "Author of one paper"
            yield SearchPlace(
                kind="author",
                address=address,
                title=person.display,
                note=count,
                fields={"name": person.display},
            )


def work_places(library: Library, addresses: Addresses) -> Iterator[SearchPlace]:
    """Yield every work of the bibliography that has no page of its own."""
    for work in library.works.values():
        address = addresses(Target("work", work.key))
        if address:
            yield _work(work, address)


def _work(work: Work, address: str) -> SearchPlace:
    lead = work.authors[0].short if work.authors else ""
    return SearchPlace(
        kind="work", address=address, title=work.plain_title,
        note=", ".join(filter(None, ("Reference", short_authors(work.authors), f"{work.container} {work.year}".strip()))),
        fields={
            "name": f"{work.key} {work.arxiv} {work.doi}",
            "title": work.plain_title,
            "lead": lead,
            "author": " ".join(author.display for author in work.authors),
            "fact": f"{work.year} {work.container}",
        },
    )  # fmt: skip


def page_place(kind: str, address: str, text: PageText, note: str = "") -> SearchPlace:
    """Return a page that is about no single record."""
    return SearchPlace(
        kind=kind, address=address, title=text.title, note=note, summary=text.opening, headings=text.headings,
        fields={
            "name": text.title if kind == "group" else "",
            "title": text.title,
            "fact": " ".join(heading for heading, _ in text.headings),
            "summary": text.opening,
            "text": text.words,
        },
    )  # fmt: skip


def term_places(address: str, text: PageText) -> Iterator[SearchPlace]:
    """Yield the terms that a glossary explains."""
    for name, anchor, explained in text.terms:
        yield SearchPlace(
            kind="term", address=f"{address}#{anchor}", title=name, note=text.title, summary=explained,
            fields={"name": name, "summary": explained},
        )  # fmt: skip
