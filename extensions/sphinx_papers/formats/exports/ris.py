"""RIS, the format that every reference manager imports.

Tags are those of the published description of the format
(https://en.wikipedia.org/wiki/RIS_(file_format)), in the use of EndNote and Zotero: for a paper
of a conference, ``T2`` names the conference and ``C3`` its proceedings.
"""

from __future__ import annotations

from sphinx_papers.formats.text.plain import one_line
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Registry, VenueKind


def ris_record(paper: Paper, registry: Registry) -> str:
    """Return *paper* as one RIS record; what is not known has no line."""
    tags = [("TY", _type(paper, registry)), ("ID", paper.key), ("TI", paper.plain_title)]
    tags += [("AU", _name(author)) for author in paper.authors]
    tags += [("PY", str(paper.year)), *_container(paper, registry)]
    tags += [("DO", paper.doi)]
    if paper.arxiv:
        tags.append(("AN", f"arXiv:{paper.arxiv}"))
    tags += [("UR", url) for url in paper.addresses]
    lines = [f"{tag}  - {one_line(value)}\n" for tag, value in tags if value]
    return "".join([*lines, "ER  - \n"])


def _type(paper: Paper, registry: Registry) -> str:
    venue = registry.venues[paper.appearance.venue] if paper.appearance else None
    if venue is None or venue.kind is VenueKind.PREPRINT:
        return "UNPB"
    return "JOUR" if venue.kind is VenueKind.JOURNAL else "CONF"


def _name(person: Person) -> str:
    """Return *person* as ``Family, Given, Suffix``, the order in which RIS wants names."""
    parts = [person.short, person.given, person.suffix]
    while parts and not parts[-1]:
        parts.pop()
    # A comma inside a part would begin the next one.
    return ", ".join(part.replace(",", " ") for part in parts)


def _container(paper: Paper, registry: Registry) -> list[tuple[str, str]]:
    seen = paper.appearance
    if seen is None:
        return []
    venue = registry.venues[seen.venue]
    first, _, last = seen.pages.partition("-")
    tags = [("DA", f"{seen.year}/{seen.month:02}//" if seen.month else "")]
    if venue.kind is VenueKind.JOURNAL:
        tags += [("T2", venue.proceedings), ("JO", venue.name)]
    elif venue.kind is not VenueKind.PREPRINT:
        tags += [("T2", venue.full), ("C3", venue.proceedings)]
    tags += [("VL", seen.volume), ("IS", seen.number), ("SP", first), ("EP", last), ("C7", seen.article)]
    tags.append(("PB", venue.publisher))
    return tags
