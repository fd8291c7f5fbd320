"""Charts drawn by matplotlib: as SVG for pages, where a style sheet gives the colours, and as PDF.

matplotlib draws scales, lines and marks; :mod:`sphinx_papers.formats.drawings.svg` makes its file
fit for a page. Only its writers of files are used, no window and no state of the process;
its settings are its defaults, whatever the machine has, so that equal charts are equal files.
Loading it takes ten times as long as drawing, so it is loaded where there is something to draw.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import version
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_papers.formats.drawings.svg import SHAPES, alone, page_svg
from sphinx_papers.model.display.chart import REST, Bars, Chart, Scatter, Series, marks, number_text
from sphinx_papers.model.display.labels import Anchor, Box, place_labels, shortened, text_width
from sphinx_papers.version import code_digest

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH, HEIGHT, FONT = 680.0, 340.0, 12.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 12.0, 26.0, 24.0
_ROW = 23.0
"""Height of a lying bar with the room around it, and of a line of the legend."""
_NAMES = 220.0
"""Width of the names of lying bars."""
COLOURS = {
    "1": "#0b63b0", "2": "#c24a00", "3": "#00795a", "4": "#a23c80", "5": "#7a5c00", "6": "#5b4fc4",
    "other": "#4d5562", "none": "#6b7280", "rest": "#8a919c",
}  # fmt: skip
"""Colours of the slots on white; the style sheet has them too, and those for dark pages."""
_INK, _FAINT, _BAND = "#4b5563", "#d5d9df", "#e5e7eb"
_STYLE = "".join(
    (
        f"text{{font-family:sans-serif;fill:{_INK}}}.sp-grid{{stroke:{_FAINT}}}.sp-band{{fill:{_BAND}}}",
        *(f".sp-s{slot}{{fill:{colour};stroke:{colour}}}" for slot, colour in COLOURS.items()),
        ".sp-best{fill:none;stroke-width:1.5}.sp-range{stroke-width:1.2;stroke-dasharray:2 2}.sp-mark,.sp-bar{stroke:#fff;stroke-width:.8}",
    )
)
_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "sphinx-papers",
    "font.family": ["DejaVu Sans"],
}


@cache
def drawing_code() -> str:
    """Return what a drawing depends on beside its chart: our code, and the library's version."""
    return f"{code_digest().hex()} {version('matplotlib')}"


def draw_svg(chart: Chart) -> str:
    """Return *chart* as an SVG element for a page; its marks lead to ``@0``, ``@1`` and so on."""
    drawn = _saved(chart, "svg", legend=False).decode()
    scale = _frame(chart) if isinstance(chart, Scatter) else ""
    return page_svg(drawn, chart.caption, chart.description, [title for title, _ in marks(chart)], scale)


def _frame(chart: Scatter) -> str:
    """Return where numbers lie, so that a script can draw others: the ends of both scales, and of the frame."""
    low, *_, high = _ticks(*_ends(chart), whole=False)
    ends = (chart.years[0], chart.years[1] + 1, low, high)
    frame = (_LEFT, _TOP, WIDTH - _RIGHT, HEIGHT - _BOTTOM)
    return " ".join(f"{each:g}" for each in (*ends, *frame))


def _ends(chart: Scatter) -> tuple[float, float]:
    """Return the smallest number of *chart* and the greatest."""
    ys = [point.y for point in chart.points] + [y for each in chart.spread for y in (each.low, each.high)]
    return min(ys), max(ys)


def draw_svg_file(chart: Chart) -> str:
    """Return *chart* as an SVG file that needs no page: with legend and colours, without links."""
    drawn = _saved(chart, "svg", legend=True).decode()
    titles = [title for title, _ in marks(chart)]
    return alone(page_svg(drawn, chart.caption, chart.description, titles), _STYLE)


def draw_pdf(chart: Chart) -> bytes:
    """Return *chart* as a PDF, with legend and colours."""
    return _saved(chart, "pdf", legend=True)


