"""A small collection on disk, with the command run in its folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

FILES = {
    "docs/registries/venues.yml": "cvpr: {name: CVPR, full: Vision, proceedings: Proc. of Vision, kind: conference}\n",
    "docs/registries/facets.yml": "supervision: {name: Labels, many: true, terms: {image: {name: Image labels}}}\n",
    "docs/methods/erasing.md": "---\nmethod: {name: Erasing, summary: Hides what was found.}\n---\n# Erasing\n",
    "docs/references.bib": "@misc{zhou2016learning, title = {Deep Features}, year = 2016}\n",
    "papers/lee2021maps.md": (
        "---\npaper:\n  title: Maps of CAMs\n  summary: Draws maps.\n  authors: [Émile Lee]\n  date: 2021-05\n"
        "  venue: {id: cvpr, year: 2021}\n  methods: [erasing]\n  builds_on: [zhou2016learning]\n---\n# Maps\n"
    ),
    "papers/berg2020boxes.md": (
        "---\npaper:\n  title: Boxes\n  summary: Draws boxes.\n  date: 2020\n  supervision: [image]\n  authors: [Ada Berg]\n---\n# Boxes\n"
    ),
}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a collection in which nothing is wrong, and work in it."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def edit(site: Path) -> Callable[[str, str, str], None]:
    """Return a function that replaces a text in a file of the collection."""

    def replace(name: str, old: str, new: str) -> None:
        text = (site / name).read_text("utf-8")
        assert old in text
        (site / name).write_text(text.replace(old, new), "utf-8")

    return replace
