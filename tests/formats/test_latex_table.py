from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_papers.formats.exports.latex_table import write_latex_table
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Links, Paper
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.tables.comparison import compare


def table(registry: Registry, papers: list[Paper], *columns: str) -> str:
    return write_latex_table(compare(Library(papers, registry), papers, columns))


def test_a_table_with_everything(registry: Registry, full_paper: Paper) -> None:
    worse = replace(
        full_paper,
        key="b2020",
        names=("50% & More",),
        links=Links(),
        code=(),
        results=(replace(full_paper.results[0], value=50.0),),
    )
    assert table(registry, [full_paper, worse], "name", "voc/val", "voc/test", "links") == (
        r"""% \usepackage{booktabs,threeparttable,hyperref}
\begin{table}
\centering
\begin{threeparttable}
\caption{Reported results. Bold: the best.}
\label{tab:papers}
\begin{tabular}{lrrl}
\toprule
 & \multicolumn{2}{c}{VOC (mIoU, \%)} &  \\
\cmidrule(lr){2-3}
Name & val & test & Links \\
\midrule
Mapper / Mapper+~\cite{zola2021maps} & \textbf{65.25}\tnote{a} & {--} & """
        r"""\href{https://p.org/a_b?c=1\&d=2}{paper} {$\cdot$} \href{https://arxiv.org/abs/2103.00001}{arXiv} """
        r"""{$\cdot$} \href{https://c.org/1}{code 1} {$\cdot$} \href{https://c.org/2}{code 2} {$\cdot$} """
        r"""\href{https://m.org}{project} \\
50\% \& More~\cite{b2020} & 50.0\tnote{b} & {--} & \href{https://arxiv.org/abs/2103.00001}{arXiv} \\
\bottomrule
\end{tabular}
\begin{tablenotes}\footnotesize
\item[a] large; Extra inputs: none, Backbone: VGG-16; without a source; others print 65.3
\item[b] Backbone: ResNet-50, Without CRF
\end{tablenotes}
\end{threeparttable}
\end{table}
"""
    )


def test_a_table_without_notes_needs_booktabs_only(registry: Registry, full_paper: Paper) -> None:
    text = table(registry, [replace(full_paper, results=())], "title", "year")
    assert text.startswith("% \\usepackage{booktabs}\n")
    assert "threeparttable" not in text
    assert r"Maps of CAMs in $x^2$ Ways~\cite{zola2021maps} & 2021 \\" in text


def test_a_paper_without_a_name_is_named_by_its_citation(registry: Registry, full_paper: Paper) -> None:
    text = table(registry, [replace(full_paper, names=(), authors=())], "name", "year")
    assert "\n\\cite{zola2021maps} & 2021 \\\\\n" in text


def test_no_row_begins_with_what_the_row_before_would_take_for_an_argument(
    registry: Registry, full_paper: Paper
) -> None:
    papers = [replace(full_paper, key=key, names=(f"{key}a",), results=()) for key in ("[", "*")]
    text = table(registry, papers, "name", "year")
    assert re.findall(r"^(.*)~", text, re.MULTILINE) == ["{}[a", "{}*a"]


def test_notes_go_on_after_z(registry: Registry, full_paper: Paper) -> None:
    papers = [
        replace(full_paper, key=f"k{place:02}", results=(replace(full_paper.results[0], note=f"n{place}"),))
        for place in range(54)
    ]
    marks = re.findall(r"\\item\[(\w+)\]", table(registry, papers, "voc/val"))
    assert (marks[0], marks[25:28], marks[51:]) == ("a", ["z", "aa", "ab"], ["az", "ba", "bb"])


@settings(max_examples=60)
@given(data=st.data())
def test_no_text_breaks_a_row(
    registry: Registry, hostile_papers: st.SearchStrategy[Paper], data: st.DataObject
) -> None:
    paper = data.draw(hostile_papers)
    columns = ("name", "authors", "summary", "backbone", "voc/val", "voc/test", "links")
    text = table(registry, [paper], *columns)
    (row,) = [line for line in text.split("\n") if r"\cite{" in line]
    assert len(re.findall(r"(?<!\\)&", row)) == len(columns) - 1
    assert not re.search(r"(?<!\\)[%#]", row)
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", text):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    assert depth == 0
