from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sphinx_papers.model.display.text import Table
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Appearance, Correction, Paper, Result, Source
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.views.coverage import CoverageView, NewsView, WantedView, users
from sphinx_papers.model.views.figures import FiguresView

MakePaper = Callable[..., Paper]


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for group in table.groups for row in group.rows]


def field(make_paper: MakePaper) -> Library:
    """Return five papers: *b* builds on *a* and stands in the table of *c*; *d* stands in its own."""
    return Library(
        [
            make_paper("a"),
            make_paper("b", summary="x", builds_on=("a",), sources={"c": Source(url="u", work="c")}),
            make_paper("c", names=("Cee",)),
            make_paper("d", sources={"own": Source(url="u", work="d"), "gone": Source(url="u", work="zhou")}),
            make_paper("e", summary="x", builds_on=("a",)),
        ]
    )


def test_papers_are_needed_by_what_builds_on_them_and_compares_with_them(make_paper: MakePaper) -> None:
    found = users(field(make_paper))
    assert {key: sorted(each) for key, each in found.items()} == {
        "a": ["b", "e"], "b": ["c"], "c": ["b"], "d": [], "e": [],
    }  # fmt: skip


def test_summaries_are_wanted_of_what_most_pages_need_first(make_paper: MakePaper) -> None:
    library = field(make_paper)
    table = WantedView().value(library)
    assert cells(table) == [
        ["2", "Title of a", "2021", "sphinx-papers new a"],
        ["1", "Title of c (Cee)", "2021", "sphinx-papers new c"],
        ["0", "Title of d", "2021", "sphinx-papers new d"],
    ]
    assert [row.key for group in table.groups for row in group.rows] == ["a", "c", "d"]
    assert len(cells(WantedView(2).value(library))) == 2


def test_the_home_page_counts_summaries(make_paper: MakePaper) -> None:
    found = FiguresView(("papers", "summaries")).value(field(make_paper))
    assert [(each.label, each.value[0].text) for each in found.fields] == [
        ("Papers", "5"),
        ("With a summary", "2"),
    ]


def test_coverage_counts_pages_of_each_depth_in_each_group(library: Library, make_paper: MakePaper) -> None:
    papers = [
        make_paper("a", date=PartialDate(2020), summary="x", sections=("Method",), methods=("erasing",)),
        make_paper(
            "b",
            summary="x",
            sections=("Problem",),
            results=(Result(benchmark="voc", split="val", value=1.0),),
        ),
        make_paper("c", appearance=Appearance(venue="cvpr", year=2021)),
    ]
    registry = replace(library.registry, sections=("Method",))
    known = Library(papers, registry)
    assert cells(CoverageView("year").value(known)) == [
        ["2021", "2", "1", "1", "0", "1", "0"],
        ["2020", "1", "0", "0", "1", "0", "0"],
        ["All papers", "3", "1", "1", "1", "1", "0"],
    ]
    assert cells(CoverageView("venue").value(known))[:2] == [
        ["CVPR", "1", "1", "0", "0", "0", "0"],
        ["Not stated", "2", "0", "1", "1", "1", "0"],
    ]
    # A method without a paper is what a reader looks for here.
    assert [row[:2] for row in cells(CoverageView("method").value(known))] == [
        ["Erasing", "1"], ["Graphs", "0"], ["Saliency guidance", "0"], ["Not stated", "2"], ["All papers", "3"],
    ]  # fmt: skip


def test_news_are_what_was_added_and_set_right_on_each_day(make_paper: MakePaper) -> None:
    first, second = PartialDate(2026, 11, 28), PartialDate(2026, 11, 29)
    library = Library(
        [
            make_paper(
                "a", names=("A",), added=first, corrections=(Correction(date=second, what="the year"),)
            ),
            make_paper("b", names=("B",), added=first, corrections=(Correction(date=second, what="a mark"),)),
            make_paper("c"),
        ],
        Registry(),
    )
    entries = NewsView().value(library).entries
    assert [(day, "".join(span.text for span in spans)) for _, day, spans in entries] == [
        ("2026-11-29", "Set right: A (the year); B (a mark)"),
        ("2026-11-28", "2 papers added: A (2021), B (2021). "),
    ]
    assert len(NewsView(1).value(library).entries) == 1
    many = Library([make_paper(f"p{n}", names=(f"P{n}",), added=first) for n in range(70)])
    assert NewsView().value(many).entries[0][2][-1].text == " and 10 more. "
