"""RIS, as reference managers and publishers write it, as drafts; needs no network.

The tags are those of https://en.wikipedia.org/wiki/RIS_(file_format), of which each writer uses some.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sphinx_papers.formats.intake.list_draft import ListRow
from sphinx_papers.formats.intake.words import (
    arxiv_month,
    find_arxiv,
    find_doi,
    page_range,
    people,
    record_title,
    without_markup,
    written_date,
)
from sphinx_papers.formats.intake.words import year as year_in
from sphinx_papers.model.records.draft import Draft

_TAG = re.compile(r"([A-Z][A-Z0-9])\s{1,2}-(?:\s(.*))?")
_PREPRINTS = frozenset({"UNPB", "PREP", "INPR"})
_CONTAINERS = ("T2", "JO", "JF", "BT", "C3", "JA", "J1", "J2")
_NO_PAPER = frozenset({"COMP", "DATA", "VIDEO", "WEB", "ELEC", "PAT", "SOUND", "MAP"})


class RisRecord(NamedTuple):
    """The lines of one record, by tag."""

    line: int
    values: dict[str, list[str]]


def read_ris(text: str) -> Iterator[ListRow]:
    """Yield every record of *text*, and every line that is in none."""
    for each in _records(text):
        if isinstance(each, ListRow):
            yield each
        elif "TY" not in each.values:
            yield ListRow(each.line, "", reason="it does not begin with TY, so it is no record of RIS")
        elif not (draft := _draft(each.values)).title:
            yield ListRow(each.line, "", reason="it has no title (TI or T1)")
        else:
            yield ListRow(each.line, draft.key, draft, unused=_unused(each.values))


def _records(text: str) -> Iterator[RisRecord | ListRow]:
    """Yield the records; one that another begins in, or the file ends in, is whole all the same."""
    line, values, last = 0, dict[str, list[str]](), ""
    for number, words in enumerate(text.split("\n"), 1):
        match = _TAG.fullmatch(words.rstrip())
        if match is None:
            if words.strip() and last:
                values[last][-1] += f" {words.strip()}"
            elif words.strip():
                yield ListRow(number, words.strip(), reason="this is no line of RIS, which is `TY  - JOUR`")
            continue
        tag, value = match[1], (match[2] or "").strip()
        if values and tag in {"TY", "ER"}:
            yield RisRecord(line, values)
            values, last = {}, ""
        if tag != "ER":
            line = line if values else number
            values.setdefault(tag, []).append(value)
            last = tag
    if values:
        yield RisRecord(line, values)


def _draft(values: dict[str, list[str]]) -> Draft:
    def first(*tags: str) -> str:
        return next((without_markup(values[tag][0]) for tag in tags if values.get(tag, [""])[0]), "")

    kind = first("TY").upper()
    authors, odd = people([name for tag in ("AU", "A1") for name in values.get(tag, [])])
    day = written_date(first("DA", "Y1", "PY").strip("/ ").replace("//", ""))
    year = year_in(first("PY", "Y1", "DA", "Y2"))
    addresses = [
        each for tag in ("UR", "L1", "L2", "LK") for field in values.get(tag, []) for each in field.split()
    ]
    told = " ".join([*values.get("AN", []), *values.get("M1", []), *values.get("DO", []), *addresses])
    venue = "" if kind in _PREPRINTS else first(*_CONTAINERS)
    is_preprint = not venue or venue.casefold().startswith(("arxiv", "corr"))
    arxiv = find_arxiv(told) if "arxiv" in told.casefold() else find_arxiv(venue) if is_preprint else ""
    start, end = first("SP"), first("EP")
    pages = page_range(start if re.search("[-\N{EN DASH}]", start) else "-".join(filter(None, (start, end))))
    month = int(day[5:7]) if len(day) > 4 else 0
    pages_of_own = [url for url in addresses if re.match(r"https?://(?!.*(?:doi\.org|arxiv\.org))", url)]
    return Draft(
        title=record_title(first("TI", "T1", "CT")),
        authors=authors,
        date=arxiv_month(arxiv) or (day[:7] if day and int(day[:4]) == year else str(year or "")),
        year=0 if is_preprint else year,
        venue="" if is_preprint else venue,
        volume="" if is_preprint else first("VL"),
        number="" if is_preprint else first("IS"),
        pages="" if is_preprint else pages,
        article="" if is_preprint or pages else first("C7"),
        month=month if not is_preprint and day and int(day[:4]) == year else 0,
        arxiv=arxiv,
        doi=find_doi(" ".join([*values.get("DO", []), *(url for url in addresses if "doi.org" in url)])),
        url=pages_of_own[0] if pages_of_own else "",
        notes=odd,
    )


def _unused(values: dict[str, list[str]]) -> tuple[str, ...]:
    """Return what a reader may miss: editors are no authors, and some kinds are no papers."""
    kind = values["TY"][0].strip().upper()
    unsure = (f"its type: {kind} is rarely a paper",) if kind in _NO_PAPER else ()
    editors = values.get("A2", []) + values.get("ED", [])
    return (*unsure, *((f"editors: {'; '.join(editors)}",) if editors else ()))
