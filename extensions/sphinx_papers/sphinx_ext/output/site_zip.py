"""The whole site as one file, for readers who want it on a disk."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ConfigError

from sphinx_papers.formats.storage.archive import write_archive
from sphinx_papers.sphinx_ext.addresses import PREVIEWS
from sphinx_papers.sphinx_ext.failures import clear_errors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

_NAME = re.compile(r"[\w-][\w.-]*\.zip")
_BUILDER = "html"
"""The links of other builders need a server."""


def check_zip(app: Sphinx, config: Config) -> None:
    """Refuse what is no name of a zip.

    :raises ConfigError: if the name has a folder or another ending.
    """
    if config.papers_zip and not _NAME.fullmatch(config.papers_zip):
        message = f"papers_zip = {config.papers_zip!r}: a file name with the ending .zip is wanted, without a folder"
        raise ConfigError(message)


def offer_zip(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Tell templates the name of the zip, where there will be one."""
    context["papers_zip"] = app.config.papers_zip if app.builder.name == _BUILDER else ""


def write_zip(app: Sphinx, error: Exception | None) -> None:
    """Write the zip beside the pages, unless it holds them already.

    Hidden files are no part of a site, and the pictures beside links are for other sites alone.
    """
    name = app.config.papers_zip
    if error is not None or not name or app.builder.name != _BUILDER:
        return
    folder, path = Path(app.outdir), Path(app.outdir, name)
    files = {
        file.relative_to(folder).as_posix(): file
        for file in folder.rglob("*")
        if file != path
        and file.is_file()
        and not file.relative_to(folder).as_posix().startswith((".", f"{PREVIEWS}/"))
    }
    with clear_errors(f"write {name}"):
        if not _holds(path, files):
            write_archive(path, files)


def _holds(path: Path, files: Mapping[str, Path]) -> bool:
    """Say whether the zip holds *files*; their times say nothing, as Sphinx writes some anew in every build."""
    try:
        with zipfile.ZipFile(path) as packed:
            held = {each.filename.partition("/")[2]: (each.file_size, each.CRC) for each in packed.infolist()}
    except (OSError, zipfile.BadZipFile):
        return False
    return held.keys() == files.keys() and all(held[name] == _sum(file) for name, file in files.items())


def _sum(file: Path) -> tuple[int, int]:
    data = file.read_bytes()
    return len(data), zlib.crc32(data)
