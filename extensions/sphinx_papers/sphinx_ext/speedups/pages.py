"""What stands around the text of a page, written from what is kept of it and not from a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.writers.html5 import HTML5Translator

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.tags import Tags

_CHARACTERS = HTML5Translator.special_characters
# Nodes of a table of contents and of a title that are written here.
_WRITTEN = {"title", "Text", "bullet_list", "list_item", "compact_paragraph", "reference", "toctree"}


def usual_writer(app: Sphinx) -> bool:
    """Say whether Sphinx's own translator writes tables of contents and titles, as nobody changed it."""
    handlers = app.registry.translation_handlers
    changed = {
        name for builder in (app.builder.name, app.builder.format) for name in handlers.get(builder, ())
    }
    return app.builder.get_translator_class() is HTML5Translator and not changed & _WRITTEN


class _UnusualError(Exception):
    """Something that Sphinx has to write itself."""


def _encoded(node: nodes.Element) -> str:
    """Return the texts of *node* as HTML."""
    if node.get("secnumber") or not all(type(child) is nodes.Text for child in node.children):
        raise _UnusualError
    return "".join([child.translate(_CHARACTERS) for child in node.children])  # type: ignore[attr-defined]


def remembered_titles(
    render: Callable[[nodes.Node | None], dict[str, str]],
) -> Callable[[nodes.Node | None], dict[str, str]]:
    """Let the title of each document be rendered once, and plain ones without a translator.

    One is made for every title that stands around a page: the sections above it, the page
    before and the page after.
    """
    rendered: dict[int, tuple[nodes.Node, dict[str, str]]] = {}

    def remembered(node: nodes.Node | None) -> dict[str, str]:
        if type(node) is nodes.raw:  # as written_toc returns it
            return {"fragment": node.astext(), "title": ""}
        if not isinstance(node, nodes.title):
            return render(node)
        if id(node) not in rendered:
            try:
                parts = {"fragment": "", "title": _encoded(node)}
            except _UnusualError:
                parts = render(node)
            rendered[id(node)] = (node, parts)  # the node is held, so its id stays its own
        return rendered[id(node)][1]

    return remembered


def written_toc(
    compute: Callable[[BuildEnvironment, str, Tags], nodes.Node],
) -> Callable[[BuildEnvironment, str, Tags], nodes.Node]:
    """Let a plain table of contents be written from what is kept of it.

    Sphinx makes a copy of all its nodes, and a document and a translator to write that.
    """

    def toc(env: BuildEnvironment, docname: str, tags: Tags) -> nodes.Node:
        kept = env.tocs.get(docname)
        if kept is not None and not env.metadata[docname].get("tocdepth"):
            try:
                html = _toc_html(kept)
                return nodes.raw(html, html, format="html")
            except _UnusualError:
                pass
        return compute(env, docname, tags)

    return toc


def _toc_html(node: nodes.Node) -> str:
    kind = type(node)
    if kind is addnodes.toctree:
        return ""
    if kind is nodes.reference:
        assert isinstance(node, nodes.reference)
        if not node["internal"]:
            raise _UnusualError
        address = (node["anchorname"] or "#").translate(_CHARACTERS)
        return f'<a class="reference internal" href="{address}">{_encoded(node)}</a>'
    inner = "".join([_toc_html(child) for child in node.children])
    if kind is addnodes.compact_paragraph:
        return inner
    if kind is nodes.list_item:
        return f"<li>{inner}</li>\n"
    if kind is nodes.bullet_list:
        only = len(node.children) == 1 and type(node.children[0]) is addnodes.toctree
        return "" if only else f"<ul>\n{inner}</ul>\n"
    raise _UnusualError
