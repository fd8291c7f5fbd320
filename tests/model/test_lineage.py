from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sphinx_papers.model.display.text import Span, Target, link
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.records.work import Work
from sphinx_papers.model.views.field_map import LIMIT, FieldMap, FieldMapView, Lane
from sphinx_papers.model.views.library_views import PaperView
from sphinx_papers.model.views.lineage import SHOWN, Lineage, lineage
from sphinx_papers.model.views.view import digest_of

Make = Callable[..., Paper]
CHAIN = {"a": ("zhou2016learning",), "b": ("a",), "c": ("b", "a"), "d": ("c",), "e": ("d",), "f": ("e",)}


@pytest.fixture
def chain(make_paper: Make) -> list[Paper]:
    """Each builds on the one before; the third on the first, too."""
    return [
        make_paper(
            key, names=(key.upper(),), date=PartialDate(2015 + place), builds_on=on, methods=("saliency",)
        )
        for place, (key, on) in enumerate(CHAIN.items())
    ]


def names(found: Lineage | None) -> list[list[str]]:
    assert found is not None
    return [[member.name for member in each.members] for each in (*found.above, *found.below)]


def of(papers: list[Paper], key: str, registry: Registry, *works: Work) -> Lineage | None:
    library = Library(papers, registry, works)
    return lineage(library, library[key])


def test_a_lineage_goes_two_steps_each_way(chain: list[Paper], registry: Registry, zhou: Work) -> None:
    found = of(chain, "c", registry, zhou)
    assert names(found) == [["Zhou et al. (2016)"], ["A", "B"], ["D"], ["E"]]
    assert found is not None
    # What is within one generation has no line: it is read off the other pages.
    assert set(found.links) == {("zhou2016learning", "a"), ("a", "c"), ("b", "c"), ("c", "d"), ("d", "e")}


def test_a_work_without_a_page_is_a_root(chain: list[Paper], registry: Registry, zhou: Work) -> None:
    found = of(chain, "a", registry, zhou)
    assert found is not None
    assert found.above[1].members[0].target == Target("work", "zhou2016learning")
    assert names(found) == [[], ["Zhou et al. (2016)"], ["B", "C"], ["D"]]


def test_what_is_neither_page_nor_work_is_left_out(chain: list[Paper], registry: Registry) -> None:
    assert names(of(chain, "a", registry)) == [[], [], ["B", "C"], ["D"]]


def test_a_paper_without_relatives_has_no_lineage(make_paper: Make, registry: Registry) -> None:
    assert of([make_paper("a", builds_on=("gone",))], "a", registry) is None


def test_papers_that_build_on_each_other_do_no_harm(make_paper: Make, registry: Registry) -> None:
    papers = [make_paper("a", builds_on=("b", "a")), make_paper("b", builds_on=("a",))]
    found = of(papers, "a", registry)
    assert found is not None
    assert [[m.target.id for m in each.members] for each in (*found.above, *found.below)] == [
        [],
        ["b"],
        ["b"],
        [],
    ]


def test_of_many_those_are_shown_that_most_build_on(make_paper: Make, registry: Registry) -> None:
    heirs = [make_paper(f"h{n:02}", builds_on=("a",)) for n in range(12)]
    later = [make_paper(f"l{n}", builds_on=("h07", "h11")) for n in range(3)]
    found = of([make_paper("a"), *heirs, *later], "a", registry)
    assert found is not None
    assert [member.target.id for member in found.below[0].members] == ["h00", "h01", "h02", "h07", "h11"]
    assert len(found.below[0].members) == SHOWN
    assert found.below[0].more == 7
    assert [member.target.id for member in found.below[1].members] == ["l0", "l1", "l2"]


@pytest.mark.parametrize(
    ("place", "facts", "changes"),
    [
        (4, {"names": ("Other",)}, True),  # two steps below
        (0, {"date": PartialDate(2014)}, True),  # its year is shown
        (5, {"names": ("Other",)}, False),  # three steps below
        (5, {"builds_on": ("d",)}, True),  # comes within two steps
        (4, {"title": "Another"}, False),
        (4, {"summary": "Another."}, False),
    ],
)
def test_a_page_is_out_of_date_for_what_its_lineage_shows(
    chain: list[Paper], registry: Registry, place: int, facts: dict[str, object], changes: bool
) -> None:
    view = PaperView("c")
    before = digest_of(view, Library(chain, registry))
    chain[place] = replace(chain[place], **facts)  # type: ignore[arg-type]
    assert (before != digest_of(view, Library(chain, registry))) is changes


