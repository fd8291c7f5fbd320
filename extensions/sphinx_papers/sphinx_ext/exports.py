"""Files for other programs, written beside the pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.osutil import relative_uri

from sphinx_papers.formats.files import write_bytes

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

RECORD_SCHEMA = "record.schema.json"
"""The JSON Schema of a page's front matter, for editors."""
EXPORTS = ("papers.bib", RECORD_SCHEMA)
SITES = frozenset({"html", "dirhtml"})
"""The builders that make a site of many pages, with files beside them."""


def state_folder(app: Sphinx) -> Path:
    """Return where the extension keeps its own files: beside the pickled environment."""
    return Path(app.doctreedir) / "papers"


def write_exports(app: Sphinx) -> None:
    """Write ``papers.bib`` and the schema of a record into a site in HTML."""
    if app.builder.name in SITES:
        from sphinx_papers.formats.bibtex import written_library  # noqa: PLC0415  see formats.reading
        from sphinx_papers.formats.schemas import schema_bytes  # noqa: PLC0415

        library = app.env.domains["paper"].library  # type: ignore[attr-defined]
        write_bytes(Path(app.outdir) / "papers.bib", written_library(library).encode())
        write_bytes(Path(app.outdir) / RECORD_SCHEMA, schema_bytes("record", library.registry))


def export_link(builder: Builder, docname: str, name: str, content: Element) -> nodes.reference | None:
    """Return a link from *docname* to the export *name*; none in formats without exports."""
    if builder.name not in SITES or name not in EXPORTS:
        return None
    uri = relative_uri(builder.get_target_uri(docname), name)
    return nodes.reference("", "", content, refuri=uri, internal=False)
