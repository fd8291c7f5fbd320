"""The collection during a build: read before anything else, handed to the domain.

The order matters and is the reason for each handler's event: the first search for
documents happens before the builder is ready, and the domain exists only after the
environment.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sphinx.util.parallel import ParallelTasks, parallel_available

from sphinx_papers.formats.exports.downloads import site_texts
from sphinx_papers.formats.exports.paper_text import with_texts
from sphinx_papers.formats.records.folder import Collection, read_collection
from sphinx_papers.formats.storage.cache import Cache
from sphinx_papers.formats.storage.files import sweep, write_bytes
from sphinx_papers.sphinx_ext.addresses import SITES
from sphinx_papers.sphinx_ext.config import places, state_folder
from sphinx_papers.sphinx_ext.context import paper_context
from sphinx_papers.sphinx_ext.failures import clear_errors
from sphinx_papers.sphinx_ext.reading.generated import generated_texts, holds, write_generated
from sphinx_papers.sphinx_ext.reading.project import Mount, MountedProject
from sphinx_papers.sphinx_ext.warnings import report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sphinx.application import Sphinx
    from sphinx.config import Config

_Value = TypeVar("_Value")
_Result = TypeVar("_Result")
_STAMP = "pages.json"
_WORTH_SHARING = 50
"""Pages that take longer to read than a copy of the process to begin."""


class Build:
    """What one build knows of the collection; holds no reference to the application."""

    def __init__(self) -> None:
        self.collection: Collection | None = None

    def read(self, app: Sphinx, config: Config) -> None:
        """Read the collection, and write the pages that are made of it.

        Runs on ``config-inited``: the first search for documents comes soon after.
        """
        with clear_errors("keep what was read of the collection"):
            self._read(app, config)
        config["bibtex_bibfiles"] = []  # the hand-kept bibliography is read with the collection

    def _read(self, app: Sphinx, config: Config) -> None:
        state = state_folder(app)
        for name in ("", "charts", "output", "pages"):
            sweep(state / name)
        mapped = partial(shared_out, app.parallel)
        read = read_collection(places(config, Path(app.confdir)), Cache(state / "collection"), mapped=mapped)
        self.collection = with_texts(read, site_texts, state / "texts", mapped)
        digest, known, pages = self.collection.digest, "", {}
        try:
            kept = json.loads((state / _STAMP).read_bytes())
            known, pages = kept["collection"], kept["pages"]
        except (OSError, ValueError, KeyError, TypeError):
            pass  # all are compared with what they must be
        if known != digest or not holds(state / "pages", pages):
            pages = write_generated(generated_texts(self.collection.library), state / "pages")
            write_bytes(state, _STAMP, json.dumps({"collection": digest, "pages": pages}).encode())

    def mount(self, app: Sphinx) -> None:
        """Give documents and library to Sphinx, and say what is wrong with the records.

        Runs on ``builder-inited``, the first event at which the environment exists.
        """
        assert self.collection is not None
        where = places(app.config, Path(app.confdir))
        mounts = (
            Mount(where.papers, "papers/"),
            Mount(state_folder(app) / "pages", "", virtual=True),
        )
        project = MountedProject(app.srcdir, app.config.source_suffix, mounts, app.config.papers_methods)
        project.restore(app.project)
        app.project = app.env.project = project
        domain = paper_context(app.env)
        domain.collection, domain.places = self.collection, where
        domain.writes_html = app.builder.format == "html"
        domain.writes_files = app.builder.name in SITES
        report(self.collection.problems)


def shared_out(nproc: int, function: Callable[[_Value], _Result], values: Iterable[_Value]) -> list[_Result]:
    """Return what *function* returns for each of *values*, in their order, called by *nproc* processes.

    :raises SphinxParallelError: if it raises anything in one of them.
    """
    waiting = list(values)
    if nproc < 2 or len(waiting) < _WORTH_SHARING or not parallel_available:
        return [function(value) for value in waiting]
    size = -(-len(waiting) // nproc)
    done: dict[int, list[_Result]] = {}

    def work(start: int) -> list[_Result]:
        return [function(value) for value in waiting[start : start + size]]

    tasks = ParallelTasks(nproc)
    for start in range(0, len(waiting), size):
        tasks.add_task(work, start, done.__setitem__)
    tasks.join()
    return [result for start in sorted(done) for result in done[start]]
