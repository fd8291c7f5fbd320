"""People who write papers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from sphinx_papers.model.records.letters import bare


@cache
def slug(text: str) -> str:
    """Fold *text* to lower-case ASCII words joined by hyphens, for use in a URL.

    Letters of other scripts have no ASCII form; they stay as they are.
    """
    return re.sub(r"[\W_]+", "-", bare(text)).strip("-")


@dataclass(frozen=True, order=True)
class Person:
    """A name in BibTeX's four parts; `family` is never empty."""

    family: str
    """The family name; the whole name of a body."""
    given: str = ""
    """Given names or initials."""
    particle: str = ""
    """Lower-case words before the family name: *van den*, *de la*."""
    suffix: str = ""
    """What follows the name: *Jr.*, *III*."""

    @cached_property
    def display(self) -> str:
        """The name in reading order."""
        name = " ".join(part for part in (self.given, self.particle, self.family) if part)
        return f"{name}, {self.suffix}" if self.suffix else name

    @property
    def short(self) -> str:
        """The name as a citation in running text shows it: *van der Maaten*."""
        return f"{self.particle} {self.family}".strip()

    @property
    def is_body(self) -> bool:
        """Whether this is a body rather than a person: several words, none of them a given name."""
        return " " in self.family and not (self.given or self.particle)

    @cached_property
    def slug(self) -> str:
        """Identifies the person in URLs; two spellings of one name share it."""
        return slug(self.display)

    @cached_property
    def index_letter(self) -> str:
        """The letter under which an index lists the person; ``0`` beyond A to Z."""
        first = slug(self.family)[:1]
        return first if "a" <= first <= "z" else "0"


def short_authors(authors: tuple[Person, ...]) -> str:
    """Name *authors* as running text does: *Lee*, *Lee and Kim*, *Lee et al.*."""
    if len(authors) > 2:
        return f"{authors[0].short} et al."
    return " and ".join(author.short for author in authors)
