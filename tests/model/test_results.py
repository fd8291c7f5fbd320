from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sphinx_papers.model.display.text import Span, Spans, Table, Target
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.evidence import STATE_SUMMARIES, State, aimed_at
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import (
    Measurer,
    Paper,
    Printed,
    Reproduction,
    Result,
    Source,
    SourceKind,
)
from sphinx_papers.model.tables.leaderboard import leaderboard, reached_spans, source_spans
from sphinx_papers.model.views.results import boards_then, printed_table, reached_table, results_table


def lines(table: Table | None) -> list[str]:
    """Return the head and each row as text, cells apart by a bar."""
    assert table is not None
    head = " | ".join(column.name for column in table.columns)
    return [head, *(" | ".join(c.text for c in row.cells) for group in table.groups for row in group.rows)]


def text(spans: Spans) -> str:
    return "".join(span.text for span in spans)


def test_each_board_of_a_paper_can_be_had_as_it_was_when_the_paper_came_out(library: Library) -> None:
    (found,) = boards_then(library, library["cho2021boxes"]).fields
    assert found.label == "Boards when it came out (March 2021)"
    assert text(found.value) == "VOC val \N{MIDDLE DOT} Errors test"
    assert [span.target for span in found.value if span.target] == [
        Target("as-of", "voc/val/2021-03"),
        Target("as-of", "err/test/2021-03"),
    ]
    assert boards_then(library, library["point2022weak"]).fields == ()


def test_of_a_paper_without_a_month_it_is_the_end_of_its_year(library: Library) -> None:
    vague = replace(library["dia2021lines"], date=PartialDate(2021))
    (found,) = boards_then(library, vague).fields
    assert (found.label, text(found.value)) == ("Boards at the end of 2021", "Errors test")
    assert found.value[-1].target == Target("as-of", "err/test/2021-12")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (
            "berg2020maps",
            [
                "Benchmark | Result | Source | State | Backbone | CRF",
                "VOC val | 60.5 mIoU | readme, Table 1 | Primary confirm or correct | ResNet-50 | Without CRF",
                "VOC test | 61.0 mIoU | readme | Primary confirm or correct | unknown | unknown",
            ],
        ),
        (
            "cho2021boxes",
            [
                "Benchmark | Variant | Result | Source | State | CRF | Supervision | Extra inputs",
                "VOC val |  | 60.5 mIoU | unknown | No source confirm or correct | unknown | Boxes, Image labels | unknown",
                "VOC val | large | 65.25 mIoU | unknown | No source confirm or correct | With CRF | Boxes | none",
                "Errors test |  | 3.5 error | unknown | No source confirm or correct | unknown | Boxes, Image labels | unknown",
            ],
        ),
        (
            "dia2021lines",
            [
                "Benchmark | Result | Source | State",
                "Errors test | 2.0 error | unknown | No source confirm or correct",
            ],
        ),
    ],
)
def test_results_of_a_paper_have_columns_for_what_some_row_states(
    library: Library, key: str, expected: list[str]
) -> None:
    table = results_table(library, library[key])
    assert table is not None
    assert lines(table) == expected
    assert table.caption == f"Results reported for {library[key].name}"


def test_what_is_to_be_said_of_a_result_stands_below_and_takes_no_column(library: Library) -> None:
    table = results_table(library, library["cho2021boxes"])
    assert table is not None
    assert [text(note.spans) for note in table.notes] == ["from the project page"]
    assert [cell.notes for row in table.groups[0].rows for cell in row.cells if cell.notes] == [(1,)]


def test_a_paper_without_results_has_no_table_of_them(library: Library) -> None:
    assert results_table(library, library["point2022weak"]) is None


@pytest.fixture
def maps(library: Library) -> Paper:
    """Return a paper whose only result others ran again, and print."""
    table = Source(url="https://t.example", kind=SourceKind.TABLE, title="DuPL")
    own: dict[str, Any] = {"benchmark": "voc", "split": "val"}
    result = Result(value=60.58, source="readme", conditions={"backbone": "ResNet-50", "crf": "yes"}, **own)
    return replace(
        library["berg2020maps"],
        sources={**library["berg2020maps"].sources, "dupl": table},
        results=(result,),
        reproductions=(
            Reproduction(
                value=59.4, of=60.58, who="a user", url="https://i.example/1", differed="own masks",
                conditions={"crf": "yes"}, **own,
            ),
            Reproduction(value=61.0, of=60.58, who="the authors, ten seeds", url="https://i.example/2", **own),
            Reproduction(value=50.0, who="a reader", url="https://i.example/3", **own),
        ),
        as_printed=(
            Printed(value=60.6, of=60.58, source="dupl", where="Table 2", **own),
            Printed(
                value=61.7, of=60.58, source="dupl", where="Table 3", note="typed wrongly",
                conditions={"backbone": "VGG-16"}, facets={"inputs": ()}, **own,
            ),
        ),
    )  # fmt: skip


