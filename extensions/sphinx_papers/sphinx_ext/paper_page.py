"""The pages of papers and methods get their generated parts without asking for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinx_papers.formats.bibtex import written_entry
from sphinx_papers.model.select import Selection
from sphinx_papers.model.table import TableSpec
from sphinx_papers.model.text import Line, Span
from sphinx_papers.model.view import MethodPageView, PaperParts, PaperView, TableView
from sphinx_papers.sphinx_ext.nodes import show

if TYPE_CHECKING:
    from sphinx_papers.model.library import Library
    from sphinx_papers.sphinx_ext.domain import PaperDomain

RESULTS = "Results"
RELATION = "Relation to other work"
SOURCES = "Sources"
CITE = "Cite"
PAPERS = "Papers"
EMPTY = Line("empty", (Span("No papers yet."),))
_METHOD_COLUMNS = ("date", "name", "title", "venue", "links")


@dataclass(frozen=True, slots=True)
class BibtexView:
    """A paper as BibTeX."""

    key: str

    def value(self, library: Library) -> str:
        """Write the entry; empty for a page without a valid record."""
        return written_entry(library, self.key).strip() if self.key in library else ""


class GeneratedParts(SphinxTransform):
    """Adds card, results, lineage and sources to a paper's page, the table to a method's."""

    # After the document is whole (docutils' own structure transforms end at 340), and
    # before Sphinx numbers and indexes what it finds.
    default_priority = 350

    def apply(self, **kwargs: Any) -> None:
        """Add the parts to the document that is being read."""
        docname = self.env.current_document.docname
        domain: PaperDomain = self.env.domains["paper"]  # type: ignore[assignment]
        folder, _, name = docname.rpartition("/")
        if name == "index":
            return
        if folder == "papers":
            self._paper(docname, name, domain)
        elif folder == self.env.config.papers_methods:
            self._method(docname, name, domain)

    def _paper(self, docname: str, key: str, domain: PaperDomain) -> None:
        parts: PaperParts | None = domain.show(docname, PaperView(key))
        if parts is None:  # warned of when the record was read
            self.env.metadata[docname]["orphan"] = ""
            return
        top = self._top()
        place = 1 if top.children and isinstance(top[0], nodes.title) else 0
        top[place:place] = [show(Line("summary", (Span(parts.summary),))), show(parts.card)]
        if parts.results:
            self._section(top, RESULTS).insert(1, show(parts.results))
        if parts.lineage.fields:
            self._section(top, RELATION).append(show(parts.lineage))
        if parts.sources.fields:
            self._section(top, SOURCES).append(show(parts.sources))
        bibtex: str = domain.show(docname, BibtexView(key))
        self._section(top, CITE).append(
            nodes.literal_block(bibtex, bibtex, language="none", classes=["no-search"])
        )

    def _method(self, docname: str, slug: str, domain: PaperDomain) -> None:
        summary: str | None = domain.show(docname, MethodPageView(slug))
        if summary is None:
            return
        top = self._top()
        top.insert(1, show(Line("summary", (Span(summary),))))
        method = domain.library.registry.methods[slug]
        spec = TableSpec(
            selection=Selection(where=(("method", (slug,)),)),
            columns=_METHOD_COLUMNS,
            caption=f"Papers: {method.name}",
        )
        table = domain.show(docname, TableView(spec))
        self._section(top, PAPERS).append(show(table if table.size else EMPTY))

    def _top(self) -> nodes.Element:
        """Return the section of the page's title."""
        for child in self.document.children:
            if isinstance(child, nodes.section):
                return child
        return self.document

    def _section(self, top: nodes.Element, title: str) -> nodes.Element:
        """Return the section of that title, added at the end where there is none."""
        for child in top.children:
            if isinstance(child, nodes.section) and child[0].astext() == title:
                return child
        section = nodes.section("", nodes.title("", title), names=[nodes.fully_normalize_name(title)])
        self.document.note_implicit_target(section, section)
        top.append(section)
        return section
