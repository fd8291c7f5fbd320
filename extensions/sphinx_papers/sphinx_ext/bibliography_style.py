"""How the bibliography prints an entry: pybtex's plain style, without its demand for authors."""

from __future__ import annotations

from typing import Any

from pybtex.database import Entry
from pybtex.plugin import register_plugin
from pybtex.style.formatting.plain import Style
from pybtex.style.template import first_of, optional

NAME = "papers"


class PapersStyle(Style):  # type: ignore[misc]
    """Prints what is known: authors that no source confirmed are left out, with no error."""

    def format_names(self, role: str, as_sentence: bool = True) -> Any:  # noqa: FBT001, FBT002  pybtex's
        """Return the names, or nothing where there are none."""
        return optional[super().format_names(role, as_sentence)]

    def format_web_refs(self, e: Entry) -> Any:
        """Return the most lasting address alone: DOI, else arXiv, else the page."""
        return first_of[
            optional[self.format_doi(e)], optional[self.format_eprint(e)], optional[self.format_url(e)], ""
        ]


def register() -> None:
    """Make the style known to pybtex under its name."""
    register_plugin("pybtex.style.formatting", NAME, PapersStyle)