def test_what_others_reached_stands_beside_what_was_reported(library: Library, maps: Paper) -> None:
    table = reached_table(library, maps)
    assert lines(table) == [
        "Benchmark | Conditions | Reported | Reached | Difference | By | What differed",
        "VOC val | With CRF | 60.58 | 59.4 | \N{MINUS SIGN}1.18 | a user | own masks",
        "VOC val | unknown | 60.58 | 61.0 | +0.42 | the authors, ten seeds | unknown",
        "VOC val | unknown | unknown | 50.0 | unknown | a reader | unknown",
    ]
    assert table is not None
    who = table.groups[0].rows[0].cells[5].spans
    assert who == (Span("a user", Target("url", "https://i.example/1")),)
    assert reached_table(library, library["berg2020maps"]) is None


def test_a_row_has_the_range_of_what_those_reached_who_aimed_at_it(maps: Paper) -> None:
    (result,) = maps.results
    assert text(reached_spans(maps, result)) == "59.4\N{EN DASH}61.0 (2)"
    assert text(reached_spans(replace(maps, reproductions=maps.reproductions[:1]), result)) == "59.4"
    assert reached_spans(replace(maps, reproductions=maps.reproductions[2:]), result) == ()


def test_of_results_with_one_value_the_one_is_meant_whose_conditions_differ_least(maps: Paper) -> None:
    (result,) = maps.results
    other = replace(result, conditions={"backbone": "ResNet-50", "crf": "no"})
    both = replace(maps, results=(other, result))
    assert aimed_at(both, maps.reproductions[0]) == (result,)
    assert aimed_at(both, maps.reproductions[1]) == (other, result), "nothing tells which"
    # What was run otherwise was aimed at the number all the same.
    elsewhere = replace(maps.reproductions[0], conditions={"backbone": "VGG-16"})
    assert aimed_at(maps, elsewhere) == (result,)


def test_what_tables_of_others_print_is_judged(library: Library, maps: Paper) -> None:
    assert lines(printed_table(library, maps)) == [
        "Benchmark | Printed in | Printed | With the labels | Meant | What that is | Note",
        "VOC val | DuPL, Table 2 | 60.6 | unknown | 60.58 | the same, rounded | ",
        (
            "VOC val | DuPL, Table 3 | 61.7 | VGG-16, no extra inputs | 60.58"
            " | a slip: value, Backbone, Extra inputs | typed wrongly"
        ),
    ]
    heard = replace(maps, results=(replace(maps.results[0], source="dupl"),))
    verdicts = [line.split(" | ")[5] for line in lines(printed_table(library, heard))[1:]]
    assert verdicts == ["the same, rounded", "another value; nobody knows which is right"]
    assert printed_table(library, library["berg2020maps"]) is None


def test_a_number_that_others_measured_says_so_and_who(maps: Paper) -> None:
    own = replace(maps.results[0], where="Table 1")
    assert text(source_spans(maps, own)) == "readme, Table 1"
    rerun = replace(own, by=Measurer.OTHERS, source="dupl", where="Table 4")
    assert text(source_spans(maps, rerun)) == "measured by others: DuPL, Table 4"


def test_the_states_of_a_table_are_explained_below_it(library: Library, maps: Paper) -> None:
    result = maps.results[0]
    mixed = replace(maps, results=(result, replace(result, split="test", source="")))
    told = {"Confirmed": State.CONFIRMED, "No source": State.UNSOURCED}
    board = leaderboard(Library([mixed], library.registry), "voc", "val")
    results = results_table(library, mixed)
    assert results is not None
    for table, names in ((results, list(told)), (board, ["Confirmed"])):
        assert [field.label for field in table.legend] == names
        assert [text(field.value) for field in table.legend] == [STATE_SUMMARIES[told[n]] for n in names]


def test_each_result_has_a_link_by_which_it_is_confirmed(library: Library, maps: Paper) -> None:
    table = results_table(library, replace(maps, results=maps.results * 2))
    assert table is not None
    places = [row.cells[3].spans[-1].target for row in table.groups[0].rows]
    assert places == [Target("report", "berg2020maps/0"), Target("report", "berg2020maps/1")]


def test_a_ranking_has_a_column_for_what_others_reached_where_somebody_told(
    library: Library, maps: Paper
) -> None:
    with_runs = leaderboard(Library([maps], library.registry), "voc", "val")
    assert with_runs.columns[3].id == "reached"
    assert with_runs.groups[0].rows[0].cells[3].text == "59.4\N{EN DASH}61.0 (2)"
    assert leaderboard(library, "voc", "val").columns[3].id == "state"
