"""Reads the prose of a page as far as editorial rules look at it.

A parser of Markdown builds a tree that nothing here asks for, in ten times the time; what is
needed is which characters are running text, and where they stand. So everything that is no
running text is blanked out in place.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator

from sphinx_papers.formats.storage.fences import front_matter_end
from sphinx_papers.model.problem import Position
from sphinx_papers.model.rules.prose import BREAK, WORD, Mention, Number, Prose, Section

# One pass finds whatever is no running text. It begins with a set of characters, which Python
# searches for in C; each alternative then looks back at the one that was found. None looks through
# the rest of the page more than a few times: what opens a block and does not close it reaches to the
# end, as in Markdown, and of quotes there are nine lengths.
_OPAQUE = re.compile(
    r"""
    [`~<${\]%(:h]
    (?:
      (?<=(?<![^\n])`)(?P<fence>``++)[^`\n]*+$(?:\n(?:.*?\n)??[ ]{0,3}`(?P=fence)`*+[ \t]*+$|.*\Z)
    | (?<=(?<![^\n])~)(?P<tildes>~~++)[^\n]*+$(?:\n(?:.*?\n)??[ ]{0,3}~(?P=tildes)~*+[ \t]*+$|.*\Z)
    | (?<=<)!--.*?(?:-->|\Z)
    | (?<=\$)(?P<display>\$)[^$]*\$\$
    | (?<=\{)(?P<role>[a-z][\w:+.-]*+)\}(?P<quote>`{1,9}+)(?!`)(?P<content>.+?)(?P=quote)
    | (?<=`)(?<!``)(?P<code>`{0,9}+)(?!`).*?(?<!`)`(?P=code)(?!`)
    | (?<=\$)(?<![\\\d]\$)(?P<math>(?![\s$]))[^$\n]*(?:\n[^$\n]+)*?(?<![\s\\])\$
    | (?<=\])\((?P<link>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+"[^"\n]*")?\)
    | (?<=<)(?P<address>https?://[^<>\s]+)>
    | (?<=h)(?P<bare>ttps?://[^\s<>()]+)
    | (?<=(?<![^\n]):)(?::{2,}[^\n]*|[\w-]+:[^\n]*)$
    | (?<=(?<![^\n])\()[\w:-]+\)=[ ]*$
    | (?<=(?<![^\n])%)[^\n]*$
    )
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*)$", re.MULTILINE)
_NUMBER = re.compile(r"(?<![0-9])([0-9]++(?:\.[0-9]++)?+)(\s?%)?(?![\w/]|\.[0-9])")
_JOINED = frozenset(".,/:+-_")
# A sentence ends with a full stop before a capital, with a paragraph, a heading or an item of a list.
_SENTENCE_END = re.compile(r"[.!?][)\"']?\s+(?=[A-Z\0])|\n[ \t]*\n|\n(?=[ ]*[\0>|])")
_ITEM = re.compile(r"^[ ]*(?:[*+-]|[0-9]+[.)])(?=[ ])", re.MULTILINE)
_FENCE = re.compile(r"[ ]{0,3}(```+|~~~+|:::+)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_NOT_BLANK = re.compile(r"[^\n]")


def read_prose(text: str) -> Prose:
    """Read the prose of a page; never raises."""
    end = front_matter_end(text)
    body = text[end:]
    first_line = text.count("\n", 0, end) + 1
    found: list[tuple[int, Mention]] = []

    ends = [-1, *(match.start() for match in re.finditer("\n", body))]

    def place(offset: int) -> Position:
        number = bisect_left(ends, offset) - 1
        return Position(first_line + number, offset - ends[number])

    def blank(match: re.Match[str]) -> str:
        start, target = match.start(), match["link"] or match["address"] or match["bare"]
        if match["role"]:
            found.append(
                (start, Mention(match["role"], _targets(match["role"], match["content"]), place(start)))
            )
        elif target:
            found.append(
                (
                    start,
                    Mention(
                        "link", (target,), place(start if match["link"] is None else match.start("link"))
                    ),
                )
            )
        blanked = _NOT_BLANK.sub(" ", match[0])
        # Words stood here, so those left and right of it do not follow on each other.
        is_words = any(match[name] is not None for name in ("fence", "tildes", "display", "code", "math"))
        return BREAK + blanked[1:] if is_words else blanked

    running = _OPAQUE.sub(blank, body)
    headings = list(_HEADING.finditer(running))
    running = _HEADING.sub(lambda match: BREAK + " " * (len(match[0]) - 1), running)
    running = _ITEM.sub(lambda match: f"{BREAK:>{len(match[0])}}", running)
    lowered = running.lower()
    if len(lowered) != len(running):  # a letter whose small form is two
        lowered = running
    words = WORD.findall(lowered, 0, headings[0].start() if headings else len(lowered))
    sections: list[tuple[str, Position]] = []
    lengths: list[int] = []
    for number, heading in enumerate(headings):
        stop = headings[number + 1].start() if number + 1 < len(headings) else len(lowered)
        part = WORD.findall(lowered, heading.start(), stop)
        words += part
        level = len(heading[1])
        if level == 2:
            sections.append((_heading_text(body, heading), place(heading.start())))
            lengths.append(0)
        if level >= 2 and lengths:
            lengths[-1] += len(part) - part.count(BREAK)
    title = next((match for match in headings if len(match[1]) == 1), None)
    return Prose(
        title=_heading_text(body, title) if title else "",
        start=place(title.start() if title else 0),
        sections=tuple(Section(*each, length) for each, length in zip(sections, lengths, strict=True)),
        mentions=tuple(mention for _, mention in found),
        numbers=tuple(_numbers(running, [start for start, _ in found], place)),
        words=tuple(words),
        running=lowered,
        text=body,
        first_line=first_line,
    )


def written_sections(text: str) -> tuple[str, ...]:
    """Return the titles of the sections of a page, headings of the second level, in which anything stands.

    What stands before the first of them is a section without a title.
    It takes a fraction of what :func:`read_prose` does, as every page is asked whenever it is looked into.
    """
    body = text[front_matter_end(text) :]
    found: dict[str, bool] = {}
    title, fence = "", ""
    for line in (_COMMENT.sub("", body) if "<!--" in body else body).splitlines():
        bare = line.strip()
        if not bare:
            continue
        heading = _HEADING.match(line) if bare[0] == "#" and not fence else None
        mark = _FENCE.match(line) if bare[0] in "`~:" else None
        if heading and len(heading[1]) <= 2:
            title = _heading_text(line, heading) if len(heading[1]) == 2 else ""
        elif not heading and (fence or not line.startswith("%")):
            found[title] = True
        if mark and not fence:
            fence = mark[1]
        elif mark and bare.startswith(fence) and not bare.strip(fence[0]):
            fence = ""
    return tuple(found)


def _heading_text(body: str, heading: re.Match[str]) -> str:
    """Return what a heading says, without the signs that may close it."""
    return body[heading.start(2) : heading.end(2)].rstrip(" \t").rstrip("#").rstrip(" \t")


def _targets(role: str, content: str) -> tuple[str, ...]:
    """Return what a role refers to: ``text <key>``, or for citations keys between commas."""
    match = re.fullmatch(r".*<(.*)>\s*", content, re.DOTALL)
    inner = match[1] if match and not role.startswith("cite") else content
    keys = inner.split(",") if role.startswith("cite") else [inner]
    return tuple(key.strip() for key in keys)


def _numbers(running: str, cited: list[int], place: Callable[[int], Position]) -> Iterator[Number]:
    """Yield the numbers that could be scores, each with its sentence."""
    matches = [
        match
        for match in _NUMBER.finditer(running)
        if (match[2] or "." in match[1]) and not _joined(running[max(0, match.start() - 1) : match.start()])
    ]
    if not matches:
        return
    ends = [0, *(match.end() for match in _SENTENCE_END.finditer(running)), len(running)]
    sentence, start, stop = "", 0, 0
    for match in matches:
        number = bisect_right(ends, match.start())
        if ends[number] != stop:  # numbers of one sentence share it
            start, stop = ends[number - 1], ends[number]
            sentence = running[start:stop]
        yield Number(
            match[1], place(match.start()), sentence, bool(match[2]),
            bisect_left(cited, start) < bisect_left(cited, stop),
        )  # fmt: skip


def _joined(before: str) -> bool:
    """Say whether a number after *before* is part of a longer word, a version for instance."""
    return before.isalnum() or before in _JOINED
