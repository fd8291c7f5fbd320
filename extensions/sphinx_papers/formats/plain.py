"""Text for formats in which the end of a line means something."""

from __future__ import annotations

import re

# Control characters, separators of lines and paragraphs, and halves of a surrogate pair,
# which no file in UTF-8 can hold.
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def one_line(text: str) -> str:
    """Return *text* on one line: what would end the line, or cannot be written, is a space."""
    if text.isprintable():
        return text.strip()
    return _UNFIT.sub(" ", text).strip()


def writable(text: str) -> str:
    """Return *text* as UTF-8 can hold it: half a surrogate pair is a replacement character."""
    return text if text.isascii() else _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
