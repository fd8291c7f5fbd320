"""The search: what people type, what they get, and what that costs."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from sphinx_papers.formats.search.words import words
from sphinx_papers.model.records.letters import LETTERS

from .browser import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page, Route

    from sphinx_papers.model.records.library import Library
    from sphinx_papers.model.records.paper import Paper

    from .browser import Reader

EPS = "papers/lee2021railroad.html"
SECTIONS = ["Papers", "Methods", "Leaderboards", "Guide", "Cite", "Contribute"]


def found(page: Page, query: str) -> list[str]:
    """The addresses of what the search page shows, in order."""
    page.goto(f"search.html?q={quote(query)}")
    page.locator("#search-results[aria-busy=false]").wait_for()
    return page.locator("#search-results li > a").evaluate_all(
        "links => links.map(a => new URL(a.href).pathname + new URL(a.href).hash)"
    )


@pytest.fixture
def asking(page: Page) -> Callable[[str], list[str]]:
    """Gives the addresses of the first answers to a query, without a page for each."""
    page.goto("search.html")
    script = "async (query) => (await papersSearch.ask(query)).places.map(({ address }) => `/${address}`)"
    return lambda query: page.evaluate(script, query)


CASES = {
    "MCTfromer": r"papers/xu202[24]\w+\.html",  # a slip of the keyboard
    "advcam": r"papers/lee202[12]anti\.html",  # as it is typed
    "affinit": r"methods/affinity\.html",  # half a word
    "10.1109/cvpr46437.2021.00545": r"papers/lee2021railroad\.html",
    "70.9": r"papers/\w+\.html",  # a number with its point
    "ReCAM bibtex": r"papers/chen2022class\.html",
    "sota image level": r"leaderboards/(voc2012|coco2014)\.html",
    "state of the art": r"leaderboards/\w+\.html",
    "ResNet-101 DeepLab-v2": r"(leaderboards|papers)/\w+\.html",
    "SEAM": r"papers/wang2020self\.html",
    "dataset license": r"guide/data\.html#dataset-licences",  # both ways to spell it
    "dataset licence": r"guide/data\.html#dataset-licences",
    "levy": r"authors/index\.html#mia-levy",
    "Lévy": r"authors/index\.html#mia-levy",
    "Suha Kwak": r"authors/index\.html#suha-kwak",
    "kwak suha": r"authors/index\.html#suha-kwak",
    "mIoU": r"guide/glossary\.html#term-mIoU",
    "leaderboard coco": r"leaderboards/coco\w*\.html",
}


@pytest.mark.parametrize("query", CASES)
def test_what_people_type_leads_to(page: Page, query: str) -> None:
    assert re.fullmatch(f"/{CASES[query]}", found(page, query)[0])


@pytest.mark.parametrize("query", ["Krähenbühl", "Krahenbuhl", "krähenbuhl"])
def test_a_name_is_found_with_its_accents_or_without(page: Page, query: str) -> None:
    first = found(page, query)[:3]
    assert "/references.html#krahenbuhl2011efficient" in first
    assert page.locator("#search-results mark", has_text="Krähenbühl").count()


def test_a_script_folds_words_as_the_index_does(page: Page) -> None:
    page.goto("search.html")
    page.evaluate("papersSearch.ask('saliency')")  # from the index it has what is written in two ways
    for text in (
        "Krähenbühl Łukasz ØRSTED Strauß Æsop Đorđe \N{LATIN SMALL LETTER DOTLESS I}spanya", "iCAN's O\N{RIGHT SINGLE QUOTATION MARK}Neil",
        " ".join([*LETTERS, *LETTERS.values()]), "Ǿre ẞ ΤΌΜΟΣ ™ ﬁn", "the method's, the METHOD'S",
        "mIoU of 70.9, not 70.", "arXiv:2105.08965 doi:10.1109/CVPR46437.2021.00545.", "data sets, a data set, a license",
        "snake_case (parts) 弱监督 e\N{COMBINING ACUTE ACCENT}t\N{COMBINING ACUTE ACCENT}",
    ):  # fmt: skip
        assert page.evaluate("text => papersSearch.words(text)", text) == list(words(text)), text


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("seam", "seam", 0), ("saem", "seam", 1), ("sem", "seam", 1), ("seem", "seam", 1), ("mctfromer", "mctformre", 2),
     ("affinity", "infinity", 2), ("cam", "transformer", 3)],
)  # fmt: skip
def test_slips_are_counted_and_neighbours_that_changed_places_are_one(
    page: Page, one: str, other: str, count: int
) -> None:
    page.goto("search.html")
    assert page.evaluate("([one, other]) => papersSearch.slips(one, other, 2)", [one, other]) == count


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
    "name": lambda paper: paper.names[0] if paper.names else "",
    "title": lambda paper: paper.plain_title,
    "key": lambda paper: paper.key,
    "arXiv number": lambda paper: paper.arxiv,
    "arXiv number, as papers print it": lambda paper: f"arXiv:{paper.arxiv}" if paper.arxiv else "",
    "DOI": lambda paper: paper.doi,
}


@pytest.mark.parametrize("what", [*QUERIES, "three words of the title"])
def test_a_paper_is_found_first_by(asking: Callable[[str], list[str]], library: Library, what: str) -> None:
    query = QUERIES.get(what) or rare_words(library)

    def unnamed(paper: Paper) -> str:
        """Two papers may have one title, the second with the name of its method before it."""
        return query(paper).casefold().removeprefix(f"{paper.name.casefold()}: ")

    asked = {paper.key: query(paper) for paper in drawn(library) if query(paper)}
    assert len(asked) > 10
    # Two methods may have one name.
    meant: dict[str, set[str]] = {}
    for paper in library.values():
        meant.setdefault(unnamed(paper), set()).add(f"/papers/{paper.key}.html")
    # Words of a title may be those of another one too.
    few = 1 if what in QUERIES else 3
    first = {key: asking(query)[:few] for key, query in asked.items()}
    wrong = {key: got for key, got in first.items() if not set(got) & meant[unnamed(library[key])]}
    assert wrong == {}


def test_a_paper_is_found_by_its_first_author_and_year(
    asking: Callable[[str], list[str]], library: Library
) -> None:
    namesakes: dict[str, set[str]] = {}
    for paper in library.values():
        if paper.authors:
            query = f"{paper.authors[0].short} {paper.year}"
            namesakes.setdefault(query, set()).add(f"/papers/{paper.key}.html")
    assert len(namesakes) > 10
    for query in sorted(namesakes)[::9]:
        pages = namesakes[query]
        assert set(asking(query)[: len(pages)]) == pages, query


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
    assert paths[0] == "/guide/glossary.html#term-mIoU"
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


def test_words_that_answer_are_marked(page: Page) -> None:
    found(page, "railroads salency")
    first = page.locator("#search-results li").first
    assert {each.casefold() for each in first.locator("mark").all_inner_texts()} == {"railroad", "saliency"}
    assert "these have “saliency”" in page.get_by_role("status").inner_text()


def test_pages_that_are_out_of_sight_are_not_fetched(page: Page) -> None:
    asked: list[str] = []
    page.on(
        "request", lambda request: asked.append(request.url) if request.resource_type == "fetch" else None
    )
    assert len(found(page, "bibtex prior")) == 20
    page.wait_for_load_state("networkidle")
    assert 0 < len(asked) < 15


def test_more_results_follow_when_they_are_asked_for(page: Page) -> None:
    assert len(found(page, "segmentation")) == 20
    page.get_by_role("button", name="More results").click()
    expect(page.locator("#search-results li")).to_have_count(40)
    assert page.evaluate("document.activeElement === document.querySelectorAll('#search-results li > a')[20]")


def test_a_first_answer_is_small(page: Page) -> None:
    sizes: list[int] = []
    page.on(
        "response", lambda answer: sizes.append(len(answer.body())) if "/_search/" in answer.url else None
    )
    found(page, "ResNet-101 DeepLab-v2 saliency transformer")
    assert 5 < len(sizes) < 50
    assert sum(sizes) < 500_000  # as they are; a server sends about a third


def test_where_nothing_is_found_near_words_and_the_sections_are(page: Page) -> None:
    assert found(page, "salixyzy") == []
    assert "Nothing here has" in page.get_by_role("status").inner_text()
    assert page.locator(".sp-nearest a").count() > 0
    assert page.locator(".sp-search-ways a").all_inner_texts() == SECTIONS
    page.locator(".sp-nearest a").first.click()
    page.locator("#search-results li").first.wait_for()


def test_before_anything_is_asked_the_page_leads_on_too(page: Page) -> None:
    page.goto("search.html")
    assert page.locator(".sp-search-ways a").all_inner_texts() == SECTIONS
    assert page.locator("#search-results").inner_text() == ""


def test_without_a_script_the_search_page_says_so_and_leads_on(reader: Reader) -> None:
    page = reader.open("search.html", java_script_enabled=False)
    assert "needs JavaScript" in page.locator("noscript").inner_text()
    assert page.locator(".sp-search-ways a").all_inner_texts() == SECTIONS


def test_the_box_in_the_header_searches(page: Page) -> None:
    box = page.locator(".site-bar input[type=search]")
    box.fill("railroad")
    box.press("Enter")
    page.locator("#search-results li").first.wait_for()
    assert page.locator("#search-results li > a").first.get_attribute("href", timeout=5000).endswith(EPS)  # type: ignore[union-attr]


def test_it_works_from_a_disk(chromium: Browser, site: Path) -> None:
    page = chromium.new_page()
    page.goto(f"{site.as_uri()}/search.html?q=railroad")
    expect(page.locator("#search-results li > a").first).to_have_attribute("href", f"{site.as_uri()}/{EPS}")
    page.close()


def test_an_index_that_was_built_anew_is_read_anew(page: Page) -> None:
    page.goto("search.html")
    page.evaluate("papersSearch.ask('saliency')")
    stale = True

    def older(route: Route) -> None:
        nonlocal stale
        body = route.fetch().text()
        route.fulfill(body=re.sub('"version":"[^"]+"', '"version":"older"', body) if stale else body)
        stale = False

    page.route("**/_search/index.js*", older)
    assert f"/{EPS}" in found(page, "railroad")


# Suggestions ----------------------------------------------------------------------------------


def test_a_box_suggests_and_the_keyboard_chooses(page: Page) -> None:
    box = page.locator(".site-bar input[type=search]")
    box.press_sequentially("railr")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Railroad Is Not a Train")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert box.get_attribute("role") == "combobox"
    assert page.locator(f"#{box.get_attribute('aria-controls')}").get_attribute("role") == "listbox"
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    assert options.first.get_attribute("aria-selected") == "true"
    box.press("Enter")
    page.wait_for_url(f"**/{EPS}")


def test_escape_closes_the_list_and_keeps_what_was_typed(page: Page) -> None:
    box = page.locator(".site-bar input[type=search]")
    box.press_sequentially("affin")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert box.input_value() == "affin"
    assert box.get_attribute("aria-expanded") == "false"


@pytest.mark.parametrize("typed", ["voc", "kwak", "mctf", "saliency gui"])
def test_boards_authors_names_and_titles_are_suggested(page: Page, typed: str) -> None:
    wanted = {
        "voc": "PASCAL VOC 2012",
        "kwak": "Suha Kwak",
        "mctf": "MCTformer",
        "saliency gui": "Saliency guidance",
    }
    page.locator(".site-bar input[type=search]").press_sequentially(typed)
    expect(page.get_by_role("option").filter(has_text=wanted[typed]).first).to_be_visible()


def test_suggestions_fit_a_phone_and_lead_by_touch(reader: Reader) -> None:
    page = reader.open(EPS, viewport=PHONE, has_touch=True)
    page.locator(".site-bar input[type=search]").press_sequentially("mctf")
    option = page.get_by_role("option").first
    expect(option).to_be_visible()
    box = page.get_by_role("listbox").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    option.tap()
    page.wait_for_url("**/papers/xu*")


def test_a_page_loads_no_search_until_its_box_is_entered(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(EPS)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "find.js" in url or "_search" in url]
    page.locator(".site-bar input[type=search]").focus()
    page.wait_for_function("() => typeof papersSearch !== 'undefined'")
