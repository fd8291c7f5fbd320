"""The formats in which papers leave the collection: one registry of them all.

A writer takes any papers of a library, so the same one makes the file of a whole site, of a
selection and of a single paper.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sphinx_papers.formats import bibtex, csl, csv, latex_table, markdown, papers_json, ris
from sphinx_papers.model.comparison import compare, default_columns
from sphinx_papers.model.library import Library
from sphinx_papers.model.paper import Paper
from sphinx_papers.model.problem import did_you_mean
from sphinx_papers.model.table import DEFAULT_COLUMNS

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
    writer: Callable[[Sequence[Paper], Library, Options], str]

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
        return self.writer(papers, library, options)


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
    if style == bibtex.PLAIN:
        return "\n".join(bibtex.written_entry(library, key) for key in sorted(each.key for each in papers))
    return bibtex.write_bibtex(papers, library.registry, style)


def _latex(papers: Sequence[Paper], library: Library, options: Options) -> str:
    comparison = compare(library, papers, options.columns or default_columns(library))
    return latex_table.write_latex_table(comparison, options.caption or "Reported results.")


def _markdown(papers: Sequence[Paper], library: Library, options: Options) -> str:
    return markdown.write_markdown_table(compare(library, papers, options.columns or DEFAULT_COLUMNS))


_ALL = (
    Export(
        name="bibtex", suffix=".bib", stem="papers", media_type="application/x-bibtex",
        summary="BibTeX, for LaTeX", options=frozenset({"short_venues", "without"}), writer=_bibtex,
    ),
    Export(
        name="ris", suffix=".ris", stem="papers", media_type="application/x-research-info-systems",
        summary="RIS, for reference managers",
        writer=lambda papers, library, _: ris.write_ris(papers, library.registry),
    ),
    Export(
        name="csl-json", suffix=".csl.json", stem="papers",
        media_type="application/vnd.citationstyles.csl+json",
        summary="CSL-JSON, for pandoc, Zotero and citation processors",
        writer=lambda papers, library, _: csl.write_csl(papers, library.registry),
    ),
    Export(
        name="json", suffix=".json", stem="papers", media_type="application/json",
        summary="JSON of whole records with results and sources, for programs",
        writer=lambda papers, library, _: papers_json.write_json(papers, library.registry),
    ),
    Export(
        name="results-csv", suffix=".csv", stem="results", media_type="text/csv",
        summary="CSV, a line for each reported result with its conditions",
        writer=lambda papers, library, _: csv.write_results(papers, library.registry),
    ),
    Export(
        name="papers-csv", suffix=".csv", stem="papers", media_type="text/csv",
        summary="CSV, a line for each paper",
        writer=lambda papers, library, _: csv.write_papers(papers, library.registry),
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
