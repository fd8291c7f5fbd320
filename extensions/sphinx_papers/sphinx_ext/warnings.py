"""Warnings of the extension, each with a type, a subtype and a place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sphinx.util.logging import getLogger

from sphinx_papers.formats.plain import visible

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


def report(problems: Iterable[Problem]) -> None:
    """Issue a warning for each problem, at its file, line and column."""
    for problem in problems:
        place = f"{os.path.relpath(problem.file)}:{problem.position.line}:{problem.position.column}"
        warn(problem.code, problem.text, place)
