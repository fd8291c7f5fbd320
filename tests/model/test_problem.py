from __future__ import annotations

import pytest

from sphinx_papers.model.problem import Position, Problem, did_you_mean


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (Problem("a.md", Position(3, 7), "empty", "nothing here"), "a.md:3:7: error[empty]: nothing here"),
        (
            Problem("a.md", Position(), "bad-date", "no date", "write 2021"),
            "a.md:1:1: error[bad-date]: no date (write 2021)",
        ),
    ],
    ids=["without hint", "with hint"],
)
def test_a_problem_is_one_line_as_editors_link_it(problem: Problem, line: str) -> None:
    assert str(problem) == line
    assert line.startswith(problem.place + ": ")
    assert line.endswith(problem.text)


def test_problems_sort_by_file_then_place() -> None:
    problems = [
        Problem("a.md", Position(2, 9), "z", ""),
        Problem("a.md", Position(10, 1), "a", ""),
        Problem("b.md", Position(1, 1), "a", ""),
    ]
    turned = problems[::-1]
    assert sorted(turned) == problems


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("venu", ["venue", "names"], "did you mean `venue`?"),
        ("imag", ["image", "images", "imagine"], "did you mean `image` or `images`?"),
        ("xyz", ["venue"], "known are venue"),
        ("xyz", [], "known are venue"),
    ],
)
def test_close_words_are_offered(word: str, known: list[str], expected: str) -> None:
    assert did_you_mean(word, known, "known are venue") == expected


def test_what_is_offered_does_not_depend_on_the_order_of_the_known_words() -> None:
    known = ["image", "images", "imagine", "imago"]
    assert did_you_mean("imag", known) == did_you_mean("imag", reversed(known))
