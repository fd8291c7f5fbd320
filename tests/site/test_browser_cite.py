"""Citing with a real browser: what it copies, saves and keeps, against what the command line writes."""

from __future__ import annotations

import json
import random
import re
import shlex
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from sphinx_papers.cli import main
from sphinx_papers.formats.exports.comparison_json import comparison_text
from sphinx_papers.formats.exports.export import EXPORTS as FORMATS_BY_NAME
from sphinx_papers.formats.exports.export import ExportOptions
from sphinx_papers.formats.exports.script_data import data_script
from sphinx_papers.formats.records.folder import read_collection
from sphinx_papers.formats.storage.places import Places
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.person import Person
from tests.bench.pages import write_long

from .browser import PHONE, Reader, serve
from .conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Request

INDEX = "papers/index.html"
BOARD = "leaderboards/voc2012.html"
FEW = ("lee2021railroad", "wu2021embedded", "yao2021non")
CLIPBOARD = ["clipboard-read", "clipboard-write"]
FORMATS = {
    "BibTeX": "bibtex", "RIS": "ris", "CSL-JSON": "csl-json", "CSV, a line for each paper": "papers-csv",
    "CSV, a line for each result": "results-csv", "Markdown table": "markdown", "LaTeX table": "latex",
}  # fmt: skip
COLUMNS = "name,authors,venue,backbone,crf,voc2012/val,voc2012/test,links,coco2014/val,supervision,inputs"


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def command(line: str, folder: Path) -> str:
    """What the command line writes."""
    assert main([*shlex.split(line), "-o", str(folder / "written")]) == 0
    return (folder / "written").read_text("utf-8")


def box(page: Page, key: str) -> Locator:
    return page.locator(f"tr[data-key={key}] input.sp-pick").first


def pick(page: Page, *keys: str) -> None:
    for key in keys:
        box(page, key).check()


def panel(page: Page) -> Locator:
    page.get_by_role("button", name="Cite or export").first.click()
    return page.get_by_role("dialog")


def result(panel: Locator, form: str) -> str:
    """The text of the dialog in the format *form*, when it is there."""
    panel.get_by_label("Format").select_option(form)
    return settled(panel)


def settled(panel: Locator) -> str:
    output = panel.locator("textarea[aria-busy=false]")
    output.wait_for()
    return output.input_value()


def columns(panel: Locator, names: str) -> str:
    """Tick exactly *names*, in this order."""
    boxes = panel.locator(".sp-columns input")
    boxes.first.wait_for()
    for each in boxes.all():
        each.uncheck()
    for name in names.split(","):
        panel.locator(f'.sp-columns input[value="{name}"]').check()
    return settled(panel)


def test_a_badge_is_copied_with_the_addresses_that_the_page_has(reader: Reader) -> None:
    page = reader.open("papers/lee2021railroad.html?from=here#cite", permissions=CLIPBOARD)
    page.get_by_role("button", name="Copy badge as Markdown").click()
    page.get_by_role("status").filter(has_text="copied").wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()") == (
        "[![EPS: saliency maps as pixel-level supervision]"
        f"({reader.base}badges/lee2021railroad.svg)]({reader.base}papers/lee2021railroad.html)"
    )
    reader.open("badges/lee2021railroad.svg").locator("text", has_text="with image labels").wait_for()


@pytest.mark.parametrize(
    ("name", "of"),
    [("Copy key", "dl.sp-cite dd"), ("Copy BibTeX", "pre.sp-bibtex"), ("Copy IEEE", ""), ("Copy APA", "")],
)
def test_a_button_copies(reader: Reader, name: str, of: str) -> None:
    page = reader.open("papers/lee2021railroad.html", permissions=CLIPBOARD)
    shown = page.locator(of).first.text_content() if of else ""
    page.locator("#cite").get_by_role("button", name=name).click()
    page.get_by_role("status").filter(has_text="copied").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    if of:
        assert copied == re.sub(" Copy$", "", shown or "")
    else:
        label = name.removeprefix("Copy ")
        own = page.locator(f"dl.sp-cite dt:text-is('{label}') + dd")
        assert copied == re.sub(" Cop(y|ied)$", "", own.inner_text())
        kinds = page.evaluate("navigator.clipboard.read().then((items) => items[0].types)")
        assert set(kinds) == {"text/plain", "text/html"}
    assert copied.startswith(("@inproceedings{lee2021railroad", "lee2021railroad", "S. Lee, ", "Lee, S., "))


