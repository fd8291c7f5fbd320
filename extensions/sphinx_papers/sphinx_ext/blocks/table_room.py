"""The room above a table for what a script puts there, so that the table does not move when it comes.

It has the same elements, which the style sheet shows to nobody and lays out only where scripts run: so it is
as high as they will be at every width, and the script puts its own in their places.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from sphinx_papers.model.display.text import Filter, RowFinder, Table

FEW = 5
"""So many rows are seen at a glance, and need no filters."""
ALL_SHOWN, TAKE_ALONG, FILTERS = "Select all shown", "Cite or export …", "Filter and sort"
"""What stands on the buttons."""


def has_papers(table: Table) -> bool:
    """Say whether rows of *table* are papers that a reader may take along."""
    return any(row.key for group in table.groups for row in group.rows)


def is_dated(table: Table) -> bool:
    """Say whether one may ask of rows of *table* which were public by then."""
    return any(
        row.facts is not None and row.facts.known is not None for group in table.groups for row in group.rows
    )


def room_html(table: Table) -> str:
    """Return the room above *table* for its filters, where it has some, and the buttons that take papers along."""
    picking, finding = has_papers(table), table.finding
    if finding is None or finding.rest:
        return _PICKING if picking else ""
    inside, below = (_PICKING, "") if finding.board else ("", _PICKING)
    dating = _menu("As of") if is_dated(table) else ""
    return _tools(finding, dating, inside if picking else "") + (below if picking else "")


_PICKING = (
    f'<div class="sp-picking sp-room"><button type="button" disabled>{ALL_SHOWN}</button>'
    f'<button type="button" disabled>{TAKE_ALONG}</button></div>\n'
)


_HAVING = (
    '<label class="sp-having"><input type="checkbox" disabled><span>Whatever needs no more</span></label>'
)


def _tools(finding: RowFinder, dating: str, picking: str) -> str:
    kinds = ["sp-tools", "sp-room"]
    kinds += ["sp-compact"] if finding.board else []
    kinds += ["sp-few"] if finding.size < FEW else []
    presets = '<div class="sp-presets"><span>&nbsp;</span><a>&nbsp;</a></div>' if finding.presets else ""
    return (
        f'<div class="{" ".join(kinds)}"><div class="sp-line"><input type="search" disabled>'
        f'<button type="button" class="sp-opener" disabled>{FILTERS}</button>'
        f'<div class="sp-filters">{"".join(_menus(finding.filters))}{dating}{_HAVING if finding.having else ""}</div></div>{presets}'
        f'<div class="sp-line"><p class="sp-status">{finding.size:,} {escape(finding.noun)}</p>{picking}</div></div>\n'
    )


def _menus(filters: Iterable[Filter]) -> Iterable[str]:
    return (_menu(each.name) for each in filters)


def _menu(name: str) -> str:
    return f'<details class="sp-menu"><summary>{escape(name)}</summary></details>'
