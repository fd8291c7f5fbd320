"""The worked example of *Add a paper*, from start to preview, as it stands there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sphinx_papers.cli import main, web

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/contributing/add-a-paper.md").read_text("utf-8")
KEY = "lee2021railroad"
Run = Callable[[str], None]


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the repository in which the example's paper has no page yet."""
    folder = tmp_path_factory.mktemp("guide")
    for name in ("docs", "papers"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("_build"))
    (folder / "extensions").symlink_to(ROOT / "extensions")
    (folder / "papers" / f"{KEY}.md").unlink()
    (folder / "eps.bib").write_text(blocks("bibtex")[0], "utf-8")
    (folder / "list.md").write_text(blocks("markdown")[0], "utf-8")
    (folder / "records.json").write_text(blocks("json")[0], "utf-8")
    return folder


@pytest.fixture
def run(copy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command of the guide and compares what it says; three dots stand for anything."""
    monkeypatch.chdir(copy)
    monkeypatch.setattr(web.requests.Session, "get", None)  # no network

    def compare(session: str) -> None:
        command, _, expected = session.partition("\n")
        capsys.readouterr()
        main(shlex.split(command.removeprefix("$ sphinx-papers ")))
        pattern = re.escape(expected).replace(re.escape("..."), r"(?s:.*?)")
        said = capsys.readouterr().out
        assert re.fullmatch(pattern, said), f"{command}\n{said}"

    return compare


def test_the_worked_example_goes_from_start_to_preview(copy: Path, run: Run) -> None:
    new, again, check, imported, records = blocks("console")
    generated, additions = blocks("yaml")
    page = copy / "papers" / f"{KEY}.md"

    run(new)
    generated = re.sub(r"(?<=added: ).*", str(datetime.now(tz=UTC).date()), generated)
    assert page.read_text("utf-8").startswith(f"---\n{generated}---\n# Railroad Is Not a Train: ")
    run(again)
    run(check)
    run(imported)
    run(records)

    # The record is completed as the guide says, and put in order.
    added = re.findall(r"^  (\w+):", additions, re.MULTILINE)
    kept = [line for line in generated.splitlines() if line.strip("# ").partition(":")[0] not in added]
    body = (ROOT / "papers" / f"{KEY}.md").read_text("utf-8").partition("\n---\n")[2]
    page.write_text("---\n" + "\n".join(kept) + f"\n{additions}---\n{body}", "utf-8")
    assert main(["check", "--fix", str(page)]) == 0
    assert page.read_text("utf-8").index("  names: [EPS]") < page.read_text("utf-8").index("  authors:")

    command = [sys.executable, "-m", "sphinx", "-nqW", "--no-color", "-d", str(copy / "doctrees")]
    built = subprocess.run(
        [*command, str(copy / "docs"), str(copy / "html")],
        env={**os.environ, "PYTHONPATH": str(ROOT / "extensions")}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (built.returncode, built.stderr) == (0, "")
    preview = (copy / "html" / "papers" / f"{KEY}.html").read_text("utf-8")
    assert "Trains the classifier to rebuild a saliency map from its own class maps" in preview
    assert "70.9" in preview


@pytest.mark.parametrize(
    "guide",
    ["CONTRIBUTING.md", "README.md", *sorted(p.name for p in (ROOT / "docs/contributing").glob("*.md"))],
)
def test_every_command_that_a_guide_shows_is_one(guide: str) -> None:
    path = ROOT / guide if (ROOT / guide).exists() else ROOT / "docs/contributing" / guide
    text = path.read_text("utf-8")
    targets = set(re.findall(r"^([a-z][\w./]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    targets |= {f".venv/{name}" for name in ("docs", "tests", "bench")}
    for target in re.findall(r"\bmake ([.a-z][\w./]*)", text):
        assert target in targets, f"make {target}"
    known = set(main_commands())
    for command, options in re.findall(
        r"\bsphinx-papers (?:--papers \S+ --docs \S+ )?([a-z]+)\b([^`\n]*)", text
    ):
        assert command in known, command
        for option in re.findall(r"(?<!\S)--[a-z-]+", options.partition("#")[0]):
            assert option in main_commands()[command], f"{command} {option}"


def main_commands() -> dict[str, set[str]]:
    from sphinx_papers.cli.main import parser

    (subcommands,) = (action for action in parser()._actions if action.dest == "command")
    assert subcommands.choices is not None
    return {
        name: {option for action in command._actions for option in action.option_strings}  # type: ignore[attr-defined]
        for name, command in dict(subcommands.choices).items()  # type: ignore[call-overload]
    }
