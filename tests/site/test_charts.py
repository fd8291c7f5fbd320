"""Charts and lineages as a browser lays them out: words are where the estimates say that they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_papers.formats.drawings.plot import draw_svg
from sphinx_papers.formats.drawings.tree import map_svg
from tests.formats.test_chart import scatter
from tests.formats.test_lineage import STYLES, field

from .browser import PHONE, Reader, serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Texts that cover each other by more than a pixel each way, as the browser set them.
OVERLAPS = """selector => {
  const boxes = [...document.querySelectorAll(selector)].map(each => [each.textContent, each.getBoundingClientRect()]);
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
  return [boxes.length, boxes.flatMap(([text, a], n) =>
    boxes.slice(n + 1).filter(([, b]) => over(a, b)).map(([other]) => [text, other]))];
}"""


def test_no_name_on_the_map_is_over_another(reader: Reader) -> None:
    for viewport in ({"width": 1280, "height": 900}, PHONE):
        page = reader.open("papers/lineage.html", viewport=viewport)
        count, overlaps = page.evaluate(OVERLAPS, ".sp-map text")
        assert count > 24
        assert overlaps == []


@pytest.mark.parametrize(
    "path", ["leaderboards/voc2012.html", "methods/cam-refinement.html", "years/index.html"]
)
def test_no_label_of_a_chart_is_over_another(reader: Reader, path: str) -> None:
    page = reader.open(path)
    count, overlaps = page.evaluate(OVERLAPS, "figure:first-of-type .sp-svg text")
    assert count > 5
    assert overlaps == []


@pytest.mark.parametrize("font", ["DejaVu Sans", "Liberation Sans", "sans-serif"])
def test_a_hundred_papers_are_readable_in_any_face(chromium: Browser, tmp_path: Path, font: str) -> None:
    drawn = {"map": map_svg(field(100)), "chart": draw_svg(scatter(100, labelled=30))}
    (tmp_path / "style.css").write_text(f"body {{ font-family: '{font}' }}\n{STYLES}")
    for name, svg in drawn.items():
        head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{name}</title><link rel="stylesheet" href="style.css">'
        (tmp_path / f"{name}.html").write_text(f'{head}<div class="sp-chart">{svg}</div>', "utf-8")
    with serve(tmp_path) as base:
        reader = Reader(chromium, base)
        for name in drawn:
            count, overlaps = reader.open(f"{name}.html").evaluate(
                OVERLAPS, ".sp-map text, .sp-svg .sp-label"
            )
            assert count > 10
            assert overlaps == [], name
        reader.close()
    assert [each for each in reader.complaints if "favicon" not in each and "404" not in each] == []


@pytest.mark.parametrize(
    "path", ["papers/lineage.html", "leaderboards/voc2012.html", "papers/chen2022class.html"]
)
def test_on_a_phone_a_picture_keeps_to_its_own_region(reader: Reader, path: str) -> None:
    page = reader.open(path, viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for region in page.locator(".sp-drawing, .sp-relatives").all():
        box = region.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]


def _fill(page: Page, selector: str) -> str:
    return str(page.locator(selector).first.evaluate("each => getComputedStyle(each).fill"))


def test_colours_follow_the_scheme(reader: Reader) -> None:
    light, dark = (
        reader.open("leaderboards/voc2012.html", color_scheme=scheme) for scheme in ("light", "dark")
    )
    assert _fill(light, "figure .sp-mark.sp-s1") == "rgb(11, 99, 176)"
    assert _fill(dark, "figure .sp-mark.sp-s1") == "rgb(111, 179, 242)"
    assert _fill(light, ".sp-label") != _fill(dark, ".sp-label")


def test_a_mark_leads_to_its_paper(reader: Reader) -> None:
    page = reader.open("leaderboards/voc2012.html")
    mark = page.locator("figure a[aria-label]").first
    leads_to = mark.get_attribute("href") or ""
    assert leads_to.startswith("../papers/")
    mark.click()
    page.wait_for_url("**/" + leads_to.removeprefix("../"))


def test_keys_reach_names_and_pass_by_marks(reader: Reader) -> None:
    page = reader.open("leaderboards/voc2012.html")
    page.locator(".sp-drawing").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.querySelector('text') !== null")


def test_a_paper_on_the_map_shows_what_it_builds_on(reader: Reader) -> None:
    page = reader.open("papers/lineage.html")
    link = page.locator(".sp-map a", has=page.get_by_text("MCTformer", exact=True))
    lines = link.locator(".sp-own-lines")
    assert lines.evaluate("each => getComputedStyle(each).opacity") == "0"
    link.locator("text").hover()
    assert lines.evaluate("each => getComputedStyle(each).opacity") == "1"
