"""Show the record of a paper: facts, results with their conditions and sources, what others reached."""

from __future__ import annotations

import argparse
import json
import sys

from sphinx_papers.cli.answering import add_common, add_most, asked_library, print_text
from sphinx_papers.cli.command import Call, CommandError
from sphinx_papers.formats.answers import verbs
from sphinx_papers.formats.answers.answer import AnswerError
from sphinx_papers.formats.answers.written import paper_text
from sphinx_papers.formats.exports.papers_json import json_line

HELP = "show a paper: its facts, results with conditions and sources, and what others reached"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take which paper, and of which board its results."""
    parser.add_argument(
        "paper", nargs="+", metavar="PAPER",
        help="citation key, name of the method, arXiv identifier, DOI or title",
    )  # fmt: skip
    parser.add_argument("--board", default="", metavar="BENCHMARK/SPLIT", help="results of this board alone")
    add_most(parser, verbs.RESULTS, "results, and half as many reproductions")
    add_common(parser)


def run(call: Call) -> int:
    """Print the record; as JSON it is that of `papers.json`.

    :raises CommandError: if no paper, or several, are called so, or there is no such board.
    """
    library, chosen = asked_library(call), call.chosen
    try:
        paper = verbs.find_paper(library, " ".join(chosen.paper))
        board = verbs.known_board(library, chosen.board) if chosen.board else ""
    except AnswerError as error:
        raise CommandError(str(error)) from error
    if chosen.json:
        sys.stdout.write(
            json.dumps(json.loads(json_line(paper, library.registry)), ensure_ascii=False, indent=1) + "\n"
        )
    else:
        print_text(paper_text(library, paper, board, chosen.most))
    return 0
