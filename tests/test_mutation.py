"""The tool that changes single places: what it changes, and which places it takes."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.mutation import LAYERS, PACKAGE, ROOT, SOURCES, choose, imported, mutations, run_tests

FILES = sorted(path for layer in LAYERS for path in (SOURCES / PACKAGE / layer).rglob("*.py"))


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("a == b", {"a != b"}),
        ("a <= b < c", {"a < b < c", "a <= b <= c"}),
        ("a not in b", {"a in b"}),
        ("a and (b or c)", {"a or (b or c)", "a and (b and c)"}),
        ("f(not a)", {"f( a)", "pass"}),
        ("x = 1 if a else b", {"x = 2 if a else b", "x = 1 if (not (a)) else b"}),
        ("if a:\n    f(b)", {"if (not (a)):\n    f(b)", "if a:\n    pass"}),
        ("[a for a in b if a > 1]", {
            "[a for a in b if a >= 1]", "[a for a in b if a > 2]", "[a for a in b if (not (a > 1))]",
        }),
        ("x: int = -a + b", {"x: int = a + b", "x: int = -a - b"}),
        ("y = 'name'", {'y = "nameX"'}),
        ("y = min(a, True)", {"y = max(a, True)", "y = min(a, False)"}),
        ('y = re.compile(r"a+(?:b)[+]")', {'y = re.compile(r"a*(?:b)[+]")'}),
        ("for a in b:\n    continue", {"for a in b:\n    break"}),
        ("def f(a: int = 1) -> str:\n    'One.'", {"def f(a: int = 2) -> str:\n    'One.'"}),
        ("é = a is b  # 弱", {"é = a is not b  # 弱"}),
        # What says nothing, what is told readers, and what only type checkers read.
        ("assert a == 1", set()),
        ("y = 'two words'", set()),
        ("y = f'{a} of {b + 1}'", set()),
        ("if TYPE_CHECKING:\n    import a", set()),
        ("y = list(zip(a, b, strict=True))", set()),
        ("@dataclass(frozen=True)\nclass A:\n    '''One.'''\n    a: int", set()),
    ],
)  # fmt: skip
def test_places_are_changed_one_at_a_time(code: str, wanted: set[str]) -> None:
    source = code.encode()
    found = [each.apply(source).decode() for each in mutations("a.py", source)]
    assert sorted(found) == sorted(wanted)


def test_every_mutation_of_the_package_is_a_program() -> None:
    sources = {str(path): path.read_bytes() for path in FILES}
    found = [each for file, source in sources.items() for each in mutations(file, source)]
    assert len(found) > 5_000
    for each in choose(found, 150, 7):
        changed = each.apply(sources[each.file])
        assert changed != sources[each.file]
        ast.parse(changed)
        assert sources[each.file].splitlines()[each.line - 1] != changed.splitlines()[each.line - 1], each


def test_a_mutation_is_chosen_by_the_seed_and_by_what_stands_there() -> None:
    source = b"\n".join(b"x%d = a == b" % number for number in range(200))
    lines = {seed: [each.line for each in choose(mutations("a.py", source), 9, seed)] for seed in (1, 2)}
    assert len(lines[1]) == 9
    assert lines[1] != lines[2]
    again = choose(mutations("a.py", b"import os\n\n" + source), 9, 1)
    assert [each.line - 2 for each in again] == lines[1]


def test_what_a_file_imports_is_found_wherever_it_does() -> None:
    known = {"p.a", "p.b", "p.c", "p"}
    code = "import p.a\nfrom p import b, other\n\ndef f():\n    from p.c import d\n"
    assert imported(code, known) == known


def test_a_test_that_fails_is_named_and_one_that_does_not_end_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text("def test_one(): pass\ndef test_two(): assert False\n")
    (tmp_path / "test_b.py").write_text("def test_one(): pass\n")
    (tmp_path / "test_c.py").write_text("def test_one():\n    while True: pass\n")
    failed, _ = run_tests(SOURCES, [str(tmp_path / "test_b.py"), str(tmp_path / "test_a.py")], 60)
    assert failed.endswith("test_a.py::test_two")
    assert run_tests(SOURCES, [str(tmp_path / "test_b.py")], 60)[0] == ""
    assert run_tests(SOURCES, [str(tmp_path / "test_c.py")], 3)[0] == "time"
    assert (ROOT / "tests").is_dir()
