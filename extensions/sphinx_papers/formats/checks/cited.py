"""An author's own bibliography against the records: what it says that is not so, and the edits that mend it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pybtex.bibtex.utils import split_name_list

from sphinx_papers.formats.checks.bib_edit import BibEdit, EntryPen, with_edits
from sphinx_papers.formats.checks.cited_paper import (
    ARXIV,
    Citation,
    CitedId,
    CitedRecords,
    Recognised,
    Stranger,
)
from sphinx_papers.formats.exports.bibtex import kept_words, latex_names, title_latex
from sphinx_papers.formats.intake.words import page_range, year
from sphinx_papers.formats.text import latex
from sphinx_papers.formats.text.bib_source import BibEntry, BibField, TextSpan, bare_places, read_source
from sphinx_papers.model.problem import Position, Problem, shown
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.person import Person, slug
from sphinx_papers.model.records.registry import Venue, VenueKind
from sphinx_papers.model.records.title import normalised_title

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PASSES = 5
_OTHERS = frozenset({"others", "et al", "et al."})
_FIGURE = re.compile(r"[\w.-]+")
_NOISE = frozenset(
    (  # noqa: SIM905
        "proceedings proc conference conf journal international int transactions trans ieee cvf acm the of on and in for "
        "advances annual workshop workshops symposium"
    ).split()
)


@dataclass(frozen=True, slots=True)
class CitedFinding:
    """What is wrong at a place of the file, and how it is mended."""

    place: int
    code: str
    message: str
    hint: str
    edits: tuple[BibEdit, ...] = ()
    """Nothing where only the author can decide."""


@dataclass(frozen=True, slots=True)
class CitedReport:
    """What was found in a file."""

    problems: tuple[Problem, ...]
    entries: int
    known: int
    """Entries whose paper is among the records."""


class Bibliographer:
    """Judges bibliographies by the records of *library*."""

    def __init__(self, library: Library) -> None:
        self._venues = library.registry.venues
        self._records = CitedRecords(library, library.registry)

    def report(self, text: str, file: str) -> CitedReport:
        """Return what is wrong with the bibliography *text*, in the order of its lines."""
        source = read_source(text)
        found, known = self._findings(text, source.entries)
        lines = [0, *(match.end() for match in re.finditer("\n", text))]

        def position(place: int) -> Position:
            line = bisect_right(lines, place)
            return Position(line, place - lines[line - 1] + 1)

        problems = [Problem(file, position(each.place), each.code, each.message, each.hint) for each in found]
        problems += [
            Problem(
                file,
                position(each.place),
                "bibtex",
                each.message,
                "BibTeX does not read the entry as it is meant",
            )
            for each in source.broken
        ]
        return CitedReport(tuple(sorted(problems)), len(source.entries), known)

    def mended(self, text: str) -> str:
        """Return *text* with all mended that the records decide; all else stays as it is."""
        for _ in range(_PASSES):
            fixed = with_edits(text, (each.edits for each in self._found(text) if each.edits))
            if fixed == text:
                break
            text = fixed
        return text

    def _found(self, text: str) -> list[CitedFinding]:
        return self._findings(text, read_source(text).entries)[0]

    def _findings(self, text: str, entries: list[BibEntry]) -> tuple[list[CitedFinding], int]:
        citations = [Citation(entry) for entry in entries]
        known = [self._records.find(each) for each in citations]
        short = self._writes_short_names(citations)
        found = []
        for citation, what in zip(citations, known, strict=True):
            if isinstance(what, Recognised):
                found += list(self._of_entry(text, citation, what, short))
            elif isinstance(what, Stranger):
                found.append(_of_stranger(citation, what))
        found += _repeated(text, citations, known)
        return sorted(found, key=lambda each: each.place), sum(isinstance(each, Recognised) for each in known)

    def _writes_short_names(self, citations: Sequence[Citation]) -> bool:
        """Say whether most venues stand under their short names, *CVPR*: new ones are then written so too."""
        short = full = 0
        for each in citations:
            venue = self._records.venue(each.container_text) if each.container else None
            if venue is not None and self._venues[venue].kind is not VenueKind.PREPRINT:
                is_short = re.sub(r"[\W0-9]", "", each.container_text) == re.sub(
                    r"\W", "", self._venues[venue].name
                )
                short, full = short + is_short, full + (not is_short)
        return short > full

    def _of_entry(
        self, text: str, citation: Citation, what: Recognised, short: bool
    ) -> Iterator[CitedFinding]:
        paper, pen = what.paper, EntryPen(text, citation.entry)
        for each, owner in what.wrong:
            yield _wrong_id(each, owner, paper, pen)
        yield from _title(text, citation, paper, pen)
        yield from _authors(text, citation, paper, pen)
        seen = paper.appearance
        if seen is None or self._venues[seen.venue].kind is VenueKind.PREPRINT:
            yield from _early_year(citation, paper, pen)
        elif self._records.is_preprint(citation):
            yield self._published(citation, paper, pen, short)
        else:
            yield from self._appearance(citation, paper, pen, short)

    def _published(self, citation: Citation, paper: Paper, pen: EntryPen, short: bool) -> CitedFinding:
        """Return that the preprint of a published paper is cited, and the entry of the publication."""
        entry, seen = citation.entry, paper.appearance
        assert seen is not None
        venue = self._venues[seen.venue]
        edits: list[BibEdit] = []
        added: dict[str, str] = {}
        container, kind = _container(venue, entry, has_number=bool(seen.number))
        if entry.kind != kind:
            edits.append(pen.typed(kind))
        named = latex.encode(venue.name if short else venue.proceedings)
        if (held := citation.container) is not None:
            edits += [pen.value(held, named)] + (
                [pen.renamed(held, container)] if held.name != container else []
            )
        else:
            added[container] = named
        wanted = {
            "year": str(paper.year), "volume": latex.encode(seen.volume), "number": latex.encode(seen.number),
            "pages": seen.pages.replace("-", "--") or latex.encode(seen.article), "doi": paper.doi,
        }  # fmt: skip
        for name, value in wanted.items():
            there = entry.fields.get(name)
            if name == "year" and there is None and (date := entry.find("date")):
                edits += [pen.value(date, value)] if year(date.text) != paper.year else []
            elif there is None:
                added |= {name: value} if value else {}
            elif not value and there.text and name in {"volume", "number", "pages"}:
                edits.append(pen.removed(there))
            elif value and there.text != value:
                edits.append(pen.value(there, value))
        publisher = entry.find("publisher")
        if publisher and "arxiv" in publisher.text.casefold():
            edits.append(
                pen.value(publisher, latex.encode(venue.publisher))
                if venue.publisher
                else pen.removed(publisher)
            )
        if month := entry.find("month"):
            name = _MONTHS[seen.month - 1] if seen.month else ""
            edits.append(BibEdit(month.value, name) if name else pen.removed(month))
        edits += pen.added(added)
        where = ", ".join(
            filter(
                None, (f"{venue.name} {seen.year}", f"pages {seen.pages}" if seen.pages else "", paper.doi)
            )
        )
        return CitedFinding(
            held.value.start if held else entry.key_span.start, "cited-preprint",
            f"`{entry.key}` cites the preprint of a paper that was published: {where}",
            f"make it @{kind} with {container} = {named}", tuple(edits),
        )  # fmt: skip

    def _appearance(
        self, citation: Citation, paper: Paper, pen: EntryPen, short: bool
    ) -> Iterator[CitedFinding]:
        entry, seen = citation.entry, paper.appearance
        assert seen is not None
        venue = self._venues[seen.venue]
        held = citation.container
        found = self._records.venue(citation.container_text) if held else None
        if (
            held is not None
            and found != seen.venue
            and not (found is None and (held.is_named or _may_be(citation.container_text, venue)))
        ):
            container, kind = _container(venue, entry, has_number=bool(seen.number))
            named = latex.encode(venue.name if short else venue.proceedings)
            edits = [pen.value(held, named)]
            if held.name != container and not (
                held.name == "journal" and container == "booktitle" and seen.number
            ):
                edits.append(pen.renamed(held, container))
                edits += [pen.typed(kind)] if entry.kind != kind else []
            yield CitedFinding(
                held.value.start, "cited-venue",
                f"`{entry.key}` says {shown(citation.container_text)}; the paper was published in {venue.full} ({venue.name})",
                f"write {named}", tuple(edits),
            )  # fmt: skip
        elif held is not None and entry.kind == "article" and held.name == "booktitle":
            container, kind = _container(venue, entry, has_number=False)
            edits = [pen.typed(kind)] if container == "booktitle" else [pen.renamed(held, container)]
            yield CitedFinding(
                entry.type_span.start,
                "cited-venue",
                f"`{entry.key}` is an @article with a booktitle, which styles do not print",
                f"make it @{kind} with {container}",
                tuple(edits),
            )
        said = entry.find("year", "date")
        if said is not None and citation.year and citation.year != paper.year:
            yield CitedFinding(
                said.value.start, "cited-year",
                f"`{entry.key}` says {citation.year}; the paper was published in {paper.year} ({venue.name})",
                f"write {paper.year}", (pen.replaced(said, str(citation.year), str(paper.year)),),
            )  # fmt: skip
        for name, right in (("volume", seen.volume), ("number", seen.number)):
            there = entry.find(name)
            if (
                there
                and right
                and _FIGURE.fullmatch(there.text)
                and there.text.casefold() != right.casefold()
            ):
                yield CitedFinding(
                    there.value.start, "cited-volume", f"`{entry.key}` says {name} {shown(there.text)}; it is {right}",
                    f"write {right}", (pen.value(there, latex.encode(right)),),
                )  # fmt: skip
        pages = entry.find("pages")
        if pages and seen.pages:
            told = page_range(latex.decode(pages.text))
            if told and told != seen.pages:
                right = seen.pages.replace("-", "--")
                yield CitedFinding(
                    pages.value.start, "cited-pages",
                    f"`{entry.key}` says pages {told}; the paper stands on {seen.pages}",
                    f"write {right}", (pen.value(pages, right),),
                )  # fmt: skip


def _container(venue: Venue, entry: BibEntry, *, has_number: bool) -> tuple[str, str]:
    """Return the field and the kind of entry of a paper in *venue*, in the dialect of *entry*."""
    if venue.kind is VenueKind.JOURNAL or has_number:
        is_biblatex = "journaltitle" in entry.fields or (
            "date" in entry.fields and "year" not in entry.fields
        )
        return "journaltitle" if is_biblatex else "journal", "article"
    return "booktitle", "inproceedings"


def _may_be(text: str, venue: Venue) -> bool:
    """Say whether *text*, which no name of a venue matches, may still mean *venue*: a word or the initials agree."""
    words = set(slug(text).split("-")) - _NOISE
    names = (venue.name, venue.full, venue.proceedings, *venue.aliases)
    known = [each for name in names for each in slug(name).split("-") if each not in _NOISE]
    if any(one.startswith(other[:4]) or other.startswith(one[:4]) for one in words for other in known):
        return True
    initials = "".join(each[0] for each in slug(venue.full).split("-"))
    return not words or any(_is_within(each, initials) for each in words if len(each) > 1)


def _is_within(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


def _early_year(citation: Citation, paper: Paper, pen: EntryPen) -> Iterator[CitedFinding]:
    """Yield that a paper is dated before it was public; a later year may be that of a revision."""
    said = citation.entry.find("year", "date")
    if said is not None and 0 < citation.year < paper.date.year:
        yield CitedFinding(
            said.value.start, "cited-year",
            f"`{citation.entry.key}` says {citation.year}; the paper was first public in {paper.date.year}",
            f"write {paper.date.year}", (pen.replaced(said, str(citation.year), str(paper.date.year)),),
        )  # fmt: skip


def _wrong_id(each: CitedId, owner: Paper | None, paper: Paper, pen: EntryPen) -> CitedFinding:
    right = paper.arxiv if each.kind == ARXIV else paper.doi
    hint = f"write {right}" if right else f"take it out: no {each.kind} of this paper is known"
    if owner is not None:
        code, message = "cited-other", f"{each.kind} {each.value} is `{owner.key}`, {owner.plain_title}"
    else:
        code = "cited-arxiv" if each.kind == ARXIV else "cited-doi"
        message = f"{each.kind} {each.value} is not that of `{paper.key}`"
    edits = (pen.replaced(each.field, each.value, right),) if right else ()
    return CitedFinding(each.field.value.start, code, message, hint, edits)


def _of_stranger(citation: Citation, what: Stranger) -> CitedFinding:
    place = what.id.field.value.start
    said = f"{what.id.kind} {what.id.value} is `{what.paper.key}`, {what.paper.plain_title}"
    if what.is_retitled:
        return CitedFinding(
            place, "cited-title", f"`{citation.entry.key}` has another title: {said}",
            "see which one is meant; the authors are the same",
        )  # fmt: skip
    return CitedFinding(
        place, "cited-other", f"`{citation.entry.key}` is another paper: {said}", "look the right one up"
    )


def _title(text: str, citation: Citation, paper: Paper, pen: EntryPen) -> Iterator[CitedFinding]:
    title = citation.entry.find("title")
    if title is None:
        return
    if citation.folded != normalised_title(paper.title) and "subtitle" not in citation.entry.fields:
        right = title_latex(paper.title, paper.names)
        yield CitedFinding(
            title.value.start, "cited-title", f"`{citation.entry.key}` has another title than the paper",
            f"write {right}", (pen.value(title, right),),
        )  # fmt: skip
    elif title.inner is not None:
        yield from _capitals(text, title, paper, citation.entry.key)


def _capitals(text: str, title: BibField, paper: Paper, key: str) -> Iterator[CitedFinding]:
    assert title.inner is not None
    raw = text[title.inner.start : title.inner.end]
    bare = set(bare_places(raw))
    places: list[tuple[TextSpan, str]] = []
    for word in kept_words(paper.title, paper.names):
        pattern = rf"(?<!\w){re.escape(word)}(?!\w)"
        found = list(re.finditer(pattern, raw, re.IGNORECASE))
        if len(found) != len(re.findall(pattern, paper.plain_title, re.IGNORECASE)):
            found = [each for each in found if each[0] == word]
        places += [
            (TextSpan(title.inner.start + each.start(), title.inner.start + each.end()), word)
            for each in found
            if all(place in bare for place in range(*each.span()))
        ]
    if places:
        places.sort()
        words = list(dict.fromkeys(word for _, word in places))
        edits = tuple(BibEdit(span, f"{{{word}}}") for span, word in places)
        yield CitedFinding(
            places[0][0].start, "cited-capitals",
            f"`{key}`: no braces keep the capitals of {', '.join(words)}",
            "write " + ", ".join(f"{{{word}}}" for word in words), edits,
        )  # fmt: skip


def _authors(text: str, citation: Citation, paper: Paper, pen: EntryPen) -> Iterator[CitedFinding]:
    field = citation.entry.find("author")
    if field is None or not paper.authors or "=" in field.text:
        return
    written = [" ".join(each.split()) for each in split_name_list(field.text)]
    named = [each for each in written if each.strip("{}").casefold() not in _OTHERS]
    if len(named) >= len(paper.authors):
        return
    whose, strangers = _aligned(named, paper.authors)
    missing = [author for author in paper.authors if author not in whose]
    if not missing or len(missing) + len(whose) != len(paper.authors):
        return
    told = ", ".join(author.display for author in missing[:5]) + (", ..." if len(missing) > 5 else "")
    right = " and ".join(whose.get(author) or str(latex_names([author])[0]) for author in paper.authors)
    yield CitedFinding(
        field.value.start, "cited-authors",
        f"`{citation.entry.key}` names {len(named)} of {len(paper.authors)} authors; missing: {told}",
        f"write {right}" if not strangers else f"the records do not have {strangers[0]}",
        () if strangers else (pen.value(field, right),),
    )  # fmt: skip


def _aligned(named: list[str], authors: tuple[Person, ...]) -> tuple[dict[Person, str], list[str]]:
    """Return each author with the name that the entry has for the person, and the names of nobody."""
    whose: dict[Person, str] = {}
    strangers = []
    for name in named:
        words = f"-{slug(latex.decode(name))}-"
        found = [each for each in authors if each not in whose and f"-{slug(each.family)}-" in words]
        alike = [each for each in found if _given_fits(each, words)]
        if alike:
            whose[alike[0]] = name
        else:
            strangers.append(name)
    return whose, strangers


def _given_fits(author: Person, words: str) -> bool:
    """Say whether *words*, a name of the same family, can be *author*: a given name or its initial is there."""
    rest = words.replace(f"-{slug(author.family)}-", "-", 1).strip("-").split("-")
    given = slug(author.given).split("-")
    return not rest[0] or not given[0] or any(one[:1] == given[0][:1] for one in rest)


def _repeated(
    text: str, citations: Sequence[Citation], known: Sequence[Recognised | Stranger | None]
) -> Iterator[CitedFinding]:
    """Yield entries whose key, or whose paper, an earlier entry has."""
    keys: dict[str, Citation] = {}
    papers: dict[str, Citation] = {}
    others: dict[tuple[str, str], Citation] = {}
    for citation, what in zip(citations, known, strict=True):
        entry = citation.entry
        first = keys.setdefault(entry.key.lower(), citation)
        if first is not citation and entry.key:
            yield CitedFinding(
                entry.key_span.start, "duplicate-key", f"`{entry.key}` is here twice{_since(text, first)}", "keep one entry"
            )  # fmt: skip
            continue
        if isinstance(what, Recognised):
            earlier = papers.setdefault(what.paper.key, citation)
        else:
            earlier = _earlier(citation, others)
        if earlier is not citation:
            yield CitedFinding(
                entry.key_span.start, "cited-twice",
                f"`{entry.key}` is the paper of `{earlier.entry.key}`{_since(text, earlier)}",
                f"cite `{earlier.entry.key}`, and delete this entry",
            )  # fmt: skip


def _since(text: str, citation: Citation) -> str:
    return f" (line {text.count(chr(10), 0, citation.entry.key_span.start) + 1})"


def _earlier(citation: Citation, others: dict[tuple[str, str], Citation]) -> Citation:
    """Return the entry before *citation* with the same identifier and the same title; itself without one."""
    earlier = citation
    for each in citation.ids:
        first = others.setdefault((each.value.casefold(), citation.folded), citation)
        if citation.folded and earlier is citation:
            earlier = first
    return earlier
