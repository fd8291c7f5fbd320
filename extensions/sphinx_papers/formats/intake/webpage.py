"""Pages of publishers, which name their papers in meta tags for Google Scholar.

The tags: https://scholar.google.com/intl/en/scholar/inclusion.html#indexing
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from sphinx_papers.formats.intake.words import (
    IntakeError,
    find_arxiv,
    find_doi,
    one_line,
    page_range,
    people,
    record_title,
    without_markup,
    written_date,
)
from sphinx_papers.formats.intake.words import year as year_in
from sphinx_papers.model.records.draft import Draft


class _Tags(HTMLParser):
    """Collects the ``citation_*`` tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name = (values.get("name") or values.get("property") or "").lower()
        content = one_line(values.get("content") or "")
        if tag == "meta" and name.startswith("citation_") and content:
            self.found.setdefault(name.removeprefix("citation_"), []).append(content)


def _decoded(page: bytes) -> str:
    """Return the text of *page*: UTF-8 if it can be that, or else what it says it is."""
    declared = re.search(rb"charset\s*=\s*[\"']?([\w-]{1,40})", page[:2048], re.IGNORECASE)
    for encoding in ("utf-8", declared[1].decode("ascii", "replace") if declared else "cp1252"):
        try:
            return page.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return page.decode("cp1252", "replace")


def read_webpage(answer: bytes, address: str) -> Draft:
    """Read the paper that the page at *address* is about.

    :raises IntakeError: if it does not say.
    """
    tags = _Tags()
    tags.feed(_decoded(answer))
    found = tags.found

    def first(*names: str) -> str:
        return next((found[name][0] for name in names if name in found), "")

    if "title" not in found:
        raise IntakeError("the page does not say which paper it is about; give its DOI, or a BibTeX file")
    authors, odd = people(found.get("author", []))
    date = written_date(first("publication_date", "online_date", "date"))
    return Draft(
        title=record_title(without_markup(first("title"))),
        authors=authors,
        date=written_date(first("online_date", "publication_date", "date")),
        year=int(date[:4]) if date else year_in(first("publication_date", "year")),
        venue=without_markup(first("conference_title", "journal_title", "inbook_title")),
        volume=first("volume"),
        number=first("issue"),
        pages=page_range("-".join(part for part in (first("firstpage"), first("lastpage")) if part)),
        arxiv=find_arxiv(first("arxiv_id")),
        doi=find_doi(first("doi")),
        url=address,
        source=address,
        notes=odd,
    )
