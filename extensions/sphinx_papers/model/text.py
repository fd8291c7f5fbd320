"""What a reader sees, as values: runs of text with links, cells, tables.

A view of the library is computed to these values, and a renderer turns them into
HTML, LaTeX or plain text. Two equal values look the same everywhere, so a page is
out of date exactly when one of its values changed.
"""

from __future__ import annotations

from dataclasses import dataclass

from sphinx_papers.model.paper import Paper
from sphinx_papers.model.title import title_parts


@dataclass(frozen=True, slots=True)
class Target:
    """What a link leads to: a *kind* of object on the site and its identifier.

    The kind ``url`` is an address elsewhere; ``work`` an entry of the bibliography.
    """

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text, perhaps a link, perhaps TeX math."""

    text: str
    target: Target | None = None
    math: bool = False
    strong: bool = False


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """The content of one place in a table."""

    spans: Spans = ()
    sort: str | float | None = None
    """What to sort by where the text will not do; a number sorts as a number."""

    @property
    def text(self) -> str:
        """The content without links."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column."""

    id: str
    name: str
    numeric: bool = False
    width: int = 10
    """Share of the line in print, relative to the other columns."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table about one paper."""

    key: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a common heading; the heading may be empty."""

    heading: Spans
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of papers, in groups."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    caption: str
    """Says what the table holds, for readers who cannot see its surroundings."""

    @property
    def size(self) -> int:
        """The number of rows."""
        return sum(len(group.rows) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled line of a card."""

    label: str
    value: Spans


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
