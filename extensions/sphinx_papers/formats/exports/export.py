"""The formats in which papers leave the collection: one registry of them all.

A writer takes any papers of a library, so the same one makes the file of a whole site, of a
selection and of a single paper.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from typing import Any

from sphinx_papers.formats.exports.paper_text import PaperText
from sphinx_papers.model.problem import did_you_mean
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.tables.board import BoardTable, Query, board_table

VERSION = 2
"""Of the format ``papers.json``; changes when a program that reads it could read it wrongly."""
CATALOGUE = "exports.json"
"""Name of the list of all these formats on a site."""
SCHEMA_FILE = "papers.schema.json"
"""Name of the JSON Schema that is published beside ``papers.json``."""


def data_file(name: str) -> str:
    """Return the file with the data *name* for a site's scripts; folders in a name end in ``/``.

    What stands in it says :mod:`sphinx_papers.formats.exports.script_data`.
    """
    return f"_data/{name}.js"


class ExportError(ValueError):
    """A call that cannot be understood; says what is known instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """What a caller may choose; a format takes some of them."""

    columns: tuple[str, ...] = ()
    """Of a table, in their order; the format's own choice where none are named."""
    caption: str = ""
    """Of a table."""
    short_venues: bool = False
    """Write short names of venues."""
    without: tuple[str, ...] = ()
    """Fields to leave out."""


