"""Files packed so that equal files make equal bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

_RIGHTS = 0o100644
"""Of each file when it is unpacked: it is an ordinary one, which all may read."""
_UNIX = 3


def write_archive(path: Path, files: Mapping[str, Path | bytes]) -> None:
    """Pack *files*, by their names, into one folder called as *path*: in order, without their times, whole or not at all.

    :raises OSError: if a file cannot be read, or the archive not written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as packed:
            for name in sorted(files):
                entry = zipfile.ZipInfo(f"{path.stem}/{name}")
                entry.create_system, entry.external_attr = _UNIX, _RIGHTS << 16
                held = files[name]
                data = held if isinstance(held, bytes) else held.read_bytes()
                packed.writestr(entry, data, zipfile.ZIP_DEFLATED)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
