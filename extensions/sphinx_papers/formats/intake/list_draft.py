"""What rows of tables and items of lists have in common: words of heads and labels, links, people, years."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sphinx_papers.formats.intake.words import arxiv_month, find_arxiv, find_doi, one_line, people
from sphinx_papers.model.records.draft import Draft

if TYPE_CHECKING:
    from sphinx_papers.formats.intake.markdown_cell import Link
    from sphinx_papers.model.records.person import Person

# Where a head names two columns in one, the first of these counts.
COLUMNS: Mapping[str, str] = {
    "title": "title, paper title, title of paper, paper name",
    "name": "name, method, model, acronym, abbreviation, abbr, algorithm, approach, short name, method name",
    "venue": "venue, pub, publication, conference, journal, published, published in, where, conf, source",
    "date": "date, time, month, first public, released",
    "year": "year",
    "authors": "authors, author",
    "first author": "first author",
    "arxiv": "arxiv, preprint",
    "doi": "doi",
    "code": "code, github, repo, repository, implementation, source code, codes, code link, official code",
    "project": "project, project page, homepage, website, web",
    "link": "link, links, url, pdf, paper link, pdf link, paper url",
}
COLUMN_OF = {name: column for column, names in COLUMNS.items() for name in names.split(", ")}
LABELS: Mapping[str, str] = {
    **COLUMN_OF, "pytorch": "code", "tensorflow": "code", "official": "code", "site": "project", "paper": "link",
    "html": "link", "openaccess": "link", "cvf": "link",
}  # fmt: skip
_CODE_HOST = re.compile(r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)/")
_SHORT_YEAR = re.compile(r"(?:'|(?<=[A-Za-z]))([0-9]{2})(?![0-9])")
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_INITIALS = re.compile(r"(?:[A-Z]\.?[ -]?)+")


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


def kind(link: Link) -> str:
    """Return what the label of *link* says that it leads to; empty if it does not say."""
    return LABELS.get(folded(link.label), "")


def with_links(draft: Draft, labelled: Sequence[tuple[str, str]]) -> tuple[Draft, list[str]]:
    """Give each address its place: what it leads to says more than what it is called."""
    rest = []
    for kind, href in dict.fromkeys(labelled):
        if not href.startswith(("https://", "http://")):
            if href and not href.startswith("#"):
                rest.append(f"link: {href}")
        elif is_arxiv(href) and find_arxiv(href):
            if draft.arxiv and draft.arxiv != find_arxiv(href):
                rest.append(f"link: {href}")
            draft = replace(draft, arxiv=draft.arxiv or find_arxiv(href))
        elif "doi.org/" in href and find_doi(href):
            if draft.doi and draft.doi != find_doi(href):
                rest.append(f"link: {href}")
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


def is_arxiv(href: str) -> bool:
    """Say whether an address is one of arXiv."""
    return re.match(r"https?://(?:\w+\.)?arxiv\.org/", href) is not None


def finished(draft: Draft) -> Draft:
    """Fill in what follows from the rest: an arXiv id holds the month of the first version."""
    if re.fullmatch(r"(?:arxiv|corr|preprint).*", draft.venue.strip(), re.IGNORECASE):
        arxiv = draft.arxiv or find_arxiv(draft.venue)
        draft = replace(draft, venue="", arxiv=arxiv)
    if not draft.venue:
        draft = replace(draft, date=draft.date or str(draft.year or ""), year=0)
    first = arxiv_month(draft.arxiv)
    if first and not draft.date.startswith(first):
        draft = replace(draft, date=first)
    return draft


def read_people(text: str) -> tuple[tuple[Person, ...], tuple[str, ...]]:
    """Read authors, and say what of them a list leaves open."""
    names = split_names(text)
    if any(
        _INITIALS.fullmatch(name) for name in names
    ):  # *Berg, A., Hove, B.*: who knows which commas part them
        return (), (f"authors not understood: {one_line(text)}",)
    authors, odd = people(names)
    return authors, (*odd, *(["the list names only some of the authors"] if "et al" in text else []))


def split_names(text: str) -> list[str]:
    """Split names at the strongest mark between them: in *Berg, Ada; Hove, Ben* no comma parts people."""
    whole = re.sub(r",?\s*\bet al\b\.?", "", text)
    mark = r"\s*;\s*" if ";" in whole else r"\s*(?:,|&|\band\b)\s*"
    return [name.strip() for name in re.split(mark, whole) if name.strip()]


def find_year(text: str) -> int:
    """Return the year in *text*, also of *CVPR'21*; 0 without one."""
    if match := _YEAR.search(text):
        return int(match[1])
    match = _SHORT_YEAR.search(text)
    return 2000 + int(match[1]) if match and int(match[1]) < 70 else 0


def folded(text: str) -> str:
    """Return *text* as heads and labels are compared: words in lower case."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()
