"""CSL-JSON, as a DOI resolves to it.

What a resolver is asked and answers: https://citation.doi.org/docs.html; the fields:
https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables and
Crossref's https://api.crossref.org/swagger-ui, which adds some of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from sphinx_papers.formats.intake.words import (
    IntakeError,
    find_arxiv,
    find_doi,
    page_range,
    people,
    record_title,
    without_markup,
    written_date,
)
from sphinx_papers.model.records.draft import Draft

_DATES = ("issued", "published", "published-online", "published-print", "posted")
# What has a key of its own, or is no address.
_ELSEWHERE = re.compile(r"(?!https?://)|https?://(?:[\w.]+\.)?(?:doi|arxiv)\.org/")
_PREPRINT = frozenset({"posted-content", "preprint"})


def read_csl_json(answer: bytes) -> Draft:
    """Read the draft in *answer*.

    :raises IntakeError: if it is no CSL-JSON with a title.
    """
    try:
        data = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise IntakeError("the DOI's answer is no CSL-JSON") from error
    if not isinstance(data, dict):
        raise IntakeError("the DOI's answer is no CSL-JSON")
    return read_csl_item(data)


def read_csl_item(data: Mapping[str, Any]) -> Draft:
    """Read the draft in one item of CSL-JSON.

    :raises IntakeError: if it has no title.
    """
    title = _text(data, "title")
    if not title:
        raise IntakeError("this is no CSL-JSON with a title")
    authors, odd = people(_names(data.get("author")))
    dates = [date for name in _DATES if (date := _date(data.get(name)))]
    issued = _date(data.get("issued")) or (dates[0] if dates else "")
    doi = find_doi(_text(data, "DOI"))
    is_preprint = _text(data, "type") in _PREPRINT
    article = _text(data, "article-number")
    address = _text(data, "URL")
    number = _text(data, "number")
    return Draft(
        title=record_title(title),
        authors=authors,
        date=min(dates, default=""),
        year=0 if is_preprint or not issued else int(issued[:4]),
        venue="" if is_preprint else _text(data, "container-title") or _text(data, "event-title"),
        volume=_text(data, "volume"),
        number=_text(data, "issue"),
        pages="" if article else page_range(_text(data, "page")),
        article=article,
        month=int(issued[5:7]) if len(issued) > 4 else 0,
        arxiv=find_arxiv(
            " ".join(each for each in (number, _text(data, "DOI"), address) if "arxiv" in each.casefold())
        ),
        doi=doi,
        url=_primary_address(data) or ("" if _ELSEWHERE.match(address) else address),
        source=f"https://doi.org/{doi}" if doi else "",
        notes=odd,
    )


def _text(data: Mapping[str, Any], name: str) -> str:
    """Return a text; Crossref's own format has lists where CSL has texts."""
    value = data.get(name)
    if isinstance(value, list):
        value = value[0] if value else ""
    return without_markup(str(value)) if isinstance(value, (str, int)) else ""


def _names(value: object) -> list[str]:
    names = []
    for each in value if isinstance(value, list) else []:
        if not isinstance(each, dict):
            continue
        particle = _text(each, "non-dropping-particle") or _text(each, "dropping-particle")
        family = f"{particle} {_text(each, 'family')}".strip()
        given, suffix = _text(each, "given"), _text(each, "suffix")
        if family:
            names.append(", ".join(part for part in (family, suffix, given) if part))
        elif literal := _text(each, "literal") or _text(each, "name"):
            names.append(f"{{{literal}}}")
    return names


def _date(value: object) -> str:
    """Read ``{"date-parts": [[2021, 6, 19]]}``, whose parts may be missing or texts."""
    parts = value.get("date-parts") if isinstance(value, dict) else None
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    known = []
    for part in first[:3]:
        if not str(part).isdecimal():
            break
        known.append(str(part))
    return written_date("-".join(known))


def _primary_address(data: Mapping[str, Any]) -> str:
    """Return Crossref's ``resource.primary.URL``: where the DOI leads."""
    resource = data.get("resource")
    primary = resource.get("primary") if isinstance(resource, dict) else None
    address = _text(primary, "URL") if isinstance(primary, dict) else ""
    return address if address.startswith(("https://", "http://")) else ""
