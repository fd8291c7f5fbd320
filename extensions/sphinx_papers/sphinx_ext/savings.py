"""What Sphinx, MyST and the theme work out anew for each page, though it is the same or simple.

Together these are a third of a build in plain Sphinx. Each is put in its place when a build
begins and taken away when it ends; what it gives is to the letter what it stands for, and
whatever is not as simple as it thinks is left to that.
"""

from __future__ import annotations

import logging
import re
import sys
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any

import myst_parser.mdit_to_docutils.base
import myst_parser.parsers.sphinx_
import sphinx.builders.html
import sphinx.environment.collectors.title
import sphinx.environment.collectors.toctree
import sphinx.events
import sphinx.util.docutils
from docutils import nodes
from docutils.utils import DependencyList
from sphinx import addnodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search import IndexBuilder
from sphinx.transforms import SphinxSmartQuotes
from sphinx.transforms.post_transforms.code import HighlightLanguageTransform
from sphinx.util.logging import NAMESPACE, VERBOSITY_MAP
from sphinx.util.nodes import NodeMatcher
from sphinx.writers.html5 import HTML5Translator

from sphinx_papers.sphinx_ext.navigation import Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from docutils.frontend import Values
    from docutils.transforms.parts import ContentsFilter
    from markdown_it import MarkdownIt
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.tags import Tags
    from sphinx.util.typing import ExtensionMetadata

_CHARACTERS = HTML5Translator.special_characters
# Nodes of a table of contents and of a title that are written here.
_WRITTEN = {"title", "Text", "bullet_list", "list_item", "compact_paragraph", "reference", "toctree"}
# Quotes, backticks, escapes of them, dashes and ellipses: what smart quotes change.
_QUOTED = re.compile(r"""["'`\\&\x00]|--|\. ?\.""")
# What the highlighting of a document begins with or is about.
_HIGHLIT = (addnodes.highlightlang, nodes.literal_block)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the savings; a site that has nothing else of this package may ask for them alone."""
    savings = Savings()
    app.connect("env-before-read-docs", savings.begin)
    app.connect("doctree-read", savings.read)
    app.connect("build-finished", savings.end)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class Savings:
    """What is replaced while a build runs."""

    def __init__(self) -> None:
        self._restore = ExitStack()
        self._parser: _Parser | None = None

    def begin(self, app: Sphinx, *_: object) -> None:
        """Put all in its place; runs before the first document is read."""
        self.end()
        self._parser = _Parser()
        self._replace(myst_parser.parsers.sphinx_, "create_md_parser", self._parser.instead)
        self._replace(myst_parser.mdit_to_docutils.base, "get_default_settings", remembered_defaults)
        self._replace(sphinx.util.docutils, "_get_settings", remembered_settings)
        self._replace(nodes.Node, "_fast_findall", lambda _: found_in_order)
        self._replace(nodes.Node, "_superfast_findall", lambda _: all_in_order)
        self._replace(NodeMatcher, "findall", lambda _: matched_in_order)
        self._replace(SphinxSmartQuotes, "get_tokens", spared_quotes)
        for collector in (sphinx.environment.collectors.title, sphinx.environment.collectors.toctree):
            self._replace(collector, "SphinxContentsFilter", plain_contents)
        self._replace(HighlightLanguageTransform, "apply", spared_visitors)
        self._spare_messages(app)
        if isinstance(app.builder, StandaloneHTMLBuilder):
            self._begin_html(app, app.builder)

    def _spare_messages(self, app: Sphinx) -> None:
        """Make no messages that nobody sees: there is one of each event, in which all of a page stands."""
        level = VERBOSITY_MAP[max(app.verbosity, 0)]
        if level > logging.DEBUG:
            logger = logging.getLogger(NAMESPACE)
            self._restore.callback(logger.setLevel, logger.level)
            logger.setLevel(level)
            # The module asks for the builtin, so that a name of its own comes before it.
            sphinx.events.repr = lambda _: ""  # type: ignore[attr-defined]
            self._restore.callback(delattr, sphinx.events, "repr")

    def _begin_html(self, app: Sphinx, builder: StandaloneHTMLBuilder) -> None:
        html = sphinx.builders.html
        self._replace(html, "_file_checksum", remembered_checksums)
        self._replace(IndexBuilder, "prune", lambda _: pruned)
        builder.templates.environment.auto_reload = False
        if _usual(app):
            self._replace(html, "document_toc", written_toc)
            self._replace(builder, "render_partial", remembered_titles)
        furo = sys.modules.get("furo")
        if furo is not None:
            self._replace(furo, "has_not_enough_items_to_show_toc", counted_items)
            self._replace(furo, "get_navigation_tree", ready_trees)

    def _replace(self, place: Any, name: str, instead: Callable[[Any], Any]) -> None:
        """Put what *instead* makes of a function in its place."""
        before = getattr(place, name)
        self._restore.callback(setattr, place, name, before)
        setattr(place, name, instead(before))

    def read(self, *_: object) -> None:
        """Take the parser back from the document that was read."""
        if self._parser is not None:
            self._parser.free()

    def end(self, *_: object) -> None:
        """Take all away."""
        self._restore.close()


def _usual(app: Sphinx) -> bool:
    """Say whether Sphinx's own translator writes tables of contents and titles, as nobody changed it."""
    handlers = app.registry.translation_handlers
    changed = {
        name for builder in (app.builder.name, app.builder.format) for name in handlers.get(builder, ())
    }
    return app.builder.get_translator_class() is HTML5Translator and not changed & _WRITTEN


