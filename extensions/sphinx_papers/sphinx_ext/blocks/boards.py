"""The index of boards: of each the best of its largest groups, with a small picture."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinx_papers.formats.drawings.sheet import mark_path
from sphinx_papers.model.display.text import Target, paper_link
from sphinx_papers.model.tables.leaderboard import value_text
from sphinx_papers.model.views.board_index import (
    BoardSummary,
    BoardsView,
    LeagueBest,
    boards_table,
    variant_spans,
)
from sphinx_papers.sphinx_ext.blocks.html import spans_html
from sphinx_papers.sphinx_ext.blocks.nodes import viewing
from sphinx_papers.sphinx_ext.blocks.render import docutils_tables
from sphinx_papers.sphinx_ext.context import PaperContext, paper_context

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_papers.sphinx_ext.blocks.html import Address

_WIDTH, _HEIGHT, _MARGIN = 240.0, 64.0, 6.0


class summarised(viewing):  # noqa: N801  docutils' style
    """All boards at a glance."""

    def make_ready(self, domain: PaperContext, app: Sphinx) -> None:
        """Put tables in its place beside HTML."""
        if not domain.writes_html:
            boards: Any = domain.value(self["view"])
            self.replace_self(docutils_tables(boards_table(boards)))


def summarise() -> summarised:
    """Return the node that shows all boards."""
    return summarised("", view=BoardsView(), part="")


def visit_summarised(self: HTML5Translator, node: summarised) -> None:
    """Write the list."""
    domain = paper_context(self.builder.env)
    address = domain.addresses(self.builder, self.builder.current_docname)
    boards: Any = domain.value(node["view"])
    items = "".join(_board(board, address) for board in boards)
    self.body.append(f'<ul class="sp-boards">\n{items}</ul>\n')
    raise nodes.SkipNode


def _board(board: BoardSummary, address: Address) -> str:
    url = f"{address(Target('benchmark', board.benchmark))}#{nodes.make_id(board.title)}"
    counted = f"{board.size} result{'' if board.size == 1 else 's'}"
    others = f", {board.others} more group{'' if board.others == 1 else 's'}" if board.others > 0 else ""
    leagues = "".join(_league(each, slot, address) for slot, each in enumerate(board.leagues, start=1))
    return (
        f'<li><a class="sp-board" href="{escape(url)}">{escape(board.title)}</a>'
        f'<p class="sp-total">{counted}{others}; {escape(board.metric)}</p>\n{_picture(board)}'
        f"<ul>{leagues}</ul></li>\n"
    )


def _league(each: LeagueBest, slot: int, address: Address) -> str:
    best = each.best
    value = value_text(best.result.value)
    name = spans_html((paper_link(best.paper), *variant_spans(best)), address)
    return f"<li>{_key(slot)} {escape(each.name)}: <strong>{value}</strong> {name}, {best.paper.year}</li>"


def _key(slot: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="sp-key" viewBox="-7 -7 14 14" width="12" height="12" aria-hidden="true">'
        f'<path class="sp-mark sp-s{slot}" d="{mark_path(str(slot))}"/></svg>'
    )


def _picture(board: BoardSummary) -> str:
    """Return how the best of each group rose, from the left to the right; the list says the numbers."""
    lines = []
    for slot, each in enumerate(board.leagues, start=1):
        points = [(_across(x), _down(y)) for x, y in each.steps]
        line = "".join(f"H{x:g}V{y:g}" if place else f"M{x:g} {y:g}" for place, (x, y) in enumerate(points))
        lines.append(f'<path class="sp-best sp-s{slot}" d="{line}H{_WIDTH - _MARGIN:g}"/>')
        lines += [
            f'<path class="sp-mark sp-s{slot}" transform="translate({x:g} {y:g}) scale(.6)" d="{mark_path(str(slot))}"/>'
            for x, y in points
        ]
    drawn = "".join(lines)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="sp-spark" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" width="{_WIDTH:g}" height="{_HEIGHT:g}"'
        f' aria-hidden="true">{drawn}</svg>\n'
    )


def _across(part: float) -> float:
    return round(_MARGIN + part * (_WIDTH - 2 * _MARGIN - 20), 1)


def _down(part: float) -> float:
    return round(_HEIGHT - _MARGIN - part * (_HEIGHT - 2 * _MARGIN), 1)
