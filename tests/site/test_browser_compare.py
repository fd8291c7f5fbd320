"""Papers side by side, as readers choose them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from .browser import PHONE, Reader

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAIR = "compare.html#papers=kweon2021unlocking,yoon2022adversarial"
"""Two papers of which some results state the same."""


def heads(page: Page) -> list[str]:
    return page.locator(".sp-beside").first.locator("thead th").all_inner_texts()


def test_the_choice_is_in_the_address_and_a_reader_adds_and_takes_out(reader: Reader) -> None:
    page = reader.open(PAIR)
    expect(page.locator(".sp-compared li")).to_have_count(2)
    expect(page.locator(".sp-beside").first).to_be_visible()
    page.locator("#sp-add-paper").fill("wang2020self")
    page.locator("#sp-add-paper").press("Enter")
    expect(page.locator(".sp-compared li")).to_have_count(3)
    assert page.url.endswith("#papers=kweon2021unlocking,yoon2022adversarial,wang2020self")
    assert heads(page)[-1] == "SEAM"
    page.get_by_role("button", name="Take SEAM out").click()
    expect(page.locator(".sp-compared li")).to_have_count(2)
    assert page.url.endswith(PAIR)


def test_the_script_makes_the_tables_that_a_page_has_without_it(reader: Reader) -> None:
    """A method's page has the same papers side by side, written by the build."""

    def tables(page: Page) -> object:
        rows = "region => [...region.querySelectorAll('tr')].map(row => [...row.cells].map(cell => cell.innerText.trim()))"
        return page.locator(".sp-beside").evaluate_all(f"regions => regions.map({rows})")

    built = reader.open("methods/erasing.html", java_script_enabled=False)
    links = built.locator(".sp-beside").first.locator("tbody tr:first-child td a")
    names = [Path(link.get_attribute("href") or "").stem for link in links.all()]
    page = reader.open(f"compare.html#papers={','.join(names)}")
    expect(page.locator(".sp-beside")).to_have_count(built.locator(".sp-beside").count())
    assert tables(page) == tables(built)


def test_it_works_from_a_disk_and_on_a_phone(chromium: Browser, site: Path) -> None:
    reader = Reader(chromium, f"file://{site}/")
    page = reader.open(PAIR, viewport=PHONE)
    expect(page.locator(".sp-beside").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    reader.close()
    assert reader.complaints == []


def test_a_selection_leads_to_it(reader: Reader) -> None:
    page = reader.open("papers/wang2020self.html")
    page.get_by_role("button", name="Add to the selection").click()
    assert page.locator(".sp-tray-beside").is_hidden()
    page.goto("papers/lee2021anti.html")
    page.get_by_role("button", name="Add to the selection").click()
    page.locator(".sp-tray-beside").click()
    expect(page.locator(".sp-compared li")).to_have_count(2)
    assert heads(page) == ["Fact", "SEAM", "AdvCAM"]


def test_without_a_script_there_is_a_list_of_links(reader: Reader) -> None:
    page = reader.open("compare.html", java_script_enabled=False)
    assert page.locator(".sp-ready-made li").count() > 10
    assert page.locator(".sp-ready-made a").first.is_visible()
