"""Rows of tables as drafts: each cell counts as the head of its column says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sphinx_papers.formats.intake.list_draft import (
    COLUMN_OF,
    COLUMNS,
    NO_END,
    NO_EVIDENCE,
    NOWHERE,
    Context,
    ListRow,
    are_people,
    find_year,
    finished,
    folded,
    holds_people,
    is_arxiv,
    is_of_paper,
    is_venue,
    kind,
    leads_to_paper,
    placed,
    read_people,
    title_alone,
    unlike_a_title,
    venue_year,
    with_links,
)
from sphinx_papers.formats.intake.list_lines import TableRow
from sphinx_papers.formats.intake.markdown_cell import Link, MarkdownCell, read_cell
from sphinx_papers.formats.intake.words import find_arxiv, find_doi, one_line, record_title, written_date
from sphinx_papers.model.records.draft import Draft
from sphinx_papers.model.records.venue_name import VenueNames

_COLLECTED = frozenset({"code", "link", "project"})


def table_row(
    row: TableRow, known: Mapping[str, Any], venues: VenueNames, context: Context = NOWHERE
) -> ListRow:
    """Read a row of a table; *known* are the references of the text."""
    cells = [read_cell(each, known) for each in row.cells]
    if not row.head:
        return ListRow(row.line, row.text, reason="its table has no line of dashes below its head")
    columns = _columns(row.head, known)
    found: dict[str, MarkdownCell] = {}
    unused: list[str] = []
    for place, cell in enumerate(cells):
        if cell.is_missing:
            continue
        column, name = columns[place] if place < len(columns) else ("", "a cell too many")
        if column and column not in found:
            found[column] = cell
        elif column in _COLLECTED and cell.links:
            found[column].links.extend(cell.links)
        else:
            unused.append(f"{name or f'column {place + 1}'}: {cell.shown}")
    if not found and not unused:
        return ListRow(row.line, row.text)
    title = found.pop("title", None)
    # "8) **Maps of Maps** - draws maps": what is strong is the title, if it is one, and the rest says what it does.
    more = ""
    if title is not None and (described := _described(title)):
        title, more = described
    is_listed = title is not None
    # A table headed *Method* whose cells are titles.
    if title is None and "link" in found and (linked := _linked_title(found["link"])):
        title, is_listed = replace(found["link"], text=linked, strong=[]), True
        found.pop("link")
        if "name" in found and not re.fullmatch(r"[\w+*^@.-]{2,25}", found["name"].text):
            unused.append(
                f"{next(head for column, head in columns if column == 'name')}: {found.pop('name').shown}"
            )
    if title is None and "name" in found and found["name"].text.count(" ") >= 2:
        title = found.pop("name")
    if title is None:
        has_column = any(column == "title" for column, _ in columns)
        has_names = "name" in found
        reason = "it has no title" if has_column else "no column of its table is named `Title`"
        if has_names and not has_column:
            reason = f"it names a method, {found['name'].shown}, and no title"
        return ListRow(row.line, row.text, reason=reason, unused=tuple(unused))
    if re.search(r"\bet\.? al\b", _bare_title(title, title.links)[0]):
        return ListRow(
            row.line, row.text, reason="it names the first author, and no title", unused=tuple(unused)
        )
    words = _bare_title(title, title.links)[0]
    if re.fullmatch(r"(?=\S{0,25}[^\W\d_]\S{0,25}[A-Z0-9])[\w+*^@.-]{2,25}", words):
        return ListRow(
            row.line, row.text, reason=f"it names a method, {words}, and no title", unused=tuple(unused)
        )
    if find_year(words) and is_venue(words, venues) and len(words.split()) <= 3:
        return ListRow(
            row.line, row.text, reason=f"it names a venue, {words}, and no title", unused=tuple(unused)
        )
    if not title.text or _is_description(title.text):
        reason = "it describes a paper, and where its title ends is not certain"
        return ListRow(row.line, row.text, reason=reason, unused=tuple(unused))
    draft, rest = _from_cells(title, found, venues, context)
    rest += [f"description: {more}"] if more else []
    if not draft.title:
        return ListRow(row.line, row.text, reason="it has no title", unused=(*unused, *rest))
    if holds_people(draft.title):
        reason = "where its title ends and its authors begin is not certain"
        return ListRow(row.line, row.text, reason=reason, unused=(*unused, *rest))
    if unlike_a_title(draft.title):
        return ListRow(row.line, row.text, reason=NO_END, unused=(*unused, *rest))
    links = [link for cell in cells for link in cell.links]
    if not is_of_paper(draft, links, is_listed=is_listed):
        return ListRow(row.line, row.text, reason=NO_EVIDENCE, unused=(*unused, *rest))
    return ListRow(row.line, row.text, draft, unused=(*unused, *rest))


def head_row(row: TableRow, known: Mapping[str, Any]) -> ListRow | None:
    """Return what is said of the head of a table that names papers itself, beside a column of their results for instance."""
    cells = [read_cell(each, known) for each in row.head]
    papers = [
        link.href for cell in cells for link in cell.links if is_arxiv(link.href) or "doi.org/" in link.href
    ]
    reason = "it is the head of a table, and names papers: " + ", ".join(papers)
    return ListRow(row.line, " | ".join(row.head), reason=reason) if papers else None


def _columns(head: Sequence[str], known: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return (column, name) of each cell of a head; the column is empty if it is not understood."""
    names = [read_cell(each, known).text for each in head]
    columns = [_column(name) for name in names]
    if "title" in columns:
        # *Paper* is the title's column where there is no other.
        return [
            ("link" if folded(n) == "paper" else column, n) for column, n in zip(columns, names, strict=True)
        ]
    return [
        ("title" if folded(n) == "paper" else column, n) for column, n in zip(columns, names, strict=True)
    ]


