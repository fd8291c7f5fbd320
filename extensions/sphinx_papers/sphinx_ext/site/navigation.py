"""Navigation at a cost that does not grow with the collection.

A theme renders the tree of all documents into every page. Here, with furo or where a project
asks for it, the tree shows the sections of the site, the one that is open down to the page,
and never single papers, so the papers of one year share one rendering. The real tree stays
as it is: PDF, ePub, previous and next follow it.
"""

from __future__ import annotations

import hashlib
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_papers.sphinx_ext.addresses import edit_address, report_address
from sphinx_papers.sphinx_ext.config import options

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

_Toctrees = list[tuple[str, list[tuple[str | None, str]]]]
"""Each toctree of a document: its caption, and its entries with their own titles."""
_PAPERS = "papers/"
_WIDEST = 60
"""A level below the top with more lines than this is shown on its own index page only."""


class NavigationLine(NamedTuple):
    """A line of a navigation."""

    level: int
    """From 1; 0 for a caption above others."""
    target: str
    """A document, or an address elsewhere."""
    title: str


class Navigation:
    """The sections of the site as the environment has them now."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        self._root = env.config.root_doc
        self._parents = {
            child: parent for parent, children in sorted(env.toctree_includes.items()) for child in children
        }
        self._noted: dict[str, _Toctrees] = env.domaindata["paper"]["toctrees"]
        self._rendered: dict[tuple[tuple[str, ...], str], str] = {}

    def above(self, docname: str) -> tuple[str, ...]:
        """Return the documents above *docname*, the nearest first, without the root."""
        above: list[str] = []
        parent = self._parents.get(docname)
        while parent is not None and parent != self._root and parent not in above:
            above.append(parent)
            parent = self._parents.get(parent)
        return tuple(above)

    def _open(self, docname: str) -> tuple[str, ...]:
        """Return the branch that is open on *docname*, from the top down to itself.

        A paper is not shown, and its breadcrumbs name all that is above it: there its section
        is marked, and ends the branch.
        """
        branch = (*reversed(self.above(docname)), docname)
        return (*branch[:1], "") if self._hidden(docname) else branch

    def _hidden(self, docname: str) -> bool:
        return docname.startswith(_PAPERS) and docname != f"{_PAPERS}index"

    def _parts(self, docname: str) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return the toctrees of *docname*: caption, and (document or address, title) of what is shown."""
        noted = self._noted.get(docname)
        if noted is None:
            below = dict.fromkeys(self._env.toctree_includes.get(docname, []))
            noted = [("", [(None, each) for each in below])]
        parts = [
            (caption, [line for title, entry in entries if (line := self._line(docname, title, entry))])
            for caption, entries in noted
        ]
        few = docname == self._root or sum(len(lines) for _, lines in parts) <= _WIDEST
        return parts if few else []

    def _line(self, docname: str, title: str | None, entry: str) -> tuple[str, str] | None:
        """Return where an entry of a toctree leads, and its title; none if it is not shown."""
        entry = docname if entry == "self" else entry
        if "://" in entry:
            return entry, title or entry
        if entry in self._env.titles and not self._hidden(entry):
            return entry, title or self._env.titles[entry].astext()
        # The index and the search are pages that no document makes.
        page, _, name = self._env.domains.standard_domain.labels.get(entry, ("", "", ""))
        return (page, title or str(name)) if page and page not in self._env.found_docs else None

    def entries(self, docname: str) -> list[NavigationLine]:
        """Return each line shown on *docname*."""
        branch = self._open(docname)
        lines: list[NavigationLine] = []

        def add(parent: str, level: int) -> None:
            parts = self._parts(parent)
            captions = level == 1 and any(caption for caption, _ in parts)
            for caption, found in parts:
                if captions:
                    lines.append(NavigationLine(0, "", caption))
                for target, title in found:
                    lines.append(NavigationLine(level, target, title))
                    if branch[-1] and branch[level - 1 : level] == (target,):
                        add(target, level + 1)

        add(self._root, 1)
        return lines

    def digest(self, docname: str) -> str:
        """Return a digest of what is shown on *docname*; pages of one branch share it."""
        branch = self._open(docname)
        if (branch, "") not in self._rendered:
            shown = repr(self.entries(docname))
            self._rendered[branch, ""] = hashlib.blake2b(shown.encode(), digest_size=8).hexdigest()
        return self._rendered[branch, ""]

    def html(self, builder: Builder, docname: str) -> str:
        """Return the navigation as nested lists, in the classes that themes style."""
        branch = self._open(docname)
        base = builder.get_relative_uri(docname, self._root)
        here = docname if docname in branch else ""
        if (branch, base + here) not in self._rendered:
            self._rendered[branch, base + here] = self._html(builder, docname, branch)
        return self._rendered[branch, base + here]

    def _html(self, builder: Builder, docname: str, branch: tuple[str, ...]) -> str:
        parts: list[str] = []
        level = 0
        lines = self.entries(docname)
        here = next((each.target for each in reversed(lines) if each.target in branch), "")
        for each in lines:
            if not each.level:
                parts.append("</li></ul>" * level)
                if each.title:
                    title = f'<span class="caption-text">{escape(each.title)}</span>'
                    parts.append(f'<p class="caption" role="heading">{title}</p>')
            elif each.level > level:
                parts.append("<ul>")
            else:
                parts.append("</li>" + "</ul></li>" * (level - each.level))
            level = each.level
            if level:
                parts.append(self._item(builder, docname, each, branch, here))
        return "".join(parts) + "</li></ul>" * level

    def _item(
        self, builder: Builder, docname: str, line: NavigationLine, branch: tuple[str, ...], here: str
    ) -> str:  # fmt: skip
        """Return the beginning of the item that shows *line*."""
        current = " current" if line.target in branch else ""
        classes = f"toctree-l{line.level}{current}" + (" current-page" if line.target == here else "")
        outside = "://" in line.target
        uri = line.target if outside else builder.get_relative_uri(docname, line.target)
        kind = "external" if outside else "internal"
        link = f'<a class="reference {kind}{current}" href="{escape(uri)}">{escape(line.title)}</a>'
        return f'<li class="{classes}">{link}'


