"""The files that a site offers to other programs: their names, and what stands in them.

What writes is imported where something is written: a build without changes asks for names only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_papers.formats.exports.export import (
    BESIDE,
    CATALOGUE,
    EXPORTS,
    OFFERED,
    SCHEMA_FILE,
    catalogue,
    data_file,
    schema_text,
)
from sphinx_papers.model.records.library import Kept
from sphinx_papers.model.views.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_papers.formats.exports.paper_text import PaperText
    from sphinx_papers.formats.exports.site import PublishedSite
    from sphinx_papers.model.records.library import Library

RECORD_SCHEMA = "record.schema.json"
"""The JSON Schema of a page's front matter, for editors."""
CRATE = "ro-crate-metadata.json"
"""What the files of the site are, for repositories of data."""
BADGES = "badges"
"""The folder of badges, one for each paper; an address that others show must stay."""
SHEETS = "_data/compare"
"""The folder of what a script needs to lay papers side by side."""
NAMES = f"{SHEETS}/index.js"
"""The names of all papers; no page of a paper is called so."""
WHOLE = (
    *(each.file for each in OFFERED), CATALOGUE, SCHEMA_FILE, RECORD_SCHEMA, CRATE, "worth.csv", "worth.json",
    NAMES,
)  # fmt: skip
"""The exports of everything, at the root of the site but for what a script looks up."""


def sheet_file(key: str) -> str:
    """Return the name of what a script lays beside others of the paper *key*."""
    return f"{SHEETS}/{key}.js"


def site_texts() -> tuple[PaperText, ...]:
    """Return all that a site writes of each paper by itself."""
    from sphinx_papers.formats.exports.board_json import BOARD_LINES  # noqa: PLC0415
    from sphinx_papers.formats.exports.citation_style import REFERENCES  # noqa: PLC0415
    from sphinx_papers.formats.exports.coins import CONTEXT_OBJECT  # noqa: PLC0415
    from sphinx_papers.formats.exports.comparison_json import COMPARISON_LINE  # noqa: PLC0415
    from sphinx_papers.formats.exports.sheets import SHEET_LINE  # noqa: PLC0415

    formats = (each.part for each in EXPORTS.values() if each.part is not None)
    return (*formats, *REFERENCES.values(), CONTEXT_OBJECT, COMPARISON_LINE, BOARD_LINES, SHEET_LINE)


def beside(key: str) -> tuple[str, ...]:
    """Return the names of the files of the paper *key* alone: exports beside its page, and what scripts load."""
    exports = (f"papers/{each.file_of(key)}" for each in BESIDE)
    return (*exports, f"{BADGES}/{key}.svg", sheet_file(key), data_file(f"papers/{key}"))


def export_names(library: Library, methods: str) -> set[str]:
    """Return the names of all exports, *methods* being the folder of the method pages."""
    from sphinx_papers.formats.exports.feeds import feed_names  # noqa: PLC0415

    names = {name for key in library for name in beside(key)}
    names.update(f"years/{year}.bib" for year in library.by_year)
    names.update(f"{methods}/{slug}.bib" for slug in library.registry.methods)
    names.update(feed_names(library, methods))
    return names.union(WHOLE)


def shared_files(library: Library, methods: str, site: PublishedSite) -> Iterator[tuple[str, str]]:
    """Yield name and text of each export of several papers; feeds lead to *site*, and so do keys of old."""
    from sphinx_papers.formats.exports.dataset import crate, data_files  # noqa: PLC0415
    from sphinx_papers.formats.exports.feeds import feeds  # noqa: PLC0415
    from sphinx_papers.formats.exports.script_data import shared_data  # noqa: PLC0415
    from sphinx_papers.formats.exports.sheets import names_text  # noqa: PLC0415
    from sphinx_papers.formats.exports.sitemap import moved_pages  # noqa: PLC0415
    from sphinx_papers.formats.exports.worth import CSV_FILE, JSON_FILE, worth_csv, worth_json  # noqa: PLC0415
    from sphinx_papers.formats.records.schemas import schema_bytes  # noqa: PLC0415

    for export in OFFERED:
        yield export.file, export.write(tuple(library.values()), library)
    yield CATALOGUE, catalogue()
    yield CRATE, crate(library, site, data_files())
    yield SCHEMA_FILE, schema_text()
    yield RECORD_SCHEMA, schema_bytes("record", library.registry).decode()
    yield from shared_data(library)
    yield NAMES, names_text(library)
    yield CSV_FILE, worth_csv(library)
    yield JSON_FILE, worth_json(library)
    yield from feeds(library, methods, site)
    yield from moved_pages(library, site.page)
    bibtex = EXPORTS["bibtex"]
    for year, papers in library.by_year.items():
        yield f"years/{year}.bib", bibtex.write(papers, library)
    for slug in library.registry.methods:
        yield f"{methods}/{slug}.bib", bibtex.write(library.by_method.get(slug, ()), library)


def paper_files(library: Library) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each key with name and text of the files of that paper."""
    from sphinx_papers.formats.exports.badge import badge_svg  # noqa: PLC0415
    from sphinx_papers.formats.exports.script_data import paper_data  # noqa: PLC0415
    from sphinx_papers.formats.exports.sheets import sheet_text  # noqa: PLC0415

    for key, paper in library.items():
        exports = [(f"papers/{each.file_of(key)}", each.write_beside(paper, library)) for each in BESIDE]
        data = (data_file(f"papers/{key}"), paper_data(paper, library))
        exports.append((f"{BADGES}/{key}.svg", badge_svg(library, paper)))
        yield key, [*exports, (sheet_file(key), sheet_text(library, key)), data]


_NAMES: Kept[dict[str, set[str]]] = Kept(lambda _: {})
"""Names of all exports, by the folder of the method pages."""


@dataclass(frozen=True)
class ExportView(View):
    """Whether there is an export of that name."""

    name: str
    methods: str
    """Folder of the method pages."""

    def value(self, library: Library) -> bool:
        """Look it up."""
        known = _NAMES.of(library)
        if self.methods not in known:
            known[self.methods] = export_names(library, self.methods)
        return self.name in known[self.methods]
