from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_papers.formats.records.folder import Collection
from sphinx_papers.formats.storage.cache import Contents, ReadPage
from sphinx_papers.formats.storage.packed import UnpackError, pack, unpack
from sphinx_papers.model.problem import Position, Problem
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Registry, VenueKind


@settings(max_examples=60)
@given(data=st.data())
def test_a_paper_comes_back_as_it_was(hostile_papers: st.SearchStrategy[Paper], data: st.DataObject) -> None:
    paper = data.draw(hostile_papers)
    assert unpack(pack(paper, Paper), Paper) == paper


def test_a_collection_comes_back_as_it_was(real: Collection, registry: Registry, full_paper: Paper) -> None:
    library: Library = real.library
    problem = Problem("\udcff.md", Position(2, 3), "yaml", "wrong")
    pages = {
        f"{paper.key}.md": ReadPage(b"\xff\0", paper, (problem,)) for paper in (*library.values(), full_paper)
    }
    pages["none.md"] = ReadPage(b"", None, ())
    for each in (library.registry, registry):
        contents = Contents("stamp", each, tuple(library.works.values()), b"1", (problem,), pages)
        again: Contents = unpack(pack(contents, Contents), Contents)
        assert again == contents
        assert again.registry.benchmarks == each.benchmarks
        assert type(again.pages["none.md"].problems) is tuple
        assert {type(venue.kind) for venue in again.registry.venues.values()} == {VenueKind}


def test_what_is_known_already_of_a_person_is_kept(full_paper: Paper) -> None:
    slugs = [author.slug for author in full_paper.authors]
    again: Paper = unpack(pack(full_paper, Paper), Paper)
    assert [vars(author)["slug"] for author in again.authors] == slugs


@dataclass(frozen=True)
class Small:
    name: str
    pair: tuple[str, int]

    @cached_property
    def length(self) -> int:
        return len(self.name)

    @cached_property
    def letters(self) -> tuple[str, ...]:
        return tuple(self.name)


def test_a_value_is_a_list_of_its_fields() -> None:
    small = Small("ab", ("x", 1))
    assert pack(small, Small) == b'["ab",["x",1]]'
    assert (small.length, small.letters) == (2, ("a", "b"))
    assert pack(small, Small) == b'["ab",["x",1],{"length":2}]'
    assert vars(unpack(b'["ab",["x",1],{"length":2,"pair":"no","__class__":"no"}]', Small)) == {
        "name": "ab", "pair": ("x", 1), "length": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    "data", [b"", b"null", b"1", b"[]", b'["a"]', b'["a",1]', b'["a",["x"]]', b'{"name":"a"}', b"[" * 10**5]
)
def test_what_is_no_value_is_refused(data: bytes) -> None:
    with pytest.raises(UnpackError):
        unpack(data, Small)
