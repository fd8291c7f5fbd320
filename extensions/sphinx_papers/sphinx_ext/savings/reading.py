"""Documents read with what is the same for all of them made once, and nothing looked for that cannot be there."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.utils import DependencyList
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from docutils.frontend import Values
    from docutils.transforms.parts import ContentsFilter
    from markdown_it import MarkdownIt
    from sphinx.transforms import SphinxSmartQuotes
    from sphinx.transforms.post_transforms.code import HighlightLanguageTransform
    from sphinx.util.nodes import NodeMatcher

# Quotes, backticks, escapes of them, dashes and ellipses: what smart quotes change.
_QUOTED = re.compile(r"""["'`\\&\x00]|--|\. ?\.""")
# What the highlighting of a document begins with or is about.
_HIGHLIT = (addnodes.highlightlang, nodes.literal_block)


class Parser:
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


def asked_once(compute: Callable[..., Any]) -> Callable[..., Any]:
    """Let a question in the same words be answered once; an answer that is a list is the asker's own."""
    known: dict[object, Any] = {}

    def answer(*words: Any) -> Any:
        asked = tuple(tuple(word) if isinstance(word, list) else word for word in words)
        if asked not in known:
            known[asked] = compute(*words)
        return known[asked][:] if isinstance(known[asked], list) else known[asked]

    return answer


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
