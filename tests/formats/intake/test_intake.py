"""Answers in the shapes that their services document, about papers that do not exist."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cli.answers import ATOM_ERROR, CSL, PAGE, atom

from sphinx_papers.formats.intake.arxiv import read_arxiv
from sphinx_papers.formats.intake.bibtex import read_bibtex_drafts
from sphinx_papers.formats.intake.csl_json import read_csl_json
from sphinx_papers.formats.intake.identifiers import PaperReference, read_reference
from sphinx_papers.formats.intake.webpage import read_webpage
from sphinx_papers.formats.intake.words import (
    IntakeError,
    find_arxiv,
    find_doi,
    month,
    page_range,
    people,
    written_date,
)
from sphinx_papers.model.records.person import Person

ENTITIES = atom("2105.08960", title="&a;").replace(b"<feed", b'<!DOCTYPE feed [<!ENTITY a "Maps">]><feed', 1)


def test_arxiv_entries_are_read_by_id() -> None:
    drafts = read_arxiv(atom("2105.08960v2", doi="10.1000/maps.1"))
    assert list(drafts) == ["2105.08960"]
    draft = drafts["2105.08960"]
    assert draft.title == "Maps of Maps: a Study in $L_2$"
    assert draft.authors == (Person("Berg", "Ada"), Person("Hove", "Ben", "van den"))
    assert (draft.date, draft.arxiv_class, draft.doi) == ("2021-05-19", "cs.CV", "10.1000/maps.1")
    assert draft.code == ("https://github.com/berg/maps",)
    assert draft.source == "https://arxiv.org/abs/2105.08960"
    assert draft.notes == ("arXiv comment: 9 pages. Code: https://github.com/berg/maps.",)


def test_an_id_that_arxiv_does_not_know_gives_nothing() -> None:
    assert read_arxiv(atom()) == {}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (ATOM_ERROR, "arXiv says: incorrect id format for 1234"),
        (b"Rate exceeded.", "no Atom feed: 'Rate exceeded.'"),
        (b"", "no Atom feed"),
        (b"<html></html>", "no Atom feed, but 'html'"),
        (b"\xff\xfe\x00", "no Atom feed"),
        (ENTITIES, "no Atom feed"),
        (ENTITIES.decode().replace("UTF-8", "UTF-16").encode("utf-16"), "no Atom feed"),
    ],
)
def test_what_is_no_feed_is_said_in_a_line(answer: bytes, said: str) -> None:
    with pytest.raises(IntakeError, match=r".") as error:
        read_arxiv(answer)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_csl_json_is_read_with_the_fields_that_crossref_adds() -> None:
    draft = read_csl_json(json.dumps(CSL).encode())
    assert draft.title == "Maps & Maps: a Study"
    assert draft.authors == (Person("Berg", "Ada"), Person("Hove", "Ben", "van den"), Person("The Flock"))
    assert (draft.venue, draft.year, draft.month) == ("2021 Conference on Vision (CVPR)", 2021, 6)
    assert (draft.volume, draft.number, draft.pages) == ("12", "3", "1-9")
    assert (draft.date, draft.doi) == ("2021-03-02", "10.1000/maps.1")
    assert draft.url == "https://publisher.example/maps"


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1), (" 12 ", 12), ("03", 3), ("0", 0), ("13", 0), ("jan", 1), ("Dec.", 12), ("Sept.", 9), ("May", 5), ("ju", 0),
     ("", 0), ("spring", 0), ("9" * 5000, 0)],
)  # fmt: skip
def test_a_month_is_a_number_or_an_english_name(text: str, number: int) -> None:
    assert month(text) == number


def test_csl_json_has_a_name_in_its_parts() -> None:
    name = {"family": "King", "given": "Martin", "suffix": "Jr.", "non-dropping-particle": "van"}
    draft = read_csl_json(json.dumps({**CSL, "author": [name]}).encode())
    assert draft.authors == (Person("King", "Martin", "van", "Jr."),)


def test_a_preprint_with_a_doi_has_no_venue() -> None:
    draft = read_csl_json(json.dumps({**CSL, "type": "posted-content"}).encode())
    assert (draft.venue, draft.year) == ("", 0)


def test_lists_where_csl_has_texts_are_read_too() -> None:
    draft = read_csl_json(
        json.dumps({"title": ["Maps"], "container-title": ["V"], "author": [{"name": "X Y"}]}).encode()
    )
    assert (draft.title, draft.venue, draft.authors) == ("Maps", "V", (Person("X Y"),))


@pytest.mark.parametrize("answer", [b"", b"<html>", b"[]", b"{}", b'{"title": {}}', b"[" * 100_000])
def test_what_is_no_csl_json_is_refused(answer: bytes) -> None:
    with pytest.raises(IntakeError, match="no CSL-JSON"):
        read_csl_json(answer)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(CSL)), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*sorted(CSL), "date-parts", "family"]), JSON))
def test_json_of_any_other_shape_is_read_or_refused(data: dict[str, object]) -> None:
    with contextlib.suppress(IntakeError):
        read_csl_json(json.dumps(data).encode())


def test_pages_of_publishers_say_which_paper_they_are_about() -> None:
    draft = read_webpage(PAGE, "https://publisher.example/maps")
    assert draft.title == "Maps of Maps"
    assert draft.authors == (Person("Berg", "Ada"), Person("Hove", "Ben"))
    assert (draft.venue, draft.year, draft.pages) == ("Conference on Vision", 2021, "1-9")
    assert (draft.date, draft.doi, draft.url) == (
        "2021-06",
        "10.1000/maps.1",
        "https://publisher.example/maps",
    )


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("", "cp1252"),
        ("charset=iso-8859-2", "iso-8859-2"),
        ('charset="nothing"', "cp1252"),
        ("charset=ascii", "utf-8"),
    ],
)
def test_a_page_is_read_in_the_letters_it_is_written_in(declared: str, encoding: str) -> None:
    page = f'<meta {declared}><meta name="citation_title" content="Äpfel">'
    assert read_webpage(page.encode(encoding), "https://publisher.example/maps").title == "Äpfel"


def test_a_page_that_does_not_say_is_refused() -> None:
    with pytest.raises(IntakeError, match="does not say which paper"):
        read_webpage(b"<html><title>Maps</title>", "https://example.org")


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("2105.08960", PaperReference("arxiv", "2105.08960")),
        ("arXiv:2105.08960v3", PaperReference("arxiv", "2105.08960")),
        ("cs.CV/0501001", PaperReference("arxiv", "cs.CV/0501001")),
        ("https://arxiv.org/abs/2105.08960v1", PaperReference("arxiv", "2105.08960")),
        ("http://export.arxiv.org/pdf/2105.08960.pdf", PaperReference("arxiv", "2105.08960")),
        ("10.48550/arXiv.2105.08960", PaperReference("arxiv", "2105.08960")),
        ("https://doi.org/10.48550/arXiv.2105.08960", PaperReference("arxiv", "2105.08960")),
        ("10.1000/maps.1", PaperReference("doi", "10.1000/maps.1")),
        ("doi:10.1000/maps.1", PaperReference("doi", "10.1000/maps.1")),
        ("https://dx.doi.org/10.1000/(maps)1", PaperReference("doi", "10.1000/(maps)1")),
        ("https://publisher.example/doi/10.1000/maps.1/full", PaperReference("doi", "10.1000/maps.1")),
        ("https://publisher.example/maps.html", PaperReference("url", "https://publisher.example/maps.html")),
        ("doi.org/10.1000/maps.1", PaperReference("doi", "10.1000/maps.1")),
        ("arxiv.org/abs/2105.08960", PaperReference("arxiv", "2105.08960")),
        ("../My.bib", PaperReference("bibtex", "../My.bib")),
    ],
)
def test_a_paper_is_named_in_many_ways(text: str, reference: PaperReference) -> None:
    assert read_reference(text) == reference


@pytest.mark.parametrize("text", ["", "maps", "2105", "https://", "https://[", "file.pdf"])
def test_what_names_no_paper_is_refused(text: str) -> None:
    with pytest.raises(IntakeError):
        read_reference(text)


BIB = r"""
@string{v = "Conference on Vision"}
@inproceedings{berg, title = {Maps of {CAMs} in {\'E}tudes}, author = {Berg, Ada and van den Hove, Ben and others},
  booktitle = v, year = 2021, pages = {1--9}, month = jun, doi = {https://doi.org/10.1000/maps\_1}}
@article{two, title = "Pre", author = "{The Flock and Friends}", journal = "arXiv preprint arXiv:2105.08960", year = 2021}
@misc{three, title = {Three}, eprint = {2105.08961}, archivePrefix = {arXiv}, primaryClass = {cs.CV}, pages = {odd, pages}}
@misc{four, year = 2020}
@misc{five,
"""


def test_bibtex_is_read_entry_by_entry() -> None:
    drafts, problems = read_bibtex_drafts(BIB, "b.bib")
    assert [(each.key, each.line) for each in drafts] == [("berg", 3), ("two", 5), ("three", 6)]
    first, second, third = (each.draft for each in drafts)
    assert first.title == "Maps of CAMs in Études"
    assert first.authors == (Person("Berg", "Ada"), Person("Hove", "Ben", "van den"))
    assert first.notes == ("the entry names only some of the authors",)
    assert (first.venue, first.year, first.month, first.pages) == ("Conference on Vision", 2021, 6, "1-9")
    assert (first.date, first.doi) == ("2021-06", "10.1000/maps_1")
    assert (second.arxiv, second.venue, second.year, second.date) == ("2105.08960", "", 0, "2021-05")
    assert (third.arxiv, third.arxiv_class) == ("2105.08961", "cs.CV")
    assert third.notes == ("pages not understood: odd, pages",)
    assert [(problem.position.line, problem.code) for problem in problems] == [(7, "bibtex"), (9, "bibtex")]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021", "2021"),
        ("2021-5", "2021-05"),
        ("2021/05/19", "2021-05-19"),
        ("2021.5.9", "2021-05-09"),
        ("2021-05-19T17:59:59Z", "2021-05-19"),
        ("May 2021", "2021-05"),
        ("19 May 2021", "2021-05-19"),
        ("Sept. 3rd, 2021", "2021-09-03"),
        ("2021-13-01", ""),
        ("19/05/2021", ""),
        ("Mayhem 2021", ""),
        ("soon", ""),
    ],
)
def test_dates_that_can_be_read_in_one_way_only(text: str, date: str) -> None:
    assert written_date(text) == date


def test_identifiers_are_found_within_texts() -> None:
    assert find_doi("see https://doi.org/10.1000/(a)b). And more") == "10.1000/(a)b"
    assert find_doi("10.48550/arXiv.2105.08960") == ""
    assert find_arxiv("arXiv:2105.08960v2.") == "2105.08960"
    assert find_arxiv("12345.678901 and 2113.00001") == ""
    assert (page_range("1 \N{EN DASH} 9"), page_range("e17"), page_range("1-2, 5")) == ("1-9", "e17", "")


def test_initials_are_parted() -> None:
    assert people(["Philip H.S. Torr", "Manjunath, B.S."])[0] == (
        Person("Torr", "Philip H. S."),
        Person("Manjunath", "B. S."),
    )


ODD = r"""
@string{vision = "Vision"}
@article{dated, title={Maps}, subtitle={of Maps}, author={Berg, Ada}, journaltitle={Letters}, date={2021-03/2021-05}, eid={1078}}
@misc{noted, title={Boxes in 99% of $\ell_{21}$ Norms}, author={Berg, Ada and et al.}, note={arXiv:2104.06666 [cs.CV]}, year={2021}}
@inproceedings{child, title={\emph{Seeds} of ``Seeds''}, author={Ph{\d a}m, Th{\d i} and Nguy{\~{\^e}}n, An}, crossref={parent}}
@proceedings{parent, title={Proceedings}, booktitle={Conference on Vision}, year=2022}
@article{monthly, title={A Month}, author={Berg, Ada}, journal={Letters}, year=2021, number={March}, url={https://a.example/x https://b.example/y}}
@article{elsewhere, title={A Name}, author={Berg, Ada}, journal=of_another_file, year=2021}
@article{, title={No Key}, author={Berg, Ada}, journal=vision, year=2021}
@article{parts, title={Parts}, author={family=Berg, given=Jan, prefix=van der, useprefix=true and Hove, Ben}, journal={Letters}, year=2021}
@article{stray, title={Stray {{Brace}}\}}, author={Berg, Ada}, journal={Letters}, year=2021}
@comment{ @article{hidden, title={Hidden}, author={H H}, year=2001} }
"""


def test_bibtex_as_reference_managers_and_biblatex_write_it() -> None:
    read, problems = read_bibtex_drafts(ODD, "odd.bib")
    drafts = {each.key: each.draft for each in read}
    assert sorted(drafts) == ["", "child", "dated", "elsewhere", "monthly", "noted", "parts"]
    dated, noted, child = drafts["dated"], drafts["noted"], drafts["child"]
    assert (dated.title, dated.date, dated.year, dated.month, dated.article) == (
        "Maps: of Maps",
        "2021-03",
        2021,
        3,
        "1078",
    )
    assert (noted.title, noted.arxiv) == (r"Boxes in 99% of $\ell_{21}$ Norms", "2104.06666")
    assert (noted.authors, noted.notes) == (
        (Person("Berg", "Ada"),),
        ("the entry names only some of the authors",),
    )
    assert (child.title, child.venue, child.year) == (
        "Seeds of \N{LEFT DOUBLE QUOTATION MARK}Seeds\N{RIGHT DOUBLE QUOTATION MARK}",
        "Conference on Vision",
        2022,
    )
    assert child.authors == (Person("Phạm", "Thị"), Person("Nguyễn", "An"))
    monthly = drafts["monthly"]
    assert (monthly.month, monthly.number, monthly.url) == (3, "", "https://a.example/x")
    assert drafts["elsewhere"].venue == ""
    assert drafts["parts"].authors == (Person("Berg", "Jan", "van der"), Person("Hove", "Ben"))
    assert [(each.position.line, each.message) for each in problems] == [
        (8, "`of_another_file` stands for nothing: no @string defines it"),
        (9, "the entry has no key: No Key"),
        (11, "an escaped brace does not come in a pair"),
    ]  # fmt: skip
