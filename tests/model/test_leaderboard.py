from __future__ import annotations

from collections.abc import Callable

import pytest

from sphinx_papers.model.display.text import Cell, Span, Table, Target
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper, Result
from sphinx_papers.model.tables.leaderboard import leaderboard, value_text
from sphinx_papers.model.tables.ranking import standings


def lines(table: Table) -> list[str]:
    """Return the head and each row as text, cells apart by a bar."""
    head = " | ".join(column.name for column in table.columns)
    return [head, *(" | ".join(c.text for c in row.cells) for group in table.groups for row in group.rows)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(70, "70.0"), (70.0, "70.0"), (69.22, "69.22"), (0.1 + 0.2, "0.3"), (35.7, "35.7"), (0.0, "0.0")],
)
def test_a_value_is_shown_with_the_decimals_it_was_reported_with(value: float, expected: str) -> None:
    assert value_text(value) == expected


@pytest.mark.parametrize(
    ("benchmark", "expected"),
    [
        # The highest value wins; the second 5.0 of `b` is a row of its own; ties go newest first.
        ("voc", [(1, "c", 9.0), (2, "b", 5.0), (2, "b", 5.0), (2, "a", 5.0), (5, "a", 1.0)]),
        ("err", [(1, "a", 1.0), (2, "b", 5.0), (2, "b", 5.0), (2, "a", 5.0), (5, "c", 9.0)]),
    ],
)
def test_ranking(
    library: Library,
    make_paper: Callable[..., Paper],
    benchmark: str,
    expected: list[tuple[int, str, float]],
) -> None:
    def results(*values: float) -> tuple[Result, ...]:
        return tuple(
            Result(benchmark=benchmark, split="test", value=value, variant=str(place))
            for place, value in enumerate(values)
        )

    papers = [
        make_paper("a", date=PartialDate(2020), results=results(5, 1)),
        make_paper("b", date=PartialDate(2021), results=results(5, 5)),
        make_paper("c", date=PartialDate(2019), results=results(9)),
    ]
    board = standings(Library(papers, library.registry), library.registry.benchmarks[benchmark], "test")
    assert [(each.rank, each.paper.key, each.result.value) for each in board] == expected


def test_splits_are_ranked_apart(library: Library) -> None:
    voc = library.registry.benchmarks["voc"]
    assert [each.result.value for each in standings(library, voc, "test")] == [61.0]
    assert standings(library, library.registry.benchmarks["idle"], "val") == ()


def test_leaderboard_says_what_is_unknown_and_what_is_none(library: Library) -> None:
    board = leaderboard(library, "voc", "val")
    assert board.caption == "mIoU on VOC, val"
    assert lines(board) == [
        "Rank | Method | mIoU (%) | State | Supervision | Extra inputs | Pipeline | Backbone | CRF | Venue | Year | Source",
        # Its own supervision, and no extra inputs, as it says itself; the best of all when it came out.
        (
            "1 | BoxNet / BoxNet+ (large) | 65.25 | No source | Boxes | none | unknown | unknown | With CRF | \N{EN DASH}"
            " | 2021 best so far | unknown"
        ),
        (
            "2 | BoxNet / BoxNet+ | 60.5 | No source | Boxes, Image labels | unknown | unknown | unknown | unknown | \N{EN DASH}"
            " | 2021 | unknown"
        ),
        (
            "2 | Maps | 60.5 | Primary | Image labels | Saliency maps | Multi-stage | ResNet-50 | Without CRF | CVPR"
            " | 2020 best so far | readme, Table 1"
        ),
    ]


def test_leaderboard_on_which_the_lowest_wins(library: Library) -> None:
    board = leaderboard(library, "err", "test")
    assert board.columns[2].name == "error (px)"
    assert [" | ".join(cell.text for cell in row.cells[:3]) for row in board.groups[0].rows] == [
        "1 | Dia (2022) | 2.0",
        "2 | BoxNet / BoxNet+ | 3.5",
    ]


def test_cells_of_a_leaderboard_carry_links_and_numbers_to_sort_by(library: Library) -> None:
    row = leaderboard(library, "voc", "val").groups[0].rows[2]
    assert row.key == "berg2020maps"
    assert row.cells[:3] == (
        Cell((Span("2"),), 2),
        Cell((Span("Maps", Target("paper", "berg2020maps"), strong=True),), "maps"),
        Cell((Span("60.5", strong=True),), 60.5),
    )
    source = Span("readme", Target("url", "https://git.example/berg/maps"))
    assert row.cells[-1] == Cell((source, Span(", Table 1")))
    assert row.cells[3] == Cell((Span("Primary"),), 1)


def test_a_leaderboard_without_results_has_no_rows(library: Library) -> None:
    assert leaderboard(library, "idle", "val").size == 0