def _saved(chart: Chart, form: str, *, legend: bool) -> bytes:
    import matplotlib as mpl  # noqa: PLC0415  0.3 s, of which most builds need nothing

    # What the backends are called is no matter of looks, and setting it loads one.
    plain: dict[Any, Any] = {
        name: value for name, value in mpl.rcParamsDefault.items() if "backend" not in name
    }
    with mpl.rc_context({**plain, **_SETTINGS}):
        figure = _figure(chart, legend=legend)
        stream = io.BytesIO()
        # No date and no version: the file is a function of the chart.
        said = {"Date": None} if form == "svg" else {"CreationDate": None, "Creator": None, "Producer": None}
        figure.savefig(stream, format=form, metadata=said)
    return stream.getvalue()


class _Sheet(NamedTuple):
    """A figure to write on, measured in points from its upper left corner."""

    figure: Figure
    height: float

    def text(self, x: float, y: float, text: str, name: str, side: str = "left") -> None:
        """Write *text* on the line at *y*; *name* says what it is."""
        # A dollar would begin a formula; nothing here is one.
        self.figure.text(
            x / WIDTH, 1 - y / self.height, text, ha=side, va="baseline", gid=name, color=_INK, fontsize=FONT,
            parse_math=False,
        )  # fmt: skip

    def axes(self, frame: Box) -> Axes:
        """Return axes that fill *frame*, without anything drawn around them."""
        place = (
            frame.left / WIDTH, 1 - frame.bottom / self.height,
            (frame.right - frame.left) / WIDTH, (frame.bottom - frame.top) / self.height,
        )  # fmt: skip
        axes = self.figure.add_axes(place)
        axes.patch.set_visible(False)
        axes.set_axis_off()
        return axes


def _figure(chart: Chart, *, legend: bool) -> Figure:
    from matplotlib.figure import Figure  # noqa: PLC0415  as above

    lying = isinstance(chart, Bars) and chart.lying
    left, top = (_NAMES, 4.0) if lying else (_LEFT, _TOP)
    bottom = top + _ROW * len(chart.bars) if isinstance(chart, Bars) and lying else HEIGHT - _BOTTOM
    height = bottom + (4 if lying else _BOTTOM)
    rows = _legend_rows(chart.series) if legend and len(chart.series) > 1 else []
    whole = height + _ROW * len(rows)
    figure = Figure(figsize=(WIDTH / 72, whole / 72), dpi=72)
    figure.patch.set_visible(False)
    sheet, frame = _Sheet(figure, whole), Box(left, top, WIDTH - _RIGHT, bottom)
    if not lying:
        sheet.text(0, 13, chart.axis, "sp-tick")
    if isinstance(chart, Scatter):
        _scatter(chart, sheet, frame)
    elif lying:
        _lying(chart, sheet, frame)
    else:
        _standing(chart, sheet, frame)
    if rows:
        _legend(rows, sheet, Box(0, height, WIDTH, whole))
    return figure


def _legend(rows: Sequence[Sequence[tuple[float, Series]]], sheet: _Sheet, frame: Box) -> None:
    axes = sheet.axes(frame)
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(len(rows), 0)
    for number, row in enumerate(rows):
        for x, series in row:
            axes.scatter([x + 6], [number + 0.5], clip_on=False, **_look(series.slot))
            sheet.text(x + 16, frame.top + _ROW * (number + 0.5) + 4, series.name, "sp-tick")


