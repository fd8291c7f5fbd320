"""Shows how far long work is, to people only."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sized
from typing import TextIO, TypeVar

_Item = TypeVar("_Item")
_STEP = 25


def progress(items: Iterable[_Item], what: str, stream: TextIO | None = None) -> Iterator[_Item]:
    """Yield *items*, and say on a line of the terminal how many are done; nothing where there is none."""
    out = sys.stderr if stream is None else stream
    if not out.isatty():
        yield from items
        return
    total = f"/{len(items)}" if isinstance(items, Sized) else ""
    shown = ""
    try:
        for number, item in enumerate(items, 1):
            if number == 1 or number % _STEP == 0:
                shown = f"{what} {number}{total}"
                out.write(f"\r{shown}")
                out.flush()
            yield item
    finally:
        out.write(f"\r{' ' * len(shown)}\r")
        out.flush()
