from __future__ import annotations

import re

import pytest
from lxml import etree

from sphinx_papers.formats.exports.csl_style import cut_style

HEAD = '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'


def cut(layout: str, *variables: str, kind: str = "article", macros: str = "") -> str:
    """Return what is left of *layout* for an item of type *kind* with *variables*."""
    text = f"{HEAD}{macros}<citation/><bibliography><layout>{layout}</layout></bibliography></style>"
    root = cut_style(etree.fromstring(text), kind, variables)
    left = etree.tostring(root, encoding="unicode")
    match = re.search(r"<layout(?:/>|>(.*)</layout>)", left)
    assert match is not None
    return match[1] or ""


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        ('<text variable="title"/><text variable="note"/>', '<text variable="title"/>'),
        ('<number variable="volume"/><date variable="issued"/>', ""),
        ('<text value="always"/>', '<text value="always"/>'),
        ('<label variable="page"/>', ""),
        # A group says nothing if all that it asks for is unknown, whatever words stand around it.
        ('<group><text term="in"/><text variable="note"/></group>', ""),
        (
            '<group><text term="in"/><text variable="note"/><text variable="title"/></group>',
            '<group><text term="in"/><text variable="title"/></group>',
        ),
        ('<group><group><text term="in"/></group><text variable="note"/></group>', ""),
        ('<group><text term="in"/></group>', '<group><text term="in"/></group>'),
    ],
)
def test_what_is_not_known_is_taken_out(layout: str, expected: str) -> None:
    assert cut(layout, "title") == expected


YES, NO = '<text value="yes"/>', '<text value="no"/>'


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        ('type="article"', YES),
        ('type="book article" match="any"', YES),
        ('type="book"', NO),
        ('type="book" match="none"', YES),
        ('variable="title"', YES),
        ('variable="title note"', NO),
        ('variable="title note" match="any"', YES),
        ('variable="title note" match="none"', NO),
        ('type="article" variable="note"', NO),
        ('locator="page"', NO),
        ('position="first"', NO),
        ('disambiguate="true"', NO),
        ('is-uncertain-date="issued"', NO),
        ('is-numeric="note"', NO),
        ('is-numeric="title" variable="note"', NO),
    ],
)
def test_a_condition_with_one_answer_is_answered(condition: str, answer: str) -> None:
    assert cut(f"<choose><if {condition}>{YES}</if><else>{NO}</else></choose>", "title") == answer


def test_a_condition_on_a_value_stays_with_what_may_follow_it() -> None:
    layout = (
        f'<choose><if type="book">{NO}</if><else-if is-numeric="title">{YES}</else-if>'
        f'<else-if variable="title">{YES}</else-if><else>{NO}</else></choose>'
    )
    assert cut(layout, "title") == (
        f'<choose><else-if is-numeric="title">{YES}</else-if>'
        f'<else-if variable="title">{YES}</else-if></choose>'
    )


def test_a_macro_that_says_nothing_is_not_called() -> None:
    macros = (
        '<macro name="empty"><text variable="note"/></macro><macro name="full"><text variable="title"/></macro>'
        '<macro name="outer"><text macro="empty"/></macro>'
    )
    layout = '<text macro="empty"/><text macro="outer"/><text macro="full" prefix=" "/>'
    assert cut(layout, "title", macros=macros) == '<text macro="full" prefix=" "/>'


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        ('<text macro="one"/>', '<text variable="title"/>'),
        ('<text macro="one" suffix="."/>', '<text macro="one" suffix="."/>'),
        ('<text macro="two"/>', '<text macro="two"/>'),
        ('<group delimiter=" "><text macro="one"/></group>', '<text variable="title"/>'),
        (
            '<group prefix=" "><text macro="one"/></group>',
            '<group prefix=" "><text variable="title"/></group>',
        ),
        # A group counts as printing a variable, a term alone does not.
        ('<group><text term="in"/></group>', '<group><text term="in"/></group>'),
        (
            '<names variable="editor"><name/><substitute><text macro="one"/></substitute></names>',
            '<names variable="editor"><name/><substitute><text macro="one"/></substitute></names>',
        ),
    ],
)
def test_what_adds_nothing_to_what_it_holds_gives_way_to_it(layout: str, expected: str) -> None:
    macros = (
        '<macro name="one"><group><text variable="title"/></group></macro>'
        '<macro name="two"><text variable="title"/><text variable="title"/></macro>'
    )
    assert cut(layout, "title", macros=macros) == expected


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        (["author"], '<names variable="author"><name/></names>'),
        (
            ["title"],
            '<names variable="author editor"><name/><substitute><text variable="title"/></substitute></names>',
        ),
        ([], ""),
    ],
)
def test_names_are_given_or_substituted(variables: list[str], expected: str) -> None:
    layout = (
        '<names variable="author editor"><name/>'
        '<substitute><text variable="note"/><text variable="title"/></substitute></names>'
    )
    assert cut(layout, *variables) == expected


def test_names_that_the_style_leaves_plain_get_the_element_that_the_processor_would_add() -> None:
    assert cut('<names variable="author"/>', "author") == '<names variable="author"><name/></names>'


def test_of_substitutes_those_of_one_branch_stay_together() -> None:
    two = '<text variable="title"/><text value="two"/>'
    layout = f'<names variable="author"><substitute><choose><if type="article">{two}</if></choose></substitute></names>'
    assert f"<substitute><choose><else>{two}</else></choose></substitute>" in cut(layout, "title")


def test_the_style_itself_is_left_as_it_was() -> None:
    text = f'{HEAD}<bibliography><layout><text variable="note"/></layout></bibliography></style>'
    root = etree.fromstring(text)
    cut_style(root, "article", ())
    assert etree.tostring(root, encoding="unicode") == text
