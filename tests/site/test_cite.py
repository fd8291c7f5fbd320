"""The page on citing shows commands with their output: it must be what they print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from sphinx_papers.cli import main
from sphinx_papers.formats.exports.export import EXPORTS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "cite.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```console\n\$ sphinx-papers ([^\n]+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("command", "output"), EXAMPLES, ids=[command[:40] for command, _ in EXAMPLES])
def test_an_example_is_what_the_command_prints(
    command: str, output: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(shlex.split(command)) == 0
    assert capsys.readouterr().out == output


def test_every_format_is_described_and_has_its_own_line() -> None:
    assert len(EXAMPLES) >= 4
    assert re.findall(r"^\| `([a-z-]+)` \|", PAGE, re.MULTILINE) == list(EXPORTS)
