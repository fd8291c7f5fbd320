"""The benchmark itself, with few papers and with made-up figures."""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

import pytest

from tests.bench import builds, own, report
from tests.bench.builds import Build, Stopped
from tests.bench.figures import Case, Figures, Plan, measure, warm_up
from tests.bench.own import Own, OwnFloor
from tests.bench.subjects import Floor, Ours, Project, Step
from tests.bench.synthetic import Synthetic
from tests.bench.targets import SHOWN_AT_MOST, TARGETS

SIZE = 20


@pytest.fixture(scope="module")
def ran() -> Figures:
    plan = Plan(
        sizes=(SIZE,),
        subjects=(Floor(), Ours()),
        jobs=(1,),
        steps=(Step.CLEAN, Step.RECORD),
        repeat=1,
    )
    figures = Figures()
    measure(plan, SIZE, figures)
    return figures


def made_up(seconds: float = 1.0, **figures: int) -> Build:
    sizes = ("memory", "page", "html", "output", "search", "packed_search", "largest", "written", "changed")
    return Build(processor=seconds, wall=seconds, **(dict.fromkeys(sizes, 1000) | figures))


def verdict(what: str, figures: Figures, size: int) -> str:
    return next(each for each in TARGETS if each.what.startswith(what)).verdict(figures, size)


def gaps(markdown: str) -> list[str]:
    """The rows of tables with an empty cell, or with another number of cells than the row above."""
    found = []
    cells = 0
    for line in markdown.splitlines():
        row = [cell.strip() for cell in line.split("|")[1:-1]]
        if row and (not all(row) or (cells and len(row) != cells)):
            found.append(line)
        cells = len(row)
    return found


def test_every_case_is_measured(ran: Figures) -> None:
    clean, edited = (ran.build(Case(SIZE, "ours", 1, step)) for step in (Step.CLEAN, Step.RECORD))
    assert clean
    assert edited
    assert clean.written == clean.changed > SIZE
    assert 1 < edited.changed <= SHOWN_AT_MOST
    assert edited.changed <= edited.written < clean.written
    assert clean.output > clean.html > SIZE * clean.page > 0
    assert clean.search > clean.packed_search > 0
    assert clean.memory > 2**24
    assert not ran.failed


def test_the_floor_shows_no_record(ran: Figures) -> None:
    edited = ran.build(Case(SIZE, "floor", 1, Step.RECORD))
    assert edited
    assert (edited.written, edited.changed) == (1, 0)


def test_the_page_has_no_gaps(ran: Figures) -> None:
    text = report.page(ran, {"processor": "made up"}, "2026-01-01")
    assert not gaps(text)
    assert text.count(f"| {Ours.about}") == 3
    assert "{" not in text


def test_a_build_over_its_limit_is_cut_off_with_its_workers(tmp_path: Path) -> None:
    beats = tmp_path / "beats"
    worker = f"import time\nwhile True: open({str(beats)!r}, 'a').write('.'); time.sleep(0.01)"
    parent = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {worker!r}])"
    assert builds.spend([sys.executable, "-c", parent], 1) == Stopped("cut off after 1 s")
    before = beats.stat().st_size
    time.sleep(0.2)
    assert beats.stat().st_size == before > 0


def test_a_build_that_fails_is_told_and_no_later_one_is_tried(capfd: pytest.CaptureFixture[str]) -> None:
    class Broken(Floor):
        settings = "raise ValueError('broken on purpose')"

    plan = Plan(sizes=(2,), subjects=(Broken(),), jobs=(1,), steps=(Step.CLEAN, Step.PROSE), repeat=1)
    figures = Figures()
    measure(plan, 2, figures)
    assert figures.failed
    assert figures.found[Case(2, "floor", 1, Step.PROSE)] == Stopped("not built")
    assert "broken on purpose" in capfd.readouterr().err
    assert "failed with exit status 2 | " in report.tables(figures, 2)


def test_what_was_built_is_put_aside_and_not_deleted(tmp_path: Path) -> None:
    built = tmp_path / "out"
    for _ in range(2):
        (built / "html").mkdir(parents=True)
        (built / "html" / "page.html").touch()
        builds.put_aside(built)
        assert not built.exists()
    builds.put_aside(built)  # nothing is there
    assert len(list(tmp_path.glob("*/out/html/page.html"))) == 2


def test_pages_without_their_prose_are_found_before_they_are_measured() -> None:
    class Blank(Floor):
        def page(self, made: Synthetic) -> str:
            return "# Blank\n"

    with pytest.raises(RuntimeError, match="floor with the fewest papers: the pages lack their prose"):
        warm_up((Blank(),))


def test_a_project_is_as_before_when_restored(tmp_path: Path) -> None:
    project = Project(Ours(), tmp_path / "ours", 3)
    project.write()
    before = {path: path.read_bytes() for path in project.pages.iterdir()}
    for step in Step:
        project.change(step)
    assert {path: path.read_bytes() for path in project.pages.iterdir()} != before
    project.restore()
    assert {path: path.read_bytes() for path in project.pages.iterdir()} == before


