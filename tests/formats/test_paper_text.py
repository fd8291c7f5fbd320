"""Texts about papers are written once, and again when what they are about changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sphinx_papers.formats.exports import paper_text
from sphinx_papers.formats.exports.paper_text import PaperText, with_texts
from sphinx_papers.formats.records.folder import Collection
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Registry

ONE = Paper(key="one2021", title="One", date=PartialDate(2021))
TWO = Paper(key="two2022", title="Two", date=PartialDate(2022))


class Writer:
    """A kind of text that notes of which papers it is written."""

    def __init__(self) -> None:
        self.wrote: list[str] = []
        self.text = PaperText(self.write)

    def write(self, paper: Paper, registry: Registry) -> str:
        self.wrote.append(paper.key)
        return f"{paper.title} of {len(registry.venues)}"

    def read(self, file: Path, *papers: Paper, registry: Registry | None = None) -> list[str]:
        """Return the texts of *papers*, as a build that keeps them in *file* gets them."""
        self.wrote.clear()
        found = Collection("", (), lambda: Library(papers, registry))
        library = with_texts(found, lambda: (self.text,), file).library
        return [self.text.of(paper, library) for paper in papers]


@pytest.fixture
def writer() -> Iterator[Writer]:
    return Writer()


def test_a_text_is_written_when_it_is_first_asked_for(writer: Writer) -> None:
    library = Library([ONE, TWO])
    assert [writer.text.of(ONE, library) for _ in range(3)] == ["One of 0"] * 3
    assert writer.wrote == ["one2021"]
    assert writer.text.of(ONE, Library([ONE])) == "One of 0"
    assert writer.wrote == ["one2021"] * 2  # another library may have another registry


def test_only_texts_of_what_changed_are_written_again(writer: Writer, tmp_path: Path) -> None:
    file = tmp_path / "state" / "texts"
    assert writer.read(file, ONE, TWO) == ["One of 0", "Two of 0"]
    assert writer.wrote == ["two2022", "one2021"]
    assert writer.read(file, ONE, TWO) == ["One of 0", "Two of 0"]
    assert writer.wrote == []
    assert writer.read(file, replace(ONE, title="First"), TWO) == ["First of 0", "Two of 0"]
    assert writer.wrote == ["one2021"]
    assert writer.read(file, replace(ONE, title="First")) == ["First of 0"]
    assert writer.wrote == []
    assert writer.read(file, replace(ONE, title="First"), TWO) == ["First of 0", "Two of 0"]
    assert writer.wrote == ["two2022"]  # which was gone


def test_another_registry_makes_other_texts(writer: Writer, tmp_path: Path, registry: Registry) -> None:
    file = tmp_path / "texts"
    writer.read(file, ONE)
    assert writer.read(file, ONE, registry=registry) == [f"One of {len(registry.venues)}"]


def test_other_code_makes_other_texts(
    writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "texts"
    writer.read(file, ONE)
    monkeypatch.setattr(paper_text, "code_digest", lambda: b"another")
    writer.read(file, ONE)
    assert writer.wrote == ["one2021"]


def test_a_file_that_is_not_whole_is_not_used(writer: Writer, tmp_path: Path) -> None:
    file = tmp_path / "texts"
    writer.read(file, ONE)
    whole = file.read_bytes()
    for broken in (b"", whole[:-1], whole.replace(b"One", b"Two")):
        file.write_bytes(broken)
        assert writer.read(file, ONE) == ["One of 0"]
        assert file.read_bytes() == whole


def test_what_is_there_is_not_written_to_the_disk_again(
    writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "texts"
    writer.read(file, ONE)
    written: list[str] = []
    monkeypatch.setattr(paper_text, "write_bytes", lambda _, name, __: written.append(name))
    writer.read(file, ONE)
    assert written == []
    writer.read(file, ONE, TWO)
    assert written == ["texts"]


def test_nothing_is_written_before_the_library_is_asked_for(writer: Writer, tmp_path: Path) -> None:
    def fail() -> Library:
        raise AssertionError

    found = with_texts(Collection("digest", (), fail), lambda: (writer.text,), tmp_path / "texts")
    assert (found.digest, found.problems) == ("digest", ())
