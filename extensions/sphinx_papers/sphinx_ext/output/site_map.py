"""The sitemap and what robots are told, of a site that knows its address."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_papers.formats.exports.sitemap import ROBOTS, SITEMAP, robots, sitemap
from sphinx_papers.formats.storage.files import write_bytes
from sphinx_papers.sphinx_ext.addresses import SITES, site_address
from sphinx_papers.sphinx_ext.context import paper_context

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_OTHERS = "sphinx_sitemap"
"""The extension whose sitemap stands in place of ours."""


def map_is_there(app: Sphinx) -> bool:
    """Say whether nothing is to be written that is not there."""
    return all((app.outdir / name).is_file() for name in _wanted(app))


def write_map(app: Sphinx) -> None:
    """Write what is wanted, and delete what is not any more."""
    base, domain, builder = site_address(app.config), paper_context(app.env), app.builder
    wanted = _wanted(app)
    if SITEMAP in wanted:
        pages = [(name, base + builder.get_target_uri(name)) for name in app.env.found_docs]
        text = sitemap(domain.library, app.config.papers_methods, app.config.root_doc, pages)
        write_bytes(app.outdir, SITEMAP, text.encode())
    if ROBOTS in wanted:
        write_bytes(app.outdir, ROBOTS, robots(base).encode())
    for name, there in ((SITEMAP, _OTHERS in app.extensions), (ROBOTS, _has_robots(app))):
        if name not in wanted and not there and builder.name in SITES:
            (app.outdir / name).unlink(missing_ok=True)


def _wanted(app: Sphinx) -> list[str]:
    """Return the names of what is to be there: nothing where addresses are not known, or another has it."""
    if app.builder.name not in SITES or not site_address(app.config):
        return []
    own = {SITEMAP: _OTHERS not in app.extensions, ROBOTS: not _has_robots(app)}
    return [name for name, wanted in own.items() if wanted]


def _has_robots(app: Sphinx) -> bool:
    """Say whether the project has a file for robots itself."""
    extra = [Path(app.confdir, each) for each in app.config.html_extra_path]
    return any(path.name == ROBOTS or (path / ROBOTS).is_file() for path in extra)
