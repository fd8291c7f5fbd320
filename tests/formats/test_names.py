from __future__ import annotations

from contextlib import suppress

import pytest
from pybtex.database import Person as BibtexPerson

from sphinx_papers.formats.text.names import from_bibtex, read_name
from sphinx_papers.model.records.person import Person

LEE = Person(family="Lee", given="Seungho")
HOVE = Person(family="Hove", given="Ben", particle="van den")
KING = Person(family="King", given="Martin Luther", suffix="Jr.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seungho Lee", LEE),
        ("Lee, Seungho", LEE),
        ("  Lee ,  Seungho ", LEE),
        ("Ben van den Hove", HOVE),
        ("van den Hove, Ben", HOVE),
        ("King, Jr., Martin Luther", KING),
        ("Jonathan T. Barron", Person(family="Barron", given="Jonathan T.")),
        ("Jean-Luc O'Neil", Person(family="O'Neil", given="Jean-Luc")),
        ("Pont-Tuset, Jordi", Person(family="Pont-Tuset", given="Jordi")),
        # Without a comma only the last word is the family name.
        ("Ana Garcia Lopez", Person(family="Lopez", given="Ana Garcia")),
        ("Garcia Lopez, Ana", Person(family="Garcia Lopez", given="Ana")),
        ("de la Cruz", Person(family="Cruz", particle="de la")),
        ("Plato", Person(family="Plato")),
        ("李 明", Person(family="明", given="李")),
        ("Łukasz Żak", Person(family="Żak", given="Łukasz")),
    ],
)
def test_a_name_is_read_as_bibtex_reads_it(text: str, expected: Person) -> None:
    assert read_name(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'' has no family name"),
        (",", "'' has no family name"),
        (", Ada", "'Ada' has no family name"),
        ("a, b, c, d", "'a, b, c, d' is no name that BibTeX can read"),
    ],
)
def test_what_is_no_name_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match="name") as error:
        read_name(text)
    assert str(error.value) == message


@pytest.mark.parametrize(
    "person", [LEE, HOVE, KING, Person(family="Plato"), Person(family="Cruz", particle="de la")]
)
def test_a_name_comes_back_from_bibtex(person: Person) -> None:
    name = BibtexPerson(
        first=person.given, prelast=person.particle, last=person.family, lineage=person.suffix
    )
    assert from_bibtex(name) == person
    assert read_name(str(name)) == person


@pytest.mark.parametrize("text", ["{Google Research}", "{van Gogh}, Vincent", "{Foo", "A }B{ C"])
def test_braces_are_never_part_of_a_name(text: str) -> None:
    # Whether they group, as in BibTeX, or are refused: no reader should see them.
    with suppress(ValueError):
        assert not {"{", "}"} & set(read_name(text).display)
