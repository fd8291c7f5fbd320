"""The formats in which papers leave the collection: one registry of them all.

A writer takes any papers of a library, so the same one makes the file of a whole site, of a
selection and of a single paper.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sphinx_papers.formats.exports import bibtex, csl, csv, latex_table, markdown, papers_json, ris
from sphinx_papers.formats.storage.cache import PARTS
from sphinx_papers.model.problem import did_you_mean
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.tables.board import Query, board_table, query_text
from sphinx_papers.model.tables.comparison import compare, default_columns
from sphinx_papers.model.tables.table import DEFAULT_COLUMNS

SCHEMA_FILE = "papers.schema.json"
"""Name of the JSON Schema that is published beside ``papers.json``."""


class ExportError(ValueError):
    """A call that cannot be understood; says what is known instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a caller may choose; a format takes some of them."""

    columns: tuple[str, ...] = ()
    """Of a table, in their order; the format's own choice where none are named."""
    caption: str = ""
    """Of a table."""
    short_venues: bool = False
    """Write short names of venues."""
    without: tuple[str, ...] = ()
    """Fields to leave out."""


PLAIN = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A format in which papers can be had."""

    name: str
    """What a caller asks for."""
    suffix: str
    """Of the name of a file that holds it, with the dot."""
    stem: str
    """Of the name of the file with all papers."""
    media_type: str
    """As registered with IANA, or as its users write it."""
    summary: str
    """One line that says what it is for."""
    options: frozenset[str] = frozenset()
    """Names of the fields of :class:`Options` that it takes."""
    part: Callable[[Paper, Registry], str] | None = None
    """Writes what it says of one paper, which is the same whatever stands around it; none of a table."""
    join: Callable[[Sequence[str], Registry], str] = lambda parts, _: "".join(parts)
    """Makes a whole of the parts of papers in the order of their keys."""
    writer: Callable[[Sequence[Paper], Library, Options], str] | None = None
    """Writes what no parts can make."""

    @property
    def file(self) -> str:
        """The name of the file with all papers."""
        return self.stem + self.suffix

    def file_of(self, key: str) -> str:
        """Return the name of the file with the paper *key*, which no other format has."""
        return f"{key}{self.suffix}" if self.stem == "papers" else f"{key}.{self.stem}{self.suffix}"

    def write(self, papers: Sequence[Paper], library: Library, options: Options = PLAIN) -> str:
        """Return *papers* of *library* in this format.

        :raises ExportError: if *options* has one that this format does not take, or a field
            that it does not write.
        :raises SelectionError: if a column is not known.
        """
        for name in ("columns", "caption", "short_venues", "without"):
            if getattr(options, name) and name not in self.options:
                takers = [each.name for each in EXPORTS.values() if name in each.options]
                wanted = name.replace("_", "-")
                message = f"`{wanted}` is not for {self.name}, but for {' and '.join(takers)}"
                raise ExportError(message)
        if self.writer is not None and (self.part is None or options != PLAIN):
            return self.writer(papers, library, options)
        ordered = sorted(papers, key=lambda paper: paper.key)
        return self.join([self.part_of(paper, library) for paper in ordered], library.registry)

    def part_of(self, paper: Paper, library: Library) -> str:
        """Return what it says of *paper*, written once however often it is wanted."""
        assert self.part is not None, f"{self.name} is not made of parts"
        known = library.memory(PARTS).setdefault(paper.key, {})
        if self.name not in known:
            known[self.name] = self.part(paper, library.registry)
        return known[self.name]  # type: ignore[no-any-return]


def parts(paper: Paper, registry: Registry) -> dict[str, str]:
    """Return what each format made of parts says of *paper*, by its name."""
    return {each.name: each.part(paper, registry) for each in EXPORTS.values() if each.part is not None}


def find_export(name: str) -> Export:
    """Return the format *name*.

    :raises ExportError: if there is none.
    """
    if name not in EXPORTS:
        hint = did_you_mean(name, EXPORTS, "known are " + ", ".join(EXPORTS))
        message = f"unknown format `{name}`: {hint}"
        raise ExportError(message)
    return EXPORTS[name]


def schema_text() -> str:
    """Return the JSON Schema of ``papers.json``, as it is published."""
    return json.dumps(papers_json.papers_schema(), indent=2, ensure_ascii=False) + "\n"


def _bibtex(papers: Sequence[Paper], library: Library, options: Options) -> str:
    for name in options.without:
        if name not in bibtex.FIELDS:
            hint = did_you_mean(name, bibtex.FIELDS, "known are " + ", ".join(bibtex.FIELDS))
            message = f"unknown field `{name}`: {hint}"
            raise ExportError(message)
    style = bibtex.BibtexStyle(options.short_venues, frozenset(options.without))
    return bibtex.write_bibtex(papers, library.registry, style)


def _latex(papers: Sequence[Paper], library: Library, options: Options) -> str:
    comparison = compare(library, papers, options.columns or default_columns(library))
    return latex_table.write_latex_table(comparison, options.caption or latex_table.CAPTION)


def _markdown(papers: Sequence[Paper], library: Library, options: Options) -> str:
    return markdown.write_markdown_table(compare(library, papers, options.columns or DEFAULT_COLUMNS))


def write_board(export: Export, library: Library, query: Query, options: Options = PLAIN) -> str:
    """Return the rows of a board that *query* leaves: as a table or lines of CSV, else the papers they are of.

    :raises ExportError: for columns, which follow from the rows, and as :meth:`Export.write`.
    """
    table = board_table(library, query)
    papers = tuple({each.paper.key: each.paper for each in table.standings}.values())
    if export.name not in BOARD_FORMATS:
        return export.write(papers, library, options)
    if options.columns:
        message = "the columns of a board are what varies among its rows: leave --columns out"
        raise ExportError(message)
    match export.name:
        case "latex":
            return latex_table.write_latex_table(table.comparison, options.caption or table.caption)
        case "markdown":
            return markdown.write_markdown_table(table.comparison, table.caption)
    lines = [csv.board_head(library.registry)]
    for each, rank in zip(table.standings, table.ranks, strict=True):
        place = [result is each.result for result in each.paper.results].index(True)
        line = export.part_of(each.paper, library).splitlines(keepends=True)[place]
        lines.append(csv.board_line(rank, line, query_text(query)))
    return "".join(lines)


BOARD_FORMATS = ("latex", "markdown", "results-csv")
"""Those in which a board leaves with its rows; all others take their papers."""


_ALL = (
    Export(
        name="bibtex", suffix=".bib", stem="papers", media_type="application/x-bibtex",
        summary="BibTeX, for LaTeX", options=frozenset({"short_venues", "without"}),
        part=bibtex.written_entry, join=lambda parts, _: "\n".join(parts), writer=_bibtex,
    ),
    Export(
        name="ris", suffix=".ris", stem="papers", media_type="application/x-research-info-systems",
        summary="RIS, for reference managers",
        part=ris.ris_record, join=lambda parts, _: "\n".join(parts),
    ),
    Export(
        name="csl-json", suffix=".csl.json", stem="papers",
        media_type="application/vnd.citationstyles.csl+json",
        summary="CSL-JSON, for pandoc, Zotero and citation processors",
        part=csl.csl_line, join=lambda parts, _: csl.join_lines(parts),
    ),
    Export(
        name="json", suffix=".json", stem="papers", media_type="application/json",
        summary="JSON of whole records with results and sources, for programs",
        part=papers_json.json_line, join=lambda parts, _: papers_json.join_json(parts),
    ),
    Export(
        name="results-csv", suffix=".csv", stem="results", media_type="text/csv",
        summary="CSV, a line for each reported result with its conditions",
        part=csv.result_lines, join=lambda parts, registry: csv.results_head(registry) + "".join(parts),
    ),
    Export(
        name="papers-csv", suffix=".csv", stem="papers", media_type="text/csv",
        summary="CSV, a line for each paper",
        part=csv.paper_line, join=lambda parts, registry: csv.papers_head(registry) + "".join(parts),
    ),
    Export(
        name="markdown", suffix=".md", stem="papers", media_type="text/markdown",
        summary="a Markdown table", options=frozenset({"columns"}), writer=_markdown,
    ),
    Export(
        name="latex", suffix=".tex", stem="papers", media_type="application/x-tex",
        summary="a LaTeX table that cites the BibTeX entries",
        options=frozenset({"columns", "caption"}), writer=_latex,
    ),
)  # fmt: skip
EXPORTS = {export.name: export for export in _ALL}
"""Every format by name."""
