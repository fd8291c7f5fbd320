"""What a browser prints: everything that is known, on few sheets, without the tools of the screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from .browser import Reader

_SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")
_WIDE = re.compile(rb"/MediaBox \[0 0 84\d\S* 59\d\S*\]")
_KINDS = {
    "home": "",
    "papers": "papers/index.html",
    "paper": "papers/lee2021railroad.html",
    "formulas": "papers/ahn2018learning.html",
    "map": "papers/lineage.html",
    "board": "leaderboards/coco2014.html",
    "boards": "leaderboards/index.html",
    "method": "methods/saliency.html",
    "choosing": "guide/choosing.html",
    "guide": "guide/task.html",
    "baselines": "guide/baselines.html",
    "references": "references.html",
    "comparison": "compare.html#papers=lee2021railroad,ahn2018learning,zhu2026weaktr",
    "year": "years/2021.html",
}
_TOOLS = """.skip-to-content, .site-bar, .breadcrumbs, .edit-page, .back-to-top, .site-zip, .sidebar-drawer, .toc-drawer,
.sp-tools, .sp-copy, .sp-take, .sp-tray, .sp-picking, .sp-pick, .sp-like, .sp-report, .sp-comparing form, article button:not(.sp-sort)"""
# A sheet of A4 less its margins, in the pixels of a style sheet.
_ROOM = {"width": 695, "height": 1017}


def _printed(reader: Reader, path: str) -> Page:
    """Return a page as it is laid out on a sheet."""
    page = reader.open(path, viewport=_ROOM)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    return page


def _sheets(page: Page) -> int:
    return len(_SHEET.findall(page.pdf(format="A4", prefer_css_page_size=True)))


@pytest.mark.parametrize("kind", _KINDS)
def test_no_tool_is_printed_and_nothing_stands_out_of_the_sheet(reader: Reader, kind: str) -> None:
    page = _printed(reader, _KINDS[kind])
    shown = "(all) => all.filter((each) => each.getClientRects().length).map((each) => each.outerHTML.slice(0, 99))"
    assert page.locator(_TOOLS).evaluate_all(shown) == []
    outside = page.evaluate(
        """(width) => {
          const found = [], texts = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
          for (let text = texts.nextNode(); text; text = texts.nextNode()) {
            if (text.parentElement.closest("svg, math, caption, script, .headerlink") || !text.data.trim()) continue;
            const range = document.createRange();
            range.selectNodeContents(text);
            if ([...range.getClientRects()].some((box) => box.right > width + 1 || box.left < -1)) found.push(text.data);
          }
          return found;
        }""",
        _ROOM["width"],
    )
    assert outside == []


@pytest.mark.parametrize(
    "path", ["leaderboards/voc2012.html", "papers/lee2021railroad.html", "guide/choosing.html"]
)
def test_a_table_with_many_columns_prints_all_that_is_known_each_under_its_name(
    reader: Reader, path: str
) -> None:
    page = _printed(reader, path)
    lost, unnamed, squeezed = page.locator(".sp-table table:is(.sp-ranking, .sp-wide)").first.evaluate(
        """(table) => {
          const cells = [...table.querySelectorAll("tbody:not([hidden]) tr:not(.sp-group, [hidden]) td")];
          const known = cells.filter((cell) => cell.textContent.trim() && !cell.querySelector(":scope > em:only-child"));
          const named = (cell) => !table.classList.contains(`sp-label-${cell.cellIndex + 1}`)
            || getComputedStyle(cell, "::before").content.includes(table.tHead.rows[0].cells[cell.cellIndex].textContent);
          return [
            known.filter((cell) => !cell.getClientRects().length).map((cell) => cell.textContent),
            known.filter((cell) => !named(cell)).map((cell) => cell.textContent),
            [...table.querySelectorAll("tr[data-key], tbody tr:not(.sp-group)")].filter((row) => row.getClientRects().length
              && row.getBoundingClientRect().height > 160).map((row) => row.textContent),
          ];
        }"""
    )
    assert (lost, unnamed, squeezed) == ([], [], [])
    says = page.locator(".sp-table:has(> :is(.sp-ranking, .sp-wide))").first
    assert "unknown" in says.evaluate("(frame) => getComputedStyle(frame, '::before').content")


def test_rows_are_not_broken_and_heads_are_repeated(reader: Reader) -> None:
    page = _printed(reader, "papers/index.html")
    broken = "(rows) => rows.filter((row) => getComputedStyle(row).breakInside !== 'avoid').length"
    assert page.locator(".sp-table tbody tr").evaluate_all(broken) == 0
    assert (
        page.locator(".sp-table thead").evaluate("(head) => getComputedStyle(head).display")
        == "table-header-group"
    )


def test_the_largest_board_is_fifty_sheets_at_most_and_the_index_twenty_five(reader: Reader) -> None:
    # It was 375 with the columns of the screen.
    assert _sheets(reader.open("leaderboards/voc2012.html")) <= 50
    assert _sheets(reader.open("papers/index.html")) <= 25


def test_the_map_is_printed_on_its_side(reader: Reader) -> None:
    printed = reader.open("papers/lineage.html").pdf(format="A4", prefer_css_page_size=True)
    assert len(_WIDE.findall(printed)) == len(_SHEET.findall(printed)) <= 2
