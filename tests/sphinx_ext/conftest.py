from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import html5lib
import pytest
from sphinx.testing.util import SphinxTestApp
from sphinx.util.console import strip_escape_sequences

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from docutils import nodes
    from sphinx.environment import BuildEnvironment

ROOTS = Path(__file__).parent.parent / "roots"


def text_of(element: Element) -> str:
    """What a reader sees of *element*, with white space folded."""
    return " ".join("".join(element.itertext()).split())


@dataclass
class Built:
    """What one build left behind; the application is gone by then."""

    outdir: Path
    warnings: list[str]
    env: BuildEnvironment
    read: list[str] = field(default_factory=list)
    """The documents that were read, in order."""
    written: list[str] = field(default_factory=list)
    """The documents that became pages, in order."""
    _pages: dict[str, Element] = field(default_factory=dict)

    def html(self, docname: str) -> Element:
        if docname not in self._pages:
            text = (self.outdir / f"{docname}.html").read_text("utf-8")
            self._pages[docname] = html5lib.parse(text, namespaceHTMLElements=False)
        return self._pages[docname]

    def main(self, docname: str) -> Element:
        """The part of a page that comes from its document."""
        return one(self.html(docname), ".//div[@class='body']")

    def section(self, docname: str, identifier: str) -> Element:
        return one(self.html(docname), f".//section[@id='{identifier}']")

    def doctree(self, docname: str) -> nodes.document:
        return self.env.get_doctree(docname)

    def files(self) -> dict[str, bytes]:
        """Every file that a web server would serve."""
        return {
            path.relative_to(self.outdir).as_posix(): path.read_bytes()
            for path in sorted(self.outdir.rglob("*"))
            if path.is_file() and path.name != ".buildinfo"
        }


def one(element: Element, path: str) -> Element:
    found = element.findall(path)
    assert len(found) == 1, f"{len(found)} elements match {path}"
    return found[0]


@dataclass
class Site:
    """A copy of a root that a test may change and build."""

    root: Path

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.root / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} does not hold {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    def write(self, file: str, text: str) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def build(
        self, builder: str = "html", folder: str = "_build", *, fresh: bool = False, **config: Any
    ) -> Built:
        """Build in this process, in the repository's root as a contributor would."""
        with contextlib.chdir(self.root), warnings.catch_warnings():
            # What MyST calls is not ours to mend; the same call from our own code still fails.
            warnings.filterwarnings("ignore", r"'(myst_parser|sphinxcontrib)\.", PendingDeprecationWarning)
            app = SphinxTestApp(
                builder, srcdir=self.root / "docs", builddir=self.root / folder, freshenv=fresh,
                confoverrides={"nitpicky": True, **config},
            )  # fmt: skip
            read: list[str] = []
            written: list[str] = []

            def reading(_app: object, _env: object, docnames: list[str]) -> None:
                read.extend(docnames)

            def writing(_app: object, docname: str, _template: str, _context: object, tree: object) -> None:
                if tree is not None:
                    written.append(docname)

            app.connect("env-before-read-docs", reading)
            if app.builder.format == "html":
                app.connect("html-page-context", writing)
            try:
                app.build()
                said = strip_escape_sequences(app.warning.getvalue()).replace(f"{self.root}/", "")
                return Built(Path(app.outdir), said.splitlines(), app.env, read, written)
            finally:
                app.cleanup()

    def run(self, *options: str, folder: str = "_out", **environment: str) -> subprocess.CompletedProcess[str]:
        """Build in a process of its own."""
        command = [sys.executable, "-m", "sphinx", "-q", "--color", *options, "docs", f"{folder}/html", "-d", f"{folder}/trees"]
        return subprocess.run(
            [each for each in command if each != "--color"], cwd=self.root, text=True, capture_output=True, check=False,
            env={**os.environ, **environment},
        )  # fmt: skip


def copy_root(name: str, to: Path) -> Site:
    shutil.copytree(ROOTS / name, to)
    return Site(to)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A copy of the collection, not built yet."""
    return copy_root("collection", tmp_path / "site")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The collection as HTML, built once; not to be changed."""
    return copy_root("collection", tmp_path_factory.mktemp("built") / "site").build()


@pytest.fixture(scope="session")
def root_copier():
    return lambda to: copy_root("collection", to)
