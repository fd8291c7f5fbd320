"""Items of lists as drafts: what stands where is told by marks, links and the words themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from sphinx_papers.formats.intake.list_draft import (
    LABELS,
    Row,
    find_year,
    finished,
    folded,
    kind,
    read_people,
    split_names,
    with_links,
)
from sphinx_papers.formats.intake.markdown_cell import Cell, is_missing
from sphinx_papers.formats.intake.words import find_arxiv, find_doi, one_line, record_title, written_date
from sphinx_papers.model.records.draft import Draft
from sphinx_papers.model.records.venue_name import VenueNames

# Where a title without marks ends: a full stop, a bracket, a dash, a comma before authors or a year.
_PLAIN_END = re.compile(
    r"\.\s|[\[(]|\s[-\N{EN DASH}\N{EM DASH}|]\s|,\s(?=[^,]*(?:\bet al\b|\b(?:19|20)[0-9]{2}\b))"
)
_EDGES = " -\N{EN DASH}\N{EM DASH}|.,;:*_\"“”'[]()"


def item_row(line: int, text: str, cell: Cell, venues: VenueNames) -> Row:
    """Read an item, of which *cell* is what it shows."""
    title, label_of_title = item_title(cell)
    if not title:
        return Row(line, text, reason="no title was found in it")
    rest = cell.text.replace(title, "\n", 1)
    labelled = []
    for link in cell.links:
        is_title = link.label == label_of_title
        labelled.append((kind(link) or ("title" if is_title else "link"), link.href))
        if not is_title:
            rest = rest.replace(link.label, " ", 1)
    # Their digits would be taken for years.
    arxiv = find_arxiv(rest) if "arxiv" in rest.casefold() else ""
    doi = find_doi(rest)
    for each in filter(None, (arxiv, doi)):
        rest = rest.replace(each, " ", 1)
    name = _item_name(cell, title, rest)
    draft = Draft(title=record_title(title), names=(name,) if name else (), arxiv=arxiv, doi=doi)
    draft, unused = _with_segments(draft, _segments(rest, name), venues)
    draft, unlinked = with_links(draft, labelled)
    return Row(line, text, finished(draft), unused=(*unused, *unlinked))


def item_title(cell: Cell) -> tuple[str, str]:
    """Return the title in an item, and the label of the link that it is; empty if there is none."""
    title, label = marked_title(cell)
    if title or not (cell.links or find_arxiv(cell.text) or find_doi(cell.text)):
        return title, label
    # Without marks it comes first, behind a number or a venue in brackets.
    start = re.sub(r"^\s*[\[(][^\])]{1,30}[\])]\s*", "", cell.text)
    plain = _PLAIN_END.split(start)[0].strip(" .,:")
    return (plain, "") if len(plain.split()) > 2 else ("", "")


def marked_title(cell: Cell) -> tuple[str, str]:
    """Return the title that a link, quotation marks or strong letters show, and the label of the link."""
    for label, href, is_image in cell.links:
        if not is_image and label.count(" ") >= 2 and not LABELS.get(folded(label)) and label != href:
            return label.strip(' .*_"'), label
    quoted = re.search(r"[\"“]([^\"“”]+)[\"”]", cell.text)
    for marked in ([quoted[1]] if quoted else []) + cell.strong:
        if marked.strip().count(" ") >= 2:
            return marked.strip(" .,:"), ""
    return "", ""


def _item_name(cell: Cell, title: str, rest: str) -> str:
    """Return what the method is called: what is strong, or stands before the title with a colon."""
    for strong in cell.strong:
        if strong != title and 0 < len(strong.split()) <= 3 and not find_year(strong):
            return strong.strip(" :-")
    before = re.match(r"([A-Za-z][\w+.-]{1,19}):\s*\n", rest)
    return before[1] if before else ""


def _segments(rest: str, name: str) -> list[str]:
    """Return what is left of an item in pieces, at the marks that part a reference."""
    pieces = [one_line(part).strip(_EDGES) for part in re.split(r"[\n()\[\]|]|\.\s|;", rest)]
    pieces = [part.removeprefix(name).strip(" :-") if name else part for part in pieces]
    return [part for part in pieces if part and not is_missing(part) and part.casefold() != "arxiv"]


def _with_segments(draft: Draft, segments: Sequence[str], venues: VenueNames) -> tuple[Draft, list[str]]:
    """Give venue, year and authors their place, and return what was not understood."""
    rest = []
    for part in sorted(segments, key=lambda part: not find_year(part)):
        if not draft.venue and (venue := venue_in(part, venues)):
            draft = replace(draft, venue=venue, year=draft.year or find_year(part))
            more = part.replace(venue, " ", 1).strip(_EDGES)
            rest += [more] if more and more != str(draft.year) else []
        elif not draft.year and find_year(part):
            draft = replace(draft, year=find_year(part), date=written_date(part))
            rest += [part] if len(part) > len("September 30, 2021") else []
        else:
            rest.append(part)
    for part in rest:
        authors, notes = read_people(part) if _are_names(part) else ((), ())
        if authors:
            rest.remove(part)
            return replace(draft, authors=authors, notes=notes), rest
    return draft, rest


def _are_names(text: str) -> bool:
    names = split_names(text)
    is_open = "et al" in text
    return (len(names) > 1 or is_open) and all(
        each[:1].isupper() and (1 - is_open) < len(each.split()) <= 4 and not re.search("[0-9]", each)
        for each in names
    )


def venue_in(text: str, venues: VenueNames) -> str:
    """Return the part of *text* that names a venue; all of it, or a word with its year."""
    for part in (*re.split(r"\s*,\s*", text), text):
        if venues.find(part):
            return part
    for first, second in pairwise([*text.split(), ""]):
        if first[:1].isupper() and len(first) > 2 and venues.find(first):
            return f"{first} {second}".strip()
    return ""
