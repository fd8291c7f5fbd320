from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sphinx_papers.model.display.text import Table, Target
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Measurer, Paper, Printed, Result, Source, SourceKind
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.views.slips import SlipsView, slips

TABLE = Source(url="https://t.example", kind=SourceKind.TABLE, title="DuPL")
OWN = Source(url="https://p.example", kind=SourceKind.PREPRINT, title="Maps preprint")
LIST = Source(url="https://l.example", kind=SourceKind.INDEX, title="a list")


def on_val(value: float, **more: Any) -> Result:
    return Result(
        **{"benchmark": "voc", "split": "val", "value": value, "source": "own", "where": "Table 1", **more}
    )


def printed(value: float, **more: Any) -> Printed:
    return Printed(**{"benchmark": "voc", "split": "val", "value": value, "source": "dupl", **more})


@pytest.fixture
def make(make_paper: Callable[..., Paper], registry: Registry) -> Callable[..., Library]:
    """Return a maker of libraries of one paper, named Maps, with its results and what others print."""

    def made(results: tuple[Result, ...], *as_printed: Printed) -> Library:
        sources = {"own": OWN, "dupl": TABLE, "list": LIST}
        fields = {"sources": sources, "results": results, "as_printed": as_printed, "names": ("Maps",)}
        return Library([make_paper("maps2020", **fields)], registry)

    return made


def rows(table: Table) -> list[str]:
    found = []
    for group in table.groups:
        found.append("".join(span.text for span in group.heading))
        found += [" | ".join(cell.text for cell in row.cells) for row in group.rows]
    return found


def test_slips_stand_under_the_table_that_has_them(make: Callable[..., Library]) -> None:
    library = make(
        (on_val(70.9, conditions={"backbone": "MiT-B2", "crf": "yes"}),),
        printed(70.9, where="Table 1"),
        printed(71.8, of=70.9, where="Table 2", conditions={"backbone": "MiT-B2"}, note="typed wrongly"),
        printed(70.9, of=70.9, conditions={"backbone": "ResNet-101", "crf": "no"}),
        printed(70.9, of=70.9, source="list", conditions={"backbone": "ResNet-101"}),
    )
    table = SlipsView().value(library)
    assert rows(table) == [
        "a list",
        "a list | Maps | VOC val | 70.9, ResNet-101 | 70.9, MiT-B2 | Maps preprint, Table 1 | ",
        "DuPL",
        "Table 2 | Maps | VOC val | 71.8 | 70.9 | Maps preprint, Table 1 | typed wrongly",
        (
            "DuPL | Maps | VOC val | 70.9, ResNet-101, Without CRF | 70.9, MiT-B2, With CRF"
            " | Maps preprint, Table 1 | "
        ),
    ]
    assert table.groups[1].rows[0].cells[0].spans[0].target == Target("url", "https://t.example")


@pytest.mark.parametrize(
    "results",
    [
        (on_val(70.9, source="dupl"),),  # nobody heard the authors themselves
        (on_val(70.9, by=Measurer.OTHERS, source="dupl"),),  # a rerun may be run again
        (on_val(70.9), on_val(71.8, source="list")),  # disputed
    ],
    ids=["second hand", "by others", "disputed"],
)
def test_what_the_authors_do_not_say_is_no_measure_of_others(
    make: Callable[..., Library], results: tuple[Result, ...]
) -> None:
    assert list(slips(make(results, printed(71.8, of=70.9)))) == []
    assert SlipsView().value(make(results)).empty == "No slip is known."


def test_of_results_with_one_value_the_nearest_is_right(make: Callable[..., Library]) -> None:
    results = (
        on_val(70.9, conditions={"backbone": "VGG-16", "crf": "no"}, variant="small"),
        on_val(70.9, conditions={"backbone": "MiT-B2", "crf": "yes"}),
    )
    table = printed(71.8, of=70.9, conditions={"backbone": "MiT-B2", "crf": "yes"})
    (found,) = slips(make(results, table))
    assert (found.right, found.wrong) == (results[1], ("value",))


def test_the_right_number_is_shown_where_the_authors_print_it(make: Callable[..., Library]) -> None:
    result = on_val(70.9, source="dupl", where="Table 9", also=("own",))
    (row,) = SlipsView().value(make((result,), printed(71.8, of=70.9, source="list"))).groups[0].rows
    assert row.cells[5].text == "Maps preprint"


def test_only_papers_that_tables_of_others_print_are_looked_at_again(make: Callable[..., Library]) -> None:
    library = make((on_val(70.9),), printed(71.8, of=70.9))
    plain = make((on_val(70.9),))
    assert SlipsView().basis(library) != SlipsView().basis(plain)
    (paper,) = plain.values()
    other = Library([replace(paper, summary="Another one.")], plain.registry)
    assert SlipsView().basis(other) == SlipsView().basis(plain)
