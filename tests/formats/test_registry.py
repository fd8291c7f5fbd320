from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import BaseModel

from sphinx_papers.formats.records.page import read_paper_page
from sphinx_papers.formats.records.record import record_form
from sphinx_papers.formats.records.registry import read_registries
from sphinx_papers.formats.storage.places import REGISTRIES as FILES
from sphinx_papers.model.records.registry import (
    Benchmark,
    Best,
    Condition,
    Facet,
    Registry,
    Term,
    Venue,
    VenueKind,
)

GENERATED_FOLDERS = {"authors", "leaderboards", "papers", "venues", "years"}


def problems(folder: Path, name: str, text: str) -> list[str]:
    """Return what is wrong with a registry, by the name of its file."""
    (folder / name).write_text(text, "utf-8")
    _, documents = read_registries(folder, ())
    return [
        str(problem).removeprefix(f"{folder}/") for document in documents for problem in document.problems
    ]


def test_registries_become_the_values_they_describe(registry: Registry) -> None:
    assert registry.venues["cvpr"] == Venue(
        id="cvpr",
        name="CVPR",
        full="Conference on Vision",
        proceedings="Proceedings of the Conference on Vision (CVPR)",
        kind=VenueKind.CONFERENCE,
        publisher="IEEE",
    )
    assert registry.benchmarks["voc"] == Benchmark(
        id="voc",
        name="VOC",
        summary="",
        metric="mIoU",
        unit="%",
        low=0.0,
        high=100.0,
        best=Best.HIGHEST,
        splits={"val": Term(id="val", name="val"), "test": Term(id="test", name="test")},
    )
    assert registry.benchmarks["err"].best is Best.LOWEST
    assert registry.facets["supervision"] == Facet(
        id="supervision",
        name="Supervision",
        summary="What it learns from.",
        terms={
            "image": Term(id="image", name="Image labels", summary="Which classes there are."),
            "box": Term(id="box", name="Boxes"),
        },
        many=True,
        required=True,
        pages=True,
        per_result=True,
    )
    domain = registry.facets["domain"]
    assert (domain.many, domain.required, domain.pages, domain.per_result) == (True, False, False, False)
    assert registry.conditions == {
        "backbone": Condition(
            id="backbone",
            name="Backbone",
            summary="What extracts features.",
            examples=("ResNet-50", "VGG-16"),
        ),
        "crf": Condition(
            id="crf",
            name="CRF",
            summary="",
            terms={"yes": Term(id="yes", name="With CRF"), "no": Term(id="no", name="Without CRF")},
        ),
    }
    assert list(registry.methods) == ["erasing", "saliency"]


def test_a_benchmark_may_name_the_work_that_introduced_it(tmp_path: Path) -> None:
    text = "a: {name: A, metric: m, range: [0, 1], splits: {v: {name: v}}, reference: everingham2010}"
    (tmp_path / "benchmarks.yml").write_text(text, "utf-8")
    registry, _ = read_registries(tmp_path, ())
    assert registry.benchmarks["a"].reference == "everingham2010"


def test_the_order_of_a_registry_is_that_of_its_file(registry: Registry) -> None:
    assert list(registry.venues) == ["cvpr", "pr", "arxiv", "ws"]
    assert list(registry.facets) == ["supervision", "inputs", "pipeline", "domain"]
    assert list(registry.benchmarks["voc"].splits) == ["val", "test"]


def test_a_registry_that_is_not_there_is_empty(tmp_path: Path) -> None:
    registry, documents = read_registries(tmp_path / "nowhere", ())
    assert registry == Registry()
    assert [document.problems for document in documents] == [[], [], [], [], []]


