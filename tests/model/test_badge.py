"""A badge ranks papers under the conditions that it names, and says no place where one of them is open."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper, Result, Source, SourceKind
from sphinx_papers.model.records.registry import Best, Condition, Registry
from sphinx_papers.model.views.badge import Badge, _ordinal, badge

from .test_ranking import registry


def known(best: Best = Best.HIGHEST) -> Registry:
    """Labels, inputs and CRF decide; badges name the backbone."""
    found = registry(best)
    backbone = Condition(id="backbone", name="Backbone", summary="", badges=True)
    return replace(found, conditions={**found.conditions, "backbone": backbone})


def reported(key: str, *values: float, **conditions: str) -> Paper:
    stated = {"crf": "no", "backbone": "R50"} | conditions
    return Paper(
        key=key, title=key, names=(key.title(),), date=PartialDate(2021),
        facets={"supervision": ("image",), "inputs": ()},
        sources={"p": Source(url="https://p.org", kind=SourceKind.PAPER)},
        results=tuple(
            Result(
                benchmark="voc", split="val", value=value, source="p", variant=str(value),
                conditions={name: each for name, each in stated.items() if each},
            )
            for value in values
        ),
    )  # fmt: skip


CONDITIONS = "IMAGE, no extra inputs, NO, backbone: R50"


def test_a_place_is_one_among_papers_under_the_same_conditions() -> None:
    papers = [reported("a", 60, 59), reported("b", 70), reported("c", 65), reported("d", 99, backbone="ViT"),
              reported("e", 98, crf="yes"), reported("f", 97, backbone="")]  # fmt: skip
    library = Library(papers, known())
    assert badge(library, papers[0]) == Badge("VOC VAL: 60.0 mIoU", f"3rd of 3 with {CONDITIONS}")
    assert badge(library, papers[1]).said == f"1st of 3 with {CONDITIONS}"
    assert badge(library, papers[2]).said == f"2nd of 3 with {CONDITIONS}"


def test_without_rivals_or_with_an_open_condition_there_is_no_place() -> None:
    papers = [reported("a", 60), reported("b", 70, backbone=""), reported("c", 65, backbone="ViT")]
    library = Library(papers, known())
    assert badge(library, papers[0]).said == CONDITIONS
    assert badge(library, papers[1]).said == "IMAGE, no extra inputs, NO, backbone unknown"


def test_equals_share_a_place_and_the_lowest_may_be_best() -> None:
    papers = [reported("a", 2), reported("b", 2), reported("c", 1)]
    library = Library(papers, known(Best.LOWEST))
    assert [badge(library, each).said[:8] for each in papers] == ["2nd of 3", "2nd of 3", "1st of 3"]


def test_a_paper_without_a_result_that_counts_says_so() -> None:
    nothing = replace(reported("a"), results=())
    assert badge(Library([nothing], known()), nothing) == Badge(
        "A", "no result here that others can be compared with"
    )


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["R50", "ViT", ""])), min_size=1, max_size=8))
def test_no_badge_names_a_place_that_the_records_do_not_give(found: list[tuple[int, str]]) -> None:
    papers = [
        reported(f"p{place}", value, backbone=backbone) for place, (value, backbone) in enumerate(found)
    ]
    library = Library(papers, known())
    for paper, (value, backbone) in zip(papers, found, strict=True):
        rivals = [other for other, theirs in found if theirs == backbone]
        said = badge(library, paper).said
        if backbone and len(rivals) > 1:
            ahead = sum(other > value for other in rivals)
            assert said.startswith(f"{_ordinal(ahead + 1)} of {len(rivals)} with ")
        else:
            assert " of " not in said


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"), (112, "112th")],
)  # fmt: skip
def test_places_in_words(number: int, said: str) -> None:
    assert _ordinal(number) == said


def test_badges_take_as_long_as_there_are_papers_and_not_their_square() -> None:
    looked_at: list[int] = []

    class Value(float):
        def __rmul__(self, other: float) -> float:
            looked_at.append(1)
            return other * float(self)

    papers = [reported(f"p{number}", Value(number)) for number in range(100)]
    library = Library(papers, known())
    assert badge(library, papers[0]).said == f"100th of 100 with {CONDITIONS}"
    before = len(looked_at)
    assert badge(library, papers[99]).said == f"1st of 100 with {CONDITIONS}"
    assert len(looked_at) - before < 10
