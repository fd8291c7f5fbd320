"""What search engines are told of a site: its pages with the dates of their records, and where a page has gone.

Dates are those of the records, so equal records make equal files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape

from sphinx_papers.formats.storage.places import FOLDERS, INDEX
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper

SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"


def last_change(papers: Iterable[Paper]) -> PartialDate | None:
    """Return the latest day on which a fact of *papers* is known to have been written, read or set right."""
    days = (day for paper in papers for day in _days(paper) if day is not None)
    return max(days, default=None)


def _days(paper: Paper) -> Iterator[PartialDate | None]:
    yield paper.added
    yield from (each.date for each in paper.corrections)
    for read in (paper.sources.values(), paper.code, paper.reproductions):
        yield from (each.checked for each in read)


def sitemap(
    library: Library, methods: str, root: str, pages: Iterable[tuple[str, str]]
) -> str:  # fmt: skip
    """Return the sitemap (https://www.sitemaps.org/protocol.html) of *pages*: documents and their whole addresses.

    *methods* is the folder of the method pages, *root* the first document. A page of prose has no
    date, since no record says when it was written.
    """
    dates = dict(_dates(library, methods, root))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    for document, address in sorted(pages):
        day = dates.get(document)
        dated = f"<lastmod>{day}</lastmod>" if day else ""
        lines.append(f"<url><loc>{escape(address)}</loc>{dated}</url>")
    return "\n".join([*lines, "</urlset>", ""])


def _dates(library: Library, methods: str, root: str) -> Iterator[tuple[str, PartialDate | None]]:
    """Yield each document that is made of records with the day of their last change."""
    newest = last_change(library.values())
    groups = {
        FOLDERS["year"]: library.by_year, FOLDERS["venue"]: library.by_venue,
        FOLDERS["benchmark"]: library.by_benchmark, methods: library.by_method, **library.by_term,
    }  # fmt: skip
    for folder, index in groups.items():
        yield f"{folder}/{INDEX}", newest
        for name, papers in index.items():
            yield f"{folder}/{name}", last_change(papers)
    for document in (root, f"{FOLDERS['paper']}/{INDEX}", f"{FOLDERS['author']}/{INDEX}"):
        yield document, newest
    for key, paper in library.items():
        yield f"{FOLDERS['paper']}/{key}", last_change([paper])


def robots(base: str) -> str:
    """Return what robots may read of the site at *base*: everything, by its sitemap."""
    return f"User-agent: *\nDisallow:\n\nSitemap: {base}{SITEMAP}\n"


def moved_pages(library: Library, page: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Yield file and text of the page at each key that a paper had before; *page* says where a document is."""
    folder = f"{FOLDERS['paper']}/"
    for key, paper in library.items():
        for former in (each for each in paper.formerly if each not in library):
            here, there = page(f"{folder}{former}"), page(f"{folder}{key}").rpartition(folder)[2]
            if here.endswith("/"):  # the page of a folder
                yield f"{here}index.html", moved_page(paper, f"../{there}")
            else:
                yield here, moved_page(paper, there)


def moved_page(paper: Paper, address: str) -> str:
    """Return the page at a key that *paper* had before, which sends readers and search engines to *address*."""
    name, to = escape(paper.plain_title), escape(address)
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        f"<title>{name}</title>\n"
        '<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={to}">\n'
        f'<link rel="canonical" href="{to}">\n'
        f'<p>This page has moved: <a href="{to}">{name}</a>.</p>\n</html>\n'
    )
