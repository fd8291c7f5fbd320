"""A comparison of papers as a table in Markdown, with links and notes.

Tables are those of GitHub Flavored Markdown (https://github.github.com/gfm/#tables-extension-).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from sphinx_papers.formats.exports.export import ExportOptions
from sphinx_papers.formats.text.markdown import formula
from sphinx_papers.formats.text.plain import fill, unbroken
from sphinx_papers.model.display.text import Span, Spans
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.tables.board import BoardTable, Query
from sphinx_papers.model.tables.comparison import Comparison, ComparisonCell, ComparisonRow, compare
from sphinx_papers.model.tables.table import DEFAULT_COLUMNS

# Characters that may begin markup inside a line; a backslash takes that meaning from them
# (https://spec.commonmark.org/0.31.2/#backslash-escapes).
_MARKUP = re.compile(r"[\\`*_{}\[\]<>|~$&^]")


PIECES = {
    "caption": "<text>\n\n",
    "head": "<group> <text>",
    "number": "---:",
    "text": "---",
    "row": "| <cells> |\n",
    "between": " | ",
    "best": "**<text>**",
    "noted": "<text> (<mark>)",
    "rule": "\n<text>\n",
    "notes": "\n<notes>",
    "note": "- (<mark>) <text>\n",
}
"""What a table is made of, each with slots; the script of a page fills them in the same way."""


def write_markdown_table(comparison: Comparison, caption: str = "") -> str:
    """Return *comparison* as a table below its *caption*, the best numbers bold, notes as a list below it."""
    heads = comparison.heads
    names = [
        escaped(fill(PIECES["head"], group=head.group, text=head.name) if head.group else head.name)
        for head in heads
    ]
    text = fill(PIECES["caption"], text=escaped(caption)) if caption else ""
    text += _line(names) + _line([PIECES["number" if head.numeric else "text"] for head in heads])
    text += "".join(_line([_cell(entry, line) for entry in line.entries]) for line in comparison.lines)
    if comparison.rule:
        text += fill(PIECES["rule"], text=escaped(comparison.rule))
    if comparison.notes:
        notes = (
            fill(PIECES["note"], mark=place, text=escaped(note))
            for place, note in enumerate(comparison.notes, start=1)
        )
        text += fill(PIECES["notes"], notes="".join(notes))
    return text


def write(papers: Sequence[Paper], library: Library, options: ExportOptions) -> str:
    """Return *papers* side by side, in the columns that a caller wants."""
    return write_markdown_table(compare(library, papers, options.columns or DEFAULT_COLUMNS))


def write_rows(table: BoardTable, library: Library, query: Query, options: ExportOptions) -> str:
    """Return the rows of a board."""
    return write_markdown_table(table.comparison, table.caption)


def cell_text(spans: Spans, paper: Paper) -> str:
    """Return *spans* about *paper* as Markdown."""
    return "".join(_span(span, paper) for span in spans).strip()


def _line(cells: list[str]) -> str:
    return fill(PIECES["row"], cells=PIECES["between"].join(cells))


def _cell(entry: ComparisonCell, line: ComparisonRow) -> str:
    text = cell_text(entry.spans, line.paper)
    if entry.best:
        text = fill(PIECES["best"], text=text)
    return text if entry.note is None else fill(PIECES["noted"], text=text, mark=entry.note + 1)


def _span(span: Span, paper: Paper) -> str:
    text = formula(span.text).replace("|", r"\vert ") if span.math else escaped(span.text)
    if span.target is None or span.math:
        return text
    kind = span.target.kind
    url = span.target.id if kind == "url" else paper.address if kind == "paper" else ""
    return f"[{text}](<{_address(url)}>)" if url else text


def _address(url: str) -> str:
    return url.replace("|", "%7C").replace("<", "%3C").replace(">", "%3E")


@lru_cache(maxsize=4096)  # as in LaTeX
def escaped(text: str) -> str:
    """Return *text* so that nothing in it is markup."""
    return _MARKUP.sub(lambda match: f"\\{match[0]}", unbroken(text))
