"""Lists of papers in Markdown, as a field keeps them: tables, items and paragraphs, in many manners."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sphinx_papers.formats.intake.list_draft import (
    LABELS,
    NOWHERE,
    Context,
    ListRow,
    find_year,
    folded,
    is_arxiv,
)
from sphinx_papers.formats.intake.list_items import item_row
from sphinx_papers.formats.intake.list_lines import Item, ListParagraph, TableRow, split_list
from sphinx_papers.formats.intake.list_tables import head_row, table_row
from sphinx_papers.formats.intake.list_titles import item_title, marked_title
from sphinx_papers.formats.intake.markdown_cell import MarkdownCell, read_cell, references
from sphinx_papers.model.records.venue_name import VenueNames

# A paragraph with a link of such a kind is about a paper.
_OF_PAPERS = frozenset({"link", "code", "arxiv", "doi", "project"})
_NUMBERED = re.compile(r"\s*\[[0-9]{1,4}\]\s")


def read_paper_list(text: str, venues: VenueNames, given: Context = NOWHERE) -> Iterator[ListRow]:
    """Yield every row of every table, every item, and every paragraph that could be a paper.

    *given* holds for every row that does not say otherwise, by itself or by the heading above it.
    """
    known = references(text)
    headings: list[tuple[int, Context]] = [(0, given)]
    head: Sequence[str] = ()
    for piece in _joined(split_list(text), known, venues):
        context = headings[-1][1]
        match piece:
            case TableRow():
                if piece.head is not head and (named := head_row(piece, known)):
                    yield named
                head = piece.head
                yield table_row(piece, known, venues, context)
            case Item():
                cell = _cell(piece.text, known)
                if not _leads_within(cell):
                    yield item_row(piece.line, piece.text, cell, venues, context)
            case ListParagraph(level=level) if level:
                while headings[-1][0] >= level:
                    headings.pop()
                told = _told_by(read_cell(piece.lines[0], known).text, venues)
                # "### 2022" below "## 2023": their levels say nothing, so the last one that is told holds.
                if told.year and headings[-1][1].year not in {0, told.year}:
                    headings = [(at, replace(outer, year=told.year)) for at, outer in headings]
                headings.append((level, _within(headings[-1][1], told)))
                yield from _paragraph_rows(piece, known, venues, context)
            case ListParagraph():
                yield from _paragraph_rows(piece, known, venues, context)


def _cell(text: str, known: Mapping[str, Any]) -> MarkdownCell:
    """Read an item or paragraph, in which a break ends what stands before it; within a table it only wraps."""
    return read_cell(re.sub(r"<br\s*/?>", " | ", text, flags=re.IGNORECASE), known)


def _told_by(heading: str, venues: VenueNames) -> Context:
    """Return venue and year of a heading that says no more than these."""
    words = folded(heading).removesuffix("papers").removesuffix("paper").strip()
    year = find_year(heading)
    if re.fullmatch(r"(?:19|20)[0-9]{2}", words):
        return Context(year=year)
    bare = re.sub(r"(?<![\W_])[\W_]*\b[Pp]apers?\b.*$", "", heading).strip(" :-*_")
    # *Pattern Recognition* without a year is what papers are about, as well as a journal.
    is_name = bool(year) or re.search(r"[A-Z]\w*[A-Z]", bare) is not None
    is_venue = is_name and venues.find(bare) and len(bare.split()) <= 8 and is_plain(bare)
    return Context(bare, year) if is_venue else Context()


def is_plain(text: str) -> bool:
    """Say whether a heading has letters, digits and blanks alone: no sentence, no list of several venues."""
    return re.fullmatch(r"[\w\s'\N{RIGHT SINGLE QUOTATION MARK}&()-]+", text) is not None


def _within(outer: Context, told: Context) -> Context:
    return Context(told.venue or outer.venue, told.year or outer.year)


def _joined(
    pieces: Sequence[TableRow | Item | ListParagraph], known: Mapping[str, Any], venues: VenueNames
) -> Iterator[TableRow | Item | ListParagraph]:
    """Yield *pieces*, with what stands in items of its own below a paper's item put into that.

    A paragraph that is a title in strong letters takes the items below it that have none.
    """
    paper: Item | None = None
    for piece in pieces:
        has_title = isinstance(piece, Item) and bool(item_title(_cell(piece.text, known), venues)[0])
        if isinstance(piece, Item) and paper and piece.depth > paper.depth and not has_title:
            paper = paper._replace(text=f"{paper.text} | {piece.text}")
            continue
        if paper:
            yield (
                paper if paper.depth >= 0 or " | " in paper.text else ListParagraph(paper.line, [paper.text])
            )
        paper = None
        if isinstance(piece, Item) and has_title:
            paper = piece
        elif isinstance(piece, ListParagraph) and _is_title(piece, known, venues):
            paper = Item(piece.line, -1, " ".join(piece.lines))
        elif isinstance(piece, ListParagraph) and (bracketed := _bracketed_title(piece, known)):
            paper = Item(piece.line, -1, f"**{bracketed}**")
        else:
            yield piece
    if paper:
        yield paper if paper.depth >= 0 or " | " in paper.text else ListParagraph(paper.line, [paper.text])


def _is_title(paragraph: ListParagraph, known: Mapping[str, Any], venues: VenueNames) -> bool:
    """Say whether a paragraph is one title in strong letters and nothing else."""
    cell = read_cell(" ".join(paragraph.lines), known)
    title, _ = marked_title(cell, venues)
    return bool(title) and not paragraph.level and cell.strong == [cell.text.strip()] and not cell.links


def _bracketed_title(paragraph: ListParagraph, known: Mapping[str, Any]) -> str:
    """Return the title of a paragraph that is one in brackets and nothing else, *[Maps of Maps]* above the paper's links."""
    cell = read_cell(" ".join(paragraph.lines), known)
    whole = re.fullmatch(r"\[([^\[\]]{12,})\]", cell.text.strip())
    return whole[1] if whole and not paragraph.level and not cell.links and whole[1].count(" ") >= 2 else ""


