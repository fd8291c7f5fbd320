"""What an earlier build left that a build from nothing would not have made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class Leftovers:
    """Removes the output of documents that are gone, and words that no page holds any more."""

    def __init__(self) -> None:
        self._gone: set[str] = set()

    def note(
        self, app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
    ) -> list[str]:
        """Remember which documents are gone; re-reads none."""
        self._gone = set(removed)
        return []

    def forget_words(self, app: Sphinx) -> Iterable[tuple[str, dict[str, Any], str]]:
        """Take words without a page out of the search index; Sphinx keeps them with an empty list."""
        index = getattr(app.builder, "indexer", None)
        if index is not None:
            for words in (index._mapping, index._title_mapping):
                for word in [word for word, pages in words.items() if not pages]:
                    del words[word]
        return ()

    def remove(self, app: Sphinx, error: Exception | None) -> None:
        """Delete the pages and copied sources of the documents that are gone."""
        if error is not None or not isinstance(app.builder, StandaloneHTMLBuilder):
            return
        for docname in sorted(self._gone - app.env.found_docs):
            page = Path(app.builder.get_outfilename(docname))
            sources = Path(app.outdir) / "_sources"
            page.unlink(missing_ok=True)
            for suffix in app.config.source_suffix:
                (sources / f"{docname}{suffix}{app.config.html_sourcelink_suffix}").unlink(missing_ok=True)
