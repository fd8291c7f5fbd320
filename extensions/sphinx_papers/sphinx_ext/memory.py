"""What is kept in memory during a build, and what the garbage collector has to look at."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_TREES = 500
"""Documents that wait in memory between being read and being written."""


def spare(*_: object) -> None:
    """Take what is loaded by now out of the garbage collector's sight until the build ends.

    Modules, environment and papers live at least as long. The collector would look at each of
    their objects many times over, which takes longer than to load them.
    """
    gc.freeze()


def collect_again(*_: object) -> None:
    """Let the collector see everything: another build may follow in this process."""
    gc.unfreeze()


def let_go_of_trees(app: Sphinx, *_: object) -> None:
    """Drop the document read last, if many wait already; it is read from its file again.

    Sphinx keeps all documents until they are written, a hundred kilobytes each.
    """
    waiting = app.env._write_doc_doctree_cache
    if len(waiting) > _TREES:
        waiting.popitem()


def let_go_of_pickles(app: Sphinx, pagename: str, *_: object) -> None:
    """Drop the file of the document that is being written, which Sphinx keeps in case of another use."""
    app.env._pickled_doctree_cache.pop(pagename, None)