def _leads_within(cell: MarkdownCell) -> bool:
    """Say whether an item is one of a table of contents."""
    return (
        bool(cell.links)
        and all(link.href.startswith("#") for link in cell.links)
        and folded(cell.text) == folded(" ".join(link.label for link in cell.links))
    )


def _paragraph_rows(
    paragraph: ListParagraph, known: Mapping[str, Any], venues: VenueNames, context: Context
) -> Iterator[ListRow]:
    """Yield the papers of a paragraph: each goes on to the line on which the next title stands."""
    start, words, is_paper = paragraph.line, "", False
    for number, line in enumerate(paragraph.lines, paragraph.line):
        cell = _cell(line, known)
        if (is_paper and marked_title(cell, venues)[0]) or (words and _NUMBERED.match(line)):
            if is_paper:
                yield _paragraph_row(start, words, known, venues, context)
            start, words, is_paper = number, "", False
        words = f"{words} | {line}" if words else line
        is_paper = is_paper or _is_of_paper(cell, venues)
    if is_paper:
        yield _paragraph_row(start, words, known, venues, context)


def _is_of_paper(cell: MarkdownCell, venues: VenueNames) -> bool:
    if any(LABELS.get(folded(link.label)) in _OF_PAPERS or is_arxiv(link.href) for link in cell.links):
        return True
    is_cited = cell.links or _NUMBERED.match(cell.text)
    return bool(marked_title(cell, venues)[0] and is_cited and find_year(cell.text))


def _paragraph_row(
    line: int, text: str, known: Mapping[str, Any], venues: VenueNames, context: Context
) -> ListRow:
    cell = _cell(text, known)
    is_numbered = re.match(r"[\[(][^\])]{1,30}[\])]", cell.text) is not None
    # "Paper: Maps of Maps [[pdf]](...)", of which the title stands on one line.
    is_headed = re.match(r"(?i)paper\s*[:\N{FULLWIDTH COLON}][^|\[]+\[", cell.text) is not None
    if not is_numbered and not is_headed and not marked_title(cell, venues)[0]:
        return ListRow(
            line, text, reason="it is a paragraph without a title; make it an item if it is a paper"
        )
    return item_row(line, text, cell, venues, context)
