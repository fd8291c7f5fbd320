from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sphinx_papers.model.display.text import Cell, Column, Group, Span, Table, Target, make_row
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Measurer, Paper, Result
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.tables.ranking import claim
from sphinx_papers.model.tables.select import Selection, SelectionError
from sphinx_papers.model.tables.table import TableSpec, check_table, paper_names, paper_table

MAPS, BOXES, LINES, POINTS = "berg2020maps", "cho2021boxes", "dia2021lines", "point2022weak"
DASH = "\N{EN DASH}"
COLUMNS = "arxiv, authors, code, code-facts, date, depth, links, methods, name, summary, title, venue, year"
FACETS = "supervision, inputs, pipeline, domain"


def cells(library: Library, column: str) -> dict[str, Cell]:
    """Return the cell of each paper in *column*."""
    table = paper_table(library, TableSpec(columns=(column,)))
    return {row.key: row.cells[0] for group in table.groups for row in group.rows}


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("arxiv", {MAPS: "2006.00001", BOXES: "2103.00002", LINES: DASH, POINTS: DASH}),
        (
            "authors",
            {
                MAPS: "Ada Berg, Ben van den Hove",
                BOXES: "Carla Cho, Ada Berg",
                LINES: "Émile Dia",
                POINTS: "",
            },
        ),
        ("code", {MAPS: "code", BOXES: "code 1, code 2", LINES: DASH, POINTS: DASH}),
        ("date", {MAPS: "2020-06-14", BOXES: "2021-03", LINES: "2021-06-02", POINTS: "2022"}),
        (
            "links",
            {
                MAPS: "paper · arXiv · code",
                BOXES: "arXiv · code 1 · code 2 · project",
                LINES: DASH,
                POINTS: DASH,
            },
        ),
        ("methods", {MAPS: "Saliency guidance, Erasing", BOXES: "Erasing", LINES: DASH, POINTS: DASH}),
        ("name", {MAPS: "Maps", BOXES: "BoxNet / BoxNet+", LINES: "Dia (2022)", POINTS: "Point"}),
        (
            "summary",
            {MAPS: "Draws maps.", BOXES: "Draws boxes.", LINES: "Draws lines.", POINTS: "Draws points."},
        ),
        (
            "title",
            {
                MAPS: "Maps of CAMs in x^2 Ways",
                BOXES: "Boxes",
                LINES: "A Study of Lines",
                POINTS: "Weak Points",
            },
        ),
        ("venue", {MAPS: "CVPR 2020", BOXES: DASH, LINES: "PR 2022", POINTS: "arXiv 2022"}),
        ("year", {MAPS: "2020", BOXES: "2021", LINES: "2022", POINTS: "2022"}),
        (
            "supervision",
            {
                MAPS: "Image labels",
                BOXES: "Boxes, Image labels",
                LINES: "Image labels",
                POINTS: "Image labels",
            },
        ),
        ("pipeline", {MAPS: "Multi-stage", BOXES: DASH, LINES: DASH, POINTS: DASH}),
        ("best:voc/val", {MAPS: "60.5", BOXES: "65.25", LINES: DASH, POINTS: DASH}),
        ("best:voc/test", {MAPS: "61.0", BOXES: DASH, LINES: DASH, POINTS: DASH}),
        ("best:err/test", {MAPS: DASH, BOXES: "3.5", LINES: "2.0", POINTS: DASH}),
    ],
)
def test_text_of_each_column(library: Library, column: str, expected: dict[str, str]) -> None:
    assert {key: cell.text for key, cell in cells(library, column).items()} == expected


def url(text: str, address: str) -> Span:
    return Span(text, Target("url", address))


