"""Where the front matter of a page begins and ends."""

from __future__ import annotations

import re

# MyST takes front matter that opens on the first line, and ends with --- or ...
FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_END = re.compile(rb"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)


def front_matter(page: bytes) -> bytes:
    """Return the front matter of *page* with its fences; the start of the page if it has none."""
    if not page.startswith((b"---", b"\xef\xbb\xbf---")):
        return page[:3]
    end = _END.search(page, 3)
    return page[: end.end()] if end else page


def front_matter_span(text: str) -> tuple[int, int] | None:
    """Return where the YAML of a page's front matter begins and ends; none if it has none."""
    match = FRONT_MATTER.match(text)
    return match.span(1) if match else None


def front_matter_end(text: str) -> int:
    """Return where the front matter of a page ends, fences included; 0 if it has none."""
    match = FRONT_MATTER.match(text)
    return match.end() if match else 0


def without_front_matter(text: str) -> str:
    """Return *text* with the front matter emptied, whatever it says; the lines stay where they are.

    Nothing is left that MyST takes for front matter: it begins one with any line of three dashes.
    """
    match = FRONT_MATTER.match(text)
    if match is not None:
        return "\n" * match[0].count("\n") + text[match.end() :]
    return "\n" + text.partition("\n")[2] if text.startswith("---") else text
