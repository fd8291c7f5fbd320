"""Places for labels: beside what they name, and never over each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

# Widths in DejaVu Sans, the widest of the faces that pages are usually set in, rounded up.
_WIDTHS = {
    **dict.fromkeys("WMm@%…+=&—", 1.0),
    **dict.fromkeys("wOQGDCNHUAVXRBKZ", 0.79),
    **dict.fromkeys("ijlIJftr.,:;'|!()[]-/ ", 0.42),
}
_USUAL, _IDEOGRAPH = 0.64, 1.0


class Box(NamedTuple):
    """A rectangle; *y* grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Say whether the two have more than an edge in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


class Anchor(NamedTuple):
    """Where a label may begin: the point that it names and its text."""

    x: float
    y: float
    text: str


class Placed(NamedTuple):
    """Where a label stands: the left end of its line of writing, and the room that it takes."""

    number: int
    """Which of the anchors it names."""
    x: float
    y: float
    box: Box


def text_width(text: str, size: float) -> float:
    """Return about how wide *text* is in a sans-serif face of *size*, rather too wide than too narrow."""
    return size * sum(_WIDTHS.get(char, _USUAL) if char < "\u2e80" else _IDEOGRAPH for char in text)


def shortened(text: str, width: float, size: float) -> str:
    """Return *text*, cut where it is wider than *width*."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def wrapped(name: str, year: str, width: float, size: float) -> tuple[str, str]:
    """Return *name* and *year* on two lines of *width*: where the name is too long, its end stands before the year."""
    if text_width(name, size) <= width:
        return name, year
    words = name.split(" ")
    for cut in (each for each in range(len(words) - 1, 0, -1) if words[each] != "al."):
        lines = " ".join(words[:cut]), f"{' '.join(words[cut:])}, {year}"
        if all(text_width(line, size) <= width for line in lines):
            return lines
    return shortened(name, width, size), year


def fitting(texts: Sequence[str], width: float, size: float) -> str:
    """Return the first of *texts* that is no wider than *width*, or the last one, whole."""
    return next((text for text in texts if text_width(text, size) <= width), texts[-1])


def place_labels(
    anchors: Sequence[Anchor], marks: Iterable[tuple[float, float]], frame: Box, size: float
) -> list[Placed]:
    """Return where the labels of *anchors* stand within *frame*, the first ones first.

    A label that would stand over another, or over a mark, takes another place, and is left
    out where there is none. *marks* are centres of marks, a label's own among them.
    """
    gap = 0.45 * size
    taken = [Box(x - gap, y - gap, x + gap, y + gap) for x, y in marks]
    placed: list[Placed] = []
    for number, (x, y, text) in enumerate(anchors):
        width = text_width(text, size)
        for box in _candidates(x, y, width, size, gap):
            inside = (
                frame.left <= box.left
                and box.right <= frame.right
                and frame.top <= box.top
                and box.bottom <= frame.bottom
            )
            if inside and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                placed.append(Placed(number, box.left, box.bottom - 0.22 * size, box))
                break
    return placed


def _candidates(x: float, y: float, width: float, size: float, gap: float) -> Iterable[Box]:
    """Yield the places for a label that touch its mark, the best first: above, beside, below.

    Further away it would seem to name another mark.
    """
    space, half = gap + 1, size * 0.6
    above, below = y - space - 2 * half, y + space
    yield _box(x - width - 2, above, width, size)
    yield _box(x - width / 2, above, width, size)
    yield _box(x + 2, above, width, size)
    yield _box(x + space, y - half, width, size)
    yield _box(x - space - width, y - half, width, size)
    yield _box(x + 2, below, width, size)
    yield _box(x - width / 2, below, width, size)
    yield _box(x - width - 2, below, width, size)


def _box(left: float, top: float, width: float, size: float) -> Box:
    return Box(left, top, left + width, top + 1.2 * size)
