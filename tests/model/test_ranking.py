from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_papers.model.date import PartialDate
from sphinx_papers.model.library import Library
from sphinx_papers.model.paper import Measurer, Paper, Result, Source, SourceKind
from sphinx_papers.model.ranking import best_so_far, league_name, standings
from sphinx_papers.model.registry import Registry

SOURCES = {
    "paper": Source(url="https://p.example", kind=SourceKind.PAPER),
    "list": Source(url="https://l.example", kind=SourceKind.INDEX),
}


@pytest.fixture(scope="module")
def deciding(registry: Registry) -> Registry:
    """Return the registry with two facets that decide who competes with whom."""
    facets = {
        name: replace(facet, decides=name in {"supervision", "inputs"})
        for name, facet in registry.facets.items()
    }
    return replace(registry, facets=facets)


def number(value: float, inputs: tuple[str, ...] | None = (), **more: Any) -> Result:
    facets = {} if inputs is None else {"inputs": inputs}
    return Result(
        **{"benchmark": "voc", "split": "val", "value": value, "facets": facets, "source": "paper", **more}
    )


@pytest.fixture
def paper(make_paper: Callable[..., Paper]) -> Callable[..., Paper]:
    def make(key: str, *results: Result, labels: tuple[str, ...] | None = ("image",), **more: Any) -> Paper:
        facets = {} if labels is None else {"supervision": labels}
        return make_paper(key, results=results, sources=SOURCES, facets=facets, **more)

    return make


def board(registry: Registry, *papers: Paper) -> list[tuple[int | None, str, float, str]]:
    library = Library(papers, registry)
    return [
        (each.rank, each.paper.key, each.result.value, each.reason)
        for each in standings(library, registry.benchmarks["voc"], "val")
    ]


def test_each_league_has_ranks_of_its_own_the_fewest_inputs_first(deciding: Registry, paper: Any) -> None:
    assert board(
        deciding,
        paper("a", number(60), number(70, ("clip",), variant="with CLIP")),
        paper("b", number(62), number(65, ("clip",), variant="with CLIP")),
        paper("c", number(80), labels=("box",)),
    ) == [
        (1, "b", 62, ""), (2, "a", 60, ""), (1, "a", 70, ""), (2, "b", 65, ""), (1, "c", 80, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("result", "labels", "reason"),
    [
        (number(99, None), ("image",), "extra inputs unknown"),
        (number(99), None, "supervision unknown"),
        (number(99, by=Measurer.OTHERS), ("image",), "measured by others"),
        (number(99, source="list"), ("image",), "seen in an index only"),
    ],
)
def test_what_does_not_compete_stands_last_with_the_reason(
    deciding: Registry, paper: Any, result: Result, labels: tuple[str, ...] | None, reason: str
) -> None:
    assert board(deciding, paper("a", number(60)), paper("b", result, labels=labels)) == [
        (1, "a", 60, ""),
        (None, "b", 99, reason),
    ]


def test_disputed_numbers_do_not_compete(deciding: Registry, paper: Any) -> None:
    assert board(deciding, paper("a", number(60), number(61)), paper("b", number(50))) == [
        (1, "b", 50, ""),
        (None, "a", 61, "sources disagree"),
        (None, "a", 60, "sources disagree"),
    ]


def test_the_best_so_far_is_the_best_of_its_league(deciding: Registry, paper: Any) -> None:
    library = Library(
        [
            paper("a", number(60), date=PartialDate(2020)),
            paper("b", number(80), labels=("box",), date=PartialDate(2019)),
            paper("c", number(59), date=PartialDate(2021)),
            paper("d", number(61, None), date=PartialDate(2022)),
            paper("e", number(60.5), date=PartialDate(2023)),
        ],
        deciding,
    )
    standing = standings(library, deciding.benchmarks["voc"], "val")
    places = best_so_far(standing, deciding.benchmarks["voc"])
    assert {standing[place].paper.key for place in places} == {"a", "b", "e"}


def test_a_league_has_a_name(deciding: Registry) -> None:
    assert league_name(deciding, (("image",), ())) == "Image labels, no extra inputs"
    assert league_name(deciding, (("image", "box"), ("saliency",))) == "Image labels + Boxes, Saliency maps"


TERMS = st.none() | st.sets(st.sampled_from(["image", "box", "point"]), min_size=1).map(
    lambda s: tuple(sorted(s))
)
INPUTS = st.none() | st.sets(st.sampled_from(["saliency", "clip"])).map(lambda s: tuple(sorted(s)))


@given(
    drawn=st.lists(
        st.tuples(
            TERMS, INPUTS, st.integers(0, 4), st.sampled_from(["paper", "list"]), st.sampled_from(Measurer)
        ),
        max_size=12,
    )
)
def test_no_two_results_are_ranked_against_each_other_unless_all_that_decides_is_known_and_equal(
    deciding: Registry, make_paper: Callable[..., Paper], drawn: list[Any]
) -> None:
    papers = [
        make_paper(
            f"k{place}", sources=SOURCES, facets={} if labels is None else {"supervision": labels},
            results=(number(value, inputs, source=source, by=by),),
        )
        for place, (labels, inputs, value, source, by) in enumerate(drawn)
    ]  # fmt: skip
    standing = standings(Library(papers, deciding), deciding.benchmarks["voc"], "val")
    assert len(standing) == len(drawn)
    ranked = [each for each in standing if each.rank is not None]
    for each in ranked:
        assert all(each.paper.states(name, each.result) for name in ("supervision", "inputs"))
        # A rank counts the better results of those that agree in everything that decides, and no others.
        rivals = [
            other for other in ranked
            if all(
                set(each.paper.terms(name, each.result)) == set(other.paper.terms(name, other.result))
                for name in ("supervision", "inputs")
            )
        ]  # fmt: skip
        assert each.rank == 1 + sum(other.result.value > each.result.value for other in rivals)
