"""One build, measured: a process of its own, stopped when it takes too long."""

from __future__ import annotations

import gzip
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.subjects import Project, Step

# Written by every build, whatever changed.
_ALWAYS_WRITTEN = {"search.html", "genindex.html"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """What a build cost and what it wrote; times in seconds, sizes in bytes."""

    processor: float
    """User and system time of the process and its children."""
    wall: float
    memory: int
    """The most that one process held: the parent or the largest child."""
    page: int
    """The HTML of a paper's page, on average."""
    html: int
    output: int
    search: int
    """The search index, as it is on the disk."""
    packed_search: int
    """The search index as a server sends it, packed by gzip."""
    largest: int
    """The largest page as a server sends it."""
    written: int
    """Pages written."""
    changed: int
    """Pages that read otherwise than before, or are new."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """A build that came to no end."""

    why: str
    failed: bool = False
    """Whether the build gave up by itself."""


def run(project: Project, step: Step, jobs: int, limit: float) -> Build | Stopped:
    """Make the change of *step* in *project*, then build it.

    :param jobs: how many processes build.
    :param limit: after how many seconds the build is stopped.
    """
    if step is Step.CLEAN:
        put_aside(project.html.parent)
    project.change(step)
    before = _pages(project.html)
    command = [sys.executable, "-m", "sphinx", "-q", "-j", str(jobs), "-d", str(project.doctrees)]
    if project.subject.strict:
        command.append("-W")
    command += [str(project.source), str(project.html)]
    spent = spend(command, limit)
    if isinstance(spent, Stopped):
        return spent
    processor, wall, memory = spent
    after = _pages(project.html)
    files = [path for path in project.html.rglob("*") if path.is_file()]
    papers = [
        path.stat().st_size for path in (project.html / "papers").glob("*.html") if path.stem != "index"
    ]
    search = _search_index(project.html)
    return Build(
        processor=processor,
        wall=wall,
        memory=memory,
        page=sum(papers) // len(papers),
        html=sum(path.stat().st_size for path in files if path.suffix == ".html"),
        output=sum(path.stat().st_size for path in files),
        search=sum(map(len, search)),
        packed_search=sum(len(gzip.compress(each, mtime=0)) for each in search),
        largest=_largest(path for path in files if path.suffix == ".html"),
        written=sum(before.get(name, (0, b""))[0] != when for name, (when, _) in after.items()),
        changed=sum(before.get(name, (0, b""))[1] != digest for name, (_, digest) in after.items()),
    )


def put_aside(folder: Path) -> None:
    """Move *folder*, if it is there, to a place of its own beside it.

    Were it deleted, the build that is measured next would pay for it: for some minutes ext4 goes around the places
    of files that were deleted, one by one, whenever one is made. With 4,000 files that is a second.
    """
    if folder.is_dir():
        folder.rename(Path(tempfile.mkdtemp(prefix=f"{folder.name}-", dir=folder.parent)) / folder.name)


def _search_index(html: Path) -> list[bytes]:
    """Return the files of the search index: one where it is Sphinx's."""
    files = [html / "searchindex.js", *html.glob("_search/*.js")]
    return [file.read_bytes() for file in files if file.is_file()]


def _largest(pages: Iterable[Path]) -> int:
    """Return the size of the page that is the largest when it is packed.

    None of those that are smaller than that as they are can be, so most need not be packed.
    """
    largest = 0
    for _, path in sorted(((path.stat().st_size, path) for path in pages), reverse=True):
        if path.stat().st_size <= largest:
            break
        largest = max(largest, len(gzip.compress(path.read_bytes(), mtime=0)))
    return largest


def _pages(html: Path) -> dict[str, tuple[int, bytes]]:
    """Return when each page was written, in nanoseconds, and a digest of it."""
    return {
        path.relative_to(html).as_posix(): (
            path.stat().st_mtime_ns,
            hashlib.blake2b(path.read_bytes()).digest(),
        )
        for path in html.rglob("*.html")
        if path.name not in _ALWAYS_WRITTEN
    }


def spend(command: list[str], limit: float) -> tuple[float, float, int] | Stopped:
    """Run *command*; return its processor time, its wall time and its peak memory.

    It gets a process group of its own, so that its workers are stopped with it. Linux counts in
    the memory of a process what the one held that started it, so this one must stay small.
    """
    # Nobody works with a Python that compiles its modules anew each time.
    environment = {name: each for name, each in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile() as errors:
        begin = time.perf_counter()
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=errors, start_new_session=True
        )
        late = threading.Event()

        def stop() -> None:
            late.set()
            os.killpg(process.pid, signal.SIGKILL)

        timer = threading.Timer(limit, stop)
        timer.start()
        try:
            # Of all ways to wait only this one tells what this one process used, its children counted in.
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            timer.cancel()
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if late.is_set():
            return Stopped(f"cut off after {limit:g} s")
        if process.returncode:
            errors.seek(0)
            print(errors.read().decode("utf-8", "replace"), file=sys.stderr)
            return Stopped(f"failed with exit status {process.returncode}", failed=True)
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * unit
