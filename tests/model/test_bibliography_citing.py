"""What the references say of works without a page."""

from __future__ import annotations

from dataclasses import replace

from sphinx_papers.model.display.text import Target
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.views.bibliography import NAMED, bibliography, with_citing


def said(library: Library, pages: dict[str, list[tuple[Target, str]]], key: str = "zhou2016learning") -> str:
    plain = dict(bibliography(library).entries)[key]
    spans = dict(with_citing(library, bibliography(library), pages).entries)[key]
    assert spans[: len(plain)] == plain
    return "".join(span.text for span in spans[len(plain) :])


def test_what_builds_on_a_work_is_named_once_the_oldest_first(library: Library) -> None:
    pages = [(Target("paper", "berg2020maps"), "Maps"), (Target("page", "guide/task"), "The task")]
    assert said(library, {}) == " Built on by: Maps, BoxNet / BoxNet+."
    assert (
        said(library, {"zhou2016learning": pages})
        == " Built on by: Maps, BoxNet / BoxNet+. Cited by: The task."
    )


def test_many_pages_are_counted(library: Library) -> None:
    pages = [(Target("page", str(n)), f"P{n}") for n in range(NAMED + 3)]
    assert said(library, {"zhou2016learning": pages}).endswith(f"P{NAMED - 1} and 3 more.")


def test_papers_have_their_own_pages_for_that(library: Library) -> None:
    assert said(library, {"berg2020maps": [(Target("page", "x"), "X")]}, "berg2020maps") == ""


def test_each_letter_leads_to_the_first_entry_under_it(library: Library) -> None:
    assert bibliography(library).letters == (), "a few entries are seen at a glance"
    people = ["Berg", "Ávila", "Łuk", "Zhou", "李", "berg", "Lee"]
    works = [
        replace(library.works["zhou2016learning"], key=f"{number}", authors=(Person(family=family),))
        for number, family in enumerate(people * 5)
    ]
    found = bibliography(Library(library.values(), library.registry, works))
    keys = [key for key, _ in found.entries]
    names = [letter for letter, _ in found.letters]
    assert names == ["A", "B", "C", "D", "L", "W", "Z", "Other"]
    places = [keys.index(key) for _, key in found.letters]
    assert places == sorted(places)
    assert places[0] == 0
    assert dict(found.letters)["L"] == keys[places[4]]
    assert with_citing(library, found, {}).letters == found.letters
