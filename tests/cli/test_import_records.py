"""Papers in bulk: records in JSON and CSL-JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sphinx_papers.cli import main

Output = pytest.CaptureFixture[str]
RECORD: dict[str, Any] = {
    "key": "berg2021maps",
    "title": "MapNet: Maps of Maps",
    "authors": ["Ada Berg", "Ben Hove"],
    "date": "2021-05",
    "venue": {"id": "cvpr", "year": 2021, "pages": "1-9"},
    "arxiv": "2105.08960",
    "code": [{"url": "https://c.example/maps", "official": False, "weights": "yes"}],
    "supervision": [],
    "methods": ["erasing"],
    "builds_on": ["zhou2016learning"],
    "sources": {"list": {"url": "https://l.example/", "kind": "index", "about": "title, authors"}},
}


def taken(site: Path, capsys: Output, text: str, name: str = "in.json") -> tuple[int, list[str]]:
    """Return the exit code and what is said of each item of *text*."""
    (site / name).write_text(text, "utf-8")
    code = main(["import", name])
    return code, capsys.readouterr().out.splitlines()


def test_a_record_becomes_the_page_that_says_just_that(site: Path, capsys: Output) -> None:
    code, said = taken(site, capsys, json.dumps([RECORD], indent=1))
    assert (code, said) == (0, ["in.json:2: wrote papers/berg2021maps.md: MapNet: Maps of Maps"])
    text = (site / "papers/berg2021maps.md").read_text("utf-8")
    for line in (
        '  title: "MapNet: Maps of Maps"',
        "  names: [MapNet]",
        "  venue: {id: cvpr, year: 2021, pages: 1-9}",
        '    - {url: "https://c.example/maps", official: false, weights: "yes"}',
        "  supervision: []",
        '    list: {url: "https://l.example/", kind: index, about: "title, authors"}',
    ):
        assert line in text.splitlines()
    assert "  # " not in text
    assert text.endswith("---\n# MapNet: Maps of Maps\n")
    assert main(["check", "--strict"]) == 0


def test_lines_and_lists_are_read_alike(site: Path, capsys: Output) -> None:
    other = {**RECORD, "key": "hove2021", "title": "Other", "arxiv": "2105.08961"}
    lines = f"{json.dumps(RECORD)}\n\n{json.dumps(other)}\n"
    code, said = taken(site, capsys, lines, "in.jsonl")
    assert [line.split(": ")[:2] for line in said] == [
        ["in.jsonl:1", "wrote papers/berg2021maps.md"], ["in.jsonl:3", "wrote papers/hove2021.md"],
    ]  # fmt: skip
    assert code == 0
    code, said = taken(site, capsys, json.dumps([RECORD, other]))
    assert [line.split("this paper already")[1] for line in said] == [
        " (same arXiv id): MapNet: Maps of Maps", " (same arXiv id): Other",
    ]  # fmt: skip
    assert code == 0


def test_a_preprint_that_has_appeared_is_told_with_what_its_page_lacks(site: Path, capsys: Output) -> None:
    preprint = {name: value for name, value in RECORD.items() if name != "venue"}
    published = {**RECORD, "doi": "10.1000/maps.1"}
    _, said = taken(site, capsys, json.dumps([preprint, preprint, published]))
    assert said[1:] == [
        "in.json:1: papers/berg2021maps.md is this paper already (same arXiv id): MapNet: Maps of Maps",
        "in.json:1: papers/berg2021maps.md is this paper already (same arXiv id): MapNet: Maps of Maps",
        "  published since: venue: {id: cvpr, year: 2021, pages: 1-9}, doi: 10.1000/maps.1",
    ]


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"title": "A"}, "`date` is missing (every record needs it)"),
        ({"title": "A", "date": 2021, "venu": {}}, "unknown key `venu` (did you mean `venue`?)"),
        ({"title": "A", "date": "2021", "key": 7}, None),
        ({"title": "A", "date": "2021", "key": "a b"}, "`a b` is no citation key"),
        ({"title": "A", "date": "soon"}, "`soon` is no date (write YYYY, YYYY-MM or YYYY-MM-DD)"),
        ({"title": "A", "date": "2021", "key": ["k"]}, "key: a text is expected"),
        ({"type": "book"}, "this is no CSL-JSON with a title"),
        (7, "an item must have keys, such as `title`"),
    ],
)
def test_an_item_that_is_no_record_says_why(
    site: Path, capsys: Output, item: object, reason: str | None
) -> None:
    code, said = taken(site, capsys, json.dumps(item), "in.jsonl")
    if reason is None:
        assert code == 0
    else:
        assert (code, len(said)) == (1, 1)
        assert said[0].startswith("in.jsonl:1: not understood: ")
        assert reason in said[0]


@pytest.mark.parametrize("text", ["[{]", '{"title": "A", "title": "B"}', "[" * 100_000, "[1", '["\udc80"]'])
def test_what_is_no_json_is_told_at_its_line(site: Path, capsys: Output, text: str) -> None:
    (site / "in.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    code = main(["import", "in.json"])
    output, errors = capsys.readouterr()
    assert code in {1, 2}
    assert "in.json" in output + errors
    assert "this should not have happened" not in errors


def test_csl_json_becomes_pages_too(site: Path, capsys: Output) -> None:
    items = [
        {"type": "paper-conference", "id": "x", "title": "Maps", "author": [{"family": "Berg", "given": "Ada"}],
         "issued": {"date-parts": [[2021, 6]]}, "container-title": "Vision", "page": "3-4", "DOI": "10.1000/m.1",
         "URL": "https://p.example/maps"},
        {"type": "article", "id": "y", "title": "Seeds", "author": [{"family": "Hove"}], "number": "arXiv:2105.08960",
         "issued": {"date-parts": [[2021, 5]]}, "URL": "https://arxiv.org/abs/2105.08960"},
    ]  # fmt: skip
    code, _ = taken(site, capsys, json.dumps(items))
    assert code == 0
    maps = (site / "papers/berg2021maps.md").read_text("utf-8")
    assert "venue: {id: cvpr, year: 2021, pages: 3-4, month: 6}" in maps
    assert 'links: {paper: "https://p.example/maps"}' in maps
    seeds = (site / "papers/hove2021seeds.md").read_text("utf-8")
    assert 'arxiv: "2105.08960"' in seeds
    assert "links" not in seeds
    assert main(["check"]) == 0


def test_a_work_of_the_bibliography_keeps_its_key(site: Path, capsys: Output) -> None:
    work = {name: value for name, value in RECORD.items() if name not in {"key", "builds_on"}}
    work |= {"title": "Deep Features"}
    code, said = taken(site, capsys, json.dumps([{**work, "key": "zhou2016deep"}, work]))
    assert code == 1
    assert said[0].endswith(
        "the bibliography has this paper as `zhou2016learning`, and pages cite it so: take that key"
    )
    assert said[1].endswith("wrote papers/zhou2016learning.md: Deep Features")


def test_a_page_that_the_bibliography_has_under_another_key_is_told(site: Path, capsys: Output) -> None:
    text = (
        (site / "papers/berg2020boxes.md").read_text("utf-8").replace("title: Boxes", "title: Deep Features")
    )
    (site / "papers/berg2020boxes.md").write_text(text, "utf-8")
    assert main(["check"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        (
            "papers/berg2020boxes.md:3:10: error[duplicate-title]: the bibliography has this paper as "
            "`zhou2016learning` (cite `berg2020boxes` in its place, and delete the entry)"
        )
    ]


def test_the_index_of_the_pages_is_no_key_of_a_paper(site: Path, capsys: Output) -> None:
    code, said = taken(site, capsys, json.dumps([RECORD | {"key": "index"}]))
    assert (code, said) == (1, ["in.json:1: not understood: `index` is taken; choose another with --key"])


def test_a_source_may_have_any_name(site: Path, capsys: Output) -> None:
    sources = {'a: {b} "c" #': RECORD["sources"]["list"], "list": RECORD["sources"]["list"]}
    assert taken(site, capsys, json.dumps([RECORD | {"sources": sources}]))[0] == 0
    assert main(["check", "--strict"]) == 0


def test_a_key_that_stands_twice_is_told(site: Path, capsys: Output) -> None:
    code, said = taken(site, capsys, '{"title": "A", "title": "B", "date": "2021"}', "in.jsonl")
    assert (code, said) == (1, ["in.jsonl:1: not understood: this is no JSON: `title` is here twice"])


def test_bibtex_is_read_in_bulk_and_each_entry_is_accounted_for(site: Path, capsys: Output) -> None:
    text = (
        "@inproceedings{a, title={Maps of {MAPS}}, author={Berg, Ada}, booktitle={CVPR}, year=2021}\n"
        "@article{b, title={Stray}\\}, author={Berg, Ada}}\n"
        "@misc{c, title={Boxes of Maps}, author={Hove, Ben}, note={arXiv:2105.08961}}\n"
    )
    code, said = taken(site, capsys, text, "in.bib")
    assert code == 1
    assert [line for line in said if line.startswith("in.bib")] == [
        "in.bib:1: wrote papers/berg2021maps.md: Maps of MAPS",
        "in.bib:2: not understood: an escaped brace does not come in a pair",
        "in.bib:3: wrote papers/hove2021boxes.md: Boxes of Maps",
    ]


def test_an_id_that_belongs_to_another_title_is_told(site: Path, capsys: Output) -> None:
    assert main(["import", "--dry-run", _list(site, "- [Maps of Maps](https://arxiv.org/abs/2105.00001)\n- [Unlike Words Entirely](https://arxiv.org/abs/2105.00001)\n")]) == 0  # fmt: skip
    said = capsys.readouterr().out
    assert "(same arXiv id): Unlike Words Entirely\n  but there it is called: Maps of Maps" in said


def test_a_list_of_one_conference_needs_to_say_so_once(site: Path, capsys: Output) -> None:
    name = _list(site, "- [Unheard Maps](https://arxiv.org/abs/2105.00001)\n")
    assert main(["import", name, "--venue", "CVPR", "--year", "2021"]) == 0
    (page,) = (path for path in (site / "papers").iterdir() if "unheard" in path.name)
    assert "venue: {id: cvpr, year: 2021}" in page.read_text("utf-8")
    assert main(["import", name, "--venue", "CVRP"]) == 2
    assert "--venue: the registry does not know `CVRP`" in capsys.readouterr().err


def _list(site: Path, text: str) -> str:
    (site / "list.md").write_text(text, "utf-8")
    return "list.md"


RIS = """\
TY  - CONF
AU  - Berg, Ada
AU  - van den Hove, Ben
TI  - Maps of <i>Maps</i>
T2  - Vision
PY  - 2021
DA  - 2021/06//
SP  - 12
EP  - 19
DO  - 10.1000/maps.1
UR  - https://p.example/maps
ER  -

