"""What a code hosting site and editors read of the repository has the keys that they ask for."""

from __future__ import annotations

import json
import os
import re
import shlex
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from sphinx_papers.model.codes import CODES
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper, Result
from sphinx_papers.model.records.registry import Benchmark, Best, Registry, Term
from sphinx_papers.sphinx_ext.addresses import result_address

ROOT = Path(__file__).parents[1]
FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("[!c]*.yml"))
# https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
ATTRIBUTES = {
    "markdown": "value",
    "input": "label",
    "textarea": "label",
    "dropdown": "options",
    "checkboxes": "options",
}


def read(path: str | Path) -> Any:
    # A loader for which `on` is a key as any other.
    return yaml.load((ROOT / path).read_text("utf-8"), yaml.BaseLoader)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_an_issue_form_has_what_the_site_asks_for(path: Path) -> None:
    form = read(path)
    assert form.keys() <= {"name", "description", "title", "labels", "body", "assignees", "projects", "type"}
    assert all(form[key] for key in ("name", "description", "body"))
    fields = [each for each in form["body"] if each["type"] != "markdown"]
    assert fields
    for each in form["body"]:
        assert each["attributes"][ATTRIBUTES[each["type"]]]
        assert each.keys() <= {"type", "id", "attributes", "validations"}
        assert each.get("validations", {}).keys() <= {"required"}
    ids = [each["id"] for each in fields]
    labels = [each["attributes"]["label"] for each in fields]
    assert all(re.fullmatch(r"[\w-]+", each) for each in ids)
    assert len(set(ids)) == len(ids)
    assert len(set(labels)) == len(labels)


def test_pages_link_to_a_form_that_takes_what_they_fill_in() -> None:
    (name,) = re.findall(
        r'^papers_issue_form = "(.*)"$', (ROOT / "docs/conf.py").read_text("utf-8"), re.MULTILINE
    )
    body = read(f".github/ISSUE_TEMPLATE/{name}")["body"]
    assert "page" in [each.get("id") for each in body]


def test_numbers_link_to_a_form_that_takes_what_they_fill_in() -> None:
    (name,) = re.findall(
        r'^papers_result_form = "(.*)"$', (ROOT / "docs/conf.py").read_text("utf-8"), re.MULTILINE
    )
    fields = [each.get("id") for each in read(f".github/ISSUE_TEMPLATE/{name}")["body"]]
    paper = Paper(
        key="p", title="P", date=PartialDate(2021), results=(Result(benchmark="b", split="s", value=1),)
    )
    benchmark = Benchmark(
        id="b", name="B", summary="", metric="m", unit="", low=0, high=1, best=Best.HIGHEST,
        splits={"s": Term(id="s", name="S")},
    )  # fmt: skip
    library = Library([paper], Registry(benchmarks={"b": benchmark}))
    address = urlsplit(result_address("https://code.example/p", name, library, "p/0"))
    assert {*parse_qs(address.query, keep_blank_values=True)} - {"template", "title"} <= {*fields}
    assert result_address("https://code.example/p", "", library, "p/0") == ""
    assert result_address("", name, library, "p/0") == ""


def test_addresses_of_forms_and_guides_lead_somewhere() -> None:
    texts = [path.read_text("utf-8") for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *FORMS)]
    texts.append((ROOT / ".github/ISSUE_TEMPLATE/config.yml").read_text("utf-8"))
    for text in texts:
        for name in re.findall(r"issues/new\?template=([\w.-]+)", text):
            assert (ROOT / ".github/ISSUE_TEMPLATE" / name).is_file(), name
        for path in re.findall(r"wsss-papers/blob/main/([\w./-]+)", text):
            assert (ROOT / path).is_file(), path
    config = read(".github/ISSUE_TEMPLATE/config.yml")
    assert config.keys() <= {"blank_issues_enabled", "contact_links"}
    assert all(link.keys() == {"name", "url", "about"} for link in config["contact_links"])


