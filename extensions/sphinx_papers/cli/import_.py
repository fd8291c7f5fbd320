"""Make pages of papers in bulk: of records, CSL-JSON, BibTeX or RIS, or of a list in Markdown in any order of columns.

A file that ends in .json, .jsonl, .yaml or .yml holds records as the front matter of pages does, each
with its citation key as `key` if it has one, or items of CSL; one in .bib is BibTeX or biblatex, one
in .ris is RIS; all others are lists in Markdown. Every item and row is accounted for: it became a page, it has one already, or it is said why it became none.
What of a row found no place in the record is said too. Needs no network, unless arXiv is asked for
what a list does not tell.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from sphinx_papers.cli.command import Call, CommandError
from sphinx_papers.cli.drafts import NewPages, add_choices, read_file
from sphinx_papers.cli.progress_line import progress
from sphinx_papers.cli.say import complain, say
from sphinx_papers.cli.web import Web
from sphinx_papers.formats.intake.arxiv import read_arxiv
from sphinx_papers.formats.intake.bibtex import read_bibtex_drafts
from sphinx_papers.formats.intake.list_draft import NOWHERE, Context, ListRow
from sphinx_papers.formats.intake.paper_list import read_paper_list
from sphinx_papers.formats.intake.records import read_records, read_yaml_records
from sphinx_papers.formats.intake.ris import read_ris
from sphinx_papers.formats.intake.words import IntakeError
from sphinx_papers.formats.records.record import record_form
from sphinx_papers.model.problem import did_you_mean
from sphinx_papers.model.records.draft import Draft, merged
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.records.venue_name import VenueNames

_BATCH = 100
_SHOWN = 100
HELP = "make pages of papers in bulk: records, CSL-JSON, BibTeX, RIS or a list in Markdown"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the list."""
    parser.add_argument(
        "lists",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="records or CSL (.json, .jsonl, .yaml), BibTeX (.bib), RIS (.ris), or a list in Markdown; several are read in turn",
    )
    parser.add_argument(
        "--source",
        default="",
        metavar="URL",
        help="address of the list, to be noted as the source of its facts",
    )
    parser.add_argument(
        "--look-up",
        action="store_true",
        help="ask arXiv for authors and dates of the papers that have an arXiv id",
    )
    parser.add_argument(
        "--venue",
        default="",
        metavar="VENUE",
        help="where the papers of a list in Markdown appeared that does not say so itself",
    )
    parser.add_argument("--year", type=int, default=0, metavar="YEAR", help="and when")
    add_choices(parser)


def run(call: Call) -> int:
    """Write a page for each row; return 1 if there is a row of which none could be made."""
    chosen = call.chosen
    texts = read_texts(chosen.lists)
    require_address(chosen.source)
    pages = NewPages(call)
    registry = call.library().registry
    venues = VenueNames(registry)
    given = Context(chosen.venue, chosen.year)
    if chosen.venue and venues.find(chosen.venue) is None:
        names = [venue.name for venue in registry.venues.values()]
        hint = did_you_mean(chosen.venue, names, "add it to venues.yml first")
        raise CommandError(f"--venue: the registry does not know `{chosen.venue}` ({hint})")
    if chosen.year and not 1900 <= chosen.year <= 2100:
        raise CommandError(f"--year: {chosen.year} is no year of a paper")
    rows = [(file, row) for file, text in texts for row in rows_of(file, text, registry, given)]
    if chosen.look_up:
        rows = _looked_up(rows, pages, Web())
    counts: Counter[str] = Counter()
    left: Counter[str] = Counter()
    # On a terminal the lines about the rows show how far it is.
    for file, row in rows if sys.stdout.isatty() else progress(rows, "row"):
        counts[_take(row, file, pages, chosen, left)] += 1
    for each, number in left.items():
        say(f"left to do on {number} of the pages: {each}")
    complain(
        f"{sum(counts.values())} rows: {counts['page']} {'would be written' if chosen.dry_run else 'written'}, "
        f"{counts['known']} known already, {counts['empty']} empty, {counts['none']} not understood"
    )
    return 1 if counts["none"] else 0


def read_texts(paths: Iterable[Path]) -> list[tuple[str, str]]:
    """Return the name and the text of each list.

    :raises CommandError: if one cannot be read.
    """
    return [(os.path.relpath(path), _text(path)) for path in paths]


