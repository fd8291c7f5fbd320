"""What harmless means in each format that is published: every check returns what is wrong, in words."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import bibtexparser
import html5lib
from markdown_it import MarkdownIt

from sphinx_papers.formats.checks.findings import as_github, as_text
from sphinx_papers.formats.text import latex
from sphinx_papers.formats.text.safe_text import UNSEEN
from sphinx_papers.model.codes import CODES
from sphinx_papers.model.problem import Position
from tests.fuzz.strategies import EVIL_COMMANDS

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from sphinx_papers.model.problem import Problem

_EVIL = re.compile(rf"(?<!\\)(?:\\\\)*\\({'|'.join(EVIL_COMMANDS)})(?![A-Za-z])")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?", re.ASCII)
_FORMULA_SIGNS = (
    "=",
    "+",
    "-",
    "@",
    "\N{FULLWIDTH EQUALS SIGN}",
    "\N{FULLWIDTH PLUS SIGN}",
    "\N{FULLWIDTH COMMERCIAL AT}",
)


def unseen(text: str) -> list[str]:
    """Return the characters of *text* that nobody can see, but for ends of lines."""
    return [f"U+{ord(found):04X}" for found in UNSEEN.findall(text)]


def is_line(text: str) -> bool:
    """Say whether *text* is one line in which nothing controls a terminal; blanks of any kind are fine."""
    return all(char.isprintable() or unicodedata.category(char) == "Zs" for char in text)


def finding_flaws(problems: Iterable[Problem], texts: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with *problems* of the files *texts*: each names a place there, and is one line to print."""
    for problem in problems:
        yield from _place_flaws(problem.position, texts[problem.file])
        if problem.code not in CODES or not problem.message.strip():
            yield f"{problem} says nothing that is known"
        for printed in (as_text([problem]), as_github([problem])):
            if not printed.endswith("\n") or not is_line(printed[:-1]):
                yield f"{printed!r} is not one line to print"
            if printed.startswith("::") and not printed.startswith(("::error file=", "::warning file=")):
                yield f"{printed!r} is a command"


def _place_flaws(position: Position, text: str) -> Iterator[str]:
    lines = text.split("\n")
    if not 1 <= position.line <= len(lines) + 1:
        yield f"there is no line {position.line}"
    elif position.line <= len(lines) and not 1 <= position.column <= len(lines[position.line - 1]) + 1:
        yield f"line {position.line} has no column {position.column}"


def tex_flaws(text: str) -> Iterator[str]:
    """Yield the commands in *text* that TeX would act on."""
    yield from (f"TeX would obey \\{name}" for name in _EVIL.findall(text))
    if "^^" in text:
        yield "TeX would read ^^ as another character"


def bibtex_flaws(text: str, keys: set[str]) -> Iterator[str]:
    """Yield what is wrong with the entries *keys* in the eyes of another parser."""
    first, _, others = text.partition("\n")
    if first.startswith("@preamble") and first == f'@preamble{{"{latex.definitions(others)}"}}':
        text = others  # definitions of ours, which no text of a record is in
    read = bibtexparser.parse_string(text)
    yield from (f"bibtexparser cannot read {block.raw}" for block in read.failed_blocks)
    if {entry.key for entry in read.entries} != keys or len(read.blocks) != len(keys):
        yield f"bibtexparser reads {[type(block).__name__ for block in read.blocks]}"
    yield from tex_flaws(text)
    yield from unseen(text)


def csv_flaws(text: str) -> Iterator[str]:
    """Yield the cells that a spreadsheet takes for formulas, wherever it parts cells."""
    for delimiter in ",;\t":
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            for cell in row:
                if cell.strip().startswith(_FORMULA_SIGNS) and not _NUMBER.fullmatch(cell.strip()):
                    yield f"{cell!r} is a formula"
    yield from unseen(text)


