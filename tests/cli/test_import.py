from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sphinx_papers.cli import import_, main
from sphinx_papers.formats.intake.list_draft import ListRow
from sphinx_papers.formats.intake.paper_list import read_paper_list
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Registry, Venue, VenueKind
from sphinx_papers.model.records.venue_name import VenueNames
from tests.cli.answers import atom

Output = pytest.CaptureFixture[str]
VENUES = VenueNames(
    Registry(
        venues={
            key: Venue(id=key, name=name, full=full, proceedings=full, kind=VenueKind.CONFERENCE)
            for key, name, full in (("cvpr", "CVPR", "Vision"), ("neurips", "NeurIPS", "Neural Systems"))
        }
    )
)


def rows(text: str) -> list[ListRow]:
    return list(read_paper_list(text, VENUES))


def drafts(text: str) -> list[tuple[str, ...]]:
    """Return title, name, date, year, venue, arXiv id, address and code of each row."""
    found = []
    for row in rows(text):
        draft = row.draft
        assert draft is not None, row
        found.append(
            (
                draft.title,
                *draft.names,
                draft.date,
                str(draft.year),
                draft.venue,
                draft.arxiv,
                draft.url,
                *draft.code,
            )
        )
    return found


TABLE = """\
| Venue | **Title** | arXiv | Name | Code | Date |
|:-----:|-----------|-------|------|:----:|------|
| CVPR'21 | [Maps of Maps](https://p.example/maps) | [2105.08960](https://arxiv.org/abs/2105.08960) | **EPS** | [code](https://github.com/berg/maps) | 2021.05 |
| *NeurIPS* 2020 | Boxes <br/> of **Boxes** | - | — | N/A | |
"""


def test_tables_are_read_by_their_heads_in_any_order() -> None:
    assert drafts(TABLE) == [
        ("Maps of Maps", "EPS", "2021-05", "2021", "CVPR'21", "2105.08960", "https://p.example/maps", "https://github.com/berg/maps"),
        ("Boxes of Boxes", "", "2020", "NeurIPS 2020", "", ""),
    ]  # fmt: skip
    assert [row.unused for row in rows(TABLE)] == [(), ()]


@pytest.mark.parametrize(
    ("item", "draft"),
    [
        ("- [Maps of All Maps](https://arxiv.org/abs/1711.10370), CVPR 2018", ("Maps of All Maps", "2017-11", "2018", "CVPR 2018", "1711.10370", "")),
        ('* **EPS:** "Maps of all maps" *CVPR2015* [[paper]](http://p.example/p.pdf) [[code]](https://github.com/a/b)', ("Maps of all maps", "EPS", "", "2015", "CVPR2015", "", "http://p.example/p.pdf", "https://github.com/a/b")),
        (r"1. (CVPR 2022) Maps of All Maps [\[pdf\]](https://p.example/y)", ("Maps of All Maps", "", "2022", "CVPR 2022", "", "https://p.example/y")),
        ("#### [Maps of All Maps](https://arxiv.org/pdf/1909.03714.pdf) CVPR'19", ("Maps of All Maps", "2019-09", "2019", "CVPR'19", "1909.03714", "")),
        ("- [ ] **Maps of All Maps**. Lee et al. <a href='https://p.example/x'>paper</a>, 2017", ("Maps of All Maps", "2017", "0", "", "", "https://p.example/x")),
    ],
)  # fmt: skip
def test_items_are_read_in_many_manners(item: str, draft: tuple[str, ...]) -> None:
    assert drafts(item) == [draft]


def test_authors_are_taken_where_they_are_sure() -> None:
    draft = rows(
        "- Maps of All Maps. Ada Berg, Ben Hove. CVPR 2019. [[arXiv]](https://arxiv.org/abs/1904.00001v2)"
    )[0].draft
    assert draft is not None
    assert draft.authors == (Person("Berg", "Ada"), Person("Hove", "Ben"))


def test_cells_too_many_unknown_columns_and_odd_dates_are_told() -> None:
    table = "|Title|mIoU|Date|\n|-|-|-|\n|Maps|70.9|soon|extra \\| more|\n|Boxes|`a|b`|||\n"
    assert [row.unused for row in rows(table)] == [
        ("mIoU: 70.9", "a cell too many: extra | more", "date not understood: soon"),
        ("mIoU: a|b",),
    ]


def test_a_row_that_gives_no_draft_says_why_or_is_empty() -> None:
    text = "|Title|Name|\n|-|-|\n|-| \N{EN DASH} |\n||EPS|\n\n- **Note:** about this list\n```\n- [no item at all](x)\n```\n"
    found = rows(text)
    assert [(row.line, row.draft, row.reason) for row in found] == [
        (3, None, ""), (4, None, "it has no title"), (6, None, "no title was found in it"),
    ]  # fmt: skip


