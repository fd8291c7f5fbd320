"""The hand-kept bibliography in BibTeX, read by pybtex: works that have no page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_papers.formats.records.bibtex_entries import read_entries
from sphinx_papers.formats.storage.files import read_text
from sphinx_papers.formats.text import latex, names
from sphinx_papers.formats.text.safe_text import Flaw, arxiv_flaw, doi_flaw, text_flaw, title_flaw, url_flaw
from sphinx_papers.model.problem import Position, Problem
from sphinx_papers.model.records.citation_key import citation_key, free_key
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.title import with_subtitle
from sphinx_papers.model.records.work import Work

if TYPE_CHECKING:
    from pybtex.database import Entry

_OTHERS = Person("others")  # as BibTeX has it
_ET_AL = re.compile(r"(?:al\.?, )?et(?: al\.?)?", re.IGNORECASE)
# Fields that are addresses: what looks like LaTeX in them is none.
_ADDRESSES = {"doi": doi_flaw, "eprint": arxiv_flaw, "url": url_flaw}


def read_works(path: Path) -> tuple[tuple[Work, ...], list[Problem]]:
    """Read the hand-kept bibliography at *path*; a missing file holds nothing.

    An entry without a key gets the one that Google Scholar would give it.
    """
    if not path.is_file():
        return (), []
    text, problems = read_text(path)
    entries, unread = read_entries(text, str(path))
    problems += unread
    works: dict[str, Work] = {}
    keys: set[str] = set()
    for line, given, found, part in entries:
        key = given
        if key.lower() in keys:
            message = f"`{key}` is here twice"
            problems.append(Problem(str(path), Position(line), "duplicate-key", message, "keep one entry"))
            continue
        flaws = list(_flaws(found))
        for field, flaw in flaws:
            place = _place_of(field, part, line)
            message = f"{f'`{key}`' if key else 'an entry without a key'}, {field}: {flaw.message}"
            problems.append(Problem(str(path), place, flaw.code, message, flaw.hint))
        if flaws:
            continue
        try:
            work = _work(key, found)
        except ValueError as error:
            problems.append(Problem(str(path), Position(line), "bibtex", f"`{key}`: {error}"))
            continue
        if not key:
            year = int(work.year) if work.year.isdecimal() else 0
            key = free_key(citation_key(work.authors, year, work.title), keys)
            work = replace(work, key=key)
            message = f"the entry has no key: {work.title}"
            hint = f"it is read as `{key}`; write that before its first comma"
            problems.append(Problem(str(path), Position(line), "bibtex", message, hint))
        keys.add(key.lower())
        works[key] = work
    return tuple(works.values()), sorted(problems, key=lambda each: each.position.line)


def _flaws(found: Entry) -> Iterator[tuple[str, Flaw]]:
    """Yield the fields of which a page could not be made safely, by the rules of records; such an entry is not read."""
    for written, value in found.fields.items():
        name = written.lower()
        flaw = text_flaw(value) or text_flaw(latex.decode(value))
        if flaw is None and name in _ADDRESSES and (name != "eprint" or _is_arxiv(found)):
            flaw = _ADDRESSES[name](_first_address(value) if name == "url" else value)
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


def _first_address(url: str) -> str:
    """Return the first of several addresses that reference managers put into one field."""
    addresses = url.split()
    several = len(addresses) > 1 and all(re.match(r"https?://", each) for each in addresses)
    return addresses[0].rstrip(",;") if several else url


def _work(key: str, found: Entry) -> Work:
    fields = found.fields
    people = found.persons.get("author") or found.persons.get("editor") or []
    authors = tuple(
        Person(
            family=latex.decode(person.family), given=latex.decode(person.given),
            particle=latex.decode(person.particle), suffix=latex.decode(person.suffix),
        )
        for person in (_OTHERS if _ET_AL.fullmatch(str(each)) else names.from_bibtex(each) for each in people)
    )  # fmt: skip
    if "title" not in fields:
        message = "it has no title"
        raise ValueError(message)
    text = {name: latex.decode(value) for name, value in fields.items() if name not in _ADDRESSES}
    containers = ("journal", "journaltitle", "booktitle", "school", "institution", "howpublished")
    year = re.match(r"[0-9]{4}", text.get("date", ""))
    return Work(
        key=key, title=with_subtitle(text["title"], text.get("subtitle", "")), authors=authors,
        year=text.get("year") or (year[0] if year else ""),
        container=next((text[name] for name in containers if name in text), ""),
        serial="journal" in text or "journaltitle" in text,
        volume=text.get("volume", ""), number=text.get("number", "") or text.get("issue", ""),
        pages=text.get("pages", "").replace("--", "\N{EN DASH}") or text.get("eid", "") or text.get("articleno", ""),
        doi=fields.get("doi", ""), arxiv=fields.get("eprint", "") if _is_arxiv(found) else "",
        url=_first_address(fields.get("url", "")),
    )  # fmt: skip
