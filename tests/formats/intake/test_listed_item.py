from __future__ import annotations

from sphinx_papers.formats.intake.list_draft import ListRow
from sphinx_papers.formats.intake.new_page import PageWriter
from sphinx_papers.formats.intake.records import read_records, read_yaml_records
from sphinx_papers.formats.records.record import record_form
from sphinx_papers.model.records.draft import Draft
from sphinx_papers.model.records.registry import Registry, Venue, VenueKind
from sphinx_papers.model.rules.editorial import EditorialRules

REGISTRY = Registry(
    venues={"sod": Venue(id="sod", name="SOD", full="Dough", proceedings="Dough", kind=VenueKind.CONFERENCE)}
)


def rows(text: str) -> list[ListRow]:
    return list(read_yaml_records(text, record_form(REGISTRY), REGISTRY))


def test_a_list_of_somebody_is_read_by_what_its_keys_mean() -> None:
    (row,) = rows(
        "- title: 'Dough: A *Rising* Field'\n  link: https://arxiv.org/abs/2105.08960\n  authors: [Ada Berg, Ben Hove]\n"
        "  date: '2021-07-18'\n  publisher: SOD 2022\n  arxiv_id: '2105.08960'\n"
        "  sources: {code: https://github.com/berg/dough, homepage: https://dough.example}\n  tldr: Bread.\n  empty: []\n"
    )
    draft = row.draft
    assert draft is not None
    assert (draft.title, [each.display for each in draft.authors]) == (
        "Dough: A *Rising* Field",
        ["Ada Berg", "Ben Hove"],
    )
    assert (draft.arxiv, draft.date, draft.venue, draft.year) == ("2105.08960", "2021-05", "SOD 2022", 2022)
    assert (draft.code, draft.project, draft.url) == (
        ("https://github.com/berg/dough",),
        "https://dough.example",
        "",
    )
    assert row.unused == ("keys without a place in a record: tldr",)


def test_lists_below_a_key_names_in_pairs_and_publishers_that_nobody_knows() -> None:
    (one, two) = rows(
        "papers:\n  - {title: One, year: '2020-02-11', authors: [[Ada, Berg], [Ben, van Hove]], publisher: Crust}\n"
        "  - {title: Two, venue: SOD 2021, url: 'https://sod.example/2', doi: 10.1000/two, authors: 'Ada Berg and Ben Hove'}\n"
    )
    assert one.draft is not None
    assert two.draft is not None
    assert [each.family for each in one.draft.authors] == ["Berg", "Hove"]
    assert (one.draft.date, one.draft.year, one.draft.venue) == ("2020-02-11", 0, "")
    assert one.unused == ("keys without a place in a record: publisher (Crust)",)
    assert (two.draft.venue, two.draft.year, two.draft.doi, two.draft.url) == (
        "SOD 2021", 2021, "10.1000/two", "https://sod.example/2",
    )  # fmt: skip


def test_records_and_what_has_no_title_are_held_to_the_rules_of_records() -> None:
    found = rows(
        "- {title: One, date: 2020, authors: [Ada Berg], venu: 1}\n- {link: https://x.example}\n- text\n"
    )
    assert [row.draft is None and bool(row.reason) for row in found] == [True, True, True]
    (line,) = read_records(
        '{"title": "One", "year": "2020", "pdf": "https://x.example/1"}', record_form(REGISTRY), REGISTRY
    )
    assert line.draft is not None
    assert line.draft.url == "https://x.example/1"


def test_what_is_too_long_for_a_record_and_has_no_place_there_costs_no_row() -> None:
    (row, other) = rows(
        f"- title: One\n  year: '2020'\n  tldr: {'x' * 2000}\n- {{title: Two, year: '2021'}}\n"
    )
    assert row.draft is not None
    assert "line 3: 2000 characters are too many (the limit is 1000)" in row.unused
    assert other.draft is not None


def test_a_title_whose_formula_no_page_may_show_keeps_its_words() -> None:
    writer = PageWriter(REGISTRY, EditorialRules(), "2026-11-29")
    page = writer.write(Draft(title=r"Search in $e\slashed{E}$ and $\unknown{x}_1$", date="2020"))
    assert r'title: "Search in $e\\not{E}$ and \\unknownx_1"' in page.text
    assert any("its formula cannot be shown" in note for note in page.notes)
