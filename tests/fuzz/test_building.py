"""Many pages of strangers in one build: nothing of them acts in HTML, and the build touches nothing outside."""

from __future__ import annotations

import json
import os
import posixpath
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import sphinx_papers
from tests.formats.conftest import METHODS, REGISTRIES
from tests.fuzz import harmless
from tests.fuzz.strategies import bibliographies, prose, records
from tests.fuzz.watched import events_outside

PAGES = 60
PACKAGE = Path(sphinx_papers.__file__).resolve().parent
WATCHED = Path(__file__).with_name("watched.py")
CONF = """\
project = "Fuzz"
extensions = ["myst_parser", "sphinx_papers"]
exclude_patterns = ["_build", "registries"]
myst_enable_extensions = ["colon_fence", "dollarmath"]
html_theme = "basic"
html_math_renderer = "mathml"
"""
INDEX = """\
# Fuzz

```{toctree}
:glob:
papers/index
methods/*
references
```

```{paper:leaderboard} voc
```
"""
RECORD = "title: Song {0}\nsummary: Sings song {0}.\ndate: 2020\nsupervision: [image]\n"


def drawn(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    """Return *count* examples, the same each time unless the profile says otherwise."""
    found: list[Any] = []

    @settings(max_examples=count, phases=[Phase.generate])
    @given(strategy)
    def note(each: Any) -> None:
        found.append(each)

    note()
    return found


def page(record: str, text: str) -> str:
    lines = "".join(f"  {line}\n" for line in record.split("\n"))
    return f"---\npaper:\n{lines}---\n# A heading\n\n{text}\n"


def write_site(root: Path, pages: list[str], bibliography: str) -> None:
    """Write a site of *pages*, with files around it that none may show."""
    files = {
        "docs/conf.py": CONF,
        "docs/index.md": INDEX,
        "docs/papers/index.md": "# Papers\n\n```{paper:table}\n```\n",
        "docs/references.md": "# References\n\n```{bibliography}\n```\n",
        "docs/references.bib": bibliography,
        "papers/other.txt": "x",
        "../secret.md": "SECRET",
        "../secret.png": "SECRET",
    }
    files |= {f"docs/registries/{name}": text for name, text in REGISTRIES.items()}
    for method in METHODS:
        front = f"---\nmethod: {{name: {method.name}, summary: {method.summary}}}\n---\n"
        files[f"docs/methods/{method.slug}.md"] = f"{front}# {method.name}\n\n```{{paper:table}}\n```\n"
    files |= {f"papers/wren20{number:02d}song.md": text for number, text in enumerate(pages)}
    for name, text in files.items():
        path = Path(os.path.normpath(root / name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", "surrogatepass")
    picture = Path(__file__).parents[1] / "roots/collection/papers/figures/voices.png"
    (root / "papers/here.png").write_bytes(picture.read_bytes())
    for name, target in (("leads.MD", "secret.md"), ("leads.png", "secret.png"), ("leads", "secret.md")):
        (root / "papers" / name).symlink_to(root.parent / target)


@dataclass
class Fuzzed:
    root: Path
    code: int
    said: str
    events: list[list[Any]]

    @property
    def html(self) -> Path:
        return self.root / "_build/html"


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Fuzzed:
    root = tmp_path_factory.mktemp("fuzzed") / "site"
    texts = drawn(prose, PAGES)
    stated = [RECORD.format(number) for number in range(len(texts) // 2)]
    stated += drawn(records, len(texts) - len(stated))
    bibliography = "".join(drawn(bibliographies, 10))
    write_site(root, [page(*each) for each in zip(stated, texts, strict=False)], bibliography)
    log = root.parent / "events"
    ran = subprocess.run(
        [sys.executable, str(WATCHED), str(root), str(log)],
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent), "HOME": str(root.parent)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert log.is_file(), ran.stderr[-3000:]
    events = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    return Fuzzed(root, ran.returncode, ran.stderr, events)


def test_no_page_stops_the_build(fuzzed: Fuzzed) -> None:
    assert fuzzed.code == 0, fuzzed.said[-3000:]
    pages = {path.stem for path in (fuzzed.root / "papers").glob("*.md")}
    assert len(pages) >= PAGES * 2 // 3
    assert pages - {path.stem for path in (fuzzed.html / "papers").glob("*.html")} == set()


def test_nothing_in_a_page_acts_or_leads_elsewhere(fuzzed: Fuzzed) -> None:
    wrong = {}
    pages = {path.stem for path in (fuzzed.root / "papers").glob("*.md")} | {"index"}
    for path in sorted(fuzzed.html.rglob("*.html")):
        if path.name == "search.html":  # the theme's own, with its form
            continue
        name = path.relative_to(fuzzed.html).as_posix()

        def inside(address: str, name: str = name) -> bool:
            found = posixpath.normpath(posixpath.join("/site", posixpath.dirname(name), address))
            return found.startswith("/site/") and (fuzzed.html / found[6:]).exists()

        moved = path.parent.name == "papers" and path.stem not in pages
        judge = harmless.moved_flaws if moved else harmless.page_flaws
        flaws = sorted(set(judge(path.read_text("utf-8"), inside)))
        if flaws:
            wrong[name] = flaws
    assert wrong == {}


def test_each_warning_is_a_line_to_print(fuzzed: Fuzzed) -> None:
    lines = (fuzzed.root / "_build/warnings").read_text("utf-8").split("\n")
    assert [line for line in lines if not harmless.is_line(line) or line.lstrip().startswith("::")] == []


def test_nothing_outside_is_read_written_run_or_asked(fuzzed: Fuzzed) -> None:
    reading = [
        fuzzed.root,
        PACKAGE,
        WATCHED,
        *map(Path, {sys.prefix, sys.base_prefix, *sysconfig.get_paths().values()}),
    ]
    assert len(fuzzed.events) > PAGES
    assert events_outside(fuzzed.events, reading, [fuzzed.root]) == []
    found = [path for path in fuzzed.html.rglob("*") if path.is_file() and b"SECRET" in path.read_bytes()]
    assert found == []
