"""Lists of papers in Markdown, as a field keeps them: tables and bullets, in many manners.

Rows are split here and not by a parser of Markdown, which drops the cells that a table has too
many, and so would lose them in silence; what is within a cell is read by markdown-it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from markdown_it import MarkdownIt

from sphinx_papers.formats.intake.words import (
    arxiv_month,
    find_arxiv,
    find_doi,
    one_line,
    people,
    record_title,
    without_markup,
    written_date,
)
from sphinx_papers.model.draft import Draft
from sphinx_papers.model.venue_name import VenueNames

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "paper title", "paper"),
    "name": (
        "name",
        "method",
        "model",
        "acronym",
        "abbreviation",
        "abbr",
        "algorithm",
        "approach",
        "short name",
    ),
    "venue": ("venue", "pub", "publication", "conference", "journal", "published", "where", "conf", "source"),
    "date": ("date", "time", "month", "first public", "released"),
    "year": ("year",),
    "authors": ("authors", "author", "first author"),
    "arxiv": ("arxiv", "preprint"),
    "doi": ("doi",),
    "code": ("code", "github", "repo", "repository", "implementation", "source code", "codes"),
    "project": ("project", "project page", "homepage", "website", "web"),
    "link": ("link", "links", "url", "pdf"),
}
_COLUMN_OF = {name: column for column, names in _COLUMNS.items() for name in names}
_LABELS: Mapping[str, str] = {
    **_COLUMN_OF, "official code": "code", "pytorch": "code", "tensorflow": "code", "official": "code",
    "paper": "link", "pdf": "link", "html": "link", "openaccess": "link", "cvf": "link", "site": "project",
}  # fmt: skip
_MISSING = re.compile(
    r"(?:[-\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}/?.\N{MULTIPLICATION SIGN}\N{BALLOT X}\N{CROSS MARK}]+|n/?a|none|tba|tbd|unknown)?",
    re.IGNORECASE,
)
_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_ITEM = re.compile(r"(\s*(?:[-*+]|[0-9]+[.)])\s+(?:\[[ xX]\]\s+)?)(.*)")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*)")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_CODE_HOST = re.compile(r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)/")
_SHORT_YEAR = re.compile(r"(?:'|(?<=[A-Za-z]))([0-9]{2})(?![0-9])")
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_INLINE = MarkdownIt("commonmark", {"html": True}).enable("strikethrough")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: the draft that it became, or why it became none."""

    line: int
    text: str
    """As it stands in the list."""
    draft: Draft | None = None
    reason: str = ""
    """Why there is no draft; empty for a row in which nothing stands."""
    unused: tuple[str, ...] = ()
    """What of the line is not in the draft."""


@dataclass(slots=True)
class _Cell:
    """What a piece of Markdown shows, and where it leads."""

    text: str = ""
    strong: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_missing(self) -> bool:
        return not self.links and _MISSING.fullmatch(self.text) is not None


def read_paper_list(text: str, venues: VenueNames) -> Iterator[Row]:
    """Yield every row of every table and every item that could be a paper; none is left out."""
    lines = text.splitlines()
    fence = ""
    number = 0
    while number < len(lines):
        line = lines[number]
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence):
                fence = ""
        elif mark:
            fence = mark[1]
        elif _is_table(lines, number):
            head = [_cell(each) for each in _split(line)]
            number += 2
            while number < len(lines) and "|" in lines[number] and lines[number].strip():
                yield _table_row(number + 1, lines[number], head)
                number += 1
            continue
        elif item := _ITEM.fullmatch(line):
            whole, more = item[2], number + 1
            while (
                more < len(lines) and lines[more].startswith((" ", "\t")) and not _ITEM.fullmatch(lines[more])
            ):
                if not lines[more].strip():
                    break
                whole += " " + lines[more].strip()
                more += 1
            yield _item_row(number + 1, whole, venues)
            number = more
            continue
        elif (heading := _HEADING.fullmatch(line)) and any(
            len(label.split()) > 2 for label, _ in _cell(heading[1]).links
        ):
            yield _item_row(number + 1, heading[1], venues)
        number += 1


def _is_table(lines: Sequence[str], number: int) -> bool:
    return (
        "|" in lines[number]
        and number + 1 < len(lines)
        and "-" in lines[number + 1]
        and _DELIMITER.fullmatch(lines[number + 1]) is not None
    )


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


