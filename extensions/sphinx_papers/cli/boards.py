"""List the leaderboards; of one, what can be asked of it, and the answers that its results give."""

from __future__ import annotations

import argparse

from sphinx_papers.cli.answering import add_common, print_answer
from sphinx_papers.cli.command import Call
from sphinx_papers.formats.answers import verbs

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
    board = call.chosen.board
    if board:
        print_answer(call, lambda library: verbs.board(library, board))
    else:
        print_answer(call, verbs.boards)
    return 0
