from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from sphinx_papers.sphinx_ext.blocks.mathml import inline_mathml

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Site

MATH = "{http://www.w3.org/1998/Math/MathML}"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\text{R & D}", "R\N{NO-BREAK SPACE}&\N{NO-BREAK SPACE}D"),
        (r"\text{score < 5}", "score\N{NO-BREAK SPACE}<\N{NO-BREAK SPACE}5"),
        (r"a < b", "a<b"),
        (r"\text{<script>alert(1)</script>}", "<script>alert(1)</script>"),
        (r"\text{&lt;b&gt;}", "&lt;b&gt;"),
        (r"\text{&#x3c;b&#x3e;}", "<b>"),
        (r"\href{javascript:alert(1)}{x}", "x"),
        (r"\style{background:url(https://example.org)}{x}", "x"),
        (r"\class{a}{x}", "x"),
        (r"\textcolor{red\"><script>}{x}", "x"),
        (r"\unicode{x0}", ""),
        (r"\verb|<b>|", "<b>"),
        (r"\argmax", "arg\N{THIN SPACE}max"),
        (r"x \to \mathbb{R}", "x→\N{DOUBLE-STRUCK CAPITAL R}"),
    ],
)
def test_all_that_is_text_is_text(source: str, text: str) -> None:
    math = ET.fromstring(inline_mathml(source))
    assert math.tag == f"{MATH}math"
    assert "".join(math.itertext()) == text
    for element in math.iter():
        assert element.tag.startswith(f"{MATH}m")
        assert not set(element.keys()) & {"href", "style", "class", "id"}


@pytest.mark.parametrize(
    "source", ["\\sqrt{" * 1500 + "}" * 1500, "\\sqrt" * 1500 + "x", "x^", "\\def\\a{\\a\\a}\\a"]
)
def test_what_cannot_be_converted_is_shown_as_it_stands(source: str) -> None:
    assert ET.fromstring(inline_mathml(source)).text == source


def test_a_formula_that_is_too_deep_is_told_once_and_the_build_goes_on(site: Site) -> None:
    site.append("docs/showcase.md", "\nDeep: $" + "\\sqrt{" * 1500 + "x" + "}" * 1500 + "$\n")
    built = site.build()
    assert [line.partition(": WARNING: this formula is not complete")[0] for line in built.warnings] == [
        f"docs/showcase.md:{(site.root / 'docs/showcase.md').read_text('utf-8').count(chr(10))}"
    ]
    assert "it is nested too deep" in built.warnings[0]
    assert (built.outdir / "papers/elm2022tuning.html").is_file()
