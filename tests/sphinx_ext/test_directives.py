# ruff: noqa: RUF001  what a page shows is compared as it is printed
from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Built, Page, Site

CEDAR, CHORUS, LATE, MEND, TUNE, WHISTLER = (
    "Cedar and 明 (2021)", "Chorus", "–", "Mend", "Tune", "Whistler / W2",
)  # fmt: skip


@pytest.fixture
def page(built: Built) -> Page:
    return built.page("showcase")


def test_a_table_without_options_shows_all_papers_newest_first(page: Page) -> None:
    assert page.rows(page.section("plain-table")) == [
        ["Date", "Name", "Title", "Venue", "Links"],
        ["2022-01-10", LATE, "Late Evening, Early Morning", "–", "–"],
        ["2022", TUNE, "Tuning Without a Fork", "–", "–"],
        ["2021-05-01", CEDAR, "Silent Parts & <loud> Parts: ℓ1 *Versus* ℓ2", "arXiv 2021", "arXiv"],
        ["2021-05-01", CHORUS, "A Chorus of Models", "WREN 2021", "paper · arXiv · code 1 · code 2"],
        ["2020-11", WHISTLER, "Whistle Transfer Between Neighbours", "J. Listening 2021", "project"],
        ["2019-03-02", MEND, "Mending Song: Robin and NightJar Without Holes", "WREN 2019", "paper · code"],
    ]


def test_columns_are_those_asked_for(page: Page) -> None:
    section = page.section("chosen-columns")
    rows = page.rows(section)
    assert rows[0] == [
        "Year", "Name", "Authors", "Summary", "Methods", "Teaching", "Gear", "arXiv", "Code", "Dawn Chorus near",
        "Gap Counting all recordings",
    ]  # fmt: skip
    assert rows[1] == [
        "2019", MEND, "Ada Alder, Béla Brook, Eva van der Elm",
        "Patches a hole with the nearest phrase, which makes long recordings usable.", "Copying from neighbours",
        "Clean takes", "Field recorder", "–", "code", "12.5 Clean takes", "8.0 Clean takes",
    ]  # fmt: skip
    # The best of several results: the highest SNR, and the lowest error.
    assert [row[-2:] for row in rows[1:]] == [
        ["12.5 Clean takes", "8.0 Clean takes"], ["14.0 Clean takes + Weak tags", "6.25 Clean takes"],
        ["–", "–"], ["15.75 Weak tags", "–"], ["–", "–"], ["–", "–"],
    ]  # fmt: skip
    assert page.texts(section, ".//caption") == ["Chosen & counted"]
    assert [each.get("aria-label") for each in section.findall("div[@role]")] == ["Chosen & counted"]


def test_a_table_says_what_its_cells_are(page: Page) -> None:
    table = page.section("chosen-columns")
    head, first = list(table.iter("tr"))[:2]
    assert {cell.get("scope") for cell in head} == {"col"}
    columns = [cell.get("data-column", "") for cell in head]
    (marked,) = [each.get("class", "").split() for each in table.iter("table")]
    numbers = [columns[int(each.rpartition("-")[2]) - 1] for each in marked if each.startswith("sp-number-")]
    assert numbers == ["year", "best:dawn/near", "best:gaps/all"]
    # A number sorts as the number it is, a name without regard to capitals: neither has to be said.
    assert [cell.get("data-sort") for cell in first] == [None] * len(columns)
    assert first.get("data-key") == "alder2019mending"


def test_cells_link_to_what_they_name(page: Page) -> None:
    row = list(page.section("chosen-columns").iter("tr"))[2]
    assert page.links(row) == [
        (WHISTLER, "papers/birch2020whistle.html"),
        ("Bo Birch", "authors/index.html#bo-birch"),
        ("Ada Alder", "authors/index.html#ada-alder"),
        ("Copying from neighbours", "methods/copying.html"),
        ("Guessing with a model", "methods/guessing.html"),
        ("Clean takes", "teaching/clean.html"),
        ("Weak tags", "teaching/tags.html"),
    ]


