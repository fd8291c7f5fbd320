"""Files for other programs, written beside the pages."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_papers.formats.exports.downloads import beside, paper_files, shared_files
from sphinx_papers.formats.storage.files import inside, stays, sweep, write_bytes
from sphinx_papers.sphinx_ext.addresses import SITES, published_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.application import Sphinx

    from sphinx_papers.formats.records.folder import Collection
    from sphinx_papers.model.records.library import Library


_PAGE = ".html"


class ExportFiles:
    """The exports in one builder's output folder, and a record of how they were left there."""

    def __init__(self, app: Sphinx, record: Path) -> None:
        """*record* is the file that lasts from build to build."""
        self._app, self._out, self._record = app, Path(app.outdir), record
        self._methods = app.config.papers_methods
        self._site = published_site(app)
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
        site = replace(self._site, page=str)
        digest = f"{collection.digest} {self._methods} {site}"
        untouched = self._seen == self._look()
        if untouched and self._digest == digest:
            return
        self._write(collection.library, self._papers if untouched else {})
        self._digest, self._seen = digest, self._look()
        self._save()

    def _write(self, library: Library, known: Mapping[str, str]) -> None:
        """Write what is not there yet; *known* are stamps of the papers whose files are."""
        before = self._names()
        several = dict(shared_files(library, self._methods, self._site))
        pages = self._pages() if any(name.endswith(_PAGE) for name in (*before, *several)) else set()
        # A key of old may be that of a page: of one whose record is wrong now, of one that came back.
        several = {name: text for name, text in several.items() if name not in pages}
        stamps, changed = {}, []
        for key, files in paper_files(library):
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
        for name in before - self._names() - pages:
            inside(self._out, name).unlink(missing_ok=True)

    def _pages(self) -> set[str]:
        """Return the names of the files that documents have."""
        addresses = (self._app.builder.get_target_uri(name) for name in self._app.env.found_docs)
        return {f"{each}index{_PAGE}" if not each or each.endswith("/") else each for each in addresses}

    def _names(self) -> set[str]:
        """Return the names of all files of the record."""
        return {name for key in self._papers for name in beside(key)}.union(self._others)

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
