"""Items of lists as drafts: what stands where is told by marks, links and the words themselves.

What is not certain is left out of the draft, and said: a list that is read wrongly does more harm than
one of which a person has to read a part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sphinx_papers.formats.intake.list_draft import (
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
    is_label,
    is_of_paper,
    is_venue,
    kind,
    leads_to_paper,
    placed,
    read_people,
    unlike_a_title,
    venue_year,
    with_links,
    without_pages,
    without_paper,
    without_year,
)
from sphinx_papers.formats.intake.list_titles import EDGES, find_only_date, is_person, item_title
from sphinx_papers.formats.intake.markdown_cell import Link, MarkdownCell, is_missing
from sphinx_papers.formats.intake.words import find_arxiv, find_doi, one_line, record_title, written_date
from sphinx_papers.model.records.draft import Draft
from sphinx_papers.model.records.venue_name import VenueNames

_PART = re.compile(
    r"[\n()\[\]|]|(?<!\b[A-Z])\.(?<!\bInt\.)(?<!\bConf\.)(?<!\bProc\.)(?<!\bTrans\.)(?<!\bSymp\.)(?<!\bLett\.)(?<!\bSyst\.)(?<!\bTechnol\.)\s|;\s|\s[-\N{EN DASH}\N{EM DASH}]\s|\s/\s"
)
# What a method is called is no ordinary word: it has a capital or a digit within.
_NAME = re.compile(r"(?=\S*[^\W\d_]\S*[A-Z0-9]|\S*[0-9])[\w+*^@.-]{2,25}(?: [\w+*^@.-]{1,25}){0,2}")
_NUMBERS = {
    "volume": re.compile(r",?\s*\bvol\.\s*([0-9]+)\b", re.IGNORECASE),
    "number": re.compile(r",?\s*\bno\.\s*([0-9]+(?:[-\N{EN DASH}][0-9]+)?)\b", re.IGNORECASE),
    "pages": re.compile(r",?\s*\bpp?\.?\s*([0-9]+)\s*[-\N{EN DASH}]+\s*([0-9]+)\b"),
}
_BESIDE_A_CONFERENCE = frozenset(
    {"findings", "workshop", "workshops", "companion", "demo", "demo track", "ws"}
)
_REMARK = re.compile(
    r"\W*(?:abstract|comments?|contributions?|description|highlights?|ideas?|keywords?|motivation|notes?|remarks?|results?|summary|takeaways?|tl;?dr)\W*:",
    re.IGNORECASE,
)
# Stands for the dot of an abbreviation while parts are told apart; private use, never in text.
_DOT = "\ue000"


def item_row(
    line: int, text: str, cell: MarkdownCell, venues: VenueNames, context: Context = NOWHERE
) -> ListRow:
    """Read an item, of which *cell* is what it shows."""
    title, label_of_title = item_title(cell, venues)
    if not title:
        return ListRow(line, text, reason="no title was found in it")
    rest, remarks = _without_remarks(cell.text.replace(title, "\n", 1))
    labelled, venue_labels, own_pages, unused = [], [], list[str](), remarks
    for link in cell.links:
        is_title = link.label == label_of_title
        # Who leads to a page of their own; *Nature Biotechnology* leads to a paper.
        is_persons = is_person(link.label) and not leads_to_paper("", link.href)
        if not is_title and (is_persons or _is_of_another(link, venues, label_of_title)):
            own_pages.append(f"link: {link.href}")
            continue
        label = without_paper(link.label)
        names_venue = not is_title and is_venue(label, venues)
        told = "title" if is_title else "link" if names_venue or leads_to_paper("", link.href) else ""
        is_bare = link.is_image or link.label == link.href or "code" in folded(link.label)
        told = told or ("bare" if is_bare else "")
        labelled.append((kind(link) or told, link.href))
        if names_venue:
            venue_labels.append(without_pages(label))
        elif not is_title and not link.is_image and not is_label(link.label) and link.label != link.href:
            unused.append(link.label)
        if not is_title:
            rest = rest.replace(link.label, "\n", 1)
    # Their digits would be taken for years.
    arxiv = find_arxiv(rest) if "arxiv" in rest.casefold() else ""
    doi = find_doi(rest)
    for each in filter(None, (arxiv, doi)):
        rest = rest.replace(each, " ", 1)
    parts = list(venue_labels)
    for words in cell.emphasised:
        if words and words in rest and words not in cell.strong:
            rest = rest.replace(words, "\n", 1)
            parts.append(words)
    rest, numbers = _without_numbers(rest)
    name, rest = _item_name(cell, rest, venues)
    draft = Draft(
        title=record_title(title), names=(name,) if name else (), arxiv=arxiv, doi=doi,
    )  # fmt: skip
    draft = replace(
        draft,
        volume=numbers.get("volume", ""),
        number=numbers.get("number", ""),
        pages=numbers.get("pages", ""),
    )
    draft, odd = _with_parts(draft, [*parts, *_parts(rest)], venues)
    unused += odd
    draft, unlinked = with_links(draft, labelled)
    draft = placed(draft, [href for _, href in labelled], context, venues)
    unused += [
        _odd_link(link) for link in cell.links if _odd_link(link) and link.href not in "\n".join(unlinked)
    ]
    if holds_people(draft.title):
        return ListRow(line, text, reason="where its title ends and its authors begin is not certain")
    if _names_several(cell):
        return ListRow(line, text, reason="it names more than one paper")
    if unlike_a_title(draft.title):
        return ListRow(line, text, reason=NO_END)
    if not is_of_paper(draft, cell.links, is_listed=not cell.links):
        return ListRow(line, text, reason=NO_EVIDENCE)
    return ListRow(line, text, finished(draft), unused=(*dict.fromkeys(unused), *unlinked, *own_pages))


def _without_remarks(rest: str) -> tuple[str, list[str]]:
    """Return *rest* without the lines of a list's own words, whose venues and people are others', and these lines."""
    lines = rest.split(" | ")
    remarks = [line.strip() for line in lines if _REMARK.match(line)]
    return " | ".join(line for line in lines if not _REMARK.match(line)), remarks


def _is_of_another(link: Link, venues: VenueNames, label_of_title: str) -> bool:
    """Say whether a link has the title or the authors of another paper for its label.

    Where the title is a link itself, three words are enough; elsewhere they may be a journal.
    """
    label = link.label
    is_code = "code" in folded(label).split()
    if link.is_image or label == link.href or is_code or is_label(label) or is_venue(label, venues):
        return False
    is_long = len(label.split()) > (2 if label_of_title else 4)
    return (is_long and not find_year(label)) or re.search(r"\bet\.? al\b", label) is not None


def _without_numbers(rest: str) -> tuple[str, dict[str, str]]:
    """Return *rest* without volume, number and pages, and these; the venue before a volume stands by itself then."""
    found = {}
    first = min((match.start() for each in _NUMBERS.values() if (match := each.search(rest))), default=0)
    for name, pattern in _NUMBERS.items():
        if match := pattern.search(rest):
            found[name] = "-".join(filter(None, match.groups()))
            rest = rest.replace(match[0], "\n" * len(match[0]), 1)
    # The dots of an abbreviated journal end no sentence.
    start = max(rest.rfind(mark, 0, first) for mark in '\n"”')
    venue = re.sub(r"\.(?=\s)", _DOT, rest[start + 1 : first])
    return (rest[: start + 1] + venue + rest[first:] if first else rest), found


def _odd_link(link: Link) -> str:
    return "" if link.href else f"a link to nothing: {link.label}"


def _names_several(cell: MarkdownCell) -> bool:
    """Say whether two links with the same label, *paper* for instance, lead to two papers."""
    found: dict[str, str] = {}
    return any(
        kind(link) in {"link", "arxiv"} and found.setdefault(folded(link.label), link.href) != link.href
        for link in cell.links
    )


def _item_name(cell: MarkdownCell, rest: str, venues: VenueNames) -> tuple[str, str]:
    """Return what the method is called, which stands before the title in strong letters or with a colon, and the rest."""
    before, _, after = rest.partition("\n")
    for strong in cell.strong:
        bare = strong.strip(" :-[]()")
        is_bracketed = strong.startswith("[") and "-" in bare
        if strong in before and _is_name_of_method(bare, venues, hyphen=is_bracketed):
            return bare, before.replace(strong, " ", 1) + "\n" + after
    match = re.fullmatch(r"\W*([A-Za-z][\w+.-]{1,24})\W*:\s*", before)
    if match and _is_name_of_method(match[1], venues):
        return match[1], "\n" + after
    return "", rest


def _is_name_of_method(text: str, venues: VenueNames, *, hyphen: bool = False) -> bool:
    """Say whether *text* is no ordinary word, person or venue; *hyphen*: one between two words is enough."""
    return bool(
        _NAME.fullmatch(text)
        and not is_label(text)
        and not is_venue(text, venues)
        and not find_year(text)
        and not text.isdecimal()
        and not find_only_date(text)
        and not re.search(r"\bet\.? al\b|\b[A-Z]\.", text)
        and (hyphen or not re.fullmatch(r"[A-Z][a-z]+(?:[- ][A-Z]?[a-z]+)*", text))
    )


def _parts(rest: str) -> list[str]:
    """Return what is left of an item in pieces, at the marks that part a reference."""
    pieces = [
        re.sub(r"^(?:papers?|authors?|by|title)\s*:\s*", "", part, flags=re.IGNORECASE)
        for part in (one_line(each.replace(_DOT, ".")).strip(EDGES) for each in _PART.split(rest))
    ]
    return [part for part in pieces if part and not is_missing(part) and not is_label(part)]


def _with_parts(draft: Draft, parts: Sequence[str], venues: VenueNames) -> tuple[Draft, list[str]]:
    """Give venue, year and authors their place, and return what was not understood."""
    rest, groups, years = [], [], []
    for each in dict.fromkeys(parts):
        # "intro: CVPR 2018", "by Ada Berg, Ben Hove"
        bare = re.sub(r"^(?:by|[A-Za-z]{2,15}\s*:)\s+", "", each)
        part = bare if is_venue(bare, venues) or are_people(bare) else each
        if re.fullmatch(
            r"(?i)(?:arxiv|corr)\W*(?:preprint)?[\W\d]*(?:[A-Za-z]{3,9}\W*[0-9]{4})?[\W\d]*", part
        ):
            years += [find_year(part)] if re.search(r"[0-9]{4}", part) else []
            draft = replace(draft, venue=draft.venue or "arXiv")
        elif are_people(part) and not is_venue(part, venues):
            groups.append(part)
        elif venue := venue_in(part, venues):
            if draft.venue and draft.venue != "arXiv":
                rest.append(part)
                continue
            draft = replace(draft, venue=venue, year=venue_year(venue, venues) or find_year(part))
            more = part.replace(venue, "\n", 1)
            beside = [each.strip(EDGES) for each in more.split("\n")]
            rest += [
                each for each in beside
                if each and not find_only_date(each) and not is_label(each) and each.casefold() not in {"in", "proc"}
            ]  # fmt: skip
        elif re.fullmatch(r"(?:19|20)[0-9]{2}", part) or written_date(part):
            years.append(find_year(part))
            draft = replace(draft, date=draft.date or written_date(part))
        else:
            rest.append(part)
    told = {year for year in years if year}
    if not draft.year and len(told) == 1:
        draft = replace(draft, year=told.pop())
    elif not draft.year and told:
        draft = replace(draft, date="")
        rest.append(f"which year it is of: {', '.join(map(str, sorted(told)))}")
    if (
        draft.year
        and draft.date
        and draft.venue
        and draft.venue != "arXiv"
        and int(draft.date[:4]) > draft.year
    ):
        rest.append(f"date: {draft.date}")
        draft = replace(draft, date="")
    # "ACL 2022 (Findings)" is another venue than ACL.
    if draft.venue and (side := [part for part in rest if _is_beside(part)]):
        draft = replace(draft, venue=f"{draft.venue} {side[0]}")
        rest = [part for part in rest if part not in side]
    groups += [part for part in rest if are_people(part)]
    rest = [part for part in rest if part not in groups]
    if len(groups) > 1:
        return draft, [*rest, *groups]
    # A name that stands alone beside them is one of them, and what is between is not understood.
    if groups and any(is_person(part) for part in rest):
        return draft, [*rest, *groups]
    for part in groups:
        authors, notes = read_people(part)
        draft = replace(draft, authors=authors, notes=notes)
    return draft, rest


def _is_beside(text: str) -> bool:
    return (
        text.casefold() in _BESIDE_A_CONFERENCE
        or re.fullmatch(r"(?i)(?:\S+ ){1,6}workshop", text) is not None
    )


def venue_in(text: str, venues: VenueNames) -> str:
    """Return the part of *text* that names a venue, with its year: all of it, or what stands between commas."""
    if len(without_year(text)) < 2 or re.fullmatch(r"[\W\d]*", text):
        return ""
    pieces = re.split(r"\s*,\s*", text)
    if len(pieces) == 1 and is_venue(text, venues):
        return text
    for number, piece in enumerate(pieces):
        if is_venue(piece, venues):
            follows = pieces[number + 1] if number + 1 < len(pieces) else ""
            whole = re.search(re.escape(piece) + r"\s*,\s*" + re.escape(follows), text)
            return whole[0] if whole and re.fullmatch(r"(?:19|20)[0-9]{2}", follows) else piece
        if (
            number + 1 < len(pieces)
            and find_year(pieces[number + 1])
            and is_venue(f"{piece} {pieces[number + 1]}", venues)
        ):
            return f"{piece}, {pieces[number + 1]}" if f"{piece}, {pieces[number + 1]}" in text else piece
    if is_venue(text, venues):
        return text
    # "Ada Berg CVPR 2019": the last words.
    if match := re.search(
        r"(?:^|\s)((?:[A-Z][\w&-]{1,40}\s?){1,3}?,?\s?['\N{RIGHT SINGLE QUOTATION MARK}]?(?:(?:19|20)[0-9]{2}|[0-9]{2}))$",
        text,
    ):
        # "It came second at ILSVRC 2016" is a sentence.
        if sum(word[:1].islower() for word in text[: match.start(1)].split()) > 2:
            return ""
        return match[1] if is_venue(match[1].replace(",", " "), venues) and folded(match[1]) else ""
    return ""
