from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sphinx_papers.model.display.text import Field, Span, Spans, Target
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Appearance, Paper, Repository, Source
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Registry, Stage, Term
from sphinx_papers.model.views.card import built_on_by, card, chain, facts, foundations, lineage, sources

LISTED = "listed: the record alone, without a summary and prose"


def texts(fields: tuple[Field, ...]) -> dict[str, str]:
    return {field.label: "".join(span.text for span in field.value) for field in fields}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (
            "berg2020maps",
            {
                "Title": "Maps of CAMs in x^2 Ways",
                "Authors": "Ada Berg, Ben van den Hove",
                "Published": "Conference on Vision 2020, pages 10\N{EN DASH}19",
                "First public": "2020-06-14",
                "Links": "Paper · arXiv:2006.00001 · doi:10.1000/maps",
                "Code": "berg/maps (official)",
                "Supervision": "Image labels",
                "Extra inputs": "Saliency maps",
                "Pipeline": "Multi-stage",
                "Domain": "Images",
                "Methods": "Saliency guidance, Erasing",
                "Page": LISTED,
                "Cite as": "berg2020maps",
            },
        ),
        (
            "cho2021boxes",
            {
                "Title": "Boxes",
                "Authors": "Carla Cho, Ada Berg",
                "First public": "2021-03",
                "Links": "arXiv:2103.00002 · Project page",
                "Code": "cho/box (official); cho/box-plus (official)",
                "Supervision": "Boxes, Image labels",
                "Domain": "Images",
                "Methods": "Erasing",
                "Page": LISTED,
                "Cite as": "cho2021boxes",
            },
        ),
        (
            "dia2021lines",
            {
                "Title": "A Study of Lines",
                "Authors": "Émile Dia",
                "Published": "Pattern Recognition 2022, volume 12, number 3, article 108",
                "First public": "2021-06-02",
                "Links": "doi:10.1000/lines",
                "Supervision": "Image labels",
                "Domain": "Video",
                "Page": LISTED,
                "Cite as": "dia2021lines",
            },
        ),
        # What is not known has no line.
        (
            "point2022weak",
            {
                "Title": "Weak Points",
                "Published": "arXiv preprint 2022",
                "Supervision": "Image labels",
                "Page": LISTED,
                "Cite as": "point2022weak",
            },
        ),
    ],
)
def test_facts(library: Library, key: str, expected: dict[str, str]) -> None:
    shown = texts(facts(library, library[key]))
    assert shown == expected
    assert list(shown) == list(expected)


@pytest.mark.parametrize(
    ("sections", "shown"),
    [((), LISTED), (("Method",), "brief: a summary and some of the sections"), (("Problem", "Method"), None)],
)
def test_a_card_says_how_much_its_page_says_until_it_says_everything(
    make_paper: Callable[..., Paper], sections: tuple[str, ...], shown: str | None
) -> None:
    library = Library(
        [make_paper("p", summary="Draws maps.", sections=sections)], Registry(sections=("Problem", "Method"))
    )
    assert texts(facts(library, library["p"])).get("Page") == shown


def test_links_of_the_facts(library: Library) -> None:
    fields = {field.label: field.value for field in facts(library, library["berg2020maps"])}
    assert [span.target for span in fields["Links"] if span.target] == [
        Target("url", "https://cvf.example/maps"),
        Target("url", "https://arxiv.org/abs/2006.00001"),
        Target("url", "https://doi.org/10.1000/maps"),
    ]
    assert fields["Published"][0] == Span("Conference on Vision", Target("venue", "cvpr"))
    assert fields["Title"][1] == Span("x^2", math=True)


def test_a_repository_without_a_path_is_shown_by_its_address(library: Library) -> None:
    code = (Repository(url="https://code.example"), Repository(url="https://git.example/berg/maps/"))
    shown = texts(facts(library, replace(library["dia2021lines"], code=code, doi="")))
    assert shown["Code"] == "https://code.example (official); berg/maps (official)"


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, "official"),
        ({"official": False, "licence": "none"}, "not official, no licence"),
        ({"licence": "other", "weights": "no"}, "official, a licence of its own, no trained weights"),
        (
            {
                "licence": "MIT",
                "framework": "PyTorch",
                "weights": "yes",
                "masks": "yes",
                "checked": PartialDate(2026, 11, 28),
            },
            "official, MIT licence, PyTorch, trained weights, pseudo masks, seen 2026-11-28",
        ),
    ],
)
def test_a_card_says_what_is_known_of_code(library: Library, known: dict[str, Any], expected: str) -> None:
    code = (Repository(url="https://git.example/a/b", **known),)
    assert texts(facts(library, replace(library["dia2021lines"], code=code)))["Code"] == f"a/b ({expected})"


