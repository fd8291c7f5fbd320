"""The index table and the leaderboards as a reader uses them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from sphinx_papers.formats.records.folder import read_collection
from sphinx_papers.formats.storage.places import Places
from sphinx_papers.model.records.letters import plain
from sphinx_papers.model.tables.finding import stated
from sphinx_papers.model.tables.ranking import Standing, best_so_far, standings
from tests.bench.pages import write_long
from tests.bench.synthetic import key as synthetic_key

from .browser import PHONE, Reader, serve, until
from .conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from sphinx_papers.model.records.library import Library
    from sphinx_papers.model.records.paper import Paper

INDEX = "papers/index.html"
BOARD = "leaderboards/voc2012.html"
COLUMNS = ["date", "name", "title", "venue", "arxiv", "code"]


@pytest.fixture(scope="module")
def library() -> Library:
    docs = ROOT / "docs"
    places = Places(
        papers=ROOT / "papers", methods=docs / "methods", registries=docs / "registries",
        bibliography=docs / "references.bib",
    )  # fmt: skip
    return read_collection(places).library


# Visible is what Playwright calls so: it has a size, and its style does not hide it.
_KEYS = """(rows) => rows.filter((row) => {
  const box = row.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && getComputedStyle(row).visibility === "visible";
}).map((row) => row.dataset.key ?? "")"""


def rows(page: Page, place: int = 0) -> Locator:
    return page.locator(".sp-table").nth(place).locator("tbody:not([hidden]) tr:not(.sp-group)")


def whole(page: Page) -> None:
    """Put all rows that fit on the page, not only the first of them."""
    page.evaluate("dispatchEvent(new Event('beforeprint'))")


def keys(page: Page, place: int = 0) -> list[str]:
    """The papers that fit, none where the table is hidden."""
    whole(page)
    # In one go: asked one by one, each of hundreds of rows has the browser look through all of them.
    return rows(page, place).evaluate_all(_KEYS)  # type: ignore[no-any-return]


def column(page: Page, name: str, place: int = 0) -> list[str]:
    """The texts of a column, without the marks of notes."""
    whole(page)
    script = """(table, name) => {
      const index = [...table.tHead.rows[0].cells].findIndex((head) => head.dataset.column === name);
      return [...table.querySelectorAll("tbody:not([hidden]) tr:not(.sp-group)")].map((row) => {
        const cell = row.cells[index].cloneNode(true);
        cell.querySelectorAll("sup").forEach((mark) => mark.remove());
        return cell.textContent.trim();
      });
    }"""
    return page.locator(".sp-table table").nth(place).evaluate(script, name)  # type: ignore[no-any-return]


def status(page: Page, place: int = 0) -> str:
    return page.locator(".sp-status").nth(place).inner_text()


def choose(page: Page, menu: str, *choices: str, place: int = 0) -> None:
    """Choose by the mouse, as one does."""
    opener = page.locator(".sp-tools").nth(place).locator(".sp-opener")
    if opener.is_visible() and opener.get_attribute("aria-expanded") == "false":
        opener.click()
    details = page.locator(".sp-tools").nth(place).locator(".sp-menu", has=page.get_by_text(menu, exact=True))
    details.locator("summary").click()
    for choice in choices:
        details.locator("label", has=page.get_by_text(choice, exact=True)).click()
    details.locator("summary").click()


def address(page: Page) -> str:
    """The address as the page has it: what Playwright was told of it may be older."""
    return page.evaluate("location.href")  # type: ignore[no-any-return]


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address(page)).query)


def papers(library: Library, test: Callable[[Paper], object]) -> list[str]:
    return [paper.key for paper in library.values() if test(paper)]


def words_of(library: Library, paper: Paper) -> str:
    venue = library.registry.venues[paper.appearance.venue].name if paper.appearance else ""
    authors = (author.display for author in paper.authors)
    return plain(
        " ".join(
            [
                paper.key,
                paper.name,
                paper.plain_title,
                paper.summary,
                paper.arxiv,
                venue,
                str(paper.date),
                *authors,
            ]
        )
    )


@pytest.mark.parametrize(
    "words", ["MCTformer", "jungbeom", "SALIENCY maps", "2105.08965", "lee2021railroad", "YOÓN"]
)
def test_typing_leaves_the_papers_that_have_all_the_words(
    reader: Reader, library: Library, words: str
) -> None:
    page = reader.open(INDEX)
    assert status(page) == f"{len(library)} papers"
    page.get_by_role("searchbox", name="Filter papers").press_sequentially(words)
    expected = papers(
        library, lambda paper: all(word in words_of(library, paper) for word in plain(words).split())
    )
    assert 0 < len(expected) < len(library)
    assert keys(page) == expected
    assert status(page) == f"{len(expected)} of {len(library)} papers"


ODD_NAMES = "Łukasz Ørsted Ǿre Straße Τόμος iCAN\N{RIGHT SINGLE QUOTATION MARK}s"


@pytest.mark.parametrize(
    "words",
    [
        "lukasz",
        "Łukasz",
        "orsted",
        "ørsted",
        "øre",
        "strasse",
        "STRAẞE",
        "τομος",
        "icans",
        "iCAN's",
        "ican",
        "orsted icans",
    ],
)
def test_a_name_is_found_as_it_is_typed_with_any_keyboard(
    reader: Reader, library: Library, site: Path, words: str
) -> None:
    key = next(iter(library))
    html = (site / INDEX).read_text("utf-8")
    head, mark, rest = html.partition(f'<tr data-key="{key}"')
    assert mark
    page = reader.open()
    served = head + mark + re.sub(r"</td>", f" {ODD_NAMES}</td>", rest, count=1)
    page.route(
        f"**/{INDEX}", lambda route: route.fulfill(body=served, content_type="text/html; charset=utf-8")
    )
    page.goto(INDEX)
    page.get_by_role("searchbox", name="Filter papers").fill(words)
    assert key in keys(page)
    assert len(keys(page)) < len(library)
    assert page.evaluate("text => sphinxPapers.plain(text)", ODD_NAMES) == plain(ODD_NAMES)


def test_filters_narrow_each_other_and_their_counts_follow(reader: Reader, library: Library) -> None:
    page = reader.open(INDEX)
    choose(page, "Year", "2021")
    choose(page, "Extra inputs", "Saliency maps", "None")
    fits = papers(library, lambda p: p.year == 2021 and {"saliency", "none"} & set(stated(p, "inputs")))
    assert keys(page) == fits
    assert len(fits) > 1
    menus = page.locator(".sp-menu")
    counts = {
        menu.locator("legend").text_content(): {
            label.locator("span").nth(0).text_content(): int(label.locator(".sp-count").text_content() or "")
            for label in menu.locator("label").all()
        }
        for menu in menus.all()
    }
    # Of another filter: what it would leave of what is left; of its own: what each choice would add.
    left = [library[key] for key in fits]
    for method in library.registry.methods.values():
        if method.slug in library.by_method:
            assert counts["Method"][method.name] == sum(method.slug in paper.methods for paper in left)
    for year in library.by_year:
        fitting = [p for p in library.by_year[year] if {"saliency", "none"} & set(stated(p, "inputs"))]
        assert counts["Year"][year] == len(fitting)
    assert counts["With"]["Code"] == sum(bool(paper.code) for paper in left)


def test_what_a_paper_must_have_it_must_have_all_of(reader: Reader, library: Library) -> None:
    page = reader.open(INDEX)
    choose(page, "With", "Code", "Results")
    assert keys(page) == papers(library, lambda paper: paper.code and paper.results)


def test_a_chip_takes_back_one_choice_and_reset_all(reader: Reader, library: Library) -> None:
    page = reader.open(f"{INDEX}?year=2021&year=2022&pipeline=multi-stage")
    chips = page.locator(".sp-chips button")
    assert chips.all_inner_texts() == ["Year: 2022", "Year: 2021", "Pipeline: Multi-stage", "Reset"]
    page.get_by_role("button", name="Remove Year: 2022").click()
    assert query(page) == {"year": ["2021"], "pipeline": ["multi-stage"]}
    assert keys(page) == papers(
        library, lambda paper: paper.year == 2021 and paper.terms("pipeline") == ("multi-stage",)
    )
    page.get_by_role("button", name="Reset").click()
    assert keys(page) == list(library)
    assert query(page) == {}
    assert page.locator(".sp-chips button").count() == 0


def test_what_nothing_fits_says_so_and_starts_over(reader: Reader, library: Library) -> None:
    page = reader.open(INDEX)
    page.locator(".sp-words").fill("no such paper")
    assert keys(page) == []
    assert page.locator(".sp-table").is_hidden()
    assert status(page) == f"0 of {len(library)} papers"
    page.get_by_role("button", name="Start over").click()
    assert keys(page) == list(library)
    assert page.evaluate("document.activeElement.className") == "sp-words"
    assert page.get_by_role("button", name="Start over").is_hidden()


@pytest.mark.parametrize("name", COLUMNS)
def test_a_head_sorts_its_column_what_is_missing_last(reader: Reader, name: str) -> None:
    page = reader.open(INDEX)
    listed = dict(zip(keys(page), column(page, name), strict=True))
    head = page.locator(f"th[data-column={name}]")

    def expected(*, falling: bool) -> list[str]:
        def sort(key: str) -> str:
            return re.sub(r"\d+", lambda number: number[0].zfill(8), plain(listed[key]))

        # Python's sort is stable, also the other way round: equals stay as they are listed.
        there = sorted((key for key in listed if listed[key] != "\N{EN DASH}"), key=sort, reverse=falling)
        return there + [key for key in listed if listed[key] == "\N{EN DASH}"]

    head.get_by_role("button").click()
    assert (keys(page), head.get_attribute("aria-sort")) == (expected(falling=False), "ascending")
    assert query(page) == {"sort": [name]}
    head.get_by_role("button").click()
    assert (keys(page), head.get_attribute("aria-sort")) == (expected(falling=True), "descending")
    assert query(page) == {"sort": [f"-{name}"]}
    head.get_by_role("button").click()
    assert (keys(page), head.get_attribute("aria-sort")) == (list(listed), None)
    assert query(page) == {}


def test_the_address_holds_the_view_and_the_back_button_goes_back(reader: Reader, library: Library) -> None:
    page = reader.open(INDEX)
    page.locator(".sp-words").press_sequentially("semantic")
    choose(page, "Year", "2021")
    page.locator("th[data-column=name] button").click()
    assert query(page) == {"q": ["semantic"], "year": ["2021"], "sort": ["name"]}
    shown = keys(page)
    assert 1 < len(shown) < len(library)

    shared = reader.open(address(page).removeprefix(reader.base))
    assert (keys(shared), status(shared)) == (shown, status(page))
    assert shared.locator(".sp-words").input_value() == "semantic"
    assert shared.locator(".sp-menu input:checked").count() == 1
    assert shared.locator("th[aria-sort]").get_attribute("data-column") == "name"

    page.go_back()
    assert (query(page), set(keys(page))) == ({"q": ["semantic"], "year": ["2021"]}, set(shown))
    assert page.locator("th[aria-sort]").count() == 0
    page.go_back()
    assert query(page) == {"q": ["semantic"]}
    assert page.locator(".sp-menu input:checked").count() == 0
    page.go_back()  # eight letters are one step
    assert (query(page), keys(page)) == ({}, list(library))
    assert page.locator(".sp-words").input_value() == ""
    page.go_forward()
    assert page.locator(".sp-words").input_value() == "semantic"


def test_an_address_that_asks_for_what_is_not_there_shows_all(reader: Reader, library: Library) -> None:
    page = reader.open(f"{INDEX}?year=1066&sort=colour&utm=x#main")
    assert keys(page) == list(library)
    choose(page, "Year", "2021")
    # What belongs to others is left alone.
    assert address(page).endswith(("?sort=colour&utm=x&year=2021#main", "?utm=x&year=2021#main"))


def test_other_parts_hear_what_is_shown_and_know_the_keys(reader: Reader) -> None:
    page = reader.open(INDEX)
    page.evaluate("""
      document.addEventListener("papers-shown", ({ detail: table }) => {
        window.heard = table.keys;
        window.decorated = 0;
        table.decorate((row) => { window.decorated += row.matches("tr[data-key]"); });
      }, { once: true })""")
    choose(page, "Year", "2021")
    assert page.evaluate("heard") == keys(page)
    assert page.evaluate("decorated") >= len(keys(page))


# Leaderboards


def results(library: Library, split: str) -> list[Standing]:
    return standings(library, library.registry.benchmarks["voc2012"], split)


def ranks(fits: Sequence[Standing]) -> list[str]:
    """Ranks of what is left, each within its league: equals share one."""
    texts = []
    for each in fits:
        own = [other.result.value for other in fits if other.rank and other.league == each.league]
        texts.append(str(1 + sum(v > each.result.value for v in own)) if each.rank else "\N{EN DASH}")
    return texts


@pytest.mark.parametrize("split", ["val", "test"])
def test_one_click_compares_like_with_like(reader: Reader, library: Library, split: str) -> None:
    place = ["val", "test"].index(split)
    page = reader.open(BOARD)
    before = keys(page, 1 - place)
    links = page.locator(".sp-tools").nth(place).locator(".sp-presets a")
    assert links.count() > 2
    chosen = []
    for link in links.all():
        link.click()
        assert link.get_attribute("aria-current") == "true"
        asked = {name.removeprefix(f"{split}."): value for name, (value,) in query(page).items()}
        fits = [
            each
            for each in results(library, split)
            if all(
                each.result.conditions.get(name) == value
                if name in library.registry.conditions
                else set(stated(each.paper, name, each.result)) == set(value.split("."))
                for name, value in asked.items()
            )
        ]
        assert column(page, "value", place) == [str(float(each.result.value)) for each in fits]
        assert keys(page, place) == [each.paper.key for each in fits]
        assert column(page, "rank", place) == ranks(fits)
        assert link.locator(".sp-count").inner_text() == str(len(fits))
        chosen.append(asked)
    assert {"supervision": "image", "inputs": "none"} in chosen
    assert any("backbone" in asked for asked in chosen)
    # The table of the other split is another question.
    assert keys(page, 1 - place) == before


def test_none_and_unknown_are_answers_of_their_own(reader: Reader, library: Library) -> None:
    page = reader.open(BOARD)
    for choice, term in (("None", "none"), ("Unknown", "unknown")):
        choose(page, "Extra inputs", choice)
        expected = [
            each.paper.key
            for each in results(library, "val")
            if stated(each.paper, "inputs", each.result) == (term,)
        ]
        assert keys(page) == expected != []
        choose(page, "Extra inputs", choice)
    choose(page, "Pretraining", "Unknown")
    assert set(column(page, "pretraining")) == {"unknown"}


def test_what_was_the_best_so_far_is_of_what_is_shown(reader: Reader, library: Library) -> None:
    voc = library.registry.benchmarks["voc2012"]
    page = reader.open(f"{BOARD}?val.backbone=ResNet-101")
    fits = [
        each for each in results(library, "val") if each.result.conditions.get("backbone") == "ResNet-101"
    ]

    def check(left: list[Standing]) -> None:
        marked = best_so_far(left, voc)
        assert [text.endswith(" best so far") for text in column(page, "year")] == [
            place in marked for place in range(len(left))
        ]

    check(fits)
    page.get_by_role("button", name="Reset").first.click()
    check(results(library, "val"))
    assert len({each.league for each in fits}) > 2


def test_a_board_counts_results_though_its_rows_stand_in_groups(reader: Reader, library: Library) -> None:
    page = reader.open(f"{BOARD}?val.supervision=image")
    everything = results(library, "val")
    fits = [each for each in everything if stated(each.paper, "supervision", each.result) == ("image",)]
    assert len(fits) > len({each.paper.key for each in fits})
    assert page.locator(".sp-group:visible").count() > 1
    assert status(page) == f"{len(fits)} of {len(everything)} results"


def test_a_leaderboard_sorts_numbers_as_numbers_and_keeps_its_ranks(reader: Reader, library: Library) -> None:
    page = reader.open(f"{BOARD}?val.supervision=image&val.inputs=none")
    league = [each for each in results(library, "val") if each.rank]
    league = [each for each in league if each.league == (("image",), ())]
    # Great numbers first, as one asks for them.
    page.locator("th[data-column=value] button").first.click()
    found = [
        float(value)
        for value, rank in zip(column(page, "value"), column(page, "rank"), strict=True)
        if rank[0] != "\N{EN DASH}"
    ]
    assert found == sorted((each.result.value for each in league), reverse=True)
    page.locator("th[data-column=value] button").first.click()
    pairs = [
        (float(value), rank)
        for value, rank in zip(column(page, "value"), column(page, "rank"), strict=True)
        if rank != "\N{EN DASH}"
    ]
    assert [value for value, _ in pairs] == sorted(value for value, _ in pairs)
    assert all(rank == str(1 + sum(each.result.value > value for each in league)) for value, rank in pairs)
    page.locator("th[data-column=pretraining] button").first.click()
    listed = [text == "unknown" for text in column(page, "pretraining")][: len(league)]
    assert listed == sorted(listed)


# Long tables

COUNT = 260
FIRST = 60  # what is left when the other pages have a hundred each


@pytest.fixture(scope="module")
def long_site(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with a table of synthetic papers over three pages, the last of them in a folder of its own."""
    folder = tmp_path_factory.mktemp("long")
    html = shutil.copytree(site, folder / "html")
    write_long(html, folder / "papers", COUNT, size=100)
    last = html / "papers" / "long~1-3.html"
    (html / "papers" / "deeper").mkdir()
    text = re.sub(r'href="(?=[a-z0-9]+\.html")', 'href="../', last.read_text("utf-8"))
    (html / "papers" / "deeper" / last.name).write_text(text, "utf-8")
    data = html / "_data" / "papers"
    (data / "deeper").mkdir()
    script = (data / "long~1-3.js").read_text("utf-8").replace("papers/long~1-3", "papers/deeper/long~1-3")
    script = re.sub(r'href=\\"(?=[a-z0-9]+\.html)', r'href=\\"../', script)
    (data / "deeper" / "long~1-3.js").write_text(script, "utf-8")
    for name in ("long.html", "long~1-2.html"):
        page = html / "papers" / name
        page.write_text(page.read_text("utf-8").replace("long~1-3.html", "deeper/long~1-3.html"), "utf-8")
    return html


