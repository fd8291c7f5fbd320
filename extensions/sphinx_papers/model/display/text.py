"""What a reader sees, as values: runs of text with links, cells, tables.

A view of the library is computed to these values, and a renderer turns them into
HTML, LaTeX or plain text. Two equal values look the same everywhere, so a page is
out of date exactly when one of its values changed.

The values that there are many of are named tuples, which are made, compared and
pickled in a fraction of the time of a frozen dataclass.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import NamedTuple

from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.title import title_parts


class Target(NamedTuple):
    """What a link leads to: a *kind* of object on the site and its identifier.

    The kind ``url`` is an address elsewhere; ``work`` an entry of the bibliography.
    """

    kind: str
    id: str


class Span(NamedTuple):
    """A run of text, perhaps a link, perhaps TeX math."""

    text: str
    target: Target | None = None
    math: bool = False
    strong: bool = False
    emphasis: bool = False


Spans = tuple[Span, ...]

UNKNOWN: Spans = (Span("unknown", emphasis=True),)
"""What stands where no source says what it was."""
DASH: Spans = (Span("\N{EN DASH}"),)
"""What stands where there is nothing to say."""


class Cell(NamedTuple):
    """The content of one place in a table."""

    spans: Spans = ()
    sort: str | float | None = None
    """What to sort by where the text will not do; a number sorts as a number."""
    notes: tuple[int, ...] = ()
    """Numbers of the table's notes that concern it, the first is 1."""

    @property
    def text(self) -> str:
        """The content without links."""
        return "".join(span.text for span in self.spans)


class Column(NamedTuple):
    """The head of a column."""

    id: str
    name: str
    numeric: bool = False
    short: bool = False
    """Whether its texts are so short that they should stay on one line."""
    width: int = 10
    """Share of the line in print, relative to the other columns."""
    labelled: bool = False
    """Whether its texts say little without the head of the column."""


class Facts(NamedTuple):
    """What a row is found by, beside the words that it shows."""

    words: str
    terms: tuple[tuple[str, ...], ...]
    """Identifiers of choices, for each filter of the table."""
    moment: float | None = None
    """When it became public, on a scale of years; of results, which were the best for a time."""
    place: int = 0
    """Of a result, which one of its record it is."""
    known: int | None = None
    """Year and month in which it became public, as 202106; 202100 without its month, 0 if not even the year is known.

    None where it is not asked when rows became public."""
    needs: tuple[tuple[str, ...], ...] = ()
    """What must be had for it, each way by itself: of each filter that asks for that, one answer."""


class Row(NamedTuple):
    """A line of a table about one paper; made by :func:`make_row`."""

    key: str
    cells: tuple[Cell, ...]
    digest: str
    """Stands for all else in a representation: many tables share a row."""
    facts: Facts | None = None

    def __repr__(self) -> str:
        return f"Row({self.key}, {self.digest})"


def make_row(key: str, cells: tuple[Cell, ...], facts: Facts | None = None) -> Row:
    """Return a row about the paper *key*."""
    shown = repr(cells) if facts is None else repr((cells, facts))
    return Row(key, cells, hashlib.blake2b(shown.encode(), digest_size=12).hexdigest(), facts)


@dataclass(frozen=True)
class Group:
    """Rows under a common heading; the heading may be empty."""

    heading: Spans
    rows: tuple[Row, ...]


class Choice(NamedTuple):
    """One of the words that a filter offers."""

    id: str
    name: str
    rows: int
    """How many rows of the table give this answer."""


@dataclass(frozen=True)
class Filter:
    """A question to which every row of a table has an answer."""

    id: str
    name: str
    choices: tuple[Choice, ...]
    every: bool = False
    """Whether a row must have all the choices that are made, and not just one of them."""


@dataclass(frozen=True)
class Preset:
    """Choices that are often made together."""

    name: str
    chosen: tuple[tuple[str, str], ...]
    """Identifiers of a filter and one of its choices."""
    rows: int
    """How many rows they leave."""


