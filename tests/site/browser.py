"""A reader: the built site behind a web server with a strict policy, and a real browser in front of it."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

POLICY = (
    "default-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
_TIMEOUT = 60_000
"""Milliseconds that a page may take; far more than it needs, for machines with other work."""
_STEP = 50


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files as a strict host does."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, policy: str, **kwargs: Any) -> None:
        self._policy = policy
        super().__init__(*args, **kwargs)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self._policy)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Say nothing: a browser that leaves a page hangs up."""


@contextmanager
def serve(folder: Path, policy: str = POLICY) -> Iterator[str]:
    """Serve *folder* under *policy* and yield its address, which ends with a slash."""
    handler = functools.partial(_Handler, directory=str(folder), policy=policy)
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def launched() -> Iterator[Browser]:
    """Yield Debian's Chromium; where there is none the test is skipped, on CI it fails."""
    path = shutil.which("chromium")
    if path is None:
        reason = "needs Chromium: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        # Its sandbox does not work for root, which is who runs in a container.
        browser = playwright.chromium.launch(executable_path=path, chromium_sandbox=os.geteuid() != 0)
        try:
            yield browser
        finally:
            browser.close()


def until(page: Page, condition: Callable[[], object]) -> None:
    """Wait until *condition* holds; it may ask the page, which a script of the page need not be allowed for.

    :raises AssertionError: if it does not within as long as a page may take.
    """
    waited = 0
    while not condition():
        assert waited < _TIMEOUT, "what was waited for did not come"
        page.wait_for_timeout(_STEP)
        waited += _STEP


class Reader:
    """Opens pages of a site as they are asked for, and notes all that goes wrong on them."""

    def __init__(self, browser: Browser, base: str) -> None:
        self._browser = browser
        self.base = base
        self.complaints: list[str] = []

    def open(self, path: str = "", **options: Any) -> Page:
        """Open *path* in a window of its own.

        *options* are those of a browser's context: ``viewport``, ``color_scheme``, ``java_script_enabled`` ...
        """
        context = self._browser.new_context(base_url=self.base, **{"viewport": DESKTOP} | options)
        context.set_default_timeout(_TIMEOUT)
        context.route("**/*", self._keep_inside)
        page = context.new_page()
        page.on("console", lambda said: self._complain(said.type == "error", f"console: {said.text}"))
        page.on("pageerror", lambda error: self._complain(True, f"script: {error}"))
        page.on("response", lambda got: self._complain(got.status >= 400, f"{got.status}: {got.url}"))
        page.goto(path)
        return page

    def close(self) -> None:
        """Close every window."""
        for context in self._browser.contexts:
            context.close()

    def _keep_inside(self, route: Route) -> None:
        inside = route.request.url.startswith((self.base, "data:", "blob:"))
        self._complain(not inside, f"leaves the site: {route.request.url}")
        if inside:
            route.continue_()
        else:
            route.abort()

    def _complain(self, wrong: bool, what: str) -> None:
        if wrong:
            self.complaints.append(what)
