"""Files, read and written so that nothing is lost, nothing is half there and nothing is elsewhere."""

from __future__ import annotations

import errno
import os
import secrets
import stat
import time
from contextlib import suppress
from pathlib import Path

from sphinx_papers.model.problem import Position, Problem

_LARGEST = 64 * 2**20
_PART = ".sphinx-papers-{}.part"  # short whatever the file is called, and hidden: it is no page
_STALE = 60.0
"""Seconds after which nobody writes to a part any more."""


def examine(path: str | Path) -> os.stat_result:
    """Return what the file system says of *path*, if it can be read as a file of a collection.

    :raises OSError: if it is not there; if it is a link that leads out of its folder, which would
        publish what is there; if it is a device, a pipe or a folder; if it is larger than any page.
    """
    found = os.lstat(path)
    if stat.S_ISLNK(found.st_mode):
        folder, target = os.path.realpath(os.path.dirname(path)), os.path.realpath(path)  # noqa: PTH120
        if not target.startswith(os.path.join(folder, "")):  # noqa: PTH118
            raise OSError(errno.EPERM, "it is a link that leads out of its folder", str(path))
        found = os.stat(path)  # noqa: PTH116
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
    if found.st_size > _LARGEST:
        raise OSError(errno.EFBIG, f"it has more than {_LARGEST // 2**20} MB", str(path))
    return found


def read_text(path: Path) -> tuple[str, list[Problem]]:
    """Return the text of *path*, or nothing and what is wrong with it; never raises.

    A byte order mark is dropped, and lines end as they do in Python.
    """
    try:
        examine(path)
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


def stays(name: object) -> bool:
    """Say whether *name*, in which folders end in ``/``, names a file below whatever folder it is seen from."""
    return isinstance(name, str) and not any(
        part in {"", ".", ".."} or "\0" in part or os.path.isabs(part)  # noqa: PTH117
        for part in name.split("/")
    )


def inside(folder: Path, name: str) -> Path:
    """Return the path of the file *name* below *folder*; folders in a name end in ``/``.

    :raises OSError: if the name, or a link below *folder*, leads out of it.
    """
    *folders, file = name.split("/")
    path, held = Path(folder), stays(name)  # Sphinx has paths of its own, which replace letters
    for part in folders if held else ():
        path /= part
        held = held and not (
            path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
        )
    if not held:
        raise OSError(errno.EPERM, f"`{name}` leads out of its folder", str(folder))
    return path / file


def write_bytes(folder: Path, name: str, data: bytes) -> bool:
    """Write *data* to the file *name* below *folder*, whole or not at all; say whether that changed anything.

    A file that holds these bytes is left alone, so that its date of change stays true. One that
    is replaced keeps its rights; a link gives way to the file, and what it led to stays.

    :raises OSError: if the file cannot be written, or would be outside of *folder*; all is then as it was.
    """
    path = inside(folder, name)
    before: os.stat_result | None = None
    try:
        before = path.lstat()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    if before is not None and stat.S_ISREG(before.st_mode):
        if before.st_size == len(data) and path.read_bytes() == data:
            return False
    elif before is not None and not stat.S_ISLNK(before.st_mode):
        raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
    part = path.with_name(_PART.format(secrets.token_hex(8)))
    try:
        with part.open("xb") as file:
            if before is not None and stat.S_ISREG(before.st_mode):
                _like(part, before)  # while there is nothing in it that others could read
            file.write(data)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return True


def _like(part: Path, before: os.stat_result) -> None:
    """Give *part* the owner, if we may, and the rights of the file that it replaces."""
    now = part.stat()
    if hasattr(os, "chown") and (now.st_uid, now.st_gid) != (before.st_uid, before.st_gid):
        with suppress(PermissionError):
            os.chown(part, before.st_uid, before.st_gid)
    if now.st_mode != before.st_mode:
        part.chmod(stat.S_IMODE(before.st_mode))


def write_output(path: Path, data: bytes) -> None:
    """Write *data* to what somebody named: to the file that a link leads to, into a device or a pipe.

    A file is written whole or not at all; nothing else is replaced by one, and no folder is made.

    :raises OSError: if it cannot be written; a pipe from which nobody reads is not waited for.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        found = None  # there may be a link to what is not there yet
    # What stands there may be a file that somebody else has open: /dev/stdout.
    system = Path(os.path.abspath(path)).parts[1:2] in {("dev",), ("proc",)}  # noqa: PTH100  the name counts
    if found is None or (stat.S_ISREG(found.st_mode) and not system):
        if found is not None and not os.access(path, os.W_OK):
            raise OSError(errno.EACCES, "it may not be written", str(path))
        target = path.resolve()
        if not target.parent.is_dir():
            raise OSError(errno.ENOENT, "there is no such folder; make it first", str(path))
        sweep(target.parent)
        write_bytes(target.parent, target.name, data)
        return
    try:
        end = os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        if error.errno == errno.ENXIO and stat.S_ISFIFO(found.st_mode):
            raise OSError(errno.ENXIO, "nobody reads from this pipe", str(path)) from error
        raise
    with open(end, "wb", buffering=0) as stream:  # noqa: PTH123  of what is open already
        os.set_blocking(end, True)
        left = memoryview(data)
        while left:
            left = left[stream.write(left) :]


def sweep(folder: Path) -> None:
    """Delete the parts in *folder* that were left when a program was killed while it wrote.

    :raises OSError: if one cannot be deleted.
    """
    for part in folder.glob(_PART.format("*")):
        with suppress(FileNotFoundError):
            if time.time() - part.lstat().st_mtime > _STALE:
                part.unlink()
