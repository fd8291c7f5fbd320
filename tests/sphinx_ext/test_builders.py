from __future__ import annotations

from collections.abc import Callable
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest
from tests.loaded import loaded

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Built, Page, Site


def test_html_is_silent(built: Built) -> None:
    assert built.warnings == []


@pytest.fixture(scope="session")
def built_as(unchanged: Site, built: Built) -> Callable[[str], Built]:
    """Build another format, once, with what has been read for HTML."""
    known: dict[str, Built] = {}

    def build(builder: str) -> Built:
        if builder not in known:
            known[builder] = unchanged.build(builder)
        return known[builder]

    return build


@pytest.mark.parametrize("builder", ["text", "latex", "epub", "man", "texinfo", "xml"])
def test_a_format_beside_html_is_silent(built_as: Callable[[str], Built], builder: str) -> None:
    assert built_as(builder).warnings == []


@pytest.mark.parametrize(("builder", "suffix"), [("text", "txt"), ("epub", "xhtml"), ("xml", "xml")])
def test_a_format_built_after_html_has_every_document(
    built_as: Callable[[str], Built], builder: str, suffix: str
) -> None:
    other = built_as(builder)
    missing = [
        each for each in sorted(other.env.found_docs) if not (other.outdir / f"{each}.{suffix}").is_file()
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("builder", "file", "end"),
    [
        ("text", "papers/alder2019mending.txt", "\n   }"),
        ("epub", "papers/alder2019mending.xhtml", "\n}"),
    ],
)
def test_what_is_read_on_a_screen_shows_how_a_paper_is_cited(
    built_as: Callable[[str], Built], builder: str, file: str, end: str
) -> None:
    text = (built_as(builder).outdir / file).read_text("utf-8")
    start = text.index("@inproceedings{alder2019mending")
    assert end in text[start:]
    after = text[start:]
    assert "A. Alder" in after  # IEEE
    assert "Alder, A., " in after  # APA
    assert "Download" not in after.partition("Alder, A., ")[2][:600]


# Each is given in its own notation: the summary, a line of the card, a result, a source.
@pytest.mark.parametrize(
    ("builder", "file", "shown"),
    [
        (
            "text", "papers/alder2019mending.txt",
            ["Patches a hole", "Cite as: alder2019mending", "| Dawn Chorus near |", "everything (the paper, read 2026-01-05)",
             "* **Whistler / W2** (J. Listening 2021): Borrows"],
        ),
        (
            "latex", "mending.tex",
            [
                r"\sphinxAtStartPar Patches a hole", r"Workshop \& Conference on Repairing",
                r"\sphinxstylestrong{12.5 SNR}", r"\sphinxurl{https://example.org/wren/7}: everything",
            ],
        ),
        (
            "epub", "papers/alder2019mending.xhtml",
            [
                '<p class="sp-summary">Patches a hole', "Conference on Repairing Noisy Recordings</a> 2019",
                "<strong>12.5 SNR</strong>", "</a>: everything (the paper, read 2026-01-05)",
            ],
        ),
        (
            "man", "mending.7",
            [
                "Patches a hole", "Workshop & Conference on Repairing Noisy Recordings", r"\fB12.5 SNR\fP",
                ": everything (the paper, read",
            ],
        ),
        (
            "texinfo", "mending.texi",
            ["Patches a hole", "Workshop & Conference on Repairing", "12.5 SNR", ": everything (the paper, read 2026-01-05)"],
        ),
    ],
    ids=["text", "latex", "epub", "man", "texinfo"],
)  # fmt: skip
def test_a_format_beside_html_shows_all_that_is_generated(
    built_as: Callable[[str], Built], builder: str, file: str, shown: list[str]
) -> None:
    text = " ".join((built_as(builder).outdir / file).read_text("utf-8").split())
    assert [each for each in shown if each not in text] == []


def test_beside_html_what_is_generated_is_of_ordinary_nodes(built_as: Callable[[str], Built]) -> None:
    tree = ET.parse(built_as("xml").outdir / "papers/elm2022tuning.xml")
    (section,) = tree.getroot().findall("section")
    assert [each.tag for each in section] == ["title", "paragraph", "field_list", "paragraph", "section"]
    fields = {
        field.findtext("field_name"): "".join(field.find("field_body").itertext()).strip()
        for field in section.find("field_list").findall("field")
    }
    assert fields == {
        "Title": "Tuning Without a Fork",
        "Authors": "Eva van der Elm",
        "First public": "2022",
        "Teaching": "No teaching",
        "Habitat": "City",
        "Cite as": "elm2022tuning",
    }


