"""BibTeX, written and read by pybtex."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from pybtex.database import BibliographyData, Entry
from pybtex.database import Person as BibtexPerson
from pybtex.database.input.bibtex import Parser, month_names
from pybtex.database.output.bibtex import Writer
from pybtex.exceptions import PybtexError

from sphinx_papers.formats import latex, names
from sphinx_papers.formats.files import read_text
from sphinx_papers.formats.safe_text import Flaw, arxiv_flaw, doi_flaw, text_flaw, title_flaw, url_flaw
from sphinx_papers.model.paper import Paper
from sphinx_papers.model.person import Person
from sphinx_papers.model.problem import Position, Problem
from sphinx_papers.model.registry import Registry, VenueKind
from sphinx_papers.model.title import title_parts
from sphinx_papers.model.work import Work

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Fields that are addresses: what looks like LaTeX in them is none.
_ADDRESSES = {"doi": doi_flaw, "eprint": arxiv_flaw, "url": url_flaw}
# A part of a word that BibTeX styles would spoil by lower-casing it: a capital after
# the first character, as in CAM, DeepLab, 3D; or a single letter that a hyphen follows,
# as in U-Net. No word has its first capital behind a hundred letters.
_CAPITALS = r"(?<![\w-])[A-Z]-\w+|[^\s{}()\[\],:;!?/-]{1,100}[A-Z][^\s{}()\[\],:;!?/-]*"
_PROTECTED = re.compile(_CAPITALS)

FIELDS = (
    "booktitle", "journal", "volume", "number", "pages", "year", "month", "publisher", "doi", "eprint", "url",
)  # fmt: skip
"""The fields that a caller may do without; ``eprint`` stands for the two that explain it as well."""


@dataclass(frozen=True, slots=True)
class BibtexStyle:
    """How a caller wants the entries."""

    short_venues: bool = False
    """Write *CVPR*, not the name of the proceedings in full."""
    without: frozenset[str] = frozenset()
    """Names of :data:`FIELDS` to leave out."""


PLAIN = BibtexStyle()


class _LatexWriter(Writer):  # type: ignore[misc]
    """Writes fields that are LaTeX already, and months as the macros that styles define."""

    def _encode(self, text: str) -> str:
        return text

    def _write_field(self, stream: TextIO, type: str, value: str) -> None:
        if type == "month":
            stream.write(f",\n    month = {value}")
        else:
            super()._write_field(stream, type, value)


def title_latex(title: str, names: Iterable[str] = ()) -> str:
    """Return *title* as LaTeX whose capitals survive a style that lower-cases titles.

    *names* are proper names, which keep theirs as well.
    """
    pattern = _protecting(title, names)
    parts: list[str] = []
    grouped = False
    for math, text in title_parts(title):
        if math:
            parts.append(f"{{${text}$}}")
            continue
        for piece in re.split(r"([{}])", text.replace("\\$", "$")):
            if piece in {"{", "}"}:
                grouped = piece == "{"
                parts.append(piece)
            else:
                parts.append(latex.encode(piece) if grouped else _protected(piece, pattern))
    return "".join(parts)


def _protecting(title: str, names: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of what to brace in *title*, the longest first.

    A name with no capital but the first may stand in the title as an ordinary word.
    """
    found = [name for name in names if name in title and name[1:] != name[1:].lower()]
    if not found:
        return _PROTECTED
    words = "|".join(re.escape(name) for name in sorted(found, key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)|{_CAPITALS}")


def _protected(text: str, pattern: re.Pattern[str]) -> str:
    start, parts = 0, []
    for match in pattern.finditer(text):
        parts += [latex.encode(text[start : match.start()]), f"{{{latex.encode(match[0])}}}"]
        start = match.end()
    return "".join([*parts, latex.encode(text[start:])])


def _latex_name(person: Person) -> BibtexPerson:
    """Return *person* with its parts in LaTeX, each kept together by BibTeX."""
    name = BibtexPerson()
    name.first_names = [latex.encode(word) for word in person.given.split()]
    name.prelast_names = [latex.encode(word) for word in person.particle.split()]
    family = latex.encode(person.family)
    name.last_names = [f"{{{family}}}" if _would_part(person) else family]
    name.lineage_names = [latex.encode(person.suffix)] if person.suffix else []
    return name


def latex_names(people: Iterable[Person]) -> list[BibtexPerson]:
    """Return *people* as BibTeX names, their parts in LaTeX."""
    return [_latex_name(person) for person in people]


def _would_part(person: Person) -> bool:
    """Say whether BibTeX would read something else than one family name."""
    family = person.family
    if re.search(r"\band\b|,", family, re.IGNORECASE):
        return True
    # Without a comma the last word alone is the family; words in lower case are particles.
    return " " in family and (not person.given or family[:1].islower())


def entry(paper: Paper, registry: Registry, style: BibtexStyle = PLAIN) -> Entry:
    """Return *paper* as a BibTeX entry, its fields in LaTeX.

    Entry types and fields follow BibTeX's own documentation (btxdoc), those of
    preprints arXiv's recommendation.
    """
    seen = paper.appearance
    venue = registry.venues[seen.venue] if seen else None
    fields: list[tuple[str, str]] = [("title", title_latex(paper.title, paper.names))]
    kind = "misc"
    if venue is not None and venue.kind is not VenueKind.PREPRINT:
        # Proceedings that come in volumes with numbers are a serial, AAAI's for instance;
        # BibTeX has no place for both in a paper of a conference.
        serial = venue.kind is VenueKind.JOURNAL or (seen is not None and seen.number)
        kind = "article" if serial else "inproceedings"
        container = "journal" if kind == "article" else "booktitle"
        fields.append((container, latex.encode(venue.name if style.short_venues else venue.proceedings)))
    if seen is not None:
        pages = seen.pages.replace("-", "--") or latex.encode(seen.article)
        fields += [("volume", latex.encode(seen.volume)), ("number", latex.encode(seen.number))]
        fields.append(("pages", pages))
    fields.append(("year", str(paper.year)))
    month = paper.issued(preprint=kind == "misc").month
    if month:
        fields.append(("month", _MONTHS[month - 1]))
    if venue is not None and kind == "inproceedings":  # an article has none, say btxdoc and biblatex
        fields.append(("publisher", latex.encode(venue.publisher)))
    fields.append(("doi", paper.doi))
    if paper.arxiv:
        fields += [("eprint", paper.arxiv), ("archivePrefix", "arXiv"), ("primaryClass", paper.arxiv_class)]
    # Addresses are verbatim to BibTeX styles and biber: an escape would become part of them.
    fields.append(("url", paper.address))
    left_out = style.without | ({"archivePrefix", "primaryClass"} if "eprint" in style.without else set())
    return Entry(
        kind,
        [(name, value) for name, value in fields if value and name not in left_out],
        persons={"author": [_latex_name(each) for each in paper.authors]} if paper.authors else {},
    )


def entries(papers: Iterable[Paper], registry: Registry) -> BibliographyData:
    """Return *papers* as BibTeX entries, sorted by key."""
    ordered = sorted(papers, key=lambda paper: paper.key)
    return BibliographyData({paper.key: entry(paper, registry) for paper in ordered})


def write_bibtex(papers: Iterable[Paper], registry: Registry, style: BibtexStyle = PLAIN) -> str:
    """Return *papers* as BibTeX, sorted by key."""
    ordered = sorted(papers, key=lambda paper: paper.key)
    return "\n".join(written_entry(paper, registry, style) for paper in ordered)


def written_entry(paper: Paper, registry: Registry, style: BibtexStyle = PLAIN) -> str:
    """Return *paper* as BibTeX."""
    stream = io.StringIO()
    data = BibliographyData({paper.key: entry(paper, registry, style)})
    _LatexWriter(encoding="utf-8").write_stream(data, stream)
    return stream.getvalue()


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
        parser = Parser(encoding="utf-8", macros=macros)
        try:
            parser.parse_string(part)
            macros.update(parser.macros)
        except PybtexError as error:
            inside = re.search(r" in line ([0-9]+)", _first_line(error))
            place = Position(line + int(inside[1]) - 1 if inside else line)
            message = _first_line(error).replace(inside[0] if inside else "", "")
            problems.append(Problem(str(path), place, "bibtex", message))
            continue
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
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else len(text)
        yield text.count("\n", 0, start) + 1, text[start:end]


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
