"""BibTeX, written by pybtex."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TextIO

from pybtex.database import BibliographyData, Entry
from pybtex.database import Person as BibtexPerson
from pybtex.database.output.bibtex import Writer

from sphinx_papers.formats.exports.export import ExportError, ExportOptions
from sphinx_papers.formats.text import latex
from sphinx_papers.formats.text.tex import refused_tex
from sphinx_papers.model.problem import did_you_mean
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Registry, VenueKind
from sphinx_papers.model.records.title import title_parts

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
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
            # A record has no other formula; what others publish may have.
            parts.append(latex.encode(f"${text}$") if refused_tex(text) else f"{{${text}$}}")
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


def kept_words(title: str, names: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the words of *title* that BibTeX must not lower, each once: what :func:`title_latex` braces."""
    pattern = _protecting(title, names)
    found: dict[str, None] = {}
    for math, text in title_parts(title):
        for piece in () if math else re.findall(r"\{[^{}]*\}|[^{}]+", text):
            words = [piece[1:-1]] if piece.startswith("{") else pattern.findall(piece)
            found |= dict.fromkeys(filter(None, words))
    return tuple(found)


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
    """Return *paper* as BibTeX, behind definitions of the letters in it that LaTeX's usual fonts lack."""
    stream = io.StringIO()
    data = BibliographyData({paper.key: entry(paper, registry, style)})
    _LatexWriter(encoding="utf-8").write_stream(data, stream)
    text = stream.getvalue()
    preamble = latex.definitions(text)
    return f'@preamble{{"{preamble}"}}\n{text}' if preamble else text


def write(papers: Sequence[Paper], library: Library, options: ExportOptions) -> str:
    """Return *papers* as a caller wants them.

    :raises ExportError: for a field to leave out that is never written.
    """
    for name in options.without:
        if name not in FIELDS:
            hint = did_you_mean(name, FIELDS, "known are " + ", ".join(FIELDS))
            message = f"unknown field `{name}`: {hint}"
            raise ExportError(message)
    style = BibtexStyle(options.short_venues, frozenset(options.without))
    return write_bibtex(papers, library.registry, style)
