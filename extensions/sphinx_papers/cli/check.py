"""Check every record, and say what is wrong where."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace

from sphinx_papers.cli.command import Call
from sphinx_papers.formats.folder import read_collection

HELP = "check every record, and say what is wrong where"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take no arguments."""


def run(call: Call) -> int:
    """Print each problem on a line of its own; return 1 if there is one."""
    collection = read_collection(call.places)
    for problem in collection.problems:
        print(replace(problem, file=os.path.relpath(problem.file)))
    errors, papers = len(collection.problems), len(collection.library)
    print(f"{papers} papers read, {errors} problem{'' if errors == 1 else 's'}", file=sys.stderr)
    return 1 if errors else 0
