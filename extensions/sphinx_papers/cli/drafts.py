"""New pages of papers, written where none is yet."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import re
from dataclasses import replace
from pathlib import Path

from sphinx_papers.cli.command import Call, CommandError
from sphinx_papers.formats.intake.new_page import NewPage, PageWriter
from sphinx_papers.formats.intake.words import IntakeError
from sphinx_papers.formats.records.editorial import read_editorial
from sphinx_papers.formats.storage.files import sweep, write_bytes
from sphinx_papers.formats.storage.places import INDEX, KEY
from sphinx_papers.model.problem import did_you_mean
from sphinx_papers.model.records.citation_key import citation_key, free_key
from sphinx_papers.model.records.draft import Draft, Duplicate, KnownPapers
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.title import normalised_title


def add_choices(parser: argparse.ArgumentParser) -> None:
    """Take what every new page gets."""
    parser.add_argument(
        "--set", action="append", default=[], metavar="KEY=TERM,...", dest="choices",
        help="a facet or `methods` that every new page gets, for instance `--set methods=erasing`",
    )  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="say what would be written, and write nothing")


class NewPages:
    """Writes pages into a collection; finds the ones that are there already."""

    def __init__(self, call: Call) -> None:
        self._folder = call.places.papers
        self._dry = bool(call.chosen.dry_run)
        library = call.library()
        rules, _ = read_editorial(call.places.registries)
        self._writer = PageWriter(library.registry, rules, today(), _choices(call.chosen.choices, library))
        self._library = library
        self._known = KnownPapers(library)
        self._preprints = {key for key, paper in library.items() if paper.appearance is None}
        self._works = {key.casefold(): work for key, work in library.works.items()}
        self._cited = {
            normalised_title(work.title): key for key, work in library.works.items() if KEY.fullmatch(key)
        }
        self._titles = {key: paper.plain_title for key, paper in library.items()}
        self._taken = {key.casefold() for key in {*library, *library.unreadable}}
        sweep(self._folder)
        self._taken |= {INDEX, *(path.stem.casefold() for path in self._folder.iterdir())}

    def duplicate(self, draft: Draft) -> Duplicate | None:
        """Return the page that *draft* has already."""
        return self._known.find(draft)

    def other_title(self, known: Duplicate, draft: Draft) -> str:
        """Return the title of the page that *draft* is said to have, if no word of it is one of the draft's; empty if they agree."""
        title = self._titles.get(known.key, "")
        words, others = (set(re.findall(r"\w{4,}", each.casefold())) for each in (title, draft.title))
        return title if known.by != "title" and words and others and not words & others else ""

    def has(self, key: str) -> bool:
        """Return whether there is a page *key* whose record can be read."""
        return key in self._library

    def begin(self, key: str) -> str:
        """Put the headings of the sections into the page *key*, which nobody has written; return its file.

        :raises CommandError: if somebody has, there is nothing to put in, or it cannot be written.
        """
        path = self._folder / f"{key}.md"
        if self._library[key].sections:
            raise CommandError(f"{self.path(key)} is written already")
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        missing = self._writer.outline(text)
        if not missing:
            raise CommandError(f"{self.path(key)} has all its headings already")
        if not self._dry:
            try:
                write_bytes(self._folder, path.name, f"{text.rstrip()}\n\n{missing}".encode())
            except OSError as error:
                raise CommandError(f"{self.path(key)} cannot be written: {error.strerror}") from error
        return self.path(key)

    def publication(self, key: str, draft: Draft) -> str:
        """Return where *draft* was published, as a record says it, if the page *key* has a preprint; empty if not."""
        return self._writer.publication(draft) if key in self._preprints else ""

    def path(self, key: str) -> str:
        """Return the file of the page *key*, as a reader would name it."""
        return os.path.relpath(self._folder / f"{key}.md")

    def write(self, draft: Draft, key: str = "") -> tuple[str, NewPage]:
        """Write the page of *draft*, named *key* if that is given; return its key and what it says.

        :raises CommandError: if it cannot have a key, or *key* is taken.
        """
        if key and not KEY.fullmatch(key):
            raise CommandError(
                f"`{key}` is no citation key: use letters, digits, - and _, 100 at most, a letter or digit first"
            )
        if key and key.casefold() in self._taken:
            raise CommandError(f"`{key}` is taken; choose another with --key")
        cited = self._cited.get(normalised_title(draft.title), "")
        if key and cited and key != cited:
            raise CommandError(
                f"the bibliography has this paper as `{cited}`, and pages cite it so: take that key"
            )
        key = key or cited
        if not key:
            year = draft.key_year
            if not year:
                raise CommandError(
                    f"no year is known of `{draft.title}`, so it has no key (give it one, or `new --key`)"
                )
            key = citation_key(draft.authors, year, draft.title)
            key = free_key(key, self._taken | self._works.keys())
        try:
            page = self._writer.write(draft)
        except IntakeError as error:
            raise CommandError(str(error)) from error
        if self._is_work(key, draft):
            page = replace(
                page, notes=(*page.notes, f"the bibliography: the page replaces its entry `{key}`")
            )
        if not draft.authors:
            rename = "the name of the file: a key begins with the first author's family name"
            page = replace(page, left=(rename, *page.left))
        if not self._dry:
            path = self._folder / f"{key}.md"
            # Looked at again: somebody may have written it since the collection was read.
            if path.exists():
                raise CommandError(f"{self.path(key)} is there already")
            try:
                write_bytes(self._folder, path.name, page.text.encode())
            except OSError as error:
                raise CommandError(f"{self.path(key)} cannot be written: {error.strerror}") from error
        self._taken.add(key.casefold())
        if not self._writer.publication(draft):
            self._preprints.add(key)
        self._known.add(key, draft)
        self._titles[key] = draft.title
        return key, page

    def _is_work(self, key: str, draft: Draft) -> bool:
        """Return whether the bibliography has the paper of *draft* under *key*, so that the page takes the key."""
        work = self._works.get(key.casefold())
        return work is not None and normalised_title(work.title) == normalised_title(draft.title)


