"""Measures what the extension costs beside plain Sphinx: ``make bench``, or with a number of papers.

The floor is the same pages in plain Sphinx with MyST and the same theme, in no table of
contents, their roles turned into literals. Each build is a process of its own; processor
time is compared, as it suffers less from other work on the machine than the clock does.
"""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.synthetic import paper, write_collection

COMMON = """
project = "Bench"
myst_enable_extensions = ["dollarmath", "colon_fence"]
html_theme = "furo"
html_use_index = False
html_copy_source = False
"""
FULL = (
    COMMON
    + """
extensions = ["myst_parser", "sphinx_papers"]
exclude_patterns = ["registries"]
bibtex_default_style = "papers"
bibtex_reference_style = "author_year"
bibtex_tooltips = False
bibtex_cite_id = "{key}"
html_math_renderer = "mathml"
"""
)
FLOOR = COMMON + 'extensions = ["myst_parser"]\nsuppress_warnings = ["toc.not_included"]\n'


def main(count: int) -> None:
    """Print seconds and ratios for a clean build, none, an edit of prose and one of a record."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_collection(folder / "full", count)
        (folder / "full" / "docs" / "conf.py").write_text(FULL)
        _write_floor(folder / "floor", count)
        floor = _measure(folder / "floor", folder / "floor" / "papers", count)
        full = _measure(folder / "full" / "docs", folder / "full" / "papers", count)
    print(f"{count} papers{'':14}floor     full    ratio")
    for what, plain, ours in zip(("clean", "no change", "prose", "record"), floor, full, strict=True):
        print(f"{what:<20} {plain:8.1f} {ours:8.1f} {ours / plain:8.2f}")


def _write_floor(folder: Path, count: int) -> None:
    (folder / "papers").mkdir(parents=True)
    (folder / "conf.py").write_text(FLOOR)
    (folder / "index.md").write_text("# Home\n")
    for number in range(count):
        made = paper(number)
        text = re.sub(r"\{(?:paper|cite:p|cite:t)\}(`[^`]*`)", r"\1", made.text)
        (folder / "papers" / f"{made.key}.md").write_text(text, "utf-8")


def _measure(source: Path, papers: Path, count: int) -> list[float]:
    out = source.parent / "out"
    shutil.rmtree(out, ignore_errors=True)
    page = papers / f"{paper(count // 2).key}.md"
    seconds = [_build(source, out), _build(source, out)]
    for old, new in (("## Caveats", "## Caveats\n\nOne more."), ("title: ", "title: Changed ")):
        page.write_text(page.read_text("utf-8").replace(old, new, 1), "utf-8")
        seconds.append(_build(source, out))
    return seconds


def _build(source: Path, out: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", str(source), str(out)]
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
