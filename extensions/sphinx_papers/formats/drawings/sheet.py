"""What a chart is drawn on: an element of SVG for a page, or a picture in LaTeX.

A strict policy for a page's content allows no style attribute, so in SVG what decides how a
thing looks is a class, which the style sheet knows in light and dark. LaTeX draws its picture
with pict2e, which Sphinx's own style asks for too. Both measure in points from the upper left corner.
"""

from __future__ import annotations

import math
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from html import escape

from sphinx_papers.formats.text.latex import encode

WIDTH, FONT = 680.0, 12.0
COLOURS = {
    "1": "#0b63b0", "2": "#c24a00", "3": "#00795a", "4": "#a23c80", "5": "#7a5c00", "6": "#5b4fc4",
    "other": "#4d5562", "none": "#6b7280", "rest": "#8a919c",
}  # fmt: skip
"""Colours of the slots on white; the style sheet has them too, and those for dark pages."""
INK, FAINT, BAND = "#4b5563", "#d5d9df", "#e5e7eb"
_LINK = re.compile(r'(?<=<a) href="@([0-9]+)"')
_ANCHORS = re.compile(r"</?a\b[^>]*>")
_STYLE = "".join(
    (
        f"text{{font-family:sans-serif;fill:{INK}}}.sp-grid{{stroke:{FAINT}}}.sp-band{{fill:{BAND}}}",
        *(f".sp-s{slot}{{fill:{colour};stroke:{colour}}}" for slot, colour in COLOURS.items()),
        ".sp-best{fill:none;stroke-width:1.5}.sp-range{stroke-width:1.2;stroke-dasharray:2 2}.sp-mark,.sp-bar{stroke:#fff;stroke-width:.8}",
    )
)

Corners = Sequence[tuple[float, float]]


def _polygon(corners: int, radius: float, turned: float = 0) -> tuple[tuple[float, float], ...]:
    turns = (2 * math.pi * (each / corners) + math.radians(turned) for each in range(corners))
    return tuple((round(radius * math.sin(t), 2), round(-radius * math.cos(t), 2)) for t in turns)


_CROSS = ((-1.6, -4.6), (1.6, -4.6), (1.6, -1.6), (4.6, -1.6), (4.6, 1.6), (1.6, 1.6),
          (1.6, 4.6), (-1.6, 4.6), (-1.6, 1.6), (-4.6, 1.6), (-4.6, -1.6), (-1.6, -1.6))  # fmt: skip
_TURNED = tuple((round((x - y) * 0.707, 2), round((x + y) * 0.707, 2)) for x, y in _CROSS)
SHAPES: Mapping[str, Corners] = {
    "1": _polygon(16, 4.2), "2": _polygon(4, 5.2, 45), "3": _polygon(3, 5.6), "4": _polygon(4, 5.6),
    "5": _polygon(3, 5.6, 180), "6": _polygon(5, 5.2), "other": _TURNED,
    "none": _polygon(6, 4.8), "rest": _polygon(12, 3),
}  # fmt: skip
"""Corners of the mark of each slot, around its centre; y grows downwards."""


def _outline(corners: Corners, *, closed: bool = False) -> str:
    first, *others = (f"{round(x, 2):g} {round(y, 2):g}" for x, y in corners)
    return f"M{first}L{'L'.join(others)}{'z' if closed else ''}"


def mark_path(slot: str) -> str:
    """Return the outline of a slot's mark."""
    return _outline(SHAPES[slot], closed=True)


class Sheet(ABC):
    """Takes what is drawn, in order: what comes later lies above.

    A *number* is that of the mark which a thing belongs to.
    """

    def __init__(self) -> None:
        self.parts: list[str] = []

    @abstractmethod
    def shape(self, look: str, corners: Corners, slot: str = "", number: int | None = None) -> None:
        """Draw a ``grid`` line, a ``best`` line, a ``range``, a ``band`` or a ``bar`` from corner to corner."""

    @abstractmethod
    def mark(self, slot: str, x: float, y: float, number: int | None = None) -> None:
        """Draw the mark of *slot* around a point."""

    @abstractmethod
    def text(
        self, x: float, y: float, text: str, side: str = "start", number: int | None = None
    ) -> None:  # fmt: skip
        """Write *text* on the line at *y*; *x* is its ``start``, ``middle`` or ``end``."""


