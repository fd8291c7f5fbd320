"""Finding one's way: the header, search, previews and the page for addresses where there is nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .browser import PHONE, POLICY, until
from .conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from sphinx_papers.model.records.library import Library

    from .browser import Reader

DOCS = ROOT / "docs"
EPS = "papers/lee2021railroad.html"
SECTIONS = ["Papers", "Methods", "Leaderboards", "Guide", "Cite", "Contribute"]


# The header -----------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, 1000, 800, 390])
def test_there_is_one_header_with_all_sections_in_a_line(reader: Reader, width: int) -> None:
    page = reader.open(EPS, viewport={"width": width, "height": 800})
    links = page.locator(".site-bar nav a")
    assert links.all_inner_texts() == SECTIONS
    tops = {round(link.bounding_box()["y"]) for link in links.all()}  # type: ignore[index]
    assert len(tops) == 1
    assert page.locator("header:visible").count() == 0  # of the theme
    bar = page.locator(".site-bar").bounding_box()
    assert bar is not None
    assert bar["height"] < (60 if width > 900 else 90)
    assert page.locator(".site-bar input[type=search]").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_open_section_is_marked_and_in_sight(reader: Reader) -> None:
    for path, name, mark in (
        (EPS, "Papers", "true"),
        ("papers/index.html", "Papers", "page"),
        ("cite.html", "Cite", "page"),
        ("contributing/record.html", "Contribute", "true"),
    ):
        page = reader.open(path, viewport=PHONE)
        current = page.locator(".site-bar nav [aria-current]")
        assert (current.all_inner_texts(), current.get_attribute("aria-current")) == ([name], mark)
        box = current.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]


def test_the_first_thing_that_the_keyboard_reaches_leads_past_the_header(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[role=main]') !== null")


@pytest.mark.parametrize(("width", "tab_indices"), [(390, {0}), (1280, set())])
def test_a_formula_that_is_too_wide_is_within_reach_of_the_keyboard(
    reader: Reader, width: int, tab_indices: set[int]
) -> None:
    page = reader.open("guide/pipeline.html", viewport={"width": width, "height": 800})
    formulas = page.locator("div.math")
    assert formulas.count() > 3
    scrolls = "all => all.filter(each => each.scrollWidth > each.clientWidth).map(each => each.tabIndex)"
    until(page, lambda: set(formulas.evaluate_all(scrolls)) == tab_indices)


def test_on_a_phone_the_menu_opens_and_closes_without_a_script(reader: Reader) -> None:
    page = reader.open("guide/task.html", viewport=PHONE, java_script_enabled=False)
    drawer = page.locator(".sidebar-drawer")
    page.locator(".bar-menu").click()
    until(page, lambda: (drawer.bounding_box() or {}).get("x") == 0)
    assert page.get_by_role("link", name="Glossary").is_visible()


def test_the_colour_scheme_can_be_chosen_and_stays(reader: Reader) -> None:
    page = reader.open()
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    toggle = page.locator(".theme-toggle:visible")
    assert toggle.count() == 1
    while page.evaluate("document.body.dataset.theme") != "dark":
        toggle.click()
    assert page.evaluate(background) != light
    page.goto(EPS)
    assert page.evaluate("document.body.dataset.theme") == "dark"


def test_the_contents_mark_the_section_that_is_read(reader: Reader) -> None:
    page = reader.open(EPS, viewport={"width": 1400, "height": 800})
    marked = "() => [...document.querySelectorAll('.toc-tree .scroll-current > a')].map(link => link.hash)"
    for section in ("method", "results"):
        page.evaluate("id => document.getElementById(id).scrollIntoView({behavior: 'instant'})", section)
        until(page, lambda section=section: page.evaluate(marked) == [f"#{section}"])  # type: ignore[misc]


# The home page --------------------------------------------------------------------------------


def test_the_home_page_counts_what_there_is(page: Page, library: Library) -> None:
    figures = dict(
        zip(
            page.locator(".sp-figures dt").all_inner_texts(),
            page.locator(".sp-figures dd").all_inner_texts(),
            strict=True,
        )
    )
    years = sorted(paper.year for paper in library.values())
    assert figures == {
        "Papers": str(len(library)),
        "With a summary": str(sum(bool(paper.summary) for paper in library.values())),
        "Methods": str(len({slug for paper in library.values() for slug in paper.methods})),
        "Results": f"{sum(len(paper.results) for paper in library.values()):,}",
        "Years": f"{years[0]}–{years[-1]}",  # noqa: RUF001
    }


def test_each_way_in_leads_somewhere(page: Page) -> None:
    links = page.locator(".sp-ways a")
    ways = {link.inner_text(): link.get_attribute("href") or "" for link in links.all()}
    assert ways["I need a baseline"] == "guide/baselines.html"
    assert len(ways) > 6
    for href in ways.values():
        assert page.request.get(href).ok


def test_a_link_in_the_text_of_a_way_in_stands_in_its_line_and_leads_elsewhere(page: Page) -> None:
    found = page.locator(".sp-ways a:not(:first-child)").evaluate_all(
        """links => links.map((link) => {
          link.scrollIntoView({ block: "center" });
          const [box] = link.getClientRects();  // a link may be broken over two lines
          const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return [getComputedStyle(link).display, there.closest("a") === link];
        })"""
    )
    assert found
    assert all(each == ["inline", True] for each in found)


# Previews -------------------------------------------------------------------------------------

PREVIEW = "#sp-preview"
PPC = "article p a[href='du2022weakly.html']"


@pytest.fixture
def eps(reader: Reader) -> Page:
    return reader.open(EPS)


def test_a_link_to_a_paper_says_what_it_leads_to(eps: Page, library: Library) -> None:
    link, preview = eps.locator(PPC).first, eps.locator(PREVIEW)
    link.hover()
    preview.wait_for()
    text = preview.inner_text()
    ppc = library["du2022weakly"]
    assert ppc.summary in text
    assert ppc.plain_title in text
    assert "2022" in text
    assert (preview.get_attribute("role"), link.get_attribute("aria-describedby")) == (
        "tooltip",
        "sp-preview",
    )
    # It stays while the pointer is on it, and goes when that leaves.
    eps.clock.install()
    preview.hover()
    eps.clock.run_for(5000)
    assert preview.is_visible()
    eps.clock.resume()
    eps.mouse.move(2, 2)
    preview.wait_for(state="hidden")
    assert link.get_attribute("aria-describedby") is None


def test_a_preview_opens_by_keyboard_and_closes_with_escape_or_the_focus(eps: Page) -> None:
    link, preview = eps.locator(PPC).first, eps.locator(PREVIEW)
    eps.keyboard.press("Tab")  # a reader who uses the keyboard
    link.focus()
    preview.wait_for()
    eps.keyboard.press("Escape")
    preview.wait_for(state="hidden")
    assert link.evaluate("link => link === document.activeElement")
    link.blur()
    link.focus()
    preview.wait_for()
    eps.keyboard.press("Tab")
    preview.wait_for(state="hidden")


def loads(page: Page) -> list[str]:
    """What scripts ask for from now on; the browser itself asks for the icon of the site when it likes."""
    asked: list[str] = []
    page.on(
        "request", lambda request: request.resource_type in {"fetch", "script"} and asked.append(request.url)
    )
    return asked


def test_a_preview_is_loaded_once_and_alone(eps: Page) -> None:
    asked = loads(eps)
    for _ in range(2):
        eps.locator(PPC).first.hover()
        eps.locator(PREVIEW).wait_for()
        eps.mouse.move(2, 2)
        eps.locator(PREVIEW).wait_for(state="hidden")
    assert [each.rpartition("/_data/")[2] for each in asked] == ["papers/du2022weakly.js"]


def test_a_pointer_that_passes_and_links_to_other_pages_open_none(eps: Page) -> None:
    asked = loads(eps)
    eps.clock.install()
    eps.locator(PPC).first.hover()
    eps.locator("article a[href='../methods/saliency.html']").first.hover()
    eps.clock.run_for(5000)
    assert not eps.locator(PREVIEW).is_visible()
    assert asked == []


def test_a_finger_opens_none(reader: Reader) -> None:
    page = reader.open(EPS, viewport=PHONE, has_touch=True, is_mobile=True)
    link = page.locator(PPC).first
    link.scroll_into_view_if_needed()
    box = link.bounding_box()
    assert box is not None
    finger = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    touch = page.context.new_cdp_session(page)
    page.clock.install()
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [finger]})
    page.clock.run_for(5000)  # it rests there
    assert not page.locator(PREVIEW).is_visible()


def test_a_preview_fits_on_the_screen(reader: Reader) -> None:
    page = reader.open(EPS, viewport={"width": 420, "height": 500})
    for link in page.locator("article p a[href$='.html']:not([href^='..']):not([href*='#'])").all()[:6]:
        link.hover()
        page.locator(PREVIEW).wait_for()
        box = page.locator(PREVIEW).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 420
        page.keyboard.press("Escape")


# Where there is no page -----------------------------------------------------------------------


def lost(page: Page, site: Path, path: str) -> None:
    """Open *path* as a server does that gives the page for it."""
    page.route(
        f"**/{path}",
        lambda route: route.fulfill(
            body=(site / "404.html").read_text("utf-8"),
            content_type="text/html",
            headers={"Content-Security-Policy": POLICY},
        ),
    )
    page.goto(path)


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("papers/lee2021railrod.html", f"/{EPS}"),
        ("en/old/papers/lee2021railroad/", f"/{EPS}"),
        ("method/saliencies", "/methods/saliency.html"),
        ("guide/glosary.html", "/guide/glossary.html"),
        ("guide/glossary%E0%A4%A", "/guide/glossary.html"),  # no UTF-8
    ],
)
def test_an_address_without_a_page_leads_to_what_it_may_have_meant(
    page: Page, site: Path, path: str, first: str
) -> None:
    lost(page, site, path)
    guess = page.locator("#sp-guesses a").first
    guess.wait_for()
    assert guess.evaluate("link => new URL(link.href).pathname") == first
    assert page.request.get(first).ok


def test_the_page_for_lost_readers_works_at_any_depth_and_without_a_script(
    reader: Reader, site: Path
) -> None:
    page = reader.open(java_script_enabled=False)
    lost(page, site, "a/b/c/d.html")
    assert page.locator("h1").inner_text() == "There is no page at this address"
    assert page.evaluate("document.styleSheets.length") >= 3
    inside = page.locator("a:visible").evaluate_all("links => links.map(a => a.href)")
    assert [
        each
        for each in inside
        if each.startswith(reader.base) and "#" not in each and not page.request.get(each).ok
    ] == []
    box = page.locator("article input[name=q]")
    box.fill("railroad")
    box.press("Enter")
    page.wait_for_url("**/search.html?q=railroad")


def test_where_nothing_is_near_nothing_is_guessed(page: Page, site: Path) -> None:
    lost(page, site, "zzzz/qqqq")
    page.wait_for_load_state("networkidle")
    assert page.locator("#sp-guesses").inner_text() == ""


def test_the_page_is_no_document(site: Path) -> None:
    text = (site / "404.html").read_text("utf-8")
    assert 'name="robots" content="noindex"' in text
    assert "canonical" not in text
    search = [*site.glob("_search/*.js")]
    assert search
    for file in (*search, site / "papers/index.html", site / "index.html"):
        assert "There is no page at this address" not in file.read_text("utf-8")
        assert "404.html" not in file.read_text("utf-8")
