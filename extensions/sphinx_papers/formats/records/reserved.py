"""Names that no facet, condition or stage of a registry may have: one list, with what has them already."""

from __future__ import annotations

from sphinx_papers.formats.records.form import Form
from sphinx_papers.formats.records.record import NUMBER_KEYS, RecordForm
from sphinx_papers.formats.storage.places import FOLDERS
from sphinx_papers.model.tables.board import APART, BOARD, SORT, WORDS
from sphinx_papers.model.tables.select import FIELDS, OPTIONS, UNTIL

_SITE = frozenset({*FOLDERS.values(), "genindex", "search", "404"})
"""Folders and pages of the site."""
_FORM = frozenset(dir(Form))
"""What every form has already, its own methods and those of pydantic."""
_ASKED = frozenset({"state", BOARD, WORDS, SORT, APART, UNTIL})
"""What is asked of a leaderboard beside the fields of a selection."""

OF_STAGES = _SITE | _FORM
"""A stage is a key of `chain`, and its terms are asked for by their own names."""
OF_CONDITIONS = OF_STAGES | NUMBER_KEYS | _ASKED | {"year", "venue", "has"}
"""A condition is a key of a number, and a question of a leaderboard beside those that each has."""
OF_FACETS = OF_CONDITIONS | frozenset({*RecordForm.model_fields, *FIELDS, *OPTIONS})
"""A facet is a key of a record and of its numbers, a field of a selection, and a folder of pages."""
