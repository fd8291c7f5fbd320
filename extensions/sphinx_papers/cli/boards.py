"""List the leaderboards; of one, what can be asked of it, and the answers that its results give."""

from __future__ import annotations

import argparse

from sphinx_papers.cli.answering import add_common, asked_library, print_answer
from sphinx_papers.cli.command import Call, CommandError
from sphinx_papers.formats.answers import verbs
from sphinx_papers.formats.answers.answer import AnswerError

HELP = "list the leaderboards, or what can be asked of one"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take which board."""
    parser.add_argument(
        "board", nargs="?", default="", metavar="BENCHMARK/SPLIT", help="what to ask of this one"
    )
    add_common(parser)


def run(call: Call) -> int:
    """Print the boards, or the questions of one.

    :raises CommandError: if there is no such board.
    """
    library, chosen = asked_library(call), call.chosen
    try:
        found = verbs.board(library, chosen.board) if chosen.board else verbs.boards(library)
    except AnswerError as error:
        raise CommandError(str(error)) from error
    print_answer(found, as_json=chosen.json)
    return 0
