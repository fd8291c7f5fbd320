"""Builds a site as HTML in this process, and writes down every file, connection and program that was asked for.

Called with the folder of the site and the file to write: a line for each event, JSON of its name and arguments.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

_WATCHED = (
    "open", "os.", "shutil.", "socket.", "subprocess.", "urllib.", "http.", "ftplib.", "smtplib.", "tempfile.", "ctypes.dlopen",
)  # fmt: skip
# What only looks, or changes nothing outside of the process.
_UNWATCHED = frozenset(
    {
        "os.chdir",
        "os.fwalk",
        "os.listdir",
        "os.putenv",
        "os.scandir",
        "os.unsetenv",
        "os.walk",
        "socket.__new__",
    }
)


def watch(events: list[list[Any]]) -> None:
    """Add to *events* what happens from now on; nothing can take the hook away again."""

    def hook(name: str, arguments: tuple[Any, ...]) -> None:
        if name.startswith(_WATCHED) and name not in _UNWATCHED:
            events.append([name, *(_plain(each) for each in arguments[:3])])

    sys.addaudithook(hook)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return os.fsdecode(value)
    return value if isinstance(value, str | int | None) else str(value)


_WRITE = {
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.chmod", "os.chown", "os.link", "os.symlink", "os.truncate", "os.utime",
    "shutil.move", "shutil.rmtree", "tempfile.mkstemp", "tempfile.mkdtemp",
}  # fmt: skip
_COPY = {"shutil.copyfile", "shutil.copymode", "shutil.copystat", "shutil.copytree"}
_FINE = (
    # A library looks whether the machine has IPv6.
    ["socket.bind", "('::1', 0)"],
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def events_outside(events: list[list[Any]], reading: list[Path], writing: list[Path]) -> list[list[Any]]:
    """Return the *events* by which a file was read outside of *reading*, or anything else was done outside of *writing*."""
    readable, writable = ([Path(os.path.realpath(each)) for each in places] for places in (reading, writing))
    found = []
    for event in events:
        name, *arguments = event
        if name == "open":
            path, _, flags = arguments[:3]
            places = writable if isinstance(flags, int) and flags & _WRITING else readable
            fits = isinstance(path, int) or _is_below(path, places)
        elif name in _COPY:
            fits = _is_below(arguments[0], readable) and _is_below(arguments[1], writable)
        elif name in _WRITE:
            paths = arguments[: 2 if name in {"os.rename", "shutil.move"} else 1]
            fits = all(isinstance(each, int) or _is_below(each, writable) for each in paths)
        else:
            fits = [name, *arguments[1:2]] in _FINE
        if not fits:
            found.append(event)
    return found


def _is_below(path: str, places: list[Path]) -> bool:
    real = Path(os.path.realpath(path))
    return any(real == place or place in real.parents for place in places)


def main() -> int:
    """Build; the code is that of Sphinx."""
    from sphinx.cmd.build import main as build

    site, log = map(Path, sys.argv[1:3])
    events: list[list[Any]] = []
    os.chdir(site)
    watch(events)
    code = build(
        ["-q", "--no-color", "-E", "-d", "_build/doctrees", "-w", "_build/warnings", "docs", "_build/html"]
    )
    said = "".join(json.dumps(event) + "\n" for event in list(events))
    log.write_text(said, "utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main())
