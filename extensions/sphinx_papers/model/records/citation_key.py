"""Citation keys as Google Scholar forms them: ``lee2021railroad``.

Scholar documents no rule; this one was read off its keys. First comes the first word of the
first author's family name as printed, particle included (``van2008visualizing`` for van der
Maaten, ``pont2017`` for Pont-Tuset), then the year, then the first word of the title that
counts. An apostrophe and a hyphen end a word (``o2015introduction``, ``yao2021non``).
"""

from __future__ import annotations

import re
from collections.abc import Container

from sphinx_papers.model.records.person import Person, slug
from sphinx_papers.model.records.title import plain_title

# Seen to be passed over: geiger2012we (Are), yosinski2014transferable (How), ribeiro2016should (Why),
# bearman2016s (What), ehsani2018let (Who), muller2019does (When), raghu2021vision (Do),
# oquab2015object (Is), pinheiro2015image (From), dwibedi2021little (With a), laradji2018blobs (Where are the).
# Seen to count: li2017not, madry2017towards, hara2018can, grathwohl2019your, zhang2017beyond.
_PASSED_OVER = frozenset(
    "a an and are as at by do for from how in is of on or the to what when where which who why with".split()  # noqa: SIM905
)


def citation_key(authors: tuple[Person, ...], year: int, title: str) -> str:
    """Return the key; what is not known is left out, so it may be empty but for the year."""
    author = _words(authors[0].short)[:1] if authors else []
    words = _words(plain_title(title))
    counting = [word for word in words if word not in _PASSED_OVER] or words
    return "".join([*author, f"{year:04}", *counting[:1]])


def free_key(key: str, taken: Container[str]) -> str:
    """Return *key*, or with the first letter added that no other page has: ``lee2021railroadb``."""
    if key not in taken:
        return key
    number = 1
    while True:
        letters, rest = "", number
        while rest >= 0:
            letters = chr(ord("a") + rest % 26) + letters
            rest = rest // 26 - 1
        if key + letters not in taken:
            return key + letters
        number += 1


def _words(text: str) -> list[str]:
    """Return the words of *text* in lower-case ASCII; other scripts have none."""
    return [word for word in re.split(r"[^a-z0-9]+", slug(text)) if word]