@pytest.fixture
def long_reader(chromium: Browser, long_site: Path) -> Iterator[Reader]:
    with serve(long_site) as base:
        reader = Reader(chromium, base)
        yield reader
        reader.close()


def wait_for_status(page: Page, text: str) -> None:
    page.locator(".sp-status", has_text=re.compile(f"^{re.escape(text)}$")).wait_for()


def test_the_other_pages_of_a_long_table_are_its_data(long_reader: Reader) -> None:
    page = long_reader.open("papers/long.html")
    assert (rows(page).count(), status(page)) == (FIRST, f"{COUNT} papers")
    assert page.locator(".sp-pages").is_visible()
    choose(page, "Year", "2010")  # on the last page
    expected = {synthetic_key(number) for number in range(COUNT) if 2010 + number % 17 == 2010}
    wait_for_status(page, f"{len(expected)} of {COUNT} papers")
    assert set(keys(page)) == expected
    assert page.locator(".sp-pages").is_hidden()
    # A row leads to where it led on its own page, whatever folder that is in.
    targets = page.evaluate(
        "[...document.querySelectorAll('.sp-table tbody a[href$=\".html\"]')].map((a) => a.href)"
    )
    assert {target.rpartition("/")[0] for target in targets} == {f"{long_reader.base}papers"}
    page.get_by_role("button", name="Reset").click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert rows(page).count() == FIRST
    assert page.locator(".sp-pages").is_visible()
    assert long_reader.complaints == []


