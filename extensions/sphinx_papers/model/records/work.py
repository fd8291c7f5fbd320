"""Works that papers lean on and that have no page here."""

from __future__ import annotations

from dataclasses import dataclass

from sphinx_papers.model.records.person import Person, short_authors
from sphinx_papers.model.records.title import plain_title


@dataclass(frozen=True, kw_only=True)
class Work:
    """An entry of the hand-kept bibliography, as text to read."""

    key: str
    """Citation key."""
    title: str
    """With braces that keep capitals."""
    authors: tuple[Person, ...]
    """In the order of the work."""
    year: str
    """As the entry has it; empty where it has none."""
    container: str = ""
    """The journal, the proceedings, or what else it appeared in."""
    serial: bool = False
    """Whether that is a journal."""
    volume: str = ""
    """Of a journal or series."""
    number: str = ""
    """Issue within the volume."""
    pages: str = ""
    """First and last page."""
    doi: str = ""
    """Digital object identifier, without an address before it."""
    arxiv: str = ""
    """arXiv identifier without version."""
    url: str = ""
    """Its address."""

    @property
    def author_year(self) -> str:
        """The work as running text cites it."""
        return f"{short_authors(self.authors) or self.key} ({self.year or 'n.d.'})"

    @property
    def plain_title(self) -> str:
        """The title without BibTeX's protecting braces."""
        return plain_title(self.title)
