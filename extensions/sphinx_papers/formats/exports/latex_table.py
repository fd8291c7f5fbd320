r"""A comparison of papers as a table in LaTeX, to be taken over into a paper.

It needs booktabs, threeparttable where it has notes, and hyperref where it has links; the
first lines say so. The keys it cites are those of the BibTeX export.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from urllib.parse import quote

from sphinx_papers.formats.exports.export import ExportOptions
from sphinx_papers.formats.text import latex
from sphinx_papers.formats.text.plain import fill
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
_TITLE = r"""\caption{<caption>}
\label{tab:papers}
"""
_TABULAR = r"""\begin{tabular}{<columns>}
\toprule
<heads>\midrule
<rows>\bottomrule
\end{tabular}
"""
PIECES = {
    "table": rf"""% \usepackage{{booktabs<more>}}
\begin{{table}}
\centering
{_TITLE}{_TABULAR}\end{{table}}
""",
    "noted_table": rf"""% \usepackage{{booktabs,threeparttable<more>}}
\begin{{table}}
\centering
\begin{{threeparttable}}
{_TITLE}{_TABULAR}\begin{{tablenotes}}\footnotesize
<notes>\end{{tablenotes}}
\end{{threeparttable}}
\end{{table}}
""",
    "number": "r",
    "text": "l",
    "row": "<cells> \\\\\n",
    "between": " & ",
    "group": r"\multicolumn{<width>}{c}{<text>}",
    "group_rule": r"\cmidrule(lr){<first>-<last>}",
    "best": r"\textbf{<text>}",
    "noted": r"<text>\tnote{<mark>}",
    "note": "\\item[<mark>] <text>\n",
    "cited": r"<text>~\cite{<key>}",
    "cite": r"\cite{<key>}",
    "link": r"\href",
    "links": ",hyperref",
    "shielded": "[*",
    "shield": "{}",
}
"""What a table is made of, each with slots; the script of a page fills them in the same way."""


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
    return fill(
        PIECES["noted_table" if notes else "table"],
        more=PIECES["links"] if any(PIECES["link"] in row for row in rows) else "",
        caption=latex.encode(f"{caption} {comparison.rule}".rstrip()),
        columns="".join(PIECES["number" if head.numeric else "text"] for head in heads),
        heads=_heading(heads),
        rows="".join(rows),
        notes="".join(
            fill(PIECES["note"], mark=_mark(place), text=latex.encode(note))
            for place, note in enumerate(notes)
        ),
    )


def _joined(cells: Iterable[str]) -> str:
    return fill(PIECES["row"], cells=PIECES["between"].join(cells))


def _heading(heads: tuple[ColumnHead, ...]) -> str:
    """Return the heads, on two lines if some of them share a heading."""
    names = _joined(latex.encode(head.name) for head in heads)
    if not any(head.group for head in heads):
        return names
    cells, rules, start = [], [], 1
    for group, members in groupby(heads, key=lambda head: head.group):
        width = len(list(members))
        if group:
            cells.append(fill(PIECES["group"], width=width, text=latex.encode(group)))
            rules.append(fill(PIECES["group_rule"], first=start, last=start + width - 1))
        else:
            cells += [""] * width
        start += width
    return f"{_joined(cells)}{''.join(rules)}\n{names}"


def _row(line: ComparisonRow, cited: int) -> str:
    cells = [_cell(entry) for entry in line.entries]
    piece = PIECES["cite" if line.entries[cited].spans == UNKNOWN else "cited"]
    cells[cited] = fill(piece, text=cells[cited], key=line.paper.key)
    if cells[0].startswith(
        tuple(PIECES["shielded"])
    ):  # which the end of the row before would take for its argument
        cells[0] = PIECES["shield"] + cells[0]
    return _joined(cells)


def _cell(entry: ComparisonCell) -> str:
    text = cell_text(entry.spans)
    if entry.best:
        text = fill(PIECES["best"], text=text)
    return text if entry.note is None else fill(PIECES["noted"], text=text, mark=_mark(entry.note))


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
