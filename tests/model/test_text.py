from __future__ import annotations

import pytest

from sphinx_papers.model.display.text import (
    Block,
    Cell,
    Column,
    Entries,
    Field,
    Fields,
    Group,
    Paragraph,
    Span,
    Spans,
    Table,
    Target,
    joined,
    make_row,
    plain_text,
    title_spans,
)

LINK = Span("Maps", Target("paper", "berg2020maps"))


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], ()),
        ([LINK], (LINK,)),
        ([LINK, Span("b"), LINK], (LINK, Span(" / "), Span("b"), Span(" / "), LINK)),
    ],
    ids=["none", "one", "three"],
)
def test_separators_stand_between_items_only(items: list[Span], expected: Spans) -> None:
    assert joined(items, " / ") == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Of {CAM}s", (Span("Of CAMs"),)),
        (r"For \$5", (Span("For $5"),)),
        ("C$^{2}$AM", (Span("C"), Span("^{2}", math=True), Span("AM"))),
    ],
)
def test_a_title_for_reading(title: str, expected: Spans) -> None:
    assert title_spans(title) == expected


def test_each_part_of_a_title_leads_to_the_same_place() -> None:
    target = Target("paper", "a")
    assert {span.target for span in title_spans("C$^2$AM", target)} == {target}


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Paragraph("summary", (Span("Draws "), LINK)), "Draws Maps"),
        (
            Fields(
                "card", (Field("Title", (Span("Of "), LINK), search=True), Field("Year", (Span("2021"),)))
            ),
            "Of Maps",
        ),
        (Entries("authors", (("ada", "Ada Berg", (LINK,)), ("ben", "Ben Hove", ()))), "Ada Berg\nBen Hove"),
        # What a table says is found on the pages that it leads to.
        (Table((Column("name", "Name"),), (Group((), (make_row("a", (Cell((LINK,)),)),)),), "Papers"), ""),
    ],
    ids=["line", "fields", "entries", "table"],
)
def test_words_of_a_block_for_search(block: Block, expected: str) -> None:
    assert plain_text(block) == expected


def test_a_row_is_represented_by_a_digest_of_its_cells() -> None:
    # Many tables share a row: its cells are digested once.
    row = make_row("a", (Cell((LINK,)),))
    assert repr(row) == f"Row(a, {row.digest})"
    assert row == make_row("a", (Cell((LINK,)),))
    others = [make_row("a", cells) for cells in ((), (Cell((LINK,), 1.0),), (Cell((Span("Maps"),)),))]
    assert len({row.digest, *(other.digest for other in others)}) == 4
