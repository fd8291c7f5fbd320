"""Entries of BibTeX and biblatex, parsed by pybtex one by one, so that a broken one hides no other.

What biblatex adds is read too: ``crossref`` to an entry anywhere in the file, ``xdata``, and names in
parts (``family=Berg, given=Jan``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from pybtex.database.input.bibtex import Parser, UndefinedMacro, month_names
from pybtex.exceptions import PybtexError

from sphinx_papers.model.problem import Position, Problem

if TYPE_CHECKING:
    from pybtex.database import Entry

_NO_KEY = "entry-without-a-key-"
_KEYLESS = re.compile(r"^(\s*@(?!string\b|preamble\b|comment\b)\w+\s*[{(])\s*(?=,|\w+\s*=)", re.IGNORECASE)
_PARENT = re.compile(r"\bcrossref\s*=\s*[{\"]\s*([^{}\",\s]+)", re.IGNORECASE)
_PART = r"(?:given|prefix|suffix|family|useprefix|id|given-i|prefix-i|suffix-i|family-i|nametype|sortingnamekeytemplatename)"
_VALUE = r"(?:\{[^{}]*\}|\"[^\"]*\"|(?!\sand\s)[^{}\"=,])*"
_NAMED = re.compile(
    rf"(?<![\w-]){_PART}\s*=\s*+{_VALUE}(?:,\s*{_PART}\s*=\s*+{_VALUE})+|(?<=\sand\s)family\s*=\s*+{_VALUE}"
)
_NAMED_PART = re.compile(
    rf"(?<![\w-])(family|given|prefix|suffix)\s*=\s*(?:\{{([^{{}}]*)\}}|({_VALUE}))\s*(?=,|$)"
)


class ParsedEntry(NamedTuple):
    """An entry with where it stands."""

    line: int
    key: str
    """Empty for an entry without one."""
    entry: Entry
    part: str
    """The entry as it stands in the file."""


def read_entries(text: str, file: str) -> tuple[list[ParsedEntry], list[Problem]]:
    """Read every entry of *text* with what it inherits, in the order of the file.

    Data containers, and proceedings that are there to be inherited from, are no entries of their own.
    """
    macros = dict(month_names)  # the strings that one entry defines are there for the next
    parents = {each.lower() for each in _PARENT.findall(text)}
    found: list[ParsedEntry] = []
    problems: list[Problem] = []
    shared: dict[str, Entry] = {}
    for line, part in split_entries(_without_comments(text)):
        try:
            parser = parse_entry(_plain_names(_keyed(part, line)), macros)
        except PybtexError as error:
            problems.append(_unread(error, line, file))
            continue
        macros.update(parser.macros)
        for name in dict.fromkeys(parser.undefined):
            message = f"`{name}` stands for nothing: no @string defines it"
            problems.append(Problem(file, Position(line), "bibtex", message, "the entry is read without it"))
        for key, entry in parser.data.entries.items():
            is_parent = key.lower() in parents
            if entry.type.lower() == "xdata" or is_parent:
                shared[key.lower()] = entry
            if entry.type.lower() == "xdata" or (is_parent and entry.type.lower() == "proceedings"):
                continue
            found.append(ParsedEntry(line, "" if key.startswith(_NO_KEY) else key, entry, part))
    for each in found:
        _inherit(each.entry, shared)
    return sorted(found, key=lambda each: each.line), sorted(problems, key=lambda each: each.position.line)


def _unread(error: PybtexError, line: int, file: str) -> Problem:
    message = str(error).splitlines()[0]
    inside = re.search(r" in line ([0-9]+)", message)
    place = Position(line + int(inside[1]) - 1 if inside else line)
    message = message.replace(inside[0], "") if inside else message
    return Problem(file, place, "bibtex", message, "see whether a brace or a comma is missing")


def split_entries(text: str) -> Iterator[tuple[int, str]]:
    """Split BibTeX into entries, each with the line on which it begins."""
    starts = [match.start() for match in re.finditer(r"^[ \t]*@", text, re.MULTILINE)]
    line, counted = 1, 0
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else len(text)
        line, counted = line + text.count("\n", counted, start), start
        yield line, text[start:end]


def _without_comments(text: str) -> str:
    """Return *text* with what stands in ``@comment{...}`` blanked out, its lines kept."""
    found = list(re.finditer(r"@comment\s*\{", text, re.IGNORECASE))
    ends = _group_ends(text) if found else {}
    pieces, start = [], 0
    for match in found:
        end = ends.get(match.end())
        if end is not None and match.start() >= start:
            pieces += [text[start : match.start()], re.sub(r"[^\n]", " ", text[match.start() : end])]
            start = end
    return "".join([*pieces, text[start:]])


def _group_ends(text: str) -> dict[int, int]:
    """Return the place behind the brace that closes each group of *text*, by the place behind the one that opens it."""
    opened: list[int] = []
    ends = {}
    for brace in re.finditer(r"[{}]", text):
        if brace[0] == "{":
            opened.append(brace.end())
        elif opened:
            ends[opened.pop()] = brace.end()
    return ends


def _keyed(part: str, line: int) -> str:
    """Return an entry with a key of ours where it has none."""
    return _KEYLESS.sub(rf"\g<1>{_NO_KEY}{line},", part).replace(f"{_NO_KEY}{line},,", f"{_NO_KEY}{line},", 1)


def _plain_names(part: str) -> str:
    return _NAMED.sub(_named_parts, part) if "family" in part else part


def _named_parts(match: re.Match[str]) -> str:
    """Return a name that biblatex takes in named parts, *family=Berg, given=Jan, prefix=van der*, as BibTeX writes it."""
    parts = {name: (braced or bare).strip(' "') for name, braced, bare in _NAMED_PART.findall(match[0])}
    if not parts.get("family"):
        return match[0]
    last = f"{parts.get('prefix', '')} {{{parts['family']}}}".strip()
    return ", ".join(each for each in (last, parts.get("suffix", ""), parts.get("given", "")) if each)


def _inherit(entry: Entry, shared: Mapping[str, Entry]) -> None:
    """Give *entry* what it does not say itself and takes from another by ``crossref`` or ``xdata``.

    As biblatex has it, the title of a proceedings becomes the title of the book, and an editor no author.
    """
    for name in ("xdata", "crossref"):
        for key in str(entry.fields.get(name, "")).split(","):
            parent = shared.get(key.strip().lower())
            if parent is None or parent is entry:
                continue
            fields = dict(parent.fields.items())
            if name == "crossref":
                titles = {f"book{each}": fields.pop(each) for each in ("title", "subtitle") if each in fields}
                fields = {**titles, **fields}
            for field, value in fields.items():
                if field.lower() not in {each.lower() for each in entry.fields}:
                    entry.fields[field] = value


class LenientParser(Parser):  # type: ignore[misc]
    """Reads an entry with a name that nothing defines as if it were empty, and notes the name."""

    def __init__(self, macros: Mapping[str, str]) -> None:
        super().__init__(encoding="utf-8", macros=dict(macros))
        self.undefined: list[str] = []

    def handle_error(self, error: PybtexError) -> None:
        """Go on behind a name that stands for nothing; stop at any other mistake."""
        if not isinstance(error, UndefinedMacro):
            raise error
        self.undefined.append(str(error).splitlines()[0].rpartition(": ")[2])


def parse_entry(part: str, macros: Mapping[str, str]) -> LenientParser:
    """Parse one entry.

    :raises PybtexError: if it cannot be read, whatever the parser stumbled over.
    """
    bare = re.sub(r"\\[{}]", "", part)
    # BibTeX itself counts an escaped brace too, and would end the entry there.
    if bare.count("{") == bare.count("}") and part.count("{") != part.count("}"):
        raise PybtexError("an escaped brace does not come in a pair")
    parser = LenientParser(macros)
    try:
        parser.parse_string(part)
    except (ValueError, IndexError, RecursionError) as error:
        # pybtex fails in its own message about a brace too many.
        raise PybtexError("a brace or a comma is missing or too much") from error
    return parser