def test_the_card_copies_the_entry_for_who_is_in_a_hurry(reader: Reader) -> None:
    page = reader.open("papers/lee2021railroad.html", permissions=CLIPBOARD)
    page.locator("dl.sp-card").get_by_role("button", name="Copy BibTeX").click()
    page.get_by_role("status").filter(has_text="copied").wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()").startswith("@inproceedings{lee2021railroad,")


def test_where_copying_is_forbidden_the_button_says_so(reader: Reader) -> None:
    page = reader.open("papers/lee2021railroad.html", permissions=[])
    page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error('no')))")
    page.evaluate("void (document.execCommand = () => false)")
    for name, text in (("key", "lee2021railroad"), ("BibTeX", "@inproceedings{lee2021railroad,")):
        button = page.locator("#cite").get_by_role("button", name=f"Copy {name}")
        button.click()
        button.filter(has_text="Not copied, but selected").wait_for()
        chosen = page.evaluate("getSelection().toString()")
        assert chosen.startswith(text)
        assert "copied" not in chosen


def test_without_encryption_the_old_command_copies(reader: Reader) -> None:
    page = reader.open("papers/lee2021railroad.html", permissions=CLIPBOARD)
    page.evaluate(
        "void Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined, configurable: true })"
    )
    page.evaluate(
        "document.addEventListener('copy', (event) => setTimeout(() => (window.kinds = [...event.clipboardData.types])))"
    )
    button = page.get_by_role("button", name="Copy IEEE")
    button.click()
    button.filter(has_text="Copied").wait_for()
    assert page.evaluate("document.activeElement.ariaLabel") == "Copy IEEE"
    fresh = page.context.new_page()
    fresh.goto("index.html")
    fresh.bring_to_front()
    assert fresh.evaluate("navigator.clipboard.readText()").startswith("S. Lee, ")
    kinds = fresh.evaluate("navigator.clipboard.read().then((items) => items[0].types)")
    assert set(kinds) == {"text/plain", "text/html"}


def test_without_a_script_everything_is_there_as_links(reader: Reader) -> None:
    page = reader.open("papers/lee2021railroad.html", java_script_enabled=False)
    section = page.locator("#cite")
    assert section.locator("dt").all_inner_texts() == ["Key", "IEEE", "APA"]
    assert section.get_by_role("button").count() == 0
    for end in (".bib", ".ris", ".csl.json"):
        href = section.get_by_role("link", name=end, exact=True).get_attribute("href")
        assert page.request.get(f"papers/{href}").ok


def test_a_selection_goes_from_page_to_page(reader: Reader) -> None:
    page = reader.open(INDEX)
    pick(page, "lee2021railroad")
    page.get_by_role("button", name="1 paper selected").wait_for()
    page.goto(BOARD)
    # Several results of one paper are ticked together.
    assert all(each.is_checked() for each in page.locator("tr[data-key=lee2021railroad] input.sp-pick").all())
    pick(page, "yao2021non")
    page.goto("papers/wu2021embedded.html")
    page.get_by_role("button", name="Add to the selection").click()
    page.get_by_role("button", name="3 papers selected").click()
    assert re.findall(r"@\w+\{(\w+),", settled(page.get_by_role("dialog"))) == sorted(FEW)
    page.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Take out of the selection").click()
    page.goto(INDEX)
    page.get_by_role("button", name="2 papers selected").wait_for()
    assert not box(page, "wu2021embedded").is_checked()


def test_another_window_follows(reader: Reader) -> None:
    page = reader.open(INDEX)
    other = page.context.new_page()
    other.goto(INDEX)
    pick(other, "lee2021railroad")
    page.get_by_role("button", name="1 paper selected").wait_for()
    assert box(page, "lee2021railroad").is_checked()