@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("first-two", [CHORUS, LATE]),
        ("of-an-author", [CHORUS, WHISTLER]),
        ("with-and-without", [CEDAR, MEND]),
        ("chosen-by-key", [MEND, CEDAR]),
    ],
    ids=["sort and limit", "author and years", "has and not", "key"],
)
def test_options_select_order_and_limit(page: Page, section: str, names: list[str]) -> None:
    assert page.rows(page.section(section)) == [["Name"], *([name] for name in names)]


@pytest.mark.parametrize(
    ("section", "groups"),
    [
        (
            "by-year",
            [("2022 2", [LATE, TUNE]), ("2021 3", [CEDAR, CHORUS, WHISTLER]), ("2019 1", [MEND])],
        ),
        (
            "by-venue",
            [
                ("J. Listening 1", [WHISTLER]), ("WREN 2", [CHORUS, MEND]), ("arXiv 1", [CEDAR]),
                ("Not stated 2", [LATE, TUNE]),
            ],
        ),
        (
            "by-method",
            [
                ("Copying from neighbours 3", [LATE, WHISTLER, MEND]),
                ("Guessing with a model 3", [CEDAR, CHORUS, WHISTLER]), ("Not stated 1", [TUNE]),
            ],
        ),
        (
            "by-habitat",
            [
                ("City 1", [TUNE]), ("Marsh 2", [CHORUS, MEND]), ("Wood & hedge 2", [CHORUS, WHISTLER]),
                ("Not stated 2", [LATE, CEDAR]),
            ],
        ),
        (
            "by-gear",
            [
                ("Field recorder 1", [MEND]), ("Studio 1", [WHISTLER]),
                ("Not stated 4", [LATE, TUNE, CEDAR, CHORUS]),
            ],
        ),
    ],
    ids=["year", "venue", "method", "facet", "facet without pages"],
)  # fmt: skip
def test_groups_have_a_heading_with_a_count(
    page: Page, section: str, groups: list[tuple[str, list[str]]]
) -> None:
    expected = [["Name"]]
    for heading, names in groups:
        expected += [[heading], *([name] for name in names)]
    assert page.rows(page.section(section)) == expected


@pytest.mark.parametrize(
    ("section", "links"),
    [
        ("by-year", [("2022", "years/2022.html"), ("2021", "years/2021.html"), ("2019", "years/2019.html")]),
        ("by-habitat", [(n, f"habitat/{i}.html") for n, i in [("City", "city"), ("Marsh", "marsh"), ("Wood & hedge", "wood")]]),
        ("by-gear", []),
    ],
    ids=["year", "facet", "facet without pages"],
)  # fmt: skip
def test_a_heading_leads_to_the_page_of_its_group(
    page: Page, section: str, links: list[tuple[str, str]]
) -> None:
    assert page.links(page.section(section), ".//th/a") == links


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        ("nothing-found", "No papers yet."),
        ("silence", "No results yet."),
        ("after-the-last", "No paper here builds on it yet."),
        ("how-many", "3 papers"),
        ("only-one", "1 paper"),
        ("after-the-first", "Chorus (2021), Whistler / W2 (2021)"),
        ("after-a-work", "Whistler / W2 (2021)"),
    ],
)
def test_what_is_not_a_table_is_a_sentence(page: Page, section: str, sentence: str) -> None:
    found = page.section(section)
    assert [each.tag for each in found] == ["h2", "p"]
    assert page.texts(found, "p") == [sentence]


def test_a_card_elsewhere_is_that_of_the_paper(page: Page, built: Built) -> None:
    paper = built.page("papers/birch2020whistle")
    card = page.fields(page.section("a-card"), "sp-card")
    assert card == paper.fields(paper.body, "sp-card")
    assert page.links(page.section("a-card"))[0] == ("Bo Birch", "authors/index.html#bo-birch")


def test_figures_count_the_whole_collection(page: Page) -> None:
    assert page.fields(page.section("figures"), "sp-figures") == {
        "Papers": "6",
        "Results": "7",
        "Authors": "8",
        "Benchmarks": "2",
        "Venues": "3",
        "Methods": "2",
        "Years": "2019–2022",
    }


