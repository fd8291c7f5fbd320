"""Boards as a reader uses them: what is filtered is what is exported, as the command line writes it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from sphinx_papers.formats.exports import EXPORTS, write_board
from sphinx_papers.formats.folder import read_collection
from sphinx_papers.formats.places import Places
from sphinx_papers.model.board import kept, parse_query
from sphinx_papers.model.leaderboard import leaderboard, value_text

from .conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from sphinx_papers.model.library import Library

    from .browser import Reader

FORMATS = {
    "LaTeX table": "latex",
    "Markdown table": "markdown",
    "CSV, a line for each result": "results-csv",
}
FILTERS = 50


def _library() -> Library:
    docs = ROOT / "docs"
    places = Places(
        papers=ROOT / "papers", methods=docs / "methods", registries=docs / "registries",
        bibliography=docs / "references.bib",
    )  # fmt: skip
    return read_collection(places).library


LIBRARY = _library()
BOARDS = [
    (benchmark.id, split)
    for benchmark in LIBRARY.registry.benchmarks.values()
    for split in benchmark.splits
    if leaderboard(LIBRARY, benchmark.id, split).size
]


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
    several = 0
    for _ in range(FILTERS):
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
    assert several > 5 or leaderboard(LIBRARY, benchmark, split).size < 5
