"""Boards and papers as of a month: what was known by then, as the model says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from sphinx_papers.model.records.paper import Measurer
from sphinx_papers.model.tables.board import kept, parse_query
from sphinx_papers.model.tables.leaderboard import value_text
from sphinx_papers.model.tables.ranking import Standing, league_name, standings
from sphinx_papers.model.tables.select import parse_selection, select

from .browser import PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from sphinx_papers.model.records.library import Library

    from .browser import Reader

BOARD = "leaderboards/voc2012.html"
MONTH, IN_WORDS = "2021-06", "June 2021"


def rows(page: Page) -> list[tuple[str, str, str]]:
    """Key, rank and number of each row of the first board."""
    found: list[list[str]] = page.evaluate(
        """async () => {
          await new Promise((done) => setTimeout(done));
          dispatchEvent(new Event("beforeprint"));
          return [...document.querySelectorAll(".sp-ranking")[0].querySelectorAll("tbody:not([hidden]) tr[data-key]")].map(
            (row) => [row.dataset.key, row.cells[0].lastChild.data.trim(), row.cells[2].firstChild.textContent]);
        }"""
    )
    return [(key, rank, number) for key, rank, number in found]


def wanted(library: Library, **criteria: str) -> list[tuple[Standing, int | None]]:
    return kept(library, parse_query(library, "voc2012/val", criteria))


def as_rows(found: list[tuple[Standing, int | None]]) -> list[tuple[str, str, str]]:
    return [
        (each.paper.key, str(rank or "\N{EN DASH}"), value_text(each.result.value)) for each, rank in found
    ]


def past(page: Page) -> str:
    return page.locator(".sp-past").first.inner_text()


def choose_month(page: Page, year: str, month: str) -> None:
    menu = page.locator(".sp-menu", has=page.get_by_text("As of", exact=True)).first
    menu.locator("summary").click()
    menu.get_by_label("Year").select_option(year)
    menu.get_by_label("Month").select_option(month)


def test_a_board_is_as_it_was_at_the_end_of_a_month(reader: Reader, library: Library) -> None:
    page = reader.open(f"{BOARD}?val.until={MONTH}&val.supervision=image")
    found = wanted(library, until=MONTH, supervision="image")
    assert rows(page) == as_rows(found)
    later = wanted(library, supervision="image")
    assert 0 < len(found) < len(later)
    assert as_rows(found) != [row for row in as_rows(later) if row in as_rows(found)], "ranks are of then"


def test_a_line_says_what_was_the_best_and_what_is_left_out(reader: Reader, library: Library) -> None:
    month, in_words = "2024-06", "June 2024"
    page = reader.open(f"{BOARD}?val.until={month}&val.supervision=image&val.inputs=none&val.inputs=saliency")
    found = wanted(library, until=month, supervision="image", inputs="none,saliency")
    groups: dict[str, list[str]] = {}
    for each, rank in found:
        if rank == 1 and each.league:
            name = f"{each.paper.name}", value_text(each.result.value)
            groups.setdefault(league_name(library.registry, each.league), []).append(" ".join(name))
    assert len(groups) == 2
    assert all(len(best) == 1 for best in groups.values())
    late = [
        each
        for each, _ in wanted(library, supervision="image", inputs="none,saliency")
        if each not in [other for other, _ in found]
    ]
    vague = sum(
        each.result.by is Measurer.AUTHORS and (each.paper.date.year, each.paper.date.month) == (2024, 0)
        for each in late
    )
    measured = sum(each.result.by is Measurer.OTHERS for each in late)
    assert vague
    assert measured
    bests = "; ".join(f"{best[0]} ({group})" for group, best in groups.items())
    assert past(page) == (
        f"As of {in_words} the best mIoU (%) under these conditions: {bests}."
        f" Left out: {vague} of 2024 without a known month and {measured} that others measured at a time that is not recorded."
    )
    best = page.locator(".sp-past a").first
    assert best.get_attribute("href", timeout=1000)
    page.get_by_role("button", name=f"As of {in_words}").click()
    assert past(page) == ""


def test_of_many_groups_the_largest_are_named(reader: Reader, library: Library) -> None:
    page = reader.open(f"{BOARD}?val.until={MONTH}")
    leagues: dict[object, int] = {}
    for each, rank in wanted(library, until=MONTH):
        if rank:
            leagues[each.league] = leagues.get(each.league, 0) + 1
    assert len(leagues) > 4
    largest = sorted(leagues.values())[-3:]
    named = [league for league in leagues if leagues[league] in largest]
    said = past(page)
    assert f"; of {len(leagues) - 3} more groups what has rank 1 below." in said
    assert [league_name(library.registry, league) in said for league in named] == [True] * 3  # type: ignore[arg-type]


def test_the_month_is_chosen_in_a_menu_and_held_by_the_address(reader: Reader, library: Library) -> None:
    page = reader.open("papers/index.html")
    menu = page.locator(".sp-menu", has=page.get_by_text("As of", exact=True))
    menu.locator("summary").click()
    assert menu.get_by_label("Month").is_disabled()
    menu.get_by_label("Year").select_option("2021")
    assert parse_qs(urlsplit(page.evaluate("location.href")).query) == {"until": ["2021-12"]}
    menu.get_by_label("Month").select_option("June")
    assert parse_qs(urlsplit(page.evaluate("location.href")).query) == {"until": [MONTH]}
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    shown = page.locator(".sp-table tbody tr[data-key]").evaluate_all(
        "rows => rows.map((row) => row.dataset.key)"
    )
    known = select(library, parse_selection(library, {"until": MONTH}))
    assert shown == [paper.key for paper in known]
    vague = sum((paper.date.year, paper.date.month) == (2021, 0) for paper in library.values())
    assert past(page) == f"As of {IN_WORDS}. Left out: {vague} of 2021 without a known month."
    # The filters count what was there then.
    saliency = sum("saliency" in paper.facets.get("inputs", ()) for paper in known)
    counts = page.locator(".sp-menu label", has_text="Saliency maps").locator(".sp-count")
    assert counts.all_text_contents()[0] == str(saliency)
    menu.locator("summary").click()
    page.go_back()
    assert (
        page.locator(".sp-status")
        .first.inner_text()
        .startswith(f"{len(select(library, parse_selection(library, {'until': '2021-12'})))} of ")
    )
    page.get_by_role("button", name="Reset").click()
    assert page.locator(".sp-status").first.inner_text() == f"{len(library)} papers"
    assert menu.get_by_label("Year").input_value() == ""


@pytest.mark.parametrize("month", ["2021", "2021-13", "2021-6", "soon"])
def test_what_is_no_month_asks_for_nothing(reader: Reader, library: Library, month: str) -> None:
    page = reader.open(f"papers/index.html?until={month}")
    assert page.locator(".sp-status").first.inner_text() == f"{len(library)} papers"
    assert past(page) == ""


def test_a_month_before_all_papers_leaves_nothing(reader: Reader) -> None:
    page = reader.open("papers/index.html?until=2001-01")
    page.get_by_text("No papers fit all of this.").wait_for()
    assert page.locator(".sp-menu").get_by_label("Year").input_value() == "2001"


def test_the_chart_shows_what_was_known_and_where_that_ends(reader: Reader, library: Library) -> None:
    page = reader.open(f"{BOARD}?val.until={MONTH}")
    chart = page.locator(".sp-chart").first
    drawn = chart.locator(".sp-filtered a:has(.sp-mark) title")
    found = wanted(library, until=MONTH)
    assert drawn.count() == len(found)
    scale = (chart.locator(".sp-svg").get_attribute("data-scale") or "").split()
    first, last, _, _, left, _, right, _ = map(float, scale)
    end = left + (2021.5 - first) / (last - first) * (right - left)
    now = chart.locator(".sp-now").get_attribute("d") or ""
    assert float(re.findall(r"M([0-9.]+)", now)[0]) == pytest.approx(end)
    ends = [
        float(re.findall(r"H([0-9.]+)$", line.get_attribute("d") or "")[0])
        for line in chart.locator(".sp-filtered .sp-best").all()
    ]
    assert ends == pytest.approx([end] * len(ends))
    assert ends
    marks = chart.locator(".sp-filtered .sp-mark").evaluate_all(
        "marks => marks.map((mark) => Number(mark.getAttribute('transform').match(/[0-9.]+/)[0]))"
    )
    assert max(marks) <= end
    assert chart.locator(".sp-drawn").inner_text() == (
        f"The chart shows the {len(found)} results that are left, as of {IN_WORDS}."
    )
    page.get_by_role("button", name="Reset").first.click()
    assert chart.locator(".sp-now").count() == 0


def test_the_chart_of_a_page_with_one_board_follows_it_too(reader: Reader, library: Library) -> None:
    page = reader.open(f"leaderboards/coco2014.html?val.until={MONTH}")
    found = kept(library, parse_query(library, "coco2014/val", {"until": MONTH}))
    drawn = page.locator(".sp-chart .sp-filtered a:has(.sp-mark) title")
    assert page.locator(".sp-now").count() == 1
    assert drawn.count() == len(found) > 0


def test_comparisons_that_are_ready_made_count_what_was_known(reader: Reader, library: Library) -> None:
    page = reader.open(f"{BOARD}?val.until={MONTH}")
    first = page.locator(".sp-presets a").first
    query = {
        name.removeprefix("val."): ",".join(values)
        for name, values in parse_qs(urlsplit(first.get_attribute("href") or "").query).items()
    }
    assert query["until"] == MONTH
    found = wanted(library, **query)
    assert first.locator(".sp-count").inner_text() == str(len(found))
    first.click()
    assert rows(page) == as_rows(found)


def test_a_paper_leads_to_its_boards_as_they_were(reader: Reader, library: Library) -> None:
    page = reader.open("papers/lee2021railroad.html")
    line = page.locator("dl.sp-then", has_text="Boards when it came out (May 2021)")
    line.get_by_role("link", name="PASCAL VOC 2012 test").click()
    page.wait_for_url("**/voc2012.html?test.until=2021-05#pascal-voc-2012-test")
    status = page.locator(".sp-tools .sp-status").nth(1)
    known = kept(library, parse_query(library, "voc2012/test", {"until": "2021-05"}))
    assert status.inner_text().startswith(f"{len(known)} of ")
    assert "lee2021railroad" in [each.paper.key for each, _ in known]
    assert page.locator(".sp-tools .sp-status").first.inner_text().endswith("results")


def test_without_a_script_nothing_is_lost(reader: Reader, library: Library) -> None:
    """The way from a paper leads to the whole board, and the records name what was the best when."""
    page = reader.open(f"{BOARD}?val.until={MONTH}", java_script_enabled=False)
    count = len(standings(library, library.registry.benchmarks["voc2012"], "val"))
    assert page.locator(".sp-ranking").first.locator("tbody tr[data-key]").count() == count
    page.goto("guide/records.html")
    assert page.get_by_text("still stands").count() > 1


def test_on_paper_it_is_said_as_of_when_a_board_is(reader: Reader) -> None:
    page = reader.open(f"{BOARD}?val.until={MONTH}")
    page.emulate_media(media="print")
    assert page.locator(".sp-past").first.is_visible()
    assert not page.locator(".sp-words").first.is_visible()


def test_on_a_phone_the_month_can_be_chosen(reader: Reader) -> None:
    page = reader.open(BOARD, viewport=PHONE)
    page.locator(".sp-opener").first.click()
    choose_month(page, "2019", "March")
    assert past(page).startswith("As of March 2019 the best mIoU (%): ")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
