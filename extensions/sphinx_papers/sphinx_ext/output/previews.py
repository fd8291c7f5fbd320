"""The pictures that other sites show beside links to the pages, where the project asks for them."""

from __future__ import annotations

import hashlib
import json
from importlib.util import find_spec
from typing import TYPE_CHECKING

from sphinx.errors import ConfigError

from sphinx_papers.formats.storage.files import inside, stays, sweep, write_bytes
from sphinx_papers.sphinx_ext.addresses import PREVIEWS, SITE_PREVIEW, has_previews, preview_file
from sphinx_papers.sphinx_ext.config import state_folder
from sphinx_papers.sphinx_ext.context import paper_context

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinx_papers.formats.drawings.preview import Preview

_LIBRARY = "PIL"


def check_previews(app: Sphinx, config: Config) -> None:
    """Refuse to build without what draws.

    :raises ConfigError: if pictures are asked for and Pillow is not installed.
    """
    if config.papers_previews and find_spec(_LIBRARY) is None:
        message = "papers_previews = True needs Pillow: pip install 'sphinx-papers[previews]'"
        raise ConfigError(message)


def write_previews(app: Sphinx) -> None:
    """Draw what is not there as it would be drawn now, and delete what is of no page."""
    if not has_previews(app):
        wanted: dict[str, Preview] = {}
    else:
        wanted = dict(_wanted(app))
    folder, record = state_folder(app), f"previews-{app.builder.name}.json"
    known = _known(app, record)
    if not wanted and not known:
        return
    digests = {name: _digest(preview) for name, preview in wanted.items()}
    sweep(app.outdir / PREVIEWS)
    # Should the build be stopped from here on, the next one knows what it may delete.
    write_bytes(folder, record, json.dumps(known | dict.fromkeys(wanted.keys() - known.keys(), "")).encode())
    for name, preview in wanted.items():
        if known.get(name) != digests[name] or not (app.outdir / name).is_file():
            from sphinx_papers.formats.drawings.preview import draw_preview  # noqa: PLC0415  Pillow may not be there

            write_bytes(app.outdir, name, draw_preview(preview))
    for name in known.keys() - wanted.keys():
        inside(app.outdir, name).unlink(missing_ok=True)
    write_bytes(folder, record, json.dumps(digests).encode())


def _known(app: Sphinx, record: str) -> dict[str, str]:
    """Return what the last build has drawn, with digests of what it shows."""
    try:
        kept = dict(json.loads((state_folder(app) / record).read_bytes()))
    except (OSError, ValueError, TypeError):
        return {}
    # What the record names may be deleted: one that names anything else is none of ours.
    return kept if all(stays(name) for name in kept) else {}


def _wanted(app: Sphinx) -> Iterator[tuple[str, Preview]]:
    from sphinx_papers.formats.drawings.preview import Preview, preview_of  # noqa: PLC0415  see formats.records.reading

    library, site = paper_context(app.env).library, app.config.html_title
    title = app.env.titles.get(app.config.root_doc)
    yield (
        SITE_PREVIEW,
        Preview(site=f"{len(library):,} papers", name=site, title=title.astext() if title else ""),
    )
    for key, paper in library.items():
        yield preview_file(key), preview_of(library, paper, site)


def _digest(preview: Preview) -> str:
    return hashlib.blake2b(repr(preview).encode(), digest_size=8).hexdigest()
