"""What is written of each paper in other formats: made once, and kept from build to build.

A text is about one paper and depends on no other one, so that an edit of a record has only its own texts
written anew. That takes longer than to read the record, and most of what a site offers is joined of them.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from sphinx_papers.formats.records.folder import Collection
from sphinx_papers.formats.storage.files import write_bytes
from sphinx_papers.formats.storage.packed import CHECKSUM, UnpackError, checksum, pack, unpack
from sphinx_papers.formats.storage.progress import Mapped
from sphinx_papers.model.records.library import Kept, Library, short_digest
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.version import code_digest


class PaperText:
    """A text about each paper of a library; the module that writes it owns it."""

    def __init__(self, write: Callable[[Paper, Registry], str]) -> None:
        self.write = write
        self._known: Kept[dict[str, str]] = Kept(lambda _: {})

    def of(self, paper: Paper, library: Library) -> str:
        """Return the text about *paper* of *library*, written when it is first asked for."""
        known = self._known.of(library)
        if paper.key not in known:
            known[paper.key] = self.write(paper, library.registry)
        return known[paper.key]

    def know(self, text: str, key: str, library: Library) -> None:
        """Take *text* for that about the paper *key*."""
        self._known.of(library)[key] = text


_Texts = tuple[str, tuple[str, ...]]
"""The stamp of a record, and the texts about its paper in the order of their kinds."""
_Line = tuple[str, _Texts]
"""The same behind the key of the paper."""


def with_texts(
    collection: Collection, kinds: Callable[[], tuple[PaperText, ...]], file: Path, mapped: Mapped = map
) -> Collection:
    """Return *collection* with a library that knows its texts: those kept in *file*, the others written by calls that *mapped* makes.

    Nothing but time depends on the file: one that is missing, broken, or made by other code is not used. *kinds* are
    asked for when the library is, as what writes takes long to load. An :exc:`OSError` of the library means that the
    file cannot be written.
    """

    def load() -> Library:
        library = collection.library
        _know_texts(library, kinds(), file, mapped)
        return library

    return Collection(collection.digest, collection.problems, load)


def _know_texts(library: Library, kinds: tuple[PaperText, ...], file: Path, mapped: Mapped) -> None:
    stamp = f"{code_digest()!r} {short_digest(library.registry)}"
    known = _read(file, stamp)
    missing = [key for key in library if key not in known or known[key][0] != library.stamp(key)]

    def write(key: str) -> tuple[str, ...]:
        return tuple(kind.write(library[key], library.registry) for kind in kinds)

    new = {
        key: (library.stamp(key), texts) for key, texts in zip(missing, mapped(write, missing), strict=True)
    }
    papers = {key: new.get(key) or known[key] for key in library}
    for key, (_, texts) in papers.items():
        for kind, text in zip(kinds, texts, strict=True):
            kind.know(text, key, library)
    if new or papers.keys() != known.keys():
        # Line by line, so that no other form of all of them is there at a time.
        lines = b"\n".join((pack(stamp, str), *(pack(line, _Line) for line in papers.items())))
        write_bytes(file.parent, file.name, b"".join((checksum(lines), lines)))


def _read(file: Path, stamp: str) -> dict[str, _Texts]:
    """Return the texts in *file* by key; none if it is not whole, or of another *stamp*."""
    try:
        with file.open("rb") as kept:
            check, data = kept.read(CHECKSUM), kept.read()
        lines = BytesIO(data)
        if check != checksum(data) or unpack(lines.readline(), str) != stamp:
            return {}
        return dict(unpack(line, _Line) for line in lines)
    except (OSError, UnpackError):
        return {}
