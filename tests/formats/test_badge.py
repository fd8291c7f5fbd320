"""Badges are SVG as others may show it: well formed, without script, readable by those who do not see it."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_papers.formats.exports.badge import badge_svg
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.views.badge import badge

SVG = "{http://www.w3.org/2000/svg}"


def test_a_badge_shows_both_halves_within_its_width(real_library: Library) -> None:
    for paper in real_library.values():
        found = badge(real_library, paper)
        tree = ET.fromstring(badge_svg(real_library, paper))
        texts = tree.findall(f".//{SVG}text")
        assert [each.text for each in texts] == [found.subject, found.said]
        ends = [float(each.attrib["x"]) + float(each.attrib["textLength"]) for each in texts]
        assert ends[0] < float(texts[1].attrib["x"])
        assert ends[1] < float(tree.attrib["width"])
        assert found.said in tree.attrib["aria-label"] == tree.findtext(f"{SVG}title")
        assert paper.name in tree.attrib["aria-label"]


@settings(max_examples=60)
@given(data=st.data())
def test_no_word_of_a_record_is_markup(
    registry: Registry, hostile_papers: st.SearchStrategy[Paper], data: st.DataObject
) -> None:
    paper = data.draw(hostile_papers)
    tree = ET.fromstring(badge_svg(Library([paper], registry), paper).encode())
    assert {each.tag for each in tree.iter()} == {
        f"{SVG}{name}" for name in ("svg", "title", "path", "g", "text")
    }
