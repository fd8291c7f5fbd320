"""Charts drawn by ourselves: scales, lines, marks and bars, from their values.

What they are drawn on is :mod:`sphinx_papers.formats.drawings.sheet`. Equal charts are equal drawings.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, count

from sphinx_papers.formats.drawings.sheet import FONT, WIDTH, LatexSheet, Sheet, SvgSheet, alone
from sphinx_papers.model.display.chart import REST, Bars, Chart, Scatter, Series, marks, number_text
from sphinx_papers.model.display.labels import Anchor, Box, fitting, place_labels, shortened, text_width

HEIGHT = 340.0
_WIDE = (1000.0, 420.0)
"""Width and height of a chart that has a page's whole room."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 12.0, 26.0, 24.0
_ROW = 23.0
"""Height of a lying bar with the room around it, and of a line of the legend."""
_NAMES = 330.0
"""The most that the names of lying bars may take of the width."""
_LABEL = 120.0
"""A wider label gives way to a shorter one, if there is one."""
_THICK = 0.7
"""Thickness of a bar, as a share of the room for it."""


def draw_svg(chart: Chart) -> str:
    """Return *chart* as an SVG element for a page; its marks lead to ``@0``, ``@1`` and so on."""
    sheet = SvgSheet([title for title, _ in marks(chart)])
    height = _draw(chart, sheet)
    return sheet.whole(height, chart.caption, chart.description, _frame(chart), _size(chart)[0])


def draw_svg_file(chart: Chart) -> str:
    """Return *chart* as an SVG file that needs no page: with legend and colours, without links."""
    chart = _as_text(chart)
    sheet = SvgSheet([title for title, _ in marks(chart)])
    height = _draw(chart, sheet)
    height += _legend(chart.series, sheet, height)
    return alone(sheet.whole(height, chart.caption, chart.description))


def draw_latex(chart: Chart) -> str:
    """Return *chart* as a picture in LaTeX, with legend and colours."""
    chart = _as_text(chart)
    sheet = LatexSheet()
    height = _draw(chart, sheet)
    height += _legend(chart.series, sheet, height)
    return sheet.whole(height)


def _frame(chart: Chart) -> str:
    """Return where numbers lie, so that a script can draw others: the ends of both scales, and of the frame."""
    if not isinstance(chart, Scatter):
        return ""
    low, *_, high = round_ticks(*_ends(chart), whole=False)
    ends = (chart.years[0], chart.years[1] + 1, low, high)
    return " ".join(f"{each:g}" for each in (*ends, *_room(chart)))


def _as_text(chart: Chart) -> Chart:
    """Return *chart* as wide as a line of text."""
    return replace(chart, wide=False) if isinstance(chart, Scatter) else chart


def _size(chart: Chart) -> tuple[float, float]:
    """Return width and height of a chart whose height does not depend on what it shows."""
    return _WIDE if isinstance(chart, Scatter) and chart.wide else (WIDTH, HEIGHT)


def _room(chart: Chart) -> Box:
    """Return the frame in which numbers lie."""
    width, height = _size(chart)
    return Box(_LEFT, _TOP, width - _RIGHT, height - _BOTTOM)


def _ends(chart: Scatter) -> tuple[float, float]:
    """Return the smallest number of *chart* and the greatest."""
    ys = [point.y for point in chart.points] + [y for each in chart.spread for y in (each.low, each.high)]
    return min(ys), max(ys)


def _draw(chart: Chart, sheet: Sheet) -> float:
    """Draw *chart*; return its height."""
    if isinstance(chart, Bars) and chart.lying:
        names = min(_NAMES, 12 + max(text_width(bar.name, FONT) for bar in chart.bars))
        frame = Box(names, 4, WIDTH - _RIGHT, 4 + _ROW * len(chart.bars))
        _lying(chart, sheet, frame)
        return frame.bottom + 4
    frame = _room(chart)
    sheet.text(0, 13, chart.axis)
    if isinstance(chart, Bars):
        _standing(chart, sheet, frame)
    else:
        _scatter(chart, sheet, frame)
    return _size(chart)[1]


def _legend(series: Sequence[Series], sheet: Sheet, top: float) -> float:
    """Write what marks stand for below a chart that has several kinds; return the height of that."""
    if len(series) < 2:
        return 0
    x, row = _LEFT, 0
    for each in series:
        width = 34 + text_width(each.name, FONT)
        if x > _LEFT and x + width > WIDTH:
            x, row = _LEFT, row + 1
        y = top + _ROW * (row + 0.5)
        sheet.mark(each.slot, x + 6, y)
        sheet.text(x + 16, y + 4, each.name)
        x += width
    return _ROW * (row + 1)


