"""Charts on a page: the directive, and what each format shows.

A chart is drawn when a page that shows it is made ready to be written, by a process of its own,
and kept beside the environment: an incremental build draws what changed,
and only a build that draws something loads the plotting library.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.osutil import relative_uri

from sphinx_papers.formats.drawings.plot import drawing_code
from sphinx_papers.formats.drawings.svg import linked, mark_path
from sphinx_papers.formats.storage.files import examine, write_bytes
from sphinx_papers.model.display.chart import Chart, drawing_digest, marks
from sphinx_papers.model.display.text import Span, Target
from sphinx_papers.model.records.library import short_digest
from sphinx_papers.sphinx_ext.blocks.html import block_html
from sphinx_papers.sphinx_ext.blocks.nodes import viewing
from sphinx_papers.sphinx_ext.blocks.render import docutils_tables, paragraph
from sphinx_papers.sphinx_ext.config import state_folder
from sphinx_papers.sphinx_ext.context import PaperContext, paper_context

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_papers.model.views.view import View

_FOLDER = "charts"


class drawn(viewing):  # noqa: N801  docutils' style
    """A chart."""

    def make_ready(self, domain: PaperContext, app: Sphinx) -> None:
        """Draw it; put ordinary nodes in its place beside HTML."""
        view, builder = self["view"], app.builder
        chart: Any = domain.block(self)
        drawings = Drawings(app)
        if chart is None:
            self.parent.remove(self)
        elif builder.name == "epub":
            self["file"] = drawings.file(view, chart, builder.outdir / builder.imagedir, "svg")
        elif domain.writes_html:
            drawings.page(view, chart)
        else:
            self.replace_self(_plain(view, chart, drawings, builder))


def draw(view: View) -> drawn:
    """Return the node that shows the chart *view*."""
    return drawn("", view=view, part="")


def _whole(stamp: str, drawing: bytes) -> bytes:
    """Return what stands before *drawing* in its file, if it is the one of that stamp and nothing of it was lost."""
    return f"{stamp} {hashlib.blake2b(drawing, digest_size=16).hexdigest()}".encode()


class Drawings:
    """The charts that were drawn, each kept until it is drawn otherwise."""

    def __init__(self, app: Sphinx) -> None:
        self._folder = state_folder(app) / _FOLDER
        domain = paper_context(app.env)
        self._drawer = domain.drawer

    def get(self, view: View, chart: Chart, form: str) -> bytes:
        """Return the drawing of *chart*, which *view* gives; drawn only if there is none yet."""
        path = self._folder / f"{short_digest(view)}.{form}"
        stamp = short_digest((drawing_digest(chart), drawing_code()))
        try:
            examine(path)
            found, _, kept = path.read_bytes().partition(b"\n")
        except OSError:
            found = kept = b""
        if found != _whole(stamp, kept):
            kept = self._drawer.draw(chart, form)
            write_bytes(self._folder, path.name, _whole(stamp, kept) + b"\n" + kept)
        return kept

    def page(self, view: View, chart: Chart) -> str:
        """Return the drawing that stands in a page."""
        return self.get(view, chart, "page").decode()

    def file(self, view: View, chart: Chart, folder: Path, suffix: str) -> str:
        """Write the drawing as a file into *folder*; return its name."""
        name = f"chart-{drawing_digest(chart)}.{suffix}"
        write_bytes(folder, name, self.get(view, chart, suffix))
        return name


def _plain(view: View, chart: Chart, drawings: Drawings, builder: Builder) -> list[nodes.Node]:
    """Return a chart as words and numbers, in LaTeX with the picture."""
    parts: list[nodes.Node] = [
        paragraph((Span(chart.caption, strong=True), Span(". "), Span(chart.description)))
    ]
    if builder.format == "latex":
        name = drawings.file(view, chart, builder.outdir, "pdf")
        picture = rf"\noindent\sphinxincludegraphics[width=\linewidth]{{{{{name[:-4]}}}.pdf}}"
        # What it shows stands below it, on the same page.
        parts.insert(0, nodes.raw("", f"\n{picture}\\par\\nopagebreak\n", format="latex"))
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
        svg = Drawings(self.builder._app).page(node["view"], chart)
        picture = _region(chart, linked(svg, [address(target) for _, target in marks(chart)]))
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
