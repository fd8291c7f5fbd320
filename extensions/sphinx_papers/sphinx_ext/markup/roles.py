"""Roles that name a paper or a method category in running text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxRole

from sphinx_papers.formats.exports.downloads import WHOLE, ExportView, export_names
from sphinx_papers.model.display.text import title_spans
from sphinx_papers.model.problem import did_you_mean
from sphinx_papers.model.views.library_views import MethodReferenceView, ReferenceView
from sphinx_papers.sphinx_ext.blocks.render import span_nodes
from sphinx_papers.sphinx_ext.context import PaperContext, paper_context
from sphinx_papers.sphinx_ext.warnings import warn

if TYPE_CHECKING:
    from collections.abc import Iterable


class _ObjectRole(SphinxRole):
    """Writes the name of an object as a link to its page.

    The text is decided while reading, so it is noted as a view and follows the record;
    only the address waits until every document is known. A text of the author's own is
    written ``text <key>``.
    """

    kind: str

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link."""
        own, _, key = self.text.strip().rpartition("<")
        if key.endswith(">"):
            own, key = own.strip(), key[:-1].strip()
        else:
            own, key = "", self.text.strip()
        found = self.shown(key)
        shown = [nodes.Text(own)] if own else found or [nodes.literal("", key)]
        link = addnodes.pending_xref(
            "", nodes.inline("", "", *shown, classes=[f"sp-{self.kind}-ref"], support_smartquotes=False),
            refdomain="paper", reftype=self.kind, reftarget=key, refexplicit=bool(own or found), refwarn=True,
        )  # fmt: skip
        if found is None:
            # Said when links are resolved, and no other project has such an object either.
            link["unknown"] = did_you_mean(key, self.known(), "see the list of pages for the keys there are")
        self.set_source_info(link)
        return [link], []

    def shown(self, key: str) -> list[nodes.Node] | None:
        """Return what the link shows; none if there is no object *key*."""
        raise NotImplementedError

    def known(self) -> Iterable[str]:
        """Return the keys that there are."""
        raise NotImplementedError

    @property
    def domain(self) -> PaperContext:
        """The domain of papers."""
        return paper_context(self.env)


class PaperRole(_ObjectRole):
    """Names a paper in one of three forms: its name, its title, or author and year."""

    kind = "paper"

    def __init__(self, form: str = "name") -> None:
        super().__init__()
        self.form = form

    def shown(self, key: str) -> list[nodes.Node] | None:
        """Return the paper's text in the role's form."""
        text = self.domain.show(self.env.current_document.docname, ReferenceView(key, self.form))
        library = self.domain.library
        if text is None:
            if key in library.unreadable:  # its page is there, and warned of already
                return [nodes.literal("", key)]
            return None
        return span_nodes(title_spans(text)) if self.form == "title" else [nodes.Text(text)]

    def known(self) -> Iterable[str]:
        """Return the keys of all papers."""
        return self.domain.library


class MethodRole(_ObjectRole):
    """Names a method category."""

    kind = "method"

    def shown(self, key: str) -> list[nodes.Node] | None:
        """Return the category's name."""
        text = self.domain.show(self.env.current_document.docname, MethodReferenceView(key))
        return None if text is None else [nodes.Text(text)]

    def known(self) -> Iterable[str]:
        """Return the slugs of all categories."""
        return self.domain.library.registry.methods


class FileRole(SphinxRole):
    """Links to an export of the collection, where the site has one."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link; formats without exports show the name alone."""
        name = self.text.strip()
        domain = paper_context(self.env)
        methods = self.env.config.papers_methods
        if not domain.show(self.env.current_document.docname, ExportView(name, methods)):
            known = export_names(domain.library, methods)
            hint = did_you_mean(name, known, "known are " + ", ".join(WHOLE))
            warn("unknown-file", f"unknown export `{name}` ({hint})", self.get_location())
            return [nodes.literal("", name)], []
        link = addnodes.pending_xref(
            "", nodes.literal("", name), refdomain="paper", reftype="file", reftarget=name, refexplicit=True,
        )  # fmt: skip
        return [link], []


PAPER_ROLES = {
    "paper": PaperRole("name"),
    "title": PaperRole("title"),
    "author-year": PaperRole("author-year"),
}
METHOD_ROLE = MethodRole()
FILE_ROLE = FileRole()
