"""The records of a board: what was the best at any date."""

from __future__ import annotations

from collections.abc import Callable

from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Measurer, Paper, Result, Source, SourceKind
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.views.records_over_time import ReignsView
from sphinx_papers.model.views.view import value_of

MadePaper = Callable[..., Paper]


def scored(make_paper: MadePaper, key: str, date: PartialDate, value: float, **more: object) -> Paper:
    known: dict[str, object] = {"benchmark": "voc", "split": "val", "value": value, "source": "paper"}
    return make_paper(
        key, date=date, names=(key.upper(),), results=(Result(**{**known, **more}),),  # type: ignore[arg-type]
        sources={"paper": Source(url="https://example.org", kind=SourceKind.PAPER)},
    )  # fmt: skip


def rows(library: Library, benchmark: str = "voc", split: str = "val") -> list[list[str]]:
    table = value_of(ReignsView(benchmark, split), library)
    return [[cell.text for cell in row.cells[:5]] for group in table.groups for row in group.rows]


def test_a_record_stands_until_the_next(make_paper: MadePaper, registry: Registry) -> None:
    papers = [
        scored(make_paper, "a", PartialDate(2018, 3), 60.0),
        scored(make_paper, "b", PartialDate(2019, 5), 59.0),  # no record
        scored(make_paper, "c", PartialDate(2020, 1), 61.5),
        scored(make_paper, "d", PartialDate(2021, 1), 70.0, by=Measurer.OTHERS),  # no claim
    ]
    assert rows(Library(papers, registry)) == [
        ["2020-01", "still stands", "C", "61.5", "+1.5"],
        ["2018-03", "2020-01", "A", "60.0", "\N{EN DASH}"],
    ]


def test_equals_of_one_day_share_a_record(make_paper: MadePaper, registry: Registry) -> None:
    day = PartialDate(2018, 3, 1)
    papers = [scored(make_paper, key, day, 60.0) for key in "ab"] + [
        scored(make_paper, "c", PartialDate(2019), 61.0)
    ]
    found = rows(Library(papers, registry))
    assert [row[:3] for row in found[1:]] == [["2018-03-01", "2019", "B"], ["2018-03-01", "2019", "A"]]
    assert [row[4] for row in found] == ["+1.0", "\N{EN DASH}", "\N{EN DASH}"]


def test_the_least_can_be_the_best(make_paper: MadePaper, registry: Registry) -> None:
    papers = [
        scored(make_paper, key, PartialDate(2018 + place), value, benchmark="err", split="test")
        for place, (key, value) in enumerate((("a", 9.0), ("b", 10.0), ("c", 4.0)))
    ]
    assert [row[2:] for row in rows(Library(papers, registry), "err", "test")] == [
        ["C", "4.0", "\N{MINUS SIGN}5.0"], ["A", "9.0", "\N{EN DASH}"],
    ]  # fmt: skip


def test_a_board_that_is_gone_shows_nothing(library: Library) -> None:
    assert value_of(ReignsView("gone", "val"), library) is None
    assert value_of(ReignsView("voc", "gone"), library) is None
