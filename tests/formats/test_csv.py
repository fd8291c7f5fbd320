from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.conftest import exported

from sphinx_papers.formats.text.plain import one_line
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Condition, Registry

Hostile = st.SearchStrategy[Paper]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def read(cell: str) -> str:
    """Return a cell without the apostrophes that keep spreadsheets from taking it for a formula."""
    return re.sub(r"(^|;\s*)'(?=[=+@-])", r"\1", cell)


def test_a_line_for_each_result_with_all_its_conditions(registry: Registry, full_paper: Paper) -> None:
    assert exported("results-csv", [full_paper], registry) == (
        "paper,name,title,year,venue,benchmark,split,value,metric,unit,backbone,crf,"
        "supervision,inputs,pipeline,variant,by,state,source,source_kind,source_title,source_url,where,also,reached,note\n"
        "zola2021maps,Mapper; Mapper+,Maps of CAMs in $x^2$ Ways,2021,CVPR,voc,val,60.5,mIoU,%,ResNet-50,no,"
        "image; box,clip,single,,authors,primary,readme,repository,Mapper README,https://c.org/1,Table 1,,59.9,\n"
        "zola2021maps,Mapper; Mapper+,Maps of CAMs in $x^2$ Ways,2021,CVPR,voc,val,65.25,mIoU,%,VGG-16,,"
        "image; box,,single,large,authors,unsourced,,,,,,,,others print 65.3\n"
        "zola2021maps,Mapper; Mapper+,Maps of CAMs in $x^2$ Ways,2021,CVPR,err,test,2.0,error,,,,"
        "image; box,clip,single,,authors,unsourced,,,,,,,,\n"
    )


def test_a_line_for_each_paper(registry: Registry, full_paper: Paper) -> None:
    (row,) = rows(exported("papers-csv", [full_paper], registry))
    assert list(row.values()) == [
        "zola2021maps", "Mapper; Mapper+", "Maps of CAMs in $x^2$ Ways",
        "Émile Zola; Ben van den Hove; Martin King, Jr.; Google Research", "2021-03-04", "2021", "CVPR", "7",
        "", "10-19", "", "10.1000/maps", "2103.00001", "https://p.org/a_b?c=1&d=2",
        "https://c.org/1; https://c.org/2", "https://m.org", "image; box", "clip", "single", "images",
        "saliency; erasing", "zhou2016learning", "listed", "Draws maps.",
    ]  # fmt: skip


def test_a_condition_named_like_a_column_has_a_heading_of_its_own(
    registry: Registry, full_paper: Paper
) -> None:
    year = Condition(id="year", name="Year of training", summary="")
    crowded = replace(registry, conditions={"year": year})
    text = exported("results-csv", [full_paper], crowded)
    headings = text.partition("\n")[0].split(",")
    assert len(headings) == len(set(headings))
    assert "year (stated)" in headings


def test_the_whole_export_has_every_paper_and_every_result(real_library: Library) -> None:
    registry = real_library.registry
    assert [row["key"] for row in rows(exported("papers-csv", real_library.values(), registry))] == sorted(
        real_library
    )
    found = [(row["paper"], row["benchmark"], row["split"], float(row["value"]))
             for row in rows(exported("results-csv", real_library.values(), registry))]  # fmt: skip
    assert found == [
        (key, r.benchmark, r.split, r.value)
        for key in sorted(real_library)
        for r in real_library[key].results
    ]


@settings(max_examples=60)
@given(data=st.data())
def test_any_text_stays_in_its_field(
    registry: Registry, hostile_papers: Hostile, data: st.DataObject
) -> None:
    paper = data.draw(hostile_papers)
    papers, results = exported("papers-csv", [paper], registry), exported("results-csv", [paper], registry)
    (papers + results).encode()
    assert (papers.count("\n"), results.count("\n")) == (2, 1 + len(paper.results))
    (row,) = rows(papers)
    assert (read(row["title"]), read(row["summary"])) == (
        one_line(paper.plain_title),
        one_line(paper.summary),
    )
    for row, result in zip(rows(results), paper.results, strict=True):
        assert (read(row["note"]), float(row["value"])) == (one_line(result.note), result.value)


FORMULAS = [
    "=1+1",
    "+cmd",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r\n=1",
    " =1",
    "\N{FULLWIDTH EQUALS SIGN}1",
    "x;=1",
    "x; @y",
    "-",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula_to_a_spreadsheet(registry: Registry, full_paper: Paper, text: str) -> None:
    (result, *_) = full_paper.results
    paper = replace(
        full_paper, title=text, summary=text, names=("A", text), results=(replace(result, note=text, variant=text),)
    )  # fmt: skip
    for name in ("papers-csv", "results-csv", "orkg"):
        table = exported(name, [paper], registry)
        for delimiter in ",;\t":  # whatever a program takes for the end of a cell
            for line in csv.reader(io.StringIO(table), delimiter=delimiter):
                for cell in line:
                    assert not cell.strip().startswith(("=", "+", "-", "@", "\N{FULLWIDTH EQUALS SIGN}")), (
                        cell
                    )


@pytest.mark.parametrize("text", ["-3.5", "-1", "2e-5", "a=b", "a - b", "x; y", "C++"])
def test_numbers_and_other_texts_stay_as_they_are(registry: Registry, full_paper: Paper, text: str) -> None:
    (row,) = rows(exported("papers-csv", [replace(full_paper, summary=text)], registry))
    assert row["summary"] == text
