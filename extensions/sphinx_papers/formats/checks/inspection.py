"""All that can be said about a collection: its records, what is between them, and its prose."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from sphinx_papers.formats.checks.safe_prose import Ground, prose_findings, root_of
from sphinx_papers.formats.records.editorial import read_editorial
from sphinx_papers.formats.records.folder import Collection, read_collection
from sphinx_papers.formats.records.page import read_front_matter
from sphinx_papers.formats.records.prose import read_prose
from sphinx_papers.formats.records.watch import read_watch
from sphinx_papers.formats.storage.files import read_text
from sphinx_papers.formats.storage.places import INDEX, Places, page_files
from sphinx_papers.formats.storage.progress import Progress, silent
from sphinx_papers.model.problem import Position, Problem
from sphinx_papers.model.rules.editorial import Editor, Finding, unused_entries
from sphinx_papers.model.rules.prose import Prose

# What a link of Markdown can only be to a file: neither a scheme, an anchor, nor the name of a target.
_TO_FILE = re.compile(r"(?![a-z][a-z0-9+.-]*:|#|/)[^#?]*[./][^#?]*", re.IGNORECASE)
_REGISTRIES = {"venues": "venues.yml", "benchmarks": "benchmarks.yml"}


@dataclass(frozen=True, slots=True)
class Inspection:
    """A collection with all findings, sorted by file and place."""

    collection: Collection
    problems: tuple[Problem, ...]


def inspect(places: Places, progress: Progress = silent) -> Inspection:
    """Read what *places* holds and apply every rule; *progress* is shown the files, then the pages."""
    collection = read_collection(places, progress=progress)
    rules, _ = read_editorial(places.registries)
    problems = [*collection.problems, *read_watch(places.registries)[1]]
    editor = Editor(collection.library, rules)
    papers = list(page_files(places.papers))
    paths = [*papers, *page_files(places.methods)]
    of_papers = set(papers)
    root = root_of(places.papers, places.methods)
    # What stands on such a page is not known to be prose: an open front matter, or a page that is of no paper.
    no_records = {problem.file for problem in problems if problem.code == "no-record"}
    for path in progress(paths, "page"):
        if str(path) in no_records:
            continue
        text, unreadable = read_text(path)
        if unreadable:  # said already, when its record was read
            continue
        prose = read_prose(text)
        if path in of_papers:
            problems += _problems(path, editor.paper_findings(path.stem, prose))
            problems += _record_problems(path, text, editor)
        problems += _problems(path, editor.text_findings(path.name, prose))
        problems += _problems(path, prose_findings(text, Ground(path, root)))
        problems += _dead_links(path, prose)
    problems += _unused(places, collection)
    problems += _superseded(places, collection)
    problems += _former_keys(places, collection)
    return Inspection(collection, tuple(sorted(set(problems))))


def _problems(path: Path, findings: Iterable[Finding]) -> Iterator[Problem]:
    for finding in findings:
        yield Problem(str(path), finding.position, finding.code, finding.message, finding.hint)


def _record_problems(path: Path, text: str, editor: Editor) -> Iterator[Problem]:
    paper = editor.library.get(path.stem)
    found = list(editor.record_findings(paper)) if paper is not None else []
    if found:
        document = read_front_matter(text, str(path))
        for key, code, message, hint in found:
            yield Problem(str(path), document.position(("paper", *key)), code, message, hint)


def _dead_links(path: Path, prose: Prose) -> Iterator[Problem]:
    for mention in prose.mentions:
        target = mention.targets[0]
        if mention.role != "link" or not _TO_FILE.match(target):
            continue
        file = unquote(re.split("[#?]", target)[0])
        # Of a name that is far too long a Path would raise.
        if "\0" not in file and not os.path.exists(path.parent / file):  # noqa: PTH110
            yield Problem(
                str(path), mention.position, "dead-link", f"there is no file `{file}`",
                "give its path from this page",
            )  # fmt: skip


def _superseded(places: Places, collection: Collection) -> Iterator[Problem]:
    """Yield the entries of the bibliography that a page replaces, so that somebody tidies them away."""
    for work in collection.library.superseded:
        path = places.papers / f"{work.key}.md"
        yield Problem(
            str(path), read_front_matter(read_text(path)[0], str(path)).position(("paper",)),
            "superseded-entry", f"the page replaces the entry `{work.key}` of the bibliography",
            "delete the entry when you like: nothing shows it any more",
        )  # fmt: skip


def _former_keys(places: Places, collection: Collection) -> Iterator[Problem]:
    """Yield the former keys under which a reader would find another page than the one that names them."""
    library = collection.library
    claims: dict[str, str] = {}
    for key in sorted(library):
        for place, former in enumerate(library[key].formerly):
            there = former in library or (places.papers / f"{former}.md").exists() or former == INDEX
            other = former if there else claims.setdefault(former, key)
            if other != key or there:
                path = places.papers / f"{key}.md"
                document = read_front_matter(read_text(path)[0], str(path))
                yield Problem(
                    str(path), document.position(("paper", "formerly", place)), "former-key",
                    f"`{former}` leads to the page of `{other}`", "take it out of one of them",
                )  # fmt: skip


def _unused(places: Places, collection: Collection) -> Iterator[Problem]:
    """Yield what registries hold for nobody; while records cannot be read, nobody knows."""
    if collection.library.unreadable:
        return
    documents: dict[str, dict[str, Position]] = {}
    for name, entry in unused_entries(collection.library):
        if name not in _REGISTRIES:
            file, position = str(places.methods / f"{entry}.md"), Position()
        else:
            file = str(places.registries / _REGISTRIES[name])
            if file not in documents:
                lines = read_text(Path(file))[0].splitlines()
                documents[file] = {
                    line.partition(":")[0].strip("\"'"): Position(number)
                    for number, line in enumerate(lines, 1)
                    if ":" in line and line[:1].strip(" #")
                }
            position = documents[file].get(entry, Position())
        yield Problem(
            file, position, "unused-entry", f"no page uses `{entry}` of the {name}", "take it out, or use it"
        )
