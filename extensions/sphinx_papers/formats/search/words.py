"""Words as the search compares them; the script of the search page folds what is typed in the same way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from sphinx_papers.model.records.person import UNDECOMPOSED

_STOP = (  # noqa: SIM905  words, easier to read and to change than a list
    "a al an and are as at be by et for from has have in into is it its not of on or that the their this to was we"
    " which with"
).split()
STOP_WORDS = frozenset(_STOP)
"""Words that tell no page from another."""
_DOI = re.compile(r"10\.[0-9]{4,}/\S*[^\W_]")
_PARTS = re.compile(r"[0-9]+(?:\.[0-9]+)+|[^\W_]+")
_APOSTROPHES = re.compile(r"['\N{RIGHT SINGLE QUOTATION MARK}](s\b)?")
_HYPHENS = re.compile(r"[-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}]")
# What English writes in two ways.
_VARIANTS = ((re.compile(r"\bdata sets?\b"), "dataset"), (re.compile(r"\blicens"), "licenc"))


def folded(text: str) -> str:
    """Return *text* without case, accents and apostrophes, in one spelling where there are two; letters of other scripts stay as they are."""
    bare = text.casefold()
    if not bare.isascii():
        decomposed = unicodedata.normalize("NFKD", bare.translate(UNDECOMPOSED))
        bare = "".join(each for each in decomposed if not unicodedata.combining(each))
    bare = _APOSTROPHES.sub("", bare)
    for pattern, instead in _VARIANTS:
        bare = pattern.sub(instead, bare)
    return bare


def words(text: str) -> Iterator[str]:
    """Yield the words of *text*, folded; a number keeps its decimal point, a DOI stays whole.

    What is joined by hyphens is found by its parts and as one word: *ResNet-101* as ``resnet``, ``101``
    and ``resnet101``.
    """
    for chunk in folded(text).split():
        if found := _DOI.search(chunk):
            yield found[0]
            continue
        parts = _PARTS.findall(chunk)
        yield from parts
        if len(parts) > 1:
            for joined in _joined(chunk):
                if joined not in parts:
                    yield joined


def _joined(chunk: str) -> Iterator[str]:
    """Yield each run of letters and digits between other characters than hyphens, as one word."""
    for run in re.split(r"[^\w-]|_", _HYPHENS.sub("-", chunk)):
        pieces = _PARTS.findall(run)
        if len(pieces) > 1:
            yield "".join(pieces)
