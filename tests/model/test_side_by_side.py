"""Papers side by side: what may stand on one line, and what must not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sphinx_papers.model.display.text import Items, Table
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Measurer, Paper, Result, Source, SourceKind
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.views.side_by_side import (
    CentralView,
    CompareLinkView,
    ReadyMadeView,
    SideBySideView,
    apart,
    central,
    shared,
    sheet,
    side_by_side,
)
from sphinx_papers.model.views.view import value_of

ALL = {"backbone": "ResNet-50", "crf": "no"}


@pytest.fixture
def ranked(registry: Registry) -> Registry:
    """The registry, with supervision and inputs deciding what is ranked together."""
    decide = {name: replace(registry.facets[name], decides=True) for name in ("supervision", "inputs")}
    return replace(registry, facets={**registry.facets, **decide})


@pytest.fixture
def make(make_paper: Callable[..., Paper]) -> Callable[..., Paper]:
    """Return a factory of papers with results on VOC val, of image labels and no inputs."""

    def made(key: str, *results: tuple[float, dict[str, object]], **fields: object) -> Paper:
        found = tuple(
            Result(**{"benchmark": "voc", "split": "val", "value": value, "source": "paper", **more})  # type: ignore[arg-type]
            for value, more in results
        )
        known: dict[str, object] = {
            "facets": {"supervision": ("image",), "inputs": ()}, "names": (key.title(),), "results": found,
            "sources": {"paper": Source(url="https://example.org", kind=SourceKind.PAPER)},
        }  # fmt: skip
        return make_paper(key, **{**known, **fields})

    return made


def lines(library: Library) -> list[list[list[float]]]:
    """Return the numbers on each line, by paper in the order of their keys."""
    sheets = [sheet(library, library[key]) for key in sorted(library)]
    return [[[number.value for number in cell] for cell in line.numbers] for line in shared(sheets)]


def rows(table: Table | None) -> list[list[str]]:
    assert table is not None
    return [[cell.text for cell in row.cells] for group in table.groups for row in group.rows]


def test_numbers_that_state_the_same_stand_on_one_line(ranked: Registry, make: Callable[..., Paper]) -> None:
    library = Library(
        (make("a", (60, {"conditions": ALL})), make("b", (61, {"conditions": dict(ALL)}))), ranked
    )
    assert lines(library) == [[[60], [61]]]


@pytest.mark.parametrize(
    "other",
    [
        {"conditions": {**ALL, "crf": "yes"}},
        {"conditions": {"backbone": "ResNet-50"}},
        {"conditions": ALL, "facets": {"inputs": ("clip",)}},
        {"conditions": ALL, "by": Measurer.OTHERS},
        {"conditions": ALL, "split": "test"},
        {"conditions": ALL, "benchmark": "err", "split": "test"},
    ],
    ids=[
        "another value",
        "unknown",
        "another input",
        "measured by others",
        "another split",
        "another benchmark",
    ],
)
def test_whatever_differs_keeps_numbers_apart(
    ranked: Registry, make: Callable[..., Paper], other: dict[str, object]
) -> None:
    library = Library((make("a", (60, {"conditions": ALL})), make("b", (61, other))), ranked)
    assert lines(library) == []


def test_a_result_that_leaves_open_what_decides_is_like_nothing(
    ranked: Registry, make: Callable[..., Paper]
) -> None:
    open_inputs = {"facets": {"supervision": ("image",)}}
    papers = [make(key, (60, {"conditions": ALL}), **open_inputs) for key in "ab"]
    assert lines(Library(papers, ranked)) == []


def test_variants_of_one_paper_share_a_cell_and_none_is_the_best(
    ranked: Registry, make: Callable[..., Paper]
) -> None:
    a = make("a", (60, {"conditions": ALL}), (62, {"conditions": ALL, "variant": "large"}))
    library = Library((a, make("b", (61, {"conditions": ALL}))), ranked)
    assert lines(library) == [[[60, 62], [61]]]
    found = side_by_side(library, [library["a"], library["b"]]).shared
    assert rows(found) == [
        ["Image labels, no extra inputs, Backbone: ResNet-50, Without CRF", "60.0; 62.0 (large)", "61.0"]
    ]
    assert found is not None
    assert not [
        span for row in found.groups[0].rows for cell in row.cells for span in cell.spans if span.strong
    ]


def test_the_best_is_marked_only_where_nothing_is_left_open(
    ranked: Registry, make: Callable[..., Paper]
) -> None:
    def marked(conditions: dict[str, str]) -> list[str]:
        library = Library(
            [make(key, (60 + n, {"conditions": conditions})) for n, key in enumerate("ab")], ranked
        )
        found = side_by_side(library, [library["a"], library["b"]]).shared
        assert found is not None
        cells = [cell for group in found.groups for row in group.rows for cell in row.cells]
        return [span.text for cell in cells for span in cell.spans if span.strong]

    assert marked(ALL) == ["61.0"]
    assert marked({"backbone": "ResNet-50"}) == []


def test_a_line_says_what_none_of_its_numbers_states(ranked: Registry, make: Callable[..., Paper]) -> None:
    library = Library([make(key, (60, {"conditions": {"crf": "no"}})) for key in "ab"], ranked)
    ((under, *_),) = rows(side_by_side(library, [library["a"], library["b"]]).shared)
    assert under == "Image labels, no extra inputs, Without CRF; not stated by any: Backbone"


def test_what_is_on_no_line_says_what_differs_and_what_is_unknown(
    ranked: Registry, make: Callable[..., Paper]
) -> None:
    a = make("a", (60, {"conditions": ALL}), (64, {"conditions": ALL, "facets": {"inputs": ("clip",)}}))
    b = make("b", (61, {"conditions": {"backbone": "ResNet-50", "crf": "yes"}}))
    c = make("c", (62, {"conditions": {"backbone": "ResNet-50"}}))
    library = Library((a, b, c), ranked)
    found = side_by_side(library, [library[key] for key in "abc"])
    assert found.shared is None
    assert found.apart is not None
    assert ["".join(span.text for span in group.heading) for group in found.apart.groups] == [
        "VOC, val (mIoU, %): image labels, no extra inputs", "VOC, val (mIoU, %): image labels, CLIP"
    ]  # fmt: skip
    # The backbone is the same for all and told nowhere; CRF is not.
    assert rows(found.apart) == [
        ["A", "60.0", "Without CRF", "\N{EN DASH}"],
        ["B", "61.0", "With CRF", "\N{EN DASH}"],
        ["C", "62.0", "CRF: unknown", "\N{EN DASH}"],
        ["A", "64.0", "\N{EN DASH}", "\N{EN DASH}"],
    ]


def test_a_board_with_one_paper_is_named_and_not_compared(
    ranked: Registry, make: Callable[..., Paper]
) -> None:
    library = Library(
        (make("a", (60, {"conditions": ALL})), make("b", (2, {"benchmark": "err", "split": "test"}))), ranked
    )
    found = side_by_side(library, [library["a"], library["b"]])
    assert (found.shared, found.apart) == (None, None)
    assert ["".join(span.text for span in line) for line in found.alone.items] == [
        "Only A reports on: VOC, val (mIoU, %).", "Only B reports on: Errors, test (error, px)."
    ]  # fmt: skip
    sheets = [sheet(library, library[key]) for key in "ab"]
    assert apart(sheets, []) == []


def test_facts_stand_in_the_same_order_for_all(library: Library) -> None:
    papers = [library["berg2020maps"], library["point2022weak"]]
    found = side_by_side(library, papers)
    facts = {row[0]: row[1:] for row in rows(found.facts)}
    assert facts["Page"] == ["Maps", "Point"]
    assert facts["Extra inputs"] == ["Saliency maps", "unknown"]
    assert facts["Code"] == ["berg/maps (official)", "unknown"]
    assert facts["Builds on"] == ["Zhou et al. (2016)", "BoxNet / BoxNet+"]
    assert facts["Built on by"] == ["1 paper here", "\N{EN DASH}"]
    assert found.chain is None
    assert found.alone != Items("alone", ())


def test_a_comparison_with_a_paper_that_is_gone_shows_nothing(library: Library) -> None:
    assert value_of(SideBySideView(("berg2020maps", "gone")), library) is None


def test_the_basis_follows_names_and_heirs(library: Library, registry: Registry) -> None:
    view = SideBySideView(("cho2021boxes", "point2022weak"))
    renamed = [replace(p, names=("Atlas",)) if p.key == "berg2020maps" else p for p in library.values()]
    fewer = [p for p in library.values() if p.key != "point2022weak"]
    works = library.works.values()
    assert view.basis(Library(renamed, registry, works)) != view.basis(library)
    one = SideBySideView(("berg2020maps", "cho2021boxes"))
    assert one.basis(Library(fewer, registry, works)) != one.basis(library)


def test_the_central_papers_of_a_method_are_those_that_most_build_on(
    make: Callable[..., Paper], registry: Registry
) -> None:
    score = (60, {"conditions": ALL})
    first, second, third = (make(key, score, methods=("graphs",)) for key in "abc")
    bare = make("d", methods=("graphs",))
    heirs = [make(key, builds_on=("b", "d")) for key in "ef"] + [make("g", builds_on=("c", "d"))]
    library = Library((first, second, third, bare, *heirs), registry)
    assert [paper.key for paper in central(library, "graphs", most=2)] == ["b", "c"]
    assert value_of(CentralView("graphs"), library) == ("a", "b", "c")
    assert value_of(CentralView("erasing"), library) == ()
    ready = value_of(ReadyMadeView(), library)
    assert ["".join(span.text for span in line) for line in ready.items] == ["Graphs: A, B, C"]


def test_the_page_of_a_paper_leads_to_it_beside_its_nearest(library: Library) -> None:
    found = value_of(CompareLinkView("cho2021boxes"), library)
    ((text, target, *_),) = found.choice.spans
    assert target.kind == "compare"
    assert target.id.split(",")[0] == "cho2021boxes"
    assert 2 <= len(target.id.split(",")) <= 5
    *others, last = (library[key].name for key in target.id.split(",")[1:])
    assert (
        text == f"Compare with {' and '.join([*([', '.join(others)] if others else []), last])} side by side"
    )
    assert others
    assert value_of(CompareLinkView("gone"), library) is None


def test_a_page_leads_to_at_most_three_that_are_near_each_by_its_name(registry: Registry) -> None:
    def make(key: str, builds_on: tuple[str, ...] = ()) -> Paper:
        return Paper(
            key=key,
            title=key,
            names=(key.upper(),),
            date=PartialDate(2020),
            methods=("graphs",),
            builds_on=builds_on,
        )

    keys = ("b", "c", "d", "e")
    library = Library([make("a", keys), *map(make, keys)], registry)
    ((text, target, *_),) = value_of(CompareLinkView("a"), library).choice.spans
    first, second, third = target.id.split(",")[1:]
    assert text == f"Compare with {first.upper()}, {second.upper()} and {third.upper()} side by side"