class _Scales:
    """Where numbers lie in a frame."""

    def __init__(self, frame: Box, xs: tuple[float, float], ys: tuple[float, float]) -> None:
        self._frame, self._xs, self._ys = frame, xs, ys

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return the point of two numbers."""
        frame, (first, last), (low, high) = self._frame, self._xs, self._ys
        across, up = (x - first) / (last - first), (y - low) / (high - low)
        return frame.left + across * (frame.right - frame.left), frame.bottom - up * (
            frame.bottom - frame.top
        )


def _scatter(chart: Scatter, sheet: Sheet, frame: Box) -> None:
    first, last = chart.years[0], chart.years[1] + 1
    low, high = _scale(sheet, frame, *_ends(chart))
    place = _Scales(frame, (first, last), (low, high)).place
    for year in range(first, last + 1):
        sheet.shape("grid", (place(year, low), place(year, high)))
    _years(sheet, frame, range(first, last))
    if chart.spread:
        # There and back, as one outline.
        there = [place(each.x, each.low) for each in chart.spread]
        back = [place(each.x, each.high) for each in reversed(chart.spread)]
        sheet.shape("band", there + back)
    # What all others reached lies below.
    order = sorted(range(len(chart.series)), key=lambda each: chart.series[each].slot != REST)
    for series in order:
        steps = [step for step in chart.best if step.series == series]
        corners = [
            place(x, step.y)
            for step, end in zip(steps, [*(each.x for each in steps[1:]), last], strict=False)
            for x in (step.x, end)
        ]
        if corners:
            sheet.shape("best", corners, chart.series[series].slot)
    for series in order:
        own = [(number, point) for number, point in enumerate(chart.points) if point.series == series]
        slot = chart.series[series].slot
        for _, point in own:
            if point.reached:
                # The frame is that of the points: a run that failed must not press all others together.
                least, most = max(low, point.reached[0]), min(high, point.reached[1])
                sheet.shape("range", (place(point.x, least), place(point.x, most)), slot)
        for number, point in own:
            sheet.mark(slot, *place(point.x, point.y), number)
    _labels(chart, sheet, frame, [place(point.x, point.y) for point in chart.points])


def _labels(chart: Scatter, sheet: Sheet, frame: Box, places: Sequence[tuple[float, float]]) -> None:
    """Write the names of points where there is room, first those that say most; of a paper with several one."""
    order = sorted(
        range(len(chart.points)),
        key=lambda number: (
            not chart.points[number].labelled, -chart.points[number].x, -chart.points[number].y, number,
        ),
    )  # fmt: skip
    first: dict[tuple[str, int], int] = {}
    for number in order:
        first.setdefault((chart.points[number].target.id, chart.points[number].series), number)
    named = list(first.values())
    anchors = [
        Anchor(*places[number], fitting(point.labels or (point.name,), _LABEL, FONT))
        for number in named
        for point in (chart.points[number],)
    ]
    for found in place_labels(anchors, places, frame, FONT):
        sheet.text(found.x, found.y, anchors[found.number].text, number=named[found.number])


def _standing(chart: Bars, sheet: Sheet, frame: Box) -> None:
    """Draw bars that stand side by side, one for each year."""
    _, top = _scale(sheet, frame, 0, max(bar.size for bar in chart.bars) * 1.08, whole=True)
    place = _Scales(frame, (0, len(chart.bars)), (0, top)).place
    _years(sheet, frame, [int(bar.name) for bar in chart.bars])
    numbers = count()
    for column, bar in enumerate(chart.bars):
        size = 0.0
        for part in bar.parts:
            left, bottom = place(column + (1 - _THICK) / 2, size)
            size += part.size
            right, end = place(column + (1 + _THICK) / 2, size)
            corners = ((left, bottom), (right, bottom), (right, end), (left, end))
            sheet.shape("bar", corners, chart.series[part.series].slot, next(numbers))
        if bar.parts:
            x, y = place(column + 0.5, size)
            sheet.text(x, y - 5, number_text(round(size, 2)), "middle")


def _lying(chart: Bars, sheet: Sheet, frame: Box) -> None:
    """Draw bars one below the other, their names before them and their sizes behind."""
    longest = max(bar.size for bar in chart.bars) * 1.08
    place = _Scales(frame, (0, longest), (len(chart.bars), 0)).place
    numbers = count()
    firsts = accumulate((len(bar.parts) for bar in chart.bars), initial=0)
    for row, (bar, first) in enumerate(zip(chart.bars, firsts, strict=False)):
        size = 0.0
        for part in bar.parts:
            left, top = place(size, row + (1 - _THICK) / 2)
            size += part.size
            right, bottom = place(size, row + (1 + _THICK) / 2)
            corners = ((left, bottom), (right, bottom), (right, top), (left, top))
            sheet.shape("bar", corners, chart.series[part.series].slot, next(numbers))
        end, middle = place(size, row + 0.5)
        sheet.text(frame.left - 8, middle + 4, shortened(bar.name, frame.left - 12, FONT), "end", first)
        sheet.text(end + 5, middle + 4, number_text(bar.size))


def _scale(sheet: Sheet, frame: Box, low: float, high: float, *, whole: bool = False) -> tuple[float, float]:
    """Draw lines at round numbers from *low* to *high* and write these; return the ends."""
    ticks = round_ticks(low, high, whole=whole)
    place = _Scales(frame, (0, 1), (ticks[0], ticks[-1])).place
    for tick in ticks:
        left, right = place(0, tick), place(1, tick)
        sheet.shape("grid", (left, right))
        sheet.text(left[0] - 6, left[1] + 4, f"{tick:g}", "end")
    return ticks[0], ticks[-1]


def round_ticks(low: float, high: float, *, whole: bool) -> list[float]:
    """Return round numbers around *low* and *high* and between them, at most seven."""
    if high - low < 1e-9 * max(abs(low), abs(high), 1e-3):
        low, high = low - max(abs(low) / 10, 0.1), high + max(abs(high) / 10, 0.1)
    power = math.floor(math.log10((high - low) / 6))
    steps = (
        leading * 10.0**each for each in count(max(power, 0) if whole else power) for leading in (1, 2, 5)
    )
    for step in steps:
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first <= 6:
            return [round(each * step, 12) for each in range(first, last + 1)]
    raise AssertionError("there is a step for all numbers")


def _years(sheet: Sheet, frame: Box, years: Sequence[int]) -> None:
    """Write years below the middle of their columns, as many as there is room for."""
    width = (frame.right - frame.left) / len(years)
    every = max(1, round(text_width("2000", FONT) * 1.3 / width + 0.5))
    for place in range(0, len(years), every):
        sheet.text(frame.left + width * (place + 0.5), frame.bottom + 17, str(years[place]), "middle")
