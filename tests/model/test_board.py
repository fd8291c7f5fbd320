"""The rows of a board that a filter leaves, and the table that they make."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.test_ranking import SOURCES, libraries, registry

from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Measurer, Paper, Result
from sphinx_papers.model.records.registry import Best, Registry
from sphinx_papers.model.tables.board import board_table, kept, parse_query, query_text
from sphinx_papers.model.tables.select import SelectionError


@pytest.fixture
def field() -> Registry:
    """CRF is a condition that may differ here."""
    known = registry(Best.HIGHEST)
    return replace(known, conditions={n: replace(c, decides=False) for n, c in known.conditions.items()})


def paper(key: str, value: float, *inputs: str, crf: str = "", backbone: str = "", **more: object) -> Paper:
    conditions = {name: text for name, text in (("crf", crf), ("backbone", backbone)) if text}
    result = Result(benchmark="voc", split="val", value=value, source="paper", conditions=conditions, **more)  # type: ignore[arg-type]
    facets = {"supervision": ("image",), "inputs": inputs}
    return Paper(
        key=key, title=f"On {key}", names=(key,), date=PartialDate(2020), facets=facets, sources=SOURCES,
        results=(result,),
    )  # fmt: skip


@pytest.fixture
def library(field: Registry) -> Library:
    return Library(
        [
            paper("One", 70.0, crf="yes", backbone="A"), paper("Two", 69.0, crf="no", backbone="A"),
            paper("Three", 68.0, crf="yes", backbone="B"), paper("Four", 67.0, crf="no", backbone="B"),
            paper("Five", 66.0, backbone="A"), paper("Six", 75.0, "clip", crf="yes", backbone="A"),
            paper("Séven", 90.0, crf="yes", backbone="A", by=Measurer.OTHERS, note="by hand"),
        ],
        field,
    )  # fmt: skip


def names(library: Library, **criteria: str) -> list[tuple[str, int | None]]:
    found = kept(library, parse_query(library, "voc/val", criteria))
    return [(each.paper.key, rank) for each, rank in found]


def test_answers_narrow_each_other_and_ranks_are_of_what_is_left(library: Library) -> None:
    assert names(library, crf="no,unknown") == [("Two", 1), ("Four", 2), ("Five", 3)]
    assert names(library, crf="yes", backbone="A") == [("One", 1), ("Six", 1), ("Séven", None)]


def test_words_are_found_without_accents_and_case(library: Library) -> None:
    assert names(library, q="SEVEN  on") == [("Séven", None)]


def test_an_order_is_that_of_each_group_and_what_is_missing_comes_last(library: Library) -> None:
    assert [key for key, _ in names(library, sort="crf", inputs="none")] == [
        "Two", "Four", "One", "Three", "Five", "Séven",
    ]  # fmt: skip
    assert [key for key, _ in names(library, sort="-value", crf="no")] == ["Two", "Four"]
    assert [key for key, _ in names(library, sort="value", crf="no")] == ["Four", "Two"]


def test_rows_that_differ_in_one_condition_state_it_and_agree_in_all_else(library: Library) -> None:
    """Four differs in two, Five leaves open whether it has a CRF, Six has another input."""
    alike = {"supervision": "image", "inputs": "none", "crf": "yes", "backbone": "A"}
    assert names(library, **alike, apart="1") == [("Two", 1), ("Three", 2)]


@pytest.fixture
def dated(field: Registry) -> Library:
    """Two has a year alone, and Others were measured by nobody knows when."""
    dates = {
        "One": "2021-06-30",
        "Two": "2021",
        "Three": "2021-07-01",
        "Four": "2020-02",
        "Others": "2019-01",
    }
    values = {"One": 70.0, "Two": 72.0, "Three": 74.0, "Four": 60.0, "Others": 80.0}
    return Library(
        [
            replace(
                paper(key, values[key], by=Measurer.OTHERS if key == "Others" else Measurer.AUTHORS),
                date=PartialDate.parse(date),
            )
            for key, date in dates.items()
        ],
        field,
    )


@pytest.mark.parametrize(
    ("until", "left"),
    [
        ("2020-01", []),
        ("2020-02", [("Four", 1)]),
        ("2021-05", [("Four", 1)]),
        ("2021-06", [("One", 1), ("Four", 2)]),
        ("2021-11", [("Three", 1), ("One", 2), ("Four", 3)]),
        ("2021-12", [("Three", 1), ("Two", 2), ("One", 3), ("Four", 4)]),
        ("", [("Three", 1), ("Two", 2), ("One", 3), ("Four", 4), ("Others", None)]),
    ],
)
def test_a_board_is_ranked_as_of_a_month_by_what_was_public_for_certain(
    dated: Library, until: str, left: list[tuple[str, int | None]]
) -> None:
    assert names(dated, until=until) == left


def test_the_month_is_in_the_caption_and_in_what_was_asked(dated: Library) -> None:
    query = parse_query(dated, "voc/val", {"until": "2021-06", "inputs": "none"})
    table = board_table(dated, query)
    assert table.caption == "mIoU on VOC, VAL. As of June 2021. All: IMAGE, no extra inputs."
    assert query_text(query) == "inputs=none until=2021-06"


def test_what_varies_has_columns_and_what_all_share_is_in_the_caption(library: Library) -> None:
    table = board_table(library, parse_query(library, "voc/val", {"backbone": "A", "q": "On"}))
    assert [head.name for head in table.comparison.heads] == [
        "Name",
        "Venue",
        "Extra inputs",
        "CRF",
        "mIoU (%)",
    ]
    assert table.caption == "mIoU on VOC, VAL. All: IMAGE, Backbone: A. Chosen by: Words: on."
    values = [
        ("".join(span.text for span in line.entries[-1].spans), line.entries[-1].best)
        for line in table.comparison.lines
    ]
    # Six is alone among its like, and nobody competes with what others measured.
    assert values == [("70.0", True), ("69.0", False), ("66.0", False), ("75.0", False), ("90.0", False)]
    assert table.comparison.notes == ("Not ranked: measured by others; second hand; by hand",)
    assert table.comparison.rule == "Bold: the best with the same supervision and extra inputs."


def test_the_caption_says_what_else_the_rows_were_chosen_by(library: Library) -> None:
    criteria = {"crf": "yes", "backbone": "A", "state": "primary,second-hand", "apart": "1"}
    query = parse_query(library, "voc/val", criteria | {"state": "primary"})
    table = board_table(library, query)
    assert table.caption == (
        "mIoU on VOC, VAL. All: IMAGE, no extra inputs. Chosen by: State: Primary."
        " In one condition other than: CRF: YES; Backbone: A."
    )
    assert query_text(query) == "crf=yes backbone=A state=primary apart=1"


@pytest.mark.parametrize(
    ("place", "criteria", "message"),
    [
        ("voc", {}, "`voc` is no board: write BENCHMARK/SPLIT"),
        ("voc/vall", {}, "unknown benchmark and split `voc/vall`: did you mean `voc/val`?"),
        ("voc/val", {"backbon": "A"}, "unknown question `backbon` of a board: did you mean `backbone`?"),
        ("voc/val", {"crf": "yess"}, "no row of this board has `crf=yess`: did you mean `yes`?"),
        ("voc/val", {"sort": "valu"}, "unknown order `valu`: did you mean `value`?"),
        ("voc/val", {"apart": "2"}, "`apart` is 1 or not there, not `2`"),
        ("voc/val", {"until": "2021"}, "`until` is a month such as 2021-06, not `2021`"),
    ],
)
def test_what_cannot_be_asked_is_said(
    library: Library, place: str, criteria: dict[str, str], message: str
) -> None:
    with pytest.raises(SelectionError) as caught:
        parse_query(library, place, criteria)
    assert str(caught.value) == message


@given(libraries(), st.sampled_from(["", "yes", "no"]))
def test_no_bold_number_beats_what_it_is_not_ranked_with(library: Library, crf: str) -> None:
    known = {each.conditions.get("crf") for p in library.values() for each in p.results}
    table = board_table(
        library, parse_query(library, "voc/val", {"crf": crf} if crf in known and crf else {})
    )
    rows = list(zip(table.standings, table.ranks, table.comparison.lines, strict=True))
    for each, rank, line in rows:
        rivals = [other for other, _, _ in rows if other.rank and other.league == each.league]
        assert line.entries[-1].best == (rank == 1 and len(rivals) > 1)
        assert (rank is None) == (each.rank is None)
