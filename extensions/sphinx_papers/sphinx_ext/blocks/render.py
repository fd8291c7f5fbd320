"""Values of the model as ordinary docutils nodes."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes
from sphinx import addnodes

from sphinx_papers.model.display.text import (
    Block,
    Column,
    Entries,
    Field,
    Fields,
    Items,
    Listing,
    Note,
    Paragraph,
    References,
    Row,
    Span,
    Spans,
    Table,
)


def span_node(span: Span) -> nodes.Node:
    """Return *span* as text, emphasis, math or a link that is still to be resolved."""
    content: nodes.Node = nodes.math(span.text, span.text) if span.math else nodes.Text(span.text)
    if span.strong:
        content = nodes.strong("", "", content)
    if span.emphasis:
        content = nodes.emphasis("", "", content)
    if span.target is None:
        return content
    if span.target.kind == "url":
        return nodes.reference("", "", content, refuri=span.target.id, internal=False)
    return addnodes.pending_xref(
        "", nodes.inline("", "", content),
        refdomain="paper", reftype=span.target.kind, reftarget=span.target.id, refexplicit=True,
        refwarn=True,
    )  # fmt: skip


def span_nodes(spans: Spans) -> list[nodes.Node]:
    """Return *spans* as inline nodes."""
    return [span_node(span) for span in spans]


def paragraph(spans: Spans) -> nodes.paragraph:
    """Return *spans* as a paragraph.

    The texts are data, as published; smart quotes must not touch them.
    """
    return nodes.paragraph("", "", *span_nodes(spans), support_smartquotes=False)


def field_list(fields: Iterable[Field]) -> nodes.field_list:
    """Return labelled lines as a field list, which every builder shows well."""
    return nodes.field_list(
        "",
        *(
            nodes.field(
                "",
                nodes.field_name("", field.label),
                nodes.field_body("", paragraph(field.value)),
            )
            for field in fields
        ),
    )


def docutils_tables(table: Table) -> list[nodes.Node]:
    """Return *table* as ordinary docutils tables, one below the name of each group.

    A row that spans all columns would do for a group too, but not every writer knows it.
    """
    shown: list[nodes.Node] = [paragraph(table.lead)] if table.lead else []
    for group in table.groups:
        if group.heading:
            shown.append(paragraph(tuple(span._replace(strong=True) for span in group.heading)))
        if group.rows:
            shown.append(_table(table.columns, group.rows))
    below: list[nodes.Node] = [_notes(table.notes)] if table.notes else []
    if table.legend:
        below.append(field_list(table.legend))
    # In print they are smaller than the table.
    return [*shown, nodes.container("", *below, classes=["sp-notes"])] if below else shown


def _notes(notes: tuple[Note, ...]) -> nodes.enumerated_list:
    items = (nodes.list_item("", paragraph(note.spans)) for note in notes)
    return nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")


def _table(columns: tuple[Column, ...], rows: tuple[Row, ...]) -> nodes.table:
    group = nodes.tgroup(cols=len(columns))
    group += [nodes.colspec(colwidth=column.width) for column in columns]
    group += nodes.thead("", nodes.row("", *(_entry((Span(column.name),)) for column in columns)))
    body = (nodes.row("", *(_entry(cell.spans, cell.notes) for cell in row.cells)) for row in rows)
    group += nodes.tbody("", *body)
    # Sphinx's LaTeX breaks over pages what is marked as a long table.
    return nodes.table("", group, classes=["longtable", "colwidths-given"])


def _entry(spans: Spans, notes: tuple[int, ...] = ()) -> nodes.entry:
    content = paragraph(spans)
    if notes:
        marks = "".join(f"[{number}]" for number in notes)
        content += [nodes.Text(" "), nodes.superscript(marks, marks)]
    return nodes.entry("", content)


def entry_list(block: Entries) -> nodes.definition_list:
    """Return an index as a definition list with a target for each entry."""
    items = [
        nodes.definition_list_item(
            "",
            nodes.term("", name, ids=[anchor], support_smartquotes=False),
            nodes.definition("", paragraph(spans)),
        )
        for anchor, name, spans in block.entries
    ]
    return nodes.definition_list("", *items)


def reference_list(block: References) -> nodes.bullet_list:
    """Return a bibliography as a list with a target for each entry."""
    items = []
    for key, spans in block.entries:
        entry = paragraph(spans)
        entry.insert(0, nodes.target(ids=[nodes.make_id(key)]))
        items.append(nodes.list_item("", entry))
    return nodes.bullet_list("", *items)


def block_nodes(block: Block) -> list[nodes.Node]:
    """Return *block* as ordinary docutils nodes; an empty one as none, which docutils demands."""
    match block:
        case Table(empty=empty):
            return docutils_tables(block) if block.size else [paragraph((Span(empty),))]
        case Fields():
            return [field_list(block.fields)] if block.fields else []
        case Entries():
            return [entry_list(block)] if block.entries else []
        case Items(items=items):
            listed = [nodes.list_item("", paragraph(spans)) for spans in items]
            return [nodes.bullet_list("", *listed)] if items else []
        case References():
            return [reference_list(block)] if block.entries else []
        case Paragraph():
            return [paragraph(block.spans)]
        case Listing(text=text):
            return [nodes.literal_block(text, text, language="none")]
