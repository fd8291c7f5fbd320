"""Works that papers lean on and that have no page here."""

from __future__ import annotations

from dataclasses import dataclass

from sphinx_papers.model.records.person import Person, short_authors
from sphinx_papers.model.records.title import plain_title


@dataclass(frozen=True, kw_only=True)
class Work:
    """An entry of the hand-kept bibliography, as text to read."""

    key: str
    title: str
    authors: tuple[Person, ...]
    year: str
    container: str = ""
    """The journal, the proceedings, or what else it appeared in."""
    serial: bool = False
    """Whether that is a journal."""
    volume: str = ""
    number: str = ""
    pages: str = ""
    doi: str = ""
    arxiv: str = ""
    url: str = ""

    @property
    def author_year(self) -> str:
        """The work as running text cites it."""
        return f"{short_authors(self.authors) or self.key} ({self.year or 'n.d.'})"

    @property
    def plain_title(self) -> str:
        """The title without BibTeX's protecting braces."""
        return plain_title(self.title)
