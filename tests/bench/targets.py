"""What this project may cost, as multiples of the floor, and whether it does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.builds import Build
from tests.bench.figures import Case, Figures
from tests.bench.subjects import Step

SHOWN_AT_MOST = 20
"""The edit of a record has a target where at most so many pages show it."""
EXPONENT = 1.05
"""The target for the growth of time, over these sizes."""
EXPONENT_SIZES = [100, 1000, 10000]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A limit for one figure of this project."""

    what: str
    limit: float
    figure: Callable[[Figures, int], float | None]
    """The figure at a size, if it was measured."""
    at_least: bool = False
    judged: Callable[[Figures, int], bool] = lambda _figures, _size: True
    """Whether the target holds at a size."""
    note: Callable[[Figures, int], str] = lambda _figures, _size: ""
    """What to say beside the figure."""

    @property
    def bound(self) -> str:
        """The limit in words."""
        return f"at {'least' if self.at_least else 'most'} {self.limit:g}"

    def verdict(self, figures: Figures, size: int) -> str:
        """Return the figure at *size* and whether it meets the target."""
        figure = self.figure(figures, size)
        if figure is None:
            return "not measured"
        held = self.judged(figures, size)
        said = judge(figure, self.limit, at_least=self.at_least) if held else f"{figure:.3f}, no target"
        return said + self.note(figures, size)


def judge(figure: float, limit: float, *, at_least: bool = False) -> str:
    """Say whether *figure* meets *limit*."""
    met = figure >= limit if at_least else figure <= limit
    return f"{figure:.3f}, {'met' if met else 'missed'}"


def _ratio(
    step: Step, figure: Callable[[Build], float], subject: str = "ours"
) -> Callable[[Figures, int], float | None]:
    return lambda figures, size: figures.ratio(Case(size, subject, 1, step), figure)


def _largest(figures: Figures, size: int) -> float | None:
    build = figures.build(Case(size, "ours", 1, Step.CLEAN))
    return build.largest / 1000 if build else None


def _showing(figures: Figures, size: int) -> int:
    """Return how many pages show the edit of a record."""
    build = figures.build(Case(size, "ours", 1, Step.RECORD))
    return build.changed if build else 0


def _from(least: int, below: int = sys.maxsize) -> Callable[[Figures, int], bool]:
    return lambda _figures, size: least <= size < below


def _clean_and_added(what: str, subject: str) -> tuple[Target, ...]:
    """Return the targets of the builds that users wait for most: the first, and one with a new paper."""

    def processor(build: Build) -> float:
        return build.processor

    return (
        *(
            Target(
                what=f"clean build{what}, {papers}",
                limit=limit,
                figure=_ratio(Step.CLEAN, processor, subject),
                judged=judged,
            )
            for papers, limit, judged in (
                ("up to 399 papers", 1.5, _from(0, 400)),
                ("400 to 999", 1.3, _from(400, 1000)),
                ("1,000 and more", 1.15, _from(1000)),
            )
        ),
        Target(
            what=f"one paper added{what}",
            limit=1.5,
            figure=_ratio(Step.ADD, processor, subject),
            judged=_from(1000),
        ),
        Target(
            what=f"memory when one paper is added{what}",
            limit=1.3,
            figure=_ratio(Step.ADD, lambda build: build.memory, subject),
            judged=_from(1000),
        ),
    )


TARGETS = (
    *_clean_and_added("", "ours"),
    *_clean_and_added(" of the site's own pages", "own"),
    Target(what="memory of a clean build", limit=1.3, figure=_ratio(Step.CLEAN, lambda build: build.memory)),
    Target(what="page of a paper", limit=1.5, figure=_ratio(Step.CLEAN, lambda build: build.page)),
    Target(
        what="all files, lists and exports too",
        limit=1.5,
        figure=_ratio(Step.CLEAN, lambda build: build.output),
    ),
    Target(
        what="largest page as it is sent, in kilobytes",
        limit=1000,
        figure=_largest,
    ),
    Target(
        what="build without a change", limit=1.1, figure=_ratio(Step.NOTHING, lambda build: build.processor)
    ),
    Target(
        what="edit of one paper's prose", limit=1.2, figure=_ratio(Step.PROSE, lambda build: build.processor)
    ),
    Target(
        what=f"edit of one paper's record, shown by at most {SHOWN_AT_MOST} pages",
        limit=1.5,
        figure=_ratio(Step.RECORD, lambda build: build.processor),
        judged=lambda figures, size: _showing(figures, size) <= SHOWN_AT_MOST,
        note=lambda figures, size: f" ({_showing(figures, size)} pages)",
    ),
    Target(
        what="`-j 2`, times as fast as serial",
        limit=1.4,
        at_least=True,
        figure=lambda figures, size: figures.speedup(Case(size, "ours", 2, Step.CLEAN)),
        judged=lambda _figures, size: size == 1000,
    ),
)
