"""The domain of papers: its objects, roles and directives, and how references to them are resolved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.domains import ObjType
from sphinx.util.nodes import make_refnode

from sphinx_papers.model.display.text import Target
from sphinx_papers.sphinx_ext.addresses import export_link
from sphinx_papers.sphinx_ext.context import PaperContext
from sphinx_papers.sphinx_ext.markup.directives import DIRECTIVES
from sphinx_papers.sphinx_ext.markup.drawing_directives import DRAWING_DIRECTIVES
from sphinx_papers.sphinx_ext.markup.roles import FILE_ROLE, METHOD_ROLE, PAPER_ROLES
from sphinx_papers.sphinx_ext.warnings import warn

if TYPE_CHECKING:
    from docutils.nodes import Element, Node
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


class PaperDomain(PaperContext):
    """Papers and method categories as objects that any page can refer to."""

    label = "Papers"
    object_types: ClassVar[dict[str, ObjType]] = {
        "paper": ObjType("paper", "paper", "title", "author-year"),
        "method": ObjType("method category", "method"),
    }
    roles: ClassVar[dict[str, Any]] = {**PAPER_ROLES, "method": METHOD_ROLE, "file": FILE_ROLE}
    directives: ClassVar[dict[str, Any]] = {**DIRECTIVES, **DRAWING_DIRECTIVES}

    def resolve_xref(
        self, env: BuildEnvironment, fromdocname: str, builder: Builder, typ: str, target: str,
        node: pending_xref, contnode: Element,
    ) -> nodes.reference | None:  # fmt: skip
        """Link to the object that *target* names."""
        if typ == "file":
            return export_link(builder, fromdocname, target, contnode)
        kind = "paper" if typ in PAPER_ROLES else typ
        place = self.location(Target(kind, target))
        if place is None:
            return None
        return make_refnode(builder, fromdocname, place[0], place[1], contnode)

    def resolve_any_xref(
        self, env: BuildEnvironment, fromdocname: str, builder: Builder, target: str,
        node: pending_xref, contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:  # fmt: skip
        """Find *target* among papers and methods, for the role ``any``."""
        found = []
        for kind in ("paper", "method"):
            link = self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode)
            if link is not None:
                found.append((f"paper:{kind}", link))
        return found

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Yield every paper and method category, for inventories.

        Sphinx's search would list them beside the pages that they are: it finds these by their
        own words instead.
        """
        for key, name, kind, docname, _ in self.data["objects"]:
            if docname in self.env.found_docs:
                yield (key, name, kind, docname, "", -1)


def unresolved(app: object, env: BuildEnvironment, node: pending_xref, contnode: Node) -> Node | None:
    """Show the text alone where a link of ours leads nowhere, neither here nor elsewhere.

    An unknown key is said; that a group has no page is no mistake of anybody's.
    """
    if node.get("refdomain") != "paper":
        return None
    if node["reftype"] == "report":  # a form is for readers of the site
        return nodes.inline()
    if "unknown" in node:
        kind = "method" if node["reftype"] == "method" else "paper"
        warn(f"unknown-{kind}", f"unknown {kind} `{node['reftarget']}` ({node['unknown']})", node)
    return contnode