def test_slips_stand_under_the_table_that_has_them(page: Page) -> None:
    section = page.section("slips")
    assert page.rows(section) == [
        ["Where", "Method", "Benchmark", "Printed there", "Right", "By", "Note"],
        ["Chorus 1"],
        [
            "Table 9", WHISTLER, "Dawn Chorus near", "15.0, Lark-S", "14.0, Lark-L", "journal, page 3",
            "a typing error",
        ],
    ]  # fmt: skip


def test_the_audit_is_shown_part_by_part(page: Page) -> None:
    states = page.rows(page.section("reliability-states"))
    assert states[0] == [
        "Benchmark", "Numbers", "Confirmed", "Primary", "Second hand", "Index only", "No source", "Disputed",
    ]  # fmt: skip
    assert states[-1] == ["All", "7", "0", "6", "0", "0", "1", "0"]
    assert len(page.fields(page.section("reliability-states"), "sp-legend")) == 6
    assert page.texts(page.section("reliability-disputed"), "p") == ["Nothing is disputed."]
    assert page.rows(page.section("reliability-papers"))[0][:3] == ["Method", "Points", "What to look for"]
    (rule,) = page.texts(page.section("reliability-rule"), "p")
    assert rule.startswith("3 points for each number of the authors")
    assert page.fields(page.section("reliability-sources"), "sp-kinds")["The paper"] == "3"


def test_results_elsewhere_are_those_of_the_paper(page: Page, built: Built) -> None:
    paper = built.page("papers/alder2019mending")
    assert page.rows(page.section("some-results")) == paper.rows(paper.section("results")[1])


@pytest.mark.parametrize("section", ["no-results", "authors-under-z"])
def test_where_there_is_nothing_to_list_nothing_stands(page: Page, section: str) -> None:
    assert [each.tag for each in page.section(section)] == ["h2"]


def test_a_leaderboard_ranks_every_result_with_its_conditions(page: Page) -> None:
    section = page.section("near")
    assert page.rows(section) == [
        [
            "Rank", "Method", "SNR (dB)", "Reached by others", "State", "Teaching", "Gear", "Network", "Sampling rate", "Venue", "Year", "Source",
        ],
        ["Clean takes 1"],
        [
            "1", MEND, "12.5", "", "Primary", "Clean takes", "Field recorder", "Lark-S", "16 kHz", "WREN", "2019 best so far",
            "paper, Table 1",
        ],
        ["Weak tags 2"],
        [
            "1", "Chorus (nine voices)", "15.75 [1]", "", "Primary", "Weak tags", "unknown", "Lark-L", "unknown", "WREN", "2021 best so far",
            "list",
        ],
        [
            "2", "Chorus (three voices)", "14.0", "", "Primary", "Weak tags", "Studio", "Lark-S", "unknown", "WREN", "2021",
            "paper, Table 2",
        ],
        ["Clean takes + Weak tags 1"],
        [
            "1", WHISTLER, "14.0", "13.25", "Primary", "Clean takes, Weak tags", "Studio", "Lark-L", "48 kHz", "J. Listening", "2021 best so far",
            "journal, page 3",
        ],
    ]  # fmt: skip
    assert page.texts(section, ".//caption") == ["SNR on Dawn Chorus, near"]
    assert page.links(section, ".//td//a")[3:7] == [
        ("Chorus", "papers/dogwood2021chorus.html"), ("[1]", "#dawn-near-note-1"), ("WREN", "venues/wren.html"),
        ("list", "https://example.org/list"),
    ]  # fmt: skip
    note = page.one(".//li[@id='dawn-near-note-1']")
    assert "".join(note.itertext()).startswith("Chorus: ")
    (data,) = section.findall(".//script")
    assert json.loads(data.text or "")["board"] == "dawn/near"


