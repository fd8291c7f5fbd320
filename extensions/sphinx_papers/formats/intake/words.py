"""Texts of others, cleaned so that a record can hold them."""

from __future__ import annotations

import html
import re

from sphinx_papers.formats.text.names import read_name
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.title import title_parts

_MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_PAGES = re.compile(r"(\w+)(?:\s*[-\N{EN DASH}\N{EM DASH}]+\s*(\w+))?")
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\"<>{}\\]+")
_ARXIV = re.compile(
    r"(?<![0-9.])([0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}|[a-z-]{1,20}(?:\.[A-Z]{2})?/[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3})"
    r"(?:v[0-9]+)?(?![0-9])"
)
# Proceedings print "H.S." for what BibTeX takes for one name.
_INITIALS = re.compile(r"(?<=\b[A-Z]\.)(?=[A-Z]\.)")
# Marks that nobody sees, such as a soft hyphen, and what stands for a picture: they part no words.
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufe0f\ufeff\ufffc]")
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.", re.IGNORECASE)


class IntakeError(ValueError):
    """What was read is not what it should be; the message says so in one line."""


def one_line(text: str) -> str:
    """Return *text* on one line, without control characters and marks that nobody sees."""
    seen = _UNSEEN.sub("", text)
    return " ".join("".join(each if each.isprintable() else " " for each in seen).split())


def without_markup(text: str) -> str:
    """Return *text* without the HTML or JATS that publishers put into titles."""
    return one_line(html.unescape(re.sub(r"</?[A-Za-z][^<>]*>", "", text)))


def record_title(text: str) -> str:
    """Return *text* so that a record reads it as this title: braces outside of formulas go, a lone dollar is literal."""
    bare = one_line(text)
    if len(re.findall(r"(?<!\\)\$", bare)) % 2:
        bare = re.sub(r"(?<!\\)\$", r"\\$", bare)
    return "".join(
        f"${part}$" if is_math else part.replace("{", "").replace("}", "")
        for is_math, part in title_parts(bare)
    )


def people(names: list[str]) -> tuple[tuple[Person, ...], tuple[str, ...]]:
    """Read *names*, and return those that cannot be read beside the people."""
    found: dict[Person, None] = {}
    odd = []
    for name in names:
        try:
            found[read_name(_INITIALS.sub(" ", one_line(name)))] = None
        except ValueError:
            odd.append(name)
    return tuple(found), tuple(f"author not understood: {one_line(name)}" for name in odd)


def page_range(text: str) -> str:
    """Return pages as a record writes them; empty for what is no range."""
    match = _PAGES.fullmatch(text.strip())
    return "-".join(part for part in match.groups() if part) if match else ""


def month(text: str) -> int:
    """Return the number of a month given as number or English name; 0 for anything else."""
    word = text.strip().casefold()
    if word.isdecimal():
        return int(word) if len(word) < 10 and 1 <= int(word) <= 12 else 0
    bare = word.removesuffix(".")
    found = [number for number, name in enumerate(_MONTHS, 1) if len(bare) >= 3 and name.startswith(bare)]
    return found[0] if found else 0


def year(text: str) -> int:
    """Return the first year in *text*; 0 without one."""
    match = re.search(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", text)
    return int(match[0]) if match else 0


def written_date(text: str) -> str:
    """Return a date in one of the usual forms as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; empty if unsure.

    Numbers alone are read as year, month, day: other orders differ from country to country.
    """
    bare = text.strip().strip(".")
    match = re.fullmatch(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?(?:[T ][0-9:.Z+-]*)?", bare)
    if match:
        return _date(*match.groups())
    match = re.fullmatch(
        r"([0-9]{1,2})?\s*([A-Za-z]{3,9})\.?\s*(?:([0-9]{1,2})(?:st|nd|rd|th)?)?\s*,?\s*([0-9]{4})", bare
    )
    if match and month(match[2]) and not (match[1] and match[3]):
        return _date(match[4], str(month(match[2])), match[1] or match[3])
    return ""


def _date(year_text: str, month_text: str | None, day_text: str | None) -> str:
    parts = [year_text, *(f"{int(part):02}" for part in (month_text, day_text) if part)]
    try:
        return str(PartialDate.parse("-".join(parts)))
    except ValueError:
        return ""


def find_doi(text: str) -> str:
    """Return the first DOI in *text*, without what an address or a sentence adds; empty without one."""
    match = _DOI.search(text)
    if not match:
        return ""
    doi = re.sub(r"[?#].*", "", match[0]).rstrip(".,;:'")
    while doi.endswith(")") and doi.count("(") < doi.count(")"):
        doi = doi[:-1]
    return "" if _ARXIV_DOI.match(doi) else doi


def find_arxiv(text: str) -> str:
    """Return the first arXiv identifier in *text*, without version; empty without one."""
    match = _ARXIV.search(_ARXIV_DOI.sub(" ", text))
    return match[1] if match else ""


def arxiv_month(arxiv: str) -> str:
    """Return the month of the first version, which an identifier since 2007 begins with; empty for older ones."""
    return f"20{arxiv[:2]}-{arxiv[2:4]}" if re.match(r"[0-9]{4}\.", arxiv) else ""
