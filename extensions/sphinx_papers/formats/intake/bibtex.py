"""BibTeX entries as drafts; needs no network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pybtex.database.input.bibtex import Parser, month_names
from pybtex.exceptions import PybtexError

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
from sphinx_papers.formats.records.bibliography import split_entries
from sphinx_papers.formats.text import latex, names
from sphinx_papers.model.problem import Position, Problem
from sphinx_papers.model.records.draft import Draft
from sphinx_papers.model.records.person import Person

if TYPE_CHECKING:
    from pybtex.database import Entry


@dataclass(frozen=True, slots=True)
class BibtexDraft:
    """A draft, with the entry that it was read from."""

    key: str
    line: int
    draft: Draft


def read_bibtex_drafts(text: str, file: str) -> tuple[list[BibtexDraft], list[Problem]]:
    """Read every entry of *text*; one that cannot be read does not hide the others."""
    drafts: list[BibtexDraft] = []
    problems: list[Problem] = []
    macros = dict(month_names)
    for line, part in split_entries(text):
        parser = Parser(encoding="utf-8", macros=macros)
        try:
            parser.parse_string(part)
        except PybtexError as error:
            message = str(error).splitlines()[0]
            problems.append(
                Problem(file, Position(line), "bibtex", message, "see whether a brace or a comma is missing")
            )
            continue
        macros.update(parser.macros)
        for key, entry in parser.data.entries.items():
            draft = _draft(entry)
            if draft.title:
                drafts.append(BibtexDraft(key, line, draft))
            else:
                problems.append(Problem(file, Position(line), "bibtex", f"`{key}`: it has no title"))
    return drafts, problems


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
    )
    year, month = year_in(field("year", "date")), month_of(plain("month"))
    url = field("url").strip()
    is_page = url.startswith(("https://", "http://")) and "arxiv.org" not in url and "doi.org" not in url
    pages = page_range(plain("pages"))
    notes = (
        [f"pages not understood: {plain('pages')}"]
        if plain("pages") and not pages and not is_preprint
        else []
    )
    return Draft(
        title=record_title(plain("title")),
        authors=authors,
        date=arxiv_month(arxiv) or (f"{year}-{month:02}" if year and month else str(year or "")),
        year=0 if is_preprint else year if venue else 0,
        venue="" if is_preprint else venue,
        volume="" if is_preprint else plain("volume"),
        number=plain("number", "issue"),
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
        if person.family == "others":  # BibTeX's et al.
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
