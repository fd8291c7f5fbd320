from __future__ import annotations

import builtins
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from sphinx_papers.cli import main
from sphinx_papers.formats.intake.new_site import THEMES, SitePlan, facet_presets, site_files, with_venues
from sphinx_papers.model.records.draft import Draft
from sphinx_papers.model.records.registry import Registry, VenueKind

Output = pytest.CaptureFixture[str]
ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "extensions" / "example"
LIST = """\
# Doughs

| Title | Venue | Authors |
| --- | --- | --- |
| [Doughs That Rise by Night](https://arxiv.org/abs/2105.08960) | NeurIPS 2021 | Ada Berg, Ben Hove |
| Rise of Rises | no year | Ada Berg |
"""
BIB = """\
@article{a, title = {Where Crusts Come From, at $\\sqrt{s}=13$ TeV}, author = {Berg, Ada}, journal = {J. Bak. Sci.}, volume = {3}, year = {2019}}
@inproceedings{b, title = {Crumbs at Scale}, author = {Hove, Ben}, booktitle = {Proceedings of the 3rd Symposium on Dough (SOD)}, year = {2020}}
@inproceedings{c, title = {Crumbs at Work}, author = {Hove, Ben}, booktitle = {Proceedings of the 4th Symposium on Dough (SOD)}, year = {2021}}
@article{d, title = {doughs that rise by {Night}}, author = {Berg, Ada}, eprint = {2105.08960}, year = {2021}}
@misc{e, author = {Nobody}}
"""


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with two lists, and work in it."""
    (tmp_path / "list.md").write_text(LIST, "utf-8")
    (tmp_path / "list.bib").write_text(BIB, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def build(folder: Path, out: Path) -> str:
    """Return what Sphinx complains of."""
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-nqW",
        "--keep-going",
        "--no-color",
        "-d",
        str(out / "doctrees"),
    ]
    built = subprocess.run(
        [*command, str(folder / "docs"), str(out / "html")],
        env={**os.environ, "PYTHONPATH": str(ROOT / "extensions")}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return built.stderr if built.returncode or built.stderr else ""


@pytest.mark.parametrize("theme", list(THEMES))
def test_lists_become_a_site_that_builds_without_a_warning(lists: Path, capsys: Output, theme: str) -> None:
    arguments = [
        "--from",
        "list.md",
        "--from",
        "list.bib",
        "--title",
        'Doughs "& more" <b>',
        "--theme",
        theme,
    ]
    assert main(["init", "site", *arguments, "--facets", ",".join(facet_presets())]) == 0
    output, errors = capsys.readouterr()
    # Every row is accounted for, and the counts add up.
    assert errors == "7 rows: 4 written, 1 known already, 0 empty, 2 not understood\n"
    assert "list.bib:4: site/papers/berg2021doughs.md is this paper already (same arXiv id)" in output
    assert "list.bib:5: not understood: `e`: it has no title\n" in output
    assert output.endswith('wrote site: a site called Doughs "& more" <b>\nthen: cd site && make html\n')
    site = lists / "site"
    assert sorted(path.name for path in (site / "papers").iterdir()) == [
        "berg2019crusts.md", "berg2021doughs.md", "hove2020crumbs.md", "hove2021crumbs.md",
    ]  # fmt: skip
    venues = yaml.safe_load((site / "docs/registries/venues.yml").read_text("utf-8"))
    assert {key: (each["name"], each["kind"]) for key, each in venues.items()} == {
        "arxiv": ("arXiv", "preprint"), "j-bak-sci": ("J. Bak. Sci.", "journal"),
        "neurips": ("NeurIPS", "conference"), "sod": ("SOD", "conference"),
    }  # fmt: skip
    assert main(["--papers", "site/papers", "--docs", "site/docs", "check", "--strict"]) == 0
    assert build(site, lists / "out") == ""
    page = (lists / "out/html/index.html").read_text("utf-8")
    assert "Doughs &quot;&amp; more&quot; &lt;b&gt;" in page or 'Doughs "&amp; more" &lt;b&gt;' in page
    assert "Crumbs at Scale" in page


def test_a_site_without_papers_builds_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "my-new_site", "--facets", "none"]) == 0
    assert "a site called My new site" in capsys.readouterr().out
    site = tmp_path / "my-new_site"
    assert build(site, tmp_path / "out") == ""
    assert main(["--papers", str(site / "papers"), "--docs", str(site / "docs"), "check", "--strict"]) == 0
    read = yaml.load((site / ".github/workflows/site.yml").read_text("utf-8"), yaml.BaseLoader)
    targets = re.findall(r"^([.\w/]+):", (site / "Makefile").read_text("utf-8"), re.MULTILINE)
    for step in read["jobs"]["site"]["steps"]:
        if step.get("run", "").startswith("make "):
            assert step["run"].removeprefix("make ") in targets
    assert (
        yaml.safe_load((site / ".readthedocs.yaml").read_text("utf-8"))["sphinx"]["configuration"]
        == "docs/conf.py"
    )
    assert not re.search(
        "@[a-z_]+@", "".join(path.read_text("utf-8") for path in site.rglob("*") if path.is_file())
    )


def test_it_asks_where_somebody_can_answer(
    lists: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    answers = iter(["Doughs", "", "book", "evidence, data", "list.bib 'list.md'"])
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr(builtins, "input", answer)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert main(["init", "site"]) == 0
    assert asked[0] == "What is it called [Site]? "
    assert len(asked) == 5
    assert "7 rows: " in capsys.readouterr().err
    conf = (lists / "site/docs/conf.py").read_text("utf-8")
    assert 'project = "Doughs"\nauthor = copyright = "the contributors"\n' in conf
    assert 'html_theme = "sphinx_book_theme"\n' in conf
    assert list(yaml.safe_load((lists / "site/docs/registries/facets.yml").read_text("utf-8"))) == [
        "evidence",
        "data",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["."], ".: there is something already; name a new folder"),
        (["list.md"], "list.md: there is something already; name a new folder"),
        (["x", "--from", "gone.md"], "gone.md: No such file or directory"),
        (["x", "--facets", "kid"], "facets: `kid` is not known (did you mean `kind`?)"),
        (["x", "--source", "here"], "--source: `here` is no web address"),
        (["x", "--title", "a\nb"], "title: it must be words on one line"),
        (["list.md/x"], "list.md/x/.github/workflows/site.yml: Not a directory"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    lists: Path, capsys: Output, arguments: list[str], said: str
) -> None:
    before = sorted(lists.rglob("*"))
    assert main(["init", *arguments]) == 2
    assert capsys.readouterr().err == f"{said}\n"
    assert sorted(lists.rglob("*")) == before


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Phys. Rev. D", "Phys. Rev. D", VenueKind.JOURNAL),
        ("Proceedings of the 38th International Conference on Rising 2021", "Proceedings of the International Conference on Rising", VenueKind.CONFERENCE),
        ("Workshop on Crumbs (WoC)", "WoC", VenueKind.WORKSHOP),
        ("SOD 2021", "SOD", VenueKind.CONFERENCE),
        ("ATLAS-CONF-2014-006", "", None),
        ("https://example.org/x", "", None),
        ("日本物理学会誌", "", None),
        ("index", "", None),
        ("2021", "", None),
    ],
)  # fmt: skip
def test_a_venue_that_nobody_registered_is_made_of_its_name(
    text: str, name: str, kind: VenueKind | None
) -> None:
    found = with_venues(Registry(), [Draft(venue=text, year=2021), Draft(venue=text, year=2022)])
    assert [(each.name, each.kind) for each in found.venues.values()] == ([(name, kind)] if name else [])


def test_the_example_has_what_a_new_site_has() -> None:
    files = site_files(SitePlan(title="Dough papers", author="nobody: it is an example"))
    for name in ("docs/conf.py", "docs/references.md", "docs/papers/index.md"):
        assert (EXAMPLE / name).read_text("utf-8").replace(" methods\n", "\n") == files[name]


def test_a_wheel_holds_the_templates_and_what_pages_load(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    package = ROOT / "extensions" / "sphinx_papers"
    wanted = {
        f"sphinx_papers/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted <= held
    assert "sphinx_papers/site_template/docs/conf.py.in" in wanted
