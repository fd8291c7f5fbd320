from __future__ import annotations

import csv
import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import sphinx_papers
from sphinx_papers.cli import main
from sphinx_papers.formats.exports.export import EXPORTS

Edit = Callable[[str, str, str], None]
Output = pytest.CaptureFixture[str]

LEE = r"""@inproceedings{lee2021maps,
    author = "Lee, {\'E}mile",
    title = "Maps of {CAMs}",
    booktitle = "Proc. of Vision",
    year = "2021"
}
"""
BERG = """@misc{berg2020boxes,
    author = "Berg, Ada",
    title = "Boxes",
    year = "2020"
}
"""


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ([], f"{BERG}\n{LEE}"),
        (["method=erasing"], LEE),
        (["venue=cvpr", "year=2021-"], LEE),
        (["supervision=image"], BERG),
        (["limit=1"], LEE),
        (["sort=date", "limit=1"], BERG),
        (["author=nobody"], ""),
        (["key=lee2021maps", "--short-venues", "--without", "year"], LEE.replace("Proc. of Vision", "CVPR")),
    ],
)
def test_bibtex_of_a_selection(site: Path, capsys: Output, where: list[str], expected: str) -> None:
    if "--without" in where:
        expected = expected.replace(',\n    year = "2021"', "")
    assert main(["export", "bibtex", *where]) == 0
    assert capsys.readouterr() == (expected, "")


def test_every_format_writes_every_paper(site: Path, capsys: Output) -> None:
    for name in EXPORTS:
        assert main(["export", name]) == 0
        output, errors = capsys.readouterr()
        assert errors == ""
        if name != "results-csv":  # no paper here has results
            assert "Maps of" in output or "lee2021maps" in output, name


def test_a_selection_keeps_its_order_in_a_table(site: Path, capsys: Output) -> None:
    assert main(["export", "markdown", "sort=date", "--columns", "date, title"]) == 0
    assert capsys.readouterr().out == (
        "| Date | Title |\n| --- | --- |\n| 2020 | Boxes |\n| 2021-05 | Maps of CAMs |\n"
    )


def test_what_is_written_to_a_file_is_what_would_be_printed(site: Path, capsys: Output) -> None:
    assert main(["export", "csl-json"]) == 0
    printed = capsys.readouterr().out
    (site / "out").mkdir()
    assert main(["export", "csl-json", "-o", "out/papers.json"]) == 0
    assert capsys.readouterr() == ("", "")
    assert (site / "out" / "papers.json").read_bytes() == printed.encode()
    assert [item["id"] for item in json.loads(printed)] == ["berg2020boxes", "lee2021maps"]


def test_a_wrong_call_leaves_the_file_as_it_was(site: Path, capsys: Output) -> None:
    (site / "old.bib").write_text("old")
    assert main(["export", "bibtex", "method=erasin", "-o", "old.bib"]) == 2
    assert main(["export", "bibtex", "--without", "dio", "-o", "old.bib"]) == 2
    assert (site / "old.bib").read_text() == "old"
    assert sorted(path.name for path in site.iterdir()) == ["docs", "old.bib", "papers"]


def test_a_file_that_cannot_be_written_is_said_in_a_line(site: Path, capsys: Output) -> None:
    assert main(["export", "ris", "-o", "docs"]) == 1
    assert capsys.readouterr() == ("", "docs: Is a directory\n")