def test_a_long_table_puts_rows_on_the_page_as_the_reader_comes_near_their_end(long_reader: Reader) -> None:
    page = long_reader.open("papers/long.html?sort=name")
    wait_for_status(page, f"{COUNT} papers")
    assert rows(page).count() < COUNT
    names = column(page, "name")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    everything = column(page, "name")
    assert len(everything) == COUNT
    assert everything[: len(names)] == names
    assert everything == sorted(
        everything, key=lambda name: re.sub(r"\d+", lambda n: n[0].zfill(8), name.lower())
    )

    page.locator("th[data-column=name] button").click()

    def at_the_end() -> bool:
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        return rows(page).count() == COUNT

    until(page, at_the_end)
    assert column(page, "name") == everything[::-1]
    assert page.get_by_role("button", name="Show more").is_hidden()


def test_what_could_not_be_loaded_is_said(long_reader: Reader) -> None:
    page = long_reader.open("papers/long.html")
    page.context.route("**/long~1-2.js", lambda route: route.fulfill(status=500, body=""))
    page.locator(".sp-words").fill("segment")
    wait_for_status(
        page, "The other pages of this table could not be loaded: these are papers of this page only."
    )
    assert 0 < rows(page).count() <= FIRST
    # Once they can be, they are.
    page.context.unroute("**/long~1-2.js")
    page.locator(".sp-words").fill("")
    page.locator(".sp-words").fill("lee")
    page.locator(".sp-status", has_text=f"of {COUNT} papers").wait_for()
    assert long_reader.complaints


