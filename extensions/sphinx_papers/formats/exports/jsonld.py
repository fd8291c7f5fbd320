"""Papers as schema.org's ScholarlyArticle in JSON-LD, which search engines read."""

from __future__ import annotations

import json
from typing import Any

from sphinx_papers.formats.text.plain import writable
from sphinx_papers.model.records.paper import Appearance, Paper
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Registry, Venue, VenueKind


def scholarly_article(paper: Paper, registry: Registry) -> dict[str, Any]:
    """Return *paper* as https://schema.org/ScholarlyArticle; what is not known has no key."""
    seen = paper.appearance
    venue = registry.venues[seen.venue] if seen else None
    preprint = venue is None or venue.kind is VenueKind.PREPRINT
    article: dict[str, Any] = {
        "@type": "ScholarlyArticle",
        "headline": paper.plain_title,
        "name": paper.plain_title,
        "description": paper.summary,
        "author": [_person(author) for author in paper.authors],
        "datePublished": str(paper.issued(preprint=preprint)),
        "dateCreated": str(paper.date),
        "identifier": _identifiers(paper),
        "url": paper.address,
        "sameAs": list(paper.addresses),
    }
    if seen is not None and venue is not None:
        first, _, last = seen.pages.partition("-")
        article |= {
            "isPartOf": _container(seen, venue),
            "publisher": _organisation(venue.publisher),
            "pagination": seen.pages or seen.article,
            "pageStart": first,
            "pageEnd": last,
        }
    return {name: value for name, value in article.items() if value}


def _person(person: Person) -> dict[str, str]:
    if person.is_body:
        return {"@type": "Organization", "name": person.display}
    name = {"@type": "Person", "name": person.display, "familyName": person.short}
    return name | ({"givenName": person.given} if person.given else {})


def _identifiers(paper: Paper) -> list[dict[str, str]]:
    known = (("doi", paper.doi), ("arXiv", paper.arxiv))
    return [{"@type": "PropertyValue", "propertyID": kind, "value": value} for kind, value in known if value]


def _organisation(name: str) -> dict[str, str] | None:
    return {"@type": "Organization", "name": name} if name else None


def _container(seen: Appearance, venue: Venue) -> dict[str, Any]:
    """Return what *seen* is part of: the issue of a volume of a serial, as far as it is known."""
    kind = "Periodical" if venue.kind is VenueKind.JOURNAL else "PublicationVolume"
    if venue.kind is VenueKind.PREPRINT:
        kind = "CreativeWorkSeries"
    container: dict[str, Any] = {"@type": kind, "name": venue.proceedings}
    if kind == "PublicationVolume" and seen.volume:
        container["volumeNumber"] = seen.volume
    elif seen.volume:
        container = {"@type": "PublicationVolume", "volumeNumber": seen.volume, "isPartOf": container}
    if seen.number:
        container = {"@type": "PublicationIssue", "issueNumber": seen.number, "isPartOf": container}
    return container


def web_page(paper: Paper, registry: Registry, name: str, url: str) -> dict[str, Any]:
    """Return a page called *name* as https://schema.org/WebPage about *paper*.

    *url* is its own address, empty where the site does not know it.
    """
    page = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": name,
        "url": url,
        "description": paper.summary,
        "about": scholarly_article(paper, registry),
    }
    return {name: value for name, value in page.items() if value}


def write_jsonld(page: dict[str, Any]) -> str:
    """Return *page* as JSON-LD that may stand inside a ``script`` element as it is.

    HTML ends such an element at ``</script`` whatever stands around it
    (https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements),
    so no ``<`` is left.
    """
    text = json.dumps(page, ensure_ascii=False, separators=(",", ":"))
    return writable(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
