"""YAML with the place of every key and value, read as text.

All scalars stay as they were written: ``2105.08960`` keeps its last zero, and ``no``
is a word. What type a text must have is said by the form that it is read for. Only
what records need is accepted: anchors and aliases are refused, so that a short file
cannot unfold into a long one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import yaml

from sphinx_papers.formats.text.safe_text import text_flaw
from sphinx_papers.model.problem import Position, Problem

Path = tuple[str | int, ...]
Data = Mapping[str, "Data"] | list["Data"] | str | None

_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = "tag:yaml.org,2002:null"
_DEPTH = 20
_FAR = 500
"""Columns to the right that no line of a record begins at, and no text of one has blanks in a row."""
_NOT_HERE = ("anchors, aliases and deep nesting are not used here", "write it out")


class _Loader(_Safe):  # type: ignore[misc]
    """Tells nothing from text but what is empty: no other type is wanted here."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[Any]]] = {
        first: [rule for rule in rules if rule[0] == _NULL]
        for first, rules in _Safe.yaml_implicit_resolvers.items()
    }


# What YAML 1.1 allows in a text (section 5.1), the other way round.
_CONTROL = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE_HINT = "write the text in single quotes, in which a backslash is one, or double the backslash"
# What \a, \b, \e, \f and \v of TeX's commands become, wherever they stand, and \t, \n and \r in a formula.
_LOST_COMMAND = re.compile(r"[\x07\x08\x0b\x0c\x1b]|\$[^$]*[\t\n\r][^$]*\$")
# What ends a line for YAML and for no editor: every place after it would be wrong.
_BREAK = re.compile("[\r\x85\u2028\u2029]")


@dataclass(slots=True)
class Document:
    """The data of a YAML text, where each part stands, and what is wrong with it."""

    file: str
    data: Data = None
    positions: dict[Path, Position] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def position(self, path: Path) -> Position:
        """Return where *path* stands, or the closest part that is there."""
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, Position())

    def report(self, path: Path, code: str, message: str, hint: str = "") -> None:
        """Note a problem at *path*."""
        self.problems.append(Problem(self.file, self.position(path), code, message, hint))


def read_yaml(text: str, file: str, first_line: int = 1) -> Document:
    """Read *text*, which begins on *first_line* of *file*; never raises."""
    document = Document(file)
    if _too_deep(text):  # libyaml would overflow the stack, which no exception tells
        document.problems.append(Problem(file, Position(first_line), "yaml", *_NOT_HERE))
        return document
    found = _BREAK.search(text)
    flaw = text_flaw(found[0]) if found else None
    if flaw:
        place = _position_of(_BREAK, text, first_line)
        document.problems.append(Problem(file, place, *flaw))
        return document
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Position(first_line + mark.line, mark.column + 1) if mark else Position(first_line)
        message = f"this is not valid YAML: {error.problem or error.context}"
        hint = "quote a text that contains a colon, #, brackets or quotes"
        if "escape" in message:
            hint = _ESCAPE_HINT
        document.problems.append(Problem(file, place, "yaml", message, hint))
        return document
    except yaml.reader.ReaderError:
        # libyaml counts bytes, PyYAML characters: neither says the line.
        place = _position_of(_CONTROL, text, first_line)
        message = "this is not valid YAML: control characters are not allowed"
        document.problems.append(Problem(file, place, "yaml", message))
        return document
    if root is not None:
        document.data = _Reader(document, first_line).read(root, (), set(), 0)
    return document


def compose(text: str) -> yaml.Node | None:
    """Return the nodes of *text*, which :func:`read_yaml` finds no problem in; their marks count characters."""
    return yaml.compose(text, Loader=_Loader)


def _too_deep(text: str) -> bool:
    """Say whether *text* nests so deep that composing it would overflow the stack.

    Events come without recursion, but reading them takes as long as composing: a text
    with few brackets, no row of dashes, and no line far to the right, needs no such look.
    """
    few = text.count("[") + text.count("{") <= 1000 and " " * _FAR not in text
    if few and not re.search(r"(?:[-?:][ \t]+){100}", text):
        return False
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > 1000:
                return True
    except yaml.YAMLError:
        return False  # composing says what is wrong, and where
    return False


def _position_of(pattern: re.Pattern[str], text: str, first_line: int) -> Position:
    """Return where *pattern* first matches in *text*."""
    match = pattern.search(text)
    if match is None:
        return Position(first_line)
    before = text[: match.start()]
    return Position(first_line + before.count("\n"), len(before) - before.rfind("\n"))


class _Reader:
    """Turns YAML nodes into data, noting positions and problems in a document."""

    def __init__(self, document: Document, first_line: int) -> None:
        self._document = document
        self._first_line = first_line

    def _position(self, node: yaml.Node) -> Position:
        mark = node.start_mark
        return Position(self._first_line + mark.line, mark.column + 1)

    def read(self, node: yaml.Node, path: Path, seen: set[int], depth: int) -> Data:
        self._document.positions.setdefault(path, self._position(node))
        if id(node) in seen or depth > _DEPTH:
            self._document.report(path, "yaml", *_NOT_HERE)
            return None
        seen.add(id(node))  # never taken out again: a node met twice is an alias
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path, seen, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*path, place), seen, depth + 1) for place, item in enumerate(node.value)]
        is_escaped = isinstance(node, yaml.ScalarNode) and node.style == '"'
        return None if node.tag == _NULL else self._text(str(node.value), path, is_escaped=is_escaped)

    def _text(self, text: str, path: Path, *, is_escaped: bool) -> str:
        """Return *text*, of which something is said if no text may be like that; *is_escaped*: it is in double quotes."""
        flaw = text_flaw(text)
        if is_escaped and _LOST_COMMAND.search(text):
            # "A $\ell$" is an escape character and two letters, "$\nu$" a new line and one.
            message = "a backslash in double quotes is an escape, and a command of TeX is lost to one here"
            self._document.report(path, "bad-text", message, _ESCAPE_HINT)
        elif flaw:
            self._document.report(path, *flaw)
        return text

    def _mapping(self, node: yaml.MappingNode, path: Path, seen: set[int], depth: int) -> Mapping[str, Data]:
        data: dict[str, Data] = {}
        for key_node, value_node in node.value:
            place = self._position(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self._document.problems.append(
                    Problem(self._document.file, place, "yaml", "a key must be a plain word")
                )
                continue
            key = str(key_node.value)
            if key in data:
                self._document.problems.append(
                    Problem(
                        self._document.file, place, "repeated-key",
                        f"`{key}` is here twice", "keep one of them",
                    )
                )  # fmt: skip
                continue
            data[key] = self.read(value_node, (*path, key), seen, depth + 1)
            self._document.positions[*path, key, "@"] = place
        return data
