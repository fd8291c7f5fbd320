"""Print the JSON Schema of a page's front matter, of a registry, or of the exported `papers.json`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sphinx_papers.cli.command import Call, CommandError
from sphinx_papers.formats.exports.export import SCHEMA_FILE, schema_text
from sphinx_papers.formats.records.schemas import SCHEMAS, schema_bytes
from sphinx_papers.formats.storage.files import write_bytes

HELP = "print the JSON Schema of a page's front matter, or of the export"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to describe, and where to put it."""
    parser.add_argument(
        "of", nargs="?", choices=(*SCHEMAS, "papers"), default="record",
        help="what it describes (default: record)",
    )  # fmt: skip
    parser.add_argument("--folder", type=Path, help="write all of them into this folder instead")


def run(call: Call) -> int:
    """Print the schema for the registries of the collection, or write all schemas."""
    registry = call.library().registry
    folder: Path | None = call.chosen.folder
    if folder is None:
        of = call.chosen.of
        sys.stdout.write(schema_text() if of == "papers" else schema_bytes(of, registry).decode())
        return 0
    texts = {f"{name}.schema.json": schema_bytes(name, registry) for name in SCHEMAS}
    for name, data in {**texts, SCHEMA_FILE: schema_text().encode()}.items():
        try:
            write_bytes(folder, name, data)
        except OSError as error:
            raise CommandError(f"{folder}: {error.strerror}") from error
    return 0
