from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_papers.formats.records.prose import read_prose, written_sections
from sphinx_papers.model.problem import Position
from sphinx_papers.model.rules.prose import BREAK, Mention

PAGE = """\
---
paper: {title: "# not a heading"}
---
# EPS: *maps*

Before any section.

## Problem

One two {paper}`lee2021maps` three {cite:p}`a, b` four.
`code is no prose` and $x = 3.5$ neither.

### Detail
Five six.

## Use it #
```
## no heading
```
- Item one
- Item two: [the code](https://example.org/x_(y)) at <https://example.org>
<!-- ## nor this
-->
$$
a = 70.9
$$
"""


def test_sections_have_their_place_and_words() -> None:
    prose = read_prose(PAGE)
    assert prose.title == "EPS: *maps*"
    assert prose.start == Position(4, 1)
    assert [(s.title, s.position, s.length) for s in prose.sections] == [
        ("Problem", Position(8, 1), 8),
        ("Use it", Position(16, 1), 7),
    ]


def test_an_item_begins_with_a_sign_or_a_number() -> None:
    for start, is_item in (
        ("- ", True),
        ("3. ", True),
        ("12) ", True),
        (". ", False),
        (") ", False),
        ("3 ", False),
    ):
        words = read_prose(f"One.\n{start}two\n").words
        assert (BREAK in words) == is_item, start


def test_mentions_are_roles_and_links_with_their_places() -> None:
    assert read_prose(PAGE).mentions == (
        Mention("paper", ("lee2021maps",), Position(10, 9)),
        Mention("cite:p", ("a", "b"), Position(10, 36)),
        Mention("link", ("https://example.org/x_(y)",), Position(21, 24)),
        Mention("link", ("https://example.org",), Position(21, 54)),
    )


def test_a_role_with_a_text_of_its_own_refers_to_what_is_in_brackets() -> None:
    mentions = read_prose("See {paper}`this one <lee2021maps>` and {cite:t}`see <x> a`.").mentions
    assert [each.targets for each in mentions] == [("lee2021maps",), ("see <x> a",)]


def test_words_know_where_they_stand_and_where_something_was_taken_out() -> None:
    prose = read_prose(PAGE)
    place = prose.words.index("five")
    assert prose.words[place - 2 : place + 3] == ("neither", BREAK, "five", "six", BREAK)
    assert prose.word_place(place) == Position(14, 1)


def numbers(text: str) -> list[tuple[str, bool, bool]]:
    return [(each.text, each.is_percentage, each.is_cited) for each in read_prose(text).numbers]


def test_numbers_are_decimals_and_percentages_of_running_text() -> None:
    assert numbers("It has 70.9 mIoU and 30 % less.") == [("70.9", False, False), ("30", True, False)]
    assert numbers("Version 1.2.3, v1.4, 10.1109/x, 3 cats, $0.5$, `0.7`, a-1.5") == []
    assert numbers("First 1.5. Second 2.5 by {cite:t}`a`.\n\nThird 3.5") == [
        ("1.5", False, False),
        ("2.5", False, True),
        ("3.5", False, False),
    ]


def test_a_number_knows_its_sentence_and_place() -> None:
    number = read_prose("---\npaper: {}\n---\nOne. It has\n70.9 mIoU. Two.").numbers[0]
    assert number.position == Position(5, 1)
    assert number.sentence.split() == ["It", "has", "70.9", "mIoU."]


def test_fences_of_any_kind_hide_what_they_hold() -> None:
    text = "~~~\n## a\n~~~\n````\n```\n## b\n````\n:::{note}\nshown\n:::\n% comment\n(target)=\n"
    prose = read_prose(text)
    assert prose.sections == ()
    assert [word for word in prose.words if word != BREAK] == ["shown"]


def test_a_letter_whose_small_form_is_longer_moves_nothing() -> None:
    prose = read_prose("İİİ one")
    assert prose.word_place(prose.words.index("one")) == Position(1, 5)


@given(st.text(alphabet="ab #`~$<>!-{}[]():%\n*12.é\u2028", max_size=120))
def test_any_text_is_read(text: str) -> None:
    prose = read_prose(text)
    assert len(prose.running) == len(prose.text)
    for mention in prose.mentions:
        assert mention.position.line <= text.count("\n") + 1


@pytest.mark.parametrize(
    ("body", "sections"),
    [
        ("# T\n", ()),
        ("# T\nLead.\n", ("",)),
        ("# T\n## A\n\n## B\nText.\n", ("B",)),
        ("# T\n## A\n<!-- To come:\n## C\nx -->\n% not this either\n## B #\n### Deeper\n", ()),
        ("# T\n## A\n### Deeper\nText.\n## A\nMore.\n", ("A",)),
        ("# T\n## A\n```python\n## no heading\n```\n## B\n", ("A",)),
        ("# T\n## A\n::::{note}\n:::{tip}\n## Within\n:::\n::::\n## B\nText.\n", ("A", "B")),
        ("# T\n## A\n![a picture](a.png)\n", ("A",)),
        ("# Title\nText.\n## Problem\n### Detail\nText.\n#### More\n## Method\n", ("", "Problem")),
        ("# T\n## A\n## \nText.\n", ("",)),
        ("# T\n## A\nText <!-- never closed\n## B\nText.\n", ("A",)),
    ],
)
def test_the_sections_of_a_page_are_those_in_which_anything_stands(
    body: str, sections: tuple[str, ...]
) -> None:
    assert written_sections(f"---\npaper:\n  summary: '## Not this'\n---\n{body}") == sections
    assert written_sections(body) == sections
