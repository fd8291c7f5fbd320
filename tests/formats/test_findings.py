from __future__ import annotations

import json

import pytest

from sphinx_papers.formats.checks.findings import FORMATS, as_github, as_json, as_sarif, as_text
from sphinx_papers.model.codes import CODES
from sphinx_papers.model.problem import Position, Problem

PROBLEMS = [
    Problem("papers/a b.md", Position(3, 5), "bad-date", "`soon, or so: 100 %` is no date", "write YYYY"),
    Problem("papers/c.md", Position(1, 1), "unused-entry", "no page uses `x`"),
]


def test_text_is_a_line_for_each() -> None:
    assert as_text(PROBLEMS).splitlines() == [
        "papers/a b.md:3:5: error[bad-date]: `soon, or so: 100 %` is no date (write YYYY)",
        "papers/c.md:1:1: warning[unused-entry]: no page uses `x`",
    ]
    assert as_text([]) == ""


def test_json_is_a_list_of_objects() -> None:
    assert json.loads(as_json(PROBLEMS[:1])) == [
        {
            "file": "papers/a b.md", "line": 3, "column": 5, "severity": "error", "code": "bad-date",
            "message": "`soon, or so: 100 %` is no date", "hint": "write YYYY",
        }
    ]  # fmt: skip
    assert json.loads(as_json([])) == []


def test_annotations_escape_what_would_end_them() -> None:
    problem = Problem("a,b:c.md", Position(3, 5), "yaml", "50 %\nmore: so, yes")
    assert as_github([problem]) == (
        "::error file=a%2Cb%3Ac.md,line=3,col=5,title=yaml::50 %25\\nmore: so, yes\n"
    )
    assert as_github(PROBLEMS[1:]).startswith("::warning ")


def test_sarif_names_rules_levels_and_places() -> None:
    log = json.loads(as_sarif(PROBLEMS))
    run = log["runs"][0]
    assert log["version"] == "2.1.0"
    rules = run["tool"]["driver"]["rules"]
    assert [(rule["id"], rule["shortDescription"]["text"]) for rule in rules] == [
        (code, CODES[code].meaning) for code in ("bad-date", "unused-entry")
    ]
    first, second = run["results"]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("bad-date", 0, "error")
    assert (second["ruleIndex"], second["level"]) == (1, "warning")
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "papers/a%20b.md"
    assert place["region"] == {"startLine": 3, "startColumn": 5}


HOSTILE = "\x1b]0;x\x07\x9b31m\r\n::stop-commands::t\n##[add-mask]e\u2028\u202e\u200b\udcff\0"


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("before", ["", "::error::", " ::set-output name=a::", "##[stop-commands]t"])
def test_nothing_of_a_finding_acts_where_it_is_printed(name: str, before: str) -> None:
    text = before + HOSTILE
    printed = FORMATS[name]([Problem(f"{text}.md", Position(1, 1), "bad-key", text, text)])
    printed.encode()
    assert all(char.isprintable() for line in printed.split("\n") for char in line)
    assert "##[" not in printed
    lines = printed.splitlines()
    if name in {"text", "github"}:
        assert len(lines) == 1
    commands = [line for line in lines if line.lstrip().startswith("::")]
    assert len(commands) == (name == "github")
    assert all(line.startswith("::error file=") for line in commands)
    if name == "json":
        assert json.loads(printed)[0]["message"] == text
