from __future__ import annotations

from collections.abc import Callable

import pytest

from sphinx_papers.model.records.depth import Depth, depth, depths
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Registry

ASKED = Registry(sections=("Problem", "Method"))


@pytest.mark.parametrize(
    ("summary", "sections", "expected"),
    [
        ("", (), Depth.LISTED),
        ("Draws maps.", (), Depth.LISTED),
        ("", ("Problem", "Method"), Depth.LISTED),
        ("Draws maps.", ("Method",), Depth.BRIEF),
        ("Draws maps.", ("",), Depth.BRIEF),
        ("Draws maps.", ("Problem", "Caveats"), Depth.BRIEF),
        ("Draws maps.", ("", "Method", "Caveats", "Problem"), Depth.FULL),
    ],
)
def test_what_stands_there_decides(
    make_paper: Callable[..., Paper], summary: str, sections: tuple[str, ...], expected: Depth
) -> None:
    assert depth(make_paper("p", summary=summary, sections=sections), ASKED) is expected


def test_without_sections_to_ask_for_any_prose_is_all(make_paper: Callable[..., Paper]) -> None:
    assert depth(make_paper("p", summary="Draws maps.", sections=("",)), Registry()) is Depth.FULL
    assert depth(make_paper("p", summary="Draws maps."), Registry()) is Depth.LISTED


def test_every_depth_is_counted(make_paper: Callable[..., Paper]) -> None:
    library = Library(
        [make_paper("a", summary=""), make_paper("b", summary="x", sections=("Method",))], ASKED
    )
    assert depths(library) == {Depth.LISTED: 1, Depth.BRIEF: 1, Depth.FULL: 0}
