from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sphinx_papers.model.records.evidence import STATE_NAMES, STATE_SUMMARIES, State, slip, state
from sphinx_papers.model.records.paper import Measurer, Paper, Printed, Result, Source, SourceKind

SOURCES = {kind.value: Source(url=f"https://{kind.value}.example", kind=kind) for kind in SourceKind}


def result(value: float = 60, **more: Any) -> Result:
    return Result(benchmark="voc", split="val", value=value, **more)


def printed(value: float, **more: Any) -> Printed:
    return Printed(**{"benchmark": "voc", "split": "val", "value": value, "source": "table", **more})


@pytest.fixture
def paper(make_paper: Callable[..., Paper]) -> Callable[..., Paper]:
    """Return a maker of papers that have a source of each kind."""
    return lambda *results, **more: make_paper("a", sources=SOURCES, results=results, **more)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, State.UNSOURCED),
        ({"source": "index"}, State.INDEX_ONLY),
        ({"source": "table"}, State.SECOND_HAND),
        ({"source": "thread"}, State.SECOND_HAND),
        ({"source": "table", "also": ("thread", "index")}, State.SECOND_HAND),
        ({"source": "paper"}, State.PRIMARY),
        ({"source": "repository"}, State.PRIMARY),
        ({"source": "answer"}, State.PRIMARY),
        # One text, whoever shows it.
        ({"source": "paper", "also": ("publisher", "preprint")}, State.PRIMARY),
        ({"source": "paper", "also": ("index",)}, State.PRIMARY),
        ({"source": "paper", "also": ("repository",)}, State.CONFIRMED),
        ({"source": "table", "also": ("preprint",)}, State.CONFIRMED),
        # Whose table it is has measured it.
        ({"source": "table", "by": Measurer.OTHERS}, State.PRIMARY),
        ({"source": "index", "by": Measurer.OTHERS}, State.INDEX_ONLY),
    ],
)
def test_the_state_follows_from_the_sources(paper: Any, known: dict[str, Any], expected: State) -> None:
    made = paper(result(**known))
    assert state(made, made.results[0]) is expected


def test_a_table_that_prints_the_same_is_another_source(paper: Any) -> None:
    made = paper(result(source="paper"), as_printed=(printed(60),))
    assert state(made, made.results[0]) is State.CONFIRMED
    other = replace(made, as_printed=(printed(60, split="test"),))
    assert state(other, other.results[0]) is State.PRIMARY


def test_another_number_disputes_what_is_second_hand_and_is_a_slip_beside_the_authors_word(
    paper: Any,
) -> None:
    wrong = (printed(61, of=60),)
    second = paper(result(source="table"), as_printed=wrong)
    assert state(second, second.results[0]) is State.DISPUTED
    assert slip(second, second.as_printed[0]) == ()
    first = paper(result(source="paper"), as_printed=wrong)
    assert state(first, first.results[0]) is State.PRIMARY
    assert slip(first, first.as_printed[0]) == ("value",)


def test_results_that_nothing_tells_apart_are_disputed(paper: Any) -> None:
    made = paper(result(source="paper"), result(61, source="repository"))
    assert {state(made, each) for each in made.results} == {State.DISPUTED}
    apart = paper(result(source="paper"), result(61, source="repository", conditions={"crf": "yes"}))
    assert {state(apart, each) for each in apart.results} == {State.DISPUTED}, "the first may be with CRF too"
    told = paper(
        result(source="paper", conditions={"crf": "no"}),
        result(61, source="paper", conditions={"crf": "yes"}),
    )
    assert {state(told, each) for each in told.results} == {State.PRIMARY}
    rerun = paper(result(source="paper"), result(61, source="table", by=Measurer.OTHERS))
    assert {state(rerun, each) for each in rerun.results} == {State.PRIMARY}


def test_a_label_that_contradicts_the_record_is_a_slip(paper: Any) -> None:
    right = result(source="paper", conditions={"backbone": "MiT-B2"})
    made = paper(right, as_printed=(printed(60, conditions={"backbone": "ResNet-101"}), printed(60)))
    assert [slip(made, each) for each in made.as_printed] == [("backbone",), ()]
    two = paper(
        right,
        result(source="paper", conditions={"backbone": "ResNet-101"}, variant="small"),
        as_printed=made.as_printed,
    )
    assert slip(two, two.as_printed[0]) == (), "there is a result that it repeats rightly"


def test_every_state_has_words() -> None:
    assert set(STATE_NAMES) == set(STATE_SUMMARIES) == set(State)


def test_a_value_with_fewer_decimals_repeats_the_number(paper: Any) -> None:
    rounded, cut = printed(70.6, of=70.58), printed(70.5, of=70.58)
    second = paper(result(70.58, source="table"), as_printed=(rounded,))
    assert state(second, second.results[0]) is State.SECOND_HAND
    first = paper(result(70.58, source="paper"), as_printed=(rounded, cut))
    assert [slip(first, each) for each in first.as_printed] == [(), ("value",)]
    assert state(first, first.results[0]) is State.CONFIRMED