# Readers


@pytest.mark.parametrize("path", [INDEX, BOARD])
def test_without_a_script_the_table_is_whole(reader: Reader, library: Library, path: str) -> None:
    page = reader.open(path, java_script_enabled=False)
    assert page.locator(".sp-tools:visible, .sp-picking:visible, .sp-sort").count() == 0
    expected = list(library) if path == INDEX else [each.paper.key for each in results(library, "val")]
    assert rows(page).evaluate_all("rows => rows.map((row) => row.dataset.key)") == expected
    assert page.locator(".sp-table").first.is_visible()


def test_on_a_phone_rows_are_cards_and_tools_fold(reader: Reader, library: Library) -> None:
    page = reader.open(INDEX, viewport=PHONE)
    width = PHONE["width"]
    assert page.locator(".sp-filters").is_hidden()
    page.get_by_role("button", name="Filter and sort").click()
    choose(page, "Year", "2021")
    page.get_by_role("combobox", name="Order").select_option("name")
    assert query(page) == {"year": ["2021"], "sort": ["name"]}
    assert set(keys(page)) == set(papers(library, lambda paper: paper.year == 2021))
    boxes = page.locator(".sp-table tbody td").evaluate_all(
        "cells => cells.map((cell) => cell.getClientRects().length ? cell.getBoundingClientRect().toJSON() : null)"
    )
    assert boxes
    for box in boxes:
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    # The name stands above the title, that above date and venue.
    tops = [cell.bounding_box()["y"] for cell in rows(page).first.locator("td").all()]  # type: ignore[index]
    assert tops[1] < tops[2] < tops[0] == tops[3]
    board = reader.open(BOARD, viewport=PHONE)
    label = "cell => getComputedStyle(cell, '::before').content"
    cells = rows(board).first.locator("td")
    heads = [each.get_attribute("data-column") for each in board.locator("th").all()]
    assert cells.nth(heads.index("backbone")).evaluate(label) == '"Backbone: "'
    assert cells.nth(heads.index("name")).evaluate(label) in {"none", "normal"}
    assert board.evaluate("document.documentElement.scrollWidth") == width