def json_flaws(text: str) -> Iterator[str]:
    """Yield what is wrong with JSON: numbers that it does not have, characters that nobody sees."""
    try:
        data = json.loads(text, parse_constant=_no_constant)
    except ValueError as error:
        yield str(error)
        return
    for each in _texts(data):
        yield from unseen(each)


def _no_constant(name: str) -> Any:
    raise ValueError(f"JSON has no {name}")


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)


def ris_flaws(text: str, count: int) -> Iterator[str]:
    """Yield what is wrong with *count* records in RIS: each line is a tag, and each record begins and ends once."""
    tags = [line[:6] for line in text.split("\n") if line]
    yield from (f"{tag!r} is no tag" for tag in tags if not re.fullmatch(r"[A-Z][A-Z0-9]  - ", tag))
    if tags.count("TY  - ") != count or tags.count("ER  - ") != count:
        yield f"there are not {count} records"
    yield from unseen(text)


# HTML

_WAITING = frozenset({"button", "input"})
ELEMENTS = frozenset(
    [
        "a",
        "abbr",
        "aside",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "kbd",
        "li",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
        "math",
        "menclose",
        "mfrac",
        "mi",
        "mn",
        "mo",
        "mover",
        "mpadded",
        "mphantom",
        "mroot",
        "mrow",
        "mspace",
        "msqrt",
        "mstyle",
        "msub",
        "msubsup",
        "msup",
        "mtable",
        "mtd",
        "mtext",
        "mtr",
        "munder",
        "munderover",
    ]
)
"""What the text of a page is made of."""
FIGURES = frozenset(
    [
        "circle",
        "defs",
        "desc",
        "g",
        "line",
        "path",
        "polygon",
        "polyline",
        "rect",
        "svg",
        "text",
        "title",
        "tspan",
        "use",
    ]
)
"""What charts are made of."""
ATTRIBUTES = frozenset(
    [
        "alt",
        "class",
        "colspan",
        "datetime",
        "dir",
        "headers",
        "href",
        "id",
        "lang",
        "rel",
        "role",
        "rowspan",
        "scope",
        "src",
        "start",
        "style",
        "title",
        "type",
        "value",
        "width",
        "height",
        "target",
        "xmlns",
        "align",
        "valign",
        "cite",
        "decoding",
        "loading",
        "hidden",
        "tabindex",
        "display",
        "accent",
        "columnalign",
        "columnlines",
        "columnspacing",
        "depth",
        "displaystyle",
        "fence",
        "form",
        "largeop",
        "linebreak",
        "linethickness",
        "lspace",
        "mathvariant",
        "maxsize",
        "minsize",
        "movablelimits",
        "notation",
        "rowlines",
        "rowspacing",
        "rspace",
        "scriptlevel",
        "separator",
        "stretchy",
        "voffset",
    ]
)
_DATA = re.compile(r"(data|aria)-[a-z-]+")
_DRAWN = frozenset(
    [
        "viewbox",
        "x",
        "y",
        "x1",
        "x2",
        "y1",
        "y2",
        "d",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "points",
        "fill",
        "stroke",
        "transform",
        "dx",
        "dy",
        "text-anchor",
        "font-family",
        "font-size",
        "font-weight",
    ]
)
_STYLE = re.compile(r"(?:(?:width|height): *[0-9.]+(?:%|px|em|ex|pt|cm|mm|in)?;? *)+")
_ADDRESSES = frozenset(
    {"href", "src", "action", "formaction", "data", "poster", "srcset", "background", "cite", "ping"}
)
_WEB = re.compile(r"https?://[^\s<>\"]+")
_OF_THE_THEME = "document.getElementById('searchbox').style.display = \"block\""
_MAIL = re.compile(r"mailto:[^\s<>\"]+")


