"""Answer agents over MCP, on standard input and output: the same verbs as `show`, `best`, `boards`, `compare` and `find`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from sphinx_papers.cli.answering import add_records, asked_library
from sphinx_papers.cli.command import Call, CommandError
from sphinx_papers.formats.answers import verbs
from sphinx_papers.formats.answers.answer import AnswerError
from sphinx_papers.formats.answers.written import answer_text, paper_text
from sphinx_papers.formats.text.plain import visible
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.tables.select import SelectionError
from sphinx_papers.version import __version__

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

HELP = "answer agents over MCP, on standard input and output"
INSTRUCTIONS = (
    "Answers come from records of papers. Each number is given with its conditions and its source; what a record does not "
    "say is unknown, so do not fill it in. Numbers compare only under the same conditions: say the conditions when you "
    "report one, and cite its source. Begin with `boards` to see what can be asked."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take where the records are."""
    add_records(parser)


def run(call: Call) -> int:
    """Serve until the other side hangs up.

    :raises CommandError: if the package `mcp` is not there, or there are no records.
    """
    try:
        import mcp  # noqa: F401, PLC0415  optional
    except ImportError as error:
        raise CommandError("this needs the package mcp: pip install 'sphinx-papers[mcp]'") from error
    server(asked_library(call)).run("stdio")
    return 0


def server(library: Library) -> MCPServer:
    """Return the server that answers from *library*."""
    from mcp.server.mcpserver import MCPServer  # noqa: PLC0415  optional, and takes a second to load
    from mcp.server.mcpserver.exceptions import ToolError  # noqa: PLC0415
    from mcp.types import ToolAnnotations  # noqa: PLC0415

    found = MCPServer("sphinx-papers", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING")

    def told(answer: Callable[[], str]) -> str:
        try:
            text = answer()
        except (AnswerError, SelectionError) as error:
            raise ToolError(visible(str(error))) from error
        return "\n".join(map(visible, text.splitlines()))

    def show(paper: str, board: str = "", most: int = verbs.RESULTS) -> str:
        """Show a paper: its facts, results with conditions and sources, and what others reached who ran it.

        paper: citation key, name of the method, arXiv identifier, DOI or title. board: only results of this
        BENCHMARK/SPLIT. most: so many results.
        """

        def text() -> str:
            place = verbs.known_board(library, board) if board else ""
            return paper_text(library, verbs.find_paper(library, paper), place, _some(most))

        return told(text)

    def best(board: str, where: dict[str, str] | None = None, most: int = verbs.ROWS) -> str:
        """Say what is best on a leaderboard, for each set of labels and inputs apart, as only these compare.

        board: BENCHMARK/SPLIT. where: conditions and their answers, such as {"supervision": "image", "inputs": "none",
        "backbone": "ResNet-101"}; several answers apart by commas; `boards` lists both. {"until": "2021-06"} asks for the board
        as it was at the end of that month. most: so many results.
        """
        return told(lambda: answer_text(verbs.best(library, board, where or {}, _some(most))))

    def boards(board: str = "") -> str:
        """List the leaderboards. board: list instead what can be asked of this one, and the answers there are."""
        return told(lambda: answer_text(verbs.board(library, board) if board else verbs.boards(library)))

    def compare(papers: list[str]) -> str:
        """Compare papers by the results that share their conditions, and say why others do not compare.

        papers: two to five citation keys or names of methods.
        """
        return told(lambda: answer_text(verbs.compare(library, papers)))

    def find(words: str = "", where: dict[str, str] | None = None, most: int = verbs.PAPERS) -> str:
        """Find papers by words in names, titles, summaries, authors, methods and venues.

        words: all of them must be there. where: fields and their values, such as {"year": "2022-", "method": "transformers"}. most: so many papers.
        """
        return told(lambda: answer_text(verbs.find(library, words, where or {}, _some(most))))

    for verb in (show, best, boards, compare, find):
        found.tool(annotations=ToolAnnotations(read_only_hint=True), structured_output=False)(verb)
    return found


def _some(most: int) -> int:
    if most < 1:
        raise AnswerError(f"`most` is a whole number from 1, not {most}")
    return most
