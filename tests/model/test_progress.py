from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sphinx_papers.model.display.chart import LIMIT, REST, Scatter, Series, Step, drawing_digest
from sphinx_papers.model.display.text import Target
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Measurer, Paper, Reproduction, Result
from sphinx_papers.model.records.registry import Registry, Term
from sphinx_papers.model.views.best_so_far import MethodChartView, ProgressView
from sphinx_papers.model.views.view import View, digest_of

Make = Callable[..., Paper]


def result(value: float, **more: object) -> Result:
    return Result(benchmark="voc", split="val", value=value, **more)  # type: ignore[arg-type]


@pytest.fixture
def registry(registry: Registry) -> Registry:
    """Only results with the same supervision are ranked together."""
    facets = {**registry.facets, "supervision": replace(registry.facets["supervision"], decides=True)}
    return replace(registry, facets=facets)


@pytest.fixture
def papers(make_paper: Make) -> list[Paper]:
    """Two kinds of supervision, two methods, and results that come in no order."""
    image, box = {"supervision": ("image",)}, {"supervision": ("box",)}
    return [
        make_paper(
            "d2022", names=("D",), date=PartialDate(2022, 3, 1), facets=image, results=(result(60.0),),
            methods=("erasing",),
        ),
        make_paper(
            "a2020", names=("A",), date=PartialDate(2020, 5), facets=image, methods=("saliency",),
            results=(result(55.0, variant="small"), result(57.0)),
        ),
        make_paper("b2020", names=("B",), date=PartialDate(2020, 9), facets=box, results=(result(70.0),)),
        make_paper(
            "c2021", names=("C",), date=PartialDate(2021), facets=image, results=(result(56.0),),
            methods=("saliency", "erasing"),
        ),
    ]  # fmt: skip


@pytest.fixture
def library(papers: list[Paper], registry: Registry) -> Library:
    return Library(papers, registry)


def chart(view: View, library: Library) -> Scatter:
    value = view.value(library)
    assert isinstance(value, Scatter)
    return value


def test_a_point_has_the_range_of_what_others_reached(papers: list[Paper], registry: Registry) -> None:
    def reached(value: float, of: float) -> Reproduction:
        return Reproduction(
            benchmark="voc", split="val", value=value, of=of, who="a user", url="https://i.example"
        )

    tried = {
        "d2022": (reached(58.5, 60.0), reached(59.0, 60.0)),
        "c2021": (reached(57.0, 56.0), reached(20.0, 99.0)),
    }
    again = [replace(paper, reproductions=tried.get(paper.key, ())) for paper in papers]
    found = chart(ProgressView("voc", "val"), Library(again, registry))
    assert {point.name: point.reached for point in found.points} == {
        "A": None, "A (small)": None, "B": None, "C": (56.0, 57.0), "D": (58.5, 60.0),
    }  # fmt: skip
    titles = {point.name: point.title for point in found.points}
    assert titles["D"].endswith("2022-03-01, reached by others: 58.5\N{EN DASH}59.0 (2)")
    assert "A dotted line from a point goes to what others reached." in found.note
    plain = chart(ProgressView("voc", "val"), Library(papers, registry))
    assert "dotted line" not in plain.note
    assert drawing_digest(plain) != drawing_digest(found)


def test_points_are_results_in_order_of_time(library: Library) -> None:
    points = chart(ProgressView("voc", "val"), library).points
    assert [(point.name, point.x, point.y) for point in points] == [
        ("A", 2020.375, 57.0), ("A (small)", 2020.375, 55.0), ("B", 2020.708, 70.0),
        ("C", 2021.5, 56.0), ("D", 2022.168, 60.0),
    ]  # fmt: skip


def test_a_chart_reaches_from_the_year_of_the_first_result_to_that_of_the_last(library: Library) -> None:
    assert chart(ProgressView("voc", "val"), library).years == (2020, 2022)


def test_a_point_says_what_it_is_and_leads_to_its_paper(library: Library) -> None:
    point = chart(ProgressView("voc", "val"), library).points[1]
    assert point.title == "A (small): 55.0 %, Image labels, 2020-05"
    assert point.target == Target("paper", "a2020")


def test_the_best_so_far_is_that_of_a_kind(library: Library) -> None:
    found = chart(ProgressView("voc", "val"), library)
    assert found.series == (Series("1", "Image labels"), Series("2", "Boxes"))
    assert found.best == (Step(0, 2020.375, 57.0), Step(1, 2020.708, 70.0), Step(0, 2022.168, 60.0))
    assert [point.name for point in found.points if point.labelled] == ["A", "B", "D"]


