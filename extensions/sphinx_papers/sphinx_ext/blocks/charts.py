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
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst.directives import flag, unchanged
from sphinx.util.osutil import relative_uri

from sphinx_papers.formats.drawings.plot import drawing_code
from sphinx_papers.formats.drawings.svg import linked, mark_path
from sphinx_papers.formats.storage.files import examine, write_bytes
from sphinx_papers.model.display.chart import Chart, drawing_digest, marks
from sphinx_papers.model.display.text import Span, Target
from sphinx_papers.model.problem import did_you_mean
from sphinx_papers.model.records.library import short_digest
from sphinx_papers.model.tables.select import SelectionError
from sphinx_papers.model.views.best_so_far import MethodChartView, ProgressView
from sphinx_papers.model.views.tally import METHOD, MethodsChartView, YearsChartView
from sphinx_papers.model.views.worth import WorthChartView
from sphinx_papers.sphinx_ext.blocks.nodes import block_html, viewing
from sphinx_papers.sphinx_ext.blocks.render import docutils_tables, paragraph
from sphinx_papers.sphinx_ext.markup.directives import ViewDirective, check_split
from sphinx_papers.sphinx_ext.output.downloads import state_folder

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_papers.model.views.view import View
    from sphinx_papers.sphinx_ext.markup.domain import PaperDomain

_FOLDER = "charts"


class drawn(viewing):  # noqa: N801  docutils' style
    """A chart."""

    def make_ready(self, domain: PaperDomain, app: Sphinx) -> None:
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


class ChartDirective(ViewDirective):
    """Draws `progress BENCHMARK SPLIT`, `years`, `methods`, `method SLUG` or `worth` from the collection."""

    required_arguments = 1
    optional_arguments = 2
    argument_names = ("KIND", "OF", "SPLIT")
    option_texts: ClassVar[dict[str, str]] = {
        "stack": "The facet that parts the bars, `method` or `none`; of `years`.",
        "caption": "Says what the chart shows.",
        "no-table": "Leaves out the table of the same numbers.",
    }
    option_spec: ClassVar[dict[str, Any]] = {
        "stack": unchanged,
        "caption": unchanged,
        "no-table": flag,
    }

    def view(self) -> list[nodes.Node]:
        """Return the chart."""
        kind, *rest = self.arguments
        known: dict[str, tuple[int, set[str], Callable[..., View]]] = {
            "progress": (2, {"caption", "no-table"}, self._progress),
            "years": (0, {"stack", "caption", "no-table"}, self._years),
            "methods": (0, {"caption", "no-table"}, self._methods),
            "method": (1, set(), self._method),
            "worth": (0, set(), WorthChartView),
        }
        if kind not in known:
            raise SelectionError(f"unknown chart `{kind}`: {did_you_mean(kind, known, ', '.join(known))}")
        count, options, make = known[kind]
        if len(rest) != count:
            raise SelectionError(f"the chart `{kind}` takes {count} more arguments, not {len(rest)}")
        for option in sorted(self.options.keys() - options):
            raise SelectionError(f"the chart `{kind}` has no option `{option}`")
        view = make(*rest)
        self.domain.note(self.env.current_document.docname, view)
        return [draw(view)]

    def _progress(self, benchmark: str, split: str) -> View:
        check_split(self.library, benchmark, split)
        return ProgressView(benchmark, split, self._caption, table=self._table)

    def _years(self) -> View:
        return YearsChartView(self._facet("stack", METHOD) or "", self._caption, table=self._table)

    def _methods(self) -> View:
        return MethodsChartView(self._caption, table=self._table)

    def _method(self, slug: str) -> View:
        methods = self.library.registry.methods
        if slug not in methods:
            raise SelectionError(f"unknown method `{slug}`: {did_you_mean(slug, methods, 'no such page')}")
        return MethodChartView(slug)

    @property
    def _caption(self) -> str:
        return str(self.options.get("caption", "")).strip()

    @property
    def _table(self) -> bool:
        return "no-table" not in self.options

    def _facet(self, option: str, *others: str) -> str | None:
        """Return the facet that an option names; none if it is not given."""
        if option not in self.options:
            return None
        name = self.options[option].strip()
        known = {each: each for each in (*self.library.registry.facets, *others, "none")}
        if name not in known:
            raise SelectionError(f"unknown facet `{name}`: {did_you_mean(name, known, ', '.join(known))}")
        return "" if name == "none" else str(name)


def _whole(stamp: str, drawing: bytes) -> bytes:
    """Return what stands before *drawing* in its file, if it is the one of that stamp and nothing of it was lost."""
    return f"{stamp} {hashlib.blake2b(drawing, digest_size=16).hexdigest()}".encode()


class Drawings:
    """The charts that were drawn, each kept until it is drawn otherwise."""

    def __init__(self, app: Sphinx) -> None:
        self._folder = state_folder(app) / _FOLDER
        domain: PaperDomain = app.env.domains["paper"]  # type: ignore[assignment]
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
    domain: PaperDomain = self.builder.env.domains["paper"]  # type: ignore[assignment]
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