def field(papers: list[Paper], registry: Registry, *works: Work) -> FieldMap:
    value = FieldMapView().value(Library(papers, registry, works))
    assert value is not None
    return value


def test_a_map_has_a_paper_by_year_and_first_method(
    chain: list[Paper], registry: Registry, make_paper: Make
) -> None:
    other = make_paper("x", names=("X",), date=PartialDate(2016), methods=("erasing", "saliency"))
    none = make_paper("y", names=("Y",), date=PartialDate(2014), methods=())
    alone = make_paper("z", names=("Z",), date=PartialDate(2014), methods=("erasing",))
    chain[0] = replace(chain[0], builds_on=("y",))
    chain[1] = replace(chain[1], builds_on=("a", "x"))
    found = field([*chain, other, none, alone], registry)
    assert [lane.name for lane in found.lanes] == ["Saliency guidance", "Erasing", "No method named"]
    assert found.lanes[:2] == (
        Lane("Saliency guidance", Target("method", "saliency"), 7), Lane("Erasing", Target("method", "erasing"), 2),
    )  # fmt: skip
    spots = {spot.name: (found.lanes[spot.lane].name, spot.year) for spot in found.spots}
    assert spots["X"] == ("Erasing", 2016)
    assert spots["Y"] == ("No method named", 2014)
    assert spots["C"] == ("Saliency guidance", 2017)
    # What nothing is linked to has no place, and is not passed over in silence.
    assert "Z" not in spots
    assert "".join(span.text for span in found.rest).startswith("Of 9 papers 8 are on the map.")


def test_a_map_names_the_methods_of_which_it_has_no_paper(
    chain: list[Paper], registry: Registry, make_paper: Make
) -> None:
    alone = make_paper("z", names=("Z",), methods=("erasing",))
    found = field([*chain, alone], registry)
    assert found.rest[-4:] == (Span(""), link("method", "erasing", "Erasing"), Span(" (1)"), Span("."))
    assert field(chain, registry).rest == ()


def test_a_map_has_every_link_between_its_papers(chain: list[Paper], registry: Registry) -> None:
    found = field(chain, registry)
    links = {(found.spots[on].name, spot.name) for spot in found.spots for on in spot.builds_on}
    assert links == {("A", "B"), ("B", "C"), ("A", "C"), ("C", "D"), ("D", "E"), ("E", "F")}


def test_a_work_is_on_the_map_where_two_papers_build_on_it(
    chain: list[Paper], registry: Registry, zhou: Work
) -> None:
    assert [lane.name for lane in field(chain, registry, zhou).lanes] == ["Saliency guidance"]
    chain[1] = replace(chain[1], builds_on=("a", "zhou2016learning"))
    found = field(chain, registry, zhou)
    assert [lane.name for lane in found.lanes] == ["Works leant on", "Saliency guidance"]
    assert found.spots[0].target == Target("work", "zhou2016learning")
    # What is older than every paper stands in one column.
    early = field(chain, registry, replace(zhou, year="1998"))
    assert (early.spots[0].year, early.earlier) == (2014, 2014)


def test_of_very_many_papers_the_map_has_those_that_most_build_on(
    make_paper: Make, registry: Registry
) -> None:
    papers = [make_paper(f"p{n:04}", builds_on=(f"p{n % 90:04}",)) for n in range(1000)]
    found = field(papers, registry)
    assert len(found.spots) == LIMIT
    assert {f"p{n:04}" for n in range(LIMIT // 2)} <= {spot.target.id for spot in found.spots}
    # Each has a line: what it builds on comes along, or what builds on it.
    linked = {place for spot in found.spots for place in spot.builds_on}
    assert all(spot.builds_on or place in linked for place, spot in enumerate(found.spots))


def test_the_map_is_a_table_by_year_too(chain: list[Paper], registry: Registry, zhou: Work) -> None:
    table = field(chain, registry, zhou).table
    assert [group.heading[0].text for group in table.groups] == [
        "2020",
        "2019",
        "2018",
        "2017",
        "2016",
        "2015",
    ]
    assert [cell.text for cell in table.groups[3].rows[0].cells] == ["C", "B, A", "D (2018)"]
    assert [cell.text for cell in table.groups[5].rows[0].cells][:2] == ["A", "Zhou et al. (2016)"]


def test_an_empty_collection_has_no_map(registry: Registry) -> None:
    assert FieldMapView().value(Library((), registry)) is None