def undecided(papers: list[Paper], registry: Registry) -> Library:
    """The same papers in a field that ranks all results together."""
    facets = {name: replace(facet, decides=False) for name, facet in registry.facets.items()}
    return Library(papers, replace(registry, facets=facets))


def test_where_nothing_decides_there_is_one_best(papers: list[Paper], registry: Registry) -> None:
    found = chart(ProgressView("voc", "val"), undecided(papers, registry))
    assert found.series == (Series("1", "Results"),)
    assert [step.y for step in found.best] == [57.0, 70.0]
    assert found.description.startswith("5 results on VOC, val. Best so far, Results: A 57.0 % (2020), B ")


def test_where_less_is_better_the_best_sinks(papers: list[Paper], registry: Registry) -> None:
    turned = [
        replace(paper, results=tuple(replace(r, benchmark="err", split="test") for r in paper.results))
        for paper in papers
    ]
    found = chart(ProgressView("err", "test"), undecided(turned, registry))
    assert [step.y for step in found.best] == [55.0]


def test_the_picture_is_said_in_words(library: Library) -> None:
    found = chart(ProgressView("voc", "val"), library)
    assert found.caption == "mIoU on VOC, val, over time"
    assert found.description == (
        "5 results on VOC, val, by supervision. Best so far, Image labels: A 57.0 % (2020), D 60.0 % (2022)."
        " Best so far, Boxes: B 70.0 % (2020)."
    )


def test_the_numbers_stand_in_a_table_the_newest_first(library: Library) -> None:
    numbers = chart(ProgressView("voc", "val"), library).numbers
    assert numbers is not None
    rows = [[cell.text for cell in row.cells] for group in numbers.groups for row in group.rows]
    assert rows == [
        ["2022", "D", "60.0", "Image labels"], ["2021", "C", "56.0", "Image labels"],
        ["2020", "B", "70.0", "Boxes"], ["2020", "A (small)", "55.0", "Image labels"],
        ["2020", "A", "57.0", "Image labels"],
    ]  # fmt: skip
    strong = [
        row.cells[1].text for group in numbers.groups for row in group.rows if row.cells[1].spans[0].strong
    ]
    assert strong == ["D", "B", "A"]
    assert chart(ProgressView("voc", "val", table=False), library).numbers is None


def test_what_competes_with_nothing_is_told_apart_and_on_no_line(
    papers: list[Paper], registry: Registry
) -> None:
    first = replace(papers[0], results=(result(99.0, by=Measurer.OTHERS), result(60.0)))
    unknown = replace(papers[3], facets={}, results=(result(98.0),))
    found = chart(ProgressView("voc", "val"), Library([first, *papers[1:3], unknown], registry))
    assert found.series == (Series("1", "Image labels"), Series("2", "Boxes"), Series("none", "Not ranked"))
    titles = [point.title for point in found.points if found.series[point.series].slot == "none"]
    assert titles == [
        "C: 98.0 %, not ranked: supervision unknown, 2021",
        "D: 99.0 %, not ranked: measured by others, 2022-03-01",
    ]
    assert [step.y for step in found.best] == [57.0, 70.0, 60.0]


def test_leagues_beyond_those_that_can_be_told_apart_share_a_look_and_have_no_line(
    make_paper: Make, registry: Registry
) -> None:
    inputs = replace(
        registry.facets["inputs"], decides=True, terms={n: Term(id=n, name=n.upper()) for n in "abcdefgh"}
    )
    papers = [
        make_paper(
            f"{name}{number}", facets={"supervision": ("image",), "inputs": (name,)}, results=(result(50.0),)
        )
        for name, papers in zip("abcdefgh", (1, 2, 2, 2, 2, 2, 2, 1), strict=True)
        for number in range(papers)
    ]
    found = chart(
        ProgressView("voc", "val"),
        Library(papers, replace(registry, facets={**registry.facets, "inputs": inputs})),
    )
    names = [f"Image labels, {name}" for name in "BCDEFG"]
    assert [series.name for series in found.series] == [*names, "Other groups"]
    assert [
        (series.slot, sum(p.series == place for p in found.points))
        for place, series in enumerate(found.series)
    ][-1] == ("other", 2)
    assert {found.series[step.series].name for step in found.best} == set(names)


def test_a_result_may_be_of_another_kind_than_its_paper(papers: list[Paper], registry: Registry) -> None:
    other = replace(papers[0], results=(result(61.0, facets={"supervision": ("box",)}),))
    found = chart(ProgressView("voc", "val"), Library([*papers[1:], other], registry))
    assert found.series[found.points[-1].series].name == "Boxes"


