"""One node for all that the extension shows, written fast where it becomes HTML.

The cards, results and tables of a page made of docutils nodes would be more nodes than
its prose, and each costs in every transform, in the pickled document and in the writer:
measured, the pages of papers took nearly twice the time. So a block stays a value until
it is written: as HTML straight from the value, for every other format as ordinary
docutils nodes from a post-transform (see :mod:`sphinx_papers.sphinx_ext.render`).
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_papers.model.text import (
    Block,
    Cell,
    Column,
    Entries,
    Fields,
    Group,
    Line,
    Row,
    Span,
    Spans,
    Table,
    Target,
    plain_text,
)
from sphinx_papers.sphinx_ext.mathml import inline_mathml

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.writers.html5 import HTML5Translator

    Address = Callable[[Target], str]


class shown(nodes.General, nodes.Element):  # noqa: N801  docutils' style
    """Holds a :data:`Block` in ``block``; its text is there for search alone."""


def show(block: Block) -> shown:
    """Return the node that shows *block*."""
    text = plain_text(block)
    return shown("", *([nodes.Text(text)] if text else []), block=block)


def visit_shown(self: HTML5Translator, node: shown) -> None:
    """Write the whole block."""
    domain = self.builder.env.domains["paper"]
    current = self.builder.current_docname

    def address(target: Target) -> str:
        return domain.address(self.builder, current, target)  # type: ignore[attr-defined, no-any-return]

    self.body.append(block_html(node["block"], address))
    raise nodes.SkipNode


def block_html(block: Block, address: Address) -> str:
    """Return *block* as HTML; *address* gives the URL of a target, or nothing."""
    match block:
        case Table():
            return _table(block, address)
        case Fields(role=role, fields=fields):
            lines = (f"<dt>{escape(f.label)}</dt><dd>{spans_html(f.value, address)}</dd>\n" for f in fields)
            return f'<dl class="sp-fields sp-{role}">\n{"".join(lines)}</dl>\n'
        case Line(role=role, spans=spans):
            return f'<p class="sp-{role}">{spans_html(spans, address)}</p>\n'
        case Entries(role=role, entries=entries):
            lines = (
                f'<dt id="{escape(anchor)}">{escape(name)}</dt><dd>{spans_html(spans, address)}</dd>\n'
                for anchor, name, spans in entries
            )
            return f'<dl class="sp-{role}">\n{"".join(lines)}</dl>\n'


def _table(table: Table, address: Address) -> str:
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


def spans_html(spans: Spans, address: Address) -> str:
    """Return *spans* as HTML."""
    return "".join([_span(span, address) for span in spans])


def _span(span: Span, address: Address) -> str:
    text = inline_mathml(span.text) if span.math else escape(span.text, quote=False)
    if span.strong:
        text = f"<strong>{text}</strong>"
    if span.target is None:
        return text
    url = address(span.target)
    if not url:
        return text
    kind = "external" if span.target.kind == "url" else "internal"
    return f'<a class="reference {kind}" href="{escape(url)}">{text}</a>'
