"""Ask arXiv for papers of the field that are not here: one question, which `watch.yml` beside the registries holds.

Prints them, the newest first, or writes them as listed pages. What is here is known by arXiv id, DOI
and title; what fits the question and does not belong stands under `ignore` of the file.
"""

from __future__ import annotations

import argparse
import datetime as dt

from sphinx_papers.cli.command import Call, CommandError
from sphinx_papers.cli.drafts import NewPages, add_choices, today
from sphinx_papers.cli.say import complain, say
from sphinx_papers.cli.web import Web
from sphinx_papers.formats.exports.markdown import escaped
from sphinx_papers.formats.intake.arxiv import read_arxiv
from sphinx_papers.formats.intake.words import IntakeError
from sphinx_papers.formats.records.watch import WATCH, read_watch
from sphinx_papers.model.records.draft import Draft
from sphinx_papers.model.records.person import short_authors
from sphinx_papers.model.records.title import plain_title

_CALLS = str.maketrans({"@": "&#64;", "#": "&#35;"})
HELP = "ask arXiv for papers of the field that are not here"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take how far to look back, and what to do with what is found."""
    parser.add_argument(
        "--days", type=int, default=0, metavar="N", help="only papers of the last N days (default: any)"
    )
    parser.add_argument("--write", action="store_true", help="write them as listed pages")
    parser.add_argument(
        "--format", choices=("text", "markdown"), default="text",
        help="how to print them; markdown makes a list for an issue (default: text)",
    )  # fmt: skip
    add_choices(parser)


def run(call: Call) -> int:
    """Print or write what is found; return 1 if a page could not be written."""
    chosen = call.chosen
    watch, problems = read_watch(call.places.registries)
    if watch is None:
        path = call.places.registries / WATCH
        told = [str(problem) for problem in problems] or [f"{path}: there is no such file to say what to ask"]
        raise CommandError("; ".join(told))
    pages = NewPages(call)
    try:
        found = read_arxiv(Web().arxiv_search(watch.query, watch.most))
    except IntakeError as error:
        raise CommandError(str(error)) from error
    new = [
        draft
        for arxiv, draft in found.items()
        if arxiv not in watch.ignore and not pages.duplicate(draft) and draft.date >= _since(chosen.days)
    ]
    new.sort(key=lambda draft: (draft.date, draft.arxiv), reverse=True)
    failed = False
    for draft in new:
        if not chosen.write:
            say(_markdown(draft) if chosen.format == "markdown" else _line(draft))
            continue
        try:
            key, _ = pages.write(draft)
        except CommandError as error:
            complain(error)
            failed = True
        else:
            say(f"{'would write' if chosen.dry_run else 'wrote'} {pages.path(key)}: {draft.title}")
    complain(f"{len(found)} papers fit, {len(new)} of them are not here")
    return 1 if failed else 0


def _since(days: int) -> str:
    """Return the first day that counts; before all days where any does."""
    return str(dt.date.fromisoformat(today()) - dt.timedelta(days=days)) if days > 0 else ""


def _line(draft: Draft) -> str:
    return f"{draft.arxiv}  {draft.date}  {plain_title(draft.title)} ({short_authors(draft.authors)})"


def _markdown(draft: Draft) -> str:
    """Return an item of a list; a title or a name calls nobody on a code hosting site, and names no issue."""
    text = f"{plain_title(draft.title)} ({short_authors(draft.authors)}, {draft.date})"
    shown = escaped(text).translate(_CALLS)
    return f"- [ ] {shown}: <https://arxiv.org/abs/{draft.arxiv}>, `sphinx-papers new {draft.arxiv}`"