def test_the_least_of_each_figure_counts() -> None:
    case = Case(100, "ours", 1, Step.CLEAN)
    figures = Figures()
    figures.add(case, made_up(2, memory=5))
    figures.add(case, made_up(3, memory=4))
    assert figures.found == {case: made_up(2, memory=4)}
    figures.add(case, Stopped("cut off after 60 s"))
    assert figures.found == {case: Stopped("cut off after 60 s")}


def test_a_slow_peer_is_in_the_table() -> None:
    figures = Figures()
    figures.add(Case(100, "floor", 1, Step.CLEAN), made_up())
    figures.add(Case(100, "toctree", 1, Step.CLEAN), Stopped("cut off after 60 s"))
    text = report.tables(figures, 100)
    assert not gaps(text)
    assert "| one toctree over all     | cut off after 60 s | " in text


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_growth_is_the_power_of_the_size(power: float) -> None:
    figures = Figures()
    for size in (100, 1000, 10000):
        figures.add(Case(size, "ours", 1, Step.CLEAN), made_up(size**power))
    assert figures.exponent("ours", [100, 1000, 10000]) == pytest.approx(power)
    assert f"at most 1.05: {power:.3f}, {'met' if power < 1.05 else 'missed'}." in report.growth(figures)
    assert figures.exponent("floor", [100, 1000]) is None
    assert not gaps(report.growth(figures))


def test_one_size_has_no_growth() -> None:
    figures = Figures({Case(100, "ours", 1, Step.CLEAN): made_up()})
    assert report.growth(figures) == "The target from 100 to 10,000 papers, at most 1.05: not measured."


@pytest.mark.parametrize(("seconds", "expected"), [(1.15, "1.150, met"), (1.153, "1.153, missed")])
def test_a_target_is_judged_by_the_exact_figure(seconds: float, expected: str) -> None:
    figures = Figures()
    for size in (100, 1000):
        figures.add(Case(size, "floor", 1, Step.CLEAN), made_up(1))
        figures.add(Case(size, "ours", 1, Step.CLEAN), made_up(seconds))
    assert verdict("clean build, 1,000 and more", figures, 1000) == expected
    assert verdict("clean build, 1,000 and more", figures, 100) == f"{seconds:.3f}, no target"
    assert verdict("clean build, up to 399", figures, 100) == f"{seconds:.3f}, met"
    assert verdict("build without a change", figures, 1000) == "not measured"


@pytest.mark.parametrize(
    ("shown", "expected"), [(20, "2.000, missed (20 pages)"), (21, "2.000, no target (21 pages)")]
)
def test_an_edit_that_many_pages_show_has_no_target(shown: int, expected: str) -> None:
    figures = Figures()
    figures.add(Case(100, "floor", 1, Step.RECORD), made_up(1))
    figures.add(Case(100, "ours", 1, Step.RECORD), made_up(2, changed=shown))
    assert verdict("edit of one paper's record", figures, 100) == expected


@pytest.mark.parametrize(("seconds", "expected"), [(2, "1.500, met"), (2.5, "1.200, missed")])
def test_two_processes_have_to_be_faster(seconds: float, expected: str) -> None:
    figures = Figures()
    figures.add(Case(1000, "ours", 1, Step.CLEAN), made_up(3))
    figures.add(Case(1000, "ours", 2, Step.CLEAN), made_up(seconds))
    assert verdict("`-j 2`", figures, 1000) == expected


def test_each_change_finds_what_it_edits(tmp_path: Path) -> None:
    project = Project(Floor(), tmp_path / "floor", 1)
    project.write()
    (page,) = project.pages.iterdir()
    page.write_text("# Nothing to edit\n")
    with pytest.raises(ValueError, match=f"nothing to edit in {page.name}: no '## Caveats'"):
        project.change(Step.PROSE)


def test_the_sites_pages_are_copied_under_new_titles_and_identifiers(tmp_path: Path) -> None:
    least = Own().least
    first, again = own.copied(0), own.copied(least)
    assert first.text == (own.ROOT / "papers" / f"{first.key}.md").read_text("utf-8")
    assert again.key == f"{first.key}copy1"
    assert '\n  title: "Copy 1 of ' in again.text
    keys = {own.copied(number).key for number in range(2 * least)}
    assert len(keys) == 2 * least
    records = [own.copied(number).text for number in range(2 * least)]
    for field in ("doi", "arxiv"):
        found = [each for text in records for each in re.findall(rf"^  {field}: .*$", text, re.MULTILINE)]
        assert len(found) > least / 2
        assert len(set(found)) == len(found)
    plain = OwnFloor().page(own.copied(0))
    assert "{paper}" not in plain
    assert "{cite" not in plain


def test_no_page_of_the_floor_asks_for_what_only_this_project_has(tmp_path: Path) -> None:
    floor = OwnFloor()
    floor.write(tmp_path / "site", floor.least)
    pages = list((tmp_path / "site" / "docs").rglob("*.md"))
    assert len(pages) > floor.least
    asking = [
        path.name
        for path in pages
        if re.search(r"^(```|:::)+\{paper:", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert asking == []
