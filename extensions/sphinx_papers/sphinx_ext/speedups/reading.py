"""Documents read with what is the same for all of them made once, and no quotes looked at where there are none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils.utils import DependencyList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from docutils import nodes
    from docutils.frontend import Values
    from markdown_it import MarkdownIt
    from sphinx.transforms import SphinxSmartQuotes

# Quotes, backticks, escapes of them, dashes and ellipses: what smart quotes change.
_QUOTED = re.compile(r"""["'`\\&\x00]|--|\. ?\.""")


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
