from __future__ import annotations

from collections.abc import Callable

import pytest

from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Appearance, Paper
from sphinx_papers.model.records.registry import Method, Registry
from sphinx_papers.model.views.related import MOST, RelatedView, candidates, related, related_list
from sphinx_papers.model.views.view import digest_of

Make = Callable[..., Paper]
REGISTRY = Registry(methods={slug: Method(slug=slug, name=slug.title(), summary="") for slug in "abc"})


@pytest.fixture
def made(make_paper: Make) -> Callable[[str, int], Paper]:
    """Make a paper of a year from its key and what else is given."""

    def make(key: str, year: int, **fields: object) -> Paper:
        return make_paper(key=key, date=PartialDate(year), names=(key.upper(),), **fields)

    return make


def keys(library: Library, key: str) -> list[str]:
    return [kin.paper.key for kin in related(library, library[key])]


def test_lineage_counts_more_than_a_method_and_a_method_more_than_a_foundation(made: Make) -> None:
    papers = (
        made("one", 2020, methods=("a",), builds_on=("below", "work")),
        made("below", 2020),
        made("method", 2020, methods=("a",)),
        made("foundation", 2020, builds_on=("work",)),
        made("above", 2020, builds_on=("one",)),
        made("stranger", 2020, methods=("b",)),
    )
    assert keys(Library(papers, REGISTRY), "one") == ["above", "below", "method", "foundation"]


def test_of_equals_the_nearest_in_time_come_first(made: Make) -> None:
    papers = [made(f"p{year}", year, methods=("a",)) for year in range(2010, 2021)]
    library = Library(papers, REGISTRY)
    assert keys(library, "p2014") == ["p2015", "p2013", "p2016", "p2012"]
    # The newest has only earlier ones, and as many.
    assert keys(library, "p2020") == ["p2019", "p2018", "p2017", "p2016"]


def test_who_shares_two_methods_is_found_behind_many_who_share_one(made: Make) -> None:
    crowd = [made(f"q{month}", 2020, methods=("a" if month % 2 else "b",)) for month in range(20)]
    papers = (made("one", 2020, methods=("a", "b")), made("zwin", 2021, methods=("b", "a")), *crowd)
    library = Library(papers, REGISTRY)
    assert keys(library, "one")[0] == "zwin"
    assert len(keys(library, "one")) == MOST


def test_what_a_page_looks_at_does_not_grow_with_the_collection(made: Make) -> None:
    papers = [made(f"p{n:04}", 2000 + n % 20, methods=("a", "b"), builds_on=("work",)) for n in range(400)]
    for size in (20, 400):
        library = Library(papers[:size], REGISTRY)
        assert max(len(candidates(library, paper)) for paper in library.values()) <= 4 * 4


def test_a_paper_that_is_added_changes_a_few_pages(made: Make) -> None:
    papers = [made(f"p{n:04}", 2000 + n % 20, methods=("a", "b"), builds_on=("work",)) for n in range(400)]
    for added in (0, 207, 399):
        before = Library([paper for paper in papers if paper is not papers[added]], REGISTRY)
        after = Library(papers, REGISTRY)
        changed = [
            key for key in before if digest_of(RelatedView(key), before) != digest_of(RelatedView(key), after)
        ]
        assert 0 < len(changed) < 20


def test_a_list_says_what_is_shared_in_words(library: Library) -> None:
    said = [
        "".join(span.text for span in item) for item in related_list(library, library["cho2021boxes"]).items
    ]
    assert said == [
        "Maps (CVPR 2020): Draws maps. This paper builds on it; same method: Erasing; both build on Zhou et al. (2016).",
        "Point (arXiv 2022): Draws points. Builds on this paper.",
    ]


def test_a_year_is_said_once(registry: Registry, make_paper: Make) -> None:
    """Whether it stands in the name, which a paper without one gets, or beside it."""
    seen = Appearance(venue="pr", year=2021)
    papers = [
        make_paper(key="one", methods=("erasing",)),
        make_paper(key="two", methods=("erasing",), title="Untitled", date=PartialDate(2020)),
        make_paper(
            key="three", methods=("erasing",), title="Printed", date=PartialDate(2020), appearance=seen
        ),
        make_paper(
            key="four", methods=("erasing",), names=("Four",), date=PartialDate(2020), appearance=seen
        ),
        make_paper(key="five", methods=("erasing",), names=("Five",), date=PartialDate(2019)),
    ]
    library = Library(papers, registry)
    said = {
        "".join(span.text for span in item[:2]).partition(":")[0]
        for item in related_list(library, library["one"]).items
    }
    assert said == {"Untitled (2020)", "Printed (2021), PR", "Four (PR 2021)", "Five (2019)"}


def test_a_paper_that_shares_nothing_has_no_list(library: Library) -> None:
    assert related_list(library, library["dia2021lines"]).items == ()
