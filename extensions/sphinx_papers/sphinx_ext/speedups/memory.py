"""What is kept in memory during a build, and what the garbage collector has to look at."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from sphinx_papers.sphinx_ext.packed_dict import Packed

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_TREES = 60
"""Documents that wait in memory between being read and being written."""
_USUAL = gc.get_threshold()
_ALLOCATED = 20_000
"""Objects that may come before the youngest are looked at; a few documents."""


def pack_environment(env: BuildEnvironment, *, packed: bool) -> None:
    """Let the environment hold the tables of contents of its documents packed, or as Sphinx has them."""
    if packed and type(env.tocs) is dict:
        env.tocs = Packed(env.tocs)
    elif not packed and isinstance(env.tocs, Packed):
        env.tocs = dict(env.tocs.items())


def spare(*_: object) -> None:
    """Take what is loaded by now out of the garbage collector's sight.

    Modules, environment and papers live as long as the build. The collector would look at each of
    their objects many times over, which takes longer than to load them. It also comes less often:
    a document has so many nodes that by default it would look for garbage several times in each.
    """
    gc.freeze()
    gc.set_threshold(_ALLOCATED, *_USUAL[1:])


def collect_again(*_: object) -> None:
    """Let the collector see what an earlier build in this process has left, and come as often as it did."""
    gc.unfreeze()
    gc.set_threshold(*_USUAL)


def leave(*_: object) -> None:
    """Let the collector come as often as before the build.

    What the build made stays out of its sight until another one begins. Most often none does: the
    process ends, and would first look through all of that, for longer than a second at 1,000 papers.
    """
    gc.freeze()
    gc.set_threshold(*_USUAL)


def let_go_of_trees(app: Sphinx, *_: object) -> None:
    """Drop the document read last, if many wait already; it is read from its file again.

    Sphinx keeps all documents until they are written, a hundred kilobytes each.
    """
    waiting = getattr(app.env, "_write_doc_doctree_cache", None)
    if isinstance(waiting, dict) and len(waiting) > _TREES:
        waiting.popitem()


def let_go_of_pickles(app: Sphinx, pagename: str, *_: object) -> None:
    """Drop the file of the document that is being written, which Sphinx keeps in case of another use."""
    kept = getattr(app.env, "_pickled_doctree_cache", None)
    if isinstance(kept, dict):
        kept.pop(pagename, None)
