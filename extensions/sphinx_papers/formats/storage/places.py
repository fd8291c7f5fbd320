"""Where a collection is kept, and which files it is made of."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sphinx_papers.formats.storage.files import examine

SUFFIX = ".md"
_DOCUMENTS = (SUFFIX, ".markdown", ".rst")
REGISTRIES = ("venues.yml", "benchmarks.yml", "facets.yml", "conditions.yml", "chain.yml")
EDITORIAL = "editorial.yml"
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
"""The citation key of a page: what every file system, URL and BibTeX dialect takes as it stands.

A dot would begin the end of a file's name, and of what is exported beside the page.
"""
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

    @classmethod
    def of(cls, papers: Path, docs: Path) -> Places:
        """Return where things are in a collection with the folders *papers* and *docs*, the site's source."""
        return cls(
            papers=papers, methods=docs / "methods", registries=docs / "registries",
            bibliography=docs / "references.bib",
        )  # fmt: skip

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield every file that the collection is made of, under a name that says what it is.

        Their paths are texts: making paths of thousands takes longer than looking at the files.
        """
        for name in _strays(self.papers):
            yield f"stray/{name}", str(self.papers / name)
        for kind, folder in (("paper", self.papers), ("method", self.methods)):
            for name in _page_names(folder):
                yield f"{kind}/{name}", f"{folder}{os.sep}{name}"
        for name in (*REGISTRIES, EDITORIAL):
            yield f"registry/{name}", str(self.registries / name)
        if self.bibliography is not None:
            yield "bibliography", str(self.bibliography)


def page_files(folder: Path) -> list[Path]:
    """Return the pages of *folder* in a fixed order; hidden files and ``index`` are none."""
    return [folder / name for name in _page_names(folder)]


def published(folder: Path) -> list[str]:
    """Return the names of the pages of *folder* that can be documents, its index with them.

    What else is called a page there is an error of its own, and nothing of it is shown: a link
    out of the folder, a device, a name that is no key.
    """
    return [name for name in (INDEX + SUFFIX, *_page_names(folder)) if _can_be_shown(folder, name)]


def _can_be_shown(folder: Path, name: str) -> bool:
    try:
        examine(f"{folder}{os.sep}{name}")
    except OSError:
        return False
    return bool(KEY.fullmatch(name.removesuffix(SUFFIX)))


def _strays(folder: Path) -> Iterator[str]:
    """Yield the documents below *folder* that are where no page can be; no link is followed."""
    waiting = [""]
    while waiting:
        below = waiting.pop()
        for entry in os.scandir(folder / below) if (folder / below).is_dir() else ():
            name = below + entry.name
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False) and not (below == "" and name.endswith(SUFFIX)):
                waiting.append(f"{name}/")
            elif name.lower().endswith(_DOCUMENTS) and (below or not name.endswith(SUFFIX)):
                yield name


def _page_names(folder: Path) -> list[str]:
    names = os.listdir(folder) if folder.is_dir() else []  # noqa: PTH208  names are all we need
    hidden = {INDEX + SUFFIX, SUFFIX}
    return sorted(name for name in names if name.endswith(SUFFIX) and name[0] != "." and name not in hidden)
