"""The index of the site's search: words, places, and how both are cut into files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_papers.formats.search.index import (
    MANIFEST,
    STRONG,
    WEAK,
    SearchPlace,
    packed_numbers,
    search_files,
)
from sphinx_papers.formats.search.words import words

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def unpacked(text: str) -> list[int]:
    """Read what :func:`packed_numbers` writes, as the script does."""
    found, total, value, unit = [], 0, 0, 1
    for char in text:
        digit = DIGITS.index(char)
        value += digit % 32 * unit
        unit *= 32
        if digit < 32:
            total += value
            found.append(total)
            value, unit = 0, 1
    return found


def read(files: Iterable[tuple[str, str]]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the manifest and the data of all other files."""
    manifest, data = {}, {}
    for name, text in files:
        function, _, arguments = text.removeprefix("papersSearch.").removesuffix(");\n").partition("(")
        values = json.loads(f"[{arguments}]")
        if name == MANIFEST:
            assert function == "begin"
            (manifest,) = values
        else:
            assert (function, values[0]) == ("take", name.removesuffix(".js"))
            data[values[0]] = values[2]
    return manifest, data


def postings(data: dict[str, str], layer: str) -> dict[str, list[list[int]]]:
    """Return of each word the places in each field."""
    number, found = 0, {}
    while f"{layer}{number}" in data:
        for line in data[f"{layer}{number}"].split("\n"):
            word, _, fields = line.partition(" ")
            found[word] = [unpacked(field) for field in fields.split("|")]
        number += 1
    return found


def place(called: str, kind: str = "paper", **fields: str) -> SearchPlace:
    return SearchPlace(kind=kind, address=f"{called}.html", title=called, fields=fields)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Krähenbühl", "krahenbuhl"),
        ("Łukasz Ørsted Strauß Æsop", "lukasz orsted strauss aesop"),
        ("Kra\N{COMBINING DIAERESIS}henbu\N{COMBINING DIAERESIS}hl", "krahenbuhl"),
        ("iCAN's O\N{RIGHT SINGLE QUOTATION MARK}Neil", "ican oneil"),
        ("ResNet-101 DeepLab-v2", "resnet 101 resnet101 deeplab v2 deeplabv2"),
        ("mIoU of 70.9, not 70.", "miou of 70.9 not 70"),
        ("arXiv:2105.08965", "arxiv 2105.08965"),
        ("doi:10.1109/CVPR46437.2021.00545.", "10.1109/cvpr46437.2021.00545"),
        ("data sets and a data set", "dataset and a dataset"),
        ("License, licensed", "licence licenced"),
        ("snake_case, (parts)", "snake case parts"),
        ("弱监督", "弱监督"),
        ("... -- '", ""),
    ],
)
def test_words_are_folded(text: str, found: str) -> None:
    assert list(words(text)) == found.split()


@given(st.text())
def test_words_are_words_still_when_they_are_split_again(text: str) -> None:
    found = list(words(text))
    assert not [word for word in found if not word or " " in word or "|" in word or "\n" in word]


@given(st.sets(st.integers(0, 200_000)))
def test_numbers_come_back(numbers: set[int]) -> None:
    assert unpacked(packed_numbers(sorted(numbers))) == sorted(numbers)


def test_a_word_leads_to_the_places_that_have_it_by_field() -> None:
    places = [
        place("one", name="EPS", title="Saliency of the train"),
        place("two", title="eps and more", summary="Of saliency"),
    ]
    manifest, data = read(search_files(places))
    strong, weak = postings(data, "s"), postings(data, "w")
    assert strong["eps"] == [[0], [1]]
    assert strong["saliency"] == [[], [0]]
    assert weak["saliency"] == [[1]]
    assert "of" not in strong.keys() | weak.keys()
    assert manifest["size"] == 2
    assert len(STRONG) == 5
    assert len(WEAK) == 2


def test_a_name_may_be_a_word_that_tells_nothing_elsewhere() -> None:
    _, data = read(search_files([place("one", name="IT", title="it is")]))
    assert postings(data, "s") == {"it": [[0]]}


def test_places_stand_by_kind_and_in_their_order_within() -> None:
    places = [
        place("page", "page"),
        place("b"),
        place("how", "contributing"),
        place("a"),
        place("c", "board"),
    ]
    manifest, data = read(search_files(places))
    assert [json.loads(row)[1] for row in data["p0"].split("\n")] == ["b", "a", "c", "page", "how"]
    assert manifest["kinds"] == {"paper": 0, "board": 2, "page": 3, "contributing": 4}


def test_files_are_small_and_the_manifest_says_where_each_begins() -> None:
    many = [place(f"Title {n}", name=f"n{n:05}", text=f"t{n % 3000:05} common") for n in range(6000)]
    manifest, data = read(search_files(many))
    for letter, most in (("s", 16_000), ("w", 16_000), ("p", 4_000)):
        files = [data[f"{letter}{n}"] for n in range(len(manifest[letter]))]
        assert len(files) > 3
        for file in files:
            assert len(file) <= most or file.count("\n") == 0
    assert [data[f"s{n}"].split(" ", 1)[0] for n in range(len(manifest["s"]))] == manifest["s"]
    rows = [row for n in range(len(manifest["p"])) for row in data[f"p{n}"].split("\n")]
    assert [json.loads(rows[first])[1] for first in manifest["p"]] == [f"Title {n}" for n in manifest["p"]]
    assert postings(data, "w")["common"] == [[], list(range(6000))]


def test_words_stand_in_the_order_in_which_a_script_compares_texts() -> None:
    _, data = read(
        search_files([place("one", name="zebra \N{DESERET SMALL LETTER LONG I} \ufa0e 弱 2021 10")])
    )
    found = list(postings(data, "s"))
    assert found == sorted(found, key=lambda word: word.encode("utf-16-be"))
    assert found[:3] == ["10", "2021", "zebra"]


def test_another_text_is_another_edition_and_the_same_is_the_same() -> None:
    one, again, other = (dict(search_files([place("one", name=name)])) for name in ("a", "a", "b"))
    assert one == again
    assert read(one.items())[0]["version"] != read(other.items())[0]["version"]


def test_nothing_to_find_is_an_index_too() -> None:
    manifest, data = read(search_files([]))
    assert (manifest["size"], data) == (0, {})