@pytest.mark.parametrize(
    ("section", "items"),
    [
        (
            "all-methods",
            [
                "Copying from neighbours (3): Fills a hole with a phrase that the same bird sang before.",
                "Guessing with a model (3): Trains a model of song and samples what fits both ends of the hole.",
                "Waiting (0): Records again until no hole is left.",
            ],
        ),
        (
            "all-venues",
            [
                "arXiv (1): arXiv preprint", "J. Listening (1): Journal of Listening",
                "WREN (2): Workshop & Conference on Repairing Noisy Recordings",
            ],
        ),
        # In the order of the registry, which may have a meaning.
        ("all-habitats", ["Marsh (2)", "Wood & hedge (2)", "City (1)"]),
        ("all-gear", ["Field recorder (1)", "Studio (1)"]),
        (
            "all-benchmarks",
            [
                "Dawn Chorus (3): One hour at sunrise.",
                "Gap Counting (2): How many mended holes listeners still find.",
            ],
        ),
    ],
)  # fmt: skip
def test_groups_are_listed_with_counts(page: Page, section: str, items: list[str]) -> None:
    assert page.texts(page.section(section), "ul/li") == items


@pytest.mark.parametrize(
    ("section", "links"),
    [
        ("all-methods", ["methods/copying.html", "methods/guessing.html", "methods/waiting.html"]),
        ("all-venues", ["venues/arxiv.html", "venues/jol.html", "venues/wren.html"]),
        ("all-habitats", ["habitat/marsh.html", "habitat/wood.html", "habitat/city.html"]),
        ("all-gear", []),
        ("all-benchmarks", ["leaderboards/dawn.html", "leaderboards/gaps.html"]),
        ("all-letters", [f"authors/index.html#letter-{letter}-of-names" for letter in "0abcdeo"]),
    ],
)
def test_a_listed_group_leads_to_its_page(page: Page, section: str, links: list[str]) -> None:
    assert [address for _, address in page.links(page.section(section))] == links


def test_authors_are_listed_with_their_papers_and_can_be_linked_to(page: Page) -> None:
    section = page.section("authors-under-a")
    assert [each.get("id") for each in section.iter("dt")] == ["ada-alder"]
    assert page.texts(section, "dl/*") == ["Ada Alder", "Chorus (2021), Whistler / W2 (2021), Mend (2019)"]


# In the order of the list on the page.
ROLES = {
    "paper": ("Mend", "papers/alder2019mending.html"),
    "paper:paper": ("Whistler / W2", "papers/birch2020whistle.html"),
    "title": ("Mending Song: Robin and NightJar Without Holes", "papers/alder2019mending.html"),
    "author and year": ("Alder et al. (2019)", "papers/alder2019mending.html"),
    "many authors": ("Dogwood et al. (2021)", "papers/dogwood2021chorus.html"),
    "no name": ("Late Evening, Early Morning (2022)", "papers/fir2022late.html"),
    "own text": ("the first of all", "papers/alder2019mending.html"),
    "method": ("Copying from neighbours", "methods/copying.html"),
    "paper:method": ("Guessing with a model", "methods/guessing.html"),
    "method with own text": ("to wait", "methods/waiting.html"),
    "title with math": ("Silent Parts & <loud> Parts: ℓ1 *Versus* ℓ2", "papers/cedar2021silent.html"),
    "any": ("waiting", "methods/waiting.html"),
    "file": ("papers.bib", "papers.bib"),
}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_names_an_object_and_leads_to_it(page: Page, role: str) -> None:
    links = dict(zip(ROLES, page.links(page.section("roles")), strict=True))
    assert links[role] == ROLES[role]


def test_any_finds_a_paper(site: Site) -> None:
    site.append("docs/showcase.md", "\n## Any\n\n{any}`alder2019mending`\n")
    result = site.build()
    assert result.warnings == []
    page = result.page("showcase")
    assert page.links(page.section("any")) == [("alder2019mending", "papers/alder2019mending.html")]


def test_a_role_follows_the_page_into_folders(site: Site) -> None:
    site.write(
        "docs/very/deep/down.md",
        "---\norphan: true\n---\n# Down\n\n{paper}`alder2019mending` {paper:file}`papers.bib`\n",
    )
    result = site.build()
    assert result.warnings == []
    page = result.page("very/deep/down")
    assert page.links(page.body) == [
        ("Mend", "../../papers/alder2019mending.html"), ("papers.bib", "../../papers.bib"),
    ]  # fmt: skip
