from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Built, Page, Site

TOP = ["Papers", "Methods", "Leaderboards", "References", "Showcase"]
PAPERS = ["Years", "Venues", "Teaching", "Habitat", "Authors"]


def navigation(page: Page) -> list[tuple[int, str, bool]]:
    """Level, text and whether it is the open branch, of each line of the site's navigation."""
    lines = []
    for item in page.one(".//div[@class='sphinxsidebarwrapper']").iter("li"):
        name, _, current = item.get("class", "").partition(" ")
        if name.startswith("toctree-l"):
            link = item.find("a")
            assert link is not None
            assert ("current" in link.get("class", "")) == bool(current)
            lines.append((int(name.removeprefix("toctree-l")), "".join(link.itertext()), bool(current)))
    return lines


def around(page: Page) -> dict[str, str]:
    """Address of the pages before and after, by relation."""
    return {
        link.get("rel", ""): link.get("href", "")
        for link in page.tree.iter("link")
        if link.get("rel") in {"prev", "next"}
    }


def closed(*names: str, level: int) -> list[tuple[int, str, bool]]:
    return [(level, name, False) for name in names]


def test_the_start_page_shows_the_sections(built: Built) -> None:
    assert navigation(built.page("index")) == closed(*TOP, level=1)


def test_a_page_shows_the_branch_it_is_in_without_single_papers(built: Built) -> None:
    expected = [
        (1, "Papers", True),
        (2, "Years", True),
        *closed("2022", level=3),
        (3, "2021", True),
        *closed("2019", level=3),
        *closed(*PAPERS[1:], level=2),
        *closed(*TOP[1:], level=1),
    ]
    assert navigation(built.page("years/2021")) == expected


def test_on_the_page_of_a_paper_its_section_is_marked_and_not_open(built: Built) -> None:
    expected = [(1, TOP[0], True), *closed(*TOP[1:], level=1)]
    assert navigation(built.page("papers/dogwood2021chorus")) == expected


def test_method_pages_are_lines_of_their_own(built: Built) -> None:
    assert navigation(built.page("methods/copying")) == [
        *closed(TOP[0], level=1),
        (1, "Methods", True),
        (2, "Copying from neighbours", True),
        *closed("Guessing with a model", "Waiting", level=2),
        *closed(*TOP[2:], level=1),
    ]


def test_lines_lead_to_their_pages(built: Built) -> None:
    page = built.page("years/2021")
    links = page.links(page.one(".//div[@class='sphinxsidebarwrapper']"), ".//li[@class]/a")
    assert links[:4] == [
        ("Papers", "../papers/index.html"), ("Years", "index.html"), ("2022", "2022.html"), ("2021", ""),
    ]  # fmt: skip


def test_a_heading_is_text(site: Site) -> None:
    site.edit("docs/methods/copying.md", "# Copying from neighbours", "# Copying \\<b> & *more*")
    lines = navigation(site.build().page("methods/waiting"))
    assert (2, "Copying <b> & more", False) in lines