def _cell(markdown: str) -> _Cell:
    """Read inline Markdown: its words, what is strong, its links."""
    cell = _Cell()
    # A break between two lines is a blank; so is a tag of which only its words count.
    source = re.sub(r"<br\s*/?>", " ", markdown, flags=re.IGNORECASE)
    tokens = (_INLINE.parseInline(source) or [])[0].children or []
    words: list[str] = []
    opened: list[tuple[str, int]] = []
    strong_from: list[int] = []
    for token in tokens:
        match token.type:
            case "text" | "code_inline":
                words.append(token.content)
            case "softbreak" | "hardbreak":
                words.append(" ")
            case "image":
                words.append(token.content)
            case "link_open":
                opened.append((str(token.attrGet("href") or ""), len(words)))
            case "link_close" if opened:
                href, start = opened.pop()
                cell.links.append((one_line("".join(words[start:])), href))
            case "strong_open":
                strong_from.append(len(words))
            case "strong_close" if strong_from:
                cell.strong.append(one_line("".join(words[strong_from.pop() :])))
            case "html_inline":
                tag = re.match(r"<a\b[^>]*\bhref\s*=\s*[\"']?([^\"'\s>]+)", token.content, re.IGNORECASE)
                if tag:
                    opened.append((tag[1], len(words)))
                elif token.content.lower().startswith("</a") and opened:
                    href, start = opened.pop()
                    cell.links.append((one_line("".join(words[start:])), href))
    cell.text = without_markup("".join(words))
    known = {href for _, href in cell.links}
    for address in re.findall(r"https?://[^\s<>()|\]]+", cell.text):
        if address not in known:
            cell.links.append((address, address))
    return cell


def _table_row(line: int, text: str, head: list[_Cell]) -> Row:
    cells = [_cell(each) for each in _split(text)]
    found: dict[str, _Cell] = {}
    unused: list[str] = []
    for place, cell in enumerate(cells):
        if cell.is_missing:
            continue
        name = head[place].text if place < len(head) else ""
        column = _COLUMN_OF.get(_folded(name), "")
        if column and column not in found:
            found[column] = cell
        else:
            label = name or ("a cell too many" if place >= len(head) else f"column {place + 1}")
            unused.append(f"{label}: {_shown(cell)}")
    if not found and not unused:
        return Row(line, text)
    title = found.pop("title", None)
    if title is None:
        return Row(line, text, reason="it has no title", unused=tuple(unused))
    draft, rest = _from_cells(title, found)
    if not draft.title:
        return Row(line, text, reason="it has no title", unused=(*unused, *rest))
    return Row(line, text, draft, unused=(*unused, *rest))


def _from_cells(title: _Cell, found: Mapping[str, _Cell]) -> tuple[Draft, list[str]]:
    everything = [title, *found.values()]
    links = [(label, href) for cell in everything for label, href in cell.links]
    year = next(
        (
            _year(found[name].text)
            for name in ("year", "venue", "date")
            if name in found and _year(found[name].text)
        ),
        0,
    )
    date = written_date(found["date"].text) if "date" in found else ""
    arxiv = find_arxiv(found["arxiv"].text) if "arxiv" in found else ""
    doi = find_doi(found["doi"].text) if "doi" in found else ""
    rest = []
    if "date" in found and not date and not year:
        rest.append(f"date not understood: {found['date'].text}")
    names = [found["name"].text] if "name" in found and found["name"].text else []
    authors, odd = people(_names(found["authors"].text)) if "authors" in found else ((), ())
    draft = Draft(
        title=record_title(_bare_title(title, links)), names=tuple(names), authors=authors, date=date, year=year,
        venue=_venue(found["venue"].text) if "venue" in found else "", arxiv=arxiv, doi=doi,
    )  # fmt: skip
    understood = {"arxiv": arxiv, "doi": doi}
    rest += [
        f"{column}: {_shown(found[column])}"
        for column in ("code", "project", "arxiv", "doi", "link")
        if column in found and not found[column].links and not understood.get(column)
    ]
    labelled = [(column, href) for column, cell in found.items() for _, href in cell.links]
    labelled += [("title", href) for _, href in title.links]
    draft, unlinked = _with_links(draft, labelled)
    return _finished(draft), [*rest, *odd, *unlinked]


def _item_row(line: int, text: str, venues: VenueNames) -> Row:
    cell = _cell(text)
    title, label_of_title = _item_title(cell)
    if not title:
        return Row(line, text, reason="no title was found in it")
    rest = cell.text.replace(title, "\n", 1)
    labelled = []
    for label, href in cell.links:
        kind = _LABELS.get(_folded(label), "")
        labelled.append((kind or ("title" if label == label_of_title else "link"), href))
        if label != label_of_title:
            rest = rest.replace(label, " ", 1)
    name = next(
        (each.strip(" :-") for each in cell.strong if each != title and 0 < len(each.split()) <= 3), ""
    )
    if not name and (before := re.match(r"([A-Za-z][\w+.-]{1,19}):\s*\n", rest)):
        name = before[1]
    segments = [
        one_line(part).strip(" -\N{EN DASH}\N{EM DASH}|.,;:*_\"“”'[]()")
        for part in re.split(r"[\n()\[\]|]|\.\s|;", rest)
    ]
    segments = [part for part in segments if part and part != name and not _MISSING.fullmatch(part)]
    if name:
        segments = [part.removeprefix(name).strip(" :-") for part in segments]
    draft = Draft(title=record_title(title), names=(name,) if name else ())
    used: set[str] = set()
    for part in sorted(segments, key=lambda part: not _year(part)):
        if not draft.venue and (venue := _venue_in(part, venues)):
            draft = replace(draft, venue=venue, year=draft.year or _year(part))
            used.add(part)
        elif not draft.year and _year(part):
            draft = replace(draft, year=_year(part), date=written_date(part))
            used.add(part) if len(part) <= 12 else None
    if not draft.authors:
        for part in segments:
            names = _names(part)
            if (
                part not in used
                and len(names) > 1
                and all(1 < len(each.split()) <= 4 and each[:1].isupper() for each in names)
            ):
                authors, odd = people(names)
                if not odd:
                    draft = replace(draft, authors=authors)
                    used.add(part)
                    break
    draft, unlinked = _with_links(draft, labelled)
    unused = [part for part in segments if part and part not in used]
    return Row(line, text, _finished(draft), unused=(*unused, *unlinked))