def test_a_table_without_outer_bars_and_an_item_over_lines() -> None:
    text = "Title | Venue\n--- | ---\nMaps | CVPR 2020\n\n- [Maps of\n  Others](https://p.example/m.pdf)\n  CVPR 2021\n\nprose"
    assert [each[0] for each in drafts(text)] == ["Maps", "Maps of Others"]


ODD = st.text(alphabet="|-*_[]()`<>\\ab1\n#\"'é ~:/!&;.,", max_size=60)


@given(ODD, ODD)
def test_no_line_crashes_the_reader_and_no_row_is_lost(cells: str, item: str) -> None:
    line = cells.replace("\n", " ")
    text = f"|Title|Venue|\n|-|-|\n|{line}|x|\n|End row|CVPR 2020|\n\n- {item}\n"
    found = rows(text)
    assert [row.line for row in found][:2] == [3, 4]
    assert found[1].draft is not None
    assert found[1].draft.title == "End row"
    assert len(found) >= 3


def test_every_row_is_accounted_for(site: Path, capsys: Output) -> None:
    text = f"{TABLE}| CVPR 2021 | Maps of CAMs |\n| CVPR 2021 | maps of maps |\n| | | | X |\n| - |\n| CVPR | No Year |\n"
    (site / "list.md").write_text(text, "utf-8")
    assert main(["import", "list.md", "--set", "supervision=image", "--source", "https://l.example"]) == 1
    output, errors = capsys.readouterr()
    said = [line for line in output.splitlines() if not line.startswith("  ")]
    assert said == [
        "list.md:3: wrote papers/2021maps.md: Maps of Maps",
        "list.md:4: wrote papers/2020boxes.md: Boxes of Boxes",
        "list.md:5: papers/lee2021maps.md is this paper already (same title): Maps of CAMs",
        "list.md:6: papers/2021maps.md is this paper already (same title): maps of maps",
        "list.md:7: not understood: it has no title: | | | | X |",
        "list.md:8: empty",
        "list.md:9: not understood: no year is known of `No Year`, so it has no key (give it one, or `new --key`)",
        "left to do on 2 of the pages: the name of the file: a key begins with the first author's family name",
        "left to do on 2 of the pages: the authors",
        "left to do on 2 of the pages: `methods`, the most important first",
        "left to do on 2 of the pages: what it is called, what it builds on, results with their sources",
        "left to do on 2 of the pages: the summary, the heading",
        "left to do on 1 of the pages: whether it was public earlier: `date` is that of publication",
    ]
    assert errors == "7 rows: 2 written, 2 known already, 1 empty, 2 not understood\n"
    page = (site / "papers/2021maps.md").read_text("utf-8")
    assert 'list: {url: "https://l.example"' in page
    assert "supervision: [image]" in page
    assert "left to do: the venue: the registry does not know `NeurIPS 2020`" in output
    assert main(["check", "papers/2021maps.md"]) == 0


def test_a_second_import_writes_nothing(site: Path, capsys: Output) -> None:
    (site / "list.md").write_text(TABLE, "utf-8")
    assert main(["import", "list.md"]) == 0
    before = {path: path.read_bytes() for path in (site / "papers").iterdir()}
    capsys.readouterr()
    assert main(["import", "list.md"]) == 0
    assert capsys.readouterr().err == "2 rows: 0 written, 2 known already, 0 empty, 0 not understood\n"
    assert {path: path.read_bytes() for path in (site / "papers").iterdir()} == before


class _Arxiv:
    asked: list[list[str]] = []  # noqa: RUF012  one list for the test that uses it

    def arxiv(self, ids: list[str]) -> bytes:
        self.asked.append(list(ids))
        return atom("2105.08960v2")


def test_arxiv_is_asked_for_what_a_list_does_not_tell(
    site: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_, "Web", _Arxiv)
    (site / "list.md").write_text(TABLE, "utf-8")
    assert main(["import", "list.md", "--look-up"]) == 0
    assert _Arxiv.asked == [["2105.08960"]]
    page = (site / "papers/berg2021maps.md").read_text("utf-8")
    assert "authors: [Ada Berg, Ben van den Hove]\n  date: 2021-05-19\n" in page
    assert "names: [EPS]" in page


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ODD, max_size=8))
def test_an_import_of_odd_rows_ends_with_a_count(site: Path, lines: list[str]) -> None:
    (site / "list.md").write_text(TABLE + "\n".join(lines), "utf-8")
    assert main(["import", "list.md", "--dry-run"]) in {0, 1}


def test_a_list_that_is_not_there(site: Path, capsys: Output) -> None:
    assert main(["import", "gone.md"]) == 2
    assert capsys.readouterr().err == "gone.md: No such file or directory\n"
