"""The frame of all tests with a browser: what it must notice, it notices."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .browser import PHONE, POLICY, Reader, serve
from .conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = (
    "", "papers/index.html", "papers/lee2021railroad.html", "methods/index.html", "methods/saliency.html",
    "leaderboards/index.html", "leaderboards/voc2012.html", "years/2021.html", "authors/index.html",
    "guide/task.html", "references.html", "search.html?q=saliency", "contributing/index.html", "cite.html",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_without_a_complaint_and_without_scrolling_sideways(reader: Reader, path: str) -> None:
    for viewport in ({"width": 1280, "height": 900}, PHONE):
        page = reader.open(path, viewport=viewport)
        assert page.locator("h1").count() <= 1
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<script>1</script>", "Content Security Policy"),
        ('<p style="color: red">x</p>', "Content Security Policy"),
        ('<img alt="" src="https://elsewhere.example/x.png">', "Content Security Policy"),
        ('<img alt="" src="none.png">', "404"),
        ('<script src="wrong.js"></script>', "script: "),
    ],
)
def test_what_is_wrong_on_a_page_is_noticed(chromium: Browser, tmp_path: Path, html: str, said: str) -> None:
    (tmp_path / "index.html").write_text(f"<!doctype html><title>x</title>{html}")
    (tmp_path / "wrong.js").write_text("throw new Error('wrong')")
    with serve(tmp_path) as base:
        reader = Reader(chromium, base)
        answer = reader.open().request.get("")
        assert answer.headers["content-security-policy"] == POLICY
        reader.close()
    assert [each for each in reader.complaints if said in each], reader.complaints


def test_a_request_that_leaves_the_site_is_noticed_and_stopped(chromium: Browser, tmp_path: Path) -> None:
    # The policy lets links lead elsewhere: this one is followed by itself.
    refresh = '<meta http-equiv="refresh" content="1; url=https://elsewhere.example/">'
    (tmp_path / "index.html").write_text(f"<!doctype html><title>x</title>{refresh}")
    with serve(tmp_path) as base:
        reader = Reader(chromium, base)
        reader.open().wait_for_event("requestfailed")
        reader.close()
    assert reader.complaints == ["leaves the site: https://elsewhere.example/"]


def test_without_chromium_tests_are_skipped_and_fail_on_ci() -> None:
    test = f"{Path(__file__).relative_to(ROOT)}::test_what_is_wrong_on_a_page_is_noticed"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", test]
    for ci, outcome in (("false", "5 skipped"), ("true", "5 errors")):
        run = subprocess.run(
            command, cwd=ROOT, env={"PATH": "", "CI": ci}, capture_output=True, text=True, check=False
        )
        assert outcome in run.stdout, run.stdout
        assert "needs Chromium" in run.stdout
