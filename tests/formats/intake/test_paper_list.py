"""Lists as they are kept, and worse: whatever could be a row is a draft, or is said to be none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_papers.formats.intake.list_draft import (
    NO_END,
    NO_EVIDENCE,
    Context,
    ListRow,
    are_people,
    finished,
    with_links,
)
from sphinx_papers.formats.intake.list_lines import split_list
from sphinx_papers.formats.intake.paper_list import read_paper_list
from sphinx_papers.model.records.draft import Draft
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Registry, Venue, VenueKind
from sphinx_papers.model.records.venue_name import VenueNames

VENUES = VenueNames(
    Registry(
        venues={
            key: Venue(id=key, name=name, full=full, proceedings=full, kind=VenueKind.CONFERENCE)
            for key, name, full in (("cvpr", "CVPR", "Vision"), ("iccv", "ICCV", "More Vision"))
        }
    )
)


def rows(text: str) -> list[ListRow]:
    return list(read_paper_list(text, VENUES))


def draft(text: str) -> Draft:
    (row,) = rows(text)
    assert row.draft is not None, row
    return row.draft


def titles(text: str) -> list[str]:
    return [row.draft.title if row.draft else f"({row.reason})" for row in rows(text)]


HTML = """
<table align="center">
  <tr><th>Title</th><th>Venue</th><th>Code</th></tr>
  <tr><td><b>Maps</b><br/>of Maps</td><td rowspan="2">CVPR 2020</td>
      <td><a href="https://github.com/a/b">code</a></td></tr>
  <tr><td><a href="https://arxiv.org/abs/2003.00001">Boxes</a></td><td>-</td></tr>
  <tr><td>Unclosed<td>ICCV 2019
