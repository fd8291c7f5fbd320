"""What a site's scripts need beyond a page, as scripts that hand over data and do nothing else.

A page that is opened from a disk may ask for no other kind of file; so these are the one way, there and on a
server. Each is a name and a value in JSON.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sphinx_papers.formats.exports import board_json, comparison_json, latex_table, markdown
from sphinx_papers.formats.exports.export import BESIDE, EXPORTS, OFFERED, data_file
from sphinx_papers.formats.text.plain import writable
from sphinx_papers.model.tables.table import venue_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_papers.formats.exports.export import Export
    from sphinx_papers.model.records.library import Library
    from sphinx_papers.model.records.paper import Paper

_FOR_PROGRAMS = (EXPORTS["json"], EXPORTS["orkg"])
"""Formats that no reader asks a page for."""
_PIECES = {"markdown": markdown.PIECES, "latex": latex_table.PIECES}
"""What the script puts tables together of, by format."""


def data_script(name: str, value: str) -> str:
    """Return the script that hands over *value*, JSON as it stands, as the data *name*."""
    return writable(f"sphinxPapers.take({_json(name)}, {value.rstrip()});\n")


def paper_data(paper: Paper, library: Library) -> str:
    """Return the data of a paper: what a preview says, and the paper in each format that readers take of it."""
    place = "".join(span.text for span in venue_spans(library, paper)) or str(paper.date)
    about = {"name": paper.name, "title": paper.plain_title, "summary": paper.summary, "place": place}
    formats = {each.name: each.part_of(paper, library) for each in BESIDE if each not in _FOR_PROGRAMS}
    return data_script(f"papers/{paper.key}", _json(about | {"formats": formats}))


def shared_data(library: Library) -> Iterator[tuple[str, str]]:
    """Yield file and text of the data about several papers."""
    for name, value in _values(library):
        yield data_file(name), data_script(name, value)


def _values(library: Library) -> Iterator[tuple[str, str]]:
    yield "exports", _json([_entry(each, library) for each in EXPORTS.values() if each not in _FOR_PROGRAMS])
    yield "comparison", comparison_json.comparison_text(library)
    for export in OFFERED:
        if export not in _FOR_PROGRAMS:
            written = {key: export.part_of(library[key], library) for key in sorted(library)}
            yield export.name, _json({key: part for key, part in written.items() if part})
    for place, text in board_json.board_data(library):
        yield f"leaderboards/{place}", text


def _entry(export: Export, library: Library) -> dict[str, Any]:
    """Return what a reader is told of a format, and what its parts are put together with."""
    entry: dict[str, Any] = {"name": export.name, "label": export.label, "file": export.file}
    if export.name in _PIECES:
        entry["pieces"] = _PIECES[export.name]
    if export.layout is not None:
        layout, registry = export.layout, library.registry
        entry |= {
            "opening": layout.opening(registry), "glue": layout.glue, "closing": layout.closing,
            "empty": layout.join((), registry), "beside": export.beside,
        }  # fmt: skip
    return entry


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
