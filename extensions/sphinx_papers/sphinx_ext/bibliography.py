"""sphinxcontrib-bibtex at a cost that is linear, fed with the papers' own records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from pybtex.database import BibliographyData
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinxcontrib.bibtex.bibfile import BibData, BibFile, get_mtime, is_bibdata_outdated, parse_bibdata
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain, Citation
from sphinxcontrib.bibtex.style.referencing import format_references
from sphinxcontrib.bibtex.style.template import SphinxReferenceInfo

from sphinx_papers.formats.bibtex import entries
from sphinx_papers.sphinx_ext.warnings import warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from docutils.nodes import Element
    from pybtex.database import Entry
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinxcontrib.bibtex.directives import BibliographyKey
    from sphinxcontrib.bibtex.roles import CitationRef

    from sphinx_papers.model.library import Library


class LinearBibtexDomain(BibtexDomain):  # type: ignore[misc]
    """The citation domain with an index where the original searches a list.

    Upstream keeps all citations of all documents in one list, which it goes through for
    each document, each entry and each citation. Here they are kept by document, and
    entries are found by key.
    """

    initial_data = {**BibtexDomain.initial_data, "refs": {}, "stale": True, "labels": {}}  # noqa: RUF012  as upstream
    data_version = 300 + BibtexDomain.data_version
    _by_key: Mapping[str, Citation] | None = None
    _formatted: dict[tuple[str, str, tuple[str, ...]], nodes.inline]

    @property
    def citation_refs(self) -> list[CitationRef]:
        """The citations in the current document.

        The role appends to this list, and the bibliography looks in it for citations in
        its own document; nothing else of upstream is in use that reads it.
        """
        refs: dict[str, list[CitationRef]] = self.data["refs"]
        return refs.setdefault(self.env.current_document.docname, [])

    def adopt(self, files: Iterable[Path], library: Library) -> None:
        """Take the entries of *library* as they are, in place of reading them from its file.

        *files* are those of ``bibtex_bibfiles``, the library's own first. Does nothing if
        none of them changed; bibtex then finds its data up to date, and parses nothing.
        """
        paths, encoding = [path.resolve() for path in files], self.env.config.bibtex_encoding
        if not is_bibdata_outdated(self.bibdata, paths, encoding):
            return
        kept = parse_bibdata(paths[1:], encoding)
        ours = entries(library.values(), library.registry).entries
        known = {key: None for key in kept.data.entries if key not in ours}
        data = BibliographyData({**ours, **{key: kept.data.entries[key] for key in known}})
        bibfiles = {paths[0]: BibFile(get_mtime(paths[0]), dict.fromkeys(ours))}
        bibfiles.update({path: BibFile(get_mtime(path), known) for path in paths[1:]})
        self.data["bibdata"] = BibData(encoding, bibfiles, data)

    def clear_doc(self, docname: str) -> None:
        """Forget the citations and bibliographies of *docname*."""
        self.data["refs"].pop(docname, None)
        for key in [key for key in self.bibliographies if key.docname == docname]:
            del self.bibliographies[key]
            self.data["stale"] = True

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read in *docnames*."""
        for key, value in otherdata["bibliographies"].items():
            if key.docname in docnames:
                self.bibliographies[key] = value
                self.data["stale"] = True
        self.data["refs"].update({d: r for d, r in otherdata["refs"].items() if d in docnames})

    def env_updated(self) -> Iterable[str]:
        """Format the entries again if a bibliography was read again, and only then.

        Returns the documents that cite an entry whose authors, year or label changed.

        Its document depends on its files, so it is read whenever an entry changes.
        """
        self._by_key = None
        if not self.data["stale"]:
            return []
        super().env_updated()
        self.data["stale"] = False
        before: dict[str, str] = self.data["labels"]
        labels = {citation.key: _label(citation) for citation in self.citations}
        self.data["labels"] = labels
        changed = {key for key in before.keys() | labels.keys() if before.get(key) != labels.get(key)}
        refs: dict[str, list[CitationRef]] = self.data["refs"]
        return [
            docname
            for docname, found in sorted(refs.items())
            if any(target.key in changed for ref in found for target in ref.targets)
        ]

    def get_filtered_entries(self, bibliography_key: BibliographyKey) -> Iterable[tuple[str, Entry]]:
        """Yield every entry: what is in the collection is in the bibliography."""
        for entry in self.get_entries(self.bibliographies[bibliography_key].bibfiles):
            yield entry.key, entry

    def get_sorted_entries(
        self, bibliography_key: BibliographyKey, docnames: list[str]
    ) -> Iterable[tuple[str, Entry]]:
        """Return the entries; the style sorts them, so their order here has no meaning."""
        return self.get_filtered_entries(bibliography_key)

    def _indexed(self) -> Mapping[str, Citation]:
        """Return the citations by key, indexed again after each reading."""
        if self._by_key is None:
            self._by_key = {citation.key: citation for citation in self.citations}
            self._formatted = {}
        return self._by_key

    def resolve_xref(
        self, env: BuildEnvironment, fromdocname: str, builder: Builder, typ: str, target: str,
        node: pending_xref, contnode: Element,
    ) -> Element:  # fmt: skip
        """Replace a citation by references to its entries.

        Documents of one folder see the bibliography at the same address, so that a
        citation is formatted once for all of them.
        """
        by_key = self._indexed()
        targets = list(parse_citation_targets(target))
        known = [(wanted, by_key[wanted.key]) for wanted in targets if wanted.key in by_key]
        for wanted in targets:
            if wanted.key not in by_key:
                warn("unknown-citation", f"no entry `{wanted.key}` in the bibliography", node)
        pages = {citation.bibliography_key.docname for _, citation in known}
        seen_from = tuple(builder.get_relative_uri(fromdocname, page) for page in sorted(pages))
        once = (typ, target, seen_from)
        if once not in self._formatted:
            references = [
                (citation.entry, citation.formatted_entry, SphinxReferenceInfo(
                    builder=builder, fromdocname=fromdocname,
                    todocname=citation.bibliography_key.docname, citation_id=citation.citation_id,
                    title=None, pre_text=wanted.pre, post_text=wanted.post,
                ))
                for wanted, citation in known
            ]  # fmt: skip
            result = nodes.inline(rawsource=target, classes=["bibtex-citation"])
            if references:
                result += format_references(self.reference_style, typ, references).render(self.backend)
            self._formatted[once] = result
        return self._formatted[once].deepcopy()

    def resolve_any_xref(
        self, env: BuildEnvironment, fromdocname: str, builder: Builder, target: str,
        node: pending_xref, contnode: Element,
    ) -> list[tuple[str, Element]]:  # fmt: skip
        """Find *target* for the role ``any``, unless it has a page, which comes first."""
        keys = [key.strip() for key in target.split(",")]
        if any(key in env.domains["paper"].library for key in keys):  # type: ignore[attr-defined]
            return []
        by_key = self._indexed()
        if not all(key in by_key for key in keys):
            return []
        return [("cite:p", self.resolve_xref(env, fromdocname, builder, "p", target, node, contnode))]


