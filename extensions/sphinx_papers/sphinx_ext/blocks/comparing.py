"""The page on which readers choose papers to see them side by side."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.osutil import relative_uri

from sphinx_papers.formats.exports.sheets import terms_text
from sphinx_papers.model.display.text import Items
from sphinx_papers.model.views.side_by_side import MOST, SAID, SideBySide
from sphinx_papers.model.views.view import View
from sphinx_papers.sphinx_ext.addresses import SITES
from sphinx_papers.sphinx_ext.blocks.nodes import show, viewing
from sphinx_papers.sphinx_ext.context import PAPERS, PaperContext, paper_context

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_papers.model.records.library import Library

_PARTS = {**{part: SAID[part] for part in ("facts", "chain", "shared", "apart")}, "alone": ""}
"""The parts of a comparison in their order, each with the title over it."""
_KEY = "KEY"
_WITHOUT = "Choosing papers takes a script. The comparisons below do without."


@dataclass(frozen=True)
class ChooserView(View):
    """What the page needs to know that is the same for all papers."""

    def value(self, library: Library) -> str:
        """Return it as JSON."""
        return terms_text(library.registry)

    def words(self, library: Library, part: str) -> str:
        """Return nothing: these are words of the registry."""
        return ""


class choosing(viewing):  # noqa: N801  docutils' style
    """The place in which a script lays papers side by side."""

    def make_ready(self, domain: PaperContext, app: Sphinx) -> None:
        """Take it out where no script runs."""
        if app.builder.name not in SITES:
            self.parent.remove(self)


def choose() -> choosing:
    """Return the node in which papers are chosen."""
    return choosing("", view=ChooserView(), part="")


def visit_choosing(self: HTML5Translator, node: choosing) -> None:
    """Write what the script finds its data by."""
    domain, builder = paper_context(self.builder.env), self.builder
    here = builder.get_target_uri(builder.current_docname)
    page = relative_uri(here, builder.get_target_uri(f"{PAPERS}/{_KEY}"))
    terms = str(domain.value(node["view"])).replace("<", "\\u003c")
    self.body.append(
        f'<div class="sp-comparing" data-page="{escape(page)}" data-most="{MOST}">\n'
        f"<noscript><p>{_WITHOUT}</p></noscript>\n"
        f'<script type="application/json">{terms}</script>\n</div>\n'
    )
    raise nodes.SkipNode


def ready_made(view: View) -> list[nodes.Node]:
    """Return the list of comparisons that need no script, under a title."""
    return [_rubric("Ready-made comparisons", 2), show(view)]


def _rubric(title: str, level: int) -> nodes.rubric:
    return nodes.rubric(title, title, **{"heading-level": level})


def compared(view: View, value: SideBySide | None) -> list[nodes.Node]:
    """Return the nodes of papers side by side, a title over each part that there is."""
    if value is None:
        return []
    found: list[nodes.Node] = []
    for part, title in _PARTS.items():
        block = getattr(value, part)
        if block is not None and block != Items("alone", ()):
            if title:
                found.append(_rubric(title, 3))
            found.append(show(view, part))
    return found
