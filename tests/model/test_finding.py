from __future__ import annotations

from collections.abc import Callable

import pytest

from sphinx_papers.model.display.text import Filter, RowFinder, Table, Target
from sphinx_papers.model.records.evidence import unexplained
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper, Result
from sphinx_papers.model.tables.finding import presets, result_questions
from sphinx_papers.model.tables.leaderboard import leaderboard
from sphinx_papers.model.tables.table import TableSpec, paper_table

MakePaper = Callable[..., Paper]


def finding(table: Table) -> RowFinder:
    assert table.finding is not None
    return table.finding


def choices(filters: tuple[Filter, ...]) -> dict[str, list[tuple[str, str, int]]]:
    return {each.id: [tuple(choice) for choice in each.choices] for each in filters}


def result(value: float, **fields: object) -> Result:
    return Result(benchmark="voc", split="val", value=value, **fields)  # type: ignore[arg-type]


def test_a_table_of_papers_asks_for_all_that_the_registry_knows(library: Library) -> None:
    found = finding(paper_table(library, TableSpec(filter=True)))
    assert (found.noun, found.size, found.presets) == ("papers", 4, ())
    assert [(each.name, each.every) for each in found.filters] == [
        ("Year", False), ("Venue", False), ("Method", False), ("Supervision", False), ("Extra inputs", False),
        ("Pipeline", False), ("Domain", False), ("Page", False), ("With", True),
    ]  # fmt: skip
    assert choices(found.filters) == {
        "year": [("2022", "2022", 2), ("2021", "2021", 1), ("2020", "2020", 1)],
        # By name; what was not published comes last.
        "venue": [
            ("cvpr", "CVPR", 1), ("pr", "PR", 1), ("arxiv", "arXiv", 1), ("unknown", "Not stated", 1),
        ],
        "method": [
            ("erasing", "Erasing", 2), ("saliency", "Saliency guidance", 1), ("unknown", "Not stated", 2),
        ],
        # In the order of the registry.
        "supervision": [("image", "Image labels", 4), ("box", "Boxes", 1)],
        "inputs": [("saliency", "Saliency maps", 1), ("unknown", "Unknown", 3)],
        "pipeline": [("multi-stage", "Multi-stage", 1), ("unknown", "Unknown", 3)],
        "domain": [("images", "Images", 2), ("video", "Video", 1), ("unknown", "Unknown", 1)],
        "depth": [("listed", "Listed", 4)],
        "has": [("code", "Code", 2), ("results", "Results", 3)],
    }  # fmt: skip


def test_a_table_that_nobody_filters_has_no_facts(library: Library) -> None:
    table = paper_table(library, TableSpec())
    assert table.finding is None
    assert all(row.facts is None for group in table.groups for row in group.rows)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (
            ("date",),
            "berg2020maps Draws maps. Maps of CAMs in $x^2$ Ways Maps 2006.00001 Ada Berg Ben van den Hove",
        ),
        (("name", "title", "summary", "arxiv", "authors"), "berg2020maps"),
    ],
)
def test_a_row_is_found_by_the_words_that_it_does_not_show(
    library: Library, columns: tuple[str, ...], words: str
) -> None:
    rows = paper_table(library, TableSpec(columns=columns, filter=True)).groups[0].rows
    facts = next(row.facts for row in rows if row.key == "berg2020maps")
    assert facts is not None
    assert facts.words == words


def test_a_stated_empty_list_is_none_and_no_list_is_unknown(
    registry: object, library: Library, make_paper: MakePaper
) -> None:
    papers = [
        make_paper("none", facets={"inputs": ()}),
        make_paper("unknown"),
        make_paper("own", facets={"inputs": ("clip",)}, results=(result(1, facets={"inputs": ()}),)),
    ]
    table = paper_table(Library(papers, library.registry), TableSpec(filter=True))
    assert choices(finding(table).filters)["inputs"] == [
        ("clip", "CLIP", 1), ("none", "None", 1), ("unknown", "Unknown", 1),
    ]  # fmt: skip


BOARD = (
    # Supervision and inputs are compared as wholes: image labels with boxes are no image labels.
    ("a", 70, {"supervision": ("image",), "inputs": ()}, {"backbone": "ResNet-50"}),
    ("b", 69, {"supervision": ("image",), "inputs": ()}, {"backbone": "ResNet-50"}),
    ("c", 68, {"supervision": ("image",), "inputs": ()}, {"backbone": "ResNet-101"}),
    ("d", 67, {"supervision": ("box", "image"), "inputs": ("clip", "saliency")}, {"backbone": "ResNet-50"}),
    ("e", 66, {"supervision": ("image", "box"), "inputs": ("saliency", "clip")}, {"backbone": "ResNet-50"}),
    ("f", 65, {"supervision": ("image",)}, {"crf": "yes"}),
    ("g", 64, {"supervision": ("image",)}, {}),
)


@pytest.fixture
def board(library: Library, make_paper: MakePaper) -> Library:
    papers = [
        make_paper(key, facets=facets, results=(result(value, conditions=conditions),))
        for key, value, facets, conditions in BOARD
    ]
    return Library(papers, library.registry)


def test_a_leaderboard_asks_for_conditions_as_wholes(board: Library) -> None:
    found = finding(leaderboard(board, "voc", "val"))
    assert (found.noun, found.size, found.prefix) == ("results", 7, "val")
    asked = choices(found.filters)
    assert list(asked) == [
        "supervision",
        "inputs",
        "pipeline",
        "backbone",
        "crf",
        "venue",
        "year",
        "state",
        "by",
        "has",
    ]
    assert asked["supervision"] == [("image", "Image labels", 5), ("image.box", "Image labels + Boxes", 2)]
    assert asked["inputs"] == [
        ("saliency.clip", "Saliency maps + CLIP", 2), ("none", "None", 3), ("unknown", "Unknown", 2),
    ]  # fmt: skip
    # What is not known comes last.
    assert asked["backbone"] == [
        ("ResNet-101", "ResNet-101", 1),
        ("ResNet-50", "ResNet-50", 4),
        ("unknown", "Unknown", 2),
    ]
    assert asked["crf"] == [("yes", "With CRF", 1), ("unknown", "Unknown", 6)]