@pytest.mark.parametrize(
    "view", [ProgressView("voc", "test"), ProgressView("gone", "val"), ProgressView("voc", "gone")]
)
def test_where_there_is_too_little_there_is_no_chart(library: Library, view: ProgressView) -> None:
    assert view.value(library) is None


def test_three_results_are_too_few(papers: list[Paper], registry: Registry) -> None:
    few = [replace(paper, results=paper.results[:1]) for paper in papers[:3]]
    assert ProgressView("voc", "val").value(Library(few, registry)) is None


def test_a_method_s_results_stand_before_all_others(library: Library) -> None:
    found = chart(MethodChartView("saliency"), library)
    assert found.series == (Series("1", "Image labels"), Series(REST, "Best of the others"))
    own = [point.name for point in found.points if found.series[point.series].slot == "1"]
    assert own == ["A", "A (small)", "C"]
    assert found.best == (Step(0, 2020.375, 57.0),)
    assert [point.name for point in found.points if point.labelled] == ["A"]
    assert found.description == (
        "3 results on VOC, val are by papers on Saliency guidance, by supervision."
        " Best so far, Image labels: A 57.0 % (2020)."
    )
    assert found.numbers is not None
    assert [row.key for group in found.numbers.groups for row in group.rows] == ["c2021", "a2020", "a2020"]


def test_of_all_others_those_are_drawn_that_a_method_had_to_beat(
    papers: list[Paper], make_paper: Make, registry: Registry
) -> None:
    view = MethodChartView("saliency")
    before = chart(view, Library(papers, registry))
    assert [point.name for point in before.points if before.series[point.series].slot == REST] == ["D"]
    facts = {"names": ("E",), "date": PartialDate(2023), "facets": {"supervision": ("image",)}}
    lower = make_paper("e2023", results=(result(59.0),), **facts)
    better = make_paper("e2023", results=(result(61.0),), **facts)
    bases = [view.basis(Library([*papers, *more], registry)) for more in ((), (lower,), (better,))]
    assert bases[0] == bases[1] != bases[2]
    assert chart(view, Library([*papers, lower], registry)) == before
    after = chart(view, Library([*papers, better], registry))
    assert [point.name for point in after.points if after.series[point.series].slot == REST] == ["D", "E"]


def test_a_method_s_best_is_that_of_a_league(papers: list[Paper], registry: Registry) -> None:
    """A paper with boxes is no step on the line of those with image labels, nor does it end it."""
    papers[2] = replace(papers[2], methods=("saliency",))
    found = chart(MethodChartView("saliency"), Library(papers, registry))
    assert [series.name for series in found.series] == ["Image labels", "Boxes", "Best of the others"]
    assert found.best == (Step(0, 2020.375, 57.0), Step(1, 2020.708, 70.0))


@pytest.mark.parametrize("slug", ["graphs", "gone"])
def test_a_method_with_nothing_to_compare_has_no_chart(library: Library, slug: str) -> None:
    assert MethodChartView(slug).value(library) is None


def test_a_method_of_one_paper_has_no_chart(papers: list[Paper], registry: Registry) -> None:
    papers[3] = replace(papers[3], methods=("erasing",))
    assert MethodChartView("saliency").value(Library(papers, registry)) is None


def test_a_method_with_two_papers_among_four_results_has_a_chart(
    papers: list[Paper], registry: Registry
) -> None:
    papers[1] = replace(papers[1], results=papers[1].results[1:])
    assert len(chart(MethodChartView("saliency"), Library(papers, registry)).points) > 2
    assert MethodChartView("saliency").value(Library(papers[1:], registry)) is None


@pytest.fixture
def crowd(make_paper: Make, registry: Registry) -> Library:
    """Ten times as many results as a chart draws."""
    return Library(
        [
            make_paper(
                f"p{number}", names=(f"P{number}",), date=PartialDate(2000 + number % 20, 1 + number % 12),
                facets={"supervision": ("image",) if number % 3 else ("box",)},
                methods=("saliency",) if number % 4 == 0 else (),
                results=(result(float(number * 37 % 1000) / 10),),
            )
            for number in range(10 * LIMIT)
        ],
        registry,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("view", "drawn"), [(ProgressView("voc", "val"), 2000), (MethodChartView("saliency"), 504)]
)
def test_of_a_crowd_only_what_says_something_is_drawn(crowd: Library, view: View, drawn: int) -> None:
    found = chart(view, crowd)
    assert len(found.points) <= LIMIT
    assert {(step.series, step.x, step.y) for step in found.best} <= {
        (point.series, point.x, point.y) for point in found.points
    }
    assert [int(each.x) for each in found.spread] == sorted({int(point.x) for point in found.points})
    assert all(0 <= each.low <= each.high <= 100 for each in found.spread)
    assert f"Of {drawn} results" in found.note