</table>
"""


def test_tables_in_html_are_read_with_cells_that_reach_into_other_rows() -> None:
    found = rows(HTML)
    assert [row.line for row in found] == [4, 6, 7]
    first, second, third = (row.draft for row in found)
    assert first == Draft(
        title="Maps of Maps", venue="CVPR 2020", year=2020, code=("https://github.com/a/b",)
    )
    assert second == Draft(title="Boxes", venue="CVPR 2020", year=2020, date="2020-03", arxiv="2003.00001")
    assert third == Draft(title="Unclosed", venue="ICCV 2019", year=2019)


TABLE = "|Title|Venue|\n|-|-|\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{TABLE}no bars | CVPR\n|Maps|CVPR|\n", ["no bars", "Maps"]),
        (f"{TABLE}|Maps|CVPR|\n# Heading\n", ["Maps"]),
        ("> |Title|Venue|\n> |-|-|\n> |Maps|CVPR|\n", ["Maps"]),
        ("|Maps|CVPR|2020|\n", ["(its table has no line of dashes below its head)"]),
        ("|Papier|\n|-|\n|Maps|\n", ["(no column of its table is named `Title`)"]),
        (f"<!--\n{TABLE}|Maps|CVPR|\n-->\n{TABLE}|Boxes|CVPR|\n", ["Boxes"]),
        (f"<!-- nothing ends this\n{TABLE}|Maps|CVPR|\n", ["Maps"]),
        (f"```code``` in a line\n\n{TABLE}|Maps|CVPR|\n", ["Maps"]),
        (f"```code``` in a line\n\n{TABLE}|Maps|CVPR|\n\n```\ncode\n```\n", ["Maps"]),
        (f"```\n{TABLE}|Maps|CVPR|\n```\n{TABLE}|Boxes|CVPR|\n", ["Boxes"]),
        (f"```python\n```js\n{TABLE}|Maps|CVPR|\n", ["Maps"]),
        (f"~~~\n```\n~~~\n{TABLE}|Maps|CVPR|\n", ["Maps"]),
        (f"{TABLE}|Maps\u2028 of\x0cMaps|CVPR|\n", ["Maps of Maps"]),
        ("|Paper|Venue|\n|-|-|\n|Maps|CVPR|\n", ["Maps"]),
        ("|Paper|Title|\n|-|-|\n|[pdf](https://p.example)|Maps|\n", ["Maps"]),
        (f"{TABLE}|[Maps][1]|CVPR|\n\n[1]: https://p.example\n", ["Maps"]),
        (f"{TABLE}|[Maps of all Maps](https://p.example) Ada Berg|CVPR|\n", ["Maps of all Maps"]),
    ],
)
def test_rows_of_tables_are_found_where_they_are(text: str, expected: list[str]) -> None:
    assert titles(text) == expected


def test_heads_of_two_words_and_columns_twice() -> None:
    text = (
        "|Year|Conf/Journal|Paper Title|Paper Link|Code Link|Code|\n|-|-|-|-|-|-|\n"
        "|2021|CVPR Oral|Maps|[link](https://p.example)|[PyTorch](https://github.com/a/b)|[TF](https://github.com/a/c)|\n"
    )
    assert draft(text) == Draft(
        title="Maps", venue="CVPR Oral", year=2021, url="https://p.example",
        code=("https://github.com/a/b", "https://github.com/a/c"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("authors", "people", "note"),
    [
        ("Ada Berg, Ben Hove", (Person("Berg", "Ada"), Person("Hove", "Ben")), ""),
        ("Berg, Ada; Hove, Ben", (Person("Berg", "Ada"), Person("Hove", "Ben")), ""),
        ("Berg, A., Hove, B.", (), "authors not understood: Berg, A., Hove, B."),
        ("Lee et al.", (), "the list names only some of the authors: Lee et al."),
    ],
)
def test_authors_are_believed_only_where_they_can_be_told_apart(
    authors: str, people: tuple[Person, ...], note: str
) -> None:
    found = draft(f"|Title|Authors|\n|-|-|\n|Maps|{authors}|\n")
    assert found.authors == people
    assert found.notes == ((note,) if note else ())


def test_a_first_author_is_not_said_to_be_all() -> None:
    found = draft("|Title|First Author|\n|-|-|\n|Maps|Ada Berg|\n")
    assert (found.authors, found.notes) == (
        (),
        ("the list names the first author only: Ada Berg",),
    )


NESTED = """\
- **Maps of All Maps**
  - *Ada Berg, Ben Hove*

  - CVPR 2020 [[paper]](https://arxiv.org/abs/2001.00002)
    [[code]](https://github.com/a/d)
- **Boxes of All Boxes**
lazily CVPR 2021
  - [Seeds of All Seeds](https://p.example/s.pdf) ICCV 2021
"""


def test_what_stands_below_an_item_belongs_to_it_unless_it_has_a_title() -> None:
    first, second, third = (row.draft for row in rows(NESTED))
    assert first == Draft(
        title="Maps of All Maps", authors=(Person("Berg", "Ada"), Person("Hove", "Ben")), venue="CVPR 2020",
        year=2020, date="2020-01", arxiv="2001.00002", code=("https://github.com/a/d",),
    )  # fmt: skip
    assert second is not None
    assert (second.title, second.venue) == ("Boxes of All Boxes", "CVPR 2021")
    assert third == Draft(
        title="Seeds of All Seeds", venue="ICCV 2021", year=2021, url="https://p.example/s.pdf"
    )


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("- Maps of All Maps. arXiv:2012.01234", Draft(title="Maps of All Maps", date="2020-12", arxiv="2012.01234")),
        ("- Maps of All Maps, Lee et al., CVPR 2020, [pdf](https://p.example)", Draft(title="Maps of All Maps", venue="CVPR 2020", year=2020, url="https://p.example", notes=("the list names only some of the authors: Lee et al",))),
        ("- Maps of All Maps. 10.1000/2019.7 (CVPR 2020)", Draft(title="Maps of All Maps", venue="CVPR 2020", year=2020, doi="10.1000/2019.7")),
        ("- ![Open In Colab](i.png) [Maps of Maps](https://p.example/m.pdf) CVPR 2020", Draft(title="Maps of Maps", venue="CVPR 2020", year=2020, url="https://p.example/m.pdf")),
        ("- [Maps of Maps][m] (CVPR'20)\n\n[m]: https://p.example/m.pdf", Draft(title="Maps of Maps", venue="CVPR'20", year=2020, url="https://p.example/m.pdf")),
        ("- **CVPR 2021** [Maps of Maps](https://p.example/m.pdf)", Draft(title="Maps of Maps", venue="CVPR 2021", year=2021, url="https://p.example/m.pdf")),
    ],
)  # fmt: skip
def test_items_have_their_identifiers_and_no_years_from_them(item: str, expected: Draft) -> None:
    assert draft(item) == expected


PARAGRAPHS = """\
# A list [![badge](https://b.example/x.svg)](https://b.example)

Prose about lists, with [a link](https://p.example) and [a longer label here](https://p.example).

- [Contents of this list](#contents)

**[CVPR 2021]** **Maps of All Maps** [[paper]](https://arxiv.org/abs/2104.00001)
**Boxes of All Boxes** <br>
*Ada Berg, Ben Hove* ICCV 2021 [[code]](https://github.com/a/b)

[3] Seeds of all seeds. Ada Berg, Ben Hove. CVPR 2019. [[pdf]](https://p.example/3.pdf)

We thank them for their [code](https://github.com/a/c).
"""


def test_paragraphs_about_papers_are_rows_and_prose_is_none() -> None:
    found = rows(PARAGRAPHS)
    assert [(row.line, row.draft.title if row.draft else row.reason) for row in found] == [
        (7, "Maps of All Maps"),
        (8, "Boxes of All Boxes"),
        (11, "Seeds of all seeds"),
        (13, "it is a paragraph without a title; make it an item if it is a paper"),
    ]
    assert found[1].draft is not None
    assert found[1].draft.authors == (Person("Berg", "Ada"), Person("Hove", "Ben"))


def test_what_is_not_used_is_told_with_its_address() -> None:
    (row,) = rows("|Title|Slides|\n|-|-|\n|Maps|[here](https://p.example/s)|\n")
    assert row.unused == ("Slides: here https://p.example/s",)


@st.composite
def lists(draw: st.DrawFn) -> tuple[str, int]:
    """Return a list in which each row has a title with a number of its own, and how many there are."""
    number = 0

    def title() -> str:
        nonlocal number
        number += 1
        word = draw(
            st.sampled_from(
                ["Maps", "*Maps*", "Más", "Ma\\|ps", "`Maps`", "$M$aps", "<b>Maps</b>", "M&amp;s"]
            )
        )
        return f"{word} of row{number}x here"

    noise = st.sampled_from(
        [
            "",
            "-",
            "N/A",
            "soon",
            "`a|b`",
            "[x](",
            "<br/>",
            "[[pdf]](https://p.example)",
            "\\",
            "**",
            "![](b.svg)",
            "''",
        ]
    )
    venue = st.sampled_from(
        ["CVPR 2020", "ICCV'19", "*arXiv* 2021.05", "\N{EN DASH}", "[CVPR](#x)", "", "Nowhere 2020"]
    )
    parts = []
    for kind in draw(st.lists(st.sampled_from("table bare html quote item nested paragraph noise".split()), min_size=1, max_size=6)):  # noqa: SIM905  # fmt: skip
        match kind:
            case "table" | "quote":
                head = draw(st.permutations(["Title", "Venue", "Code"]))
                body = []
                for _ in range(draw(st.integers(1, 3))):
                    cells = {"Title": title(), "Venue": draw(venue), "Code": draw(noise)}
                    body.append(
                        "|".join(
                            ["", *(cells[each] for each in head), *draw(st.lists(noise, max_size=1)), ""]
                        )
                    )
                mark = "> " if kind == "quote" else ""
                parts.append("\n".join(mark + line for line in ["|".join(head), "|".join("---"), *body]))
            case "bare":
                parts.append(f"Title | Venue\n:-- | --:\n{title()} | {draw(venue)}\n{title()}")
            case "html":
                row = f"<tr><td>{title()}</td><td>{draw(noise)}"
                parts.append(
                    f"<TABLE>\n<tr><td>Title</td><td>Code</td></tr>\n{row}{draw(st.sampled_from(['', '</td></tr></table>']))}"
                )
            case "item":
                link = draw(
                    st.sampled_from(["https://arxiv.org/abs/2101.00001", "https://p.example", "x.pdf"])
                )
                parts.append(
                    f"{draw(st.sampled_from(['-', '*', '12.', '- [ ]']))} [{title()}]({link}), {draw(venue)} {draw(noise)}"
                )
            case "nested":
                parts.append(
                    f"+ **{title()}**\n  - {draw(venue)}\n\n    {draw(noise)}\n  - [{title()}](https://p.example)"
                )
            case "paragraph":
                parts.append(f"**{title()}** {draw(venue)}\n[[paper]](https://p.example) {draw(noise)}")
            case _:
                parts.append(
                    draw(
                        st.sampled_from(
                            [
                                "```x``` y",
                                "<!-- -->",
                                "---",
                                "# Head",
                                "<details>",
                                "> ",
                                "[1]: https://p.example",
                            ]
                        )
                    )
                )
    return "\n\n".join(parts), number


@settings(max_examples=100)
@given(lists())
def test_of_a_hundred_odd_lists_no_row_is_lost(made: tuple[str, int]) -> None:
    text, count = made
    told = [repr(row.draft) + row.text if row.draft or row.reason else "" for row in rows(text)]
    for number in range(1, count + 1):
        assert any(f"row{number}x" in each for each in told), (number, text)


@settings(max_examples=200)
@given(st.text(alphabet="|-*_[]()`<>\\ab1\n\r\t#\"'é ~:/!&;.,=td\x0c\u2028", max_size=120))
def test_no_text_crashes_the_reader(text: str) -> None:
    for row in rows(text):
        assert 0 < row.line <= text.count("\n") + 1


@pytest.mark.parametrize(
    "text",
    ["<!--" * 20_000, "<tr" * 20_000, "```a\n" * 5_000, " " * 20_000 + "-x|\n" * 2, "- " * 5_000, "[" * 5_000, "> " * 5_000,
     "|" * 20_000 + "\n|-|\n", "".join(" " * depth + "- a\n" for depth in range(1_500)), "<table>" * 10_000],
    ids=["comment", "row", "fence", "blank", "item", "bracket", "quote", "bar", "depth", "table"],
)  # fmt: skip
def test_a_hostile_list_is_read_in_time(text: str) -> None:
    begin = time.process_time()
    split_list(text)
    assert time.process_time() - begin < 2


def facts(text: str) -> dict[str, object]:
    """What of the one row of *text* is in its draft."""
    found = draft(text)
    told = {
        name: getattr(found, name)
        for name in ("title", "names", "venue", "year", "date", "pages", "volume", "arxiv", "doi", "code")
        if getattr(found, name)
    }
    return told | ({"authors": [each.display for each in found.authors]} if found.authors else {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # An initial ends no list of authors.
        (
            "- Ada Berg, Anil K. Hove, and Cai Li. [Maps of Maps](https://arxiv.org/abs/2204.00001). In CVPR, 2022.",
            ["Ada Berg", "Anil K. Hove", "Cai Li"],
        ),
        ("- **Maps and their Boxes** Ada Berg\\*, Ben Hove†. CVPR 2019. [paper](https://p.example)", ["Ada Berg", "Ben Hove"]),
        ("- Ada Bo Berg, Ben Hove, Maps of weak Labels, arXiv:1512.00001", ["Ada Bo Berg", "Ben Hove"]),
        ("- *Berg, Ada and Hove, Ben* **Maps of Maps** CVPR 2019. [paper](https://p.example)", ["Ada Berg", "Ben Hove"]),
        # Some of the authors are none: a record names all.
        ("- [Maps of Maps](https://arxiv.org/abs/2204.00001), A. Berg, B. Hove, et al. CVPR 2022", None),
        ("- **[Berg et al.]** | Maps of Maps | [pdf](https://arxiv.org/abs/2204.00001)", None),
        # Places of work are no people.
        ("- [Maps of Maps](https://arxiv.org/abs/2204.00001). Ada Berg; Hove University; Ben Hove. CVPR 2022", None),
    ],
)  # fmt: skip
def test_authors_are_all_and_whole_or_none(text: str, expected: list[str] | None) -> None:
    assert facts(text).get("authors") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "- **[Map-Network]** Map Networks for Maps | **[CVPR' 18]** |[`[pdf]`](https://arxiv.org/abs/1711.00001) [`[official code - mxnet]`](https://github.com/a/b)",
            {
                "title": "Map Networks for Maps", "names": ("Map-Network",), "venue": "CVPR' 18", "year": 2018,
                "date": "2017-11", "arxiv": "1711.00001", "code": ("https://github.com/a/b",),
            },
        ),
        (
            "- Looking Once at Maps [[Paper]](https://arxiv.org/abs/1506.00001), [[Paper Version 2]](https://arxiv.org/abs/1612.00001)",
            {"title": "Looking Once at Maps", "date": "2015-06", "arxiv": "1506.00001"},
        ),
        (
            "- **Maps in Practice** [[Buy or read](https://books.example/maps)], Ada Berg et al., CVPR 2019",
            {"title": "Maps in Practice", "venue": "CVPR 2019", "year": 2019},
        ),
        (
            "- **[Berg et al.]** | **ArXiv'23.04** | Maps that Stay | [`[pdf]`](https://ArXiv.org/abs/2304.00001)",
            {"title": "Maps that Stay", "date": "2023-04", "arxiv": "2304.00001"},
        ),
        (
            "- Maps of Maps | **[CVPR' 19]** |[`[pdf]`](https://arxiv.org/pdf/1811.00001)",
            {"title": "Maps of Maps", "venue": "CVPR' 19", "year": 2019, "date": "2018-11", "arxiv": "1811.00001"},
        ),
        ("- FFX: Maps Made Right *CVPR2025*", {"title": "FFX: Maps Made Right", "venue": "CVPR2025", "year": 2025}),
        (
            "- **MoX:** \"Which Maps Matter\" *CVPR2025*",
            {"title": "Which Maps Matter", "names": ("MoX",), "venue": "CVPR2025", "year": 2025},
        ),
        (
            "- **Berg *et al.*:** \"From Map to Map\" *ICCV2019*",
            {"title": "From Map to Map", "venue": "ICCV2019", "year": 2019},
        ),
        ("- **Method:** \"Look for the Map\" *CVPR2020*", {"title": "Look for the Map", "venue": "CVPR2020", "year": 2020}),
        # A venue that nobody registered is kept as it is written, to be told.
        (
            "- **Large Maps of Labels.** KDD 2018. [paper](https://arxiv.org/abs/1808.00001)",
            {"title": "Large Maps of Labels", "venue": "KDD 2018", "year": 2018, "date": "2018-08", "arxiv": "1808.00001"},
        ),
        (
            "- [Workshop on Weak Maps](https://arxiv.org/abs/2005.00001), CVPR Workshop 2021",
            {
                "title": "Workshop on Weak Maps", "venue": "CVPR Workshop 2021", "year": 2021,
                "date": "2020-05", "arxiv": "2005.00001",
            },
        ),
        ("- **Graph Maps.** ICCV 2019. [pdf](https://p.example)", {"title": "Graph Maps", "venue": "ICCV 2019", "year": 2019}),
        ("- [Two Maps](https://arxiv.org/abs/2512.00001) (2025)", {"title": "Two Maps", "date": "2025-12", "arxiv": "2512.00001"}),
        ("- 2013-CVPR - Maps of Maps. [[Paper]](https://p.example)", {"title": "Maps of Maps", "venue": "2013-CVPR", "year": 2013}),
        ("- **Maps (with Words) of Maps** (2014), A. Berg et al. [[pdf]](https://p.example/a.pdf)", {"title": "Maps (with Words) of Maps", "date": "2014"}),
        ("- Fully vs. Weakly Made Maps. CVPR 2019. [[pdf]](https://p.example)", {"title": "Fully vs. Weakly Made Maps", "venue": "CVPR 2019", "year": 2019}),
        (
            "- [Maps of $T_{cc}^+$ Poles](https://arxiv.org/abs/2603.00001) (2026)",
            {"title": "Maps of $T_{cc}^+$ Poles", "date": "2026-03", "arxiv": "2603.00001"},
        ),
        (
            "- Paper: C. Berg, L. Hove, \"[Ranking of Maps](https://p.example),\" in *Proc. IEEE Conf. Comput. Vis. Pattern Recognit.*, 2013, pp.3166\N{EN DASH}3173.",
            {
                "title": "Ranking of Maps", "authors": ["C. Berg", "L. Hove"], "year": 2013, "date": "2013", "pages": "3166-3173",
                "venue": "Proc. IEEE Conf. Comput. Vis. Pattern Recognit.",
            },
        ),
        ("- Maps of Maps [[16 Jan 2019]](https://arxiv.org/abs/1901.00001)", {"title": "Maps of Maps", "date": "2019-01", "arxiv": "1901.00001"}),
    ],
)  # fmt: skip
def test_items_in_the_manners_that_people_keep_them(text: str, expected: dict[str, object]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    "address",
    [
        "https://huggingface.co/papers/2105.00001", "https://www.alphaxiv.org/abs/2105.00001", "https://ARXIV.org/pdf/2105.00001v2",
        "https://ar5iv.labs.arxiv.org/html/2105.00001", "https://ar5iv.org/abs/2105.00001",
    ],
)  # fmt: skip
def test_sites_that_show_papers_of_arxiv_under_their_ids(address: str) -> None:
    assert draft(f"- [Maps of Maps]({address})").arxiv == "2105.00001"


def test_a_heading_and_an_address_say_where_and_when() -> None:
    text = """
# A list of maps

## 2023

- [Twins of Maps](https://openaccess.thecvf.com/content/CVPR2023/papers/Berg_Twins_CVPR_2023_paper.pdf)
- [Out of Candidates, Into Maps](https://arxiv.org/abs/2306.00001)

## ICCV 2022

- [Maps Kept while Erasing](https://arxiv.org/abs/2207.00001)

### Another matter

- [Maps of a Workshop](https://openaccess.thecvf.com/content/CVPR2022W/html/Berg_Maps_CVPRW_2022_paper.html)
- [Maps in CVPR](https://arxiv.org/abs/2107.00001), CVPR 2021

## 2022

| Title | Paper |
| ----- | ----- |
| Maps Themselves | [CVPR](https://openaccess.thecvf.com/content/CVPR2022/html/Berg_Maps_CVPR_2022_paper.html) |
"""
    assert [(row.draft.venue, row.draft.year, row.draft.date) for row in rows(text) if row.draft] == [
        ("CVPR 2023", 2023, ""), ("", 0, "2023-06"), ("ICCV 2022", 2022, "2022-07"),
        ("CVPR Workshop 2022", 2022, ""), ("CVPR 2021", 2021, "2021-07"), ("CVPR", 2022, ""),
    ]  # fmt: skip


def test_what_is_given_holds_for_rows_that_do_not_say_otherwise() -> None:
    text = "- [Maps of Maps](https://arxiv.org/abs/2105.00001)\n- [Boxes of Maps](https://arxiv.org/abs/2105.00002), ICCV 2019\n"
    found = [row.draft for row in read_paper_list(text, VENUES, Context("CVPR", 2021))]
    assert [(each.venue, each.year) for each in found if each] == [("CVPR", 2021), ("ICCV 2019", 2019)]


def test_a_title_in_strong_letters_takes_the_items_below_it() -> None:
    text = "**Maps of Maps**\n\n- Paper: https://arxiv.org/abs/2105.00001\n- Code: https://github.com/a/b\n\n**Only strong words here**\n"
    assert facts(text) == {
        "title": "Maps of Maps", "arxiv": "2105.00001", "date": "2021-05", "code": ("https://github.com/a/b",),
    }  # fmt: skip


def test_numbered_references_are_a_paper_each() -> None:
    text = (
        "[1] A. Berg and B. Hove, \"Maps of Maps,\" IEEE Trans. Geosci. Remote Sens., vol. 45, no. 1, pp. 218\N{EN DASH}236, 2007.\n"
        "[2] C. Li, B. Hove and A. Berg, \"Boxes of Maps,\" arXiv preprint arXiv:1912.00001, 2019.\n"
    )  # fmt: skip
    first, second = (row.draft for row in rows(text))
    assert first
    assert second
    assert (first.venue, first.year, first.volume, first.number, first.pages, first.arxiv) == (
        "IEEE Trans. Geosci. Remote Sens", 2007, "45", "1", "218-236", "",
    )  # fmt: skip
    assert (second.title, second.venue, second.arxiv) == ("Boxes of Maps", "", "1912.00001")


def test_a_table_of_methods_has_titles_where_its_cells_are_some() -> None:
    head = "| Method | Pub. | Val |\n|-|-|-|\n"
    (row,) = rows(f"{head}| [Seeds and Maps](https://arxiv.org/abs/2003.00001) | CVPR20 | 64.5 |\n")
    assert row.draft
    assert (row.draft.title, row.draft.venue, row.draft.year) == (
        "Seeds and Maps",
        "CVPR20",
        2020,
    )
    assert row.unused == ("Val: 64.5",)
    (row,) = rows(f"{head}| SEAM | CVPR20 | 64.5 |\n")
    assert (row.draft, row.reason) == (None, "it names a method, SEAM, and no title")


def test_years_of_a_row_that_differ_are_told() -> None:
    (row,) = rows("|Title|Venue|Year|\n|-|-|-|\n|Maps of Maps|CVPR 2020|2019|\n")
    assert row.draft
    assert row.draft.year == 2020
    assert row.unused == ("year: 2019",)


def test_what_is_no_paper_is_told() -> None:
    (row,) = rows("- [A tool for all maps](https://github.com/a/b)\n")
    assert row.reason == NO_EVIDENCE


DESCRIBED = "| Paper | Links |\n|-|-|\n"
LONG = "draws maps of everything that was ever seen; it shows that a map is better than none, and that two are better. "


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"8) **Maps of Many Maps** - {LONG}", "Maps of Many Maps"),
        (f"8) **MapNet** - {LONG}", ""),
        (f"8) Maps of Many Maps Draws maps. {LONG * 2}", ""),
        ("**Maps of Many Maps**", "Maps of Many Maps"),
        ("*Berg et al.*", ""),
        ("CVPR 2017 [pdf](https://p.org/x.pdf)", ""),
    ],
)
def test_a_description_is_no_title(text: str, title: str) -> None:
    (row,) = rows(f"{DESCRIBED}| {text} | [Paper](https://arxiv.org/abs/2301.00001) |\n")
    assert (row.draft.title if row.draft else "") == title
    assert bool(row.reason) == (not title)
    if title and LONG in text:
        assert row.unused == (f"description: {LONG.strip()}",)


def test_a_column_of_links_has_what_their_labels_say() -> None:
    (row,) = rows(
        f"{DESCRIBED}| Maps of Many Maps | [Paper](https://arxiv.org/abs/2301.00001), "
        "[Project](https://p.org/m), [Tweet](https://x.com/a/1) |\n"
    )
    assert row.draft
    assert (row.draft.arxiv, row.draft.project, row.draft.url) == ("2301.00001", "https://p.org/m", "")
    assert row.unused == ("link: https://x.com/a/1",)


def test_bibtex_on_a_code_hosting_site_is_no_code() -> None:
    (row,) = rows(
        "- [Maps of Maps](https://arxiv.org/abs/2301.00001) | [bibtex](https://github.com/a/b/blob/main/m.txt)\n"
    )
    assert row.draft
    assert row.draft.code == ()
    assert row.unused == ("link: https://github.com/a/b/blob/main/m.txt",)


def test_an_author_who_is_a_link_is_an_author() -> None:
    (row,) = rows(
        "**Maps of Many Maps.**<br>\n*[Ada Berg](https://ada.org), Ben Hove.*<br>\nCVPR 2020. [[PDF](https://arxiv.org/abs/2001.00001)]\n"
    )
    assert row.draft
    assert [each.display for each in row.draft.authors] == ["Ada Berg", "Ben Hove"]
    assert row.draft.url == ""
    assert row.unused == ("link: https://ada.org",)


@pytest.mark.parametrize(
    ("text", "titles_of_it"),
    [
        ("- [03/2023] MSR: *[MapNet](https://arxiv.org/abs/2302.00001) is a network that draws maps.*\n", ["(no title was found in it)"]),
        ("- Ada Berg's talk at CVPR '19 - [Past and Future of Maps](https://slideslive.com/1/x)\n", [f"({NO_EVIDENCE})"]),
        ("- Fast R-CNN, Microsoft Research [[Paper]](https://arxiv.org/pdf/1504.00001)\n", ["(no title was found in it)"]),
        ("- Fast Maps of Maps, Microsoft Research [[Paper]](https://arxiv.org/pdf/1504.00001)\n", ["Fast Maps of Maps"]),
        ("- Ada Berg, Ben Hove, Carl Lund, Aligning Maps and Boxes: Towards maps of boxes, arXiv:1506.00001\n", ["Aligning Maps and Boxes: Towards maps of boxes"]),
        ("- A. Berg, Ben Hove, Carl N. Lund and Dora Moe, Adaptive control of maps by learning, CVPR 2019 [[Paper]](https://arxiv.org/pdf/1901.00001)\n", ["Adaptive control of maps by learning"]),
        ("- The table is from [this survey paper](https://arxiv.org/pdf/1809.00001).\n", ["(no title was found in it)"]),
        ("- Berg, A., Hove, B., Lund, C., Moe, D., & Noe, E. (2015). Stacked Maps of Maps. arXiv:1511.00001.\n", ["(no title was found in it)"]),
        ("##### \N{BULLET} Maps of Many Maps. [\\[PDF\\]](https://arxiv.org/pdf/1510.00001.pdf)\n_Ada Berg, Ben Hove_\n", ["Maps of Many Maps"]),
        ("- Ada Berg and Ben Hove, Artificial Cartography: Foundations of Maps [[Book]](https://arxiv.org/pdf/1504.00002)\n", ["Artificial Cartography: Foundations of Maps"]),
        ("\N{BULLET} \\[2015 CVPR\\] Maps of Many Maps. [\\[PDF\\]](https://arxiv.org/pdf/1510.00001.pdf)\n", ["Maps of Many Maps"]),
    ],
)  # fmt: skip
def test_where_a_title_begins_and_ends(text: str, titles_of_it: list[str]) -> None:
    assert titles(text) == titles_of_it


def test_a_method_is_no_author() -> None:
    (row,) = rows(
        "- Fast Maps of Maps, [[Paper]](https://arxiv.org/pdf/1504.00001) | Ada Berg, Fast R-CNN.\n"
    )
    assert row.draft
    assert row.draft.authors == ()
    assert "Ada Berg, Fast R-CNN" in row.unused


def test_a_name_beside_the_authors_leaves_all_of_them_out() -> None:
    (row,) = rows(
        "**Maps of Many Maps.** CVPR 2020. (Ada Berg) [Ben Hove, Carl Lund]. [[PDF](https://arxiv.org/abs/2001.00001)]\n"
    )
    assert row.draft
    assert row.draft.authors == ()
    assert row.unused == ("Ada Berg", "Ben Hove, Carl Lund")


def test_what_stands_below_workshops_is_no_paper_of_the_conference() -> None:
    text = "## Recent Workshops\n- [Maps of Many Maps](https://maps.org/), CVPR 2020\n- [Boxes of Many Maps](https://arxiv.org/abs/2001.00001), CVPR 2020\n## Papers\n- [Seeds of Maps](https://maps.org/m.pdf), CVPR 2020\n"
    assert titles(text) == [
        f"({NO_EVIDENCE})", "Boxes of Many Maps", "Seeds of Maps",
    ]  # fmt: skip


def links(text: str) -> tuple[str, tuple[str, ...], str]:
    """Where the draft of the one row of *text* leads: paper, code, project."""
    found = draft(text)
    return found.url, found.code, found.project


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A heading of a README, a document, who owns it, and what is called a dataset are no code.
        ("[[code]](https://github.com/a/b) [[dataset]](https://github.com/a/b#datasets)", ("", ("https://github.com/a/b",), "")),
        ("[[code]](https://github.com/a/b) [more](https://github.com/a/b#more)", ("", ("https://github.com/a/b",), "")),
        ("[[code]](https://github.com/a/b#readme)", ("", ("https://github.com/a/b",), "")),
        ("[[data]](https://github.com/a/d) [them](https://github.com/a)", ("", (), "")),
        ("[[pdf]](https://github.com/a/b/blob/master/maps.pdf)", ("https://github.com/a/b/blob/master/maps.pdf", (), "")),
        ("[[paper]](https://github.com/a/b/tree/master/papers)", ("", (), "")),
        # Nor is a page of the authors' the publisher's.
        ("[[Demos]](https://p.example/demos) [home](https://ada.example)", ("", (), "")),
        ("[[project]](https://p.example/maps) [[pdf]](https://p.example/m.pdf)", ("https://p.example/m.pdf", (), "https://p.example/maps")),
        ("[[paper]](https://ada.github.io/maps/)", ("", (), "https://ada.github.io/maps/")),
        ("[[paper]](https://www.vision.example/projects/maps)", ("", (), "https://www.vision.example/projects/maps")),
        ("https://github.com/a/b.", ("", ("https://github.com/a/b",), "")),
    ],
)  # fmt: skip
def test_each_link_has_its_place(text: str, expected: tuple[str, tuple[str, ...], str]) -> None:
    assert links(f"- **Maps of Many Maps** Ada Berg, Ben Hove. CVPR 2020 {text}") == expected


def test_a_title_that_leads_to_its_authors_gives_way_to_the_paper() -> None:
    row = "- [Maps of Many Maps](https://p.example/maps), CVPR 2020 [[pdf]](https://q.example/m.pdf)"
    assert links(row) == ("https://q.example/m.pdf", (), "")


def test_an_arxiv_id_and_a_doi_are_known_by_the_addresses_of_others() -> None:
    row = "- [Maps of Many Maps](https://doi.org/10.48550/arXiv.2603.00001) | [PDF](https://pubs.example/doi/full/10.1021/maps.3c00572)"
    assert (draft(row).arxiv, draft(row).doi) == ("2603.00001", "10.1021/maps.3c00572")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Where and when it appeared stands in brackets, before the title, or behind a full stop.
        ("**Maps of Many Maps (CVPR 2018)** [[paper]](https://p.example/a.pdf)", {"title": "Maps of Many Maps", "venue": "CVPR 2018", "year": 2018}),
        ("- [Maps of Many Maps (2016)](https://arxiv.org/abs/1611.00001)", {"title": "Maps of Many Maps", "date": "2016-11", "arxiv": "1611.00001"}),
        ("- [[CVPR 2018] Maps of Many Maps](https://p.example/a.pdf)", {"title": "Maps of Many Maps", "venue": "CVPR 2018", "year": 2018}),
        ("- CVPR'22 Maps of Many Maps [[paper](https://p.example/a.pdf)]", {"title": "Maps of Many Maps", "venue": "CVPR'22", "year": 2022}),
        ("- CVPR-21 Maps of Many Maps [[paper](https://p.example/a.pdf)]", {"title": "Maps of Many Maps", "venue": "CVPR-21", "year": 2021}),
        ("- [(x) Maps of Many Maps. 2020-06-27](https://arxiv.org/abs/2006.00001)", {"title": "Maps of Many Maps", "date": "2020-06-27", "arxiv": "2006.00001"}),
        ("- Maps of Many Maps (CVPR 2021)", {"title": "Maps of Many Maps", "venue": "CVPR 2021", "year": 2021}),
        ("- Maps of Many Maps(MMM) | [[pdf]](https://arxiv.org/abs/2011.00001)", {"title": "Maps of Many Maps(MMM)", "date": "2020-11", "arxiv": "2011.00001"}),
        ("|Title|Link|\n|-|-|\n|Maps of Many Maps (CVPR 2018)|[pdf](https://p.example/a.pdf)|", {"title": "Maps of Many Maps", "venue": "CVPR 2018", "year": 2018}),
        ("- [Maps of 0, 1, or 2 charged Maps](https://arxiv.org/abs/2106.00001) (2021)", {"title": "Maps of 0, 1, or 2 charged Maps", "date": "2021-06", "arxiv": "2106.00001"}),
        # The labels of journals and in brackets are no titles.
        ("- A review of maps | **[Map Processing' 14]** | [`[link]`](https://openreview.net/pdf?id=a)", {"title": "A review of maps"}),
        ("- Many Maps of Maps [[Royal Society of Maps]](https://arxiv.org/abs/2103.00001)", {"title": "Many Maps of Maps", "date": "2021-03", "arxiv": "2103.00001"}),
        ("- **Maps of Many Maps** [Sci Map 11, 321 (2021)](https://doi.org/10.1000/7)", {"title": "Maps of Many Maps", "doi": "10.1000/7"}),
        ("- **Maps of Many Maps** [Journal of Great Maps 24.23 (2024)](https://doi.org/10.1000/7)", {"title": "Maps of Many Maps", "doi": "10.1000/7", "venue": "Journal of Great Maps 2024", "year": 2024}),
        (
            "- **Maps of Many Maps** [Transactions on Great Maps (2024)](https://doi.org/10.1000/7)",
            {"title": "Maps of Many Maps", "doi": "10.1000/7", "venue": "Transactions on Great Maps 2024", "year": 2024},
        ),
        (
            "- **2016-11** | Maps of many maps | *Ada Berg, Ben Hove* | [Public Maps Biology](https://doi.org/10.1000/7)",
            {"title": "Maps of many maps", "doi": "10.1000/7", "date": "2016-11", "authors": ["Ada Berg", "Ben Hove"]},
        ),
        # Slanted authors end a title, and a slanted title begins behind authors.
        ("- Maps of many maps _Ada Berg, Ben Hove_. [[pdf]](https://p.example/a.pdf)", {"title": "Maps of many maps", "authors": ["Ada Berg", "Ben Hove"]}),
        (
            "- Ada Kaae Berg, Ben Hove, and Carl Lund, *Deep Maps of Maps*, arXiv:1509.00001",
            {"title": "Deep Maps of Maps", "arxiv": "1509.00001", "date": "2015-09", "authors": ["Ada Kaae Berg", "Ben Hove", "Carl Lund"]},
        ),
        (
            "- Ada Berg, Ben Hove and Carl Lund, Many Maps on a Moving Map (CVPR 2011) [[Paper]](https://p.example/a.pdf)",
            {"title": "Many Maps on a Moving Map", "venue": "CVPR 2011", "year": 2011, "authors": ["Ada Berg", "Ben Hove", "Carl Lund"]},
        ),
        (
            "- Ada Berg, Ben Hove, Carl Lund, Ask Your Maps: a study of maps, arXiv:1505.00001",
            {"title": "Ask Your Maps: a study of maps", "arxiv": "1505.00001", "date": "2015-05", "authors": ["Ada Berg", "Ben Hove", "Carl Lund"]},
        ),
        # What others did, and a list's own remarks, say nothing of the paper.
        (
            "- [Maps of Many Maps](https://arxiv.org/abs/2006.00001)\n  - Highlights: like Boxes. CVPR 2018\n",
            {"title": "Maps of Many Maps", "date": "2020-06", "arxiv": "2006.00001"},
        ),
        (
            "- [Maps of Many Maps](https://arxiv.org/abs/2006.00001), draws maps. It came to the second place on CVPR 2018.",
            {"title": "Maps of Many Maps", "date": "2020-06", "arxiv": "2006.00001"},
        ),
        ("- [Maps of Many Maps](https://arxiv.org/abs/2006.00001), **CVPR 2021 (Findings)**", {"title": "Maps of Many Maps", "date": "2020-06", "arxiv": "2006.00001", "venue": "CVPR 2021 Findings", "year": 2021}),
        ("- [Maps of Many Maps](https://arxiv.org/abs/2006.00001) [[code]](https://github.com/a/Maps_CVPR2020)", {"title": "Maps of Many Maps", "date": "2020-06", "arxiv": "2006.00001", "code": ("https://github.com/a/Maps_CVPR2020",)}),
        ("- :fire: [Seg\u00admenting Many Maps\ufffc](https://arxiv.org/abs/2006.00001)", {"title": "Segmenting Many Maps", "date": "2020-06", "arxiv": "2006.00001"}),
        ("<b>Paper</b>\N{FULLWIDTH COLON}Maps of Many Maps [<a href=\"https://openreview.net/pdf?id=a\">paper</a>]", {"title": "Maps of Many Maps"}),
        (
            "|Title|Code|\n|-|-|\n|Maps of maps ![Badge](b.svg) <br> *Ada Berg, Ben Hove*|[Project page](https://p.example), [Code](https://github.com/a/b)|",
            {"title": "Maps of maps", "authors": ["Ada Berg", "Ben Hove"], "code": ("https://github.com/a/b",)},
        ),
    ],
)  # fmt: skip
def test_kinds_of_rows_that_samples_of_real_lists_brought_up(text: str, expected: dict[str, object]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        # Who ends where is not certain.
        ("- Ada Berg, Ben Hove, Great Cartographing: a study of maps, arXiv:1505.00001\n", "no title was found in it"),
        ("|Title|arXiv|\n|-|-|\n|Maps of maps Ada Berg, Ben Hove, Carl Lund, Dora Moe|[x](https://arxiv.org/abs/1505.00001)|", "where its title ends and its authors begin is not certain"),
        ("- [Maps of maps, Ada Berg, Ben Hove, Carl Lund](https://arxiv.org/abs/1505.00001)\n", "where its title ends and its authors begin is not certain"),
        # A dataset, a challenge, a talk, a tool and a notice are no papers.
        ("**Large Map Benchmark (2013)** [[Link]](https://maps.example/)\n", NO_EVIDENCE),
        ("- Map drawing challenge [(MAP-DRAW 2020)](https://maps.example/)\n", NO_EVIDENCE),
        ("- `2021-05` [Drawing Maps for All People](https://maps.example/blog/)\n", NO_EVIDENCE),
        ("## Datasets\n- [Drawing Maps for All People](https://maps.example/), CVPR 2020\n", NO_EVIDENCE),
        ("|Title|Date|\n|-|-|\n|[Challenges of all Maps](https://youtu.be/x)|2022-04-29|", NO_EVIDENCE),
        ("|Title|Code|\n|-|-|\n|Magic Maps|[code](https://github.com/a/b)|", NO_EVIDENCE),
        ("|Title|arXiv|\n|-|-|\n|NanoMap|[x](https://arxiv.org/abs/2401.00001)|", "it names a method, NanoMap, and no title"),
        ("|Dataset|Paper|\n|-|-|\n|Maps|[3DV 2018](https://p.example/a.pdf)|", "it names a venue, 3DV 2018, and no title"),
        ("- The third version is on arxiv. [survey](https://arxiv.org/abs/2304.00001)\n", "no title was found in it"),
        ("- [YouMap](https://p.example), [technical report](https://arxiv.org/abs/2304.00001)\n", "no title was found in it"),
        ("- [Dapper](https://p.example/a.pdf), a large tracing of many maps\n", "no title was found in it"),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_no_draft(text: str, reason: str) -> None:
    assert [row.reason for row in rows(text)] == [reason]


def test_a_label_that_says_where_is_told_and_not_lost() -> None:
    (row,) = rows(
        "- **Maps of Many Maps** [2021] [MAPS. Press, (2021)](https://ieeexplore.ieee.org/9) | [code](https://github.com/a/b)\n"
    )
    assert row.unused == ("MAPS. Press, (2021)",)
    (row,) = rows(
        "- **Maps of Many Maps** (2023), arxiv, Berg, Ada, et al. [[pdf]](https://arxiv.org/abs/2304.00001)\n"
    )
    assert any("Berg, Ada, et al" in each for each in row.unused)


def test_headings_whose_levels_say_nothing_do_not_date_each_other() -> None:
    text = """
## 2025
- [Maps of Many Maps](https://p.example/a.pdf) (CVPR)
### 2022
### Conference
- Boxes of Many Maps (CVPR) [[paper]](https://p.example/a.pdf)
### Journal
- Seeds of Many Maps (CVPR) [[paper]](https://p.example/a.pdf)
"""
    assert [row.draft.year for row in rows(text) if row.draft] == [2025, 2022, 2022]


def test_a_topic_that_a_journal_is_named_by_is_no_venue() -> None:
    text = "# {}\n- [Maps of Many Maps](https://arxiv.org/abs/2304.00001)\n"
    assert [facts(text.format(each)).get("venue") for each in ("More Vision", "More Vision 2023", "CVPR")] == [
        None, "More Vision 2023", "CVPR",
    ]  # fmt: skip


def test_papers_in_the_head_of_a_table_are_told() -> None:
    first, second = rows("|Data|[MapNet](https://arxiv.org/abs/1809.00001)|\n|-|-|\n|Maps|0.9|\n")
    assert first.reason == "it is the head of a table, and names papers: https://arxiv.org/abs/1809.00001"
    assert second.reason == "no column of its table is named `Title`"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**\N{WHITE MEDIUM STAR}Maps of Many Maps.** CVPR, 2020. [paper](https://p.example/a.pdf)", {"title": "Maps of Many Maps", "venue": "CVPR, 2020", "year": 2020}),
        (
            "- [Maps of Many Maps](https://arxiv.org/abs/2104.00001) <details> <summary> Ada Berg, Ben Hove <em>CVPR</em> 2021 </summary> Maps over maps. </details>",
            {"title": "Maps of Many Maps", "arxiv": "2104.00001", "date": "2021-04", "authors": ["Ada Berg", "Ben Hove"], "venue": "CVPR", "year": 2021},
        ),
        ("|Title|Year|\n|-|-|\n|Maps of Many Maps|CVPR 2021|", {"title": "Maps of Many Maps", "venue": "CVPR 2021", "year": 2021}),
        (
            "|Model|Score|Paper / Source|\n|-|-|-|\n|Map Transducer (Berg et al., 2019)|70.2|[Maps as Transduction](https://p.example/a.pdf)|",
            {"title": "Maps as Transduction"},
        ),
        ("|Model|Score|Paper|\n|-|-|-|\n|Map Reader (Berg et al., 2019)|70.2|[Maps as Transduction](https://p.example/a.pdf)|", {"title": "Maps as Transduction"}),
        ("- **OTB2013**: Many Maps: A Benchmark (CVPR 2013) [[Paper](https://p.example/a.pdf)]", {"title": "OTB2013: Many Maps: A Benchmark", "venue": "CVPR 2013", "year": 2013}),
        ("- [Maps of Many Maps](https://p.example/a.pdf) by Ada Berg et al. What If workshop CVPR 2016.", {"title": "Maps of Many Maps", "venue": "CVPR 2016 What If workshop", "year": 2016}),
    ],
)  # fmt: skip
def test_kinds_of_rows_that_later_samples_brought_up(text: str, expected: dict[str, object]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "- ****`CHALLENGE`**** [MAPS 2016 Shared Task: Drawing of Maps](https://maps.example/)\n",
        "- [How We Draw Maps for Food](https://food.example/2020/01/maps/) `FoodDash` `2020`\n",
    ],
)
def test_a_task_and_a_post_of_a_firm_are_no_papers(text: str) -> None:
    assert titles(text) == [f"({NO_EVIDENCE})"]


def test_a_title_in_brackets_takes_the_links_below_it() -> None:
    text = ":heavy_check_mark: [Maps of Many Maps]\n- [[Paper]](https://arxiv.org/abs/2105.00001)(CVPR 2021)\n\n[Only words in brackets]\n"
    assert facts(text) == {"title": "Maps of Many Maps", "arxiv": "2105.00001", "date": "2021-05", "venue": "CVPR 2021", "year": 2021}  # fmt: skip


@pytest.mark.parametrize(
    ("known", "then"),
    [
        (Draft(title="T", year=2021), {"date": "2021", "year": 0}),
        (Draft(title="T", year=2021, date="2020-11-02"), {"date": "2020-11-02", "year": 0}),
        (Draft(title="T"), {"date": "", "year": 0}),
        (Draft(title="T", year=2021, venue="CVPR"), {"date": "", "year": 2021, "venue": "CVPR"}),
        (Draft(title="T", arxiv="2105.08960"), {"date": "2021-05"}),
        (Draft(title="T", arxiv="2105.08960", date="2021-05-19"), {"date": "2021-05-19"}),
        (Draft(title="T", arxiv="2105.08960", date="2022"), {"date": "2021-05"}),
        (Draft(title="T", arxiv="2105.08960", year=2022, venue="CVPR"), {"date": "2021-05", "year": 2022}),
        (Draft(title="T", venue="arXiv 2105.08960", year=2021), {"venue": "", "date": "2021-05", "year": 0}),
    ],
)
def test_when_it_was_follows_from_what_else_a_row_says(known: Draft, then: dict[str, object]) -> None:
    """A year without a venue is that of the first version, and an arXiv id knows its month."""
    found = finished(known)
    assert {name: getattr(found, name) for name in then} == then


def test_a_cell_that_nothing_was_made_of_is_kept_beside_the_draft() -> None:
    (row,) = rows("|Title|Venue|arXiv|Code|\n|-|-|-|-|\n|Maps|CVPR 2021|soon|on demand|\n")
    assert row.unused == ("code: on demand", "arxiv: soon")
    (row,) = rows("|Title|Venue|arXiv|\n|-|-|-|\n|Maps|CVPR 2021|2105.08960|\n")
    assert (row.draft and row.draft.arxiv, row.unused) == ("2105.08960", ())


def test_a_year_in_brackets_ends_a_title_whatever_follows() -> None:
    (row,) = rows("- Maps of Maps (2021) extended by boxes, [paper](https://openreview.net/x)\n")
    assert (row.draft and row.draft.title, row.unused) == ("Maps of Maps", ("extended by boxes",))


def test_a_bar_that_is_text_ends_no_row() -> None:
    (row,) = rows("|Title|Venue|Code|\n|-|-|-|\n|Maps|CVPR 2021|later \\|\n")
    assert row.unused == ("code: later |",)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ada Berg, Ben Hove", True), ("Ada Berg", False), ("Ada Berg et al.", True), ("Berg, Ada and Hove, Ben", True),
        ("Ada Berg, Ben van den Hove", True), ("Ada Berg, Maps: Why", False), ("Ada Berg, Maps 3", False),
        ("Ada Berg, Maps of (few)", False), ("Ada Berg, Why Maps?", False), ("Ada Berg, maps of maps", False),
        ("Ada Berg, Fast R-CNN", False),
    ],
)  # fmt: skip
def test_people_are_told_from_titles_by_what_no_name_has(text: str, people: bool) -> None:
    assert are_people(text) is people


def test_a_link_within_the_list_leads_to_nothing_of_the_paper() -> None:
    draft, rest = with_links(Draft(title="T"), [("paper", "#maps"), ("paper", "maps.pdf#"), ("paper", "")])
    assert (draft, rest) == (Draft(title="T"), ["link: maps.pdf#"])


def test_somebody_with_others_in_front_is_no_title() -> None:
    (row,) = rows("- As of Ada Berg et al. - Maps of many Maps [[pdf](https://arxiv.org/abs/2105.00001)]\n")
    assert (row.draft and row.draft.title, row.unused) == ("Maps of many Maps", ("As of Ada Berg et al",))


@pytest.mark.parametrize(
    ("item", "is_paper"),
    [
        ("[Maps of Many Maps](https://arxiv.org/abs/2105.00001)", True),
        ("[Maps of Many Maps](https://ieeexplore.ieee.org/document/1)", True),
        ("[Maps of Many Maps](https://proceedings.maps.example/1)", True),
        ("[Maps of Many Maps](https://maps.org/m.pdf)", False),
        ("[Maps of Many Maps](https://maps.org/m.pdf), CVPR 2021", True),
        ("[Maps of Many Maps](https://maps.org/m.pdf). Ada Berg, Ben Hove", True),
        ("[Maps of Many Maps](https://maps.org/). Ada Berg, Ben Hove. CVPR 2021", True),
        ("[Maps of Many Maps](https://maps.org/), CVPR 2021", False),
        ("[Maps of Many Maps](https://maps.org/). Ada Berg, Ben Hove", False),
        ("**Maps of Many Maps** [[code]](https://github.com/a/b), CVPR 2021", False),
        ("**Maps of Many Maps**, CVPR 2021", True),
        ("[Maps of Many Maps](https://youtu.be/x). Ada Berg, Ben Hove. CVPR 2021", False),
    ],
)
def test_a_paper_has_an_id_an_address_of_papers_or_two_other_signs(item: str, is_paper: bool) -> None:
    assert titles(f"- {item}\n") == ["Maps of Many Maps" if is_paper else f"({NO_EVIDENCE})"]


def test_a_column_of_titles_is_a_sign_of_a_paper_and_a_publisher_is_no_venue() -> None:
    text = "|Title|Venue|\n|-|-|\n|Maps of Maps|CVPR|\n|[Boxes of Maps](https://maps.org/blog/)|Blog|\n|[Seeds of Maps](https://maps.org/s.pdf)|Mapfirm|\n"
    assert titles(text) == ["Maps of Maps", f"({NO_EVIDENCE})", "Seeds of Maps"]
    last = rows(text)[-1]
    assert last.draft is not None
    assert (last.draft.venue, last.unused) == ("", ("venue: Mapfirm",))
    method = "|Method|Venue|\n|-|-|\n|[Maps with more Data](https://github.com/a/b)|CVPR 2021|\n"
    assert titles(method) == [f"({NO_EVIDENCE})"]


@pytest.mark.parametrize(
    "title",
    ["Maps of Many Maps (2016, 900+ citations", "Many Maps [Paper] and more", "Maps of Many Maps FPGA 2024", "Maps | and more Maps",
     "Maps of Many Maps (Mapping 2018)", "Maps of Many Maps A. B. Berg"],
)  # fmt: skip
def test_a_title_that_goes_on_too_far_is_left_out(title: str) -> None:
    text = (
        f"|Title|arXiv|\n|-|-|\n|{title.replace('|', chr(92) + '|')}|[x](https://arxiv.org/abs/2105.00001)|\n"
    )
    assert titles(text) == [f"({NO_END})"]


def test_a_formula_may_have_bars_of_its_own() -> None:
    text = "- [Maps of $|V_{ts}|$ and $a | b$](https://arxiv.org/abs/2105.00001)\n"
    assert titles(text) == ["Maps of $|V_{ts}|$ and $a | b$"]


def test_a_break_ends_a_title_in_an_item_and_wraps_it_in_a_table() -> None:
    item = "- Maps of Many Maps <br> CVPR 2021 [[Paper]](https://arxiv.org/abs/2105.00001)\n"
    assert facts(item) == {"title": "Maps of Many Maps", "venue": "CVPR 2021", "year": 2021, "date": "2021-05", "arxiv": "2105.00001"}  # fmt: skip
    assert titles("|Title|Venue|\n|-|-|\n|Maps of<br/>Many Maps|CVPR|\n") == ["Maps of Many Maps"]


def test_a_name_before_a_description_is_no_title() -> None:
    text = "- [MapNet](https://arxiv.org/abs/2105.00001) - a small network of many maps.\n"
    assert titles(text) == ["(no title was found in it)"]


def test_a_name_in_brackets_is_no_title() -> None:
    item = "- **[Fast Map Net, MNN]** Maps of Many Maps | **[CVPR' 15]** | [`[pdf]`](https://arxiv.org/pdf/1506.00001)\n"
    assert titles(item) == ["Maps of Many Maps"]


def test_what_stands_behind_the_links_of_a_paper_is_no_title() -> None:
    item = "- (*CVPR'21*) Maps of Many Maps [[paper](https://arxiv.org/abs/2105.00001)][[blog in great detail](https://maps.org/)]\n"
    assert titles(item) == ["Maps of Many Maps"]


def test_links_of_other_works_are_not_the_papers() -> None:
    (row,) = rows(
        "- [Maps of Many Maps](https://maps.org/m.pdf), [Boxes of Maps](https://arxiv.org/abs/2105.00001), CVPR 2021. Data: [MAPS](https://github.com/a/b)\n"
    )
    assert row.draft is not None
    assert (row.draft.arxiv, row.draft.code, row.draft.url) == ("", (), "https://maps.org/m.pdf")
    assert {"link: https://arxiv.org/abs/2105.00001", "link: https://github.com/a/b"} <= set(row.unused)
    (row,) = rows(
        "|Name|Paper|Link|\n|-|-|-|\n|MAPS|[Maps of Many Maps](https://arxiv.org/abs/2105.00001)|[Link](https://data.example/maps)|\n"
    )
    assert row.draft is not None
    assert (row.draft.url, row.unused) == ("", ("link: https://data.example/maps",))


def test_a_word_before_a_venue_or_people_says_what_they_are() -> None:
    item = (
        "- **Maps of Many Maps** by Ada Berg, Ben Hove | intro: CVPR 2021 | [pdf](https://maps.org/m.pdf)\n"
    )
    assert facts(item) == {"title": "Maps of Many Maps", "venue": "CVPR 2021", "year": 2021, "authors": ["Ada Berg", "Ben Hove"]}  # fmt: skip


def test_authors_of_whom_one_has_a_word_of_titles_for_a_name_are_no_title() -> None:
    text = "- [Maps of Many Maps](https://arxiv.org/abs/2105.00001)\n  - Ada Berg, Ben Hove, Can An, Carl Lund, and Dora Moe. CVPR, 2021.\n"
    assert titles(text) == ["Maps of Many Maps"]


def test_the_last_of_the_authors_is_no_title() -> None:
    text = "- [Maps of Many Maps](https://arxiv.org/abs/2105.00001)\n  - Ada Berg, Ben Hove, Carl Lund, and Dora Moe. CVPR, 2021.\n"
    assert facts(text) == {
        "title": "Maps of Many Maps", "venue": "CVPR, 2021", "year": 2021, "date": "2021-05", "arxiv": "2105.00001",
        "authors": ["Ada Berg", "Ben Hove", "Carl Lund", "Dora Moe"],
    }  # fmt: skip


def test_a_row_that_names_two_papers_is_of_neither() -> None:
    text = '- Ada Berg, Ben Hove "Maps of Many Maps" [[paper]](https://arxiv.org/abs/2105.00001) and Boxes of Maps, CVPR 2021 [[paper]](https://arxiv.org/abs/2105.00002)\n'
    assert titles(text) == ["(it names more than one paper)"]


def test_authors_of_whom_one_is_not_understood_are_left_out() -> None:
    (row,) = rows("|Title|Authors|\n|-|-|\n|Maps of Maps|Ada Berg, Ben Hove and Carl Lund}|\n")
    assert row.draft is not None
    assert row.draft.authors == ()
    assert row.draft.notes == ("authors not understood: Ada Berg, Ben Hove and Carl Lund}",)


def test_an_author_whose_family_name_is_first_begins_no_title() -> None:
    text = (
        "- Berg, Ada, and Ben C. Hove. Map-invariant maps. CVPR 2015. [[Paper](https://openreview.net/x)]\n"
    )
    assert titles(text) == ["(no title was found in it)"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "- [Maps of Many Maps](https://arxiv.org/abs/2105.00001) [[official code - c]](https://github.com/a/b)",
            {"title": "Maps of Many Maps", "arxiv": "2105.00001", "date": "2021-05", "code": ("https://github.com/a/b",)},
        ),
        ("|Title|Venue|PDF|\n|-|-|-|\n|Maps of Maps|OpenReview|[pdf](https://openreview.net/x)|", {"title": "Maps of Maps"}),
        (
            "- [CVPR 2021](https://openaccess.thecvf.com/x) - Maps of Many Maps",
            {"title": "Maps of Many Maps", "venue": "CVPR 2021", "year": 2021},
        ),
    ],
)  # fmt: skip
def test_what_is_certain_stays(text: str, expected: dict[str, object]) -> None:
    assert facts(text) == expected
