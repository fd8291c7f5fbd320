"""Says things to people: each on a line of its own, in which nothing acts."""

from __future__ import annotations

import sys

from sphinx_papers.formats.text.plain import visible


def say(text: object) -> None:
    """Print *text*, which may hold words of strangers."""
    print(visible(str(text)))


def complain(text: object) -> None:
    """Print *text* where errors go."""
    print(visible(str(text)), file=sys.stderr)


def counted(number: int, what: str, many: str = "") -> str:
    """Return *number* of *what*, in the plural unless it is one."""
    return f"{number} {what if number == 1 else many or f'{what}s'}"
