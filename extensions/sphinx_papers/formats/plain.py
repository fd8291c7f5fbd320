"""Text for formats in which the end of a line means something."""

from __future__ import annotations

import re

# Control characters, separators of lines and paragraphs, and halves of a surrogate pair,
# which no file in UTF-8 can hold.
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def unbroken(text: str) -> str:
    """Return *text* with a space for what would end the line or cannot be written."""
    return text if text.isprintable() else _UNFIT.sub(" ", text)


def one_line(text: str) -> str:
    """Return *text* on one line of its own: unbroken, and without blanks around it."""
    return unbroken(text).strip()


def writable(text: str) -> str:
    """Return *text* as UTF-8 can hold it: half a surrogate pair is a replacement character."""
    return text if text.isascii() else _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