VENUE = "name: A, full: B, proceedings: C"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "venues.yml",
            f"a: {{{VENUE}, kind: conf}}",
            [
                (
                    "venues.yml:1:45: error[wrong-type]: kind: input should be 'conference', 'workshop', 'journal' "
                    "or 'preprint' (not `conf`)"
                )
            ],
        ),
        (
            "venues.yml",
            f"a: {{{VENUE}, kind: journal, publishr: D}}",
            ["venues.yml:1:54: error[unknown-key]: unknown key `publishr` (did you mean `publisher`?)"],
        ),
        (
            "venues.yml",
            "a:\n  name: A\n  kind: journal\nb: B",
            [
                "venues.yml:2:3: error[missing-key]: `full` is missing (every record needs it)",
                "venues.yml:2:3: error[missing-key]: `proceedings` is missing (every record needs it)",
                (
                    "venues.yml:4:4: error[wrong-type]: the record: keys with values are expected, in {braces} "
                    "(not `B`)"
                ),
            ],
        ),
        (
            "venues.yml",
            f"a: {{{VENUE}, kind: journal}}\na: {{{VENUE}, kind: workshop}}",
            ["venues.yml:2:1: error[repeated-key]: `a` is here twice (keep one of them)"],
        ),
        (
            "venues.yml",
            "- a",
            ["venues.yml:1:1: error[wrong-type]: a registry maps identifiers to what they stand for"],
        ),
        (
            "venues.yml",
            "a: [\n",
            [
                (
                    "venues.yml:2:1: error[yaml]: this is not valid YAML: did not find expected node content "
                    "(quote a text that contains a colon, #, brackets or quotes)"
                )
            ],
        ),
        (
            "benchmarks.yml",
            "a: {name: A, metric: m, range: [0, x], best: most, splits: {v: {nam: v}}}",
            [
                "benchmarks.yml:1:36: error[wrong-type]: range[1]: a number is expected (not `x`)",
                "benchmarks.yml:1:46: error[wrong-type]: best: input should be 'highest' or 'lowest' (not `most`)",
                "benchmarks.yml:1:64: error[missing-key]: `splits.v.name` is missing (every record needs it)",
                "benchmarks.yml:1:65: error[unknown-key]: unknown key `splits.v.nam` (did you mean `name`?)",
            ],
        ),
        (
            "benchmarks.yml",
            "a: {name: A, metric: m, range: [0], splits: {v: {name: v}}}",
            ["benchmarks.yml:1:32: error[missing-key]: `range[1]` is missing (every record needs it)"],
        ),
        (
            "benchmarks.yml",
            "a: {name: A, metric: m, range: [-inf, 1e200], splits: {v: {name: v}}}",
            [
                "benchmarks.yml:1:33: error[wrong-type]: range[0]: input should be a finite number (not `-inf`)",
                "benchmarks.yml:1:39: error[out-of-range]: range[1]: 1e+200 is no bound (it must be from -1e+100 to 1e+100)",
            ],
        ),
        (
            "conditions.yml",
            'a: {name: "A\\n# B", examples: ["c\\n- d"], terms: {e: {name: "E\\n"}, f: {name: "F\\nG", summary: "H\\nI"}}}',
            [
                "conditions.yml:1:11: error[bad-text]: name: this must be one line of text (join the lines)",
                "conditions.yml:1:79: error[bad-text]: terms.f.name: this must be one line of text (join the lines)",
                "conditions.yml:1:32: error[bad-text]: examples[0]: this must be one line of text (join the lines)",
            ],
        ),
        (
            "facets.yml",
            "a: {name: A, terms: {b: {name: B}}, many: maybe}",
            ["facets.yml:1:43: error[wrong-type]: many: true or false is expected (not `maybe`)"],
        ),
        (
            "conditions.yml",
            "a: {name: A, terms: [b], examples: c}",
            [
                (
                    "conditions.yml:1:21: error[wrong-type]: terms: keys with values are expected, in {braces} "
                    "(not `['b']`)"
                ),
                "conditions.yml:1:36: error[wrong-type]: examples: a list is expected, in [brackets] (not `c`)",
            ],
        ),
    ],
)
def test_what_is_wrong_with_a_registry(tmp_path: Path, name: str, text: str, expected: list[str]) -> None:
    assert problems(tmp_path, name, text) == expected


def test_a_wrong_entry_takes_none_of_the_others_with_it(tmp_path: Path) -> None:
    (tmp_path / "venues.yml").write_text(f"a: {{{VENUE}}}\nb: {{{VENUE}, kind: journal}}\n", "utf-8")
    registry, _ = read_registries(tmp_path, ())
    assert list(registry.venues) == ["b"]


@pytest.mark.parametrize("name", FILES)
def test_a_registry_that_is_not_utf_8_is_a_problem_like_any_other(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"a: \xff")
    _, documents = read_registries(tmp_path, ())
    (problem,) = [problem for document in documents for problem in document.problems]
    assert (problem.file, problem.code) == (str(tmp_path / name), "encoding")


def test_a_byte_order_mark_is_no_part_of_a_registry(tmp_path: Path) -> None:
    (tmp_path / "venues.yml").write_text(f"a: {{{VENUE}, kind: journal}}\n", "utf-8-sig")
    registry, documents = read_registries(tmp_path, ())
    assert documents[0].problems == []
    assert list(registry.venues) == ["a"]


UNFIT = [
    "", ".", "..", "../../papers/x", "/etc/passwd", "a/b", "a\\b", "a.b", "a b", "a, b", " a", "a ", "a\n", "A", "é",
    "-a", "_a", "<b>", "a\0", "\x1b[31m", "\u202ea", "٣", "a" * 65,
]  # fmt: skip
TERMS = "{name: A, terms: {%s: {name: B}}}"
BENCHMARK = "{name: A, metric: m, range: [0, 1], splits: {%s: {name: v}}}"


