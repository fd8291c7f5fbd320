"""A method to choose: which number stands for it under which conditions, and what is unknown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Measurer, Paper, Reproduction, Result, Source, SourceKind
from sphinx_papers.model.records.registry import Best, Registry
from sphinx_papers.model.tables.finding import choice_facts, choice_questions
from sphinx_papers.model.tables.select import SelectionError
from sphinx_papers.model.views.choice import ChoiceView, Standard, bound_of, parse_standard
from sphinx_papers.model.views.view import value_of

ANY, SAME = Standard("voc", "val"), Standard("voc", "val", (("backbone", "ResNet-50"),))
BOUND = {"facets": {"supervision": ("box",)}}
"""Conditions of a result that stands for the bound: in this registry the one with boxes."""


@pytest.fixture
def decided(registry: Registry) -> Registry:
    return replace(
        registry,
        facets={**registry.facets, "supervision": replace(registry.facets["supervision"], decides=True)},
    )


def result(value: float, **more: object) -> Result:
    return Result(**{"benchmark": "voc", "split": "val", "value": value, "source": "paper", **more})  # type: ignore[arg-type]


@pytest.fixture
def make(make_paper: Callable[..., Paper]) -> Callable[..., Paper]:
    def made(*results: Result, **more: object) -> Paper:
        known: dict[str, object] = {
            "results": results, "facets": {"supervision": ("image",)}, "names": ("A",),
            "sources": {"paper": Source(url="https://example.org", kind=SourceKind.PAPER)},
        }  # fmt: skip
        return make_paper("a", **{**known, **more})

    return made


def row(view: ChoiceView, library: Library) -> dict[str, str]:
    table = value_of(view, library)
    ((found,),) = [group.rows for group in table.groups]
    return {column.id: cell.text for column, cell in zip(table.columns, found.cells, strict=True)}


def test_a_number_under_conditions_states_them_all(decided: Registry, make: Callable[..., Paper]) -> None:
    paper = make(
        result(60, conditions={"backbone": "ResNet-50"}), result(65, conditions={"backbone": "ResNet-101"}),
        result(70, variant="x"),
    )  # fmt: skip
    found = row(ChoiceView((ANY, SAME), ("backbone",)), Library([paper], decided))
    assert found["voc/val"] == "70.0 Backbone unknown"
    assert found["voc/val-backbone-ResNet-50"] == "60.0"


def test_what_others_measured_is_no_claim_and_makes_no_row(
    decided: Registry, make: Callable[..., Paper]
) -> None:
    paper = make(result(60, by=Measurer.OTHERS))
    assert value_of(ChoiceView((ANY,)), Library([paper], decided)).size == 0
    both = make(result(60), result(66, by=Measurer.OTHERS))
    assert row(ChoiceView((ANY,)), Library([both], decided))["voc/val"] == "60.0"


def test_what_is_not_recorded_is_unknown(decided: Registry, make: Callable[..., Paper]) -> None:
    paper = make(result(60, split="test"), facets={"supervision": ("image",), "inputs": ()})
    found = row(ChoiceView((ANY,), (), ("supervision", "box")), Library([paper], decided))
    assert found["inputs"] == "none"
    assert {found[each] for each in ("pipeline", "voc/val", "share", "reached", "code-facts")} == {"unknown"}


def test_the_share_is_of_a_bound_under_the_same_stated_conditions(make: Callable[..., Paper]) -> None:
    own = result(60, conditions={"backbone": "ResNet-50", "crf": "no"})

    def bound(conditions: dict[str, str], **more: object) -> float | None:
        other = result(75, conditions=conditions, **{**BOUND, **more})  # type: ignore[arg-type]
        found = bound_of(make(own, other), own, "supervision", "box", Best.HIGHEST)
        return found and found.value

    assert bound({"backbone": "ResNet-50"}) == 75
    assert bound({"backbone": "ResNet-50", "crf": "no"}) == 75
    assert bound({"backbone": "ResNet-101"}) is None
    assert bound({}) is None
    assert bound({"backbone": "ResNet-50"}, split="test") is None
    assert bound({"backbone": "ResNet-50"}, facets={"supervision": ("box", "image")}) is None
    narrow = result(60, conditions={"backbone": "ResNet-50"})
    strict = result(75, conditions={"backbone": "ResNet-50", "crf": "no"}, **BOUND)
    assert bound_of(make(narrow, strict), narrow, "supervision", "box", Best.HIGHEST) is None


def test_the_share_and_what_others_reached_say_of_what(decided: Registry, make: Callable[..., Paper]) -> None:
    conditions = {"backbone": "ResNet-50"}
    paper = make(
        result(60, conditions=conditions), result(75, conditions=conditions, **BOUND),
        reproductions=(Reproduction(benchmark="voc", split="val", value=59, of=60, who="B", url="https://example.org"),),
    )  # fmt: skip
    found = row(ChoiceView((ANY,), (), ("supervision", "box")), Library([paper], decided))
    assert found["share"] == "80.0 % of 75.0"
    assert found["reached"] == "59.0 for 60.0"


def test_labels_that_are_needed_together_are_one_answer_and_domains_are_not(
    decided: Registry, make: Callable[..., Paper]
) -> None:
    paper = make(
        result(60, conditions={"backbone": "A"}), result(61, conditions={"backbone": "B"}),
        facets={"supervision": ("box", "image"), "domain": ("images", "video")},
    )  # fmt: skip
    library = Library([paper], decided)
    asked = [question.id for question in choice_questions(library, ("backbone", "crf"))]
    answers = dict(zip(asked, choice_facts(library, paper, ("backbone", "crf")).terms, strict=True))
    assert answers["supervision"] == ("image.box",)
    assert answers["domain"] == ("images", "video")
    assert answers["inputs"] == ("unknown",)
    assert answers["backbone"] == ("A", "B")
    assert answers["crf"] == ("unknown",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("voc/vall", "unknown benchmark and split `voc/vall`"),
        ("voc", "`voc` is no board"),
        ("voc/val colour=red", "unknown condition `colour`"),
        ("voc/val crf=maybe", "unknown value of `crf`"),
        ("voc/val backbone", "unknown value of `backbone`"),
    ],
)
def test_what_is_not_known_is_said(library: Library, text: str, said: str) -> None:
    with pytest.raises(SelectionError, match=said):
        parse_standard(library, text)


def test_a_standard_is_read(library: Library) -> None:
    assert parse_standard(library, " voc/val backbone=ResNet-50 ") == SAME


def needs(library: Library) -> tuple[tuple[str, ...], ...]:
    (found,) = [choice_facts(library, each, ()).needs for each in library.values()]
    return found


def test_what_a_paper_says_to_use_is_needed_together_if_it_was_used_together(
    decided: Registry, make: Callable[..., Paper]
) -> None:
    facets = {"supervision": ("image", "box")}
    plain = result(50, facets={"supervision": ("image",)})
    assert needs(Library([make(result(60), plain, facets=facets)], decided)) == (("image.box",),)


def test_labels_that_were_tried_one_by_one_are_ways_of_their_own(
    decided: Registry, make: Callable[..., Paper]
) -> None:
    one, other = ({"supervision": (each,)} for each in ("image", "box"))
    tried = make(result(60, facets=one), result(70, facets=other), facets={"supervision": ("image", "box")})
    assert needs(Library([tried], decided)) == (("image",), ("box",))
    # What others measured, and a bound with labels that the paper does not say to use, are no ways to run it.
    bound = result(80, facets={"supervision": ("point",)})
    others = result(59, by=Measurer.OTHERS, facets=other)
    again = make(result(60, facets=one), bound, others, facets={"supervision": ("image", "box")})
    assert needs(Library([again], decided)) == (("image",),)


def test_nothing_to_be_had_is_not_what_is_unknown(decided: Registry, make: Callable[..., Paper]) -> None:
    inputs = replace(decided.facets["inputs"], decides=True)
    both = replace(decided, facets={**decided.facets, "inputs": inputs})
    none = make(result(60), facets={"supervision": ("image",), "inputs": ()})
    assert needs(Library([none], both)) == (("image", "none"),)
    assert needs(Library([make(result(60))], both)) == (("image", "unknown"),)


def test_where_a_paper_is_silent_its_results_tell_what_they_had(
    decided: Registry, make: Callable[..., Paper]
) -> None:
    inputs = replace(decided.facets["inputs"], decides=True)
    both = replace(decided, facets={**decided.facets, "inputs": inputs})
    plain, more = result(60, facets={"inputs": ()}), result(65, facets={"inputs": ("saliency",)})
    library = Library([make(plain, more)], both)
    (paper,) = library.values()
    place = [question.id for question in choice_questions(library, ())].index("inputs")
    assert choice_facts(library, paper, ()).terms[place] == ("none", "saliency")
    assert row(ChoiceView((ANY,)), library)["inputs"] == f"none or {inputs.terms['saliency'].name}"
    # One result that leaves it open leaves it open for all.
    silent = Library([make(plain, more, result(61))], both)
    assert row(ChoiceView((ANY,)), silent)["inputs"] == "unknown"
