from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinx_papers.cli import main, schema
from sphinx_papers.cli.progress_line import progress

Edit = Callable[[str, str, str], None]
Output = pytest.CaptureFixture[str]

EDITORIAL = "sections: {Problem: {words: [1, 3]}}\nshortest_summary: 5\n"


def findings(capsys: Output) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_prose_is_checked_with_the_record(site: Path, edit: Edit, capsys: Output) -> None:
    edit(
        "papers/berg2020boxes.md",
        "# Boxes\n",
        "# Boxes\nSee {paper}`lee2021map`, [this](gone.md) and [that](lee2021maps.md#x).\n",
    )
    edit("docs/methods/erasing.md", "# Erasing\n", "# Erasing\nSee {cite:t}`zhou2016`.\n")
    assert main(["check"]) == 1
    assert findings(capsys) == [
        (
            "docs/methods/erasing.md:5:5: error[unknown-citation]: `zhou2016` is neither a page nor in the "
            "bibliography (did you mean `zhou2016learning`?)"
        ),
        "papers/berg2020boxes.md:10:5: error[unknown-paper]: `lee2021map` is no page here (did you mean `lee2021maps`?)",
        "papers/berg2020boxes.md:10:33: error[dead-link]: there is no file `gone.md` (give its path from this page)",
    ]


@pytest.mark.parametrize("name", ["notes2021.md", "my notes.md"])
@pytest.mark.parametrize("front", ["", "---\npaper:\n  title: Maps\n", "---\ntitle: Maps\n---\n"])
def test_a_page_without_a_record_is_told_that_and_nothing_else(
    site: Path, capsys: Output, name: str, front: str
) -> None:
    (site / "docs/registries/editorial.yml").write_text(f"{EDITORIAL}references: 1\n")
    prose = (
        "## Problem\nSee {paper}`gone2021`, [this](gone.md): to be written.\n## Other\n<script>x</script>\n"
    )
    (site / "papers" / name).write_text(f"{front}\n{prose}")
    (site / "docs/methods/notes.md").write_text(f"{front}\n{prose}")
    assert main(["check", f"papers/{name}", "docs/methods/notes.md"]) == 1
    assert [line.split(": ")[:2] for line in findings(capsys)] == [
        ["docs/methods/notes.md:1:1", "error[no-record]"],
        [f"papers/{name}:1:1", "error[no-record]"],
    ]


def test_editorial_rules_are_data_of_the_collection(site: Path, edit: Edit, capsys: Output) -> None:
    (site / "docs/registries/editorial.yml").write_text(EDITORIAL)
    edit("papers/lee2021maps.md", "# Maps\n", "# Maps\n## Problem\nA b c d e f g.\n## Other\nText.\n")
    assert main(["check", "papers/lee2021maps.md"]) == 0
    assert findings(capsys) == [
        "papers/lee2021maps.md:12:1: warning[section-length]: `Problem` has 7 words (readers expect 3 at most)",
        "papers/lee2021maps.md:14:1: warning[unknown-section]: other pages have no section `Other` (known are Problem)",
    ]


def test_a_wrong_editorial_rule_is_told_at_its_place(site: Path, capsys: Output) -> None:
    (site / "docs/registries/editorial.yml").write_text("section: {}\nshared_words: -1\n")
    assert main(["check"]) == 1
    assert [line.split(": ")[1] for line in findings(capsys)] == ["error[unknown-key]", "error[wrong-type]"]


def test_warnings_fail_only_where_that_is_asked_for(site: Path, edit: Edit, capsys: Output) -> None:
    edit("docs/registries/venues.yml", "}\n", "}\npr: {name: PR, full: P, proceedings: P, kind: journal}\n")
    assert main(["check"]) == 0
    assert findings(capsys) == [
        "docs/registries/venues.yml:2:1: warning[unused-entry]: no page uses `pr` of the venues (take it out, or use it)"
    ]
    assert main(["check", "--strict"]) == 1


def test_a_key_of_old_leads_to_one_page(site: Path, edit: Edit, capsys: Output) -> None:
    edit(
        "papers/berg2020boxes.md",
        "date: 2020\n",
        "date: 2020\n  formerly: [berg2019boxes, lee2021maps, index]\n",
    )
    edit("papers/lee2021maps.md", "date: 2021-05\n", "date: 2021-05\n  formerly: [berg2019boxes, 'no key']\n")
    assert main(["check"]) == 1
    # A record that is wrong itself claims nothing.
    assert findings(capsys)[-1].startswith("papers/lee2021maps.md:7:")
    edit("papers/lee2021maps.md", ", 'no key'", "")
    assert main(["check"]) == 1
    assert findings(capsys) == [
        f"papers/{place}: error[former-key]: `{former}` leads to the page of `{key}` (take it out of one of them)"
        for place, former, key in (
            ("berg2020boxes.md:6:29", "lee2021maps", "lee2021maps"),
            ("berg2020boxes.md:6:42", "index", "index"),
            ("lee2021maps.md:7:14", "berg2019boxes", "berg2020boxes"),
        )
    ]


