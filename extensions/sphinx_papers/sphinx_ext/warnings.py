"""Warnings of the extension, each with a type, a subtype and a place."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from sphinx.util.logging import getLogger

from sphinx_papers.formats.text.plain import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes

    from sphinx_papers.model.problem import Problem

TYPE = "papers"
_logger = getLogger(__name__)


def warn(subtype: str, message: str, location: str | nodes.Node | None) -> None:
    """Issue one warning; ``suppress_warnings`` knows it as ``papers.<subtype>``."""
    if isinstance(location, str):
        location = visible(location)
    _logger.warning("%s", visible(message), type=TYPE, subtype=subtype, location=location)


class Harmless(logging.Filter):
    """Shows warnings of other programs as lines that nothing acts on.

    docutils repeats lines of a page in its errors, and a line may be a command to the program that
    reads the log (``::stop-commands::`` on GitHub), or an escape to a terminal.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the message of *record*; every record passes."""
        if record.levelno >= logging.WARNING:
            # Not the record's own method: Sphinx's puts the place before the message, later and once.
            lines = logging.LogRecord.getMessage(record).split("\n")
            record.msg, record.args = "\n".join(visible(line) for line in lines), ()
        return True


def guard_log() -> None:
    """Make what Sphinx logs harmless to print, from now on."""
    for handler in logging.getLogger("sphinx").handlers:
        if not any(isinstance(each, Harmless) for each in handler.filters):
            handler.addFilter(Harmless())


def report(problems: Iterable[Problem]) -> None:
    """Issue a warning for each problem, at its file, line and column."""
    for problem in problems:
        place = f"{os.path.relpath(problem.file)}:{problem.position.line}:{problem.position.column}"
        warn(problem.code, problem.text, place)
