"""What is kept between builds may be cut, garbled or added to: the next build is right all the same."""

from __future__ import annotations

import itertools
import signal
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.sphinx_ext.conftest import served
from tests.sphinx_ext.test_interrupted import DEADLY, clean, different

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Site


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garbled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    place = len(data) - 4
    data[place] ^= 1
    path.write_bytes(data)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def linked(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname")


DAMAGE = (cut, garbled, emptied, linked, Path.unlink)


def damage(files: list[Path]) -> None:
    """Damage each of *files* in another way."""
    assert len(files) > 3
    for file, way in zip(files, itertools.cycle(DAMAGE), strict=False):
        way(file)


@pytest.mark.parametrize("stamp", [None, cut])
def test_generated_pages_that_were_damaged_are_written_again(
    built_site: Site, stamp: Callable[[Path], None] | None
) -> None:
    state = built_site.root / "_build/doctrees/papers"
    before = served(built_site.root / "_build/html")
    damage(sorted((state / "pages").rglob("*.md")))
    if stamp is not None:
        stamp(state / "pages.json")
    built = built_site.build()
    assert built.warnings == []
    assert different(built.files(), before) == []


def test_what_was_added_to_the_generated_pages_is_no_page(built_site: Site, tmp_path: Path) -> None:
    pages = built_site.root / "_build/doctrees/papers/pages"
    (pages / "years/added.md").write_text("# Interloper\n")
    (pages / "added.rst").write_text("Interloper\n==========\n")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/added.md").write_text("# Interloper\n")
    (pages / "linked").symlink_to(tmp_path / "elsewhere")
    built = built_site.build()
    assert built.warnings == []
    assert not [name for name, data in built.files().items() if b"Interloper" in data]
    assert (tmp_path / "elsewhere/added.md").is_file()


@pytest.mark.parametrize("way", [cut, emptied])
def test_where_nobody_knows_what_was_being_read_all_is_read_again(
    built_site: Site, way: Callable[[Path], None]
) -> None:
    built_site.append("docs/conf.py", DEADLY)
    built_site.build()
    built_site.edit("papers/alder2019mending.md", "Without Holes", "Without Gaps")
    assert built_site.run(folder="_build", KILL_AT="env-updated:1").code == -signal.SIGKILL
    built_site.edit("papers/alder2019mending.md", "Without Gaps", "Without Holes")
    way(built_site.root / "_build/doctrees/papers/reading")
    built = built_site.build()
    assert set(built.read) == built.env.found_docs
    assert different(built.files(), clean(built_site)) == []
