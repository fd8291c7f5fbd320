"""What a document says, noted as it is read: the search is made of it, whichever pages a build writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_papers.formats.search.records import PageText
from sphinx_papers.formats.search.words import STOP_WORDS, words
from sphinx_papers.sphinx_ext.context import paper_context

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_LONGEST = 200
"""Characters of a text that a result shows."""


def note_text(app: Sphinx, doctree: nodes.document) -> None:
    """Note what the document that was read says, unless Sphinx's own search is wanted."""
    if app.config.papers_search != "sphinx":
        paper_context(app.env).data["texts"][app.env.current_document.docname] = page_text(doctree)


def page_text(doctree: nodes.document) -> PageText:
    """Return what *doctree* says, without what is marked as nothing to search."""
    titles: list[tuple[str, str]] = []
    texts: list[str] = []
    terms: list[tuple[str, str, str]] = []
    opening = ""
    for node in _searched(doctree):
        if isinstance(node, nodes.Text):
            texts.append(node)
        elif isinstance(node, nodes.title) and isinstance(node.parent, nodes.section):
            titles.append((node.astext(), node.parent["ids"][0]))
        elif isinstance(node, nodes.paragraph) and isinstance(node.parent, nodes.section) and not opening:
            opening = shortened(_running(node))
        elif isinstance(node, addnodes.glossary):
            terms += _terms(node)
    return PageText(
        title=titles[0][0] if titles else "",
        headings=tuple(titles[1:]),
        opening=opening,
        # A line for each text: no word goes on in the next.
        words=tuple(sorted({*words("\n".join(texts))} - STOP_WORDS)),
        terms=tuple(terms),
    )


def _searched(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield what Sphinx's own search would look at, in order."""
    if isinstance(node, (nodes.comment, nodes.raw, addnodes.toctree)):
        return
    if isinstance(node, nodes.Element) and "no-search" in node["classes"]:
        return
    yield node
    for child in node.children:
        yield from _searched(child)


def _terms(glossary: addnodes.glossary) -> Iterator[tuple[str, str, str]]:
    for item in glossary.findall(nodes.definition_list_item):
        explained = shortened(" ".join(_running(each) for each in item.findall(nodes.definition)))
        for term in item.findall(nodes.term):
            if term["ids"]:
                yield " ".join(each.astext() for each in term.findall(nodes.Text)), term["ids"][0], explained


def _running(node: nodes.Element) -> str:
    """Return the text of *node* without citations, which are keys still; formulas are left as they are written."""
    texts = [each.astext() for each in node.findall(nodes.Text) if not _in_citation(each)]
    return re.sub(r"\s+([.,;:)])", r"\1", "".join(texts))


def _in_citation(text: nodes.Text) -> bool:
    above = text.parent.parent if isinstance(text.parent, nodes.inline) else text.parent
    return isinstance(above, addnodes.pending_xref) and above["refdomain"] == "cite"


def shortened(text: str) -> str:
    """Return *text* on one line, cut between words where it is longer than a result shows."""
    text = " ".join(text.split())
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rpartition(" ")[0] + "\N{HORIZONTAL ELLIPSIS}"
