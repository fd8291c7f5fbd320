"""The part of ``check`` that judges an author's own bibliography by the records."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from sphinx_papers.cli.answering import published
from sphinx_papers.cli.command import Call, CommandError
from sphinx_papers.cli.say import complain, counted
from sphinx_papers.formats.checks.cited import Bibliographer
from sphinx_papers.formats.checks.findings import FORMATS
from sphinx_papers.formats.storage.files import write_bytes
from sphinx_papers.model.codes import Severity
from sphinx_papers.model.problem import Problem
from sphinx_papers.model.records.library import Library

_MARK = b"\xef\xbb\xbf"


def check_bibliographies(call: Call) -> int:
    """Print what is wrong with the bibliographies that were named; return 1 if there is an error.

    :raises CommandError: if a file cannot be read or written, or is not what it should be.
    """
    chosen = call.chosen
    if chosen.paths:
        raise CommandError(f"{chosen.paths[0]}: --bib checks the bibliography alone; leave the path out")
    files = [(path, *_read(path)) for path in chosen.bib]
    bibliographer = Bibliographer(_library(call))
    problems: list[Problem] = []
    told = []
    for path, mark, text in files:
        if chosen.fix:
            text = _mend(path, mark, text, bibliographer)  # noqa: PLW2901
        report = bibliographer.report(text.replace("\r\n", "\n"), os.path.relpath(path))
        problems += report.problems
        told.append(f"{counted(report.entries, 'entry', 'entries')}, {report.known} known")
    sys.stdout.write(FORMATS[chosen.format](problems))
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    complain(f"{'; '.join(told)}, {counted(errors, 'error')}, {counted(warnings, 'warning')}")
    return 1 if errors or (warnings and chosen.strict) else 0


def _library(call: Call) -> Library:
    """Return the records of the checkout, or those that were published."""
    place = call.chosen.records
    return published(place) if place else call.library()


def _read(path: Path) -> tuple[bytes, str]:
    """Return the mark that the file begins with, if any, and its text with the line ends that it has."""
    try:
        if path.exists() and not path.is_file():
            raise CommandError(f"{path}: it is no file")
        data = path.read_bytes()
        mark = _MARK if data.startswith(_MARK) else b""
        return mark, data[len(mark) :].decode()
    except UnicodeDecodeError as error:
        raise CommandError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror or error}") from error


def _mend(path: Path, mark: bytes, text: str, bibliographer: Bibliographer) -> str:
    """Write what the records say into the file, and return its text."""
    fixed = bibliographer.mended(text)
    if fixed != text:
        target = path.resolve()  # a link to the file stays one
        try:
            write_bytes(target.parent, target.name, mark + fixed.encode())
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror or error}") from error
        complain(f"mended {os.path.relpath(path)}")
    return fixed
