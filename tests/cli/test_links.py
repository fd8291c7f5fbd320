"""What Sphinx's linkcheck finds with the limits of `docs/conf.py`, against a server on this machine, and the report on it."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.util.tags import Tags

from sphinx_papers.cli import main
from sphinx_papers.cli.links import read_links, report_text

if TYPE_CHECKING:
    from tests.cli.conftest import Service

ROOT = Path(__file__).parents[2]


def limits() -> dict[str, Any]:
    """The settings of the site, but for how long is waited."""
    settings = runpy.run_path(str(ROOT / "docs/conf.py"), {"tags": Tags()})
    found = {name: value for name, value in settings.items() if name.startswith("linkcheck_")}
    assert found["linkcheck_workers"] <= 5
    assert 10 <= found["linkcheck_timeout"] <= 60
    return {**found, "linkcheck_timeout": 1, "linkcheck_rate_limit_timeout": 3.0}


@pytest.fixture
def checked(site: Path, service: Service) -> Path:
    """What linkcheck writes of two pages, whose links do what links do."""
    import time

    base = service.address
    answers = {
        "/fine": [b"<h2 id='there'>"],
        "/gone": [(404, {}, b"")],
        "/moved": [(301, {"Location": f"{base}/fine"}, b"")],
        "/doi": [(302, {"Location": f"{base}/fine"}, b"")],
        "/login": [(401, {}, b"")],
        "/busy": [(429, {"Retry-After": "1"}, b""), b"now"],
        "/flaky": [(503, {}, b"")],
        "/asleep": [lambda _handler: time.sleep(2)],
    }
    for path, replies in answers.items():
        service.says(path, *replies)  # type: ignore[arg-type]
    source = site / "source"
    source.mkdir()
    links = {"index": [*answers], "more": ["/gone", "/fine#there", "/fine#nowhere"]}
    for name, paths in links.items():
        lines = "\n\n".join(f"`{path} <{base}{path}>`__" for path in paths)
        (source / f"{name}.rst").write_text(
            f":orphan:\n\nLinks\n=====\n\n{lines}\n\nhttps://example.org/x\n", "utf-8"
        )
    settings = "".join(f"{name} = {value!r}\n" for name, value in limits().items())
    (source / "conf.py").write_text(settings, "utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "linkcheck", "source", "out"]
    ended = subprocess.run(command, cwd=site, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 1, ended.stderr  # as there are broken links: the Makefile minds the file alone
    return site / "out/output.json"


def test_the_report_says_by_page_what_is_to_be_done(
    checked: Path, service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["links", str(checked)]) == 0
    said = capsys.readouterr().out.replace(service.address, "")
    head, index, more = said.split("\n## ")
    assert head == (
        "# Links\n\nAddresses asked: 10. 2 broken; 1 no answer in time; 1 not to be had today; 1 moved for good.\n\n"
        "An address that stands on several pages is named under the first of them.\n"
    )
    assert [line.partition(" (")[0] for line in index.splitlines() if line] == [
        "index.rst", "- line 8, broken: </gone>", "- line 20, no answer in time: </asleep>",
        "- line 18, not to be had today: </flaky>", "- line 10, moved for good: </moved>",
    ]  # fmt: skip
    assert [line.partition(" (")[0] for line in more.splitlines() if line] == [
        "more.rst", "- line 10, broken: </fine#nowhere>",
    ]  # fmt: skip


def test_the_report_is_written_whole_to_a_file(site: Path, tmp_path: Path) -> None:
    (site / "output.json").write_text("", "utf-8")
    assert main(["links", "output.json", "-o", "new/report.md"]) == 0
    assert (tmp_path / "new/report.md").read_text(
        "utf-8"
    ) == "# Links\n\nAddresses asked: 0. Nothing to mend.\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "output.json: cannot be read (`make linkcheck` writes it)"),
        ("broken\n", "output.json:1: not what Sphinx's linkcheck writes"),
        ('{"filename": "a"}\n', "output.json:1: not what Sphinx's linkcheck writes"),
        ("[]\n", "output.json:1: not what Sphinx's linkcheck writes"),
    ],
)
def test_another_file_is_one_clear_line(
    site: Path, capsys: pytest.CaptureFixture[str], text: str | None, said: str
) -> None:
    if text is not None:
        (site / "output.json").write_text(text, "utf-8")
    assert main(["links", "output.json"]) == 2
    assert said in capsys.readouterr().err


def test_what_a_server_says_is_no_markup(tmp_path: Path) -> None:
    found = {"filename": "a_b.md", "lineno": 3, "status": "broken", "code": 0, "uri": "https://a.example/"}
    (tmp_path / "o.json").write_text(json.dumps({**found, "info": "404 *no*\nmore"}), "utf-8")
    assert report_text(read_links(tmp_path / "o.json")).endswith(
        "\n\n## a\\_b.md\n\n- line 3, broken: <https://a.example/> (404 \\*no\\* more)\n"
    )
