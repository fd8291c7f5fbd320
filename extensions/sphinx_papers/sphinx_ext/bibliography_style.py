"""How the bibliography prints an entry: pybtex's plain style, without its demand for authors."""

from __future__ import annotations

from typing import Any

from pybtex.plugin import register_plugin
from pybtex.style.formatting.plain import Style
from pybtex.style.template import optional

NAME = "papers"


class PapersStyle(Style):  # type: ignore[misc]
    """Prints what is known: authors that no source confirmed are left out, with no error."""

    def format_names(self, role: str, as_sentence: bool = True) -> Any:  # noqa: FBT001, FBT002  pybtex's
        """Return the names, or nothing where there are none."""
        return optional[super().format_names(role, as_sentence)]


def register() -> None:
    """Make the style known to pybtex under its name."""
    register_plugin("pybtex.style.formatting", NAME, PapersStyle)
