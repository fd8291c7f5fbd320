from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sphinx_papers.model.display.text import Fields, Paragraph, Table
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.evidence import State
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Measurer, Paper, Printed, Repository, Result, Source, SourceKind
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Condition, Registry
from sphinx_papers.model.views.audit import RULE, Audit, audit, to_look_for
from sphinx_papers.model.views.reliability import PARTS, ReliabilityView

SOURCES = {
    kind.value: Source(url=f"https://{kind.value}.example", kind=kind, title=kind.value.title())
    for kind in SourceKind
}
ADA = (Person(family="Berg", given="Ada"),)


def on_val(value: float, source: str = "paper", **more: Any) -> Result:
    return Result(**{"benchmark": "voc", "split": "val", "value": value, "source": source, **more})


@pytest.fixture
def strict(registry: Registry) -> Registry:
    """Return a registry in which extra inputs decide, and the CRF concerns VOC with saliency alone."""
    facets = {**registry.facets, "inputs": replace(registry.facets["inputs"], decides=True)}
    crf = replace(registry.conditions["crf"], needs={"benchmark": ("not err",), "inputs": ("saliency",)})
    return replace(registry, facets=facets, conditions={**registry.conditions, "crf": crf})


@pytest.fixture
def make(make_paper: Callable[..., Paper]) -> Callable[..., Paper]:
    """Return a maker of papers with a source of each kind, an author, and saliency maps."""
    known = {"sources": SOURCES, "authors": ADA, "facets": {"inputs": ("saliency",)}}
    return lambda key, *results, **more: make_paper(key, **{**known, "results": results, **more})


def audited(registry: Registry, *papers: Paper) -> Audit:
    return audit(Library(papers, registry))


@pytest.mark.parametrize(
    ("needs", "benchmark", "inputs", "expected"),
    [
        ({}, "voc", (), True),
        ({"benchmark": ("voc",)}, "voc", (), True),
        ({"benchmark": ("voc",)}, "err", (), False),
        ({"benchmark": ("not voc",)}, "voc", (), False),
        ({"benchmark": ("not voc",)}, "err", (), True),
        ({"inputs": ("saliency",)}, "voc", ("clip", "saliency"), True),
        ({"inputs": ("saliency",)}, "voc", ("clip",), False),
        ({"inputs": ("saliency",)}, "voc", None, False),  # nobody knows
        ({"inputs": ("saliency", "not clip")}, "voc", ("clip", "saliency"), False),
        ({"inputs": ("saliency",), "benchmark": ("err",)}, "voc", ("saliency",), False),
    ],
)
def test_a_condition_concerns_what_it_needs(
    make_paper: Callable[..., Paper], needs: Any, benchmark: str, inputs: Any, expected: bool
) -> None:
    result = Result(benchmark=benchmark, split="test", value=1)
    paper = make_paper("p", facets={} if inputs is None else {"inputs": inputs}, results=(result,))
    assert Condition(id="c", name="C", summary="", needs=needs).concerns(paper, result) is expected


def test_points_are_counted_as_the_rule_says(strict: Registry, make: Callable[..., Paper]) -> None:
    full = {"backbone": "VGG-16", "crf": "yes"}
    papers = [
        make("known", on_val(60, conditions=full)),
        make("heard", on_val(60, "table", conditions=full)),
        make("listed", on_val(60, "index", conditions=full)),
        make("open", on_val(60, conditions={"crf": "yes"})),
        make("undecided", on_val(60, conditions=full), facets={}),
        make("nameless", on_val(60, conditions=full), authors=()),
        make("rerun", on_val(60, "table", by=Measurer.OTHERS)),
        make("all", on_val(60, "index"), on_val(61, "table", variant="large"), authors=()),
    ]
    points = {each.paper.key: each.points for each in audited(strict, *papers).papers}
    assert points == {
        "known": 0, "heard": 2, "listed": 3, "open": 1, "undecided": 3, "nameless": 1, "rerun": 0,
        "all": 3 + 2 + 4 + 1,
    }  # fmt: skip
    assert list(points) == sorted(points, key=lambda key: (-points[key], key))
    assert all(f"{number} " in RULE for number in (3, 2, 1))


def test_what_to_look_for_is_said_in_words(strict: Registry, make: Callable[..., Paper]) -> None:
    paper = make(
        "p", on_val(60, "index"), on_val(61, "table", variant="large"),
        on_val(62, "table", variant="small", conditions={"crf": "no"}), authors=(),
    )  # fmt: skip
    (found,) = audited(strict, paper).papers
    assert to_look_for(strict, found) == (
        "1 number not ranked (seen in an index only)", "2 numbers second hand", "Backbone of 3 numbers",
        "CRF of 2 numbers", "the authors",
    )  # fmt: skip


