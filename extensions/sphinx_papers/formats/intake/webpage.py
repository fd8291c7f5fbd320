"""Pages of publishers, which name their papers in meta tags for Google Scholar.

The tags: https://scholar.google.com/intl/en/scholar/inclusion.html#indexing
"""

from __future__ import annotations

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
from sphinx_papers.model.draft import Draft


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


def read_webpage(answer: bytes, address: str) -> Draft:
    """Read the paper that the page at *address* is about.

    :raises IntakeError: if it does not say.
    """
    tags = _Tags()
    tags.feed(answer.decode("utf-8", "replace"))
    found = tags.found

    def first(*names: str) -> str:
        return next((found[name][0] for name in names if name in found), "")

    if "title" not in found:
        message = f"{address} does not say which paper it is about"
        raise IntakeError(message)
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
