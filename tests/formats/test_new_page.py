from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_papers.formats.intake.new_page import PageWriter, author_text, heading
from sphinx_papers.formats.intake.words import record_title
from sphinx_papers.formats.records.page import read_paper_page
from sphinx_papers.formats.records.prose import read_prose
from sphinx_papers.formats.records.record import RecordForm
from sphinx_papers.model.records.draft import Draft
from sphinx_papers.model.records.paper import Appearance
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.rules.editorial import EditorialRules, SectionRule

RULES = EditorialRules(sections=(SectionRule("Problem", 50, 120, "What went wrong."), SectionRule("Caveats")))
CHOSEN = {"supervision": ["image"]}
FULL = Draft(
    title="Maps: a Study", names=("EPS",), authors=(Person("Berg", "Ada"), Person("Hove", "Ben", "van den")),
    date="2021-05-19", year=2021, venue="CVPR 2021", volume="3", number="S1", pages="1-9", month=6,
    arxiv="2105.08960", arxiv_class="cs.CV", doi="10.1000/x.1", url="https://example.org/x",
    code=("https://example.org/code",), project="https://example.org/p", source="https://arxiv.org/abs/2105.08960",
)  # fmt: skip


def writer(registry: Registry, **chosen: list[str]) -> PageWriter:
    return PageWriter(registry, RULES, "2026-11-24", {**CHOSEN, **chosen})


def test_a_full_draft_becomes_a_full_record(registry: Registry, form: type[RecordForm]) -> None:
    page = writer(
        registry, methods=["erasing"], pipeline=["single"], inputs=["clip"], domain=["images"]
    ).write(FULL)
    paper, document = read_paper_page(page.text, "p.md", "k", form, registry)
    assert document.problems == []
    assert paper is not None
    assert (paper.title, paper.names, paper.authors) == (FULL.title, FULL.names, FULL.authors)
    assert str(paper.date) == "2021-05-19"
    assert paper.appearance == Appearance(
        venue="cvpr", year=2021, volume="3", number="S1", pages="1-9", month=6
    )
    assert (paper.arxiv, paper.arxiv_class, paper.doi) == ("2105.08960", "cs.CV", "10.1000/x.1")
    assert (paper.links.paper, tuple(code.url for code in paper.code)) == (FULL.url, FULL.code)
    assert paper.links.project == FULL.project
    assert paper.methods == ("erasing",)
    assert paper.sources["preprint"].url == FULL.source
    assert str(paper.sources["preprint"].checked) == "2026-11-24"
    assert page.text.count("  #") == 1
    assert "  # summary: one sentence" in page.text
    assert page.left == (
        "what it is called, what it builds on, results with their sources",
        "the summary, the heading and sections (Problem, Caveats)",
    )


def test_nothing_stands_in_for_text(registry: Registry) -> None:
    prose = read_prose(writer(registry).write(FULL).text)
    assert (prose.title, prose.sections, prose.text.strip()) == (
        "Maps: a Study (EPS)",
        (),
        "# Maps: a Study (EPS)",
    )


@pytest.mark.parametrize(
    ("title", "names", "shown"),
    [
        ("Maps", [], "Maps"),
        ("Maps", ["EPS", "EPS+"], "EPS / EPS+: Maps"),
        ("EPS: Maps", ["EPS"], "EPS: Maps"),
        ("Maps: a Study", ["EPS"], "Maps: a Study (EPS)"),
        ("{Maps} of $x_1$ *and* C_2", [], r"Maps of $x_1$ \*and\* C\_2"),
    ],
)
def test_the_heading_is_made_of_name_and_title(title: str, names: list[str], shown: str) -> None:
    assert heading(title, names) == shown


def test_the_name_that_a_title_begins_with_is_offered(registry: Registry, form: type[RecordForm]) -> None:
    page = writer(registry).write(Draft(title="PSDPM: Prototype-based Maps", date="2024"))
    assert "  names: [PSDPM]\n" in page.text
    assert "\n# PSDPM: Prototype-based Maps\n" in page.text
    assert "whether the method is called what its title begins with" in page.left
    assert "names" not in writer(registry).write(Draft(title="Seeds: Maps", date="2024")).text


def test_what_is_open_is_a_comment_and_is_told(registry: Registry) -> None:
    page = PageWriter(registry, RULES, "2026-11-24").write(Draft(title="Maps", venue="Some Venue", year=2021))
    assert "  # supervision: some of image, box\n" in page.text
    assert "  # venue: {id: ..., year: ...}\n" in page.text
    assert any("the registry does not know `Some Venue`" in each for each in page.notes)
    assert any("`supervision` (required)" in each for each in page.left)
    assert "the authors" in page.left


def test_a_preprint_server_is_no_venue(registry: Registry) -> None:
    text = writer(registry).write(Draft(title="Maps", venue="arXiv", year=2021)).text
    assert "venue" not in text


def test_a_value_that_no_record_can_hold_is_told_and_left_out(
    registry: Registry, form: type[RecordForm]
) -> None:
    page = writer(registry).write(Draft(title="Maps", date="2021", arxiv="?", url="ftp://x"))
    paper, document = read_paper_page(page.text, "p.md", "k", form, registry)
    assert document.problems == []
    assert paper is not None
    assert not paper.arxiv
    assert sum("cannot hold" in each for each in page.notes) == 2


LINES = st.text(max_size=30) | st.sampled_from(
    ["{a}", "$", "a: b", "- x", "<!-- -->", "\u2028", "#", "]", "no"]
)


@given(
    title=LINES.map(record_title).filter(bool), names=st.lists(LINES, max_size=2), family=LINES, given_name=LINES,
    venue=LINES, number=LINES, source=LINES, note=LINES,
)  # fmt: skip
def test_any_draft_gives_a_page_that_can_be_read(
    registry: Registry, form: type[RecordForm], title: str, names: list[str], family: str, given_name: str,
    venue: str, number: str, source: str, note: str,
) -> None:  # fmt: skip
    draft = Draft(
        title=title, names=tuple(names), authors=(Person(family, given_name),), date="2021", venue=venue, year=2021,
        number=number, source=source, notes=(note,),
    )  # fmt: skip
    page = writer(registry).write(draft)
    paper, document = read_paper_page(page.text, "p.md", "k", form, registry)
    if paper is None:  # the title itself is none
        assert [problem.code for problem in document.problems] == ["missing-key"]
    else:
        assert paper.title == title
        assert str(paper.date) == "2021"


@given(LINES, LINES, LINES, LINES)
def test_an_author_is_written_so_that_the_same_person_is_read_or_not_at_all(
    family: str, given_name: str, particle: str, suffix: str
) -> None:
    from sphinx_papers.formats.text.names import read_name

    person = Person(family, given_name, particle, suffix)
    text = author_text(person)
    assert text == "" or read_name(text) == person


def test_usual_names_are_written_as_they_are_read() -> None:
    assert author_text(Person("Berg", "Ada")) == "Ada Berg"
    assert author_text(Person("Hove", "Ben", "van den")) == "Ben van den Hove"
    assert author_text(Person("Berg", "Ada", suffix="Jr.")) == "Berg, Jr., Ada"
    assert author_text(Person("Le Cun", "Yann")) == "Le Cun, Yann"
