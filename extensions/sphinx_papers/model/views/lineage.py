"""What a paper descends from and what descends from it, two steps each way, as a value to draw."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest
from typing import NamedTuple

from sphinx_papers.model.display.text import Target
from sphinx_papers.model.records.library import Kept, Library
from sphinx_papers.model.records.paper import Paper

SHOWN = 5
"""Papers of one step that are shown; of more, those that most others build on."""


class Relative(NamedTuple):
    """A paper or work as a lineage shows it."""

    target: Target
    name: str
    year: str


class Generation(NamedTuple):
    """The relatives at one distance, the oldest first, and how many more there are."""

    members: tuple[Relative, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Lineage:
    """The relatives of one paper; *links* lead from what was first to what builds on it."""

    paper: Relative
    above: tuple[Generation, ...]
    """What it builds on, the most distant first."""
    below: tuple[Generation, ...]
    """What builds on it, the nearest first."""
    links: tuple[tuple[str, str], ...]


_LINEAGES: Kept[dict[str, Lineage | None]] = Kept(lambda _: {})


def lineage(library: Library, paper: Paper) -> Lineage | None:
    """Return the relatives of *paper*; none if none are known."""
    known = _LINEAGES.of(library)  # asked for once to see whether it changed, and once to show it
    if paper.key not in known:
        known[paper.key] = _lineage(library, paper)
    return known[paper.key]


def _lineage(library: Library, paper: Paper) -> Lineage | None:
    heirs = _heirs(library, paper.key)
    parents, more_parents = _chosen(library, _foundations(library, paper.key))
    children, more_children = _chosen(library, heirs)
    if not parents and not children:
        return None
    near = {paper.key, *paper.builds_on, *heirs}
    older = {key for parent in parents for key in _foundations(library, parent)} - near
    newer = {key for child in children for key in _heirs(library, child)} - near - older
    grandparents, more_grandparents = _chosen(library, older)
    grandchildren, more_grandchildren = _chosen(library, newer)
    own = [paper.key]
    steps = ((grandparents, parents), (parents, own), (own, children), (children, grandchildren))
    links = [
        (first, second)
        for firsts, seconds in steps
        for second in seconds
        for first in _foundations(library, second)
        if first in firsts
    ]
    return Lineage(
        _relative(library, paper.key),
        (_generation(library, grandparents, more_grandparents), _generation(library, parents, more_parents)),
        (
            _generation(library, children, more_children),
            _generation(library, grandchildren, more_grandchildren),
        ),
        tuple(links),
    )


def _foundations(library: Library, key: str) -> tuple[str, ...]:
    return tuple(on for on in library[key].builds_on if on != key) if key in library else ()


def _heirs(library: Library, key: str) -> list[str]:
    return [paper.key for paper in library.built_on_by.get(key, ()) if paper.key != key]


def _chosen(library: Library, keys: Iterable[str]) -> tuple[list[str], int]:
    """Return those of *keys* that are shown, the oldest first, and how many there are besides."""
    known = [key for key in keys if key in library or key in library.works]
    if len(known) > SHOWN:
        chosen = nsmallest(SHOWN, known, key=lambda key: (-len(library.built_on_by.get(key, ())), key))
    else:
        chosen = known
    return sorted(chosen, key=lambda key: (_year(library, key), key)), len(known) - len(chosen)


def _year(library: Library, key: str) -> str:
    return str(library[key].year) if key in library else library.works[key].year


def _generation(library: Library, keys: Iterable[str], more: int) -> Generation:
    return Generation(tuple(_relative(library, key) for key in keys), more)


def _relative(library: Library, key: str) -> Relative:
    if key in library:
        return Relative(Target("paper", key), library[key].name, str(library[key].year))
    work = library.works[key]
    return Relative(Target("work", key), work.author_year, work.year)
