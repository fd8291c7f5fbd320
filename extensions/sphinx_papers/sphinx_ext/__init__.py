"""The glue between the collection and Sphinx."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_papers.sphinx_ext import bibliography_style, config, mathml
from sphinx_papers.sphinx_ext.bibliography import LinearBibtexDomain, LinkEntries
from sphinx_papers.sphinx_ext.collection import Build, empty_record
from sphinx_papers.sphinx_ext.domain import PaperDomain, unresolved
from sphinx_papers.sphinx_ext.exports import write_exports
from sphinx_papers.sphinx_ext.leftovers import Leftovers
from sphinx_papers.sphinx_ext.navigation import PageContext
from sphinx_papers.sphinx_ext.nodes import shown, visit_shown
from sphinx_papers.sphinx_ext.paper_page import GeneratedParts
from sphinx_papers.sphinx_ext.render import BlocksBeyondHTML
from sphinx_papers.sphinx_ext.roles import METHOD_ROLE, PAPER_ROLES
from sphinx_papers.sphinx_ext.staleness import reread, rewrite
from sphinx_papers.version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

_STATIC = Path(__file__).parent / "static"
# Before the handlers of sphinxcontrib-bibtex and of themes, which have 500.
_EARLY = 400
# After intersphinx has looked for an object in other projects.
_LATE = 900


def setup_extension(app: Sphinx) -> ExtensionMetadata:
    """Register everything with Sphinx."""
    app.setup_extension("sphinxcontrib.bibtex")
    config.register(app)
    bibliography_style.register()
    app.add_node(shown, html=(visit_shown, None))
    app.add_html_math_renderer("mathml", (mathml.visit_math, None), (mathml.visit_math_block, None))
    app.add_domain(PaperDomain)
    app.add_domain(LinearBibtexDomain, override=True)
    app.add_role("paper", PAPER_ROLES["paper"])
    app.add_role("method", METHOD_ROLE)
    app.add_transform(GeneratedParts)
    app.add_post_transform(BlocksBeyondHTML)
    app.add_post_transform(LinkEntries)
    build, context, leftovers = Build(), PageContext(), Leftovers()
    app.connect("config-inited", build.read, priority=_EARLY)
    app.connect("builder-inited", build.mount, priority=_EARLY)
    app.connect("builder-inited", add_static, priority=_EARLY)
    app.connect("source-read", empty_record)
    app.connect("env-get-outdated", reread)
    app.connect("env-updated", rewrite)
    app.connect("env-updated", context.begin)
    app.connect("missing-reference", unresolved, priority=_LATE)
    app.connect("html-page-context", context.fill, priority=_EARLY)
    app.connect("env-get-outdated", leftovers.note)
    app.connect("html-collect-pages", leftovers.forget_words)
    app.connect("build-finished", leftovers.remove)
    app.connect("build-finished", write_exports)
    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def add_static(app: Sphinx) -> None:
    """Add the style sheet to sites in HTML."""
    if app.builder.format == "html":
        app.config.html_static_path.append(str(_STATIC))
        app.add_css_file("sphinx-papers.css")
