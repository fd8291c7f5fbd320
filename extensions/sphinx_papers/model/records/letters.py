"""Letters as they are compared where people type names: in addresses, in the filters of tables, in the search."""

from __future__ import annotations

import re
import unicodedata

LETTERS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "þ": "th",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    "\N{GREEK SMALL LETTER FINAL SIGMA}": "\N{GREEK SMALL LETTER SIGMA}",
}
"""Small letters that Unicode does not take apart into a base letter and a mark, each with what it is read as; the scripts of the site are told them."""

_LETTERS = str.maketrans(LETTERS)
_APOSTROPHES = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}]")


def bare(text: str) -> str:
    """Return *text* without case, accents and ligatures; letters of other scripts stay as they are."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text).lower()
    return "".join(each for each in parts if not unicodedata.category(each).startswith("M")).translate(
        _LETTERS
    )


def plain(text: str) -> str:
    """Return *text* as it is looked for: bare, and without apostrophes, so that *icans* finds *iCAN's*."""
    return _APOSTROPHES.sub("", bare(text))
