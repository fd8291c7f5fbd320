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
        (r"\text{&#x3c;b&#x3e;}", "&\N{NO-BREAK SPACE}#x3c;b&\N{NO-BREAK SPACE}#x3e;"),
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


def _signs(source: str) -> list[tuple[str, str | None, str | None]]:
    """Each sign and name of an operator with the space before and behind it, where the formula says one."""
    operators = ET.fromstring(inline_mathml(source)).iter(f"{MATH}mo")
    return [(each.text or "", each.get("lspace"), each.get("rspace")) for each in operators]


@pytest.mark.parametrize(
    ("source", "signs"),
    [
        # A name stands apart from letters and names, not from brackets.
        (r"p \log p", [("log", "0.167em", "0.167em")]),
        (r"\log \cos x", [("log", "0", "0.167em"), ("cos", "0", "0.167em")]),
        (r"\exp(x)", [("exp", "0", "0"), ("(", None, None), (")", None, None)]),
        (r"\exp\left(x\right)", [("exp", "0", "0"), ("(", None, None), (")", None, None)]),
        (r"\max_c \,x", [("max", "0", "0")]),
        (r"\operatorname{arg\,min}_x y", [("arg\N{THIN SPACE}min", "0", "0.167em")]),
        # Bars, points and strokes are signs like letters.
        (r"|x|", [("|", "0", "0")] * 2),
        (r"\|x\|^2", [("\N{DOUBLE VERTICAL LINE}", "0", "0")] * 2),
        (r"1/2", [("/", "0", "0")]),
        (r"x.", [(".", "0", "0")]),
        # In scripts nothing stands apart.
        (r"x_{i,j+1}", [(",", "0", "0"), ("+", "0", "0")]),
        # What TeX has for relations, the converter has for letters.
        (r"a \sim b", [("\N{TILDE OPERATOR}", None, None)]),
        (r"a \implies b", [("\N{LONG RIGHTWARDS DOUBLE ARROW}", None, None)]),
    ],
)
def test_signs_stand_as_tex_sets_them(source: str, signs: list[tuple[str, str | None, str | None]]) -> None:
    assert _signs(source) == signs


@pytest.mark.parametrize("before", ["", "(", "x = ", "x, ", "\\sum ", "\\log ", "2 \\cdot "])
def test_a_minus_without_anything_before_it_is_a_sign(before: str) -> None:
    minus = [
        each
        for each in ET.fromstring(inline_mathml(f"{before}-x")).iter(f"{MATH}mo")
        if each.text == "\N{MINUS SIGN}"
    ]
    assert [each.get("form") for each in minus] == ["prefix"]


@pytest.mark.parametrize("before", ["x", "f(x) ", "x_i ", r"\|x\| ", r"\frac 1 2 ", r"\left(x\right) "])
def test_a_minus_between_two_is_an_operator(before: str) -> None:
    minus = [
        each
        for each in ET.fromstring(inline_mathml(f"{before}-x")).iter(f"{MATH}mo")
        if each.text == "\N{MINUS SIGN}"
    ]
    assert [each.get("form") for each in minus] == [None]


def test_bars_are_as_high_as_letters_unless_they_are_told_to_grow() -> None:
    def stretchy(source: str) -> list[str | None]:
        return [each.get("stretchy") for each in ET.fromstring(inline_mathml(source)).iter(f"{MATH}mo")]

    assert stretchy(r"\lVert x\rVert|x|\|x\|") == ["false"] * 6
    assert stretchy(r"\left|x\right|\bigl\lVert x\bigr\rVert") == ["true"] * 4


@pytest.mark.parametrize("source", [r"\max_c", r"\lim^x", r"\operatorname*{mean}_i", r"\argmax_c"])
def test_what_has_limits_has_them_below(source: str) -> None:
    (scripted,) = ET.fromstring(inline_mathml(source))[0]
    assert scripted.tag in {f"{MATH}munder", f"{MATH}mover"}
    assert scripted[0].get("movablelimits") == "true"  # beside it in a line of text


def test_a_bracket_of_a_given_size_has_it_with_an_exponent_too() -> None:
    (_, _, power) = ET.fromstring(inline_mathml(r"\bigl(x\bigr)^2"))[0]
    assert [power[0].tag, power[0][0].text, power[0][0].get("minsize")] == [f"{MATH}mrow", ")", "1.2em"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\mathbf{1}", "\N{MATHEMATICAL BOLD DIGIT ONE}"),
        (r"\mathbb{1}", "\N{MATHEMATICAL DOUBLE-STRUCK DIGIT ONE}"),
        (r"\mathbb{R}", "\N{DOUBLE-STRUCK CAPITAL R}"),
        (r"\mathcal{LN}", "\N{SCRIPT CAPITAL L}\N{MATHEMATICAL SCRIPT CAPITAL N}"),
        (r"\mathfrak{C}", "\N{BLACK-LETTER CAPITAL C}"),
        (r"\boldsymbol{\alpha}", "\N{MATHEMATICAL BOLD ITALIC SMALL ALPHA}"),
        (r"\mathit{h}", "\N{PLANCK CONSTANT}"),
        (r"\bigl\langle\bigr\rfloor", "\N{MATHEMATICAL LEFT ANGLE BRACKET}\N{RIGHT FLOOR}"),
        ("a\\ \nb", "a\N{NO-BREAK SPACE}b"),
    ],
)
def test_signs_and_alphabets_are_characters(source: str, text: str) -> None:
    math = ET.fromstring(inline_mathml(source))
    assert "".join(math.itertext()) == text
    assert {each.get("mathvariant") for each in math.iter()} == {None}


def test_the_number_of_a_character_is_text() -> None:
    """It would be a sign that turns the direction of writing, which nobody sees in the source."""
    math = ET.fromstring(inline_mathml(r"\text{&#x202e;a}"))
    assert "".join(math.itertext()) == "&\N{NO-BREAK SPACE}#x202e;a"


def test_upright_letters_stay_upright() -> None:
    letters = ET.fromstring(inline_mathml(r"\mathrm{IoU}")).iter(f"{MATH}mi")
    assert [(each.text, each.get("mathvariant")) for each in letters] == [(each, "normal") for each in "IoU"]


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
