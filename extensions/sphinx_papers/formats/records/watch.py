"""The file ``watch.yml``: what arXiv is asked for new papers of the field."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field

from sphinx_papers.formats.records.form import Form, fill_form
from sphinx_papers.formats.records.values import ArxivId, Line
from sphinx_papers.formats.records.yaml import read_yaml
from sphinx_papers.formats.storage.files import read_text
from sphinx_papers.model.problem import Problem

WATCH = "watch.yml"
_MOST = 200
"""What an answer may hold: arXiv asks for small ones, https://info.arxiv.org/help/api/user-manual.html, section 3.1.1."""


class WatchForm(Form):
    """What `sphinx-papers watch` asks arXiv, in ``watch.yml`` beside the registries."""

    query: Line
    """In arXiv's own language: fields such as `ti:`, `abs:` and `cat:`, with AND, OR and ANDNOT."""
    most: int = Field(default=100, ge=1, le=_MOST)
    """How many of the newest papers that fit are looked at."""
    ignore: tuple[ArxivId, ...] = ()
    """arXiv ids of papers that fit and do not belong here."""


def read_watch(folder: Path) -> tuple[WatchForm | None, list[Problem]]:
    """Read the file in *folder*; nothing where there is none, or something is wrong with it."""
    path = folder / WATCH
    if not os.path.lexists(path):
        return None, []
    text, problems = read_text(path)
    document = read_yaml(text, str(path))
    problems = [*problems, *document.problems]
    if problems or document.data is None:
        return None, problems
    return fill_form(WatchForm, document), document.problems
