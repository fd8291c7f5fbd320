"""What holds for the code as a whole."""

import ast
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "extensions" / "sphinx_papers"
MAP = (ROOT / "docs/contributing/code-map.md").read_text("utf-8")


def test_each_class_has_a_name_of_its_own() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(path.relative_to(PACKAGE).as_posix())
    assert len(places) > 100
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_the_map_of_the_code_names_every_folder_and_nothing_that_is_not_there() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/*/__init__.py")}
    assert len(rooms) > 15
    assert {room for room in rooms if f"`{room}`" not in MAP} == set()
    named = set(re.findall(r"`((?:model|formats|sphinx_ext|cli)/[\w./-]+)`", MAP))
    assert len(named) > 25
    assert {name for name in named if not (PACKAGE / name).exists()} == set()
