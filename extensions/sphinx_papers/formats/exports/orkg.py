"""Papers as the Open Research Knowledge Graph imports them: CSV with a line for each contribution.

A column that the graph does not know itself becomes a property, and ``resource:`` before its name
says that values are things of their own that several papers can share (https://orkg.org/csv-import).
What the graph alone can say, the research field and the problem, is chosen there.
"""

from __future__ import annotations

from sphinx_papers.formats.exports.csv import written_lines
from sphinx_papers.model.records.evidence import state
from sphinx_papers.model.records.paper import Paper, Result
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.tables.leaderboard import value_text

_PAPER = (
    "paper:title", "paper:authors", "paper:publication_month", "paper:publication_year", "paper:published_in",
    "paper:doi", "paper:url",
)  # fmt: skip
_RESULT = ("resource:Method", "resource:Benchmark", "Split", "resource:Metric", "Value", "Unit")
_END = ("Variant", "State", "Source", "Note")


def orkg_head(registry: Registry) -> str:
    """Return the line with the headings."""
    facets = [facet.name for facet in registry.facets.values() if facet.per_result]
    conditions = [condition.name for condition in registry.conditions.values()]
    return written_lines(
        [[*_PAPER, *_RESULT, *(f"resource:{name}" for name in (*facets, *conditions)), *_END]]
    )


def orkg_lines(paper: Paper, registry: Registry) -> str:
    """Return a line for each result of *paper*, with its conditions; one of the paper alone where it has none."""
    about = _about(paper, registry)
    rest = len(_RESULT) + len(_END) + len(registry.conditions)
    rest += sum(facet.per_result for facet in registry.facets.values())
    lines = [[*about, *_measured(paper, result, registry)] for result in paper.results]
    return written_lines(lines or [[*about, paper.names[0] if paper.names else "", *[""] * (rest - 1)]])


def _about(paper: Paper, registry: Registry) -> list[str]:
    seen = paper.appearance
    month = (seen.month if seen else 0) or (0 if seen else paper.date.month)
    return [
        paper.plain_title, "; ".join(author.display for author in paper.authors), str(month or ""),
        str(paper.year), registry.venues[seen.venue].full if seen else "", paper.doi, paper.address,
    ]  # fmt: skip


def _measured(paper: Paper, result: Result, registry: Registry) -> list[str]:
    benchmark = registry.benchmarks[result.benchmark]
    source = paper.sources.get(result.source)
    return [
        paper.names[0] if paper.names else "",
        benchmark.name, benchmark.splits[result.split].name, benchmark.metric, value_text(result.value),
        benchmark.unit,
        *(_terms(paper, result, facet.id, registry) for facet in registry.facets.values() if facet.per_result),
        *(_condition(result, name, registry) for name in registry.conditions),
        result.variant, state(paper, result).value, source.url if source else "", result.note,
    ]  # fmt: skip


def _terms(paper: Paper, result: Result, facet: str, registry: Registry) -> str:
    """Return what *result* states of a facet: *none* where it states that there is none, nothing where it does not."""
    known = registry.facets[facet].terms
    terms = [known[term].name for term in known if term in paper.terms(facet, result)]
    return " + ".join(terms) or ("none" if paper.states(facet, result) else "")


def _condition(result: Result, name: str, registry: Registry) -> str:
    value = result.conditions.get(name, "")
    known = registry.conditions[name].terms
    return known[value].name if value in known else value
