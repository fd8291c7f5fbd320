"""The twin of each page in Markdown, for agents: written when the page is, of the same document and the same values.

Nothing is built twice and no HTML is read: the document that Sphinx resolved for the page is walked once more, and its blocks,
which are values of the library until they are written, are written as Markdown.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from docutils import nodes
from sphinx import addnodes

from sphinx_papers.formats.storage.files import write_bytes
from sphinx_papers.formats.text.markdown import code, formula, without_markup
from sphinx_papers.model.display.text import Table, Target, paper_link
from sphinx_papers.model.tables.leaderboard import value_text
from sphinx_papers.model.views.board_index import BoardSummary, variant_spans
from sphinx_papers.model.views.field_map import FieldMap
from sphinx_papers.sphinx_ext.addresses import SITES, site_address
from sphinx_papers.sphinx_ext.blocks.boards import summarised
from sphinx_papers.sphinx_ext.blocks.charts import drawn
from sphinx_papers.sphinx_ext.blocks.comparing import choosing
from sphinx_papers.sphinx_ext.blocks.lineages import related
from sphinx_papers.sphinx_ext.blocks.marked_down import (
    Room,
    block_parts,
    escaped,
    fenced,
    linked,
    opened,
    spans_text,
)
from sphinx_papers.sphinx_ext.blocks.nodes import OF_SCRIPTS, shown, viewing
from sphinx_papers.sphinx_ext.context import PaperContext, paper_context
from sphinx_papers.sphinx_ext.failures import clear_errors

if TYPE_CHECKING:
    from sphinx.application import Sphinx


LLMS = "llms.txt"
"""The file in which agents look for what a site has."""
_ROOM = 40_000
"""Characters of the blocks of a page: an agent's tools cut a page off at 50,000 or 100,000."""
_SILENT = (nodes.comment, nodes.raw, nodes.target, nodes.substitution_definition, nodes.system_message, nodes.meta,
           addnodes.index, addnodes.toctree, addnodes.highlightlang, choosing)  # fmt: skip


def twin_file(docname: str) -> str:
    """Return the file of the twin of *docname*."""
    return f"{docname}.md"


def has_twins(app: Sphinx) -> bool:
    """Say whether the pages of this build have twins."""
    return bool(app.config.papers_agents and app.builder.name in SITES)