def _scatter(chart: Scatter, sheet: _Sheet, frame: Box) -> None:
    axes = sheet.axes(frame)
    first, last = chart.years[0], chart.years[1] + 1
    low, high = _scale(axes, sheet, frame, *_ends(chart))
    axes.set_xlim(first, last)
    _years(sheet, frame, range(first, last))
    axes.vlines(range(first, last + 1), low, high, gid="sp-grid", colors=_FAINT, linewidth=0.8, zorder=0)
    if chart.spread:
        # There and back, as one outline.
        back = chart.spread[::-1]
        axes.fill(
            [each.x for each in (*chart.spread, *back)],
            [*(each.low for each in chart.spread), *(each.high for each in back)],
            gid="sp-band", color=_BAND, linewidth=0, zorder=0.5,
        )  # fmt: skip
    for place, series in enumerate(chart.series):
        steps = [step for step in chart.best if step.series == place]
        if steps:
            xs, values = [step.x for step in steps] + [last], [step.y for step in steps]
            axes.step(
                xs, [*values, values[-1]], where="post", gid=f"sp-best sp-s{series.slot}",
                color=COLOURS[series.slot], linewidth=1.5, zorder=1 if series.slot == REST else 2,
            )  # fmt: skip
        own = [(number, point) for number, point in enumerate(chart.points) if point.series == place]
        tried = [(point.x, point.reached) for _, point in own if point.reached]
        if tried:
            # The frame is that of the points: a run that failed must not press all others together.
            axes.vlines(
                [x for x, _ in tried], [max(low, each[0]) for _, each in tried],
                [min(high, each[1]) for _, each in tried], gid=f"sp-range sp-s{series.slot}",
                colors=COLOURS[series.slot], linewidth=1.2, linestyles=(0, (2, 2)), zorder=3,
            )  # fmt: skip
        axes.scatter(
            [point.x for _, point in own], [point.y for _, point in own], clip_on=False,
            urls=[f"@{number}" for number, _ in own], zorder=3 if series.slot == REST else 4, **_look(series.slot),
        )  # fmt: skip
    _labels(chart, sheet, frame, (first, last), (low, high))


def _labels(
    chart: Scatter, sheet: _Sheet, frame: Box, xs: tuple[float, float], ys: tuple[float, float]
) -> None:
    """Write the names of the points that have one, where there is room."""

    def place(x: float, y: float) -> tuple[float, float]:
        across, up = (x - xs[0]) / (xs[1] - xs[0]), (y - ys[0]) / (ys[1] - ys[0])
        return (
            frame.left + across * (frame.right - frame.left),
            frame.bottom - up * (frame.bottom - frame.top),
        )

    named = [number for number, point in enumerate(chart.points) if point.labelled]
    named.sort(key=lambda number: (-chart.points[number].x, -chart.points[number].y, number))
    anchors = [
        Anchor(
            *place(chart.points[number].x, chart.points[number].y),
            shortened(chart.points[number].name, 170, FONT),
        )
        for number in named
    ]
    centres = [place(point.x, point.y) for point in chart.points]
    for found in place_labels(anchors, centres, frame, FONT):
        number, text = named[found.number], anchors[found.number].text
        sheet.text(found.x, found.y, text, f"@{number} sp-label")


def _stack(chart: Bars, draw: Callable[..., Any]) -> None:
    """Draw the parts of each bar one after the other; *draw* makes a bar that stands or lies."""
    number = 0
    for place, bar in enumerate(chart.bars):
        start = 0.0
        for part in bar.parts:
            slot = chart.series[part.series].slot
            draw(
                place + 0.5, part.size, 0.7, start, gid=f"@{number} sp-bar sp-s{slot}",
                color=COLOURS[slot], edgecolor="white", linewidth=0.8, zorder=2,
            )  # fmt: skip
            start += part.size
            number += 1


def _standing(chart: Bars, sheet: _Sheet, frame: Box) -> None:
    """Draw bars that stand side by side, one for each year."""
    highest = max(bar.size for bar in chart.bars)
    axes = sheet.axes(frame)
    _, top = _scale(axes, sheet, frame, 0, highest * 1.08, whole=True)
    count = len(chart.bars)
    axes.set_xlim(0, count)
    _years(sheet, frame, [int(bar.name) for bar in chart.bars])
    _stack(chart, axes.bar)
    for place, bar in enumerate(chart.bars):
        if bar.parts:
            x = frame.left + (frame.right - frame.left) * (place + 0.5) / count
            y = frame.bottom - (frame.bottom - frame.top) * bar.size / top - 5
            sheet.text(x, y, number_text(round(bar.size, 2)), "sp-tick", side="center")


