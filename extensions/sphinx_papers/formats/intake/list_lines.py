"""What in a text of Markdown could be a row of a list: of tables, items and paragraphs.

Rows are split here and not by a parser of Markdown, which drops the cells that a table has too
many and the text between the cells of HTML, and so would lose them in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_QUOTE = re.compile(r"^[ ]{0,3}(?:>[ ]?)+", re.MULTILINE)
_TABLE_START = re.compile(r"<table\b", re.IGNORECASE)
_ROW = re.compile(r"<tr\b[^<>]*>(.*?)(?:</tr\s*>|(?=<tr\b|</?table\b)|\Z)", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(
    r"<(t[dh])\b([^<>]*)>(.*?)(?:</t[dh]\s*>|(?=<t[dhr]\b|</tr\b|</?table\b)|\Z)", re.IGNORECASE | re.DOTALL
)
_WIDEST = 100
"""Cells of a row in HTML; no list has a tenth of them."""
_SPAN = re.compile(r"\b(row|col)span\s*=\s*[\"']?([0-9]{1,4})", re.IGNORECASE)
_DELIMITER = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_ITEM = re.compile(
    r"(\s*)(?:[-*+\N{BULLET}\N{TRIANGULAR BULLET}\N{WHITE BULLET}\N{MIDDLE DOT}]|[0-9]+[.)])\s+(?:\[[ xX]\]\s+)?(.*)"
)
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s*([^\s#].*)")
# A line of backticks with more of them behind is code within a line, and opens nothing.
_FENCE = re.compile(r"\s*(`{3,}(?=[^`]*$)|~{3,})")
_CLOSING = re.compile(r"\s*(`{3,}|~{3,})\s*")
_DEFINITION = re.compile(r"\s{0,3}\[[^\]]+\]:\s*\S")


class TableRow(NamedTuple):
    """A row below the head of a table."""

    line: int
    text: str
    head: Sequence[str]
    """The cells of the head; empty for a row of no table, whose bars are loose."""
    cells: Sequence[str]


class Item(NamedTuple):
    """An item of a list."""

    line: int
    depth: int
    """The column of its mark; an item that stands deeper may belong to it."""
    text: str


class ListParagraph(NamedTuple):
    """A heading, or the lines between two blanks."""

    line: int
    lines: Sequence[str]
    level: int = 0
    """Of a heading; 0 for any other."""


Piece = TableRow | Item | ListParagraph


def split_list(text: str) -> list[Piece]:
    """Return all that could be a row, in the order of the text; code and comments are none."""
    bare = _QUOTE.sub("", _without_comments(text))
    found = list(_html_rows(bare))
    bare = _ROW.sub(_lines_of, bare)
    return sorted([*found, *_Blocks(bare.split("\n")).pieces()], key=lambda piece: piece.line)


def _without_comments(text: str) -> str:
    """Return *text* with its lines, and without comments; one that nothing ends is none."""
    parts, end = [], 0
    while (start := text.find("<!--", end)) >= 0 and (stop := text.find("-->", start)) >= 0:
        parts += [text[end:start], "\n" * text.count("\n", start, stop)]
        end = stop + len("-->")
    return "".join([*parts, text[end:]])


def _lines_of(match: re.Match[str]) -> str:
    """Return the line breaks of a match alone, so that lines keep their numbers."""
    return "\n" * match[0].count("\n")


def _html_rows(text: str) -> Iterator[TableRow]:
    """Yield the rows of tables in HTML; the first of each is its head."""
    head: list[str] | None = None
    end = 0
    spans: dict[int, tuple[int, str]] = {}
    for row in _ROW.finditer(text):
        if _TABLE_START.search(text, end, row.start()):
            head, spans = None, {}
        end = row.end()
        cells = _html_cells(row[1], spans)
        if head is None:
            head = cells
        else:
            yield TableRow(text.count("\n", 0, row.start()) + 1, " ".join(row[1].split()), head, cells)


def _html_cells(row: str, spans: dict[int, tuple[int, str]]) -> list[str]:
    """Return the cells of a row, those of earlier rows that reach into it included.

    *spans* says by column how many rows more a cell reaches into; it is brought up to date.
    """
    cells: list[str] = []

    def reach() -> None:
        while len(cells) in spans:
            rows, content = spans.pop(len(cells))
            if rows > 1:
                later[len(cells)] = (rows - 1, content)
            cells.append(content)

    later: dict[int, tuple[int, str]] = {}
    for _, attributes, content in _CELL.findall(row):
        reach()
        wide = {name.lower(): int(number) for name, number in _SPAN.findall(attributes)}
        if wide.get("row", 1) > 1:
            later[len(cells)] = (wide["row"] - 1, content)
        # What spans several columns says so once.
        cells += [content, *[""] * (min(wide.get("col", 1), _WIDEST) - 1)]
    reach()
    spans.update({column: each for column, each in later.items() if column < _WIDEST})
    return cells[:_WIDEST]


class _Blocks:
    """Goes through the lines of a text."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._at = 0
        self._closing = [
            (at, match[1]) for at, line in enumerate(lines) if (match := _CLOSING.fullmatch(line))
        ]

    def pieces(self) -> Iterator[Piece]:
        """Yield each piece where it begins."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if mark := _FENCE.match(line):
                self._skip_code(mark[1])
            elif self._is_table():
                yield from self._table()
            elif match := _ITEM.fullmatch(line):
                yield self._item(len(match[1].expandtabs()), match[2])
            elif heading := _HEADING.fullmatch(line):
                self._at += 1
                if item := _ITEM.fullmatch(heading[2]):  # "##### • Maps of Maps"
                    yield Item(self._at, 0, item[2])
                    continue
                yield ListParagraph(self._at, [heading[2]], len(heading[1]))
            elif line.strip() and not _DEFINITION.match(line):
                yield from self._paragraph()
            else:
                self._at += 1

    def _skip_code(self, mark: str) -> None:
        """Go behind the fence that ends the code; one that nothing ends is none."""
        ends = (at for at, other in self._closing if at > self._at and other.startswith(mark))
        self._at = next(ends, self._at) + 1

    def _is_table(self) -> bool:
        below = self._below().strip()
        return "|" in self._lines[self._at] and "-" in below and _DELIMITER.fullmatch(below) is not None

    def _below(self) -> str:
        return self._lines[self._at + 1] if self._at + 1 < len(self._lines) else ""

    def _begins_block(self) -> bool:
        line = self._lines[self._at]
        return any(pattern.match(line) for pattern in (_ITEM, _HEADING, _FENCE)) or self._is_table()

    def _table(self) -> Iterator[TableRow]:
        """Take a table; as on a code hosting site it ends with a blank line or with another block."""
        head = _split(self._lines[self._at])
        self._at += 2
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not line.strip() or ("|" not in line and self._begins_block()):
                return
            self._at += 1
            yield TableRow(self._at, line, head, _split(line))

    def _item(self, depth: int, first: str) -> Item:
        """Take an item with the lines that go on with it, indented behind a blank or not."""
        words = [first]
        self._at += 1
        start = self._at
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not line.strip():
                below = self._below()
                if not below.strip() or _indent(below) <= depth:
                    break
            elif self._begins_block():
                break
            else:
                words.append(line.strip())
            self._at += 1
        return Item(start, depth, " ".join(words))

    def _paragraph(self) -> Iterator[Piece]:
        """Take the lines up to a blank; those between bars are rows of a table that has no head."""
        lines: list[str] = []
        start = self._at + 1
        while self._at < len(self._lines) and self._lines[self._at].strip():
            line = self._lines[self._at]
            if self._at >= start and self._begins_block():
                break
            self._at += 1
            if line.lstrip().startswith("|") and line.count("|") > 2:
                yield TableRow(self._at, line, (), _split(line))
                line = ""
            lines.append(line.strip())
        yield ListParagraph(start, lines)


def _indent(line: str) -> int:
    whole = line.expandtabs()
    return len(whole) - len(whole.lstrip())


def _split(line: str) -> list[str]:
    """Split a row into cells, at bars that are neither escaped nor in code."""
    parts = re.split(r"(\\.|`+[^`]*`+|\|)", line.strip())
    cells = [""]
    for part in parts:
        if part == "|":
            cells.append("")
        else:
            cells[-1] += "|" if part == "\\|" else part
    if not cells[0].strip():
        cells = cells[1:]
    if cells and not cells[-1].strip() and line.rstrip().endswith("|"):
        cells = cells[:-1]
    return [cell.strip() for cell in cells]