def offer_twin(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Write the twin of a page, and tell of it in the page's head."""
    if doctree is None or not has_twins(app):
        return
    text = Twin(app, pagename).text(doctree)
    with clear_errors("write a page"):
        write_bytes(app.outdir, twin_file(pagename), text.encode("utf-8", "replace"))
    links = SiteLinks(app, pagename)
    twin = context["papers_twin"] = links.beside(twin_file(pagename))
    context["papers_llms"] = links.beside(LLMS)
    tag = f'<link rel="alternate" type="text/markdown" title="Markdown" href="{escape(twin)}">\n'
    context["metatags"] = context.get("metatags", "") + tag


class SiteLinks:
    """Addresses as a page and its twin name them: whole ones where the site knows its own, else relative ones."""

    def __init__(self, app: Sphinx, docname: str) -> None:
        self._base = site_address(app.config)
        self._folder = posixpath.dirname(docname)
        self._page = posixpath.dirname(app.builder.get_target_uri(docname))

    def to(self, name: str) -> str:
        """Return the address of the file *name* of the site, as the twin names it."""
        return f"{self._base}{name}" if self._base else _relative(name, self._folder)

    def beside(self, name: str) -> str:
        """Return the address of the file *name* as the page itself names it."""
        return _relative(name, self._page)


@lru_cache(maxsize=1 << 14)
def _relative(name: str, folder: str) -> str:
    """Return the address of the file *name* as seen from *folder*; most pages of a folder lead to the same files."""
    found = posixpath.relpath(name or ".", folder or ".")
    if not name or name.endswith("/"):  # the page of a folder
        found += "/"
    return found if found.startswith("..") else f"./{found.removeprefix('./')}"


class Twin:
    """Writes the twin of one page."""

    def __init__(self, app: Sphinx, docname: str) -> None:
        self._app, self._docname = app, docname
        self._domain: PaperContext = paper_context(app.env)
        self._links = SiteLinks(app, docname)
        self._uri = app.builder.get_target_uri(docname)
        self._address = self._domain.addresses(app.builder, docname)
        self._room = Room(_ROOM, f"; {self._links.to('papers.json')} has all")
        self._footnotes: list[nodes.Element] = []

    def text(self, doctree: nodes.document) -> str:
        """Return the page as Markdown, with a line below its title that leads on."""
        parts = list(self._blocks(doctree.children, 1))
        page = self._links.to(self._uri)
        lead = f"> Index of this site for agents: {self._links.to(LLMS)}. This page in a browser: {page}"
        place = 1 if parts and parts[0].startswith("# ") else 0
        return "\n\n".join([*parts[:place], lead, *parts[place:]]) + "\n"

    # Blocks

    def _blocks(self, found: Iterable[nodes.Node], level: int) -> Iterator[str]:
        for node in found:
            yield from (part for part in self._block(node, level) if part.strip())

    def _block(self, node: nodes.Node, level: int) -> Iterator[str]:
        """Yield *node* as Markdown; what holds other blocks only is passed through."""
        match node:
            case nodes.Text():
                if node.strip():
                    yield opened(escaped(node.astext()).strip())
            case _ if isinstance(node, _SILENT):
                pass
            case viewing():
                yield from self._view(node)
            case nodes.section():
                yield from self._blocks(node.children, level + 1)
            case nodes.title():
                yield f"{'#' * min(6, max(1, level - 1))} {self._inline(node)}"
            case nodes.rubric():
                yield f"{'#' * min(6, int(node.get('heading-level', level)))} {self._inline(node)}"
            case nodes.paragraph() | addnodes.compact_paragraph():
                yield opened(self._inline(node))
            case nodes.literal_block() | nodes.doctest_block():
                yield fenced(node.astext(), str(node.get("language", "")).replace("none", ""))
            case nodes.math_block():
                yield f"$$\n{without_markup(node.astext().strip())}\n$$"
            case nodes.bullet_list():
                yield self._list(node, level, lambda place: "- ")
            case nodes.enumerated_list():
                start = int(node.get("start", 1))
                yield self._list(node, level, lambda place: f"{start + place}. ")
            case nodes.definition_list():
                yield from self._definitions(node, level)
            case nodes.field_list() | nodes.option_list():
                yield "\n".join(self._fields(node))
            case nodes.table():
                yield from self._table(node)
            case nodes.block_quote():
                yield _quoted(self._blocks(node.children, level))
            case nodes.Admonition():
                title = node.__class__.__name__.capitalize()
                yield _quoted([f"**{title}**", *self._blocks(node.children, level)])
            case nodes.footnote() | nodes.citation():
                label, *rest = node.children
                yield f"\\[{label.astext()}\\]: " + " ".join(self._blocks(rest, level))
            case nodes.image():
                if node.get("alt"):
                    yield f"Picture: {escaped(node['alt'])}"
            case nodes.line_block():
                yield "  \n".join(self._inline(line) for line in node.findall(nodes.line))
            case nodes.transition():
                yield "---"
            case addnodes.desc_signature():
                yield code(node.astext())
            case nodes.Element() if _is_inline(node):
                yield opened(self._inline(node))
            case nodes.Element():
                yield from self._blocks(node.children, level)

    def _list(self, node: nodes.Element, level: int, mark: Callable[[int], str]) -> str:
        items = []
        for place, item in enumerate(node.children):
            sign = mark(place)
            text = "\n".join(self._blocks(item.children, level))
            items.append(sign + text.replace("\n", "\n" + " " * len(sign)))
        return "\n".join(items)

    def _definitions(self, node: nodes.Element, level: int) -> Iterator[str]:
        for item in node.findall(nodes.definition_list_item):
            if item.parent is not node and not isinstance(item.parent, addnodes.glossary):
                continue
            terms = [self._inline(each) for each in item.children if isinstance(each, nodes.term)]
            bodies = [each for each in item.children if isinstance(each, nodes.definition)]
            first, *rest = [part for body in bodies for part in self._blocks(body.children, level)] or [""]
            yield f"**{', '.join(terms)}**: {first}"
            yield from rest

    def _fields(self, node: nodes.Element) -> Iterator[str]:
        for each in node.children:
            if isinstance(each, nodes.Element) and len(each.children) > 1:
                name, body = each.children[0], each.children[-1]
                text = " ".join(self._blocks(body.children, 1)).replace("\n", " ")
                yield f"- {self._inline(name) if isinstance(name, nodes.Element) else name}: {text}"

    def _table(self, node: nodes.table) -> Iterator[str]:
        titles = [each for each in node.children if isinstance(each, nodes.title)]
        yield from (f"**{self._inline(each)}**" for each in titles)
        lines: list[str] = []
        for row in node.findall(nodes.row):
            cells = [" ".join(self._blocks(entry.children, 1)).replace("\n", " ").replace("|", "\\|") for entry in row.children]  # fmt: skip
            if not lines and not isinstance(row.parent, nodes.thead):
                lines += [f"|{' |' * len(cells)}", f"|{' --- |' * len(cells)}"]
            lines.append(f"| {' | '.join(cells)} |")
            if len(lines) == 1:
                lines.append(f"|{' --- |' * len(cells)}")
        yield "\n".join(lines)

    def _view(self, node: viewing) -> Iterator[str]:
        """Yield what the extension shows: values of the library as they are now."""
        if isinstance(node, summarised):
            boards: Any = self._domain.value(node["view"])
            yield "\n".join(self._room.take(self._board(each)) for each in boards)
            return
        value: Any = self._domain.block(node)
        if value is None:
            return
        if isinstance(node, drawn):
            yield f"{escaped(value.caption)}. {escaped(value.note)}".strip()
            yield escaped(value.description)
            if value.numbers is not None:
                yield "The numbers as a table"
                yield f"**{escaped(value.numbers.caption)}**"
                yield from block_parts(value.numbers, self._target, self._room)
        elif isinstance(node, related):
            if isinstance(value, FieldMap):
                yield f"**{escaped(value.caption)}.** {escaped(value.description)}"
                yield from block_parts(value.table, self._target, self._room)
                yield spans_text(value.rest, self._target)
        elif isinstance(node, shown) and node["part"] not in OF_SCRIPTS:
            caption = value.caption if isinstance(value, Table) and value.size else ""
            if caption:
                yield f"**{escaped(caption)}**"
            yield from block_parts(value, self._target, self._room)

    def _board(self, board: BoardSummary) -> str:
        """Return a board with the best of its largest groups, as the page lists it."""
        others = f", {board.others} more group{'' if board.others == 1 else 's'}" if board.others > 0 else ""
        title = linked(escaped(board.title), self._target(Target("benchmark", board.benchmark)))
        counted = f"{board.size} result{'' if board.size == 1 else 's'}{others}; {escaped(board.metric)}"
        lines = [f"- {title}\n\n  {counted}\n"]
        for each in board.leagues:
            name = spans_text((paper_link(each.best.paper), *variant_spans(each.best)), self._target)
            value = value_text(each.best.result.value)
            lines.append(f"  - {escaped(each.name)}: **{value}** {name}, {each.best.paper.year}")
        return "\n".join(lines)

    # Inline

    def _inline(self, node: nodes.Element) -> str:
        return "".join(self._words(each) for each in node.children).strip()

    def _words(self, node: nodes.Node) -> str:
        match node:
            case nodes.Text():
                return escaped(node.astext())
            case _ if isinstance(node, _SILENT):
                return ""
            case nodes.literal():
                return code(node.astext())
            case nodes.math():
                return formula(node.astext())
            case nodes.strong():
                return self._marked(node, "**")
            case nodes.emphasis() | nodes.title_reference():
                return self._marked(node, "*")
            case nodes.reference():
                text = "".join(self._words(each) for each in node.children)
                return linked(text, self._site_link(node["refuri"])) if "refuri" in node else text
            case addnodes.download_reference():
                text = "".join(self._words(each) for each in node.children)
                return (
                    linked(text, self._links.to(f"_downloads/{node['filename']}"))
                    if "filename" in node
                    else text
                )
            case nodes.footnote_reference():
                return f"\\[{node.astext()}\\]"
            case nodes.image():
                return escaped(node.get("alt", ""))
            case shown():
                value: Any = self._domain.block(node)
                return " ".join(block_parts(value, self._target, self._room)) if value is not None else ""
            case nodes.Element():
                return "".join(self._words(each) for each in node.children)
        return ""

    def _marked(self, node: nodes.Element, mark: str) -> str:
        text = "".join(self._words(each) for each in node.children)
        return text.replace(text.strip(), f"{mark}{text.strip()}{mark}", 1) if text.strip() else text

    # Addresses

    def _target(self, target: Target) -> str:
        if target.kind == "url":
            return target.id
        if target.kind == "file":
            return self._links.to(target.id)
        return self._site_link(self._address(target))

    def _site_link(self, uri: str) -> str:
        """Return the address *uri* of the page as the twin names it: of pages the twins; of a place on the page itself none."""
        path, _, _ = uri.partition("#")
        if "://" in path or path.startswith(("mailto:", "/")):
            return uri
        if not path:
            return ""
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(self._uri), unquote(path)))
        docname = documents(self._app).get("" if whole == "." else whole)
        return self._links.to(twin_file(docname) if docname else whole)


def documents(app: Sphinx) -> dict[str, str]:
    """Return the documents by their addresses within the site."""
    builder: Any = app.builder
    known: tuple[int, dict[str, str]] | None = vars(builder).get("papers_documents")
    if known is None or known[0] != len(app.env.found_docs):
        found = {builder.get_target_uri(name).rstrip("/"): name for name in app.env.found_docs}
        known = vars(builder)["papers_documents"] = (len(found), found)
    return known[1]


def _is_inline(node: nodes.Element) -> bool:
    return isinstance(node, nodes.Inline | nodes.TextElement) and not any(
        isinstance(each, nodes.Body) and not isinstance(each, nodes.Inline) for each in node.children
    )


def _quoted(parts: Iterable[str]) -> str:
    return "\n>\n".join("> " + part.replace("\n", "\n> ") for part in parts)
