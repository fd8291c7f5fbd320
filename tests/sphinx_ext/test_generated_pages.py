"""Pages of years, venues, terms, benchmarks and authors, which nobody writes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.sphinx_ext.conftest import text_of

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Built, Site

SVG = "http://www.w3.org/2000/svg"
PAGES = "_build/doctrees/papers/pages"
DOCUMENTS = {
    "authors/index",
    *(f"habitat/{name}" for name in ["index", "city", "marsh", "wood"]),
    *(f"leaderboards/{name}" for name in ["index", "dawn", "gaps"]),
    *(f"teaching/{name}" for name in ["index", "clean", "none", "tags"]),
    *(f"venues/{name}" for name in ["index", "arxiv", "jol", "wren"]),
    *(f"years/{name}" for name in ["index", "2019", "2021", "2022"]),
}


def generated(site: Site) -> dict[str, Path]:
    folder = site.root / PAGES
    return {
        path.relative_to(folder).with_suffix("").as_posix(): path
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_each_group_with_papers_has_a_document_and_no_other(built: Built) -> None:
    written = {"index", "papers/index", "references", "showcase"}
    written |= {each for each in built.env.found_docs if each.startswith(("papers/", "methods/"))}
    assert set(built.env.found_docs) - written == DOCUMENTS
    assert all((built.outdir / f"{docname}.html").is_file() for docname in DOCUMENTS)


@pytest.mark.parametrize(
    ("docname", "title", "intro", "listed"),
    [
        ("years/index", "Years", "Papers by the year they were published in.", ["2022 (2)", "2021 (3)", "2019 (1)"]),
        (
            "venues/index", "Venues", "Papers by where they were published.",
            [
                "arXiv (1): arXiv preprint", "J. Listening (1): Journal of Listening",
                "WREN (2): Workshop & Conference on Repairing Noisy Recordings",
            ],
        ),
        (
            "teaching/index", "Teaching", "What the method learns from.",
            [
                "Clean takes (3): Recordings without a hole.", "Weak tags (2): Which bird sings, not when.",
                "No teaching (2)",
            ],
        ),
        ("habitat/index", "Habitat", "Where the birds sing.", ["Marsh (2)", "Wood & hedge (2)", "City (1)"]),
    ],
    ids=lambda value: value if isinstance(value, str) and value.endswith("/index") else "",
)  # fmt: skip
def test_an_index_lists_its_groups(
    built: Built, docname: str, title: str, intro: str, listed: list[str]
) -> None:
    page = built.page(docname)
    assert page.texts(page.body, ".//h1") == [title]
    assert page.texts(page.body, "./section/p") == [intro]
    assert page.texts(page.body, ".//ul[@class='sp-groups simple']/li") == listed


@pytest.mark.parametrize(
    ("docname", "title", "columns", "keys"),
    [
        ("years/2021", "2021", "Date Name Title Venue Links", ["cedar2021silent", "dogwood2021chorus", "birch2020whistle"]),
        ("years/2022", "2022", "Date Name Title Venue Links", ["fir2022late", "elm2022tuning"]),
        ("venues/wren", "WREN", "Date Name Title Methods", ["dogwood2021chorus", "alder2019mending"]),
        ("teaching/tags", "Weak tags", "Date Name Title Venue", ["dogwood2021chorus", "birch2020whistle"]),
        ("habitat/wood", "Wood & hedge", "Date Name Title Venue", ["dogwood2021chorus", "birch2020whistle"]),
    ],
    ids=lambda value: value if isinstance(value, str) and "/" in value else "",
)  # fmt: skip
def test_a_group_lists_its_papers(
    built: Built, docname: str, title: str, columns: str, keys: list[str]
) -> None:
    page = built.page(docname)
    assert page.texts(page.body, ".//h1") == [title]
    assert page.rows(page.body)[0] == columns.split()
    assert [row.get("data-key") for row in page.body.iter("tr") if row.get("data-key")] == keys


def test_a_leaderboard_has_a_section_for_each_split(built: Built) -> None:
    page = built.page("leaderboards/dawn")
    assert page.texts(page.body, ".//h2") == ["Dawn Chorus, near", "Dawn Chorus, far"]
    near = page.section("dawn-chorus-near")
    assert page.texts(near, "p") == [
        "Birds close to the microphone.",
        "Ranks are among results with the same teaching; best so far marks what no earlier one of them had surpassed.",
    ]
    assert [row[1:3] for row in page.rows(near) if len(row) > 1][1:] == [
        ["Mend", "12.5"], ["Chorus (nine voices)", "15.75 [1]"], ["Chorus (three voices)", "14.0"],
        ["Whistler / W2", "14.0"],
    ]  # fmt: skip
    assert [row[:3] for row in page.rows(page.section("dawn-chorus-far"))[1:]] == [
        ["Weak tags 1"],
        ["1", "Chorus (nine voices)", "-1.5"],
    ]


def test_a_leaderboard_cites_the_work_that_introduced_it(built: Built) -> None:
    page = built.page("leaderboards/gaps")
    assert page.texts(page.section("gap-counting-all-recordings"), "p")[-1:] == [
        "Introduced by Osier and Wren [2011]."
    ]


PEOPLE = {
    "other": {"李 明": "Cedar and 明 (2021)"},
    "A": {"Ada Alder": "Chorus (2021), Whistler / W2 (2021), Mend (2019)"},
    # Two spellings of a name are one person, shown as the newest paper has it.
    "B": {"Bo Birch": "Whistler / W2 (2021)", "Bela Brook": "Chorus (2021), Mend (2019)"},
    "C": {"Łucja Cedar": "Cedar and 明 (2021)"},
    # By the family name, without the particle.
    "E": {"Eva van der Elm": "Tune (2022), Mend (2019)"},
    "O": {"Olaf Oak, Jr.": "Chorus (2021)"},
}


def test_authors_stand_on_one_page_under_their_letters(built: Built) -> None:
    page = built.page("authors/index")
    assert page.texts(page.body, ".//h2") == ["Other", "A", "B", "C", "D", "E", "O"]
    letters = [link for link in page.links(page.body) if link[1].startswith("#letter-")]
    assert letters == [
        (name, f"#letter-{name.lower() if name != 'other' else 0}-of-names")
        for name in ("other", "A", "B", "C", "D", "E", "O")
    ]
    for name, people in PEOPLE.items():
        letter = name.lower() if name != "other" else 0
        anchor = f"letter-{letter}-of-names"
        # Sphinx 9.0 puts the anchor at the section's start, later ones on the section itself.
        (section,) = page.tree.findall(f".//section[@id='{anchor}']") or page.tree.findall(
            f".//span[@id='{anchor}']/.."
        )
        assert page.fields(section, "sp-authors") == people


def test_very_many_authors_have_a_page_for_each_letter(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sphinx_papers.model.records.library.ONE_PAGE", 7)
    built = site.build()
    assert built.warnings == []
    index = built.page("authors/index")
    assert index.links(index.body) == [
        ("other", "0.html"), ("A", "a.html"), ("B", "b.html"), ("C", "c.html"), ("D", "d.html"), ("E", "e.html"),
        ("O", "o.html"),
    ]  # fmt: skip
    for name, people in PEOPLE.items():
        page = built.page(f"authors/{name.lower() if name != 'other' else 0}")
        assert page.texts(page.body, ".//h1") == [f"Authors: {name}"]
        assert page.fields(page.body, "sp-authors") == people
    links = built.page("papers/elm2022tuning").links(built.page("papers/elm2022tuning").body)
    assert ("Eva van der Elm", "../authors/e.html#eva-van-der-elm") in links


def test_a_name_full_of_markup_stays_a_name(site: Site) -> None:
    name = r"W*R*E_N_ `x` [y](z) <b> $a$ \ {cite}`k` # ~ ^ | & 1."
    site.edit(
        "docs/registries/venues.yml",
        "name: WREN",
        f'name: "{name.replace(chr(92) + " ", chr(92) * 2 + " ")}"',
    )
    result = site.build()
    assert result.warnings == []
    page = result.page("venues/wren")
    assert page.texts(page.body, ".//h1") == [name]
    assert page.texts(page.body, ".//caption") == [f"Papers: {name}"]


def test_generated_pages_are_not_written_again_when_nothing_changed(built_site: Site) -> None:
    before = {name: path.stat() for name, path in generated(built_site).items()}
    assert before.keys() == DOCUMENTS
    # Its name stands on a generated page; its summary does not.
    built_site.edit("papers/alder2019mending.md", "which makes long recordings usable", "which helps")
    built_site.build()
    after = {name: path.stat() for name, path in generated(built_site).items()}
    assert {n: (s.st_mtime_ns, s.st_ino) for n, s in after.items()} == {
        n: (s.st_mtime_ns, s.st_ino) for n, s in before.items()
    }


def test_a_generated_page_that_nothing_calls_for_any_more_vanishes(built_site: Site) -> None:
    (built_site.root / "papers/elm2022tuning.md").unlink()
    result = built_site.build()
    assert result.warnings == []
    assert generated(built_site).keys() == DOCUMENTS - {"habitat/city"}
    assert "habitat/city" not in result.env.found_docs
    assert "habitat/city" not in result.env.domaindata["paper"]["views"]


def test_a_facet_that_no_longer_has_pages_takes_them_along(built_site: Site) -> None:
    built_site.edit("docs/registries/facets.yml", "  pages: true\n  terms:\n    marsh", "  terms:\n    marsh")
    built_site.edit("docs/papers/index.md", "/habitat/index\n", "")
    result = built_site.build()
    assert result.warnings == []
    assert generated(built_site).keys() == {each for each in DOCUMENTS if not each.startswith("habitat/")}
    page = result.page("papers/elm2022tuning")
    assert "City" not in [text for text, _ in page.links(page.body)]
    assert page.fields(page.body, "sp-facts")["Habitat"] == "City"


def test_a_page_of_the_project_itself_takes_the_place_of_a_generated_one(site: Site) -> None:
    site.write("docs/years/index.md", "# By year, in our words\n\n```{paper:pages} year\n```\n")
    result = site.build()
    assert result.warnings == []
    page = result.page("years/index")
    assert page.texts(page.body, ".//h1") == ["By year, in our words"]


def test_the_stored_pages_stay_out_of_the_source(built: Built, unchanged: Site) -> None:
    assert sorted(path.name for path in (unchanged.root / "docs").iterdir()) == [
        "_templates", "conf.py", "index.md", "methods", "papers", "references.bib", "references.md", "registries",
        "showcase.md",
    ]  # fmt: skip


def test_the_index_of_leaderboards_has_the_best_of_each_group_and_a_picture(built: Built) -> None:
    page = built.page("leaderboards/index")
    boards = page.body.findall(".//ul[@class='sp-boards']/li")
    assert [
        (text_of(board.find("a")), (board.find("a")).get("href"), text_of(board.find("p")))
        for board in boards  # type: ignore[union-attr]
    ] == [
        ("Dawn Chorus, near", "dawn.html#dawn-chorus-near", "4 results; SNR, dB"),
        ("Dawn Chorus, far", "dawn.html#dawn-chorus-far", "1 result; SNR, dB"),
        ("Gap Counting, all recordings", "gaps.html#gap-counting-all-recordings", "2 results; Error, %"),
    ]
    assert [text_of(each) for each in boards[0].findall("ul/li")] == [
        "Weak tags: 15.75 Chorus (nine voices), 2021", "Clean takes: 12.5 Mend, 2019",
        "Clean takes + Weak tags: 14.0 Whistler / W2, 2021",
    ]  # fmt: skip
    anchors = {section.get("id") for section in built.page("leaderboards/dawn").body.iter("section")}
    assert {"dawn-chorus-near", "dawn-chorus-far"} <= anchors
    for board in boards:
        (picture,) = board.findall(f"{{{SVG}}}svg")
        assert picture.get("aria-hidden") == "true"
        lines = [each for each in picture if each.get("class", "").startswith("sp-best")]
        assert len(lines) == len(board.findall("ul/li"))
        assert all("style" not in each.attrib for each in picture.iter())


def test_a_page_of_several_boards_leads_to_each(built: Built) -> None:
    page = built.page("leaderboards/dawn")
    (line,) = page.body.findall(".//p[@class='sp-splits']")
    assert text_of(line) == "near (4 results) · far (1 result)"
    assert [each.get("href") for each in line.findall("a")] == ["#dawn-chorus-near", "#dawn-chorus-far"]
    assert built.page("leaderboards/gaps").body.findall(".//p[@class='sp-splits']") == []


def test_pages_of_a_facet_whose_name_has_an_underscore_list_its_papers(site: Site) -> None:
    site.append(
        "docs/registries/facets.yml",
        "song_kind:\n  name: Kind of song\n  summary: What is sung.\n  pages: true\n  terms: {call: {name: Call}}\n",
    )
    site.edit("papers/fir2022late.md", "\npaper:\n", "\npaper:\n  song_kind: call\n")
    site.append("docs/index.md", "\n```{toctree}\nsong_kind/index\n```\n")
    built = site.build()
    assert built.warnings == []
    (row,) = built.page("song_kind/call").rows(built.page("song_kind/call").body)[1:]
    assert "Late Evening, Early Morning" in row


def test_a_new_facet_needs_no_hand_in_the_table_of_contents(site: Site) -> None:
    toctree = "```{toctree}\n:hidden:\n/years/index\n/venues/index\n/teaching/index\n/habitat/index\n/authors/index\n```\n"
    site.edit("docs/papers/index.md", toctree, "```{paper:pages}\n```\n")
    assert site.build().warnings == []
    site.append(
        "docs/registries/facets.yml",
        "song:\n  name: Song\n  summary: What is sung.\n  pages: true\n  terms: {call: {name: Call}}\n",
    )
    site.edit("papers/fir2022late.md", "\npaper:\n", "\npaper:\n  song: call\n")
    built = site.build()
    assert built.warnings == []
    page = built.page("song/call")
    assert page.links(page.one(".//nav[@class='above']")) == [
        ("Papers", "../papers/index.html"),
        ("Song", "index.html"),
    ]
