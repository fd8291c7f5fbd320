"""Finds the record of which an entry of an author's bibliography speaks; never that of another paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sphinx_papers.formats.intake.words import find_arxiv, find_doi, year
from sphinx_papers.formats.text import latex
from sphinx_papers.formats.text.bib_source import BibEntry, BibField
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.person import slug
from sphinx_papers.model.records.registry import Registry, VenueKind
from sphinx_papers.model.records.title import normalised_title, plain_title
from sphinx_papers.model.records.venue_name import VenueNames

ARXIV, DOI = "arXiv id", "DOI"
_NO_PAPER = frozenset(
    (  # noqa: SIM905
        "phdthesis mastersthesis thesis book booklet proceedings mvbook collection manual software dataset patent "
        "xdata set"
    ).split()
)
_PREPRINT = re.compile(
    r"\W*(?:the\s+)?(?:e-?print\s+)?(?:arxiv|corr\b|computing research repository)", re.IGNORECASE
)
_LATEX = re.compile(r"[\\$~%]|--|``|''")
_CONTAINERS = ("booktitle", "journal", "journaltitle")
_ALIKE = 0.75
"""Share of the words of the shorter title that the other must have, to be the title of one paper."""


@dataclass(frozen=True, slots=True)
class CitedId:
    """An identifier as an entry gives it."""

    kind: str
    """:data:`ARXIV` or :data:`DOI`."""
    value: str
    field: BibField


class Citation:
    """What an entry says, as far as it is needed to know its paper."""

    def __init__(self, entry: BibEntry) -> None:
        self.entry = entry

    @cached_property
    def title(self) -> str:
        """The title as it is read."""
        raw = self.entry.text("title")
        return plain_title(_plain(raw))

    @cached_property
    def folded(self) -> str:
        """The title, so that two printings of it compare equal."""
        return normalised_title(self.title)

    @cached_property
    def names(self) -> str:
        """All words of the authors' names, folded, each between hyphens."""
        return f"-{slug(_plain(self.entry.text('author')))}-"

    @cached_property
    def year(self) -> int:
        """The year; 0 without one."""
        return year(self.entry.text("year", "date"))

    @cached_property
    def container(self) -> BibField | None:
        """The field that says where the paper appeared."""
        return self.entry.find(*_CONTAINERS)

    @cached_property
    def container_text(self) -> str:
        """What it says, without LaTeX."""
        return _plain(self.container.text) if self.container else ""

    @cached_property
    def ids(self) -> tuple[CitedId, ...]:
        """Its identifiers, in the order of the fields that are most certain."""
        return tuple(self._ids())

    def _ids(self) -> Iterator[CitedId]:
        entry = self.entry
        for name in ("doi", "url", "ee"):
            found = entry.find(name)
            raw = found.text.replace("\\", "") if found else ""
            if found and (name == "doi" or "doi.org/" in raw) and (doi := find_doi(raw)):
                yield CitedId(DOI, doi, found)
        for name in ("eprint", "url", "ee", *_CONTAINERS, "volume", "howpublished", "doi"):
            found = entry.find(name)
            if found is None:
                continue
            if name == "eprint":
                said = entry.text("archiveprefix", "eprinttype").casefold() in {"", "arxiv"}
            else:
                said = "arxiv" in found.text.casefold() or found.text.startswith("abs/")
            bare = found.text.partition("arXiv.")[2] or found.text if name == "doi" else found.text
            if said and (arxiv := find_arxiv(bare)):
                yield CitedId(ARXIV, arxiv, found)


