"""One node for all that the extension shows, written fast where it becomes HTML.

The cards, results and tables of a page made of docutils nodes would be more nodes than
its prose, and each costs in every transform, in the pickled document and in the writer:
measured, the pages of papers took nearly twice the time. So a document holds the *view*
alone. Its value is computed when the page is written: as HTML straight from the value, for
every other format as ordinary docutils nodes from a post-transform (see
:mod:`sphinx_papers.sphinx_ext.render`).
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_papers.model.text import (
    Block,
    Cell,
    Entries,
    Fields,
    Group,
    Items,
    Line,
    Listing,
    References,
    Row,
    Span,
    Spans,
    Table,
    Target,
)
from sphinx_papers.sphinx_ext.mathml import inline_mathml
from sphinx_papers.sphinx_ext.paging import page_size, pager, split, tables_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.writers.html5 import HTML5Translator

    from sphinx_papers.model.view import View
    from sphinx_papers.sphinx_ext.domain import PaperDomain

    Address = Callable[[Target], str]


class shown(nodes.General, nodes.Element):  # noqa: N801  docutils' style
    """Holds a view in ``view``, and in ``part`` which attribute of its value is meant, if not all."""


def show(view: View, part: str = "") -> shown:
    """Return the node that shows the value of *view*, or one attribute of it."""
    return shown("", view=view, part=part)


def visit_shown(self: HTML5Translator, node: shown) -> None:
    """Write the whole block."""
    domain: PaperDomain = self.builder.env.domains["paper"]  # type: ignore[assignment]
    current = self.builder.current_docname

    address = domain.addresses(self.builder, current)
    block = domain.block(node)
    size = page_size(self.builder._app)
    if isinstance(block, Table) and size and block.size > size:
        parts = split(block, size)
        number = tables_of(domain, current).index(node["view"]) + 1

        def uri(to: str) -> str:
            return self.builder.get_relative_uri(current, to) or "#"

        self.body.append(block_html(parts[0], address) + pager(current, number, 1, len(parts), uri))
    elif block is not None:
        self.body.append(block_html(block, address))
    raise nodes.SkipNode


def block_html(block: Block, address: Address) -> str:
    """Return *block* as HTML; *address* gives the URL of a target, or nothing."""
    match block:
        case Table():
            return _table(block, address)
        case Fields(role=role, fields=fields):
            if not fields:
                return ""
            lines = (f"<dt>{escape(f.label)}</dt><dd>{spans_html(f.value, address)}</dd>\n" for f in fields)
            return f'<dl class="sp-fields sp-{role}">\n{"".join(lines)}</dl>\n'
        case Line(role=role, spans=spans):
            return f'<p class="sp-{role}">{spans_html(spans, address)}</p>\n'
        case Entries(role=role, entries=entries):
            lines = (
                f'<dt id="{escape(anchor)}">{escape(name)}</dt><dd>{spans_html(spans, address)}</dd>\n'
                for anchor, name, spans in entries
            )
            return f'<dl class="sp-{role}">\n{"".join(lines)}</dl>\n' if entries else ""
        case Items(role=role, items=items):
            lines = (f"<li>{spans_html(spans, address)}</li>\n" for spans in items)
            return f'<ul class="sp-{role}">\n{"".join(lines)}</ul>\n' if items else ""
        case References(entries=entries):
            lines = (
                f'<li id="{escape(nodes.make_id(key))}">{spans_html(spans, address)}</li>\n'
                for key, spans in entries
            )
            return f'<ul class="sp-references">\n{"".join(lines)}</ul>\n'
        case Listing(role=role, text=text):
            return f'<pre class="sp-{role} no-search" tabindex="0">{escape(text, quote=False)}</pre>\n'


def _table(table: Table, address: Address) -> str:
    """Return *table* with what concerns a whole column said once, in its head and its classes."""
    if not table.size:
        return f'<p class="sp-empty">{escape(table.empty)}</p>\n'
    name = escape(table.caption)
    head = "".join(
        f'<th scope="col" data-column="{escape(c.id)}">{escape(c.name)}</th>' for c in table.columns
    )
    places = list(enumerate(table.columns, start=1))
    classes = [f"sp-number-{place}" for place, column in places if column.numeric]
    classes += [f"sp-short-{place}" for place, column in places if column.short]
    parts = [
        f'<div class="sp-table" role="region" aria-label="{name}" tabindex="0">\n',
        f'<table class="{" ".join(classes)}">\n<caption>{name}</caption>\n',
        f"<thead><tr>{head}</tr></thead>\n",
    ]
    for group in table.groups:
        parts.append("<tbody>\n")
        if group.heading:
            parts.append(_heading(group, len(table.columns), address))
        parts += [_row(row, address) for row in group.rows]
        parts.append("</tbody>\n")
    parts.append("</table>\n</div>\n")
    return "".join(parts)


def _heading(group: Group, width: int, address: Address) -> str:
    text = spans_html(group.heading, address)
    count = f' <span class="sp-count">{len(group.rows)}</span>'
    return f'<tr class="sp-group"><th colspan="{width}" scope="rowgroup">{text}{count}</th></tr>\n'


def _row(row: Row, address: Address) -> str:
    cells = "".join([f"<td{_sort(cell)}>{spans_html(cell.spans, address)}</td>" for cell in row.cells])
    key = f' data-key="{escape(row.key)}"' if row.key else ""
    return f"<tr{key}>{cells}</tr>\n"


def _sort(cell: Cell) -> str:
    """Return what to sort by, where that is not the number or the text which the cell begins with."""
    if cell.sort is None:
        return ""
    sort, text = str(cell.sort), cell.text
    if text == sort or text.casefold() == sort or text.startswith(f"{sort} "):
        return ""
    return f' data-sort="{escape(sort)}"'


def spans_html(spans: Spans, address: Address) -> str:
    """Return *spans* as HTML."""
    return "".join([_span(span, address) for span in spans])


def _span(span: Span, address: Address) -> str:
    text = inline_mathml(span.text) if span.math else escape(span.text, quote=False)
    if span.strong:
        text = f"<strong>{text}</strong>"
    if span.emphasis:
        text = f"<em>{text}</em>"
    if span.target is None:
        return text
    url = address(span.target)
    if not url:
        return text
    return f'<a href="{escape(url)}">{text}</a>'