def _item_title(cell: _Cell) -> tuple[str, str]:
    """Return the title in an item, and the label of the link that it is; empty if there is none."""
    for label, _ in cell.links:
        if _folded(label) not in _LABELS and len(label.split()) > 2 and not label.startswith("http"):
            return label.strip(' .*_"'), label
    quoted = re.search(r"[\"“]([^\"“”]+)[\"”]", cell.text)
    if quoted and len(quoted[1].split()) > 2:
        return quoted[1].strip(" .,"), ""
    for strong in cell.strong:
        if len(strong.split()) > 2:
            return strong.strip(" .:"), ""
    if cell.links:
        # Without marks the title is what stands before the first full stop, bracket or venue in brackets.
        start = re.sub(r"^\s*[\[(][^\])]{1,30}[\])]\s*", "", cell.text)
        plain = re.split(r"\.\s|[\[(]|\s[-\N{EN DASH}\N{EM DASH}|]\s", start)[0].strip(" .,:")
        if len(plain.split()) > 2:
            return plain, ""
    return "", ""


def _venue_in(text: str, venues: VenueNames) -> str:
    """Return the part of *text* that names a venue; all of it, or a word with its year."""
    for part in (text, *re.split(r"\s*,\s*", text)):
        if venues.find(part):
            return part
    for first, second in pairwise([*text.split(), ""]):
        if first[:1].isupper() and len(first) > 2 and venues.find(first):
            return f"{first} {second}".strip()
    return ""


def _with_links(draft: Draft, labelled: list[tuple[str, str]]) -> tuple[Draft, list[str]]:
    """Give each address its place: what it leads to says more than what it is called."""
    rest = []
    for kind, href in dict.fromkeys(labelled):
        if not href.startswith(("https://", "http://")):
            if href and not href.startswith("#"):
                rest.append(f"link: {href}")
        elif _is_arxiv(href) and find_arxiv(href):
            if draft.arxiv and draft.arxiv != find_arxiv(href):
                rest.append(f"link: {href}")
            draft = replace(draft, arxiv=draft.arxiv or find_arxiv(href))
        elif "doi.org/" in href and find_doi(href):
            draft = replace(draft, doi=draft.doi or find_doi(href))
        elif _CODE_HOST.match(href) or kind == "code":
            draft = replace(draft, code=tuple(dict.fromkeys((*draft.code, href))))
        elif kind == "project" and not draft.project:
            draft = replace(draft, project=href)
        elif kind in {"title", "link", "venue"} and not draft.url:
            draft = replace(draft, url=href)
        else:
            rest.append(f"link: {href}")
    return draft, rest


def _is_arxiv(href: str) -> bool:
    return re.match(r"https?://(?:\w+\.)?arxiv\.org/", href) is not None


def _finished(draft: Draft) -> Draft:
    """Fill in what follows from the rest: an arXiv id holds the month of the first version."""
    if re.fullmatch(r"(?:arxiv|corr|preprint).*", draft.venue.strip(), re.IGNORECASE):
        draft = replace(
            draft,
            venue="",
            arxiv=draft.arxiv or find_arxiv(draft.venue),
            date=draft.date or str(draft.year or ""),
            year=0,
        )
    if not draft.venue:
        draft = replace(draft, date=draft.date or str(draft.year or ""), year=0)
    first = arxiv_month(draft.arxiv)
    if first and not draft.date.startswith(first):
        draft = replace(draft, date=first)
    return draft


def _bare_title(cell: _Cell, links: list[tuple[str, str]]) -> str:
    """Return the words of a title's cell without labels of links such as *[code]*."""
    text = cell.text
    for label, _ in links:
        if _folded(label) in _LABELS and label != text:
            text = re.sub(rf"\[?{re.escape(label)}\]?", " ", text, count=1) if label in text else text
    return one_line(text).strip(" *_")


def _names(text: str) -> list[str]:
    whole = re.sub(r"\bet al\.?", "", text)
    return [name.strip() for name in re.split(r"\s*(?:,|;|&|\band\b)\s*", whole) if name.strip()]


def _venue(text: str) -> str:
    return one_line(text).strip(" *_")


def _year(text: str) -> int:
    if match := _YEAR.search(text):
        return int(match[1])
    match = _SHORT_YEAR.search(text)
    return 2000 + int(match[1]) if match and int(match[1]) < 70 else 0


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def _shown(cell: _Cell) -> str:
    text = cell.text or ", ".join(href for _, href in cell.links)
    return text if len(text) <= 60 else f"{text[:57]}..."