def fragment_flaws(tree: Element, inside: Callable[[str], bool]) -> Iterator[str]:
    """Yield the elements, attributes and addresses below *tree* that no text of a page may have.

    *inside* says of an address without a scheme whether it leads to what the site has.
    """
    for element in tree.iter():
        tag = str(element.tag).rpartition("}")[2]
        if (
            tag == "script" and element.get("type") == "application/json"
        ):  # data of a table, which is no script
            yield from script_flaws("".join(element.itertext()))
            continue
        if tag in _WAITING and element.attrib.get("disabled") == "":
            continue  # keeps the room of a filter or a button that a script puts there
        if tag not in ELEMENTS | FIGURES:
            yield f"there is <{tag}>"
        for written, value in element.attrib.items():
            name = str(written).rpartition("}")[2].lower()
            drawn = tag in FIGURES and name in _DRAWN
            if name not in ATTRIBUTES and not drawn and not _DATA.fullmatch(name):
                yield f"<{tag}> has {name}={value!r}"
            if name == "style" and not _STYLE.fullmatch(value):
                yield f"<{tag}> has {name}={value!r}"
            if name in _ADDRESSES:
                yield from _address_flaws(value, inside)
        yield from unseen("".join((element.text or "", element.tail or "")).replace("\xad", ""))


def _address_flaws(value: str, inside: Callable[[str], bool]) -> Iterator[str]:
    if _WEB.fullmatch(value) or _MAIL.fullmatch(value):
        return
    parts = urlsplit(value)
    if parts.scheme or parts.netloc or (parts.path and not inside(unquote(parts.path))):
        yield f"{value!r} leads elsewhere"


def page_flaws(text: str, inside: Callable[[str], bool]) -> Iterator[str]:
    """Yield what a page of the site may not have: see :func:`fragment_flaws`, and what acts in its head."""
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    body = tree.find(".//div[@class='body']")
    if body is None:
        yield "the page has no text"
    else:
        yield from fragment_flaws(body, inside)
    for element in tree.iter():
        yield from (
            f"<{element.tag}> has {name}" for name in element.attrib if str(name).lower().startswith("on")
        )
        if element.tag == "script" and element.get("type") in {"application/ld+json", "application/json"}:
            yield from script_flaws("".join(element.itertext()))
        elif (
            element.tag == "script"
            and "_static/" not in element.get("src", "")
            and element.text != _OF_THE_THEME
        ):
            yield "there is <script>"
        elif element.tag == "meta" and element.get("http-equiv"):
            yield f"there is <meta http-equiv={element.get('http-equiv')!r}>"
        elif element.tag in {"base", "iframe", "object", "embed", "style"}:
            yield f"there is <{element.tag}>"
        for name in {"href", "src"} & element.attrib.keys():
            yield from _address_flaws(element.get(name, ""), inside)


def moved_flaws(text: str, inside: Callable[[str], bool]) -> Iterator[str]:
    """Yield what the page at a key of old may not have: all that no page may, but that it leads to another one."""
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    leads = [each.get("content", "") for each in tree.iter("meta") if each.get("http-equiv")]
    found = re.fullmatch(r"0; url=([\w-]+\.html)", leads[0]) if len(leads) == 1 else None
    if found is None or not inside(found[1]):
        yield f"{leads} leads elsewhere"
    expected = {"the page has no text", "there is <meta http-equiv='refresh'>"}
    yield from (flaw for flaw in page_flaws(text, inside) if flaw not in expected)


def markdown_flaws(text: str) -> Iterator[str]:
    """Yield what a table in Markdown brings into a page of somebody who shows it, HTML and all."""
    shown = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    tree = html5lib.parseFragment(shown, namespaceHTMLElements=False)
    yield from (flaw for child in tree for flaw in fragment_flaws(child, lambda _: False))
    yield from unseen(text)


def script_flaws(text: str) -> Iterator[str]:
    """Yield what would end the script in which *text* stands, and what is wrong with it as JSON."""
    yield from (f"{sign} ends a script" for sign in ("</", "<!--") if sign in text)
    yield from json_flaws(text)
