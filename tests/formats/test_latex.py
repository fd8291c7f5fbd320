from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_papers.formats.text.latex import decode, encode


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("", ""),
        ("plain text, as it is.", "plain text, as it is."),
        ("it's", "it's"),
        ("é", r"{\'e}"),
        ("naïve", r"na{\"i}ve"),
        ("Łoś", r"{\L}o{\'s}"),
        ("Erdős", r"Erd{\H o}s"),
        ("Ørsted", r"{\O}rsted"),
        ("Groß", r"Gro{\ss}"),
        ("50% & #1", r"50\% \& \#1"),
        ("a_b", r"a\_b"),
        ("$5", r"\$5"),
        ("a~b^c", r"a\textasciitilde{}b\textasciicircum{}c"),
        ("{x}", r"\textbraceleft{}x\textbraceright{}"),
        (r"a\b", r"a\textbackslash{}b"),
        (r"\textbackslash{}", r"\textbackslash{}textbackslash\textbraceleft{}\textbraceright{}"),
        ('"q"', "{''}q{''}"),
        ("\N{GREEK SMALL LETTER ALPHA}", r"{$\alpha$}"),
        ("3 \N{MULTIPLICATION SIGN} 4", r"3 {$\times$} 4"),
        ("1\N{EN DASH}2", "1{--}2"),
        ("a\N{NO-BREAK SPACE}b", "a{~}b"),
        # No name in LaTeX: the letter itself, which the engines of today read.
        ("李 明", "李 明"),
        ("e\N{COMBINING CYRILLIC MILLIONS SIGN}", "e\N{COMBINING CYRILLIC MILLIONS SIGN}"),
    ],
)
def test_text_is_written_in_latex_and_read_back(text: str, latex: str) -> None:
    assert encode(text) == latex
    assert decode(latex) == text


@pytest.mark.parametrize("text", ["\\", "a\\", "é\\\\\\"])
def test_a_backslash_with_nothing_after_it_is_one(text: str) -> None:
    assert decode(text) == text


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\t", "\0", "\x1b", "\x85", "\u2028"])
def test_what_would_end_a_line_or_stop_tex_is_a_space(break_: str) -> None:
    assert encode(f"one{break_}two") == "one two"


@pytest.mark.parametrize("text", ["a--b", "a---b", "''", "``", ",,", "?`", "!`", "'''"])
def test_characters_that_latex_would_join_into_another_stay_apart(text: str) -> None:
    assert decode(encode(text)) == text


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("{CAM}s and {{nested}}", "CAMs and nested"),
        (r"Erd\H{o}s", "Erdős"),
        (r"\v{S}koda", "Škoda"),
        (r"{\'{e}}t\'e", "été"),
        (r"Na{\"{\i}}ve", "Naïve"),
        (r"Na\"{\i}ve", "Naïve"),
        (r"\'{\i}", "í"),
        (r"{\v{\j}}", "ǰ"),
        (r"{\u{ \i }}x", "ĭx"),
        (r"{\aa}ngstr{\"o}m", "ångström"),
        (r"\o re", "øre"),
        (r"pages 1--2", "pages 1\N{EN DASH}2"),
        (r"``quoted''", "\N{LEFT DOUBLE QUOTATION MARK}quoted\N{RIGHT DOUBLE QUOTATION MARK}"),
        ("two\n  lines", "two lines"),
        (r"$x_1 \in X$", r"$x_1 \in X$"),
        (r"{D}'{A}lembert", "D'Alembert"),
    ],
)
def test_latex_as_others_write_it_is_read(latex: str, text: str) -> None:
    assert decode(latex) == text


# One space at a time, and no mark for private use, which the decoder uses itself.
TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=("C", "Z")), st.sampled_from(" \\{}$&%#_~^\"'`-,?é"))
).map(lambda text: " ".join(text.split()))


@settings(max_examples=50)
@given(TEXTS)
def test_any_text_comes_back(text: str) -> None:
    assert decode(encode(text)) == text


@settings(max_examples=25)
@given(TEXTS)
def test_braces_of_what_is_written_come_in_pairs(text: str) -> None:
    depth = 0
    for character in encode(text):
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0


def test_an_accent_stands_on_a_plain_i_which_biber_reads_as_one_letter() -> None:
    assert encode("Rodríguez, Baptista-Ríos, ï, ĵ") == r"Rodr{\'i}guez, Baptista-R{\'i}os, {\"i}, {\^j}"


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"Pannotia\textquoteright s maps", "Pannotia\N{RIGHT SINGLE QUOTATION MARK}s maps"),
        (r"maps above 2\textmu m", "maps above 2\N{MICRO SIGN}m"),
        (r"CO\textsubscript{2} and 49\textsuperscript{th}", "CO2 and 49th"),
        (r"Maps, \url{https://p.example/a_b}", "Maps, https://p.example/a_b"),
        (r"Belle~II, 250\,\,GeV", "Belle II, 250 GeV"),
        (r"$\ell_{21}$~norm", r"$\ell_{21}$ norm"),
        (r"$a_{1}\,b$", r"$a_{1}\,b$"),
        (r"e+\textrightarrow{}W-", "e+→W-"),
        (r"\mkbibquote{Maps} und \mkbibquote{Mapping}", "Maps und Mapping"),
        (r"The {\TeX} book in \LaTeX{}", "The TeX book in LaTeX"),
        (r"map\hyphen making", "map-making"),
        (r"Q{\v i}h{\'a}ng", "Qǐháng"),
        (r"the {\ensuremath{\beta}} of $x_{1}$", "the β of $x_{1}$"),
        (r"$a_{\ensuremath{x}}$", r"$a_{\ensuremath{x}}$"),
    ],
)
def test_commands_that_titles_of_real_files_have(latex: str, text: str) -> None:
    assert decode(latex) == text
