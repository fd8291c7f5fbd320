from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace

import pytest

from sphinx_papers.model.display.text import Block, Entries, Paragraph, Span, Target, plain_text
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import ONE_PAGE, Library
from sphinx_papers.model.records.paper import Paper, Result
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.tables.select import Selection
from sphinx_papers.model.tables.table import TableSpec
from sphinx_papers.model.views.figures import FiguresView
from sphinx_papers.model.views.library_views import (
    AuthorsView,
    BibliographyView,
    BuiltOnByView,
    CitationView,
    CountView,
    GroupSummary,
    GroupsView,
    KeysView,
    LeaderboardView,
    MethodPageView,
    MethodReferenceView,
    PaperParts,
    PaperView,
    ReferenceView,
    TableView,
    VocabularyView,
)
from sphinx_papers.model.views.related import RelatedView
from sphinx_papers.model.views.view import Noted, View, digest_of

Edit = Callable[[Library], Library]
MAPS, BOXES, LINES = "berg2020maps", "cho2021boxes", "dia2021lines"
CODE = Selection(where=(("has", ("code",)),))


def rebuilt(library: Library, papers: Mapping[str, Paper], registry: Registry | None = None) -> Library:
    return Library(papers.values(), registry or library.registry, library.works.values())


def paper(key: str, **fields: object) -> Edit:
    """Return the edit of some fields of one record."""
    return lambda library: rebuilt(library, {**library, key: replace(library[key], **fields)})  # type: ignore[arg-type]


def result(key: str, place: int, **fields: object) -> Edit:
    """Return the edit of some fields of one result."""

    def edit(library: Library) -> Library:
        results = list(library[key].results)
        results[place] = replace(results[place], **fields)  # type: ignore[arg-type]
        return paper(key, results=tuple(results))(library)

    return edit


def entry(kind: str, identifier: str, **fields: object) -> Edit:
    """Return the edit of one entry of a registry."""

    def edit(library: Library) -> Library:
        entries = dict(getattr(library.registry, kind))
        entries[identifier] = replace(entries[identifier], **fields)
        return rebuilt(library, library, replace(library.registry, **{kind: entries}))

    return edit


def term_name(library: Library) -> Library:
    facet = library.registry.facets["supervision"]
    terms = {**facet.terms, "image": replace(facet.terms["image"], name="Image tags")}
    return entry("facets", "supervision", terms=terms)(library)


def work_year(library: Library) -> Library:
    works = (replace(work, year="2015") for work in library.works.values())
    return Library(library.values(), library.registry, works)


def without_lines(library: Library) -> Library:
    return rebuilt(library, {key: each for key, each in library.items() if key != LINES})


EDITS: dict[str, Edit] = {
    # What no page shows.
    "nothing": lambda library: rebuilt(library, dict(reversed(list(library.items())))),
    "arXiv class": paper(MAPS, arxiv_class="cs.LG"),
    # What some pages show.
    "title": paper(MAPS, title="More Maps"),
    "name": paper(MAPS, names=("Atlas",)),
    "summary": paper(MAPS, summary="Draws better maps."),
    "authors": paper(MAPS, authors=(Person(family="Berg", given="Ada"),)),
    # Newer than BOXES now, but still printed in 2020.
    "date": paper(MAPS, date=PartialDate(2021, 5, 1)),
    "doi": paper(MAPS, doi="10.1000/atlas"),
    "methods": paper(MAPS, methods=("saliency",)),
    "code": paper(BOXES, code=()),
    "foundations": paper(BOXES, builds_on=("zhou2016learning",)),
    "value": result(BOXES, 1, value=66.0),
    "note": result(BOXES, 1, note="from the preprint"),
    "LINES gone": without_lines,
    "venue's name": entry("venues", "cvpr", name="CVPR!"),
    "method's name": entry("methods", "saliency", name="Salience"),
    "method's summary": entry("methods", "saliency", summary="Draws borders."),
    "benchmark's name": entry("benchmarks", "voc", name="PASCAL VOC"),
    "term's name": term_name,
    "work's year": work_year,
}


