"""What stands around a page where the theme is furo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.sphinx_ext.conftest import Page, copy_root, text_of

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Built, Site

FURO = {"html_theme": "furo", "html_sidebars": {}}
PAPER = "papers/dogwood2021chorus"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The collection with no options of the theme."""
    return copy_root("collection", tmp_path_factory.mktemp("plain") / "site").build(**FURO)


@pytest.fixture(scope="module")
def dressed(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The collection with what a project may ask of the theme."""
    site = copy_root("collection", tmp_path_factory.mktemp("dressed") / "site")
    site.write("docs/still.md", "---\nhide-toc: true\norphan: true\n---\n# Still\n\n## One\n\n## Two\n")
    site.write("docs/bird.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    icons = [{"name": "Nest", "url": "https://nest.example", "html": "<svg></svg>", "class": "twig"}]
    return site.build(
        **FURO,
        html_theme_options={"announcement": "<b>Moulting</b> soon", "footer_icons": icons},
        html_context={"site_sections": [("Papers", "papers/index"), ("All & more", "showcase")]},
        html_baseurl="https://flock.example/",
        html_favicon="bird.svg",
        html_last_updated_fmt="in spring",
        html_show_sphinx=False,
        language="en",
    )


def classed(page: Page, name: str) -> list[str]:
    """Text of each element of that class."""
    return [text_of(each) for each in page.tree.iter() if name in each.get("class", "").split()]


def linked(page: Page, relation: str) -> list[str]:
    return [each.get("href", "") for each in page.tree.iter("link") if each.get("rel") == relation]


def test_a_page_has_the_frame_that_the_theme_knows(plain: Built) -> None:
    page = plain.page(PAPER)
    assert [each.get("aria-label") for each in page.tree.iter("aside")] == ["Site", "On this page"]
    assert [each.get("id") for each in page.tree.iter("article")] == ["furo-main-content"]
    for name in ("theme-toggle", "back-to-top", "toc-scroll", "sidebar-tree", "next-page", "prev-page"):
        assert len(classed(page, name)) == 1, name
    assert len(list(page.tree.iter("header"))) == 1  # the script measures it
    identifiers = [each.get("id") for each in page.tree.iter() if each.get("id")]
    assert len(set(identifiers)) == len(identifiers)
    for label in page.tree.iter("label"):
        assert label.get("for") in identifiers
    for use in page.tree.iter("{http://www.w3.org/2000/svg}use"):
        assert use.get("href", "").removeprefix("#") in identifiers
    assert classed(page, "announcement") == classed(page, "icons") == classed(page, "last-updated") == []
    assert classed(page, "left-details") == ["Copyright © the flock Made with Sphinx and @pradyunsg's Furo"]


@pytest.mark.parametrize("docname", [PAPER, "index", "search", "genindex", "404"])
def test_the_head_says_each_thing_once_and_nothing_is_inline(plain: Built, docname: str) -> None:
    page = plain.page(docname)
    named = [each.get("name") for each in page.tree.iter("meta") if each.get("name")]
    assert [named.count(each) for each in ("viewport", "color-scheme")] == [1, 1]
    assert len(list(page.tree.iter("title"))) == 1
    assert list(page.tree.iter("style")) == []
    for script in page.tree.iter("script"):
        assert script.get("src") or script.get("type") == "application/ld+json"


@pytest.mark.parametrize(
    ("docname", "title"),
    [
        ("index", "Birdsong mending 1 documentation"),
        ("methods/waiting", "Waiting - Birdsong mending 1 documentation"),
        ("search", "Search - Birdsong mending 1 documentation"),
    ],
)
def test_a_title_names_page_and_site(plain: Built, docname: str, title: str) -> None:
    assert text_of(plain.page(docname).one("./head/title")) == title


def test_what_a_project_asks_of_the_theme_is_shown(dressed: Built) -> None:
    page = dressed.page(PAPER)
    assert classed(page, "announcement") == ["Moulting soon"]
    (icon,) = (each for each in page.tree.iter("a") if "twig" in each.get("class", ""))
    assert (icon.get("href"), icon.get("aria-label")) == ("https://nest.example", "Nest")
    (details,) = classed(page, "left-details")
    assert details == "Copyright © the flock Made with Furo Last updated on in spring"
    assert linked(page, "canonical") == [f"https://flock.example/{PAPER}.html"]
    assert linked(page, "icon") == ["../_static/bird.svg"]
    assert page.links(page.one(".//nav[@aria-label='Sections']")) == [
        ("Papers", "index.html"), ("All & more", "../showcase.html"),
    ]  # fmt: skip


def test_a_page_may_hide_its_contents(dressed: Built) -> None:
    page = dressed.page("still")
    assert [each.get("aria-label") for each in page.tree.iter("aside")] == ["Announcement", "Site"]
    assert classed(page, "toc-tree") == []


def test_on_read_the_docs_the_footer_leads_to_the_project(site: Site) -> None:
    context = {
        "READTHEDOCS": True, "slug": "mending", "display_github": True, "github_user": "flock",
        "github_repo": "mending", "current_version": "1", "versions": [], "downloads": [],
    }  # fmt: skip
    page = site.build(**FURO, html_context=context).page("index")
    (icons,) = (each for each in page.tree.iter("div") if each.get("class") == "icons")
    assert page.links(icons) == [
        ("Read the Docs", "https://readthedocs.org/projects/mending"),
        ("GitHub", "https://github.com/flock/mending"),
    ]
    # The selection is at the lower right.
    assert [each.get("position") for each in page.tree.iter("readthedocs-flyout")] == ["bottom-left"]


def test_a_book_beside_the_site_has_pages_of_its_own_theme(site: Site) -> None:
    text = (site.build("epub", **FURO).outdir / f"{PAPER}.xhtml").read_text("utf-8")
    assert text.startswith('<!DOCTYPE html>\n\n<html xmlns="http://www.w3.org/1999/xhtml"')
    assert "site-bar" not in text
    assert 'class="breadcrumbs"' in text