def test_a_selection_stays_on_the_machine(reader: Reader) -> None:
    page = reader.open(INDEX)
    pick(page, *FEW)
    page.goto(BOARD)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    pick(page, "lee2021reducing")
    page.goto(INDEX)
    assert asked
    assert not [each for each in asked if any(key in each for key in (*FEW, "lee2021reducing"))]
    assert page.context.cookies() == []
    assert page.evaluate("Object.values(localStorage)") == [
        json.dumps([*FEW, "lee2021reducing"], separators=(",", ":"))
    ]


def test_what_another_script_has_left_in_the_storage_is_no_selection(reader: Reader) -> None:
    page = reader.open(INDEX)
    pick(page, "lee2021railroad")
    for spoilt in ('{"a": 1}', "not json", "[1, null]"):
        page.evaluate("text => localStorage.setItem(Object.keys(localStorage)[0], text)", spoilt)
        page.reload()
        box(page, "yao2021non").wait_for()
        assert not page.locator("button.sp-tray").is_visible()
        pick(page, "yao2021non")
        page.get_by_role("button", name="1 paper selected").wait_for()


def test_without_storage_a_selection_lasts_as_long_as_the_page(reader: Reader) -> None:
    page = reader.open(INDEX)
    off = "(key) => { if (key.startsWith('sphinx-papers')) { throw new Error('off'); } return null; }"
    page.add_init_script(f"Storage.prototype.getItem = Storage.prototype.setItem = {off}")
    page.reload()
    pick(page, *FEW)
    page.get_by_role("button", name="3 papers selected").wait_for()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("many", [False, True], ids=["few", "all"])
def test_an_export_is_what_the_command_line_writes(
    reader: Reader, tmp_path: Path, form: str, many: bool
) -> None:
    page = reader.open(INDEX)
    where = "" if many else f"key={','.join(FEW)}"
    if not many:
        pick(page, *FEW)
    dialog = panel(page)
    assert result(dialog, form) == command(f"export {FORMATS[form]} {where}", tmp_path)


@pytest.mark.parametrize("form", ["Markdown table", "LaTeX table"])
@pytest.mark.parametrize(
    "names", [COLUMNS, "title,backbone", "voc2012/test,summary,methods", "segmenter,coco2014/val"]
)
def test_a_table_with_chosen_columns_is_what_the_command_line_writes(
    reader: Reader, tmp_path: Path, form: str, names: str
) -> None:
    dialog = panel(reader.open(INDEX))
    result(dialog, form)
    assert columns(dialog, names) == command(f"export {FORMATS[form]} --columns {names}", tmp_path)


def test_what_the_filters_leave_is_taken_in_the_order_shown(reader: Reader, tmp_path: Path) -> None:
    page = reader.open(f"{INDEX}?q=seungho+lee&sort=name")
    shown = page.locator(".sp-table").first.locator("tbody tr:visible")
    page.locator(".sp-status", has_text=" of ").wait_for()
    keys = list(dict.fromkeys(row.get_attribute("data-key") for row in shown.all()))
    assert 1 < len(keys) < 10
    page.get_by_role("button", name="Select all shown").first.click()
    page.get_by_role("button", name=f"{len(keys)} papers selected").wait_for()
    dialog = panel(page)
    dialog.get_by_label("What the table shows").check()
    made = result(dialog, "LaTeX table")
    assert re.findall(r"\\cite\{(\w+)\}", made) == keys
    wanted = command(f"export latex key={','.join(k for k in keys if k)}", tmp_path)
    assert sorted(re.findall(r"^.*\\cite.*$", _unmarked(made), re.MULTILINE)) == sorted(
        re.findall(r"^.*\\cite.*$", _unmarked(wanted), re.MULTILINE)
    )
    dialog.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Take back all shown").first.click()
    page.locator("button.sp-tray").wait_for(state="hidden")


def _unmarked(text: str) -> str:
    """The table without the letters of its notes, which follow the order of rows."""
    return re.sub(r"\\tnote\{\w+\}", "", text)


