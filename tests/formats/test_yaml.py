from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import sphinx_papers
from sphinx_papers.formats.records.yaml import Data, Document, read_yaml
from sphinx_papers.model.problem import Position

NOT_HERE = "anchors, aliases and deep nesting are not used here (write it out)"
QUOTE = "(quote a text that contains a colon, #, brackets or quotes)"


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("", None),
        ("# only a comment\n", None),
        ("a: 2105.08960", {"a": "2105.08960"}),
        ("a: 007", {"a": "007"}),
        ("a: 2021-05-19", {"a": "2021-05-19"}),
        ("a: no\nb: Yes\nc: true", {"a": "no", "b": "Yes", "c": "true"}),
        ("a: 0x1F\nb: 1_000\nc: 1e3\nd: .inf", {"a": "0x1F", "b": "1_000", "c": "1e3", "d": ".inf"}),
        ("a:\nb: ~\nc: null", {"a": None, "b": None, "c": None}),
        ("a: ''\nb: 'null'\nc: \"~\"", {"a": "", "b": "null", "c": "~"}),
        ("a: [1, [2, {b: 3}]]", {"a": ["1", ["2", {"b": "3"}]]}),
        ("- a\n- b: c", ["a", {"b": "c"}]),
        ("a: >\n  one\n  line\n", {"a": "one line\n"}),
        ("1: x\nno: y", {"1": "x", "no": "y"}),
        ("a: !!python/object/apply:os.system [echo]", {"a": ["echo"]}),
        ("a: {b: 1}\nc: {<<: x}", {"a": {"b": "1"}, "c": {"<<": "x"}}),
    ],
)
def test_everything_stays_text_as_it_was_written(text: str, data: Data) -> None:
    document = read_yaml(text, "f.md")
    assert document.data == data
    assert document.problems == []


TEXT = """\
title: Aé "B"
venue: {id: cvpr,  year: 2021}
authors: [Ada, "Bé",
  Cho]
links:
  code:
    - https://x
    -   https://y
empty:
  # nothing
"""


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ((), 1, 1),
        (("title", "@"), 1, 1),
        (("title",), 1, 8),
        (("venue",), 2, 8),
        (("venue", "id", "@"), 2, 9),
        (("venue", "id"), 2, 13),
        (("venue", "year", "@"), 2, 20),
        (("venue", "year"), 2, 26),
        (("authors",), 3, 10),
        (("authors", 0), 3, 11),
        # A letter beyond ASCII is one column.
        (("authors", 1), 3, 16),
        (("authors", 2), 4, 3),
        (("links", "@"), 5, 1),
        (("links",), 6, 3),
        (("links", "code", "@"), 6, 3),
        (("links", "code"), 7, 5),
        (("links", "code", 0), 7, 7),
        (("links", "code", 1), 8, 9),
        # Of what is not there, the closest part that is.
        (("links", "code", 7), 7, 5),
        (("links", "project", "deep"), 6, 3),
        (("nothing",), 1, 1),
    ],
)
def test_position_of_each_key_and_value(path: tuple[str | int, ...], line: int, column: int) -> None:
    assert read_yaml(TEXT, "f.md").position(path) == Position(line, column)
    assert read_yaml(TEXT, "f.md", first_line=41).position(path) == Position(
        line + 40 if path != ("nothing",) else 41, column
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3", ["f.md:3:1: error[repeated-key]: `a` is here twice (keep one of them)"]),
        ("v: {a: 1, a: 2}", ["f.md:1:11: error[repeated-key]: `a` is here twice (keep one of them)"]),
        (
            "a: 1\na: 2\na: 3",
            [
                "f.md:2:1: error[repeated-key]: `a` is here twice (keep one of them)",
                "f.md:3:1: error[repeated-key]: `a` is here twice (keep one of them)",
            ],
        ),
        ("- {a: 1}\n- {a: 1}", []),
        ("? [a, b]\n: c", ["f.md:1:3: error[yaml]: a key must be a plain word"]),
        ("{a: 1}: c", ["f.md:1:1: error[yaml]: a key must be a plain word"]),
    ],
    ids=["block", "flow", "three times", "in two mappings", "list as key", "mapping as key"],
)
def test_keys_that_are_refused(text: str, expected: list[str]) -> None:
    assert [str(problem) for problem in read_yaml(text, "f.md").problems] == expected


def test_of_a_repeated_key_the_first_counts() -> None:
    assert read_yaml("a: 1\na: {b: 2}", "f.md").data == {"a": "1"}


LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x 1\nb: *x", [f"f.md:1:4: error[yaml]: {NOT_HERE}"]),
        ("a: &x [*x]", [f"f.md:1:4: error[yaml]: {NOT_HERE}"]),
        ("a: &x {b: *x}", [f"f.md:1:4: error[yaml]: {NOT_HERE}"]),
    ],
    ids=["alias", "list in itself", "mapping in itself"],
)
def test_aliases_are_refused(text: str, expected: list[str]) -> None:
    assert [str(problem) for problem in read_yaml(text, "f.md").problems] == expected


def size(data: Data) -> int:
    if isinstance(data, list):
        return sum(map(size, data))
    return sum(map(size, data.values())) if isinstance(data, dict) else 1


