from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import sphinx_papers
from sphinx_papers.cli import main, schema
from sphinx_papers.cli.main import COMMANDS
from sphinx_papers.formats.exports.papers_json import papers_schema

Edit = Callable[[str, str, str], None]
Output = pytest.CaptureFixture[str]


def test_check_of_what_is_right(site: Path, capsys: Output) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr() == ("", "2 papers read, 0 errors, 0 warnings\n")


def test_check_names_each_problem_on_a_line_of_its_own(site: Path, edit: Edit, capsys: Output) -> None:
    edit("papers/lee2021maps.md", "date: 2021-05", "dat: 2021-05")
    edit("papers/berg2020boxes.md", "[image]", "[imag]")
    edit("docs/registries/venues.yml", "}\n", "}\npr: 1\n")
    assert main(["check"]) == 1
    output, errors = capsys.readouterr()
    assert output.splitlines() == [
        (
            "docs/registries/venues.yml:2:5: error[wrong-type]: the record: keys with values are expected, "
            "in {braces} (not `1`)"
        ),
        (
            "papers/berg2020boxes.md:6:17: error[unknown-value]: supervision[0]: `imag` is not known "
            "(did you mean `image`?)"
        ),
        "papers/lee2021maps.md:3:3: error[missing-key]: `date` is missing (every record needs it)",
        "papers/lee2021maps.md:6:3: error[unknown-key]: unknown key `dat` (did you mean `date`?)",
    ]
    assert errors == "0 papers read, 4 errors, 0 warnings\n"


def test_one_problem_is_no_problems(site: Path, edit: Edit, capsys: Output) -> None:
    edit("papers/berg2020boxes.md", "title: Boxes", "title: maps of cams")
    assert main(["check"]) == 1
    assert capsys.readouterr() == (
        (
            "papers/lee2021maps.md:3:10: error[duplicate-title]: `berg2020boxes` has the same title "
            "(keep one page for a paper)\n"
        ),
        "2 papers read, 1 error, 0 warnings\n",
    )


def test_problems_are_named_from_where_the_command_runs(
    site: Path, edit: Edit, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit("papers/berg2020boxes.md", "date: 2020", "date: soon")
    (site / "elsewhere").mkdir()
    monkeypatch.chdir(site / "elsewhere")
    assert main(["--papers", str(site / "papers"), "--docs", "../docs", "check"]) == 1
    assert capsys.readouterr().out == (
        "../papers/berg2020boxes.md:5:9: error[bad-date]: date: `soon` is no date "
        "(write YYYY, YYYY-MM or YYYY-MM-DD)\n"
    )


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for command in (["check"], ["schema"], ["export", "bibtex"]):
        assert main(command) == 2
        assert capsys.readouterr() == (
            "",
            "papers: no such folder (run this where `papers` is, or say --papers)\n",
        )


def test_schema_is_json_schema_of_this_collection(site: Path, capsys: Output) -> None:
    assert main(["schema"]) == 0
    output, errors = capsys.readouterr()
    described = json.loads(output)
    Draft202012Validator.check_schema(described)
    assert errors == ""
    assert described["$defs"]["Record"]["properties"]["methods"]["items"] == {
        "const": "erasing",
        "type": "string",
    }
    record = {"title": "A", "summary": "B.", "date": "2021", "supervision": ["image"]}
    validator = Draft202012Validator(described)
    assert validator.is_valid({"paper": record})
    assert not validator.is_valid({"paper": {**record, "supervision": ["imag"]}})


def test_schema_of_the_export_is_the_published_one(site: Path, capsys: Output) -> None:
    assert main(["schema", "papers"]) == 0
    described = json.loads(capsys.readouterr().out)
    assert described == papers_schema()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [([], "required: command"), (["chek"], "invalid choice: 'chek'"), (["--paper"], "expected one argument")],
)
def test_a_wrong_call(capsys: Output, arguments: list[str], words: str) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_has_no_marks_that_only_sphinx_reads(
    monkeypatch: pytest.MonkeyPatch, capsys: Output, command: str
) -> None:
    monkeypatch.setenv("COLUMNS", "1000")  # marks are not broken over lines
    with pytest.raises(SystemExit):
        main([command, "--help"] if command else ["--help"])
    told = capsys.readouterr().out
    assert told.startswith("usage: sphinx-papers")
    assert re.findall(r"``|:[\w.+:-]+:`|\*\*|::|`_", told) == []


