from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Measurer, Paper, Result
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.tables.comparison import UNKNOWN, ColumnHead, Comparison, compare, default_columns
from sphinx_papers.model.tables.select import SelectionError


def texts(comparison: Comparison) -> list[list[str]]:
    return [
        [
            "-" if entry.spans == UNKNOWN else "".join(span.text for span in entry.spans) + "*" * entry.best
            for entry in line.entries
        ]
        for line in comparison.lines
    ]


def test_the_best_result_of_each_paper_and_the_best_of_all(library: Library) -> None:
    found = compare(library, library.values(), ("name", "voc/val", "err/test"))
    assert texts(found) == [
        ["Point", "-", "-"],
        ["Dia (2022)", "-", "2.0*"],  # an error: the lowest wins
        ["BoxNet / BoxNet+", "65.25*", "3.5"],
        ["Maps", "60.5", "-"],
    ]


def test_equal_results_are_all_the_best(library: Library, make_paper: Callable[..., object]) -> None:
    maps = library["berg2020maps"]
    found = compare(library, [maps, maps], ("voc/test",))
    assert texts(found) == [["61.0*"], ["61.0*"]]


def test_a_note_says_what_a_number_was_reached_under_once(library: Library) -> None:
    found = compare(library, library.values(), ("name", "voc/val", "voc/test"))
    assert found.notes == (
        "large; Supervision: Boxes, Extra inputs: none, With CRF; without a source; from the project page",
        "Backbone: ResNet-50, Without CRF",
    )
    assert [[entry.note for entry in line.entries] for line in found.lines] == [
        [None, None, None], [None, None, None], [None, 0, None], [None, 1, None],
    ]  # fmt: skip


def test_two_numbers_reached_alike_share_a_note(library: Library) -> None:
    maps = library["berg2020maps"]
    found = compare(library, [maps, maps], ("voc/val",))
    assert (len(found.notes), [line.entries[0].note for line in found.lines]) == (1, [0, 0])


def test_a_condition_that_the_row_shows_is_in_no_note(library: Library) -> None:
    found = compare(library, [library["berg2020maps"]], ("backbone", "voc/val"))
    assert texts(found) == [["ResNet-50", "60.5"]]
    assert found.notes == ("Without CRF",)


def test_a_condition_on_which_the_numbers_of_a_row_differ_is_in_both_places(library: Library) -> None:
    found = compare(library, [library["berg2020maps"]], ("backbone", "voc/val", "voc/test"))
    assert texts(found) == [[f"ResNet-50 / {UNKNOWN[0].text}", "60.5", "61.0"]]
    assert found.notes == ("Backbone: ResNet-50, Without CRF",)


def test_a_condition_without_a_number_is_unknown(library: Library) -> None:
    found = compare(library, [library["point2022weak"]], ("crf", "voc/val"))
    assert [entry.spans for entry in found.lines[0].entries] == [UNKNOWN, UNKNOWN]


def test_splits_of_a_benchmark_share_a_heading(library: Library) -> None:
    assert compare(library, (), ("year", "voc/val", "best:voc/test", "crf")).heads == (
        ColumnHead("year", "Year", numeric=True),
        ColumnHead("voc/val", "val", "VOC (mIoU, %)", numeric=True),
        ColumnHead("voc/test", "test", "VOC (mIoU, %)", numeric=True),
        ColumnHead("crf", "CRF"),
    )


def test_columns_are_chosen_where_nobody_does(library: Library) -> None:
    assert default_columns(library) == ("name", "venue", "voc/val", "voc/test")
    assert default_columns(Library()) == ("name", "venue")


@pytest.mark.parametrize(
    ("column", "message"),
    [
        ("nam", "unknown column `nam`: did you mean `name`?"),
        ("voc/vale", "unknown benchmark and split `voc/vale`: did you mean `voc/val` or `voc/test`?"),
    ],
)
def test_a_column_that_is_not_known(library: Library, column: str, message: str) -> None:
    with pytest.raises(SelectionError) as caught:
        compare(library, (), (column,))
    assert str(caught.value) == message


@pytest.fixture
def deciding(registry: Registry) -> Registry:
    """A field in which supervision and extra inputs decide."""
    facets = {
        name: replace(facet, decides=name in {"supervision", "inputs"})
        for name, facet in registry.facets.items()
    }
    return replace(registry, facets=facets)


def _paper(key: str, value: float, *inputs: str, **more: object) -> Paper:
    facets = {"supervision": ("image",), "inputs": inputs}
    found = Result(benchmark="voc", split="val", value=value, **more)  # type: ignore[arg-type]
    return Paper(key=key, title=key, names=(key,), date=PartialDate(2020), facets=facets, results=(found,))


def test_a_number_is_the_best_of_its_league_only(deciding: Registry) -> None:
    papers = [
        _paper("A", 70.0), _paper("B", 68.0), _paper("C", 75.0, "saliency"), _paper("D", 74.0, "saliency"),
        _paper("E", 80.0, "clip"), replace(_paper("F", 90.0), facets={"supervision": ("image",)}),
        _paper("G", 95.0, by=Measurer.OTHERS),
    ]  # fmt: skip
    found = compare(Library(papers, deciding), papers, ("name", "voc/val"))
    # The only one of its league is the best of nothing; what leaves open what decides is no best.
    assert [row[1] for row in texts(found)] == ["70.0*", "68.0", "75.0*", "74.0", "80.0", "90.0", "-"]
    assert found.rule == "Bold: the best with the same supervision and extra inputs."
    assert found.notes == (
        "Image labels, no extra inputs; without a source", "Image labels, Saliency maps; without a source", "Image labels, CLIP; without a source",
        "Image labels, extra inputs unknown; without a source",
    )  # fmt: skip
    lone = compare(Library(papers, deciding), papers[:1], ("voc/val",))
    assert (texts(lone), lone.rule) == ([["70.0"]], "")
