from __future__ import annotations

from dataclasses import replace
from html import escape

import pytest

from sphinx_papers.formats.exports.citation_tags import citation_tags
from sphinx_papers.formats.intake.webpage import read_webpage
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Appearance, Paper
from sphinx_papers.model.records.registry import Registry


def test_a_paper_of_a_conference(registry: Registry, full_paper: Paper) -> None:
    assert citation_tags(full_paper, registry) == [
        ("citation_title", "Maps of CAMs in $x^2$ Ways"),
        ("citation_author", "Émile Zola"),
        ("citation_author", "Ben van den Hove"),
        ("citation_author", "Martin King, Jr."),
        ("citation_author", "Google Research"),
        ("citation_publication_date", "2021/06"),
        ("citation_online_date", "2021/03/04"),
        ("citation_conference_title", "Proceedings of the Conference on Vision (CVPR)"),
        ("citation_volume", "7"),
        ("citation_firstpage", "10"),
        ("citation_lastpage", "19"),
        ("citation_publisher", "IEEE"),
        ("citation_doi", "10.1000/maps"),
        ("citation_arxiv_id", "2103.00001"),
    ]


@pytest.mark.parametrize(
    ("venue", "tag"), [("pr", "citation_journal_title"), ("arxiv", "citation_technical_report_institution")]
)
def test_other_venues_have_tags_of_their_own(
    registry: Registry, full_paper: Paper, venue: str, tag: str
) -> None:
    tags = dict(citation_tags(replace(full_paper, appearance=Appearance(venue=venue, year=2022)), registry))
    assert tag in tags
    assert "citation_conference_title" not in tags


def test_our_own_reader_of_such_pages_reads_what_was_written(real_library: Library) -> None:
    for paper in real_library.values():
        tags = citation_tags(paper, real_library.registry)
        page = "".join(f'<meta name="{name}" content="{escape(content)}">' for name, content in tags)
        draft = read_webpage(page.encode(), "https://p.example/")
        assert [each.family for each in draft.authors] == [each.family for each in paper.authors]
        assert (draft.doi, draft.arxiv, draft.year) == (paper.doi, paper.arxiv, paper.year)
        assert draft.date == str(paper.date)
        if paper.appearance:
            assert draft.pages == (paper.appearance.pages or paper.appearance.article)
