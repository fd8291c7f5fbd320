"""What is wrong with an input, said so that its author can mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from sphinx_papers.model.codes import Severity, severity

_SHOWN = 40


@dataclass(frozen=True, order=True)
class Position:
    """A place in a text file; lines and columns count from 1."""

    line: int = 1
    """From 1."""
    column: int = 1
    """In characters, from 1."""


@dataclass(frozen=True, order=True)
class Problem:
    """One defect of one file, with what to do about it."""

    file: str
    """Its path, as it was found."""
    position: Position
    """Where in the file."""
    code: str
    """Stable identifier, for instance ``unknown-key``; also the warning's subtype."""
    message: str
    """What is wrong, in one line."""
    hint: str = ""
    """What to do about it; empty where that is plain."""

    @property
    def place(self) -> str:
        """The file with line and column, as editors and CI systems link it."""
        return f"{self.file}:{self.position.line}:{self.position.column}"

    @property
    def text(self) -> str:
        """The message with its hint, on one line."""
        return f"{self.message} ({self.hint})" if self.hint else self.message

    @property
    def severity(self) -> Severity:
        """How grave it is, which its code decides."""
        return severity(self.code)

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}[{self.code}]: {self.text}"


def shown(word: str) -> str:
    """Return *word* as a message quotes it: its beginning, if it is longer than any word."""
    return f"`{word}`" if len(word) <= _SHOWN else f"`{word[:_SHOWN]}...`"


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Name the known words closest to *word*, or say *otherwise*."""
    close = difflib.get_close_matches(word, sorted(known), n=2, cutoff=0.6)
    if close:
        return "did you mean " + " or ".join(f"`{each}`" for each in close) + "?"
    return otherwise
