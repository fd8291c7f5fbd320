"""The meta tags by which Google Scholar and reference managers take a page for that of a paper.

The tags: https://scholar.google.com/intl/en/scholar/inclusion.html#indexing
"""

from __future__ import annotations

from sphinx_papers.formats.text.plain import one_line
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Registry, VenueKind

_CONTAINERS = {VenueKind.JOURNAL: "journal_title", VenueKind.PREPRINT: "technical_report_institution"}


def citation_tags(paper: Paper, registry: Registry) -> list[tuple[str, str]]:
    """Return name and content of each tag, unescaped; what is not known has none."""
    seen = paper.appearance
    venue = registry.venues[seen.venue] if seen else None
    preprint = venue is None or venue.kind is VenueKind.PREPRINT
    issued = paper.issued(preprint=preprint)
    tags = [("title", paper.plain_title)]
    tags += [("author", author.display) for author in paper.authors]
    tags += [
        ("publication_date", str(issued).replace("-", "/")),
        ("online_date", str(paper.date).replace("-", "/")),
    ]
    if venue is not None and seen is not None:
        first, _, last = seen.pages.partition("-")
        tags += [(_CONTAINERS.get(venue.kind, "conference_title"), venue.proceedings)]
        tags += [("volume", seen.volume), ("issue", seen.number), ("firstpage", first or seen.article)]
        tags += [("lastpage", last), ("publisher", venue.publisher)]
    tags += [("doi", paper.doi), ("arxiv_id", paper.arxiv)]
    return [(f"citation_{name}", one_line(value)) for name, value in tags if value]
