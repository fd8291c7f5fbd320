"""Print the JSON Schema of a page's front matter."""

from __future__ import annotations

import argparse
import json

from sphinx_papers.cli.command import Call
from sphinx_papers.formats.record import record_schema

HELP = "print the JSON Schema of a page's front matter"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take no arguments."""


def run(call: Call) -> int:
    """Print the schema for the registries of the collection."""
    print(json.dumps(record_schema(call.library().registry), indent=2, ensure_ascii=False))
    return 0
