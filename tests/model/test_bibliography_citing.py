"""What the references say of works without a page."""

from __future__ import annotations

from sphinx_papers.model.display.text import Target
from sphinx_papers.model.records.library import Library
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
