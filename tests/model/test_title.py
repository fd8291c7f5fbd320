from __future__ import annotations

import pytest

from sphinx_papers.model.records.title import name_in_title, normalised_title, plain_title, title_parts


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("", []),
        ("Plain", [(False, "Plain")]),
        ("$x$", [(True, "x")]),
        ("C$^2$AM", [(False, "C"), (True, "^2"), (False, "AM")]),
        ("$a$$b$", [(True, "a"), (True, "b")]),
        ("$a$ to $b$", [(True, "a"), (False, " to "), (True, "b")]),
        (r"\$5 and \$6", [(False, r"\$5 and \$6")]),
        (r"$a\$b$", [(True, r"a\$b")]),
        ("One $ alone", [(False, "One $ alone")]),
        ("{CAM} $x$", [(False, "{CAM} "), (True, "x")]),
    ],
)
def test_math_is_told_from_text(title: str, parts: list[tuple[bool, str]]) -> None:
    assert list(title_parts(title)) == parts


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Maps of {CAM}s", "Maps of CAMs"),
        ("C$^{2}$AM", "C$^{2}$AM"),
        (r"For \$5", "For $5"),
        ("{A $x$ B}", "A $x$ B"),
    ],
)
def test_for_reading_braces_go_and_math_stays(title: str, expected: str) -> None:
    assert plain_title(title) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Railroad Is Not a Train: Saliency", "railroad is not a train — saliency"),
        ("Maps of {CAM}s", "Maps of CAMs"),
        ("Non-Salient Region", "Nonsalient  region"),
        ("Über Straßen", "U\N{COMBINING DIAERESIS}ber Strassen"),
        ("Eﬃcient", "Efficient"),
        ("snake_case", "snake case"),
    ],
)
def test_two_printings_of_a_title_are_one(one: str, other: str) -> None:
    assert normalised_title(one) == normalised_title(other)


@pytest.mark.parametrize(("one", "other"), [("Part 1", "Part 2"), ("C$^2$AM", "C$^3$AM"), ("线", "点")])
def test_different_titles_stay_different(one: str, other: str) -> None:
    assert normalised_title(one) != normalised_title(other)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("PSDPM: Prototype-based Maps", "PSDPM"),
        ("Puzzle-CAM: Improved Maps", "Puzzle-CAM"),
        ("MCTformer+: Multi-Class Tokens", "MCTformer+"),
        ("BoxSup: Exploiting Boxes", "BoxSup"),
        ("L2G: A Local-to-Global View", "L2G"),
        ("Point2Mask: Points", "Point2Mask"),
        ("Bootstrapping: a Start", ""),
        ("Semi-Supervised: a Start", ""),
        ("Seed, Expand and Constrain: Three Principles", ""),
        ("From SAM to CAMs: Maps", ""),
        ("WILDCAT", ""),
        ("3:4 Maps", ""),
        ("CAM:", ""),
    ],
)
def test_a_title_may_begin_with_the_name_of_its_method(title: str, name: str) -> None:
    assert name_in_title(title) == name
