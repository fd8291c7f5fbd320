from __future__ import annotations

import gzip
import random
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
import pytest

import sphinx_papers
from sphinx_papers.formats.drawings.printed_tree import lineage_latex
from sphinx_papers.formats.drawings.sheet import COLOURS, FAINT
from sphinx_papers.formats.drawings.tree import (
    FONT,
    HEIGHT,
    WIDTH,
    lineage_svg,
    lineage_targets,
    map_layout,
    map_svg,
    map_targets,
)
from sphinx_papers.model.display.labels import Box
from sphinx_papers.model.display.text import Table, Target
from sphinx_papers.model.views.field_map import FieldMap, Lane, Spot
from sphinx_papers.model.views.lineage import Generation, Lineage, Relative

STYLES = (Path(sphinx_papers.__file__).parent / "sphinx_ext" / "static" / "sphinx-papers.css").read_text(
    "utf-8"
)


def relative(key: str, name: str = "", kind: str = "paper") -> Relative:
    return Relative(Target(kind, key), name or key.upper(), "2020")


def members(letter: str, count: int) -> tuple[Relative, ...]:
    return tuple(relative(f"{letter}{n}") for n in range(count))


FULL = Lineage(
    relative("own", "Own & <more>"),
    (
        Generation(members("g", 5), 3),
        Generation((relative("w", "Zhou et al. (2020)", "work"), *members("p", 3))),
    ),
    (Generation(members("c", 5), 40), Generation()),
    (("g0", "p0"), ("p0", "own"), ("w", "own"), ("own", "c0"), ("own", "c4")),
)
SMALL = Lineage(
    relative("own"),
    (Generation(), Generation()),
    (Generation(members("c", 1)), Generation()),
    (("own", "c0"),),
)


@pytest.fixture(params=[FULL, SMALL], ids=["full", "small"])
def lineage(request: pytest.FixtureRequest) -> Lineage:
    return request.param  # type: ignore[no-any-return]


def parsed(svg: str) -> ET.Element:
    """The drawing, whose elements are in the namespace that an e-book asks for, without it."""
    root = ET.fromstring(svg)
    for each in root.iter():
        space, _, each.tag = each.tag.rpartition("}")
        assert space == "{http://www.w3.org/2000/svg"
    return root


def boxes(svg: ET.Element) -> list[Box]:
    found = []
    for each in svg.iterfind("*[rect]"):
        x, y = map(float, re.findall("[0-9]+", each.get("transform", "")))
        found.append(Box(x, y, x + WIDTH, y + HEIGHT))
    return found


def test_each_relative_is_a_link_in_a_box_of_its_own(lineage: Lineage) -> None:
    svg = parsed(lineage_svg(lineage))
    found = boxes(svg)
    targets = lineage_targets(lineage)
    assert [a.get("href") for a in svg.iter("a")] == [f"@{n}" for n in range(len(targets))]
    assert len(found) == len(targets) + 1  # where a page is, it does not lead
    assert [(a, b) for n, a in enumerate(found) for b in found[n + 1 :] if a.overlaps(b)] == []


def test_a_lineage_has_room_on_a_phone(lineage: Lineage) -> None:
    svg = parsed(lineage_svg(lineage))
    left, top, width, height = map(float, svg.get("viewBox", "").split())
    assert width <= 390 - 2 * 16
    for box in boxes(svg):
        assert left <= box.left
        assert box.right <= left + width
        assert top <= box.top
        assert box.bottom <= top + height


def names(text: ET.Element) -> bool:
    """Say whether a text is the name of a relative."""
    return not re.match("[0-9]|and ", text.text or "")


def test_generations_stand_in_order_and_say_how_many_more_there_are() -> None:
    svg = parsed(lineage_svg(FULL))
    rows: dict[str, set[float]] = {}
    for box, text in zip(boxes(svg), (each for each in svg.iter("text") if names(each)), strict=True):
        rows.setdefault((text.text or "")[0], set()).add(box.top)
    rows["P"] |= rows.pop("Z")
    assert max(rows["G"]) < min(rows["P"]) <= max(rows["P"]) < min(rows["O"]) < min(rows["C"])
    texts = [each.text for each in svg.iter("text")]
    assert [text for text in texts if text and text.startswith("and ")] == ["and 3 more", "and 40 more"]
    assert "Zhou et al." in texts
    assert "Own & <more>" in texts


def test_there_is_a_line_for_each_link() -> None:
    (lines,) = (each.get("d", "") for each in parsed(lineage_svg(FULL)).iter("path"))
    assert lines.count("M") == len(FULL.links)


def field(count: int, seed: int = 1) -> FieldMap:
    """Return a map of so many papers with names of every length."""
    rng = random.Random(seed)
    spots = [Spot(Target("work", f"w{n}"), f"Worker et al. ({2000 + n})", 0, 2009) for n in range(8)]
    spots += [
        Spot(
            Target("paper", f"p{n}"), "W" * rng.randint(1, 40) if n % 9 == 0 else f"Method {n}",
            rng.randint(1, 12), 2010 + n * 15 // count, tuple(rng.sample(range(len(spots) + n), 3)),
        )
        for n in range(count)
    ]  # fmt: skip
    lanes = (Lane("Works"), *(Lane(f"Boxes, scribbles & {n}", Target("method", f"m{n}")) for n in range(12)))
    return FieldMap(
        caption="The map", description="Of & all.", lanes=lanes, spots=tuple(spots), earlier=2009, note="", rest=(),
        table=Table((), (), ""),
    )  # fmt: skip


