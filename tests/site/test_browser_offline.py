"""The folder of the site opened from a disk, where a page may load scripts and nothing else; and what each page loads."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.bench.pages import write_long

from .browser import Reader
from .conftest import ROOT
from .test_browser_cite import CLIPBOARD, FEW, FORMATS, command, panel, pick, result
from .test_browser_tables import BOARD, INDEX, choose, column, keys, query, rows, status

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAPER = "papers/lee2021railroad.html"


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def disk(chromium: Browser, site: Path) -> Iterator[Reader]:
    """Opens pages from the disk; the test fails if one reports an error or asks for anything elsewhere."""
    reader = Reader(chromium, f"{site.as_uri()}/")
    yield reader
    reader.close()
    assert reader.complaints == []


def test_a_table_is_filtered_sorted_and_searched(disk: Reader) -> None:
    page = disk.open(INDEX)
    everything = keys(page)
    choose(page, "Year", "2021")
    year = keys(page)
    assert 1 < len(year) < len(everything)
    page.locator("th[data-column=name] button").click()
    assert set(keys(page)) == set(year)
    names = [re.sub(r"\d+", lambda digits: digits[0].zfill(8), name.lower()) for name in column(page, "name")]
    assert names == sorted(names)
    page.locator(".sp-words").fill("saliency")
    assert 0 < len(keys(page)) < len(year)
    assert status(page) == f"{len(keys(page))} of {len(everything)} papers"
    assert query(page) == {"q": ["saliency"], "year": ["2021"], "sort": ["name"]}
    # The address can be kept and opened again.
    again = disk.open(page.evaluate("location.href").removeprefix(disk.base))
    assert keys(again) == keys(page)


@pytest.mark.parametrize("form", FORMATS)
def test_papers_leave_as_the_command_line_writes_them(disk: Reader, tmp_path: Path, form: str) -> None:
    page = disk.open(INDEX)
    dialog = panel(page)
    assert result(dialog, form) == command(f"export {FORMATS[form]}", tmp_path)
    dialog.get_by_role("button", name="Close").click()
    pick(page, *FEW)
    panel(page).get_by_label("Selected").check()
    assert result(dialog, form) == command(f"export {FORMATS[form]} key={','.join(FEW)}", tmp_path)
    with page.expect_download() as saved:
        dialog.get_by_role("button", name="Download").click()
    saved.value.save_as(tmp_path / "saved")
    assert (tmp_path / "saved").read_text("utf-8") == command(
        f"export {FORMATS[form]} key={','.join(FEW)}", tmp_path
    )


@pytest.mark.parametrize("form", ["LaTeX table", "CSV, a line for each result"])
def test_a_board_leaves_as_the_command_line_writes_it(disk: Reader, tmp_path: Path, form: str) -> None:
    page = disk.open(f"{BOARD}?val.backbone=ResNet-101")
    page.locator(".sp-status", has_text=" of ").first.wait_for()
    assert page.locator(".sp-drawn").first.inner_text().startswith("The chart shows the ")
    made = result(panel(page), form)
    assert made == command(f"export {FORMATS[form]} board=voc2012/val backbone=ResNet-101", tmp_path)


def test_a_selection_goes_from_page_to_page_and_is_copied(disk: Reader) -> None:
    page = disk.open(INDEX, permissions=CLIPBOARD)
    pick(page, "yao2021non")
    page.goto(PAPER)
    page.get_by_role("button", name="Add to the selection").click()
    page.get_by_role("button", name="2 papers selected").click()
    dialog = page.get_by_role("dialog")
    made = result(dialog, "BibTeX")
    assert re.findall(r"^@\w+\{(\w+),", made, re.MULTILINE) == ["lee2021railroad", "yao2021non"]
    for button in (
        dialog.get_by_role("button", name="Copy result"),
        dialog.get_by_role("button", name="Close"),
    ):
        button.click()
    assert page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n") == made
    page.get_by_role("button", name="Copy key").click()
    page.get_by_role("status").filter(has_text="key copied").wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()") == "lee2021railroad"


def test_a_preview_says_what_a_link_leads_to(disk: Reader) -> None:
    page = disk.open(PAPER)
    page.locator("article p a[href='du2022weakly.html']").first.hover()
    page.locator("#sp-preview", has_text="PPC").wait_for()


def test_the_other_pages_of_a_long_table_are_loaded(chromium: Browser, site: Path, tmp_path: Path) -> None:
    html = shutil.copytree(site, tmp_path / "html")
    write_long(html, tmp_path / "papers", 120, size=50)
    reader = Reader(chromium, f"{html.as_uri()}/")
    page = reader.open("papers/long.html")
    choose(page, "Year", "2010")
    page.locator(".sp-status", has_text="of 120 papers").wait_for()
    assert 0 < rows(page).count() < 50
    reader.close()
    assert reader.complaints == []


# What each kind of page loads

ALWAYS = ["page"]
TABLE = ["page", "tables", "picking", "previews"]


@pytest.mark.parametrize(
    ("path", "scripts"),
    [
        (INDEX, TABLE),
        ("methods/saliency.html", TABLE),
        (BOARD, ["page", "tables", "charts", "picking", "previews"]),
        (PAPER, ["page", "tables", "copying", "picking", "previews"]),
        ("404.html", ["page", "not-found"]),
        ("contributing/style.html", ALWAYS),
    ],
)
def test_a_page_loads_the_scripts_that_it_uses(site: Path, path: str, scripts: list[str]) -> None:
    text = (site / path).read_text("utf-8")
    found = re.findall(r'<script ([^>]*)src="[^"]*/sphinx-papers/([a-z-]+)\.js\?v=[0-9a-f]+"', text)
    assert [name for _, name in found] == scripts
    assert all('defer="defer"' in attributes and "type=" not in attributes for attributes, _ in found)


def test_what_sphinx_design_has_stands_where_its_classes_do(site: Path) -> None:
    pages = [path.read_text("utf-8") for path in site.rglob("*.html")]
    uses = [bool(re.search(r'class="(?:[^"]* )?sd-', text)) for text in pages]
    assert [("sphinx-design.min.css" in text, "design-tabs.js" in text) for text in pages] == [
        (used, used) for used in uses
    ]


def test_a_panel_that_cannot_be_loaded_is_told(reader: Reader) -> None:
    page = reader.open(INDEX)
    page.route("**/sphinx-papers/export.js*", lambda route: route.fulfill(status=503, body=""))
    page.get_by_role("button", name="Cite or export").first.click()
    said = page.get_by_role("dialog").get_by_role("status")
    assert said.inner_text() == "The panel could not be loaded (_static/sphinx-papers/export.js)."
    page.get_by_role("button", name="Close").click()
    page.unroute("**/sphinx-papers/export.js*")
    assert result(panel(page), "BibTeX")
    reader.complaints[:] = [each for each in reader.complaints if "503" not in each]
