"""Choosing a method by what one has, and the records at a date."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.paper import Measurer
from sphinx_papers.model.tables.ranking import is_own, league_name
from sphinx_papers.model.views.choice import measured_papers
from sphinx_papers.model.views.records_over_time import reigns

from .browser import PHONE
from .test_browser_tables import choose, column, keys, status

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from sphinx_papers.model.records.library import Library
    from sphinx_papers.model.records.paper import Paper, Result

    from .browser import Reader

CHOOSING, RECORDS = "guide/choosing.html", "guide/records.html"
WITHIN = "Whatever needs no more"


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.evaluate("location.href")).query)


def runs_with(library: Library, paper: Paper, supervision: set[str], inputs: set[str]) -> bool:
    """Whether *paper* needs no more than that, told from its record and not as the table does it."""

    def terms(name: str, result: Result | None) -> frozenset[str] | None:
        return frozenset(paper.terms(name, result)) if paper.states(name, result) else None

    def fits(result: Result | None) -> bool:
        labels, others = terms("supervision", result), terms("inputs", result)
        if labels is None or others is None:
            return False
        # A method without labels needs none.
        return labels - {"none"} <= supervision and others <= inputs

    own = [
        result
        for result in paper.results
        if result.by is Measurer.AUTHORS and is_own(library.registry, paper, result)
    ]
    whole = [
        each
        for each in own
        if all(terms(name, each) == terms(name, None) for name in ("supervision", "inputs"))
    ]
    return fits(None) if whole or not own else any(fits(each) for each in own)


@pytest.mark.parametrize(
    ("supervision", "inputs"),
    [({"image"}, {"saliency"}), ({"image", "box"}, {"clip", "sam"}), ({"image", "point"}, {"superpixels"})],
    ids=lambda terms: "-".join(sorted(terms)),
)
def test_within_what_one_has_are_the_methods_that_need_no_more(
    reader: Reader, library: Library, supervision: set[str], inputs: set[str]
) -> None:
    choices = [f"supervision={each}" for each in supervision] + [f"inputs={each}" for each in inputs]
    page = reader.open(f"{CHOOSING}?{'&'.join(choices)}&within=1")
    wanted = [p.key for p in measured_papers(library) if runs_with(library, p, supervision, inputs)]
    assert keys(page) == wanted
    assert wanted
    # Needing nothing else is no more than that; what leaves open what it needs stays unknown.
    found = [library[key] for key in wanted]
    assert any(not paper.terms("inputs") for paper in found)
    assert all(paper.states("inputs") or any("inputs" in r.facets for r in paper.results) for paper in found)


def test_the_mode_is_a_box_among_the_filters_and_in_the_address(reader: Reader, library: Library) -> None:
    page = reader.open(CHOOSING)
    total = len(measured_papers(library))
    assert status(page) == f"{total} papers"
    choose(page, "Supervision", "Image labels")
    choose(page, "Extra inputs", "Saliency maps")
    exactly = set(keys(page))
    page.get_by_label(WITHIN).check()
    assert asked(page) == {"supervision": ["image"], "inputs": ["saliency"], "within": ["1"]}
    within = set(keys(page))
    assert exactly < within
    # A count says what one more thing would bring.
    menu = page.locator(".sp-menu", has=page.get_by_text("Extra inputs", exact=True))
    label = menu.locator("label", has=page.get_by_text("CLIP", exact=True))
    more = int(
        label.locator(".sp-count").inner_text()
        if label.is_visible()
        else label.locator(".sp-count").text_content() or ""
    )
    choose(page, "Extra inputs", "CLIP")
    assert len(keys(page)) == more > len(within)
    choose(page, "Extra inputs", "Unknown")
    assert len(keys(page)) > more, "who looks for what is unknown finds that too"
    page.get_by_role("button", name=WITHIN).click()
    assert not page.get_by_label(WITHIN).is_checked()
    page.go_back()
    assert page.get_by_label(WITHIN).is_checked()
    page.get_by_role("button", name="Reset").click()
    assert status(page) == f"{total} papers"
    assert not page.get_by_label(WITHIN).is_checked()


def test_without_a_word_of_what_one_has_nothing_is_left_out(reader: Reader, library: Library) -> None:
    page = reader.open(f"{CHOOSING}?within=1&backbone=ResNet-101")
    wanted = [
        paper.key
        for paper in measured_papers(library)
        if any(
            r.by is Measurer.AUTHORS and r.conditions.get("backbone") == "ResNet-101" for r in paper.results
        )
    ]
    assert keys(page) == wanted


def test_the_numbers_of_a_column_that_names_its_conditions_state_them(
    reader: Reader, library: Library
) -> None:
    page = reader.open(CHOOSING)
    name = "voc2012/val-segmenter-DeepLab-v2-backbone-ResNet-101-pretraining-imagenet"
    under = {"segmenter": "DeepLab-v2", "backbone": "ResNet-101", "pretraining": "imagenet"}
    numbers = dict(zip(keys(page), column(page, name), strict=True))
    known = {key: text.split()[0] for key, text in numbers.items() if text != "unknown"}
    assert known
    for key, number in known.items():
        assert float(number) in [
            r.value
            for r in library[key].results
            if under.items() <= r.conditions.items() and r.by is Measurer.AUTHORS
        ], key


def test_the_table_is_whole_without_a_script_and_fits_a_phone(reader: Reader, library: Library) -> None:
    page = reader.open(CHOOSING, java_script_enabled=False)
    assert page.locator(".sp-table tbody tr[data-key]").count() == len(measured_papers(library))
    phone = reader.open(f"{CHOOSING}?supervision=image&within=1", viewport=PHONE)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.locator(".sp-opener").click()
    width = "element => element.getBoundingClientRect().right"
    assert max(phone.locator(".sp-filters > *").evaluate_all(f"all => all.map({width})")) <= PHONE["width"]
    assert phone.get_by_label(WITHIN).is_checked()


@pytest.mark.parametrize(("place", "board"), [(0, "voc2012/val"), (1, "coco2014/val")])
def test_a_record_stands_until_the_next_one(reader: Reader, library: Library, place: int, board: str) -> None:
    """Read from the page: in each group one record still stands, and each other one until the one above it came."""
    page = reader.open(RECORDS)
    groups = (
        page.locator(".sp-table table")
        .nth(place)
        .locator("tbody")
        .evaluate_all(
            """bodies => bodies.map((body) => [...body.rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim())))"""
        )
    )
    wanted = reigns(library, *board.split("/"))
    assert [heading[0].rsplit(maxsplit=1)[0] for heading, *_ in groups] == [
        league_name(library.registry, league) for league in wanted
    ]
    for (_, *lines), steps in zip(groups, wanted.values(), strict=True):
        since, until = [line[0] for line in lines], [line[1] for line in lines]
        # A month stands for its middle.
        when = {date: PartialDate.parse(date).moment for date in since}
        assert since == sorted(since, key=lambda date: when[date], reverse=True)
        for begin, end in zip(since, until, strict=True):
            later = [date for date in since if when[date] > when[begin]]
            assert end == (min(later, key=lambda date: when[date]) if later else "still stands")
        shown = [(line[2].split(" (")[0], float(line[3])) for line in lines]
        assert sorted(shown) == sorted(
            (each.paper.name.split(" (")[0], each.result.value) for step in steps for each in step
        )


def test_records_lead_to_their_papers_and_are_sorted_by_any_column(reader: Reader, library: Library) -> None:
    page = reader.open(RECORDS)
    table = page.locator(".sp-table table").first
    key = table.locator("tbody tr[data-key]").first.get_attribute("data-key")
    link = table.locator("tbody tr[data-key] td:nth-child(3) a").first
    assert (link.get_attribute("href") or "").endswith(f"papers/{key}.html")
    table.get_by_role("button", name="Since").click()
    first = table.locator("tbody").first.locator("tr[data-key] td:first-child").all_inner_texts()
    assert first == sorted(first)
    assert len(first) > 1
    link.click()
    page.wait_for_url("**/papers/*.html")
    assert page.locator("h1").count() == 1
