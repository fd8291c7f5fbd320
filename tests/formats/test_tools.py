"""The exports in the hands of the programs they are for; each is skipped where its program is missing."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import bibtexparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.conftest import exported

from sphinx_papers.formats.exports.bibtex import BibtexStyle, write_bibtex
from sphinx_papers.formats.exports.export import EXPORTS, ExportOptions
from sphinx_papers.formats.exports.latex_table import write_latex_table
from sphinx_papers.formats.text.latex import decode
from sphinx_papers.formats.text.plain import one_line
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.tables.comparison import compare

COLUMNS = ("name", "venue", "backbone", "inputs", "voc2012/val", "voc2012/test", "links")
BIBTEX = r"""\documentclass{article}
\usepackage{booktabs,threeparttable,hyperref}
\begin{document}
\input{papers.tex}
\nocite{*}\bibliographystyle{plain}\bibliography{papers}
\end{document}
"""
BIBLATEX = r"""\documentclass{article}
\usepackage{booktabs,threeparttable,hyperref}
\usepackage[backend=biber]{biblatex}
\addbibresource{papers.bib}
\begin{document}
\input{papers.tex}
\nocite{*}\printbibliography
\end{document}
"""


def program(name: str, package: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not here (Debian: apt-get install {package})")
    return found


def style_file(name: str, package: str) -> None:
    found = subprocess.run([program("kpsewhich", "texlive-binaries"), name], capture_output=True, check=False)
    if not found.stdout:
        pytest.skip(f"{name} is not here (Debian: apt-get install {package})")


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    return done.stdout + done.stderr


@pytest.fixture
def folder(tmp_path: Path, real_library: Library) -> Path:
    """Return a folder with the whole export as BibTeX, and the table that cites it."""
    papers = tuple(real_library.values())
    options = ExportOptions(columns=COLUMNS)
    (tmp_path / "papers.bib").write_text(EXPORTS["bibtex"].write(papers, real_library), "utf-8")
    (tmp_path / "papers.tex").write_text(EXPORTS["latex"].write(papers, real_library, options), "utf-8")
    return tmp_path


def _no_author(key: str) -> str:
    return f"WARN - Datamodel: Entry '{key}' (papers.bib): Missing mandatory field 'author'"


@pytest.fixture
def unnamed(real_library: Library) -> set[str]:
    """Return the papers whose authors no source confirmed: of those alone a program may warn."""
    return {key for key, paper in real_library.items() if not paper.authors}


def tex(folder: Path, document: str) -> None:
    (folder / "main.tex").write_text(document, "utf-8")


def latex(folder: Path) -> str:
    return run(
        folder, program("pdflatex", "texlive-latex-base"), "-interaction=batchmode", "-halt-on-error", "main"
    )


def problems(folder: Path) -> list[str]:
    """Return what LaTeX says of citations and references that lead nowhere."""
    log = (folder / "main.log").read_text("utf-8", "replace")
    return re.findall(r"(?:LaTeX|Package biblatex) Warning: .*(?:undefined|multiply).*", log)


def test_a_document_with_table_and_bibtex_compiles(folder: Path, unnamed: set[str]) -> None:
    style_file("threeparttable.sty", "texlive-latex-extra")
    tex(folder, BIBTEX)
    latex(folder)
    said = run(folder, program("bibtex", "texlive-binaries"), "main")
    warned = re.findall(r"^Warning--(.*)", said, re.MULTILINE)
    assert [text for text in warned if text.rpartition(" in ")[2] not in unnamed] == []
    latex(folder)
    latex(folder)
    assert problems(folder) == []
    assert (folder / "main.pdf").stat().st_size > 10_000


_LETTERS = "ạảãáàăằắẳẵặâầấẩẫậđẹẻẽèéêềếểễệịỉĩíìọỏõóòôồốổỗộơờớởỡợụủũúùưừứửữựỵỷỹýỳ"


def _vietnamese(paper: Paper) -> str:
    """Return a paper as BibTeX whose title and authors have all the letters of Vietnamese."""
    authors = (Person("Phạm", "Ứng Đức"), Person("Nguyễn", "Ỷ Lan"), Person("Đỗ", "Thị"))
    title = f"Maps {_LETTERS} {_LETTERS.upper()}"
    return write_bibtex([replace(paper, title=title, authors=authors, key=f"k{n}") for n in "12"], Registry())


@pytest.mark.parametrize("style", ["plain", "abbrv"])
def test_pdflatex_sets_all_letters_of_vietnamese(tmp_path: Path, full_paper: Paper, style: str) -> None:
    (tmp_path / "papers.bib").write_text(_vietnamese(replace(full_paper, appearance=None)), "utf-8")
    tex(
        tmp_path,
        BIBTEX.replace(r"\input{papers.tex}", "")
        .replace("{plain}", f"{{{style}}}")
        .replace("booktabs,threeparttable,", ""),
    )
    latex(tmp_path)
    run(tmp_path, program("bibtex", "texlive-binaries"), "main")
    latex(tmp_path)
    assert (tmp_path / "main.pdf").stat().st_size > 10_000


def test_biblatex_sets_all_letters_of_vietnamese(tmp_path: Path, full_paper: Paper) -> None:
    style_file("biblatex.sty", "texlive-bibtex-extra")
    (tmp_path / "papers.bib").write_text(_vietnamese(replace(full_paper, appearance=None)), "utf-8")
    tex(tmp_path, BIBLATEX.replace(r"\input{papers.tex}", "").replace("booktabs,threeparttable,", ""))
    latex(tmp_path)
    run(tmp_path, program("biber", "biber"), "main")
    latex(tmp_path)
    assert "family={Phạm}" in (tmp_path / "main.bbl").read_text("utf-8")


def test_a_document_with_table_and_biblatex_compiles(
    folder: Path, real_library: Library, unnamed: set[str]
) -> None:
    style_file("biblatex.sty", "texlive-bibtex-extra")
    biber = program("biber", "biber")
    tex(folder, BIBLATEX)
    latex(folder)
    said = run(folder, biber, "--validate-datamodel", "main")
    said_wrong = re.findall(r"^(?:WARN|ERROR) - .*", said, re.MULTILINE)
    assert [each for each in said_wrong if each not in {_no_author(key) for key in unnamed}] == []
    entries = re.findall(r"\\entry\{(\w+)\}", (folder / "main.bbl").read_text("utf-8"))
    assert sorted(entries) == sorted(real_library)
    latex(folder)
    latex(folder)
    assert problems(folder) == []


def test_pandoc_reads_bibtex_and_csl_json_as_the_same_papers(folder: Path, real_library: Library) -> None:
    pandoc = program("pandoc", "pandoc")
    csl = exported("csl-json", real_library.values(), real_library.registry)
    read = json.loads(run(folder, pandoc, "papers.bib", "--from", "bibtex", "--to", "csljson"))
    theirs = {item["id"]: item for item in read}
    assert sorted(theirs) == sorted(real_library)
    for ours in json.loads(csl):
        found = theirs[ours["id"]]
        # BibTeX's titles are in title case to pandoc, which lowers all capitals but those in braces.
        title = re.sub(r"</?span[^>]*>", "", found["title"]).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        assert title.casefold() == ours["title"].casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        inner = re.compile(r"\w+[A-Z]\w*")
        assert inner.findall(title) == inner.findall(ours["title"])
        same = ["volume", "issue", "DOI", "URL"]
        assert found.get("container-title", "").casefold() == ours.get("container-title", "").casefold()
        if ours["type"] == "paper-conference" and "issue" not in ours:  # BibTeX has a serial as a journal
            same += ["type", "publisher"]
        assert {name: found.get(name) for name in same} == {name: ours.get(name) for name in same}
        names = [(author["family"], author["given"]) for author in found.get("author", [])]
        assert names == [(author["family"], author["given"]) for author in ours.get("author", [])]
        assert found["issued"]["date-parts"][0][0] == ours["issued"]["date-parts"][0][0]


def test_pandoc_renders_the_whole_export_without_a_word(folder: Path, real_library: Library) -> None:
    pandoc = program("pandoc", "pandoc")
    (folder / "page.md").write_text("---\nbibliography: papers.bib\nnocite: '@*'\n---\n", "utf-8")
    done = subprocess.run(
        [pandoc, "--citeproc", "--to", "plain", "page.md"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert done.stdout.count("\n\n") == len(real_library) - 1


@pytest.mark.parametrize(
    "style",
    [BibtexStyle(), BibtexStyle(short_venues=True, without=frozenset({"url", "doi"}))],
    ids=["whole", "short"],
)
def test_bibtexparser_reads_what_was_written(real_library: Library, style: BibtexStyle) -> None:
    read = bibtexparser.parse_string(write_bibtex(real_library.values(), real_library.registry, style))
    assert read.failed_blocks == []
    found = {entry.key: entry for entry in read.entries}
    assert sorted(found) == sorted(real_library)
    for key, paper in real_library.items():
        fields = {field.key: field.value for field in found[key].fields}
        assert decode(fields["title"]) == paper.plain_title
        assert fields["year"] == str(paper.year)
        assert len(re.split(r"\s+and\s+", fields["author"]) if "author" in fields else []) == len(
            paper.authors
        )
        assert ("url" in fields, "doi" in fields) == (
            bool(paper.address) and not style.without,
            bool(paper.doi) and not style.without,
        )


@settings(max_examples=60)
@given(data=st.data())
def test_bibtexparser_reads_any_text(
    registry: Registry, hostile_papers: st.SearchStrategy[Paper], data: st.DataObject
) -> None:
    # What a record cannot say: the check of it has braces come in pairs.
    paper = data.draw(hostile_papers.filter(lambda paper: not set("{}$") & set(paper.title)))
    read = bibtexparser.parse_string(write_bibtex([paper], registry))
    assert read.failed_blocks == []
    (entry,) = read.entries
    title = {field.key: field.value for field in entry.fields}["title"]
    marks = str.maketrans(dict.fromkeys("\ue000\ud800", " "))  # which the decoder uses, or no file holds
    assert decode(title).translate(marks).split() == one_line(paper.plain_title).translate(marks).split()


def test_a_table_of_hostile_texts_compiles(tmp_path: Path, registry: Registry, full_paper: Paper) -> None:
    hostile = r"50% & \ { } $ # _ ^ ~ < > | [x] \\ *"
    papers = [
        replace(full_paper, key="a", names=(hostile,), summary=hostile),
        replace(full_paper, key="b", names=("[brackets]",), summary="--- ``quoted'' 'x' \"y\" é ß Ł ï"),
        replace(full_paper, key="c", names=("*",), results=(replace(full_paper.results[0], note=hostile),)),
    ]
    library = Library(papers, registry)
    columns = ("name", "summary", "authors", "voc/val", "links")
    text = write_latex_table(compare(library, papers, columns), caption=hostile)
    (tmp_path / "papers.tex").write_text(text, "utf-8")
    (tmp_path / "papers.bib").write_text(write_bibtex(papers, registry), "utf-8")
    style_file("threeparttable.sty", "texlive-latex-extra")
    tex(tmp_path, BIBTEX)
    latex(tmp_path)
    run(tmp_path, program("bibtex", "texlive-binaries"), "main")
    latex(tmp_path)
