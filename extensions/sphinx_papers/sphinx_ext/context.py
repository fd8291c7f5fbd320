"""What a build knows of the collection: the papers, which page shows what, and where things are.

Sphinx keeps it with the environment as the data of a domain. What the domain has for authors, its
roles and directives, stands above it (:mod:`sphinx_papers.sphinx_ext.markup.domain`).
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.domains import Domain

from sphinx_papers.formats.storage.places import INDEX
from sphinx_papers.model.display.text import Target, own_words
from sphinx_papers.model.records.library import Library, short_digest
from sphinx_papers.model.tables.select import UNTIL
from sphinx_papers.model.views.bibliography import with_citing
from sphinx_papers.model.views.library_views import BibliographyView, CitationView, board_title
from sphinx_papers.model.views.view import Noted, View, take_value, value_of
from sphinx_papers.sphinx_ext.addresses import (
    export_uri,
    group_document,
    letter_anchor,
    result_address,
)
from sphinx_papers.sphinx_ext.packed_dict import Packed

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from docutils.nodes import Element
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_papers.formats.records.folder import Collection
    from sphinx_papers.formats.storage.places import Places
    from sphinx_papers.model.display.text import Block, Table

PAPERS = "papers"
_NO_PAPERS = Library()
_NOTES = ("hidden", "toctrees", "cites", "blocks")
"""What is noted of toctrees, citations, and blocks that changed since the document was read, by document."""
_LATEST = 8
"""Values that are kept: more than the page of a paper shows."""


class PaperContext(Domain):
    """The library of a build, what each page shows of it, and where that is."""

    name = "paper"
    initial_data: ClassVar[dict[str, Any]] = {
        "views": Packed(),
        "texts": Packed(),
        "library": "",
        "surroundings": "",
        "blocks": {},
        "objects": (),
        "mounted": {},
        "hidden": {},
        "toctrees": {},
        "cites": {},
        "verbs": [],
    }
    data_version = 7

    # Set when the builder is ready; none is pickled with the environment.
    collection: Collection | None = None
    places: Places | None = None
    writes_html = False
    """Whether this build writes HTML, where blocks are written from their values."""
    writes_files = False
    """Whether this build writes exports beside the pages."""
    _addresses: dict[str, dict[Target, tuple[str, str]]]
    _latest: dict[View, object]
    paged: dict[View, Table]
    """Tables with pages still to be written, where this process wrote their first."""

    @property
    def library(self) -> Library:
        """The papers; read when first asked for, which a build without changes never does."""
        return self.collection.library if self.collection else _NO_PAPERS

    def note(self, docname: str, view: View, *, shapes: bool = True) -> None:
        """Note that *docname* shows *view*; that its value *shapes* the document, or is put in when it is written."""
        views = self._views(docname)
        before = views.get(view)
        if before is None:
            views[view] = Noted.of(view, self.library, shapes=shapes)
        elif shapes and not before.shapes:
            views[view] = replace(before, shapes=True)
        if isinstance(view, CitationView):
            self.data["cites"].setdefault(docname, {})[view.key] = None

    def show(self, docname: str, view: View) -> Any:
        """Return the value of *view*, and note that *docname* shows it."""
        self.note(docname, view)
        return value_of(view, self.library)

    def block(self, node: Element) -> Block | None:
        """Return what *node* shows; it is asked for twice, for the search index and to be written."""
        value: Any = self.value(node["view"])
        if isinstance(node["view"], BibliographyView):
            value = with_citing(self.library, value, self.citing())
        part = node["part"]
        return getattr(value, part) if part and value is not None else value  # type: ignore[no-any-return]

    def value(self, view: View) -> object:
        """Return the value of *view*; the latest are kept."""
        if view not in self._latest:
            if len(self._latest) >= _LATEST:
                del self._latest[next(iter(self._latest))]
            self._latest[view] = take_value(view, self.library)
        return self._latest[view]

    def citing(self) -> dict[str, list[tuple[Target, str]]]:
        """Return the pages that cite each work without a page of its own, by its key, in the order of their names."""
        works, found = self.library.works, dict[str, list[tuple[Target, str]]]()
        for docname, keys in self.data["cites"].items():
            cited = [key for key in keys if key in works]
            page = self._page(docname) if cited else None
            for key in cited if page else ():
                found.setdefault(key, []).append(page)  # type: ignore[arg-type]
        return {
            key: sorted(pages, key=lambda page: (page[1].casefold(), page[0])) for key, pages in found.items()
        }

    def _page(self, docname: str) -> tuple[Target, str] | None:
        """Return *docname* as others name it; none if it has no title."""
        folder, _, name = docname.rpartition("/")
        if folder == PAPERS and name in self.library:
            return Target("paper", name), self.library[name].name
        title = self.env.titles.get(docname)
        return (Target("page", docname), title.astext()) if title is not None else None

    def views_of(self, docname: str) -> list[View]:
        """Return what *docname* shows, in the order in which it was noted."""
        return list(self._views(docname))

    def begin_writing(self) -> None:
        """Forget addresses and values: documents may have come and gone, and records changed."""
        self._addresses, self._latest, self.paged = {}, {}, {}

    def outdated(self) -> Iterator[str]:
        """Yield the documents that must be read again, as they were made of something that has changed.

        Of those that only show it, it is noted what they show now.
        """
        if self.collection is None or self.data["library"] == self.collection.digest:
            return
        # A directive looks its words up when it is read: with other words it may have to complain.
        same_words = self.data["surroundings"] == self.library.surroundings
        known: dict[tuple[View, Noted], Noted] = {}
        for docname in self.data["views"]:
            views = self._views(docname)
            changed = False
            for view, before in views.items():
                now = known.get((view, before))
                if now is None:
                    now = known[view, before] = before.now(view, self.library)
                if now.digest != before.digest:
                    if now.shapes or now.failed or not same_words:
                        yield docname
                        break
                    changed = True
                views[view] = now
            else:
                if changed:
                    self.data["blocks"][docname] = short_digest([each.digest for each in views.values()])
        self.data["library"] = self.collection.digest
        self.data["surroundings"] = self.library.surroundings

    def _views(self, docname: str) -> dict[View, Noted]:
        """Return what *docname* shows, with what it looked like."""
        kept: Packed[dict[View, Noted]] = self.data["views"]
        return kept.setdefault(docname, {})

    def clear_doc(self, docname: str) -> None:
        """Forget what *docname* shows."""
        if docname in self.data["views"]:
            del self.data["views"][docname]
        if docname in self.data["texts"]:
            del self.data["texts"][docname]
        for notes in _NOTES:
            self.data[notes].pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what *docnames* show, as another process read them."""
        for notes in _NOTES:
            found = otherdata[notes]
            self.data[notes].update({docname: found[docname] for docname in docnames if docname in found})
        self.data["views"].take(otherdata["views"], docnames)
        self.data["texts"].take(otherdata["texts"], docnames)

    def location(self, target: Target) -> tuple[str, str] | None:
        """Return the document and anchor of *target*; none if the site has no such place."""
        match target.kind:
            case "paper":
                place = (f"{PAPERS}/{target.id}", "")
            case "method":
                place = (f"{self.env.config.papers_methods}/{target.id}", "")
            case "page":
                place = (target.id, "")
            case "work":
                place = (self.env.config.papers_bibliography_page, nodes.make_id(target.id))
            case "letter":
                together = self.library.has_one_page_of_people
                place = (
                    (group_document("author", INDEX), letter_anchor(target.id))
                    if together
                    else (group_document("author", target.id), "")
                )
            case "author":
                page, _, slug = target.id.partition("/")
                place = (group_document("author", page), slug)
            case "report" | "compare":
                return None
            case "as-of":
                benchmark, split, _ = target.id.split("/")
                known = self.library.registry.board(benchmark, split)
                if known is None:
                    return None
                place = (group_document("benchmark", benchmark), nodes.make_id(board_title(known, split)))
            case kind:
                place = (group_document(kind, target.id), "")
        return place if place[0] in self.env.found_docs else None

    def addresses(self, builder: Builder, docname: str) -> Callable[[Target], str]:
        """Return a function that gives the URL of a target as seen from *docname*; empty if there is none.

        Seen from one folder it is always the same, so it is worked out once.
        """
        config = builder.config
        known = self._addresses.setdefault(posixpath.dirname(builder.get_target_uri(docname)), {})

        def address(target: Target) -> str:
            if target.kind == "url":
                return target.id
            if target.kind == "report":
                return result_address(
                    config.papers_repository, config.papers_result_form, self.library, target.id
                )
            if target.kind == "file":
                return export_uri(builder, docname, target.id)
            if target.kind == "compare":
                return f"{builder.get_relative_uri(docname, config.papers_compare_page)}#papers={target.id}"
            found = known.get(target)
            if found is None:
                place = self.location(target)
                if place is None:
                    return ""
                uri = builder.get_relative_uri(docname, place[0])
                if target.kind == "as-of":
                    _, split, month = target.id.split("/")
                    uri += f"?{split}.{UNTIL}={month}"
                # A site of one page gives a document an anchor already; ours is within it.
                found = (f"{uri.partition('#')[0]}#{place[1]}" if place[1] else uri, place[0])
                if place[0] == docname:  # no other document sees it so
                    return found[0] or "#"
                known[target] = found
            url, document = found
            return url if document != docname else f"#{url.partition('#')[2]}"

        return address

    def note_objects(self) -> None:
        """Keep the objects there are, so that a build without changes need not read the papers."""
        papers = [
            (
                key,
                f"{paper.name}: {paper.plain_title}" if paper.names else paper.plain_title,
                own_words(paper),
            )
            for key, paper in sorted(self.library.items())
        ]
        methods = [
            (slug, method.name, (method.name, slug))
            for slug, method in sorted(self.library.registry.methods.items())
        ]
        folder = self.env.config.papers_methods
        self.data["objects"] = [
            (key, name, kind, f"{below}/{key}", words)
            for kind, below, found in (("paper", PAPERS, papers), ("method", folder, methods))
            for key, name, words in found
        ]

    def own_words(self) -> dict[str, tuple[str, ...]]:
        """Return for the pages of papers and methods what one may look for them by."""
        return {docname: words for _, _, _, docname, words in self.data["objects"]}


def paper_context(env: BuildEnvironment) -> PaperContext:
    """Return what the build of *env* knows of the collection."""
    domain = env.domains[PaperContext.name]
    assert isinstance(domain, PaperContext)
    return domain