def test_beside_html_links_lead_to_documents(built_as: Callable[[str], Built]) -> None:
    tree = ET.parse(built_as("epub").outdir / "papers/elm2022tuning.xhtml")
    card = tree.getroot().find(".//{*}dl[@class='sp-fields sp-facts']")
    assert [link.get("href") for link in card.findall(".//{*}a")] == [
        "../authors/index.xhtml#eva-van-der-elm", "../teaching/none.xhtml", "../habitat/city.xhtml",
    ]  # fmt: skip


def test_latex_breaks_a_long_table_over_pages_in_columns_of_given_width(
    built_as: Callable[[str], Built],
) -> None:
    text = (built_as("latex").outdir / "mending.tex").read_text("utf-8")
    columns = r"{\X{9}{85}\X{12}{85}\X{40}{85}\X{10}{85}\X{14}{85}}"  # date, name, title, venue, links
    assert f"\\begin{{longtable}}{columns}" in " ".join(text.split()).replace("longtable} ", "longtable}")


def test_a_table_without_rows_is_left_out_beside_html(built_as: Callable[[str], Built]) -> None:
    text = (built_as("text").outdir / "showcase.txt").read_text("utf-8")
    assert "\nNo results\n==========\n\n\nNear\n" in text


@pytest.fixture(scope="session")
def as_folders(unchanged: Site, built: Built) -> Built:
    return unchanged.build("dirhtml", folder="_dirhtml")


def test_a_folder_for_each_page_is_silent_too(as_folders: Built) -> None:
    assert as_folders.warnings == []


def _broken(address: str, file: str, pages: dict[str, Page], files: dict[str, bytes]) -> bool:
    parts = urlsplit(address)
    if parts.scheme:
        return False
    target = normpath(join(dirname(file), unquote(parts.path))) if parts.path else file
    if parts.path.endswith(("/", "/.", "/..")) or parts.path in {".", ".."}:
        target = normpath(join(target, "index.html"))
    if target not in files:
        return True
    # On one page Sphinx writes #document-name#anchor, of which a browser would need the anchor alone.
    identifier = unquote(parts.fragment).rpartition("#")[2]
    return bool(identifier) and target in pages and identifier not in pages[target].identifiers


@pytest.fixture(scope="session")
def as_one_page(unchanged: Site, built: Built) -> Built:
    return unchanged.build("singlehtml")


def test_all_on_one_page_is_silent_too(as_one_page: Built) -> None:
    assert as_one_page.warnings == []


@pytest.mark.parametrize("fixture", ["built", "as_folders", "as_one_page"])
def test_every_link_inside_the_site_leads_somewhere(fixture: str, request: pytest.FixtureRequest) -> None:
    result: Built = request.getfixturevalue(fixture)
    files = result.files()
    pages = {name: result.page(name.removesuffix(".html")) for name in files if name.endswith(".html")}

    # What surrounds a document in the layout of one page is the theme's, and leads to pages that are not made.
    parts = [(name, page.body if fixture == "as_one_page" else page.tree) for name, page in pages.items()]
    found = [
        (name, address)
        for name, part in parts
        for element in part.iter()
        for address in (element.get("href"), element.get("src"))
        if address
    ]
    # What follows means nothing unless there are many links, those of generated tables among them.
    assert len(found) > 500
    assert [(name, address) for name, address in found if _broken(address, name, pages, files)] == []


def test_no_page_asks_another_server_for_anything(built: Built) -> None:
    for name in built.files():
        if name.endswith(".html"):
            tree = built.page(name.removesuffix(".html")).tree
            assert [address for address in loaded(tree) if urlsplit(address).netloc] == [], name


def test_the_style_sheet_comes_with_html_alone(
    built: Built, as_folders: Built, built_as: Callable[[str], Built]
) -> None:
    sheet = "_static/sphinx-papers.css"
    assert sheet in built.files()
    assert sheet in as_folders.files()
    assert not (built_as("text").outdir / "_static").exists()
    assert any(link.get("href", "").startswith(sheet) for link in built.page("index").tree.iter("link"))
