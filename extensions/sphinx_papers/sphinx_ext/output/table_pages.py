"""The further pages of long tables, which are no documents."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, cast

from sphinx_papers.sphinx_ext.blocks.html import block_html
from sphinx_papers.sphinx_ext.blocks.paging import page_name, page_size, pager, split, tables_of
from sphinx_papers.sphinx_ext.site.navigation import Navigation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

    from sphinx_papers.model.display.text import Table
    from sphinx_papers.sphinx_ext.context import PaperContext


def table_pages(
    app: Sphinx, domain: PaperContext, docnames: Iterable[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield name and context of each page of a table beyond the first, for *docnames*."""
    size = page_size(app)
    for docname in sorted(docnames) if size else ():
        for number, view in enumerate(tables_of(domain, docname), start=1):
            if size and view.size(domain.library) > size:
                table = domain.paged.pop(view, None) or cast("Table", domain.value(view))
                parts = split(table, size)
                for page, part in enumerate(parts[1:], start=2):
                    name = page_name(docname, number, page)
                    yield name, _context(app, domain, docname, name, part, (number, page, len(parts)))


def _context(
    app: Sphinx, domain: PaperContext, docname: str, name: str, part: Table, place: tuple[int, int, int]
) -> dict[str, Any]:
    builder = cast("StandaloneHTMLBuilder", app.builder)

    def uri(to: str) -> str:
        return builder.get_relative_uri(name, to) or "#"

    def title(of: str) -> str:
        return escape(app.env.titles[of].astext())

    number, page, pages = place
    heading = f"{title(docname)}, page {page} of {pages}"
    table = block_html(part, domain.addresses(builder, name), room=True)
    return {
        "title": heading,
        "papers_table": table,
        "body": f"<h1>{heading}</h1>\n{table}{pager(docname, number, page, pages, uri)}",
        "parents": [
            {"link": uri(each), "title": title(each)}
            for each in (*reversed(Navigation(app.env).above(docname)), docname)
        ],
    }
