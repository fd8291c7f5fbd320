"""Reads the command line and calls what it names."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sphinx_papers.cli import check, export, schema
from sphinx_papers.cli.command import Call, Command
from sphinx_papers.formats.places import Places
from sphinx_papers.version import __version__

COMMANDS: dict[str, Command] = {"check": check, "schema": schema, "export": export}


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 0, or 1 for problems in the pages, or 2 for a wrong call."""
    chosen = _parser().parse_args(arguments)
    places = Places(
        papers=chosen.papers, methods=chosen.docs / "methods", registries=chosen.docs / "registries",
        bibliography=chosen.docs / "references.bib",
    )  # fmt: skip
    if not places.papers.is_dir():
        print(
            f"{places.papers}: no such folder (run this where `papers` is, or say --papers)", file=sys.stderr
        )
        return 2
    return COMMANDS[chosen.command].run(Call(places, chosen))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sphinx-papers", description=sys.modules[__package__ or ""].__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--papers", type=Path, default=Path("papers"), help="folder of the paper pages")
    parser.add_argument("--docs", type=Path, default=Path("docs"), help="folder of the site's source")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, command in COMMANDS.items():
        command.arguments(commands.add_parser(name, help=command.HELP, description=command.__doc__))
    return parser
