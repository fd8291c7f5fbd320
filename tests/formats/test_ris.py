from __future__ import annotations

import re
from dataclasses import replace

import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.conftest import exported

from sphinx_papers.formats.exports.ris import ris_record
from sphinx_papers.formats.text.plain import one_line
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Appearance, Paper
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Registry

Hostile = st.SearchStrategy[Paper]


def test_a_paper_of_a_conference(registry: Registry, full_paper: Paper) -> None:
    assert ris_record(full_paper, registry) == (
        "TY  - CONF\n"
        "ID  - zola2021maps\n"
        "TI  - Maps of CAMs in $x^2$ Ways\n"
        "AU  - Zola, Émile\n"
        "AU  - van den Hove, Ben\n"
        "AU  - King, Martin, Jr.\n"
        "AU  - Google Research\n"
        "PY  - 2021\n"
        "DA  - 2021/06//\n"
        "T2  - Conference on Vision\n"
        "C3  - Proceedings of the Conference on Vision (CVPR)\n"
        "VL  - 7\n"
        "SP  - 10\n"
        "EP  - 19\n"
        "PB  - IEEE\n"
        "DO  - 10.1000/maps\n"
        "AN  - arXiv:2103.00001\n"
        "UR  - https://p.org/a_b?c=1&d=2\n"
        "UR  - https://arxiv.org/abs/2103.00001\n"
        "UR  - https://doi.org/10.1000/maps\n"
        "ER  - \n"
    )


@pytest.mark.parametrize(
    ("appearance", "kind"),
    [
        (None, "UNPB"),
        (Appearance(venue="arxiv", year=2021), "UNPB"),
        (Appearance(venue="pr", year=2021), "JOUR"),
        (Appearance(venue="ws", year=2021), "CONF"),
    ],
)
def test_the_type_is_that_of_the_venue(
    registry: Registry, full_paper: Paper, appearance: Appearance | None, kind: str
) -> None:
    text = ris_record(replace(full_paper, appearance=appearance), registry)
    assert text.startswith(f"TY  - {kind}\n")


def test_a_journal_has_volume_issue_and_article_number(registry: Registry, full_paper: Paper) -> None:
    seen = Appearance(venue="pr", year=2022, volume="12", number="3", article="108")
    (read,) = rispy.loads(ris_record(replace(full_paper, appearance=seen), registry))
    assert (read["secondary_title"], read["journal_name"]) == ("Pattern Recognition", "PR")
    assert (read["volume"], read["number"], read["custom7"], read["year"]) == ("12", "3", "108", "2022")


def test_the_whole_export_is_read_back_field_by_field(real_library: Library) -> None:
    read = rispy.loads(exported("ris", real_library.values(), real_library.registry))
    assert [each["id"] for each in read] == sorted(real_library)
    for each in read:
        paper = real_library[each["id"]]
        seen = paper.appearance
        assert each["title"] == paper.plain_title
        assert each["year"] == str(paper.year)
        assert each.get("authors", []) == [f"{a.short}, {a.given}" for a in paper.authors]
        assert each.get("doi", "") == paper.doi
        assert each.get("urls", []) == list(paper.addresses)
        pages = "-".join(each[name] for name in ("start_page", "end_page") if name in each)
        assert pages == (seen.pages if seen else "")
        assert each.get("volume", "") == (seen.volume if seen else "")


@settings(max_examples=60)
@given(data=st.data())
def test_no_text_ends_its_line(registry: Registry, hostile_papers: Hostile, data: st.DataObject) -> None:
    paper = data.draw(hostile_papers)
    text = exported("ris", [paper], registry)
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in text.splitlines())
    text.encode()
    (read,) = rispy.loads(text)
    assert read.get("title", "") == one_line(paper.plain_title)
    assert len(read.get("authors", [])) == len(paper.authors)


def test_nothing_is_no_text(registry: Registry) -> None:
    assert exported("ris", [], registry) == ""


def test_a_comma_in_a_name_begins_no_other_part(registry: Registry, full_paper: Paper) -> None:
    author = Person(family="Sons, Ltd", given="Ada")
    text = ris_record(replace(full_paper, authors=(author,)), registry)
    assert "AU  - Sons  Ltd, Ada\n" in text
