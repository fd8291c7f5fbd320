"""Items of somebody's list in YAML or JSON, whose keys are words as lists have them and not those of our records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sphinx_papers.formats.intake.list_draft import COLUMN_OF, ListRow, find_year, read_people
from sphinx_papers.formats.intake.words import (
    arxiv_month,
    find_arxiv,
    find_doi,
    one_line,
    people,
    record_title,
    written_date,
)
from sphinx_papers.model.records.draft import Draft
from sphinx_papers.model.records.venue_name import VenueNames

_MORE = {
    "arxiv id": "arxiv", "arxiv url": "arxiv", "eprint": "arxiv", "homepage": "project", "project page": "project",
    "pdf url": "link", "author list": "authors", "booktitle": "venue", "doi url": "doi", "publication date": "date",
}  # fmt: skip
# Whose word for where a paper appeared counts only where the registry knows it.
_PUBLISHER = "publisher"


def is_listed(item: Mapping[str, Any], own: frozenset[str]) -> bool:
    """Say whether *item* is no record, whose keys are *own*, but has a title and keys that lists have."""
    foreign = any(name not in own and _column(name) not in {"", "title", "name"} for name in item)
    return bool(_text(item.get("title"))) and (foreign or isinstance(item.get("venue"), str))


def read_listed(line: int, item: Mapping[str, Any], venues: VenueNames) -> ListRow:
    """Return the draft of *item*, with what of it has no place in a record."""
    found: dict[str, Any] = {}
    links: list[tuple[str, str]] = []
    unused: list[str] = []
    for name, value in _flat(item):
        column = _column(name)
        if isinstance(value, str) and value.startswith(("https://", "http://")):
            links.append((column or "", value))
        elif column and column not in found and value not in ("", [], None):
            found[column] = value
        elif name.casefold() != _PUBLISHER and value not in ("", [], None):
            unused.append(name)
    publisher = _text(item.get(_PUBLISHER))
    venue = _text(found.get("venue")) or (publisher if publisher and venues.find(publisher) else "")
    if publisher and publisher != venue:
        unused.append(f"{_PUBLISHER} ({publisher})")
    authors, notes = _authors(found.get("authors"))
    date = written_date(_text(found.get("date")) or _text(found.get("year")))
    told = " ".join((_text(found.get("arxiv")), *(url for _, url in links if "arxiv.org/" in url)))
    arxiv = find_arxiv(told)
    doi = find_doi(" ".join((_text(found.get("doi")), *(url for _, url in links if "doi.org/" in url))))
    pages = [
        url
        for column, url in links
        if column in {"link", "venue"} and "arxiv.org/" not in url and "doi.org/" not in url
    ]
    draft = Draft(
        title=record_title(one_line(_text(item["title"]))), authors=authors, date=arxiv_month(arxiv) or date,
        year=(find_year(venue) or find_year(_text(found.get("year"))) or find_year(date)) if venue else 0, venue=venue,
        arxiv=arxiv, doi=doi, url=next(iter(pages), ""), notes=notes,
        code=tuple(url for column, url in links if column == "code"),
        project=next((url for column, url in links if column == "project"), ""),
    )  # fmt: skip
    if not draft.title:
        return ListRow(line, "", reason="it has no title")
    told_unused = (f"keys without a place in a record: {', '.join(dict.fromkeys(unused))}",) if unused else ()
    return ListRow(line, "", draft, unused=told_unused)


def _flat(item: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield keys with values; those of a mapping of addresses, such as `urls`, as if they stood outside."""
    for name, value in item.items():
        if isinstance(value, Mapping):
            yield from ((str(key), each) for key, each in value.items())
        else:
            yield str(name), value


def _column(name: str) -> str:
    bare = name.casefold().replace("_", " ").replace("-", " ").strip()
    return COLUMN_OF.get(bare, "") or _MORE.get(bare, "")


def _text(value: Any) -> str:
    return one_line(value) if isinstance(value, str) else ""


def _authors(value: Any) -> tuple[Any, tuple[str, ...]]:
    """Return the people of a text, of a list of names, or of a list of given and family names."""
    if isinstance(value, list):
        return people([" ".join(map(str, each)) if isinstance(each, list) else str(each) for each in value])
    return read_people(_text(value))
