"""What is kept in memory during a build, and what the garbage collector has to look at."""

from __future__ import annotations

import gc
import pickle
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.application import Sphinx

_T = TypeVar("_T")
_TREES = 60
"""Documents that wait in memory between being read and being written."""
_USUAL = gc.get_threshold()
_ALLOCATED = 20_000
"""Objects that may come before the youngest are looked at; a few documents."""


class Packed(dict[str, _T]):
    """A dictionary that is stored as bytes, each value for itself, and makes a value when it is asked for.

    Every build loads the environment and most store it. What it holds of each document, and
    only few documents are asked for, is a third of a build after an edit.
    """

    def __getitem__(self, key: str) -> _T:
        value: Any = super().__getitem__(key)
        if type(value) is bytes:
            value = pickle.loads(value)  # noqa: S301  packed below
            self[key] = value
        return value  # type: ignore[no-any-return]

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of *key*."""
        return self[key] if key in self else default  # noqa: SIM401  which asks this very method

    def setdefault(self, key: str, default: _T) -> _T:
        """Return the value of *key*, which is *default* if it had none."""
        if key not in self:
            self[key] = default
        return self[key]

    def pop(self, key: str, *default: Any) -> Any:
        """Return the value of *key*, and take it out."""
        if key in self:
            value = self[key]
            del self[key]
            return value
        return super().pop(key, *default)

    def values(self) -> Any:
        """Return all values, which makes them."""
        return [self[key] for key in self]

    def items(self) -> Any:
        """Return all keys with their values, which makes them."""
        return [(key, self[key]) for key in self]

    def take(self, other: Mapping[str, _T], keys: Iterable[str]) -> None:
        """Take over the values of *keys* as *other* has them, without making them."""
        for key in keys:
            if key in other:
                self[key] = dict.__getitem__(other, key)  # type: ignore[index]

    def __reduce__(self) -> Any:
        packed = {
            key: value if type(value) is bytes else pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
            for key, value in super().items()
        }
        return _unpacked, (packed,)


def _unpacked(packed: dict[str, bytes]) -> Packed[Any]:
    return Packed(packed)


def pack_environment(app: Sphinx) -> None:
    """Let the environment hold the tables of contents of its documents packed."""
    env = app.env
    if not isinstance(env.tocs, Packed):
        env.tocs = Packed(env.tocs)


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
    waiting = app.env._write_doc_doctree_cache
    if len(waiting) > _TREES:
        waiting.popitem()


def let_go_of_pickles(app: Sphinx, pagename: str, *_: object) -> None:
    """Drop the file of the document that is being written, which Sphinx keeps in case of another use."""
    app.env._pickled_doctree_cache.pop(pagename, None)