def test_one_page_is_no_range(library: Library) -> None:
    paper = replace(library["berg2020maps"], appearance=Appearance(venue="cvpr", year=2020, pages="7"))
    assert texts(facts(library, paper))["Published"] == "Conference on Vision 2020, pages 7"


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("berg2020maps", (Span("Zhou et al. (2016)", Target("work", "zhou2016learning")),)),
        (
            "cho2021boxes",
            (
                Span("Maps", Target("paper", "berg2020maps")),
                Span(", "),
                Span("Zhou et al. (2016)", Target("work", "zhou2016learning")),
            ),
        ),
        ("dia2021lines", ()),
    ],
)
def test_what_a_paper_builds_on(library: Library, key: str, expected: Spans) -> None:
    assert foundations(library, library[key]) == expected


def test_a_foundation_whose_record_is_broken_is_passed_over(library: Library) -> None:
    paper = replace(library["cho2021boxes"], builds_on=("broken2020", "berg2020maps"))
    assert foundations(library, paper) == (Span("Maps", Target("paper", "berg2020maps")),)


def test_what_builds_on_a_paper_or_a_work(library: Library) -> None:
    boxes = (Span("BoxNet / BoxNet+", Target("paper", "cho2021boxes")), Span(" (2021)"))
    maps = (Span("Maps", Target("paper", "berg2020maps")), Span(" (2020)"))
    assert built_on_by(library, "berg2020maps") == boxes
    assert built_on_by(library, "zhou2016learning") == (*boxes, Span(", "), *maps)
    assert built_on_by(library, "dia2021lines") == ()


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("berg2020maps", {"Builds on": "Zhou et al. (2016)", "Built on by": "BoxNet / BoxNet+ (2021)"}),
        ("point2022weak", {"Builds on": "BoxNet / BoxNet+"}),
        ("dia2021lines", {}),
    ],
)
def test_lineage_has_no_line_for_what_is_not_known(
    library: Library, key: str, expected: dict[str, str]
) -> None:
    assert texts(lineage(library, library[key])) == expected


def test_sources_say_what_they_confirm_and_when_they_were_read(library: Library) -> None:
    paper = library["berg2020maps"]
    assert texts(sources(paper)) == {
        "readme": "https://git.example/berg/maps: results (the authors' repository, read 2026-11)"
    }
    bare = replace(paper, sources={"list": Source(url="https://list.example")})
    assert texts(sources(bare)) == {"list": "https://list.example (an index)"}
    assert sources(bare)[0].value[0].target == Target("url", "https://list.example")


def test_the_chain_names_every_stage_and_marks_what_the_paper_changes(library: Library) -> None:
    stages = {
        name: Stage(id=name, name=name.title(), summary="", terms={"x": Term(id="x", name="Some way")})
        for name in ("labels", "seed", "segmenter")
    }
    known = Library(
        [replace(library["berg2020maps"], chain={"seed": ("x",)})], replace(library.registry, chain=stages)
    )
    assert chain(known, known["berg2020maps"]) == (
        (Span("Labels"),),
        (Span("Seed", strong=True), Span(": Some way")),
        (Span("Segmenter"),),
    )
    assert chain(library, library["berg2020maps"]) == ()


def test_an_input_that_the_record_says_is_none_is_no_blank(library: Library) -> None:
    paper = replace(library["berg2020maps"], facets={"inputs": ()})
    assert texts(facts(library, paper))["Extra inputs"] == "none"
    assert "Extra inputs" not in texts(facts(library, replace(paper, facets={})))


MANY = tuple(Person(family=f"Author{number}") for number in range(1, 7))


def test_a_card_gives_the_best_result_with_its_conditions_in_place_of_the_setting(library: Library) -> None:
    paper = replace(library["berg2020maps"], results=(), authors=MANY)
    shown = texts(card(library, paper))
    assert "Best result" not in shown
    assert shown["Setting"] == "Image labels · Saliency maps · Multi-stage · Images"
    shown = texts(card(library, library["berg2020maps"]))
    assert "Setting" not in shown
    assert shown["Best result"] == "60.5 mIoU on VOC val: ResNet-50, Without CRF"


def test_a_card_names_few_of_many_authors_and_one_of_several_repositories(
    make_paper: Callable[..., Paper],
) -> None:
    code = tuple(
        Repository(url=f"https://git.example/a/{name}", licence="MIT", framework="PyTorch") for name in "bc"
    )
    paper = make_paper("p", authors=MANY, code=code)
    shown = texts(card(Library([paper], Registry()), paper))
    assert shown["Authors"] == "Author1, Author2, Author3 and 3 more"
    assert shown["Code"] == "a/b (official, MIT licence) and 1 more"
    four = replace(paper, authors=MANY[:4])
    assert texts(card(Library([four], Registry()), four))["Authors"] == "Author1, Author2, Author3, Author4"
