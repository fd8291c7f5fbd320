"""Check every record and how every page is written, and say what is wrong where.

With --bib a bibliography of your own is checked against the records instead: preprints of what has
been published, wrong years, venues, pages and identifiers, unprotected capitals, missing authors and
papers that are there twice. --fix then writes what the records say, and leaves all else as it is.
The exit code is 0 without errors, 1 with errors (with --strict with warnings too) and 2 for a
wrong call.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sphinx_papers.cli.check_bib import check_bibliographies
from sphinx_papers.cli.command import Call, CommandError
from sphinx_papers.cli.progress_line import progress
from sphinx_papers.cli.say import complain, counted
from sphinx_papers.formats.checks.findings import FORMATS
from sphinx_papers.formats.checks.fix import fix_page
from sphinx_papers.formats.checks.inspection import inspect
from sphinx_papers.formats.records.record import RecordForm, record_form
from sphinx_papers.formats.storage.files import examine, write_bytes
from sphinx_papers.formats.storage.places import page_files
from sphinx_papers.model.codes import Severity
from sphinx_papers.model.records.depth import depths
from sphinx_papers.model.records.registry import Registry

HELP = "check every record and every page, and say what is wrong where"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to check and how to say it."""
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH",
        help="report on these pages, registries or folders only; all are read all the same",
    )  # fmt: skip
    parser.add_argument(
        "--format", choices=sorted(FORMATS), default="text", help="how to say it (default: text)"
    )
    parser.add_argument(
        "--fix", action="store_true",
        help="first mend the order of keys, quotes, and forms of dates, names and identifiers",
    )  # fmt: skip
    parser.add_argument("--strict", action="store_true", help="let warnings fail as errors do")
    parser.add_argument(
        "--bib", action="append", type=Path, metavar="FILE", default=[],
        help="check this BibTeX file of yours against the records, and nothing else",
    )  # fmt: skip
    parser.add_argument(
        "--records", default="", metavar="PAPERS.JSON",
        help="with --bib: the records as a site publishes them, a file or an address, in place of a checkout",
    )  # fmt: skip


def run(call: Call) -> int:
    """Print each finding; return 1 if there is an error."""
    chosen = call.chosen
    if chosen.bib:
        return check_bibliographies(call)
    if chosen.records:
        raise CommandError("--records is for --bib: pages are checked where they are")
    wanted = [_absolute(path) for path in chosen.paths]
    for path in chosen.paths:
        if not path.exists():
            raise CommandError(f"{path}: no such file or folder")
    places = call.places
    folders = (places.papers, places.methods, places.registries, places.bibliography)
    read = [_absolute(each) for each in folders if each is not None]
    for path, here in zip(chosen.paths, wanted, strict=True):
        if not any(here == each or here in each.parents or each in here.parents for each in read):
            raise CommandError(
                f"{path}: nothing of it is checked (pages, registries and the bibliography are)"
            )
    if chosen.fix:
        for path in _mended(call, wanted):
            complain(f"mended {os.path.relpath(path)}")
    with _without_collector():
        inspection = inspect(call.places, progress)
    found = [
        replace(problem, file=os.path.relpath(problem.file))
        for problem in inspection.problems
        if _is_wanted(Path(problem.file), wanted)
    ]
    sys.stdout.write(FORMATS[chosen.format](found))
    library = inspection.collection.library
    pages = [f"{number} {each}" for each, number in depths(library).items() if number]
    told = f" ({', '.join(pages)})" if len(pages) > 1 else ""
    errors = sum(problem.severity is Severity.ERROR for problem in found)
    warnings = len(found) - errors
    complain(
        f"{counted(len(library), 'paper')} read{told}, {counted(errors, 'error')}, {counted(warnings, 'warning')}"
    )
    return 1 if errors or (warnings and chosen.strict) else 0


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keep Python from looking for garbage among thousands of values that all stay: a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _mended(call: Call, wanted: list[Path]) -> list[Path]:
    """Mend the pages that are wanted, and return those that changed."""
    registry = call.library().registry
    form = record_form(registry)
    pages = [path for path in page_files(call.places.papers) if _is_wanted(path, wanted)]
    return [path for path in progress(pages, "mending page") if _mend(path, form, registry)]


def _mend(path: Path, form: type[RecordForm], registry: Registry) -> bool:
    """Mend a page, and say whether it changed; what cannot be read is left for the check to tell."""
    try:
        examine(path)
        whole = path.read_bytes()
        text = whole.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return False
    fixed = fix_page(text, path.stem, form, registry)
    if fixed == text:
        return False
    mark = whole[:3] if whole.startswith(b"\xef\xbb\xbf") else b""
    try:
        target = path.resolve()  # a link to another page stays one
        write_bytes(target.parent, target.name, mark + fixed.encode())
    except OSError as error:
        raise CommandError(f"{os.path.relpath(path)} cannot be written: {error.strerror or error}") from error
    return True


def _is_wanted(file: Path, wanted: list[Path]) -> bool:
    here = _absolute(file)
    return not wanted or any(here == path or path in here.parents for path in wanted)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100  follows no links, as files are named without
