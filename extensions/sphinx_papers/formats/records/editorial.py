"""The file ``editorial.yml``: what the pages of a collection promise their readers."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field

from sphinx_papers.formats.records.form import Form, fill_form
from sphinx_papers.formats.records.yaml import read_yaml
from sphinx_papers.formats.storage.files import read_text
from sphinx_papers.formats.storage.places import EDITORIAL
from sphinx_papers.model.problem import Problem
from sphinx_papers.model.rules.editorial import EditorialRules, SectionRule

_DEFAULT = EditorialRules()


class SectionForm(Form):
    """A section that a paper's page has once it says everything."""

    words: tuple[int, int] = (0, 0)
    """The least and the most words; 0 for no limit."""
    hint: str = ""
    """What belongs there."""


class EditorialForm(Form):
    """The rules in ``editorial.yml``, beside the registries."""

    sections: dict[str, SectionForm] = Field(default={})
    """Sections of a paper's page by title, in order; without any, sections are free."""
    optional: tuple[str, ...] = ()
    """Titles of sections that a page may have besides."""
    placeholders: tuple[str, ...] = _DEFAULT.placeholders
    """Texts that stand in for text, in any case."""
    references: int = Field(default=0, ge=0)
    """How many other pages or works a page must refer to."""
    shared_words: int = Field(default=_DEFAULT.shared_words, ge=0)
    """How many words in a row two pages may not have in common; 0 for any number."""
    set_phrases: tuple[str, ...] = ()
    """Phrases of the field, which pages may share."""
    shortest_summary: int = Field(default=0, ge=0)
    """The least number of characters of a summary."""


def read_editorial(folder: Path) -> tuple[EditorialRules, list[Problem]]:
    """Read the rules in *folder*; without a file, those that need no data of the field."""
    path = folder / EDITORIAL
    if not os.path.lexists(path):
        return _DEFAULT, []
    text, problems = read_text(path)
    document = read_yaml(text, str(path))
    problems = [*problems, *document.problems]
    if problems or document.data is None:
        return _DEFAULT, problems
    form = fill_form(EditorialForm, document)
    if form is None:
        return _DEFAULT, document.problems
    return EditorialRules(
        sections=tuple(
            SectionRule(title, *section.words, section.hint) for title, section in form.sections.items()
        ),
        optional=form.optional, placeholders=form.placeholders, references=form.references,
        shared_words=form.shared_words, set_phrases=form.set_phrases, shortest_summary=form.shortest_summary,
    ), []  # fmt: skip