def test_states_and_open_conditions_are_counted_by_split(
    strict: Registry, make: Callable[..., Paper]
) -> None:
    papers = [
        make("a", on_val(60, also=("repository",)), on_val(70, split="test", conditions={"crf": "no"})),
        make("b", on_val(61, "index"), on_val(62, "table", by=Measurer.OTHERS)),
        make("c", Result(benchmark="err", split="test", value=1, source="paper")),
    ]
    found = audited(strict, *papers)
    assert list(found.splits) == [("voc", "val"), ("voc", "test"), ("err", "test")]
    assert {each: n for each, n in found.splits["voc", "val"].items() if n} == {
        State.CONFIRMED: 1, State.PRIMARY: 1, State.INDEX_ONLY: 1,
    }  # fmt: skip
    assert sum(found.states.values()) == 5
    # What others measured is not the authors' to complete, and errors have no CRF.
    assert found.open == {
        ("voc", "val"): {"backbone": (2, 2), "crf": (2, 2)},
        ("voc", "test"): {"backbone": (1, 1), "crf": (0, 1)},
        ("err", "test"): {"backbone": (1, 1)},
    }


def test_facts_are_known_unknown_or_not_there_to_know(strict: Registry, make: Callable[..., Paper]) -> None:
    code = Repository(url="https://c.example", licence="none")
    papers = [
        make("a", date=PartialDate(2021, 3, 4), code=(code,), sources={}),
        make("b", authors=(), doi="10.1/b", sources={"s": SOURCES["index"]}),
        make("c", sources={"s": SOURCES["index"], "t": SOURCES["preprint"]}),
    ]
    found = audited(strict, *papers)
    known = found.known
    assert {name: known[name] for name in ("authors", "day", "venue", "identifier", "code")} == {
        "authors": (2, 3), "day": (1, 3), "venue": (0, 3), "identifier": (1, 3), "code": (1, 3),
    }  # fmt: skip
    assert (known["licence"], known["weights"], known["inputs"]) == ((1, 1), (0, 1), (3, 3))
    assert found.kinds == {SourceKind.PREPRINT: 1, SourceKind.INDEX: 1, None: 1}


def test_an_audit_of_some_papers_leaves_the_others_out(strict: Registry, make: Callable[..., Paper]) -> None:
    library = Library([make("a", on_val(60)), make("b", on_val(61))], strict)
    assert [each.paper.key for each in audit(library, ["b", "b"]).papers] == ["b"]
    with pytest.raises(KeyError):
        audit(library, ["c"])


def cells(part: str, library: Library) -> list[str]:
    table = ReliabilityView(part).value(library)
    assert isinstance(table, Table)
    found = []
    for group in table.groups:
        found += ["".join(span.text for span in group.heading)] if group.heading else []
        found += [" | ".join(cell.text for cell in row.cells) for row in group.rows]
    return found


def test_the_page_shows_the_audit(strict: Registry, make: Callable[..., Paper]) -> None:
    table = Printed(benchmark="voc", split="test", value=59, of=58, source="table", where="Table 2")
    days = {
        "paper": replace(SOURCES["paper"], checked=PartialDate(2026, 11, 1)),
        "index": replace(SOURCES["index"], checked=PartialDate(2026, 11, 3)),
    }
    paper = make(
        "a", on_val(60), on_val(61, "repository"), on_val(58, "thread", split="test"),
        sources={**SOURCES, **days}, as_printed=(table,), names=("Maps",),
    )  # fmt: skip
    library = Library([paper, make("b", names=("Known",))], strict)
    assert cells("states", library) == [
        "VOC val | 2 | 0 | 0 | 0 | 0 | 0 | 2", "VOC test | 1 | 0 | 0 | 0 | 0 | 0 | 1",
        "All | 3 | 0 | 0 | 0 | 0 | 0 | 3",
    ]  # fmt: skip
    assert cells("disputed", library) == [
        "Maps | VOC val | 60.0 | Paper | 61.0 (Repository)",
        "Maps | VOC val | 61.0 | Repository | 60.0 (Paper)",
        "Maps | VOC test | 58.0 | Thread | 59.0 (Table, Table 2)",
    ]
    assert cells("conditions", library)[:3] == ["VOC val", "Backbone | 2 | 2 | 100 %", "CRF | 2 | 2 | 100 %"]
    assert "Authors | 2 | 2 | 100 %" in cells("facts", library)
    assert cells("papers", library) == [
        (
            "Maps | 15 | 3 numbers not ranked (sources disagree); Backbone of 3 numbers; CRF of 3 numbers"
            " | 3 | 0 | 2026-11-01 to 2026-11-03"
        )
    ]
    rule, kinds = ReliabilityView("rule").value(library), ReliabilityView("sources").value(library)
    assert isinstance(rule, Paragraph)
    assert rule.spans[0].text == RULE
    assert isinstance(kinds, Fields)
    assert [(field.label, field.value[0].text) for field in kinds.fields] == [("The paper", "2")]


@pytest.mark.parametrize("part", PARTS)
def test_every_part_can_be_shown_of_nothing_and_follows_the_records(
    part: str, library: Library, registry: Registry
) -> None:
    view = ReliabilityView(part)
    assert view.value(Library((), registry)) is not None
    assert view.value(library) is not None
    assert view.basis(library) != view.basis(Library((), registry))
    assert view.words(library, "") == ""