@dataclass(frozen=True, slots=True)
class Recognised:
    """The record of an entry, and what its identifiers say against that."""

    paper: Paper
    wrong: tuple[tuple[CitedId, Paper | None], ...] = ()
    """Identifiers that are not the paper's, with the record that has them."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """An identifier whose record is not the paper that the entry describes."""

    id: CitedId
    paper: Paper
    is_retitled: bool
    """Whether the authors are the same, so that it may be one paper under another title."""


class CitedRecords:
    """The records, by what entries name them by."""

    def __init__(self, papers: Mapping[str, Paper], registry: Registry) -> None:
        self._venues = registry.venues
        self._names = VenueNames(registry)
        self._meant: dict[str, str | None] = {}
        self._by_id: dict[tuple[str, str], Paper] = {}
        self._by_title: dict[str, list[Paper]] = {}
        for key in sorted(papers):
            paper = papers[key]
            for kind, value in ((ARXIV, paper.arxiv), (DOI, paper.doi.casefold())):
                if value:
                    self._by_id.setdefault((kind, value), paper)
            self._by_title.setdefault(normalised_title(paper.title), []).append(paper)

    def venue(self, text: str) -> str | None:
        """Return the identifier of the venue that *text* means; none if unsure."""
        if text not in self._meant:  # the same names come again and again
            self._meant[text] = self._names.find(text)
        return self._meant[text]

    def is_preprint(self, citation: Citation) -> bool:
        """Say whether *citation* is of a preprint: on arXiv, and nothing says that it appeared elsewhere."""
        entry, said = citation.entry, citation.container_text
        if citation.container is not None:
            known = self.venue(said)
            return bool(_PREPRINT.match(said)) or (
                known is not None and self._venues[known].kind is VenueKind.PREPRINT
            )
        if "crossref" in entry.fields or "xdata" in entry.fields:
            return False
        told = [entry.text(name) for name in ("howpublished", "note", "series")]
        found = {self.venue(each) for each in told if each} - {None}
        if any(self._venues[each].kind is not VenueKind.PREPRINT for each in found if each):
            return False
        return any(each.kind == ARXIV for each in citation.ids) or any(
            _PREPRINT.match(entry.text(name)) for name in ("howpublished", "publisher", "institution", "note")
        )

    def find(self, citation: Citation) -> Recognised | Stranger | None:
        """Return the record that *citation* means, or whose identifier it has by mistake; none if unsure.

        A title alone is not enough: the authors must agree, and what says where it appeared may not
        name another publication. Two papers may well have one title.
        """
        if citation.entry.kind in _NO_PAPER:
            return None
        owners = [(each, self._by_id.get((each.kind, each.value.casefold()))) for each in citation.ids]
        paper = self._by_name(citation)
        if paper is None:
            return self._by_identifier(citation, owners)
        wrong = tuple(
            (each, owner)
            for each, owner in owners
            if owner is not paper and _of(paper, each.kind)
        )  # fmt: skip
        agreed = any(owner is paper for _, owner in owners)
        strange = any(owner is None for _, owner in wrong)
        if not agreed and self._is_another(citation, paper, strange):
            return None
        others = [(each, owner) for each, owner in owners if owner is not None and owner is not paper]
        return Recognised(paper, (*wrong, *(each for each in others if each not in wrong)))

    def _by_name(self, citation: Citation) -> Paper | None:
        found = [
            paper for paper in self._by_title.get(citation.folded, ()) if citation.folded and _fits(citation, paper)
        ]  # fmt: skip
        return found[0] if len(found) == 1 else None

    def _by_identifier(
        self, citation: Citation, owners: list[tuple[CitedId, Paper | None]]
    ) -> Recognised | Stranger | None:
        known = [(each, owner) for each, owner in owners if owner]
        for _, owner in known:
            if _share_authors(citation, owner) and _alike(citation.title, owner):
                wrong = tuple(
                    (other, found) for other, found in owners if found is not owner and _of(owner, other.kind)
                )
                return Recognised(owner, wrong)
        if not known or not citation.title:
            return None
        each, owner = known[0]
        if not _alike(citation.title, owner):
            return Stranger(each, owner, _share_authors(citation, owner))
        return None

    def _is_another(self, citation: Citation, paper: Paper, strange: bool) -> bool:
        """Say whether an entry with the title and authors of *paper* may be another publication: a journal's version."""
        if self.is_preprint(citation):
            # An unknown arXiv id under the same title may be a second preprint.
            return strange and citation.year not in {0, paper.date.year, paper.year}
        if citation.container is None:
            return strange
        venue = self.venue(citation.container_text)
        seen = paper.appearance
        if seen is None:
            return True  # published since, which the record does not know
        if venue == seen.venue:
            return False
        return strange or citation.year != paper.year


def _plain(raw: str) -> str:
    """Return what *raw* prints; most texts have no LaTeX but braces, and the decoder takes its time."""
    return latex.decode(raw) if _LATEX.search(raw) else raw.replace("{", "").replace("}", "")


def _of(paper: Paper, kind: str) -> str:
    return paper.arxiv if kind == ARXIV else paper.doi


def _fits(citation: Citation, paper: Paper) -> bool:
    """Say whether the people agree; where one side names none, the year and a long title must do."""
    if citation.entry.text("author") and paper.authors:
        return _share_authors(citation, paper)
    near = citation.year and paper.date.year - 1 <= citation.year <= max(paper.year, paper.date.year) + 1
    return bool(near) and len(citation.title.split()) >= 4


def _share_authors(citation: Citation, paper: Paper) -> bool:
    """Say whether the first author of *paper*, or half of all, is among those of *citation*."""
    if not citation.entry.text("author") or not paper.authors:
        return True
    there = [f"-{slug(author.family)}-" in citation.names for author in paper.authors]
    return there[0] or sum(there) * 2 >= max(len(there), 4)


def _alike(title: str, paper: Paper) -> bool:
    """Say whether *title* can be that of *paper*, printed otherwise: without a subtitle, with a word changed."""
    one, other = set(slug(title).split("-")), set(slug(paper.plain_title).split("-"))
    shorter = min(len(one), len(other))
    return not title or (shorter >= 2 and len(one & other) >= _ALIKE * shorter)
