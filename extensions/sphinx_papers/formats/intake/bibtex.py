"""BibTeX entries as drafts; needs no network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pybtex.database.input.bibtex import month_names
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
from sphinx_papers.formats.records.bibliography import parse_entry, split_entries
from sphinx_papers.formats.text import latex, names
from sphinx_papers.model.problem import Position, Problem
from sphinx_papers.model.records.draft import Draft
from sphinx_papers.model.records.person import Person

if TYPE_CHECKING:
    from pybtex.database import Entry


_NO_KEY = "entry-without-a-key-"
_NAMED = re.compile(
    r"\b(?:given|prefix|suffix|family)\s*=\s*(?:(?!\sand\s)[^{}\"=])*(?:,\s*(?:given|prefix|suffix|family|useprefix|id|given-i|prefix-i)\s*=(?:(?!\sand\s)[^{}\"=,])*)+"
)
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
    problems: list[Problem] = []
    macros = dict(month_names)
    shared: dict[str, Entry] = {}
    parents = {
        each.lower() for each in re.findall(r"\bcrossref\s*=\s*[{\"]\s*([^{}\",\s]+)", text, re.IGNORECASE)
    }
    # What others inherit from stands behind them, as BibTeX asks for.
    entries = sorted(
        split_entries(_without_comments(text)), key=lambda each: not _is_shared(each[1], parents)
    )
    for line, part in entries:
        try:
            parser = parse_entry(_keyed(part, line), macros)
        except PybtexError as error:
            message = str(error).splitlines()[0]
            problems.append(
                Problem(file, Position(line), "bibtex", message, "see whether a brace or a comma is missing")
            )
            continue
        macros.update(parser.macros)
        for name in parser.undefined:
            message = f"`{name}` stands for nothing: no @string defines it"
            problems.append(Problem(file, Position(line), "bibtex", message, "the entry is read without it"))
        for key, entry in parser.data.entries.items():
            if entry.type.lower() == "xdata" or (
                entry.type.lower() == "proceedings" and key.lower() in parents
            ):
                shared[key.lower()] = entry
                continue
            _inherit(entry, shared)
            draft = _draft(entry)
            if key.startswith(_NO_KEY):
                message = f"the entry has no key: {draft.title}"
                problems.append(Problem(file, Position(line), "bibtex", message, "it gets one of its own"))
                key = ""  # noqa: PLW2901
            if draft.title:
                drafts.append(BibtexDraft(key, line, draft))
            else:
                problems.append(Problem(file, Position(line), "bibtex", f"`{key}`: it has no title"))
    return drafts, problems


def _without_comments(text: str) -> str:
    """Return *text* with what stands in ``@comment{...}`` blanked out, its lines kept."""
    for match in list(re.finditer(r"@comment\s*\{", text, re.IGNORECASE)):
        depth, end = 1, match.end()
        while depth and end < len(text):
            depth += (text[end] == "{") - (text[end] == "}")
            end += 1
        if not depth:
            text = text[: match.start()] + re.sub(r"[^\n]", " ", text[match.start() : end]) + text[end:]
    return text


def _is_shared(part: str, parents: set[str]) -> bool:
    match = re.match(r"\s*@\s*(\w+)\s*[{(]\s*([^,\s]*)", part)
    return match is not None and (match[1].lower() in {"string", "xdata"} or match[2].lower() in parents)


def _keyed(part: str, line: int) -> str:
    """Return an entry with a key of ours where it has none, and its names as BibTeX writes them."""
    part = _NAMED.sub(_named_parts, part)
    return re.sub(r"(?i)^(\s*@(?!string|preamble|comment)\w+\s*\{)\s*,", rf"\g<1>{_NO_KEY}{line},", part)


def _inherit(entry: Entry, shared: Mapping[str, Entry]) -> None:
    """Give *entry* what it does not say itself and takes from another by ``crossref`` or ``xdata``."""
    for name in ("crossref", "xdata"):
        for key in str(entry.fields.get(name, "")).split(","):
            if (parent := shared.get(key.strip().lower())) is not None:
                for field, value in parent.fields.items():
                    is_own = name == "crossref" and field.lower() == "title"
                    if is_own and "booktitle" in parent.fields:
                        continue
                    target = "booktitle" if is_own else field
                    if target not in entry.fields:
                        entry.fields[target] = value


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
    title = plain("title")
    if subtitle := plain("subtitle"):
        title = f"{title}{'' if title[-1:] in ':?!' else ':'} {subtitle}"
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


def _named_parts(match: re.Match[str]) -> str:
    """Return a name that biblatex takes in named parts, *family=Berg, given=Jan, prefix=van der*, as BibTeX writes it."""
    parts = dict(re.findall(r"\b(family|given|prefix|suffix)\s*=\s*\{?([^,{}=]+?)\}?\s*(?=,|$)", match[0]))
    last = f"{parts.get('prefix', '')} {{{parts['family']}}}".strip()
    return ", ".join(each for each in (last, parts.get("suffix", ""), parts.get("given", "")) if each)


def _arxiv_link(url: str) -> str:
    return find_arxiv(url) if "arxiv.org" in url else ""
