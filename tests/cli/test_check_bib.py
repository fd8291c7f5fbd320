from __future__ import annotations

import json
from pathlib import Path

import pytest

from sphinx_papers.cli import main
from sphinx_papers.formats.exports.export import VERSION
from tests.cli.conftest import Service

Output = pytest.CaptureFixture[str]
MINE = "@article{mine,\r\n  title = {Maps of CAMs},\r\n  author = {Lee, Émile},\r\n  year = {2020}, journal = {CVPR}\r\n}\r\n"
RECORDS = {
    "version": VERSION,
    "later": True,
    "papers": [{
        "key": "lee2021maps", "title": "Maps of CAMs", "depth": "listed", "date": "2021", "year": 2021,
        "authors": [{"family": "Lee", "later": True}], "more": 1,
    }],
}  # fmt: skip


@pytest.fixture
def bib(site: Path) -> Path:
    path = site / "refs.bib"
    path.write_bytes(MINE.encode())
    return path


def test_findings_are_told_and_mended_with_the_line_ends_of_the_file(bib: Path, capsys: Output) -> None:
    assert main(["check", "--bib", "refs.bib"]) == 1
    output, errors = capsys.readouterr()
    assert output.splitlines() == [
        "refs.bib:2:20: warning[cited-capitals]: `mine`: no braces keep the capitals of CAMs (write {CAMs})",
        "refs.bib:4:10: error[cited-year]: `mine` says 2020; the paper was published in 2021 (CVPR) (write 2021)",
    ]
    assert errors == "1 entry, 1 known, 1 error, 1 warning\n"
    bib.write_bytes(b"\xef\xbb\xbf" + MINE.encode())
    assert main(["check", "--fix", "--bib", "refs.bib"]) == 0
    assert capsys.readouterr().err == "mended refs.bib\n1 entry, 1 known, 0 errors, 0 warnings\n"
    assert (
        bib.read_bytes() == b"\xef\xbb\xbf" + MINE.replace("CAMs", "{CAMs}").replace("2020", "2021").encode()
    )
    assert main(["check", "--fix", "--bib", "refs.bib"]) == 0
    assert "mended" not in capsys.readouterr().err


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_other_programs_read_the_findings(bib: Path, capsys: Output, form: str) -> None:
    assert main(["check", "--bib", "refs.bib", "--format", form]) == 1
    output = capsys.readouterr().out
    assert "cited-year" in output
    if form != "github":
        json.loads(output)


def test_records_of_a_site_do_without_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output, service: Service
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("refs.bib").write_text(
        "@misc{m, title={Maps of CAMs}, author={Lee, E.}, eprint={2105.00001}, year={2020}}"
    )
    Path("papers.json").write_text(json.dumps(RECORDS))
    service.says("/papers.json", json.dumps(RECORDS).encode())
    for records in ("papers.json", f"{service.address}/papers.json"):
        assert main(["check", "--bib", "refs.bib", "--records", records]) == 1
        assert [line.split(": ")[1] for line in capsys.readouterr().out.splitlines()] == [
            "warning[cited-capitals]", "error[cited-year]",
        ]  # fmt: skip
    assert main(["check", "--bib", "refs.bib", "--records", f"{service.address}/gone"]) == 2
    assert capsys.readouterr().err == "127.0.0.1 does not know it (404); is it spelt right?\n"


HOSTILE = "x}\n}\n@preamble{{\\input{/etc/passwd}}"


@pytest.mark.parametrize(
    "changed",
    [
        {"doi": f"10.1000/{HOSTILE}"},
        {"arxiv": HOSTILE},
        {"key": HOSTILE},
        {"links": {"paper": "javascript:alert(1)"}},
        {"venue": {"id": "c", "name": "C", "full": "C", "proceedings": "C", "kind": "journal", "year": 2021, "pages": HOSTILE}},
        {"title": "Maps } of CAMs"},
        {"code": [{"url": "javascript:alert(1)", "official": True}]},
    ],
    ids=lambda changed: next(iter(changed)),
)  # fmt: skip
def test_published_records_are_held_to_the_rules_of_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output, changed: dict[str, object]
) -> None:
    """What they say is written into a bibliography, as it stands where BibTeX has no escapes."""
    monkeypatch.chdir(tmp_path)
    mine = "@misc{m, title={Maps of {CAMs}}, author={Lee, E.}, eprint={2105.00001}, year={2021}}"
    Path("refs.bib").write_text(mine)
    Path("papers.json").write_text(json.dumps(RECORDS | {"papers": [{**RECORDS["papers"][0], **changed}]}))  # type: ignore[index]
    assert main(["check", "--fix", "--bib", "refs.bib", "--records", "papers.json"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("papers.json: it is no papers.json of a site (papers.0.")
    assert said.count("\n") == 1
    assert Path("refs.bib").read_text() == mine


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--bib", "gone.bib"], "gone.bib: No such file or directory"),
        (["--bib", "docs"], "docs: it is no file"),
        (["--bib", "latin.bib"], "latin.bib: byte 7 is not UTF-8; save the file as UTF-8"),
        (["--bib", "refs.bib", "papers"], "papers: --bib checks the bibliography alone; leave the path out"),
        (["--records", "x.json"], "--records is for --bib: pages are checked where they are"),
        (["--bib", "refs.bib", "--records", "gone.json"], "gone.json: No such file or directory"),
        (["--bib", "refs.bib", "--records", "refs.bib"], "refs.bib: it is no papers.json of a site (Expecting value: line 1 column 1 (char 0))"),
        (["--bib", "refs.bib", "--records", "new.json"], "new.json: it has version 9 of the format, and this program reads 2"),
        (["--bib", "refs.bib", "--records", "list.json"], "list.json: it is no papers.json of a site (the whole: Input should be a valid dictionary or instance of PapersJson)"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_a_line(
    bib: Path, capsys: Output, arguments: list[str], said: str
) -> None:
    Path("latin.bib").write_bytes("@misc{é".encode("latin-1") + b"\xe9")
    Path("new.json").write_text('{"version": 9, "papers": []}')
    Path("list.json").write_text("[]")
    Path("latin.bib").write_bytes(b"@misc{x\xe9}")
    assert main(["check", *arguments]) == 2
    assert capsys.readouterr().err == f"{said}\n"
    assert bib.read_bytes() == MINE.encode()