def test_paths_choose_what_is_told(site: Path, edit: Edit, capsys: Output) -> None:
    edit("papers/berg2020boxes.md", "date: 2020", "date: soon")
    assert main(["check", "docs", "papers/lee2021maps.md"]) == 0
    assert findings(capsys) == []
    assert main(["check", "papers"]) == 1
    assert len(findings(capsys)) == 1
    assert main(["check", "gone"]) == 2
    assert capsys.readouterr().err == "gone: no such file or folder\n"


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_other_programs_read_the_findings_alone(site: Path, edit: Edit, capsys: Output, form: str) -> None:
    edit("papers/berg2020boxes.md", "date: 2020", "date: soon")
    assert main(["check", "--format", form]) == 1
    output = capsys.readouterr().out
    if form == "github":
        assert output.startswith("::error file=papers/berg2020boxes.md,line=5,col=9,title=bad-date::")
    else:
        assert "papers/berg2020boxes.md" in output
        json.loads(output)


def test_fix_mends_what_it_names_and_nothing_else(site: Path, edit: Edit, capsys: Output) -> None:
    edit("papers/berg2020boxes.md", "date: 2020\n", "date: 19 May 2020 # sure\n")
    others = {path: path.read_bytes() for path in site.rglob("*.*") if path.name != "berg2020boxes.md"}
    assert main(["check", "--fix", "papers/lee2021maps.md"]) == 0
    assert capsys.readouterr().err == "1 paper read, 0 errors, 0 warnings\n"
    assert main(["check", "--fix"]) == 0
    assert capsys.readouterr().err == "mended papers/berg2020boxes.md\n2 papers read, 0 errors, 0 warnings\n"
    assert "  date: 2020-05-19 # sure\n" in (site / "papers/berg2020boxes.md").read_text()
    assert {path: path.read_bytes() for path in others} == others


def test_fix_keeps_a_byte_order_mark(site: Path) -> None:
    path = site / "papers/berg2020boxes.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"date: 2020", b"date: 2020/5"))
    assert main(["check", "--fix"]) == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbf---\npaper:\n")
    assert b"date: 2020-05\n" in path.read_bytes()


def test_the_site_itself_has_no_errors(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    assert main(["check"]) == 0


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_shown_to_people_and_wiped_away() -> None:
    stream = _Terminal()
    assert list(progress(["a", "b"], "page", stream)) == ["a", "b"]
    assert stream.getvalue() == "\rpage 1/2\r        \r"


def test_progress_says_nothing_to_programs() -> None:
    stream = io.StringIO()
    assert list(progress(iter("ab"), "page", stream)) == ["a", "b"]
    assert stream.getvalue() == ""


def _fails(_: object) -> int:
    raise KeyError("x")


def test_an_error_of_the_program_is_a_line_and_with_debug_a_traceback(
    site: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "run", _fails)
    assert main(["schema"]) == 3
    assert capsys.readouterr().err == "this should not have happened: KeyError: 'x' (--debug shows where)\n"
    with pytest.raises(KeyError):
        main(["--debug", "schema"])


def test_schemas_are_written_for_an_editor(site: Path) -> None:
    assert main(["schema", "--folder", ".vscode/schemas"]) == 0
    written = sorted(path.name.removesuffix(".schema.json") for path in (site / ".vscode/schemas").iterdir())
    assert written == [
        "benchmarks", "chain", "conditions", "editorial", "facets", "papers", "record", "venues", "watch"
    ]  # fmt: skip


def test_how_many_pages_are_of_each_depth_is_told(site: Path, edit: Edit, capsys: Output) -> None:
    edit("papers/lee2021maps.md", "# Maps\n", "# Maps\nThey are drawn.\n")
    assert main(["check"]) == 0
    assert capsys.readouterr().err.startswith("2 papers read (1 listed, 1 full), 0 errors")


def test_what_is_not_read_is_not_said_to_be_right(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "README.md").write_text("# Read me\n", "utf-8")
    assert main(["check", "README.md"]) == 2
    assert "README.md: nothing of it is checked" in capsys.readouterr().err
