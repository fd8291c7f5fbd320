from __future__ import annotations

from collections.abc import Callable

import pytest

from sphinx_papers.model.records.library import Clash, Kept, Library, clashes
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.work import Work


def keys(index: object) -> object:
    """Return *index* with the key of each paper in its place."""
    if isinstance(index, Paper):
        return index.key
    if isinstance(index, dict):
        return {name: keys(value) for name, value in index.items()}
    assert isinstance(index, tuple)
    return [keys(each) for each in index]


def test_papers_come_newest_first(library: Library) -> None:
    assert list(library) == ["point2022weak", "dia2021lines", "cho2021boxes", "berg2020maps"]
    assert len(library) == 4
    assert library["cho2021boxes"].key == "cho2021boxes"
    assert "zhou2016learning" not in library


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        (
            "by_year",
            {"2020": ["berg2020maps"], "2021": ["cho2021boxes"], "2022": ["point2022weak", "dia2021lines"]},
        ),
        ("by_venue", {"arxiv": ["point2022weak"], "cvpr": ["berg2020maps"], "pr": ["dia2021lines"]}),
        ("by_method", {"erasing": ["cho2021boxes", "berg2020maps"], "saliency": ["berg2020maps"]}),
        (
            "by_author",
            {
                "ada-berg": ["cho2021boxes", "berg2020maps"],
                "ben-van-den-hove": ["berg2020maps"],
                "carla-cho": ["cho2021boxes"],
                "emile-dia": ["dia2021lines"],
            },
        ),
        # A paper with several results on one benchmark stands there once.
        ("by_benchmark", {"err": ["dia2021lines", "cho2021boxes"], "voc": ["cho2021boxes", "berg2020maps"]}),
        (
            "by_term",
            {
                "supervision": {
                    "box": ["cho2021boxes"],
                    "image": ["point2022weak", "dia2021lines", "cho2021boxes", "berg2020maps"],
                },
                "inputs": {"saliency": ["berg2020maps"]},
                "pipeline": {"multi-stage": ["berg2020maps"]},
                "domain": {"images": ["cho2021boxes", "berg2020maps"], "video": ["dia2021lines"]},
            },
        ),
        (
            "built_on_by",
            {
                "berg2020maps": ["cho2021boxes"],
                "cho2021boxes": ["point2022weak"],
                "zhou2016learning": ["cho2021boxes", "berg2020maps"],
            },
        ),
    ],
)
def test_index(library: Library, index: str, expected: object) -> None:
    assert keys(getattr(library, index)) == expected


def test_indexes_are_sorted_and_do_not_depend_on_the_order_of_reading(library: Library) -> None:
    turned = Library(reversed(list(library.values())), library.registry, library.works.values())
    assert list(turned) == list(library)
    assert list(turned.by_author) == sorted(library.by_author)
    assert list(turned.by_term["supervision"]) == ["box", "image"]


def test_of_two_spellings_the_newest_papers_is_shown(make_paper: Callable[..., Paper]) -> None:
    old = make_paper("a2020", authors=(Person(family="Arbelaez", given="Pablo"),))
    new = make_paper("z2020", authors=(Person(family="Arbeláez", given="Pablo"),))
    # Equal dates: the key that comes first in the library decides.
    assert Library([new, old]).people["pablo-arbelaez"].family == "Arbelaez"


def test_people_stand_under_the_letter_of_their_family_name(make_paper: Callable[..., Paper]) -> None:
    people = [
        Person(family="Hove", given="Ben", particle="van den"),
        Person(family="Hart", given="Zoe"),
        Person(family="Hart", given="Al"),
        Person(family="明", given="李"),
        Person(family="Østby", given="Kari"),
    ]
    library = Library([make_paper("a", authors=tuple(people))])
    assert {letter: [p.display for p in people] for letter, people in library.people_by_letter.items()} == {
        "0": ["李 明"],
        "h": ["Al Hart", "Zoe Hart", "Ben van den Hove"],
        "o": ["Kari Østby"],
    }


