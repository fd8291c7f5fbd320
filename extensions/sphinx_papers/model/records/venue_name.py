"""Finds the venue that a list or a publisher means by a text such as ``Proc. CVPR'21``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sphinx_papers.model.records.registry import Registry, Venue, VenueKind

_YEAR = re.compile(r"(?:19|20)[0-9]{2}|'[0-9]{2}(?![0-9])")
# "CVPR2021", "NeurIPS21": a name with the year written to it.
_JOINED = re.compile(r"\b([A-Za-z]*[A-Z])(?:19|20)?[0-9]{2}\b")
_ORDINAL = re.compile(r"\b[0-9]+(?:st|nd|rd|th)\b|\b(?:first|second|third)\b", re.IGNORECASE)
# Words that printings of one name differ in. "Conference" stays: a journal may be named as its field is.
# How a paper was presented is no part of one either.
_NOISE = frozenset(
    (  # noqa: SIM905
        "proceedings proc in of the on and for annual international intl int accepted at by to oral poster "
        "spotlight highlight"
    ).split()
)
_WORKSHOP = re.compile(r"(?i:workshops?)|\b[A-Z]{3,}W\b")
_OPENING = re.compile(r"^(?:in\s+)?(?:proc(?:eedings|\.)?\s+)?(?:of\s+)?(?:the\s+)?", re.IGNORECASE)
_SPONSORS = re.compile(r"^(?:[A-Z]{3,}(?:\s*[/-]\s*[A-Z]{3,})*)\s+(?=[A-Z])")

_Words = tuple[str, ...]


class VenueNames:
    """The names of all venues of a registry, folded once."""

    def __init__(self, registry: Registry) -> None:
        self._by_words: dict[_Words, set[str]] = {}
        self._abbreviable: list[tuple[_Words, str]] = []
        self._venues: Mapping[str, Venue] = registry.venues
        for venue in registry.venues.values():
            for name in (venue.id, venue.name, venue.full, venue.proceedings, *venue.aliases):
                for words in _forms(name):
                    self._by_words.setdefault(words, set()).add(venue.id)
                    self._abbreviable.append((words, venue.id))

    def find(self, text: str) -> str | None:
        """Return the identifier of the one venue that *text* names; none if unsure."""
        is_workshop = bool(_WORKSHOP.search(text))
        for candidate in _candidates(text):
            found = {
                venue
                for words in _forms(candidate)
                for venue in self._by_words.get(words, ()) or self._by_abbreviation(words, candidate)
                # A workshop's name holds the conference's; it is another venue.
                if not is_workshop or self._venues[venue].kind is VenueKind.WORKSHOP
            }
            if len(found) == 1:
                return found.pop()
        return None

    def _by_abbreviation(self, words: _Words, text: str) -> Iterable[str]:
        """Yield venues whose words begin as the dotted ones of *text* do: *Trans. Image Process.*."""
        if "." not in text or len(words) < 2:
            return
        for full, venue in self._abbreviable:
            if len(full) == len(words) and all(
                long.startswith(short) for short, long in zip(words, full, strict=True)
            ):
                yield venue


def bare_name(text: str) -> str:
    """Return *text*, which names a venue, without what belongs to one year of it: *Proceedings of Vision 2021*."""
    bare = _ORDINAL.sub(" ", _YEAR.sub(" ", _JOINED.sub(r"\1 ", text)))
    bare = re.sub(r"\(\s*\)|\[\s*\]", " ", bare)
    return " ".join(bare.split()).strip(" ,;:-")


def _candidates(text: str) -> Iterable[str]:
    """Yield the readings of *text*, the surest first: all of it, what stands in brackets, its parts."""
    yield text
    yield from re.findall(r"\(([^()]+)\)", text)
    yield re.sub(r"\([^()]*\)", " ", text)
    yield from re.split(r"[,;:]", text)


def _forms(text: str) -> set[_Words]:
    """Return the words that tell *text* from other names, with and without who sponsors it."""
    forms = set()
    bare = _ORDINAL.sub(" ", _YEAR.sub(" ", _JOINED.sub(r"\1 ", text.replace("_", " ")))).strip()
    for form in (bare, _SPONSORS.sub("", _OPENING.sub("", bare).lstrip())):
        words = tuple(
            word
            for word in re.findall(r"\w+", form.casefold())
            if word not in _NOISE and not word.isdecimal()
        )
        if words:
            forms.add(words)
    return forms