def _column(name: str) -> str:
    if whole := COLUMN_OF.get(folded(name), ""):
        return whole
    if column := kind(Link(name, "")):
        return column if column in COLUMNS else ""
    parts = {COLUMN_OF.get(folded(part), "") for part in re.split(r"[/&+,|()]|\band\b|\bor\b", name)}
    return next((column for column in COLUMNS if column in parts), "")


def _from_cells(
    title: MarkdownCell, found: Mapping[str, MarkdownCell], venues: VenueNames, context: Context
) -> tuple[Draft, list[str]]:
    links = [link for cell in (title, *found.values()) for link in cell.links]
    texts = {column: cell.text for column, cell in found.items()}
    # A column headed *Year* that says where as well.
    for name in ("year", "date"):
        if name in texts and not texts.get("venue") and is_venue(texts[name], venues):
            texts["venue"] = texts[name]
    years = [find_year(texts.get(name, "")) for name in ("venue", "year", "date")]
    date = written_date(texts.get("date", ""))
    arxiv, doi = find_arxiv(texts.get("arxiv", "")), find_doi(texts.get("doi", ""))
    rest = []
    if texts.get("date") and not date and not any(years):
        rest.append(f"date not understood: {texts['date']}")
    if years[0] and years[1] and years[0] != years[1]:
        rest.append(f"year: {texts['year']}")
    slanted = next((each for each in title.emphasised if are_people(each)), "")
    authors, notes = read_people(texts.get("authors", "") or slanted)
    if not authors and "first author" in found:
        notes = (f"the list names the first author only: {texts['first author']}",)
    whole, more = _bare_title(title, links)
    words = title_alone(whole, venues)
    more = one_line(f"{more} {whole.replace(words, ' ', 1)}").strip(" *_.,;:()[]")
    labels = [link.label for link in links if link.label != words and is_venue(link.label, venues)]
    if date_of_venue := written_date(texts.get("venue", "")):
        date = date or date_of_venue
        texts["venue"] = ""
    venue = texts.get("venue", "") or next(iter(labels), "")
    # "Blog", "Anthropic": who published it, and not where.
    if re.fullmatch(r"[A-Z]?[a-z]*", venue) and not venues.find(venue):
        rest += [f"venue: {venue}"] if venue else []
        venue = ""
    if not venue and is_venue(more, venues):
        venue, more = more, ""
    rest += [f"beside the title: {more}"] if more else []
    years.insert(1, venue_year(venue, venues))
    if re.search(r"\bet\.? al\b", texts.get("name", "")):  # who proposed it, rather than what it is called
        rest.append(f"name: {texts.pop('name')}")
    draft = Draft(
        title=record_title(words), names=(texts["name"],) if texts.get("name") else (), authors=authors, date=date,
        year=next(filter(None, years), 0), venue=venue.strip(" *_[]()"), arxiv=arxiv, doi=doi, notes=notes,
    )  # fmt: skip
    understood = {"arxiv": arxiv, "doi": doi}
    rest += [
        f"{column}: {found[column].shown}"
        for column in ("code", "project", "arxiv", "doi", "link")
        if column in found and not found[column].links and not understood.get(column)
    ]
    labelled = [(_kind_in(column, link), link.href) for column, cell in found.items() for link in cell.links]
    labelled += [
        (
            kind(link)
            or (
                "title"
                if len(title.links) == 1 or link.label in words
                else "link"
                if leads_to_paper("", link.href)
                else ""
            ),
            link.href,
        )
        for link in title.links
    ]
    draft, unlinked = with_links(draft, labelled)
    draft = placed(draft, [link.href for link in links], context, venues)
    return finished(draft), [*rest, *unlinked]


