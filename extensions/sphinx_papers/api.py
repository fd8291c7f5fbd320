"""The collection as a library: what ``import sphinx_papers`` offers to other programs.

What is here is promised (see the page *Python* of the site's documentation); every other module may
change with any version. Sphinx is not imported, and nothing opens a connection.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sphinx_papers.formats.checks.inspection import inspect
from sphinx_papers.formats.exports.export import (
    EXPORTS,
    ExportError,
    ExportOptions,
    find_export,
    write_board,
)
from sphinx_papers.formats.exports.papers_json import papers_schema
from sphinx_papers.formats.records.folder import read_collection
from sphinx_papers.formats.records.schemas import SCHEMAS
from sphinx_papers.formats.records.schemas import schema as schema_of
from sphinx_papers.formats.storage.places import Places
from sphinx_papers.model.codes import Severity
from sphinx_papers.model.problem import Problem, did_you_mean
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.evidence import State, state
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Appearance, Paper, Result, Source
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.records.work import Work
from sphinx_papers.model.tables import board as boards_of
from sphinx_papers.model.tables import select as selections
from sphinx_papers.model.tables.ranking import Standing
from sphinx_papers.model.tables.select import SelectionError

__all__ = [
    "Appearance",
    "CollectionError",
    "ExportError",
    "Library",
    "Paper",
    "PartialDate",
    "Person",
    "Problem",
    "Registry",
    "Result",
    "SelectionError",
    "Source",
    "Standing",
    "State",
    "Work",
    "boards",
    "check",
    "export",
    "export_formats",
    "export_leaderboard",
    "leaderboard",
    "load",
    "schema",
    "select",
    "state",
]

Criterion = str | int | Iterable[str]
"""What a field of a selection must have: one value, several apart by commas, or a list of them."""


class CollectionError(ValueError):
    """A collection has errors, so that what would be loaded is not all of it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        """Every error, sorted by file and place."""
        more = f" (and {len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
        super().__init__(f"{self.problems[0]}{more}")


def load(
    root: str | os.PathLike[str] = ".", *, papers: str = "papers", docs: str = "docs", partial: bool = False
) -> Library:
    """Read a collection.

    :param root: the folder in which the collection is; a checkout of the repository.
    :param papers: the folder of the papers' pages, relative to *root*.
    :param docs: the folder of the site's source, relative to *root*, with ``methods``,
        ``registries`` and ``references.bib``.
    :param partial: whether a collection with errors is loaded without what is wrong. A record that
        cannot be read is left out then, and its key stands in :attr:`Library.unreadable`.
    :returns: all papers by key, newest first.
    :raises CollectionError: if a file has an error, unless *partial* is set.
    :raises FileNotFoundError: if there is no folder of papers.
    """
    collection = read_collection(_places(root, papers, docs))
    errors = [problem for problem in collection.problems if problem.severity is Severity.ERROR]
    if errors and not partial:
        raise CollectionError(errors)
    return collection.library


def check(
    root: str | os.PathLike[str] = ".", *, papers: str = "papers", docs: str = "docs"
) -> tuple[Problem, ...]:
    """Check every record and how every page is written, as ``sphinx-papers check`` does.

    :param root: the folder in which the collection is.
    :param papers: the folder of the papers' pages, relative to *root*.
    :param docs: the folder of the site's source, relative to *root*.
    :returns: errors and warnings, sorted by file and place; none if all is well.
    :raises FileNotFoundError: if there is no folder of papers.
    """
    return inspect(_places(root, papers, docs)).problems


def _places(root: str | os.PathLike[str], papers: str, docs: str) -> Places:
    folder = Path(root) / papers
    if not folder.is_dir():
        message = f"{folder}: no such folder of papers"
        raise FileNotFoundError(message)
    return Places.of(folder, Path(root) / docs)


def select(library: Library, /, **criteria: Criterion) -> tuple[Paper, ...]:
    """Return the papers that fit all *criteria*, as the table directive and the command line do.

    :param library: where to look.
    :param criteria: ``author``, ``benchmark``, ``chain``, ``depth``, ``has``, ``key``, ``method``,
        ``venue``, ``year`` or a facet of the field, each with one value or several of which one must
        fit; ``not`` before a value excludes it. Years may be ranges: ``2019-2021``, ``2020-``,
        ``-2018``. ``until`` is a month, ``2021-06``, by whose end a paper was public; one of which the
        year alone is known, by the end of that year. Besides, ``sort`` (``date``, ``key``, ``name``,
        ``title``, ``venue`` or ``year``, a minus before it to turn it round; ``-date`` if nothing is
        said) and ``limit``, a number of papers.
    :raises SelectionError: for a field, value or order that the collection does not know, with what
        it does know.
    """
    return selections.select(library, selections.parse_selection(library, _texts(criteria)))


