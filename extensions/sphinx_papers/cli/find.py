"""Find papers by words in their names, titles, summaries, authors, methods and venues, and by what they are."""

from __future__ import annotations

import argparse

from sphinx_papers.cli.answering import add_common, add_most, parted, print_answer
from sphinx_papers.cli.command import Call
from sphinx_papers.formats.answers import verbs
from sphinx_papers.formats.answers.answer import FindAnswer
from sphinx_papers.model.records.library import Library

HELP = "find papers by words, authors, methods, years"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take words and fields, and how many papers are wanted."""
    parser.add_argument(
        "words", nargs="*", metavar="WORD|FIELD=VALUE",
        help="words that all must be there, and fields as the table directive takes them, such as year=2022- method=transformers",
    )  # fmt: skip
    add_most(parser, verbs.PAPERS, "papers")
    add_common(parser)


def run(call: Call) -> int:
    """Print the papers, and how many there are; return 1 if there is none.

    :raises CommandError: for a field or value that there is not.
    """

    def ask(library: Library) -> FindAnswer:
        words, criteria = parted(call.chosen.words)
        return verbs.find(library, " ".join(words), criteria, call.chosen.most)

    found = print_answer(call, ask)
    return 0 if found.total else 1