WORK = Work(key="zhou2016learning", title="Deep Features", authors=(), year="2016")
SAME = "keep one page for a paper"


@pytest.mark.parametrize(
    ("papers", "expected"),
    [
        ([{"key": "a"}, {"key": "b", "builds_on": ("a", "zhou2016learning", "broken2020")}], []),
        (
            [{"key": "a", "builds_on": ("zhou2016learning", "zhou2016learnin")}],
            [
                Clash(
                    "a",
                    ("builds_on", 1),
                    "unknown-paper",
                    "`zhou2016learnin` is neither a page here nor an entry of the bibliography",
                    "did you mean `zhou2016learning`?",
                )
            ],
        ),
        (
            [{"key": "a", "builds_on": ("xyz",)}],
            [
                Clash(
                    "a",
                    ("builds_on", 0),
                    "unknown-paper",
                    "`xyz` is neither a page here nor an entry of the bibliography",
                    "write its page, or add it to the bibliography",
                )
            ],
        ),
        (
            [{"key": "a", "builds_on": ("a",)}],
            [Clash("a", ("builds_on", 0), "unknown-paper", "a paper cannot build on itself")],
        ),
        ([{"key": "zhou2016learning"}], []),
        (
            [{"key": "a", "title": "{CAM}s!"}, {"key": "b", "title": "Cams"}, {"key": "c", "title": "cams"}],
            [
                Clash("b", ("title",), "duplicate-title", "`a` has the same title", SAME),
                Clash("c", ("title",), "duplicate-title", "`a` has the same title", SAME),
            ],
        ),
        (
            [{"key": "a", "arxiv": "2105.08965"}, {"key": "b", "arxiv": "2105.08965"}],
            [Clash("b", ("arxiv",), "duplicate-arxiv", "`a` has the same arxiv", SAME)],
        ),
        (
            [{"key": "a", "doi": "10.1000/X"}, {"key": "b", "doi": "10.1000/x"}],
            [Clash("b", ("doi",), "duplicate-doi", "`a` has the same doi", SAME)],
        ),
    ],
    ids=[
        "nothing wrong",
        "unknown, close",
        "unknown",
        "itself",
        "also in the bibliography",
        "title",
        "arXiv",
        "DOI",
    ],
)
def test_rules_between_records(
    make_paper: Callable[..., Paper], papers: list[dict[str, object]], expected: list[Clash]
) -> None:
    library = Library((make_paper(**fields) for fields in papers), works=(WORK,), unreadable=("broken2020",))
    assert list(clashes(library)) == expected


def test_keys_that_differ_only_in_case_clash(make_paper: Callable[..., Paper]) -> None:
    # BibTeX does not tell them apart, nor do some file systems.
    library = Library([make_paper("Lee2021", title="One"), make_paper("lee2021", title="Two")])
    assert [(clash.paper, clash.path, clash.code) for clash in clashes(library)] == [
        ("lee2021", (), "duplicate-key")
    ]


def test_a_work_that_gets_a_page_gives_way_to_it(library: Library, make_paper: Callable[..., Paper]) -> None:
    assert "zhou2016learning" in library.works
    grown = Library(
        [*library.values(), make_paper("zhou2016learning")], library.registry, library.works.values()
    )
    assert "zhou2016learning" not in grown.works
    assert [work.key for work in grown.superseded] == ["zhou2016learning"]
    assert list(clashes(grown)) == []
    assert library.superseded == ()


def test_what_is_kept_is_made_once_for_each_library() -> None:
    made: list[Library] = []
    kept: Kept[int] = Kept(lambda library: made.append(library) or len(made))
    one, other = Library(), Library()
    assert [kept.of(each) for each in (one, one, other, one)] == [1, 1, 2, 1]
    assert made == [one, other]
