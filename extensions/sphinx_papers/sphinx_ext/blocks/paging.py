"""Long tables, over several pages: the document's own has the first rows, pages of the table the rest.

The pages of a table are no documents. They are written from the same value, after the
document's own page and whenever that is written, and lead to each other without a script.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any, cast

from sphinx_papers.model.display.text import Group, Table
from sphinx_papers.model.views.library_views import LeaderboardView, TableView
from sphinx_papers.sphinx_ext.output.downloads import SITES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

    from sphinx_papers.sphinx_ext.markup.domain import PaperDomain


TILDE = "~"
"""Stands in the names of the pages of tables, and in no key of a paper."""


def page_size(app: Sphinx) -> int | None:
    """Return how many rows a page has at most; none where all are on one."""
    return int(app.config.papers_page_size) if app.builder.name in SITES else None


def split(table: Table, size: int) -> list[Table]:
    """Return *table* as tables of at most *size* rows; a group that is cut has its heading on each."""
    parts: list[list[Group]] = [[]]
    room = size
    for group in table.groups:
        rows = group.rows
        while rows:
            if room == 0:
                parts.append([])
                room = size
            parts[-1].append(replace(group, rows=rows[:room]))
            rows, room = rows[room:], room - min(room, len(rows))
    rest = table.finding and replace(table.finding, rest=True)
    return [
        replace(table, groups=tuple(groups), finding=rest if place else table.finding)
        for place, groups in enumerate(parts)
    ]


def page_name(docname: str, table: int, page: int) -> str:
    """Return the name of a page of a table."""
    return docname if page == 1 else f"{docname}{TILDE}{table}-{page}"


def pager(docname: str, table: int, page: int, pages: int, uri: Callable[[str], str]) -> str:
    """Return links to all pages of a table, as HTML."""
    links = []
    for each in range(1, pages + 1):
        current = ' aria-current="page"' if each == page else ""
        links.append(f'<li><a href="{escape(uri(page_name(docname, table, each)))}"{current}>{each}</a></li>')
    return f'<nav class="sp-pages" aria-label="Pages of this table"><ol>{"".join(links)}</ol></nav>\n'


def tables_of(domain: PaperDomain, docname: str) -> list[TableView | LeaderboardView]:
    """Return the views of *docname* that are tables, in a fixed order."""
    return [view for view in domain.views_of(docname) if isinstance(view, TableView | LeaderboardView)]


def table_pages(
    app: Sphinx, domain: PaperDomain, docnames: Iterable[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield name and context of each page of a table beyond the first, for *docnames*."""
    size = page_size(app)
    for docname in sorted(docnames) if size else ():
        for number, view in enumerate(tables_of(domain, docname), start=1):
            if size and view.size(domain.library) > size:
                parts = split(cast("Table", view.value(domain.library)), size)
                for page, part in enumerate(parts[1:], start=2):
                    name = page_name(docname, number, page)
                    yield name, _context(app, domain, docname, name, part, (number, page, len(parts)))


def _context(
    app: Sphinx, domain: PaperDomain, docname: str, name: str, part: Table, place: tuple[int, int, int]
) -> dict[str, Any]:
    from sphinx_papers.sphinx_ext.blocks.nodes import block_html  # noqa: PLC0415  it needs this module itself

    builder = cast("StandaloneHTMLBuilder", app.builder)

    def uri(to: str) -> str:
        return builder.get_relative_uri(name, to) or "#"

    def title(of: str) -> str:
        return escape(app.env.titles[of].astext())

    number, page, pages = place
    heading = f"{title(docname)}, page {page} of {pages}"
    table = block_html(part, domain.addresses(builder, name))
    return {
        "title": heading,
        "body": f"<h1>{heading}</h1>\n{table}{pager(docname, number, page, pages, uri)}",
        "parents": [
            {"link": uri(each), "title": title(each)} for each in (*reversed(domain.above(docname)), docname)
        ],
    }