stray
TY  - UNPB
T1  - Boxes of Boxes that
are long
A1  - Hove, B.
Y1  - 2020/02/03
AN  - arXiv:2002.00001
TY  - JOUR
AU  - Nobody, N.
ER  - 
"""


def test_ris_is_read_record_by_record(site: Path, capsys: Output) -> None:
    code, said = taken(site, capsys, RIS, "in.ris")
    assert code == 1
    assert [line for line in said if line.startswith("in.ris")] == [
        "in.ris:1: wrote papers/berg2021maps.md: Maps of Maps",
        "in.ris:14: not understood: this is no line of RIS, which is `TY  - JOUR`: stray",
        "in.ris:15: wrote papers/hove2020boxes.md: Boxes of Boxes that are long",
        "in.ris:21: not understood: it has no title (TI or T1)",
    ]
    maps = (site / "papers/berg2021maps.md").read_text("utf-8")
    assert "authors: [Ada Berg, Ben van den Hove]" in maps
    assert "venue: {id: cvpr, year: 2021, pages: 12-19, month: 6}" in maps
    assert "doi: 10.1000/maps.1" in maps
    boxes = (site / "papers/hove2020boxes.md").read_text("utf-8")
    assert 'arxiv: "2002.00001"' in boxes
    assert "venue" not in boxes.replace("# venue", "")


def test_what_we_write_in_ris_and_csl_json_is_read_again(site: Path, capsys: Output) -> None:
    for form, name in (("ris", "out.ris"), ("csl-json", "out.json"), ("bibtex", "out.bib")):
        assert main(["export", form, "-o", name]) == 0
        code, said = 0, []
        code = main(["import", name, "--dry-run"])
        said = capsys.readouterr().out.splitlines()
        assert code == 0
        assert len(said) == 2
        assert all("is this paper already (same title)" in line for line in said)


def test_a_list_of_records_in_yaml_is_read_with_the_lines_of_its_items(site: Path, capsys: Output) -> None:
    text = """\
