"""Titles with two marks: ``{Word}`` keeps its capitals in BibTeX, ``$...$`` is TeX math."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# One word, of which a part between hyphens is no ordinary word: capitals within, or a capital and a digit.
_NAME = re.compile(r"(?=\S*[A-Z][^\s-]*[A-Z0-9]|\S*[0-9][^\s-]*[A-Z])[A-Za-z0-9][\w+*^-]{1,24}")
_MATH = re.compile(r"(?<!\\)\$(.+?)(?<!\\)\$")


def title_parts(title: str) -> Iterator[tuple[bool, str]]:
    r"""Split *title* into (is math, text) parts; a literal dollar is written ``\$``."""
    if "$" not in title:
        if title:
            yield False, title
        return
    start = 0
    for match in _MATH.finditer(title):
        if match.start() > start:
            yield False, title[start : match.start()]
        yield True, match[1]
        start = match.end()
    if start < len(title):
        yield False, title[start:]


def plain_title(title: str) -> str:
    """Return *title* for reading: without protecting braces, math as its source."""
    if "$" not in title:
        return title.replace("{", "").replace("}", "")
    parts = (
        f"${text}$" if math else text.replace("{", "").replace("}", "").replace("\\$", "$")
        for math, text in title_parts(title)
    )
    return "".join(parts)


def normalised_title(title: str) -> str:
    """Fold *title* so that two printings of one title compare equal."""
    decomposed = unicodedata.normalize("NFKD", plain_title(title).casefold())
    return re.sub(r"[\W_]+", "", decomposed)


def name_in_title(title: str) -> str:
    """Return what looks like the name of a method at the start of *title*: *PSDPM: Prototype-based ...*; empty if nothing does."""
    first, _, rest = plain_title(title).partition(":")
    return first.strip() if rest.startswith(" ") and _NAME.fullmatch(first.strip()) else ""


def with_subtitle(title: str, subtitle: str) -> str:
    """Return *title* with the *subtitle* that a bibliography keeps apart; a colon stands between, unless a mark is there."""
    if not subtitle:
        return title
    return f"{title}{'' if title[-1:] in {':', '?', '!'} else ':'} {subtitle}"
