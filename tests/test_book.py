"""The check of the printed book finds what it is there for."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests import book

LOG = """
Overfull \\hbox (20.00002pt too wide) in paragraph at lines 7--8
Overfull \\hbox (20.0pt too wide) in paragraph at lines 9--10
Overfull \\vbox (70.5pt too high) has occurred while \\output is active []
Missing character: There is no 漢 (U+6F22) in font name:FreeSerif:mode=node;!
Missing character: There is no 漢 (U+6F22) in font name:FreeSans:mode=node;!
"""
TOC = """\\contentsline {chapter}{\\numberline {2}Papers of 2021}{5}{chapter.2}%
\\contentsline {section}{\\numberline {2.1}R\\sphinxhyphen {}CAM: maps \\& \\emph {more}}{6}{section.2.1}%
\\contentsline {subsection}{\\numberline {2.1.1}Deeper}{6}{subsection.2.1.1}%
\\contentsline {chapter}{\\numberline {3}Contribute}{9}{chapter.3}%
"""
BOOK = r"""\documentclass{article}\usepackage{hyperref}
\hypersetup{pdftitle={T}, pdfauthor={A}, pdfsubject={S}, %s}
\begin{document}x\end{document}
"""


def test_lines_that_stand_out_are_told_with_their_place() -> None:
    assert book.wide_boxes(LOG) == [
        "20.00002 pt too wide, in paragraph at lines 7--8",
        "70.5 pt too high, has occurred while \\output is active []",
    ]


def test_a_character_that_no_font_has_is_told_once() -> None:
    assert book.missing_characters(LOG) == ["no font has 漢 (U+6F22)"]


def test_papers_that_the_contents_do_not_print_are_told() -> None:
    titles = ["R-CAM: maps & *more*", "Deeper", "Elsewhere"]
    assert book.unnamed(TOC, titles) == ["not in the contents: Deeper", "not in the contents: Elsewhere"]


def test_the_headings_of_all_papers_are_known() -> None:
    assert len(book.paper_titles()) == len([*(book.ROOT / "papers").glob("*.md")])


@pytest.mark.skipif(not shutil.which("lualatex"), reason="needs LuaLaTeX")
def test_a_book_is_looked_at_as_a_whole(tmp_path: Path) -> None:
    for name, told in (("good", "pdfkeywords={K}, pdflang=en"), ("bad", "")):
        (tmp_path / f"{name}.tex").write_text(BOOK.replace("%s", told), "utf-8")
        hour = "" if name == "bad" else r"\pdfvariable suppressoptionalinfo 32 "
        command = ["lualatex", "--interaction=batchmode", f"--jobname={name}", f"{hour}\\input{{{name}}}"]
        subprocess.run(command, cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
        (tmp_path / f"{name}.toc").write_text(TOC if name == "bad" else TOC.partition("\n")[0], "utf-8")
    assert book.faults(tmp_path, "good", []) == []
    assert book.faults(tmp_path, "bad", ["Elsewhere"]) == [
        "not in the contents: Elsewhere",
        "the book says nothing of its Keywords",
        "the book says nothing of its Language",
        "a chapter for those who contribute: contribute",
        "the book holds the hour of its making",
    ]
