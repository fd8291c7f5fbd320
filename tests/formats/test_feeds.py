"""Feeds are Atom as RFC 4287 has it, and functions of the records alone."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_papers.formats.exports.feeds import CHANGED, NEW, NEWEST, feed_names, feeds
from sphinx_papers.formats.exports.site import PublishedSite
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Correction, Paper
from sphinx_papers.model.records.registry import Registry

ATOM = "{http://www.w3.org/2005/Atom}"
DAY = PartialDate(2026, 3, 1)


def site(base: str = "") -> PublishedSite:
    return PublishedSite("Maps", "https://code.example/maps", base, lambda docname: f"{docname}.html")


@pytest.fixture
def paper(full_paper: Paper) -> Paper:
    return replace(
        full_paper, added=DAY, corrections=(Correction(date=PartialDate(2026, 4), what="year: 2021"),)
    )


def entries(text: str) -> list[dict[str, str]]:
    """The entries of a feed, after what RFC 4287 requires of a feed and of each entry."""
    feed = ET.fromstring(text)
    assert feed.tag == f"{ATOM}feed"
    found = []
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (only,) = element.findall(f"{ATOM}{name}")
            assert only.text
        assert element.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    for entry in feed.findall(f"{ATOM}entry"):
        (link,) = entry.findall(f"{ATOM}link")
        known = {name: entry.findtext(f"{ATOM}{name}", "") for name in ("id", "title", "updated", "summary")}
        found.append(known | {"href": link.attrib["href"]})
    ids = [entry["id"] for entry in found]
    assert len(set(ids)) == len(ids)
    return found


def test_new_papers_and_what_was_set_right(paper: Paper, registry: Registry) -> None:
    found = dict(feeds(Library([paper], registry), "methods", site("https://maps.example/")))
    assert list(found) == feed_names(Library([paper], registry), "methods")
    (entry,) = entries(found[NEW])
    assert entry["title"] == f"{paper.name}: {paper.plain_title}"
    assert entry["updated"] == "2026-03-01T00:00:00Z"
    assert entry["href"] == f"https://maps.example/papers/{paper.key}.html"
    assert entry["summary"] == paper.summary
    assert f'rel="self" type="application/atom+xml" href="https://maps.example/{NEW}"' in found[NEW]
    right = entries(found[CHANGED])
    assert [
        (each["title"], each["summary"], each["updated"]) for each in right if "year" in each["summary"]
    ] == [(f"Set right: {paper.name}", "year: 2021", "2026-04-01T00:00:00Z")]


def test_a_source_of_results_that_was_read_later_is_news(paper: Paper, registry: Registry) -> None:
    name = paper.results[0].source
    count = sum(result.source == name for result in paper.results)

    def changed(checked: PartialDate) -> list[str]:
        sources = {name: replace(paper.sources[name], checked=checked, title="Table of tables")}
        later = replace(paper, corrections=(), sources=sources)
        found = dict(feeds(Library([later], registry), "methods", site()))
        return [each["summary"] for each in entries(found[CHANGED])] if CHANGED in found else []

    assert changed(DAY) == []
    assert changed(PartialDate(2026, 3, 2)) == [f"{count} result{'s' * (count > 1)} from Table of tables"]


def test_identifiers_stay_when_the_site_moves_and_titles_change(paper: Paper, registry: Registry) -> None:
    before = dict(feeds(Library([paper], registry), "methods", site()))[NEW]
    other = replace(paper, title="Another", names=("Other",), summary="Other.")
    after = dict(feeds(Library([other], registry), "methods", site("https://elsewhere.example/")))[NEW]
    assert entries(before)[0]["id"] == entries(after)[0]["id"]
    assert entries(before)[0]["href"] == f"papers/{paper.key}.html"


def test_a_method_has_its_own_which_leads_up_to_the_papers(paper: Paper, registry: Registry) -> None:
    slug = next(iter(registry.methods))
    found = dict(feeds(Library([replace(paper, methods=(slug,))], registry), "methods", site()))
    (entry,) = entries(found[f"methods/{slug}.atom"])
    assert entry["href"] == f"../papers/{paper.key}.html"


def test_the_newest_come_first_and_no_more_than_a_reader_needs(paper: Paper, registry: Registry) -> None:
    papers = [
        replace(paper, key=f"p2020n{number}", corrections=(), added=PartialDate(2026, 1 + number % 12, 1))
        for number in range(2 * NEWEST)
    ]
    found = entries(dict(feeds(Library(papers, registry), "methods", site()))[NEW])
    assert len(found) == NEWEST
    dates = [entry["updated"] for entry in found]
    assert dates == sorted(dates, reverse=True)
    assert min(dates) >= "2026-06"


def test_records_without_a_day_have_no_feed(full_paper: Paper, registry: Registry) -> None:
    library = Library([replace(full_paper, added=None, corrections=())], registry)
    assert list(feeds(library, "methods", site())) == []
    assert feed_names(library, "methods") == []


@given(st.text(min_size=1))
@settings(max_examples=50)
def test_no_text_breaks_a_feed(text: str) -> None:
    paper = Paper(key="a2020b", title="T", names=("N",), summary=text, date=DAY, added=DAY)
    (entry,) = entries(dict(feeds(Library([paper], Registry()), "methods", site()))[NEW])
    assert entry["title"] == "N: T"
