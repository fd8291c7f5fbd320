"""Navigation at a cost that does not grow with the collection.

A theme renders the tree of all documents into every page. Here the tree shows the
sections of the site, the one that is open down to the page, and never single papers, so
the papers of one year share one rendering. The real tree stays as it is: PDF, ePub,
previous and next follow it.
"""

from __future__ import annotations

import hashlib
import os
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from sphinx_papers.model.tables.leaderboard import source_spans, value_text
from sphinx_papers.sphinx_ext.config import options

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_papers.model.records.library import Library

_PAPERS = "papers/"
_WIDEST = 60
"""A level below the top with more documents than this is shown on its own index page only."""


class Tree(str):
    """A navigation as HTML. It shows the open branch alone, so that nobody needs to fold it."""

    __slots__ = ()


class Navigation:
    """The sections of the site as the environment has them now."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        self._root = env.config.root_doc
        self._parents = {
            child: parent for parent, children in sorted(env.toctree_includes.items()) for child in children
        }
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

    def _children(self, docname: str) -> list[str]:
        found = self._env.toctree_includes.get(docname, [])
        children = [
            each for each in dict.fromkeys(found) if each in self._env.titles and not self._hidden(each)
        ]
        return children if docname == self._root or len(children) <= _WIDEST else []

    def entries(self, docname: str) -> list[tuple[int, str, str]]:
        """Return (level, document, title) of each line shown on *docname*."""
        branch = self._open(docname)
        lines: list[tuple[int, str, str]] = []

        def add(parent: str, level: int) -> None:
            for child in self._children(parent):
                lines.append((level, child, self._env.titles[child].astext()))
                if child in branch and branch[-1]:
                    add(child, level + 1)

        add(self._root, 1)
        return lines

    def digest(self, docname: str) -> str:
        """Return a digest of what is shown on *docname*; pages of one branch share it."""
        branch = self._open(docname)
        if (branch, "") not in self._rendered:
            shown = repr(self.entries(docname))
            self._rendered[branch, ""] = hashlib.blake2b(shown.encode(), digest_size=8).hexdigest()
        return self._rendered[branch, ""]

    def html(self, builder: Builder, docname: str) -> Tree:
        """Return the navigation as nested lists, in the classes that themes style."""
        branch = self._open(docname)
        base = builder.get_relative_uri(docname, self._root)
        here = docname if docname in branch else ""
        if (branch, base + here) not in self._rendered:
            self._rendered[branch, base + here] = self._html(builder, docname, branch)
        return Tree(self._rendered[branch, base + here])

    def _html(self, builder: Builder, docname: str, branch: tuple[str, ...]) -> str:
        parts: list[str] = []
        level = 0
        lines = self.entries(docname)
        here = next((child for _, child, _ in reversed(lines) if child in branch), "")
        for deeper, child, title in lines:
            if deeper > level:
                parts.append("<ul>")
            else:
                parts.append("</li>" + "</ul></li>" * (level - deeper))
            level = deeper
            current = " current" if child in branch else ""
            classes = f"toctree-l{deeper}{current}" + (" current-page" if child == here else "")
            uri = escape(builder.get_relative_uri(docname, child))
            parts.append(
                f'<li class="{classes}">'
                f'<a class="reference internal{current}" href="{uri}">{escape(title)}</a>'
            )
        return "".join(parts) + "</li></ul>" * level if parts else ""


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

        def toctree(**_: Any) -> Tree:
            return navigation.html(app.builder, pagename)

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
