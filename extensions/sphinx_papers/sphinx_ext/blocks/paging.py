"""Long tables, over several pages: the document's own has the first rows, pages of the table the rest.

The pages of a table are no documents. They are written from the same value, after the
document's own page and whenever that is written, and lead to each other without a script
(:mod:`sphinx_papers.sphinx_ext.output.table_pages`).
"""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from sphinx_papers.model.display.text import Group, Table
from sphinx_papers.model.views.choice import ChoiceView
from sphinx_papers.model.views.library_views import LeaderboardView, TableView
from sphinx_papers.sphinx_ext.addresses import SITES

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

    from sphinx_papers.sphinx_ext.context import PaperContext


TILDE = "~"
"""Stands in the names of the pages of tables, and in no key of a paper."""


def page_size(app: Sphinx) -> int | None:
    """Return how many rows a page has at most; none where all are on one."""
    return int(app.config.papers_page_size) if app.builder.name in SITES else None


def split(table: Table, size: int) -> list[Table]:
    """Return *table* as tables of *size* rows; a group that is cut has its heading on each.

    Rows are counted from the last one, so that a row which comes first changes the first page and
    no other. That one has what is left: at least half of *size*, and at most half of it more.
    """
    parts: list[list[Group]] = [[]]
    room = _first(table.size, size)
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


def _first(rows: int, size: int) -> int:
    """Return how many of *rows* the first page has."""
    left = rows % size
    return left if left * 2 >= size else left + size


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


def tables_of(domain: PaperContext, docname: str) -> list[ChoiceView | TableView | LeaderboardView]:
    """Return the views of *docname* that are tables, in a fixed order."""
    tables = ChoiceView | TableView | LeaderboardView
    return [view for view in domain.views_of(docname) if isinstance(view, tables)]
