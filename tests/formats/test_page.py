from __future__ import annotations

from collections.abc import Callable

import pytest
from myst_parser.config.main import read_topmatter

from sphinx_papers.formats.records.page import read_front_matter, read_method_page, read_paper_page
from sphinx_papers.formats.records.record import RecordForm
from sphinx_papers.formats.records.yaml import Data
from sphinx_papers.formats.storage.fences import without_front_matter
from sphinx_papers.model.problem import Position, shown
from sphinx_papers.model.records.registry import Method, Registry

BEGIN = "begin it with ---, the record, and --- again"
INDENT = "put the record under `paper:`, each of its lines indented"
NO_RECORD = f"p.md:1:1: error[no-record]: this page of a paper has no `paper:` in its front matter ({BEGIN})"


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("---\na: 1\n---\n# H\n", {"a": "1"}),
        ("---\na: 1\n---", {"a": "1"}),
        ("---\na: 1\n...\n# H\n", {"a": "1"}),
        ("--- \t\na: 1\n---  \n# H\n", {"a": "1"}),
        ("---\n---\n", None),
        ("---\na: 1\n---\n---\nb: 2\n---\n", {"a": "1"}),
        ("---\na: x---y\n---\n", {"a": "x---y"}),
        ("---\na: |\n  ---\n---\n", {"a": "---\n"}),
        ("", None),
        ("# H\n", None),
        ("\n---\na: 1\n---\n", None),
        (" ---\na: 1\n---\n", None),
        ("----\na: 1\n----\n", None),
        ("---\na: 1\n", None),
        ("---\na: 1\n --- \n", None),
        ("# H\n---\na: 1\n---\n", None),
    ],
)
def test_front_matter_is_what_stands_between_the_first_two_marks(text: str, data: Data) -> None:
    document = read_front_matter(text, "p.md")
    assert document.data == data
    assert document.problems == []


def test_a_record_that_is_far_too_long_is_told_and_not_read() -> None:
    document = read_front_matter(f"---\npaper:\n  names: [{'a, ' * 40_000}]\n---\n", "p.md")
    assert [str(problem) for problem in document.problems] == [
        "p.md:1:1: error[bad-text]: a record of 120019 characters is too long, the limit is 100000 (say less)"
    ]
    assert document.data is None


def test_positions_count_from_the_top_of_the_page() -> None:
    document = read_front_matter("---\na: 1\nb:\n  c: x\n---\n", "p.md")
    assert document.position(("b", "c")) == Position(4, 6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\npaper: {a: 1}\n---\n# H\n", "\n\n\n# H\n"),
        ("---\npaper:\n  a: 1\n\n# why\n  b: 2\n---\n# H\n", "\n" * 7 + "# H\n"),
        ("---\npaper: {a: 1}\n...\n# H\n", "\n\n\n# H\n"),
        ("---\npaper: 1\n---", "\n\n"),
        # MyST would obey what stands there.
        ("---\npaper: 1\nmyst: 2\n---\n# H\n", "\n\n\n\n# H\n"),
        ("---\n# nothing\n---\n# H\n", "\n\n\n# H\n"),
        # What it takes for front matter, and we do not.
        ("----\nmyst: 1\n----\n# H\n", "\nmyst: 1\n----\n# H\n"),
        ("--- #\nmyst: 1\n---\n", "\nmyst: 1\n---\n"),
        ("---\nmyst: 1\n", "\nmyst: 1\n"),
        ("---", "\n"),
        ("---\na: 1\n---\n---\nmyst: 1\n---\n", "\n\n\n---\nmyst: 1\n---\n"),
        ("# H\n", "# H\n"),
    ],
)
def test_a_page_without_its_front_matter_keeps_its_lines(text: str, expected: str) -> None:
    assert without_front_matter(text) == expected
    assert read_topmatter(expected) is None


@pytest.mark.parametrize(
    "key", ["lee2021railroad", "lee2021-2", "o_neil2021", "3m2021", "Lee2021", "a", "a" * 100]
)
def test_keys_that_every_bibtex_and_file_system_takes(
    make_page: Callable[..., str], form: type[RecordForm], registry: Registry, key: str
) -> None:
    paper, document = read_paper_page(make_page(), "p.md", key, form, registry)
    assert document.problems == []
    assert paper is not None
    assert paper.key == key


