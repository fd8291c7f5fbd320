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
_ANY_FORMULA = re.compile(r"((?<!\\)\$[^$]*(?<!\\)\$)")
# Commands that set words in another type.
_STYLED = re.compile(
    r"\\(?:text(?:it|bf|sc|sl|tt|rm|sf|up|normal|subscript|superscript)|emph|enquote|mkbibquote|mbox|url)\s*\{|\{\s*\\(?:it|bf|sc|sl|tt|rm|em)(?![A-Za-z])\s*"
)
# Signs that the decoder has no name for, with the blank or the empty group that ends a command.
_SIGNS = {
    "textquoteright": "\N{RIGHT SINGLE QUOTATION MARK}", "textquoteleft": "\N{LEFT SINGLE QUOTATION MARK}",
    "textmu": "\N{MICRO SIGN}", "textrightarrow": "\N{RIGHTWARDS ARROW}", "textleftarrow": "\N{LEFTWARDS ARROW}",
    "hyphen": "-", "TeX": "TeX", "LaTeX": "LaTeX",
}  # fmt: skip
_SIGN = re.compile(rf"(?<!\\)\\({'|'.join(_SIGNS)})(?![A-Za-z])(?:\{{\}}|\s*)")
# A blank that no line breaks at, and a narrow one.
_TIED = re.compile(r"(?<![\\{])(?:~|\\,)+")
# What is a formula even outside of one: "\ensuremath{\nu}", in braces or not.
_ENSURED = re.compile(r"\{?\\ensuremath\s*\{([^{}]*)\}\}?")
_COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307", "h": "\u0309",
    "d": "\u0323", "v": "\u030c",
}  # fmt: skip
_ACCENT_OF = {mark: command for command, mark in _COMBINING.items() if command != "v"}
# An accent or two on a letter, as far as the decoder may not know them: "\d a", "\~{\^e}", "{\'{\^{e}}}", "\h{ơ}", "\`y".
_ACCENT = r"(?:\\[`'^~=.]|\\[udhv](?![A-Za-z]))"
_ACCENTS = re.compile(rf"(?<!\\)({_ACCENT}(?:\s*\{{?\s*{_ACCENT})?)\s*\{{?\s*([^\W\d_])")
# A backslash with nothing after it, which the decoder stops at: it is a sign like any other.
_LONE = re.compile(r"(?<!\\)((?:\\\\)*)\\\Z")
# TeX stops at most control characters and takes the others for spaces.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


# Commands of letters that LaTeX's usual encodings lack; T5 has them.
_LACKING = {
    r"\h{": r"\ProvideTextCommandDefault{\h}[1]{{\setbox0\hbox{#1}\ooalign{\copy0\crcr"
    r"\hidewidth\raise\dimexpr\ht0-.45ex\hbox{\tiny\char39}\hidewidth}}}",
    r"\DJ": r"\ProvideTextCommandDefault{\DJ}{\leavevmode\rlap{\raise.25ex\hbox{-}}D}",
    r"\dj": r"\ProvideTextCommandDefault{\dj}{\leavevmode\rlap{\hskip.18em\raise.5ex\hbox{-}}d}",
}
# Letters with a horn, which have no command outside of T5.
_HORNS = re.compile("[ơưƠƯ]")
_WRITTEN_ACCENT = re.compile(r"\{(\\[`'~dh])\{(\w)\}\}")


@functools.cache  # the codec takes long, and a collection has few characters beyond ASCII
def _character(character: str) -> str:
    if character in _MARKUP:
        return _MARKUP[character]
    if character.isascii() or unicodedata.combining(character):
        return character  # a combining mark belongs to the letter before it
    try:
        latex = _codec.encode(character, "ulatex+ascii")
    except ValueError:
        named = _accented(character)  # what has no name stays: XeTeX, LuaTeX and biber read UTF-8
        return named if decode(f"{named} x") == f"{character} x" else character
    # An accent on a plain i is read as one letter; on a dotless one biber makes two characters of it,
    # which LaTeX cannot print.
    for name in (latex.replace(r"\i", "i").replace(r"\j", "j"), latex):
        if decode(f"{{{name}}} x") == f"{character} x":
            return f"{{{name}}}"
    return character  # a name that does not come back is no use


def _accented(character: str) -> str:
    """Return a letter with a dot, a hook or two accents as the outer accent on the rest, as Vietnamese has them.

    BibTeX takes it for one letter, pdfTeX sets it, and biber and pandoc read it; of two commands within each other
    biber makes an accent without a letter.
    """
    base, *marks = list(unicodedata.normalize("NFD", character))
    for mark in sorted(marks, key="\u0323\u0309\u0301\u0300\u0303".find, reverse=True):
        rest = unicodedata.normalize("NFC", base + "".join(each for each in marks if each != mark))
        is_whole = len(rest) == 1 and unicodedata.normalize("NFC", rest + mark) == character
        if base.isascii() and mark in _ACCENT_OF and is_whole:
            return f"{{\\{_ACCENT_OF[mark]}{{{rest}}}}}"
    return character


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


def definitions(latex: str) -> str:
    """Return the TeX that pdfTeX needs for letters in *latex*, as :func:`encode` writes them, where its fonts lack them.

    Letters with two marks are defined as characters too, since biber writes them so.
    """
    commands = [definition for name, definition in _LACKING.items() if name in latex]
    letters = {
        letter: f"{base}\\kern-.15em\\char39"
        for letter in _HORNS.findall(latex)
        for base in unicodedata.normalize("NFD", letter)[:1]
    }
    for accent, base in _WRITTEN_ACCENT.findall(latex):
        letters[unicodedata.normalize("NFC", base + _COMBINING[accent[1]])] = f"{accent}{{{base}}}"
    return "".join(
        [
            *commands,
            *(
                f"\\expandafter\\providecommand\\csname u8:\\detokenize{{{letter}}}\\endcsname{{{tex}}}"
                for letter, tex in sorted(letters.items())
            ),
        ]
    )


def decode(latex: str) -> str:
    """Return the text that *latex* prints; braces that only group are dropped, those of a formula stay."""
    if r"\ensuremath" in latex:
        pieces = _ANY_FORMULA.split(latex)
        pieces[::2] = [_ENSURED.sub(r"$\1$", piece) for piece in pieces[::2]]
        latex = "".join(pieces).replace("$$", " ")
    if not _FORMULA.search(latex):
        return _decoded(_TIED.sub(" ", latex))
    parts = _FORMULA.split(latex)
    parts[::2] = [_TIED.sub(" ", part) for part in parts[::2]]
    # The decoder takes a blank at the start for one behind a command.
    parts[::2] = [part[: len(part) - len(part.lstrip())] + _decoded(part.lstrip()) for part in parts[::2]]
    return "".join(parts)


def _nested(match: re.Match[str]) -> str:
    """Return the one character that accents and a letter make; what makes none stays."""
    combining = "".join(_COMBINING[mark] for mark in reversed(re.findall(r"\\(.)", match[1])))
    composed = unicodedata.normalize("NFC", match[2] + combining)
    return composed if len(composed) == 1 else match[0]


def _decoded(latex: str) -> str:
    latex = _STYLED.sub("{", latex).replace(r"\&amp;", r"\&")
    latex = _SIGN.sub(lambda match: _SIGNS[match[1]], latex)
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
