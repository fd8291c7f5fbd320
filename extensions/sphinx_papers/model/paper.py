"""A paper, and what it reports.

Like all values of the model these have no slots: pickle restores a frozen dataclass with
slots field by field in Python, one without in C, and an edit waits for all papers to be
loaded. A class with slots also takes twice as long to make, which every build waits for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sphinx_papers.model.date import PartialDate
from sphinx_papers.model.person import Person, short_authors
from sphinx_papers.model.title import plain_title


@dataclass(frozen=True, kw_only=True)
class Appearance:
    """Where and when a paper was published."""

    venue: str
    """Identifier in the registry."""
    year: int
    volume: str = ""
    number: str = ""
    pages: str = ""
    article: str = ""
    """Article number, where a journal has no page numbers."""
    month: int = 0


@dataclass(frozen=True, kw_only=True)
class Links:
    """Addresses at which a paper and what belongs to it are found."""

    paper: str = ""
    """The publisher's page."""
    code: tuple[str, ...] = ()
    project: str = ""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A place where facts of a record were read."""

    url: str
    about: str = ""
    """Which facts it confirms."""
    checked: PartialDate | None = None


@dataclass(frozen=True, kw_only=True)
class Result:
    """One reported number, with the conditions it was reached under."""

    benchmark: str
    split: str
    value: float
    conditions: Mapping[str, str] = field(default_factory=dict)
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Terms that differ from the paper's own."""
    variant: str = ""
    """Tells results of one paper apart."""
    source: str = ""
    """Name of the record's source in which the number was seen."""
    where: str = ""
    """The table or page in that source."""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The record of one paper; every fact that the site derives starts here."""

    key: str
    """The citation key, which is also the page's name."""
    title: str
    summary: str
    date: PartialDate
    """When it was first public."""
    authors: tuple[Person, ...] = ()
    """In the order of the paper; empty where no source confirmed them."""
    names: tuple[str, ...] = ()
    """What people call the method."""
    appearance: Appearance | None = None
    arxiv: str = ""
    arxiv_class: str = ""
    doi: str = ""
    links: Links = Links()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Terms of each facet that is stated; none at all where the record says so."""
    methods: tuple[str, ...] = ()
    builds_on: tuple[str, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    results: tuple[Result, ...] = ()

    @cached_property
    def year(self) -> int:
        """The year it was published in, or first public where it was not."""
        return self.appearance.year if self.appearance else self.date.year

    def issued(self, *, preprint: bool) -> PartialDate:
        """Return when it was published, as far as that is known.

        A *preprint* was published when it was first public.
        """
        if self.appearance is not None and self.appearance.month:
            return PartialDate(self.year, self.appearance.month)
        return self.date if preprint and self.date.year == self.year else PartialDate(self.year)

    @cached_property
    def author_year(self) -> str:
        """The paper as running text cites it: *Lee et al. (2021)*."""
        return f"{short_authors(self.authors) or self.plain_title} ({self.year})"

    @cached_property
    def name(self) -> str:
        """The method's name, or author and year where it has none."""
        return " / ".join(self.names) or self.author_year

    @cached_property
    def plain_title(self) -> str:
        """The title without BibTeX's protecting braces."""
        return plain_title(self.title)

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """Where the paper is found: the publisher's page, arXiv, its DOI; each once."""
        found = (
            self.links.paper,
            f"https://arxiv.org/abs/{self.arxiv}" if self.arxiv else "",
            f"https://doi.org/{self.doi}" if self.doi else "",
        )
        return tuple(dict.fromkeys(url for url in found if url))

    @property
    def address(self) -> str:
        """The first of these addresses; empty where there is none."""
        return next(iter(self.addresses), "")

    @cached_property
    def recency(self) -> tuple[int, int, int, str]:
        """Sorts papers newest first; total, as keys are unique."""
        return (-self.date.year, -self.date.month, -self.date.day, self.key)

    def terms(self, facet: str, result: Result | None = None) -> tuple[str, ...]:
        """Return the terms of *facet*, those of *result* where it states its own."""
        if result is not None and facet in result.facets:
            return result.facets[facet]
        return self.facets.get(facet, ())

    def states(self, facet: str, result: Result | None = None) -> bool:
        """Return whether anything is said of *facet*, be it that there is none."""
        return facet in self.facets or (result is not None and facet in result.facets)
