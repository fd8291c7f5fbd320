"""Reads the files of a collection.

The forms that check them take longer to make than a hundred pages to read, so that this
module is imported only where something has to be read.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from sphinx_papers.formats.records.bibliography import read_works
from sphinx_papers.formats.records.editorial import read_editorial
from sphinx_papers.formats.records.page import read_front_matter, read_method_page, read_paper_page
from sphinx_papers.formats.records.record import RecordForm, record_form
from sphinx_papers.formats.records.registry import read_registries
from sphinx_papers.formats.records.yaml import Document
from sphinx_papers.formats.storage.cache import Contents, ReadPage, Seen
from sphinx_papers.formats.storage.files import decoded, read_text
from sphinx_papers.formats.storage.places import SUFFIX, Places, page_files
from sphinx_papers.formats.storage.progress import Mapped, Progress, silent
from sphinx_papers.model.problem import Position, Problem, did_you_mean
from sphinx_papers.model.records.library import Library, clashes
from sphinx_papers.model.records.registry import Method, Registry
from sphinx_papers.version import code_digest


def read_contents(
    places: Places,
    seen: Mapping[str, Seen],
    fresh: dict[str, bytes],
    before: Contents | None,
    progress: Progress = silent,
    mapped: Mapped = map,
) -> tuple[Contents, list[Problem]]:
    """Read the files that *seen* names; what did not change is taken from *before*.

    *fresh* holds the bytes of files that were looked into; they are taken out of it.
    *progress* is shown the pages as they are read, each by a call that *mapped* makes.
    """
    methods, documents = read_methods(places.methods)
    registry, registry_documents = read_registries(places.registries, methods, places.methods.name)
    rules, rule_problems = read_editorial(places.registries)
    registry = replace(registry, sections=tuple(rule.title for rule in rules.sections))
    depends = (
        code_digest(),
        [(name, each.digest) for name, each in seen.items() if name.startswith("registry/")],
        sorted(methods, key=lambda method: method.slug),
    )
    stamp = hashlib.blake2b(repr(depends).encode(), digest_size=16).hexdigest()
    before = before or Contents()
    contents = Contents(stamp, registry)
    known = before.pages if before.stamp == stamp else {}
    form = record_form(registry)
    files: list[str] = []
    strays: list[Problem] = []
    unread: list[tuple[str, bytes | None, bytes]] = []
    for name, each in seen.items():
        kind, _, file = name.partition("/")
        if kind == "bibliography" and places.bibliography is not None:
            if before.stamp and each.digest == before.works_digest:
                contents.works, contents.works_problems = before.works, before.works_problems
            else:
                works, works_problems = read_works(places.bibliography)
                if os.path.lexists(places.bibliography) and not places.bibliography.is_file():
                    works_problems += read_text(places.bibliography)[1]
                contents.works, contents.works_problems = works, tuple(works_problems)
            contents.works_digest = each.digest
        if kind == "stray":
            strays.append(_stray(places.papers, file))
        if kind == "paper":
            read, data = known.get(file), fresh.pop(name, None)
            if read is None or read.digest != each.digest:
                unread.append((file, data, each.digest))
            files.append(file)

    def read_page(page: tuple[str, bytes | None, bytes]) -> tuple[str, ReadPage]:
        file, data, digest = page
        return file, _read_page(places.papers / file, data, digest, form, registry)

    pages = {**known, **dict(mapped(read_page, progress(unread, "page")))}
    contents.pages = {file: pages[file] for file in files}
    library = contents.library()
    problems = [p for document in (*documents, *registry_documents) for p in document.problems]
    problems += [p for read in contents.pages.values() for p in read.problems]
    problems += [*rule_problems, *contents.works_problems]
    problems += strays
    problems += _clashes(places.papers, library)
    problems += _benchmark_problems(registry_documents, library)
    return contents, sorted(problems)


def _stray(folder: Path, name: str) -> Problem:
    return Problem(
        str(folder / name), Position(), "stray-document", "this is no page of a paper, and is not shown",
        f"pages are the files *{SUFFIX} that stand in the folder itself",
    )  # fmt: skip


def _read_page(
    path: Path, data: bytes | None, digest: bytes, form: type[RecordForm], registry: Registry
) -> ReadPage:
    text, problems = read_text(path) if data is None else decoded(data, path)
    if problems:
        return ReadPage(digest, None, tuple(problems))
    paper, document = read_paper_page(text, str(path), path.stem, form, registry)
    for author in paper.authors if paper else ():
        author.slug  # noqa: B018  kept with the person: every build after an edit wants it of everybody
    return ReadPage(digest, paper, tuple(document.problems))


def read_methods(folder: Path) -> tuple[list[Method], list[Document]]:
    """Read the method pages of *folder*."""
    methods, documents = [], []
    for path in page_files(folder):
        text, unread = read_text(path)
        if unread:
            documents.append(Document(str(path), problems=unread))
            continue
        method, document = read_method_page(text, str(path), path.stem)
        if method is not None:
            methods.append(method)
        documents.append(document)
    return methods, documents


def _benchmark_problems(documents: Iterable[Document], library: Library) -> Iterator[Problem]:
    """Yield the benchmarks that refer to a work which is not there."""
    known = library.keys() | library.works.keys() | library.unreadable
    document = next(each for each in documents if Path(each.file).name == "benchmarks.yml")
    for benchmark in library.registry.benchmarks.values():
        if benchmark.reference and benchmark.reference not in known:
            yield Problem(
                document.file, document.position((benchmark.id, "reference")), "unknown-paper",
                f"`{benchmark.reference}` is neither a page here nor an entry of the bibliography",
                did_you_mean(benchmark.reference, known, "add it to the bibliography"),
            )  # fmt: skip


def _clashes(folder: Path, library: Library) -> Iterator[Problem]:
    """Yield what is wrong between pages."""
    for clash in clashes(library):
        path = folder / (clash.paper + SUFFIX)
        # Where each key stands is not kept: it would be most of the cache, for a rare need.
        position = read_front_matter(read_text(path)[0], str(path)).position(("paper", *clash.path))
        yield Problem(str(path), position, clash.code, clash.message, clash.hint)
