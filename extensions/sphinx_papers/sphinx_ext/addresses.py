"""Where things are: documents of groups, exports beside the pages, and forms of the repository."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from docutils import nodes
from sphinx.util.osutil import relative_uri

from sphinx_papers.formats.exports.site import PublishedSite
from sphinx_papers.formats.storage.places import FOLDERS
from sphinx_papers.model.tables.leaderboard import source_spans, value_text
from sphinx_papers.sphinx_ext.config import options

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config

    from sphinx_papers.model.records.library import Library

SITES = frozenset({"html", "dirhtml"})
"""The builders that make a site of many pages, with files beside them."""


PREVIEWS = "_previews"
"""The folder of the pictures that other sites show beside a link."""
SITE_PREVIEW = f"{PREVIEWS}/index.png"
"""The one of every page that is of no paper; no page of a paper is called so."""


def preview_file(key: str) -> str:
    """Return the name of the picture of the paper *key*."""
    return f"{PREVIEWS}/{key}.png"


def has_previews(app: Sphinx) -> bool:
    """Say whether there are pictures: they are found by whole addresses alone."""
    return bool(app.config.papers_previews and site_address(app.config) and app.builder.name in SITES)


def site_address(config: Config) -> str:
    """Return where the site is published, with a slash at its end; empty where that is not known."""
    base = config.html_baseurl
    return f"{base.rstrip('/')}/" if base else ""


def published_site(app: Sphinx) -> PublishedSite:
    """Return what feeds say of the site."""
    said = app.config.epub_description  # where Sphinx has not been told it says so
    return PublishedSite(
        title=app.config.html_title,
        identity=app.config.papers_repository or app.config.html_title,
        base=site_address(app.config),
        page=app.builder.get_target_uri,
        description="" if said == "unknown" else said,
        creator="" if app.config.author == "Author name not set" else app.config.author,
        licence=app.config.papers_licence,
        identifier=app.config.papers_identifier,
    )


def group_document(kind: str, identifier: str) -> str:
    """Return the document of a group, or of a letter of authors; a facet's are in a folder of its own name."""
    return f"{FOLDERS.get(kind, kind)}/{identifier}"


def letter_anchor(letter: str) -> str:
    """Return the anchor of *letter* on a page that lists all authors; no author has the same."""
    return f"letter-{letter}-of-names"


def export_uri(builder: Builder, docname: str, name: str) -> str:
    """Return the address of the export *name* as seen from *docname*; none in formats without exports."""
    return relative_uri(builder.get_target_uri(docname), name) if builder.name in SITES else ""


def export_link(builder: Builder, docname: str, name: str, content: Element) -> nodes.reference | None:
    """Return a link from *docname* to the export *name*; none in formats without exports."""
    uri = export_uri(builder, docname, name)
    return nodes.reference("", "", content, refuri=uri, internal=False) if uri else None


def edit_address(app: Sphinx, docname: str) -> str:
    """Return where *docname* is edited in a browser; empty if it is generated, or the repository not known."""
    chosen = options(app.config)
    path = source_path(app, docname)
    return (
        f"{chosen.repository.rstrip('/')}/edit/{chosen.branch}/{path}" if path and chosen.repository else ""
    )


def report_address(repository: str, form: str, docname: str) -> str:
    """Return where a mistake on *docname* is reported, with what is known filled in; empty without a form.

    https://docs.github.com/en/issues/tracking-your-work-with-issues/creating-an-issue#creating-an-issue-from-a-url-query
    """
    if not form:
        return ""
    known = {"template": form, "title": f"Mistake: {docname.rpartition('/')[2]}", "page": docname}
    return f"{repository}/issues/new?{urlencode(known, quote_via=quote, safe='/')}"


def result_address(repository: str, form: str, library: Library, identifier: str) -> str:
    """Return where a result is confirmed or corrected, with what is known filled in; empty without a form.

    *identifier* is the key of a paper and the place among its results, from 0: ``lee2021railroad/3``.
    """
    key, _, place = identifier.rpartition("/")
    if not (repository and form and key in library):
        return ""
    paper = library[key]
    result = paper.results[int(place)]
    benchmark = library.registry.benchmarks[result.benchmark]
    split = f"{benchmark.name} {benchmark.splits[result.split].name}"
    value = value_text(result.value)
    known = {
        "template": form, "title": f"Result: {paper.name}, {split}, {value}", "key": key,
        "split": f"{result.benchmark} {result.split}", "value": value,
        "source": "".join(span.text for span in source_spans(paper, result)),
    }  # fmt: skip
    return f"{repository.rstrip('/')}/issues/new?{urlencode(known, quote_via=quote, safe='/')}"


def source_path(app: Sphinx, docname: str) -> str:
    """Return the file of *docname* relative to the repository; empty if it is generated."""
    file = os.fspath(app.env.doc2path(docname))
    root = os.path.join(app.confdir.parent, "")  # noqa: PTH118  asked for each page, so nothing but strings
    if file.startswith(os.path.join(app.doctreedir, "")) or not file.startswith(root):  # noqa: PTH118
        return ""
    return file[len(root) :].replace(os.sep, "/")
