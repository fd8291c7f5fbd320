"""How much a page says of its paper: seen from what stands there, never from a flag."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Registry


class Depth(StrEnum):
    """How much a page says, the least first."""

    LISTED = "listed"
    BRIEF = "brief"
    FULL = "full"


DEPTHS: Mapping[Depth, str] = {
    Depth.LISTED: "the record alone, without a summary and prose",
    Depth.BRIEF: "a summary and some of the sections",
    Depth.FULL: "a summary and every section",
}
"""What each of them means, for readers."""


def depth(paper: Paper, registry: Registry) -> Depth:
    """Return how much the page of *paper* says, by the sections that the collection asks for.

    Where it asks for none, a page with a summary and any section is full.
    """
    if not (paper.summary and paper.sections):
        return Depth.LISTED
    return Depth.FULL if set(registry.sections) <= set(paper.sections) else Depth.BRIEF


def depths(library: Library) -> Mapping[Depth, int]:
    """Return how many pages are of each depth, the least first."""
    counts = Counter(depth(paper, library.registry) for paper in library.values())
    return {each: counts[each] for each in Depth}
