from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sphinx_papers.model.display.chart import Bars, Series
from sphinx_papers.model.display.text import Target
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Method, Registry
from sphinx_papers.model.views.tally import METHOD, MethodsChartView, YearsChartView
from sphinx_papers.model.views.view import View


@pytest.fixture
def papers(make_paper: Callable[..., Paper]) -> list[Paper]:
    return [
        make_paper("a", date=PartialDate(2020), facets={"supervision": ("image",)}, methods=("saliency",)),
        make_paper(
            "b",
            date=PartialDate(2020),
            facets={"supervision": ("image", "box")},
            methods=("erasing", "saliency"),
        ),
        make_paper("c", date=PartialDate(2022), facets={}, methods=()),
    ]


def bars(view: View, papers: list[Paper], registry: Registry) -> Bars:
    value = view.value(Library(papers, registry))
    assert isinstance(value, Bars)
    return value


def sizes(chart: Bars) -> list[tuple[str, dict[str, float]]]:
    return [(bar.name, {chart.series[p.series].name: p.size for p in bar.parts}) for bar in chart.bars]


def test_a_year_without_papers_has_its_place(papers: list[Paper], registry: Registry) -> None:
    found = bars(YearsChartView(), papers, registry)
    assert sizes(found) == [("2020", {"Papers": 2}), ("2021", {}), ("2022", {"Papers": 1})]
    assert found.bars[0].target == Target("year", "2020")
    assert found.bars[0].parts[0].title == "2020: 2 papers"
    assert found.description == "3 papers. 2020: 2; 2022: 1."


def test_a_paper_with_several_terms_counts_in_equal_shares(papers: list[Paper], registry: Registry) -> None:
    found = bars(YearsChartView("supervision"), papers, registry)
    assert sizes(found) == [
        ("2020", {"Image labels": 1.5, "Boxes": 0.5}),
        ("2021", {}),
        ("2022", {"None": 1}),
    ]
    assert "equal shares" in found.note
    assert found.bars[0].parts[0].title == "2020, Image labels: 1.5 papers"
    whole = bars(YearsChartView("supervision"), [papers[0], papers[2]], registry)
    assert whole.note == ""


def test_years_are_stacked_by_method_the_most_used_first(papers: list[Paper], registry: Registry) -> None:
    found = bars(YearsChartView(METHOD), papers, registry)
    assert found.series == (Series("1", "Saliency guidance"), Series("2", "Erasing"), Series("none", "None"))
    assert sizes(found)[0] == ("2020", {"Saliency guidance": 1.5, "Erasing": 0.5})


def test_more_methods_than_colours_are_one_rest(
    papers: list[Paper], registry: Registry, make_paper: Callable[..., Paper]
) -> None:
    methods = {f"m{n}": Method(slug=f"m{n}", name=f"Method {n}", summary="") for n in range(9)}
    more = [make_paper(f"x{n}", methods=(f"m{n}",)) for n in range(9)]
    found = bars(YearsChartView(METHOD), [*papers[2:], *more], replace(registry, methods=methods))
    assert [series.slot for series in found.series] == ["1", "2", "3", "4", "5", "6", "other", "none"]
    assert sizes(found)[0][1]["Other"] == 3


def test_the_numbers_of_years_stand_in_a_table(papers: list[Paper], registry: Registry) -> None:
    numbers = bars(YearsChartView("supervision"), papers, registry).numbers
    assert numbers is not None
    assert [column.name for column in numbers.columns] == ["Year", "Papers", "Image labels", "Boxes", "None"]
    rows = [[cell.text for cell in row.cells] for group in numbers.groups for row in group.rows]
    assert rows == [["2020", "2", "1.5", "0.5", ""], ["2022", "1", "", "", "1"]]


def test_methods_lie_the_most_used_first(papers: list[Paper], registry: Registry) -> None:
    found = bars(MethodsChartView(), papers, registry)
    assert found.lying
    assert sizes(found) == [("Saliency guidance", {"Papers": 2}), ("Erasing", {"Papers": 1})]
    assert found.bars[1].target == Target("method", "erasing")
    assert found.bars[1].parts[0].title == "Erasing: 1 paper"


@pytest.mark.parametrize("view", [YearsChartView(), MethodsChartView()])
def test_one_bar_is_no_chart(papers: list[Paper], registry: Registry, view: View) -> None:
    assert view.value(Library(papers[:1], registry)) is None
