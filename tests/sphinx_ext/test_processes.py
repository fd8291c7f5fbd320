"""The same bytes whatever the number of processes, the seed of hashes, the zone, the clock and the folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sphinx.errors import SphinxParallelError
from tests.sphinx_ext.conftest import PACKAGE

from sphinx_papers.sphinx_ext.reading.collection import shared_out

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Ran, Site


@pytest.fixture(scope="session")
def parallel_site(tmp_path_factory: pytest.TempPathFactory, copy: Callable[[Path], Site]) -> Site:
    return copy(tmp_path_factory.mktemp("processes") / "site")


@pytest.fixture(scope="session")
def serial(parallel_site: Site) -> Ran:
    return parallel_site.run("-j1", folder="_serial", PYTHONHASHSEED="1", TZ="UTC")


def different(one: Ran, other: Ran) -> list[str]:
    first, second = one.files(), other.files()
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


@pytest.mark.parametrize(
    "processes",
    [("-j1", {"PYTHONHASHSEED": "2"}), ("-j2", {}), ("-j4", {}), ("-j1", {"TZ": "Pacific/Kiritimati"})],
    ids=["seed", "two", "four", "zone"],
)
def test_pages_do_not_depend_on_processes_hash_seed_or_time_zone(
    parallel_site: Site, serial: Ran, processes: tuple[str, dict[str, str]]
) -> None:
    option, environment = processes
    other = parallel_site.run(option, folder="_other", **{"PYTHONHASHSEED": "1", "TZ": "UTC", **environment})
    shutil.rmtree(other.outdir.parent / "doctrees")
    assert (serial.code, serial.stderr) == (other.code, other.stderr) == (0, "")
    assert len(serial.files()) > 50
    assert different(serial, other) == []


def test_pages_do_not_depend_on_the_folder_of_the_checkout(
    serial: Ran, tmp_path: Path, copy: Callable[[Path], Site]
) -> None:
    other = copy(tmp_path / "another" / "place" / "with a blank").run("-j1", folder="_built")
    assert different(serial, other) == []


# Takes the place of all ways in which Python tells the time, before anything else is imported.
CLOCK = """
import datetime, time

def shifted(function):
    return lambda *given: function(*given) + (SHIFT * 10**9 if "ns" in function.__name__ else SHIFT)

def at(function):
    return lambda *given: function(*(given or [time.time()]))

SHIFT = 40 * 365 * 24 * 3600
time.time, time.time_ns = shifted(time.time), shifted(time.time_ns)
time.gmtime, time.localtime = at(time.gmtime), at(time.localtime)
time.strftime = lambda form, *given, strftime=time.strftime: strftime(form, *(given or [time.localtime()]))

class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls):
        return cls.utcfromtimestamp(time.time())

    today = now

class Date(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())

datetime.datetime, datetime.date = Later, Date
"""


@pytest.fixture
def another_time(tmp_path: Path) -> str:
    """A folder of modules that has Python begin forty years later."""
    (tmp_path / "clock").mkdir()
    (tmp_path / "clock" / "sitecustomize.py").write_text(CLOCK)
    return f"{tmp_path / 'clock'}{os.pathsep}{PACKAGE.parent}"


def year_of(path: str) -> int:
    """The year that a process of its own says it is."""
    code = (
        "import datetime, time; print(datetime.datetime.now().year, time.localtime()[0], time.strftime('%Y'))"
    )
    environment = {**os.environ, "PYTHONPATH": path}
    said = subprocess.run(
        [sys.executable, "-c", code], env=environment, text=True, capture_output=True, check=True
    )
    (year,) = set(said.stdout.split())
    return int(year)


def test_pages_do_not_depend_on_the_clock(parallel_site: Site, serial: Ran, another_time: str) -> None:
    assert year_of(another_time) - year_of("") in {39, 40}
    other = parallel_site.run("-j1", folder="_later", PYTHONPATH=another_time)
    assert (other.code, other.stderr) == (0, "")
    assert different(serial, other) == []


def test_the_date_of_the_source_takes_the_place_of_the_clock(site: Site, another_time: str) -> None:
    site.append(
        "docs/conf.py", 'html_last_updated_fmt = "%Y-%m-%d %H:%M"\nhtml_last_updated_use_utc = True\n'
    )
    site.edit("docs/_templates/layout.html", '<p class="edit">', '<p>{{ last_updated }}</p><p class="edit">')
    epoch = str(86400 * 365 * 20)  # in December 1989
    one = site.run("-j1", folder="_one", SOURCE_DATE_EPOCH=epoch, TZ="UTC")
    other = site.run(
        "-j1", folder="_other", SOURCE_DATE_EPOCH=epoch, TZ="Pacific/Kiritimati", PYTHONPATH=another_time
    )
    assert (one.code, one.stderr) == (other.code, other.stderr) == (0, "")
    assert different(one, other) == []
    assert b"1989-12-27 00:00" in one.files()["papers/alder2019mending.html"]


def test_what_two_processes_read_is_known_to_the_next_build(site: Site) -> None:
    assert site.run("-j2").code == 0
    site.edit("papers/alder2019mending.md", "Without Holes", "Without Gaps")
    # In this process and with the same state: had the merge lost what a page shows, it would stay as it is.
    again = site.build(folder="_run")
    assert "papers/dogwood2021chorus" in again.read
    after = again.files()
    shutil.rmtree(site.root / "_run")
    wanted = site.build(folder="_run").files()
    pages = [name for name in wanted if name.endswith(".html")]
    assert [name for name in pages if after[name] != wanted[name]] == []


@pytest.mark.parametrize(("count", "nproc"), [(0, 2), (49, 2), (50, 1), (50, 2), (121, 4)])
def test_work_that_is_shared_out_comes_back_in_order(count: int, nproc: int) -> None:
    done = shared_out(nproc, lambda value: (value, os.getpid()), iter(range(count)))
    assert [value for value, _ in done] == list(range(count))
    others = {process for _, process in done} - {os.getpid()}
    assert len(others) == (nproc if nproc > 1 and count >= 50 else 0)


def test_what_fails_in_shared_work_is_said() -> None:
    with pytest.raises(SphinxParallelError, match="ZeroDivisionError"):
        shared_out(2, lambda value: 1 / (value - 40), range(50))
