"""A paper, and what it reports.

Like all values of the model these have no slots: a frozen dataclass with slots is restored
field by field, one without at once, and an edit waits for all papers to be loaded. A class with slots also takes twice as long to make, which every build waits for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.person import Person, short_authors
from sphinx_papers.model.records.title import plain_title


@dataclass(frozen=True, kw_only=True)
class Appearance:
    """Where and when a paper was published."""

    venue: str
    """Identifier in the registry."""
    year: int
    """Of publication."""
    volume: str = ""
    """As the publisher prints it; empty where there is none."""
    number: str = ""
    """Issue within the volume."""
    pages: str = ""
    """First and last page, joined by one hyphen."""
    article: str = ""
    """Article number, where a journal has no page numbers."""
    month: int = 0
    """1 to 12; 0 where it is not known."""


@dataclass(frozen=True, kw_only=True)
class Links:
    """Addresses at which a paper and what belongs to it are found."""

    paper: str = ""
    """The publisher's page."""
    project: str = ""
    """The authors' page about the paper."""


@dataclass(frozen=True, kw_only=True)
class Repository:
    """Code that goes with a paper, and what is known of it; what nobody looked at is empty."""

    url: str
    """Where it is."""
    official: bool = True
    """Whether it is the authors' own."""
    licence: str = ""
    """SPDX identifier; ``none`` where the repository has no licence, ``other`` for a text of its own."""
    framework: str = ""
    """What it is written with, such as *PyTorch*."""
    weights: str = ""
    """``yes`` or ``no``: whether trained weights can be downloaded."""
    masks: str = ""
    """``yes`` or ``no``: whether pseudo masks can be downloaded."""
    checked: PartialDate | None = None
    """When somebody looked."""


class SourceKind(StrEnum):
    """Whose word a source is, the best first."""

    PAPER = "paper"
    """The paper itself."""
    PUBLISHER = "publisher"
    """The publisher's page about it."""
    PREPRINT = "preprint"
    """Its preprint."""
    REPOSITORY = "repository"
    """The authors' repository."""
    ANSWER = "answer"
    """The authors' answer in a thread."""
    TABLE = "table"
    """A table of another paper."""
    THREAD = "thread"
    """A thread of others."""
    INDEX = "index"
    """A list or an aggregator: a lead, not a source."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A place where facts of a record were read."""

    url: str
    """Where it is."""
    kind: SourceKind = SourceKind.INDEX
    """Whose word it is."""
    title: str = ""
    """What readers call it, such as *DuPL* or *EPS issue 4*."""
    work: str = ""
    """Citation key of the work whose table it is."""
    about: str = ""
    """Which facts it confirms."""
    checked: PartialDate | None = None
    """When it was read."""


class Measurer(StrEnum):
    """Who measured a number."""

    AUTHORS = "authors"
    """The authors of the paper."""
    OTHERS = "others"
    """Others, whom the source names."""


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """A number on one split of a benchmark, with what is known of its conditions."""

    benchmark: str
    """Identifier in the registry."""
    split: str
    """Identifier of one of the benchmark's splits."""
    value: float
    """In the benchmark's unit."""
    conditions: Mapping[str, str] = field(default_factory=dict)
    """What is known of its circumstances, by condition; one that is missing is unknown."""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Terms that differ from the paper's own."""
    variant: str = ""
    """Tells results of one paper apart."""
    note: str = ""
    """Explains the number where it needs a word."""

    def on(self, other: Measurement) -> bool:
        """Return whether *other* is on the same split of the same benchmark."""
        return self.split == other.split and self.benchmark == other.benchmark


@dataclass(frozen=True, kw_only=True)
class Result(Measurement):
    """A number of the paper: its claim, or what others measured of its method."""

    by: Measurer = Measurer.AUTHORS
    """Who measured it."""
    source: str = ""
    """Name of the record's source in which the number was seen."""
    where: str = ""
    """The table or page in that source."""
    also: tuple[str, ...] = ()
    """Names of further sources that print the same number."""


@dataclass(frozen=True, kw_only=True)
class Printed(Measurement):
    """A result of this paper as the table of another one prints it; conditions are as printed there."""

    of: float | None = None
    """The value of the result that is meant, where the table has another value or a wrong label."""
    source: str
    """Name of the record's source that prints it."""
    where: str = ""
    """The table or page in that source."""

    @property
    def meant(self) -> float:
        """The value of the result that is repeated."""
        return self.value if self.of is None else self.of


@dataclass(frozen=True, kw_only=True)
class Reproduction(Measurement):
    """What somebody reached who ran the method again."""

    of: float | None = None
    """The value of the result that was aimed at, where that is told."""
    who: str
    """Who ran it, in words."""
    url: str
    """Where it is told."""
    differed: str = ""
    """What was not as in the paper."""
    checked: PartialDate | None = None
    """When it was read."""


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What was set right in a record after it was published."""

    date: PartialDate
    """When."""
    what: str
    """What was wrong, and what is right."""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The record of one paper; every fact that the site derives starts here."""

    key: str
    """The citation key, which is also the page's name."""
    title: str
    """As the publisher prints it: ``$...$`` is TeX math, ``{Word}`` keeps its capitals in BibTeX."""
    summary: str = ""
    """One sentence; empty until somebody wrote it."""
    date: PartialDate
    """When it was first public."""
    authors: tuple[Person, ...] = ()
    """In the order of the paper; empty where no source confirmed them."""
    names: tuple[str, ...] = ()
    """What people call the method."""
    appearance: Appearance | None = None
    """Where it was published; none for a preprint."""
    arxiv: str = ""
    """arXiv identifier without version; empty where there is none."""
    arxiv_class: str = ""
    """arXiv's primary class."""
    doi: str = ""
    """Digital object identifier, without an address before it."""
    links: Links = Links()
    """Addresses beside arXiv and DOI."""
    code: tuple[Repository, ...] = ()
    """The authors' own first."""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Terms of each facet that is stated; none at all where the record says so."""
    methods: tuple[str, ...] = ()
    """Slugs of method categories, the most important first."""
    chain: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """With what the paper intervenes, by stage of the registry's chain; only stages that it changes."""
    builds_on: tuple[str, ...] = ()
    """Keys of papers here and of works of the bibliography."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    """Where the facts were read, by a short name."""
    results: tuple[Result, ...] = ()
    """What is reported, in the order of the record."""
    as_printed: tuple[Printed, ...] = ()
    """The paper's results as tables of others print them."""
    reproductions: tuple[Reproduction, ...] = ()
    """What others reached who ran the method again."""
    added: PartialDate | None = None
    """When the record came into the collection."""
    formerly: tuple[str, ...] = ()
    """Keys that its page had before."""
    corrections: tuple[Correction, ...] = ()
    """What was set right in the record, the newest first."""
    sections: tuple[str, ...] = ()
    """Titles of the sections of its page in which anything stands; empty for what stands before the first."""

    @property
    def numbers(self) -> tuple[Measurement, ...]:
        """Everything that was measured: what it reports, as others print it, and what others reached."""
        return (*self.results, *self.as_printed, *self.reproductions)

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

    def terms(self, facet: str, result: Measurement | None = None) -> tuple[str, ...]:
        """Return the terms of *facet*, those of *result* where it states its own."""
        if result is not None and facet in result.facets:
            return result.facets[facet]
        return self.facets.get(facet, ())

    def states(self, facet: str, result: Measurement | None = None) -> bool:
        """Return whether anything is said of *facet*, be it that there is none."""
        return facet in self.facets or (result is not None and facet in result.facets)
