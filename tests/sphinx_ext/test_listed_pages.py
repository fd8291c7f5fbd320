"""A page that nobody has written yet shows its facts, and invites its readers to write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Page, Site

LISTED = """\
---
paper:
  title: "RookNet: Rooks at Dusk"
  names: [RookNet]
  authors: [Rose Rook]
  date: 2024
  teaching: [clean]
  builds_on: [alder2019mending]
  added: 2026-11-29
---
# RookNet: Rooks at Dusk
"""
PLACE = "---\norphan: true\n---\n# News\n\n```{paper:table}\n:columns: name depth\n:year: 2024\n```\n\n```{paper:wanted}\n```\n\n```{paper:news}\n```\n"


def invitations(page: Page) -> list[str]:
    return page.texts(page.body, ".//div[@class='sp-invitation no-search docutils container']") or page.texts(
        page.body, ".//div[@class='sp-invitation no-search container']"
    )


def rows(page: Page) -> list[list[str]]:
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in page.body.iter("tr")]


@pytest.fixture
def listed(site: Site) -> Site:
    site.write("papers/rook2024rooks.md", LISTED)
    site.write("docs/news.md", PLACE)
    return site


def test_a_listed_page_invites_to_be_written(listed: Site) -> None:
    built = listed.build(papers_contributing="showcase")
    page = built.page("papers/rook2024rooks")
    (said,) = invitations(page)
    assert said == (
        "Nobody has written about this paper here yet. These are its facts. "
        "Write its summary (how pages are written)."
    )
    links = dict(page.links(page.body))
    assert (
        links["Write its summary"] == "https://example.org/flock/mending/edit/trunk/papers/rook2024rooks.md"
    )
    assert links["how pages are written"] == "../showcase.html"
    assert page.texts(page.body, ".//p[@class='sp-summary']") == []
    headings = [each.removesuffix("\N{PILCROW SIGN}") for each in page.texts(page.body, ".//h2")]
    assert headings[:2] == ["Relation to other work", "Cite"]
    assert "nobody" not in (built.outdir / "searchindex.js").read_text("utf-8")


def test_pages_follow_when_it_is_written(listed: Site) -> None:
    before = listed.build()
    assert ["RookNet", "listed"] in rows(before.page("news"))
    assert "sphinx-papers new rook2024rooks" in str(rows(before.page("news")))
    listed.edit(
        "papers/rook2024rooks.md", "  authors:", "  summary: Counts the rooks that come home.\n  authors:"
    )
    listed.append("papers/rook2024rooks.md", "\n## Problem\n\nThey are late.\n")
    after = listed.build()
    assert invitations(after.page("papers/rook2024rooks")) == []
    assert ["RookNet", "full"] in rows(after.page("news"))
    assert "sphinx-papers new rook2024rooks" not in str(rows(after.page("news")))


def test_prose_alone_makes_the_pages_that_tell_depths_new(listed: Site) -> None:
    listed.edit(
        "papers/rook2024rooks.md", "  authors:", "  summary: Counts the rooks that come home.\n  authors:"
    )
    listed.build()
    listed.append("papers/rook2024rooks.md", "\n## Problem\n\nThey are late.\n")
    assert ["RookNet", "full"] in rows(listed.build().page("news"))