@pytest.mark.parametrize(
    ("docname", "above"),
    [
        ("index", []),
        ("papers/index", []),
        ("years/2021", [("Papers", "../papers/index.html"), ("Years", "index.html")]),
        (
            "papers/alder2019mending",
            [("Papers", "index.html"), ("Years", "../years/index.html"), ("2019", "../years/2019.html")],
        ),
        ("leaderboards/dawn", [("Leaderboards", "index.html")]),
        ("authors/index", [("Papers", "../papers/index.html")]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_the_way_up_is_shown(built: Built, docname: str, above: list[tuple[str, str]]) -> None:
    page = built.page(docname)
    assert page.links(page.one(".//nav[@class='above']")) == above


@pytest.mark.parametrize(
    ("docname", "expected"),
    [
        ("index", {"next": "papers/index.html"}),
        # Papers follow each other newest first, within their year.
        ("years/2022", {"prev": "index.html", "next": "../papers/fir2022late.html"}),
        ("papers/fir2022late", {"prev": "../years/2022.html", "next": "elm2022tuning.html"}),
        ("papers/elm2022tuning", {"prev": "fir2022late.html", "next": "../years/2021.html"}),
        ("papers/alder2019mending", {"prev": "../years/2019.html", "next": "../venues/index.html"}),
        ("showcase", {"prev": "references.html"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_pages_are_in_one_order(built: Built, docname: str, expected: dict[str, str]) -> None:
    assert around(built.page(docname)) == expected


def test_every_document_has_a_place_in_the_order(built: Built) -> None:
    # Orphans would have none, and a paper that is nowhere in the contents is missing in PDF and ePub.
    relations = built.env.collect_relations()
    assert set(built.env.found_docs) - relations.keys() == set()
    assert {d for d, (_, before, after) in relations.items() if before is None and after is None} == set()


def test_the_contents_hold_each_paper_once_under_its_year(built: Built) -> None:
    places = [
        (year, child)
        for year, children in built.env.toctree_includes.items()
        for child in children
        if child.startswith("papers/") and child != "papers/index"
    ]
    assert sorted(places) == [
        ("years/2019", "papers/alder2019mending"),
        ("years/2021", "papers/birch2020whistle"),
        ("years/2021", "papers/cedar2021silent"),
        ("years/2021", "papers/dogwood2021chorus"),
        ("years/2022", "papers/elm2022tuning"),
        ("years/2022", "papers/fir2022late"),
    ]


@pytest.mark.parametrize(
    ("docname", "file"),
    [
        ("papers/alder2019mending", "papers/alder2019mending.md"),
        ("methods/copying", "docs/methods/copying.md"),
        ("index", "docs/index.md"),
    ],
)
def test_the_edit_link_opens_the_file_that_the_page_is_made_of(built: Built, docname: str, file: str) -> None:
    page = built.page(docname)
    assert page.links(page.one(".//p[@class='edit']")) == [
        ("edit", f"https://example.org/flock/mending/edit/trunk/{file}")
    ]


@pytest.mark.parametrize(
    "docname", ["years/2021", "authors/index", "leaderboards/dawn", "search", "genindex"]
)
def test_a_page_that_nobody_wrote_has_no_edit_link(built: Built, docname: str) -> None:
    page = built.page(docname)
    assert page.links(page.one(".//p[@class='edit']")) == []


def test_without_a_repository_there_is_no_edit_link(unchanged: Site, built: Built) -> None:
    result = unchanged.build(folder="_elsewhere", papers_repository="")
    page = result.page("papers/alder2019mending")
    assert page.links(page.one(".//p[@class='edit']")) == []


def test_a_mistake_is_reported_on_a_form_that_knows_the_page(unchanged: Site) -> None:
    built = unchanged.build(folder="_reports", papers_issue_form="a mistake.yml")
    page = built.page("papers/alder2019mending")
    assert page.links(page.one(".//p[@class='edit']"))[1:] == [
        (
            "report",
            (
                "https://example.org/flock/mending/issues/new?template=a%20mistake.yml"
                "&title=Mistake%3A%20alder2019mending&page=papers/alder2019mending"
            ),
        )
    ]
    generated = built.page("years/2021")
    assert generated.links(generated.one(".//p[@class='edit']")) == []


def test_the_source_of_a_page_is_offered_under_the_page_s_own_name(built: Built) -> None:
    page = built.page("papers/alder2019mending")
    assert ("Show Source", "../_sources/papers/alder2019mending.md.txt") in page.links(page.tree)
    source = built.files()["_sources/papers/alder2019mending.md.txt"].decode()
    assert source.startswith("---\npaper:\n  title: ")


def test_a_level_too_wide_is_left_to_its_own_index(unchanged: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sphinx_papers.sphinx_ext.site.navigation._WIDEST", 2)
    result = unchanged.build(folder="_narrow")
    assert result.warnings == []
    # The methods are three; the sections of the site are shown however many there are.
    assert navigation(result.page("methods/copying")) == [
        *closed(TOP[0], level=1),
        (1, "Methods", True),
        *closed(*TOP[2:], level=1),
    ]


def test_captions_titles_and_addresses_of_a_toctree_are_kept(site: Site) -> None:
    site.append(
        "docs/index.md",
        "\n```{toctree}\n:caption: Elsewhere\n\nThe society <https://example.org/birds>\nhttps://example.org/nests\n"
        "All words <genindex>\nSongs <songs>\n```\n",
    )
    site.write("docs/songs.md", "# On songs\n")
    built = site.build()
    assert built.warnings == []
    page = built.page("papers/index")
    assert navigation(page) == [
        (1, "Papers", True),
        *closed(*PAPERS, level=2),
        *closed(*TOP[1:], "The society", "https://example.org/nests", "All words", "Songs", level=1),
    ]
    sidebar = page.one(".//div[@class='sphinxsidebarwrapper']")
    (caption,) = (each for each in sidebar.iter("p") if each.get("class") == "caption")
    assert "".join(caption.itertext()) == "Elsewhere"
    addresses = dict(page.links(sidebar))
    assert (addresses["The society"], addresses["All words"], addresses["Songs"]) == (
        "https://example.org/birds", "../genindex.html", "../songs.html",
    )  # fmt: skip


def links_of_the_sidebar(page: Page) -> list[str]:
    return [address for _, address in page.links(page.one(".//div[@class='sphinxsidebarwrapper']"))]


def test_another_theme_shows_the_whole_tree_unless_it_is_asked_for_sections(site: Site, built: Built) -> None:
    paper = "../papers/dogwood2021chorus.html"
    by_itself = site.build(papers_navigation="auto").page("years/2021")
    assert paper in links_of_the_sidebar(by_itself)
    assert paper not in links_of_the_sidebar(built.page("years/2021"))


def test_a_choice_that_there_is_not_is_said(site: Site) -> None:
    (warning,) = site.build(papers_navigation="all").warnings
    assert "papers_navigation" in warning
    assert "sections" in warning


def test_methods_are_called_and_ordered_alike_in_navigation_and_list(site: Site) -> None:
    site.edit(
        "docs/methods/index.md",
        "```{toctree}\n:hidden:\n:glob:\n*\n```\n",
        "```{paper:pages} method\n```\n",
    )
    # The title of its page, and the order of its file, are others than those of its name.
    site.edit("docs/methods/copying.md", "# Copying from neighbours", "# Copies")
    site.edit("docs/methods/copying.md", "name: Copying from neighbours", "name: Zeal in copying")
    built = site.build()
    assert built.warnings == []
    page = built.page("methods/index")
    names = ["Guessing with a model", "Waiting", "Zeal in copying"]
    assert [name for level, name, _ in navigation(page) if level == 2] == names
    assert [name for name in page.texts(page.body, ".//ul//strong") if name in names] == names
    # A method that comes is in both at once.
    site.write(
        "docs/methods/new.md", "---\nmethod:\n  name: An idea\n  summary: New.\n---\n# The newest\n\nText.\n"
    )
    built = site.build()
    assert built.warnings == []
    assert [name for level, name, _ in navigation(built.page("methods/index")) if level == 2] == [
        "An idea",
        *names,
    ]
