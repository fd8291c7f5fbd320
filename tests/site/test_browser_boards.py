"""Boards as a reader uses them: what is filtered is what is exported, as the command line writes it."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from sphinx_papers.formats.exports.export import EXPORTS, write_board
from sphinx_papers.formats.records.folder import read_collection
from sphinx_papers.formats.storage.places import Places
from sphinx_papers.model.tables.board import kept, parse_query
from sphinx_papers.model.tables.leaderboard import leaderboard, value_text
from sphinx_papers.model.tables.ranking import league_name

from .conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from sphinx_papers.model.records.library import Library

    from .browser import Reader

FORMATS = {
    "LaTeX table": "latex",
    "Markdown table": "markdown",
    "CSV, a line for each result": "results-csv",
}
BOARD = "leaderboards/voc2012.html"
# Filters drawn for the largest board; the others, which differ from it in their columns alone, get a few.
MANY, SOME = 50, 10


def _library() -> Library:
    docs = ROOT / "docs"
    places = Places(
        papers=ROOT / "papers", methods=docs / "methods", registries=docs / "registries",
        bibliography=docs / "references.bib",
    )  # fmt: skip
    return read_collection(places).library


LIBRARY = _library()
BOARDS = sorted(
    (
        (benchmark.id, split)
        for benchmark in LIBRARY.registry.benchmarks.values()
        for split in benchmark.splits
        if leaderboard(LIBRARY, benchmark.id, split).size
    ),
    key=lambda board: -leaderboard(LIBRARY, *board).size,
)


def asked(benchmark: str, split: str, chance: random.Random) -> dict[str, list[str]]:
    """Answers, words and an order, as a reader may choose them: what some row gives, mostly."""
    table = leaderboard(LIBRARY, benchmark, split)
    assert table.finding is not None
    filters = [each for each in table.finding.filters if each.choices]
    found: dict[str, list[str]] = {}
    for each in chance.sample(filters, chance.randint(0, 4)):
        some = chance.sample(each.choices, min(len(each.choices), chance.choice([1, 1, 1, 2, 3])))
        found[each.id] = [choice.id for choice in each.choices if choice in some]
    if chance.random() < 0.2:
        row = chance.choice([row for group in table.groups for row in group.rows])
        found["q"] = [chance.choice([row.key[:4], row.cells[1].text.split()[0], "  Seg & \u0301Net; "])]
    if chance.random() < 0.3 and LIBRARY.registry.free:
        found["apart"] = ["1"]
    if chance.random() < 0.4:
        found["sort"] = [chance.choice(["", "-"]) + chance.choice(table.columns).id]
    if chance.random() < 0.3:
        found["until"] = [f"{chance.randint(2015, 2026)}-{chance.randint(1, 12):02}"]
    return found


def show(page: Page, split: str, query: dict[str, list[str]]) -> None:
    """Show what is asked for, as a step through the history does."""
    text = urlencode({f"{split}.{name}": values for name, values in query.items()}, doseq=True)
    page.evaluate(
        "text => { history.pushState(null, '', `?${text}`); dispatchEvent(new Event('popstate')); }", text
    )


def written(page: Page, form: str) -> str:
    """The text in the dialog, which is open, in the format *form*."""
    page.locator("#sp-format").select_option(form)
    output = page.locator("textarea.sp-output[aria-busy=false]")
    output.wait_for()
    return output.input_value()


@pytest.mark.parametrize(("benchmark", "split"), BOARDS)
def test_a_filtered_board_is_exported_as_the_command_line_writes_it(
    reader: Reader, benchmark: str, split: str
) -> None:
    page = reader.open(f"leaderboards/{benchmark}.html")
    place = list(LIBRARY.registry.benchmarks[benchmark].splits).index(split)
    page.locator(".sp-picking button", has_text="Cite or export").nth(place).click()
    page.get_by_label("What the table shows").check()
    chance = random.Random(f"{benchmark}/{split}")
    several, draws = 0, MANY if (benchmark, split) == BOARDS[0] else SOME
    for _ in range(draws):
        query = asked(benchmark, split, chance)
        show(page, split, query)
        criteria = {name: ",".join(values) for name, values in query.items()}
        wanted = parse_query(LIBRARY, f"{benchmark}/{split}", criteria)
        rows = [each for each, _ in kept(LIBRARY, wanted)]
        several += len(rows) > 1
        shown = page.evaluate(
            """async place => {
              await new Promise((done) => setTimeout(done));
              dispatchEvent(new Event("beforeprint"));
              const table = document.querySelectorAll(".sp-ranking")[place];
              const rows = table.parentElement.hidden ? [] : [...table.querySelectorAll("tbody:not([hidden]) tr[data-key]")];
              return rows.map((row) => [row.dataset.key, row.cells[2].firstChild.textContent]);
            }""",
            place,
        )
        assert shown == [[each.paper.key, value_text(each.result.value)] for each in rows], query
        for form, name in FORMATS.items():
            text = written(page, form)
            if rows:
                assert text == write_board(EXPORTS[name], LIBRARY, wanted), query
            else:
                assert text == ""
    assert several >= draws // 10 or leaderboard(LIBRARY, benchmark, split).size < 5


@pytest.mark.parametrize(("width", "height", "top"), [(1440, 900, 600), (1024, 768, 640), (390, 844, 800)])
@pytest.mark.parametrize("board", ["voc2012", "coco2014"])
def test_the_first_screen_of_a_board_shows_results(
    reader: Reader, board: str, width: int, height: int, top: int
) -> None:
    page = reader.open(f"leaderboards/{board}.html", viewport={"width": width, "height": height})
    page.locator(".sp-picking").first.wait_for()
    row = page.locator(".sp-ranking tbody tr[data-key]").first
    place = row.bounding_box()
    assert place is not None
    assert place["y"] < top
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    value = row.locator("td").nth(2).bounding_box()
    assert value is not None
    assert value["x"] + value["width"] <= width


def test_the_head_of_a_board_stays_while_its_rows_scroll(reader: Reader) -> None:
    page = reader.open(BOARD)
    region = page.locator(".sp-table").first
    head = region.locator("thead th").first
    before = head.bounding_box()
    region.evaluate("region => region.scrollTo(400, 2000)")
    assert head.bounding_box() is not None
    assert (head.bounding_box() or {})["y"] == (before or {})["y"]
    names = region.locator("tbody tr[data-key] td:nth-child(2)")
    frame = region.bounding_box()
    assert frame is not None
    assert abs((names.first.bounding_box() or {})["x"] - frame["x"]) <= 1


def test_a_way_leads_to_each_split(reader: Reader) -> None:
    page = reader.open(BOARD)
    page.locator(".sp-splits").get_by_role("link", name="test").click()
    # The page scrolls there smoothly.
    there = """() => {
      const { top } = document.querySelector("#pascal-voc-2012-test > h2").getBoundingClientRect();
      return top >= 0 && top < 200;
    }"""
    page.wait_for_function(there)


def marks(page: Page) -> list[str]:
    """What the marks of the chart say that follows the filter."""
    return page.locator(".sp-chart").first.locator(".sp-filtered a:has(.sp-mark) title").all_text_contents()


def test_the_chart_follows_the_filter(reader: Reader) -> None:
    page = reader.open(f"{BOARD}?val.supervision=image&val.backbone=ResNet-101")
    chart = page.locator(".sp-chart").first
    wanted = parse_query(LIBRARY, "voc2012/val", {"supervision": "image", "backbone": "ResNet-101"})
    rows = [each for each, _ in kept(LIBRARY, wanted)]
    names = {league_name(LIBRARY.registry, each.league) for each in rows if each.rank and each.league}
    assert sorted(marks(page)) == sorted(
        f"{each.paper.name}: {float(value_text(each.result.value)):g},"
        f" {league_name(LIBRARY.registry, each.league) if each.rank and each.league else 'Not ranked'}"
        for each in rows
    )
    lines = chart.locator(".sp-filtered .sp-best")
    legend = {text.strip() for text in chart.locator(".sp-legend li").all_text_contents()}
    assert lines.count() == len(names & legend)
    # A line never gets worse, and ends where the frame does.
    for line in lines.all():
        drawn = line.get_attribute("d") or ""
        heights = [float(y) for y in re.findall(r"(?:V|M[0-9.]+ )([0-9.]+)", drawn)]
        assert heights == sorted(heights, reverse=True)
    assert not chart.locator(".sp-svg > .sp-best").first.is_visible()
    page.get_by_role("button", name="Reset").first.click()
    assert marks(page) == []
    assert chart.locator(".sp-svg > .sp-best").first.is_visible()


def test_a_mark_that_is_drawn_anew_stands_where_it_stood(reader: Reader) -> None:
    """The script's scales are those of the picture."""
    page = reader.open("leaderboards/voc2012-seed.html")
    places = """marks => Object.fromEntries(marks.map((mark) => [
      mark.querySelector("title").textContent.split(",")[0].replace(/ %$/, "").replace(/: (.*)$/, (_, value) => ": " + Number(value)),
      mark.querySelector(".sp-mark").getAttribute("transform").match(/[0-9.]+/g).map(Number),
    ]))"""
    before = page.locator(".sp-svg > a:has(.sp-mark[transform])").evaluate_all(places)
    page.locator(".sp-words").first.fill("weakly")
    page.locator(".sp-filtered").first.wait_for(state="attached")
    after = page.locator(".sp-filtered > a:has(.sp-mark)").evaluate_all(places)
    both = [name for name in before if name in after]
    assert len(both) > 5
    for name in both:
        assert before[name] == pytest.approx(after[name], abs=0.2), name


