"""A Sphinx extension for knowledge bases of research papers.

One page for each paper; tables, leaderboards, bibliography and exports are made of
the pages' records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_papers.version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["__version__", "setup"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the extension; Sphinx is imported here and not before."""
    from sphinx_papers.sphinx_ext import setup_extension  # noqa: PLC0415

    return setup_extension(app)
