"""The hand-kept bibliography in BibTeX, read by pybtex: works that have no page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pybtex.database.input.bibtex import Parser, UndefinedMacro, month_names
from pybtex.exceptions import PybtexError

from sphinx_papers.formats.storage.files import read_text
from sphinx_papers.formats.text import latex, names
from sphinx_papers.formats.text.safe_text import Flaw, arxiv_flaw, doi_flaw, text_flaw, title_flaw, url_flaw
from sphinx_papers.model.problem import Position, Problem
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.work import Work

if TYPE_CHECKING:
    from pybtex.database import Entry

# Fields that are addresses: what looks like LaTeX in them is none.
_ADDRESSES = {"doi": doi_flaw, "eprint": arxiv_flaw, "url": url_flaw}


def read_works(path: Path) -> tuple[tuple[Work, ...], list[Problem]]:
    """Read the hand-kept bibliography at *path*; a missing file holds nothing.

    The file is read entry by entry, so that one that BibTeX could not use does not hide
    the others.
    """
    if not path.is_file():
        return (), []
    text, problems = read_text(path)
    macros = dict(month_names)  # the strings that one entry defines are there for the next
    works: dict[str, Work] = {}
    keys: set[str] = set()
    for line, part in split_entries(text):
        try:
            parser = parse_entry(part, macros)
            macros.update(parser.macros)
        except PybtexError as error:
            inside = re.search(r" in line ([0-9]+)", _first_line(error))
            place = Position(line + int(inside[1]) - 1 if inside else line)
            message = _first_line(error).replace(inside[0] if inside else "", "")
            problems.append(Problem(str(path), place, "bibtex", message))
            continue
        for name in parser.undefined:
            message = f"`{name}` stands for nothing: no @string defines it"
            problems.append(Problem(str(path), Position(line), "bibtex", message))
        for key, found in parser.data.entries.items():
            if key.lower() in keys:
                message = f"`{key}` is here twice"
                problems.append(
                    Problem(str(path), Position(line), "duplicate-key", message, "keep one entry")
                )
                continue
            keys.add(key.lower())
            flaws = list(_flaws(found))
            for field, flaw in flaws:
                place = _place_of(field, part, line)
                message = f"`{key}`, {field}: {flaw.message}"
                problems.append(Problem(str(path), place, flaw.code, message, flaw.hint))
            if flaws:
                continue
            try:
                works[key] = _work(key, found)
            except ValueError as error:
                problems.append(Problem(str(path), Position(line), "bibtex", f"`{key}`: {error}"))
    return tuple(works.values()), problems


def split_entries(text: str) -> Iterator[tuple[int, str]]:
    """Split BibTeX into entries, each with the line on which it begins."""
    starts = [match.start() for match in re.finditer(r"^[ \t]*@", text, re.MULTILINE)]
    line, counted = 1, 0
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else len(text)
        line, counted = line + text.count("\n", counted, start), start
        yield line, text[start:end]


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


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


def _flaws(found: Entry) -> Iterator[tuple[str, Flaw]]:
    """Yield the fields of which a page could not be made safely, by the rules of records; such an entry is not read."""
    for written, value in found.fields.items():
        name = written.lower()
        flaw = text_flaw(value) or text_flaw(latex.decode(value))
        if flaw is None and name in _ADDRESSES and (name != "eprint" or _is_arxiv(found)):
            flaw = _ADDRESSES[name](value)
        if flaw is None and name == "title":
            flaw = title_flaw(latex.decode(value))
        if flaw:
            yield written, flaw
    for role, people in found.persons.items():
        for person in people:
            name = str(person)
            flaw = text_flaw(name) or text_flaw(latex.decode(name))
            if flaw:
                yield role, flaw


def _is_arxiv(found: Entry) -> bool:
    """Say whether the ``eprint`` of an entry is on arXiv; BibTeX knows of no other archive, biblatex does."""
    archive = found.fields.get("archiveprefix", found.fields.get("eprinttype", "arxiv"))
    return bool(archive.lower() == "arxiv")


def _place_of(field: str, part: str, line: int) -> Position:
    """Return where *field* stands in an entry that begins on *line*."""
    match = re.search(
        rf"^[ \t]*{re.escape(field)}\s*=|[,{{]\s*({re.escape(field)})\s*=", part, re.IGNORECASE | re.MULTILINE
    )
    if match is None:
        return Position(line)
    start = match.start(1) if match[1] else match.start() + len(match[0]) - len(match[0].lstrip())
    return Position(line + part.count("\n", 0, start), start - part.rfind("\n", 0, start))


def _work(key: str, found: Entry) -> Work:
    fields = found.fields
    people = found.persons.get("author") or found.persons.get("editor") or []
    authors = tuple(
        Person(
            family=latex.decode(person.family), given=latex.decode(person.given),
            particle=latex.decode(person.particle), suffix=latex.decode(person.suffix),
        )
        for person in (names.from_bibtex(each) for each in people)
    )  # fmt: skip
    if "title" not in fields:
        message = "it has no title"
        raise ValueError(message)
    text = {name: latex.decode(value) for name, value in fields.items() if name not in _ADDRESSES}
    containers = ("journal", "journaltitle", "booktitle", "school", "institution", "howpublished")
    return Work(
        key=key, title=text["title"], authors=authors, year=text.get("year", ""),
        container=next((text[name] for name in containers if name in text), ""),
        serial="journal" in text or "journaltitle" in text,
        volume=text.get("volume", ""), number=text.get("number", ""),
        pages=text.get("pages", "").replace("--", "\N{EN DASH}"),
        doi=fields.get("doi", ""), arxiv=fields.get("eprint", "") if _is_arxiv(found) else "",
        url=fields.get("url", ""),
    )  # fmt: skip
