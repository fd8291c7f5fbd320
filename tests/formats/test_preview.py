"""The pictures beside links say what the page of a paper says, and nothing runs out of them."""

from __future__ import annotations

import os
from dataclasses import replace
from io import BytesIO

import pytest

from sphinx_papers.formats.drawings.preview import SIZE, Preview, _drawable, _lines, draw_preview, preview_of
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.views.card import best_result

if os.environ.get("CI") != "true":
    pytest.importorskip("PIL")

LEAST = Preview(site="Maps", title="A title")
LONG = "Wide words " * 60


def test_a_picture_says_name_title_and_the_best_result_with_its_conditions(
    registry: Registry, full_paper: Paper
) -> None:
    library = Library([full_paper], registry)
    best = "".join(span.text for span in best_result(library, full_paper))
    found = preview_of(library, full_paper, "Maps")
    assert (found.site, found.name, found.title) == ("Maps", "Mapper", "Maps of CAMs in x^2 Ways")
    assert found.conditions
    assert f"{found.result}: {found.conditions}" == best
    nothing = preview_of(library, replace(full_paper, names=(), results=()), "Maps")
    assert (nothing.name, nothing.result, nothing.conditions) == ("", "", "")


@pytest.mark.parametrize(
    "preview",
    [
        LEAST,
        Preview(site=LONG, name="W" * 200, title=LONG, result=LONG, conditions=LONG),
        Preview(site="", name="\N{SNOWMAN}", title="\ud800", result="", conditions=""),
    ],
    ids=["least", "long", "strange"],
)
def test_a_picture_has_its_size_and_free_margins(preview: Preview) -> None:
    from PIL import Image

    data = draw_preview(preview)
    assert data == draw_preview(preview)
    assert len(data) < 60_000
    with Image.open(BytesIO(data)) as image:
        assert (image.format, image.size) == ("PNG", SIZE)
        picture = image.convert("RGB")
    assert picture.getpixel((5, 300)) == (11, 92, 173)
    for box in ((24, 0, 70, 630), (1140, 0, 1200, 630), (24, 0, 1200, 40), (24, 620, 1200, 630)):
        assert picture.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), (255, 255, 255))]


def test_words_without_room_are_dots() -> None:
    lines = _lines(LONG, 30, 2)
    assert len(lines) == 2
    assert lines[1].endswith(" ...")
    assert _lines("Two words", 30, 2) == ["Two words"]
    assert _lines("", 30, 2) == []


def test_letters_that_the_font_lacks_are_read_as_those_that_it_has() -> None:
    said = "Đức\N{RIGHT SINGLE QUOTATION MARK}s Łódź \N{EN DASH} x\N{COMBINING TILDE} 图 y"
    assert _drawable(said) == "Duc's Lodz - x y"


def test_other_words_make_another_picture() -> None:
    assert draw_preview(LEAST) != draw_preview(replace(LEAST, conditions="Image labels"))
