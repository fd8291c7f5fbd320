"""Formulas as MathML, made by latex2mathml when the site is built.

Browsers and ePub readers show it without a script or a font from elsewhere.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING
from xml.etree.ElementTree import tostring

from docutils import nodes

from sphinx_papers.sphinx_ext.blocks.mathml_tokens import tidy
from sphinx_papers.sphinx_ext.warnings import warn

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from sphinx.writers.html5 import HTML5Translator


class _BrokenError(ValueError):
    """A formula that cannot be converted."""


# What the converter makes of formulas, but for what could act or lead elsewhere (href, style, class, id).
_MADE = """math menclose mfrac mi mn mo mover mpadded mphantom mroot mrow mspace msqrt mstyle msub msubsup msup mtable
mtd mtext mtr munder munderover"""
_ELEMENTS = frozenset(_MADE.split())
_SAID = """xmlns display accent columnalign columnlines columnspacing depth displaystyle fence form height largeop
linebreak linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize movablelimits notation
rowlines rowspacing rspace scriptlevel separator stretchy voffset width"""
_ATTRIBUTES = frozenset(_SAID.split())
# The converter names characters by their numbers and leaves it to whoever writes its tree to read these.
_REFERENCE = re.compile("&#x([0-9A-Fa-f]{1,6});")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OPERATOR = re.compile(r"\\operatorname\*?\{[^{}]*\}")
_SPACES = re.compile(r"\\[,:; ]")
# A command that the converter does not know comes out as a name with its backslash.
_UNKNOWN = re.compile(r"<m[io][^>]*>(\\[A-Za-z]+)</m[io]>")


@lru_cache(maxsize=4096)
def _converted(source: str, display: str) -> str:
    # Loading its tables takes a fiftieth of a build that writes no formula.
    from latex2mathml import exceptions  # noqa: PLC0415
    from latex2mathml.converter import Converter  # noqa: PLC0415

    errors = [error for error in vars(exceptions).values() if isinstance(error, type)]
    known: list[type[Exception]] = [error for error in errors if issubclass(error, Exception)]
    broken: tuple[type[Exception], ...] = (
        *known,
        IndexError,
        ValueError,
        KeyError,
        AttributeError,
        RecursionError,
        StopIteration,
    )
    try:
        return _written(Converter(display=display).convert_to_element(_readable(source)))
    except broken as error:
        reason = "it is nested too deep" if isinstance(error, RecursionError) else type(error).__name__
        raise _BrokenError(reason) from error


def _readable(source: str) -> str:
    """Return *source* without what the converter takes apart, an end of line and spaces in the name of an operator, and without numbers of characters that are none of its own."""
    names = _OPERATOR.sub(lambda name: _SPACES.sub("\N{THIN SPACE}", name[0]), source)
    return names.replace("\n", " ").replace("&#", "& #")


def _written(math: Element) -> str:
    """Return *math* as text; what is no MathML is left out, and all that is text is escaped.

    :raises ValueError: if it has an element that nobody knows.
    """
    for element in math.iter():
        if element.tag not in _ELEMENTS:
            raise ValueError(element.tag)
        for name in set(element.keys()) - _ATTRIBUTES:
            del element.attrib[name]
        element.text = _characters(element.text)
        element.tail = _characters(element.tail)
    tidy(math)
    return tostring(math, encoding="unicode")


def _characters(text: str | None) -> str | None:
    """Return *text* with characters where the converter writes their numbers."""
    if text is None:
        return None
    return _NOT_XML.sub("", _REFERENCE.sub(lambda match: chr(int(match[1], 16)), text))


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