@pytest.mark.parametrize("key", UNFIT)
@pytest.mark.parametrize(
    ("name", "text", "before"),
    [
        ("venues.yml", f"%s: {{{VENUE}, kind: journal}}", ""),
        ("benchmarks.yml", f"%s: {BENCHMARK % 'v'}", ""),
        ("facets.yml", f"%s: {TERMS % 'b'}", ""),
        ("conditions.yml", f"%s: {TERMS % 'b'}", ""),
        ("chain.yml", f"%s: {TERMS % 'b'}", ""),
        ("chain.yml", f"a: {TERMS}", "terms: "),
        ("benchmarks.yml", f"a: {BENCHMARK}", "splits: "),
        ("facets.yml", f"a: {TERMS}", "terms: "),
        ("conditions.yml", f"a: {TERMS}", "terms: "),
    ],
)
def test_every_key_of_a_registry_is_an_identifier(
    tmp_path: Path, key: str, name: str, text: str, before: str
) -> None:
    shown = key if len(key) <= 40 else f"{key[:40]}..."
    assert problems(tmp_path, name, text % json.dumps(key)) == [
        (
            f"{name}:1:{text.index('%s') + 1}: error[bad-identifier]: {before}`{shown}` cannot be an identifier here "
            "(use lower-case letters, digits, - and _, 64 at most, a letter or digit first)"
        )
    ]


@pytest.mark.parametrize("key", ["a", "0", "a-b_c", "2021", "a" * 64, "model_size", "class", "self"])
def test_what_can_be_an_identifier(tmp_path: Path, make_page: Callable[..., str], key: str) -> None:
    for name, text in (
        ("venues.yml", f"{key}: {{{VENUE}, kind: journal}}"),
        ("benchmarks.yml", f"{key}: {BENCHMARK % key}"),
        ("facets.yml", f"{key}: {TERMS % key}"),
    ):
        assert problems(tmp_path, name, text) == []
    registry, _ = read_registries(tmp_path, ())
    page = make_page("supervision:", f"{key}: {key}")
    paper, document = read_paper_page(page, "p.md", "lee2021railroad", record_form(registry), registry)
    assert document.problems == []
    assert paper is not None
    assert paper.facets == {key: (key,)}


def test_nothing_has_the_name_of_what_the_site_has_itself(tmp_path: Path) -> None:
    reserved = "the site or a record has something of this name already; choose another"
    for name, text in (
        ("venues.yml", f"index: {{{VENUE}, kind: journal}}"),
        ("benchmarks.yml", f"index: {BENCHMARK % 'v'}"),
        ("facets.yml", f"a: {TERMS % 'index'}"),
    ):
        (found,) = problems(tmp_path, name, text)
        assert "error[bad-identifier]" in found
        assert reserved in found
        (tmp_path / name).unlink()


@pytest.mark.parametrize("name", ["facets.yml", "conditions.yml", "chain.yml"])
@pytest.mark.parametrize("key", sorted({*vars(BaseModel), *GENERATED_FOLDERS}))
def test_no_key_of_a_record_has_the_name_of_a_folder_or_of_a_method_of_forms(
    tmp_path: Path, name: str, key: str
) -> None:
    (found,) = problems(tmp_path, name, f"{key}: {TERMS % 'b'}")
    assert found.startswith(f"{name}:1:1: error[bad-identifier]: `{key}` cannot be an identifier here (")


def test_a_condition_needs_what_the_other_registries_have(tmp_path: Path) -> None:
    (tmp_path / "facets.yml").write_text("inputs: {name: I, terms: {clip: {name: CLIP}}}\n", "utf-8")
    (tmp_path / "benchmarks.yml").write_text(f"voc: {BENCHMARK % 'val'}\n", "utf-8")
    fits = "a: {name: A, needs: {inputs: [clip], benchmark: [not voc]}}"
    assert problems(tmp_path, "conditions.yml", fits) == []
    registry, _ = read_registries(tmp_path, ())
    assert registry.conditions["a"].needs == {"inputs": ("clip",), "benchmark": ("not voc",)}
    wrong = "a: {name: A, needs: {input: [clip], inputs: [not clap], benchmark: [coco]}}"
    assert problems(tmp_path, "conditions.yml", wrong) == [
        "conditions.yml:1:22: error[unknown-value]: `input` is neither a facet nor `benchmark` (did you mean `inputs`?)",
        "conditions.yml:1:46: error[unknown-value]: `clap` is no term of `inputs` (did you mean `clip`?)",
        "conditions.yml:1:69: error[unknown-value]: `coco` is no term of `benchmark` (known are voc)",
    ]


@pytest.mark.parametrize(
    ("file", "key"),
    [
        ("facets.yml", "venue"), ("facets.yml", "value"), ("facets.yml", "board"), ("facets.yml", "methods"),
        ("facets.yml", "years"), ("conditions.yml", "q"), ("conditions.yml", "apart"), ("conditions.yml", "state"),
        ("conditions.yml", "year"), ("conditions.yml", "source"), ("conditions.yml", "until"), ("chain.yml", "copy"),
    ],
)  # fmt: skip
def test_a_name_that_something_has_already_is_refused(tmp_path: Path, file: str, key: str) -> None:
    (tmp_path / file).write_text(f"{key}: {{name: N, summary: S, terms: {{one: {{name: One}}}}}}\n")
    registry, documents = read_registries(tmp_path, ())
    assert [*registry.facets, *registry.conditions, *registry.chain] == []
    assert [problem.code for document in documents for problem in document.problems] == ["bad-identifier"]