class _Parser:
    """Makes MyST's parser once; it has forty rules to put in order, and keeps nothing of a document."""

    def __init__(self) -> None:
        self._create: Any = None
        self._made: tuple[Any, Any, MarkdownIt] | None = None
        self._busy = False

    def instead(self, create: Callable[..., MarkdownIt]) -> Callable[..., MarkdownIt]:
        """Take the place of *create*."""
        self._create = create
        return self.create

    def create(self, config: Any, renderer: Any) -> MarkdownIt:
        """Return the parser, or one of its own where the page has settings or stands in another."""
        if self._busy or (self._made is not None and self._made[0] is not config):
            return self._create(config, renderer)  # type: ignore[no-any-return]
        if self._made is None or self._made[1] is not renderer:
            self._made = config, renderer, self._create(config, renderer)
        self._busy = True
        return self._made[2]

    def free(self) -> None:
        """Let the next document have the parser."""
        self._busy = False


def _copied(settings: Values) -> Values:
    """Return *settings* for another document, which may add to lists."""
    own = settings.copy()
    for name, value in vars(own).items():
        if type(value) is list:
            setattr(own, name, value[:])
    own.record_dependencies = DependencyList()
    return own


def found_in_order(
    self: nodes.Node, cls: type[nodes.Node] | tuple[type[nodes.Node], ...]
) -> Iterator[nodes.Node]:
    """Yield all nodes of *cls* as docutils does, which has a generator wait at each level for each node."""
    if isinstance(self, cls):
        yield self
    waiting = [iter(self.children)]
    while waiting:
        for child in waiting[-1]:
            if isinstance(child, cls):
                yield child
            if child.children:
                waiting.append(iter(child.children))
                break
        else:
            waiting.pop()


