"""Charts as values: what is to be drawn, before anything draws it.

A chart says what each mark stands for and where it leads; how it looks is the drawing's.
Equal charts are drawn alike, so the digest of a drawing is that of its value.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from sphinx_papers.model.display.text import Table, Target
from sphinx_papers.model.records.library import short_digest

REST, NONE, OTHER = "rest", "none", "other"
"""Looks beside the numbered ones."""
NUMBERED = 6
"""How many colours and shapes can be told apart."""
LIMIT = 200
"""Marks of a chart; of more, only those that say something are drawn."""


class Series(NamedTuple):
    """Marks that look alike: a *slot* of colours and shapes, and what it stands for."""

    slot: str
    name: str


class Point(NamedTuple):
    """One number: when, how much, and what a reader learns of it."""

    x: float
    y: float
    series: int
    name: str
    title: str
    target: Target
    labelled: bool = False
    """Whether it is among those that are named first; others are where room is left."""
    labels: tuple[str, ...] = ()
    """What may stand beside it, the fullest first: without what tells results of one paper apart."""
    reached: tuple[float, float] | None = None
    """The lowest and the highest number that was reached, the reported one among them, where others tried."""


class Step(NamedTuple):
    """The best number of a series so far, from the moment at which it was reached."""

    series: int
    x: float
    y: float


class Spread(NamedTuple):
    """Where the middle half of the numbers of a year lies."""

    x: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Scatter:
    """Numbers over time."""

    caption: str
    description: str
    """What the picture shows, for those who do not see it."""
    axis: str
    years: tuple[int, int]
    """The first year and the last."""
    series: tuple[Series, ...]
    points: tuple[Point, ...]
    best: tuple[Step, ...] = ()
    """In order of time; what differs in kind is not compared, so each series has its own."""
    spread: tuple[Spread, ...] = ()
    note: str = ""
    numbers: Table | None = None
    wide: bool = False
    """Whether a page has more room for it than a line of text."""


class Part(NamedTuple):
    """A piece of a bar."""

    series: int
    size: float
    title: str


class Bar(NamedTuple):
    """A bar, its pieces one upon the other."""

    name: str
    target: Target
    parts: tuple[Part, ...]

    @property
    def size(self) -> float:
        """The size of all pieces."""
        return sum(part.size for part in self.parts)


@dataclass(frozen=True, kw_only=True)
class Bars:
    """Numbers of papers; lying bars are read from the top."""

    caption: str
    description: str
    axis: str
    series: tuple[Series, ...]
    bars: tuple[Bar, ...]
    lying: bool = False
    note: str = ""
    numbers: Table | None = None


Chart = Scatter | Bars


def drawing_digest(chart: Chart) -> str:
    """Return the digest of all that is drawn of *chart*; its table is written beside it."""
    return short_digest(replace(chart, numbers=None))


def slot_order(series: Series) -> tuple[int, str]:
    """Sort series: the numbered first, then what is none of them."""
    places = {OTHER: 101, NONE: 102, REST: 103}
    return (int(series.slot) if series.slot.isdecimal() else places[series.slot], series.name)


def number_text(value: float) -> str:
    """Return a number of papers, which is a fraction where papers count in parts."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def marks(chart: Chart) -> list[tuple[str, Target]]:
    """Return what each mark of *chart* is called and where it leads, in the order of drawing."""
    if isinstance(chart, Scatter):
        return [(point.title, point.target) for point in chart.points]
    return [(part.title, bar.target) for bar in chart.bars for part in bar.parts]
