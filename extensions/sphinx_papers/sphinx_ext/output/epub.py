"""The e-book: Sphinx's own, whose list of files also says which pages hold formulas and drawings.

EPUB 3.3, section 5.6.1 (https://www.w3.org/TR/epub-33/#sec-item-resource-properties): a page that embeds MathML
or SVG is listed with the property ``mathml`` or ``svg``; readers may leave out what is not announced.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from sphinx.builders.epub3 import Epub3Builder

_ITEM = re.compile(r'(<item [^>]*href="([^"]+\.xhtml)"[^>]*?)( ?/>)')
_KINDS = {"mathml": "<math", "svg": "<svg"}


class BookBuilder(Epub3Builder):
    """Builds the e-book."""

    # Fonts of formulas and their licence, which Sphinx has no types for.
    media_types = Epub3Builder.media_types | {".woff2": "font/woff2", ".txt": "text/plain"}

    def build_content(self) -> None:
        """Write the list of files, with what their pages hold."""
        super().build_content()
        path = Path(self.outdir, "content.opf")
        path.write_text(_ITEM.sub(self._announced, path.read_text("utf-8")), "utf-8")

    def _announced(self, item: re.Match[str]) -> str:
        page = Path(self.outdir, unescape(item[2]))
        if "properties=" in item[0] or not page.is_file():
            return item[0]
        text = page.read_text("utf-8")
        found = " ".join(name for name, tag in _KINDS.items() if tag in text)
        return f'{item[1]} properties="{found}"{item[3]}' if found else item[0]
