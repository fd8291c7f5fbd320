"""Say how far the records can be relied on: states of numbers, what is unknown, what to look for next."""

from __future__ import annotations

import argparse
import sys

from sphinx_papers.cli.command import Call, CommandError
from sphinx_papers.formats.exports.audit import audit_json, audit_text
from sphinx_papers.model.problem import did_you_mean
from sphinx_papers.model.views.audit import audit

HELP = "say how far the records can be relied on, and what to look for next"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take which papers, and how to say it."""
    parser.add_argument("keys", nargs="*", metavar="KEY", help="of these papers only")
    parser.add_argument(
        "--json", action="store_true", help="as JSON for programs, with each number and each fact"
    )


def run(call: Call) -> int:
    """Print the audit.

    :raises CommandError: if there is no paper of a key.
    """
    library = call.library()
    for key in call.chosen.keys:
        if key not in library:
            hint = did_you_mean(key, library, "its page is not there, or `check` says what is wrong with it")
            raise CommandError(f"{key}: no such paper ({hint})")
    found = audit(library, call.chosen.keys or None)
    write = audit_json if call.chosen.json else audit_text
    sys.stdout.write(write(found, library.registry))
    return 0
