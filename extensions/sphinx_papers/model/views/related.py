"""Which papers a reader of one paper should see next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from sphinx_papers.model.display.text import Items, Span, Spans, link
from sphinx_papers.model.records.library import Kept, Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.views.view import View

MOST = 5
"""Papers that are shown."""
_WINDOW = 5
"""Papers that stand together in a group, the one that is asked about among them."""


class Kin(NamedTuple):
    """A related paper, and what it shares with the one that is asked about."""

    paper: Paper
    direct: str
    """How one of the two builds on the other; empty if neither does."""
    methods: tuple[str, ...]
    foundations: tuple[str, ...]


def related(library: Library, paper: Paper) -> tuple[Kin, ...]:
    """Return the papers nearest to *paper*, the nearest first.

    Candidates are what *paper* builds on, the first papers that build on it, and from each
    group it is in the four that stand next to it in time. The groups are the papers with one
    method in common, with two, and those that build on the same work. So a page costs as much
    as its paper has groups, however large they are, and a paper that is added changes a few
    pages in each of its groups: with the best of whole groups a central paper would change
    them all. Of the candidates lineage counts 6, a shared method 4, a common foundation 2,
    and each year between them -1.
    """
    methods, below, year = set(paper.methods), set(paper.builds_on), paper.year

    def order(other: Paper) -> tuple[object, ...]:
        direct = other.key in below or paper.key in other.builds_on
        shared = 4 * len(methods.intersection(other.methods)) + 2 * len(below.intersection(other.builds_on))
        return (abs(year - other.year) - 6 * direct - shared, other.recency)

    found = sorted((library[key] for key in candidates(library, paper)), key=order)
    return tuple(_kin(paper, other) for other in found[:MOST])


def candidates(library: Library, paper: Paper) -> tuple[str, ...]:
    """Return the keys of the papers among which the related ones are, sorted."""
    near = {key for key in paper.builds_on if key in library}
    near.update(other.key for other in library.built_on_by.get(paper.key, ())[-_WINDOW:])
    near.update(_NEIGHBOURS.of(library).get(paper.key, ()))
    near.discard(paper.key)
    return tuple(sorted(near))


def _neighbours(library: Library) -> dict[str, set[str]]:
    """Return for each paper those near it in time in each of its groups."""
    known: dict[str, set[str]] = {}
    members: defaultdict[Hashable, list[str]] = defaultdict(list)
    for paper in library.values():
        for group in _groups(paper):
            members[group].append(paper.key)
    for keys in members.values():
        for place, key in enumerate(keys):
            # At either end the window is as wide, so that the newest paper has neighbours too.
            start = max(0, min(place - _WINDOW // 2, len(keys) - _WINDOW))
            known.setdefault(key, set()).update(keys[start : start + _WINDOW])
    return known


_NEIGHBOURS = Kept(_neighbours)


def _groups(paper: Paper) -> Iterator[Hashable]:
    methods = sorted(set(paper.methods))
    yield from combinations(methods, 1)
    yield from combinations(methods, 2)
    yield from dict.fromkeys(paper.builds_on)


def _kin(paper: Paper, other: Paper) -> Kin:
    direct = ""
    if other.key in paper.builds_on:
        direct = "this paper builds on it"
    elif paper.key in other.builds_on:
        direct = "builds on this paper"
    return Kin(
        paper=other,
        direct=direct,
        methods=tuple(slug for slug in paper.methods if slug in other.methods),
        foundations=tuple(key for key in paper.builds_on if key in other.builds_on),
    )


def related_list(library: Library, paper: Paper) -> Items:
    """Return the papers related to *paper* as a list: what each does, and why it stands there."""
    return Items("related", tuple(_item(library, kin) for kin in related(library, paper)))


def _item(library: Library, kin: Kin) -> Spans:
    paper = kin.paper
    return (
        link("paper", paper.key, paper.name)._replace(strong=True),
        Span(f"{_place(library, paper)}: {paper.summary or paper.plain_title} "),
        Span(_reason(library, kin), emphasis=True),
    )


def _place(library: Library, paper: Paper) -> str:
    """Return where and when it appeared; the name of a paper without one has the year already."""
    venue = library.registry.venues[paper.appearance.venue].name if paper.appearance else ""
    if not paper.names:
        return f", {venue}" if venue else ""
    return f" ({venue} {paper.year})" if venue else f" ({paper.year})"


def _reason(library: Library, kin: Kin) -> str:
    """Return what the two papers share, in the words of a reader."""
    names = [library.registry.methods[slug].name for slug in kin.methods]
    below = [_work_name(library, key) for key in kin.foundations]
    parts = (
        kin.direct,
        f"same method: {', '.join(names)}" if names else "",
        f"both build on {', '.join(below)}" if below else "",
    )
    reason = "; ".join(part for part in parts if part)
    return reason[:1].upper() + reason[1:] + "."


def _work_name(library: Library, key: str) -> str:
    if key in library:
        return library[key].name
    return library.works[key].author_year if key in library.works else key


@dataclass(frozen=True)
class RelatedView(View):
    """The papers related to one paper."""

    costly = True
    key: str

    def value(self, library: Library) -> Items | None:
        """Compute the list; none for a page without a valid record."""
        paper = library.get(self.key)
        return related_list(library, paper) if paper else None

    def basis(self, library: Library) -> object:
        """Return the stamps of the paper and of those among which the related ones are.

        What both build on is named too; where it has a page it is a candidate itself.
        """
        paper = library.get(self.key)
        if paper is None:
            return ()
        keys = (self.key, *candidates(library, paper))
        return (library.surroundings, [(key, library.stamp(key)) for key in keys])