def _label(citation: Citation) -> str:
    """Return what a citation of an entry may show of it."""
    people = [str(person) for role in ("author", "editor") for person in citation.entry.persons.get(role, [])]
    return repr((people, citation.entry.fields.get("year"), citation.formatted_entry.label))


class LinkEntries(SphinxPostTransform):
    """Adds to each entry of a paper that has a page the link to that page."""

    # After sphinxcontrib-bibtex has filled the bibliography (5), before references are resolved (10).
    default_priority = 6

    def run(self, **kwargs: Any) -> None:
        """Add the links."""
        citations = list(self.document.findall(nodes.citation))
        if not citations:
            return
        keys = {nodes.make_id(key): key for key in self.env.domains["paper"].library}  # type: ignore[attr-defined]
        for citation in citations:
            key = next((keys[each] for each in citation["ids"] if each in keys), None)
            docname = f"papers/{key}"
            if key is None or docname not in self.env.found_docs:
                continue
            link = addnodes.pending_xref(
                "", nodes.inline("", "Page here"), refdomain="paper", reftype="paper", reftarget=key,
                refdoc=citation["docname"], refexplicit=True,
            )  # fmt: skip
            entry = nodes.inline("", "", link, classes=["sp-entry-page"])
            cast("nodes.Element", citation[-1]).extend([nodes.Text(" "), entry])