@pytest.mark.parametrize(
    ("column", "paper", "expected"),
    [
        ("arxiv", MAPS, Cell((url("2006.00001", "https://arxiv.org/abs/2006.00001"),))),
        (
            "authors",
            MAPS,
            Cell(
                (
                    Span("Ada Berg", Target("author", "index/ada-berg")),
                    Span(", "),
                    Span("Ben van den Hove", Target("author", "index/ben-van-den-hove")),
                )
            ),
        ),
        (
            "links",
            MAPS,
            Cell(
                (
                    url("paper", "https://cvf.example/maps"),
                    Span(" · "),
                    url("arXiv", "https://arxiv.org/abs/2006.00001"),
                    Span(" · "),
                    url("code", "https://git.example/berg/maps"),
                )
            ),
        ),
        ("methods", BOXES, Cell((Span("Erasing", Target("method", "erasing")),))),
        ("name", MAPS, Cell((Span("Maps", Target("paper", MAPS), strong=True),), "maps")),
        (
            "title",
            MAPS,
            Cell(
                (
                    Span("Maps of CAMs in ", Target("paper", MAPS)),
                    Span("x^2", Target("paper", MAPS), math=True),
                    Span(" Ways", Target("paper", MAPS)),
                ),
                "maps of cams in $x^2$ ways",
            ),
        ),
        ("venue", MAPS, Cell((Span("CVPR", Target("venue", "cvpr")), Span(" 2020")))),
        ("year", LINES, Cell((Span("2022"),), 2022)),
        ("date", BOXES, Cell((Span("2021-03"),), "2021-03")),
        # Only the terms of a facet with pages are links.
        ("supervision", MAPS, Cell((Span("Image labels", Target("supervision", "image")),))),
        ("pipeline", MAPS, Cell((Span("Multi-stage"),))),
        ("best:voc/val", BOXES, Cell((Span("65.25"),), 65.25)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_links_and_sort_values(library: Library, column: str, paper: str, expected: Cell) -> None:
    assert cells(library, column)[paper] == expected


@pytest.mark.parametrize(
    ("column", "name", "numeric"),
    [
        ("date", "Date", False),
        ("year", "Year", True),
        ("inputs", "Extra inputs", False),
        ("best:voc/val", "VOC val", True),
    ],
)
def test_heads_of_columns(library: Library, column: str, name: str, numeric: bool) -> None:
    (head,) = paper_table(library, TableSpec(columns=(column,))).columns
    assert (head.id, head.name, head.numeric) == (column, name, numeric)


def test_a_whole_table(library: Library) -> None:
    spec = TableSpec(
        selection=Selection(where=(("year", ("2020-2021",)),), sort="key"),
        columns=("year", "code"),
        caption="Two papers",
    )
    code = Target("url", "https://git.example/berg/maps")
    one = Target("url", "https://git.example/cho/box")
    two = Target("url", "https://git.example/cho/box-plus")
    expected = Table(
        (
            Column("year", "Year", numeric=True, short=True, width=6),
            Column("code", "Code", short=True, width=6),
        ),
        (
            Group(
                (),
                (
                    make_row(MAPS, (Cell((Span("2020"),), 2020), Cell((Span("code", code),)))),
                    make_row(
                        BOXES,
                        (
                            Cell((Span("2021"),), 2021),
                            Cell((Span("code 1", one), Span(", "), Span("code 2", two))),
                        ),
                    ),
                ),
            ),
        ),
        "Two papers",
        "No papers yet.",
    )
    assert paper_table(library, spec) == expected
    assert expected.size == 2


@pytest.mark.parametrize(
    ("group_by", "expected"),
    [
        ("year", {"2022": [POINTS, LINES], "2021": [BOXES], "2020": [MAPS]}),
        ("venue", {"CVPR": [MAPS], "PR": [LINES], "arXiv": [POINTS], "Not stated": [BOXES]}),
        (
            "method",
            {"Erasing": [BOXES, MAPS], "Saliency guidance": [MAPS], "Not stated": [POINTS, LINES]},
        ),
        ("supervision", {"Boxes": [BOXES], "Image labels": [POINTS, LINES, BOXES, MAPS]}),
        ("domain", {"Images": [BOXES, MAPS], "Video": [LINES], "Not stated": [POINTS]}),
    ],
)
def test_groups_of_a_table(library: Library, group_by: str, expected: dict[str, list[str]]) -> None:
    table = paper_table(library, TableSpec(group_by=group_by))
    shown = {
        "".join(s.text for s in group.heading): [row.key for row in group.rows] for group in table.groups
    }
    assert shown == expected
    assert list(shown) == list(expected)


@pytest.mark.parametrize(
    ("group_by", "target"),
    [
        ("year", Target("year", "2022")),
        ("venue", Target("venue", "cvpr")),
        ("method", Target("method", "erasing")),
        ("supervision", Target("supervision", "box")),
        ("domain", None),
    ],
)
def test_headings_of_groups_lead_to_the_page_of_the_group(
    library: Library, group_by: str, target: Target | None
) -> None:
    (heading,) = paper_table(library, TableSpec(group_by=group_by)).groups[0].heading
    assert heading.target == target


def test_a_table_of_no_paper_has_its_columns(library: Library) -> None:
    nobody = Selection(where=(("author", ("nobody",)),))
    assert paper_table(library, TableSpec(selection=nobody, columns=("year",), group_by="year")).groups == ()
    table = paper_table(library, TableSpec(selection=nobody, columns=("year",)))
    assert (table.size, [column.id for column in table.columns]) == (0, ["year"])


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        (TableSpec(columns=("year", "titel")), "unknown column `titel`: did you mean `title`?"),
        (
            TableSpec(columns=("xyz",)),
            f"unknown column `xyz`: known are {COLUMNS}, {FACETS}, BENCHMARK/SPLIT",
        ),
        (
            TableSpec(columns=("best:voc/vall",)),
            "unknown benchmark and split `voc/vall`: did you mean `voc/val`?",
        ),
        (
            TableSpec(columns=("best:q",)),
            "unknown benchmark and split `q`: known are voc/val, voc/test, err/test, idle/val",
        ),
        (TableSpec(group_by="methods"), "cannot group by `methods`: did you mean `method`?"),
        (
            TableSpec(group_by="xyz"),
            f"cannot group by `xyz`: known are year, venue, method, {FACETS}",
        ),
    ],
    ids=["column, close", "column", "split", "benchmark", "group, close", "group"],
)
def test_what_a_table_cannot_show_is_refused(library: Library, spec: TableSpec, message: str) -> None:
    for function in (check_table, paper_table):
        with pytest.raises(SelectionError) as error:
            function(library, spec)
        assert str(error.value) == message


def test_no_column_stands_twice_or_a_thousand_times(library: Library) -> None:
    with pytest.raises(SelectionError, match="the column `title` is there twice"):
        check_table(library, TableSpec(columns=("title", "year") * 1000))


def test_a_right_table_passes_the_check_even_without_papers(library: Library) -> None:
    empty = Library((), library.registry)
    spec = TableSpec(columns=("year", "best:err/test", "inputs"), group_by="domain")
    check_table(empty, spec)
    assert paper_table(empty, spec).size == 0


def test_an_unsaid_summary_is_a_dash(library: Library) -> None:
    silent: Paper = replace(library[MAPS], summary="")
    assert cells(Library([silent], library.registry), "summary")[MAPS].text == DASH


def test_both_spellings_of_a_person_lead_to_one_place(library: Library) -> None:
    newer = replace(library[BOXES], authors=(Person(family="van den Hove", given="Ben"),))
    both = Library([library[MAPS], newer], library.registry)
    hove = Target("author", "index/ben-van-den-hove")
    assert [cell.spans[-1].target for cell in cells(both, "authors").values()] == [hove, hove]


def test_papers_on_one_line_say_their_year_once(library: Library) -> None:
    # Without a name it is called by author and year, so the year stands there already.
    assert paper_names([library[MAPS], library[LINES]]) == (
        Span("Maps", Target("paper", MAPS)),
        Span(" (2020)"),
        Span(", "),
        Span("Dia (2022)", Target("paper", LINES)),
    )


def test_the_best_is_a_claim_of_the_paper_with_no_more_than_it_says_to_use(library: Library) -> None:
    def result(value: float, **more: Any) -> Result:
        return Result(benchmark="voc", split="val", value=value, **more)

    paper = replace(
        library[MAPS],
        results=(
            result(60.0, facets={"inputs": ()}),
            result(61.0),
            result(62.0, by=Measurer.OTHERS),
            result(63.0, facets={"inputs": ("saliency", "clip")}),
            result(76.0, facets={"supervision": ("box",)}, variant="bound"),
        ),
    )
    facets = {
        name: replace(facet, decides=name in {"supervision", "inputs"})
        for name, facet in library.registry.facets.items()
    }
    registry = replace(library.registry, facets=facets)
    best = claim(registry, paper, registry.benchmarks["voc"], "val")
    assert best is not None
    assert best.value == 61.0
    unknown = replace(paper, facets={"supervision": ("image",)}, results=paper.results[3:])
    best = claim(registry, unknown, registry.benchmarks["voc"], "val")
    assert best is not None
    assert best.value == 63.0, "what the paper leaves open, a result may tell"
