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


def without_record(text: str, key: str) -> str:
    """Return *text* with the front matter emptied, if *key* is all that it says.

    The lines stay, so that messages about the rest name the right ones. MyST then
    does not parse the record a second time, in Python, into docutils fields.
    """
    match = FRONT_MATTER.match(text)
    if match is None:
        return text
    tops = {line.partition(":")[0] for line in match[1].splitlines() if line[:1].strip(" \t#")}
    if tops != {key}:
        return text
    return "\n" * match[0].count("\n") + text[match.end() :]
