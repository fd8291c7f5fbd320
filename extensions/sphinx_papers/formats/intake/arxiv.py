"""arXiv's answers, in Atom: https://info.arxiv.org/help/api/user-manual.html, section 3.3."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from sphinx_papers.formats.intake.words import (
    IntakeError,
    arxiv_month,
    find_arxiv,
    find_doi,
    one_line,
    people,
    record_title,
    written_date,
)
from sphinx_papers.formats.intake.words import year as year_in
from sphinx_papers.model.records.draft import Draft

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_CODE_HOSTS = re.compile(r"https?://(?:github\.com|gitlab\.com)/[\w.-]+/[\w.-]+")


def read_arxiv(answer: bytes) -> dict[str, Draft]:
    """Read the drafts in *answer* by arXiv id; ids that arXiv does not know are not there.

    :raises IntakeError: if it is no feed, or one that says that the question was wrong.
    """
    # Entities are refused: expat expands them, and no feed needs its own. In UTF-16, which has zeros, they would not be seen.
    if b"<!DOCTYPE" in answer or b"<!ENTITY" in answer or b"\0" in answer:
        raise IntakeError("arXiv's answer is no Atom feed")
    try:
        feed = ET.fromstring(answer)  # noqa: S314  without entities there is nothing to expand
    except (ET.ParseError, ValueError, LookupError) as error:
        said = one_line(answer[:60].decode("utf-8", "replace"))
        message = f"arXiv's answer is no Atom feed: {said!r}"
        raise IntakeError(message) from error
    if feed.tag != f"{_ATOM}feed":
        message = f"arXiv's answer is no Atom feed, but {one_line(feed.tag)!r}"
        raise IntakeError(message)
    drafts: dict[str, Draft] = {}
    for entry in feed.findall(f"{_ATOM}entry"):
        address = _text(entry, f"{_ATOM}id")
        if "/api/errors" in address:  # section 3.4: an error comes as an entry, with status 200
            message = f"arXiv says: {_text(entry, f'{_ATOM}summary') or 'the question was wrong'}"
            raise IntakeError(message)
        arxiv = find_arxiv(address)
        if arxiv and _text(entry, f"{_ATOM}title"):
            drafts[arxiv] = _draft(entry, arxiv)
    return drafts


def _draft(entry: ET.Element, arxiv: str) -> Draft:
    names = [_text(author, f"{_ATOM}name") for author in entry.findall(f"{_ATOM}author")]
    authors, odd = people([name for name in names if name])
    primary = entry.find(f"{_ARXIV}primary_category")
    comment = _text(entry, f"{_ARXIV}comment")
    journal = _text(entry, f"{_ARXIV}journal_ref")
    code = _CODE_HOSTS.findall(f"{comment} {_text(entry, f'{_ATOM}summary')}")
    notes = [f"arXiv comment: {comment}"] if comment else []
    return Draft(
        title=record_title(_text(entry, f"{_ATOM}title")),
        authors=authors,
        date=written_date(_text(entry, f"{_ATOM}published")) or arxiv_month(arxiv),
        year=year_in(journal),
        venue=journal,
        arxiv=arxiv,
        arxiv_class=primary.get("term", "") if primary is not None else "",
        doi=find_doi(_text(entry, f"{_ARXIV}doi")),
        code=tuple(dict.fromkeys(link.rstrip(".") for link in code)),
        source=f"https://arxiv.org/abs/{arxiv}",
        notes=(*odd, *notes),
    )


def _text(element: ET.Element, tag: str) -> str:
    """Return the text of a child; titles and abstracts come wrapped in lines."""
    return one_line(element.findtext(tag) or "")
