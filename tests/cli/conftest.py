"""A small collection on disk, with the command run in its folder."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sphinx_papers.cli import web

FILES = {
    "docs/registries/venues.yml": "cvpr: {name: CVPR, full: Vision, proceedings: Proc. of Vision, kind: conference}\n",
    "docs/registries/facets.yml": "supervision: {name: Labels, many: true, terms: {image: {name: Image labels}}}\n",
    "docs/methods/erasing.md": "---\nmethod: {name: Erasing, summary: Hides what was found.}\n---\n# Erasing\n",
    "docs/references.bib": "@misc{zhou2016learning, title = {Deep Features}, year = 2016}\n",
    "papers/lee2021maps.md": (
        "---\npaper:\n  title: Maps of CAMs\n  summary: Draws maps.\n  authors: [Émile Lee]\n  date: 2021-05\n"
        "  venue: {id: cvpr, year: 2021}\n  methods: [erasing]\n  builds_on: [zhou2016learning]\n---\n# Maps\n"
    ),
    "papers/berg2020boxes.md": (
        "---\npaper:\n  title: Boxes\n  summary: Draws boxes.\n  date: 2020\n  supervision: [image]\n  authors: [Ada Berg]\n---\n# Boxes\n"
    ),
}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a collection in which nothing is wrong, and work in it."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def edit(site: Path) -> Callable[[str, str, str], None]:
    """Return a function that replaces a text in a file of the collection."""

    def replace(name: str, old: str, new: str) -> None:
        text = (site / name).read_text("utf-8")
        assert old in text
        (site / name).write_text(text.replace(old, new), "utf-8")

    return replace


Reply = tuple[int, dict[str, str], bytes]


class Service:
    """A server on this machine that gives the answers it is told to, and remembers the questions."""

    def __init__(self) -> None:
        self.replies: dict[str, list[Reply | Callable[[BaseHTTPRequestHandler], None]]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = urlsplit(self.path).path
                service.asked.append((self.path, dict(self.headers)))
                replies = service.replies.get(path, [(404, {}, b"not here")])
                reply = replies.pop(0) if len(replies) > 1 else replies[0]
                if callable(reply):
                    reply(self)
                    return
                status, headers, body = reply
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def says(self, path: str, *replies: bytes | Reply | Callable[[BaseHTTPRequestHandler], None]) -> None:
        self.replies[path] = [(200, {}, each) if isinstance(each, bytes) else each for each in replies]


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    service = Service()
    thread = threading.Thread(target=service.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    monkeypatch.setenv("SPHINX_PAPERS_ARXIV", f"{service.address}/api/query")
    monkeypatch.setenv("SPHINX_PAPERS_DOI", f"{service.address}/")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    quick = web.Web.__init__.__kwdefaults__
    monkeypatch.setitem(quick, "pause", 0.0)
    monkeypatch.setitem(quick, "backoff", 0.0)
    monkeypatch.setitem(quick, "seconds", 1.0)
    monkeypatch.setattr(web, "_LARGEST", 100_000)
    yield service
    service.server.shutdown()
    service.server.server_close()
    thread.join()
