"""Wide tables made narrow."""

from __future__ import annotations

from dataclasses import replace

from sphinx_papers.model.display.fold import FOLDED, WIDE, folded
from sphinx_papers.model.display.text import (
    DASH,
    UNKNOWN,
    Cell,
    Column,
    Group,
    RowFinder,
    Span,
    Table,
    Target,
    make_row,
)

LINK = Span("readme", Target("url", "https://example.org"))
PLAIN = tuple(Column(f"plain{place}", f"Plain {place}") for place in range(WIDE - 2))
TOLD = (
    Column("habitat", "Habitat", labelled=True),
    Column("season", "Season", labelled=True),
    Column("source", "Source", labelled=True),
)
CELLS = tuple(Cell((Span(str(place)),)) for place in range(len(PLAIN)))


def table(*told: Cell) -> Table:
    rows = (make_row("alder2019mending", (*CELLS, *told)),)
    return Table(
        (*PLAIN, *TOLD), (Group((Span("All"),), rows),), "A board", finding=RowFinder("results", 1, ())
    )


def test_columns_that_need_their_heads_are_told_in_one() -> None:
    found = folded(table(Cell((Span("marsh"),)), Cell((Span("spring"),), notes=(2,)), Cell((LINK,))))
    assert found.columns == (*PLAIN, FOLDED)
    cells = found.groups[0].rows[0].cells
    assert cells[:-1] == CELLS
    assert cells[-1].text == "Habitat: marsh; Season: spring; Source: readme"
    assert cells[-1].spans[-1] == LINK
    assert cells[-1].notes == (2,)
    assert found.finding is None


def test_what_is_not_known_is_left_out() -> None:
    found = folded(table(Cell(UNKNOWN), Cell((Span("spring"),)), Cell(DASH)))
    assert found.groups[0].rows[0].cells[-1].text == "Season: spring"


def test_a_table_that_fits_stays_as_it_is() -> None:
    wide = table(Cell(), Cell(), Cell())
    narrow = replace(wide, columns=wide.columns[3:])
    assert folded(narrow) == replace(narrow, finding=None)