def boards(library: Library) -> tuple[str, ...]:
    """Return the leaderboards, ``BENCHMARK/SPLIT``, that have results; in the order of the registry."""
    reported = {(result.benchmark, result.split) for paper in library.values() for result in paper.results}
    return tuple(
        f"{benchmark.id}/{split}"
        for benchmark in library.registry.benchmarks.values()
        for split in benchmark.splits
        if (benchmark.id, split) in reported
    )


def leaderboard(library: Library, board: str, /, **criteria: Criterion) -> tuple[Standing, ...]:
    """Return the rows of a leaderboard, ranked among those that *criteria* leave.

    Results are ranked only against results that answer alike whatever decides in the field (see
    :attr:`Registry.deciding`), league by league. Values are in the benchmark's unit.

    :param library: where to look.
    :param board: ``BENCHMARK/SPLIT``, one of :func:`boards`.
    :param criteria: facets, conditions, ``venue``, ``year``, ``state``, ``by`` or ``has`` with accepted
        answers; ``q``, words that a row must have; ``sort``, a column, with a minus before it to turn it
        round; ``apart="1"`` for rows that differ in exactly one of the conditions that are named;
        ``until="2021-06"`` for the board as it was at the end of that month.
    :raises SelectionError: for a board, question or answer that there is not, with what there is.
    """
    query = boards_of.parse_query(library, board, _texts(criteria))
    return tuple(standing._replace(rank=rank) for standing, rank in boards_of.kept(library, query))


def export_formats() -> Mapping[str, str]:
    """Return the names of the formats in which papers can be had, each with what it is for."""
    return {export.name: export.summary for export in EXPORTS.values()}


def export(
    library: Library,
    format: str,
    papers: Iterable[Paper] | None = None,
    *,
    columns: Iterable[str] = (),
    caption: str = "",
    short_venues: bool = False,
    without: Iterable[str] = (),
) -> str:
    """Return papers in another format, the same bytes as the files of the site.

    :param library: where the papers are from.
    :param format: one of :func:`export_formats`.
    :param papers: which of them; all if none are given. Files of records are sorted by key, tables
        keep the order that is given.
    :param columns: of a table: those of the table directive, conditions, and ``BENCHMARK/SPLIT``.
    :param caption: of a LaTeX table.
    :param short_venues: of BibTeX: whether venues are named in short.
    :param without: of BibTeX: fields to leave out.
    :raises ExportError: for a format that there is not, and for an option that it does not take.
    :raises SelectionError: for a column that there is not.
    """
    options = ExportOptions(
        columns=tuple(columns), caption=caption, short_venues=short_venues, without=tuple(without)
    )
    chosen = tuple(library.values() if papers is None else papers)
    return find_export(format).write(chosen, library, options)


def export_leaderboard(
    library: Library, format: str, board: str, /, *, caption: str = "", **criteria: Criterion
) -> str:
    """Return the rows of a leaderboard as a table or as lines of CSV; in other formats the papers they are of.

    :param library: where to look.
    :param format: one of :func:`export_formats`.
    :param board: ``BENCHMARK/SPLIT``, one of :func:`boards`.
    :param caption: of a LaTeX table.
    :param criteria: as for :func:`leaderboard`.
    :raises ExportError: for a format that there is not, or a caption where none can be.
    :raises SelectionError: for a board, question or answer that there is not.
    """
    query = boards_of.parse_query(library, board, _texts(criteria))
    return write_board(find_export(format), library, query, ExportOptions(caption=caption))


def schema(library: Library, name: str = "record") -> dict[str, Any]:
    """Return a JSON Schema (draft 2020-12).

    :param library: whose facets, conditions and identifiers the record's schema lists.
    :param name: ``record`` for the front matter of a paper's page; ``papers`` for the export
        ``papers.json``; or a file beside the pages, such as ``venues``.
    :raises ValueError: if there is no such schema.
    """
    if name == "papers":
        return papers_schema()
    if name not in SCHEMAS:
        known = (*SCHEMAS, "papers")
        message = f"unknown schema `{name}`: {did_you_mean(name, known, 'known are ' + ', '.join(known))}"
        raise ValueError(message)
    return schema_of(name, library.registry)


def _texts(criteria: Mapping[str, Criterion]) -> dict[str, str]:
    """Return *criteria* as they are written in a directive."""
    return {
        name: str(value) if isinstance(value, str | int) else ",".join(value)
        for name, value in criteria.items()
    }
