"""Print the JSON Schema of a page's front matter, or of the exported ``papers.json``."""

from __future__ import annotations

import argparse
import json

from sphinx_papers.cli.command import Call
from sphinx_papers.formats.exports import schema_text
from sphinx_papers.formats.record import record_schema

HELP = "print the JSON Schema of a page's front matter, or of the export"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take which schema is wanted."""
    parser.add_argument(
        "what",
        nargs="?",
        choices=("record", "papers"),
        default="record",
        help="of the front matter (record), or of the export papers.json (papers)",
    )


def run(call: Call) -> int:
    """Print the schema; that of the front matter is made for the registries of the collection."""
    if call.chosen.what == "papers":
        print(schema_text(), end="")
        return 0
    print(json.dumps(record_schema(call.library().registry), indent=2, ensure_ascii=False))
    return 0
