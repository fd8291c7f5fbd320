"""The exports beside the pages: what the command line writes, and never anything old."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_papers.cli import main
from sphinx_papers.formats.exports import worth
from sphinx_papers.formats.exports.downloads import BADGES, CRATE, RECORD_SCHEMA, WHOLE, beside
from sphinx_papers.formats.exports.export import CATALOGUE, EXPORTS, SCHEMA_FILE
from sphinx_papers.formats.storage.files import write_bytes
from sphinx_papers.sphinx_ext.output.writing import CannotWriteError

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Built, Site

KEYS = {
    "alder2019mending", "birch2020whistle", "cedar2021silent", "dogwood2021chorus", "elm2022tuning",
    "fir2022late",
}  # fmt: skip
ENDS = (
    ".bib",
    ".ris",
    ".csl.json",
    ".csv",
    "papers.json",
    "schema.json",
    "worth.json",
    CATALOGUE,
    CRATE,
    *(f"{key}.json" for key in KEYS),
)
DATA = {
    f"_data/{name}.js"
    for name in (
        "exports", "comparison", "bibtex", "ris", "csl-json", "papers-csv", "results-csv",
        "leaderboards/dawn/far", "leaderboards/dawn/near", "leaderboards/gaps/all",
    )
}  # fmt: skip
"""What scripts are told of several papers."""
UNTOUCHED = {"_data/exports.js", "_data/leaderboards/dawn/far.js"}
"""What no edit of the first paper changes: the formats, and a board that it is not on."""


def is_export(name: str) -> bool:
    return name.endswith(ENDS) or name.startswith(("_data/", f"{BADGES}/"))


def exports(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if is_export(name)}


def times(outdir: Path) -> dict[str, int]:
    files = {path.relative_to(outdir).as_posix(): path for path in outdir.rglob("*.*")}
    return {name: path.stat().st_mtime_ns for name, path in files.items() if is_export(name)}


def places(site: Site) -> list[str]:
    return ["--papers", str(site.root / "papers"), "--docs", str(site.root / "docs")]


def test_a_site_has_every_export_and_no_other(built: Built) -> None:
    names = {name for key in KEYS for name in beside(key)} | {*WHOLE, *DATA}
    names |= {f"years/{year}.bib" for year in (2019, 2021, 2022)}
    names |= {f"methods/{slug}.bib" for slug in ("copying", "guessing", "waiting")}
    assert exports(built.files()).keys() == names


@pytest.mark.parametrize(
    ("file", "command"),
    [
        *((each.file, [each.name]) for each in EXPORTS.values() if each.file in WHOLE),
        ("papers/birch2020whistle.bib", ["bibtex", "key=birch2020whistle"]),
        ("papers/birch2020whistle.ris", ["ris", "key=birch2020whistle"]),
        ("papers/birch2020whistle.csl.json", ["csl-json", "key=birch2020whistle"]),
        ("years/2021.bib", ["bibtex", "year=2021"]),
        ("methods/copying.bib", ["bibtex", "method=copying"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_export_is_what_the_command_writes(
    built: Built, unchanged: Site, file: str, command: list[str], tmp_path: Path
) -> None:
    assert main([*places(unchanged), "export", *command, "-o", str(tmp_path / "out")]) == 0
    assert (built.outdir / file).read_bytes() == (tmp_path / "out").read_bytes() != b""


def test_the_schema_is_what_the_command_writes(
    built: Built, unchanged: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*places(unchanged), "schema", "papers"]) == 0
    assert (built.outdir / SCHEMA_FILE).read_text("utf-8") == capsys.readouterr().out


def test_a_site_in_folders_has_the_same(built: Built, site: Site) -> None:
    folders = site.build("dirhtml")
    assert exports(folders.files()) == exports(built.files())


@pytest.mark.parametrize("builder", ["singlehtml", "epub", "text"])
def test_other_formats_have_none(site: Site, builder: str) -> None:
    assert exports(site.build(builder).files()) == {}


def test_a_build_without_changes_looks_into_no_export(
    built_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = times(built_site.root / "_build/html")
    monkeypatch.setattr(
        "sphinx_papers.sphinx_ext.output.export_files.write_bytes",
        lambda _, name, __: pytest.fail(f"{name} is written"),
    )
    again = built_site.build()
    assert again.warnings == []
    assert times(again.outdir) == before


def test_an_edit_writes_the_exports_that_show_it_and_no_other(
    built_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = times(built_site.root / "_build/html")
    compared: list[str] = []

    def write(folder: Path, name: str, data: bytes) -> bool:
        compared.append(name.rpartition("/")[2])
        return write_bytes(folder, name, data)

    monkeypatch.setattr("sphinx_papers.sphinx_ext.output.export_files.write_bytes", write)
    built_site.edit("papers/alder2019mending.md", "Without Holes", "Without Gaps")
    after = times(built_site.build().outdir)
    badge = f"{BADGES}/alder2019mending.svg"  # which says nothing of the title
    assert {name for name in after if after[name] != before[name]} == {
        *({*beside("alder2019mending")} - {badge}), *(DATA - UNTOUCHED),
        *({*WHOLE} - {CATALOGUE, CRATE, SCHEMA_FILE, RECORD_SCHEMA, worth.CSV_FILE, worth.JSON_FILE}),
        "years/2019.bib", "methods/copying.bib",
    }  # fmt: skip
    # With thousands of papers it would take long to compare them all with their files.
    assert {name for name in compared if name.startswith(tuple(KEYS))} == {
        name.rpartition("/")[2] for name in beside("alder2019mending")
    }


def spoil(path: Path) -> None:
    path.write_bytes(b"spoilt")


@pytest.mark.parametrize("damage", [Path.unlink, spoil])
@pytest.mark.parametrize("name", ["papers.ris", "papers/fir2022late.csl.json", "years/2019.bib"])
def test_what_is_missing_or_was_changed_is_written_again(
    built_site: Site, name: str, damage: Callable[[Path], None]
) -> None:
    path = built_site.root / "_build/html" / name
    before = path.read_bytes()
    damage(path)
    built_site.build()
    assert path.read_bytes() == before


@pytest.mark.parametrize("key", ["others", "papers", "files", "made"])
def test_a_forged_record_of_the_output_deletes_nothing_outside(built_site: Site, key: str) -> None:
    (built_site.root / "theirs.bib").write_text("of others")
    (built_site.root / "theirs.html").write_text("of others")
    outside = "../../../theirs" if key == "papers" else "../../theirs" + (".bib" if key != "made" else "")
    for record in (built_site.root / "_build/doctrees/papers/output").iterdir():
        kept = json.loads(record.read_bytes())
        if key in kept:
            kept[key] = {**kept[key], outside: ""} if isinstance(kept[key], dict) else [*kept[key], outside]
        record.write_text(json.dumps(kept))
    built_site.append("papers/alder2019mending.md", "\nOne more sentence.\n")
    built_site.build()
    assert (built_site.root / "theirs.bib").read_text() == "of others"
    assert (built_site.root / "theirs.html").read_text() == "of others"


def test_files_of_others_are_left_alone(built_site: Site) -> None:
    path = built_site.root / "_build/html/papers/notes.bib"
    path.write_text("of others")
    (built_site.root / "papers/elm2022tuning.md").unlink()
    left = exports(built_site.build().files())
    assert path.read_text() == "of others"
    assert not any("elm2022" in name for name in left)


def test_a_method_s_folder_of_another_name_has_its_exports_there(site: Site) -> None:
    (site.root / "docs/methods").rename(site.root / "docs/ways")
    site.build(papers_methods="ways")
    assert (site.root / "_build/html/ways/copying.bib").is_file()


def test_a_build_that_is_stopped_leaves_nothing_behind(
    built_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = built_site.root / "papers/gorse2023night.md"
    first = exports(_files(built_site))
    text = (built_site.root / "papers/fir2022late.md").read_text("utf-8")
    page.write_text(text.replace("Late Evening, Early Morning", "Gorse by Night"), "utf-8")
    from sphinx_papers.sphinx_ext.output import export_files as module

    write, done = module.write_bytes, []

    def stop(folder: Path, name: str, data: bytes) -> bool:
        if name == "papers/gorse2023night.ris":
            raise OSError
        done.append(name.rpartition("/")[2])
        return write(folder, name, data)

    monkeypatch.setattr(module, "write_bytes", stop)
    with pytest.raises(CannotWriteError):
        built_site.build()
    assert "gorse2023night.bib" in done
    monkeypatch.undo()
    page.unlink()
    built_site.build()
    assert exports(_files(built_site)) == first


def _files(site: Site) -> dict[str, bytes]:
    out = site.root / "_build/html"
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "name", [*WHOLE, "papers/elm2022tuning.csl.json", "years/2022.bib", "methods/waiting.bib"]
)
def test_the_role_knows_every_export(site: Site, name: str) -> None:
    site.write("docs/case/files.md", f"---\norphan: true\n---\n# Files\n\n{{paper:file}}`{name}`\n")
    built = site.build()
    assert built.warnings == []
    page = built.page("case/files")
    assert page.links(page.body) == [(name, f"../{name}")]


def test_the_role_follows_what_comes_and_goes(site: Site) -> None:
    site.write(
        "docs/case/files.md", "---\norphan: true\n---\n# Files\n\n{paper:file}`papers/elm2022tuning.bib`\n"
    )
    assert site.build().warnings == []
    (site.root / "papers/elm2022tuning.md").unlink()
    again = site.build()
    assert [each for each in again.warnings if "unknown export" in each] != []
    page = again.page("case/files")
    assert page.links(page.body) == []


@pytest.mark.skipif(os.name != "posix", reason="permissions")
def test_others_may_read_what_is_written(built: Built) -> None:
    assert (built.outdir / "papers.bib").stat().st_mode & 0o444 == 0o444
