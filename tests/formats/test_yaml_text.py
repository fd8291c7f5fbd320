from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sphinx_papers.formats.records.yaml import read_yaml
from sphinx_papers.formats.records.yaml_text import flow_list, flow_map, quoted, scalar

TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    [
        "no",
        "null",
        "1.5",
        "2105.08960",
        "- a",
        "a: b",
        "a #b",
        "[x]",
        "é",
        " a",
        "a ",
        "\u2028",
        "\ufeff",
        "\x85",
        "~",
    ]
)


@given(st.lists(TEXTS, max_size=4))
def test_any_texts_come_back_from_a_list(texts: list[str]) -> None:
    document = read_yaml(
        f"a: {flow_list(texts)}\nb: {flow_map({'x': quoted(texts[0] if texts else '')})}", "f"
    )
    assert {problem.code for problem in document.problems} <= {"bad-text"}  # not of how it is written
    assert document.data == {"a": texts, "b": {"x": texts[0] if texts else ""}}


@given(TEXTS)
def test_other_readers_of_yaml_take_it_for_text_too(text: str) -> None:
    read = yaml.safe_load(f"a: [{scalar(text)}]")["a"][0]
    assert str(read) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Ada Berg", "Ada Berg"),
        ("2021-05-19", "2021-05-19"),
        ("5495-5505", "5495-5505"),
        ("10.1109/CVPR46437.2021.00545", "10.1109/CVPR46437.2021.00545"),
        ("no", '"no"'),
        ("Berg, Ada", '"Berg, Ada"'),
        ("2105.08965", '"2105.08965"'),
        ("", '""'),
    ],
)
def test_quotes_stand_only_where_they_are_needed(text: str, written: str) -> None:
    assert scalar(text) == written


def test_half_a_surrogate_can_be_written_to_a_file() -> None:
    assert quoted("a\ud800b").encode() == b'"a?b"'
