"""How long work says how far it is, and has parts of it done, without knowing to whom and by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

_Item = TypeVar("_Item")


class Progress(Protocol):
    """Yields the items it is given, and may show on the way how many are done."""

    def __call__(self, items: Iterable[_Item], what: str, /) -> Iterable[_Item]:
        """Yield *items*, each of which is a *what*."""


Mapped = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
"""Calls a function with each of many values and gives what it returns, in their order, as ``map`` does."""


def silent(items: Iterable[_Item], _what: str, /) -> Iterable[_Item]:
    """Show nothing."""
    return items
