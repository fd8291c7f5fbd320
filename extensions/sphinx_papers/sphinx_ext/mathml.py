"""Formulas as MathML, made by docutils when the site is built.

Browsers and ePub readers show it without a script or a font from elsewhere.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml

from sphinx_papers.sphinx_ext.warnings import warn

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator


def _mathml(node: nodes.Element, *, display: bool) -> str:
    source = node.astext()
    try:
        return tex2mathml(source, as_block=display)
    except MathError as error:
        warn("math", f"this formula cannot be shown as MathML: {error}", node)
        return f'<code class="math">{escape(source)}</code>'


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
