"""Pieces of Markdown that hold a text of somebody else's, whatever it says."""

from __future__ import annotations

import re

from sphinx_papers.formats.text.plain import one_line, unbroken

# What ends the label of a link, or the name of one.
_LINKING = re.compile(r"\](?:[(\[:]|$)")
# With the backslashes before it, of which it would take the last one for its own.
_BRACKET = re.compile(r"(\\*)([\[\]])")
_TAG = re.compile(r"(\\*)(<)(?=[A-Za-z/!?])")
# What a reader who knows no formulas takes for HTML or a link; a blank there means nothing to TeX.
_IN_FORMULA = re.compile(r"<(?=[A-Za-z/!?])|\](?=[(\[:])")


def may_link(text: str) -> bool:
    """Say whether *text* could make a link, or end that of which it is the label, with what stands around it."""
    return text.count("[") != text.count("]") or _LINKING.search(text) is not None


def words(text: str) -> str:
    """Return *text* on one line, with no more signs in it than keep it from being HTML or a link."""
    plain = _TAG.sub(_escape, unbroken(text))
    return _BRACKET.sub(_escape, plain) if may_link(plain) else plain


def _escape(sign: re.Match[str]) -> str:
    return f"{sign[1] * 2}\\{sign[2]}"


def formula(tex: str) -> str:
    """Return *tex* between dollars, which is a formula to some readers and text to others."""
    return f"${without_markup(one_line(tex))}$"


def without_markup(tex: str) -> str:
    """Return *tex* so that it means the same, and is neither HTML nor a link where it is taken for text."""
    return _IN_FORMULA.sub(r"\g<0> ", tex)


def code(text: str) -> str:
    """Return *text* as code within a line."""
    plain = unbroken(text)
    if "`" not in plain:
        return f"`{plain}`"
    fence = "`" * (max(map(len, re.findall("`+", plain))) + 1)
    return f"{fence} {plain} {fence}"
