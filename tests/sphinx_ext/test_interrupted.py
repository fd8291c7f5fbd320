"""A build that is killed, or cannot write, leaves a state from which the next one gives the right site."""

from __future__ import annotations

import errno
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.sphinx_ext.conftest import PACKAGE
from tests.sphinx_ext.test_incremental import EDITS, both

from sphinx_papers.sphinx_ext.output.writing import CannotWriteError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sphinx_ext.conftest import Site

# How many times to kill a build at random: `INTERRUPTED=100 pytest tests/sphinx_ext/test_interrupted.py`.
_MANY = int(os.environ.get("INTERRUPTED", "3"))
EDIT = both(*(EDITS[name] for name in ("title", "heading", "venue's name", "renamed paper", "result")))
# The end of conf.py: a build that kills itself, with all its processes, at an event.
DEADLY = """
def setup(app):
    import os, signal
    event, _, count = os.environ.get("KILL_AT", "").partition(":")
    seen = []
    def kill(*_):
        seen.append(1)
        if len(seen) == int(count):
            os.killpg(0, signal.SIGKILL)
    if event:
        app.connect(event, kill, priority=int(os.environ.get("KILL_PRIORITY", "500")))
"""
MOMENTS = [
    "source-read:4", "doctree-read:9", "env-updated:1", "env-check-consistency:1", "write-started:1",
    "html-page-context:3", "html-page-context:14", "html-collect-pages:1", "build-finished:1",
]  # fmt: skip


@pytest.fixture
def deadly_site(built_site: Site) -> Site:
    built_site.append("docs/conf.py", DEADLY)
    built_site.build()
    return built_site


def clean(site: Site, builder: str = "html") -> dict[str, bytes]:
    found = site.build(builder, folder="_clean").files()
    shutil.rmtree(site.root / "_clean")
    return found


def different(found: dict[str, bytes], wanted: dict[str, bytes]) -> list[str]:
    return sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_build_after_one_that_was_killed_is_right(deadly_site: Site, moment: str) -> None:
    EDIT(deadly_site)
    assert deadly_site.run(folder="_build", KILL_AT=moment).code == -signal.SIGKILL
    assert different(deadly_site.build().files(), clean(deadly_site)) == []


@pytest.mark.parametrize("moment", ["doctree-read:9", "html-page-context:14"])
def test_a_first_build_that_was_killed_is_taken_up(deadly_site: Site, moment: str) -> None:
    shutil.rmtree(deadly_site.root / "_build")
    assert deadly_site.run("-j2", folder="_build", KILL_AT=moment).code == -signal.SIGKILL
    assert different(deadly_site.build().files(), clean(deadly_site)) == []


def test_what_was_read_of_an_edit_that_is_undone_is_read_again(deadly_site: Site) -> None:
    EDITS["title"](deadly_site)
    assert deadly_site.run(folder="_build", KILL_AT="env-updated:1").code == -signal.SIGKILL
    deadly_site.edit("papers/alder2019mending.md", "Without Gaps", "Without Holes")
    # It writes all pages, of what was last read of each.
    assert different(deadly_site.build("dirhtml").files(), clean(deadly_site, "dirhtml")) == []


def test_what_was_read_to_the_end_is_not_read_again(deadly_site: Site) -> None:
    EDITS["title"](deadly_site)
    assert deadly_site.run(folder="_build", KILL_AT="write-started:1").code == -signal.SIGKILL
    assert deadly_site.build().read == []


def killed_after(site: Site, jobs: int, lines: int) -> int:
    """Build, and kill the build when it has said so many *lines*; of none let it end, and return how many."""
    command = [sys.executable, "-m", "sphinx", "-nv", "--no-color", "-j", str(jobs), "-d", "_build/doctrees"]
    with subprocess.Popen(
        [*command, "docs", "_build/html"],
        cwd=site.root,
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        said = 0
        for _ in process.stdout:
            said += 1
            if said == lines:
                os.killpg(process.pid, signal.SIGKILL)
                break
        else:
            assert process.wait() == 0 or lines
    return said


def test_a_build_may_be_killed_at_any_time(built_site: Site) -> None:
    chance = random.Random(7 if "INTERRUPTED" not in os.environ else None)
    EDIT(built_site)
    wanted = clean(built_site)
    whole = 0
    for number in range(_MANY + 1):
        if number % 2:
            shutil.rmtree(built_site.root / "_build", ignore_errors=True)
        lines = killed_after(built_site, 1 + number % 3 // 2, int(whole * chance.uniform(0.2, 1)))
        whole = whole or lines
        assert whole > 20
        assert different(built_site.build().files(), wanted) == [], f"killed for the {number + 1}th time"


def limited(site: Site, size: int) -> tuple[int, str]:
    """Build where no file may be larger than *size*; return the exit status and what was said."""
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-nq", "--no-color", "-d", "_build/doctrees", "docs", "_build/html"],
        cwd=site.root,
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
        text=True,
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (4_096, "cannot keep what was read of the collection: File too large"),
        (50_000, "cannot write the site or what is kept between builds: File too large"),
        (120_000, "cannot write a page: File too large"),
    ],
)
def test_a_full_disk_is_one_clear_error(site: Site, size: int, said: str) -> None:
    # Four times as long as HTML, twice as long as a document.
    signs = "<" * 35_000
    site.write("docs/long.md", f"---\norphan: true\n---\n# Long\n\n```text\n{signs}\n```\n")
    code, stderr = limited(site, size)
    assert code == 2
    assert stderr.count("Cannot write!") == 1
    assert said in stderr
    assert "WARNING" not in stderr
    assert different(site.build().files(), clean(site)) == []


def test_a_file_that_cannot_be_read_is_no_error_of_writing(site: Site) -> None:
    site.append(
        "docs/conf.py", "\ndef setup(app):\n    app.connect('env-updated', lambda *_: open('gone.md'))\n"
    )
    code, stderr = limited(site, 10**9)
    assert code == 2
    assert "No such file or directory: 'gone.md'" in stderr
    assert "Cannot write" not in stderr


def test_an_output_folder_that_is_none_is_one_clear_error(site: Site) -> None:
    site.write("_build/html", "A file.")
    code, stderr = limited(site, 10**9)
    assert code == 2
    assert "Output directory" in stderr
    assert "is not a directory" in stderr


@pytest.fixture
def no_room(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let no export take its place, until the returned function is called."""
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if target.name == "papers.bib":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    return monkeypatch.undo


@pytest.mark.parametrize("processes", [1, 2])
def test_no_export_is_half_written(built_site: Site, no_room: Callable[[], None], processes: int) -> None:
    export = built_site.root / "_build" / "html" / "papers.bib"
    before = export.read_bytes()
    EDITS["title"](built_site)
    with pytest.raises(
        CannotWriteError, match=r"cannot write the exports: No space left on device \(.*papers.bib"
    ):
        built_site.build(parallel=processes)
    assert export.read_bytes() == before
    assert list(export.parent.glob("*.part")) == []
    no_room()
    after = built_site.build().files()
    assert after["papers.bib"] != before
    assert different(after, clean(built_site)) == []
