"""Words as the search compares them; the script folds what is typed in the same way, and has the lists from the index."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinx_papers.model.records.letters import plain

STOP_WORDS = frozenset(
    [
        "a",
        "al",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "et",
        "for",
        "from",
        "has",
        "have",
        "in",
        "into",
        "is",
        "it",
        "its",
        "not",
        "of",
        "on",
        "or",
        "that",
        "the",
        "their",
        "this",
        "to",
        "was",
        "we",
        "which",
        "with",
    ]
)
"""Words that tell no page from another."""
_DOI = re.compile(r"10\.[0-9]{4,}/\S*[^\W_]")
_PARTS = re.compile(r"[0-9]+(?:\.[0-9]+)+|[^\W_]+")
_POSSESSIVE = re.compile(r"['\N{RIGHT SINGLE QUOTATION MARK}]s\b", re.IGNORECASE)
_HYPHENS = re.compile(r"[-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}]")
SPELLINGS = ((r"\bdata sets?\b", "dataset"), (r"\blicens", "licenc"))
"""What English writes in two ways, as a pattern that Python and the script read alike, and the one that counts."""


def folded(text: str) -> str:
    """Return *text* as it is looked for, without the *'s* of a possessive, and in one spelling where there are two."""
    text = plain(_POSSESSIVE.sub("", text))
    for pattern, instead in SPELLINGS:
        text = re.sub(pattern, instead, text)
    return text


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
