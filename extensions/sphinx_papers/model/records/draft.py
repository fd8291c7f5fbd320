"""What is known of a paper before it has a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.title import normalised_title


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Facts as a service, a BibTeX file or a list gives them; empty where it gives none."""

    title: str = ""
    names: tuple[str, ...] = ()
    authors: tuple[Person, ...] = ()
    date: str = ""
    """When it was first public, as a record writes it."""
    year: int = 0
    """Of publication; 0 where it is not known."""
    venue: str = ""
    """As the source words it, not yet looked up."""
    volume: str = ""
    number: str = ""
    pages: str = ""
    article: str = ""
    month: int = 0
    arxiv: str = ""
    arxiv_class: str = ""
    doi: str = ""
    url: str = ""
    """The publisher's page."""
    code: tuple[str, ...] = ()
    project: str = ""
    source: str = ""
    """The address at which this was read; empty for a file of the author's own."""
    key: str = ""
    """The citation key that the source gives it."""
    record: Mapping[str, Any] = field(default_factory=dict)
    """The whole record, where the source is one: its page says just that."""
    notes: tuple[str, ...] = ()
    """What the source said that has no place here, for its reader to judge."""

    @property
    def key_year(self) -> int:
        """The year of publication, or else of the first date; 0 where there is none."""
        return self.year or (int(self.date[:4]) if self.date else 0)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A page that is about the paper of a draft."""

    key: str
    by: str
    """What they have in common: arXiv id, DOI or title."""


class KnownPapers:
    """Finds the page that a paper has already; pages just written can be added."""

    def __init__(self, library: Library) -> None:
        self._arxiv: dict[str, str] = {}
        self._doi: dict[str, str] = {}
        self._title: dict[str, str] = {}
        for key in sorted(library):
            paper = library[key]
            self._note(key, paper.arxiv, paper.doi, paper.title)

    def _note(self, key: str, arxiv: str, doi: str, title: str) -> None:
        for index, value in (
            (self._arxiv, arxiv),
            (self._doi, doi.casefold()),
            (self._title, normalised_title(title)),
        ):
            if value:
                index.setdefault(value, key)

    def add(self, key: str, draft: Draft) -> None:
        """Note that *draft* has the page *key* now."""
        self._note(key, draft.arxiv, draft.doi, draft.title)

    def find(self, draft: Draft) -> Duplicate | None:
        """Return the page about the same paper; an identifier says more than a title."""
        for by, index, value in (
            ("arXiv id", self._arxiv, draft.arxiv),
            ("DOI", self._doi, draft.doi.casefold()),
            ("title", self._title, normalised_title(draft.title)),
        ):
            if value and value in index:
                return Duplicate(index[value], by)
        return None


def merged(first: Draft, second: Draft) -> Draft:
    """Return *first* with what only *second* knows."""
    values = {
        name: getattr(first, name) or getattr(second, name)
        for name in Draft.__dataclass_fields__
        if name != "notes"
    }
    return Draft(**values, notes=(*first.notes, *second.notes))
