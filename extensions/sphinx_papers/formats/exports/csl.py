"""CSL-JSON, the input of citation processors, Zotero and pandoc.

Types and variables are those of CSL 1.0.2
(https://docs.citationstyles.org/en/v1.0.2/specification.html#appendix-iv-variables).
"""

from __future__ import annotations

import json
from typing import Any

from sphinx_papers.formats.text.plain import one_line
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Registry, VenueKind

Item = dict[str, Any]
_TYPES = {
    VenueKind.CONFERENCE: "paper-conference",
    VenueKind.WORKSHOP: "paper-conference",
    VenueKind.JOURNAL: "article-journal",
}
PREPRINT = "article"
"""CSL's type for what no venue has published."""


def csl_item(paper: Paper, registry: Registry) -> Item:
    """Return *paper* as a CSL item; what is not known has no key."""
    seen = paper.appearance
    venue = registry.venues[seen.venue] if seen else None
    kind = _TYPES.get(venue.kind, PREPRINT) if venue else PREPRINT
    issued = paper.issued(preprint=kind == PREPRINT)
    item: Item = {
        "id": paper.key,
        "citation-key": paper.key,
        "type": kind,
        "title": one_line(paper.plain_title),
        "author": [_name(author) for author in paper.authors],
        "issued": {"date-parts": [[part for part in (issued.year, issued.month, issued.day) if part]]},
    }
    if venue is not None and kind != PREPRINT:
        item["container-title"] = one_line(venue.proceedings)
        if kind == "paper-conference":
            item["event-title"] = one_line(venue.full)
        item["publisher"] = one_line(venue.publisher)
    elif paper.arxiv:
        item |= {"publisher": "arXiv", "number": f"arXiv:{paper.arxiv}", "genre": "preprint"}
    if seen is not None:
        item |= {"volume": one_line(seen.volume), "issue": one_line(seen.number), "page": seen.pages}
        item.setdefault("number", one_line(seen.article))
    item |= {"DOI": paper.doi, "URL": paper.address}
    return {name: value for name, value in item.items() if value}


def _name(person: Person) -> dict[str, str]:
    """Return *person* as CSL's parts of a name; a body has one part that nothing inverts."""
    if person.is_body:
        return {"literal": one_line(person.family)}
    parts = {
        "family": person.family,
        "given": person.given,
        "non-dropping-particle": person.particle,
        "suffix": person.suffix,
    }
    return {name: one_line(part) for name, part in parts.items() if part}


def csl_line(paper: Paper, registry: Registry) -> str:
    """Return *paper* as CSL-JSON on one line."""
    return json.dumps(csl_item(paper, registry), ensure_ascii=False)