@pytest.mark.parametrize("count", [24, 100, 400])
def test_no_label_of_a_map_is_over_another(count: int) -> None:
    layout = map_layout(field(count))
    places = [place.box for place in layout.places]
    assert [(a, b) for n, a in enumerate(places) for b in places[n + 1 :] if a.overlaps(b)] == []
    for box in places:
        assert box.left >= 0
        assert box.right <= layout.width
        assert box.bottom <= layout.height


def test_a_spot_stands_in_its_lane_and_its_year() -> None:
    of = field(100)
    layout = map_layout(of)
    columns = {year: (left, right) for year, left, right in layout.years}
    for spot, place in zip(of.spots, layout.places, strict=True):
        left, right = columns[spot.year]
        assert left < place.x < place.box.right < right
        assert layout.lanes[spot.lane] < place.y < layout.lanes[spot.lane + 1]


def test_a_map_links_papers_and_lanes_and_shows_every_link() -> None:
    of = field(100)
    svg = parsed(map_svg(of))
    targets = map_targets(of)
    assert sorted(int((a.get("href") or "")[1:]) for a in svg.iter("a")) == list(range(len(targets)))
    (lines,) = (each.get("d", "") for each in svg.iter("path") if each.get("class") == "sp-line")
    assert lines.count("M") == sum(len(spot.builds_on) for spot in of.spots)
    texts = {each.text for each in svg.iter("text")}
    assert {"earlier", "2010", "2024"} <= texts


@pytest.mark.parametrize("drawn", [lineage_svg(FULL), map_svg(field(100))], ids=["lineage", "map"])
def test_what_is_drawn_is_html_and_knows_only_classes(drawn: str) -> None:
    html5lib.HTMLParser(strict=True).parse(f"<!doctype html><title>x</title><div>{drawn}</div>")
    svg = parsed(drawn)
    assert [each.tag for each in svg[:2]] == ["title", "desc"]
    for each in svg.iter():
        assert set(each.keys()) & {"style", "fill", "stroke", "id"} == set()
        for name in each.get("class", "").split():
            assert f".{name}" in STYLES, name
    assert len(gzip.compress(drawn.encode())) < 30_000


def test_the_style_sheet_draws_boxes_and_words_as_large_as_they_are_laid_out() -> None:
    assert f".sp-lineage-tree rect {{ width: {WIDTH}px; height: {HEIGHT}px;" in STYLES
    assert f".sp-lineage-tree rect ~ text {{ transform: translate({WIDTH / 2:g}px," in STYLES
    assert f":is(.sp-lineage-tree, .sp-map) {{ font-size: {FONT:g}px; }}" in STYLES


def test_in_print_the_paper_itself_stands_out_among_its_relatives() -> None:
    drawn = lineage_latex(FULL)
    outlines = re.findall(r"\\color\[HTML\]\{(\w+)\}\\linethickness\{([\d.]+)\\unitlength\}\\polyline", drawn)
    assert outlines.count((COLOURS["1"][1:].upper(), "1.5")) == 1
    assert outlines.count((FAINT[1:].upper(), "0.8")) == len(lineage_targets(FULL))
    assert outlines.count((COLOURS["rest"][1:].upper(), "0.8")) == len(FULL.links)


def test_in_print_a_text_stands_in_the_middle_of_its_box() -> None:
    drawn = lineage_latex(FULL)
    frames = re.findall(r"\\polyline((?:\([-\d.,]+\)){5})", drawn)
    boxes = [
        [tuple(map(float, each.split(","))) for each in re.findall(r"\(([^)]+)\)", frame)] for frame in frames
    ]
    places = [tuple(map(float, each)) for each in re.findall(r"\\put\(([-\d.]+),([-\d.]+)\)", drawn)]
    assert len(boxes) == len(lineage_targets(FULL)) + 1
    for (left, top), (right, _), (_, bottom), *_ in boxes:
        (within,) = ((x, y) for x, y in places if left < x < right and bottom < y < top)
        assert within[0] == pytest.approx((left + right) / 2, abs=0.2)


def test_a_line_of_a_map_leaves_and_arrives_level_and_turns_round_within_a_year() -> None:
    drawn = [
        tuple(map(float, each))
        for each in re.findall(
            r"M([\d.]+) ([\d.]+)C([\d.]+) ([\d.]+) (-?[\d.]+) ([\d.]+) ([\d.]+) ([\d.]+)", map_svg(field(100))
        )
    ]
    assert len(drawn) >= 300
    bends = []
    for x, y, out, level, back, other, end, to in drawn:
        assert (level, other) == (y, to)
        bends.append((out - x, (end + 4 - x) / 2))
        assert end + 4 - back == pytest.approx(out - x, abs=2)
    assert all(bend == pytest.approx(max(16, half), abs=2) for bend, half in bends)
    assert any(half < 16 for _, half in bends)
    assert any(half > 30 for _, half in bends)
