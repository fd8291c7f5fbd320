from __future__ import annotations

from collections.abc import Callable

import pytest

from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.paper import Appearance, Paper, Result
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.work import Work

LEE = Person(family="Lee", given="Seungho")
KIM = Person(family="Kim", given="Eunji")


@pytest.mark.parametrize(
    ("fields", "name", "author_year"),
    [
        ({"names": ("EPS",), "authors": (LEE,)}, "EPS", "Lee (2021)"),
        ({"names": ("A", "B"), "authors": (LEE, KIM)}, "A / B", "Lee and Kim (2021)"),
        ({"authors": (LEE, KIM, LEE)}, "Lee et al. (2021)", "Lee et al. (2021)"),
        ({"title": "Of {CAM}s"}, "Of CAMs (2021)", "Of CAMs (2021)"),
        ({"authors": (LEE,), "appearance": Appearance(venue="pr", year=2022)}, "Lee (2022)", "Lee (2022)"),
    ],
    ids=["named", "two names", "no name", "no authors", "printed a year later"],
)
def test_how_a_paper_is_called(
    make_paper: Callable[..., Paper], fields: dict[str, object], name: str, author_year: str
) -> None:
    paper = make_paper("a", **fields)
    assert (paper.name, paper.author_year) == (name, author_year)


def test_terms_of_a_result_stand_before_those_of_its_paper(make_paper: Callable[..., Paper]) -> None:
    own = Result(benchmark="voc", split="val", value=1, facets={"inputs": ()})
    silent = Result(benchmark="voc", split="val", value=1)
    paper = make_paper("a", facets={"inputs": ("clip",)}, results=(own, silent))
    assert paper.terms("inputs") == ("clip",)
    assert paper.terms("inputs", silent) == ("clip",)
    assert paper.terms("inputs", own) == ()
    assert paper.terms("pipeline", own) == ()


def test_newest_first_and_equal_dates_by_key(make_paper: Callable[..., Paper]) -> None:
    in_order = [
        make_paper("d", date=PartialDate(2022)),
        make_paper("a", date=PartialDate(2021, 5, 2)),
        make_paper("b", date=PartialDate(2021, 5, 2)),
        make_paper("e", date=PartialDate(2021, 5)),
        make_paper("c", date=PartialDate(2021)),
    ]
    turned = in_order[::-1]
    assert sorted(turned, key=lambda paper: paper.recency) == in_order


@pytest.mark.parametrize(
    ("authors", "year", "expected"),
    [((LEE, KIM), "2016", "Lee and Kim (2016)"), ((), "2016", "zhou (2016)"), ((LEE,), "", "Lee (n.d.)")],
)
def test_how_a_work_without_a_page_is_cited(authors: tuple[Person, ...], year: str, expected: str) -> None:
    assert Work(key="zhou", title="{Deep} Features", authors=authors, year=year).author_year == expected


def test_the_title_of_a_work_is_read_without_braces() -> None:
    assert Work(key="zhou", title="{Deep} Features", authors=(), year="").plain_title == "Deep Features"
