"""Make a site for another field: a folder that builds as it is, with registries, workflow and README.

The lists that are named become its pages, as `import` makes them: every row is accounted for. The
venues that they name become its registry of venues, to be looked through. Without any option, and on
a terminal, it asks what is wanted.
"""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from sphinx_papers.cli import import_
from sphinx_papers.cli.command import Call, CommandError
from sphinx_papers.cli.say import say
from sphinx_papers.formats.intake.new_site import (
    THEMES,
    VENUES,
    SitePlan,
    facet_presets,
    site_files,
    venues_yaml,
    with_venues,
)
from sphinx_papers.formats.intake.words import one_line
from sphinx_papers.formats.storage.files import write_bytes
from sphinx_papers.formats.storage.places import Places
from sphinx_papers.formats.text.safe_text import text_flaw
from sphinx_papers.model.problem import did_you_mean
from sphinx_papers.model.records.registry import VenueKind

HELP = "make a site for another field, of a list if there is one"
_NONE = "none"
_FACETS = "kind"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the folder, and what the site should be."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new folder, or an empty one")
    parser.add_argument("--title", default="", help="what the site is called (default: made of DIR)")
    parser.add_argument("--author", default="", help="who writes it (default: the contributors)")
    parser.add_argument("--theme", choices=list(THEMES), default="", help="its theme (default: furo)")
    parser.add_argument(
        "--facets", default="", metavar="NAME,...",
        help=f"by what papers are told apart: {', '.join(facet_presets())}, or none (default: {_FACETS})",
    )  # fmt: skip
    parser.add_argument(
        "--from", action="append", type=Path, default=[], metavar="FILE", dest="lists",
        help="a list of papers in any form that `import` reads; may be given several times",
    )  # fmt: skip
    parser.add_argument(
        "--source", default="", metavar="URL", help="address of the list, noted as the source of its facts"
    )


def run(call: Call) -> int:
    """Write the site, and the pages of its papers.

    :raises CommandError: if the folder holds something, or a list cannot be read; nothing is written then.
    """
    folder = call.chosen.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CommandError(f"{folder}: there is something already; name a new folder")
    chosen = _asked(call.chosen) if _is_open(call.chosen) else call.chosen
    plan = _plan(chosen)
    texts = import_.read_texts(chosen.lists)
    import_.require_address(chosen.source)
    files = site_files(plan)
    docs = folder / "docs"
    places = Places(
        papers=folder / "papers", methods=docs / "methods", registries=docs / "registries",
        bibliography=docs / "references.bib",
    )  # fmt: skip
    try:
        for name, text in files.items():
            write_bytes(folder, name, text.encode())
        places.papers.mkdir()
        imported = Call(
            places, argparse.Namespace(
                lists=chosen.lists, source=chosen.source, look_up=False, venue="", year=0, choices=[], dry_run=False,
            ),
        )  # fmt: skip
        _take_over(imported, texts, folder)
    except OSError as error:
        raise CommandError(f"{error.filename or folder}: {error.strerror or error}") from error
    say(f"wrote {folder}: a site called {plan.title}")
    say(f"then: cd {shlex.quote(os.fspath(folder))} && make html")
    return 0


def _take_over(call: Call, texts: Iterable[tuple[str, str]], folder: Path) -> None:
    """Make pages of the lists, and keep the venues that are used."""
    known = call.library().registry
    rows = [row for file, text in texts for row in import_.rows_of(file, text, known)]
    wider = with_venues(known, (row.draft for row in rows if row.draft is not None))
    write_bytes(folder, VENUES, venues_yaml(wider.venues.values()).encode())
    if call.chosen.lists:
        import_.run(call)
    library = call.library()
    used = [
        replace(venue, aliases=tuple(dict.fromkeys(venue.aliases)))
        for venue in library.registry.venues.values()
        if venue.id in library.by_venue or venue.kind is VenueKind.PREPRINT
    ]
    write_bytes(folder, VENUES, venues_yaml(used).encode())
    if not library:
        write_bytes(folder, "papers/.gitkeep", b"")  # git keeps no empty folder


def _is_open(chosen: argparse.Namespace) -> bool:
    """Say whether nothing was said of the site, and there is somebody to ask."""
    said = (chosen.title, chosen.author, chosen.theme, chosen.facets, chosen.lists, chosen.source)
    return not any(said) and sys.stdin.isatty()


def _asked(chosen: argparse.Namespace) -> argparse.Namespace:
    """Ask what the site should be; an empty answer takes what stands in brackets."""
    answers = argparse.Namespace(**vars(chosen))
    answers.title = _answer("What is it called", _title(chosen.folder))
    answers.author = _answer("Who writes it", "the contributors")
    answers.theme = _answer(f"Which theme: {', '.join(THEMES)}", "furo")
    answers.facets = _answer(f"By what are papers told apart: {', '.join(facet_presets())}, none", _FACETS)
    found = _answer("Files with lists of papers, if there are any", "")
    answers.lists = [Path(each) for each in shlex.split(found)]
    return answers


def _answer(question: str, otherwise: str) -> str:
    try:
        return input(f"{question}{f' [{otherwise}]' if otherwise else ''}? ").strip() or otherwise
    except EOFError:
        return otherwise


def _title(folder: Path) -> str:
    return folder.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize() or "Papers"


def _plan(chosen: argparse.Namespace) -> SitePlan:
    """Return what was asked for.

    :raises CommandError: if there is no such theme or facet, or a name holds what no line can.
    """
    theme = chosen.theme or "furo"
    if theme not in THEMES:
        raise CommandError(
            f"theme: `{theme}` is not known ({did_you_mean(theme, THEMES, 'known are ' + ', '.join(THEMES))})"
        )
    presets = facet_presets()
    named = [each.strip() for each in (chosen.facets or _FACETS).split(",") if each.strip()]
    facets = tuple(dict.fromkeys(each for each in named if each != _NONE))
    for each in facets:
        if each not in presets:
            hint = did_you_mean(each, presets, "known are " + ", ".join((*presets, _NONE)))
            raise CommandError(f"facets: `{each}` is not known ({hint})")
    plan = SitePlan(
        title=chosen.title or _title(chosen.folder),
        author=chosen.author or "the contributors",
        theme=theme,
        facets=facets,
    )
    for name, text in (("title", plan.title), ("author", plan.author)):
        if one_line(text) != text:
            raise CommandError(f"{name}: it must be words on one line")
        if flaw := text_flaw(text):
            raise CommandError(f"{name}: {flaw.message} ({flaw.hint})")
    return plan
