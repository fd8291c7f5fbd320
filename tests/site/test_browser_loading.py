"""What long pages weigh, and that nothing on them moves while they load."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from .browser import DESKTOP, PHONE

if TYPE_CHECKING:
    from pathlib import Path

    from .browser import Reader

INDEX_AT_MOST = 350_000
"""Bytes of the index of papers as a browser unpacks it."""
SHIFT_AT_MOST = 0.05
"""Half of what https://web.dev/articles/cls calls good."""
MEASURE = """
  window.moved = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.moved += entry.hadRecentInput ? 0 : entry.value;
  }).observe({type: "layout-shift", buffered: true});
"""


def test_the_index_of_papers_stays_light(site: Path) -> None:
    assert (site / "papers/index.html").stat().st_size <= INDEX_AT_MOST


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize(
    "path", ["papers/index.html", "years/2024.html", "authors/index.html", "leaderboards/voc2012.html"]
)
def test_nothing_moves_while_a_page_loads(reader: Reader, path: str, viewport: dict[str, int]) -> None:
    page = reader.open("cite.html", viewport=viewport)
    page.add_init_script(MEASURE)
    page.goto(path)
    page.locator(".sp-room").first.wait_for(state="detached")
    page.wait_for_timeout(500)
    assert page.evaluate("window.moved") <= SHIFT_AT_MOST


# The card of each paper in the place of the first one, which has the styles and the width of the page.
HEIGHTS = """(cards) => {
  const first = document.querySelector("dl.sp-card");
  return Object.fromEntries(Object.entries(cards).map(([key, html]) => {
    first.insertAdjacentHTML("afterend", html);
    const card = first.nextElementSibling, height = card.getBoundingClientRect().height;
    card.remove();
    return [key, height];
  }));
}"""


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 800}, PHONE], ids=["desktop", "phone"])
def test_the_card_of_every_paper_takes_less_than_a_third_of_the_screen(
    reader: Reader, site: Path, viewport: dict[str, int]
) -> None:
    card = re.compile(r'<dl class="sp-fields sp-card">.*?</dl>', re.DOTALL)
    pages = {page.stem: card.search(page.read_text("utf-8")) for page in (site / "papers").glob("*.html")}
    cards = {key: found[0] for key, found in pages.items() if found}
    assert len(cards) >= 437
    page = reader.open("papers/ahn2019weakly.html", viewport=viewport)
    heights = page.evaluate(HEIGHTS, cards)
    assert {key: height for key, height in heights.items() if height >= viewport["height"] / 3} == {}


def test_a_reference_without_a_page_has_a_preview(reader: Reader) -> None:
    page = reader.open("papers/ahn2019weakly.html")
    page.locator('#problem a[href*="references.html#zhou2016learning"]').first.hover()
    preview = page.locator(".sp-preview")
    preview.wait_for()
    assert "Learning Deep Features for Discriminative Localization" in preview.inner_text()