def test_from_a_row_there_is_a_way_to_what_it_compares_with(reader: Reader) -> None:
    page = reader.open(BOARD)
    for row in page.locator(".sp-ranking tbody tr[data-key]", has=page.get_by_text("With CRF")).all():
        row.locator(".sp-like summary").click()
        comparable, apart = row.locator(".sp-like a").all()
        if (
            apart.locator(".sp-count").inner_text() != "0"
        ):  # that nothing is near the first is no fault of the table
            break
        row.locator(".sp-like summary").click()
    key, value = row.get_attribute("data-key"), row.locator("td").nth(2).inner_text().split()[0]
    query = parse_qs(urlsplit(comparable.get_attribute("href") or "").query)
    criteria = {name.removeprefix("val."): ",".join(values) for name, values in query.items()}
    assert {"supervision", "inputs", "crf"} <= set(criteria)
    counts = [int(link.locator(".sp-count").inner_text()) for link in (comparable, apart)]
    comparable.click()
    shown = [each for each, _ in kept(LIBRARY, parse_query(LIBRARY, "voc2012/val", criteria))]
    assert (key, value) in [(each.paper.key, value_text(each.result.value)) for each in shown]
    assert page.locator(".sp-status").first.inner_text().startswith(f"{counts[0]} of ")
    assert len(shown) == counts[0]
    page.go_back()
    row.locator(".sp-like a").nth(1).click()
    one_off = kept(LIBRARY, parse_query(LIBRARY, "voc2012/val", {**criteria, "apart": "1"}))
    assert len(one_off) == counts[1] > 0
    assert page.locator(".sp-status").first.inner_text().startswith(f"{counts[1]} of ")
    assert page.evaluate("location.search").endswith("val.apart=1")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("td.sp-differs").count() == counts[1]
    page.get_by_role("button", name="Differs in one condition only").click()
    assert page.locator(".sp-status").first.inner_text().startswith(f"{counts[0]} of ")
