"""The archive of a release holds everything once, describes it, and is the same for the same files."""

from __future__ import annotations

import importlib.util
import json
import os
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from sphinx_papers.formats.exports.dataset import data_files

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def release() -> ModuleType:
    spec = importlib.util.spec_from_file_location("release", ROOT / ".ci/release.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_archive_holds_site_data_records_and_book(release: ModuleType, tmp_path: Path) -> None:
    site = tmp_path / "html"
    (site / "papers").mkdir(parents=True)
    for name in ("index.html", ".buildinfo", "papers/a.html", *(name for name, _, _ in data_files())):
        (site / name).write_text(name, "utf-8")
    (tmp_path / "book.pdf").write_bytes(b"%PDF")
    made = []
    for place in ("one", "two"):
        archive = tmp_path / place / "wsss-papers-0.1.zip"
        archive.parent.mkdir()
        assert release.main([str(site), str(tmp_path / "book.pdf"), str(archive)]) == 0
        made.append(archive.read_bytes())
        os.utime(site / "index.html", (1, 1))
    assert made[0] == made[1]
    with zipfile.ZipFile(archive) as packed:
        names = [name.removeprefix("wsss-papers-0.1/") for name in packed.namelist()]
        described = json.loads(packed.read("wsss-papers-0.1/ro-crate-metadata.json"))
    assert len(set(names)) == len(names)
    assert {
        "site/index.html",
        "site/papers/a.html",
        "wsss-papers.pdf",
        "CITATION.cff",
        "LICENSE-CONTENT.md",
    } <= {*names}
    assert "records/papers/lee2021railroad.md" in names
    assert "records/docs/registries/venues.yml" in names
    assert not [name for name in names if "buildinfo" in name]
    # Every file that is described is there, and every folder is of something.
    entities = {each["@id"]: each for each in described["@graph"]}
    parts = [each["@id"] for each in entities["./"]["hasPart"]]
    assert {f"data/{name}" for name, _, _ in data_files()} < {*parts}
    for part in parts:
        assert any(name.startswith(part) for name in names) if part.endswith("/") else part in names
        assert entities[part]["name"]
    tops = {name.partition("/")[0] for name in names}
    assert {part.partition("/")[0] for part in parts} | {*release.PAPERS, release.CRATE} == tops
    assert entities["./"]["license"]["@id"].startswith("https://creativecommons.org/licenses/by/4.0")


def test_a_figure_that_is_a_link_to_elsewhere_is_not_packed(
    release: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text("SECRET", "utf-8")
    figures = tmp_path / "site/papers/figures"
    figures.mkdir(parents=True)
    (figures / "map.png").symlink_to(tmp_path / "secret")
    monkeypatch.setattr(release, "ROOT", tmp_path / "site")
    monkeypatch.setattr(release, "committed", lambda *_: ["papers/figures/map.png"])
    with pytest.raises(OSError, match="it is a link that leads out of its folder"):
        release.release_files(tmp_path / "html", tmp_path / "book.pdf")
