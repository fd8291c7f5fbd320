r"""A comparison of papers as a table in LaTeX, to be taken over into a paper.

It needs booktabs, threeparttable where it has notes, and hyperref where it has links; the
first lines say so. The keys it cites are those of the BibTeX export.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from urllib.parse import quote

from sphinx_papers.formats.exports.export import ExportOptions
from sphinx_papers.formats.text import latex
from sphinx_papers.model.display.text import Span, Spans
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.tables.board import BoardTable, Query
from sphinx_papers.model.tables.comparison import (
    UNKNOWN,
    ColumnHead,
    Comparison,
    ComparisonCell,
    ComparisonRow,
    compare,
    default_columns,
)

CITED = ("name", "title", "authors")
"""Columns after which the paper is cited, the first of them that the table has."""


CAPTION = "Reported results."


def write(papers: Sequence[Paper], library: Library, options: ExportOptions) -> str:
    """Return *papers* side by side, in the columns and under the caption that a caller wants."""
    comparison = compare(library, papers, options.columns or default_columns(library))
    return write_latex_table(comparison, options.caption or CAPTION)


def write_rows(table: BoardTable, library: Library, query: Query, options: ExportOptions) -> str:
    """Return the rows of a board."""
    return write_latex_table(table.comparison, options.caption or table.caption)


def write_latex_table(comparison: Comparison, caption: str = CAPTION) -> str:
    r"""Return *comparison* as a ``table`` with booktabs, the best numbers bold, notes below.

    Its label is ``tab:papers``.
    """
    heads, notes = comparison.heads, comparison.notes
    ids = [head.id for head in heads]
    cited = next((ids.index(name) for name in CITED if name in ids), 0)
    rows = [_row(line, cited) for line in comparison.lines]
    table = [
        rf"\begin{{tabular}}{{{''.join('r' if head.numeric else 'l' for head in heads)}}}",
        r"\toprule",
        *_heading(heads),
        r"\midrule",
        *rows,
        r"\bottomrule",
        r"\end{tabular}",
    ]
    said = f"{caption} {comparison.rule}".rstrip()
    outer = [r"\centering", rf"\caption{{{latex.encode(said)}}}", r"\label{tab:papers}"]
    if notes:
        items = [rf"\item[{_mark(place)}] {latex.encode(note)}" for place, note in enumerate(notes)]
        table = [
            r"\begin{threeparttable}", *outer[1:], *table,
            r"\begin{tablenotes}\footnotesize", *items, r"\end{tablenotes}",
            r"\end{threeparttable}",
        ]  # fmt: skip
        outer = outer[:1]
    needs = ["booktabs", *(["threeparttable"] if notes else [])]
    needs += ["hyperref"] if any(r"\href" in row for row in rows) else []
    used = [rf"% \usepackage{{{','.join(needs)}}}"]
    return "\n".join([*used, r"\begin{table}", *outer, *table, r"\end{table}", ""])


def _heading(heads: tuple[ColumnHead, ...]) -> list[str]:
    """Return the heads, on two lines if some of them share a heading."""
    names = rf"{' & '.join(latex.encode(head.name) for head in heads)} \\"
    if not any(head.group for head in heads):
        return [names]
    cells, rules, start = [], [], 1
    for group, members in groupby(heads, key=lambda head: head.group):
        width = len(list(members))
        if group:
            cells.append(rf"\multicolumn{{{width}}}{{c}}{{{latex.encode(group)}}}")
            rules.append(rf"\cmidrule(lr){{{start}-{start + width - 1}}}")
        else:
            cells += [""] * width
        start += width
    return [rf"{' & '.join(cells)} \\", "".join(rules), names]


def _row(line: ComparisonRow, cited: int) -> str:
    cells = [_cell(entry) for entry in line.entries]
    cite = rf"\cite{{{line.paper.key}}}"
    cells[cited] = cite if line.entries[cited].spans == UNKNOWN else f"{cells[cited]}~{cite}"
    if cells[0].startswith(("[", "*")):  # which the end of the row before would take for its argument
        cells[0] = "{}" + cells[0]
    return rf"{' & '.join(cells)} \\"


def _cell(entry: ComparisonCell) -> str:
    text = cell_text(entry.spans)
    if entry.best:
        text = rf"\textbf{{{text}}}"
    return text + (rf"\tnote{{{_mark(entry.note)}}}" if entry.note is not None else "")


def cell_text(spans: Spans) -> str:
    """Return *spans* as LaTeX."""
    return "".join(_span(span) for span in spans)


def _span(span: Span) -> str:
    text = f"${span.text}$" if span.math else latex.encode(span.text)
    if span.target is not None and span.target.kind == "url":
        return rf"\href{{{_address(span.target.id)}}}{{{text}}}"
    return text


def _address(url: str) -> str:
    """Return *url* as the argument of a command takes it."""
    safe = quote(url, safe=":/?#[]@!&'()*+,;=%")
    for special in "%#&":
        safe = safe.replace(special, f"\\{special}")
    return safe


def _mark(place: int) -> str:
    """Return a, b, ..., z, aa, ab, ... for 0, 1, ..., 25, 26, 27, ..."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