def test_a_table_and_its_bibliography_are_saved_and_compile(
    reader: Reader, site: Path, tmp_path: Path
) -> None:
    for name, package in (("pdflatex", "texlive-latex-base"), ("bibtex", "texlive-binaries")):
        if shutil.which(name) is None:
            pytest.skip(f"{name} is not here (Debian: apt-get install {package})")
    page = reader.open(BOARD)
    page.get_by_role("button", name="Select all shown").first.click()
    dialog = panel(page)
    for form, file in (("LaTeX table", "papers.tex"), ("BibTeX", "papers.bib")):
        text = result(dialog, form)
        with page.expect_download() as saved:
            dialog.get_by_role("button", name="Download").click()
        assert saved.value.suggested_filename == file
        saved.value.save_as(tmp_path / file)
        assert (tmp_path / file).read_text("utf-8") == text
    (tmp_path / "main.tex").write_text(
        "\\documentclass{article}\\usepackage{booktabs,threeparttable}\\begin{document}\\input{papers.tex}"
        "\\bibliographystyle{plain}\\bibliography{papers}\\end{document}"
    )
    latex = ["pdflatex", "-interaction=batchmode", "-halt-on-error", "main"]
    for line in (latex, ["bibtex", "main"], latex, latex):
        done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
        if line[0] == "bibtex":
            warned = {
                each.rpartition(" in ")[2]
                for each in re.findall("^Warning--(.*)$", done.stdout, re.MULTILINE)
            }
            papers = json.loads((site / "papers.json").read_text("utf-8"))["papers"]
            assert warned <= {paper["key"] for paper in papers if "authors" not in paper}
    assert "undefined" not in (tmp_path / "main.log").read_text("utf-8", "replace")


def test_the_result_can_be_copied(reader: Reader) -> None:
    page = reader.open(INDEX, permissions=CLIPBOARD)
    pick(page, *FEW)
    dialog = panel(page)
    text = result(dialog, "RIS")
    dialog.get_by_role("button", name="Copy result").click()
    dialog.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n") == text


def test_few_papers_need_no_whole_export(reader: Reader) -> None:
    page = reader.open(INDEX)
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.resource_type == "script":
            asked.append(urlsplit(request.url).path.removeprefix("/"))

    page.on("request", note)
    pick(page, *FEW)
    assert result(panel(page), "BibTeX")
    scripts = [f"_static/sphinx-papers/{name}.js" for name in ("copying", "export")]
    assert sorted(asked) == ["_data/exports.js", *(f"_data/papers/{key}.js" for key in FEW), *scripts]


def test_a_paper_that_is_gone_is_left_out(reader: Reader) -> None:
    page = reader.open(INDEX)
    pick(page, *FEW)
    kept = json.dumps([*FEW, *(f"gone2020page{place}" for place in range(9))])
    page.evaluate("text => localStorage.setItem(Object.keys(localStorage)[0], text)", kept)
    page.reload()
    dialog = panel(page)
    for form in FORMATS:
        assert "gone2020" not in result(dialog, form)


def test_data_that_cannot_be_had_is_told(reader: Reader) -> None:
    page = reader.open(INDEX)
    page.route("**/_data/ris.js", lambda route: route.fulfill(status=404, body=""))
    dialog = panel(page)
    assert settled(dialog)
    dialog.get_by_label("Format").select_option("RIS")
    dialog.get_by_text("The data could not be loaded (_data/ris.js).").wait_for()
    assert dialog.get_by_role("button", name="Download").is_disabled()
    page.unroute("**/_data/ris.js")
    assert result(dialog, "BibTeX")
    assert result(dialog, "RIS").startswith("TY  - ")
    reader.complaints[:] = [each for each in reader.complaints if "404" not in each]


def test_nothing_chosen_is_told(reader: Reader) -> None:
    page = reader.open(INDEX)
    dialog = panel(page)
    dialog.get_by_label("Selected").check()
    dialog.get_by_text("No papers: tick rows of a table").wait_for()


@pytest.mark.parametrize("path", [INDEX, BOARD, "years/2021.html", "methods/saliency.html"])
def test_every_box_and_button_has_a_name(reader: Reader, path: str) -> None:
    page = reader.open(path, viewport=PHONE)
    page.locator("input.sp-pick").first.wait_for()
    boxes = page.locator("input.sp-pick")
    names = boxes.evaluate_all("boxes => boxes.map((box) => box.getAttribute('aria-label') ?? '')")
    assert names
    assert all(re.fullmatch(r"Select \S.*", name) for name in names)
    dialog = panel(page)
    assert dialog.get_attribute("aria-labelledby") == "sp-panel-title"
    assert dialog.evaluate("dialog => dialog.scrollWidth <= dialog.clientWidth")
    page.keyboard.press("Escape")
    page.wait_for_function("() => !document.querySelector('dialog').open")


