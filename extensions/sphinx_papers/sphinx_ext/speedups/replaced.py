"""The functions that are replaced while a build runs: a table, and the guard of each."""

from __future__ import annotations

import inspect
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.logging import getLogger

from sphinx_papers.sphinx_ext.speedups import pages, reading
from sphinx_papers.sphinx_ext.speedups.processes import PromptTasks, larger_pieces, usual_tasks

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

_logger = getLogger(__name__)


@dataclass(frozen=True)
class Replacement:
    """A function of another package that is replaced."""

    owner: str
    """Its module, with the class after a colon if it is a method."""
    name: str
    parameters: tuple[str, ...]
    """Their names as the replacement knows them."""
    instead: Callable[[Any], Any]
    """Makes the replacement of the function."""

    def place(self) -> Any:
        """Return what holds the function; none if there is no such thing in this version."""
        module, _, owner = self.owner.partition(":")
        try:
            found = import_module(module)
        except ImportError:
            return None
        return getattr(found, owner, None) if owner else found


READING = (
    Replacement(
        "myst_parser.mdit_to_docutils.base", "get_default_settings", ("components",),
        reading.remembered_defaults,
    ),
    Replacement(
        "sphinx.util.docutils", "_get_settings", ("components", "defaults", "read_config_files"),
        reading.remembered_settings,
    ),
    Replacement(
        "sphinx.transforms:SphinxSmartQuotes", "get_tokens", ("self", "txtnodes"), reading.spared_quotes
    ),
)  # fmt: skip
"""What is replaced wherever documents are read."""
WRITING = (
    Replacement("sphinx.builders.html", "document_toc", ("env", "docname", "tags"), pages.written_toc),
)
"""What is replaced where the usual HTML is written."""


def is_as_expected(found: object, parameters: tuple[str, ...]) -> bool:
    """Say whether *found* can be called with *parameters*, by these names and no others."""
    try:
        return callable(found) and tuple(inspect.signature(found).parameters) == parameters
    except (TypeError, ValueError):
        return False


class Speedups:
    """What is replaced while a build runs."""

    def __init__(self) -> None:
        self._restore = ExitStack()
        self._parser: reading.Parser | None = None
        self._tasks: PromptTasks | None = None

    def begin(self, app: Sphinx, *_: object) -> None:
        """Put all in its place; runs before the first document is read."""
        self.end()
        self._parser = reading.Parser()
        parser = Replacement(
            "myst_parser.parsers.sphinx_", "create_md_parser", ("config", "renderer"), self._parser.instead
        )
        for each in (parser, *READING):
            self.put(each.place(), each)
        if app.parallel > 1:
            self._begin_parallel(app.parallel)
        if isinstance(app.builder, StandaloneHTMLBuilder) and pages.usual_writer(app):
            for each in WRITING:
                self.put(each.place(), each)
            partial_of = "sphinx.builders.html:StandaloneHTMLBuilder"
            titles = Replacement(partial_of, "render_partial", ("node",), pages.remembered_titles)
            self.put(app.builder, titles)

    def _begin_parallel(self, everyone: int) -> None:
        def tasks(nproc: int) -> PromptTasks:
            self._tasks = PromptTasks(nproc, everyone)
            return self._tasks

        builders = "sphinx.builders"
        prompt = Replacement(builders, "ParallelTasks", ("nproc",), lambda _: tasks)
        larger = Replacement(
            builders, "make_chunks", ("arguments", "nproc", "maxbatch"), partial(larger_pieces, everyone)
        )
        if usual_tasks():
            self.put(prompt.place(), prompt)
        else:
            _say(prompt)
        self.put(larger.place(), larger)

    def put(self, place: Any, each: Replacement) -> None:
        """Put what *each* makes of a function of *place* there, if that is the function which it knows."""
        before = getattr(place, each.name, None)
        if not is_as_expected(before, each.parameters):
            _say(each)
            return
        own = each.name in vars(place)
        setattr(place, each.name, each.instead(before))
        if own:
            self._restore.callback(setattr, place, each.name, before)
        else:
            self._restore.callback(delattr, place, each.name)

    def read(self, *_: object) -> None:
        """Take the parser back from the document that was read."""
        if self._parser is not None:
            self._parser.free()

    def resolved(self, *_: object) -> None:
        """Let no process wait while the main one resolves documents."""
        if self._tasks is not None:
            self._tasks.hand_out()

    def end(self, *_: object) -> None:
        """Take all away."""
        self._tasks = None
        self._restore.close()


def _say(each: Replacement) -> None:
    _logger.verbose("papers: no %s.%s as we know it; this version's is used as it is", each.owner, each.name)
