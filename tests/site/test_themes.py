"""The example under five themes, beside extensions that many projects have, read in light and in dark."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from .browser import DESKTOP, PHONE, serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
DARK = {"furo", "pydata_sphinx_theme", "sphinx_book_theme", "shibuya"}
THEMES = sorted(DARK | {"sphinx_rtd_theme"})
CONFIGURATION = """
extensions += [
    "notfound.extension", "sphinx.ext.autosectionlabel", "sphinx.ext.todo", "sphinx_copybutton", "sphinx_design",
    "sphinx_reredirects", "sphinx_sitemap", "sphinx_tabs.tabs", "sphinx_togglebutton", "sphinxcontrib.mermaid",
    "sphinxext.opengraph",
]
autosectionlabel_prefix_document = True
html_baseurl = "https://example.org/"
ogp_social_cards = {"enable": False}
sitemap_url_scheme = "{link}"
redirects = {"old": "index.html"}
"""
# Themes have styles and scripts in their pages, so the strict policy is not theirs to keep.
POLICY = "default-src 'self' 'unsafe-inline' data:"
CONTRAST = "axe.run('[class*=\"sp-\"]', { runOnly: ['color-contrast'], resultTypes: ['violations'] })"
BLOCKS = ".sp-table, .sp-card, .sp-tools, .sp-chart, .sp-relatives, pre.sp-bibtex"


@pytest.fixture(scope="module", params=THEMES)
def themed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A theme, and the example as a site under it."""
    theme: str = request.param
    root = tmp_path_factory.mktemp(theme)
    shutil.copytree(
        ROOT / "extensions" / "example", root / "example", ignore=shutil.ignore_patterns("_build")
    )
    docs = root / "example" / "docs"
    with (docs / "conf.py").open("a", encoding="utf-8") as file:
        file.write(CONFIGURATION)
    # Everything is an error but what the themes and extensions say of each other.
    command = [
        sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", "-D", f"html_theme={theme}",
        "-d", str(root / "doctrees"), str(docs), str(root / "html"),
    ]  # fmt: skip
    built = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
    assert (built.returncode, built.stderr) == (0, "")
    return theme, root / "html"


@pytest.fixture(scope="module")
def base(themed: tuple[str, Path]) -> Iterator[str]:
    """Where that site is served."""
    with serve(themed[1], POLICY) as address:
        yield address


def opened(chromium: Browser, base: str, path: str, scheme: str) -> Page:
    page = chromium.new_context(base_url=base, viewport=DESKTOP, color_scheme=scheme).new_page()
    page.set_default_timeout(10_000)
    # What a theme has from elsewhere is not fetched.
    page.route(lambda url: not url.startswith(base), lambda route: route.abort())
    page.goto(path)
    page.evaluate(AXE_SCRIPT)
    return page


def unreadable(page: Page) -> list[str]:
    found = page.evaluate(CONTRAST)
    return [
        f"{node['html'][:150]} {node['any'][0]['message']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def lightness(page: Page) -> float:
    """How light the page is behind its text, from 0 to 255."""
    colours = page.evaluate(
        "[document.body, document.documentElement].map((each) => getComputedStyle(each).backgroundColor)"
    )
    opaque = next(each for each in colours if not each.startswith("rgba(0, 0, 0, 0"))
    return sum(float(each) for each in re.findall(r"[\d.]+", opaque)[:3]) / 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_blocks_can_be_read_under_every_theme(
    chromium: Browser, themed: tuple[str, Path], base: str, scheme: str
) -> None:
    theme, _ = themed
    board = opened(chromium, base, "leaderboards/pantry.html", scheme)
    assert (lightness(board) < 100) == (scheme == "dark" and theme in DARK)
    board.locator(".sp-opener").first.click()
    board.locator(".sp-menu summary").first.click()
    assert unreadable(board) == []
    board.locator(".sp-menu summary").first.click()
    board.get_by_role("button", name="Cite or export").first.click()
    board.locator("dialog.sp-panel[open]").wait_for()
    assert unreadable(board) == []
    paper = opened(chromium, base, "papers/oat2021watching.html", scheme)
    assert unreadable(paper) == []
    # Nothing of ours is wider than a phone.
    paper.set_viewport_size(PHONE)
    wide = paper.evaluate(
        f"[...document.querySelectorAll('{BLOCKS}')].filter((each) => each.getBoundingClientRect().right > innerWidth)"
        ".map((each) => each.className)"
    )
    assert wide == []
    for page in (board, paper):
        page.context.close()


def test_other_extensions_find_their_place(themed: tuple[str, Path]) -> None:
    html = themed[1]
    page = (html / "papers/oat2021watching.html").read_text("utf-8")
    for tag in ('property="og:title"', 'property="og:description"', 'name="description"'):
        assert page.count(tag) == 1, tag
    missing = (html / "404.html").read_text("utf-8")
    assert ("There is no page at this address" in missing, "<h1>Page not found" in missing) == (False, True)
    assert "papers/oat2021watching.html" in (html / "sitemap.xml").read_text("utf-8")