def today() -> str:
    """Return the day on which facts were read; ``SOURCE_DATE_EPOCH`` sets it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch.isdecimal() else dt.datetime.now(dt.UTC)
    return now.date().isoformat()


def _choices(given: list[str], library: Library) -> dict[str, list[str]]:
    """Read ``--set`` against the registry."""
    registry = library.registry
    known = {"methods": list(registry.methods), **{f.id: list(f.terms) for f in registry.facets.values()}}
    chosen: dict[str, list[str]] = {}
    for text in given:
        key, _, value = text.partition("=")
        if key not in known:
            hint = did_you_mean(key, known, "known are " + ", ".join(sorted(known)))
            raise CommandError(f"--set: unknown key `{key}` ({hint})")
        terms = [term.strip() for term in value.split(",") if term.strip()]
        if not terms:
            raise CommandError(f"--set {key}: it has no value (write --set {key}=TERM)")
        for term in terms:
            if term not in known[key]:
                hint = did_you_mean(term, known[key], "known are " + ", ".join(sorted(known[key])))
                raise CommandError(f"--set {key}: `{term}` is not known ({hint})")
        if key in registry.facets and not registry.facets[key].many and len(terms) > 1:
            raise CommandError(f"--set {key}: it takes one term")
        chosen[key] = list(dict.fromkeys(terms))
    return chosen


def read_file(path: Path) -> str:
    """Return the text of *path*.

    :raises CommandError: if it cannot be read; it does not name the file again.
    """
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise CommandError(f"byte {error.start} is not UTF-8; save the file as UTF-8") from error
    except OSError as error:
        raise CommandError(f"{error.strerror or error}") from error
