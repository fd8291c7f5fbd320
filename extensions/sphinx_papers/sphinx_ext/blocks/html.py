"""Blocks as HTML."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from docutils import nodes

from sphinx_papers.model.display.text import (
    Block,
    Entries,
    Fields,
    Items,
    Listing,
    Paragraph,
    References,
    Span,
    Spans,
    Table,
    Target,
)
from sphinx_papers.sphinx_ext.blocks.mathml import inline_mathml
from sphinx_papers.sphinx_ext.blocks.table_html import table_html

Address = Callable[[Target], str]


def block_html(block: Block, address: Address, *, room: bool = False) -> str:
    """Return *block* as HTML; *address* gives the URL of a target, or nothing.

    *room* keeps room above a table for what a script puts there.
    """
    match block:
        case Table():
            return table_html(block, lambda spans: spans_html(spans, address), room=room)
        case Fields(role=role, fields=fields):
            if not fields:
                return ""
            lines = (f"<dt>{escape(f.label)}</dt><dd>{spans_html(f.value, address)}</dd>\n" for f in fields)
            listed = f'<dl class="sp-fields sp-{role}">\n{"".join(lines)}</dl>\n'
            return (
                f"<details>\n<summary>All facts</summary>\n{listed}</details>\n"
                if role == "facts"
                else listed
            )
        case Paragraph(role=role, spans=spans):
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
        case References(entries=entries, letters=letters):
            jumps = "".join(
                f'<a href="#{escape(nodes.make_id(key))}">{escape(letter)}</a>\n' for letter, key in letters
            )
            above = f'<nav class="sp-jumps" aria-label="Letters">\n{jumps}</nav>\n' if letters else ""
            lines = (
                f'<li id="{escape(nodes.make_id(key))}">{spans_html(spans, address)}</li>\n'
                for key, spans in entries
            )
            return f'{above}<ul class="sp-references">\n{"".join(lines)}</ul>\n'
        case Listing(role=role, text=text):
            return f'<pre class="sp-{role} no-search" tabindex="0">{escape(text, quote=False)}</pre>\n'


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
        return "" if span.target.kind == "report" else text  # without a form there is nothing to fill in
    mark = ' class="sp-report"' if span.target.kind == "report" else ""
    return f'<a{mark} href="{escape(url)}">{text}</a>'
