"""Changes single places of model and formats and says which changes no test notices: ``make mutation``.

A mutation swaps a comparison, turns a condition round, counts one too far, leaves a call out. Each is tried by
itself in a copy of the package, on the tests that import the changed module, then on those that are further from it, the
quick ones first, as many as fit into the time. One that survives is to be read: either a test is missing that says
what is promised, or nobody can tell the difference.

Which places are changed follows from the seed and from what stands there, so that an edit elsewhere leaves the choice
as it is. A run that is stopped goes on where it was; what survived is tried again when that is asked for.
"""

from __future__ import annotations

import argparse
import ast
import compileall
import hashlib
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from py_compile import PycInvalidationMode
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "extensions"
PACKAGE = "sphinx_papers"
LAYERS = ("model", "formats")
TESTS = ("tests/model", "tests/formats", "tests/cli", "tests/test_api.py")
STATE = ROOT / "docs/_build/mutation.json"
MEMORY = 4 << 30
"""Bytes that the tests of a mutation may take: one may well fill a list for ever."""
_OPERATORS: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Eq: ("==", "!="), ast.NotEq: ("!=", "=="), ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"), ast.In: ("in", "not in"), ast.NotIn: (r"not\s+in", "in"), ast.Is: ("is", "is not"),
    ast.IsNot: (r"is\s+not", "is"),
}  # fmt: skip
_SIGNS: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: (r"\+", "-"), ast.Sub: ("-", "+"), ast.Mult: (r"\*", "//"), ast.FloorDiv: ("//", "*"), ast.Mod: ("%", "*"),
}  # fmt: skip
_SWAPS = (
    ("min", "max"), ("any", "all"), ("startswith", "endswith"), ("removeprefix", "removesuffix"), ("lstrip", "rstrip"),
    ("find", "rfind"), ("partition", "rpartition"), ("match", "search"), ("fullmatch", "match"), ("union", "intersection"),
)  # fmt: skip
_OTHER_NAME = {**dict(_SWAPS), **{other: one for one, other in reversed(_SWAPS)}}
_QUANTIFIER = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?<![(])(?P<found>[+*?])(?![+?:=!<])", re.DOTALL)
_OTHER_QUANTIFIER = {"+": "*", "*": "+", "?": ""}
_ORDERS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_TEXTS = (ast.JoinedStr, ast.List, ast.Tuple, ast.ListComp, ast.Dict)


