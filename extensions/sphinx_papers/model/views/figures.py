"""Counts over the whole collection."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sphinx_papers.model.display.text import Field, Fields, Span
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.views.view import View


def _range(years: Sequence[str]) -> str:
    return f"{years[0]}\N{EN DASH}{years[-1]}" if len(years) > 1 else "".join(years)


FIGURES: Mapping[str, tuple[str, Callable[[Library], str]]] = {
    "papers": ("Papers", lambda library: f"{len(library):,}"),
    "summaries": ("With a summary", lambda library: f"{sum(bool(p.summary) for p in library.values()):,}"),
    "methods": ("Methods", lambda library: f"{len(library.by_method):,}"),
    "results": ("Results", lambda library: f"{sum(len(p.results) for p in library.values()):,}"),
    "benchmarks": ("Benchmarks", lambda library: f"{len(library.by_benchmark):,}"),
    "venues": ("Venues", lambda library: f"{len(library.by_venue):,}"),
    "authors": ("Authors", lambda library: f"{len(library.by_author):,}"),
    "years": ("Years", lambda library: _range(list(library.by_year))),
}
"""What can be counted: how it is called, and what it is."""


@dataclass(frozen=True)
class FiguresView(View):
    """Some of these figures."""

    figures: tuple[str, ...]

    def value(self, library: Library) -> Fields:
        """Compute a line for each; of years the first and the last."""
        chosen = (FIGURES[figure] for figure in self.figures)
        return Fields("figures", tuple(Field(name, (Span(count(library)),)) for name, count in chosen))
