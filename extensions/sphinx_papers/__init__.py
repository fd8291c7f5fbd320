"""A Sphinx extension for knowledge bases of research papers, and a library that reads them.

One page for each paper; tables, leaderboards, bibliography and exports are made of
the pages' records. ``sphinx_papers.load("folder")`` reads them without Sphinx.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_papers.version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from sphinx_papers.api import (
        Appearance,
        CollectionError,
        ExportError,
        Library,
        Paper,
        PartialDate,
        Person,
        Problem,
        Registry,
        Result,
        SelectionError,
        Source,
        Standing,
        State,
        Work,
        boards,
        check,
        export,
        export_formats,
        export_leaderboard,
        leaderboard,
        load,
        schema,
        select,
        state,
    )

__all__ = [
    "Appearance",
    "CollectionError",
    "ExportError",
    "Library",
    "Paper",
    "PartialDate",
    "Person",
    "Problem",
    "Registry",
    "Result",
    "SelectionError",
    "Source",
    "Standing",
    "State",
    "Work",
    "__version__",
    "boards",
    "check",
    "export",
    "export_formats",
    "export_leaderboard",
    "leaderboard",
    "load",
    "schema",
    "select",
    "setup",
    "state",
]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the extension; Sphinx is imported here and not before."""
    from sphinx_papers.sphinx_ext import setup_extension  # noqa: PLC0415

    return setup_extension(app)


def __getattr__(name: str) -> object:
    """Import the library when something of it is asked for: a build needs little of it, and none to begin."""
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from sphinx_papers import api  # noqa: PLC0415

    return getattr(api, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