@dataclass(frozen=True)
class RowFinder:
    """How rows of a large table are found, where a script can do it; each has its facts."""

    noun: str
    """What the rows are, in the plural."""
    size: int
    """How many there are; a paper that stands in several groups counts once."""
    filters: tuple[Filter, ...]
    prefix: str = ""
    """Tells the state of this table from that of others on the same page."""
    presets: tuple[Preset, ...] = ()
    board: str = ""
    """Benchmark and split whose results the rows are."""
    alike: tuple[str, ...] = ()
    """Filters in which rows must agree to be compared at all."""
    free: tuple[str, ...] = ()
    """Filters of which one may differ between rows that are compared all the same."""
    having: tuple[str, ...] = ()
    """Filters by which readers may say what they have, and find what needs no more; terms of an answer are needed together."""
    rest: bool = False
    """Whether this is a later page of a table, whose first one says all but what is of its own rows."""


class Field(NamedTuple):
    """A labelled line of a card."""

    label: str
    value: Spans
    search: bool = False
    """Whether a search should find the page by these words."""


class Note(NamedTuple):
    """What is to be said of some cells, below the table."""

    spans: Spans
    conflict: bool = False
    """Whether it says that sources disagree."""


@dataclass(frozen=True)
class Table:
    """Rows of papers, in groups."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    caption: str
    """Says what the table holds, for readers who cannot see its surroundings."""
    empty: str = ""
    """What stands in the place of a table without rows."""
    id: str = ""
    """Unlike that of any other table that may stand on the same page; needed for notes."""
    notes: tuple[Note, ...] = ()
    finding: RowFinder | None = None
    lead: Spans = ()
    """Says before the table how it is to be read."""
    legend: tuple[Field, ...] = ()
    """What words of the table mean, below it."""

    @property
    def size(self) -> int:
        """The number of rows."""
        return sum(len(group.rows) for group in self.groups)


@dataclass(frozen=True)
class Fields:
    """A list of labelled lines; *role* says which one: the card, the sources."""

    role: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    role: str
    spans: Spans


@dataclass(frozen=True)
class Entries:
    """An index: (anchor, name, what stands under it) of each entry."""

    role: str
    entries: tuple[tuple[str, str, Spans], ...]


@dataclass(frozen=True)
class Items:
    """A list of paragraphs; *role* says what is listed."""

    role: str
    items: tuple[Spans, ...]


@dataclass(frozen=True)
class References:
    """A bibliography: the anchor and the text of each entry, in order."""

    entries: tuple[tuple[str, Spans], ...]
    letters: tuple[tuple[str, str], ...] = ()
    """What entries begin with, each with the anchor of the first of them; none where there are few entries."""


@dataclass(frozen=True)
class Listing:
    """Text for a machine, to be shown as it stands; *role* says of which kind."""

    role: str
    text: str


Block = Table | Fields | Paragraph | Entries | Items | References | Listing


def plain_text(block: Block) -> str:
    """Return the words of *block*, for search."""
    match block:
        case Paragraph(spans=spans):
            lines = [spans]
        case Fields(fields=fields):
            lines = [field.value for field in fields if field.search]
        case Entries(entries=entries):
            return "\n".join(name for _, name, _ in entries)
        case _:
            # All others repeat what the pages say that they lead to: a search should find those.
            return ""
    return "\n".join("".join(span.text for span in spans) for spans in lines)


def own_words(paper: Paper) -> tuple[str, ...]:
    """Return what readers look for *paper* by: each should find its page before any other."""
    first = f"{paper.authors[0].short} {paper.year}" if paper.authors else ""
    arxiv = f"arXiv:{paper.arxiv}" if paper.arxiv else ""
    found = (*(paper.names or (paper.author_year,)), paper.plain_title, first, paper.key, arxiv, paper.doi)
    return tuple(dict.fromkeys(words for words in found if words))


def joined(items: list[Span], separator: str = ", ") -> Spans:
    """Put *separator* between *items*."""
    spans: list[Span] = []
    for item in items:
        if spans:
            spans.append(Span(separator))
        spans.append(item)
    return tuple(spans)


def link(kind: str, identifier: str, text: str) -> Span:
    """Return a run of text that leads to an object."""
    return Span(text, Target(kind, identifier))


def title_spans(title: str, target: Target | None = None) -> Spans:
    """Return *title* for reading, its math as math."""
    return tuple(
        Span(text, target, math=True)
        if math
        else Span(text.replace("{", "").replace("}", "").replace("\\$", "$"), target)
        for math, text in title_parts(title)
    )


def paper_link(paper: Paper) -> Span:
    """Return a link to *paper* that shows its name."""
    return link("paper", paper.key, paper.name)
