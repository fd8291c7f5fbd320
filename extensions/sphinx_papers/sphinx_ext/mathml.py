"""Formulas as MathML, made by latex2mathml when the site is built.

Browsers and ePub readers show it without a script or a font from elsewhere.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_papers.sphinx_ext.warnings import warn

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator


class _BrokenError(ValueError):
    """A formula that cannot be converted."""


# A command that the converter does not know comes out as a name with its backslash.
_REFERENCE = re.compile("&#x([0-9A-F]+);")
_UNKNOWN = re.compile(r"<mi>(\\[A-Za-z]+)</mi>")


@lru_cache(maxsize=4096)
def _converted(source: str, display: str) -> str:
    # Loading its tables takes a fiftieth of a build that writes no formula.
    from latex2mathml import exceptions  # noqa: PLC0415
    from latex2mathml.converter import convert  # noqa: PLC0415

    errors = (error for error in vars(exceptions).values() if isinstance(error, type))
    known: tuple[type[Exception], ...] = tuple(each for each in errors if issubclass(each, Exception))
    broken: tuple[type[Exception], ...] = (*known, IndexError, ValueError, KeyError, AttributeError)
    try:
        return _characters(convert(source, display=display))
    except broken as error:
        raise _BrokenError(type(error).__name__) from error


def _characters(mathml: str) -> str:
    """Return *mathml* with characters where the converter writes their numbers."""
    return _REFERENCE.sub(lambda match: escape(chr(int(match[1], 16)), quote=False), mathml)


def inline_mathml(source: str) -> str:
    """Return a formula in running text; its source where it is not complete."""
    try:
        return _converted(source, "inline")
    except _BrokenError:
        return f'<code class="math">{escape(source)}</code>'


def _mathml(node: nodes.Element, *, display: bool) -> str:
    source = node.astext()
    try:
        mathml = _converted(source, "block" if display else "inline")
    except _BrokenError as error:
        warn("math", f"this formula is not complete: {source!r} ({error})", node)
        return f'<code class="math">{escape(source)}</code>'
    for command in sorted(set(_UNKNOWN.findall(mathml))):
        warn("math", f"MathML has nothing for {command}, it is shown as it stands", node)
    return mathml


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in running text."""
    self.body.append(self.starttag(node, "span", "", CLASS="math"))
    self.body.append(_mathml(node, display=False) + "</span>")
    raise nodes.SkipNode


def visit_math_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a displayed formula, with its number if it has one."""
    self.body.append(self.starttag(node, "div", CLASS="math"))
    if node["number"]:
        self.body.append(f'<span class="eqno">({node["number"]})')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    self.body.append(_mathml(node, display=True) + "</div>\n")
    raise nodes.SkipNode
