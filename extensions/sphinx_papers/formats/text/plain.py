"""Text for formats in which the end of a line means something."""

from __future__ import annotations

import re
import unicodedata
from html import escape

# Control characters, separators of lines and paragraphs, and halves of a surrogate pair,
# which no file in UTF-8 can hold.
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_NO_XML = {0xFFFE: None, 0xFFFF: None}
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SLOT = re.compile(r"<(\w+)>")


# Workflow commands of a code hosting site, which obeys them wherever they are printed: the newer form
# at the start of a line, the older one anywhere in it.
# https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
_COMMAND = re.compile(r"\A(\s*:):|(#)#\[")


def visible(text: str) -> str:
    r"""Return *text* on one line in which nothing acts on a terminal or on who reads its log.

    What ends a line, controls a terminal, turns the direction of writing, cannot be seen or cannot
    be written is shown as Python writes it: ``\n``, ``\x1b``, ``\u202e``.
    """
    if not text.isprintable():
        text = "".join(
            char if char.isprintable() or unicodedata.category(char) == "Zs" else ascii(char)[1:-1]
            for char in text
        )
    return _COMMAND.sub(lambda found: f"{found[1]}\\x3a" if found[1] else "#\\x23[", text)


def unbroken(text: str) -> str:
    """Return *text* with a space for what would end the line or cannot be written."""
    return text if text.isprintable() else _UNFIT.sub(" ", text)


def one_line(text: str) -> str:
    """Return *text* on one line of its own: unbroken, and without blanks around it."""
    return unbroken(text).strip()


def in_xml(text: str) -> str:
    """Return *text* on one line, escaped, as XML can hold it (https://www.w3.org/TR/xml/#charsets)."""
    return escape(unbroken(text).translate(_NO_XML))


def writable(text: str) -> str:
    """Return *text* as UTF-8 can hold it: half a surrogate pair is a replacement character."""
    return text if text.isascii() else _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def fill(piece: str, **given: object) -> str:
    """Return *piece* with what is *given* for each of its slots, ``<name>``, as the scripts of a site do it."""
    return _SLOT.sub(lambda slot: str(given[slot[1]]), piece)
