"""What latex2mathml writes, put into the terms of MathML Core, the part of MathML that browsers have.

The converter leaves to MathML's dictionary of operators what TeX knows by the class of a sign. The dictionary has
neither words nor bars: an operator that it does not know gets wide spaces, and what is no operator gets none.
"""

# ruff: noqa: RUF001  signs that look like others are what this is about
from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_THIN = "0.167em"
_TOKENS = frozenset(("mi", "mn", "mo"))
_ROWS = frozenset(("math", "mrow", "mtd", "mstyle", "msqrt", "mpadded", "mphantom", "menclose"))
_LIMITS = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
"""A name or sign with scripts, and what it is where these may stand below and above."""
_SCRIPTED = frozenset((*_LIMITS, *_LIMITS.values()))
_WITH_LIMITS = frozenset(("max", "min", "sup", "inf", "lim"))
_BARS = frozenset("|‖")
_ORDINARY = _BARS | frozenset("./?…∞∅⊤⊥∠△")
"""Operators to the converter, to TeX signs like letters, around which nothing stands."""
_LETTERLIKE = _BARS | frozenset("¬℘♯")
"""Signs that Unicode counts as mathematical and that are no operators."""
_SIGNS = frozenset("+−±∓")
"""What stands before one thing or between two."""
_READ_AS = {("mi", "~"): "∼", ("mo", "―"): "‾"}
r"""What the converter writes for \sim and \overline, and the signs of these, of which the second can be stretched."""
_OPENING, _CLOSING = frozenset(("Ps", "Pi")), frozenset(("Pe", "Pf"))
_ALPHABET = re.compile(r"(?:MATHEMATICAL )?(.+?) (?:CAPITAL|SMALL|DIGIT) ")


def tidy(math: Element) -> None:
    """Give the signs of *math*, as the converter made it, the space that TeX gives them, and letters their alphabets."""
    for element in math.iter():
        if element.tag in _TOKENS and element.text:
            _read_token(element)
    for element in [*math.iter()]:
        if element.tag in _SCRIPTED and element[0].tag == "mo":
            _arrange_base(element)
    for element in math.iter():
        if element.tag in _ROWS:
            _space_row(list(element))
    for element in math.iter():
        if element.tag in _SCRIPTED:
            _close_up(element[1:])


def _read_token(token: Element) -> None:
    """Write *token* in characters alone, and as an operator if it is one."""
    text = _read(token)
    if token.attrib.get("mathvariant", "normal") != "normal":
        # Browsers no longer know alphabets by this attribute.
        alphabet = _words(token.attrib.pop("mathvariant"))
        text = "".join(_alphabets().get((alphabet, letter), letter) for letter in text)
    token.text = text
    if token.tag == "mi" and (_is_name(token) or _is_operator(text)):
        token.tag = "mo"
        if unicodedata.category(text[0]) in _OPENING | _CLOSING:
            token.attrib["stretchy"] = "false"
    if token.tag != "mo":
        return
    if text in _WITH_LIMITS:
        token.attrib["movablelimits"] = "true"
    if text in _ORDINARY:
        token.attrib |= {"lspace": "0", "rspace": "0"} | token.attrib
    if text in _BARS and not token.attrib.keys() & {"form", "minsize"}:
        token.attrib["stretchy"] = "false"


def _arrange_base(scripted: Element) -> None:
    """Put the scripts of an operator where it has them."""
    base = scripted[0]
    if "movablelimits" in base.attrib:
        scripted.tag = _LIMITS.get(scripted.tag, scripted.tag)
    if "minsize" in base.attrib:
        # Chromium gives a bracket its size in a row alone.
        row = base.makeelement("mrow", {})
        row.append(base)
        scripted[0] = row


def _close_up(scripts: list[Element]) -> None:
    """Take the spaces around operators out of *scripts*; TeX has them in lines of full size alone."""
    for script in scripts:
        for sign in script.iter("mo"):
            if sign is not script and not _is_name(sign):
                sign.attrib |= {"lspace": "0", "rspace": "0"}


def _read(token: Element) -> str:
    text = token.text or ""
    if text.startswith("\\"):
        # Delimiters after \big and its like are left as commands.
        from latex2mathml.symbols_parser import convert_symbol  # noqa: PLC0415

        symbol = convert_symbol(text)
        return chr(int(symbol, 16)) if symbol else text
    return _READ_AS.get((token.tag, text), text)


def _is_name(token: Element) -> bool:
    """Return whether *token* is a word such as ``log``, whose parts may stand apart as in ``lim sup``."""
    return len(token.text or "") > 1 and all(part.isalpha() for part in (token.text or "").split())


def _is_operator(text: str) -> bool:
    if len(text) != 1 or text in _LETTERLIKE:
        return False
    return text == ":" or unicodedata.category(text) in {"Sm"} | _OPENING | _CLOSING


def _space_row(row: list[Element]) -> None:
    """Give operators in *row* the spaces that depend on what is beside them."""
    after_operand = False
    for element, following in zip(row, [*row[1:], None], strict=True):
        if element.tag == "mspace":
            continue
        sign = _sign(element)
        if sign is None:
            after_operand = True
        elif _is_name(sign):
            sign.attrib["lspace"] = _THIN if after_operand else "0"
            sign.attrib["rspace"] = _THIN if following is not None and _takes_space(following) else "0"
            after_operand = False
        else:
            if sign.text in _SIGNS and not after_operand:
                sign.attrib["form"] = "prefix"
            after_operand = sign.text in _ORDINARY or _stands(sign, _CLOSING, "postfix")


def _sign(element: Element) -> Element | None:
    """Return the operator that *element* is, with or without scripts, if it is one."""
    if element.tag == "mo":
        return element
    if element.tag in _SCRIPTED or (element.tag in _ROWS and len(element) == 1):
        return _sign(element[0])
    return None


def _takes_space(element: Element) -> bool:
    """Return whether a name stands apart from *element* after it; from brackets and other operators it does not."""
    first = element
    while (first.tag in _ROWS or first.tag in _SCRIPTED) and len(first):
        first = first[0]
    if first.tag != "mo":
        return first.tag != "mspace"
    return _is_name(first) or (first.text in _SIGNS | _ORDINARY and not _stands(first, _OPENING, "prefix"))


def _stands(sign: Element, categories: frozenset[str], form: str) -> bool:
    text = sign.text or ""
    return sign.attrib.get("form") == form or (len(text) == 1 and unicodedata.category(text) in categories)


def _words(alphabet: str) -> frozenset[str]:
    return frozenset(re.split("[- ]", alphabet.lower().replace("black-letter", "fraktur")))


@cache
def _alphabets() -> dict[tuple[frozenset[str], str], str]:
    """Return the letter or digit of each alphabet, by what MathML and Unicode call the alphabet and by the plain letter."""
    found = {}
    for code in (*range(0x2102, 0x2139), *range(0x1D400, 0x1D800)):
        kind, _, plain = unicodedata.decomposition(chr(code)).partition(" ")
        if kind == "<font>" and (name := _ALPHABET.match(unicodedata.name(chr(code)))):
            found[_words(name[1]), chr(int(plain, 16))] = chr(code)
    found[_words("italic"), "h"] = "\N{PLANCK CONSTANT}"
    return found