# What every table tells reference managers of each of its papers.
TOLD = {"title", "authors", "date", "doi", "venue's name"}
SHOWN: list[tuple[View, set[str]]] = [
    (TableView(TableSpec()), TOLD | {"name", "code", "LINES gone"}),
    (
        TableView(TableSpec(columns=("name",), filter=True)),
        TOLD | {"name", "summary", "methods", "code", "LINES gone", "method's name", "term's name"},
    ),
    (
        TableView(TableSpec(columns=("name", "best:voc/val"))),
        TOLD | {"name", "value", "LINES gone", "benchmark's name"},
    ),
    (
        TableView(TableSpec(selection=CODE, columns=("name",), group_by="method")),
        TOLD | {"name", "methods", "code", "method's name"},
    ),
    (
        LeaderboardView("voc", "val"),
        TOLD | {"name", "code", "value", "note", "benchmark's name", "term's name"},
    ),
    (LeaderboardView("err", "test"), {"LINES gone", "code", "term's name"}),
    (
        PaperView(MAPS),
        {
            "title",
            "name",
            "summary",
            "authors",
            "date",
            "doi",
            "methods",
            "method's name",
            "benchmark's name",
            "term's name",
            "work's year",
            "foundations",
            "arXiv class",  # of the BibTeX entry
            "venue's name",  # of what reference managers are told
        },
    ),
    (
        PaperView(BOXES),
        {"name", "code", "foundations", "value", "note", "benchmark's name", "term's name", "work's year"},
    ),
    (RelatedView(BOXES), {"name", "summary", "methods", "foundations", "venue's name", "work's year"}),
    (FiguresView(("papers", "methods", "results", "years")), {"LINES gone"}),
    (BuiltOnByView("zhou2016learning"), {"name", "date"}),
    (ReferenceView(MAPS, "name"), {"name"}),
    (ReferenceView(MAPS, "title"), {"title"}),
    (ReferenceView(MAPS, "author-year"), {"authors"}),
    (MethodReferenceView("saliency"), {"method's name"}),
    (MethodPageView("saliency"), {"method's summary"}),
    (GroupsView("year"), {"LINES gone"}),
    (GroupsView("venue"), {"LINES gone", "venue's name"}),
    (GroupsView("method"), {"methods", "method's name", "method's summary"}),
    (GroupsView("author"), {"authors", "LINES gone"}),
    (GroupsView("benchmark"), {"LINES gone", "benchmark's name"}),
    (GroupsView("supervision"), {"LINES gone", "term's name"}),
    (AuthorsView("b"), {"name", "date"}),
    (AuthorsView("h"), {"name", "authors"}),
    (KeysView(CODE), {"date", "code"}),
    (CountView(CODE), {"code"}),
    (VocabularyView(), {"LINES gone"}),
    (CitationView(MAPS), {"authors"}),
    (CitationView("zhou2016learning"), {"work's year"}),
    (BibliographyView(), {"title", "authors", "doi", "LINES gone", "work's year"}),
]
VIEWS = [view for view, _ in SHOWN]
# All others name what has a page of its own.
_FOUND_BY = (PaperView, MethodPageView, BuiltOnByView, AuthorsView, CountView)


@pytest.mark.parametrize(
    ("view", "shown"), SHOWN, ids=lambda value: "" if isinstance(value, set) else str(value)
)
def test_a_digest_changes_exactly_when_what_is_shown_changes(
    library: Library, view: View, shown: set[str]
) -> None:
    before = digest_of(view, library)
    assert {name for name, edit in EDITS.items() if digest_of(view, edit(library)) != before} == shown


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_a_view_with_the_same_basis_has_the_same_value(library: Library, view: View) -> None:
    before = Noted.of(view, library)
    for edit in EDITS.values():
        after = edit(library)
        if before.basis and Noted.of(view, after).basis == before.basis:
            assert view.value(after) == view.value(library)
            assert before.now(view, after) is before
        else:
            assert before.now(view, after).digest == digest_of(view, after)


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_the_words_of_a_view_are_those_of_its_value(library: Library, view: View) -> None:
    value = view.value(library)
    parts = [field.name for field in fields(value)] if isinstance(value, PaperParts) else [""]
    for part in parts:
        block = getattr(value, part) if part else value
        expected = plain_text(block) if isinstance(block, Block) else ""
        assert view.words(library, part) == expected
    assert any(view.words(library, part) for part in parts) == isinstance(view, _FOUND_BY)


@pytest.mark.parametrize("view", [view for view in VIEWS if view.basis(Library()) is not None], ids=str)
def test_the_basis_of_a_view_changes_with_what_it_shows(library: Library, view: View) -> None:
    before = Noted.of(view, library)
    assert before.basis
    for edit in EDITS.values():
        after = Noted.of(view, edit(library))
        assert after.digest == before.digest or after.basis != before.basis


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (LeaderboardView("gone", "val"), None),
        (LeaderboardView("voc", "gone"), None),
        (PaperView("gone"), None),
        (RelatedView("gone"), None),
        (ReferenceView("gone", "name"), None),
        (MethodReferenceView("gone"), None),
        (MethodPageView("gone"), None),
        (BuiltOnByView("gone"), None),
        (BuiltOnByView(LINES), Paragraph("built-on-by", (Span("No paper here builds on it yet."),))),
        (AuthorsView("q"), Entries("authors", ())),
    ],
    ids=str,
)
def test_a_view_of_what_is_gone_is_empty(library: Library, view: View, expected: object) -> None:
    assert view.value(library) == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("name", "Maps"),
        ("title", "Maps of {CAM}s in $x^2$ Ways"),
        ("author-year", "Berg and van den Hove (2020)"),
    ],
)
def test_how_running_text_names_a_paper(library: Library, form: str, expected: str) -> None:
    assert ReferenceView(MAPS, form).value(library) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("year", [("2022", "2022", "", 2), ("2021", "2021", "", 1), ("2020", "2020", "", 1)]),
        (
            "venue",
            [
                ("arxiv", "arXiv", "arXiv preprint", 1),
                ("cvpr", "CVPR", "Conference on Vision", 1),
                ("pr", "PR", "Pattern Recognition", 1),
            ],
        ),
        # A method page without papers is listed all the same.
        (
            "method",
            [
                ("erasing", "Erasing", "Hides what was found.", 2),
                ("graphs", "Graphs", "Nobody does it yet.", 0),
                ("saliency", "Saliency guidance", "Says where an object ends.", 1),
            ],
        ),
        ("author", [(letter, letter.upper(), "", 1) for letter in "bcdh"]),
        ("benchmark", [("voc", "VOC", "Twenty classes.", 2), ("err", "Errors", "Counts mistakes.", 2)]),
        ("supervision", [("image", "Image labels", "", 4), ("box", "Boxes", "", 1)]),
        ("pipeline", [("multi-stage", "Multi-stage", "", 1)]),
    ],
)
def test_groups(library: Library, kind: str, expected: list[tuple[str, str, str, int]]) -> None:
    assert GroupsView(kind).value(library) == tuple(GroupSummary(kind, *each) for each in expected)