@dataclass(frozen=True, slots=True)
class Mutation:
    """One place of one file, and what is to stand there instead."""

    file: str
    """Below the folder of the package."""
    line: int
    column: int
    start: int
    """In bytes of the file, as *end*."""
    end: int
    old: str
    new: str
    text: str
    """The whole line."""

    @property
    def key(self) -> str:
        """What a verdict is kept by: another line at that place is another mutation."""
        return f"{self} in {self.text.strip()}"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: `{self.old}` -> `{self.new}`"

    def apply(self, source: bytes) -> bytes:
        """Return *source* with this mutation."""
        return source[: self.start] + self.new.encode() + source[self.end :]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the tests said of a mutation."""

    mutation: str
    by: str
    """The test that failed, or `time` for one that did not end; empty for a survivor."""
    seconds: float


class _Places(ast.NodeVisitor):
    """Finds what can be changed in a module."""

    def __init__(self, file: str, source: bytes) -> None:
        self._file, self._source = file, source
        self._starts = [0]
        for line in source.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self.found: list[Mutation] = []

    def _at(self, line: int, column: int) -> int:
        return self._starts[line - 1] + column

    def _span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._at(node.lineno, node.col_offset), self._at(node.end_lineno, node.end_col_offset)

    def _put(self, start: int, end: int, new: str) -> None:
        line = self._source.count(b"\n", 0, start) + 1
        begin = self._starts[line - 1]
        old, text = (
            self._source[start:end].decode(),
            self._source[begin : self._starts[line]].decode().rstrip("\n"),
        )
        self.found.append(Mutation(self._file, line, start - begin + 1, start, end, old, new, text))

    def _between(self, before: ast.expr, after: ast.expr, pattern: str, new: str) -> None:
        start, end = self._span(before)[1], self._span(after)[0]
        word = rf"\b{pattern}\b" if pattern[0].isalpha() else pattern
        if found := re.search(word, self._source[start:end].decode()):
            self._put(start + found.start(), start + found.end(), new)

    def _negate(self, test: ast.expr) -> None:
        if isinstance(test, ast.UnaryOp) or (
            isinstance(test, ast.Compare) and not isinstance(test.ops[0], _ORDERS)
        ):
            return  # what is done to the expression itself is the same
        start, end = self._span(test)
        self._put(start, end, f"(not ({self._source[start:end].decode()}))")

    def visit_If(self, node: ast.If) -> None:
        if not (isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"):
            self._negate(node.test)
            self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self._negate(node.test)
        self.generic_visit(node)

    def visit_While(self, node: ast.While) -> None:
        self._negate(node.test)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for test in node.ifs:
            self._negate(test)
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        for before, operator, after in zip(
            [node.left, *node.comparators], node.ops, node.comparators, strict=False
        ):
            self._between(before, after, *_OPERATORS[type(operator)])
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        word, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for before, after in zip(node.values, node.values[1:], strict=False):
            self._between(before, after, word, other)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        texts = any(
            isinstance(side, _TEXTS) or (isinstance(side, ast.Constant) and isinstance(side.value, str))
            for side in (node.left, node.right)
        )
        if type(node.op) in _SIGNS and not texts:  # a sum of texts with a minus is no program
            self._between(node.left, node.right, *_SIGNS[type(node.op)])
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not | ast.USub):
            start = self._span(node)[0]
            self._put(start, start + (3 if isinstance(node.op, ast.Not) else 1), "")
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        value = node.value
        if isinstance(value, bool):
            self._put(*self._span(node), str(not value))
        elif isinstance(value, int | float):
            self._put(*self._span(node), str(value + 1))
        elif isinstance(value, str) and re.fullmatch(
            r"\w+", value
        ):  # a name; what readers are told may change
            start, end = self._span(node)
            if self._source[start:end].decode() in {f'"{value}"', f"'{value}'"}:
                self._put(start, end, f'"{value}X"')

    def visit_Call(self, node: ast.Call) -> None:
        called = node.func
        name = (
            called.id
            if isinstance(called, ast.Name)
            else called.attr
            if isinstance(called, ast.Attribute)
            else ""
        )
        if name in _OTHER_NAME:
            end = self._span(called)[1]
            self._put(end - len(name), end, _OTHER_NAME[name])
        if name == "compile":
            self._patterns(node.args[0])
        self.visit(called)
        for argument in node.args:
            self.visit(argument)
        for keyword in node.keywords:
            if keyword.arg != "strict":  # of pairs that are of one length
                self.visit(keyword.value)

    def _patterns(self, pattern: ast.expr) -> None:
        """Change a quantifier of a regular expression that is written as one text."""
        start, end = self._span(pattern)
        text = self._source[start:end].decode()
        if isinstance(pattern, ast.Constant) and text.startswith('r"') and text.isascii():
            for found in _QUANTIFIER.finditer(text):
                if sign := found["found"]:
                    at = start + found.start("found")
                    self._put(at, at + 1, _OTHER_QUANTIFIER[sign])

    def visit_Expr(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Call):
            self._put(*self._span(node), "pass")
        if not isinstance(node.value, ast.Constant):  # a docstring
            self.generic_visit(node)

    def visit_Continue(self, node: ast.Continue) -> None:
        self._put(*self._span(node), "break")

    def visit_Assert(self, node: ast.Assert) -> None:
        """It tells type checkers what is so."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def _function(self, node: ast.FunctionDef) -> None:
        for default in (*node.args.defaults, *node.args.kw_defaults):
            if default is not None:
                self.visit(default)
        for statement in node.body:
            self.visit(statement)

    visit_FunctionDef = _function  # noqa: N815  ast's name

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for statement in node.body:
            self.visit(statement)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Leave alone what readers are told; places in it are told exactly by new versions of Python only."""


def mutations(file: str, source: bytes) -> list[Mutation]:
    """Return every change of *source* that is tried; *file* is what it is called."""
    places = _Places(file, source)
    places.visit(ast.parse(source))
    return places.found


def choose(found: Iterable[Mutation], number: int, seed: int) -> list[Mutation]:
    """Return *number* of *found*, which ones by *seed* and by what stands on their lines."""

    def lot(each: Mutation) -> bytes:
        told = (seed, each.file, each.text.encode(), each.column, each.new)
        return hashlib.blake2b(repr(told).encode(), digest_size=16).digest()

    return sorted(found, key=lot)[:number]


def imported(source: str, modules: Iterable[str]) -> set[str]:
    """Return which of *modules* a file imports, wherever in it."""
    known = set(modules)
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found & known


class Tests:
    """The test files, and how far each is from a module that may be changed."""

    def __init__(self, copy: Path) -> None:
        paths = {_module(path, copy): path for path in copy.rglob("*.py")}
        self._imports = {module: imported(path.read_text(), paths) for module, path in paths.items()}
        files = sorted(path for place in TESTS for path in _test_files(ROOT / place))
        self.files = {str(path.relative_to(ROOT)): imported(path.read_text(), paths) for path in files}

    def about(self, module: str, seconds: dict[str, float], most: float) -> list[str]:
        """Return the files that are asked about *module*, who imports it first, of these the quickest.

        *seconds* says how long each takes; together they take at most *most*.
        """
        steps = {module: 0}
        last = [module]
        while last:
            near = [
                each for each, its in self._imports.items() if each not in steps and not its.isdisjoint(last)
            ]
            steps.update(dict.fromkeys(near, max(steps.values()) + 1))
            last = near
        far = len(steps)

        def place(file: str) -> tuple[int, float]:
            return min((steps.get(each, far) for each in self.files[file]), default=far), seconds.get(file, 0)

        found, total = [], 0.0
        for file in sorted(self.files, key=place):
            if total + seconds.get(file, 0) <= most:
                found.append(file)
                total += seconds.get(file, 0)
        return found


def _module(path: Path, copy: Path) -> str:
    return ".".join(path.relative_to(copy).with_suffix("").parts).removesuffix(".__init__")


def _test_files(place: Path) -> Iterator[Path]:
    return iter([place]) if place.is_file() else place.rglob("test_*.py")


def run_tests(
    copy: Path, files: Iterable[str], seconds: float, report: Path | None = None
) -> tuple[str, str]:
    """Run *files* on the package in *copy*: the first test that fails, or `time`, and what was printed; nothing if all pass."""
    command = [
        sys.executable,
        *["-m", "pytest", "-x", "-q", "--no-header", "--tb=short", "-p", "no:cacheprovider"],
        *files,
    ]
    command += [f"--junitxml={report}"] if report else []
    environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip
    resource.prlimit(process.pid, resource.RLIMIT_DATA, (MEMORY, MEMORY))
    try:
        said, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        said = ""
    finally:
        ended = process.poll() is not None
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # it may have left others behind
        process.communicate()
    if not ended:
        return "time", ""
    if process.returncode == 0:
        return "", said
    failed = re.search(r"^(?:FAILED|ERROR) (\S+)", said, re.MULTILINE)
    return failed[1] if failed else "before a test began", said


def measured(copy: Path, tests: Tests) -> dict[str, float]:
    """Return how long each file takes where nothing is changed.

    :raises SystemExit: if a test fails then: nothing could be told from it.
    """
    with tempfile.NamedTemporaryFile(suffix=".xml") as report:
        failed, said = run_tests(copy, tests.files, 3600, Path(report.name))
        if failed:
            sys.exit(f"{said}\nWithout a mutation {failed} fails already.")
        seconds = dict.fromkeys(tests.files, 0.0)
        for case in ET.parse(report.name).iter("testcase"):
            file = case.attrib["classname"].replace(".", "/") + ".py"
            seconds[file] = seconds.get(file, 0) + float(case.attrib["time"])
    return seconds


class State:
    """What is known from earlier runs of the same choice."""

    def __init__(self, path: Path, of: str) -> None:
        self._path, self._of = path, of
        self.seconds: dict[str, float] = {}
        self.verdicts: dict[str, Verdict] = {}
        try:
            kept = json.loads(path.read_text())
        except (OSError, ValueError):
            return
        if kept["of"] == of:
            self.seconds = kept["seconds"]
            self.verdicts = {each["mutation"]: Verdict(**each) for each in kept["verdicts"]}

    def save(self) -> None:
        """Keep it for the next run."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        verdicts = [asdict(each) for each in self.verdicts.values()]
        self._path.write_text(
            json.dumps({"of": self._of, "seconds": self.seconds, "verdicts": verdicts}, indent=1)
        )


