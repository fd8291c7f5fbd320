"""Which script and style sheet a page loads: those that have something to do there.

Each script improves what it finds by a class, an identifier or a link, so that a page without these
would load it for nothing. All are classic scripts, which also run where a site is opened from a disk.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_papers.model.records.letters import LETTERS
from sphinx_papers.model.tables.board import MISSING
from sphinx_papers.model.views.card import FIRST_PUBLIC, PUBLISHED, TITLE
from sphinx_papers.sphinx_ext.blocks.table_room import ALL_SHOWN, FEW, FILTERS, TAKE_ALONG
from sphinx_papers.sphinx_ext.context import paper_context

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

STATIC = Path(__file__).parents[1] / "static"
FOLDER = "sphinx-papers"
"""The folder of the scripts among the static files."""
MATH = "math.css"
"""The style sheet of formulas, which brings a font."""
_LINK = re.compile(r'href="([^"#:?]+)["#]')
"""A link within the site."""
_DESIGN = re.compile(r'class="(?:[^"]* )?sd-')
"""A class of sphinx-design."""
_OF_DESIGN = ("sphinx-design.min.css", "design-tabs.js")
"""What sphinx-design adds to every page."""


def _has(pattern: str) -> Callable[[Sphinx, str, str], bool]:
    found = re.compile(pattern).search
    return lambda _, __, body: found(body) is not None


def _is(*templates: str) -> Callable[[Sphinx, str, str], bool]:
    return lambda _, template, __: template in templates


def _has_previews(app: Sphinx, template: str, body: str) -> bool:
    references = app.builder.get_target_uri(app.config.papers_bibliography_page)
    return f"{references}#" in body or _leads_to_papers(app, template, body)


def _leads_to_papers(app: Sphinx, _: str, body: str) -> bool:
    library = paper_context(app.env).library
    links = (found[1].rstrip("/").rpartition("/")[2] for found in _LINK.finditer(body))
    return any(name.partition(".")[0] in library for name in links)


_USES: dict[str, Callable[[Sphinx, str, str], bool]] = {
    "page": lambda *_: True,
    "tables": _has(r'class="sp-table[ "]'),
    "charts": lambda _, __, body: ' data-scale="' in body and ',"board":"' in body,
    "copying": _has(r'<pre class="sp-bibtex"|<dl class="[^"]*\bsp-cite\b'),
    "picking": _has(r'<tr data-key="|class="sp-files"'),
    "facts": _is("search.html"),
    "previews": _has_previews,
    "compare": _has(r'class="sp-comparing"'),
    "search": _is("search.html"),
    "find": _is("papers-search.html"),  # others load it when a search box is entered
    "not-found": _is("404.html"),
}
"""Whether a page uses a script, in the order in which they run."""
LATER = ("export",)
"""The scripts that others load when a reader asks for what they do."""


def add_static(app: Sphinx) -> None:
    """Add style sheet and scripts to sites in HTML."""
    if app.builder.format == "html":
        app.config.html_static_path.append(str(STATIC))
        app.add_css_file("sphinx-papers.css")
        app.add_css_file(MATH)
        told = _told(app)
        for name in _USES:
            app.add_js_file(f"{FOLDER}/{name}.js", loading_method="defer", **told.get(name, {}))


def _told(app: Sphinx) -> dict[str, dict[str, Any]]:
    """Return what scripts are told of this site, and of what Python writes as well, as attributes."""
    config = app.config
    told: dict[str, dict[str, Any]] = {
        "page": {
            "data-version": _version(),
            "data-letters": " ".join(letter + read_as for letter, read_as in LETTERS.items()),
        },
        "tables": {"data-missing": " ".join(sorted(MISSING)), "data-few": str(FEW), "data-filters": FILTERS},
        "picking": {"data-all": ALL_SHOWN, "data-open": TAKE_ALONG},
        "facts": {"data-title": TITLE, "data-places": f"{PUBLISHED}|{FIRST_PUBLIC}"},
        "previews": {"data-references": app.builder.get_target_uri(config.papers_bibliography_page)},
    }
    if config.papers_compare_page:
        told["page"]["data-compare"] = app.builder.get_target_uri(config.papers_compare_page)
    return told


def _version() -> str:
    """Return a digest of all scripts: those that are loaded later must be of the same edition."""
    digest = hashlib.blake2b(digest_size=4)
    for name in (*_USES, *LATER):
        digest.update((STATIC / FOLDER / f"{name}.js").read_bytes())
    return digest.hexdigest()


def leave_out_unused(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Take from a page the scripts and style sheets that it does not use."""
    body = context.get("body") or ""
    unused = {f"{FOLDER}/{name}.js" for name, used in _USES.items() if not used(app, template, body)}
    if _DESIGN.search(body) is None:
        unused.update(_OF_DESIGN)
    if "<math" not in body:
        unused.add(MATH)
    for files in (context["script_files"], context["css_files"]):
        # In place: it is the builder's own list, to which others may still add; it is made anew for each page.
        files[:] = [each for each in files if _name(each) not in unused]


def _name(file: object) -> str:
    """Return the name of a script or style sheet among the static files."""
    return str(getattr(file, "filename", file)).removeprefix("_static/")
