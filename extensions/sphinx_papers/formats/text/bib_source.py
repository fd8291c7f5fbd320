"""BibTeX with the place of everything, so that a file can be judged and mended where it stands.

pybtex, which reads entries elsewhere, tells no columns and writes a file anew, without its comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

_ENTRY = re.compile(r"@\s*([A-Za-z][\w-]*)\s*([{(])")
_AT_LINE = re.compile(r"^[ \t]*@\s*[A-Za-z][\w-]*\s*[{(]", re.MULTILINE)
_KEY = re.compile(r"\s*([^\s,={}()\"]*)\s*(?=[,})])")
_NAME = re.compile(r"[\s,]*([^\s,={}()\"#]+)\s*=\s*")
_BRACE = re.compile(r"[{}]")
_QUOTE = re.compile(r'[{}"]')
_BARE = re.compile(r"[^\s,={}()\"#]+")
_JOIN = re.compile(r"\s*#\s*")
_AFTER = re.compile(r"[\s,]*")


class TextSpan(NamedTuple):
    """Characters of the file, the last one excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class BibField:
    """A field as it is written."""

    name: str
    """In lower case."""
    written: TextSpan
    """Its name."""
    value: TextSpan
    """All of the value, its delimiters with it."""
    inner: TextSpan | None
    """What stands between the delimiters; nothing where the value is put together or named."""
    text: str
    """What it says, with names of strings replaced by what they stand for."""
    is_named: bool = False
    """Whether it is, at least in part, a name that the file itself does not define."""


@dataclass(frozen=True, slots=True)
class BibEntry:
    """An entry as it is written."""

    kind: str
    """In lower case."""
    type_span: TextSpan
    key: str
    key_span: TextSpan
    end: int
    """Where its closing brace stands."""
    fields: Mapping[str, BibField]
    """By name; of a name that is there twice the first."""

    def text(self, *names: str) -> str:
        """Return what the first of the fields *names* that is there says; empty without one."""
        found = self.find(*names)
        return found.text if found else ""

    def find(self, *names: str) -> BibField | None:
        """Return the first of the fields *names* that is there and not empty."""
        return next(
            (self.fields[name] for name in names if name in self.fields and self.fields[name].text), None
        )


class Broken(NamedTuple):
    """What could not be read, and where it begins."""

    place: int
    message: str


@dataclass(slots=True)
class BibSource:
    """A file as it is written."""

    text: str
    entries: list[BibEntry] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)


class _BadSyntaxError(ValueError):
    def __init__(self, place: int, message: str) -> None:
        super().__init__(message)
        self.place = place


def read_source(text: str) -> BibSource:
    """Read *text*; an entry that cannot be read hides none of the others.

    What stands in ``@comment{...}`` and outside of entries is left alone, as programs do that keep
    notes there.
    """
    source = BibSource(text)
    strings: dict[str, str] = {}
    starts = [match.start() for match in _AT_LINE.finditer(text)] + [len(text)]
    limits = iter(starts)
    limit = place = 0
    furthest = len(text)
    while match := _ENTRY.search(text, place):
        while limit <= match.start():
            limit = next(limits)
        kind = match[1].lower()
        try:
            if kind == "comment":
                place = _closed(text, match.end(), max(furthest, limit), match[2])
                continue
            if kind == "preamble":
                place = _closed(text, match.end(), limit, match[2])
                continue
            if kind == "string":
                fields, place = _fields(text, match.end(), limit, strings, source.broken)
                strings |= {name: each.text for name, each in fields.items()}
                continue
            entry = _entry(text, match, limit, strings, source.broken)
        except _BadSyntaxError as error:
            if kind != "comment":
                source.broken.append(Broken(error.place, str(error)))
            place = max(limit, match.end())
            furthest = 0  # a file with one that is not closed is not searched to its end again and again
            continue
        source.entries.append(entry)
        place = entry.end + 1
    return source


