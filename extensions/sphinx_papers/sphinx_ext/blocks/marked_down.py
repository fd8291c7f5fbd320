"""Blocks as Markdown, for programs that read a page: what an agent has no room for is left out, and said to be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from sphinx_papers.formats.text.markdown import formula, may_link
from sphinx_papers.formats.text.plain import one_line, unbroken
from sphinx_papers.model.display.text import (
    Block,
    Cell,
    Column,
    Entries,
    Fields,
    Group,
    Items,
    Listing,
    Paragraph,
    References,
    Spans,
    Table,
    Target,
)

Address = Callable[[Target], str]

# What begins markup wherever it stands; the rest of CommonMark's punctuation does so only at certain places.
_MARKUP = re.compile(r"[\\`*]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=[#A-Za-z])")
_LINKING = re.compile(rf"{_MARKUP.pattern}|[\[\]]")
_NO_LANGUAGE = re.compile(r"[^\w+#.-]")
_OPENING = re.compile(r"(?:#{1,6}|[-+])(?=\s|$)|>|~~~|(?:-\s*){3,}$|=+\s*$|-+\s*$")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_ODD = re.compile(r"[\s()]")
_LINKED = frozenset({"paper", "work", "url", "file", "page", "compare"})
"""Where a cell of a table leads; groups are a link more in each row, and listed elsewhere."""
_ALL = 1_000_000
_ROWS = (1, 2, 3, 5, 8, 15, 30, 60, 100, 150, 250, 400, _ALL)
"""Rows of each group of a table, the last number of which there is room for."""


_SHARE = 0.6
"""How much of the room that is left a table may take."""


class Room:
    """The characters that a page still has room for, and where the rest of it is."""

    def __init__(self, characters: int, rest: str = "") -> None:
        self._left, self._rest = characters, rest

    def left_out(self, number: int, what: str) -> str:
        """Say that *number* of *what* are left out, and where they are."""
        return f"{number} more {what} are left out here{self._rest}."

    def take(self, text: str) -> str:
        """Return *text*, which takes its room."""
        self._left -= len(text)
        return text

    def fits_share(self, size: int) -> bool:
        """Return whether *size* characters leave some for what comes below."""
        return size <= self._left * _SHARE

    def fits(self, size: int) -> bool:
        """Return whether there is room for *size* characters."""
        return size <= self._left


@lru_cache(maxsize=1 << 12)
def escaped(text: str) -> str:
    """Return *text* on one line, so that nothing in it is markup."""
    plain = unbroken(text)
    return (_LINKING if may_link(plain) else _MARKUP).sub(r"\\\g<0>", plain)


def opened(text: str) -> str:
    """Return the inline *text* so that it begins a paragraph, and not a list or a heading."""
    text = text.strip()
    return (
        f"\\{text}"
        if _OPENING.match(text)
        else _NUMBER.sub(r"\1\\\2", text, count=1)
        if _NUMBER.match(text)
        else text
    )


def linked(text: str, url: str) -> str:
    """Return a link; without an address the text alone."""
    if not (url and text):
        return text
    plain = one_line(url).replace("<", "%3C").replace(">", "%3E")
    return f"[{text}](<{plain}>)" if _ODD.search(plain) else f"[{text}]({plain})"


def spans_text(spans: Spans, address: Address) -> str:
    """Return *spans* as Markdown."""
    parts = []
    for span in spans:
        if span.target is not None and span.target.kind == "report":
            continue  # a form to fill in
        text = formula(span.text) if span.math else escaped(span.text)
        url = address(span.target) if span.target is not None and not span.math else ""
        if text.strip():
            text = linked(text, url)
            mark = "**" if span.strong else "*" if span.emphasis else ""
            bare = text.strip()
            text = text.replace(bare, f"{mark}{bare}{mark}", 1) if mark else text
        parts.append(text)
    return "".join(parts).strip()


def block_parts(block: Block, address: Address, room: Room) -> Iterator[str]:
    """Yield *block* as Markdown, piece by piece; each is a block of its own."""
    match block:
        case Table():
            yield from _table(block, address, room)
        case Fields(fields=fields):
            yield from _list(
                [f"- {escaped(f.label)}: {spans_text(f.value, address)}" for f in fields if f.value], room
            )
        case Paragraph(spans=spans):
            yield room.take(opened(spans_text(spans, address)))
        case Entries(entries=entries):
            yield from _list(
                [f"- {escaped(name)}: {spans_text(spans, address)}" for _, name, spans in entries], room
            )
        case Items(items=items):
            yield from _list([f"- {spans_text(spans, address)}" for spans in items], room)
        case References(entries=entries):
            yield from _list([f"- {spans_text(spans, address)}" for _, spans in entries], room)
        case Listing(text=text):
            yield room.take(fenced(text))


def fenced(text: str, language: str = "") -> str:
    """Return *text* as it stands."""
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`{3,}", text))])
    return f"{fence}{_NO_LANGUAGE.sub('', language)}\n{text.rstrip()}\n{fence}"


def _list(lines: Sequence[str], room: Room) -> Iterator[str]:
    """Yield the list of *lines*, as far as there is room."""
    told: list[str] = []
    for line in lines:
        if told and not room.fits(len(line)):
            break
        told.append(room.take(line))
    if told:
        yield "\n".join(told)
    if len(told) < len(lines):
        yield room.left_out(len(lines) - len(told), "entries")


def _table(table: Table, address: Address, room: Room) -> Iterator[str]:
    if not table.size:
        if table.empty:
            yield room.take(escaped(table.empty))
        return
    if table.lead:
        yield room.take(spans_text(table.lead, address))

    def whole(target: Target) -> str:
        return address(target) if target.kind in _LINKED else ""

    def papers_only(target: Target) -> str:
        return address(target) if target.kind == "paper" else ""

    most, lines = _fitting(table, whole, room)
    if most < _ALL:
        most, lines = _fitting(table, papers_only, room)
    yield room.take("\n".join([_head(table.columns), *lines]))
    kept = [row for group in table.groups for row in group.rows[:most]]
    if len(kept) < table.size:
        yield room.left_out(table.size - len(kept), "rows")
    marked = {number for row in kept for cell in row.cells for number in cell.notes}
    notes = [
        f"- [{place}] {spans_text(note.spans, address)}"
        for place, note in enumerate(table.notes, start=1)
        if place in marked
    ]
    yield from _list(notes, room)
    if table.legend:
        yield room.take(
            "\n".join(f"- {escaped(f.label)}: {spans_text(f.value, address)}" for f in table.legend)
        )


def _fitting(table: Table, address: Address, room: Room) -> tuple[int, list[str]]:
    """Return the rows of each group for which there is room, one at least: how many at most, and their lines.

    A row is written once, and of those for which there is no room not many are.
    """
    names = [_group_name(table, group, address) for group in table.groups]
    rows: list[list[str]] = [[] for _ in table.groups]
    most, size = 0, sum(map(len, names))
    for more in _ROWS:
        for group, lines in zip(table.groups, rows, strict=True):
            new = [_row(row.cells, address) for row in group.rows[most:more]]
            size += sum(map(len, new))
            lines.extend(new)
        if most and not room.fits_share(size):
            break
        most = more
    return most, [
        line for name, lines in zip(names, rows, strict=True) for line in (name, *lines[:most]) if line
    ]


def _group_name(table: Table, group: Group, address: Address) -> str:
    """Return the row with the name of *group*, if it has one."""
    if not group.heading:
        return ""
    heading = tuple(span._replace(strong=False) for span in group.heading)
    name = spans_text(heading, address).replace("|", "\\|")
    return f"| **{name}** {len(group.rows)} |{' |' * (len(table.columns) - 1)}"


def _head(columns: Sequence[Column]) -> str:
    names = " | ".join(escaped(column.name).replace("|", "\\|") for column in columns)
    rules = " | ".join("---:" if column.numeric else "---" for column in columns)
    return f"| {names} |\n| {rules} |"


def _row(cells: Sequence[Cell], address: Address) -> str:
    texts = []
    for cell in cells:
        marks = "".join(f" [{number}]" for number in cell.notes)
        texts.append(f"{spans_text(cell.spans, address)}{marks}".replace("|", "\\|"))
    return f"| {' | '.join(texts)} |"
