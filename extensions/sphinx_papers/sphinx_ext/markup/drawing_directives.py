"""Directives that draw, or lay out more than a table: charts, lineages, boards at a glance, papers side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from docutils.parsers.rst.directives import flag, unchanged

from sphinx_papers.model.problem import did_you_mean
from sphinx_papers.model.tables.select import SelectionError
from sphinx_papers.model.views.best_so_far import MethodChartView, ProgressView
from sphinx_papers.model.views.choice import ChoiceView, check_condition, parse_standard
from sphinx_papers.model.views.field_map import FieldMapView
from sphinx_papers.model.views.records_over_time import ReignsView
from sphinx_papers.model.views.side_by_side import FEWEST, MOST, ReadyMadeView, SideBySideView
from sphinx_papers.model.views.tally import METHOD, MethodsChartView, YearsChartView
from sphinx_papers.model.views.view import View
from sphinx_papers.model.views.worth import WorthChartView
from sphinx_papers.sphinx_ext.blocks.boards import summarise
from sphinx_papers.sphinx_ext.blocks.charts import draw
from sphinx_papers.sphinx_ext.blocks.comparing import choose, compared, ready_made
from sphinx_papers.sphinx_ext.blocks.lineages import relate
from sphinx_papers.sphinx_ext.markup.directives import Leaderboard, ViewDirective, check_split

if TYPE_CHECKING:
    from docutils import nodes


class Boards(ViewDirective):
    """Lists all leaderboards, each with the best of its largest groups and a small picture of how it rose."""

    option_spec: ClassVar[dict[str, Any]] = {}

    def view(self) -> list[nodes.Node]:
        """Return the list."""
        return [self.noted(summarise())]


class ChartOf(ViewDirective):
    """Draws `progress BENCHMARK SPLIT`, `years`, `methods`, `method SLUG` or `worth` from the collection."""

    required_arguments = 1
    optional_arguments = 2
    argument_names = ("KIND", "OF", "SPLIT")
    option_texts: ClassVar[dict[str, str]] = {
        "stack": "The facet that parts the bars, `method` or `none`; of `years`.",
        "caption": "Says what the chart shows.",
        "no-table": "Leaves out the table of the same numbers.",
        "wide": "Draws it for a page that is wider than a line of text; of `progress`.",
    }
    option_spec: ClassVar[dict[str, Any]] = {
        "stack": unchanged,
        "caption": unchanged,
        "no-table": flag,
        "wide": flag,
    }

    def view(self) -> list[nodes.Node]:
        """Return the chart."""
        kind, *rest = self.arguments
        known: dict[str, tuple[int, set[str], Callable[..., View]]] = {
            "progress": (2, {"caption", "no-table", "wide"}, self._progress),
            "years": (0, {"stack", "caption", "no-table"}, self._years),
            "methods": (0, {"caption", "no-table"}, self._methods),
            "method": (1, set(), self._method),
            "worth": (0, set(), WorthChartView),
        }
        if kind not in known:
            raise SelectionError(f"unknown chart `{kind}`: {did_you_mean(kind, known, ', '.join(known))}")
        count, options, make = known[kind]
        if len(rest) != count:
            raise SelectionError(f"the chart `{kind}` takes {count} more arguments, not {len(rest)}")
        for option in sorted(self.options.keys() - options):
            raise SelectionError(f"the chart `{kind}` has no option `{option}`")
        return [self.noted(draw(make(*rest)))]

    def _progress(self, benchmark: str, split: str) -> View:
        check_split(self.library, benchmark, split)
        wide = "wide" in self.options
        return ProgressView(benchmark, split, self._caption, table=self._table, wide=wide)

    def _years(self) -> View:
        return YearsChartView(self._facet("stack", METHOD) or "", self._caption, table=self._table)

    def _methods(self) -> View:
        return MethodsChartView(self._caption, table=self._table)

    def _method(self, slug: str) -> View:
        methods = self.library.registry.methods
        if slug not in methods:
            raise SelectionError(f"unknown method `{slug}`: {did_you_mean(slug, methods, 'no such page')}")
        return MethodChartView(slug)

    @property
    def _caption(self) -> str:
        return str(self.options.get("caption", "")).strip()

    @property
    def _table(self) -> bool:
        return "no-table" not in self.options

    def _facet(self, option: str, *others: str) -> str | None:
        """Return the facet that an option names; none if it is not given."""
        if option not in self.options:
            return None
        name = self.options[option].strip()
        known = {each: each for each in (*self.library.registry.facets, *others, "none")}
        if name not in known:
            raise SelectionError(f"unknown facet `{name}`: {did_you_mean(name, known, ', '.join(known))}")
        return "" if name == "none" else str(name)


class LineageMap(ViewDirective):
    """Draws every paper by year and method, and what builds on what."""

    option_spec: ClassVar[dict[str, Any]] = {}

    def view(self) -> list[nodes.Node]:
        """Return the map."""
        return [self.noted(relate(FieldMapView()))]


class CompareDirective(ViewDirective):
    """Lays two to five papers side by side; without a key readers choose them, and find the pages of methods that have some."""

    optional_arguments = 1
    argument_names = ("KEY...",)
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = {}

    def view(self) -> list[nodes.Node]:
        """Return the tables, or the place for them and a list of links."""
        keys = tuple(self.arguments[0].split()) if self.arguments else ()
        if not keys:
            view = ReadyMadeView()
            self.show(view)
            return [self.noted(choose()), *ready_made(view)]
        if len(set(keys)) != len(keys) or not FEWEST <= len(keys) <= MOST:
            raise SelectionError(f"{FEWEST} to {MOST} different papers can stand side by side")
        for key in keys:
            if key not in self.library:
                raise SelectionError(
                    f"unknown paper `{key}`: {did_you_mean(key, self.library, 'no such page')}"
                )
        beside = SideBySideView(keys)
        return compared(beside, self.show(beside))


class ChooseDirective(ViewDirective):
    """Lists the methods with results, for readers who look for one: what each needs, reaches and offers, to filter."""

    option_spec: ClassVar[dict[str, Any]] = {
        "numbers": unchanged, "conditions": unchanged, "bound": unchanged, "caption": unchanged,
    }  # fmt: skip
    option_texts: ClassVar[dict[str, str]] = {
        "numbers": "Numbers that are shown, separated by semicolons: `BENCHMARK/SPLIT`, and conditions that they must state, as `backbone=ResNet-101`.",
        "conditions": "Conditions that readers filter by, and that stand beside a number that need not state them, separated by blanks.",
        "bound": "`FACET=TERM` of results that are the bound of others, of which a number is a share.",
        "caption": "Says what the table holds.",
    }

    def view(self) -> list[nodes.Node]:
        """Return the table."""
        library = self.library
        parts = [part for part in self.options.get("numbers", "").split(";") if part.strip()]
        conditions = tuple(self.options.get("conditions", "").split())
        for name in conditions:
            check_condition(library, name)
        facet, _, term = self.options.get("bound", "").partition("=")
        known = {
            f"{each.id}={word}": word for each in library.registry.facets.values() for word in each.terms
        }
        if facet and f"{facet}={term}" not in known:
            raise SelectionError(
                f"unknown bound `{facet}={term}`: {did_you_mean(f'{facet}={term}', known, 'write FACET=TERM')}"
            )
        standards = tuple(parse_standard(library, part) for part in parts)
        caption = self.options.get("caption", "").strip() or "Methods to choose from"
        return self.block(ChoiceView(standards, conditions, (facet, term), caption))


class RecordsDirective(Leaderboard):
    """Lists what was the best of each group on one split of a benchmark, and from when to when."""

    shows = ReignsView


DRAWING_DIRECTIVES = {
    "boards": Boards,
    "chart": ChartOf,
    "choose": ChooseDirective,
    "compare": CompareDirective,
    "lineage": LineageMap,
    "records": RecordsDirective,
}
