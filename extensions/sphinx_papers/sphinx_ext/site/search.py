"""What Sphinx's search knows of the pages beyond their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.util.index_entries import split_index_msg
from sphinx.util.logging import getLogger

from sphinx_papers.sphinx_ext.context import paper_context

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

_logger = getLogger(__name__)
_KEPT = ("_mapping", "_title_mapping", "_titles", "_index_entries")


def _index(app: Sphinx) -> Any:
    """Return the search index, if it keeps its words as we know it; without that it stays as Sphinx makes it."""
    index = getattr(app.builder, "indexer", None)
    if index is None or all(isinstance(getattr(index, name, None), dict) for name in _KEPT):
        return index
    _logger.verbose("papers: the search index is not as we know it, and has no entries of papers")
    return None


def forget_words(app: Sphinx) -> Iterable[tuple[str, dict[str, Any], str]]:
    """Take words without a page out of the search index; Sphinx keeps them with an empty list."""
    index = _index(app)
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
    index = _index(app)
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
