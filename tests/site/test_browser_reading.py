"""Finding one's way: the header, search, previews and the page for addresses where there is nothing."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from sphinx_papers.formats.records.folder import read_collection
from sphinx_papers.formats.storage.places import Places

from .browser import PHONE, POLICY
from .conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from sphinx_papers.model.records.library import Library
    from sphinx_papers.model.records.paper import Paper

    from .browser import Reader

DOCS = ROOT / "docs"
EPS = "papers/lee2021railroad.html"
SECTIONS = ["Papers", "Methods", "Leaderboards", "Guide", "Cite", "Contribute"]


@pytest.fixture(scope="session")
def library() -> Library:
    places = Places(
        papers=ROOT / "papers",
        methods=DOCS / "methods",
        registries=DOCS / "registries",
        bibliography=DOCS / "references.bib",
    )
    return read_collection(places).library


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


def test_a_formula_that_is_too_wide_is_within_reach_of_the_keyboard(reader: Reader) -> None:
    for width, wide in ((390, True), (1280, False)):
        page = reader.open("guide/pipeline.html", viewport={"width": width, "height": 800})
        formulas = page.locator("div.math")
        assert formulas.count() > 3
        scrolls = "all => all.filter(each => each.scrollWidth > each.clientWidth).map(each => each.tabIndex)"
        page.wait_for_timeout(300)
        assert formulas.evaluate_all(scrolls) == ([0] * len(formulas.evaluate_all(scrolls)))
        assert bool(formulas.evaluate_all(scrolls)) is wide


def test_on_a_phone_the_menu_opens_and_closes_without_a_script(reader: Reader) -> None:
    page = reader.open("guide/task.html", viewport=PHONE, java_script_enabled=False)
    drawer = page.locator(".sidebar-drawer")
    page.locator(".bar-menu").click()
    page.wait_for_timeout(400)
    assert drawer.bounding_box()["x"] == 0  # type: ignore[index]
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
        page.wait_for_timeout(300)
        assert page.evaluate(marked) == [f"#{section}"]


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
    assert len(ways) == 6
    for href in ways.values():
        assert page.request.get(href).ok


# Search ---------------------------------------------------------------------------------------


def found(page: Page, query: str) -> list[str]:
    """The paths of what a search finds, in order."""
    page.goto(f"search.html?q={quote(query)}")
    page.locator("h2", has_text="Search Results").wait_for()
    return page.locator("#search-results li > a").evaluate_all(
        "links => links.map(a => new URL(a.href).pathname)"
    )


def rare_words(library: Library) -> Callable[[Paper], str]:
    """Return a function that gives the three words of a title that the fewest titles have."""

    def words(paper: Paper) -> list[str]:
        return list(dict.fromkeys(re.findall(r"[a-z]{4,}", paper.plain_title.lower())))

    count = Counter(word for paper in library.values() for word in words(paper))
    return lambda paper: " ".join(sorted(words(paper), key=lambda word: count[word])[:3])


def drawn(library: Library) -> list[Paper]:
    """Return every ninth paper: a search takes a moment, and there are hundreds."""
    return list(library.values())[::9]


QUERIES: dict[str, Callable[[Paper], str]] = {
    "name": lambda paper: (paper.names or (paper.author_year,))[0],
    "title": lambda paper: paper.plain_title,
    "key": lambda paper: paper.key,
    "arXiv number": lambda paper: paper.arxiv,
    "arXiv number, as papers print it": lambda paper: f"arXiv:{paper.arxiv}" if paper.arxiv else "",
    "DOI": lambda paper: paper.doi,
}


@pytest.mark.parametrize("what", [*QUERIES, "three words of the title"])
def test_a_paper_is_found_first_by(page: Page, library: Library, what: str) -> None:
    query = QUERIES.get(what) or rare_words(library)
    asked = {paper.key: query(paper) for paper in drawn(library) if query(paper)}
    assert len(asked) > 10
    # Two methods may have one name.
    meant: dict[str, set[str]] = {}
    for paper in library.values():
        meant.setdefault(query(paper).casefold(), set()).add(f"/papers/{paper.key}.html")
    # Words of a title may be those of another one too.
    few = 1 if what in QUERIES else 3
    first = {key: found(page, words)[:few] for key, words in asked.items()}
    wrong = {key: got for key, got in first.items() if not set(got) & meant[asked[key].casefold()]}
    assert wrong == {}


def test_a_paper_is_found_by_its_first_author_and_year(page: Page, library: Library) -> None:
    namesakes: dict[str, set[str]] = {}
    for paper in library.values():
        if paper.authors:
            query = f"{paper.authors[0].short} {paper.year}"
            namesakes.setdefault(query, set()).add(f"/papers/{paper.key}.html")
    assert len(namesakes) > 10
    for query in sorted(namesakes)[::9]:
        pages = namesakes[query]
        assert set(found(page, query)[: len(pages)]) == pages, query


def test_a_page_is_found_once_and_says_in_a_sentence_what_it_is(page: Page, library: Library) -> None:
    for query in ("Saliency guidance", "EPS"):  # the heading of a page, the name of a paper
        paths = found(page, query)
        assert len(paths) == len(set(paths))
    first = page.locator("#search-results li").first
    first.locator("p").first.wait_for()
    eps = library["lee2021railroad"]
    assert first.locator("p").first.inner_text() == eps.summary
    assert "2021" in first.locator(".sp-found-place").inner_text()


def test_a_word_of_the_glossary_is_explained(page: Page) -> None:
    paths = found(page, "mIoU")
    assert paths[0] == "/guide/glossary.html"
    text = page.locator("#search-results li p").first
    text.wait_for()
    assert text.inner_text().startswith("Mean of IoU over all classes")


def test_passages_are_running_text(page: Page) -> None:
    found(page, "random walk")
    page.wait_for_load_state("networkidle")
    texts = page.locator("#search-results li p.context").all_inner_texts()
    assert len(texts) >= 5
    # A page of a record alone has no running text.
    assert sum(bool(text) for text in texts) >= 5
    for text in filter(None, texts):
        assert 20 < len(text) <= 260, text
        assert "Home" not in text.split()[:1], text


def test_pages_that_are_out_of_sight_are_not_fetched(page: Page) -> None:
    asked: list[str] = []
    page.on(
        "request", lambda request: asked.append(request.url) if request.resource_type == "fetch" else None
    )
    paths = found(page, "segmentation")
    page.wait_for_load_state("networkidle")
    assert len(paths) > 30
    assert 0 < len(asked) < 15


def test_without_a_script_the_search_page_says_so_and_leads_on(reader: Reader) -> None:
    page = reader.open("search.html", java_script_enabled=False)
    assert "needs JavaScript" in page.locator("noscript").inner_text()
    assert page.locator("noscript a").all_inner_texts() == SECTIONS


def test_the_box_in_the_header_searches(page: Page) -> None:
    box = page.locator(".site-bar input[type=search]")
    box.fill("railroad")
    box.press("Enter")
    page.locator("h2", has_text="Search Results").wait_for()
    assert page.locator("#search-results li > a").first.get_attribute("href") == EPS


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
    preview.hover()
    eps.wait_for_timeout(500)
    assert preview.is_visible()
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
    eps.locator(PPC).first.hover()
    eps.locator("article a[href='../methods/saliency.html']").first.hover()
    eps.wait_for_timeout(800)
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
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [finger]})
    page.wait_for_timeout(800)  # it rests there
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
    for file in ("searchindex.js", "papers/index.html", "index.html"):
        assert "There is no page at this address" not in (site / file).read_text("utf-8")
        assert "404.html" not in (site / file).read_text("utf-8")