def test_in_a_crowd_the_best_of_each_year_and_kind_is_drawn(crowd: Library) -> None:
    found = chart(ProgressView("voc", "val"), crowd)
    best: dict[tuple[int, str], float] = {}
    for paper in crowd.values():
        place = (paper.date.year, {"image": "Image labels", "box": "Boxes"}[paper.facets["supervision"][0]])
        best[place] = max(best.get(place, 0), paper.results[0].value)
    drawn = {(int(point.x), found.series[point.series].name, point.y) for point in found.points}
    assert {(year, kind, value) for (year, kind), value in best.items()} <= drawn


Edit = Callable[[list[Paper]], object]


def _edit(place: int, **facts: object) -> Edit:
    def run(papers: list[Paper]) -> None:
        papers[place] = replace(papers[place], **facts)  # type: ignore[arg-type]

    return run


VIEWS: list[View] = [ProgressView("voc", "val"), MethodChartView("saliency")]
DRAWN = {
    "value": _edit(0, results=(result(61.0),)),
    "name": _edit(0, names=("Dee",)),
    "date": _edit(0, date=PartialDate(2022, 4)),
    "variant": _edit(0, results=(result(60.0, variant="large"),)),
}
NOT_DRAWN = {
    "title": _edit(0, title="Another"),
    "another split": _edit(0, results=(result(60.0), Result(benchmark="voc", split="test", value=1.0))),
    "summary": _edit(0, summary="Another."),
    "source": _edit(0, results=(result(60.0, where="Table 2"),)),
    "lineage": _edit(0, builds_on=("a2020",)),
}


@pytest.mark.parametrize("view", VIEWS, ids=["progress", "method"])
@pytest.mark.parametrize("edit", DRAWN)
def test_what_is_drawn_makes_another_digest_and_basis(
    papers: list[Paper], registry: Registry, view: View, edit: str
) -> None:
    before = Library(papers, registry)
    DRAWN[edit](papers)
    after = Library(papers, registry)
    assert digest_of(view, before) != digest_of(view, after)
    assert view.basis(before) != view.basis(after)


@pytest.mark.parametrize("view", VIEWS, ids=["progress", "method"])
@pytest.mark.parametrize("edit", NOT_DRAWN)
def test_what_is_not_drawn_makes_no_other_digest(
    papers: list[Paper], registry: Registry, view: View, edit: str
) -> None:
    before = digest_of(view, Library(papers, registry))
    NOT_DRAWN[edit](papers)
    assert digest_of(view, Library(papers, registry)) == before


def test_another_supervision_is_drawn(papers: list[Paper], registry: Registry) -> None:
    before = [digest_of(view, Library(papers, registry)) for view in VIEWS]
    _edit(0, facets={"supervision": ("point",)})(papers)
    after = [digest_of(view, Library(papers, registry)) for view in VIEWS]
    assert all(one != other for one, other in zip(before, after, strict=True))


def test_another_method_is_drawn_on_its_page_only(papers: list[Paper], registry: Registry) -> None:
    before = [digest_of(view, Library(papers, registry)) for view in VIEWS]
    bases = [view.basis(Library(papers, registry)) for view in VIEWS]
    _edit(2, methods=("saliency",))(papers)
    after = [digest_of(view, Library(papers, registry)) for view in VIEWS]
    assert before[0] == after[0]
    assert before[1] != after[1]
    assert bases[1] != VIEWS[1].basis(Library(papers, registry))


def test_the_table_is_no_part_of_the_drawing(library: Library) -> None:
    digests = {
        drawing_digest(chart(ProgressView("voc", "val", table=table), library)) for table in (True, False)
    }
    assert len(digests) == 1
    assert drawing_digest(chart(ProgressView("voc", "val", "Another caption"), library)) not in digests


@pytest.mark.parametrize(
    ("date", "x"),
    [
        ("2020", 2020.5),
        ("2020-01", 2020.042),
        ("2020-12", 2020.958),
        ("2020-01-01", 2020.001),
        ("2020-12-31", 2020.999),
    ],
)
def test_a_result_stands_in_the_middle_of_what_is_known_of_its_date(date: str, x: float) -> None:
    assert PartialDate.parse(date).moment == x
