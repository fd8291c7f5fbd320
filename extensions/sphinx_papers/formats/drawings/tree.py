"""Lineages as SVG, laid out by ourselves: there is one on every paper's page, and it must cost nothing.

Like charts, these have classes instead of styles, and links that lead to ``@0``, ``@1``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from sphinx_papers.model.display.labels import Box, shortened, text_width, wrapped
from sphinx_papers.model.display.text import Target
from sphinx_papers.model.views.field_map import FieldMap, Lane, Spot
from sphinx_papers.model.views.lineage import Generation, Lineage, Relative

FONT = 11.5
"""Size of all words, in the style sheet too."""
WIDTH, HEIGHT, _GAP = 115, 37, 5
"""Size of the box of a relative, and the room between two."""
_ACROSS = 3
"""Boxes in a row: as many as a phone has room for."""
_STEP = 26
"""Room between generations, for the lines."""


def lineage_svg(lineage: Lineage) -> str:
    """Return *lineage* as rows of boxes, the oldest above."""
    rows: list[str] = []
    middles: dict[str, tuple[float, float]] = {}
    number = y = 0
    own = Generation((lineage.paper,))
    for generation in (*lineage.above, own, *lineage.below):
        if not generation.members:
            continue
        boxes, number, y = _generation(generation, number, y, middles, own=generation is own)
        rows += boxes
        y += _STEP
    lines = "".join(_line(middles[first], middles[second]) for first, second in lineage.links)
    width, height = _ACROSS * WIDTH + (_ACROSS - 1) * _GAP + 2, y - _STEP + 2
    name = escape(lineage.paper.name)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="sp-lineage-tree" viewBox="-1 -1 {width} {height}" width="{width}" height="{height}"'
        f' role="group"><title>Lineage of {name}</title>'
        f"<desc>Above what {name} builds on, below what builds on it.</desc>"
        f'<path class="sp-line" d="{lines}"/>{"".join(rows)}</svg>\n'
    )


def lineage_targets(lineage: Lineage) -> list[Target]:
    """Return where the links of a lineage lead, in the order of drawing."""
    return [member.target for each in (*lineage.above, *lineage.below) for member in each.members]


def _generation(
    generation: Generation, number: int, top: int, middles: dict[str, tuple[float, float]], *, own: bool
) -> tuple[list[str], int, int]:
    """Return the boxes of *generation*, the number of the next link, and where they end."""
    boxes = []
    members: list[Relative | None] = [*generation.members]
    if generation.more:
        members.append(None)
    end = top
    for start in range(0, len(members), _ACROSS):
        row = members[start : start + _ACROSS]
        y = top + (start // _ACROSS) * (HEIGHT + _GAP)
        free = (_ACROSS - len(row)) * (WIDTH + _GAP)
        for column, member in enumerate(row):
            x = free // 2 + column * (WIDTH + _GAP)
            if member is None:
                boxes.append(f'<text x="{x + WIDTH / 2:g}" y="{y + 22}">and {generation.more} more</text>')
            else:
                box = f' transform="translate({x} {y})">{_box(member, own=own)}</'
                boxes.append(f"<g{box}g>" if own else f'<a href="@{number}"{box}a>')
                middles[member.target.id] = (x + WIDTH / 2, y)
                number += not own
        end = y + HEIGHT
    return boxes, number, end


def _box(member: Relative, *, own: bool) -> str:
    """Return the box of *member* at no place; the style sheet knows where its words stand in it."""
    name = member.name.removesuffix(f" ({member.year})")
    shown, below = wrapped(name, member.year, WIDTH - 8, FONT)
    title = f"<title>{escape(member.name)}</title>" if shown.endswith("…") else ""
    kind = ' class="sp-own"' if own else _kind(member.target)
    texts = "".join(f"<text>{escape(each, quote=False)}</text>" for each in (shown, below))
    return f"{title}<rect{kind}/>{texts}"


def _kind(target: Target) -> str:
    """Return the class of a mark that is not of a paper with a page."""
    return ' class="sp-work"' if target.kind == "work" else ""


def _line(first: tuple[float, float], second: tuple[float, float]) -> str:
    (x, top), (to, bottom) = first, second
    down, aside = bottom - top - HEIGHT, to - x
    line = f"c0 {down / 2:g} {aside:g} {down / 2:g} {aside:g} {down:g}" if aside else f"v{down:g}"
    return f"M{x:g} {top + HEIGHT:g}{line}"


_SPOT, _HEAD, _PAD = 19, 26, 8
"""Height of a spot, height of the years, room around."""
_LANES, _LABEL = 330, 260
"""The most that names of lanes and labels may take of the width."""


class Place(NamedTuple):
    """Where a spot of the map stands: its mark, its label and the room which that takes."""

    x: float
    y: float
    label: str
    box: Box


class MapLayout(NamedTuple):
    """Where everything on a map stands."""

    width: float
    height: float
    lanes: tuple[float, ...]
    """Where each lane begins; the last is the end."""
    years: tuple[tuple[int, float, float], ...]
    """Each year with the beginning and the end of its column."""
    places: tuple[Place, ...]


def map_layout(field: FieldMap) -> MapLayout:
    """Give each spot a cell of its own, so that no label can be over another.

    The column of a year is as wide as its longest label; a lane is as high as its fullest year.
    """
    cells: dict[tuple[int, int], list[int]] = {}
    for number, spot in enumerate(field.spots):
        cells.setdefault((spot.lane, spot.year), []).append(number)
    labels = [shortened(spot.name, _LABEL, FONT) for spot in field.spots]
    years, x = [], _names(field)
    columns: dict[int, float] = {}
    present = sorted({spot.year for spot in field.spots})
    for year in present:
        widest = max(
            text_width(labels[number], FONT) for number, s in enumerate(field.spots) if s.year == year
        )
        columns[year] = x
        years.append((year, x, x + widest + 36))
        x += widest + 36
    places: dict[int, Place] = {}
    lanes, y = [], float(_HEAD)
    for lane in range(len(field.lanes)):
        lanes.append(y)
        own = [(year, numbers) for (of, year), numbers in cells.items() if of == lane]
        for year, numbers in own:
            for row, number in enumerate(numbers):
                left, middle = columns[year] + 14, y + _PAD + _SPOT * (row + 0.5)
                box = Box(
                    left - 5,
                    middle - _SPOT / 2,
                    left + 9 + text_width(labels[number], FONT),
                    middle + _SPOT / 2,
                )
                places[number] = Place(left, middle, labels[number], box)
        y += 2 * _PAD + _SPOT * max(len(numbers) for _, numbers in own)
    lanes.append(y)
    return MapLayout(x, y, tuple(lanes), tuple(years), tuple(places[n] for n in range(len(field.spots))))


def _names(field: FieldMap) -> float:
    """Return the width of the column with the names of lanes."""
    widest = max(text_width(lane.name + _count(lane), 1.08 * FONT) for lane in field.lanes)
    return float(min(_LANES, math.ceil(widest) + 12))


def _count(lane: Lane) -> str:
    return f" ({lane.papers})" if lane.papers else ""


def map_svg(field: FieldMap) -> str:
    """Return *field* as lanes over years; a spot under the pointer shows what it builds on."""
    layout = map_layout(field)
    parts = [*_frame(field, layout)]
    curves = [_curves(spot, number, layout) for number, spot in enumerate(field.spots)]
    parts.append(f'<path class="sp-line" d="{"".join(curves)}"/>')
    for number, (spot, place) in enumerate(zip(field.spots, layout.places, strict=True)):
        title = f"<title>{escape(spot.name)}</title>" if place.label != spot.name else ""
        own = f'<path class="sp-own-lines" d="{curves[number]}"/>' if curves[number] else ""
        parts.append(
            f'<a href="@{number}">{title}{own}<circle{_kind(spot.target)} cx="{place.x:g}"'
            f' cy="{place.y:g}" r="4"/><text x="{place.x + 8:g}" y="{place.y + 4:g}">'
            f"{escape(place.label, quote=False)}</text></a>"
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="sp-map" viewBox="0 0 {layout.width:.0f} {layout.height:.0f}" width="{layout.width:.0f}"'
        f' height="{layout.height:.0f}" role="group"><title>{escape(field.caption)}</title>'
        f"<desc>{escape(field.description)}</desc>{''.join(parts)}</svg>\n"
    )


def map_targets(field: FieldMap) -> list[Target]:
    """Return where the links of a map lead: those of its spots, then of its lanes."""
    return [spot.target for spot in field.spots] + [lane.target for lane in field.lanes if lane.target]


def _frame(field: FieldMap, layout: MapLayout) -> Iterable[str]:
    """Yield lanes and years with their names."""
    lines = [f"M0 {y:g}H{layout.width:.0f}" for y in layout.lanes]
    lines += [f"M{left:.0f} 0V{layout.height:.0f}" for _, left, _ in layout.years]
    yield f'<path class="sp-grid" d="{"".join(lines)}"/>'
    for year, left, _ in layout.years:
        text = str(year) if year != field.earlier else "earlier"
        yield f'<text class="sp-head" x="{left + 9:.0f}" y="18">{text}</text>'
    number = len(field.spots)
    for lane, top in zip(field.lanes, layout.lanes[:-1], strict=True):
        count = _count(lane)
        shown = shortened(lane.name, _LANES - 8 - text_width(count, 1.08 * FONT), 1.08 * FONT) + count
        title = f"<title>{escape(lane.name)}</title>" if shown != lane.name + count else ""
        text = f'<text class="sp-head" x="2" y="{top + _PAD + 13:g}">{escape(shown, quote=False)}</text>'
        if lane.target:
            yield f'<a href="@{number}">{title}{text}</a>'
            number += 1
        else:
            yield text


def _curves(spot: Spot, number: int, layout: MapLayout) -> str:
    """Return the lines that lead to a spot."""
    to = layout.places[number]
    found = []
    for place in spot.builds_on:
        start = layout.places[place].box.right, layout.places[place].y
        # Within a year, and back in time, a line turns round.
        bend = max(16.0, (to.x - start[0]) / 2)
        found.append(
            f"M{start[0]:.0f} {start[1]:.0f}C{start[0] + bend:.0f} {start[1]:.0f}"
            f" {to.x - bend:.0f} {to.y:.0f} {to.x - 4:.0f} {to.y:.0f}"
        )
    return "".join(found)
