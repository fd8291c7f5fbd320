"""What Sphinx, MyST and the theme work out anew for each page, though it is the same or simple.

Together these are a third of a build in plain Sphinx. Each is put in its place when a build
begins and taken away when it ends; what it gives is to the letter what it stands for, and
whatever is not as simple as it thinks is left to that.
"""

from __future__ import annotations

import logging
import sys
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any

import docutils.utils
import myst_parser.mdit_to_docutils.base
import myst_parser.parsers.sphinx_
import sphinx.builders
import sphinx.builders.html
import sphinx.environment.collectors.title
import sphinx.environment.collectors.toctree
import sphinx.events
import sphinx.util.docutils
from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search import IndexBuilder
from sphinx.transforms import SphinxSmartQuotes
from sphinx.transforms.post_transforms.code import HighlightLanguageTransform
from sphinx.util.logging import NAMESPACE, VERBOSITY_MAP
from sphinx.util.nodes import NodeMatcher

from sphinx_papers.sphinx_ext.savings import pages, reading
from sphinx_papers.sphinx_ext.savings.processes import PromptTasks, larger_pieces

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the savings; a site that has nothing else of this package may ask for them alone."""
    savings = Savings()
    app.connect("env-before-read-docs", savings.begin)
    app.connect("doctree-read", savings.read)
    app.connect("doctree-resolved", savings.resolved)
    app.connect("build-finished", savings.end)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class Savings:
    """What is replaced while a build runs."""

    def __init__(self) -> None:
        self._restore = ExitStack()
        self._parser: reading.Parser | None = None
        self._tasks: PromptTasks | None = None

    def begin(self, app: Sphinx, *_: object) -> None:
        """Put all in its place; runs before the first document is read."""
        self.end()
        self._parser = reading.Parser()
        self._replace(myst_parser.parsers.sphinx_, "create_md_parser", self._parser.instead)
        self._replace(myst_parser.mdit_to_docutils.base, "get_default_settings", reading.remembered_defaults)
        self._replace(sphinx.util.docutils, "_get_settings", reading.remembered_settings)
        self._replace(nodes.Node, "_fast_findall", lambda _: reading.found_in_order)
        self._replace(nodes.Node, "_superfast_findall", lambda _: reading.all_in_order)
        self._replace(NodeMatcher, "findall", lambda _: reading.matched_in_order)
        self._replace(docutils.utils, "normalize_language_tag", reading.asked_once)
        self._replace(SphinxSmartQuotes, "get_tokens", reading.spared_quotes)
        for collector in (sphinx.environment.collectors.title, sphinx.environment.collectors.toctree):
            self._replace(collector, "SphinxContentsFilter", reading.plain_contents)
        self._replace(HighlightLanguageTransform, "apply", reading.spared_visitors)
        self._spare_messages(app)
        if app.parallel > 1:
            self._begin_parallel(app.parallel)
        if isinstance(app.builder, StandaloneHTMLBuilder):
            self._begin_html(app, app.builder)

    def _spare_messages(self, app: Sphinx) -> None:
        """Make no messages that nobody sees: there is one of each event, in which all of a page stands."""
        level = VERBOSITY_MAP[max(app.verbosity, 0)]
        if level > logging.DEBUG:
            logger = logging.getLogger(NAMESPACE)
            self._restore.callback(logger.setLevel, logger.level)
            logger.setLevel(level)
            # The module asks for the builtin, so that a name of its own comes before it.
            sphinx.events.repr = lambda _: ""  # type: ignore[attr-defined]
            self._restore.callback(delattr, sphinx.events, "repr")

    def _begin_parallel(self, everyone: int) -> None:
        def tasks(nproc: int) -> PromptTasks:
            self._tasks = PromptTasks(nproc, everyone)
            return self._tasks

        self._replace(sphinx.builders, "ParallelTasks", lambda _: tasks)
        self._replace(sphinx.builders, "make_chunks", partial(larger_pieces, everyone))

    def _begin_html(self, app: Sphinx, builder: StandaloneHTMLBuilder) -> None:
        html = sphinx.builders.html
        # Static files are copied before a page is written.
        self._replace(html, "_file_checksum", reading.asked_once)
        self._replace(docutils.utils, "find_file_in_dirs", reading.asked_once)
        self._replace(IndexBuilder, "prune", lambda _: pages.pruned)
        builder.templates.environment.auto_reload = False
        if pages.usual_writer(app):
            self._replace(html, "document_toc", pages.written_toc)
            self._replace(builder, "render_partial", pages.remembered_titles)
        furo = sys.modules.get("furo")
        if furo is not None:
            self._replace(furo, "has_not_enough_items_to_show_toc", pages.counted_items)
            self._replace(furo, "get_navigation_tree", pages.ready_trees)

    def _replace(self, place: Any, name: str, instead: Callable[[Any], Any]) -> None:
        """Put what *instead* makes of a function in its place."""
        before = getattr(place, name)
        self._restore.callback(setattr, place, name, before)
        setattr(place, name, instead(before))

    def read(self, *_: object) -> None:
        """Take the parser back from the document that was read."""
        if self._parser is not None:
            self._parser.free()

    def resolved(self, *_: object) -> None:
        """Let no process wait while the main one resolves documents."""
        if self._tasks is not None:
            self._tasks.hand_out()

    def end(self, *_: object) -> None:
        """Take all away."""
        self._tasks = None
        self._restore.close()
