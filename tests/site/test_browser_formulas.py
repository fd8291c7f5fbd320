"""Formulas in a browser that has no font for them: the site brings one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_papers.formats.text.tex import COMMANDS
from sphinx_papers.sphinx_ext.blocks.mathml import inline_mathml

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from .browser import Reader

_FORMULA = re.compile(r"<math.*?</math>", re.DOTALL)
_PAGE = "papers/ahn2018learning.html"
_ARGUMENTS = {"left": r"\left(x\right)", "middle": r"\left(x\middle|y\right)", "right": r"\left[x\right]"}
_ALPHABETS = [
    rf"\{alphabet}{{{letters}}}"
    for alphabet in ("mathbb", "mathbf", "mathcal", "mathfrak", "mathscr", "mathsf", "mathtt", "boldsymbol")
    for letters in ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", "0123456789")
]


def _others(page: Page, formulas: list[str]) -> dict[str, str]:
    """Return the signs of *formulas* that are drawn in another font than the site's, with the formula of each."""
    page.evaluate("(all) => { document.querySelector('article').innerHTML = all.join(' ') }", formulas)
    page.evaluate("document.fonts.ready")
    signs = page.locator("math :is(mi, mn, mo, mtext)")
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "math :is(mi, mn, mo, mtext)"})[
        "nodeIds"
    ]
    assert len(nodes) == signs.count() >= len(formulas)
    found = {}
    texts = signs.evaluate_all(
        "(all) => all.map((each) => [each.textContent, each.closest('math').textContent])"
    )
    for node, (text, formula) in zip(nodes, texts, strict=True):
        fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        if not all(font["isCustomFont"] for font in fonts):
            found[text] = formula
    return found


def test_every_sign_of_every_formula_is_in_the_font_that_the_site_brings(reader: Reader, site: Path) -> None:
    formulas = {each for page in site.rglob("*.html") for each in _FORMULA.findall(page.read_text("utf-8"))}
    assert len(formulas) > 300
    assert not _others(reader.open(_PAGE), sorted(formulas))


def test_every_command_that_a_formula_may_use_is_in_the_font(reader: Reader) -> None:
    sources = [_ARGUMENTS.get(name, rf"\{name}{{x}}{{y}}") for name in sorted(COMMANDS)]
    formulas = [each for each in map(inline_mathml, [*sources, *_ALPHABETS]) if each.startswith("<math")]
    assert len(formulas) > 350
    assert not _others(reader.open(_PAGE), formulas)
