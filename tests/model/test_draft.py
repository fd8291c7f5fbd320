from __future__ import annotations

from collections.abc import Callable

from sphinx_papers.model.records.draft import Draft, Duplicate, KnownPapers, merged
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper


def test_a_paper_is_known_by_id_doi_or_title(make_paper: Callable[..., Paper]) -> None:
    library = Library(
        [
            make_paper("one2020", title="Maps of {CAMs}", arxiv="2001.00001", doi="10.1/A"),
            make_paper("two2020", title="Boxes", arxiv="2001.00002"),
        ]
    )
    known = KnownPapers(library)
    assert known.find(Draft(title="New", arxiv="2001.00002")) == Duplicate("two2020", "arXiv id")
    assert known.find(Draft(title="New", doi="10.1/a")) == Duplicate("one2020", "DOI")
    assert known.find(Draft(title="maps of cams.")) == Duplicate("one2020", "title")
    assert known.find(Draft(title="New")) is None
    known.add("new2021", Draft(title="New"))
    assert known.find(Draft(title="NEW")) == Duplicate("new2021", "title")


def test_what_is_empty_is_like_nothing() -> None:
    known = KnownPapers(Library())
    known.add("one", Draft(title="One"))
    assert known.find(Draft(title="")) is None


def test_the_first_of_two_drafts_is_believed() -> None:
    both = merged(Draft(title="A", notes=("x",)), Draft(title="B", doi="10.1/b", notes=("y",)))
    assert (both.title, both.doi, both.notes) == ("A", "10.1/b", ("x", "y"))


def test_a_key_has_the_year_of_publication_or_else_of_the_first_date() -> None:
    assert Draft(date="2020-05", year=2021).key_year == 2021
    assert Draft(date="2020-05").key_year == 2020
    assert Draft().key_year == 0
