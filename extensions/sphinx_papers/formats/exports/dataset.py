"""The collection as a whole: as schema.org's Dataset for search engines, as RO-Crate for repositories of data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinx_papers.formats.exports.downloads import CRATE
from sphinx_papers.formats.exports.export import CATALOGUE, OFFERED, SCHEMA_FILE
from sphinx_papers.formats.exports.sitemap import last_change
from sphinx_papers.model.views.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx_papers.formats.exports.site import PublishedSite
    from sphinx_papers.model.records.library import Library

CRATE_TYPE = "application/ld+json"
PROFILE = "https://w3id.org/ro/crate/1.1"
"""What the file conforms to (https://www.researchobject.org/ro-crate/specification/1.1/)."""


@dataclass(frozen=True)
class SpanView(View):
    """From when to when the papers are, and when a record last changed."""

    def value(self, library: Library) -> tuple[str, str]:
        """Return both as ISO 8601 writes them; empty for no papers."""
        years = [paper.year for paper in library.values()]
        span = f"{min(years)}/{max(years)}" if years else ""
        return span, _changed(library)


def dataset(site: PublishedSite, span: tuple[str, str]) -> dict[str, Any]:
    """Return the collection as https://schema.org/Dataset; *span* is what :class:`SpanView` gives."""
    covered, changed = span
    found = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": site.title,
        "description": site.description,
        "url": site.base,
        "identifier": site.identifier,
        "license": site.licence,
        "creator": _creator(site),
        "dateModified": changed,
        "temporalCoverage": covered,
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload", "name": each.summary, "encodingFormat": each.media_type,
                "contentUrl": f"{site.base}{each.file}",
            }
            for each in OFFERED
        ] if site.base else [],
    }  # fmt: skip
    return {name: value for name, value in found.items() if value}


def data_files() -> list[tuple[str, str, str]]:
    """Return name, meaning and media type of each file of data that a site has."""
    return [
        *((each.file, each.summary, each.media_type) for each in OFFERED),
        (CATALOGUE, "The formats that there are, for programs", "application/json"),
        (SCHEMA_FILE, "JSON Schema of papers.json", "application/schema+json"),
    ]


def crate(
    library: Library,
    site: PublishedSite,
    files: Sequence[tuple[str, str, str]],
    folders: Mapping[str, str] = {},
) -> str:
    """Return the metadata of a folder with *files* of data as RO-Crate 1.1; *folders* are names with meanings."""
    creator = _creator(site)
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": site.title,
        "description": site.description or site.title,
        "datePublished": _changed(library) or "1970-01-01",
        "license": {"@id": site.licence} if site.licence else "",
        "identifier": site.identifier,
        "url": site.base,
        "creator": {"@id": "#creator"} if creator else "",
        "hasPart": [{"@id": name} for name in (*(file[0] for file in files), *folders)],
    }
    graph: list[dict[str, Any]] = [
        {"@id": CRATE, "@type": "CreativeWork", "conformsTo": {"@id": PROFILE}, "about": {"@id": "./"}},
        {name: value for name, value in root.items() if value},
        *({"@id": name, "@type": "File", "name": said, "encodingFormat": kind} for name, said, kind in files),
        *({"@id": name, "@type": "Dataset", "name": said} for name, said in folders.items()),
    ]
    if site.licence:
        graph.append({"@id": site.licence, "@type": "CreativeWork", "name": site.licence})
    if creator:
        graph.append({"@id": "#creator", **creator})
    whole = {"@context": f"{PROFILE}/context", "@graph": graph}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _creator(site: PublishedSite) -> dict[str, str]:
    if not site.creator:
        return {}
    address = {"url": site.identity} if "://" in site.identity else {}
    return {"@type": "Organization", "name": site.creator, **address}


def _changed(library: Library) -> str:
    newest = max((paper.date for paper in library.values()), default="")
    return str(last_change(library.values()) or newest)
