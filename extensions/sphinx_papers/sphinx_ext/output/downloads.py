"""Files for other programs, written beside the pages."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.osutil import relative_uri

from sphinx_papers.formats.storage.cache import PARTS
from sphinx_papers.formats.storage.files import inside, stays, sweep, write_bytes
from sphinx_papers.model.views.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    from sphinx_papers.formats.records.folder import Collection
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
SITES = frozenset({"html", "dirhtml"})
"""The builders that make a site of many pages, with files beside them."""


def state_folder(app: Sphinx) -> Path:
    """Return where the extension keeps its own files: beside the pickled environment."""
    return Path(app.doctreedir) / "papers"


def written_parts(paper: Paper, registry: Registry) -> dict[str, str]:
    """Return all that is written of *paper* in other formats; it is kept with the record."""
    from sphinx_papers.formats.exports import (  # noqa: PLC0415  see formats.records.reading
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


def _several(library: Library, methods: str) -> Iterator[tuple[str, str]]:
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


def _single(library: Library) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each key with name and text of the exports of that paper."""
    from sphinx_papers.formats.exports.export import EXPORTS  # noqa: PLC0415  see formats.records.reading

    formats = [each for each in EXPORTS.values() if each.suffix in SINGLE]
    for key, paper in library.items():
        yield key, [(f"papers/{each.file_of(key)}", each.write([paper], library)) for each in formats]


class ExportFiles:
    """The exports in one builder's output folder, and a record of how they were left there."""

    def __init__(self, app: Sphinx, record: Path) -> None:
        """*record* is the file that lasts from build to build."""
        self._out, self._record = Path(app.outdir), record
        self._methods = app.config.papers_methods
        self._active = app.builder.name in SITES
        self._digest, self._seen = "", ""
        self._papers: dict[str, str] = {}
        self._others: list[str] = []
        try:
            kept: Any = json.loads(record.read_bytes())
            digest, seen = str(kept["digest"]), str(kept["seen"])
            papers, others = dict(kept["papers"]), list(kept["others"])
        except (OSError, ValueError, KeyError, TypeError):
            return  # all are compared with what is there then
        # What the record names may be deleted: one that names anything else is none of ours.
        if all(stays(name) for name in (*papers, *others)):
            self._digest, self._seen, self._papers, self._others = digest, seen, papers, others

    def update(self, collection: Collection | None) -> None:
        """Make the folder hold the exports of *collection*, and none of what is gone since."""
        if not self._active or collection is None:
            return
        digest = f"{collection.digest} {self._methods}"
        untouched = self._seen == self._look()
        if untouched and self._digest == digest:
            return
        self._write(collection.library, self._papers if untouched else {})
        self._digest, self._seen = digest, self._look()
        self._save()

    def _write(self, library: Library, known: Mapping[str, str]) -> None:
        """Write what is not there yet; *known* are stamps of the papers whose files are."""
        before = self._names()
        several = dict(_several(library, self._methods))
        stamps, changed = {}, []
        for key, files in _single(library):
            stamps[key] = _digest(text for _, text in files)
            if known.get(key) != stamps[key]:
                changed += files
        # Should the build be stopped from here on, the next one takes nothing for done, and knows
        # what it may delete.
        self._digest = self._seen = ""
        self._papers = dict.fromkeys([*self._papers, *stamps], "")
        self._others = sorted({*self._others, *several})
        self._save()
        for folder in {name.rpartition("/")[0] for name in self._names()}:
            sweep(self._out / folder)
        for name, text in (*several.items(), *changed):
            write_bytes(self._out, name, text.encode())
        self._papers, self._others = stamps, sorted(several)
        for name in before - self._names():
            inside(self._out, name).unlink(missing_ok=True)

    def _names(self) -> set[str]:
        """Return the names of all files of the record."""
        return {f"papers/{key}{end}" for key in self._papers for end in SINGLE}.union(self._others)

    def _look(self) -> str:
        """Return a digest of how the files of the record are now, without reading them."""
        names = self._names()
        found = []
        for folder in {name.rpartition("/")[0] for name in names}:
            path = self._out / folder
            for entry in os.scandir(path) if path.is_dir() else ():
                name = f"{folder}/{entry.name}" if folder else entry.name
                if name in names:
                    stat = entry.stat()
                    found.append(f"{name} {stat.st_size} {stat.st_mtime_ns}")
        return _digest(sorted(found))

    def _save(self) -> None:
        kept = {"digest": self._digest, "seen": self._seen, "papers": self._papers, "others": self._others}
        write_bytes(self._record.parent, self._record.name, json.dumps(kept).encode())


def _digest(texts: Iterable[str]) -> str:
    return hashlib.blake2b("\0".join(texts).encode(), digest_size=8).hexdigest()


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


def export_uri(builder: Builder, docname: str, name: str) -> str:
    """Return the address of the export *name* as seen from *docname*; none in formats without exports."""
    return relative_uri(builder.get_target_uri(docname), name) if builder.name in SITES else ""


def export_link(builder: Builder, docname: str, name: str, content: Element) -> nodes.reference | None:
    """Return a link from *docname* to the export *name*; none in formats without exports."""
    uri = export_uri(builder, docname, name)
    return nodes.reference("", "", content, refuri=uri, internal=False) if uri else None
