"""The prose of a page, as far as rules look at it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from sphinx_papers.model.problem import Position

BREAK = "\0"
"""Stands in running text, and among its words, where something was taken out."""
WORD = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}-][^\W_]+)*|\0")


class Mention(NamedTuple):
    """A place where the prose refers to something."""

    role: str
    """The role, or ``link`` for a link of Markdown."""
    targets: tuple[str, ...]
    position: Position


class Number(NamedTuple):
    """A number of running text with what stands around it."""

    text: str
    """Its digits."""
    position: Position
    sentence: str
    """The sentence, without what is code or mathematics."""
    is_percentage: bool
    is_cited: bool
    """Whether its sentence refers to a page, a work or an address."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under a heading of the second level."""

    title: str
    position: Position
    length: int
    """How many words of running text there are."""


@dataclass(frozen=True, slots=True)
class Prose:
    """What stands below the front matter of a page."""

    title: str
    """The heading of the first level; empty without one."""
    start: Position
    """Where the prose begins."""
    sections: tuple[Section, ...]
    mentions: tuple[Mention, ...]
    numbers: tuple[Number, ...]
    words: tuple[str, ...]
    """Running text in lower case, with a break where something was taken out."""
    running: str
    """What the words are of: each character where it stands in the file, blanks for the rest."""
    text: str
    """As it stands in the file, below the front matter."""
    first_line: int
    """The line of the file on which the text begins."""

    def place(self, offset: int) -> Position:
        """Return where the character *offset* of the text stands."""
        line = self.first_line + self.text.count("\n", 0, offset)
        return Position(line, offset - self.text.rfind("\n", 0, offset))

    def word_place(self, index: int) -> Position:
        """Return where the word *index* stands; slow, so ask for what is reported only."""
        for number, match in enumerate(WORD.finditer(self.running)):
            if number == index:
                return self.place(match.start())
        return self.start
