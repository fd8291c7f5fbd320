"""Pages of papers and methods are read by a parser that takes out what they may not hold.

Other documents are the site's own, and are read by MyST as ever.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.parsers.sphinx_ import MystParser
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util.i18n import search_image_for_language
from sphinx.util.nodes import get_node_line

from sphinx_papers.formats.checks.safe_prose import (
    SYNTAX,
    Ground,
    Guard,
    guard_plugin,
    guarded,
    is_safe_image,
    is_safe_label,
    is_safe_link,
    root_of,
    safe_text_of,
    text_findings,
)
from sphinx_papers.formats.storage.places import SUFFIX
from sphinx_papers.formats.text.tex import refused_tex
from sphinx_papers.sphinx_ext.context import paper_context
from sphinx_papers.sphinx_ext.warnings import warn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it import MarkdownIt
    from myst_parser.config.main import MdParserConfig
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from sphinx_papers.model.rules.editorial import Finding

# Line breaks are the only raw text that MyST itself makes of the syntax that pages may use.
_BREAKS = frozenset({("html", "<br />\n"), ("latex", "\\\\\n")})


_root_of = cache(root_of)  # asked for thrice a page, and it looks at the disk


def ground(env: BuildEnvironment, docname: str) -> Ground | None:
    """Return where *docname* stands if it is the page of a paper or a method; nothing for the site's own documents.

    An index in the source directory is the site's own.
    """
    places = paper_context(env).places
    if places is None:
        return None
    file = Path(env.doc2path(docname))
    if not (file.is_relative_to(places.papers) or file.is_relative_to(places.methods)):
        return None
    if file.stem == "index" and file.is_relative_to(env.srcdir):
        return None
    return Ground(file, _root_of(places.papers, places.methods))


def clean(app: Sphinx, docname: str, content: list[str]) -> None:
    """Keep front matter, which MyST would obey, and invisible characters from the parser.

    Runs on ``source-read``. What else than Markdown is among these pages is not read at all.
    """
    here = ground(app.env, docname)
    if here is None:
        return
    if here.file.suffix == SUFFIX:
        _say(text_findings(content[0]), here)
        content[0] = safe_text_of(content[0])
    else:
        content[0] = ""
        warn("unreadable", f"pages of papers and methods end in {SUFFIX}", docname)


def _say(findings: Iterable[Finding], here: Ground) -> None:
    for finding in findings:
        place = f"{os.path.relpath(here.file)}:{finding.position.line}:{finding.position.column}"
        warn(finding.code, f"{finding.message} ({finding.hint})", place)


class PageParser(MystParser):
    """MyST's parser, guarded for the pages of papers and methods."""

    _made: tuple[MdParserConfig, MarkdownIt] | None = None

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Parse *inputstring*, and warn of each thing that is taken out of it."""
        env: BuildEnvironment = document.settings.env
        here = ground(env, env.current_document.docname)
        if here is None:
            super().parse(inputstring, document)
            return
        guard = Guard(here, inputstring.split("\n"))
        parser = self._parser(env.myst_config)  # type: ignore[attr-defined]
        parser.options["document"] = document
        parser.render(inputstring, guarded(guard))
        _say(guard.findings, here)

    @classmethod
    def _parser(cls, config: MdParserConfig) -> MarkdownIt:
        """Return the parser, made once: it has forty rules to put in order, and keeps nothing of a page."""
        if cls._made is None or cls._made[0] is not config:
            own = replace(
                config, enable_extensions=config.enable_extensions & SYNTAX, substitutions={},
                fence_as_directive=set(), all_links_external=False, commonmark_only=False, gfm_only=False,
                url_schemes=dict.fromkeys(("http", "https", "mailto")),
            )  # fmt: skip
            cls._made = config, create_md_parser(own, SphinxRenderer).use(guard_plugin)
        return cls._made[1]


def use_parser(app: Sphinx, config: Config) -> None:
    """Have documents in Markdown read by :class:`PageParser`; runs when all extensions are there."""
    app.add_source_parser(PageParser, override=True)


class LastLook(SphinxTransform):
    """Takes out of a page what it may not show, however it came there."""

    # Before images and downloads are collected, and anything is added to the page.
    default_priority = 349

    def apply(self, **kwargs: Any) -> None:
        """Look at the document that is being read."""
        here = ground(self.env, self.env.current_document.docname)
        if here is None:
            return
        kinds = (
            nodes.raw, nodes.image, nodes.reference, nodes.math, nodes.math_block, addnodes.download_reference,
        )  # fmt: skip
        for node in [each for each in self.document.findall(nodes.Element) if isinstance(each, kinds)]:
            if not self._fits(node, here):
                place = f"{os.path.relpath(here.file)}:{get_node_line(node) or 1}"
                warn("html", f"pages may not show this {node.tagname}", place)
                node.parent.remove(node)

    def _fits(self, node: nodes.Node, here: Ground) -> bool:
        match node:
            case nodes.raw():
                return (node["format"], node.astext()) in _BREAKS
            case nodes.image():
                # A language may have a file of its own.
                path, _ = self.env.relfn2path(node["uri"], self.env.current_document.docname)
                file = os.path.normpath(self.env.srcdir / search_image_for_language(path, self.env))
                return "://" not in node["uri"] and is_safe_image(file, here)
            case addnodes.download_reference():  # a kind of reference
                return is_safe_link(node["reftarget"], here)
            case nodes.reference():
                return "refuri" not in node or is_safe_link(node["refuri"], here)
            case nodes.math() | nodes.math_block():
                return refused_tex(node.astext().strip()) is None and is_safe_label(node.get("label") or "a")
        return True
