"""What is new, as Atom feeds (RFC 4287): papers, those of each method, and what was set right or found since.

All dates are those of the records, so equal records make equal feeds. Identifiers are made of the
collection and the key, and stay when the site moves or a page gets another title.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from sphinx_papers.formats.exports.site import PublishedSite
from sphinx_papers.formats.text.plain import in_xml
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper

MEDIA_TYPE = "application/atom+xml"
NEW, CHANGED = "new.atom", "changed.atom"
"""Names of the feeds of the whole collection."""
TITLES = {NEW: "New papers", CHANGED: "Corrections and new results"}
"""What they are called; the feed of a method is called as that of all papers."""
NEWEST = 50
"""Entries of a feed; readers that ask once a month miss none of a field's usual months."""


@dataclass(frozen=True, slots=True)
class _Entry:
    identifier: str
    title: str
    date: PartialDate
    document: str
    authors: tuple[str, ...]
    text: str


def feed_name(folder: str, slug: str) -> str:
    """Return the name of the feed of the method *slug*, whose page is in *folder*."""
    return f"{folder}/{slug}.atom"


def feed_names(library: Library, methods: str) -> list[str]:
    """Return the names of the feeds that have an entry."""
    return [name for name, _, entries in _contents(library, methods) if any(True for _ in entries)]


def feeds(library: Library, methods: str, site: PublishedSite) -> Iterator[tuple[str, str]]:
    """Yield name and text of each feed that has an entry; *methods* is the folder of the method pages."""
    for name, title, found in _contents(library, methods):
        entries = sorted(found, key=lambda each: (each.date, each.identifier), reverse=True)[:NEWEST]
        if entries:
            yield name, _atom(name, title, entries, site)


def _contents(library: Library, methods: str) -> Iterator[tuple[str, str, Iterator[_Entry]]]:
    """Yield name, title and entries of each feed that there may be."""
    yield NEW, TITLES[NEW], _added(library.values())
    yield CHANGED, TITLES[CHANGED], _changed(library)
    for slug, method in library.registry.methods.items():
        yield (
            feed_name(methods, slug),
            f"{TITLES[NEW]}: {method.name}",
            _added(library.by_method.get(slug, ())),
        )


def _added(papers: Iterable[Paper]) -> Iterator[_Entry]:
    """Yield the papers of whose record it is known when it came."""
    for paper in papers:
        if paper.added:
            text = paper.summary or paper.plain_title
            yield _Entry(paper.key, _title(paper), paper.added, _document(paper), _authors(paper), text)


def _changed(library: Library) -> Iterator[_Entry]:
    """Yield what was set right, and which sources of results were read after the record came."""
    for paper in library.values():
        for correction in paper.corrections:
            yield _Entry(
                f"{paper.key} set right {correction.date} {correction.what}",
                f"Set right: {paper.name}", correction.date, _document(paper), (), correction.what,
            )  # fmt: skip
        if paper.added is None:
            continue
        for name, source in paper.sources.items():
            found = [result for result in paper.results if result.source == name]
            if found and source.checked and source.checked > paper.added:
                noun = "result" if len(found) == 1 else "results"
                yield _Entry(
                    f"{paper.key} results {name}", f"New results: {paper.name}", source.checked,
                    _document(paper), (), f"{len(found)} {noun} from {source.title or source.url}",
                )  # fmt: skip


def _title(paper: Paper) -> str:
    return f"{paper.name}: {paper.plain_title}" if paper.names else paper.plain_title


def _document(paper: Paper) -> str:
    return f"papers/{paper.key}"


def _authors(paper: Paper) -> tuple[str, ...]:
    return tuple(author.display for author in paper.authors)


def _moment(date: PartialDate) -> str:
    """Return the first moment of *date*, which Atom wants to the second."""
    return f"{date.year:04}-{date.month or 1:02}-{date.day or 1:02}T00:00:00Z"


def _atom(name: str, title: str, entries: Sequence[_Entry], site: PublishedSite) -> str:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{in_xml(f'{site.title}: {title}')}</title>",
        f"<id>{_urn(site, name)}</id>",
        f"<updated>{_moment(entries[0].date)}</updated>",
        f"<author><name>{in_xml(site.title)}</name></author>",
    ]
    if site.base:
        lines.append(f'<link rel="self" type="{MEDIA_TYPE}" href={quoteattr(site.base + name)}/>')
    # Without an address of its own the site is where the feed is.
    up = site.base or "../" * name.count("/")
    for entry in entries:
        lines += [
            "<entry>",
            f"<title>{in_xml(entry.title)}</title>",
            f"<id>{_urn(site, entry.identifier)}</id>",
            f'<link rel="alternate" type="text/html" href={quoteattr(up + site.page(entry.document))}/>',
            f"<updated>{_moment(entry.date)}</updated>",
            *(f"<author><name>{in_xml(author)}</name></author>" for author in entry.authors),
            f"<summary>{in_xml(entry.text)}</summary>",
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def _urn(site: PublishedSite, what: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{site.identity} {what}").urn
