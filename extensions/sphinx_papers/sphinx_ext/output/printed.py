"""The printed book: the site's documents in the order of a book, without what only a screen can use.

Sphinx puts the documents of a table of contents where that stands, so pages became parts of
the last section of the page that lists them, and a paper stood four levels deep. Before anything is shown or resolved
the documents are arranged: one below another at the end of the page that lists them, a chapter
for each year, in it a section for each paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_papers.formats.storage.places import INDEX
from sphinx_papers.formats.text.latex import encode
from sphinx_papers.model.records.depth import Depth, depth
from sphinx_papers.model.views.library_views import TableView
from sphinx_papers.model.views.related import RelatedView
from sphinx_papers.model.views.side_by_side import CompareLinkView
from sphinx_papers.sphinx_ext.addresses import group_document
from sphinx_papers.sphinx_ext.blocks.nodes import shown
from sphinx_papers.sphinx_ext.blocks.paper_page import CiteView
from sphinx_papers.sphinx_ext.config import options
from sphinx_papers.sphinx_ext.context import PAPERS, paper_context

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinx_papers.model.records.paper import Paper

_CLASSES = frozenset({"no-print", "sp-invitation"})
"""Classes of containers that the book leaves out: those that say so, and what asks to write a page."""
STYLE = "sphinx-papers"
_FALLBACK = r"""
%% What the fonts of the book lack, such as Chinese, comes from Debian's fonts-droid-fallback, where that is installed.
\ifnum\directlua{tex.sprint(kpse.find_file("DroidSansFallbackFull.ttf", "truetype fonts") and 1 or 0)}=1
  \directlua{luaotfload.add_fallback("sppapers", {"file:DroidSansFallbackFull.ttf:mode=node;"})}
  \defaultfontfeatures{RawFeature={fallback=sppapers}}
\fi
"""
_FOLDER = Path(__file__).parent.parent / "texinputs"


def add_style(app: Sphinx, config: Config) -> None:
    """Give LaTeX the style of the book."""
    config.latex_additional_files = [*config.latex_additional_files, str(_FOLDER / f"{STYLE}.sty")]


def prepare(app: Sphinx) -> None:
    """Date the book by its newest record, as the day of a build would make each differ, and see to names in any script."""
    if app.builder.format != "latex":
        return
    context: dict[str, Any] = app.builder.context  # type: ignore[attr-defined]
    if not app.config.today:
        context["date"] = newest_day(paper_context(app.env).library.values())
    if app.config.latex_engine == "lualatex":
        context["fontpkg"] = _FALLBACK + context["fontpkg"]


class PrintedOrder(SphinxPostTransform):
    """Arranges the documents of the book."""

    # Before blocks become ordinary nodes (5) and references are resolved (10).
    default_priority = 1
    builders = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Arrange the documents, which are all in one by now."""
        for file in _files(self.document):
            for child in file.children:  # which Sphinx has left with the documents that they were taken from
                child.parent = file
        self._leave_out()
        # The innermost first: then each file has its own at its end when it is moved itself.
        for file in [*_files(self.document)][::-1]:
            _hoist(file)
        _hoist(self.document)
        self._open()
        self._order()
        for file in _files(self.document):
            folder, _, key = file["docname"].rpartition("/")
            if folder == PAPERS:
                self._paper(file, key)

    def _leave_out(self) -> None:
        """Drop documents with all that they list, and containers; what led to a document is words now."""
        unprinted = set(options(self.config).unprinted)
        for file in [*_files(self.document)]:
            if file["docname"] in unprinted:
                gone = {each["docname"] for each in _files(file)}
                self.env._app.builder.docnames -= gone  # type: ignore[attr-defined]
                _drop(file)
        for part in [*self.document.findall(lambda node: isinstance(node, nodes.container | nodes.rubric))]:
            if not _CLASSES.isdisjoint(part["classes"]):  # type: ignore[index]
                _drop(part)  # type: ignore[arg-type]

    def _open(self) -> None:
        """Make what the first page says a chapter without a number, if it says anything."""
        top = _top(self.document)
        title = next(iter(top.findall(nodes.title)), None)
        if title is not None and not isinstance(top[1:2] and top[1], addnodes.start_of_file):
            top.insert(1, _raw(f"\\spopening{{{encode(title.astext())}}}"))

    def _order(self) -> None:
        """Put the papers, a chapter for each year, before the bibliography, and the authors behind it."""
        top, found = _top(self.document), {file["docname"]: file for file in _files(self.document)}
        bibliography = found.get(options(self.config).bibliography_page)
        years = found.get(group_document("year", INDEX))
        if years is not None:
            chapters = [
                each for each in _listed(years) if each["docname"].startswith(group_document("year", ""))
            ]
            for chapter in chapters:
                self._year(chapter)
            chapters.insert(0, _chapter(years))
            for chapter in chapters:
                chapter.parent.remove(chapter)
            place = top.index(bibliography) if bibliography in top.children else len(top)
            top[place:place] = chapters
        if (authors := found.get(group_document("author", INDEX))) is not None:
            authors.parent.remove(authors)
            top.append(authors)

    def _year(self, file: addnodes.start_of_file) -> None:
        """Name the chapter, leave out the table, which says what follows, and put papers with nothing but facts last."""
        top = _top(file)
        title = next(iter(top.findall(nodes.title)))
        name = title.astext()
        title.clear()
        title += nodes.Text(f"Papers of {name}")
        for table in [
            each for each in top.children if isinstance(each, shown) and isinstance(each["view"], TableView)
        ]:
            top.remove(table)
        papers = _listed(file)
        for each in papers:
            top.remove(each)
        papers = [*(p for p in papers if not self._is_listed(p)), *(p for p in papers if self._is_listed(p))]
        top.extend(papers)
        if papers:
            papers[0]["opens"] = True  # on the page on which the chapter begins

    def _paper(self, file: addnodes.start_of_file, key: str) -> None:
        """Begin a page, name the paper at its head, and leave out what is there to be copied or clicked."""
        for block in [*file.findall(shown)]:
            if isinstance(block["view"], CiteView | RelatedView | CompareLinkView):
                section = block.parent
                section.remove(block)
                if len(section) < 2:  # its title
                    section.parent.remove(section)
        paper = paper_context(self.env).library.get(key)
        if paper is not None:
            start = "\\spbelow" if self._is_listed(file) else "" if "opens" in file else "\\sppage"
            file.insert(0, _raw(f"{start}\\sppaper{{{encode(paper.name)}}}"))

    def _is_listed(self, file: nodes.Element) -> bool:
        """Say whether the page of a paper has nothing but its record."""
        library = paper_context(self.env).library
        paper = library.get(file["docname"].rpartition("/")[2])
        return paper is None or depth(paper, library.registry) is Depth.LISTED


