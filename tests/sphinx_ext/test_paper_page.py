# ruff: noqa: RUF001  what a page shows is compared as it is printed
"""What pages of papers, methods and authors show without asking for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docutils import nodes

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Built, Page, Site

FULL = "papers/alder2019mending"
MATH = "{http://www.w3.org/1998/Math/MathML}math"


@pytest.fixture
def full(built: Built) -> Page:
    return built.page(FULL)


def headings(page: Page) -> list[str]:
    return [text.removesuffix("¶") for level in ("h1", "h2") for text in page.texts(page.body, f".//{level}")]


def test_summary_and_card_come_before_the_prose(full: Page) -> None:
    (top,) = full.body.findall("./section")
    parts = [(each.tag, each.get("class", each.get("id"))) for each in top]
    assert parts == [
        ("h1", None),
        ("p", "sp-title"),
        ("p", "sp-summary"),
        ("dl", "sp-fields sp-card"),
        ("details", None),
        ("section", "problem"),
        ("section", "results"),
        ("section", "relation-to-other-work"),
        ("section", "caveats"),
        ("section", "sources"),
        ("section", "cite"),
        ("section", "related-papers"),
    ]


def test_a_page_shows_its_bibtex_as_the_download_has_it(built: Built, full: Page) -> None:
    (text,) = full.texts(full.body, ".//section[@id='cite']//pre")
    download = (built.outdir / "papers.bib").read_text("utf-8")
    assert text.startswith("@inproceedings{alder2019mending,")
    assert text in " ".join(download.split())


def test_a_page_shows_how_to_cite_it_and_leads_to_its_exports(full: Page) -> None:
    cite = full.section("cite")
    assert [each.get("class") for each in cite if each.tag != "h2"] == [
        "sp-bibtex no-search", "sp-fields sp-cite", "sp-files",
    ]  # fmt: skip
    assert full.fields(cite, "sp-cite") == {
        "Key": "alder2019mending",
        "IEEE": (
            "A. Alder, B. Brook, and E. van der Elm, “Mending Song: Robin and NightJar Without Holes,” in Proceedings of "
            "WREN, Hedge & Sons, Jun. 2019, pp. 11–19. doi: 10.1234/wren.2019.7."
        ),
        "APA": (
            "Alder, A., Brook, B., & van der Elm, E. (2019). Mending Song: Robin and NightJar Without Holes. "
            "Proceedings of WREN, 11–19. https://doi.org/10.1234/wren.2019.7"
        ),
    }
    assert len(cite.findall(".//dd/em")) == 2
    ends = (".bib", ".ris", ".csl.json", ".json")
    assert full.links(cite) == [
        *((end, f"alder2019mending{end}") for end in ends), ("badge", "../badges/alder2019mending.svg"),
    ]  # fmt: skip


def test_the_summary_is_that_of_the_record(full: Page) -> None:
    assert full.texts(full.body, ".//p[@class='sp-summary']") == [
        "Patches a hole with the nearest phrase, which makes long recordings usable."
    ]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (
            "alder2019mending",
            {
                "Title": "Mending Song: Robin and NightJar Without Holes",
                "Authors": "Ada Alder, Béla Brook, Eva van der Elm",
                "Published": "Workshop & Conference on Repairing Noisy Recordings 2019, pages 11–19",
                "First public": "2019-03-02",
                "Links": "Paper · doi:10.1234/wren.2019.7",
                "Code": "alder/mend (official, MIT licence, trained weights, seen 2026-01-06)",
                "Teaching": "Clean takes",
                "Habitat": "Marsh",
                "Gear": "Field recorder",
                "Methods": "Copying from neighbours",
                "Cite as": "alder2019mending",
            },
        ),
        (
            "birch2020whistle",
            {
                "Title": "Whistle Transfer Between Neighbours",
                "Authors": "Bo Birch, Ada Alder",
                "Published": "Journal of Listening 2021, volume 4, number 2, article e17",
                "First public": "2020-11",
                "Links": "Project page",
                "Teaching": "Clean takes, Weak tags",
                "Habitat": "Wood & hedge",
                "Gear": "Studio",
                "Methods": "Copying from neighbours, Guessing with a model",
                "Cite as": "birch2020whistle",
            },
        ),
        (
            "fir2022late",
            {
                "Title": "Late Evening, Early Morning",
                "First public": "2022-01-10",
                "Teaching": "Clean takes",
                "Methods": "Copying from neighbours",
                "Cite as": "fir2022late",
            },
        ),
    ],
    ids=["full", "journal", "little known"],
)
def test_there_is_a_line_for_each_fact_that_is_known(
    built: Built, key: str, expected: dict[str, str]
) -> None:
    page = built.page(f"papers/{key}")
    assert page.fields(page.body, "sp-facts") == expected


def test_facts_lead_to_their_pages_and_places(full: Page) -> None:
    facts = full.one(".//dl[@class='sp-fields sp-facts']")
    assert full.links(facts) == [
        ("Ada Alder", "../authors/index.html#ada-alder"),
        ("Béla Brook", "../authors/index.html#bela-brook"),
        ("Eva van der Elm", "../authors/index.html#eva-van-der-elm"),
        ("Workshop & Conference on Repairing Noisy Recordings", "../venues/wren.html"),
        ("Paper", "https://example.org/wren/7"),
        ("doi:10.1234/wren.2019.7", "https://doi.org/10.1234/wren.2019.7"),
        ("alder/mend", "https://code.example.org/alder/mend"),
        ("Clean takes", "../teaching/clean.html"),
        ("Marsh", "../habitat/marsh.html"),
        ("Copying from neighbours", "../methods/copying.html"),
    ]


def test_several_repositories_are_told_apart(built: Built) -> None:
    page = built.page("papers/dogwood2021chorus")
    facts = page.one(".//dl[@class='sp-fields sp-facts']")
    assert [link for link in page.links(facts) if "code.example" in link[1]] == [
        ("dora/chorus", "https://code.example.org/dora/chorus"),
        ("olaf/chorus-2", "https://code.example.org/olaf/chorus-2"),
    ]


def test_a_title_is_shown_as_text_but_for_its_math(built: Built) -> None:
    page = built.page("papers/cedar2021silent")
    for title in (
        page.one(".//p[@class='sp-title']"),
        page.one(".//dl[@class='sp-fields sp-facts']").findall("dd")[0],
    ):
        assert "".join(title.itertext()).strip() == "Silent Parts & <loud> Parts: ℓ1 *Versus* ℓ2"
        assert len(title.findall(f".//{MATH}")) == 2


def test_a_card_answers_what_is_asked_first(full: Page) -> None:
    assert full.fields(full.body, "sp-card") == {
        "Authors": "Ada Alder, Béla Brook, Eva van der Elm",
        "Published": "WREN 2019 · Paper · doi:10.1234/wren.2019.7",
        "Best result": "12.5 SNR on Dawn Chorus near: Clean takes, Lark-S, 16 kHz",
        "Code": "alder/mend (official, MIT licence, trained weights)",
        "Methods": "Copying from neighbours",
        "Cite as": "alder2019mending",
    }


def test_a_page_says_its_title_as_published_wherever_it_is_seen_first(full: Page) -> None:
    title = "Mending Song: Robin and NightJar Without Holes"
    assert full.texts(full.body, ".//p[@class='sp-title']") == [title]
    assert full.texts(full.tree, "./head/title")[0].startswith(title)


def test_a_title_that_is_the_heading_is_not_said_twice(site: Site) -> None:
    site.edit(
        "papers/alder2019mending.md",
        "# Mend: the nearest phrase as a patch",
        "# Mending Song: Robin and NightJar Without Holes",
    )
    page = site.build().page(FULL)
    assert page.body.findall(".//p[@class='sp-title']") == []


def test_results_stand_between_the_heading_and_the_prose(full: Page) -> None:
    section = full.section("results")
    assert [(each.tag, each.get("class")) for each in section] == [
        ("h2", None),
        ("div", "sp-table"),
        ("dl", "sp-fields sp-legend"),
        ("dl", "sp-fields sp-then"),
        ("p", None),
    ]
    table, legend, then = section[1:4]
    # As they were when it came out, by the month that its record has.
    assert full.links(then) == [
        ("Dawn Chorus near", "../leaderboards/dawn.html?near.until=2019-03#dawn-chorus-near"),
        (
            "Gap Counting all recordings",
            "../leaderboards/gaps.html?all.until=2019-03#gap-counting-all-recordings",
        ),
    ]
    assert full.rows(table) == [
        ["Benchmark", "Result", "Source", "State", "Network", "Sampling rate"],
        ["Dawn Chorus near", "12.5 SNR", "paper, Table 1", "Primary confirm or correct", "Lark-S", "16 kHz"],
        [
            "Gap Counting all recordings",
            "8.0 Error",
            "paper",
            "Primary confirm or correct",
            "unknown",
            "unknown",
        ],
    ]
    assert full.texts(legend, "dt") == ["Primary"]
    form = "https://example.org/flock/mending/issues/new?template=number.yml&title=Result%3A%20Mend%2C%20"
    assert full.links(table, ".//td/a") == [
        ("Dawn Chorus", "../leaderboards/dawn.html"),
        ("paper", "https://example.org/wren/7"),
        (
            "confirm or correct",
            (
                f"{form}Dawn%20Chorus%20near%2C%2012.5&key=alder2019mending&split=dawn%20near&value=12.5"
                "&source=paper%2C%20Table%201"
            ),
        ),
        ("Gap Counting", "../leaderboards/gaps.html"),
        ("paper", "https://example.org/wren/7"),
        (
            "confirm or correct",
            (
                f"{form}Gap%20Counting%20all%20recordings%2C%208.0&key=alder2019mending&split=gaps%20all&value=8.0"
                "&source=paper"
            ),
        ),
    ]


def test_without_a_form_no_result_leads_to_one(unchanged: Site) -> None:
    page = unchanged.build(folder="_no-form", papers_result_form="").page(FULL)
    table = page.section("results")[1]
    assert [row[3] for row in page.rows(table)] == ["State", "Primary", "Primary"]
    assert "confirm or correct" not in "".join(page.body.itertext())


def test_what_others_reached_and_print_stands_below_what_the_author_wrote_of_results(built: Built) -> None:
    page = built.page("papers/birch2020whistle")
    results = page.section("results")
    assert [each.tag for each in results] == ["h2", "div", "dl", "dl", "p", "section", "section"]
    reached, printed = results.findall("section")
    assert page.texts(reached, "h3") == ["Reported, and reached by others"]
    assert page.rows(reached)[1:] == [
        ["Dawn Chorus near", "unknown", "14.0", "13.25", "−0.75", "a listener", "rain"]
    ]
    assert ("a listener", "https://example.org/thread/4") in page.links(reached)
    assert page.texts(printed, "h3") == ["As other papers print it"]
    assert page.rows(printed)[1:] == [
        [
            "Dawn Chorus near", "Chorus, Table 9", "15.0", "Lark-S", "14.0", "a slip: value, Network",
            "a typing error",
        ]
    ]  # fmt: skip


def test_results_get_columns_for_what_some_row_says(built: Built) -> None:
    page = built.page("papers/dogwood2021chorus")
    assert page.rows(page.section("results")) == [
        ["Benchmark", "Variant", "Result", "Source", "State", "Network", "Gear"],
        [
            "Dawn Chorus near",
            "three voices",
            "14.0 SNR",
            "paper, Table 2",
            "Primary confirm or correct",
            "Lark-S",
            "Studio",
        ],
        [
            "Dawn Chorus near",
            "nine voices",
            "15.75 SNR [1]",
            "list",
            "Primary confirm or correct",
            "Lark-L",
            "unknown",
        ],
        [
            "Dawn Chorus far",
            "nine voices",
            "-1.5 SNR",
            "unknown",
            "No source confirm or correct",
            "unknown",
            "unknown",
        ],
    ]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("alder2019mending", {"Builds on": "Osier and Wren (2011)", "Built on by": "Chorus (2021), Whistler / W2 (2021)"}),
        ("birch2020whistle", {"Builds on": "Mend, Reed (2005)", "Built on by": "Chorus (2021)"}),
        ("fir2022late", {"Builds on": "Chorus"}),
    ],
    ids=["both", "page and work", "one"],
)  # fmt: skip
def test_lineage_is_shown_in_both_directions(built: Built, key: str, expected: dict[str, str]) -> None:
    page = built.page(f"papers/{key}")
    assert page.fields(page.section("relation-to-other-work"), "sp-lineage") == expected


def test_lineage_links_to_pages_and_to_the_bibliography(built: Built) -> None:
    page = built.page("papers/birch2020whistle")
    assert page.links(page.section("relation-to-other-work"), ".//dl//a") == [
        ("Mend", "alder2019mending.html"),
        ("Reed (2005)", "../references.html#reed2005ear"),
        ("Chorus", "dogwood2021chorus.html"),
    ]


def test_lineage_follows_what_the_author_wrote_in_that_section(full: Page) -> None:
    assert [each.tag for each in full.section("relation-to-other-work")] == ["h2", "p", "dl", "div"]


def test_sources_say_what_was_read_where_and_when(built: Built) -> None:
    page = built.page("papers/dogwood2021chorus")
    assert page.fields(page.section("sources"), "sp-sources") == {
        "paper": "https://example.org/wren/90: numbers (the paper, read 2026-01)",
        "list": "https://example.org/list: the second number (the paper)",
    }


def test_related_papers_say_what_they_do_and_why_they_are_there(built: Built) -> None:
    page = built.page("papers/dogwood2021chorus")
    related = page.section("related-papers")
    said = page.texts(related, ".//li")
    assert said[0] == (
        "Whistler / W2 (J. Listening 2021): Borrows whistles from other birds of the flock. "
        "This paper builds on it; same method: Guessing with a model; both build on Mend."
    )
    assert (
        said[1] == "Late Evening, Early Morning (2022): Mends two recordings at once. Builds on this paper."
    )
    assert [href for _, href in page.links(related)] == [
        "birch2020whistle.html", "fir2022late.html", "cedar2021silent.html", "alder2019mending.html",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        # Sections that the author left out are added where they have content, and nowhere else.
        (
            "birch2020whistle",
            ["Problem", "Results", "Relation to other work", "Sources", "Cite", "Related papers"],
        ),
        ("dogwood2021chorus", ["Relation to other work", "Results", "Sources", "Cite", "Related papers"]),
        ("fir2022late", ["Relation to other work", "Cite", "Related papers"]),
        ("elm2022tuning", ["Cite"]),
        ("cedar2021silent", ["Cite", "Related papers"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_sections_are_added_where_there_is_something_to_show(
    built: Built, key: str, expected: list[str]
) -> None:
    assert headings(built.page(f"papers/{key}"))[1:] == expected


def test_the_record_itself_is_not_shown(built: Built) -> None:
    # MyST would make docutils fields of the front matter.
    for key in ("papers/alder2019mending", "methods/copying"):
        assert list(built.env.get_doctree(key).findall(nodes.docinfo)) == []
        assert "builds_on" not in "".join(built.page(key).body.itertext())
    assert "paper" not in built.env.metadata[FULL]


@pytest.mark.parametrize(
    ("slug", "summary", "rows"),
    [
        (
            "copying", "Fills a hole with a phrase that the same bird sang before.",
            [
                ["Date", "Name", "Title", "Venue", "Links"],
                ["2022-01-10", "–", "Late Evening, Early Morning", "–", "–"],
                ["2020-11", "Whistler / W2", "Whistle Transfer Between Neighbours", "J. Listening 2021", "project"],
                ["2019-03-02", "Mend", "Mending Song: Robin and NightJar Without Holes", "WREN 2019", "paper · code"],
            ],
        ),
        (
            "guessing", "Trains a model of song and samples what fits both ends of the hole.",
            [
                ["Date", "Name", "Title", "Venue", "Links"],
                [
                    "2021-05-01", "Cedar and 明 (2021)", "Silent Parts & <loud> Parts: ℓ1 *Versus* ℓ2", "arXiv 2021",
                    "arXiv",
                ],
                ["2021-05-01", "Chorus", "A Chorus of Models", "WREN 2021", "paper · arXiv · code 1 · code 2"],
                ["2020-11", "Whistler / W2", "Whistle Transfer Between Neighbours", "J. Listening 2021", "project"],
            ],
        ),
    ],
    ids=["without the heading", "with the heading"],
)  # fmt: skip
def test_a_method_page_gets_its_summary_and_its_papers(
    built: Built, slug: str, summary: str, rows: list[list[str]]
) -> None:
    page = built.page(f"methods/{slug}")
    assert page.texts(page.body, ".//p[@class='sp-summary']") == [summary]
    assert page.rows(page.section("papers")) == rows


def test_a_method_without_papers_says_so(built: Built) -> None:
    page = built.page("methods/waiting")
    assert page.texts(page.section("papers"), "p") == ["No papers yet."]


def test_index_pages_get_nothing(built: Built) -> None:
    for docname in ("papers/index", "methods/index"):
        page = built.page(docname)
        assert page.body.findall(".//p[@class='sp-summary']") == []
        assert page.body.findall(".//dl") == []


def test_formulas_need_no_script(built: Built) -> None:
    page = built.page("methods/guessing")
    (inline,) = page.body.findall(f".//span[@class='math']/{MATH}")
    assert inline.get("display") == "inline"
    equation = page.one(".//div[@id='equation-songs']")
    assert [each.get("display") for each in equation.findall(MATH)] == ["block"]
    assert page.texts(equation, "span[@class='eqno']") == ["(1)"]
    assert ("(1)", "#equation-songs") in page.links(page.body)
    assert {script.get("src", "")[:8] for script in page.tree.iter("script")} == {"../_stat"}


@pytest.mark.parametrize("builder", ["text", "epub", "latex"])
def test_where_no_script_runs_no_board_is_promised_as_it_was(unchanged: Site, builder: str) -> None:
    built = unchanged.build(builder, folder=f"_{builder}-then")
    written = [path for path in built.outdir.rglob("*") if path.suffix in {".txt", ".xhtml", ".tex"}]
    texts = [path.read_text("utf-8") for path in written]
    assert any("Dawn Chorus" in text for text in texts)
    assert not [text for text in texts if "when it came out" in text]