@pytest.mark.parametrize(
    "key",
    [
        "",
        "lee 2021",
        "müller2021",
        "a,b",
        "a{b",
        "a/b",
        "#a",
        "-a",
        ".a",
        "a\n",
        "smith2021v1.5",
        "a+b",
        "a:b",
        "a" * 101,
        "\N{KELVIN SIGN}im2021",
    ],
)
def test_keys_that_something_refuses(
    make_page: Callable[..., str], form: type[RecordForm], registry: Registry, key: str
) -> None:
    paper, document = read_paper_page(make_page(), "p.md", key, form, registry)
    assert [str(problem) for problem in document.problems] == [
        (
            f"p.md:1:1: error[bad-key]: {shown(key)} is no citation key "
            "(name the file as Google Scholar names the paper, in letters, digits, - and _: lee2021railroad.md)"
        )
    ]
    assert paper is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# H\n", [NO_RECORD]),
        ("---\ntitle: x\n---\n", [NO_RECORD.replace(BEGIN, INDENT)]),
        ("---\npapers: {title: x}\n---\n", [NO_RECORD.replace(BEGIN, INDENT)]),
        ("---\n---\n", [NO_RECORD]),
        ("---\n- paper\n---\n", [NO_RECORD]),
        ("---\npaper: {}\n", [NO_RECORD]),
        (
            "---\npaper:\n---\n",
            [
                (
                    "p.md:2:7: error[wrong-type]: the record: keys with values are expected, in {braces} "
                    "(it is empty; leave the key out if there is nothing to say)"
                )
            ],
        ),
        (
            "---\npaper: EPS\n---\n",
            [
                "p.md:2:8: error[wrong-type]: the record: keys with values are expected, in {braces} (not `EPS`)"
            ],
        ),
        # What is no YAML is said once, not followed by what could not be read for it.
        (
            "---\npaper:\n  title: a: b\n---\n",
            [
                (
                    "p.md:3:11: error[yaml]: this is not valid YAML: mapping values are not allowed in this context "
                    "(quote a text that contains a colon, #, brackets or quotes)"
                )
            ],
        ),
        (
            "---\npaper:\n  title: a\n  title: b\n---\n",
            ["p.md:4:3: error[repeated-key]: `title` is here twice (keep one of them)"],
        ),
    ],
)
def test_a_page_without_a_record_that_can_be_read(
    form: type[RecordForm], registry: Registry, text: str, expected: list[str]
) -> None:
    paper, document = read_paper_page(text, "p.md", "lee2021railroad", form, registry)
    assert [str(problem) for problem in document.problems] == expected
    assert paper is None


def test_the_name_of_a_method_page_is_an_identifier() -> None:
    text = "---\nmethod: {name: Graphs, summary: Joins pixels.}\n---\n"
    for slug in ("Graphs", "a b", "graphs.x", "é", "g" * 65):
        method, document = read_method_page(text, "m.md", slug)
        assert method is None
        assert [problem.code for problem in document.problems] == ["bad-identifier"]


@pytest.mark.parametrize(
    ("text", "method", "problems"),
    [
        (
            "---\nmethod:\n  name: Graphs\n  summary: Joins pixels.\n---\n# Graphs\n",
            Method(slug="graphs", name="Graphs", summary="Joins pixels."),
            [],
        ),
        (
            "---\nmethod: {name: Graphs, sumary: x}\n---\n",
            None,
            [
                "m.md:2:9: error[missing-key]: `summary` is missing (every record needs it)",
                "m.md:2:24: error[unknown-key]: unknown key `sumary` (did you mean `summary`?)",
            ],
        ),
        (
            "# Graphs\n",
            None,
            [
                (
                    "m.md:1:1: error[no-record]: this page of a method has no `method:` in its front matter "
                    "(begin it with ---, the record, and --- again)"
                )
            ],
        ),
    ],
    ids=["right", "wrong", "none"],
)
def test_a_method_page(text: str, method: Method | None, problems: list[str]) -> None:
    found, document = read_method_page(text, "m.md", "graphs")
    assert found == method
    assert [str(problem) for problem in document.problems] == problems
