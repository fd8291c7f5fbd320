"""Folders of pages: everything that a collection is made of, read in one go."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from sphinx_papers.formats.bibtex import read_works
from sphinx_papers.formats.files import read_text, write_bytes
from sphinx_papers.formats.page import front_matter, read_front_matter, read_method_page, read_paper_page
from sphinx_papers.formats.record import RecordForm, ResultForm, record_form
from sphinx_papers.formats.registry import FILES, read_registries
from sphinx_papers.formats.yaml import Document
from sphinx_papers.model.library import Library, clashes
from sphinx_papers.model.paper import Paper
from sphinx_papers.model.problem import Problem, did_you_mean
from sphinx_papers.model.registry import Method, Registry
from sphinx_papers.model.select import FIELDS, OPTIONS
from sphinx_papers.model.work import Work

SUFFIX = ".md"
_CHECK = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where a collection is kept."""

    papers: Path
    """Folder of pages, one for each paper, named by key."""
    methods: Path
    """Folder of pages, one for each method category, named by slug."""
    registries: Path
    """Folder of the YAML registries."""
    bibliography: Path | None = None
    """BibTeX file of works without a page."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A library as it was read, with all that is wrong with its files."""

    library: Library
    problems: tuple[Problem, ...]
    digest: str
    """Of all that was read, the reader itself included; another one means other contents."""


@dataclass(slots=True)
class _Read:
    """A page as it was read: cached, as long as its bytes stay the same."""

    digest: bytes
    paper: Paper | None
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Cache:
    """Pages read before, so that only those that changed are parsed again.

    Nothing but time depends on it: a cache that is missing, broken, or made by
    another version or for other registries is not used.
    """

    path: Path | None = None
    _stamp: object = None
    _pages: dict[str, _Read] = field(default_factory=dict)

    def load(self, stamp: object) -> None:
        """Take what is stored, if it was stored under the same *stamp*."""
        self._stamp, self._pages = stamp, {}
        if self.path is None:
            return
        try:
            whole = self.path.read_bytes()
        except OSError:
            return
        check, data = whole[:_CHECK], whole[_CHECK:]
        if hashlib.blake2b(data, digest_size=_CHECK).digest() != check:
            return
        try:
            stored, pages = pickle.loads(data)  # noqa: S301  our own file, as its check says
        except (AttributeError, ImportError, TypeError, ValueError):  # of another version
            return
        if stored == stamp:
            self._pages = pages

    def get(self, file: str, digest: bytes) -> _Read | None:
        """Return the page *file* if its bytes are those it was read from."""
        read = self._pages.get(file)
        return read if read is not None and read.digest == digest else None

    def store(self, pages: dict[str, _Read]) -> None:
        """Keep *pages* for the next time, if they are not what is kept already."""
        if self.path is None or pages == self._pages:
            return
        data = pickle.dumps((self._stamp, pages), pickle.HIGHEST_PROTOCOL)
        write_bytes(self.path, hashlib.blake2b(data, digest_size=_CHECK).digest() + data)


def page_files(folder: Path) -> Iterator[Path]:
    """Yield the pages of *folder* in a fixed order; hidden files and ``index`` are none."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.suffix == SUFFIX and not path.name.startswith(".") and path.stem != "index":
            yield path


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


def _stamp(places: Places, methods: Iterable[Method]) -> object:
    """Return what the reading of a page depends on beside its bytes."""
    files = [places.registries / name for name in FILES]
    contents = [path.read_bytes() if path.is_file() else b"" for path in files]
    return (
        code_digest(),
        hashlib.blake2b(repr(contents).encode()).digest(),
        sorted(methods, key=lambda method: method.slug),
    )


def code_digest() -> bytes:
    """Return a digest of the code that reads records: another reader reads otherwise."""
    here = Path(__file__).parent.parent
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted([*here.glob("model/*.py"), *here.glob("formats/*.py")]):
        digest.update(path.read_bytes())
    return digest.digest()


def read_collection(places: Places, cache: Cache | None = None) -> Collection:
    """Read all that *places* holds.

    Every problem of every file is in the answer; a page that cannot be read takes
    none of the others with it.
    """
    cache = cache or Cache()
    methods, documents = read_methods(places.methods)
    registry, registry_documents = read_registries(
        places.registries,
        methods,
        {*RecordForm.model_fields, *ResultForm.model_fields, *FIELDS, *OPTIONS},
        ResultForm.model_fields,
    )
    documents += registry_documents
    stamp = _stamp(places, methods)
    cache.load(stamp)
    form = record_form(registry)
    pages: dict[str, _Read] = {}
    for path in page_files(places.papers):
        digest = _record_digest(path)
        known = cache.get(path.name, digest)
        if known is None:
            paper = None
            text, problems = read_text(path)
            if not problems:
                paper, document = read_paper_page(text, path.name, path.stem, form, registry)
                problems = document.problems
            known = _Read(digest, paper, tuple(problems))
        pages[path.name] = known
    cache.store(pages)
    works, bibliography_problems = read_works(places.bibliography) if places.bibliography else ((), [])
    library = _library(pages, registry, works)
    problems = [p for document in documents for p in document.problems]
    problems += bibliography_problems
    problems += _page_problems(places.papers, pages, library)
    problems += _benchmark_problems(registry_documents, library)
    contents = [stamp, sorted(works, key=lambda work: work.key)]
    contents += [(name, read.digest) for name, read in pages.items()]
    whole = hashlib.blake2b(repr(contents).encode(), digest_size=16).hexdigest()
    return Collection(library, tuple(sorted(problems)), whole)


def _record_digest(path: Path) -> bytes:
    """Return a digest of all that the record of a page depends on: an edit of prose is none."""
    try:
        whole = path.read_bytes()
        whole.decode("utf-8-sig")
    except OSError:
        return b"unreadable"
    except UnicodeDecodeError:  # what is said of it names a place in the whole
        return hashlib.blake2b(whole, digest_size=16).digest()
    return hashlib.blake2b(front_matter(whole), digest_size=16).digest()


def _library(pages: dict[str, _Read], registry: Registry, works: Iterable[Work]) -> Library:
    return Library(
        (read.paper for read in pages.values() if read.paper is not None),
        registry,
        works,
        (name.removesuffix(SUFFIX) for name, read in pages.items() if read.paper is None),
    )


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


def _page_problems(folder: Path, pages: dict[str, _Read], library: Library) -> Iterator[Problem]:
    """Yield what is wrong with single pages, then what is wrong between them."""
    for name, read in pages.items():
        for problem in read.problems:
            yield replace(problem, file=str(folder / name))
    for clash in clashes(library):
        path = folder / (clash.paper + SUFFIX)
        # Where each key stands is not kept: it would be most of the cache, for a rare need.
        position = read_front_matter(read_text(path)[0], str(path)).position(("paper", *clash.path))
        yield Problem(str(path), position, clash.code, clash.message, clash.hint)
