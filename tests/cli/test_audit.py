from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinx_papers.cli import main

Output = pytest.CaptureFixture[str]

REGISTRIES = {
    "docs/registries/benchmarks.yml": (
        "voc: {name: VOC, metric: mIoU, unit: '%', range: [0, 100], splits: {val: {name: val}}}\n"
    ),
    "docs/registries/conditions.yml": "crf: {name: CRF, terms: {'yes': {name: With CRF}}}\n",
}
RESULTS = (
    "  sources:\n    list: {url: 'https://l.example', kind: index, checked: 2026-11-02}\n"
    "    cvf: {url: 'https://p.example', kind: paper, checked: 2026-11-01}\n"
    "  results:\n    - {benchmark: voc, split: val, value: 60, source: list}\n"
    "    - {benchmark: voc, split: val, value: 61, crf: 'yes', source: cvf, variant: large}\n"
)


@pytest.fixture
def audited(site: Path, edit: Callable[[str, str, str], None]) -> Path:
    """Return the collection with two results of one paper, one of them from an index."""
    for name, text in REGISTRIES.items():
        (site / name).write_text(text, "utf-8")
    edit("papers/lee2021maps.md", "  builds_on", f"{RESULTS}  builds_on")
    edit("papers/berg2020boxes.md", "  authors: [Ada Berg]\n", "")
    return site


def test_text_says_what_is_open_and_what_would_help_most_first(audited: Path, capsys: Output) -> None:
    assert main(["audit"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2 papers, 2 numbers: 1 primary, 1 index only"
    assert lines[1] == "unknown on VOC val: CRF 1 of 2"
    assert lines[-2:] == [
        "    4  lee2021maps: 1 number not ranked (seen in an index only); CRF of 1 number (read 2026-11-01 to 2026-11-02)",
        "    1  berg2020boxes: the authors",
    ]


def test_papers_that_are_named_stand_alone(audited: Path, capsys: Output) -> None:
    assert main(["audit", "berg2020boxes"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "1 paper, 0 numbers: none"
    assert main(["audit", "lee2021map"]) == 2
    assert capsys.readouterr().err == "lee2021map: no such paper (did you mean `lee2021maps`?)\n"


def test_json_has_each_number_with_what_is_open(audited: Path, capsys: Output) -> None:
    assert main(["audit", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["states"] == {
        "confirmed": 0, "primary": 1, "second-hand": 0, "index-only": 1, "unsourced": 0, "disputed": 0,
    }  # fmt: skip
    assert found["unknown"] == [
        {"benchmark": "voc", "split": "val", "condition": "crf", "numbers": 1, "of": 2}
    ]
    assert [(paper["key"], paper["points"]) for paper in found["papers"]] == [
        ("lee2021maps", 4), ("berg2020boxes", 1),
    ]  # fmt: skip
    first, second = found["papers"][0]["numbers"]
    assert (first["value"], first["state"], first["unknown"]) == ("60.0", "index-only", ["crf"])
    assert (second["value"], second["state"], second["unknown"]) == ("61.0", "primary", [])
    assert found["papers"][1]["facts"]["authors"] is False
