"""The e-book of the site."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sphinx_papers.model.display.fold import WIDE

from .conftest import ROOT, build_site

_XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the e-book and its parts."""
    out = tmp_path_factory.mktemp("book")
    built = build_site("epub", out)
    assert (built.returncode, built.stderr) == (0, "")
    return out / "epub"


def test_epubcheck_finds_nothing(book: Path, tmp_path: Path) -> None:
    if shutil.which("java") is None:
        pytest.skip("java is not here (Debian: apt-get install default-jre-headless)")
    report = tmp_path / "report.json"
    # The package brings the program; its own interface in Python reads no more than this.
    jar = Path(sys.prefix, "lib").glob("python*/site-packages/epubcheck/epubcheck.jar")
    command = [
        "java",
        "-jar",
        str(next(jar)),
        str(next(book.glob("*.epub"))),
        "--json",
        str(report),
        "--quiet",
    ]
    subprocess.run(command, capture_output=True, check=False)
    found = json.loads(report.read_text("utf-8"))
    assert found["checker"]["checkerVersion"].startswith("5.")
    assert [(each["ID"], each["message"], each["locations"][:2]) for each in found["messages"]] == []


def test_its_contents_lead_to_every_page(book: Path) -> None:
    tree = ET.parse(book / "nav.xhtml")
    listed = {(link.get("href") or "").partition("#")[0] for link in tree.iter(f"{_XHTML}a")}
    pages = {path.relative_to(book).as_posix() for path in book.rglob("*.xhtml")}
    assert len(pages) > len(list((ROOT / "papers").glob("*.md")))
    assert pages - listed == {"nav.xhtml"}


def test_its_tables_fit_the_screen_of_a_reader(book: Path) -> None:
    for path in sorted((book / "leaderboards").glob("*.xhtml")):
        for row in ET.parse(path).iter(f"{_XHTML}thead"):
            assert len(list(row.iter(f"{_XHTML}th"))) <= WIDE, path


def test_it_has_a_cover_and_says_what_it_is(book: Path) -> None:
    package = (book / "content.opf").read_text("utf-8")
    assert "unknown" not in package.partition("<manifest>")[0]
    assert 'href="_static/cover.png"' in package