def test_version(capsys: Output) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"{sphinx_papers.__version__}\n"


BLOCKED = """\
import runpy, sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"sphinx", "docutils", "myst_parser", "sphinxcontrib"}:
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, Blocker())
sys.argv = ["sphinx-papers", "check"]
runpy.run_module("sphinx_papers", run_name="__main__", alter_sys=True)
"""


INTERRUPTED = """\
import sys

class Interrupter:
    def find_spec(self, name, path=None, target=None):
        if name == "sphinx_papers.cli":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupter())
from sphinx_papers.__main__ import main
sys.exit(main())
"""


def test_an_interrupt_shows_no_traceback_not_even_at_the_start() -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED],
        env={**os.environ, "PYTHONPATH": str(Path(sphinx_papers.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (130, "")


def test_an_interrupt_later_on_ends_the_command(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(schema, "run", interrupt)
    assert main(["schema"]) == 130


@pytest.mark.parametrize(("broken", "code"), [(False, 0), (True, 1)], ids=["right", "wrong"])
def test_the_command_needs_no_sphinx(site: Path, edit: Edit, broken: bool, code: int) -> None:
    if broken:
        edit("papers/berg2020boxes.md", "date: 2020", "date: soon")
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED],
        env={**os.environ, "PYTHONPATH": str(Path(sphinx_papers.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == (
        "1 paper read, 1 error, 0 warnings\n" if broken else "2 papers read, 0 errors, 0 warnings\n"
    )
    assert done.returncode == code
    assert done.stdout.count("error[bad-date]") == broken


ACTING = "\x1b[31m\x9b\u202e\n::stop-commands::t\n##[add-mask]e"


def harmless(text: str) -> bool:
    """Say whether *text* is lines in which nothing acts on a terminal or on who reads its log."""
    return "##[" not in text and all(
        line.isprintable() and not line.lstrip().startswith("::") for line in text.split("\n")
    )


@pytest.mark.parametrize("name", [f"a{ACTING}.md", "::stop-commands::t.md"])
def test_the_name_of_a_page_cannot_act_where_it_is_printed(
    site: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (site / "papers" / name).write_text("# A page\n", "utf-8")
    monkeypatch.chdir(site / "papers")
    assert main(["--papers", ".", "--docs", "../docs", "check"]) == 1
    output, errors = capsys.readouterr()
    assert "stop-commands" in output
    assert harmless(output)
    assert harmless(errors)


def test_what_others_wrote_cannot_act_where_new_and_import_print_it(site: Path, capsys: Output) -> None:
    acting = ACTING.replace("\n", " ")  # neither format has more than one line for it
    (site / "new.bib").write_text(
        f"@misc{{x, title = {{A {acting}}}, author = {{Émile Lee}}, year = 2021}}", "utf-8"
    )
    assert main(["new", "new.bib", "--key", "x2021"]) == 0
    (site / "list.md").write_text(
        f"- [B {acting}](https://arxiv.org/abs/2105.08965) 2020\n- ::c {acting}\n", "utf-8"
    )
    main(["import", "--dry-run", "list.md", "--source", "https://a.org"])
    assert main(["export", f"::x{ACTING}"]) == 2
    output, errors = capsys.readouterr()
    assert "stop-commands" in output
    assert "stop-commands" in errors
    assert harmless(output)
    assert harmless(errors)


@pytest.mark.parametrize("arguments", [["check"], ["export", "json"], ["schema"]])
def test_a_full_output_is_one_clear_line(site: Path, arguments: list[str]) -> None:
    (site / "papers/a b.md").write_text("# Wrong\n")
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "sphinx_papers", *arguments],
            check=False, stdout=full, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(Path(sphinx_papers.__file__).parents[1])},
        )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (2, "the output: No space left on device\n")
