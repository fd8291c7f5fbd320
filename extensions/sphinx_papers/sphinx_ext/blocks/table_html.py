"""Tables as HTML: what concerns a whole column is said once, what only a script needs in one block of data."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import escape

from sphinx_papers.model.display.text import Cell, Group, Note, Row, RowFinder, Spans, Table
from sphinx_papers.model.tables.ranking import BEST
from sphinx_papers.model.views.side_by_side import ASPECT
from sphinx_papers.sphinx_ext.blocks.table_room import has_papers, is_dated, room_html

Html = Callable[[Spans], str]
"""Turns runs of text into HTML."""

_MANY = 8
"""Columns of a table beyond which its letters are smaller."""
EVEN = frozenset(("arxiv", "code", "date", "links", "methods", "name", "title", "venue", "year"))
"""Columns for which the style sheet has widths: tables of no others are laid out before their last row is there."""
_DESIGNATION = re.compile(
    r"(?:(?<=>)|(?<=^)|(?<= ))([A-Z][\w.]*-(?:[\w./+]*\d[\w./+]*|[A-Z]{1,2}))(?=$|[ ,;<])"
)
"""A name with a number or a size after a hyphen, as running text; no part of an address."""
_CONFLICT = ' class="sp-conflict"'


def table_html(table: Table, html: Html, *, room: bool = False) -> str:
    """Return *table* as HTML; one without rows as the sentence that says so.

    *room* keeps room above it for what a script puts there.
    """
    if not table.size:
        return f'<p class="sp-empty">{escape(table.empty)}</p>\n'
    name = escape(table.caption)
    head = "".join(
        f'<th scope="col" data-column="{escape(c.id)}">{escape(c.name)}</th>' for c in table.columns
    )
    whole = table.columns[0].id != "rank"  # a ranking has room, and very many rows
    conflicts = {place for place, note in enumerate(table.notes, start=1) if note.conflict}
    parts = [
        f'<p class="sp-lead">{html(table.lead)}</p>\n' if table.lead else "",
        room_html(table) if room else "",
        f'<div class="{_frame(table, room=room)}" role="region" aria-label="{name}" tabindex="0">\n',
        f'<table class="{" ".join(_classes(table))}"{_best(table)}>\n<caption>{name}</caption>\n',
        f"<thead><tr>{head}</tr></thead>\n",
    ]
    for group in table.groups:
        parts.append("<tbody>\n")
        if group.heading:
            parts.append(_heading(group, len(table.columns), html))
        parts += [_row(row, html, table.id, conflicts, whole=whole) for row in group.rows]
        parts.append("</tbody>\n")
    parts.append("</table>\n</div>\n")
    if table.notes:
        parts.append(_notes(table.id, table.notes, html))
    if table.legend:
        lines = (f"<dt>{escape(each.label)}</dt><dd>{html(each.value)}</dd>\n" for each in table.legend)
        parts.append(f'<dl class="sp-fields sp-legend">\n{"".join(lines)}</dl>\n')
    if table.finding:
        parts.append(_data(table, table.finding))
    return "".join(parts)


def _frame(table: Table, *, room: bool) -> str:
    """Return the class of what is around the table."""
    if table.columns[0].id == ASPECT:
        return "sp-beside"
    return "sp-table sp-picked" if room and has_papers(table) else "sp-table"


def _classes(table: Table) -> Iterator[str]:
    """Yield what holds for columns: a class for each says more in less than one on each cell."""
    if table.columns[0].id == "rank":
        yield "sp-ranking"
    elif len(table.columns) > _MANY:
        yield "sp-wide"
    if EVEN.issuperset(column.id for column in table.columns):
        yield "sp-even"
    for place, column in enumerate(table.columns, start=1):
        if column.numeric:
            yield f"sp-number-{place}"
        if column.short:
            yield f"sp-short-{place}"
        if column.labelled:
            yield f"sp-label-{place}"


def _heading(group: Group, width: int, html: Html) -> str:
    count = f' <span class="sp-count">{len(group.rows)}</span>'
    return f'<tr class="sp-group"><th colspan="{width}" scope="rowgroup">{html(group.heading)}{count}</th></tr>\n'


def _row(row: Row, html: Html, table: str, conflicts: set[int], *, whole: bool) -> str:
    cells = "".join(
        [
            f"<td{_sort(cell)}>{_whole(html(cell.spans)) if whole else html(cell.spans)}{_marks(cell, table, conflicts) if cell.notes else ''}</td>"
            for cell in row.cells
        ]
    )
    key = f' data-key="{escape(row.key)}"' if row.key else ""
    return f"<tr{key}>{cells}</tr>\n"


def _whole(html: str) -> str:
    """Return *html* with designations such as *ResNet-101* in one piece, which lines break at the hyphen otherwise."""
    return _DESIGNATION.sub(r'<span class="sp-whole">\1</span>', html)


def _sort(cell: Cell) -> str:
    """Return what to sort by, where that is not the number or the text which the cell begins with."""
    if cell.sort is None:
        return ""
    sort, text = str(cell.sort), cell.text
    if not cell.notes and (text == sort or text.casefold() == sort or text.startswith(f"{sort} ")):
        return ""
    return f' data-sort="{escape(sort)}"'


def _marks(cell: Cell, table: str, conflicts: set[int]) -> str:
    links = [
        f'<a href="#{escape(table)}-note-{number}"{_CONFLICT if number in conflicts else ""}'
        f' aria-label="note {number}">[{number}]</a>'
        for number in cell.notes
    ]
    return f" <sup>{''.join(links)}</sup>"  # apart and in brackets: who copies a number wants no digit more


def _notes(table: str, notes: tuple[Note, ...], html: Html) -> str:
    items = "".join(
        f'<li id="{escape(table)}-note-{number}"{_CONFLICT if note.conflict else ""}>'
        f"{html(note.spans)}</li>\n"
        for number, note in enumerate(notes, start=1)
    )
    return f'<ol class="sp-notes">\n{items}</ol>\n'


def _best(table: Table) -> str:
    """Return how a ranking marks rows, as the script marks others where a filter leaves some out."""
    return f' data-best="{BEST}"' if table.columns[0].id == "rank" else ""


def _data(table: Table, finding: RowFinder) -> str:
    """Return what a script finds rows by, as a block of data, which no policy takes for a script.

    Words stand once for each paper, in the order of the rows; answers are numbers of choices.
    """
    rows = [row for group in table.groups for row in group.rows]
    words = {row.key: row.facts.words for row in rows if row.facts}
    numbers = [{choice.id: place for place, choice in enumerate(f.choices)} for f in finding.filters]
    answers = [
        [_compact([known[term] for term in row.facts.terms[place]]) for row in rows if row.facts]
        for place, known in enumerate(numbers)
    ]
    data: dict[str, object] = {"words": list(words.values()), "answers": answers}
    moments = [row.facts.moment for row in rows if row.facts]
    if any(moments):
        data["moments"] = moments
        data["places"] = [row.facts.place for row in rows if row.facts]
    if is_dated(table):
        data["known"] = [row.facts.known for row in rows if row.facts]
    if not finding.rest:
        data |= {
            "noun": finding.noun,
            "size": finding.size,
            "prefix": finding.prefix,
            "filters": [(f.id, f.name, int(f.every), f.choices) for f in finding.filters],
            "presets": [(p.name, p.chosen, p.rows) for p in finding.presets],
        }
    if finding.having:
        data |= {"having": finding.having, "needs": [row.facts.needs for row in rows if row.facts]}
    if finding.board and not finding.rest:
        board = {"alike": finding.alike, "free": finding.free, "texts": _texts(finding)}
        data |= {"board": finding.board, **board}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" class="sp-finding">{text}</script>\n'


def _texts(finding: RowFinder) -> dict[str, object]:
    """Return what filters and choices are called in LaTeX and Markdown, where that is not as it stands."""
    from sphinx_papers.formats.exports.board_json import both  # noqa: PLC0415  see formats.records.reading

    names = {name for f in finding.filters for name in (f.name, *(choice.name for choice in f.choices))}
    return {name: text for name in sorted(names) if (text := both(name)) != name}


def _compact(numbers: list[int]) -> object:
    return numbers[0] if len(numbers) == 1 else numbers
