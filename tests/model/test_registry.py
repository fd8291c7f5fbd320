from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from sphinx_papers.model.records.library import Library, clashes
from sphinx_papers.model.records.registry import Best, Registry, Term, VenueKind
from sphinx_papers.model.views.library_views import groups


@pytest.mark.parametrize(
    ("kind", "words"),
    [(VenueKind, ["conference", "workshop", "journal", "preprint"]), (Best, ["highest", "lowest"])],
)
def test_the_words_of_a_closed_list_are_those_that_registries_write(
    kind: type[VenueKind | Best], words: list[str]
) -> None:
    assert [str(each) for each in kind] == words


def test_registries_do_not_share_what_they_hold() -> None:
    assert Registry().venues == {}
    assert Registry().venues is not Registry().venues


def test_a_term_cannot_be_changed() -> None:
    term = Term(id="image", name="Image labels")
    with pytest.raises(FrozenInstanceError):
        term.name = "Pictures"  # type: ignore[misc]


@pytest.mark.parametrize("kind", ["year", "venue", "method", "author", "benchmark"])
def test_a_library_without_registry_or_papers_has_no_groups(kind: str) -> None:
    assert groups(Library(), kind) == ()


def test_an_empty_library_breaks_no_rule() -> None:
    assert list(clashes(Library())) == []