class PageContext:
    """Puts navigation and edit links into the context of each page."""

    def __init__(self) -> None:
        self._navigation: Navigation | None = None

    def begin(self, app: Sphinx, env: BuildEnvironment) -> None:
        """Forget the last build: titles may have changed."""
        self._navigation = None

    def fill(
        self, app: Sphinx, pagename: str, template: str, context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:  # fmt: skip
        """Replace what the theme would compute at a cost, before the theme's handler runs."""
        if self._navigation is None:
            self._navigation = Navigation(app.env)
        navigation = self._navigation

        def toctree(**_: Any) -> str:
            return navigation.html(app.builder, pagename)

        if shows_sections(app.config):
            context["toctree"] = toctree
        if context.get("sourcename"):
            # Sphinx cuts the suffix off a path that may lead out of the source directory.
            suffix = app.env.doc2path(pagename).suffix
            context["sourcename"] = pagename + suffix + app.config.html_sourcelink_suffix
        self._repository_links(app, pagename, context, doctree)

    def _repository_links(
        self, app: Sphinx, pagename: str, context: dict[str, Any], doctree: nodes.document | None
    ) -> None:
        chosen = options(app.config)
        edit = edit_address(app, pagename) if doctree is not None else ""
        if not edit:
            context["page_source_suffix"] = ""  # themes then offer no edit link
            context["papers_edit_url"] = context["papers_report_url"] = ""
            return
        context["papers_edit_url"] = context["theme_source_edit_link"] = edit
        context["papers_report_url"] = report_address(
            chosen.repository.rstrip("/"), chosen.issue_form, pagename
        )


def shows_sections(config: Config) -> bool:
    """Say whether the sidebar shows sections, and not what the theme makes of the whole tree."""
    chosen = config.papers_navigation
    return bool(config.html_theme == "furo" if chosen == "auto" else chosen == "sections")
