"""Files, read and written so that nothing is lost and nothing is half there."""

from __future__ import annotations

import os
from pathlib import Path

from sphinx_papers.model.problem import Position, Problem


def read_text(path: Path) -> tuple[str, list[Problem]]:
    """Return the text of *path*, or nothing and what is wrong with it; never raises.

    A byte order mark is dropped, and lines end as they do in Python.
    """
    try:
        return decoded(path.read_bytes(), path)
    except OSError as error:
        return "", [Problem(str(path), Position(), "unreadable", str(error.strerror or error))]


def decoded(data: bytes, path: Path) -> tuple[str, list[Problem]]:
    """Return the text of *data*, read from *path*, or nothing and what is wrong with it."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n"), []
    except UnicodeDecodeError as error:
        message, hint = f"byte {error.start} is not UTF-8", "save the file as UTF-8"
        return "", [Problem(str(path), Position(), "encoding", message, hint)]


def write_bytes(path: Path, data: bytes) -> bool:
    """Write *data* to *path*, whole or not at all; say whether that changed anything.

    A file that holds these bytes is left alone, so that its date of change stays true.

    :raises OSError: if the file cannot be written; it is then as it was.
    """
    try:
        if path.read_bytes() == data:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    part = Path(f"{path}.{os.getpid()}.part")  # its rights are those of any new file
    try:
        part.write_bytes(data)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return True
