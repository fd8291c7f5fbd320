"""The pages of papers and methods get their generated parts without asking for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from sphinx_papers.formats.exports.citation_style import REFERENCES
from sphinx_papers.formats.exports.dataset import SpanView
from sphinx_papers.formats.exports.downloads import BADGES
from sphinx_papers.formats.exports.export import BESIDE, EXPORTS
from sphinx_papers.formats.text.marked import STYLES, marked_spans
from sphinx_papers.model.display.text import Field, Fields, Listing, Paragraph, Span, joined, link
from sphinx_papers.model.records.depth import Depth, depth
from sphinx_papers.model.tables.select import Selection
from sphinx_papers.model.tables.table import TableSpec
from sphinx_papers.model.views.best_so_far import MethodChartView
from sphinx_papers.model.views.card import first_claim, lineage
from sphinx_papers.model.views.library_views import MethodPageView, PaperView, TableView
from sphinx_papers.model.views.related import RelatedView, candidates
from sphinx_papers.model.views.side_by_side import CentralView, CompareLinkView, SideBySideView
from sphinx_papers.model.views.view import View, value_of
from sphinx_papers.sphinx_ext.addresses import edit_address
from sphinx_papers.sphinx_ext.blocks.charts import draw
from sphinx_papers.sphinx_ext.blocks.comparing import compared
from sphinx_papers.sphinx_ext.blocks.lineages import relate
from sphinx_papers.sphinx_ext.blocks.nodes import show
from sphinx_papers.sphinx_ext.blocks.render import paragraph
from sphinx_papers.sphinx_ext.config import options
from sphinx_papers.sphinx_ext.context import PaperContext, paper_context

if TYPE_CHECKING:
    from sphinx_papers.model.records.library import Library

RESULTS = "Results"
REACHED = "Reported, and reached by others"
PRINTED = "As other papers print it"
RELATION = "Relation to other work"
SOURCES = "Sources"
CITE = "Cite"
RELATED = "Related papers"
PAPERS = "Papers"
SIDE_BY_SIDE = "Side by side"
_METHOD_COLUMNS = ("date", "name", "title", "venue", "links")


@dataclass(frozen=True)
class CiteView(View):
    """A paper as others cite it; made of what the page of the paper is made of."""

    key: str

    def value(self, library: Library) -> CiteParts | None:
        """Take what is written of the paper already; none for a page without a valid record."""
        if self.key not in library:
            return None
        paper = library[self.key]
        fields = [Field("Key", (Span(self.key),))]
        fields += [
            Field(name, marked_spans(REFERENCES[style].of(paper, library))) for style, name in STYLES.items()
        ]
        files = [link("file", f"papers/{each.file_of(self.key)}", each.suffix) for each in BESIDE]
        if first_claim(library.registry, paper) is not None:
            files.append(link("file", f"{BADGES}/{self.key}.svg", "badge"))
        return CiteParts(
            bibtex=Listing("bibtex", EXPORTS["bibtex"].part_of(paper, library).strip()),
            references=Fields("cite", tuple(fields)),
            files=Paragraph("files", (Span("Download: "), *joined(files, " \N{MIDDLE DOT} "))),
        )

    def words(self, library: Library, part: str) -> str:
        """Return nothing: it repeats what the card says."""
        return ""


@dataclass(frozen=True)
class CiteParts:
    """What stands under *Cite*."""

    bibtex: Listing
    references: Fields
    files: Paragraph
    """Links to the exports of the paper."""


@dataclass(frozen=True)
class PaperShapeView(View):
    """Which parts the page of a paper has; what they say is put in when it is written."""

    key: str

    def value(self, library: Library) -> tuple[bool, ...] | None:
        """Return whether each part is there; none for a page without a valid record."""
        paper = library.get(self.key)
        if paper is None:
            return None
        facts = (
            paper.summary,
            paper.chain,
            paper.results,
            paper.reproductions,
            paper.as_printed,
            paper.sources,
        )
        beside = lineage(library, paper), candidates(library, paper)
        return depth(paper, library.registry) is Depth.LISTED, *map(bool, (*facts, *beside))


@dataclass(frozen=True)
class ThereView(View):
    """Whether there is anything to show of another view."""

    of: View

    def value(self, library: Library) -> bool:
        """Return whether there is."""
        return value_of(self.of, library) is not None

    def basis(self, library: Library) -> object:
        """Return what the other is made of."""
        return self.of.basis(library)


class GeneratedParts(SphinxTransform):
    """Adds card, results, lineage and sources to a paper's page, chart and table to a method's."""

    # After the document is whole (docutils' own structure transforms end at 340), and
    # before Sphinx numbers and indexes what it finds.
    default_priority = 350

    def apply(self, **kwargs: Any) -> None:
        """Add the parts to the document that is being read."""
        docname = self.env.current_document.docname
        domain = paper_context(self.env)
        folder, _, name = docname.rpartition("/")
        if docname == self.env.config.root_doc:
            domain.note(docname, SpanView(), shapes=False)  # its head says it
        if name == "index":
            return
        if folder == "papers":
            self._paper(docname, name, domain)
        elif folder == self.env.config.papers_methods:
            self._method(docname, name, domain)

    def _paper(self, docname: str, key: str, domain: PaperContext) -> None:
        library, view = domain.library, PaperView(key)
        domain.note(docname, PaperShapeView(key))
        domain.note(docname, view, shapes=False)
        paper = library.get(key)
        if paper is None:  # warned of when the record was read
            self.env.metadata[docname]["orphan"] = ""
            return
        top = self._top()
        place = 1 if top.children and isinstance(top[0], nodes.title) else 0
        first: list[nodes.Node] = []
        if not place or paper.plain_title.casefold() not in top[0].astext().casefold():
            first.append(show(view, "title", screen=True))
        if paper.summary:
            first.append(show(view, "summary"))
        if depth(paper, library.registry) is Depth.LISTED:
            first.append(self._invitation(docname))
        # Other formats have no screen to save: there all facts stand in the place of the first.
        first += [show(view, "card", screen=True), show(view, "facts")]
        if paper.chain:
            first.append(show(view, "chain"))
        top[place:place] = first
        if paper.results:
            self._section(top, RESULTS)[1:1] = [show(view, "results"), show(view, "then")]
        for title, part, there in (
            (REACHED, "reached", paper.reproductions), (PRINTED, "printed", paper.as_printed),
        ):  # fmt: skip
            if there:
                self._section(self._section(top, RESULTS), title).append(show(view, part))
        if lineage(library, paper):
            self._section(top, RELATION).extend([show(view, "lineage"), relate(view, "relatives")])
        if paper.sources:
            self._section(top, SOURCES).append(show(view, "sources"))
        self._section(top, CITE).extend(
            show(CiteView(key), part) for part in ("bibtex", "references", "files")
        )
        domain.note(docname, RelatedView(key), shapes=False)
        if candidates(library, paper):
            self._section(top, RELATED).append(show(RelatedView(key)))
            if options(self.config).compare_page:
                domain.note(docname, CompareLinkView(key), shapes=False)
                self._section(top, RELATED).append(show(CompareLinkView(key), "choice"))

    def _invitation(self, docname: str) -> nodes.Element:
        """Return what a page says that nobody has written yet: how to, and where."""
        chosen = options(self.config)
        text = paragraph((Span("Nobody has written about this paper here yet. These are its facts."),))
        if edit := edit_address(self.env._app, docname):
            text += [nodes.Text(" "), nodes.reference("", "Write its summary", refuri=edit, internal=False)]
        if chosen.contributing:
            label = nodes.inline("", "how pages are written", classes=["doc"])
            guide = addnodes.pending_xref(
                "", label, refdomain="std", reftype="doc", reftarget=f"/{chosen.contributing}",
                refexplicit=True, refwarn=True,
            )  # fmt: skip
            text += [nodes.Text(" (" if edit else " See "), guide, nodes.Text(")." if edit else ".")]
        # A search should not find these words on hundreds of pages.
        return nodes.container("", text, classes=["sp-invitation", "no-search"])

    def _method(self, docname: str, slug: str, domain: PaperContext) -> None:
        domain.note(docname, MethodPageView(slug))
        method = domain.library.registry.methods.get(slug)
        if method is None:
            return
        top = self._top()
        top.insert(1, show(MethodPageView(slug)))
        spec = TableSpec(
            selection=Selection(where=(("method", (slug,)),)),
            columns=_METHOD_COLUMNS,
            caption=f"Papers: {method.name}",
        )
        domain.note(docname, TableView(spec), shapes=False)
        chart = MethodChartView(slug)
        domain.note(docname, chart, shapes=False)
        if domain.show(docname, ThereView(chart)):
            self._section(top, RESULTS).append(draw(chart))
        keys = domain.show(docname, CentralView(slug))
        if keys:
            beside = SideBySideView(keys)
            self._section(top, SIDE_BY_SIDE).extend(compared(beside, domain.show(docname, beside)))
        self._section(top, PAPERS).append(show(TableView(spec)))

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
        section = nodes.section("", nodes.title(title, title), names=[nodes.fully_normalize_name(title)])
        self.document.note_implicit_target(section, section)
        top.append(section)
        return section
