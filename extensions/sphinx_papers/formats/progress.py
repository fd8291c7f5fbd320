"""How long work says how far it is, without knowing to whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

_Item = TypeVar("_Item")


class Progress(Protocol):
    """Yields the items it is given, and may show on the way how many are done."""

    def __call__(self, items: Iterable[_Item], what: str, /) -> Iterable[_Item]:
        """Yield *items*, each of which is a *what*."""


def silent(items: Iterable[_Item], _what: str, /) -> Iterable[_Item]:
    """Show nothing."""
    return items
