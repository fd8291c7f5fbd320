"""Say what is best on a leaderboard under the conditions that are asked for: of each set of labels and inputs, as only these compare."""

from __future__ import annotations

import argparse

from sphinx_papers.cli.answering import add_common, add_most, parted, print_answer
from sphinx_papers.cli.command import Call, CommandError
from sphinx_papers.formats.answers import verbs

HELP = "say what is best on a leaderboard, under which conditions, and where that was read"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take a board, conditions, and how many results are wanted."""
    parser.add_argument("board", metavar="BENCHMARK/SPLIT", help="one of those that `boards` lists")
    parser.add_argument(
        "where", nargs="*", metavar="QUESTION=ANSWER",
        help="the filters of the leaderboard, such as supervision=image inputs=none; `boards BENCHMARK/SPLIT` lists them; until=2021-06 asks for the end of that month",
    )  # fmt: skip
    add_most(parser, verbs.ROWS, "results, and ties of the last")
    add_common(parser)


def run(call: Call) -> int:
    """Print the best results.

    :raises CommandError: for a board, question or answer that there is not.
    """
    chosen = call.chosen
    print_answer(call, lambda library: verbs.best(library, chosen.board, criteria(chosen.where), chosen.most))
    return 0


def criteria(where: list[str]) -> dict[str, str]:
    """Return the conditions in *where*.

    :raises CommandError: if something in it is none.
    """
    words, found = parted(where)
    if words:
        raise CommandError(f"`{words[0]}` is no condition: write QUESTION=ANSWER, such as supervision=image")
    return found