def newest_day(papers: Iterable[Paper]) -> str:
    """Return the last day on which anything in the records was added or read; empty where none is known."""
    days = (day for paper in papers for day in (paper.added, *(s.checked for s in paper.sources.values())))
    return max((str(day) for day in days if day is not None), default="")


def _files(node: nodes.Element) -> Iterator[addnodes.start_of_file]:
    """Yield the documents within *node*, in order."""
    return node.findall(addnodes.start_of_file)


def _top(file: nodes.Element) -> nodes.Element:
    """Return the section of the title of a document."""
    return next((each for each in file.children if isinstance(each, nodes.section)), file)


def _listed(file: nodes.Element) -> list[addnodes.start_of_file]:
    """Return the documents that *file* lists, once they are at its end."""
    return [each for each in _top(file).children if isinstance(each, addnodes.start_of_file)]


def _owner(node: nodes.Element) -> nodes.Element:
    """Return the document that holds *node*."""
    parent = node.parent
    while not isinstance(parent, addnodes.start_of_file | nodes.document):
        parent = parent.parent
    return parent


def _chapter(file: addnodes.start_of_file) -> addnodes.start_of_file:
    """Return the document of the first level that holds *file*."""
    while isinstance(owner := _owner(file), addnodes.start_of_file):
        file = owner
    return file


def _hoist(file: nodes.Element) -> None:
    """Put the documents that *file* lists at its end, below none of its own sections."""
    top = _top(file)
    for each in [each for each in _files(file) if each is not file and _owner(each) is file]:
        _drop(each)
        top.append(each)


def _drop(node: nodes.Element) -> None:
    """Take *node* out, and what held nothing else."""
    parent = node.parent
    parent.remove(node)
    if isinstance(parent, nodes.compound) and not parent.children:
        parent.parent.remove(parent)


def _raw(text: str) -> nodes.raw:
    return nodes.raw("", f"\n{text}\n", format="latex")
