"""Lists of papers in Markdown, as a field keeps them: tables, items and paragraphs, in many manners."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sphinx_papers.formats.intake.list_draft import Row, find_year, folded, is_arxiv, kind
from sphinx_papers.formats.intake.list_items import item_row, item_title, marked_title, venue_in
from sphinx_papers.formats.intake.list_lines import Item, Paragraph, TableRow, split_list
from sphinx_papers.formats.intake.list_tables import table_row
from sphinx_papers.formats.intake.markdown_cell import Cell, read_cell, references
from sphinx_papers.model.records.venue_name import VenueNames

# A paragraph with a link of such a kind is about a paper.
_OF_PAPERS = frozenset({"link", "code", "arxiv", "doi", "project"})


def read_paper_list(text: str, venues: VenueNames) -> Iterator[Row]:
    """Yield every row of every table, every item, and every paragraph that could be a paper."""
    known = references(text)
    for piece in _joined(split_list(text), known):
        match piece:
            case TableRow():
                yield table_row(piece, known)
            case Item():
                cell = read_cell(piece.text, known)
                if not _leads_within(cell):
                    yield item_row(piece.line, piece.text, cell, venues)
            case Paragraph():
                yield from _paragraph_rows(piece, known, venues)


def _joined(
    pieces: Sequence[TableRow | Item | Paragraph], known: Mapping[str, Any]
) -> Iterator[TableRow | Item | Paragraph]:
    """Yield *pieces*, with what stands in items of its own below a paper's item put into that."""
    paper: Item | None = None
    for piece in pieces:
        has_title = isinstance(piece, Item) and bool(item_title(read_cell(piece.text, known))[0])
        if isinstance(piece, Item) and paper and piece.depth > paper.depth and not has_title:
            paper = paper._replace(text=f"{paper.text} | {piece.text}")
            continue
        if paper:
            yield paper
        paper = piece if isinstance(piece, Item) and has_title else None
        if paper is None:
            yield piece
    if paper:
        yield paper


def _leads_within(cell: Cell) -> bool:
    """Say whether an item is one of a table of contents."""
    return (
        bool(cell.links)
        and all(link.href.startswith("#") for link in cell.links)
        and folded(cell.text) == folded(" ".join(link.label for link in cell.links))
    )


def _paragraph_rows(paragraph: Paragraph, known: Mapping[str, Any], venues: VenueNames) -> Iterator[Row]:
    """Yield the papers of a paragraph: each goes on to the line on which the next title stands."""
    start, words, is_paper = paragraph.line, "", False
    for number, line in enumerate(paragraph.lines, paragraph.line):
        cell = read_cell(line, known)
        if is_paper and marked_title(cell)[0]:
            yield _paragraph_row(start, words, known, venues)
            start, words, is_paper = number, "", False
        words = f"{words} | {line}" if words else line
        is_paper = is_paper or _is_of_paper(cell, venues)
    if is_paper:
        yield _paragraph_row(start, words, known, venues)


def _is_of_paper(cell: Cell, venues: VenueNames) -> bool:
    if any(kind(link) in _OF_PAPERS or is_arxiv(link.href) for link in cell.links):
        return True
    return bool(marked_title(cell)[0] and cell.links and find_year(cell.text) and venue_in(cell.text, venues))


def _paragraph_row(line: int, text: str, known: Mapping[str, Any], venues: VenueNames) -> Row:
    cell = read_cell(text, known)
    is_numbered = re.match(r"[\[(][^\])]{1,30}[\])]", cell.text) is not None
    if not is_numbered and not marked_title(cell)[0]:
        return Row(line, text, reason="it is a paragraph without a title; make it an item if it is a paper")
    return item_row(line, text, cell, venues)
