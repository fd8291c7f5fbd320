"""Nothing that a page says lies where a reader cannot see it, whatever the width of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .browser import Reader

# A page of each kind.
KINDS = (
    "", "papers/index.html", "papers/lee2021railroad.html", "methods/index.html", "methods/saliency.html",
    "leaderboards/index.html", "leaderboards/voc2012.html", "years/2021.html", "authors/index.html",
    "guide/pipeline.html", "guide/worth.html", "references.html", "search.html?q=saliency",
    "contributing/record.html", "cite.html",
)  # fmt: skip
WIDTHS = (*range(320, 1000, 40), *range(1000, 1720, 36), *range(1720, 2561, 168))

# Text that reaches over an edge of the window, and that no box around it lets one scroll to.
HIDDEN = """() => {
  const edge = document.documentElement.clientWidth, found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (!node.data.trim()) continue;
    const parent = node.parentElement;
    if (!parent.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    if (parent.closest(".sidebar-drawer, .toc-drawer, .skip-to-content, .site-bar nav, .sp-table, svg, math")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (!box.width || (box.right <= edge + 1 && box.left >= -1)) continue;
    let around = parent;
    while (around && !["auto", "scroll"].includes(getComputedStyle(around).overflowX)) around = around.parentElement;
    if (around && around !== document.documentElement && around !== document.body) {
      const frame = around.getBoundingClientRect();
      if (frame.right <= edge + 1 && frame.left >= -1) continue;
    }
    found.push(`${Math.round(box.left)}-${Math.round(box.right)} of ${edge}: ${node.data.trim().slice(0, 60)}`);
  }
  // Tables scroll within a frame of their own, which has to be in the window.
  for (const table of document.querySelectorAll(".sp-table")) {
    const frame = table.getBoundingClientRect();
    if (frame.right > edge + 1 || frame.left < -1) found.push(`a table from ${frame.left} to ${frame.right} of ${edge}`);
  }
  return found.slice(0, 3);
}"""


@pytest.mark.parametrize("path", KINDS)
def test_no_text_lies_outside_the_window_at_any_width(reader: Reader, path: str) -> None:
    page = reader.open(path, viewport={"width": 320, "height": 900})
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        hidden = page.evaluate(HIDDEN)
        if hidden or page.evaluate("document.documentElement.scrollWidth") > width:
            found[width] = hidden
    assert found == {}


def test_text_begins_at_the_same_place_on_all_kinds_of_pages(reader: Reader) -> None:
    for width in (1100, 1440, 1920):
        starts = {
            path: round(page.locator("article").first.bounding_box()["x"])  # type: ignore[index]
            for path in KINDS
            for page in [reader.open(path, viewport={"width": width, "height": 900})]
        }
        assert len(set(starts.values())) == 1, (width, starts)


def test_the_figures_of_the_home_page_are_whole_at_any_width(reader: Reader) -> None:
    page = reader.open("", viewport={"width": 320, "height": 900})
    cut = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate(
            "(({scrollWidth, clientWidth}) => scrollWidth > clientWidth)(document.querySelector('.sp-figures'))"
        ):
            cut.append(width)
    assert cut == []
