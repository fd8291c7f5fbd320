"""Documents that live outside the source directory."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.project import Project
from sphinx.util.matching import get_matching_files
from sphinx.util.osutil import path_stabilize

from sphinx_papers.formats.storage.files import examine
from sphinx_papers.formats.storage.places import published

if TYPE_CHECKING:
    from sphinx.util._pathlib import _StrPath


@dataclass(frozen=True)
class Mount:
    """A folder whose files appear as documents below *prefix*; ``""`` is the root."""

    folder: Path
    prefix: str
    virtual: bool = False
    """Whether documents count as if they were in the source directory: nobody links to
    their files, and where those are must not show."""


def _files(mount: Mount) -> Iterable[str]:
    """Return what may be mounted: of folders that strangers write into, pages only."""
    if mount.virtual:
        return get_matching_files(mount.folder, ["**"], ["**/.*", ".*"])
    return published(mount.folder)


class MountedProject(Project):
    """A project that finds documents in mounted folders too.

    Sphinx keeps this object in its pickled environment, so the class stands at module
    level and holds plain data only.
    """

    def __init__(
        self, srcdir: str | os.PathLike[str], source_suffix: Iterable[str], mounts: tuple[Mount, ...],
        methods: str,
    ) -> None:  # fmt: skip
        """*methods* is the folder of the method pages within *srcdir*."""
        super().__init__(srcdir, source_suffix)
        self._mounts = mounts
        self._methods = methods
        self._folders = {mount: os.path.relpath(mount.folder, srcdir) for mount in mounts}
        self._mounted: dict[str, tuple[_StrPath, Mount]] = {}

    def discover(self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)) -> set[str]:
        """Find all documents; one in the source directory hides a mounted one."""
        self._mounted = {}
        docnames = super().discover(exclude_paths, include_paths)
        self._refuse(self._methods)
        for mount in self._mounts:
            for name in _files(mount):
                self._mount(mount, name)
        return docnames

    def _refuse(self, folder: str) -> None:
        """Forget the documents of *folder* in the source directory that are no files of it."""
        named = [docname for docname in self.docnames if docname.rpartition("/")[0] == folder]
        for docname in named:
            path = self._docname_to_path[docname]
            try:
                docname.encode()
                examine(self.srcdir / path)
            except (OSError, UnicodeEncodeError):
                self.docnames.discard(docname)
                del self._docname_to_path[docname], self._path_to_docname[path]

    def _mount(self, mount: Mount, name: str) -> None:
        for suffix in self.source_suffix:
            if name.endswith(suffix):
                docname = path_stabilize(mount.prefix + name).removesuffix(suffix)
                if docname not in self.docnames:
                    path = type(self.srcdir)(mount.folder / name)
                    self.docnames.add(docname)
                    self._path_to_docname[path] = docname
                    self._docname_to_path[docname] = path
                    self._mounted[docname] = path, mount
                return

    def mounted(self) -> dict[str, str]:
        """Return from which mount each mounted document comes, its prefix for its name."""
        return {docname: mount.prefix or "/" for docname, (_, mount) in self._mounted.items()}

    def doc2path(self, docname: str, absolute: bool) -> _StrPath:
        """Return the file of *docname*, or its path from the source directory.

        That path leads out of the source directory for a mounted document, so links and
        images in it are found from where it really is, as on a code hosting site.
        """
        if docname not in self._mounted:
            return super().doc2path(docname, absolute)
        path, mount = self._mounted[docname]
        if absolute:
            return path
        if mount.virtual:
            return type(path)(docname + path.suffix)
        # Asked for each document: the way from the source directory to the folder is known.
        return type(path)(self._folders[mount] + os.fspath(path)[len(os.fspath(mount.folder)) :])
