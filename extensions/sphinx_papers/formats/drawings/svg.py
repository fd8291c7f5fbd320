"""The SVG that a plotting library writes, made fit to stand in a page.

A strict policy for a page's content allows no style attribute, and identifiers must be a
page's own. So what decides how a thing looks becomes a class, which the style sheet
knows in light and dark; nothing has an identifier; and marks become links with a title.
An artist says by its identifier what it is: classes of ours, after ``@`` and a number if
it is the mark of that number.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from html import escape
from xml.etree import ElementTree as ET

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_NUMBER = re.compile(r"-?[0-9]+\.[0-9]+")
_LINK = re.compile(r' href="@([0-9]+)"')
_ANCHOR = re.compile(r"text-anchor: (middle|end)")
_SLOT = re.compile(r"\bsp-s([a-z0-9]+)")
_SPACED = re.compile(" ?([A-Za-z]) ?")
_ANCHORS = re.compile(r"</?a\b[^>]*>")


def _polygon(corners: int, radius: float, turned: float = 0) -> tuple[tuple[float, float], ...]:
    turns = (2 * math.pi * (each / corners) + math.radians(turned) for each in range(corners))
    return tuple((round(radius * math.sin(t), 2), round(-radius * math.cos(t), 2)) for t in turns)


_CROSS = ((-1.6, -4.6), (1.6, -4.6), (1.6, -1.6), (4.6, -1.6), (4.6, 1.6), (1.6, 1.6),
          (1.6, 4.6), (-1.6, 4.6), (-1.6, 1.6), (-4.6, 1.6), (-4.6, -1.6), (-1.6, -1.6))  # fmt: skip
_TURNED = tuple((round((x - y) * 0.707, 2), round((x + y) * 0.707, 2)) for x, y in _CROSS)
SHAPES: Mapping[str, tuple[tuple[float, float], ...]] = {
    "1": _polygon(16, 4.2), "2": _polygon(4, 5.2, 45), "3": _polygon(3, 5.6), "4": _polygon(4, 5.6),
    "5": _polygon(3, 5.6, 180), "6": _polygon(5, 5.2), "other": _TURNED,
    "none": _polygon(6, 4.8), "rest": _polygon(12, 3),
}  # fmt: skip
"""Corners of the mark of each slot, around its centre; y grows downwards."""


def mark_path(slot: str) -> str:
    """Return the outline of a slot's mark."""
    first, *others = (f"{x:g} {y:g}" for x, y in SHAPES[slot])
    return f"M{first}L{'L'.join(others)}z"


def page_svg(drawn: str, caption: str, description: str, titles: Sequence[str], scale: str = "") -> str:
    """Return *drawn* for a page: links lead to ``@0``, ``@1``, and are called as *titles* say.

    *scale* tells a script where numbers lie.
    """
    root = ET.fromstring(drawn)  # noqa: S314  the plotting library's own
    inner = "".join(_children(root, "", titles))
    data = f' data-scale="{escape(scale)}"' if scale else ""
    width, height = root.get("viewBox", "0 0 0 0").split()[2:]
    return (
        f'<svg class="sp-svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group"'
        f' font-size="12"{data}><title>{escape(caption)}</title><desc>{escape(description)}</desc>{inner}</svg>\n'
    )


def linked(svg: str, addresses: Sequence[str]) -> str:
    """Return *svg* with the addresses of its marks; a mark without one leads nowhere."""

    def href(match: re.Match[str]) -> str:
        address = addresses[int(match[1])]
        return f' href="{escape(address)}"' if address else ""

    return _LINK.sub(href, svg)


def alone(svg: str, style: str) -> str:
    """Return *svg* as a file of its own, without links, with a style sheet."""
    body = _ANCHORS.sub("", svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return body.replace("</desc>", f"</desc><style>{style}</style>", 1)


def _children(element: ET.Element, classes: str, titles: Sequence[str]) -> list[str]:
    return [_written(child, classes, titles) for child in element]


def _written(element: ET.Element, classes: str, titles: Sequence[str]) -> str:
    match element.tag.removeprefix(_SVG):
        case "g":
            name = element.get("id", "")
            if name.startswith("@"):
                mark, _, classes = name.partition(" ")
                return _anchor(int(mark[1:]), "".join(_children(element, classes, titles)), titles)
            return "".join(_children(element, name if name.startswith("sp-") else classes, titles))
        case "a":
            number = int(element.get(_HREF, "")[1:])
            return _anchor(number, "".join(_children(element, classes, titles)), titles)
        case "use":
            slot = _SLOT.search(classes)
            assert slot is not None
            place = _rounded(f"{element.get('x')} {element.get('y')}")
            return f'<path class="{classes}" transform="translate({place})" d="{mark_path(slot[1])}"/>'
        case "path":
            outline = _SPACED.sub(r"\1", _rounded(" ".join(element.get("d", "").split())))
            return f'<path class="{classes}" d="{outline}"/>'
        case "text":
            anchor = _ANCHOR.search(element.get("style", ""))
            side = f' text-anchor="{anchor[1]}"' if anchor else ""
            x, y = (_rounded(element.get(each, "")) for each in "xy")
            return f'<text class="{classes}" x="{x}" y="{y}"{side}>{escape(element.text or "", quote=False)}</text>'
    return ""


def _anchor(number: int, inner: str, titles: Sequence[str]) -> str:
    """Return a link around a mark or a label.

    A key leads from label to label: that there are hundreds of marks is no reason to pass
    by each, as the table has the same links.
    """
    title = escape(titles[number])
    reach = "" if "<text" in inner else ' tabindex="-1"'
    return f'<a href="@{number}" aria-label="{title}"{reach}><title>{title}</title>{inner}</a>'


def _rounded(text: str) -> str:
    return _NUMBER.sub(lambda match: f"{round(float(match[0]), 1):g}", text)
