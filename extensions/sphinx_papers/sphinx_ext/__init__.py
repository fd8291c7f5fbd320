"""The glue between the collection and Sphinx."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_papers.sphinx_ext import config
from sphinx_papers.sphinx_ext.blocks import mathml
from sphinx_papers.sphinx_ext.blocks.boards import summarised, visit_summarised
from sphinx_papers.sphinx_ext.blocks.charts import drawn, visit_drawn
from sphinx_papers.sphinx_ext.blocks.comparing import choosing, visit_choosing
from sphinx_papers.sphinx_ext.blocks.lineages import related, visit_related
from sphinx_papers.sphinx_ext.blocks.nodes import MakeReady, shown, visit_shown
from sphinx_papers.sphinx_ext.blocks.paper_page import GeneratedParts
from sphinx_papers.sphinx_ext.citations.bibliography import LinearBibtexDomain, NotedCiteRole
from sphinx_papers.sphinx_ext.markup.directives import Bibliography
from sphinx_papers.sphinx_ext.markup.domain import PaperDomain, unresolved
from sphinx_papers.sphinx_ext.markup.prose import LastLook, clean, use_parser
from sphinx_papers.sphinx_ext.markup.roles import METHOD_ROLE, PAPER_ROLES
from sphinx_papers.sphinx_ext.output.agents import note_verbs
from sphinx_papers.sphinx_ext.output.epub import BookBuilder
from sphinx_papers.sphinx_ext.output.folder import Output
from sphinx_papers.sphinx_ext.output.previews import check_previews
from sphinx_papers.sphinx_ext.output.printed import STYLE, PrintedOrder, add_style, prepare
from sphinx_papers.sphinx_ext.output.site_zip import check_zip, offer_zip, write_zip
from sphinx_papers.sphinx_ext.output.twins import offer_twin
from sphinx_papers.sphinx_ext.output.writing import watch_writing
from sphinx_papers.sphinx_ext.reading.collection import Build
from sphinx_papers.sphinx_ext.reading.staleness import (
    begin_reading,
    end_reading,
    note_toctrees,
    reread,
    spare_hidden,
)
from sphinx_papers.sphinx_ext.site import head
from sphinx_papers.sphinx_ext.site.navigation import PageContext
from sphinx_papers.sphinx_ext.site.not_found import add_not_found
from sphinx_papers.sphinx_ext.site.page_text import note_text
from sphinx_papers.sphinx_ext.site.scripts import add_static, leave_out_unused
from sphinx_papers.sphinx_ext.site.search import add_entries, forget_words
from sphinx_papers.sphinx_ext.site.search_files import choose_search
from sphinx_papers.sphinx_ext.warnings import guard_log
from sphinx_papers.version import __version__, code_digest

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

_TEMPLATES = Path(__file__).parent / "templates"
# Before the handlers of sphinxcontrib-bibtex and of themes, which have 500.
_EARLY = 400
# After intersphinx has looked for an object in other projects, and when others have made a page's context.
_LATE = 900


def setup_extension(app: Sphinx) -> ExtensionMetadata:
    """Register everything with Sphinx."""
    guard_log()
    app.setup_extension("sphinxcontrib.bibtex")
    app.setup_extension("sphinx_papers.sphinx_ext.speedups")
    config.register(app)
    app.add_node(shown, html=(visit_shown, None))
    app.add_latex_package("pict2e")  # for charts
    app.add_latex_package(STYLE, after_hyperref=True)
    app.add_html_math_renderer("mathml", (mathml.visit_math, None), (mathml.visit_math_block, None))
    app.add_builder(BookBuilder, override=True)
    app.add_domain(PaperDomain)
    app.add_node(drawn, html=(visit_drawn, None))
    app.add_node(summarised, html=(visit_summarised, None))
    app.add_node(related, html=(visit_related, None))
    app.add_node(choosing, html=(visit_choosing, None))
    app.add_domain(LinearBibtexDomain, override=True)
    app.add_role("cite", NotedCiteRole(), override=True)
    app.add_directive("bibliography", Bibliography, override=True)
    app.add_role("paper", PAPER_ROLES["paper"])
    app.add_role("method", METHOD_ROLE)
    app.add_transform(LastLook)
    app.add_transform(GeneratedParts)
    app.add_post_transform(PrintedOrder)
    app.add_post_transform(MakeReady)
    build, context, output = Build(), PageContext(), Output()
    app.connect("config-inited", build.read, priority=_EARLY)
    app.connect("config-inited", add_templates)
    app.connect("config-inited", check_zip)
    app.connect("config-inited", check_previews)
    app.connect("config-inited", use_parser)
    app.connect("config-inited", add_style)
    app.connect("builder-inited", build.mount, priority=_EARLY)
    app.connect("builder-inited", add_static, priority=_EARLY)
    app.connect("builder-inited", prepare)
    app.connect("builder-inited", output.open, priority=_EARLY)
    app.connect("builder-inited", watch_writing)
    app.connect("builder-inited", choose_search)
    app.connect("source-read", clean)
    app.connect("doctree-read", note_toctrees)
    app.connect("doctree-read", note_text)
    app.connect("env-get-outdated", reread)
    app.connect("env-before-read-docs", begin_reading)
    app.connect("env-before-read-docs", note_verbs)
    app.connect("env-check-consistency", end_reading)
    app.connect("write-started", spare_hidden)
    app.connect("write-started", output.begin_exports)
    app.connect("env-updated", output.rewrite)
    app.connect("env-updated", context.begin)
    app.connect("missing-reference", unresolved, priority=_LATE)
    app.connect("html-page-context", context.fill, priority=_EARLY)
    app.connect("html-page-context", head.fill)
    app.connect("html-page-context", offer_zip)
    app.connect("html-page-context", offer_twin)
    app.connect("html-page-context", leave_out_unused, priority=_LATE)
    app.connect("html-collect-pages", forget_words)
    app.connect("html-collect-pages", add_entries)
    app.connect("html-collect-pages", add_not_found)
    app.connect("html-collect-pages", output.collect)
    app.connect("build-finished", output.close)
    app.connect("build-finished", write_zip, priority=_LATE)
    return {
        "version": __version__,
        "env_version": int.from_bytes(code_digest()[:6]),  # other code, another environment
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def add_templates(app: Sphinx, config: Config) -> None:
    """Add what stands around a page, where the theme is the one that it is made for."""
    if config.html_theme == "furo":
        config.templates_path.append(str(_TEMPLATES))