def test_the_keyboard_alone_filters_and_sorts(reader: Reader, library: Library) -> None:
    page = reader.open(INDEX)

    def focus() -> str:
        return page.evaluate("document.activeElement.textContent")  # type: ignore[no-any-return]

    page.locator(".sp-words").focus()
    page.keyboard.type("weakly")
    page.keyboard.press("Tab")
    assert focus() == "Year"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    newest = next(iter(sorted(library.by_year, reverse=True)))
    assert query(page) == {"q": ["weakly"], "year": [newest]}
    page.keyboard.press("Escape")
    assert focus() == "Year1"
    assert page.locator(".sp-menu[open]").count() == 0
    # A menu that is left closes.
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    assert page.locator(".sp-menu[open]").count() == 0
    while focus() != "Name":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert query(page)["sort"] == ["name"]
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) == "solid"


def test_one_menu_is_open_at_a_time_and_a_click_beside_it_closes_it(reader: Reader) -> None:
    page = reader.open(INDEX)
    page.locator(".sp-menu summary", has_text="Year").click()
    page.locator(".sp-menu summary", has_text="Pipeline").click()
    assert page.locator(".sp-menu[open] summary").all_inner_texts() == ["Pipeline"]
    page.locator("h1").click()
    assert page.locator(".sp-menu[open]").count() == 0


def test_on_paper_there_are_rows_and_no_tools(reader: Reader) -> None:
    page = reader.open(f"{BOARD}?val.supervision=image")
    shown = keys(page)
    page.emulate_media(media="print")
    assert page.locator(".sp-tools").first.is_hidden()
    assert keys(page) == shown
    assert page.locator(".sp-notes").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_tools_have_the_colours_of_the_page(reader: Reader, scheme: str) -> None:
    page = reader.open(INDEX, color_scheme=scheme)
    page.locator(".sp-menu summary").first.click()
    script = "selector => getComputedStyle(document.querySelector(selector)).backgroundColor.match(/\\d+/g).map(Number)"
    for selector in (".sp-words", ".sp-menu fieldset", ".sp-menu summary"):
        shade = sum(page.evaluate(script, selector)[:3]) / 3
        assert (shade > 200) if scheme == "light" else (shade < 60), selector
