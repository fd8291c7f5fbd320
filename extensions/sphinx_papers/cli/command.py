"""What every command gets."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from sphinx_papers.formats.folder import Places, read_collection
from sphinx_papers.model.library import Library


@dataclass(frozen=True, slots=True)
class Call:
    """A command as it was called."""

    places: Places
    """Where the collection is."""
    chosen: argparse.Namespace
    """The arguments of the command."""

    def library(self) -> Library:
        """Read the collection; pages with problems are left out."""
        return read_collection(self.places).library
