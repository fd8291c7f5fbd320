"""What Sphinx's search knows of the pages beyond their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.util.index_entries import split_index_msg

from sphinx_papers.sphinx_ext.context import paper_context

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx


def forget_words(app: Sphinx) -> Iterable[tuple[str, dict[str, Any], str]]:
    """Take words without a page out of the search index; Sphinx keeps them with an empty list."""
    index = getattr(app.builder, "indexer", None)
    if index is not None:
        for words in (index._mapping, index._title_mapping):
            for word in [word for word, pages in words.items() if not pages]:
                del words[word]
    return ()


def add_entries(app: Sphinx) -> Iterable[tuple[str, dict[str, Any], str]]:
    """Make the index entries of the search those that there are, and add those of papers and methods.

    An entry is found by its whole text, digits and all, which Sphinx leaves out of its words:
    so a page is found by the number of a preprint. Sphinx keeps the entries only of documents
    that it has just written, and they would be lost in the next build.
    """
    index = getattr(app.builder, "indexer", None)
    if index is not None:
        domain = paper_context(app.env)
        written = app.env.domains.index_domain.entries
        own = domain.own_words()
        index._index_entries = {
            docname: sorted(
                {
                    *_entries(written.get(docname, ())),
                    *((words, "", "main") for words in own.get(docname, ())),
                }
            )
            for docname in sorted(index._titles)
        }
    return ()


def _entries(entries: Iterable[tuple[str, str, str, str, str | None]]) -> Iterable[tuple[str, str, str]]:
    """Yield text, anchor and rank of *entries* as Sphinx does for a document that it writes."""
    for kind, value, anchor, main, _ in entries:
        try:
            parts = split_index_msg(kind, value)
        except ValueError:
            continue
        for part in parts:
            yield part, anchor or "", main
