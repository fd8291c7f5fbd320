"""Where a collection is kept, and which files it is made of."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SUFFIX = ".md"
REGISTRIES = ("venues.yml", "benchmarks.yml", "facets.yml", "conditions.yml", "chain.yml")
FOLDERS: Mapping[str, str] = {
    "year": "years", "venue": "venues", "benchmark": "leaderboards", "author": "authors", "paper": "papers",
}  # fmt: skip
"""Folders of the pages that the site itself has, by what they are about."""
INDEX = "index"
"""Page of a folder that lists the others, so that none of them can have its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where a collection is kept."""

    papers: Path
    """Folder of pages, one for each paper, named by key."""
    methods: Path
    """Folder of pages, one for each method category, named by slug."""
    registries: Path
    """Folder of the YAML registries."""
    bibliography: Path | None = None
    """BibTeX file of works without a page."""

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield every file that the collection is made of, under a name that says what it is.

        Their paths are texts: making paths of thousands takes longer than looking at the files.
        """
        for kind, folder in (("paper", self.papers), ("method", self.methods)):
            for name in _page_names(folder):
                yield f"{kind}/{name}", f"{folder}{os.sep}{name}"
        for name in REGISTRIES:
            yield f"registry/{name}", str(self.registries / name)
        if self.bibliography is not None:
            yield "bibliography", str(self.bibliography)


def page_files(folder: Path) -> list[Path]:
    """Return the pages of *folder* in a fixed order; hidden files and ``index`` are none."""
    return [folder / name for name in _page_names(folder)]


def _page_names(folder: Path) -> list[str]:
    names = os.listdir(folder) if folder.is_dir() else []  # noqa: PTH208  names are all we need
    hidden = {INDEX + SUFFIX, SUFFIX}
    return sorted(name for name in names if name.endswith(SUFFIX) and name[0] != "." and name not in hidden)
