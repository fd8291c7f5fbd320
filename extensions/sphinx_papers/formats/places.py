"""Where a collection is kept, and which files it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SUFFIX = ".md"
REGISTRIES = ("venues.yml", "benchmarks.yml", "facets.yml", "conditions.yml")


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

    def files(self) -> Iterator[tuple[str, Path]]:
        """Yield every file that the collection is made of, under a name that says what it is."""
        for path in page_files(self.papers):
            yield f"paper/{path.name}", path
        for path in page_files(self.methods):
            yield f"method/{path.name}", path
        for name in REGISTRIES:
            yield f"registry/{name}", self.registries / name
        if self.bibliography is not None:
            yield "bibliography", self.bibliography


def page_files(folder: Path) -> Iterator[Path]:
    """Yield the pages of *folder* in a fixed order; hidden files and ``index`` are none."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.suffix == SUFFIX and not path.name.startswith(".") and path.stem != "index":
            yield path
