"""Write the page of a paper: the record filled in, and a heading; summary and sections are yours to write.

A paper is named by its arXiv id, its DOI, the address of its page at the publisher, or a BibTeX file,
which needs no network. A page that is there is never written over; a paper that has one is told. The
key of a page that nobody has written yet puts the headings of its sections below its heading, each
with a comment that says what belongs there.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from sphinx_papers.cli.command import Call, CommandError
from sphinx_papers.cli.drafts import NewPages, add_choices, read_file
from sphinx_papers.cli.progress_line import progress
from sphinx_papers.cli.say import complain, say
from sphinx_papers.cli.web import Web
from sphinx_papers.formats.intake.arxiv import read_arxiv
from sphinx_papers.formats.intake.bibtex import read_bibtex_drafts
from sphinx_papers.formats.intake.csl_json import read_csl_json
from sphinx_papers.formats.intake.identifiers import PaperReference, read_reference
from sphinx_papers.formats.intake.webpage import read_webpage
from sphinx_papers.formats.intake.words import IntakeError
from sphinx_papers.model.records.draft import Draft, merged

HELP = "write the page of a paper from its arXiv id, DOI, address or BibTeX"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take what names the papers."""
    parser.add_argument(
        "papers_named", nargs="+", metavar="PAPER",
        help="arXiv id (2105.08965), DOI (10.1109/...), address (https://...), file.bib, or the key of a listed page",
    )  # fmt: skip
    parser.add_argument(
        "--key", default="", help="the citation key, if not the one Google Scholar would give"
    )
    add_choices(parser)


def run(call: Call) -> int:
    """Write a page for each paper; return 1 if one could not be written."""
    pages = NewPages(call)
    begun = [text for text in call.chosen.papers_named if pages.has(text)]
    for key in begun:
        say(f"{'would begin' if call.chosen.dry_run else 'began'} {pages.begin(key)}")
    drafts, failures = _read(call, pages, [text for text in call.chosen.papers_named if text not in begun])
    for failure in failures:
        complain(failure)
    if call.chosen.key and len(drafts) > 1:
        raise CommandError(f"--key names one paper, and there are {len(drafts)}")
    failed = bool(failures)
    written = begun
    for draft in drafts:
        known = pages.duplicate(draft)
        if known:
            say(f"{pages.path(known.key)} is this paper already (same {known.by}){_titled(draft)}")
            if news := pages.publication(known.key, draft):
                say(f"  published since: {news}")
            continue
        try:
            key, page = pages.write(draft, call.chosen.key)
        except CommandError as error:
            complain(error)
            failed = True
            continue
        written.append(key)
        say(f"{'would write' if call.chosen.dry_run else 'wrote'} {pages.path(key)}{_titled(draft)}")
        for each in (*page.notes, *page.left):
            say(f"  left to do: {each}")
    if written and not call.chosen.dry_run:
        say(f"then: sphinx-papers check {' '.join(pages.path(key) for key in written)}")
    return 1 if failed else 0


def _titled(draft: Draft) -> str:
    return f": {draft.title}" if draft.title else ""


def _read(call: Call, pages: NewPages, named: list[str]) -> tuple[list[Draft], list[str]]:
    """Return what is known of the papers that are *named*, and a line for each that cannot be read."""
    web = Web()
    drafts: list[Draft] = []
    failures: list[str] = []
    for text in progress(named, "paper"):
        try:
            reference = read_reference(text)
            told = _named(reference)
            if pages.duplicate(told):  # nobody needs to be asked
                drafts.append(told)
                continue
            found, unread = _drafts(reference, web)
        except (IntakeError, CommandError) as error:
            if call.chosen.debug:
                raise
            failures.append(f"{text}: {error}")
        else:
            drafts += found
            failures += unread
    return drafts, failures


def _named(reference: PaperReference) -> Draft:
    """Return what a name alone tells."""
    return Draft(
        arxiv=reference.name if reference.kind == "arxiv" else "",
        doi=reference.name if reference.kind == "doi" else "",
    )


def _drafts(reference: PaperReference, web: Web) -> tuple[list[Draft], list[str]]:
    """Return what is known of the papers that *reference* names, and a line for each that cannot be read.

    :raises IntakeError: if an answer cannot be understood.
    :raises CommandError: if there is no answer.
    """
    match reference.kind:
        case "bibtex":
            read, problems = read_bibtex_drafts(read_file(Path(reference.name)), reference.name)
            if not read and not problems:
                raise IntakeError("there is no entry in it")
            return [each.draft for each in read], [str(problem) for problem in problems]
        case "arxiv":
            found = read_arxiv(web.arxiv([reference.name]))
            if reference.name not in found:
                raise IntakeError("arXiv has no paper of this id; is it spelt right?")
            return [_with_publication(found[reference.name], web)], []
        case "doi":
            return [read_csl_json(web.doi(reference.name))], []
        case _:
            return [read_webpage(web.page(reference.name), reference.name)], []


def _with_publication(draft: Draft, web: Web) -> Draft:
    """Return a preprint with what its publisher says; only arXiv knows when it was first public."""
    if not draft.doi:
        return draft
    try:
        published = read_csl_json(web.doi(draft.doi))
    except (IntakeError, CommandError) as error:
        note = f"what the publisher knows: {draft.doi}: {error} (the page has arXiv's facts only)"
        return replace(draft, notes=(*draft.notes, note))
    return merged(replace(published, date=draft.date, source=draft.source, notes=()), draft)
