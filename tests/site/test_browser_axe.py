"""The site for everybody: axe-core finds nothing wrong on any kind of page, in light and in dark colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from .browser import DESKTOP, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from .browser import Reader

PAGES = {
    "home": "",
    "index": "papers/index.html",
    "paper": "papers/lee2021railroad.html",
    "methods": "methods/index.html",
    "method": "methods/saliency.html",
    "leaderboards": "leaderboards/index.html",
    "leaderboard": "leaderboards/voc2012.html",
    "years": "years/index.html",
    "year": "years/2021.html",
    "authors": "authors/index.html",
    "guide": "guide/task.html",
    "baselines": "guide/baselines.html",
    "reliability": "guide/reliability.html",
    "slips": "guide/slips.html",
    "references": "references.html",
    "search": "search.html?q=saliency",
    "citing": "cite.html",
    "map": "papers/lineage.html",
    "choosing": "guide/choosing.html",
    "comparison": "compare.html#papers=lee2021railroad,ahn2018learning",
    "formulas": "papers/ahn2018learning.html",
    "contributing": "contributing/index.html",
    "record": "contributing/record.html",
}
STATES = {
    "open menu": ("papers/index.html", "document.querySelector('.sp-menu').open = true"),
    "filtered": ("papers/index.html?year=2021&sort=name", ""),
    "nothing found": ("papers/index.html?q=no+such+paper", ""),
    "like with like": ("leaderboards/voc2012.html?val.supervision=image&val.inputs=none", ""),
}


# The rule of WCAG 2.2 that asks for room for a finger is none that axe runs of itself.
ALL = "{ rules: { 'target-size': { enabled: true } } }"
OF_COLOURS = "{ runOnly: ['color-contrast', 'link-in-text-block'] }"
RULES = {"light": ALL, "dark": OF_COLOURS}
"""What is asked in each scheme: the other one has the same page in other colours."""


FEW_ROWS = """document.querySelectorAll("tbody").forEach((rows) =>
  [...rows.rows].filter((row) => !row.hidden).slice(20).forEach((row) => row.remove()))"""
"""Rows of a table are alike, and axe looks at each colour of each: with all of the largest board for four minutes."""


def violations(page: Page, rules: str = ALL) -> list[str]:
    """What axe finds, each rule with the places where it is broken."""
    page.evaluate(AXE_SCRIPT)
    page.evaluate(FEW_ROWS)
    found = page.evaluate(f"axe.run(document, {{ resultTypes: ['violations'], ...{rules} }})")
    return [
        f"{rule['id']}: {node['html'][:150]} ({'; '.join(check['message'] for check in node['any'] + node['all'])})"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", PAGES)
def test_a_page_has_no_violation(reader: Reader, kind: str, scheme: str) -> None:
    for viewport in (DESKTOP, PHONE):
        page = reader.open(PAGES[kind], color_scheme=scheme, viewport=viewport)
        if kind == "search":
            page.locator("#search-results li").first.wait_for()
        assert violations(page, RULES[scheme]) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_a_table_in_use_has_no_violation(reader: Reader, state: str, scheme: str) -> None:
    path, script = STATES[state]
    page = reader.open(path, color_scheme=scheme)
    page.evaluate(script)
    assert violations(page, RULES[scheme]) == []


def test_a_violation_is_found(reader: Reader) -> None:
    page = reader.open()
    page.evaluate("document.querySelector('article').append(document.createElement('button'))")
    assert [each.partition(":")[0] for each in violations(page)] == ["button-name"]


def test_links_without_room_are_found(reader: Reader) -> None:
    page = reader.open()
    page.evaluate(
        """const list = document.createElement("ul");
           list.innerHTML = '<li><a href="cite.html">one</a></li>'.repeat(2);
           Object.assign(list.style, { fontSize: "8px", lineHeight: 1 });
           document.querySelector("article").append(list)"""
    )
    assert {each.partition(":")[0] for each in violations(page)} == {"target-size"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_that_are_hard_to_tell_from_their_ground_are_found(reader: Reader, scheme: str) -> None:
    page = reader.open(color_scheme=scheme)
    page.evaluate(
        """const text = document.createElement("p");
           text.textContent = "hardly to be read";
           text.style.color = getComputedStyle(document.body).getPropertyValue("--color-background-border");
           document.querySelector("article").append(text)"""
    )
    assert [each.partition(":")[0] for each in violations(page, RULES[scheme])] == ["color-contrast"]