def _lying(chart: Bars, sheet: _Sheet, frame: Box) -> None:
    """Draw bars one below the other, their names before them and their sizes behind."""
    longest = max(bar.size for bar in chart.bars)
    axes = sheet.axes(frame)
    axes.set_xlim(0, longest * 1.08)
    axes.set_ylim(len(chart.bars), 0)
    firsts = accumulate((len(bar.parts) for bar in chart.bars), initial=0)
    _stack(chart, axes.barh)
    for place, (bar, first) in enumerate(zip(chart.bars, firsts, strict=False)):
        y = frame.top + _ROW * (place + 0.5) + 4
        name = shortened(bar.name, _NAMES - 12, FONT)
        sheet.text(frame.left - 8, y, name, f"@{first} sp-label", side="right")
        end = frame.left + (frame.right - frame.left) * bar.size / (longest * 1.08)
        sheet.text(end + 5, y, number_text(bar.size), "sp-tick")


def _scale(
    axes: Axes, sheet: _Sheet, frame: Box, low: float, high: float, *, whole: bool = False
) -> tuple[float, float]:
    """Give *axes* round numbers from *low* to *high* with lines and words; return the ends."""
    ticks = _ticks(low, high, whole=whole)
    ends = (0.0 if whole else ticks[0], ticks[-1])
    axes.set_ylim(*ends)
    ticks = [each for each in ticks if ends[0] <= each <= ends[1]]
    axes.hlines(
        ticks,
        0,
        1,
        gid="sp-grid",
        colors=_FAINT,
        linewidth=0.8,
        zorder=0,
        transform=axes.get_yaxis_transform(),
    )
    for tick in ticks:
        y = frame.bottom - (tick - ends[0]) / (ends[1] - ends[0]) * (frame.bottom - frame.top)
        sheet.text(frame.left - 6, y + 4, f"{tick:g}", "sp-tick", side="right")
    return ends


def _ticks(low: float, high: float, *, whole: bool) -> list[float]:
    """Return round numbers around *low* and *high* and between them."""
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415  as above

    locator = MaxNLocator(nbins=6, steps=[1, 2, 5, 10], integer=whole)
    return [float(each) for each in locator.tick_values(low, high)]


def _years(sheet: _Sheet, frame: Box, years: Sequence[int]) -> None:
    """Write years below the middle of their columns, as many as there is room for."""
    width = (frame.right - frame.left) / len(years)
    every = max(1, round(text_width("2000", FONT) * 1.3 / width + 0.5))
    for place, year in enumerate(years):
        if place % every == 0:
            sheet.text(
                frame.left + width * (place + 0.5), frame.bottom + 17, str(year), "sp-tick", side="center"
            )


def _look(slot: str) -> dict[str, Any]:
    """Return how the marks of a slot look."""
    corners = [(x, -y) for x, y in SHAPES[slot]]
    size = 2 * max(abs(value) for corner in corners for value in corner)
    return {
        "marker": corners, "s": size**2, "c": COLOURS[slot], "edgecolors": "white", "linewidths": 0.8,
        "gid": f"sp-mark sp-s{slot}",
    }  # fmt: skip


def _legend_rows(series: Sequence[Series]) -> list[list[tuple[float, Series]]]:
    """Return the lines of the legend, each series with the place where it begins."""
    rows: list[list[tuple[float, Series]]] = [[]]
    x = _LEFT
    for each in series:
        width = 34 + text_width(each.name, FONT)
        if rows[-1] and x + width > WIDTH:
            rows.append([])
            x = _LEFT
        rows[-1].append((x, each))
        x += width
    return rows
