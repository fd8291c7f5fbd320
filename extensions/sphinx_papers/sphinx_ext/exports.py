"""Files for other programs, written beside the pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_papers.formats.folder import write_bytes
from sphinx_papers.sphinx_ext.collection import state_folder

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def write_exports(app: Sphinx, error: Exception | None) -> None:
    """Write ``papers.bib`` into a site in HTML.

    Its text is that of the bibliography which this build has read.
    """
    if error is None and app.builder.name in {"html", "dirhtml"}:
        source = state_folder(app) / "references.bib"
        write_bytes(Path(app.outdir) / "papers.bib", source.read_bytes())
