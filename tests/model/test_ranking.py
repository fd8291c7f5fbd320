"""Ranks, over random libraries: like with like only, whatever the records say."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_papers.model.display.chart import Scatter
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Measurer, Paper, Result, Source, SourceKind
from sphinx_papers.model.records.registry import Benchmark, Best, Condition, Facet, Registry, Term
from sphinx_papers.model.tables.leaderboard import leaderboard
from sphinx_papers.model.tables.ranking import best_so_far, league_kinds, standings, unranked_reason
from sphinx_papers.model.views.best_so_far import ProgressView

TERMS = ("image", "box")
INPUTS = ("saliency", "clip")
CRF = ("yes", "no")


def _terms(*names: str) -> dict[str, Term]:
    return {name: Term(id=name, name=name.upper()) for name in names}


def registry(best: Best) -> Registry:
    """Two facets and a condition decide, another condition does not."""
    facets = (
        Facet(id="supervision", name="Supervision", summary="", terms=_terms(*TERMS), many=True, per_result=True, decides=True),
        Facet(id="inputs", name="Extra inputs", summary="", terms=_terms(*INPUTS), many=True, per_result=True, decides=True),
    )  # fmt: skip
    conditions = (
        Condition(id="crf", name="CRF", summary="", terms=_terms(*CRF), decides=True),
        Condition(id="backbone", name="Backbone", summary=""),
    )
    voc = Benchmark(
        id="voc", name="VOC", summary="", metric="mIoU", unit="%", low=0, high=100, best=best,
        splits=_terms("val"),
    )  # fmt: skip
    return Registry(
        benchmarks={"voc": voc},
        facets={facet.id: facet for facet in facets},
        conditions={condition.id: condition for condition in conditions},
    )


facts = st.fixed_dictionaries(
    {},
    optional={
        "supervision": st.lists(st.sampled_from(TERMS), unique=True).map(tuple),
        "inputs": st.lists(st.sampled_from(INPUTS), unique=True).map(tuple),
    },
)
results = st.builds(
    Result,
    benchmark=st.just("voc"),
    split=st.just("val"),
    value=st.integers(60, 64).map(float),
    variant=st.sampled_from(["", "large"]),
    by=st.sampled_from([Measurer.AUTHORS] * 3 + [Measurer.OTHERS]),
    source=st.sampled_from(["paper", "list", ""]),
    conditions=st.fixed_dictionaries(
        {}, optional={"crf": st.sampled_from(CRF), "backbone": st.sampled_from(["A", "B"])}
    ),
    facets=facts,
)
SOURCES = {
    "paper": Source(url="https://p.example", kind=SourceKind.PAPER),
    "list": Source(url="https://l.example", kind=SourceKind.INDEX),
}


@st.composite
def libraries(draw: st.DrawFn) -> Library:
    papers = [
        Paper(
            key=f"p{place}", title=f"P{place}", names=(f"P{place}",), facets=draw(facts), sources=SOURCES,
            date=PartialDate(2020 + draw(st.integers(0, 2)), draw(st.integers(0, 3))),
            results=tuple(draw(st.lists(results, max_size=4))),
        )
        for place in range(draw(st.integers(1, 6)))
    ]  # fmt: skip
    return Library(papers, registry(draw(st.sampled_from(Best))))


def answers(paper: Paper, result: Result) -> list[object]:
    """What decides, read off the record itself; none for what it leaves open."""
    found: list[object] = []
    for facet in ("supervision", "inputs"):
        terms = result.facets.get(facet, paper.facets.get(facet))
        found.append(None if terms is None else frozenset(terms))
    return [*found, result.conditions.get("crf")]


@given(libraries())
def test_no_two_results_are_ranked_against_each_other_that_differ_in_what_decides(library: Library) -> None:
    board = standings(library, library.registry.benchmarks["voc"], "val")
    assert len(board) == sum(len(paper.results) for paper in library.values())
    ranked = [each for each in board if each.rank is not None]
    for one, other in combinations(ranked, 2):
        if one.league == other.league:
            both = answers(one.paper, one.result), answers(other.paper, other.result)
            assert None not in both[0]
            assert both[0] == both[1]
    sign = -1 if library.registry.benchmarks["voc"].best is Best.LOWEST else 1
    for each in ranked:
        rivals = [r for r in ranked if answers(r.paper, r.result) == answers(each.paper, each.result)]
        assert each.rank == 1 + sum(sign * r.result.value > sign * each.result.value for r in rivals)
        assert each.result.by is Measurer.AUTHORS
        assert each.result.source != "list"


@given(libraries())
def test_the_rows_of_a_board_stand_under_what_they_share(library: Library) -> None:
    for group in leaderboard(library, "voc", "val").groups:
        heading = "".join(span.text for span in group.heading)
        ranks = [row.cells[0].sort for row in group.rows]
        if heading.startswith("Not ranked: "):
            assert set(ranks) == {None}
            assert heading != "Not ranked: "
        else:
            assert ranks == sorted(ranks)  # type: ignore[type-var]
            assert ranks[0] == 1
            shared = [tuple(cell.text for cell in row.cells[3:6]) for row in group.rows]
            assert len(set(shared)) == 1
            assert "unknown" not in shared[0]


@given(libraries())
def test_the_best_so_far_beats_only_what_it_is_ranked_with(library: Library) -> None:
    benchmark = library.registry.benchmarks["voc"]
    board = standings(library, benchmark, "val")
    sign = -1 if benchmark.best is Best.LOWEST else 1
    for place, each in enumerate(board):
        rivals = [r for r in board if r.rank and r.league == each.league]
        moment, value = each.paper.date.moment, sign * each.result.value
        beaten = any(
            (r.paper.date.moment < moment and sign * r.result.value >= value)
            or (r.paper.date.moment == moment and sign * r.result.value > value)
            for r in rivals
        )
        assert (place in best_so_far(board, benchmark)) == (each.rank is not None and not beaten)


@given(libraries())
def test_a_line_of_a_chart_only_gets_better_and_has_one_league(library: Library) -> None:
    chart = ProgressView("voc", "val").value(library)
    if chart is None:
        return
    assert isinstance(chart, Scatter)
    sign = -1 if library.registry.benchmarks["voc"].best is Best.LOWEST else 1
    for place, series in enumerate(chart.series):
        values = [sign * step.y for step in chart.best if step.series == place]
        assert values == sorted(set(values))
        titles = [point.title.partition(": ")[2] for point in chart.points if point.series == place]
        if series.slot.isdecimal():
            assert all(f", {series.name}, " in title for title in titles)
        else:
            assert not values


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        ({}, ""),
        ({"facets": {"supervision": ("image",)}}, "extra inputs unknown"),
        ({"conditions": {}}, "CRF unknown"),
        ({"by": Measurer.OTHERS}, "measured by others"),
        ({"source": "list"}, "seen in an index only"),
    ],
)
def test_what_has_no_rank_says_why(edit: dict[str, object], reason: str) -> None:
    result = Result(
        benchmark="voc", split="val", value=60.0, source="paper", conditions={"crf": "no"},
        facets={"supervision": ("image",), "inputs": ()},
    )  # fmt: skip
    result = replace(result, **edit)  # type: ignore[arg-type]
    paper = Paper(key="p", title="P", date=PartialDate(2020), sources=SOURCES, results=(result,))
    assert unranked_reason(registry(Best.HIGHEST), paper, result) == reason


def test_what_results_must_share_is_said_in_words() -> None:
    assert league_kinds(registry(Best.HIGHEST)) == "supervision, extra inputs and CRF"
    assert league_kinds(Registry()) == ""
