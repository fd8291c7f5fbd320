"""The index of the search as files: which words stand where, what the places are, and what is in which file.

Every file is a classic script that hands its data to the page's own script, so that it works from a server
under a strict policy and from a disk alike. A reader loads :data:`MANIFEST` and then only the files that may
hold a word of the query, or a place that is shown. There are two layers of words: *strong* ones stand in names,
titles, authors and headings, *weak* ones in texts. A file of words is named by its layer and number (``s0.js``,
``w12.js``), a file of places by its number alone (``p3.js``).

- A file of words has a line for each word, in order: the word, a space, and for each field the places that have it
  there, separated by ``|``.
- Places are numbers in ascending order, each written as its distance from the one before, in digits of base 32 (see
  :func:`packed_numbers`).
- All files carry the digest of the whole index: a browser that kept an old manifest sees that it is old.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sphinx_papers.formats.search.words import SPELLINGS, STOP_WORDS, words

FOLDER = "_search"
MANIFEST = "index.js"
KINDS = ("paper", "method", "board", "term", "page", "work", "author", "group", "contributing")
"""What a place is, in the order in which equally good places are listed."""
STRONG = ("name", "title", "lead", "author", "fact")
"""Fields of the strong layer: *lead* is the family name of the first author, *fact* a heading, a year, a venue, a term of a facet."""
WEAK = ("summary", "text")
_FILE_SIZES = {"s": 16_000, "w": 16_000, "p": 4_000}
"""Characters of a file, where one line is not longer: a word takes one file of a layer, twenty results up to twenty of places."""
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@dataclass(frozen=True, kw_only=True)
class SearchPlace:
    """What can be found: a page, or a part of one with an anchor of its own."""

    kind: str
    """One of :data:`KINDS`."""
    address: str
    """Relative to the root of the site."""
    title: str
    note: str = ""
    """Where and when, or what kind of page it is; shown in small print."""
    summary: str = ""
    headings: tuple[tuple[str, str], ...] = ()
    """Further headings of a page with their anchors: the result leads there if one answers the query."""
    fields: Mapping[str, str | tuple[str, ...]]
    """What the place is found by: of each field a text, or words that are folded already."""


def packed_numbers(numbers: Iterable[int]) -> str:
    """Return ascending *numbers* as distances in digits of base 32, the lowest first; all but the last digit have 32 added."""
    digits: list[str] = []
    before = 0
    for number in numbers:
        rest, before = number - before, number
        while rest > 31:
            digits.append(_DIGITS[32 + rest % 32])
            rest //= 32
        digits.append(_DIGITS[rest])
    return "".join(digits)


def search_files(places: Iterable[SearchPlace]) -> Iterator[tuple[str, str]]:
    """Yield name and text of every file of the index of *places*, the manifest last.

    The order of *places* counts within each kind: of two that answer equally well the first is listed first.
    """
    ordered = sorted(places, key=lambda place: KINDS.index(place.kind))
    shards = {
        letter: list(_cut(lines, _FILE_SIZES[letter]))
        for letter, lines in (
            ("s", _lines(ordered, STRONG)),
            ("w", _lines(ordered, WEAK)),
            ("p", _rows(ordered)),
        )
    }
    version = _digest(line for files in shards.values() for file in files for _, line in file)
    for letter, files in shards.items():
        for number, file in enumerate(files):
            data = "\n".join(line for _, line in file)
            yield f"{letter}{number}.js", _script("take", f"{letter}{number}", version, data)
    kinds = [place.kind for place in ordered]
    manifest = {
        "version": version,
        "size": len(ordered),
        "kinds": {kind: kinds.index(kind) for kind in KINDS if kind in kinds},
        # Of each file the first that it holds.
        **{letter: [file[0][0] for file in files] for letter, files in shards.items()},
        "stop": sorted(STOP_WORDS),
        "spellings": SPELLINGS,
        "digits": _DIGITS,
    }
    yield MANIFEST, _script("begin", manifest)


def _script(function: str, *arguments: object) -> str:
    given = ",".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in arguments)
    return f"papersSearch.{function}({given});\n"


def _digest(lines: Iterable[str]) -> str:
    digest = hashlib.blake2b(digest_size=6)
    for line in lines:
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def _lines(places: Sequence[SearchPlace], fields: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each word with its line, in the order in which a script compares texts."""
    found: dict[str, list[list[int]]] = {}
    for number, place in enumerate(places):
        for at, field in enumerate(fields):
            given = place.fields.get(field, ())
            for word in dict.fromkeys(words(given)) if isinstance(given, str) else given:
                if word in STOP_WORDS and field != "name":
                    continue
                if word not in found:
                    found[word] = [[] for _ in fields]
                found[word][at].append(number)
    for word in sorted(found, key=lambda word: word.encode("utf-16-be")):
        yield word, f"{word} {'|'.join(map(packed_numbers, found[word])).rstrip('|')}"


def _rows(places: Iterable[SearchPlace]) -> Iterator[tuple[int, str]]:
    for number, place in enumerate(places):
        row = [place.address, place.title, place.note, place.summary, place.headings]
        while not row[-1]:
            row.pop()
        yield number, json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _cut(lines: Iterable[tuple[object, str]], most: int) -> Iterator[list[tuple[object, str]]]:
    """Cut *lines* into files of at most *most* characters, or of one line."""
    file: list[tuple[object, str]] = []
    size = 0
    for line in lines:
        if file and size + len(line[1]) > most:
            yield file
            file, size = [], 0
        file.append(line)
        size += len(line[1]) + 1
    if file:
        yield file
