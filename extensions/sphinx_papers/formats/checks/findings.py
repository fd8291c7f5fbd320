"""Findings as other programs want them: lines, JSON, SARIF, annotations of a code hosting site."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from sphinx_papers.formats.text.plain import visible
from sphinx_papers.model.codes import CODES
from sphinx_papers.model.problem import Problem
from sphinx_papers.version import __version__


def as_text(problems: Sequence[Problem]) -> str:
    """Return a line for each finding: ``papers/x.md:12:5: error[code]: message (hint)``."""
    return "".join(f"{visible(str(problem))}\n" for problem in problems)


def as_json(problems: Sequence[Problem]) -> str:
    """Return a list of objects."""
    return _json(
        [
            {
                "file": _uri(problem.file), "line": problem.position.line, "column": problem.position.column,
                "severity": problem.severity.value, "code": problem.code, "message": problem.message,
                "hint": problem.hint,
            }
            for problem in problems
        ]
    )  # fmt: skip


def as_github(problems: Sequence[Problem]) -> str:
    """Return workflow commands that put each finding beside its line.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    """
    return "".join(
        f"::{problem.severity} file={_property(_uri(problem.file))},line={problem.position.line},"
        f"col={problem.position.column},title={_property(problem.code)}::{_data(problem.text)}\n"
        for problem in problems
    )


def as_sarif(problems: Sequence[Problem]) -> str:
    """Return a log in SARIF 2.1.0.

    https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
    """
    codes = sorted({problem.code for problem in problems})
    rules = [
        {"id": code, "shortDescription": {"text": CODES[code].meaning if code in CODES else code}}
        for code in codes
    ]
    driver = {"name": "sphinx-papers", "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(problem, codes.index(problem.code)) for problem in problems],
    }
    return _json(
        {
            "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0",
            "runs": [run],
        }
    )


def _sarif_result(problem: Problem, rule: int) -> dict[str, Any]:
    place = {"startLine": problem.position.line, "startColumn": problem.position.column}
    location = {
        "artifactLocation": {"uri": quote(_uri(problem.file), errors="surrogateescape")},
        "region": place,
    }
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity.value,
        "message": {"text": problem.text},
        "locations": [{"physicalLocation": location}],
    }


FORMATS: Mapping[str, Callable[[Sequence[Problem]], str]] = {
    "text": as_text, "json": as_json, "sarif": as_sarif, "github": as_github,
}  # fmt: skip


def _json(value: object) -> str:
    # Nothing but ASCII, and no workflow command: it may be printed anywhere.
    return json.dumps(value, indent=2).replace("##[", "#\\u0023[") + "\n"


def _uri(file: str) -> str:
    return PurePath(file).as_posix()


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