PLAIN = ExportOptions()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a file is put together of what it says of each paper."""

    opening: Callable[[Registry], str] = lambda _: ""
    glue: str = ""
    closing: str = ""
    empty: str | None = None
    """The file of no papers, where that is not opening and closing."""

    def join(self, parts: Sequence[str], registry: Registry) -> str:
        """Make a whole of the parts of papers, in the order of their keys."""
        if not parts and self.empty is not None:
            return self.empty
        return self.opening(registry) + self.glue.join(parts) + self.closing


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
    label: str
    """What readers call it."""
    purpose: str
    """What it is for, as it goes on after the label."""
    options: frozenset[str] = frozenset()
    """Names of the fields of :class:`ExportOptions` that it takes."""
    part: PaperText | None = None
    """Writes what it says of one paper, which is the same whatever stands around it; none of a table."""
    layout: Layout | None = None
    """How the parts make a file, which a site then offers."""
    beside: bool = False
    """Whether a file with each paper stands beside its page."""
    alone: str | None = None
    """How such a file begins, where one with several says at its beginning what is the same for all."""
    writer: Callable[[Sequence[Paper], Library, ExportOptions], str] | None = None
    """Writes what no parts can make."""
    board: Callable[[BoardTable, Library, Query, ExportOptions], str] | None = None
    """Writes the rows of a board; of a format without, a board leaves as its papers."""

    @property
    def summary(self) -> str:
        """One line that says what it is for."""
        return f"{self.label}, {self.purpose}"

    @property
    def file(self) -> str:
        """The name of the file with all papers."""
        return self.stem + self.suffix

    def file_of(self, key: str) -> str:
        """Return the name of the file with the paper *key*, which no other format has."""
        return f"{key}{self.suffix}" if self.stem == "papers" else f"{key}.{self.stem}{self.suffix}"

    def write(self, papers: Sequence[Paper], library: Library, options: ExportOptions = PLAIN) -> str:
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
        assert self.layout is not None, f"{self.name} is not made of parts"
        return self.layout.join([self.part_of(paper, library) for paper in ordered], library.registry)

    def write_beside(self, paper: Paper, library: Library) -> str:
        """Return the file that stands beside the page of *paper*."""
        assert self.layout is not None, f"{self.name} is not made of parts"
        layout, alone = self.layout, self.alone
        if alone is not None:
            layout = replace(layout, opening=lambda _: alone)
        return layout.join([self.part_of(paper, library)], library.registry)

    def part_of(self, paper: Paper, library: Library) -> str:
        """Return what it says of *paper*, written once however often it is wanted."""
        assert self.part is not None, f"{self.name} is not made of parts"
        return self.part.of(paper, library)


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
    from sphinx_papers.formats.exports.papers_json import papers_schema  # noqa: PLC0415  see _later

    return json.dumps(papers_schema(), indent=2, ensure_ascii=False) + "\n"


def write_board(export: Export, library: Library, query: Query, options: ExportOptions = PLAIN) -> str:
    """Return the rows of a board that *query* leaves: as a table or lines of CSV, else the papers they are of.

    :raises ExportError: for columns, which follow from the rows, and as :meth:`Export.write`.
    """
    table = board_table(library, query)
    papers = tuple({each.paper.key: each.paper for each in table.standings}.values())
    if export.board is None:
        return export.write(papers, library, options)
    if options.columns:
        message = "the columns of a board are what varies among its rows: leave --columns out"
        raise ExportError(message)
    return export.board(table, library, query, options)


def _later(name: str) -> Callable[..., str]:
    """Return the function *name*, ``MODULE.FUNCTION`` of this folder, loaded when it is first called.

    A build without changes asks formats for their names only, and should not wait for their libraries.
    """
    module, _, function = name.partition(".")

    @cache
    def found() -> Callable[..., str]:
        return getattr(import_module(f"sphinx_papers.formats.exports.{module}"), function)  # type: ignore[no-any-return]

    def call(*given: object) -> str:
        return found()(*given)

    return call


_ALL = (
    Export(
        name="bibtex", suffix=".bib", stem="papers", media_type="application/x-bibtex", beside=True,
        label="BibTeX", purpose="for BibTeX and biblatex alike", options=frozenset({"short_venues", "without"}),
        part=PaperText(_later("bibtex.written_entry")), writer=_later("bibtex.write"),
        layout=Layout(glue="\n"),
    ),
    Export(
        name="ris", suffix=".ris", stem="papers", media_type="application/x-research-info-systems", beside=True,
        label="RIS", purpose="for Zotero, Mendeley, EndNote",
        part=PaperText(_later("ris.ris_record")),
        layout=Layout(glue="\n"),
    ),
    Export(
        name="csl-json", suffix=".csl.json", stem="papers",
        media_type="application/vnd.citationstyles.csl+json", beside=True,
        label="CSL-JSON", purpose="for pandoc, Zotero and citation processors",
        part=PaperText(_later("csl.csl_line")),
        layout=Layout(opening=lambda _: "[\n", glue=",\n", closing="\n]\n", empty="[]\n"),
    ),
    Export(
        name="json", suffix=".json", stem="papers", media_type="application/json", beside=True,
        alone=f'{{"version": {VERSION}, "papers": [\n',
        label="JSON", purpose="whole records with results and sources, for programs",
        part=PaperText(_later("papers_json.json_line")),
        layout=Layout(
            opening=_later("papers_json.opening"), glue=",\n", closing="\n]}\n",
            empty=f'{{"version": {VERSION}, "papers": []}}\n',
        ),
    ),
    Export(
        name="results-csv", suffix=".csv", stem="results", media_type="text/csv",
        label="CSV, a line for each result", purpose="with its conditions, who measured it, source, state and what others reached",
        part=PaperText(_later("csv.result_lines")), board=_later("csv.board_lines"),
        layout=Layout(opening=_later("csv.results_head")),
    ),
    Export(
        name="papers-csv", suffix=".csv", stem="papers", media_type="text/csv",
        label="CSV, a line for each paper", purpose="for spreadsheets",
        part=PaperText(_later("csv.paper_line")),
        layout=Layout(opening=_later("csv.papers_head")),
    ),
    Export(
        name="orkg", suffix=".csv", stem="orkg", media_type="text/csv",
        label="CSV for ORKG", purpose="for the import of the Open Research Knowledge Graph",
        part=PaperText(_later("orkg.orkg_lines")),
        layout=Layout(opening=_later("orkg.orkg_head")),
    ),
    Export(
        name="markdown", suffix=".md", stem="papers", media_type="text/markdown",
        label="Markdown table", purpose="with links and notes", options=frozenset({"columns"}),
        writer=_later("markdown.write"), board=_later("markdown.write_rows"),
    ),
    Export(
        name="latex", suffix=".tex", stem="papers", media_type="application/x-tex",
        label="LaTeX table", purpose="which cites the BibTeX entries", options=frozenset({"columns", "caption"}),
        writer=_later("latex_table.write"), board=_later("latex_table.write_rows"),
    ),
)  # fmt: skip
EXPORTS = {export.name: export for export in _ALL}
"""Every format by name."""
OFFERED = tuple(export for export in _ALL if export.layout is not None)
"""Those of which a site has a file with all papers."""
BESIDE = tuple(export for export in _ALL if export.beside)
"""Those of which a file stands beside the page of each paper."""


def catalogue() -> str:
    """Return the formats as JSON: for programs what a site offers."""
    return json.dumps({"formats": [_entry(export) for export in _ALL]}, indent=1) + "\n"


def _entry(export: Export) -> dict[str, Any]:
    entry = {
        "name": export.name, "label": export.label, "file": export.file, "media_type": export.media_type,
    }  # fmt: skip
    return entry | ({"suffix": export.suffix} if export.beside else {})
