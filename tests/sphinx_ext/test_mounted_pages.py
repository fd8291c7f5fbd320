"""Papers stand beside the source directory, and behave as if they stood in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Built, Site


def test_links_between_files_of_the_repository_lead_to_pages(built: Built) -> None:
    page = built.page("papers/alder2019mending")
    assert ("quiet scenes", "../methods/waiting.html") in page.links(page.section("results"))
    page = built.page("papers/cedar2021silent")
    assert ("first paper", "alder2019mending.html") in page.links(page.body)


def test_links_from_the_source_directory_lead_to_mounted_pages(site: Site) -> None:
    site.append("docs/methods/waiting.md", "\nSee [the first](../../papers/alder2019mending.md#problem).\n")
    result = site.build(myst_heading_anchors=2)
    assert result.warnings == []
    page = result.page("methods/waiting")
    assert ("the first", "../papers/alder2019mending.html#problem") in page.links(page.body)


def test_an_image_beside_a_paper_is_shown(built: Built, unchanged: Site) -> None:
    page = built.page("papers/dogwood2021chorus")
    images = [(each.get("alt"), each.get("src")) for each in page.body.iter("img")]
    assert images == [("Nine voices", "../_images/voices.png")]
    assert built.files()["_images/voices.png"] == (unchanged.root / "papers/figures/voices.png").read_bytes()


def test_a_warning_about_a_paper_s_prose_names_its_file_and_line(site: Site) -> None:
    site.edit("papers/alder2019mending.md", "Wind makes holes.", "```no-such-language\nx\n```")
    assert site.build().warnings == [
        (
            "papers/alder2019mending.md:27: WARNING: Pygments lexer name 'no-such-language' is not known"
            " [misc.highlighting_failure]"
        )
    ]


def test_hidden_files_and_other_files_are_no_papers(site: Site) -> None:
    site.write("papers/.draft.md", "# Draft\n")
    site.write("papers/notes.txt", "notes")
    result = site.build("dummy")
    assert result.warnings == []
    assert len([each for each in result.env.found_docs if each.startswith("papers/")]) == 7


def test_a_document_of_the_source_directory_hides_a_mounted_one(site: Site) -> None:
    site.write("papers/index.md", "# Not this one\n")
    result = site.build()
    assert result.warnings == []
    assert result.page("papers/index").texts(result.page("papers/index").body, ".//h1") == ["Papers"]


def test_the_folder_of_papers_may_be_anywhere(site: Site) -> None:
    (site.root / "papers").rename(site.root / "records")
    result = site.build(papers_folder="../records")
    assert result.warnings == []
    page = result.page("papers/dogwood2021chorus")
    assert [each.get("src") for each in page.body.iter("img")] == ["../_images/voices.png"]
    assert page.links(page.one(".//p[@class='edit']")) == [
        ("edit", "https://example.org/flock/mending/edit/trunk/records/dogwood2021chorus.md")
    ]


def test_nothing_published_names_a_folder_of_the_machine(built: Built, unchanged: Site) -> None:
    root = str(unchanged.root).encode()
    assert [name for name, data in built.files().items() if root in data] == []


def test_nothing_published_depends_on_where_the_build_keeps_its_state(built_site: Site) -> None:
    here = built_site.build().files()
    elsewhere = built_site.build(folder="_other/_place").files()
    assert here.keys() == elsewhere.keys()
    assert [name for name in here if here[name] != elsewhere[name]] == []


def test_the_folder_of_methods_may_have_another_name(site: Site) -> None:
    (site.root / "docs/methods").rename(site.root / "docs/ways")
    site.append("docs/conf.py", '\npapers_methods = "ways"\n')
    site.edit("docs/index.md", "methods/index", "ways/index")
    page = site.build().page("ways/copying")
    assert page.texts(page.body, ".//p[@class='sp-summary']")
    assert page.body.findall(".//table")
