"""The bibliography: every paper and work as one line, for reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sphinx_papers.model.display.text import References, Span, Spans, Target, joined, link, title_spans
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.person import Person, slug
from sphinx_papers.model.records.registry import VenueKind
from sphinx_papers.model.records.title import normalised_title
from sphinx_papers.model.records.work import Work

NAMED = 12
"""Pages that are named for one work; those beyond are counted."""
FEW = 30
"""So many entries are looked through without letters to jump to."""
_DASH = "\N{EN DASH}"


def bibliography(library: Library) -> References:
    """Compute the bibliography: papers and works together, by author, year and title."""
    papers = [
        (_order(p.authors, str(p.year), p.title), p.key, paper_reference(library, p))
        for p in library.values()
    ]
    works = [(_order(w.authors, w.year, w.title), w.key, work_reference(w)) for w in library.works.values()]
    entries = sorted(papers + works, key=lambda entry: entry[:2])
    letters: dict[str, str] = {}
    for order, key, _ in entries if len(entries) > FEW else ():
        first = order[0][0][:1]
        letters.setdefault(first.upper() if "a" <= first <= "z" else "Other", key)
    return References(tuple((key, spans) for _, key, spans in entries), tuple(letters.items()))


def with_citing(
    library: Library, references: References, citing: Mapping[str, Sequence[tuple[Target, str]]]
) -> References:
    """Return *references*, each work without a page with what builds on it and which pages cite it.

    *citing* are the pages by key of the work, each with its name. A paper that builds on a work is not named again.
    """
    entries = []
    for key, spans in references.entries:
        heirs = library.built_on_by.get(key, ()) if key in library.works else ()
        built = [(Target("paper", paper.key), paper.name) for paper in reversed(heirs)]
        pages = [each for each in citing.get(key, ()) if each not in built] if key in library.works else []
        entries.append((key, (*spans, *_named("Built on by", built), *_named("Cited by", pages))))
    return replace(references, entries=tuple(entries))


def _named(label: str, pages: Sequence[tuple[Target, str]]) -> Spans:
    """Return the names of *pages*, those beyond :data:`NAMED` as a number; nothing if there are none."""
    if not pages:
        return ()
    shown = [Span(name, target) for target, name in pages[:NAMED]]
    more = f" and {len(pages) - NAMED} more" if len(pages) > NAMED else ""
    return (Span(f" {label}: "), *joined(shown), Span(f"{more}."))


def _order(authors: Sequence[Person], year: str, title: str) -> tuple[list[str], str, str]:
    return (
        [slug(author.family) for author in authors] or [normalised_title(title)],
        year,
        normalised_title(title),
    )


def paper_reference(library: Library, paper: Paper) -> Spans:
    """Return the line of *paper*, with a link to its page at the end."""
    seen = paper.appearance
    venue = library.registry.venues[seen.venue] if seen else None
    preprint = venue is None or venue.kind is VenueKind.PREPRINT
    line = _line(
        paper.authors, paper.title, str(paper.year),
        container="" if preprint or venue is None else venue.proceedings,
        serial=venue is not None and venue.kind is VenueKind.JOURNAL,
        volume=seen.volume if seen else "", number=seen.number if seen else "",
        pages=(seen.pages.replace("-", _DASH) or seen.article) if seen else "",
        doi=paper.doi, arxiv=paper.arxiv, url=paper.links.paper,
    )  # fmt: skip
    return (*line, Span(" "), link("paper", paper.key, "Page here"))


def work_reference(work: Work) -> Spans:
    """Return the line of *work*."""
    return _line(
        work.authors, work.title, work.year, container=work.container, serial=work.serial,
        volume=work.volume, number=work.number, pages=work.pages, doi=work.doi, arxiv=work.arxiv, url=work.url,
    )  # fmt: skip


def _line(
    authors: Sequence[Person], title: str, year: str, *, container: str, serial: bool, volume: str,
    number: str, pages: str, doi: str, arxiv: str, url: str,
) -> Spans:  # fmt: skip
    spans: list[Span] = []
    names = _names([author.display for author in authors])
    if names:
        spans.append(Span(f"{names} " if names.endswith(".") else f"{names}. "))
    spans += [*title_spans(title), Span(". ")]
    if container:
        spans += [*([] if serial else [Span("In ")]), Span(container, emphasis=True)]
    issue = f"{volume}({number})" if number else volume
    place = f" {issue}" if serial and issue else ""
    if pages:
        place += f":{pages}" if place else f", {pages}"
    if container and year:
        place += ", "
    spans.append(Span(f"{place if container else ''}{year}." if year or container else ""))
    if doi:
        spans += [Span(" "), link("url", f"https://doi.org/{doi}", f"doi:{doi}"), Span(".")]
    elif arxiv:
        spans += [Span(" "), link("url", f"https://arxiv.org/abs/{arxiv}", f"arXiv:{arxiv}"), Span(".")]
    elif url:
        spans += [Span(" "), link("url", url, "link"), Span(".")]
    return tuple(span for span in spans if span.text)


def _names(names: Sequence[str]) -> str:
    if len(names) > 2:
        return ", ".join(names[:-1]) + f", and {names[-1]}"
    return " and ".join(names)
