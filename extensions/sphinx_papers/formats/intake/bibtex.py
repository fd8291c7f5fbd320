"""BibTeX entries as drafts; needs no network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_papers.formats.intake.words import (
    arxiv_month,
    find_arxiv,
    find_doi,
    one_line,
    page_range,
    record_title,
)
from sphinx_papers.formats.intake.words import month as month_of
from sphinx_papers.formats.intake.words import year as year_in
from sphinx_papers.formats.records.bibtex_entries import read_entries
from sphinx_papers.formats.text import latex, names
from sphinx_papers.model.problem import Position, Problem
from sphinx_papers.model.records.draft import Draft
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.title import with_subtitle

if TYPE_CHECKING:
    from pybtex.database import Entry

_AN_ADDRESS = re.compile(r"https?://[^\s{}]+")


@dataclass(frozen=True, slots=True)
class BibtexDraft:
    """A draft, with the entry that it was read from."""

    key: str
    line: int
    draft: Draft


def read_bibtex_drafts(text: str, file: str) -> tuple[list[BibtexDraft], list[Problem]]:
    """Read every entry of *text*; one that cannot be read does not hide the others."""
    drafts: list[BibtexDraft] = []
    entries, problems = read_entries(text, file)
    for line, key, entry, _ in entries:
        draft = _draft(entry)
        if not draft.title:
            problems.append(Problem(file, Position(line), "bibtex", f"`{key}`: it has no title"))
            continue
        if not key:
            message = f"the entry has no key: {draft.title}"
            problems.append(Problem(file, Position(line), "bibtex", message, "it gets one of its own"))
        drafts.append(BibtexDraft(key, line, draft))
    return drafts, sorted(problems, key=lambda each: each.position.line)


def _draft(entry: Entry) -> Draft:
    def field(*names: str) -> str:
        return next((str(entry.fields[name]) for name in names if name in entry.fields), "")

    def plain(*names: str) -> str:
        return one_line(latex.decode(field(*names)))

    authors, odd = _authors(entry)
    venue = plain("booktitle", "journal", "journaltitle")
    is_preprint = venue.casefold().startswith(("arxiv", "corr"))
    eprint = field("eprint") if field("archiveprefix", "eprinttype").casefold() in {"", "arxiv"} else ""
    arxiv = (
        find_arxiv(eprint)
        or find_arxiv(f"{venue} {field('volume')}" if is_preprint else "")
        or _arxiv_link(field("url"))
        or next(
            (
                find_arxiv(field(each))
                for each in ("howpublished", "note")
                if "arxiv" in field(each).casefold()
            ),
            "",
        )
    )
    date = re.match(r"\s*((?:19|20)[0-9]{2})(?:-([0-9]{2}))?", field("date"))
    year = year_in(field("year", "date"))
    month = month_of(plain("month")) or (int(date[2]) if date and date[2] and int(date[2]) <= 12 else 0)
    number = plain("number", "issue")
    if named := month_of(number) if not number.strip().isdecimal() else 0:
        month, number = month or named, ""
    addresses = _AN_ADDRESS.findall(field("url"))
    url = addresses[0] if addresses else field("url").strip()
    title = with_subtitle(plain("title"), plain("subtitle"))
    is_page = url.startswith(("https://", "http://")) and "arxiv.org" not in url and "doi.org" not in url
    pages = page_range(plain("pages"))
    notes = (
        [f"pages not understood: {plain('pages')}"]
        if plain("pages") and not pages and not is_preprint
        else []
    )
    return Draft(
        title=record_title(title),
        authors=authors,
        date=arxiv_month(arxiv) or (f"{year}-{month:02}" if year and month else str(year or "")),
        year=0 if is_preprint else year if venue else 0,
        venue="" if is_preprint else venue,
        volume="" if is_preprint else plain("volume"),
        number=number,
        article=plain("eid", "articleno") if not pages else "",
        pages="" if is_preprint else pages,
        month=month if venue and not is_preprint else 0,
        arxiv=arxiv,
        arxiv_class=field("primaryclass", "eprintclass") if arxiv else "",
        doi=find_doi(latex.decode(field("doi"))) or (find_doi(url) if "doi.org" in url else ""),
        url=url if is_page else "",
        notes=(*odd, *notes),
    )


def _authors(entry: Entry) -> tuple[tuple[Person, ...], tuple[str, ...]]:
    found: dict[Person, None] = {}
    odd = []
    for each in entry.persons.get("author", []):
        try:
            person = names.from_bibtex(each)
        except ValueError:
            odd.append(f"author not understood: {one_line(str(each))}")
            continue
        if person.family in {"others", "al", "al."}:  # BibTeX's et al., and others'.
            odd.append("the entry names only some of the authors")
            continue
        found[
            Person(
                family=latex.decode(person.family), given=latex.decode(person.given),
                particle=latex.decode(person.particle), suffix=latex.decode(person.suffix),
            )
        ] = None  # fmt: skip
    return tuple(found), tuple(odd)


def _arxiv_link(url: str) -> str:
    return find_arxiv(url) if "arxiv.org" in url else ""
