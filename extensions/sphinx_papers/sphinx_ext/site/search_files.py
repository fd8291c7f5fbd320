"""The site's own search: its page, and the files of its index (see :mod:`sphinx_papers.formats.search.index`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_papers.formats.search.index import FOLDER, MANIFEST, SearchPlace, search_files
from sphinx_papers.formats.search.records import (
    NO_TEXT,
    PageText,
    board_place,
    method_place,
    page_place,
    paper_place,
    people_places,
    term_places,
    work_places,
)
from sphinx_papers.formats.storage.files import inside, sweep, write_bytes
from sphinx_papers.formats.storage.places import FOLDERS, INDEX
from sphinx_papers.sphinx_ext.addresses import SITES
from sphinx_papers.sphinx_ext.context import PAPERS, PaperContext, paper_context
from sphinx_papers.sphinx_ext.failures import clear_errors

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_papers.model.display.text import Target

_SEARCH = "search"


def is_own(app: Sphinx) -> bool:
    """Say whether the site has this search, and not Sphinx's."""
    return (
        app.config.papers_search == "auto" and app.config.html_theme == "furo" and app.builder.name in SITES
    )


def choose_search(app: Sphinx) -> None:
    """Keep Sphinx from making its own index and page, where the site has this search."""
    builder = app.builder
    if isinstance(builder, StandaloneHTMLBuilder) and is_own(app):
        builder.search = False


def index_file(builder: StandaloneHTMLBuilder) -> str:
    """Return the file without which the folder of *builder* has no search."""
    return builder.searchindex_filename if builder.search else f"{FOLDER}/{MANIFEST}"


def search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Write the index, and yield the page that uses it."""
    if is_own(app):
        with clear_errors("write the search index"):
            _write(app)
        yield _SEARCH, {"title": "Search"}, "papers-search.html"


def _write(app: Sphinx) -> None:
    folder = app.outdir / FOLDER
    sweep(folder)
    names = set()
    for name, text in search_files(_places(app)):
        write_bytes(folder, name, text.encode())
        names.add(name)
    for file in folder.iterdir():
        if file.name not in names:
            inside(folder, file.name).unlink()
    # Of a build that had Sphinx's search.
    (app.outdir / StandaloneHTMLBuilder.searchindex_filename).unlink(missing_ok=True)


def _places(app: Sphinx) -> Iterator[SearchPlace]:
    """Yield all that can be found; within a kind in the order in which equally good places are listed."""
    domain = paper_context(app.env)
    library = domain.library

    def address(target: Target) -> str:
        place = domain.location(target)
        if place is None:
            return ""
        uri = app.builder.get_target_uri(place[0])
        return f"{uri}#{place[1]}" if place[1] else uri

    texts = domain.data["texts"]
    found = [docname for docname in _in_order(domain) if docname in app.env.found_docs]
    for docname in found:
        yield from _of_document(app, domain, docname, texts.get(docname, NO_TEXT))
    yield from people_places(library, address)
    yield from work_places(library, address)


def _in_order(domain: PaperContext) -> Iterator[str]:
    """Yield the documents: papers as in every table, boards as registered, all others by name."""
    library = domain.library
    first = {
        **{f"{PAPERS}/{key}": None for key in library},
        **{
            f"{FOLDERS['benchmark']}/{benchmark}": None
            for benchmark in sorted(library.by_benchmark, key=lambda each: -len(library.by_benchmark[each]))
        },
    }
    yield from first
    yield from sorted(domain.env.found_docs - first.keys())


def _of_document(app: Sphinx, domain: PaperContext, docname: str, text: PageText) -> Iterator[SearchPlace]:
    config, library = app.config, domain.library
    folder, _, name = docname.rpartition("/")
    uri = app.builder.get_target_uri(docname)
    if folder == PAPERS and name in library:
        yield paper_place(library[name], library.registry, uri, text)
    elif folder == config.papers_methods and name in library.registry.methods:
        yield method_place(library, name, uri, text)
    elif folder == FOLDERS["benchmark"] and name in library.by_benchmark:
        yield board_place(library, name, uri, text)
    elif folder == FOLDERS["author"] and name != INDEX:
        return  # a letter; each author of it is a place
    elif text.title:
        kind = _kind(app, domain, folder)
        note = app.env.titles[f"{folder}/{INDEX}"].astext() if f"{folder}/{INDEX}" in app.env.titles else ""
        yield page_place(kind, uri, text, note if name != INDEX else "")
        yield from term_places(uri, text)


def _kind(app: Sphinx, domain: PaperContext, folder: str) -> str:
    contributing = app.config.papers_contributing.rpartition("/")[0]
    if contributing and f"{folder}/".startswith(f"{contributing}/"):
        return "contributing"
    groups = {FOLDERS["year"], FOLDERS["venue"], FOLDERS["author"], FOLDERS["benchmark"]}
    return "group" if folder in groups | domain.library.registry.facets.keys() else "page"
