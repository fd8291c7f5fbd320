from __future__ import annotations

import ast
import re
from pathlib import Path

import sphinx_papers
from sphinx_papers.model.codes import CODES, Severity, severity

PACKAGE = Path(sphinx_papers.__file__).parent
# Calls that carry a code, and the place of the code among their arguments.
CARRIERS = {
    "Problem": 2, "Clash": 2, "Finding": 1, "report": 1, "refuse": 0, "warn": 0, "_shared": 1, "_note": 0, "Flaw": 0,
    "CitedFinding": 1,
}  # fmt: skip


def codes_of(tree: ast.AST) -> set[str]:
    """Return the codes that a module writes: in calls, in the duplicates of a library, in yielded tuples."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = CARRIERS.get(name)
            if place is not None and place < len(node.args):
                found |= words_of(node.args[place])
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "code":
            found |= words_of(node.value)
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 4:
            found |= words_of(node.value.elts[1])
    return found


def words_of(node: ast.expr) -> set[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.IfExp):
        return words_of(node.body) | words_of(node.orelse)
    if isinstance(node, ast.JoinedStr) and ast.unparse(node) == "f'unknown-{kind}'":
        return {"unknown-paper", "unknown-method"}
    return set()


def test_the_codes_of_the_source_are_the_codes_of_the_list() -> None:
    used: set[str] = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        used |= codes_of(ast.parse(path.read_text("utf-8")))
    assert used == set(CODES)


def test_codes_are_words_with_hyphens_and_say_what_they_mean() -> None:
    for code, known in CODES.items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
        assert known.meaning.endswith(".")


def test_what_is_not_known_is_an_error() -> None:
    assert severity("unused-entry") is Severity.WARNING
    assert severity("no-such-code") is Severity.ERROR
