from __future__ import annotations

import json
import re
from dataclasses import replace
from html import escape
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from sphinx_papers.model.display.text import (
    Cell,
    Choice,
    Column,
    Facts,
    Filter,
    Group,
    Note,
    Preset,
    RowFinder,
    Span,
    Spans,
    Table,
    make_row,
)
from sphinx_papers.model.tables.table import COLUMNS as COLUMNS_OF_PAPERS
from sphinx_papers.sphinx_ext import __file__ as extension
from sphinx_papers.sphinx_ext.blocks.paging import split
from sphinx_papers.sphinx_ext.blocks.table_html import EVEN, table_html

STATIC = Path(extension).parent / "static"

COLUMNS = (
    Column("rank", "Rank", numeric=True),
    Column("name", "Name"),
    Column("crf", "CRF", short=True, labelled=True),
)
FILTERS = (
    Filter("year", "Year", (Choice("2022", "2022", 1), Choice("2021", "2021", 2))),
    Filter("has", "With", (Choice("code", "Code", 1), Choice("results", "Results", 2)), every=True),
)
FINDING = RowFinder("results", 3, FILTERS, "val", (Preset("All", (("year", "2021"),), 2),))


def table(finding: RowFinder | None = FINDING) -> Table:
    rows = [
        make_row(
            key, tuple(Cell((Span(text),), notes=notes) for text in ("1", key, crf)), Facts(words, terms)
        )
        for key, crf, words, terms, notes in (
            ("a", "yes", "ada </script><!--", (("2022",), ("code", "results")), ()),
            ("b", "no", "bo", (("2021",), ("results",)), (1, 2)),
            ("b", "no", "bo", (("2021",), ()), ()),
        )
    ]
    notes = (Note((Span("Sources disagree."),), conflict=True), Note((Span("Disputed."),)))
    return Table(COLUMNS, (Group((), tuple(rows)),), "Results", "None.", "voc-val", notes, finding)


def plain(spans: Spans) -> str:
    return escape("".join(span.text for span in spans))


def parsed(html: str) -> Element:
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    tree: Element = parser.parse(f"<!doctype html><title>x</title>{html}")
    assert parser.errors == []
    return tree


def data(tree: Element) -> dict[str, object]:
    (block,) = tree.findall(".//script")
    assert block.get("type") == "application/json"
    return json.loads(block.text or "")  # type: ignore[no-any-return]


def test_what_rows_are_found_by_is_data_that_no_words_can_break_out_of() -> None:
    assert data(parsed(table_html(table(), plain))) == {
        # Words of a paper stand once; answers are the places of choices, a single one as it is.
        "words": ["ada </script><!--", "bo"],
        "answers": [[0, 1, 1], [[0, 1], 1, []]],
        "noun": "results",
        "size": 3,
        "prefix": "val",
        "filters": [
            ["year", "Year", 0, [["2022", "2022", 1], ["2021", "2021", 2]]],
            ["has", "With", 1, [["code", "Code", 1], ["results", "Results", 2]]],
        ],
        "presets": [["All", [["year", "2021"]], 2]],
    }


def test_later_pages_of_a_table_hold_data_of_their_own_rows_only() -> None:
    first, second = split(table(), 2)
    assert data(parsed(table_html(first, plain)))["answers"] == [[0], [[0, 1]]]
    assert data(parsed(table_html(second, plain))) == {"words": ["bo"], "answers": [[1, 1], [1, []]]}


@pytest.mark.parametrize(
    ("rows", "sizes"),
    [(3, [3]), (4, [4]), (5, [5]), (6, [2, 4]), (8, [4, 4]), (9, [5, 4]), (13, [5, 4, 4])],
)
def test_a_row_that_comes_first_changes_the_first_page_alone(rows: int, sizes: list[int]) -> None:
    def long(count: int) -> Table:
        made = [make_row(str(place), (Cell((Span(str(place)),)),)) for place in reversed(range(count))]
        return Table(COLUMNS[:1], (Group((), tuple(made)),), "Results")

    parts, more = split(long(rows), 4), split(long(rows + 1), 4)
    assert [part.size for part in parts] == sizes
    assert [row.key for part in parts for group in part.groups for row in group.rows] == [
        str(place) for place in reversed(range(rows))
    ]
    assert parts[1:] == more[len(more) - len(parts) + 1 :]


def test_a_table_that_is_not_searched_has_no_data() -> None:
    assert parsed(table_html(table(None), plain)).findall(".//script") == []
    assert [part.finding for part in split(table(None), 2)] == [None, None]


