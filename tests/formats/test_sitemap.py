"""The sitemap has the dates of the records and is valid; pages at keys of old lead on."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import html5lib

from sphinx_papers.formats.exports.sitemap import last_change, moved_page, robots, sitemap
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Correction, Paper
from sphinx_papers.model.records.registry import Registry

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_a_paper_changed_when_anything_of_it_was_last_written_or_read(full_paper: Paper) -> None:
    days = [full_paper.added, *(each.date for each in full_paper.corrections)]
    assert last_change([full_paper]) == max(day for day in days if day)
    later = PartialDate(2027, 1, 2)
    read = {name: replace(source, checked=later) for name, source in full_paper.sources.items()}
    for change in (
        {"added": later},
        {"corrections": (Correction(date=later, what="x"),)},
        {"sources": read},
        {"code": (replace(full_paper.code[0], checked=later),)},
        {"reproductions": (replace(full_paper.reproductions[0], checked=later),)},
    ):
        assert last_change([full_paper, replace(full_paper, **change)]) == later
    assert last_change([]) is None


def test_pages_made_of_records_have_their_dates_and_prose_has_none(
    registry: Registry, full_paper: Paper
) -> None:
    old = Paper(key="old2014one", title="Old", date=PartialDate(2014), added=PartialDate(2025, 5))
    library = Library([full_paper, old], registry)
    names = [
        "index", "papers/index", "papers/old2014one", f"papers/{full_paper.key}", "years/2014", "years/2021",
        "methods/erasing", "leaderboards/voc", "about & more",
    ]  # fmt: skip
    pages = [(name, f"https://maps.example/{name}.html") for name in names]
    found = ET.fromstring(sitemap(library, "methods", "index", pages))
    assert found.tag == f"{SPACE}urlset"
    dates = {each.findtext(f"{SPACE}loc"): each.findtext(f"{SPACE}lastmod") for each in found}
    new, day = str(last_change([full_paper])), "2025-05"
    assert [dates[address] for _, address in pages] == [new, new, day, new, day, new, new, new, None]


def test_a_page_that_has_moved_says_where_to(full_paper: Paper) -> None:
    hostile = replace(full_paper, title='"><script>x</script>')
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(
        moved_page(hostile, "new.html")
    )
    assert tree.find("./head/link[@rel='canonical']").get("href") == "new.html"
    assert tree.find("./head/meta[@http-equiv='refresh']").get("content") == "0; url=new.html"
    assert [link.get("href") for link in tree.iter("a")] == ["new.html"]
    assert not list(tree.iter("script"))


def test_robots_may_read_everything_and_are_told_of_the_map() -> None:
    lines = robots("https://maps.example/en/").splitlines()
    assert lines == ["User-agent: *", "Disallow:", "", "Sitemap: https://maps.example/en/sitemap.xml"]