def test_authors_under_a_letter_with_their_papers(library: Library) -> None:
    boxes = (Span("BoxNet / BoxNet+", Target("paper", BOXES)), Span(" (2021)"))
    maps = (Span("Maps", Target("paper", MAPS)), Span(" (2020)"))
    assert AuthorsView("b").value(library) == Entries(
        "authors", (("ada-berg", "Ada Berg", (*boxes, Span(", "), *maps)),)
    )


def test_keys_and_number_of_a_selection(library: Library) -> None:
    assert KeysView(CODE).value(library) == (BOXES, MAPS)
    assert CountView(CODE).value(library) == Paragraph("total", (Span("2 papers"),))
    assert KeysView(Selection(sort="key", limit=1)).value(library) == (MAPS,)


def test_authors_beyond_a_to_z_are_the_others(make_paper: Callable[..., Paper]) -> None:
    library = Library([make_paper("a", authors=(Person(family="明", given="李"),))])
    assert GroupsView("author").value(library) == (GroupSummary("author", "0", "other", "", 1),)


@pytest.mark.parametrize(
    "view",
    [
        TableView(TableSpec(columns=("best:voc/val",))),
        TableView(TableSpec(columns=("supervision",))),
        TableView(TableSpec(group_by="domain")),
        GroupsView("supervision"),
    ],
    ids=str,
)
def test_a_view_of_what_is_no_longer_known_has_a_digest_of_its_own(library: Library, view: View) -> None:
    # A page may have been read when there still was such a benchmark or facet.
    bare = Library(library.values(), Registry(venues=library.registry.venues))
    assert digest_of(view, bare) == digest_of(view, bare)
    assert digest_of(view, bare) != digest_of(view, library)


def test_a_vocabulary_holds_every_name_that_can_be_asked_for(library: Library) -> None:
    before = digest_of(VocabularyView(), library)
    registry = library.registry
    for kind in ("venues", "benchmarks", "facets", "conditions", "methods"):
        entries = dict(getattr(registry, kind))
        entries.popitem()
        after = Library(library.values(), replace(registry, **{kind: entries}), library.works.values())
        assert digest_of(VocabularyView(), after) != before
    assert digest_of(VocabularyView(), Library(library.values(), registry)) != before


def test_equal_views_are_one_entry_of_a_set(library: Library) -> None:
    views = {TableView(TableSpec()), TableView(TableSpec()), TableView(TableSpec(group_by="year"))}
    assert len(views) == 2
    assert len({digest_of(view, library) for view in views}) == 2


def test_a_ranking_with_filters_follows_the_words_that_its_rows_are_found_by(
    library: Library, make_paper: Callable[..., Paper]
) -> None:
    def ranking(**fields: object) -> Library:
        results = tuple(Result(benchmark="voc", split="val", value=value) for value in range(5))
        return Library([make_paper("a", names=("A",), results=results, **fields)], library.registry)

    view = LeaderboardView("voc", "val")
    before = Noted.of(view, ranking())
    for edit in ({"title": "Another"}, {"authors": (Person(family="Berg"),)}, {"facets": {"inputs": ()}}):
        after = before.now(view, ranking(**edit))
        assert after.digest != before.digest
    assert before.now(view, ranking(summary="Another.")) == before


def test_the_page_of_a_paper_follows_the_letter_of_its_authors(
    library: Library, make_paper: Callable[..., Paper]
) -> None:
    crowd = [make_paper("z", authors=tuple(Person(family=f"A{number}") for number in range(ONE_PAGE)))]
    one = make_paper("a", authors=(Person(family="Van Berg"),))

    def with_newest(person: Person) -> Library:
        newest = make_paper("b", date=PartialDate(2025), authors=(person,))
        return Library([*crowd, one, newest], library.registry)

    before, after = with_newest(Person(family="Van Berg")), with_newest(Person(family="Berg", particle="Van"))
    assert before.page_of(one.authors[0]) != after.page_of(one.authors[0])
    noted = Noted.of(PaperView("a"), before)
    assert noted.now(PaperView("a"), after).digest != noted.digest
