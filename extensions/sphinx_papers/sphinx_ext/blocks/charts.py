"""Charts on a page: the directive, and what each format shows.

A chart is drawn when a page that shows it is written, in a millisecond or two.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.osutil import relative_uri

from sphinx_papers.formats.drawings.plot import draw_latex, draw_svg, draw_svg_file
from sphinx_papers.formats.drawings.sheet import linked, mark_path
from sphinx_papers.formats.storage.files import write_bytes
from sphinx_papers.model.display.chart import Chart, drawing_digest, marks
from sphinx_papers.model.display.text import Span, Target
from sphinx_papers.sphinx_ext.blocks.html import block_html
from sphinx_papers.sphinx_ext.blocks.nodes import viewing
from sphinx_papers.sphinx_ext.blocks.render import docutils_tables, paragraph
from sphinx_papers.sphinx_ext.context import PaperContext, paper_context

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_papers.model.views.view import View


class drawn(viewing):  # noqa: N801  docutils' style
    """A chart."""

    def make_ready(self, domain: PaperContext, app: Sphinx) -> None:
        """Put ordinary nodes in its place beside HTML; an e-book gets a file."""
        builder = app.builder
        chart: Any = domain.block(self)
        if chart is None:
            self.parent.remove(self)
        elif builder.name == "epub":
            self["file"] = f"chart-{drawing_digest(chart)}.svg"
            write_bytes(builder.outdir / builder.imagedir, self["file"], draw_svg_file(chart).encode())
        elif not domain.writes_html:
            self.replace_self(_plain(chart, latex=builder.format == "latex"))


def draw(view: View) -> drawn:
    """Return the node that shows the chart *view*."""
    return drawn("", view=view, part="")


def _plain(chart: Chart, *, latex: bool) -> list[nodes.Node]:
    """Return a chart as words and numbers, in LaTeX with the picture."""
    parts: list[nodes.Node] = [
        paragraph((Span(chart.caption, strong=True), Span(". "), Span(chart.description)))
    ]
    if latex:
        # What it shows stands below it, on the same page.
        parts.insert(0, nodes.raw("", f"\n{draw_latex(chart)}\\nopagebreak\n", format="latex"))
    if chart.numbers is not None:
        parts += docutils_tables(chart.numbers)
    return parts


def visit_drawn(self: HTML5Translator, node: drawn) -> None:
    """Write the figure of a chart."""
    domain = paper_context(self.builder.env)
    current = self.builder.current_docname
    address = domain.addresses(self.builder, current)
    chart: Any = domain.block(node)
    if "file" in node:
        uri = relative_uri(
            self.builder.get_target_uri(current), posixpath.join(self.builder.imagedir, node["file"])
        )
        picture = f'<img src="{escape(uri)}" alt="{escape(f"{chart.caption}. {chart.description}")}" />\n'
    else:
        picture = _region(chart, linked(draw_svg(chart), [address(target) for _, target in marks(chart)]))
    self.body.append(chart_html(chart, picture, address))
    raise nodes.SkipNode


def chart_html(chart: Chart, picture: str, address: Callable[[Target], str]) -> str:
    """Return the figure around the *picture* of *chart*: what it shows, and its numbers."""
    note = f" {escape(chart.note)}" if chart.note else ""
    # A caption is the first or the last thing in its figure, and the table belongs to what it is the caption of.
    parts = ['<figure class="sp-chart">\n', picture]
    if chart.numbers is not None:
        table = block_html(chart.numbers, address)
        parts.append(f"<details><summary>The numbers as a table</summary>\n{table}</details>\n")
    parts.append(f"<figcaption>{escape(chart.caption)}.{note}</figcaption>\n</figure>\n")
    return "".join(parts)


def _region(chart: Chart, svg: str) -> str:
    """Return the picture of a page with its legend; on a narrow screen it scrolls by itself."""
    name = escape(f"Chart: {chart.caption}")
    region = f'<div class="sp-drawing" role="region" aria-label="{name}" tabindex="0">\n{svg}</div>\n'
    if len(chart.series) < 2:
        return region
    keys = "".join(
        f'<li><svg class="sp-key" viewBox="-7 -7 14 14" width="14" height="14" aria-hidden="true">'
        f'<path class="sp-mark sp-s{series.slot}" d="{mark_path(series.slot)}"/></svg> {escape(series.name)}</li>'
        for series in chart.series
    )
    return f'{region}<ul class="sp-legend">{keys}</ul>\n'
