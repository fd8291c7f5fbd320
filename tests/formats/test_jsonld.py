from __future__ import annotations

import json
from dataclasses import replace

import html5lib
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_papers.formats.exports.jsonld import scholarly_article, web_page, write_jsonld
from sphinx_papers.model.records.paper import Appearance, Links, Paper
from sphinx_papers.model.records.registry import Registry


def test_a_paper_of_a_conference(registry: Registry, full_paper: Paper) -> None:
    assert scholarly_article(full_paper, registry) == {
        "@type": "ScholarlyArticle",
        "headline": "Maps of CAMs in $x^2$ Ways",
        "name": "Maps of CAMs in $x^2$ Ways",
        "description": "Draws maps.",
        "author": [
            {"@type": "Person", "name": "Émile Zola", "familyName": "Zola", "givenName": "Émile"},
            {"@type": "Person", "name": "Ben van den Hove", "familyName": "van den Hove", "givenName": "Ben"},
            {"@type": "Person", "name": "Martin King, Jr.", "familyName": "King", "givenName": "Martin"},
            {"@type": "Organization", "name": "Google Research"},
        ],
        "datePublished": "2021-06",
        "dateCreated": "2021-03-04",
        "identifier": [
            {"@type": "PropertyValue", "propertyID": "doi", "value": "10.1000/maps"},
            {"@type": "PropertyValue", "propertyID": "arXiv", "value": "2103.00001"},
        ],
        "url": "https://p.org/a_b?c=1&d=2",
        "sameAs": [
            "https://p.org/a_b?c=1&d=2",
            "https://arxiv.org/abs/2103.00001",
            "https://doi.org/10.1000/maps",
        ],
        "isPartOf": {
            "@type": "PublicationVolume",
            "name": "Proceedings of the Conference on Vision (CVPR)",
            "volumeNumber": "7",
        },
        "publisher": {"@type": "Organization", "name": "IEEE"},
        "pagination": "10-19",
        "pageStart": "10",
        "pageEnd": "19",
    }


def test_an_article_is_part_of_an_issue_of_a_volume_of_a_journal(
    registry: Registry, full_paper: Paper
) -> None:
    seen = Appearance(venue="pr", year=2022, volume="12", number="3", article="108")
    article = scholarly_article(replace(full_paper, appearance=seen), registry)
    assert article["isPartOf"] == {
        "@type": "PublicationIssue",
        "issueNumber": "3",
        "isPartOf": {
            "@type": "PublicationVolume",
            "volumeNumber": "12",
            "isPartOf": {"@type": "Periodical", "name": "Pattern Recognition"},
        },
    }
    assert article["pagination"] == "108"


def test_what_is_not_known_is_not_said(registry: Registry, full_paper: Paper) -> None:
    bare = replace(full_paper, appearance=None, links=Links(), doi="", arxiv="", authors=())
    assert set(scholarly_article(bare, registry)) == {
        "@type", "headline", "name", "description", "datePublished", "dateCreated",
    }  # fmt: skip


def test_a_page_is_about_the_paper_and_not_the_paper(registry: Registry, full_paper: Paper) -> None:
    page = web_page(full_paper, registry, "Mapper: maps", "https://site.example/papers/zola2021maps.html")
    assert page.pop("about") == scholarly_article(full_paper, registry)
    assert page == {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": "Mapper: maps",
        "url": "https://site.example/papers/zola2021maps.html",
        "description": "Draws maps.",
    }
    assert "url" not in web_page(full_paper, registry, "Mapper: maps", "")


@settings(max_examples=60)
@given(data=st.data())
def test_any_text_stays_inside_a_script_element(
    registry: Registry, hostile_papers: st.SearchStrategy[Paper], data: st.DataObject
) -> None:
    paper = replace(data.draw(hostile_papers), summary="</script x><!-- <script>")
    text = write_jsonld(web_page(paper, registry, "A </script> page", ""))
    text.encode()
    page = f'<!DOCTYPE html><title>t</title><script type="application/ld+json">{text}</script>'
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    (script,) = tree.iter("script")
    assert json.loads(script.text)["description"] == paper.summary