def _text(path: Path) -> str:
    try:
        return read_file(path)
    except CommandError as error:
        raise CommandError(f"{path}: {error}") from error


def require_address(source: str) -> None:
    """Accept the address of a list, or none.

    :raises CommandError: if it is something else.
    """
    if source and not source.startswith(("https://", "http://")):
        raise CommandError(f"--source: `{source}` is no web address")


def rows_of(file: str, text: str, registry: Registry, given: Context = NOWHERE) -> Iterable[ListRow]:
    """Return every item, entry or row of a list, read as the end of its name says."""
    match Path(file).suffix.lower():
        case ".json" | ".jsonl":
            return read_records(text, record_form(registry), registry)
        case ".yaml" | ".yml":
            return read_yaml_records(text, record_form(registry), registry)
        case ".ris":
            return read_ris(text)
        case ".bib":
            return _bibtex_rows(text, file)
        case _:
            return read_paper_list(text, VenueNames(registry), given)


def _bibtex_rows(text: str, file: str) -> list[ListRow]:
    """Return each entry of BibTeX as a row, and what is wrong with it."""
    drafts, problems = read_bibtex_drafts(text, file)
    read = {each.line for each in drafts}
    rows = [ListRow(each.line, each.key, each.draft) for each in drafts]
    for problem in problems:
        if problem.position.line in read:
            complain(problem)
        else:
            rows.append(ListRow(problem.position.line, "", reason=problem.message))
    return sorted(rows, key=lambda row: row.line)


def _looked_up(rows: list[tuple[str, ListRow]], pages: NewPages, web: Web) -> list[tuple[str, ListRow]]:
    """Return *rows* with what arXiv knows of those that are new; the list's own words stay."""
    wanted = [
        row.draft.arxiv
        for _, row in rows
        if row.draft is not None and row.draft.arxiv and not pages.duplicate(row.draft)
    ]
    ids = list(dict.fromkeys(wanted))
    known: dict[str, Draft] = {}
    for start in progress(range(0, len(ids), _BATCH), "question to arXiv"):
        try:
            known |= read_arxiv(web.arxiv(ids[start : start + _BATCH]))
        except (IntakeError, CommandError) as error:
            complain(f"arXiv: {error} (the pages have the list's facts only)")
            break
    return [
        (file, replace(row, draft=_merged(row.draft, known[row.draft.arxiv])))
        if row.draft is not None and row.draft.arxiv in known
        else (file, row)
        for file, row in rows
    ]


def _merged(listed: Draft, looked_up: Draft) -> Draft:
    """Return what both say; of title, authors and date arXiv knows more than a list."""
    exact = replace(
        listed, title=looked_up.title, authors=looked_up.authors or listed.authors,
        date=looked_up.date or listed.date, source=looked_up.source,
    )  # fmt: skip
    return merged(exact, looked_up)


def _take(row: ListRow, file: str, pages: NewPages, chosen: argparse.Namespace, left: Counter[str]) -> str:
    """Make a page of *row*, and say what became of it; return what that was, and count in *left* what it lacks."""
    place = f"{file}:{row.line}"
    if row.draft is None and not row.reason:
        say(f"{place}: empty")
        return "empty"
    if row.draft is None:
        say(": ".join(filter(None, (place, "not understood", row.reason, row.text.strip()[:_SHOWN]))))
        return "none"
    draft = replace(row.draft, source=row.draft.source or chosen.source)
    known = pages.duplicate(draft)
    if known:
        say(f"{place}: {pages.path(known.key)} is this paper already (same {known.by}): {draft.title}")
        if other := pages.other_title(known, draft):
            say(f"  but there it is called: {other} (is the list's {known.by} right?)")
        if news := pages.publication(known.key, draft):
            say(f"  published since: {news}")
        return "known"
    try:
        key, page = pages.write(draft, draft.key)
    except CommandError as error:
        say(f"{place}: not understood: {error}")
        return "none"
    say(f"{place}: {'would write' if chosen.dry_run else 'wrote'} {pages.path(key)}: {draft.title}")
    for each in row.unused:
        say(f"  not used: {each}")
    for each in page.notes:
        say(f"  left to do: {each}")
    left.update(page.left)
    return "page"