def test_notes_are_marked_apart_from_the_text_and_stand_below() -> None:
    tree = parsed(table_html(table(), plain))
    marks = tree.findall(".//sup/a")
    assert [(mark.get("href"), mark.get("class"), mark.get("aria-label"), mark.text) for mark in marks] == [
        ("#voc-val-note-1", "sp-conflict", "note 1", "[1]"), ("#voc-val-note-2", None, "note 2", "[2]"),
        ("#voc-val-note-1", "sp-conflict", "note 1", "[1]"), ("#voc-val-note-2", None, "note 2", "[2]"),
        ("#voc-val-note-1", "sp-conflict", "note 1", "[1]"), ("#voc-val-note-2", None, "note 2", "[2]"),
    ]  # fmt: skip
    assert [(note.get("id"), note.get("class"), note.text) for note in tree.findall(".//ol/li")] == [
        ("voc-val-note-1", "sp-conflict", "Sources disagree."), ("voc-val-note-2", None, "Disputed."),
    ]  # fmt: skip


def test_a_number_with_a_note_says_what_it_is_sorted_by() -> None:
    # Its text ends with the digits of the note.
    for notes, expected in (((), None), ((1,), "70.9")):
        cell = Cell((Span("70.9"),), 70.9, notes)
        shown = Table(COLUMNS[:1], (Group((), (make_row("a", (cell,)),)),), "x", id="x")
        (made,) = parsed(table_html(shown, plain)).findall(".//td")
        assert made.get("data-sort") == expected


@pytest.mark.parametrize(("columns", "expected"), [
    (COLUMNS, "sp-ranking sp-number-1 sp-short-3 sp-label-3"),
    (COLUMNS[1:], "sp-short-2 sp-label-2"),
])  # fmt: skip
def test_what_holds_for_a_column_is_said_once(columns: tuple[Column, ...], expected: str) -> None:
    row = make_row("a", (Cell((Span("x"),)),) * len(columns))
    (made,) = parsed(table_html(Table(columns, (Group((), (row,)),), "x"), plain)).findall(".//table")
    assert made.get("class") == expected


def room(finding: RowFinder | None) -> tuple[list[str], list[str]]:
    """Return the names of filters that *finding* keeps room for, and the kinds of room in order."""
    tree = parsed(table_html(table(finding), plain, room=True))
    kept = [each.get("class") or "" for each in tree.iter() if "sp-room" in (each.get("class") or "").split()]
    return [each.text or "" for each in tree.iter("summary")], kept


def test_a_table_keeps_room_for_what_a_script_puts_above_it() -> None:
    assert room(FINDING) == (["Year", "With"], ["sp-tools sp-room sp-few", "sp-picking sp-room"])
    board = replace(FINDING, board="voc/val", size=5)
    assert room(board) == (["Year", "With"], ["sp-tools sp-room sp-compact", "sp-picking sp-room"])
    assert room(None) == ([], ["sp-picking sp-room"])
    assert room(replace(FINDING, rest=True)) == ([], ["sp-picking sp-room"])
    assert "sp-room" not in table_html(table(), plain)


def test_tables_whose_columns_are_all_known_have_widths_of_their_own() -> None:
    columns = tuple(COLUMNS_OF_PAPERS[each].column for each in ("date", "name", "title", "venue", "links"))
    (row, *_) = table().groups[0].rows
    even = Table(columns, (Group((), (row._replace(cells=(row.cells * 2)[:5]),)),), "Papers")
    assert 'class="sp-even ' in table_html(even, plain)
    assert "sp-even" not in table_html(replace(even, columns=(*columns[:4], COLUMNS[2])), plain)


def test_the_style_sheet_knows_the_widths_of_all_columns_but_those_that_share_what_is_left() -> None:
    styles = (STATIC / "sphinx-papers.css").read_text("utf-8")
    known = set(re.findall(r'\.sp-even \[data-column="(\w+)"\]', styles))
    assert known == EVEN - {"title", "methods"}
    assert known < COLUMNS_OF_PAPERS.keys()


@pytest.mark.parametrize(
    "name", ["ResNet-101", "DeepLab-v2", "ViT-B", "ViT-B/16", "ImageNet-21k", "DeepLab-v3+"]
)
def test_a_designation_is_not_broken_at_its_hyphen(name: str) -> None:
    row = make_row("a", (Cell((Span(f"like {name}, Weakly-supervised"),)),))
    found = table_html(Table(COLUMNS[1:2], (Group((), (row,)),), "Results"), plain)
    assert f'<td>like <span class="sp-whole">{name}</span>, Weakly-supervised</td>' in found