def _linked_title(cell: MarkdownCell) -> str:
    """Return the title that a column of links has for the label of its one link to a paper; empty if there is none."""
    labels = [
        link.label
        for link in cell.links
        if link.label.count(" ") >= 2 and not kind(link) and leads_to_paper("", link.href)
    ]
    return labels[0].strip(" *_") if len(labels) == 1 and not are_people(labels[0]) else ""


def _kind_in(column: str, link: Link) -> str:
    """Return what a link of a column leads to: *Project page* below *Code* is no code."""
    told = kind(link)
    return told if told and (column == "link" or told in {"code", "project", "bibtex", "beside"}) else column


def _described(cell: MarkdownCell) -> tuple[MarkdownCell, str] | None:
    """Return the title that a description begins with in strong letters, and the rest; an empty one is a name alone."""
    if not cell.strong or cell.text.strip(" *_") == cell.strong[0].strip(" *_"):
        return None
    before, strong, after = cell.text.partition(cell.strong[0])
    if re.fullmatch(r"\W*[0-9]{0,3}\W*", before) and re.match(r"\W*\s*[-\N{EN DASH}\N{EM DASH}:]\s", after):
        bare = strong.strip(" *_.,:-")
        return replace(cell, text=bare if len(bare.split()) > 2 else "", strong=[]), after.strip(" *_-:")
    return None


def _is_description(text: str) -> bool:
    """Say whether *text* is longer than titles are: a long one with several sentences, or far too long."""
    return len(text) > 300 or (
        len(text) > 120 and re.search(r"[a-z]{3}[.;]\s+\w+\s\w+\s\w+", text) is not None
    )


def _bare_title(cell: MarkdownCell, links: Sequence[Link]) -> tuple[str, str]:
    """Return the words of a title's cell without labels of links such as *[code]*, and what is beside them."""
    text = cell.text
    for words in (*(each for each in cell.emphasised if are_people(each)), *cell.images):
        text = text.replace(words, " ", 1)
    for link in links:
        if kind(link) and link.label != text and link.label in text:
            text = re.sub(rf"\[?{re.escape(link.label)}\]?", " ", text, count=1)
    linked = [link.label for link in cell.links if not link.is_image and link.label.count(" ") >= 2]
    if len(linked) == 1 and not kind(Link(linked[0], "")):
        more = one_line(text.replace(linked[0], " ", 1)).strip(" *_.,;:()[]")
        return linked[0].strip(" *_"), more
    return re.sub(r"[\s,;|/]+$", "", one_line(text)).strip(" *_"), ""
