"""What was read of a collection, kept so that only what changed is read again."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from sphinx_papers.formats.storage.files import write_bytes
from sphinx_papers.formats.storage.packed import CHECKSUM, UnpackError, checksum, pack, unpack
from sphinx_papers.formats.storage.places import SUFFIX, Places
from sphinx_papers.model.problem import Problem
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.records.work import Work
from sphinx_papers.version import code_digest


@dataclass(frozen=True)
class Seen:
    """A file as it was when it was last looked into."""

    stat: tuple[int, ...]
    """Its times, its size and its place on the disk; empty if they cannot be trusted."""
    digest: bytes
    """Of all that is read of it."""


@dataclass
class ReadPage:
    """The page of a paper as it was read."""

    digest: bytes
    paper: Paper | None
    problems: tuple[Problem, ...]


@dataclass
class Contents:
    """All that was read of a collection."""

    stamp: str = ""
    """Of what the reading of a page depends on beside the page."""
    registry: Registry = field(default_factory=Registry)
    works: tuple[Work, ...] = ()
    works_digest: bytes = b""
    works_problems: tuple[Problem, ...] = ()
    pages: dict[str, ReadPage] = field(default_factory=dict)
    """By the name of the file."""

    def library(self) -> Library:
        """Return the library."""
        read = {name.removesuffix(SUFFIX): page for name, page in self.pages.items()}
        return Library(
            [page.paper for page in read.values() if page.paper is not None],
            self.registry,
            self.works,
            [key for key, page in read.items() if page.paper is None],
            {key: page.digest.hex() for key, page in read.items()},
        )


@dataclass(frozen=True)
class CacheHead:
    """What tells whether anything changed."""

    seen: dict[str, Seen]
    digest: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Begin:
    """What stands at the beginning of the file."""

    made: str
    head: CacheHead
    check: bytes
    """Of the body."""


class Cache:
    """A file with the contents of one collection.

    Whoever can write the file can write its checks too: they tell what was cut or garbled. So it
    holds data and nothing that could run, unlike a pickle.

    Nothing but time depends on it: one that is missing, broken, made by other code or for
    other places is not used. It has a head, which tells whether anything changed, and a
    body with the papers, which is loaded only if they are wanted.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Without *path* nothing is kept."""
        self._path = path

    def head(self, places: Places) -> CacheHead | None:
        """Return the head, if it is of *places*."""
        begin = self._begin(self._parts(body=False)[0], places)
        return begin.head if begin else None

    def body(self, places: Places) -> Contents | None:
        """Return the contents, if they are of *places*."""
        head, body = self._parts(body=True)
        begin = self._begin(head, places)
        if begin is None or begin.check != checksum(body):
            return None
        try:
            return cast("Contents", unpack(body, Contents))
        except UnpackError:
            return None

    def store(self, places: Places, head: CacheHead, contents: Contents) -> None:
        """Keep all this for the next time.

        :raises OSError: if the file cannot be written.
        """
        if self._path is not None:
            self._write(places, head, pack(contents, Contents))

    def renew(self, places: Places, head: CacheHead) -> None:
        """Keep how the files look now, where what they say is what is kept already.

        :raises OSError: if the file cannot be written.
        """
        if self._path is not None:
            self._write(places, head, self._parts(body=True)[1])

    def _write(self, places: Places, head: CacheHead, body: bytes) -> None:
        assert self._path is not None
        data = pack(_Begin(_made(places), head, checksum(body)), _Begin)
        write_bytes(
            self._path.parent, self._path.name, b"".join((checksum(data), len(data).to_bytes(8), data, body))
        )

    @staticmethod
    def _begin(data: bytes, places: Places) -> _Begin | None:
        try:
            begin: _Begin = unpack(data, _Begin)
        except UnpackError:
            return None
        return begin if begin.made == _made(places) else None

    def _parts(self, *, body: bool) -> tuple[bytes, bytes]:
        """Return head and body; nothing if the head is not whole."""
        if self._path is None:
            return b"", b""
        try:
            with self._path.open("rb") as file:
                size = self._path.stat().st_size
                check, length = file.read(CHECKSUM), int.from_bytes(file.read(8))
                head = file.read(min(length, size))
                whole = checksum(head) == check
                return (head if whole else b""), (file.read() if body and whole else b"")
        except OSError:
            return b"", b""


def _made(places: Places) -> str:
    """Return by which code a cache is made, and for which places."""
    return f"{code_digest()!r} {places}"