def test_presets_are_what_results_share_and_never_what_is_unknown(board: Library) -> None:
    found = finding(leaderboard(board, "voc", "val"))
    assert [(each.name, each.chosen, each.rows) for each in found.presets] == [
        ("Image labels, no extra inputs", (("supervision", "image"), ("inputs", "none")), 3),
        (
            "Image labels + Boxes, Saliency maps + CLIP",
            (("supervision", "image.box"), ("inputs", "saliency.clip")),
            2,
        ),
        # The backbone is stated by more than half of the results, CRF is not.
        (
            "Image labels, no extra inputs, ResNet-50",
            (("supervision", "image"), ("inputs", "none"), ("backbone", "ResNet-50")),
            2,
        ),
        (
            "Image labels + Boxes, Saliency maps + CLIP, ResNet-50",
            (("supervision", "image.box"), ("inputs", "saliency.clip"), ("backbone", "ResNet-50")),
            2,
        ),
    ]


def test_presets_that_compare_under_all_conditions_have_no_result_in_common(
    library: Library, make_paper: MakePaper
) -> None:
    """Two at most for what methods may see, the one that says most first."""
    backbones = {"ResNet-101": 3, "MiT-B1": 4, "ResNet-50": 2}
    papers = [
        make_paper(
            f"{backbone[:3].lower()}{number}{backbone[-1]}",
            facets={"supervision": ("image",), "inputs": ()},
            results=(
                result(60 + number, conditions={"backbone": backbone, "crf": "no" if number else "yes"}),
            ),
        )
        for backbone, count in backbones.items()
        for number in range(count)
    ]
    papers.append(make_paper("other", facets={"supervision": ("box",), "inputs": ()}, results=(result(1),)))
    found = finding(leaderboard(Library(papers, library.registry), "voc", "val"))
    assert [(each.name, each.rows) for each in found.presets] == [
        ("Image labels, no extra inputs", 9),
        ("Image labels, no extra inputs, Without CRF", 6),
        ("Image labels, no extra inputs, With CRF", 3),
    ]


def test_without_rows_there_are_no_presets(library: Library) -> None:
    filters = tuple(Filter(each.id, each.name, ()) for each in result_questions(library))
    assert presets(library, filters, ()) == ()


def test_a_few_results_are_found_like_many_so_that_they_are_exported_as_they_are_shown(
    library: Library,
) -> None:
    table = leaderboard(library, "voc", "val")
    assert table.finding is not None
    assert (table.finding.board, table.finding.size) == ("voc/val", table.size)
    assert all(row.facts is not None for row in table.groups[0].rows)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (result(70), result(71), True),
        (result(70), result(70), False),
        # What is left open may be the same.
        (result(70, conditions={"crf": "yes"}), result(71), True),
        (result(70, conditions={"crf": "yes"}), result(71, conditions={"backbone": "ResNet-50"}), True),
        (result(70, conditions={"crf": "yes"}), result(71, conditions={"crf": "no"}), False),
        (result(70), result(71, variant="large"), False),
        # The paper needs saliency maps, and so does a result that does not say otherwise.
        (result(70), result(71, facets={"inputs": ()}), False),
        (result(70), result(71, facets={"inputs": ("saliency",)}), True),
        (result(70, facets={"pipeline": ("multi-stage",)}), result(71), True),
    ],
)
def test_results_are_in_conflict_where_nothing_known_tells_them_apart(
    make_paper: MakePaper, one: Result, other: Result, expected: bool
) -> None:
    paper = make_paper("a", facets={"inputs": ("saliency",)}, results=(one, other))
    assert unexplained(paper, one, other) is expected
    assert unexplained(paper, other, one) is expected


def test_a_conflict_is_marked_on_both_rows_and_explained_with_the_other_source(
    library: Library, make_paper: MakePaper
) -> None:
    source = library["berg2020maps"].sources
    results = (result(70, source="readme", where="Table 1"), result(71, note="read off a figure"))
    board = leaderboard(
        Library([make_paper("a", names=("A",), sources=source, results=results)], library.registry),
        "voc",
        "val",
    )
    assert [row.cells[2].notes for row in board.groups[0].rows] == [(1, 2), (3,)]
    assert [("".join(span.text for span in note.spans), note.conflict) for note in board.notes] == [
        (
            (
                "Sources disagree: A is also reported with 70.0 (readme, Table 1), and nothing that is stated tells the two"
                " apart."
            ),
            True,
        ),
        ("A: read off a figure.", False),
        (
            "Sources disagree: A is also reported with 71.0, and nothing that is stated tells the two apart.",
            True,
        ),
    ]
    assert board.notes[0].spans[1].target == Target("paper", "a")
    assert board.id == "voc-val"


def test_the_best_so_far_is_marked_ties_of_one_day_too(library: Library, make_paper: MakePaper) -> None:
    papers = [make_paper(key, results=(result(value),)) for key, value in (("a", 70), ("b", 70), ("c", 69))]
    board = leaderboard(Library(papers, library.registry), "voc", "val")
    assert [row.cells[-2].text for row in board.groups[0].rows] == [
        "2021 best so far",
        "2021 best so far",
        "2021",
    ]
