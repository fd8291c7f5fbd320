"""A node for a table of papers, written fast where it becomes HTML.

A table of a thousand rows made of docutils nodes costs as much as several hundred
pages. In HTML the rows are therefore written straight from their values; every other
format gets ordinary docutils tables from a post-transform.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_papers.model.text import Cell, Column, Group, Row, Span, Table, Target

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.writers.html5 import HTML5Translator

    Address = Callable[[Target], str]


class paper_table(nodes.General, nodes.Element):  # noqa: N801  docutils' style
    """Holds a :class:`Table` in ``table``."""


def visit_paper_table(self: HTML5Translator, node: paper_table) -> None:
    """Write the whole table; there is nothing below the node."""
    domain = self.builder.env.domains["paper"]
    current = self.builder.current_docname

    def address(target: Target) -> str:
        return domain.address(self.builder, current, target)  # type: ignore[attr-defined, no-any-return]

    self.body.append(table_html(node["table"], address))
    raise nodes.SkipNode


def table_html(table: Table, address: Address) -> str:
    """Return *table* as HTML; *address* gives the URL of a target, or nothing."""
    name = escape(table.caption)
    head = "".join(_head(column) for column in table.columns)
    parts = [
        f'<div class="sp-table" role="region" aria-label="{name}" tabindex="0">\n',
        f"<table>\n<caption>{name}</caption>\n",
        f"<thead><tr>{head}</tr></thead>\n",
    ]
    classes = [_classes(column) for column in table.columns]
    for group in table.groups:
        parts.append("<tbody>\n")
        if group.heading:
            parts.append(_heading(group, len(table.columns), address))
        parts += [_row(row, classes, address) for row in group.rows]
        parts.append("</tbody>\n")
    parts.append("</table>\n</div>\n")
    return "".join(parts)


def _classes(column: Column) -> str:
    number = " sp-number" if column.numeric else ""
    return f"sp-{column.id.partition(':')[0]}{number}"


def _head(column: Column) -> str:
    return f'<th scope="col" class="{_classes(column)}">{escape(column.name)}</th>'


def _heading(group: Group, width: int, address: Address) -> str:
    text = spans_html(group.heading, address)
    count = f' <span class="sp-count">{len(group.rows)}</span>'
    return f'<tr class="sp-group"><th colspan="{width}" scope="rowgroup">{text}{count}</th></tr>\n'


def _row(row: Row, classes: list[str], address: Address) -> str:
    cells = "".join(
        f'<td class="{name}"{_sort(cell)}>{spans_html(cell.spans, address)}</td>'
        for cell, name in zip(row.cells, classes, strict=True)
    )
    return f'<tr data-key="{escape(row.key)}">{cells}</tr>\n'


def _sort(cell: Cell) -> str:
    return "" if cell.sort is None else f' data-sort="{escape(str(cell.sort))}"'


def spans_html(spans: tuple[Span, ...], address: Address) -> str:
    """Return *spans* as HTML."""
    return "".join(_span(span, address) for span in spans)


def _span(span: Span, address: Address) -> str:
    text = escape(f"${span.text}$" if span.math else span.text, quote=False)
    if span.strong:
        text = f"<strong>{text}</strong>"
    if span.target is None:
        return text
    url = address(span.target)
    if not url:
        return text
    kind = "external" if span.target.kind == "url" else "internal"
    return f'<a class="reference {kind}" href="{escape(url)}">{text}</a>'
