"""The same pages whatever the number of processes and the seed of Python's hashes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Ran, Site


@pytest.fixture(scope="session")
def parallel_site(tmp_path_factory: pytest.TempPathFactory, copy: Callable[[Path], Site]) -> Site:
    return copy(tmp_path_factory.mktemp("processes") / "site")


@pytest.fixture(scope="session")
def serial(parallel_site: Site) -> Ran:
    return parallel_site.run("-j1", folder="_serial", PYTHONHASHSEED="1")


def different(one: Ran, other: Ran) -> list[str]:
    first, second = one.files(), other.files()
    # Where each build keeps its state is told by its search index; a test of mounted pages looks at that.
    folders = [f"{ran.outdir.parent.name}/".encode() for ran in (one, other)]
    second["searchindex.js"] = second["searchindex.js"].replace(folders[1], folders[0])
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


@pytest.mark.parametrize(("processes", "seed"), [("-j1", "2"), ("-j2", "1")], ids=["seed", "processes"])
def test_pages_do_not_depend_on_processes_or_hash_seed(
    parallel_site: Site, serial: Ran, processes: str, seed: str
) -> None:
    other = parallel_site.run(processes, folder=f"_{processes}-{seed}", PYTHONHASHSEED=seed)
    assert (serial.code, serial.stderr) == (other.code, other.stderr) == (0, "")
    assert len(serial.files()) > 50
    assert different(serial, other) == []


def test_what_two_processes_read_is_known_to_the_next_build(site: Site) -> None:
    assert site.run("-j2").code == 0
    site.edit("papers/alder2019mending.md", "Without Holes", "Without Gaps")
    # In this process and with the same state: had the merge lost what a page shows, it would stay as it is.
    again = site.build(folder="_run")
    assert "years/2019" in again.read
    after = again.files()
    shutil.rmtree(site.root / "_run")
    wanted = site.build(folder="_run").files()
    pages = [name for name in wanted if name.endswith(".html")]
    assert [name for name in pages if after[name] != wanted[name]] == []