def test_a_billion_laughs_do_not_unfold() -> None:
    document = read_yaml(LAUGHS, "f.md")
    # Each of the seven lines below the first has two aliases, and holds nothing else.
    assert len(document.problems) == 14
    assert size(document.data) == 16


@pytest.mark.parametrize(("depth", "problems"), [(20, 0), (21, 1), (500, 1)])
def test_deep_nesting_is_refused(depth: int, problems: int) -> None:
    document = read_yaml("[" * depth + "x" + "]" * depth, "f.md")
    assert [problem.text for problem in document.problems] == [NOT_HERE] * problems


@pytest.mark.parametrize(
    "text",
    [
        "'[' * 100_000",
        "'- ' * 100_000",
        # What is quoted closes nothing.
        """'["]",' * 60_000""",
        # As deep as dashes on a line may be, on lines that begin further and further to the right.
        """''.join(' ' * 198 * k + '- ' * 99 + '\\n' for k in range(600))""",
    ],
    ids=["brackets", "dashes", "quoted brackets between", "steps"],
)
def test_very_deep_nesting_does_not_end_the_program(text: str) -> None:
    # In a process of its own: the stack that overflows here is not Python's.
    code = f"from sphinx_papers.formats.records.yaml import read_yaml; print(len(read_yaml({text}, 'f').problems))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(Path(sphinx_papers.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "1")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a: b: c",
            f"f.md:1:5: error[yaml]: this is not valid YAML: mapping values are not allowed in this context {QUOTE}",
        ),
        (
            "a: 1\nb: [1, 2\nc: 3",
            f"f.md:3:2: error[yaml]: this is not valid YAML: did not find expected ',' or ']' {QUOTE}",
        ),
        ("a: 'x", f"f.md:1:6: error[yaml]: this is not valid YAML: found unexpected end of stream {QUOTE}"),
        (
            "a: @x",
            f"f.md:1:4: error[yaml]: this is not valid YAML: found character that cannot start any token {QUOTE}",
        ),
        (
            "a:\n\tb: 1",
            f"f.md:2:1: error[yaml]: this is not valid YAML: found character that cannot start any token {QUOTE}",
        ),
        (
            "a:\n  b: 1\n c: 2",
            f"f.md:3:2: error[yaml]: this is not valid YAML: did not find expected key {QUOTE}",
        ),
        ("é: [é, *x]", f"f.md:1:8: error[yaml]: this is not valid YAML: found undefined alias {QUOTE}"),
        (
            "a: 1\n---\nb: 2",
            f"f.md:2:1: error[yaml]: this is not valid YAML: but found another document {QUOTE}",
        ),
        (
            'a: 1\nb: "\\q"',
            "f.md:2:5: error[yaml]: this is not valid YAML: found unknown escape character (write the text in single quotes, in which a backslash is one, or double the backslash)",
        ),
        (
            "a: }",
            f"f.md:1:4: error[yaml]: this is not valid YAML: did not find expected node content {QUOTE}",
        ),
    ],
    ids=[
        "colon",
        "open list",
        "open quote",
        "reserved",
        "tab",
        "indent",
        "no anchor",
        "two",
        "escape",
        "bracket",
    ],
)
def test_a_syntax_error_is_reported_where_it_is(text: str, expected: str) -> None:
    document = read_yaml(text, "f.md")
    assert [str(problem) for problem in document.problems] == [expected]
    assert document.data is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: x\x07y", Position(1, 5)),
        ("a: 1\nb: é\x00", Position(2, 5)),
        ("a: 1\n\nb: \x1b[0m", Position(3, 4)),
    ],
    ids=["bell", "null", "escape"],
)
def test_a_control_character_is_reported_where_it_is(text: str, place: Position) -> None:
    (problem,) = read_yaml(text, "f.md").problems
    assert problem.text == "this is not valid YAML: control characters are not allowed"
    assert problem.position == place


@pytest.mark.parametrize("sign", ["\r", "\x85", "\u2028", "\u2029"])
def test_a_line_that_only_yaml_ends_is_reported_where_it_is(sign: str) -> None:
    """Every place after it would be wrong."""
    (problem,) = read_yaml(f"a: 1\nb: c{sign}  d\n  e\nc: 1", "f.md", first_line=2).problems
    assert (problem.code, problem.position) == ("bad-text", Position(3, 5))


def test_a_tab_between_words_is_no_error() -> None:
    assert read_yaml("a:\tb", "f.md") == Document(
        "f.md", {"a": "b"}, {(): Position(1, 1), ("a", "@"): Position(1, 1), ("a",): Position(1, 4)}
    )


@settings(max_examples=40)
@given(st.text(st.sampled_from("ab:-?[]{},&*!|>'\"#%@ \n\t\\é\x00")))
@example("%YAML 9.9\n--- a")
@example("%TAG ! tag:x\n%TAG ! tag:y\n--- a")
def test_reading_never_raises(text: str) -> None:
    document = read_yaml(text, "f.md")
    # A text that ends too early is at fault on the line after it: in a page, the one that ends the record.
    last = text.count("\n") + 2
    assert all(1 <= problem.position.line <= last for problem in document.problems)
    assert document.data is None or isinstance(document.data, str | list | dict)