def test_results_have_a_column_for_every_condition(site: Path, edit: Edit, capsys: Output) -> None:
    (site / "docs/registries/benchmarks.yml").write_text(
        "voc: {name: VOC, metric: mIoU, unit: '%', range: [0, 100], splits: {val: {name: val}}}\n"
    )
    (site / "docs/registries/conditions.yml").write_text("backbone: {name: Backbone}\n")
    edit("papers/berg2020boxes.md", "---\n#", "  results: [{benchmark: voc, split: val, value: 7}]\n---\n#")
    assert main(["export", "results-csv"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["paper"], row["benchmark"], row["value"], row["unit"]) == ("berg2020boxes", "voc", "7.0", "%")
    assert row["backbone"] == ""
    assert main(["export", "results-csv", "board=voc/val", "backbone=unknown"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["paper"], row["rank"], row["selection"]) == ("berg2020boxes", "1", "backbone=unknown")
    assert main(["export", "bibtex", "board=voc/val"]) == 0
    assert "@misc{berg2020boxes" in capsys.readouterr().out
    assert main(["export", "latex", "board=voc/val", "--columns", "name"]) == 2
    assert main(["export", "latex", "backbone=unknown"]) == 2
    assert capsys.readouterr().err == (
        "the columns of a board are what varies among its rows: leave --columns out\n"
        "`backbone` is asked of results: add board=BENCHMARK/SPLIT\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["bibtx"], "unknown format `bibtx`: did you mean `bibtex`?"),
        (["excel"], f"unknown format `excel`: known are {', '.join(EXPORTS)}"),
        (["bibtex", "methods=erasing"], "unknown field `methods`: did you mean `method`?"),
        (["bibtex", "method=erasin"], "unknown method `erasin`: did you mean `erasing`?"),
        (["bibtex", "method"], "`method` needs a value"),
        (["bibtex", "limit=0"], "limit must be a whole number from 1, not `0`"),
        (["bibtex", "sort=dat"], "unknown order `dat`: did you mean `date`?"),
        (
            ["bibtex", "key=lee2021maps", "key=berg2020boxes"],
            "each field can be given once; separate its values by commas",
        ),
        (["bibtex", "--without", "ur"], "unknown field `ur`: did you mean `url`?"),
        (["latex", "--columns", "nam"], "unknown column `nam`: did you mean `name`?"),
        (["latex", "--columns", "voc/val"], "unknown benchmark and split `voc/val`: known are "),
        (["latex", "columns=name"], "`columns` selects nothing: write --columns name"),
        (["ris", "--columns", "name"], "`columns` is not for ris, but for markdown and latex"),
        (["latex", "board=voc/val"], "unknown benchmark and split `voc/val`: known are "),
        (["latex", "--short-venues"], "`short-venues` is not for latex, but for bibtex"),
        (["json", "--without", "doi"], "`without` is not for json, but for bibtex"),
    ],
)
def test_a_call_that_cannot_be_understood(
    site: Path, capsys: Output, arguments: list[str], message: str
) -> None:
    assert main(["export", *arguments]) == 2
    assert capsys.readouterr() == ("", f"{message}\n")


def test_an_output_that_is_open_already_gets_what_is_added(site: Path) -> None:
    with (site / "all").open("w") as stream:
        stream.write("first\n")
        stream.flush()
        command = [
            sys.executable,
            "-m",
            "sphinx_papers",
            "export",
            "bibtex",
            "method=erasing",
            "-o",
            "/dev/stdout",
        ]
        environment = {**os.environ, "PYTHONPATH": str(Path(sphinx_papers.__file__).parents[1])}
        subprocess.run(command, check=True, stdout=stream, env=environment)
    assert (site / "all").read_text("utf-8") == f"first\n{LEE}"


def test_a_device_that_takes_nothing_is_one_clear_line(site: Path, capsys: Output) -> None:
    assert main(["export", "bibtex", "-o", "/dev/full"]) == 1
    assert capsys.readouterr().err == "/dev/full: No space left on device\n"
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


@pytest.mark.usefixtures("site")
def test_a_file_that_may_not_be_written_is_not(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("old.bib").write_text("old")
    monkeypatch.setattr(os, "access", lambda *_: False)  # nothing is forbidden to root
    assert main(["export", "bibtex", "-o", "old.bib"]) == 1
    assert capsys.readouterr().err == "old.bib: it may not be written\n"
    assert Path("old.bib").read_text() == "old"


def test_export_alone_says_what_can_follow(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("say in which format: bibtex, ")
    assert "export bibtex -o papers.bib" in said


def test_a_folder_that_is_not_there_is_not_made(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "bibtex", "-o", "a/b/papers.bib"]) == 1
    assert capsys.readouterr().err == "a/b/papers.bib: there is no such folder; make it first\n"
    assert not (site / "a").exists()
