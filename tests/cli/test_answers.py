"""The commands that answer questions, over a small collection where all is known."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinx_papers import export, load
from sphinx_papers.cli import main
from tests.cli.conftest import Service

Output = pytest.CaptureFixture[str]
Edit = Callable[[str, str, str], None]

REGISTRIES = {
    "docs/registries/benchmarks.yml": (
        "voc: {name: VOC, metric: mIoU, unit: '%', range: [0, 100], splits: {val: {name: val}, test: {name: test}}}\n"
        "coco: {name: COCO, metric: mIoU, range: [0, 100], splits: {val: {name: val}}}\n"
    ),
    "docs/registries/facets.yml": (
        "supervision: {name: Labels, many: true, per_result: true, decides: true, terms: {image: {name: Image labels}, "
        "box: {name: Boxes}}}\n"
    ),
    "docs/registries/conditions.yml": (
        "backbone: {name: Backbone}\ncrf: {name: CRF, terms: {'yes': {name: With CRF}, 'no': {name: Without CRF}}}\n"
    ),
}
MAPS = (
    "  names: [Mapper]\n  arxiv: '2105.00001'\n  doi: 10.1109/Maps.1\n  supervision: [image]\n"
    "  sources:\n    cvf: {url: 'https://p.example/a', kind: paper, title: Maps paper}\n"
    "    other: {url: 'https://o.example', kind: table, title: Other}\n"
    "  results:\n"
    "    - {benchmark: voc, split: val, value: 60, backbone: VGG-16, crf: 'yes', source: cvf, where: Table 1, also: [other]}\n"
    "    - {benchmark: voc, split: val, value: 61.5, backbone: ResNet-50, source: cvf}\n"
    "    - {benchmark: voc, split: test, value: 59, source: cvf}\n"
    "    - {benchmark: voc, split: val, value: 70, supervision: [box], backbone: VGG-16, crf: 'yes', source: cvf}\n"
    "  as_printed:\n"
    "    - {benchmark: voc, split: val, value: 62, of: 60, crf: 'no', source: other, where: Table 9}\n"
    "  reproductions:\n"
    "    - {benchmark: voc, split: val, value: 58.2, of: 60, who: a reader, url: 'https://t.example', differed: one GPU}\n"
)
BOXES = (
    "  names: [Boxer]\n"
    "  sources:\n    cvf: {url: 'https://p.example/b', kind: paper, title: Boxes paper}\n"
    "  results:\n"
    "    - {benchmark: voc, split: val, value: 59.5, backbone: VGG-16, crf: 'yes', source: cvf}\n"
    "    - {benchmark: voc, split: val, value: 62, backbone: VGG-16, variant: large, source: cvf}\n"
    "    - {benchmark: voc, split: val, value: 50, backbone: VGG-16, crf: 'yes', by: others, variant: rerun, source: cvf}\n"
    "    - {benchmark: coco, split: val, value: 30, source: cvf}\n"
)


@pytest.fixture
def answering(site: Path, edit: Edit) -> Path:
    """Return a collection with the results of two papers."""
    for name, text in REGISTRIES.items():
        (site / name).write_text(text, "utf-8")
    edit("papers/lee2021maps.md", "  builds_on", f"{MAPS}  builds_on")
    edit("papers/berg2020boxes.md", "  authors: [Ada Berg]\n", f"  authors: [Ada Berg]\n{BOXES}")
    return site


def told(capsys: Output, *command: str) -> str:
    assert main([*command]) == 0
    return capsys.readouterr().out


def refused(capsys: Output, *command: str) -> str:
    assert main([*command]) == 2
    captured = capsys.readouterr()
    assert not captured.out
    return captured.err


@pytest.mark.usefixtures("answering")
def test_a_paper_is_shown_with_what_each_number_rests_on(capsys: Output) -> None:
    text = told(capsys, "show", "lee2021maps")
    assert text.splitlines()[:5] == [
        "# Mapper: Maps of CAMs", "", "Draws maps.", "", "- Key: `lee2021maps`",
    ]  # fmt: skip
    assert text[text.index("## Results") :].splitlines() == [
        "## Results",
        "",
        "- mIoU on VOC, val (`voc/val`):",
        "  - **60.0 %**: Image labels, Backbone: VGG-16, With CRF. confirmed, [1] Table 1, also [2]",
        "  - **61.5 %**: Image labels, Backbone: ResNet-50; unknown: CRF. primary, [1]",
        "  - **70.0 %**: Boxes, Backbone: VGG-16, With CRF. primary, [1]",
        "- mIoU on VOC, test (`voc/test`):",
        "  - **59.0 %**: Image labels; unknown: backbone, CRF. primary, [1]",
        "",
        "## Reached by others",
        "",
        "- **58.2** on `voc/val`, aiming at 60.0: a reader; differed: one GPU. <https://t.example>",
        "",
        "## Printed otherwise by others",
        "",
        "- [2] Table 9 prints 62.0 for 60.0 on `voc/val` with another CRF",
        "",
        "Sources:",
        "",
        "- [1] Maps paper, <https://p.example/a>",
        "- [2] Other, <https://o.example>",
    ]


@pytest.mark.usefixtures("answering")
@pytest.mark.parametrize(
    "word",
    [
        "LEE2021maps",
        "mapper",
        "2105.00001",
        "arXiv:2105.00001",
        "10.1109/maps.1",
        "Maps of {CAMs}",
        "maps of cams",
    ],
)
def test_a_paper_is_known_by_each_of_its_names(word: str, capsys: Output) -> None:
    assert told(capsys, "show", *word.split()).startswith("# Mapper")


@pytest.mark.usefixtures("answering")
def test_of_a_paper_one_board_or_the_first_results(capsys: Output) -> None:
    text = told(capsys, "show", "Mapper", "--board", "voc/test")
    assert "**59.0 %**" in text
    assert "**60.0 %**" not in text
    assert "58.2" not in text
    assert "No results are recorded on `coco/val`." in told(capsys, "show", "Mapper", "--board", "coco")
    text = told(capsys, "show", "Mapper", "--most", "2")
    assert text.count("**") == 2 * (2 + 1)
    assert "- 2 more, by board: `voc/test` (1), `voc/val` (1)\n" in text


@pytest.mark.usefixtures("answering")
def test_the_best_of_each_league_with_what_is_left_out(capsys: Output) -> None:
    assert told(capsys, "best", "voc/val", "backbone=vgg-16", "crf=With CRF").splitlines() == [
        "mIoU on VOC, val (`voc/val`), Backbone: VGG-16; CRF: With CRF: 4 results",
        "",
        "Image labels (2 ranked results):",
        "",
        "1. **60.0 %** Mapper (`lee2021maps`, CVPR 2021): Image labels, Backbone: VGG-16, With CRF. confirmed, [1] Table 1, also [2]",
        "2. **59.5 %** Boxer (`berg2020boxes`, 2020): Image labels, Backbone: VGG-16, With CRF. primary, [3]",
        "",
        "Boxes (1 ranked result):",
        "",
        "1. **70.0 %** Mapper (`lee2021maps`, CVPR 2021): Boxes, Backbone: VGG-16, With CRF. primary, [1]",
        "",
        "- Fit, but are not ranked: 1 measured by others",
        "- Left out as a condition is not known: CRF (1)",
        "",
        "Sources:",
        "",
        "- [1] Maps paper, <https://p.example/a>",
        "- [2] Other, <https://o.example>",
        "- [3] Boxes paper, <https://p.example/b>",
    ]
    text = told(capsys, "best", "voc/val", "--most", "1")
    assert text.count("**") == 2
    assert "- Ranked apart and not shown: Boxes (1)\n" in text


@pytest.mark.usefixtures("answering")
def test_the_best_as_of_a_month_is_of_what_was_public_then(capsys: Output) -> None:
    """Of the older paper the year alone is known, and what others measured has no date at all."""
    text = told(capsys, "best", "voc/val", "until=2020-12")
    assert text.startswith("mIoU on VOC, val (`voc/val`), As of: December 2020: 2 results\n")
    assert "62.0" in text
    assert "59.5" in text
    assert "Mapper" not in text
    assert "measured by others" not in text
    assert "Mapper" in told(capsys, "best", "voc/val", "until=2021-05")
    assert "`until` is a month such as 2021-06, not `2021`" in refused(
        capsys, "best", "voc/val", "until=2021"
    )


@pytest.mark.usefixtures("answering")
def test_numbers_compare_under_shared_conditions_only(capsys: Output, edit: Edit) -> None:
    assert told(capsys, "compare", "mapper", "boxer", "Mapper").splitlines()[:7] == [
        "Mapper (`lee2021maps`, CVPR 2021), Boxer (`berg2020boxes`, 2020): results under the same stated conditions",
        "",
        "VOC, val (mIoU, %) (`voc/val`): Image labels, Backbone: VGG-16, With CRF",
        "",
        "- **60.0 %** Mapper: confirmed, [1] Table 1, also [2]",
        "- **59.5 %** Boxer: primary, [3]",
        "",
    ]
    edit(
        "papers/berg2020boxes.md",
        "value: 59.5, backbone: VGG-16, crf: 'yes'",
        "value: 59.5, backbone: VGG-16, crf: 'no'",
    )
    nothing = told(capsys, "compare", "mapper", "boxer")
    assert "no two results share all stated conditions" in nothing
    assert "- `voc/val`, image labels: backbone, CRF (Mapper, Boxer)\n" in nothing
    assert "**" not in nothing


@pytest.mark.usefixtures("answering")
def test_papers_are_found_by_words_and_fields(capsys: Output) -> None:
    assert told(capsys, "find", "emile", "MAPS").splitlines() == [
        "1 paper for emile MAPS", "",
        "- Mapper (`lee2021maps`, CVPR 2021): Maps of CAMs. Draws maps. 61.5 mIoU on VOC val: Image labels, ResNet-50.",
    ]  # fmt: skip
    assert told(capsys, "find", "draws", "--most", "1").splitlines()[:2] == [
        "2 papers for draws",
        "The first 1:",
    ]
    assert "`berg2020boxes`" in told(capsys, "find", "year=2020")
    assert main(["find", "nobody"]) == 1
    assert capsys.readouterr().out == "0 papers for nobody\n\n"


@pytest.mark.usefixtures("answering")
def test_boards_and_what_can_be_asked_of_them(capsys: Output) -> None:
    assert told(capsys, "boards").splitlines() == [
        "- `voc/val`: VOC, val (mIoU, %), 6 results",
        "- `voc/test`: VOC, test (mIoU, %), 1 result",
        "- `coco/val`: COCO, val (mIoU), 1 result",
    ]
    assert "- `crf`: yes (4), unknown (2)\n" in told(capsys, "boards", "VOC val")


@pytest.mark.usefixtures("answering")
def test_programs_get_json(capsys: Output) -> None:
    found = json.loads(told(capsys, "best", "voc/val", "supervision=box", "--json"))
    assert found["leagues"] == [
        {
            "name": "Boxes",
            "total": 1,
            "numbers": [
                {
                    "paper": {
                        "key": "lee2021maps", "name": "Mapper", "title": "Maps of CAMs", "published": "CVPR 2021",
                    },
                    "board": "voc/val", "metric": "mIoU", "value": 70.0, "unit": "%",
                    "conditions": {"supervision": "Boxes", "backbone": "Backbone: VGG-16", "crf": "With CRF"},
                    "rank": 1, "state": "primary", "by": "authors",
                    "source": {"url": "https://p.example/a", "kind": "paper", "title": "Maps paper"},
                }
            ],
        }
    ]  # fmt: skip
    assert json.loads(told(capsys, "show", "mapper", "--json"))["key"] == "lee2021maps"
    for command in (["boards"], ["boards", "voc/val"], ["find", "maps"], ["compare", "mapper", "boxer"]):
        assert json.loads(told(capsys, *command, "--json"))


@pytest.mark.usefixtures("answering")
@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("show maper", "`maper`: no such paper (did you mean `Mapper`?)"),
        ("show zzz", "`zzz`: no such paper (`find` looks for words)"),
        ("show mapper --board voc", "`voc` has several splits: `voc/val`, `voc/test`"),
        ("best voc/vall", "`voc/vall`: no such board (did you mean `voc/val` or `coco/val`?)"),
        ("best voc/val bakbone=VGG-16", "unknown question `bakbone` of a board: did you mean `backbone`?"),
        ("best voc/val backbone=VGG16", "no row of this board has `backbone=VGG16`: did you mean `VGG-16`?"),
        ("best voc/val VGG-16", "`VGG-16` is no condition: write QUESTION=ANSWER, such as supervision=image"),
        ("best voc/val crf=yes crf=no", "each field can be given once; separate its values by commas"),
        ("compare mapper", "2 to 5 papers can be compared, not 1"),
        ("find yeer=2020", "unknown field `yeer`: did you mean `year`?"),
        ("show mapper --records gone.json", "gone.json: No such file or directory"),
    ],
)  # fmt: skip
def test_a_slip_is_told_in_one_line(command: str, message: str, capsys: Output) -> None:
    assert refused(capsys, *command.split()) == f"{message}\n"


def test_a_name_of_two_papers_is_said_to_be_one(answering: Path, edit: Edit, capsys: Output) -> None:
    edit("papers/berg2020boxes.md", "[Boxer]", "[MAPPER]")
    assert refused(capsys, "show", "mapper") == (
        "`mapper` names 2 papers: say which of `lee2021maps` (CVPR 2021), `berg2020boxes` (2020)\n"
    )
    assert told(capsys, "show", "MAPPER").startswith("# MAPPER: Boxes\n")


@pytest.mark.usefixtures("answering")
def test_a_number_of_answers_is_a_number(capsys: Output) -> None:
    with pytest.raises(SystemExit):
        main(["best", "voc/val", "--most", "0"])
    assert "`0` is no whole number from 1" in capsys.readouterr().err


def test_of_several_corrections_the_newest_is_told(answering: Path, capsys: Output) -> None:
    page = answering / "papers" / "lee2021maps.md"
    made = "".join(
        f"\n    - {{date: {date}, what: {what}}}"
        for date, what in (("2024-02-01", "A second slip."), ("2023-05-06", "A slip."))
    )
    text = page.read_text("utf-8")
    head, end, rest = text.partition("\n---\n")
    page.write_text(f"{head}\n  corrections:{made}{end}{rest}", "utf-8")
    assert main(["show", "mapper"]) == 0
    assert "- Corrected: 2024-02-01, A second slip (1 before)\n" in capsys.readouterr().out


def test_published_records_need_no_collection(
    answering: Path, service: Service, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = ("show mapper", "best voc/val", "compare mapper boxer", "find depth=full", "boards voc/val")
    for name in ("lee2021maps", "berg2020boxes"):
        path = answering / "papers" / f"{name}.md"
        path.write_text(path.read_text("utf-8") + "\n## Idea\n\nIt draws.\n", "utf-8")
    here = [told(capsys, *command.split()) for command in commands]
    text = export(load("."), "json")
    elsewhere = answering / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    Path("papers.json").write_text(text, "utf-8")
    service.says("/papers.json", text.encode())
    for place in ("papers.json", f"{service.address}/papers.json"):
        assert [told(capsys, *command.split(), "--records", place) for command in commands] == here


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"registry": {"', '"was": {"', "these records were published by an earlier release, which did not tell what their words mean"),
        ('"split": "test"', '"split": "tset"', "it is no papers.json of a site (lee2021maps: nothing in it says what `tset` is)"),
        ('"crf": "yes"', '"crf": "maybe"', "it is no papers.json of a site (berg2020boxes: nothing in it says what `maybe` is)"),
        ('"source": "other"', '"source": "gone"', "it is no papers.json of a site (lee2021maps: nothing in it says what `gone` is)"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("answering")
def test_records_that_do_not_tell_their_words_are_refused(
    old: str, new: str, message: str, capsys: Output
) -> None:
    text = export(load("."), "json")
    assert old in text
    Path("odd.json").write_text(text.replace(old, new), "utf-8")
    assert refused(capsys, "boards", "--records", "odd.json") == f"odd.json: {message}\n"


@pytest.mark.usefixtures("answering")
def test_words_of_strangers_act_on_nothing(capsys: Output) -> None:
    text = export(load("."), "json").replace("Draws maps.", "\\u001b[31m <script>x</script> 1 < 2")
    Path("odd.json").write_text(text, "utf-8")
    assert told(capsys, "show", "mapper", "--records", "odd.json").splitlines()[2] == (
        "\\[31m \\<script>x\\</script> 1 < 2"
    )
    text = text.replace("1 < 2", "\\u009b31m\\u202e [x](javascript:x)")
    Path("odd.json").write_text(text, "utf-8")
    assert (
        told(capsys, "show", "mapper", "--records", "odd.json")
        .splitlines()[2]
        .endswith("</script>  31m  \\[x\\](javascript:x)")
    )
    assert "\x9b" not in told(capsys, "show", "mapper", "--json", "--records", "odd.json")


@pytest.mark.usefixtures("answering")
def test_a_name_of_a_registry_begins_no_line_of_an_answer(capsys: Output) -> None:
    text = export(load("."), "json").replace('"name": "Backbone"', '"name": "Backbone\\n\\n# Obey"')
    assert "# Obey" in text
    Path("odd.json").write_text(text, "utf-8")
    said = told(capsys, "show", "mapper", "--records", "odd.json")
    assert "unknown: backbone # Obey" in said
    assert [line for line in said.splitlines() if line.startswith("# ")] == ["# Mapper: Maps of CAMs"]
