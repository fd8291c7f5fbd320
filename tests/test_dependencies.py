"""Every package has a reason, a licence and a hash, and workflows run what was looked at."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = [ROOT / name / "requirements.txt" for name in ("docs", "tests", "tests/bench")]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def named() -> set[str]:
    """Return the packages that the project names itself."""
    lists = [
        PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"].values(),
        *PROJECT["dependency-groups"].values(),
    ]
    return {re.split(r"[<>=~!\[ ;]", each)[0].lower() for packages in lists for each in packages}


def test_every_package_has_a_licence_and_a_reason() -> None:
    text = (ROOT / "docs/contributing/dependencies.md").read_text("utf-8")
    rows = re.findall(r"^\| `([\w-]+)` \| ([^|]+) \| ([^|]+) \|$", text, re.MULTILINE)
    assert sorted(name for name, _, _ in rows) == sorted(named())
    assert all(licence.strip() and reason.strip() for _, licence, reason in rows)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.parent.name)
def test_every_locked_package_has_a_version_and_a_hash(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text("utf-8").replace("\\\n", ""))
    packages = [entry for entry in entries if entry.strip() and not entry.startswith("#")]
    assert packages
    for entry in packages:
        assert re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+", entry), entry.partition("\n")[0]
        assert "--hash=sha256:" in entry, entry.partition("\n")[0]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_run_actions_by_commit_and_may_only_read_unless_a_job_says_so(workflow: Path) -> None:
    text = workflow.read_text("utf-8")
    used = re.findall(r"uses:\s*(\S+)", text)
    assert used
    for action in used:
        assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", action), action
    assert re.search(r"^permissions:(\n  contents: read| \{\})$", text, re.MULTILINE), (
        "the workflow's own rights are to read, or none"
    )
    assert text.count("persist-credentials: false") == text.count("actions/checkout@")
