"""Charts and lineages on pages, and in every format."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.sphinx_ext.conftest import text_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from tests.sphinx_ext.conftest import Built, Page, Site

SVG = "{http://www.w3.org/2000/svg}"
PAGE = """\
---
orphan: true
---
# Charts

## Dawn

```{paper:chart} progress dawn near
:caption: Dawn of all
```

## Plain

```{paper:chart} progress dawn near
:no-table:
```

## Years by method

```{paper:chart} years
:stack: method
```

## Methods

```{paper:chart} methods
```

## Method

```{paper:chart} method guessing
```

## Too few

```{paper:chart} progress gaps all
```

## Map

```{paper:lineage}
```
"""


@pytest.fixture(scope="session")
def charted(build_of: Callable[[dict[str, str]], Built]) -> Built:
    built = build_of({"docs/deep/charts.md": PAGE})
    assert built.warnings == []
    return built


@pytest.fixture(scope="session")
def charts(charted: Built) -> Page:
    return charted.page("deep/charts")


def marks(element: Element) -> list[tuple[str, str]]:
    """Title and address of each mark."""
    return [
        (link.findtext(f"{SVG}title") or "", link.get("href", ""))
        for link in element.iter(f"{SVG}a")
        if link.find(f"{SVG}path") is not None
    ]


def words(link: Element) -> str:
    """What is written on a link of a picture."""
    return " ".join(each.text or "" for each in link.iter(f"{SVG}text"))


def names(element: Element) -> list[str]:
    return [text_of(each) for each in element.findall(".//ul[@class='sp-legend']/li")]


def test_a_ranking_has_its_chart_below_it(built: Built) -> None:
    section = built.page("leaderboards/dawn").section("dawn-chorus-near")
    assert [(each.get("class") or "").split()[0] for each in section if each.tag in {"div", "figure"}] == [
        "sp-tools",  # the room of its filters
        "sp-table",
        "sp-chart",
    ]
    assert marks(section) == [
        ("Chorus (nine voices): 15.75 dB, Weak tags, 2021-05-01", "../papers/dogwood2021chorus.html"),
        ("Chorus (three voices): 14.0 dB, Weak tags, 2021-05-01", "../papers/dogwood2021chorus.html"),
        ("Mend: 12.5 dB, Clean takes, 2019-03-02", "../papers/alder2019mending.html"),
        (
            "Whistler / W2: 14.0 dB, Clean takes + Weak tags, 2020-11, reached by others: 13.25",
            "../papers/birch2020whistle.html",
        ),
    ]  # fmt: skip
    assert names(section) == ["Weak tags", "Clean takes", "Clean takes + Weak tags"]
    # The ranking is its table.
    assert len(section.findall(".//table")) == 1
    assert section.findall(".//figure//details") == []


def test_a_ranking_of_few_results_has_no_chart(built: Built) -> None:
    page = built.page("leaderboards/dawn")
    assert page.section("dawn-chorus-far").findall(".//figure") == []
    assert built.page("leaderboards/gaps").body.findall(".//figure") == []


def test_the_list_of_years_begins_with_a_chart_of_them(built: Built) -> None:
    page = built.page("years/index")
    (figure,) = page.body.findall(".//figure")
    assert ("2019, Clean takes: 1 paper", "2019.html") in marks(figure)
    assert page.rows(figure)[0] == ["Year", "Papers", "Clean takes", "Weak tags", "No teaching"]
    assert page.rows(figure)[2] == ["2021", "3", "0.5", "1.5", "1"]


def test_a_method_s_page_compares_its_papers(built: Built) -> None:
    page = built.page("methods/copying")
    section = page.section("results")
    assert names(section) == ["Clean takes", "Clean takes + Weak tags"]  # it is the best of both
    assert [row[1] for row in page.rows(section)[1:]] == ["Whistler / W2", "Mend"]
    ids = [each.get("id") for each in page.body.iter("section")]
    assert ids.index("results") < ids.index("papers")
    assert "results" not in built.page("methods/waiting").identifiers


def test_a_chart_has_the_caption_and_the_table_that_are_asked_for(charts: Page) -> None:
    section = charts.section("dawn")
    assert text_of(section.find(".//figcaption")).startswith("Dawn of all.")  # type: ignore[arg-type]
    assert ["2020", "Whistler / W2", "14.0", "Clean takes + Weak tags"] in charts.rows(section)
    plain = charts.section("plain")
    assert plain.findall(".//table") == []
    assert len(marks(plain)) == 4


def test_a_chart_counts_by_year_and_method(charts: Page) -> None:
    by_method = charts.section("years-by-method")
    assert names(by_method) == ["Copying from neighbours", "Guessing with a model", "None"]
    assert marks(charts.section("methods")) == [
        ("Copying from neighbours: 3 papers", "../methods/copying.html"),
        ("Guessing with a model: 3 papers", "../methods/guessing.html"),
    ]
    assert names(charts.section("method"))[-1] == "Clean takes + Weak tags"


def test_where_there_is_too_little_nothing_is_shown(charts: Page) -> None:
    assert [each.tag for each in charts.section("too-few")] == ["h2"]


def test_the_picture_says_what_it_shows(charts: Page) -> None:
    for figure in charts.body.iter("figure"):
        (svg,) = (each for each in figure.iter(f"{SVG}svg") if each.get("role") == "group")
        assert [each.tag for each in svg][:2] == [f"{SVG}title", f"{SVG}desc"]
        assert all((each.text or "").strip() for each in svg[:2])
        region = figure.find("div")
        assert region is not None
        assert (region.get("role"), region.get("tabindex")) == ("region", "0")
        assert region.get("aria-label") != (figure.find(".//div[@class='sp-table']") or region).get("title")


def test_a_page_with_charts_is_valid_and_bears_a_strict_policy(charted: Built, charts: Page) -> None:
    for page in (charts, charted.page("leaderboards/dawn"), charted.page("papers/birch2020whistle")):
        for element in page.tree.iter():
            if element.tag in {f"{SVG}svg", "figure"}:
                assert [each for each in element.iter() if "style" in each.keys()] == []  # noqa: SIM118
                assert list(element.iter(f"{SVG}style")) == []
                assert [each for each in element.iter() if "id" in each.keys()] == []  # noqa: SIM118


def test_a_map_leads_to_papers_works_and_methods(charts: Page) -> None:
    section = charts.section("map")
    (svg,) = section.iter(f"{SVG}svg")
    links = {words(link): link.get("href") for link in svg.iter(f"{SVG}a")}
    assert links["Mend"] == "../papers/alder2019mending.html"
    assert {"../methods/copying.html", "../methods/guessing.html"} <= set(links.values())
    assert ["Mend", "Osier and Wren (2011)", "Chorus (2021), Whistler / W2 (2021)"] in charts.rows(section)


def test_a_paper_shows_its_relatives(built: Built) -> None:
    page = built.page("papers/birch2020whistle")
    (tree,) = (each for each in page.body.iter(f"{SVG}svg") if each.get("class") == "sp-lineage-tree")
    # A name that is cut says the whole in its title; how much has room is the drawing's affair.
    assert {
        link.findtext(f"{SVG}title") or words(link): link.get("href", "").partition("#")[0]
        for link in tree.iter(f"{SVG}a")
    } == {
        "Osier and Wren 2011": "../references.html", "Mend 2019": "alder2019mending.html",
        "Reed 2005": "../references.html", "Chorus 2021": "dogwood2021chorus.html",
        "Late Evening, Early Morning (2022)": "fir2022late.html",
    }  # fmt: skip


def test_a_paper_alone_has_no_picture(built: Built) -> None:
    page = built.page("papers/elm2022tuning")
    assert [each for each in page.body.iter(f"{SVG}svg") if each.get("class") == "sp-lineage-tree"] == []


WRONG = {
    "progres dawn near": "unknown chart `progres`: did you mean `progress`?",
    "progress dawn": "the chart `progress` takes 2 more arguments, not 1",
    "years 2021": "the chart `years` takes 0 more arguments, not 1",
    "progress dwn near": "unknown benchmark `dwn`: did you mean `dawn`?",
    "progress dawn nea": "unknown split `nea`: did you mean `near`?",
    "method copyin": "unknown method `copyin`: did you mean `copying`?",
    "progress dawn near\n:stack: gear": "the chart `progress` has no option `stack`",
    "years\n:stack: methd": "unknown facet `methd`: did you mean `method`?",
    "methods\n:stack: gear": "the chart `methods` has no option `stack`",
}


@pytest.fixture(scope="session")
def wrong(build_of: Callable[[dict[str, str]], Built]) -> list[str]:
    text = "\n\n".join(f"```{{paper:chart}} {each}\n```" for each in WRONG)
    return build_of({"docs/wrong.md": f"---\norphan: true\n---\n# W\n\n{text}\n"}).warnings


@pytest.mark.parametrize("written", WRONG)
def test_what_is_wrong_with_a_chart_is_said(wrong: list[str], written: str) -> None:
    assert len(wrong) == len(WRONG)
    assert [each for each in wrong if f"paper:chart: {WRONG[written]}" in each]


@pytest.fixture(scope="session")
def built_as(
    charted: Built, copy: Callable[..., Site], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Built]:
    """Build another format of the page with charts, once."""
    site = copy(tmp_path_factory.mktemp("charted") / "site")
    site.write("docs/deep/charts.md", PAGE.replace("---\norphan: true\n---\n", ""))
    site.append("docs/index.md", "\n```{toctree}\ndeep/charts\n```\n")
    known: dict[str, Built] = {}

    def build(builder: str) -> Built:
        if builder not in known:
            known[builder] = site.build(builder)
            assert known[builder].warnings == []
        return known[builder]

    return build


def test_text_has_the_numbers(built_as: Callable[[str], Built]) -> None:
    text = (built_as("text").outdir / "deep/charts.txt").read_text("utf-8")
    text = " ".join(text.split())
    assert (
        "**Dawn of all**. 4 results on Dawn Chorus, near, by teaching. Best so far, Weak tags: Chorus" in text
    )
    assert "| 2021 | **Chorus (nine voices)** | 15.75 | Weak tags |" in text
    assert "**Papers by year and method, and what builds on what**" in text


def test_latex_has_pictures(built_as: Callable[[str], Built]) -> None:
    outdir = built_as("latex").outdir
    text = (outdir / "mending.tex").read_text("utf-8")
    assert r"\usepackage{pict2e}" in text
    pictures = text.split(r"\begin{picture}")[1:]
    assert len(pictures) >= 7
    drawn = [each for each in pictures if r"\smash{SNR (dB)}" in each.partition(r"\end{picture}")[0]]
    assert any(r"\smash{Whistler / W2}" in each for each in drawn)


def test_an_epub_has_pictures_with_words_for_them(built_as: Callable[[str], Built]) -> None:
    outdir = built_as("epub").outdir
    text = (outdir / "deep/charts.xhtml").read_text("utf-8")
    files = sorted(path.name for path in (outdir / "_images").glob("chart-*.svg"))
    assert len(files) >= 5
    assert text.count('<img src="../_images/chart-') == 5
    assert 'alt="Dawn of all. 4 results' in text
    manifest = (outdir / "content.opf").read_text("utf-8")
    assert [
        each for each in files if f'href="_images/{each}" media-type="image/svg+xml"' not in manifest
    ] == []
