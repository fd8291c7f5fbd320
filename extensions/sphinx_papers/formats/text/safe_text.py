"""What any text from a page, a registry or a bibliography may hold: characters one can see, and safe addresses.

Such texts end up in tables, attributes, XML, TeX and terminals. What is invisible there can hide words from
those who review a page, or turn the direction of what stands beside it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import urlsplit

from sphinx_papers.formats.text.tex import refused_tex
from sphinx_papers.model.records.title import title_parts

LONGEST = 1000
"""Characters of a text of a record or a registry: a long note has half as many."""

# Controls but for the tab and the end of a line (XML 1.0 and TeX have no place for most); what shows
# nothing, joins, or changes the direction of writing (Unicode's Default_Ignorable_Code_Point without
# the selectors that follow an emoji, and Bidi_Control); halves of surrogate pairs, private use, and
# code points that are no characters.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ud800-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
_SCHEMES = frozenset({"http", "https"})
# TeX reads `^^5c` as a backslash wherever it stands, and BibTeX has addresses as they are.
_NOT_IN_ADDRESS = re.compile(r"[\s<>{}\\\"`]|\^\^")
# https://info.arxiv.org/help/arxiv_identifier.html, both schemes; versions are not records.
_ARXIV = re.compile(
    r"[0-9]{2}(0[1-9]|1[0-2])\.[0-9]{4,5}|[a-z-]+(\.[A-Z]{2})?/[0-9]{2}(0[1-9]|1[0-2])[0-9]{3}"
)
# https://www.doi.org/doi-handbook/HTML/index.html: prefix 10.<registrant>, any printable suffix.
_DOI = re.compile(r"10\.[0-9]{4,9}(\.[0-9]+)*/(?:(?!\^\^)[^\s\"<>{}\\])+")


def unseen(text: str) -> re.Match[str] | None:
    """Return the first character of *text* that nobody can see, or nothing."""
    return None if text.isascii() and text.isprintable() else UNSEEN.search(text)


def character_name(character: str) -> str:
    """Return how a message calls *character*: its number, and its name if it has one."""
    number = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    return f"{number} ({name.lower()})" if name else number


class Flaw(NamedTuple):
    """What is wrong with a text, as a problem says it."""

    code: str
    message: str
    hint: str


def text_flaw(text: str) -> Flaw | None:
    """Return what no text may have: characters that nobody can see, or far too many."""
    if len(text) > LONGEST:
        return Flaw("bad-text", f"{len(text)} characters are too many", f"the limit is {LONGEST}")
    found = unseen(text)
    if found is None:
        return None
    return Flaw("bad-text", f"nobody can see the character {character_name(found[0])}", "take it out")


def is_web_address(text: str) -> bool:
    """Say whether *text* is an address of the web, and nothing that a browser, TeX or XML takes for more."""
    try:
        parts = urlsplit(text)
        fits = parts.scheme in _SCHEMES and bool(parts.hostname)
    except ValueError:
        return False
    return fits and not _NOT_IN_ADDRESS.search(text)


def url_flaw(text: str) -> Flaw | None:
    """Return why *text* is no address of the web."""
    if is_web_address(text):
        return None
    return Flaw("bad-url", f"`{text}` is no web address", "it must begin with https:// or http://")


def doi_flaw(text: str) -> Flaw | None:
    """Return why *text* is no DOI."""
    if _DOI.fullmatch(text):
        return None
    return Flaw("bad-doi", f"`{text}` is no DOI", "write it like 10.1109/CVPR.2021.00001, without address")


def arxiv_flaw(text: str) -> Flaw | None:
    """Return why *text* is no identifier of arXiv."""
    if _ARXIV.fullmatch(text):
        return None
    return Flaw("bad-arxiv", f"`{text}` is no arXiv id", 'write it like "2105.08965", without version')


def title_flaw(title: str) -> Flaw | None:
    """Return what a title may not have in its formulas."""
    refused = next(
        (found for math, part in title_parts(title) if math and (found := refused_tex(part))), None
    )
    return Flaw("formula", refused.message, "write it with what MathML has") if refused else None
