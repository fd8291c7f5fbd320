from __future__ import annotations

import random

import pytest

from sphinx_papers.model.display.labels import (
    Anchor,
    Box,
    fitting,
    place_labels,
    shortened,
    text_width,
    wrapped,
)

FRAME = Box(0, 0, 600, 300)


@pytest.mark.parametrize("count", [1, 24, 100, 300])
def test_labels_stand_neither_over_each_other_nor_over_marks(count: int) -> None:
    rng = random.Random(count)
    anchors = [Anchor(rng.uniform(0, 600), rng.uniform(0, 300), f"Method {n}") for n in range(count)]
    placed = place_labels(anchors, [(x, y) for x, y, _ in anchors], FRAME, 12)
    assert placed
    for place, one in enumerate(placed):
        assert FRAME.left <= one.box.left
        assert one.box.right <= FRAME.right
        assert FRAME.top <= one.box.top
        assert one.box.bottom <= FRAME.bottom
        assert not [other for other in placed[place + 1 :] if one.box.overlaps(other.box)]
        assert not [
            a for a in anchors if one.box.left < a.x < one.box.right and one.box.top < a.y < one.box.bottom
        ]


def test_a_label_touches_the_mark_that_it_names() -> None:
    (placed,) = place_labels([Anchor(300, 150, "EPS")], [(300, 150)], FRAME, 12)
    assert placed.box.left < 300 < placed.box.right + 12
    assert 0 < 150 - placed.box.bottom < 12


def test_the_first_label_has_the_choice_and_one_without_room_is_left_out() -> None:
    anchors = [Anchor(5, 5, "A long name"), Anchor(5, 6, "Another long name"), Anchor(6, 5, "A third one")]
    placed = place_labels(anchors, [(x, y) for x, y, _ in anchors], Box(0, 0, 130, 26), 12)
    assert [each.number for each in placed] == [0]


def test_a_text_that_fits_stays_and_another_is_cut() -> None:
    assert shortened("EPS", 100, 12) == "EPS"
    cut = shortened("End-to-end Boundary Exploration", 100, 12)
    assert cut.startswith("End-to-end")
    assert cut.endswith("…")
    assert text_width(cut, 12) <= 100


def test_boxes_that_share_an_edge_do_not_overlap() -> None:
    assert not Box(0, 0, 10, 10).overlaps(Box(10, 0, 20, 10))
    assert Box(0, 0, 10, 10).overlaps(Box(9, 9, 20, 20))


def test_of_several_texts_the_first_is_taken_that_fits_and_none_is_cut() -> None:
    texts = ("BAP / NAL / BANA", "BAP")
    assert fitting(texts, 200, 12) == "BAP / NAL / BANA"
    assert fitting(texts, 60, 12) == "BAP"
    assert fitting(texts, 5, 12) == "BAP"


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("EPS", ("EPS", "2021")),
        ("Krähenbühl and Koltun", ("Krähenbühl and", "Koltun, 2021")),
        ("AffinityNet / PSA", ("AffinityNet /", "PSA, 2021")),
        ("Dosovitskiy et al.", ("Dosovitskiy", "et al., 2021")),
    ],
)
def test_a_name_that_is_too_wide_goes_on_beside_the_year(name: str, lines: tuple[str, str]) -> None:
    assert wrapped(name, "2021", 107, 11.5) == lines
    assert all(text_width(line, 11.5) <= 107 for line in lines)


def test_one_word_that_is_too_wide_is_cut() -> None:
    assert wrapped("Oversegmentationnetwork", "2021", 107, 11.5)[0].endswith("…")
    assert wrapped("Oversegmentationnetwork", "2021", 107, 11.5)[1] == "2021"
