"""The whole collection, indexed once, and the rules that hold between records."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Generic, TypeVar

from sphinx_papers.model.problem import did_you_mean
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.records.title import normalised_title
from sphinx_papers.model.records.work import Work

ONE_PAGE = 2500
"""So many authors are listed on one page; more have a page for each letter."""
Index = Mapping[str, tuple[Paper, ...]]
_Value = TypeVar("_Value")


def short_digest(value: object) -> str:
    """Return a digest of the representation of *value*, which must say all that it holds."""
    return hashlib.blake2b(repr(value).encode(), digest_size=12).hexdigest()


@dataclass(frozen=True)
class Clash:
    """A rule between records that *paper* breaks, at *path* of its record."""

    paper: str
    path: tuple[str | int, ...]
    code: str
    message: str
    hint: str = ""


class Library(Mapping[str, Paper]):
    """Papers by key, newest first; read-only, each index built once and on demand."""

    def __init__(
        self,
        papers: Iterable[Paper] = (),
        registry: Registry | None = None,
        works: Iterable[Work] = (),
        unreadable: Iterable[str] = (),
        stamps: Mapping[str, str] | None = None,
    ) -> None:
        """*unreadable* are keys of pages whose record is broken: they exist, but say nothing.

        *stamps* are digests of records by key, where the reader knows them already.
        """
        ordered = sorted(papers, key=lambda paper: paper.recency)
        self._papers = {paper.key: paper for paper in ordered}
        self.registry = registry or Registry()
        """The words that the records use."""
        cited = {work.key: work for work in works}
        self.works: Mapping[str, Work] = MappingProxyType(
            {key: work for key, work in cited.items() if key not in self._papers}
        )
        """Works of the bibliography that have no page, by key."""
        self.superseded = tuple(work for key, work in cited.items() if key in self._papers)
        """Works of the bibliography that got a page: it takes the key, and every citation leads to it."""
        self.unreadable = frozenset(unreadable)
        """Keys of pages whose record could not be read."""
        self._stamps = dict(stamps or {})
        self._kept: dict[Kept[object], object] = {}

    def __getitem__(self, key: str) -> Paper:
        return self._papers[key]

    def __contains__(self, key: object) -> bool:
        return key in self._papers  # Mapping would look it up, and catch the error

    def __iter__(self) -> Iterator[str]:
        return iter(self._papers)

    def __len__(self) -> int:
        return len(self._papers)

    def __repr__(self) -> str:
        return f"<Library of {len(self)} papers>"

    def stamp(self, key: str) -> str:
        """Return a short digest of the record *key*: another one means another record."""
        known = self._stamps.get(key)
        if known is None:
            known = self._stamps[key] = short_digest(self._papers[key])
        return known

    @cached_property
    def surroundings(self) -> str:
        """A short digest of all that is no paper: the registries and the works."""
        return short_digest((self.registry, tuple(self.works.values()), sorted(self.unreadable)))

    @cached_property
    def digest(self) -> str:
        """A short digest of all there is: every record, and what is no paper."""
        return short_digest((self.surroundings, [(key, self.stamp(key)) for key in self]))

    def _index(self, keys: Callable[[Paper], Iterable[str]]) -> Index:
        index: defaultdict[str, list[Paper]] = defaultdict(list)
        for paper in self._papers.values():
            for key in dict.fromkeys(keys(paper)):
                index[key].append(paper)
        return {key: tuple(index[key]) for key in sorted(index)}

    @cached_property
    def by_year(self) -> Index:
        """Papers by year of publication."""
        return self._index(lambda paper: (str(paper.year),))

    @cached_property
    def by_venue(self) -> Index:
        """Papers by identifier of their venue."""
        return self._index(lambda paper: (paper.appearance.venue,) if paper.appearance else ())

    @cached_property
    def by_method(self) -> Index:
        """Papers by slug of each of their method categories."""
        return self._index(lambda paper: paper.methods)

    @cached_property
    def by_author(self) -> Index:
        """Papers by slug of each of their authors."""
        return self._index(lambda paper: (author.slug for author in paper.authors))

    @cached_property
    def by_benchmark(self) -> Index:
        """Papers by each benchmark they report on."""
        return self._index(lambda paper: (result.benchmark for result in paper.results))

    @cached_property
    def by_term(self) -> Mapping[str, Index]:
        """Papers by facet, then by term of that facet."""
        return {
            facet: self._index(lambda paper, facet=facet: paper.terms(facet))  # type: ignore[misc]
            for facet in self.registry.facets
        }

    @cached_property
    def built_on_by(self) -> Index:
        """Papers by each work that they build on."""
        return self._index(lambda paper: paper.builds_on)

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """Authors by slug; of two spellings the one of the newest paper."""
        people: dict[str, Person] = {}
        for paper in self._papers.values():
            for author in paper.authors:
                people.setdefault(author.slug, author)
        return dict(sorted(people.items()))

    @cached_property
    def has_one_page_of_people(self) -> bool:
        """Whether all authors are listed on one page, and not on one for each letter."""
        return len(self.people) <= ONE_PAGE

    def page_of(self, person: Person) -> str:
        """Return the page that lists *person*: the index, or that of a letter.

        Of several spellings of a name the library's decides the letter.
        """
        return "index" if self.has_one_page_of_people else self.people[person.slug].index_letter

    @cached_property
    def ambiguous_letters(self) -> tuple[tuple[str, str], ...]:
        """Slugs of authors whom spellings put under several letters, with the letter they have."""
        letters: dict[str, set[str]] = defaultdict(set)
        for paper in self._papers.values():
            for author in paper.authors:
                letters[author.slug].add(author.index_letter)
        return tuple(
            (slug, self.people[slug].index_letter) for slug, found in letters.items() if len(found) > 1
        )

    @cached_property
    def people_by_letter(self) -> Mapping[str, tuple[Person, ...]]:
        """Authors by the letter of their family name, in the order of an index."""
        letters: defaultdict[str, list[Person]] = defaultdict(list)
        for person in sorted(self.people.values(), key=lambda each: (each.family, each.slug)):
            letters[person.index_letter].append(person)
        return {letter: tuple(letters[letter]) for letter in sorted(letters)}


class Kept(Generic[_Value]):
    """A value that is made of a library once and lasts as long as it; the module that makes it owns it.

    What is derived from a paper for one view is often wanted by another.
    """

    def __init__(self, make: Callable[[Library], _Value]) -> None:
        self._make = make

    def of(self, library: Library) -> _Value:
        """Return the value for *library*, made when it is first asked for."""
        kept: dict[Kept[_Value], _Value] = library._kept  # type: ignore[assignment]
        if self not in kept:
            kept[self] = self._make(library)
        return kept[self]


def clashes(library: Library) -> Iterator[Clash]:
    """Yield every broken rule between the records of *library*."""
    yield from _unknown_foundations(library)
    yield from _shared(library, "duplicate-key", "", lambda p: p.key.casefold())
    yield from _shared(library, "duplicate-title", "title", lambda p: normalised_title(p.title))
    yield from _cited_otherwise(library)
    yield from _shared(library, "duplicate-arxiv", "arxiv", lambda p: p.arxiv)
    yield from _shared(library, "duplicate-doi", "doi", lambda p: p.doi.casefold())


def _cited_otherwise(library: Library) -> Iterator[Clash]:
    """Yield a clash for each page that the bibliography has under another key, where citations would not find it."""
    pages = {normalised_title(paper.title): key for key, paper in library.items()}
    for key, work in library.works.items():
        page = pages.get(normalised_title(work.title))
        if page is not None:
            yield Clash(
                page, ("title",), "duplicate-title", f"the bibliography has this paper as `{key}`",
                f"cite `{page}` in its place, and delete the entry",
            )  # fmt: skip


def _unknown_foundations(library: Library) -> Iterator[Clash]:
    known = library.keys() | library.works.keys() | library.unreadable
    for paper in library.values():
        for place, key in enumerate(paper.builds_on):
            if key == paper.key:
                yield Clash(key, ("builds_on", place), "unknown-paper", "a paper cannot build on itself")
            elif key not in known:
                yield Clash(
                    paper.key, ("builds_on", place), "unknown-paper",
                    f"`{key}` is neither a page here nor an entry of the bibliography",
                    did_you_mean(key, known, "write its page, or add it to the bibliography"),
                )  # fmt: skip


def _shared(library: Library, code: str, field: str, value: Callable[[Paper], str]) -> Iterator[Clash]:
    """Yield a clash for each later paper whose *field* an earlier one has already."""
    first: dict[str, str] = {}
    for key in sorted(library):
        seen = value(library[key])
        if seen and first.setdefault(seen, key) != key:
            yield Clash(
                key, (field,) if field else (), code,
                f"`{first[seen]}` has the same {field or 'key but for capitals'}",
                "keep one page for a paper",
            )  # fmt: skip
