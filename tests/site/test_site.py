from __future__ import annotations

import posixpath
import re
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest

from tests.loaded import loaded

from .conftest import ROOT, build_site

# The hand-kept list that the collection started from: the names its 24 rows print.
SEED = (
    "W-OoD", "MCTformer", "AFA", "ReCAM", "ASDT", "AMR", "URN", "SGWS", "CODNet", "InferCam", "OC-CSE",
    "ECS-Net", "RIB", "EDAM", "EPS", "1T1C", "BAP", "NAL", "BBAM", "AdvCAM",
)  # fmt: skip
SEED_WITHOUT_NAME = (
    "Exploring Pixel-level Self-supervision", "Simpler Does It", "End-to-end Boundary Exploration",
    "Pixel-to-Prototype Contrast", "Non-Salient Region Object Mining",
)  # fmt: skip


@cache
def parsed(page: Path) -> Element:
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    tree: Element = parser.parse(page.read_text("utf-8"))
    errors = [(place, code) for place, code, _ in parser.errors]
    assert errors == [], f"{page.name} is not valid HTML"
    return tree


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_every_page_is_valid_html_with_one_heading_and_unique_ids(site: Path) -> None:
    assert len(pages(site)) > 90
    for page in pages(site):
        tree = parsed(page)
        ids = Counter(node.get("id") for node in tree.iter() if node.get("id"))
        assert [each for each, count in ids.items() if count > 1] == [], page
        if page.name != "search.html":
            assert len(list(tree.iter("h1"))) == 1, page
        assert [img for img in tree.iter("img") if img.get("alt") is None] == [], page


def test_every_link_inside_the_site_leads_somewhere(site: Path) -> None:
    broken = []
    for page in pages(site):
        for node in parsed(page).iter():
            for name in ("href", "src"):
                url = urlsplit(node.get(name) or "")
                if url.scheme or url.netloc or not (url.path or url.fragment):
                    continue
                path = page.relative_to(site).as_posix()
                if url.path:
                    path = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(url.path)))
                    path = path.removeprefix("/")  # of the page for lost readers
                target = site / path
                found = target.is_file()
                # With an equals sign it is no place on the page but what a script of it shows.
                if found and url.fragment and "=" not in url.fragment and target.suffix == ".html":
                    anchors = {each.get("id") for each in parsed(target).iter()}
                    found = unquote(url.fragment) in anchors
                if not found and not url.fragment.startswith("svg-"):
                    broken.append((page.name, node.get(name)))
    assert broken == []


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    for page in pages(site):
        assert [address for address in loaded(parsed(page)) if urlsplit(address).netloc] == [], page
        for node in parsed(page).iter():
            data = node.get("type") in {"application/json", "application/ld+json"}  # which no browser runs
            inline = node.tag == "script" and not node.get("src") and not data
            assert not inline, f"inline script in {page}"
    for sheet in sorted((site / "_static").rglob("*.css")):
        assert not re.search(r"url\(\s*['\"]?(https?:)?//", sheet.read_text("utf-8")), sheet


def test_the_index_lists_the_seed_papers_newest_first(site: Path) -> None:
    table = next(parsed(site / "papers" / "index.html").iter("table"))
    heads = ["".join(head.itertext()) for head in table.iter("th")]
    assert heads == ["Date", "Name", "Title", "Venue", "arXiv", "Code"]
    rows = [["".join(cell.itertext()) for cell in row.iter("td")] for row in table.iter("tr")][1:]
    dates = [row[0] for row in rows]
    assert dates == sorted(dates, key=lambda date: (date + "-00-00")[:10], reverse=True)
    names = {name for row in rows for name in row[1].split(" / ")}
    assert set(SEED) - names == set()
    for title in SEED_WITHOUT_NAME:
        assert [row for row in rows if title in row[2]], title


def test_no_page_lists_all_papers_but_those_that_are_lists(site: Path) -> None:
    keys = {path.stem for path in (ROOT / "papers").glob("*.md")}
    for page in sorted((site / "papers").glob("*.html")):
        if page.stem not in keys:
            continue
        tree = parsed(page)
        side = next(node for node in tree.iter("aside") if "sidebar-drawer" in (node.get("class") or ""))
        links = {posixpath.basename(node.get("href") or "").removesuffix(".html") for node in side.iter("a")}
        assert links & keys == set(), page
        crumbs = next(node for node in tree.iter("nav") if node.get("aria-label") == "Breadcrumbs")
        hrefs = [node.get("href") for node in crumbs.iter("a")]
        assert hrefs[:2] == ["../index.html", "index.html"]
        assert hrefs[-1].startswith("../years/")  # type: ignore[union-attr]


def test_edit_links_open_the_file_that_is_there(site: Path) -> None:
    edits = 0
    for page in pages(site):
        for node in parsed(page).iter("a"):
            if node.get("rel") == "edit":
                path = (node.get("href") or "").partition("/edit/main/")[2]
                assert (ROOT / path).is_file(), (page, path)
                edits += 1
    assert edits > 40


def test_every_entry_of_a_paper_in_the_bibliography_links_to_its_page(site: Path) -> None:
    tree = parsed(site / "references.html")
    links = {node.get("href") for node in tree.iter("a")}
    for path in sorted((ROOT / "papers").glob("*.md")):
        assert f"papers/{path.stem}.html" in links


# LaTeX is written by the step of `.ci/run` that makes the book.
@pytest.mark.parametrize("builder", ["dirhtml", "text"])
def test_the_site_builds_silently_in_every_format(builder: str, tmp_path: Path) -> None:
    built = build_site(builder, tmp_path)
    assert (built.returncode, built.stderr) == (0, "")


def test_read_the_docs_default_command_builds_the_same_site(site: Path, tmp_path: Path) -> None:
    import os
    import subprocess
    import sys

    # As Read the Docs calls it: from the folder of conf.py, with that folder as the source.
    command = [sys.executable, "-m", "sphinx", "-T", "-W", "--keep-going", "-q", "-b", "html"]
    command += ["-d", str(tmp_path / "doctrees"), "-D", "language=en", ".", str(tmp_path / "html")]
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    built = subprocess.run(command, cwd=ROOT / "docs", env=env, capture_output=True, text=True, check=False)
    assert (built.returncode, built.stderr) == (0, "")
    ours = {path.relative_to(site): path.read_bytes() for path in pages(site)}
    theirs = {p.relative_to(tmp_path / "html"): p.read_bytes() for p in pages(tmp_path / "html")}
    assert theirs == ours
