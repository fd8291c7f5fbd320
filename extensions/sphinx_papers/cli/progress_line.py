"""Shows how far long work is, to people only."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sized
from typing import TextIO, TypeVar

_Item = TypeVar("_Item")
_SECONDS = 0.1


def progress(items: Iterable[_Item], what: str, stream: TextIO | None = None) -> Iterator[_Item]:
    """Yield *items*, and say on a line of the terminal which one it is at.

    Nothing is said where there is no terminal, or one item only. Whatever else is printed in the meantime would be put behind that line.
    """
    out = sys.stderr if stream is None else stream
    if not out.isatty() or (isinstance(items, Sized) and len(items) == 1):
        yield from items
        return
    total = f"/{len(items)}" if isinstance(items, Sized) else ""
    shown, last = "", float("-inf")
    try:
        for number, item in enumerate(items, 1):
            if (now := time.monotonic()) - last > _SECONDS:
                shown, last = f"{what} {number}{total}", now
                out.write(f"\r{shown}")
                out.flush()
            yield item
    finally:
        out.write(f"\r{' ' * len(shown)}\r")
        out.flush()
