"""A collection: everything that its places hold, read in one go."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from sphinx_papers.formats.records.prose import written_sections
from sphinx_papers.formats.storage.cache import Cache, CacheHead, Seen
from sphinx_papers.formats.storage.fences import front_matter
from sphinx_papers.formats.storage.files import examine
from sphinx_papers.formats.storage.places import Places
from sphinx_papers.formats.storage.progress import Mapped, Progress, silent
from sphinx_papers.model.problem import Problem
from sphinx_papers.model.records.library import Library
from sphinx_papers.version import code_digest

# A file that was changed so shortly before it was looked at may change again and keep its
# time. How fine that is differs between file systems; two seconds is the coarsest (FAT).
_RACY = 2 * 10**9


class Collection:
    """A library as it was read, with all that is wrong with its files."""

    def __init__(self, digest: str, problems: tuple[Problem, ...], load: Callable[[], Library]) -> None:
        self.digest = digest
        """Of all that was read, the reader itself included; another one means other contents."""
        self.problems = problems
        self._load = load

    @cached_property
    def library(self) -> Library:
        """The papers, loaded when they are first asked for: a build without changes never does."""
        return self._load()


def read_collection(
    places: Places, cache: Cache | None = None, progress: Progress = silent, mapped: Mapped = map
) -> Collection:
    """Read all that *places* holds; *progress* is shown the pages as they are read, by calls that *mapped* makes.

    Every problem of every file is in the answer; a page that cannot be read takes
    none of the others with it.

    :raises OSError: if the cache cannot be written.
    """
    cache = cache or Cache()
    kept = cache.head(places)
    fresh: dict[str, bytes] = {}
    before = kept.seen if kept else {}
    seen = {name: _look(name, path, before.get(name), fresh) for name, path in places.files()}
    contents = (code_digest(), [(name, each.digest) for name, each in seen.items()])
    digest = hashlib.blake2b(repr(contents).encode(), digest_size=16).hexdigest()

    def read() -> Collection:
        from sphinx_papers.formats.records.reading import read_contents  # noqa: PLC0415  says why itself

        found, problems = read_contents(places, seen, fresh, cache.body(places), progress, mapped)
        head = CacheHead(seen, digest, tuple(problems))
        cache.store(places, head, found)
        return Collection(digest, head.problems, found.library)

    def load() -> Library:
        kept = cache.body(places)
        return kept.library() if kept else read().library

    if kept is None or kept.digest != digest:
        return read()
    if seen != before:
        cache.renew(places, CacheHead(seen, digest, kept.problems))
    return Collection(digest, kept.problems, load)


def _look(name: str, path: str, before: Seen | None, fresh: dict[str, bytes]) -> Seen:
    """Return how *path* is now; its bytes go into *fresh* if they had to be looked at."""
    if name.startswith("stray/"):
        return Seen((), b"")  # that it is there is wrong already
    try:
        found = examine(path)
        stat = (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)
        if before is not None and before.stat == stat:
            return before
        recent = max(stat[:2]) > time.time_ns() - _RACY
        data = fresh[name] = Path(path).read_bytes()
    except OSError as error:
        return Seen((), f"unreadable: {error.strerror}".encode())
    return Seen(() if recent else stat, _digest(name, data))


def _digest(name: str, data: bytes) -> bytes:
    """Return a digest of all that is read of a file: of the prose of a paper's page which sections it has."""
    if name.startswith(("paper/", "method/")):
        try:
            text = data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            pass  # what is said of it names a place in the whole
        else:
            sections = written_sections(text) if name.startswith("paper/") else ()
            data = front_matter(data) + repr(sections).encode()
    return hashlib.blake2b(data, digest_size=16).digest()
