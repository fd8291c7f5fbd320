"""What the commands that answer questions have in common: the records that are asked, and how it is said."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from sphinx_papers.cli.command import Call, CommandError
from sphinx_papers.cli.drafts import read_file
from sphinx_papers.formats.answers.answer import Answer, AnswerError
from sphinx_papers.formats.answers.verbs import require_words
from sphinx_papers.formats.answers.written import answer_json, answer_text
from sphinx_papers.formats.intake.published import read_published
from sphinx_papers.formats.intake.words import IntakeError
from sphinx_papers.formats.text.plain import visible
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.tables.select import SelectionError

Given = TypeVar("Given", bound=Answer)


def add_records(parser: argparse.ArgumentParser) -> None:
    """Take where the records are, if not here."""
    parser.add_argument(
        "--records", default="", metavar="FILE|URL",
        help="the papers.json of a site: asked in place of the collection here",
    )  # fmt: skip


def add_common(parser: argparse.ArgumentParser) -> None:
    """Take where the records are, and whether programs read the answer."""
    add_records(parser)
    parser.add_argument("--json", action="store_true", help="as JSON for programs")


def add_most(parser: argparse.ArgumentParser, default: int, what: str) -> None:
    """Take how many of *what* are told."""
    parser.add_argument(
        "--most", type=_count, default=default, metavar="N", help=f"so many {what} (default: {default})"
    )


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"`{text}` is no whole number from 1")
    return int(text)


def published(place: str) -> Library:
    """Return the records at *place*, a file or an address.

    :raises CommandError: if there are none.
    """
    if place.startswith(("https://", "http://")):
        from sphinx_papers.cli.web import Web  # noqa: PLC0415  takes longer to load than a file to read

        text = Web().records(place).decode("utf-8", "replace")
    else:
        try:
            text = read_file(Path(place))
        except CommandError as error:
            raise CommandError(f"{place}: {error}") from error
    try:
        return read_published(text)
    except IntakeError as error:
        raise CommandError(f"{place}: {error}") from error


def asked_library(call: Call) -> Library:
    """Return the records that are asked.

    :raises CommandError: if there are none, or they do not say what their words mean.
    """
    place = call.chosen.records
    if not place:
        return call.library()
    library = published(place)
    try:
        require_words(library)
    except ValueError as error:
        raise CommandError(f"{place}: {error}") from error
    return library


def parted(given: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Return what of *given* is no FIELD=VALUE, and what is.

    :raises SelectionError: if a field is given twice.
    """
    words = [each for each in given if "=" not in each]
    pairs = [each.partition("=")[::2] for each in given if "=" in each]
    criteria = dict(pairs)
    if len(criteria) < len(pairs):
        raise SelectionError("each field can be given once; separate its values by commas")
    return words, criteria


def print_answer(call: Call, ask: Callable[[Library], Given]) -> Given:
    """Print what *ask* answers of the records that are asked, and return it.

    :raises CommandError: if there are no records, or the question cannot be understood.
    """
    library = asked_library(call)
    try:
        answer = ask(library)
    except (AnswerError, SelectionError) as error:
        raise CommandError(str(error)) from error
    if call.chosen.json:
        sys.stdout.write(answer_json(answer))
    else:
        print_text(answer_text(answer))
    return answer


def print_text(text: str) -> None:
    """Print *text* line by line, so that nothing in it acts on a terminal."""
    sys.stdout.write("".join(f"{visible(line)}\n" for line in text.splitlines()))
