from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.paper import Paper, Source
from sphinx_papers.sphinx_ext.output.printed import newest_day

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Built, Site


LISTED = """---
paper:
  title: Reeds
  authors: [Ann Reed]
  date: 2021-12
  teaching: [none]
---
# Reeds
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    from tests.sphinx_ext.conftest import copy_root

    site = copy_root("collection", tmp_path_factory.mktemp("printed") / "site")
    # A page that lists others in the middle of its own sections, as a guide does.
    site.append("docs/methods/index.md", "\n## Last words\n\nThat is {doc}`on show </showcase>`.\n")
    site.append("docs/index.md", "\n:::{container} no-print\nClick here.\n:::\n")
    site.write("papers/reed2021listed.md", LISTED)
    site.write("docs/compare.md", "# Compare\n\n```{paper:compare}\n```\n")
    site.append("docs/index.md", "\n```{toctree}\n:hidden:\ncompare\n```\n")
    return site


@pytest.fixture(scope="module")
def built(site: Site) -> Built:
    return site.build(
        "latex",
        latex_engine="lualatex",
        papers_compare_page="compare",
        papers_unprinted=("compare", "showcase", "venues/index"),
    )


@pytest.fixture(scope="module")
def book(built: Built) -> str:
    return (built.outdir / "mending.tex").read_text("utf-8").partition(r"\begin{document}")[2]


def outline(book: str) -> list[tuple[str, str]]:
    found = re.findall(r"^\\(chapter|section|spopening)\{(.*?)\}$", book, re.MULTILINE)
    return [(kind, title.replace(r"\sphinxhyphen{}", "-")) for kind, title in found]


def paper(book: str, key: str) -> str:
    """The text of the page of a paper."""
    start = book.index(f"\\label{{\\detokenize{{papers/{key}::doc}}}}")
    return book[start:].partition(r"\sphinxstepscope")[0]


def test_a_book_is_built_silently(built: Built) -> None:
    assert built.warnings == []


def test_each_year_is_a_chapter_before_the_bibliography_and_each_paper_a_section_of_it(book: str) -> None:
    found = outline(book)
    chapters = [title for kind, title in found if kind != "section"]
    assert chapters[0] == "Birdsong mending"
    years = [title for title in chapters if title.startswith("Papers of ")]
    assert years == ["Papers of 2022", "Papers of 2021", "Papers of 2019"]
    place = chapters.index(years[0])
    assert chapters[place : place + len(years)] == years
    assert chapters[place - 1] == "Papers"
    assert chapters[place + len(years) :] == ["References", "Authors"]

    start = found.index(("chapter", "Papers of 2021"))
    assert found[start + 1 : start + 6] == [
        ("section", "Silence may stay silent"), ("section", "Chorus: many guesses"),
        ("section", "Whistler: borrowed whistles"), ("section", "Reeds"), ("chapter", "Papers of 2019"),
    ]  # fmt: skip


def test_pages_that_a_page_lists_stand_below_none_of_its_sections(book: str) -> None:
    found = outline(book)
    methods = found.index(("chapter", "Methods"))
    after = found[methods + 1 :]
    assert after[0] == ("section", "Last words")
    assert after[1][0] == "section"


def test_a_paper_begins_a_page_and_names_itself_at_its_head(book: str) -> None:
    def before(title: str) -> str:
        return book[: book.index(f"\\section{{{title}}}")].rpartition(r"\sphinxstepscope")[2]

    assert r"\sppage\sppaper{Chorus}" in before("Chorus: many guesses")
    # The first of a year stands below the name of the chapter.
    assert "\n\\sppaper{Mend}" in before("Mend: the nearest phrase as a patch")


def test_papers_with_nothing_but_facts_follow_each_other_on_a_page_after_those_with_prose(book: str) -> None:
    chapter = book.partition(r"\chapter{Papers of 2021}")[2].partition(r"\chapter{")[0]
    starts = re.findall(r"^(.*)\\sppaper\{(.*?)\}$", chapter, re.MULTILINE)
    # The listed one is the newest, and would be the first.
    assert [start for start, _ in starts] == ["", r"\sppage", r"\sppage", r"\spbelow"]
    assert starts[-1][1] == "Reed (2021)"


def test_what_is_there_to_be_copied_clicked_or_written_is_left_out(book: str) -> None:
    wren = paper(book, "alder2019mending")
    assert "Patches a hole" in wren
    assert "PYGZob" not in wren  # BibTeX
    assert "{Cite}" not in wren
    assert "{Related papers}" not in wren
    assert "Nobody has written" not in book
    assert "Click here" not in book


def test_documents_are_left_out_with_all_that_they_list_and_what_led_to_them_is_words(book: str) -> None:
    titles = [title for _, title in outline(book)]
    assert "Venues" not in titles
    assert "Showcase" not in titles
    assert "That is on show." in re.sub(r"\\DUrole\{[\w-]+\}|[{}]", "", book)
    assert "showcase::doc" not in book
    assert "venues/" not in book


def test_blocks_have_classes_that_the_style_knows(built: Built, book: str) -> None:
    style = (built.outdir / "sphinx-papers.sty").read_text("utf-8")
    known = set(re.findall(r"\\newenvironment\{sphinxclass([\w-]+)\}", style))
    assert {"sp-facts", "sp-sources", "sp-notes", "sp-authors"} <= known
    used = set(re.findall(r"\\begin\{sphinxuseclass\}\{([\w-]+)\}", book))
    assert known - used == {"sp-chain", "sp-figures"}  # of which the collection of the tests has none
    assert r"\usepackage{sphinx-papers}" in (built.outdir / "mending.tex").read_text("utf-8")


def test_a_lineage_is_drawn_below_what_it_says(book: str) -> None:
    start = book.index(r"\section{Whistler: borrowed whistles}")
    relation = book[start:].partition(r"\subsection{Relation to other work}")[2].partition(r"\subsection{")[0]
    assert r"\begin{picture}" in relation
    assert r"\smash{Mend 2019}" in relation


def test_the_book_has_the_day_of_its_newest_record(built: Built) -> None:
    assert r"\date{2026" in (built.outdir / "mending.tex").read_text("utf-8")


def test_the_newest_day_is_that_of_what_was_added_or_read_last() -> None:
    def of(added: PartialDate | None, checked: PartialDate | None) -> Paper:
        source = Source(url="https://a.example/", checked=checked)
        return Paper(key="p", title="P", date=PartialDate(2021), added=added, sources={"s": source})

    early, late = PartialDate(2025, 3, 1), PartialDate(2025, 3, 2)
    assert newest_day([of(early, late)]) == "2025-03-02"
    assert newest_day([of(early, None), of(late, early)]) == "2025-03-02"
    assert newest_day([of(None, None)]) == ""
