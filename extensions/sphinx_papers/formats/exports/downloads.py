"""The files that a site offers to other programs: their names, and what stands in them.

The formats are imported where something is written: a build without changes asks for names only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_papers.formats.storage.cache import PARTS
from sphinx_papers.model.views.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_papers.model.records.library import Library
    from sphinx_papers.model.records.paper import Paper
    from sphinx_papers.model.records.registry import Registry

MEDIA_TYPES = {
    "papers.bib": ("application/x-bibtex", "BibTeX"),
    "papers.ris": ("application/x-research-info-systems", "RIS"),
    "papers.csl.json": ("application/vnd.citationstyles.csl+json", "CSL-JSON"),
    "papers.json": ("application/json", "JSON"),
    "results.csv": ("text/csv", "Results as CSV"),
    "papers.csv": ("text/csv", "Papers as CSV"),
}
"""Of the exports of all papers: how their formats are registered, and what readers call them."""
RECORD_SCHEMA = "record.schema.json"
"""The JSON Schema of a page's front matter, for editors."""
WHOLE = (*MEDIA_TYPES, "papers.schema.json", "comparison.json", RECORD_SCHEMA, "worth.csv", "worth.json")
"""The exports of everything, at the root of the site."""
SINGLE = (".bib", ".ris", ".csl.json")
"""Ends of the names of the exports of one paper; they stand beside its page."""


def written_parts(paper: Paper, registry: Registry) -> dict[str, str]:
    """Return all that is written of *paper* in other formats; it is kept with the record."""
    from sphinx_papers.formats.exports import (  # noqa: PLC0415
        board_json,
        citation_style,
        coins,
        comparison_json,
        export,
    )

    return {
        **export.parts(paper, registry),
        **citation_style.parts(paper, registry),
        "coins": coins.context_object(paper, registry),
        comparison_json.PART: comparison_json.comparison_line(paper, registry),
        board_json.PART: board_json.board_lines(paper, registry),
    }


def export_names(library: Library, methods: str) -> set[str]:
    """Return the names of all exports, *methods* being the folder of the method pages."""
    names = {f"papers/{key}{end}" for key in library for end in SINGLE}
    names.update(f"years/{year}.bib" for year in library.by_year)
    names.update(f"{methods}/{slug}.bib" for slug in library.registry.methods)
    return names.union(WHOLE)


def shared_files(library: Library, methods: str) -> Iterator[tuple[str, str]]:
    """Yield name and text of each export of several papers."""
    from sphinx_papers.formats.exports import board_json, comparison_json  # noqa: PLC0415
    from sphinx_papers.formats.exports.export import EXPORTS, SCHEMA_FILE, schema_text  # noqa: PLC0415
    from sphinx_papers.formats.exports.worth import CSV_FILE, JSON_FILE, worth_csv, worth_json  # noqa: PLC0415
    from sphinx_papers.formats.records.schemas import schema_bytes  # noqa: PLC0415

    for export in EXPORTS.values():
        if export.part is not None:
            yield export.file, export.write(tuple(library.values()), library)
    yield SCHEMA_FILE, schema_text()
    yield RECORD_SCHEMA, schema_bytes("record", library.registry).decode()
    kept = library.memory(PARTS)
    lines = [kept[key][comparison_json.PART] for key in library]
    yield comparison_json.FILE, comparison_json.join_comparison(lines, library)
    yield from board_json.board_files(library)
    yield CSV_FILE, worth_csv(library)
    yield JSON_FILE, worth_json(library)
    bibtex = EXPORTS["bibtex"]
    for year, papers in library.by_year.items():
        yield f"years/{year}.bib", bibtex.write(papers, library)
    for slug in library.registry.methods:
        yield f"{methods}/{slug}.bib", bibtex.write(library.by_method.get(slug, ()), library)


def paper_files(library: Library) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each key with name and text of the exports of that paper."""
    from sphinx_papers.formats.exports.export import EXPORTS  # noqa: PLC0415

    formats = [each for each in EXPORTS.values() if each.suffix in SINGLE]
    for key, paper in library.items():
        yield key, [(f"papers/{each.file_of(key)}", each.write([paper], library)) for each in formats]


@dataclass(frozen=True)
class ExportView(View):
    """Whether there is an export of that name."""

    name: str
    methods: str
    """Folder of the method pages."""

    def value(self, library: Library) -> bool:
        """Look it up."""
        known = library.memory("exports", self.methods)
        if not known:
            known.update(dict.fromkeys(export_names(library, self.methods)))
        return self.name in known