def test_all_shown_are_those_of_every_page_of_a_long_table(
    chromium: Browser, site: Path, tmp_path: Path
) -> None:
    html = shutil.copytree(site, tmp_path / "html")
    write_long(html, tmp_path / "papers", 130, size=50)
    with serve(html) as base:
        reader = Reader(chromium, base)
        page = reader.open("papers/long.html")
        page.get_by_role("button", name="Select all shown").click()
        page.get_by_role("button", name="130 papers selected").wait_for()
        page.goto("papers/long~1-3.html")
        boxes = page.locator("input.sp-pick")
        boxes.first.wait_for()
        assert [box.is_checked() for box in boxes.all()] == [True] * 50
        reader.close()
    assert reader.complaints == []


def hostile_library(real: Library) -> Library:
    """The papers of the site with texts that hold the markup of every format, and ends of lines."""
    chance = random.Random(5)
    pool = [*"\\{}$&%#_~^\"'`<>|*[]-,;:@=", "\n", "--", ",,", "``", "é", "ß", "李", "\u2013", "a", "B", "Zz"]

    def text(least: int = 1) -> str:
        return "x" + "".join(chance.choices(pool, k=chance.randint(least, 9)))

    papers = [
        replace(
            paper,
            names=tuple(text() for _ in range(chance.randint(0, 2))),
            title=text().translate({ord(each): "" for each in "{}$\\"}),
            summary=text(),
            authors=tuple(Person(family=text(), given=text()) for _ in range(chance.randint(0, 3))),
            results=tuple(
                replace(
                    result, variant=chance.choice(["", text()]), note=chance.choice(["", text()]),
                    value=chance.choice([result.value, 70.0, -1.5]),
                    conditions={name: chance.choice([value, text()]) if name == "backbone" else value
                                for name, value in result.conditions.items() if chance.random() < 0.8},
                )
                for result in paper.results
            ),
        )
        for paper in real.values()
    ]  # fmt: skip
    return Library(papers, real.registry, real.works.values())


@pytest.mark.parametrize(
    "names", [COLUMNS, "summary,backbone,segmenter,voc2012/val", "title,code,voc2012/test,coco2014/val"]
)
def test_tables_of_hostile_texts_are_what_python_writes(reader: Reader, names: str) -> None:
    places = Places(
        papers=ROOT / "papers", methods=ROOT / "docs/methods", registries=ROOT / "docs/registries",
        bibliography=ROOT / "docs/references.bib",
    )  # fmt: skip
    library = hostile_library(read_collection(places).library)
    page = reader.open(INDEX)
    script = data_script("comparison", comparison_text(library))
    page.route(
        "**/_data/comparison.js",
        lambda route: route.fulfill(body=script, content_type="text/javascript; charset=utf-8"),
    )
    page.get_by_role("button", name="Select all shown").click()
    dialog = panel(page)
    for form in ("LaTeX table", "Markdown table"):
        result(dialog, form)
        options = ExportOptions(columns=tuple(names.split(",")))
        wanted = FORMATS_BY_NAME[FORMATS[form]].write(tuple(library.values()), library, options)
        assert columns(dialog, names) == wanted


def test_a_format_that_only_python_can_write_is_not_offered_in_the_panel(reader: Reader) -> None:
    page = reader.open(INDEX)
    formats = [
        {"name": "drawn", "label": "Drawn by hand", "file": "papers.svg"},
        {"name": "new", "label": "New", "file": "papers.new", "opening": "", "glue": "", "closing": "", "empty": "",
         "beside": False},
    ]  # fmt: skip
    for name, value in (("exports", json.dumps(formats)), ("new", "{}")):
        script = data_script(name, value)
        page.route(
            f"**/_data/{name}.js",
            lambda route, _, script=script: route.fulfill(
                body=script, content_type="text/javascript; charset=utf-8"
            ),
        )
    page.get_by_role("button", name="Select all shown").click()
    options = panel(page).locator("option")
    options.first.wait_for(state="attached")
    assert options.all_inner_texts() == ["New"]
