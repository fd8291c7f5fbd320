"""Say page by page which links are broken, moved or could not be asked, from what Sphinx's `linkcheck` found."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from sphinx_papers.cli.command import Call, CommandError
from sphinx_papers.formats.exports.markdown import escaped
from sphinx_papers.formats.storage.files import write_bytes

HELP = "say page by page which links are broken, from what Sphinx's linkcheck found"
_SHOWN: Mapping[str, str] = {
    "broken": "broken",
    "timeout": "no answer in time",
    "unavailable": "not to be had today",
    "rate-limited": "asked too often",
    "redirected": "moved for good",
}
"""What is told of a page, the worst first; what works, was not asked or moves with each visit is only counted."""
_PERMANENT = frozenset({301, 308})


class CheckedLink(NamedTuple):
    """A link as Sphinx found it."""

    page: str
    line: int
    status: str
    address: str
    info: str


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take what linkcheck wrote, and where the report goes."""
    parser.add_argument("found", type=Path, metavar="FILE", help="`output.json` of Sphinx's linkcheck")
    parser.add_argument(
        "-o", "--output", type=Path, help="file for the report, in Markdown (default: print it)"
    )


def run(call: Call) -> int:
    """Write the report.

    :raises CommandError: if the file is none of linkcheck's, or the report cannot be written.
    """
    report = report_text(read_links(call.chosen.found))
    output: Path | None = call.chosen.output
    if output is None:
        sys.stdout.write(report)
        return 0
    try:
        write_bytes(output.parent, output.name, report.encode())
    except OSError as error:
        raise CommandError(f"{output}: {error.strerror}") from error
    return 0


def read_links(path: Path) -> list[CheckedLink]:
    """Return what was found, by page and line.

    The file has a JSON object on each line (https://www.sphinx-doc.org/en/master/usage/builders/index.html).
    An address that stands on several pages was asked once, and is in the file with the first of them.

    :raises CommandError: if there is no such file, or a line of it is none of linkcheck's.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: cannot be read (`make linkcheck` writes it)") from error
    links = []
    for number, line in enumerate(lines, start=1):
        try:
            links.append(_link(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise CommandError(f"{path}:{number}: not what Sphinx's linkcheck writes") from error
    return sorted(links)


def _link(found: Mapping[str, object]) -> CheckedLink:
    """Return a line of linkcheck's.

    A redirection that may be another tomorrow counts as working. A service that is unavailable Sphinx calls ignored,
    like what it was told to ignore, but says so.
    """
    status, code = str(found["status"]), found["code"]
    if status == "ignored" and found["info"]:
        status = "unavailable"
    if status == "redirected" and code not in _PERMANENT:
        status = "working"
    return CheckedLink(
        page=str(found["filename"]),
        line=int(str(found["lineno"])),
        status=status,
        address=str(found["uri"]),
        info=" ".join(str(found["info"]).split()),
    )


def report_text(links: Iterable[CheckedLink]) -> str:
    """Return the report as Markdown: how many links there are of each kind, then what is to be done by page."""
    links = list(links)
    told = [link for link in links if link.status in _SHOWN]
    counts = Counter(link.status for link in links)
    shown = [f"{counts[status]:,} {name}" for status, name in _SHOWN.items() if counts[status]]
    asked = len(links) - counts["ignored"] - counts["unchecked"]
    parts = ["# Links", f"Addresses asked: {asked:,}. {'; '.join(shown).capitalize() or 'Nothing to mend'}."]
    if told:
        parts.append("An address that stands on several pages is named under the first of them.")
    for page in sorted({link.page for link in told}):
        own = [link for link in told if link.page == page]
        own.sort(key=lambda link: ([*_SHOWN].index(link.status), link.line, link.address))
        lines = (
            f"- line {link.line}, {_SHOWN[link.status]}: <{link.address}>"
            f"{f' ({escaped(link.info)})' if link.info else ''}"
            for link in own
        )
        parts.append(f"## {escaped(page)}\n\n" + "\n".join(lines))
    return "\n\n".join(parts) + "\n"
