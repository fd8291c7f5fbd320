"""Files that no page can be: one clear line each, from the command and from the build alike, and the rest is right."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_papers.cli import main
from sphinx_papers.formats.text.plain import visible

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Site

SECRET = "---\npaper: {title: Secret, summary: Secret., date: 2020, supervision: [image]}\n---\n# Secret\n"
OUT = "it is a link that leads out of its folder"
ODD = "it is no ordinary file"
STRAY = "this is no page of a paper, and is not shown"


def write(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SECRET, "utf-8")


ODD_FILES: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "papers/zero2020a.md": (lambda path: path.symlink_to("/dev/zero"), "unreadable", OUT),
    "papers/pipe2020b.md": (os.mkfifo, "unreadable", ODD),
    "papers/secret2020c.md": (lambda path: path.symlink_to("../../secret.md"), "unreadable", OUT),
    "papers/dangling2020d.md": (lambda path: path.symlink_to("gone"), "unreadable", "No such file or directory"),
    "papers/loop2020e.md": (
        lambda path: path.symlink_to("loop2020e.md"), "unreadable", "Too many levels of symbolic links",
    ),
    "papers/folder2020f.md": (Path.mkdir, "unreadable", ODD),
    "papers/huge2020g.md": (
        lambda path: (path.touch(), os.truncate(path, 10**12)), "unreadable", "it has more than 64 MB",
    ),
    "papers/sub/below2020h.md": (write, "stray-document", STRAY),
    "papers/other2020i.rst": (write, "stray-document", STRAY),
    f"papers/{'k' * 250}.md": (write, "bad-key", f"`{'k' * 40}...` is no citation key"),
    os.fsdecode(b"papers/\xff\xfe2020j.md"): (write, "bad-key", r"`\udcff\udcfe2020j` is no citation key"),
    "docs/methods/secret.md": (lambda path: path.symlink_to("../../../secret.md"), "unreadable", OUT),
    "docs/methods/pipe.md": (os.mkfifo, "unreadable", ODD),
    "docs/registries/editorial.yml": (os.mkfifo, "unreadable", ODD),
}  # fmt: skip


def said(text: str) -> dict[str, list[tuple[str, str]]]:
    """Return codes and messages by file, of the lines of the command or of the build."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in text.splitlines():
        match = re.fullmatch(
            r"(.*?):1:1: (?:error\[(.*?)\]|WARNING): (.*?)(?: \(.*?\))?(?: \[papers\.(.*)\])?", line
        )
        if match:
            found.setdefault(match[1], []).append((match[2] or match[4], match[3]))
    return found


@pytest.fixture
def odd_site(site: Site) -> Site:
    (site.root.parent / "secret.md").write_text(SECRET, "utf-8")
    (site.root / "docs/registries/editorial.yml").unlink(missing_ok=True)
    for name, (make, _, _) in ODD_FILES.items():
        make(site.root / name)
    (site.root / "papers" / "everything").symlink_to("/")
    return site


def test_check_says_what_is_wrong_with_each(odd_site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    with contextlib.chdir(odd_site.root):
        assert main(["check"]) == 1
    found = said(capsys.readouterr().out)
    for name, (_, code, message) in ODD_FILES.items():
        assert (code, message) in found.pop(visible(name)), name
    assert found == {}


def test_the_build_says_what_is_wrong_with_each_and_shows_nothing_of_it(odd_site: Site) -> None:
    built = odd_site.build()
    expected = {visible(name): [(code, message)] for name, (_, code, message) in ODD_FILES.items()}
    assert said("\n".join(built.warnings)) == expected
    assert len(built.warnings) == len(expected)
    assert not [name for name, data in built.files().items() if b"Secret" in data]
    assert len([each for each in built.env.found_docs if each.startswith("papers/")]) == 7


def test_fixing_pages_touches_none_of_them(odd_site: Site) -> None:
    with contextlib.chdir(odd_site.root):
        assert main(["check", "--fix"]) == 1
    assert (odd_site.root.parent / "secret.md").read_text("utf-8") == SECRET
    assert (odd_site.root / "papers/secret2020c.md").is_symlink()


@pytest.mark.parametrize("name", ["registries/venues.yml", "references.bib"])
def test_registries_and_the_bibliography_are_ordinary_files_too(
    site: Site, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = site.root / "docs" / name
    path.unlink()
    path.symlink_to("/dev/zero")
    with contextlib.chdir(site.root):
        assert main(["check"]) == 1
    assert said(capsys.readouterr().out)[f"docs/{name}"] == [("unreadable", OUT)]


def test_the_name_of_a_page_cannot_act_where_the_build_prints_it(site: Site) -> None:
    for name in ("::stop-commands::t.md", "a\n::stop-commands::t.md", "\x1b[31m\u202e##[add-mask]e.md"):
        write(site.root / "papers" / name)
    with contextlib.chdir(site.root / "papers"):
        ran = site.run("-v")
    lines = [line for line in ran.stderr.splitlines() if "no citation key" in line]
    assert len(lines) == 3
    assert "##[" not in ran.stderr
    assert all(line.isprintable() and not line.lstrip().startswith("::") for line in ran.stderr.splitlines())


PATHS = {
    "facets.yml": ("  terms:\n    marsh:", "  terms:\n    ../../../../../papers/alder2019mending: {name: Out}\n    marsh:"),
    "venues.yml": ("", "../../../../docs/index: {name: A, full: A, proceedings: A, kind: journal}\n"),
    "benchmarks.yml": (
        "", "../../../../README: {name: A, metric: m, range: [0, 1], splits: {v: {name: v}}}\n"
    ),
}  # fmt: skip


def test_a_registry_with_paths_for_keys_has_nothing_written_elsewhere(site: Site) -> None:
    for name, (old, new) in PATHS.items():
        path = site.root / "docs/registries" / name
        text = path.read_text("utf-8")
        path.write_text(text.replace(old, new, 1) if old else new + text, "utf-8")
    before = {path: path.read_bytes() for path in site.root.rglob("*") if path.is_file()}
    built = site.build()
    bad = [line for line in built.warnings if line.endswith("[papers.bad-identifier]")]
    assert len(bad) == len(PATHS)
    assert {path: path.read_bytes() for path in before} == before
    found = {path for path in site.root.rglob("*") if path.is_file() and "_build" not in path.parts}
    assert found == set(before)


def test_a_facet_cannot_have_the_folder_of_the_method_pages(site: Site) -> None:
    (site.root / "docs/methods").rename(site.root / "docs/habitat")
    said = site.build(papers_methods="habitat").warnings
    assert any("`habitat` cannot be an identifier here" in line for line in said)
