from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sphinx_papers.model.display.chart import Bars
from sphinx_papers.model.display.text import Table
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Measurer, Paper, Result, Source, SourceKind
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.views.worth import WorthChartView, WorthPairsView, WorthView, gain_text, worths

SOURCES = {
    "paper": Source(url="https://p.example", kind=SourceKind.PAPER, title="P"),
    "list": Source(url="https://l.example", kind=SourceKind.INDEX),
}


def number(value: float, **known: Any) -> Result:
    """Return a result on VOC val with conditions; what the model names itself is passed on."""
    own = {name: known.pop(name) for name in ("variant", "source", "by", "facets", "split") if name in known}
    return Result(
        benchmark="voc", **{"split": "val", "source": "paper", **own}, value=value, conditions=known
    )


@pytest.fixture
def found(registry: Registry, make_paper: Callable[..., Paper]) -> Callable[..., list[tuple[Any, ...]]]:
    """Return what conditions are worth to papers with these results."""

    def find(*papers: tuple[Result, ...]) -> list[tuple[Any, ...]]:
        made = [
            make_paper(f"k{place}", results=results, sources=SOURCES, facets={})
            for place, results in enumerate(papers)
        ]
        return [
            (worth.condition, worth.before, worth.after, worth.papers, [pair.gain for pair in worth.pairs])
            for worth in worths(Library(made, registry))
        ]

    return find


def test_two_results_that_differ_in_one_condition_are_a_pair(found: Any) -> None:
    results = (number(60, crf="no", backbone="A"), number(61.5, crf="yes", backbone="A"))
    assert found(results) == [("crf", "no", "yes", 1, [1.5])]


@pytest.mark.parametrize(
    "other",
    [
        number(61.5, crf="yes", backbone="B"),
        number(61.5, crf="yes"),
        number(61.5, crf="yes", backbone="A", variant="large"),
        number(61.5, crf="yes", backbone="A", by=Measurer.OTHERS),
        number(61.5, crf="yes", backbone="A", source="list"),
        number(61.5, crf="yes", backbone="A", source=""),
        number(61.5, crf="yes", backbone="A", split="test"),
        number(61.5, crf="yes", backbone="A", facets={"inputs": ("clip",)}),
        number(60, crf="no", backbone="A"),
    ],
    ids=["two", "unknown", "variant", "others", "index", "no source", "split", "a facet is open", "none"],
)
def test_what_differs_in_more_or_in_what_is_not_known_is_no_pair(found: Any, other: Result) -> None:
    assert found((number(60, crf="no", backbone="A"), other)) == []


def test_a_facet_of_results_is_a_condition_too(found: Any) -> None:
    results = (number(60, facets={"inputs": ()}), number(62, facets={"inputs": ("saliency",)}))
    assert found(results) == [("inputs", (), ("saliency",), 1, [2.0])]


def test_the_direction_is_that_in_which_the_median_does_not_fall(found: Any) -> None:
    down = (number(62, crf="yes"), number(60, crf="no"))
    up = (number(50, crf="yes"), number(51, crf="no"))
    assert found(down) == [("crf", "no", "yes", 1, [2])]
    assert found(up) == [("crf", "yes", "no", 1, [1])]
    assert found(down, up, up) == [("crf", "yes", "no", 3, [-2, 1, 1])]


def test_where_the_lowest_wins_a_fall_is_a_gain(registry: Registry, make_paper: Callable[..., Paper]) -> None:
    results = tuple(
        Result(benchmark="err", split="test", value=value, conditions={"crf": crf}, source="paper")
        for value, crf in ((5.0, "no"), (4.0, "yes"))
    )
    worth = worths(Library([make_paper("a", results=results, sources=SOURCES)], registry))[0]
    assert (worth.before, worth.after, worth.median, worth.range) == ("no", "yes", 1.0, (1.0, 1.0))


def three(make_paper: Callable[..., Paper]) -> list[Paper]:
    return [
        make_paper(
            f"k{gain}", names=(f"K{gain}",), sources=SOURCES,
            results=(number(60, crf="no"), number(60 + gain, crf="yes")),
        )
        for gain in (1, 2, 6)
    ]  # fmt: skip


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for group in table.groups for row in group.rows]


def test_the_median_is_given_from_three_papers_on(
    registry: Registry, make_paper: Callable[..., Paper]
) -> None:
    papers = three(make_paper)
    assert rows(WorthView().value(Library(papers, registry))) == [
        ["VOC", "CRF", "Without CRF", "With CRF", "+2.0", "+1.0 to +6.0", "3", "3"]
    ]
    assert rows(WorthView().value(Library(papers[:2], registry))) == [
        ["VOC", "CRF", "Without CRF", "With CRF", "too few to say", "+1.0 to +2.0", "2", "2"]
    ]
    assert WorthChartView().value(Library(papers[:2], registry)) is None
    chart = WorthChartView().value(Library(papers, registry))
    assert isinstance(chart, Bars)
    assert [bar.parts[0].size for bar in chart.bars] == [2]


def test_each_number_of_a_pair_stands_with_its_source(
    registry: Registry, make_paper: Callable[..., Paper]
) -> None:
    table = WorthPairsView().value(Library(three(make_paper)[:1], registry))
    assert "".join(span.text for span in table.groups[0].heading) == "CRF, Without CRF to With CRF, on VOC"
    assert rows(table) == [["K1", "val", "60.0 (P)", "61.0 (P)", "+1.0"]]
    targets = [span.target for cell in table.groups[0].rows[0].cells for span in cell.spans if span.target]
    assert [target.id for target in targets] == ["k1", "https://p.example", "https://p.example"]


def test_every_figure_traces_to_two_numbers_with_sources(library: Library) -> None:
    for worth in worths(library):
        for pair in worth.pairs:
            for result in (pair.before, pair.after):
                assert result in pair.paper.results
                assert result.source in pair.paper.sources


@pytest.mark.parametrize(("gain", "text"), [(1.25, "+1.25"), (0, "+0.0"), (-2, "\N{MINUS SIGN}2.0")])
def test_a_gain_has_a_sign(gain: float, text: str) -> None:
    assert gain_text(gain) == text


def test_disputed_numbers_are_no_pair(registry: Registry, make_paper: Callable[..., Paper]) -> None:
    results = (number(60, crf="no"), number(61, crf="yes"))
    disputed = (*results, replace(results[1], value=63.0))
    assert len(worths(Library([make_paper("a", results=results, sources=SOURCES)], registry))) == 1
    assert worths(Library([make_paper("a", results=disputed, sources=SOURCES)], registry)) == ()
