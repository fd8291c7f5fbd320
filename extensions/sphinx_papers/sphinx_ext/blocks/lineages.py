"""Lineages on a page: the tree of a paper, and the map of the field."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_papers.formats.drawings.printed_tree import lineage_latex
from sphinx_papers.formats.drawings.sheet import linked
from sphinx_papers.formats.drawings.tree import lineage_svg, lineage_targets, map_svg, map_targets
from sphinx_papers.model.display.text import Span
from sphinx_papers.model.views.field_map import FieldMap
from sphinx_papers.model.views.lineage import Lineage
from sphinx_papers.sphinx_ext.blocks.html import block_html, spans_html
from sphinx_papers.sphinx_ext.blocks.nodes import viewing
from sphinx_papers.sphinx_ext.blocks.render import docutils_tables, paragraph
from sphinx_papers.sphinx_ext.context import PaperContext, paper_context

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_papers.model.views.view import View


class related(viewing):  # noqa: N801  docutils' style
    """A lineage."""

    def make_ready(self, domain: PaperContext, app: Sphinx) -> None:
        """Put words in its place beside HTML."""
        if not domain.writes_html:
            value: Any = domain.block(self)
            if isinstance(value, FieldMap):
                self.replace_self(_plain(value))
            elif isinstance(value, Lineage) and app.builder.format == "latex":
                self.replace_self(nodes.raw("", f"\n{lineage_latex(value)}\n", format="latex"))
            else:  # lists beside it say the same
                self.replace_self([])


def relate(view: View, part: str = "") -> related:
    """Return the node that shows a lineage: the value of *view*, or one attribute of it."""
    return related("", view=view, part=part)


def _plain(field: FieldMap) -> list[nodes.Node]:
    words = paragraph((Span(field.caption, strong=True), Span(f". {field.description}")))
    return [words, *docutils_tables(field.table), *([paragraph(field.rest)] if field.rest else [])]


def visit_related(self: HTML5Translator, node: related) -> None:
    """Write the figure of a lineage."""
    domain = paper_context(self.builder.env)
    address = domain.addresses(self.builder, self.builder.current_docname)
    value: Any = domain.block(node)
    if isinstance(value, Lineage):
        tree = linked(lineage_svg(value), [address(target) for target in lineage_targets(value)])
        self.body.append(f'<div class="sp-relatives">\n{tree}</div>\n')
    elif value is not None:
        picture = linked(map_svg(value), [address(target) for target in map_targets(value)])
        name = escape(f"Map: {value.caption}")
        self.body.append(
            f'<figure class="sp-chart">\n<div class="sp-drawing" role="region" aria-label="{name}" tabindex="0">\n'
            f"{picture}</div>\n"
            f"<details><summary>The same as a table</summary>\n{block_html(value.table, address)}</details>\n"
            f"<figcaption>{escape(value.caption)}. {escape(value.note)}</figcaption>\n</figure>\n"
            + (f"<p>{spans_html(value.rest, address)}</p>\n" if value.rest else "")
        )
    raise nodes.SkipNode
