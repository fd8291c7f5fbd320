"""A piece of inline Markdown or HTML: its words, what is strong in it, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from markdown_it import MarkdownIt

from sphinx_papers.formats.intake.words import one_line, without_markup

if TYPE_CHECKING:
    from markdown_it.token import Token

_INLINE = MarkdownIt("commonmark", {"html": True}).enable("strikethrough")
# Marks for "nothing here": dashes, crosses, question marks, and the usual words.
_MISSING = re.compile(
    r"(?:[-\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}/?.\N{MULTIPLICATION SIGN}\N{BALLOT X}\N{CROSS MARK}]+|n/?a|none|tba|tbd|unknown)?",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(/?)(a|b|strong|em|i)\b(?:[^>]*?\bhref\s*=\s*[\"']?([^\"'\s>]+))?", re.IGNORECASE)
# ":fire:", which a code hosting site shows as a picture.
_PICTOGRAM = re.compile(r"(?<![\w:/]):(?:[a-z][a-z0-9_+-]{1,30}:)+(?![\w/])")
# The pictures themselves; crosses and ticks say something in a table.
_PICTURE = re.compile(r"[\u2600-\u2712\u2729-\u274b\u274d-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
# Between two of these are other words.
_BLOCK = re.compile(r"</?(?:details|summary|p|div|li|ul)\b[^<>]*>", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>()|\]]+")


class Link(NamedTuple):
    """Where a piece leads."""

    label: str
    href: str
    is_image: bool = False
    """Whether the label is no text but what stands in for a picture, a badge for instance."""


@dataclass(slots=True)
class MarkdownCell:
    """What a piece of Markdown shows, and where it leads."""

    text: str = ""
    strong: list[str] = field(default_factory=list)
    emphasised: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    """What stands in for pictures."""

    @property
    def is_missing(self) -> bool:
        """Whether it says no more than that there is nothing to say."""
        return not self.links and is_missing(self.text)

    @property
    def shown(self) -> str:
        """What a reader of a report needs to recognise it: its words and addresses, cut short."""
        hrefs = [link.href for link in self.links if link.href not in self.text]
        text = " ".join([self.text, *hrefs]).strip()
        return text if len(text) <= 100 else f"{text[:97]}..."


def is_missing(text: str) -> bool:
    """Say whether *text* stands for a missing value."""
    return _MISSING.fullmatch(text) is not None


def references(text: str) -> Mapping[str, Any]:
    """Return what the links *[label][1]* of a whole text lead to, for :func:`read_cell`."""
    known: dict[str, Any] = {}
    _INLINE.parse(text, known)
    return known


def read_cell(markdown: str, known: Mapping[str, Any]) -> MarkdownCell:
    """Read a piece of Markdown; *known* are the references of the text that it is from."""
    # A break between two lines is a blank; so is a tag of which only its words count.
    source = _PICTOGRAM.sub(" ", re.sub(r"<br\s*/?>", " ", _BLOCK.sub(" | ", markdown), flags=re.IGNORECASE))
    tokens = (_INLINE.parseInline(source, dict(known)) or [])[0].children or []
    reader = _CellReader()
    for token in tokens:
        reader.take(token)
    return reader.cell()


class _CellReader:
    """Follows the tokens of a piece."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._images: set[int] = set()
        self._opened: list[tuple[str, int]] = []
        self._strong_from: list[int] = []
        self._emphasised_from: list[int] = []
        self._is_lowered = False
        self._cell = MarkdownCell()

    def take(self, token: Token) -> None:
        match token.type:
            case "image":
                self._images.add(len(self._words))
                self._words.append(token.content)
                if words := one_line(token.content):
                    self._cell.images.append(words)
            case "text" | "code_inline":
                # *Name<sub>CVPR2018</sub>* are two words, *H<sub>2</sub>O* is one.
                words = _PICTURE.sub(" ", token.content)
                self._words.append(" " * (self._is_lowered and len(words) > 2) + words)
                self._is_lowered = False
            case "softbreak" | "hardbreak":
                self._words.append(" ")
            case "link_open":
                self._opened.append((str(token.attrGet("href") or ""), len(self._words)))
            case "link_close":
                self._close_link()
            case "strong_open":
                self._strong_from.append(len(self._words))
            case "strong_close":
                self._close_strong()
            case "em_open":
                self._emphasised_from.append(len(self._words))
            case "em_close":
                self._close_emphasis()
            case "html_inline" if re.match(r"<su[bp]>", token.content, re.IGNORECASE):
                self._is_lowered = True
            case "html_inline" if tag := _TAG.match(token.content):
                self._take_tag(closes=bool(tag[1]), name=tag[2].lower(), href=tag[3] or "")

    def _take_tag(self, *, closes: bool, name: str, href: str) -> None:
        if name == "a":
            if closes:
                self._close_link()
            elif href:
                self._opened.append((href, len(self._words)))
        elif name in {"em", "i"}:
            if closes:
                self._close_emphasis()
            else:
                self._emphasised_from.append(len(self._words))
        elif closes:
            self._close_strong()
        else:
            self._strong_from.append(len(self._words))

    def _close_link(self) -> None:
        if self._opened:
            href, start = self._opened.pop()
            is_image = all(
                number in self._images or not self._words[number].strip()
                for number in range(start, len(self._words))
            )
            self._cell.links.append(Link(one_line("".join(self._words[start:])), href, is_image))

    def _close_emphasis(self) -> None:
        if self._emphasised_from:
            self._cell.emphasised.append(one_line("".join(self._words[self._emphasised_from.pop() :])))

    def _close_strong(self) -> None:
        if self._strong_from:
            self._cell.strong.append(one_line("".join(self._words[self._strong_from.pop() :])))

    def cell(self) -> MarkdownCell:
        """Return what was read; a tag that nothing closes ends with the piece."""
        while self._opened:
            self._close_link()
        self._cell.text = without_markup("".join(self._words))
        known = {link.href for link in self._cell.links}
        for found in _ADDRESS.findall(self._cell.text):
            address = found.rstrip(".,;:!?'\"*_")  # which end the sentence
            if address not in known:
                self._cell.links.append(Link(address, address))
        return self._cell
