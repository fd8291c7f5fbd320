"""Wide tables made narrow enough for a sheet of paper: columns that need their heads are told in one."""

from __future__ import annotations

from dataclasses import replace

from sphinx_papers.model.display.text import (
    DASH,
    UNKNOWN,
    Cell,
    Column,
    Group,
    Row,
    Span,
    Spans,
    Table,
    make_row,
)

WIDE = 8
"""Columns of a table beyond which it does not fit a sheet or the screen of an e-book reader."""
FOLDED = Column("conditions", "Conditions", width=40)


def folded(table: Table) -> Table:
    """Return *table* in columns that fit a sheet of paper, without what only a script can use.

    The columns whose texts say little without their head become one, where there are more than :data:`WIDE`
    columns in all; a cell of it names each head before its text. What is not known is left out.
    """
    narrow = replace(table, finding=None)
    told = [column.labelled for column in table.columns]
    if len(table.columns) <= WIDE or sum(told) < 2:
        return narrow
    kept = tuple(column for column in table.columns if not column.labelled)
    groups = tuple(
        Group(group.heading, tuple(_row(row, table.columns) for row in group.rows)) for group in table.groups
    )
    return replace(narrow, columns=(*kept, FOLDED), groups=groups)


def _row(row: Row, columns: tuple[Column, ...]) -> Row:
    kept: list[Cell] = []
    told: Spans = ()
    notes: tuple[int, ...] = ()
    for cell, column in zip(row.cells, columns, strict=True):
        if not column.labelled:
            kept.append(cell)
        elif cell.spans not in {(), UNKNOWN, DASH}:
            told += (Span("; " if told else ""), Span(f"{column.name}: ", emphasis=True), *cell.spans)
            notes += cell.notes
    return make_row(row.key, (*kept, Cell(told, notes=notes)))
