"""``make bench-pages``: what the page of a long table weighs, and how fast a browser filters and sorts it.

A site of 1,000 synthetic papers is built. The table of 10,000 is written by the same code
into copies of that site's page, as building 9,000 more pages would tell nothing more.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sphinx_papers.formats.exports.export import data_file
from sphinx_papers.formats.exports.script_data import data_script
from sphinx_papers.formats.records.folder import read_collection
from sphinx_papers.formats.storage.places import Places
from sphinx_papers.model.display.text import Table, Target
from sphinx_papers.model.tables.table import TableSpec, paper_table
from sphinx_papers.sphinx_ext.blocks.html import block_html
from sphinx_papers.sphinx_ext.blocks.paging import page_name, pager, split
from tests.bench.subjects import Ours
from tests.bench.synthetic import write_collection
from tests.site.browser import Reader, launched, serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_COLUMNS = ("date", "name", "title", "venue", "arxiv", "code")
_PAGE = 1000
_INDEX = "papers/index"
_WEIGHT = 350_000
"""Bytes that the page of 1,000 papers may have, packed, with all that it loads."""
_TIME = {1000: 50.0, 10_000: 200.0}
"""Milliseconds from a key to the filtered table, by the number of rows."""
_STEPS = (
    ("type one letter", "type('s')"),
    ("type a word", "type('segment')"),
    ("type two words", "type('dense lee')"),
    ("delete all", "type('')"),
    ("choose a year", "choose('Year', 0)"),
    ("choose a method", "choose('Method', 3)"),
    ("leave the choice", "reset()"),
    ("sort by name", "sort('name')"),
    ("sort by date", "sort('date')"),
)
_SCRIPT = """
async (step) => {
  const tools = document.querySelector(".sp-tools");
  const region = document.querySelector(".sp-table");
  const type = (words) => {
    const field = tools.querySelector("input[type=search]");
    field.value = words;
    field.dispatchEvent(new Event("input"));
  };
  const choose = (name, place) => {
    const menu = [...tools.querySelectorAll(".sp-menu")].find((each) => each.querySelector("legend").textContent === name);
    menu.querySelectorAll("input")[place].click();
  };
  const reset = () => tools.querySelector(".sp-reset").click();
  const sort = (column) => region.querySelector(`[data-column="${column}"] button`).click();
  const done = new Promise((resolve) => region.addEventListener("papers-shown", resolve, { once: true }));
  const start = performance.now();
  eval(step);
  await done;
  region.getBoundingClientRect(); // laid out
  const took = performance.now() - start;
  await new Promise((resolve) => setTimeout(resolve, 400)); // what is left to be put on the page
  return took;
}
"""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a page and all that it loads weigh, packed by gzip, by kind."""

    kinds: dict[str, int]

    @property
    def total(self) -> int:
        """Bytes of all."""
        return sum(self.kinds.values())


def weigh(reader: Reader, path: str, folder: Path) -> Weight:
    """Open *path* and weigh every file that the browser asks for."""
    files: set[str] = set()
    page = reader.open("search.html")  # for a window; what it loads does not count
    page.on("request", lambda request: files.add(urlsplit(request.url).path.lstrip("/")))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.context.close()
    kinds: dict[str, int] = {}
    for file in sorted(files):
        kind = Path(file).suffix.lstrip(".")
        kinds[kind] = kinds.get(kind, 0) + len(gzip.compress((folder / file).read_bytes(), 6, mtime=0))
    return Weight(kinds)


def times(page: Page) -> Iterator[tuple[str, float]]:
    """Yield what is done on *page* and the milliseconds it takes, the longest of three rounds but the first."""
    page.locator(".sp-words").focus()  # begins to load the other pages, as a reader's hand does
    page.wait_for_timeout(500)
    rounds = [[page.evaluate(_SCRIPT, step) for _, step in _STEPS] for _ in range(4)]
    for (name, _), *took in zip(_STEPS, *rounds[1:], strict=True):
        yield name, max(took)


def build(folder: Path) -> Path:
    """Build the site of 1,000 papers and return where it is."""
    Ours().write(folder, _PAGE)
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-d", str(folder / "doctrees")]
    subprocess.run([*command, str(folder / "docs"), str(folder / "html")], check=True)
    return folder / "html"


def write_long(html: Path, folder: Path, count: int, size: int = _PAGE) -> str:
    """Write the pages of a table of *count* papers beside the one of the site and return the first's path.

    :param html: the site, whose page around its own table serves these too.
    :param folder: where the papers are written.
    :param size: how many rows a page has at most.
    """
    write_collection(folder, count)
    docs = folder / "docs"
    places = Places(
        papers=folder / "papers", methods=docs / "methods", registries=docs / "registries",
        bibliography=docs / "references.bib",
    )  # fmt: skip
    spec = TableSpec(columns=_COLUMNS, filter=True)
    parts = split(paper_table(read_collection(places).library, spec), size)
    shell = (html / f"{_INDEX}.html").read_text("utf-8")
    begin, end = (
        shell.index('<div class="sp-tools '),  # the room of its filters comes first
        shell.index("</script>", shell.index('class="sp-finding"')),
    )
    for number, part in enumerate(parts, start=1):
        name = page_name("long", 1, number)
        table = _html(part)
        body = table + pager("long", 1, number, len(parts), lambda to: f"{to}.html")
        text = shell[:begin] + body + shell[end + len("</script>") :]
        (html / "papers" / f"{name}.html").write_text(text, "utf-8")
        data = html / data_file(f"papers/{name}")
        data.write_text(data_script(f"papers/{name}", json.dumps(table)), "utf-8")
    return "papers/long.html"


def _html(table: Table) -> str:
    def address(target: Target) -> str:
        return target.id if target.kind == "url" else f"{target.id}.html"

    return block_html(table, address, room=True)


def measure(browser: Browser, html: Path, paths: dict[int, str]) -> bool:
    """Print weights and times; return whether all are within their budgets."""
    good = True
    with serve(html) as base:
        reader = Reader(browser, base)
        print(
            "| page | HTML | scripts | styles | all, packed, kB | budget |\n| --- | --- | --- | --- | --- | --- |"
        )
        for count, path in paths.items():
            weight = weigh(reader, path, html)
            parts = " | ".join(f"{weight.kinds.get(kind, 0) / 1000:.1f}" for kind in ("html", "js", "css"))
            good &= weight.total <= _WEIGHT
            print(f"| {count:,} rows | {parts} | {weight.total / 1000:.1f} | {_WEIGHT // 1000} |")
        print("\n| rows | what | ms | budget |\n| --- | --- | --- | --- |")
        for count, path in paths.items():
            for name, took in times(reader.open(path)):
                good &= took <= _TIME[count]
                print(f"| {count:,} | {name} | {took:.0f} | {_TIME[count]:.0f} |", flush=True)
        reader.close()
        print(*reader.complaints, sep="\n")
    return good and not reader.complaints


def main() -> int:
    """Measure; return 1 if a budget is exceeded."""
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        html = build(Path(folder) / "site")
        long = write_long(html, Path(folder) / "long", 10_000)
        return int(not measure(browser, html, {1000: f"{_INDEX}.html", 10_000: long}))


if __name__ == "__main__":
    sys.exit(main())
