"""The real site, built and read as its readers get it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_papers.formats.records.folder import read_collection
from sphinx_papers.formats.storage.places import Places

from .browser import Reader, launched, serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from sphinx_papers.model.records.library import Library

ROOT = Path(__file__).parents[2]


def build_site(builder: str, out: Path) -> subprocess.CompletedProcess[str]:
    """Build the real site with warnings as errors."""
    command = [
        sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", "-b", builder,
        "-d", str(out / "doctrees"), str(ROOT / "docs"), str(out / builder),
    ]  # fmt: skip
    return subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site in HTML; BUILT_SITE in the environment names one that was just built."""
    if "BUILT_SITE" in os.environ:
        return Path(os.environ["BUILT_SITE"])
    out = tmp_path_factory.mktemp("site")
    built = build_site("html", out)
    assert (built.returncode, built.stderr) == (0, "")
    return out / "html"


@pytest.fixture(scope="session")
def library() -> Library:
    """The records that the site is made of."""
    places = Places(
        papers=ROOT / "papers",
        methods=ROOT / "docs" / "methods",
        registries=ROOT / "docs" / "registries",
        bibliography=ROOT / "docs" / "references.bib",
    )
    return read_collection(places).library


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served."""
    with serve(site) as base:
        yield base


@pytest.fixture
def reader(chromium: Browser, address: str) -> Iterator[Reader]:
    """Opens pages; the test fails if one reports an error, breaks the policy or asks another host."""
    reader = Reader(chromium, address)
    yield reader
    reader.close()
    assert reader.complaints == []


@pytest.fixture
def page(reader: Reader) -> Page:
    """The home page on a desktop, in light colours."""
    return reader.open()