def test_the_workflow_runs_what_a_change_must_pass_and_puts_findings_beside_lines() -> None:
    workflow = read(".github/workflows/ci.yml")
    assert workflow.keys() >= {"on", "jobs", "permissions"}
    assert "pull_request" in workflow["on"]
    commands = []
    for job in workflow["jobs"].values():
        assert job["runs-on"]
        assert job["steps"][0]["uses"].startswith("actions/checkout@")
        assert all(("uses" in step) != ("run" in step) for step in job["steps"])
        commands += [step["run"] for step in job["steps"] if "run" in step]
    assert ".ci/run" in commands
    assert any("sphinx-papers check --format github" in command for command in commands)


def test_what_read_the_docs_does_is_replayed_by_what_its_file_says() -> None:
    config = read(".readthedocs.yaml")
    assert config["sphinx"] == {"configuration": "docs/conf.py", "fail_on_warning": "true"}
    assert config["formats"] == ["pdf", "epub"]
    (installed,) = config["python"]["install"]
    assert (ROOT / installed["requirements"]).is_file()
    version = config["build"]["tools"]["python"]
    replay = read(".github/workflows/ci.yml")["jobs"]["publish"]["steps"]
    assert [
        step["with"]["python-version"] for step in replay if "python-version" in step.get("with", {})
    ] == [version]
    assert replay[-1] == {"run": "make rtd FORMATS=html"}
    assert "\nrtd:" in (ROOT / "Makefile").read_text("utf-8")
    assert os.access(ROOT / ".ci/rtd", os.X_OK)


def test_hooks_run_what_the_checks_run() -> None:
    checks = (ROOT / "Makefile").read_text("utf-8").partition("\ncheck:")[2].partition("\n\n")[0]
    (repository,) = read(".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    hooks = {Path(shlex.split(hook["entry"])[0]).name for hook in repository["hooks"]}
    assert hooks == set(re.findall(r"\$\(BIN\)/([\w-]+)", checks))
    assert all(hook.keys() >= {"id", "name", "entry", "language"} for hook in repository["hooks"])
    assert all(re.compile(hook.get("files", "")) for hook in repository["hooks"])


def test_editors_understand_lines_that_the_check_prints() -> None:
    for path in (ROOT / ".vscode").iterdir():
        if path.is_file():
            json.loads(path.read_text("utf-8"))
    tasks = json.loads((ROOT / ".vscode/tasks.json").read_text("utf-8"))["tasks"]
    pattern = next(task["problemMatcher"]["pattern"] for task in tasks if task["problemMatcher"])
    for code in CODES:
        match = re.search(pattern["regexp"], f"papers/x.md:12:5: error[{code}]: message (hint)")
        assert match is not None
        assert match[pattern["code"]] == code
        assert match[pattern["message"]] == "message (hint)"
    settings = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))
    assert all((ROOT / file).is_file() for file in settings["yaml.schemas"].values())


@pytest.mark.parametrize(
    "path", sorted((ROOT / ".github/workflows").glob("*.yml")), ids=lambda path: path.name
)
def test_workflows_name_actions_by_commit_and_give_no_right_to_all_jobs(path: Path) -> None:
    text = path.read_text("utf-8")
    assert all(
        re.fullmatch(r"[\w./-]+@[0-9a-f]{40}  # v[\d.]+", use) for use in re.findall(r"uses: (.*)", text)
    )
    workflow = read(path)
    assert workflow["permissions"] in ({"contents": "read"}, {}, "{}")
    for job in workflow["jobs"].values():
        assert job.get("permissions", {}).keys() <= {"contents", "issues"}
        assert job.get("permissions", {}).get("contents", "read") == "read"
        assert all("secrets." not in str(step) for step in job["steps"])


def test_the_watch_asks_once_a_week_and_writes_issues_alone() -> None:
    workflow = read(".github/workflows/watch.yml")
    (when,) = workflow["on"]["schedule"]
    minute, hour, day, month, weekday = when["cron"].split()
    assert (minute.isdecimal(), hour.isdecimal(), day, month, weekday.isdecimal()) == (
        True,
        True,
        "*",
        "*",
        True,
    )
    job, links = workflow["jobs"]["papers"], workflow["jobs"]["links"]
    assert {*workflow["jobs"]} == {"papers", "links"}
    assert links["permissions"] == {"contents": "read"}
    assert not any("env" in step for step in links["steps"])
    assert job["permissions"] == {"contents": "read", "issues": "write"}
    assert [("env" in step) for step in job["steps"]].count(True) == 1