class SvgSheet(Sheet):
    """A sheet in SVG, whose marks lead to ``@0``, ``@1``, and are called as *titles* say."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self._titles = titles

    def shape(self, look: str, corners: Corners, slot: str = "", number: int | None = None) -> None:
        """Draw a line or an area."""
        classes = f"sp-{look} sp-s{slot}" if slot else f"sp-{look}"
        outline = _outline(
            [(round(x, 1), round(y, 1)) for x, y in corners], closed=look in {"band", "bar"}
        )  # fmt: skip
        self._add(f'<path class="{classes}" d="{outline}"/>', number)

    def mark(self, slot: str, x: float, y: float, number: int | None = None) -> None:
        """Draw a mark."""
        place = f"{round(x, 1):g} {round(y, 1):g}"
        self._add(
            f'<path class="sp-mark sp-s{slot}" transform="translate({place})" d="{mark_path(slot)}"/>', number
        )

    def text(
        self, x: float, y: float, text: str, side: str = "start", number: int | None = None
    ) -> None:  # fmt: skip
        """Write a text; a key leads from one that names a mark to the next."""
        look = "tick" if number is None else "label"
        anchor = "" if side == "start" else f' text-anchor="{side}"'
        place = f'x="{round(x, 1):g}" y="{round(y, 1):g}"{anchor}'
        self._add(f'<text class="sp-{look}" {place}>{escape(text, quote=False)}</text>', number)

    def _add(self, drawn: str, number: int | None) -> None:
        """Add what is drawn, as a link if it belongs to a mark.

        That there are hundreds of marks is no reason to pass by each with a key, as the table
        has the same links.
        """
        if number is not None:
            title = escape(self._titles[number])
            reach = "" if drawn.startswith("<text") else ' tabindex="-1"'
            drawn = f'<a href="@{number}" aria-label="{title}"{reach}><title>{title}</title>{drawn}</a>'
        self.parts.append(drawn)

    def whole(
        self, height: float, caption: str, description: str, scale: str = "", width: float = WIDTH
    ) -> str:  # fmt: skip
        """Return the element; *scale* tells a script where numbers lie."""
        data = f' data-scale="{escape(scale)}"' if scale else ""
        size = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
        wide = " sp-broad" if width > WIDTH else ""
        return (
            f'<svg class="sp-svg{wide}" {size} role="group" font-size="{FONT:g}"{data}><title>{escape(caption)}</title>'
            f"<desc>{escape(description)}</desc>{''.join(self.parts)}</svg>\n"
        )


def linked(svg: str, addresses: Sequence[str]) -> str:
    """Return *svg* with the addresses of its marks; a mark without one leads nowhere."""

    def href(match: re.Match[str]) -> str:
        address = addresses[int(match[1])]
        return f' href="{escape(address)}"' if address else ""

    return _LINK.sub(href, svg)


def alone(svg: str) -> str:
    """Return *svg* as a file of its own, without links, with a style sheet."""
    body = _ANCHORS.sub("", svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return body.replace("</desc>", f"</desc><style>{_STYLE}</style>", 1)


class LatexSheet(Sheet):
    """A sheet in LaTeX, as wide as a line of text."""

    def __init__(self) -> None:
        super().__init__()
        self._height = 0.0

    def shape(self, look: str, corners: Corners, slot: str = "", number: int | None = None) -> None:
        """Draw a line or an area."""
        match look:
            case "band":
                self._path("polygon*", BAND, corners)
            case "bar":
                self._path("polygon*", COLOURS[slot], corners)
                self._path("polygon", "#ffffff", corners, 0.8)
            case "grid":
                self._path("polyline", FAINT, corners, 0.8)
            case _:
                self._path("polyline", COLOURS[slot], corners, 1.5 if look == "best" else 0.8)

    def mark(self, slot: str, x: float, y: float, number: int | None = None) -> None:
        """Draw a mark."""
        corners = [(x + across, y + down) for across, down in SHAPES[slot]]
        self._path("polygon*", COLOURS[slot], corners)
        self._path("polygon", "#ffffff", corners, 0.8)

    def text(
        self, x: float, y: float, text: str, side: str = "start", number: int | None = None
    ) -> None:  # fmt: skip
        """Write a text."""
        side = {"start": "[l]", "middle": "", "end": "[r]"}[side]
        words = f"\\makebox(0,0){side}{{\\smash{{{encode(text)}}}}}"
        self.parts.append(f"\\color[HTML]{{{INK[1:].upper()}}}\\put{_at(x, y)}{{{words}}}")

    def _path(self, kind: str, colour: str, corners: Corners, width: float = 0) -> None:
        thickness = f"\\linethickness{{{width:g}\\unitlength}}" if width else ""
        places = "".join(_at(*corner) for corner in corners)
        self.parts.append(f"\\color[HTML]{{{colour[1:].upper()}}}{thickness}\\{kind}{places}")

    def whole(self, height: float) -> str:
        """Return the picture."""
        lines = "%\n".join(self.parts)
        return (
            "\\begingroup\\setlength{\\unitlength}{\\dimexpr\\linewidth/680\\relax}\\sffamily"
            f"\\fontsize{{{FONT:g}\\unitlength}}{{{FONT:g}\\unitlength}}\\selectfont"
            f"\\noindent\\begin{{picture}}({WIDTH:g},{height:g})(0,{-height:g})%\n{lines}%\n\\end{{picture}}\\par\\endgroup"
        )


def _at(x: float, y: float) -> str:
    return f"({round(x, 1):g},{-round(y, 1):g})"
