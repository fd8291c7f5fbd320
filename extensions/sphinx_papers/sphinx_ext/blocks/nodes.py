"""One node for a block that the extension shows, written fast where it becomes HTML.

The cards, results and tables of a page made of docutils nodes would be more nodes than
its prose, and each costs in every transform, in the pickled document and in the writer:
measured, the pages of papers took nearly twice the time. So a document holds the *view*
alone. Its value is computed when the page is written: as HTML straight from the value, for
every other format as ordinary docutils nodes from a post-transform (see
:mod:`sphinx_papers.sphinx_ext.blocks.render`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_papers.model.display.fold import folded
from sphinx_papers.model.display.text import References, Table
from sphinx_papers.sphinx_ext.blocks.html import block_html
from sphinx_papers.sphinx_ext.blocks.paging import page_size, pager, split, tables_of
from sphinx_papers.sphinx_ext.blocks.render import block_nodes
from sphinx_papers.sphinx_ext.context import PaperContext, paper_context

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_papers.model.views.view import View


OF_SCRIPTS = frozenset({"then"})
"""Parts with links that ask a script for something."""
_OF_SITES = frozenset({"files", "choice"}) | OF_SCRIPTS
"""Parts with links to what only a site has."""


class viewing(nodes.General, nodes.Element):  # noqa: N801  docutils' style
    """Holds a view in ``view``, and in ``part`` which attribute of its value is meant, if not all."""

    def make_ready(self, domain: PaperContext, app: Sphinx) -> None:
        """Prepare to be written: beside HTML, put ordinary nodes in the place of this one."""
        raise NotImplementedError


class MakeReady(SphinxPostTransform):
    """Makes ready all that holds a view, in one walk through the document."""

    # Before references are resolved (10), as the blocks hold some.
    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Look at each node."""
        domain = paper_context(self.env)
        for node in list(self.document.findall(viewing)):
            node.make_ready(domain, self.env._app)


class shown(viewing):  # noqa: N801  docutils' style
    """A block."""

    def make_ready(self, domain: PaperContext, app: Sphinx) -> None:
        """Add the words of the block for HTML; put ordinary nodes in its place for all else."""
        if (self["part"] in _OF_SITES and not domain.writes_files) or (
            self["screen"] and not domain.writes_html
        ):
            self.parent.remove(self)  # there are none; or there is no screen
        elif not domain.writes_html:
            block = domain.block(self)
            if isinstance(block, Table):
                block = folded(block)
            plain = block_nodes(block) if block is not None else []
            role = "references" if isinstance(block, References) else getattr(block, "role", "")
            if plain and role and app.builder.format == "latex":
                plain = [nodes.container("", *plain, classes=[f"sp-{role}"])]  # for the style of the book
            self.replace_self(plain)
        elif getattr(app.builder, "search", False) and (
            text := self["view"].words(domain.library, self["part"])
        ):
            self.append(nodes.Text(text))  # for Sphinx's search index alone; the writer skips it


def show(view: View, part: str = "", *, screen: bool = False) -> shown:
    """Return the node that shows the value of *view*, or one attribute of it; on a *screen* alone if so asked."""
    return shown("", view=view, part=part, screen=screen)


def visit_shown(self: HTML5Translator, node: shown) -> None:
    """Write the whole block."""
    domain = paper_context(self.builder.env)
    current = self.builder.current_docname

    address = domain.addresses(self.builder, current)
    block = domain.block(node)
    if isinstance(block, Table) and self.builder.name == "epub":
        block = folded(block)
    size = page_size(self.builder._app)
    if isinstance(block, Table) and size and block.size > size:
        parts = split(block, size)
        domain.paged[node["view"]] = block
        number = tables_of(domain, current).index(node["view"]) + 1

        def uri(to: str) -> str:
            return self.builder.get_relative_uri(current, to) or "#"

        self.body.append(block_html(parts[0], address, room=True))
        if len(parts) > 1:
            self.body.append(pager(current, number, 1, len(parts), uri))
    elif block is not None:
        self.body.append(block_html(block, address, room=self.builder.name != "epub"))
    raise nodes.SkipNode
