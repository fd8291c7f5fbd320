from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import html5lib
import pytest
from sphinx.testing.util import SphinxTestApp
from sphinx.util.console import strip_escape_sequences

import sphinx_papers

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from sphinx.environment import BuildEnvironment

ROOTS = Path(__file__).parent.parent / "roots"
PACKAGE = Path(sphinx_papers.__file__).resolve().parent


def text_of(element: Element) -> str:
    """What a reader sees of *element*, with white space folded and without Sphinx's permalinks."""
    return " ".join("".join(element.itertext()).replace("¶", "").split())


class Page:
    """A page of HTML, parsed."""

    def __init__(self, text: str) -> None:
        self.tree: Element = html5lib.parse(text, namespaceHTMLElements=False)

    def one(self, path: str) -> Element:
        found = self.tree.findall(path)
        assert len(found) == 1, f"{len(found)} elements match {path}"
        return found[0]

    @cached_property
    def identifiers(self) -> set[str]:
        return {each.get("id", "") for each in self.tree.iter()}

    def section(self, identifier: str) -> Element:
        return self.one(f".//section[@id='{identifier}']")

    @property
    def body(self) -> Element:
        """The part of the page that comes from its document."""
        return self.one(".//div[@class='body']")

    @staticmethod
    def texts(element: Element, path: str) -> list[str]:
        return [text_of(each) for each in element.findall(path)]

    @staticmethod
    def links(element: Element, path: str = ".//a") -> list[tuple[str, str]]:
        """Text and address of each link below *element*, but for permalinks."""
        return [
            (text_of(link), link.get("href", ""))
            for link in element.findall(path)
            if "headerlink" not in link.get("class", "")
        ]

    @staticmethod
    def rows(element: Element) -> list[list[str]]:
        """The only table below *element*, its head first; a heading over rows is a row of one."""
        tables = element.findall(".//table")
        assert len(tables) == 1, f"{len(tables)} tables"
        return [[text_of(cell) for cell in row] for row in tables[0].iter("tr")]

    @staticmethod
    def fields(element: Element, name: str) -> dict[str, str]:
        """The lines of the only field list of class *name* below *element*."""
        lists = [each for each in element.iter("dl") if name in each.get("class", "").split()]
        assert len(lists) == 1, f"{len(lists)} lists of class {name}"
        labels = [text_of(each) for each in lists[0].findall("dt")]
        return dict(zip(labels, [text_of(each) for each in lists[0].findall("dd")], strict=True))


@dataclass
class Built:
    """What one build left behind; the application is gone by then."""

    outdir: Path
    warnings: list[str]
    env: BuildEnvironment
    read: list[str] = field(default_factory=list)
    """The documents that were read, in order."""
    _pages: dict[str, Page] = field(default_factory=dict)

    def page(self, docname: str) -> Page:
        if docname not in self._pages:
            self._pages[docname] = Page((self.outdir / f"{docname}.html").read_text("utf-8"))
        return self._pages[docname]

    def files(self) -> dict[str, bytes]:
        """Every file that a web server would serve."""
        return served(self.outdir)


def served(outdir: Path) -> dict[str, bytes]:
    return {
        path.relative_to(outdir).as_posix(): path.read_bytes()
        for path in sorted(outdir.rglob("*"))
        if path.is_file() and path.name != ".buildinfo"
    }


@dataclass
class Site:
    """A copy of a root that a test may change and build."""

    root: Path

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.root / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{file} holds {old!r} {text.count(old)} times"
        path.write_text(text.replace(old, new), "utf-8")

    def write(self, file: str, text: str) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def append(self, file: str, text: str) -> None:
        path = self.root / file
        path.write_text(path.read_text("utf-8") + text, "utf-8")

    def build(self, builder: str = "html", folder: str = "_build", parallel: int = 1, **config: Any) -> Built:
        """Build in this process, from the repository's root as a contributor would."""
        read: list[str] = []

        def note(_app: object, _env: object, docnames: list[str]) -> None:
            read.extend(docnames)

        with contextlib.chdir(self.root), warnings.catch_warnings():
            # What MyST calls is not ours to mend; the same call in our own code still fails.
            warnings.filterwarnings("ignore", r"'(myst_parser|sphinxcontrib)\.", PendingDeprecationWarning)
            app = SphinxTestApp(
                builder,
                srcdir=self.root / "docs",
                builddir=self.root / folder,
                confoverrides={"nitpicky": True, **config},
                parallel=parallel,
            )
            app.connect("env-before-read-docs", note)
            try:
                app.build()
                said = strip_escape_sequences(app.warning.getvalue()).replace(f"{self.root}/", "")
                return Built(Path(app.outdir), said.splitlines(), app.env, read)
            finally:
                app.cleanup()

    def run(self, *options: str, folder: str = "_run", **environment: str) -> Ran:
        """Build as HTML in a process of its own, warnings as errors."""
        command = [sys.executable, "-m", "sphinx", "-nqW", "--no-color", *options]
        with subprocess.Popen(
            [*command, "-d", f"{folder}/doctrees", "docs", f"{folder}/html"],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(PACKAGE.parent), **environment},
            text=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as process:
            try:
                _, said = process.communicate(timeout=90)
            except subprocess.TimeoutExpired:
                # Sphinx waits for its own processes for ever when it fails between them.
                os.killpg(process.pid, signal.SIGKILL)
                raise
        return Ran(self.root / folder / "html", process.returncode, said.replace(f"{self.root}/", ""))


@dataclass
class Ran:
    """What a build in another process left behind."""

    outdir: Path
    code: int
    stderr: str

    def files(self) -> dict[str, bytes]:
        return served(self.outdir)


def copy_root(name: str, to: Path) -> Site:
    shutil.copytree(ROOTS / name, to)
    return Site(to)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A copy of the collection, not built yet."""
    return copy_root("collection", tmp_path / "site")


@pytest.fixture(scope="session")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A copy of the collection that no test changes; tests may build it again."""
    return copy_root("collection", tmp_path_factory.mktemp("unchanged") / "site")


@pytest.fixture(scope="session")
def built(unchanged: Site) -> Built:
    """The collection as HTML, built once."""
    return unchanged.build()


@pytest.fixture(scope="session")
def built_site_again(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Site]:
    """Give the collection as it was after its first build, whatever was done to it since."""
    # Sphinx reads everything again when a source directory has moved, so the place must stay.
    place = tmp_path_factory.mktemp("stored")
    site = copy_root("collection", place / "site")
    # A page that shows everything would be read again after every edit, which says nothing.
    site.write("docs/showcase.md", "# Showcase\n")
    assert site.build().warnings == []
    shutil.copytree(site.root, place / "copy")

    def again() -> Site:
        shutil.rmtree(site.root)
        shutil.copytree(place / "copy", site.root)
        return site

    return again


@pytest.fixture
def built_site(built_site_again: Callable[[], Site]) -> Site:
    """A copy of the collection that is built already, to change and build again."""
    return built_site_again()


@pytest.fixture(scope="session")
def copy() -> Callable[[Path], Site]:
    """Copy the collection to a place, for fixtures of a wider scope."""
    return lambda to: copy_root("collection", to)


@pytest.fixture(scope="session")
def build_of(copy: Callable[[Path], Site], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Built]:
    """Build a copy of the collection with further files, for fixtures of a wider scope."""

    def build(files: dict[str, str]) -> Built:
        site = copy(tmp_path_factory.mktemp("with") / "site")
        for file, text in files.items():
            site.write(file, text)
        return site.build()

    return build
