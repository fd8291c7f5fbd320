"""Papers as OpenURL ContextObjects, which reference managers find in a page (COinS).

The string is that of NISO Z39.88-2004 in key/encoded-value form, with the matrices ``journal``
and ``book`` for what is cited.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from sphinx_papers.formats.exports.paper_text import PaperText
from sphinx_papers.formats.text.plain import one_line
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Registry, VenueKind

CLASS = "Z3988"
"""The class of a ``span`` whose ``title`` is the string, by which readers find it."""


def context_object(paper: Paper, registry: Registry) -> str:
    """Return the ContextObject of *paper*, unescaped: its ``&`` are an attribute's own to escape."""
    seen = paper.appearance
    venue = registry.venues[seen.venue] if seen else None
    preprint = venue is None or venue.kind is VenueKind.PREPRINT
    journal = preprint or (venue is not None and venue.kind is VenueKind.JOURNAL)
    genre = "preprint" if preprint else "article" if journal else "proceeding"
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{'journal' if journal else 'book'}"),
        ("rft_id", f"info:doi/{paper.doi}" if paper.doi else ""),
        *(("rft_id", url) for url in paper.addresses if not url.startswith("https://doi.org/")),
        ("rft.genre", genre),
        ("rft.atitle", paper.plain_title),
    ]
    if venue is not None and not preprint:
        pairs.append(("rft.jtitle" if journal else "rft.btitle", venue.proceedings))
        pairs += [("rft.stitle", venue.name), ("rft.pub", "" if journal else venue.publisher)]
    if seen is not None:
        first, _, last = seen.pages.partition("-")
        pairs += [("rft.volume", seen.volume), ("rft.issue", seen.number), ("rft.artnum", seen.article)]
        pairs += [("rft.pages", seen.pages), ("rft.spage", first), ("rft.epage", last)]
    pairs.append(("rft.date", str(paper.issued(preprint=preprint))))
    if paper.authors:
        pairs += [("rft.aulast", paper.authors[0].short), ("rft.aufirst", paper.authors[0].given)]
    pairs += [("rft.au", _inverted(author)) for author in paper.authors]
    kept = [(name, one_line(value)) for name, value in pairs if value]
    return urlencode(kept, quote_via=quote, safe="")


def _inverted(person: Person) -> str:
    """Return *person* so that a reader which parts names at the last blank cannot lose a particle: *de La Fontaine, Jean*.

    Zotero takes a name with a comma for family and given name, and one without for a given name and one last word.
    """
    if not person.given:
        return person.short
    return ", ".join(part for part in (person.short, person.given, person.suffix) if part)


CONTEXT_OBJECT = PaperText(context_object)