def main() -> int:
    """Try mutations, and print what survived."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--number", type=int, default=50, help="how many places are changed (50)")
    parser.add_argument("--seed", type=int, default=1, help="which ones (1)")
    parser.add_argument(
        "--minutes", type=float, default=0, help="stop after that time; the same call goes on (no end)"
    )
    parser.add_argument(
        "--seconds", type=float, default=30, help="of tests for each mutation, as they take without one (30)"
    )
    parser.add_argument("--below", default="", help="only files whose name begins so, such as model/tables")
    parser.add_argument("--again", action="store_true", help="try those that survived once more")
    chosen = parser.parse_args()
    end = time.monotonic() + 60 * chosen.minutes if chosen.minutes else float("inf")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(SOURCES / PACKAGE, copy / PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
        compileall.compile_dir(copy, quiet=1, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
        package = copy / PACKAGE
        files = sorted(path for layer in LAYERS for path in (package / layer).rglob("*.py"))
        sources = {str(path.relative_to(package)): path.read_bytes() for path in files}
        every = [each for file, source in sources.items() for each in mutations(file, source)]
        wanted = [each for each in every if each.file.startswith(chosen.below)]
        trials = choose(wanted, chosen.number, chosen.seed)
        tests, state = Tests(copy), State(STATE, f"{chosen.seed} {chosen.below}")
        if not state.seconds.keys() >= tests.files.keys():
            state.seconds = measured(copy, tests)
            state.save()
        limit = 60 + 3 * chosen.seconds
        for number, each in enumerate(trials, start=1):
            known = state.verdicts.get(each.key)
            if known is not None and (known.by or not chosen.again):
                continue
            if time.monotonic() > end:
                print(f"{number - 1} of {len(trials)} tried: the same call goes on")
                break
            path = package / each.file
            began = time.monotonic()
            path.write_bytes(each.apply(sources[each.file]))
            try:
                by, _ = run_tests(
                    copy, tests.about(_module(path, copy), state.seconds, chosen.seconds), limit
                )
            finally:
                path.write_bytes(sources[each.file])
            seconds = round(time.monotonic() - began, 1)
            state.verdicts[each.key] = Verdict(each.key, by, seconds)
            state.save()
            print(f"{number}/{len(trials)} {seconds:6.1f} s  {each}  {by or 'SURVIVED'}", flush=True)
    tried = [each for each in trials if each.key in state.verdicts]
    left = [each for each in tried if not state.verdicts[each.key].by]
    print(f"{len(every):,} places could be changed; of {len(tried)} mutations {len(left)} survived")
    for each in left:
        print(f"  {PACKAGE}/{each}")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
