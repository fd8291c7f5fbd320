"""The output folder: what it shows, what of it is out of date, what has no place in it any more.

Sphinx writes a page again when it read its document again, in this build. What another
format's build read, what a build that was stopped had still to write, and what stands
around a page and comes from other documents it does not see. So there is a record of the
folder: for each document when it was read and what stood around it when its page was
written. A page is out of date if that is not what is true now.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import INVENTORY_FILENAME, StandaloneHTMLBuilder
from sphinx.errors import SphinxParallelError
from sphinx.util.parallel import ParallelTasks, parallel_available

from sphinx_papers.formats.exports.export import data_file
from sphinx_papers.formats.storage.files import inside, stays, write_bytes
from sphinx_papers.sphinx_ext.addresses import SITES
from sphinx_papers.sphinx_ext.blocks.paging import TILDE
from sphinx_papers.sphinx_ext.config import state_folder
from sphinx_papers.sphinx_ext.context import paper_context
from sphinx_papers.sphinx_ext.failures import clear_errors
from sphinx_papers.sphinx_ext.output.agents import agents_are_served, write_agents
from sphinx_papers.sphinx_ext.output.export_files import ExportFiles
from sphinx_papers.sphinx_ext.output.previews import write_previews
from sphinx_papers.sphinx_ext.output.site_map import map_is_there, write_map
from sphinx_papers.sphinx_ext.output.table_pages import table_pages
from sphinx_papers.sphinx_ext.output.twins import has_twins, twin_file
from sphinx_papers.sphinx_ext.site.navigation import Navigation
from sphinx_papers.sphinx_ext.site.search_files import index_file, search_page

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

# What a builder does with all documents at the end.
_FINISHING = ("load_indexer", "gen_indices", "gen_additional_pages", "handle_finish")
# What the page of a document was made of; nothing while it is being written.
_Made = list[Any] | None


class Output:
    """The record of one builder's output folder."""

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self._file: Path | None = None
        self._made: dict[str, _Made] = {}
        self._now: dict[str, _Made] = {}
        self._edition = ""
        self._files: list[str] = []
        self._exports = ""
        self._pages: set[str] = set()
        self._beside: ParallelTasks | None = None
        self._done = False
        self.written: set[str] = set()
        """The documents whose pages this build writes."""

    def open(self, app: Sphinx) -> None:
        """Read the record of the builder's folder, and follow what the builder writes."""
        self._forget()  # a second build by the same application starts anew
        name = hashlib.blake2b(str(app.outdir).encode(), digest_size=8).hexdigest()
        self._file = state_folder(app) / "output" / f"{app.builder.name}-{name}.json"
        try:
            kept = json.loads(self._file.read_bytes())
            edition, exports = str(kept["edition"]), str(kept["exports"])
            files, made = list(kept["files"]), dict(kept["made"])
        except (OSError, ValueError, KeyError, TypeError):
            pass  # all pages are written again then
        else:
            # What the record names may be deleted: one that names anything else is none of ours.
            if all(stays(name) for name in (*files, *made)):
                self._edition, self._exports, self._files, self._made = edition, exports, files, made
        builder = app.builder
        for name in ("prepare_writing", *_FINISHING):  # of an earlier build by the same builder
            vars(builder).pop(name, None)
        prepare = builder.prepare_writing

        def noted(docnames: AbstractSet[str]) -> None:
            self._begin(docnames)
            self._done = self._finished(app)
            if self._done:
                for name in _FINISHING:
                    setattr(builder, name, _nothing)
            prepare(docnames)

        builder.prepare_writing = noted  # type: ignore[method-assign]

    def _finished(self, app: Sphinx) -> bool:
        """Say whether nothing is to be written and the folder is what the last build left.

        Sphinx would read the search index and write it again, and the pages and the
        inventory that are made of all documents: a third of a build without changes.
        """
        collection = paper_context(app.env).collection
        return (
            isinstance(app.builder, StandaloneHTMLBuilder)
            and not self.written
            and self._made == self._now
            and collection is not None
            and collection.digest == self._exports
        )

    def rewrite(self, app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
        """Return the documents whose page is not what it would be if it were written now."""
        paper_context(env).begin_writing()
        assets = _assets(app)
        blocks = paper_context(env).data["blocks"]
        edition = _digest((sorted(env.all_docs.items()), assets, sorted(blocks.items())))
        if edition == self._edition:
            self._now = dict(self._made)
        else:
            self._edition = edition
            self._now = dict(_surroundings(env, assets))
        if isinstance(app.builder, StandaloneHTMLBuilder) and not all(
            Path(app.outdir, name).is_file() for name in (index_file(app.builder), INVENTORY_FILENAME)
        ):
            self._made = dict.fromkeys(self._made)  # made of all documents, it can only be made anew
        twins = has_twins(app)
        return sorted(
            docname
            for docname, made in self._now.items()
            if made is None
            or self._made.get(docname) != made
            or (twins and not (app.outdir / twin_file(docname)).is_file())
        )

    def _begin(self, docnames: AbstractSet[str]) -> None:
        """Keep which pages are about to be written: if the build is stopped they are none."""
        self.written = set(docnames)
        if docnames:
            with clear_errors("keep which pages are written"):
                self._save({**self._made, **dict.fromkeys(docnames)}, "")

    def collect(self, app: Sphinx) -> Iterable[tuple[str, dict[str, Any], str]]:
        """Yield the further pages of long tables in the documents that are written, and the search."""
        from sphinx_papers.formats.exports.script_data import data_script  # noqa: PLC0415  see formats.records.reading

        for name, context in table_pages(app, paper_context(app.env), self.written):
            self._pages.add(name)
            with clear_errors("write a table's page"):
                script = data_script(name, json.dumps(context.pop("papers_table"), ensure_ascii=False))
                write_bytes(Path(app.outdir), data_file(name), script.encode())
            yield name, context, "page.html"
        if not self._done:
            yield from search_page(app)

    def begin_exports(self, app: Sphinx, builder: Builder) -> None:
        """Let a process of its own write the exports, where a build has several."""
        if builder.name in SITES and app.parallel > 1 and parallel_available:
            self._beside = ParallelTasks(1)
            self._beside.add_task(lambda: self._export(app))

    def _export(self, app: Sphinx) -> None:
        assert self._file is not None
        ExportFiles(app, self._file.with_suffix(".exports.json")).update(paper_context(app.env).collection)

    def close(self, app: Sphinx, error: Exception | None) -> None:
        """Delete what has no place in the folder any more, write the exports, keep the record."""
        beside, self._beside = self._beside, None
        if error is not None:
            if beside is not None:
                beside.terminate()
            return
        with clear_errors("write the exports"):
            try:
                if beside is not None:
                    beside.join()
            except SphinxParallelError:
                pass  # it is tried again, and what was wrong is said here
            self._close(app)

    def _close(self, app: Sphinx) -> None:
        builder, env = app.builder, app.env
        if isinstance(builder, StandaloneHTMLBuilder):
            gone = [docname for docname in self._made if docname not in env.found_docs]
            gone += self._gone_pages(app) if gone or self.written else []
            files = sorted(
                [f"_images/{name}" for _, name in env.images.values()]
                + [f"_downloads/{name}" for _, name in env.dlfiles.values()]
            )
            for path in (
                *_pages(builder, gone),
                *(inside(Path(app.outdir), data_file(name)) for name in gone if TILDE in name),
                *(inside(Path(app.outdir), twin_file(name)) for name in gone if TILDE not in name),
                *(inside(Path(app.outdir), f) for f in {*self._files} - {*files}),
            ):
                Path(path).unlink(missing_ok=True)
            self._files = files
        collection = paper_context(env).collection
        digest = collection.digest if collection else ""
        self._export(app)  # nothing is left to do where another process has done it
        changed = self._exports != digest or self._made != self._now or self.written
        self._exports = digest
        if changed or not agents_are_served(app):
            write_agents(app)
        if changed or not map_is_there(app):
            write_map(app)
            write_previews(app)
        if changed:
            self._save(self._now, self._edition)

    def _gone_pages(self, app: Sphinx) -> list[str]:
        """Return the pages of tables that are shorter now, or whose document is gone."""
        found = app.env.found_docs
        folders = {docname.rpartition("/")[0] for docname in (*found, *self._made)}
        names = [
            f"{folder}/{file.name}".removeprefix("/").removesuffix(app.config.html_file_suffix or ".html")
            for folder in sorted(folders)
            if (app.outdir / folder).is_dir()
            for file in os.scandir(app.outdir / folder)
            if TILDE in file.name
        ]
        return [
            name
            for name in names
            if name not in self._pages
            and ((docname := name.rpartition(TILDE)[0]) in self.written or docname not in found)
        ]

    def _save(self, made: dict[str, _Made], edition: str) -> None:
        assert self._file is not None
        kept = {"edition": edition, "exports": self._exports, "files": self._files, "made": made}
        write_bytes(self._file.parent, self._file.name, json.dumps(kept).encode())


def _nothing(docnames: AbstractSet[str] = frozenset()) -> None:
    """Take the place of a step that has nothing to do."""


def _surroundings(env: BuildEnvironment, assets: str) -> Iterable[tuple[str, _Made]]:
    """Yield for each document when it was read, and a digest of what stands around it and changed on it since."""
    relations = env.collect_relations()
    navigation = Navigation(env)
    blocks = paper_context(env).data["blocks"]
    titles = {docname: node.astext() for docname, node in env.titles.items()}
    for docname in sorted(env.found_docs):
        _, previous, following = relations.get(docname, (None, None, None))
        near = [
            (other, titles.get(other or "", ""))
            for other in (*navigation.above(docname), previous, following)
        ]
        # The references name the pages that cite a work.
        cited = paper_context(env).citing() if docname == env.config.papers_bibliography_page else ()
        digest = _digest((near, navigation.digest(docname), assets, cited, blocks.get(docname)))
        yield docname, [env.all_docs.get(docname, 0), digest]


def _assets(app: Sphinx) -> str:
    """Return a digest of the project's static files: pages name each with its checksum."""
    digest = hashlib.blake2b(digest_size=8)
    for folder in app.config.html_static_path:
        path = Path(app.confdir) / folder
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                digest.update(str(file.relative_to(path)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _digest(value: object) -> str:
    return hashlib.blake2b(repr(value).encode(), digest_size=8).hexdigest()


def _pages(builder: StandaloneHTMLBuilder, docnames: Iterable[str]) -> Iterable[Path]:
    """Yield the page and the copied sources of each of *docnames*."""
    for docname in docnames:
        yield Path(builder.get_outfilename(docname))
        for suffix in builder.config.source_suffix:
            yield builder.outdir / "_sources" / f"{docname}{suffix}{builder.config.html_sourcelink_suffix}"
