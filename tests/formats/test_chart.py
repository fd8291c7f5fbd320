from __future__ import annotations

import gzip
import itertools
import math
import re
import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sphinx_papers
from sphinx_papers.formats.drawings.plot import draw_latex, draw_svg, draw_svg_file, round_ticks
from sphinx_papers.formats.drawings.sheet import COLOURS, SHAPES, linked
from sphinx_papers.formats.text.latex import encode
from sphinx_papers.model.display.chart import (
    LIMIT,
    REST,
    Bar,
    Bars,
    Chart,
    Part,
    Point,
    Scatter,
    Series,
    Spread,
    Step,
    marks,
)
from sphinx_papers.model.display.labels import Box, text_width
from sphinx_papers.model.display.text import Target

PACKAGE = Path(sphinx_papers.__file__).parent
STYLES = (PACKAGE / "sphinx_ext" / "static" / "sphinx-papers.css").read_text("utf-8")


def scatter(count: int, *, labelled: int = 3) -> Scatter:
    """Return a chart of so many points, the first ones with their names."""
    points = tuple(
        Point(
            2016 + (n * 37 % 100) / 12.5, 40 + n * 61 % 400 / 10, n % 2, f"M<{n}>", f'M<{n}> & "co": {n} %',
            Target("paper", f"p{n}"), labelled=n < labelled,
        )
        for n in range(count)
    )  # fmt: skip
    return Scatter(
        caption="Progress & more", description="What <it> shows.", axis="mIoU (%)", years=(2016, 2023),
        series=(Series("1", "Image labels"), Series(REST, "Best of the others")), points=points,
        best=(Step(0, 2016.0, 40.0), Step(0, 2020.0, 70.0)),
        spread=(Spread(2016.5, 45.0, 60.0), Spread(2017.5, 50.0, 62.0)) if count > LIMIT else (),
    )  # fmt: skip


BARS = Bars(
    caption="Papers by year", description="Five papers.", axis="Papers",
    series=(Series("1", "A"), Series("none", "None")),
    bars=(
        Bar("2020", Target("year", "2020"), (Part(0, 1.5, "2020, A"), Part(1, 2, "2020, None"))),
        Bar("2021", Target("year", "2021"), ()),
        Bar("2022", Target("year", "2022"), (Part(0, 1, "2022, A"),)),
    ),
)  # fmt: skip
LYING = Bars(
    caption="Papers by method", description="Three papers.", axis="Papers", series=(Series("1", "Papers"),),
    bars=(
        Bar("Erasing", Target("method", "erasing"), (Part(0, 2, "Erasing: 2"),)),
        Bar("$x$ & graphs", Target("method", "graphs"), (Part(0, 1, "Graphs: 1"),)),
    ),
    lying=True,
)  # fmt: skip
CHARTS: dict[str, Chart] = {
    "few points": scatter(24), "many points": scatter(LIMIT), "a band": scatter(LIMIT + 1), "bars": BARS,
    "lying bars": LYING,
}  # fmt: skip


@pytest.fixture(scope="module", params=CHARTS)
def chart(request: pytest.FixtureRequest) -> Chart:
    return CHARTS[request.param]


@pytest.fixture(scope="module")
def svg(chart: Chart) -> ET.Element:
    return ET.fromstring(draw_svg(chart))


def test_title_and_description_come_first(chart: Chart, svg: ET.Element) -> None:
    assert [(each.tag, each.text) for each in svg[:2]] == [
        ("title", chart.caption),
        ("desc", chart.description),
    ]


def test_every_mark_is_a_link_with_a_title(chart: Chart, svg: ET.Element) -> None:
    found = {}
    for link in svg.iter("a"):
        if link.find("path") is not None:
            found[link.get("href")] = (link.findtext("title"), link.get("aria-label"))
    assert found == {f"@{n}": (title, title) for n, (title, _) in enumerate(marks(chart))}


def test_looks_are_classes(svg: ET.Element) -> None:
    for each in svg.iter():
        assert set(each.keys()) & {"style", "fill", "stroke", "id", "clip-path"} == set()
        assert each.tag in {"svg", "title", "desc", "path", "text", "a"}
        for name in each.get("class", "").split():
            assert f".{name}" in STYLES, name
        if each.tag in {"path", "text"}:
            assert each.get("class")


