"""Reads the command line and calls what it names."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from sphinx_papers.cli import (
    audit,
    best,
    boards,
    check,
    compare,
    export,
    find,
    import_,
    init,
    links,
    mcp,
    new,
    schema,
    show,
    watch,
)
from sphinx_papers.cli.command import Call, Command, CommandError
from sphinx_papers.cli.say import complain
from sphinx_papers.formats.storage.places import Places
from sphinx_papers.version import __version__

COMMANDS: dict[str, Command] = {
    "init": init, "new": new, "check": check, "import": import_, "watch": watch, "export": export, "audit": audit, "schema": schema,
    "links": links, "show": show, "best": best, "boards": boards, "compare": compare, "find": find, "mcp": mcp,
}  # fmt: skip
_UNEXPECTED = 3
_INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code, 2 for a wrong call, 3 for an error of the program's own."""
    chosen = parser().parse_args(arguments)
    places = Places(
        papers=chosen.papers, methods=chosen.docs / "methods", registries=chosen.docs / "registries",
        bibliography=chosen.docs / "references.bib",
    )  # fmt: skip
    try:
        # What makes a collection, and what is given the records of one, needs none.
        if chosen.command != "init" and not getattr(chosen, "records", ""):
            _require(places.papers)
        code = COMMANDS[chosen.command].run(Call(places, chosen))
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the output has seen enough
        _close_output()
        return 0
    except OSError as error:  # a full disk below the output, a folder that may not be read
        if chosen.debug:
            raise
        complain(f"{error.filename or 'the output'}: {error.strerror or error}")
        _close_output()
        return 2
    except KeyboardInterrupt:
        return _INTERRUPTED
    except CommandError as error:
        if chosen.debug:
            raise
        complain(error)
        return 2
    except Exception as error:
        if chosen.debug:
            raise
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        complain(f"this should not have happened: {what} (--debug shows where)")
        return _UNEXPECTED
    return code


def _close_output() -> None:
    """Let what was not written yet go: Python would try again at its end, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _require(folder: Path) -> None:
    if not folder.is_dir():
        raise CommandError(f"{folder}: no such folder (run this where `papers` is, or say --papers)")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line, which is also what the reference is made of."""
    parser = argparse.ArgumentParser(prog="sphinx-papers", description=sys.modules[__package__ or ""].__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument(
        "--papers", type=Path, default=Path("papers"), help="folder of the paper pages (default: papers)"
    )
    parser.add_argument(
        "--docs", type=Path, default=Path("docs"), help="folder of the site's source (default: docs)"
    )
    parser.add_argument("--debug", action="store_true", help="show where in the program an error arose")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, command in COMMANDS.items():
        command.arguments(commands.add_parser(name, help=command.HELP, description=command.__doc__))
    return parser
