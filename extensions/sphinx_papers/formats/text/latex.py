"""Unicode text as LaTeX in ASCII, and back, one character at a time."""

from __future__ import annotations

import codecs
import functools
import re
import unicodedata
from typing import Any

import latexcodec  # noqa: F401  registers the codec

# The stubs of codecs know no codec from text to text but rot13.
_codec: Any = codecs

# What LaTeX or BibTeX reads as markup. A brace is spelt out because BibTeX counts
# even an escaped one when it looks for the end of a field.
_MARKUP = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", '"': "{''}",
}  # fmt: skip
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)|(?<=,)(?=,)|(?<=[?!])(?=`)")
# What is not in the text as it is: markup, ligatures, and all beyond ASCII.
_SPECIAL = re.compile(f"[{re.escape(''.join(_MARKUP))}]|[^\\x00-\\x7f]|--|''|``|,,|[?!]`")
_UNMARKED = {latex: text for text, latex in _MARKUP.items()}
_ESCAPED = re.compile("|".join(re.escape(latex) for latex in _UNMARKED))
# Marks of the decoder's own making while text is read back; private use, never in text.
_PRIVATE = {text: chr(0xE000 + place) for place, text in enumerate(_MARKUP)}
_PUBLIC = str.maketrans({mark: text for text, mark in _PRIVATE.items()})
# An accent on a dotless letter in braces of its own, which the decoder takes for two characters.
_DOTLESS = re.compile(r"(\\(?:[`'^\"~=.]|[uvHr](?![a-zA-Z])))\s*\{\s*\\([ij])\s*\}")
# A formula with groups, of which the decoder would drop the braces.
_FORMULA = re.compile(r"((?<!\\)\$[^$]*\{[^$]*(?<!\\)\$)")
# Commands that set words in another type.
_STYLED = re.compile(
    r"\\(?:text(?:it|bf|sc|sl|tt|rm|sf|up|normal)|emph|enquote|mbox)\s*\{|\{\s*\\(?:it|bf|sc|sl|tt|rm|em)(?![A-Za-z])\s*"
)
_COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307", "d": "\u0323",
}  # fmt: skip
# "\\d a", "\\~{\\^e}", "{\\'{\\^{e}}}"
_ACCENTS = re.compile(
    r"(\\d(?![A-Za-z])|\\[`'^~=.u]\s*\{?\s*\\[`'^~=.ud](?![A-Za-z]{2}))\s*\{?\s*([A-Za-z])(?:\s*\})*?(?=[^}]|$|\})"
)
# A backslash with nothing after it, which the decoder stops at: it is a sign like any other.
_LONE = re.compile(r"(?<!\\)((?:\\\\)*)\\\Z")
# TeX stops at most control characters and takes the others for spaces.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@functools.cache  # the codec takes long, and a collection has few characters beyond ASCII
def _character(character: str) -> str:
    if character in _MARKUP:
        return _MARKUP[character]
    if character.isascii() or unicodedata.combining(character):
        return character  # a combining mark belongs to the letter before it
    try:
        latex = _codec.encode(character, "ulatex+ascii")
    except ValueError:  # no LaTeX name: XeTeX, LuaTeX and biber read UTF-8
        return character
    # An accent on a plain i is read as one letter; on a dotless one biber makes two characters of it,
    # which LaTeX cannot print.
    for name in (latex.replace(r"\i", "i").replace(r"\j", "j"), latex):
        if decode(f"{{{name}}} x") == f"{character} x":
            return f"{{{name}}}"
    return character  # a name that does not come back is no use


@functools.lru_cache(maxsize=4096)  # names of people, venues and conditions come again and again
def encode(text: str) -> str:
    """Return *text* as LaTeX that prints it, in ASCII wherever a name is known.

    Line ends and other control characters become spaces.
    """
    text = _CONTROL.sub(" ", text)
    if not _SPECIAL.search(text):
        return text
    # Between two characters that LaTeX would print as one goes an empty group.
    return "{}".join("".join(_character(character) for character in part) for part in _LIGATURE.split(text))


def decode(latex: str) -> str:
    """Return the text that *latex* prints; braces that only group are dropped, those of a formula stay."""
    if not _FORMULA.search(latex):
        return _decoded(latex)
    parts = _FORMULA.split(latex)
    # The decoder takes a blank at the start for one behind a command.
    parts[::2] = [part[: len(part) - len(part.lstrip())] + _decoded(part.lstrip()) for part in parts[::2]]
    return "".join(parts)


def _nested(match: re.Match[str]) -> str:
    """Return a letter with two accents, or a dot below, of which the decoder knows no more than one or none."""
    marks, letter = match[1], match[2]
    combining = "".join(_COMBINING[mark] for mark in reversed(re.findall(r"\\(.)", marks)))
    return unicodedata.normalize("NFC", letter + combining)


def _decoded(latex: str) -> str:
    latex = _STYLED.sub("{", latex).replace(r"\&amp;", r"\&")
    if "{``}" in latex:
        latex = latex.replace("{``}", "``").replace("{''}", "''")
    latex = _ACCENTS.sub(_nested, latex)
    # An unescaped one begins a comment in a document; in a field it is what somebody meant to print.
    latex = re.sub(r"(?<!\\)%", r"\\%", latex)
    plain = _DOTLESS.sub(r"{\1\\\2}", latex)
    marked = _ESCAPED.sub(lambda match: _PRIVATE[_UNMARKED[match[0]]], plain)
    marked = _LONE.sub(lambda match: match[1] + _PRIVATE["\\"], marked)
    text: str = _codec.decode(marked, "ulatex+utf8")
    return text.replace("{", "").replace("}", "").translate(_PUBLIC)
