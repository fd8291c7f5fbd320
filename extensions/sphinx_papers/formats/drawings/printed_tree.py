"""Lineages in print: a picture as wide as a line, a row of boxes for each generation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sphinx_papers.formats.drawings.sheet import FONT, WIDTH, LatexSheet
from sphinx_papers.model.display.labels import shortened
from sphinx_papers.model.views.lineage import Generation, Lineage

_GAP, _HIGH, _STEP = 6.0, 20.0, 22.0
"""Room between two boxes of a row, height of a box, and room between rows, for the lines."""
_WIDEST = 200.0
"""Width of a box where there is room for it."""


class _Box(NamedTuple):
    identifier: str
    x: float
    y: float
    wide: float
    text: str


def lineage_latex(lineage: Lineage) -> str:
    """Return *lineage* as a picture, the oldest above."""
    rows = [row for row in (*lineage.above, Generation((lineage.paper,)), *lineage.below) if row.members]
    boxes = [box for place, row in enumerate(rows) for box in _row(row, place * (_HIGH + _STEP))]
    middles = {box.identifier: (box.x + box.wide / 2, box.y) for box in boxes}
    sheet = LatexSheet()
    for first, second in lineage.links:
        (x, top), (to, bottom) = middles[first], middles[second]
        sheet.shape("range", [(x, top + _HIGH), (to, bottom)], slot="rest")
    for box in boxes:
        corners = [
            (box.x, box.y),
            (box.x + box.wide, box.y),
            (box.x + box.wide, box.y + _HIGH),
            (box.x, box.y + _HIGH),
        ]
        if box.identifier:
            own = box.identifier == lineage.paper.target.id
            sheet.shape("best" if own else "grid", [*corners, corners[0]], slot="1")
        sheet.text(box.x + box.wide / 2, box.y + _HIGH / 2 + 4, box.text, side="middle")
    return sheet.whole(len(rows) * (_HIGH + _STEP) - _STEP + 2)


def _row(generation: Generation, y: float) -> Iterator[_Box]:
    """Yield the boxes of a generation, in the middle of the line; the last may be those that are not shown."""
    count = len(generation.members) + bool(generation.more)
    wide = min(_WIDEST, (WIDTH - (count - 1) * _GAP) / count)
    left = (WIDTH - count * wide - (count - 1) * _GAP) / 2
    for member in generation.members:
        name = member.name.removesuffix(f" ({member.year})")
        text = f"{shortened(name, wide - 40, FONT)} {member.year}"
        yield _Box(member.target.id, left, y + 1, wide, text)
        left += wide + _GAP
    if generation.more:
        yield _Box("", left, y + 1, wide, f"and {generation.more} more")
