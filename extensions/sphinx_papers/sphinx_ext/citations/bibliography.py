"""sphinxcontrib-bibtex at a cost that is linear, fed with the papers' own records.

Its roles, its styles of citing and its names are used as they are. Its store is not: it
keeps all entries and all citations of all documents in one list, goes through it for each
document, each entry and each citation, formats every entry whenever a bibliography is read,
and pickles all this with the environment. Here an entry is made when it is cited, what a
document cites is a view like any other, and the bibliography is a block.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

from docutils import nodes
from pybtex.database import Entry
from pybtex.database import Person as BibtexPerson
from pybtex.richtext import Text
from pybtex.style import FormattedEntry
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.roles import CiteRole
from sphinxcontrib.bibtex.style.referencing import format_references
from sphinxcontrib.bibtex.style.template import SphinxReferenceInfo

from sphinx_papers.model.problem import shown
from sphinx_papers.model.views.library_views import CitationView
from sphinx_papers.sphinx_ext.context import PaperContext, paper_context
from sphinx_papers.sphinx_ext.warnings import warn

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinxcontrib.bibtex.roles import CitationRef

    from sphinx_papers.model.records.library import Library


class NotedCiteRole(CiteRole):  # type: ignore[misc]
    """A citation that notes what it shows of an entry, as everything else does."""

    def result_nodes(
        self, document: nodes.document, env: BuildEnvironment, node: Element, is_ref: bool
    ) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the citation; its text, with a warning, if it names no keys between commas."""
        papers = _papers(env)
        try:
            targets = list(parse_citation_targets(self.target))
        except (ValueError, RecursionError):  # the parser calls itself for each key
            warn("unknown-citation", f"{shown(self.target)} is no list of keys", node)
            return [nodes.inline(self.target, self.target)], []
        for target in targets:
            papers.note(env.current_document.docname, CitationView(target.key))
        return super().result_nodes(document, env, node, is_ref)  # type: ignore[no-any-return]


class LinearBibtexDomain(BibtexDomain):  # type: ignore[misc]
    """The citation domain without a store of its own."""

    roles = {name: NotedCiteRole() for name in BibtexDomain.roles}  # noqa: RUF012  as upstream
    data_version = 400 + BibtexDomain.data_version
    _entries: dict[str, tuple[Entry, FormattedEntry]]
    _formatted: dict[tuple[str, str, str], bytes]

    @property
    def citation_refs(self) -> list[CitationRef]:
        """Upstream's list of citations, to which its role appends; views stand in its place."""
        return []

    def clear_doc(self, docname: str) -> None:
        """Do nothing: nothing is kept."""

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Do nothing: nothing is kept."""

    def env_updated(self) -> Iterable[str]:
        """Forget the entries of an earlier build."""
        self._entries, self._formatted = {}, {}
        return []

    def _entry(self, library: Library, key: str) -> tuple[Entry, FormattedEntry]:
        """Return what the styles of citing need of a paper or work: its authors, its year, a label."""
        if key not in self._entries:
            from sphinx_papers.formats.exports.bibtex import latex_names  # noqa: PLC0415  see formats.records.reading

            found = library.get(key) or library.works[key]
            people: list[BibtexPerson] = latex_names(found.authors)
            entry = Entry(
                "misc",
                [("title", found.plain_title), ("year", str(found.year or "n.d."))],
                persons={"author": people} if people else {},
            )
            entry.key = key
            self._entries[key] = entry, FormattedEntry(key, Text(), found.author_year)
        return self._entries[key]

    def resolve_xref(
        self, env: BuildEnvironment, fromdocname: str, builder: Builder, typ: str, target: str,
        node: pending_xref, contnode: Element,
    ) -> Element:  # fmt: skip
        """Replace a citation by references to its entries.

        Documents of one folder see the bibliography at the same address, so that a
        citation is formatted once for all of them.
        """
        library = _papers(env).library
        page = env.config.papers_bibliography_page
        targets = list(parse_citation_targets(target))
        for wanted in targets:
            if wanted.key not in library and wanted.key not in library.works:
                warn("unknown-citation", f"no entry `{wanted.key}` in the bibliography", node)
        once = (typ, target, builder.get_relative_uri(fromdocname, page))
        if once not in self._formatted:
            references = [
                (*self._entry(library, wanted.key), SphinxReferenceInfo(
                    builder=builder, fromdocname=fromdocname, todocname=page,
                    citation_id=nodes.make_id(wanted.key), title=None,
                    pre_text=wanted.pre, post_text=wanted.post,
                ))
                for wanted in targets
                if wanted.key in library or wanted.key in library.works
            ]  # fmt: skip
            result = nodes.inline(rawsource=target, classes=["bibtex-citation"])
            if references:
                result += format_references(self.reference_style, typ, references).render(self.backend)
            self._formatted[once] = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
        # Each citation has nodes of its own, which come from there in a tenth of the time of a copy.
        return pickle.loads(self._formatted[once])  # type: ignore[no-any-return]  # noqa: S301

    def resolve_any_xref(
        self, env: BuildEnvironment, fromdocname: str, builder: Builder, target: str,
        node: pending_xref, contnode: Element,
    ) -> list[tuple[str, Element]]:  # fmt: skip
        """Find *target* for the role ``any``, unless it has a page, which comes first."""
        library = _papers(env).library
        keys = [key.strip() for key in target.split(",")]
        if not all(key in library.works for key in keys):
            return []
        return [("cite:p", self.resolve_xref(env, fromdocname, builder, "p", target, node, contnode))]


def _papers(env: BuildEnvironment) -> PaperContext:
    return paper_context(env)