def _entry(
    text: str, match: re.Match[str], limit: int, strings: Mapping[str, str], broken: list[Broken]
) -> BibEntry:
    key = _KEY.match(text, match.end(), limit)
    if key is None:
        raise _BadSyntaxError(match.start(), "an entry has no key")
    fields, end = _fields(text, key.end(), limit, strings, broken)
    return BibEntry(
        match[1].lower(), TextSpan(*match.span(1)), key[1], TextSpan(*key.span(1)), end - 1, fields
    )  # fmt: skip


def _fields(
    text: str, place: int, limit: int, strings: Mapping[str, str], broken: list[Broken]
) -> tuple[dict[str, BibField], int]:
    """Return the fields from *place* on, and the place behind the brace that closes their entry."""
    fields: dict[str, BibField] = {}
    while True:
        after = _AFTER.match(text, place, limit)
        before, place = place, after.end() if after else place
        if place >= limit:
            raise _BadSyntaxError(before, "the entry is not closed: a brace or a quote is missing")
        if text[place] in "})":
            return fields, place + 1
        name = _NAME.match(text, place, limit)
        if name is None:
            raise _BadSyntaxError(place, "a field is expected here: a comma, a brace or a quote is missing")
        if fields and "," not in text[before:place]:
            broken.append(Broken(before, f"a comma is missing before `{name[1][:40]}`"))
        found = _value(text, name, limit, strings)
        fields.setdefault(found.name, found)
        place = found.value.end


def _value(text: str, name: re.Match[str], limit: int, strings: Mapping[str, str]) -> BibField:
    parts: list[str] = []
    inner: TextSpan | None = None
    is_named = False
    start = place = name.end()
    while True:
        opening = text[place : place + 1] if place < limit else ""
        if opening == "{":
            end = _closed(text, place + 1, limit, "{")
            inner = TextSpan(place + 1, end - 1)
            parts.append(text[inner.start : inner.end])
        elif opening == '"':
            end = _quoted(text, place + 1, limit)
            inner = TextSpan(place + 1, end - 1)
            parts.append(text[inner.start : inner.end])
        elif bare := _BARE.match(text, place, limit):
            end, inner = bare.end(), None
            word = bare[0].lower()
            is_named |= not word.isdecimal() and word not in strings
            parts.append(strings.get(word, bare[0]))
        else:
            raise _BadSyntaxError(min(place, limit - 1), f"`{name[1][:40]}` has no value")
        join = _JOIN.match(text, end, limit)
        if join is None:
            break
        place = join.end()
    said = "".join(parts).strip()
    single = inner if len(parts) == 1 else None
    return BibField(name[1].lower(), TextSpan(*name.span(1)), TextSpan(start, end), single, said, is_named)


def _closed(text: str, place: int, limit: int, opening: str) -> int:
    """Return the place behind what closes the group that was opened before *place*."""
    depth = 1 if opening == "{" else 0
    for match in (_BRACE if opening == "{" else re.compile(r"[{})]")).finditer(text, place, limit):
        if match[0] == ")" and depth == 0:
            return match.end()
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0 and opening == "{":
            return match.end()
    raise _BadSyntaxError(place - 1, "a brace is not closed")


def _quoted(text: str, place: int, limit: int) -> int:
    depth = 0
    for match in _QUOTE.finditer(text, place, limit):
        if match[0] == '"':
            if depth == 0:
                return match.end()
        else:
            depth += 1 if match[0] == "{" else -1
            if depth < 0:
                break
    raise _BadSyntaxError(place - 1, "a quote is not closed")


def bare_places(text: str) -> Iterator[int]:
    """Yield the places of the characters of the title *text* that a style may put in lower case.

    Those in braces and in formulas keep their case, and so do names of commands.
    """
    depth, math = 0, False
    places = enumerate(text)
    for place, character in places:
        if character == "\\":
            command = re.compile(r"\\(?:[A-Za-z]+|.|$)", re.DOTALL).match(text, place)
            for _ in range(len(command[0]) - 1 if command else 0):
                next(places, None)
        elif character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
        elif character == "$":
            math = not math
        elif not depth and not math:
            yield place
