from __future__ import annotations

import pytest

from sphinx_papers.model.records.person import Person, short_authors, slug

KING = Person(family="King", given="Martin Luther", suffix="Jr.")
HOVE = Person(family="Hove", given="Ben", particle="van den")
GROUP = Person(family="Google")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seungho Lee", "seungho-lee"),
        ("Pablo Arbeláez", "pablo-arbelaez"),
        ("Großmann", "grossmann"),
        ("Ærø", "aero"),
        ("Œuvre", "oeuvre"),
        ("Øyvind Bø", "oyvind-bo"),
        ("Đặng", "dang"),
        ("Łukasz", "lukasz"),
        ("Ǿ ǽ ẞ", "o-ae-ss"),
        ("Þór", "thor"),
        ("Ðorđe", "dorde"),
        ("\N{LATIN SMALL LETTER DOTLESS I}ş\N{LATIN SMALL LETTER DOTLESS I}k", "isik"),
        ("İpek", "ipek"),
        ("ﬁn", "fin"),
        ("李 明", "李-明"),
        ("  Jean-Luc  O'Neil, Jr. ", "jean-luc-o-neil-jr"),
        ("__a_b__", "a-b"),
        ("?!", ""),
    ],
)
def test_slug_folds_letters_and_joins_words(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("person", "display", "short", "slug_", "letter"),
    [
        (Person(family="Lee", given="Seungho"), "Seungho Lee", "Lee", "seungho-lee", "l"),
        (HOVE, "Ben van den Hove", "van den Hove", "ben-van-den-hove", "h"),
        (KING, "Martin Luther King, Jr.", "King", "martin-luther-king-jr", "k"),
        (GROUP, "Google", "Google", "google", "g"),
        (Person(family="Łoś", given="Ewa"), "Ewa Łoś", "Łoś", "ewa-los", "l"),
        (Person(family="Ærø", given="Bo"), "Bo Ærø", "Ærø", "bo-aero", "a"),
        (Person(family="明", given="李"), "李 明", "明", "李-明", "0"),
        (Person(family="3M"), "3M", "3M", "3m", "0"),
    ],
    ids=["plain", "particle", "suffix", "family only", "folded", "ligature", "other script", "digit"],
)
def test_forms_of_a_name(person: Person, display: str, short: str, slug_: str, letter: str) -> None:
    assert (person.display, person.short, person.slug, person.index_letter) == (display, short, slug_, letter)


def test_two_spellings_of_a_name_share_a_slug() -> None:
    assert Person(family="Arbeláez", given="Pablo").slug == Person(family="Arbelaez", given="Pablo").slug


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ((), ""),
        ((KING,), "King"),
        ((KING, HOVE), "King and van den Hove"),
        ((HOVE, KING, GROUP), "van den Hove et al."),
    ],
)
def test_authors_in_running_text(authors: tuple[Person, ...], expected: str) -> None:
    assert short_authors(authors) == expected