# a list
- title: Maps of Maps
  date: 2021-05
  arxiv: "2105.08960"
  supervision: [image]
- title: Odd
  dat: 2021
- text
- {type: article-journal, title: Boxes and Boxes, author: [{family: Hove, given: Ben}], issued: {date-parts: [[2020, 2]]}}
"""
    code, said = taken(site, capsys, text, "in.yaml")
    assert code == 1
    assert [line for line in said if line.startswith("in.yaml")] == [
        "in.yaml:2: wrote papers/2021maps.md: Maps of Maps",
        "in.yaml:6: not understood: `date` is missing (every record needs it); unknown key `dat` (did you mean `date`?)",
        "in.yaml:8: not understood: an item must have keys, such as `title`",
        "in.yaml:9: wrote papers/hove2020boxes.md: Boxes and Boxes",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\n", "in.yml:1: not understood: a list is expected: each item begins with a dash"),
        ("- [\n", "in.yml:2: not understood: this is not valid YAML"),
        ('- title: "A $\\ell$"\n', "write the text in single quotes, in which a backslash is one"),
        ('- title: "$\\nu$ and more"\n', "a command of TeX is lost"),
        ('- title: "A $\\sum$"\n', "single quotes"),
        ("references:\n- {type: x, title: Maps of Maps, issued: {date-parts: [[2020]]}}\n", "in.yml:2: wrote papers/2020maps.md"),
    ],
)  # fmt: skip
def test_yaml_that_is_no_list_says_so(site: Path, capsys: Output, text: str, said: str) -> None:
    _, lines = taken(site, capsys, text, "in.yml")
    assert said in lines[0]
