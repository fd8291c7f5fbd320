"""What every command is, and what it gets."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import Protocol

from sphinx_papers.cli.progress_line import progress
from sphinx_papers.formats.records.folder import read_collection
from sphinx_papers.formats.storage.places import Places
from sphinx_papers.model.records.library import Library


class CommandError(Exception):
    """Why a command cannot do what it was asked for, in one line; it ends with 2."""


@dataclass(frozen=True, slots=True)
class Call:
    """A command as it was called."""

    places: Places
    """Where the collection is."""
    chosen: argparse.Namespace
    """The arguments of the command."""

    def library(self) -> Library:
        """Read the collection; pages with problems are left out."""
        return read_collection(self.places, progress=progress).library


class Command(Protocol):
    """A module that is a command."""

    HELP: str
    """One line for the list of commands."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the arguments that the command takes."""

    def run(self, call: Call) -> int:
        """Do it, and return the exit code.

        :raises CommandError: if it cannot be done.
        """
