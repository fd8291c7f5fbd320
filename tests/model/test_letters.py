from __future__ import annotations

import unicodedata

import pytest

from sphinx_papers.model.records.letters import LETTERS, bare, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Łukasz", "lukasz"),
        ("ØRSTED", "orsted"),
        ("Ǿre ǽ", "ore ae"),
        ("Straße STRAẞE", "strasse strasse"),
        ("İzmir \N{LATIN SMALL LETTER DOTLESS I}ş\N{LATIN SMALL LETTER DOTLESS I}k", "izmir isik"),
        ("Τόμος ΤΌΜΟΣ", "τομοσ τομοσ"),
        ("ﬁn ™", "fin tm"),
        ("弱监督", "弱监督"),
        ("iCAN's iCAN\N{RIGHT SINGLE QUOTATION MARK}s", "icans icans"),
        ("O'Neil, J.-P.", "oneil, j.-p."),
    ],
)
def test_what_is_looked_for_has_no_case_accents_and_apostrophes(text: str, expected: str) -> None:
    assert plain(text) == expected
    assert plain(expected) == expected


def test_apostrophes_stay_where_letters_alone_are_folded() -> None:
    assert bare("O'Néil") == "o'neil"


@pytest.mark.parametrize("letter", LETTERS)
def test_letters_of_the_list_are_small_and_not_taken_apart_otherwise(letter: str) -> None:
    assert letter == letter.lower() == unicodedata.normalize("NFKD", letter)