def test_it_is_a_part_of_a_page_in_html(chart: Chart) -> None:
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(f"<!doctype html><title>x</title><p>{draw_svg(chart)}</p>")


def test_a_drawing_is_small(chart: Chart) -> None:
    assert len(gzip.compress(draw_svg(chart).encode())) < 12_000


def test_scales_are_written_as_text() -> None:
    texts = [each.text for each in ET.fromstring(draw_svg(scatter(24))).iter("text")]
    assert "mIoU (%)" in texts
    assert [f"{year}" for year in range(2016, 2024)] == [text for text in texts if text and text[:2] == "20"]
    assert {"40", "60"} <= set(texts)


def test_bars_have_the_size_of_their_numbers() -> None:
    tops = {}
    for link in ET.fromstring(draw_svg(BARS)).iter("a"):
        ys = [float(y) for _, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", link.find("path").get("d"))]  # type: ignore[union-attr, arg-type]
        tops[link.findtext("title")] = (max(ys), min(ys))
    unit = tops["2022, A"][0] - tops["2022, A"][1]
    base, top = tops["2020, A"]
    assert base - top == pytest.approx(1.5 * unit, abs=0.3)
    assert tops["2020, None"] == pytest.approx((top, top - 2 * unit), abs=0.3)


def test_the_best_so_far_rises_in_steps_to_the_end() -> None:
    (best,) = (
        each
        for each in ET.fromstring(draw_svg(scatter(24))).iter("path")
        if each.get("class") == "sp-best sp-s1"
    )
    corners = [tuple(map(float, pair)) for pair in re.findall(r"(-?[\d.]+) (-?[\d.]+)", best.get("d") or "")]
    assert all(one[0] == other[0] or one[1] == other[1] for one, other in itertools.pairwise(corners))
    assert corners[-1][0] == pytest.approx(668)
    assert corners[0][1] > corners[-1][1]


@pytest.mark.parametrize("count", [24, 100, LIMIT])
def test_labels_stand_clear_of_each_other(count: int) -> None:
    boxes = []
    for link in ET.fromstring(draw_svg(scatter(count, labelled=40))).iter("a"):
        text = link.find("text")
        if text is not None:
            x, y = float(text.get("x", "")), float(text.get("y", ""))
            boxes.append(Box(x, y - 10, x + text_width(text.text or "", 12), y + 2))
    assert len(boxes) > 3
    assert [(a, b) for n, a in enumerate(boxes) for b in boxes[n + 1 :] if a.overlaps(b)] == []


def paths(chart: Chart) -> list[ET.Element]:
    return list(ET.fromstring(draw_svg(chart)).iter("path"))


def named_labels(chart: Chart) -> list[str]:
    return [
        text.text or ""
        for text in ET.fromstring(draw_svg(chart)).iter("text")
        if text.get("class") == "sp-label"
    ]


def test_where_there_is_room_marks_are_named_that_are_no_record() -> None:
    few = replace(scatter(8, labelled=2), spread=())
    assert {f"M<{n}>" for n in range(8)} == set(named_labels(few))


def test_of_a_paper_with_several_marks_of_a_series_one_has_its_name() -> None:
    points = tuple(
        Point(2016.5 + n, 40.0 + 5 * n, n // 4, f"M ({n})", f"M {n}", Target("paper", "m"), n == 1, ("M",))
        for n in range(6)
    )  # fmt: skip
    assert named_labels(replace(scatter(6), points=points)) == ["M", "M"]


def test_a_label_is_never_cut_but_gives_way_to_a_shorter_one() -> None:
    long = "A name that goes on and on and on"
    points = tuple(
        Point(2017.0, 45.0 + 20 * n, 0, long, long, Target("paper", str(n)), labels=texts)
        for n, texts in enumerate([(long, "Ago"), (long,), ()])
    )
    assert sorted(named_labels(replace(scatter(3), points=points))) == [long, long, "Ago"]


def test_a_wide_chart_has_a_page_and_a_line_of_text_elsewhere() -> None:
    wide = replace(scatter(24), wide=True)
    drawn = ET.fromstring(draw_svg(wide))
    width, height = float(drawn.get("width") or 0), float(drawn.get("height") or 0)
    assert drawn.get("viewBox") == f"0 0 {width:g} {height:g}"
    assert width > float(ET.fromstring(draw_svg(scatter(24))).get("width") or 0)
    left, top, right, bottom = map(float, (drawn.get("data-scale") or "").split()[4:])
    assert (left > 0, top > 0, right < width, bottom < height) == (True,) * 4
    grid = [path.get("d") or "" for path in drawn.iter("path") if path.get("class") == "sp-grid"]
    assert max(float(x) for path in grid for x in re.findall(r"[ML]([0-9.]+) ", path)) == right
    assert draw_latex(wide) == draw_latex(scatter(24))
    assert draw_svg_file(wide) == draw_svg_file(scatter(24))


def test_names_of_lying_bars_have_the_room_that_they_need() -> None:
    name = "Prototypes and optimal transport for seeds"
    bars = (
        Bar(name, Target("method", "a"), (Part(0, 2, "2"),)),
        Bar("CRF", Target("method", "b"), (Part(0, 1, "1"),)),
    )
    assert named_labels(replace(LYING, bars=bars)) == [name, "CRF"]


def test_what_others_reached_is_a_line_through_the_point_within_the_frame() -> None:
    plain = scatter(24)
    first = plain.points[0]
    far = replace(plain, points=(first._replace(reached=(-500.0, first.y + 1)), *plain.points[1:]))
    (line,) = [path for path in paths(far) if path.get("class", "").startswith("sp-range")]
    assert line.get("class") == "sp-range sp-s1"
    ends = [float(number) for number in re.findall(r"[0-9.]+", line.get("d", ""))]
    assert max(ends[1::2]) == 340 - 24, "it ends at the foot of the frame"
    # One run that failed moves no other point.
    marks_of = [
        [path.get("transform") for path in paths(each) if path.get("transform")] for each in (plain, far)
    ]
    assert marks_of[0] == marks_of[1]
    assert "sp-range" not in draw_svg(plain)


def test_a_key_leads_to_labels_and_not_to_every_mark() -> None:
    links = list(ET.fromstring(draw_svg(scatter(24))).iter("a"))
    assert {link.get("tabindex") for link in links if link.find("path") is not None} == {"-1"}
    labels = [link for link in links if link.find("text") is not None]
    assert labels
    assert {link.get("tabindex") for link in labels} == {None}


def test_addresses_are_put_in_where_there_are_some() -> None:
    drawn = draw_svg(LYING)
    root = ET.fromstring(linked(drawn, ["../m.html?a&b", ""]))
    assert {link.get("href") for link in root.iter("a")} == {"../m.html?a&b", None}


def test_a_name_that_looks_like_a_link_leads_nowhere() -> None:
    drawn = draw_svg(replace(LYING, bars=tuple(bar._replace(name='a href="@7"') for bar in LYING.bars)))
    texts = {text.text for text in ET.fromstring(linked(drawn, ["m.html", ""])).iter("text")}
    assert 'a href="@7"' in texts


def test_a_file_of_its_own_has_colours_and_a_legend_and_no_links(chart: Chart) -> None:
    root = ET.fromstring(draw_svg_file(chart))
    space = "{http://www.w3.org/2000/svg}"
    assert root.tag == f"{space}svg"
    assert list(root.iter(f"{space}a")) == []
    assert COLOURS["1"] in (root.findtext(f"{space}style") or "")
    texts = {each.text for each in root.iter(f"{space}text")}
    if len(chart.series) > 1:
        assert {series.name for series in chart.series} <= texts


def test_latex_has_what_the_page_has(chart: Chart, svg: ET.Element) -> None:
    picture = draw_latex(chart)
    words = [each.text or "" for each in svg.iter("text")]
    for text in words:
        assert f"{{{encode(text)}}}}}" in picture
    extra = len(chart.series) if len(chart.series) > 1 else 0
    assert picture.count("\\put(") == len(words) + extra
    assert picture.count("\\polygon*") == len(list(svg.iter("a"))) - labels(svg) + extra + bool(
        isinstance(chart, Scatter) and chart.spread
    )


def labels(svg: ET.Element) -> int:
    return sum(link.find("text") is not None for link in svg.iter("a"))


@pytest.mark.skipif(shutil.which("lualatex") is None, reason="needs LaTeX")
def test_latex_takes_the_pictures(tmp_path: Path) -> None:
    pictures = "\n\n".join(draw_latex(each) for each in CHARTS.values())
    (tmp_path / "charts.tex").write_text(
        "\\documentclass{article}\\usepackage{xcolor,pict2e}\\begin{document}"
        f"{pictures}\\end{{document}}", "utf-8",
    )  # fmt: skip
    command = ["lualatex", "-interaction=nonstopmode", "-halt-on-error", "charts.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-500:]
    assert "Overfull" not in run.stdout


@pytest.mark.parametrize(
    ("low", "high", "whole", "expected"),
    [
        (40.0, 80.0, False, [40, 50, 60, 70, 80]), (9.7, 24.5, False, [5, 10, 15, 20, 25]),
        (0.0, 3.78, True, [0, 1, 2, 3, 4]), (0, 0.54, True, [0, 1]), (0.61, 0.644, False, [0.61, 0.62, 0.63, 0.64, 0.65]),
    ],
)  # fmt: skip
def test_scales_have_round_numbers(low: float, high: float, whole: bool, expected: list[float]) -> None:
    assert round_ticks(low, high, whole=whole) == expected


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6))
def test_a_scale_holds_all_numbers_in_few_steps(low: float, span: float) -> None:
    ticks = round_ticks(low, low + span, whole=False)
    assert ticks[0] <= low + 1e-3
    assert ticks[-1] >= low + span - 1e-3
    assert 2 <= len(ticks) <= 7
    assert len(set(ticks)) == len(ticks)


def test_the_style_sheet_has_the_colours_that_files_have() -> None:
    assert SHAPES.keys() == COLOURS.keys()
    for slot, colour in COLOURS.items():
        assert f"--sp-{slot}: light-dark({colour}, #" in STYLES
        assert f".sp-s{slot} {{ --sp-slot: var(--sp-{slot}); }}" in STYLES


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("scheme", "ground"), [(0, "#ffffff"), (1, "#131416")])
def test_marks_stand_out_from_the_page(scheme: int, ground: str) -> None:
    """Three to one, as the guidelines for accessible content ask for graphics."""
    found = re.findall(r"--sp-(\w+): light-dark\((#\w{6}), (#\w{6})\);", STYLES)
    colours = {slot: pair[scheme] for slot, *pair in found if slot in COLOURS}
    assert colours.keys() == COLOURS.keys()
    for slot, colour in colours.items():
        light, dark = sorted((_luminance(colour), _luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3, slot


def rectangles(chart: Bars) -> list[tuple[float, float, float, float]]:
    """Return left, top, width and height of each part of a bar, in their order."""
    found = []
    for path in ET.fromstring(draw_svg(chart)).iter("path"):
        if "sp-bar" in path.get("class", "").split():
            left, bottom, right, _, _, top, *_ = outline(path.get("d", ""))
            found.append((min(left, right), min(bottom, top), abs(right - left), abs(bottom - top)))
    return found


def outline(path: str) -> list[float]:
    """Return the corners of a closed path that goes to them one by one."""
    x, y, found = 0.0, 0.0, []
    for step, numbers in re.findall("([MLHV])([^MLHVZ]*)", path):
        to = [float(number) for number in re.findall("[0-9.]+", numbers)]
        for place in range(0, len(to), 2 if step in "ML" else 1):
            x = to[place] if step in "MLH" else x
            y = to[place + 1] if step in "ML" else to[place] if step == "V" else y
            found += [x, y]
    return found


def test_bars_are_as_thick_as_each_other_and_as_long_as_what_they_show() -> None:
    for chart, place, thick, long in ((BARS, 0, 2, 3), (LYING, 1, 3, 2)):
        found = rectangles(chart)
        sizes = [part.size for bar in chart.bars for part in bar.parts]
        assert len(found) == len(sizes)
        assert found[0][thick] > 10
        assert all(each[thick] == pytest.approx(found[0][thick], abs=0.2) for each in found)
        assert [each[long] for each in found] == pytest.approx(
            [found[0][long] / sizes[0] * size for size in sizes], rel=0.02
        )
        starts = sorted({each[place] for each in found})
        assert all(after - before > found[0][thick] for before, after in pairwise(starts))


def test_parts_of_a_bar_stand_on_each_other() -> None:
    (_, top, _, height), (left, above, _, other), *_ = rectangles(BARS)
    assert left == rectangles(BARS)[0][0]
    assert above + other == pytest.approx(top, abs=0.2)
    assert height > 0


@pytest.mark.parametrize(("count", "every"), [(8, 1), (18, 2), (40, 3)])
def test_as_many_years_are_written_as_have_room(count: int, every: int) -> None:
    years = [1980 + number for number in range(count)]
    chart = replace(BARS, bars=tuple(Bar(str(year), Target("year", str(year)), ()) for year in years[1:]))
    first = Bar(str(years[0]), Target("year", str(years[0])), (Part(0, 1, "One"),))
    svg = ET.fromstring(draw_svg(replace(chart, bars=(first, *chart.bars))))
    written = [each for each in svg.iter("text") if re.fullmatch("(?:19|20)[0-9]{2}", each.text or "")]
    assert [each.text for each in written] == [str(year) for year in years[::every]]
    places = [float(each.get("x", "")) for each in written]
    assert all(after - before > 32 for before, after in pairwise(places))


def texts(svg: ET.Element, look: str) -> list[tuple[str, float, float]]:
    return [
        (each.text or "", float(each.get("x", "")), float(each.get("y", "")))
        for each in svg.iter("text")
        if each.get("class") == f"sp-{look}"
    ]


def test_a_script_is_told_where_the_numbers_of_a_chart_lie() -> None:
    svg = ET.fromstring(draw_svg(scatter(24)))
    first, last, low, high, left, top, right, bottom = map(float, svg.get("data-scale", "").split())
    assert (first, last) == (2016, 2024)  # to the end of the last year
    drawn = [outline(each.get("d", "")) for each in svg.iter("path") if each.get("class") == "sp-grid"]
    lines = [line for line in drawn if line[1] == line[3]]
    assert {line[0] for line in lines} == {left}
    assert {line[2] for line in lines} == {right}
    assert {line[1] for line in lines} >= {top, bottom}
    assert all(top <= line[1] <= bottom for line in lines)
    numbers = [float(text) for text, x, _ in texts(svg, "tick") if 0 < x < left]
    assert (min(numbers), max(numbers)) == (low, high)


def test_numbers_stand_before_a_chart_and_years_below_it() -> None:
    svg = ET.fromstring(draw_svg(scatter(24)))
    *_, left, _, right, bottom = map(float, svg.get("data-scale", "").split())
    years = [each for each in texts(svg, "tick") if re.fullmatch("20[0-9]{2}", each[0])]
    assert [text for text, *_ in years] == [str(year) for year in range(2016, 2024)]
    assert all(left < x < right and bottom + 5 < y < 340 for _, x, y in years)
    numbers = [each for each in texts(svg, "tick") if 0 < each[1] < left]  # the name of the axis begins at 0
    assert len(numbers) > 2
    assert all(left - x < 10 for _, x, _ in numbers)


@pytest.mark.parametrize("slot", SHAPES)
def test_a_mark_lies_evenly_around_its_point(slot: str) -> None:
    corners = SHAPES[slot]
    assert all(2.5 < math.hypot(x, y) < 6 or slot == "other" for x, y in corners)
    assert sum(x for x, _ in corners) == pytest.approx(0, abs=0.1)
    assert sum(y for _, y in corners) == pytest.approx(0, abs=0.1)