def matched_in_order(self: NodeMatcher[Any], node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield all nodes that *self* matches, which asks only those of its classes."""
    for found in found_in_order(node, self.classes or nodes.Node):
        if not self.attrs or self.match(found):
            yield found


def all_in_order(self: nodes.Node) -> Iterator[nodes.Node]:
    """Yield all nodes, as docutils does where it asks for more than their kind."""
    return found_in_order(self, nodes.Node)


def remembered_defaults(compute: Callable[..., Values]) -> Callable[..., Values]:
    """Let the default settings of docutils be made once for each kind of component.

    It makes a parser of command lines with 150 options to get them.
    """
    known: dict[object, Values] = {}

    def settings(*components: Any) -> Values:
        if components not in known:
            known[components] = compute(*components)
        return _copied(known[components])

    return settings


def remembered_settings(compute: Callable[..., Values]) -> Callable[..., Values]:
    """Let the settings of documents be made once, as long as Sphinx asks for the same."""
    known: dict[object, tuple[dict[str, Any], Values]] = {}

    def settings(*components: Any, defaults: Mapping[str, Any], read_config_files: bool = False) -> Values:
        kinds = tuple(each if isinstance(each, type) else type(each) for each in components)
        key = (*kinds, read_config_files)
        if key not in known or known[key][0] != defaults:
            made = compute(*components, defaults=defaults, read_config_files=read_config_files)
            known[key] = dict(defaults), made
        return _copied(known[key][1])

    return settings


def spared_quotes(
    compute: Callable[[SphinxSmartQuotes, list[nodes.Text]], Iterator[tuple[str, str]]],
) -> Callable[[SphinxSmartQuotes, list[nodes.Text]], Iterator[tuple[str, str]]]:
    """Let a paragraph be as it is that has nothing which could become a typographical mark.

    For each of its texts Sphinx would ask all that is above it whether it may be changed.
    """

    def tokens(self: SphinxSmartQuotes, texts: list[nodes.Text]) -> Iterator[tuple[str, str]]:
        if self.smartquotes_action == "-1" or any(map(_QUOTED.search, texts)):
            return compute(self, texts)
        return iter([("literal", str(text)) for text in texts])

    return tokens


def plain_contents(make: Callable[[nodes.document], ContentsFilter]) -> Callable[[nodes.document], Any]:
    """Let titles be copied without a visitor of each node, where they are text alone."""
    return partial(_Contents, make)


class _Contents:
    """Visits a title as a filter of contents does."""

    def __init__(self, make: Callable[[nodes.document], ContentsFilter], document: nodes.document) -> None:
        self._make, self.document = make, document
        self._entry: list[nodes.Node] = []

    def dispatch_visit(self, title: nodes.Element) -> None:
        """Copy *title*, or leave it to the filter."""
        if all(type(child) is nodes.Text for child in title.children):
            self._entry = [child.copy() for child in title.children]
        else:
            visitor = self._make(self.document)
            title.walkabout(visitor)
            self._entry = list(visitor.get_entry_text())
        raise nodes.SkipNode

    def get_entry_text(self) -> list[nodes.Node]:
        """Return the contents of the title, without what leads elsewhere."""
        return self._entry


def spared_visitors(apply: Callable[..., None]) -> Callable[..., None]:
    """Let a document be that has no block to highlight: a visitor would be called for each node, twice."""

    def highlighted(self: HighlightLanguageTransform, **kwargs: Any) -> None:
        if next(found_in_order(self.document, _HIGHLIT), None) is not None:
            apply(self, **kwargs)

    return highlighted


def remembered_checksums(compute: Callable[[Path, Any], str]) -> Callable[[Path, Any], str]:
    """Let the checksum of a static file be looked up by its name; they are copied before a page is written."""
    known: dict[tuple[Path, str], str] = {}

    def checksum(outdir: Path, filename: Any) -> str:
        place = (outdir, str(filename))
        if place not in known:
            known[place] = compute(outdir, filename)
        return known[place]

    return checksum


def pruned(self: IndexBuilder, docnames: Iterable[str]) -> None:
    """Take documents that are not among *docnames* out of the search index; there are few.

    Sphinx makes new sets of all that are left, for each word.
    """
    kept = frozenset(docnames)
    gone = [docname for docname in self._titles if docname not in kept]
    if gone:
        for known in (self._titles, self._filenames, self._all_titles):
            for docname in gone:
                known.pop(docname, None)
        for words in (self._mapping, self._title_mapping):
            for found in words.values():
                found.difference_update(gone)


class _UnusualError(Exception):
    """Something that Sphinx has to write itself."""


def _encoded(node: nodes.Element) -> str:
    """Return the texts of *node* as HTML."""
    if node.get("secnumber") or not all(type(child) is nodes.Text for child in node.children):
        raise _UnusualError
    return "".join([child.translate(_CHARACTERS) for child in node.children])  # type: ignore[attr-defined]


def remembered_titles(
    render: Callable[[nodes.Node | None], dict[str, str]],
) -> Callable[[nodes.Node | None], dict[str, str]]:
    """Let the title of each document be rendered once, and plain ones without a translator.

    One is made for every title that stands around a page: the sections above it, the page
    before and the page after.
    """
    rendered: dict[int, tuple[nodes.Node, dict[str, str]]] = {}

    def remembered(node: nodes.Node | None) -> dict[str, str]:
        if type(node) is nodes.raw:  # as written_toc returns it
            return {"fragment": node.astext(), "title": ""}
        if not isinstance(node, nodes.title):
            return render(node)
        if id(node) not in rendered:
            try:
                parts = {"fragment": "", "title": _encoded(node)}
            except _UnusualError:
                parts = render(node)
            rendered[id(node)] = (node, parts)  # the node is held, so its id stays its own
        return rendered[id(node)][1]

    return remembered


def written_toc(
    compute: Callable[[BuildEnvironment, str, Tags], nodes.Node],
) -> Callable[[BuildEnvironment, str, Tags], nodes.Node]:
    """Let a plain table of contents be written from what is kept of it.

    Sphinx makes a copy of all its nodes, and a document and a translator to write that.
    """

    def toc(env: BuildEnvironment, docname: str, tags: Tags) -> nodes.Node:
        kept = env.tocs.get(docname)
        if kept is not None and not env.metadata[docname].get("tocdepth"):
            try:
                html = _toc_html(kept)
                return nodes.raw(html, html, format="html")
            except _UnusualError:
                pass
        return compute(env, docname, tags)

    return toc


def _toc_html(node: nodes.Node) -> str:
    kind = type(node)
    if kind is addnodes.toctree:
        return ""
    if kind is nodes.reference:
        assert isinstance(node, nodes.reference)
        if not node["internal"]:
            raise _UnusualError
        address = (node["anchorname"] or "#").translate(_CHARACTERS)
        return f'<a class="reference internal" href="{address}">{_encoded(node)}</a>'
    inner = "".join([_toc_html(child) for child in node.children])
    if kind is addnodes.compact_paragraph:
        return inner
    if kind is nodes.list_item:
        return f"<li>{inner}</li>\n"
    if kind is nodes.bullet_list:
        only = len(node.children) == 1 and type(node.children[0]) is addnodes.toctree
        return "" if only else f"<ul>\n{inner}</ul>\n"
    raise _UnusualError


def ready_trees(compute: Callable[[str], str]) -> Callable[[str], str]:
    """Let our navigation be as it is; furo would parse it, and give it what folds branches."""
    return lambda html: html if isinstance(html, Tree) else compute(html)


def counted_items(
    compute: Callable[[StandaloneHTMLBuilder, str], bool],
) -> Callable[[StandaloneHTMLBuilder, str], bool]:
    """Let furo see from what is kept whether a table of contents has but one line.

    It asks for a copy of the whole, as Sphinx did before it.
    """

    def lacking(builder: StandaloneHTMLBuilder, docname: str) -> bool:
        kept = builder.env.tocs.get(docname)
        if kept is None or not kept.children or builder.env.metadata[docname].get("tocdepth"):
            return compute(builder, docname)
        below = kept[0].children[1:2]
        if not below:
            return True
        kinds = {type(entry) for entry in below[0].children}
        return compute(builder, docname) if addnodes.only in kinds else kinds == {addnodes.toctree}

    return lacking
