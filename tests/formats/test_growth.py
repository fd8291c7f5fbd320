"""What is read grows with its length and no faster: eight times the text takes far less than 64 times as long."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinx_papers.formats.checks.safe_prose import Ground, prose_findings
from sphinx_papers.formats.exports.bibtex import title_latex
from sphinx_papers.formats.intake.list_lines import TableRow, split_list
from sphinx_papers.formats.intake.paper_list import read_paper_list
from sphinx_papers.formats.records.bibliography import read_works
from sphinx_papers.formats.records.bibtex_entries import read_entries
from sphinx_papers.formats.records.prose import read_prose
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.records.venue_name import VenueNames

FACTOR = 8
PIECES = {
    "backquotes": "`",
    "tildes": "~",
    "colons": ":",
    "fences that nobody closes": "```x\n",
    "fences by tildes that nobody closes": "~~~x\n",
    "shorter and shorter quotes": "````` ```` ``` `` ` ``x`` ",
    "roles": "{paper}`a` ",
    "roles without a text": "{paper}`",
    "braces": "{",
    "digits": "1",
    "numbers": "71.2 % ",
    "number signs": "#",
    "heading signs": "# ",
    "headings": "## a #\n",
    "dollars": "$",
    "formulas": "$a$ ",
    "formulas that nobody closes": "$a\n",
    "brackets": "[",
    "links": "[a](b) ",
    "links that nobody closes": "](a",
    "angles": "<",
    "comments": "<!--",
    "tags": "<a ",
    "addresses": "https://a.b ",
    "images": "![",
    "stars": "*a **b ",
    "quotations": "> ",
    "letters": "a",
    "blanks": " ",
    "invisible": "\0a\n",
    "backslashes": "\\",
    "references": "[a]: b\n",
    "pipes": "| a ",
    "footnotes": "[^a]",
}


def growth(work: Callable[[str], object], piece: str, length: int) -> float:
    """How many times as long *work* takes for a text FACTOR times as long; the best of some tries."""

    def took(size: int) -> float:
        text = "# Title\n\n" + piece * (size // len(piece))
        start = time.process_time()
        work(text)
        return time.process_time() - start

    return min(took(length * FACTOR) for _ in range(2)) / max(min(took(length) for _ in range(3)), 1e-4)


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_reading_prose_is_linear(piece: str) -> None:
    assert growth(read_prose, piece, 12_000) < FACTOR * 3


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_looking_for_what_a_page_may_not_hold_is_linear(piece: str) -> None:
    ground = Ground(Path("papers/a.md").absolute(), Path.cwd())
    assert growth(lambda text: prose_findings(text, ground), piece, 4_000) < FACTOR * 3


@pytest.mark.parametrize("start", ["", "@misc{a, title = {Maps}, author = {family=", "@misc{a, title = {"])
@pytest.mark.parametrize(
    "piece", ["@comment{", "@misc{", "@misc{a,\n", "family=", " ", "{", "}", '"', " and ", ","]
)
def test_reading_a_bibliography_is_linear(start: str, piece: str) -> None:
    def read(text: str) -> None:
        read_entries(text.replace("# Title\n\n", start), "references.bib")

    assert growth(read, piece, 4_000) < FACTOR * 3


@pytest.mark.parametrize("start", ["# ", "- **Maps of many Classes**, ", "- Maps of "])
@pytest.mark.parametrize("piece", ["A", "a", "Ab ", "-", "1 ", ". ", "(", "|", ": ", '"', "<b>", "]"])
def test_reading_a_row_of_a_list_is_linear(start: str, piece: str) -> None:
    def read(text: str) -> None:
        list(read_paper_list(text.replace("# Title\n\n", start), VenueNames(Registry())))

    assert growth(read, piece, 1_000) < FACTOR * 3


def test_a_cell_that_reaches_into_every_row_below_does_not_fill_the_memory() -> None:
    rows = split_list("<table>" + "<tr><td rowspan=9999>" * 1000)
    assert max(len(row.cells) for row in rows if isinstance(row, TableRow)) == 100


@pytest.mark.parametrize("piece", ["a", "a.", "A", "aB", "a-", "{a}", "$a$ ", "A-b "])
def test_writing_a_title_is_linear(piece: str) -> None:
    assert growth(lambda text: title_latex(text.replace("\n", " "), ("CamNet",)), piece, 5_000) < FACTOR * 3


def test_a_page_that_is_far_too_long_is_told_and_not_parsed() -> None:
    ground = Ground(Path("papers/a.md").absolute(), Path.cwd())
    (finding,) = prose_findings("# Title\n" + "<b>" * 50_000, ground)
    assert (finding.code, finding.message) == (
        "bad-text",
        "a page of 150008 characters is too long, the limit is 100000",
    )


def test_a_work_with_a_title_of_one_long_word_is_told(tmp_path: Path) -> None:
    path = tmp_path / "references.bib"
    path.write_text(f"@misc{{a, title = {{{'a' * 400_000}}}}}\n")
    works, (problem,) = read_works(path)
    assert (works, problem.code) == ((), "bad-text")
