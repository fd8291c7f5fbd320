"""What the rows of a table are found by: words, and answers to the questions that filters ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sphinx_papers.model.display.text import Choice, Facts, Filter, Preset, Row
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.depth import Depth, depth
from sphinx_papers.model.records.evidence import STATE_NAMES, state
from sphinx_papers.model.records.having import FILTERED, FILTERED_RESULTS, Having
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Measurer, Paper, Result
from sphinx_papers.model.records.registry import Facet, Registry, in_a_sentence
from sphinx_papers.model.tables.ranking import is_own

NONE, UNKNOWN = "none", "unknown"
"""Answers beside the terms of a registry; what is not known is equal to nothing, not even to itself."""
_TOGETHER = "."
"""Stands between terms that count as one answer, as they do where results are compared."""
_FEWEST = 2
"""As many results must share their conditions before there is something to compare."""
_MOST = 3
"""What methods may see, of which there are ready-made comparisons."""
_EXACT = 2
"""Comparisons under all conditions for each of these, without a result in common."""

_STATE_NAMES: Mapping[str, str] = {each.value: name for each, name in STATE_NAMES.items()}
_MEASURERS: Mapping[str, str] = {
    Measurer.AUTHORS.value: "The paper's authors", Measurer.OTHERS.value: "Others",
}  # fmt: skip

_Chosen = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Question:
    """A filter before there are rows: how its choices are called, and in which order they come."""

    id: str
    name: str
    names: Callable[[str], str]
    order: Callable[[str], object]
    every: bool = False


def _having(known: Mapping[str, Having]) -> Question:
    """Return the question what there is, of which a reader may want several at once."""
    return Question("has", "With", lambda word: known[word].name, list(known).index, every=True)


def _had(paper: Paper, known: Mapping[str, Having]) -> tuple[str, ...]:
    return tuple(word for word, each in known.items() if each.test(paper))


def _ranged(identifier: str, name: str, names: Mapping[str, str]) -> Question:
    """Return a question with the answers *names*, in their order."""
    return Question(identifier, name, names.__getitem__, list(names).index)


def _listed(identifier: str, name: str, names: Mapping[str, str], *, newest: bool = False) -> Question:
    """Return a question with the answers *names*, by name; *newest* puts the largest first."""
    ranks = {each: place for place, each in enumerate(sorted(names, key=lambda n: names[n], reverse=newest))}
    last = len(ranks)
    return Question(
        identifier,
        name,
        lambda term: names.get(term, "Not stated"),
        lambda term: (ranks.get(term, last), term),
    )


def _facet(facet: Facet) -> Question:
    """Return the question for *facet*, its terms in the order of the registry, several together after one."""
    names = {term.id: term.name for term in facet.terms.values()} | {NONE: "None", UNKNOWN: "Unknown"}
    ranks = {term: place for place, term in enumerate(names)}

    def order(answer: str) -> object:
        return [ranks[part] for part in answer.split(_TOGETHER)]

    return Question(
        facet.id, facet.name, lambda a: " + ".join(names[part] for part in a.split(_TOGETHER)), order
    )


def _condition(registry: Registry, name: str) -> Question:
    names = {term.id: term.name for term in registry.conditions[name].terms.values()}
    return Question(
        name, registry.conditions[name].name,
        lambda answer: "Unknown" if answer == UNKNOWN else names.get(answer, answer),
        lambda answer: (answer == UNKNOWN, answer.casefold(), answer),
    )  # fmt: skip


def _together(facet: Facet, terms: Iterable[str]) -> str:
    """Return *terms* as one answer, in the order of the registry."""
    known = set(terms)
    ordered = [term for term in (*facet.terms, NONE, UNKNOWN) if term in known]
    return _TOGETHER.join(dict.fromkeys(ordered))


def _by_year_and_venue(registry: Registry, years: Iterable[str]) -> tuple[Question, Question]:
    return (
        _listed("year", "Year", {year: year for year in years}, newest=True),
        _listed("venue", "Venue", {venue.id: venue.name for venue in registry.venues.values()}),
    )


def _venue(paper: Paper) -> str:
    return paper.appearance.venue if paper.appearance else UNKNOWN


def stated(paper: Paper, facet: str, result: Result | None = None) -> tuple[str, ...]:
    """Return the terms of *facet*, or that there are none, or that nothing is known."""
    return paper.terms(facet, result) or ((NONE if paper.states(facet, result) else UNKNOWN),)


def paper_questions(library: Library) -> tuple[Question, ...]:
    """Return what is asked of papers."""
    registry = library.registry
    year, venue = _by_year_and_venue(registry, library.by_year)
    methods = _listed("method", "Method", {m.slug: m.name for m in registry.methods.values()})
    chain = {stage.id: stage.name for stage in registry.chain.values()}
    changes = Question(
        "chain", "Changes", lambda term: chain.get(term, "Not stated"), [*chain, UNKNOWN].index
    )
    facets = (_facet(facet) for facet in registry.facets.values())
    page = Question("depth", "Page", lambda term: term.capitalize(), list(Depth).index)  # type: ignore[arg-type]
    return (year, venue, methods, *((changes,) if chain else ()), *facets, page, _having(FILTERED))


def paper_facts(library: Library, paper: Paper, columns: Iterable[str]) -> Facts:
    """Return what *paper* is found by in a table that shows *columns*."""
    shown = {"summary": paper.summary, "title": paper.plain_title, "name": paper.name, "arxiv": paper.arxiv}
    words = [paper.key, *(text for column, text in shown.items() if column not in columns)]
    if "authors" not in columns:
        words += [author.display for author in paper.authors]
    terms = (
        (str(paper.year),),
        (_venue(paper),),
        paper.methods or (UNKNOWN,),
        *((tuple(paper.chain) or (UNKNOWN,),) if library.registry.chain else ()),
        *(stated(paper, facet) for facet in library.registry.facets),
        (depth(paper, library.registry).value,),
        _had(paper, FILTERED),
    )
    return Facts(" ".join(word for word in words if word), terms, known=_month(paper.date))


def result_questions(library: Library) -> tuple[Question, ...]:
    """Return what is asked of results: everything that tells like from unlike, then where and when."""
    registry = library.registry
    year, venue = _by_year_and_venue(registry, library.by_year)
    conditions = (_condition(registry, name) for name in registry.conditions)
    facets = (_facet(facet) for facet in registry.facets.values() if facet.per_result)
    told = (_ranged("state", "State", _STATE_NAMES), _ranged("by", "Measured by", _MEASURERS))
    return (*facets, *conditions, venue, year, *told, _having(FILTERED_RESULTS))


def result_facts(library: Library, paper: Paper, result: Result) -> Facts:
    """Return what *result* is found by; of a facet all its terms together are the answer."""
    registry = library.registry
    words = [paper.key, paper.plain_title, *(author.display for author in paper.authors)]
    facets = [
        (_together(facet, stated(paper, facet.id, result)),)
        for facet in registry.facets.values()
        if facet.per_result
    ]
    conditions = ((result.conditions.get(condition, UNKNOWN),) for condition in registry.conditions)
    told = ((state(paper, result).value,), (result.by.value,), _had(paper, FILTERED_RESULTS))
    answers = (*facets, *conditions, (_venue(paper),), (str(paper.year),), *told)
    place = [each is result for each in paper.results].index(True)
    return Facts(" ".join(words), answers, paper.date.moment, place, _month(known_since(paper, result)))


def known_since(paper: Paper, result: Result) -> PartialDate | None:
    """Return when *result* was first public, as far as that is known: with its paper, if its authors measured it.

    When others did is in no record.
    """
    return paper.date if result.by is Measurer.AUTHORS else None


def _month(date: PartialDate | None) -> int:
    return 100 * date.year + date.month if date else 0


def choice_questions(library: Library, conditions: Iterable[str]) -> tuple[Question, ...]:
    """Return what is asked of papers by somebody who looks for a method: what one has, and what there is."""
    registry = library.registry
    facets = (_facet(facet) for facet in registry.facets.values())
    asked = (_condition(registry, name) for name in conditions)
    year, _ = _by_year_and_venue(registry, library.by_year)
    return (*facets, *asked, _having(FILTERED), year)


def choice_facts(library: Library, paper: Paper, conditions: Iterable[str]) -> Facts:
    """Return what *paper* is found by there; terms that a method needs together are one answer.

    Of a condition each value counts that one of the results of its authors states.
    """
    facets = [_told(library.registry, paper, facet) for facet in library.registry.facets.values()]
    own = _by_authors(paper)
    told = (
        tuple(dict.fromkeys(result.conditions[name] for result in own if name in result.conditions))
        or (UNKNOWN,)
        for name in conditions
    )
    words = [paper.key, paper.plain_title, paper.summary, *(author.display for author in paper.authors)]
    asked = (*facets, *told, _had(paper, FILTERED), (str(paper.year),))
    return Facts(" ".join(words), asked, needs=_needs(library.registry, paper))


def having(registry: Registry) -> tuple[str, ...]:
    """Return the facets by which somebody says what there is to work with: those that decide."""
    return tuple(facet.id for facet in registry.facets.values() if facet.decides)


def _told(registry: Registry, paper: Paper, facet: Facet) -> tuple[str, ...]:
    """Return what *paper* states of *facet*; where it is silent on what decides, what each way to run it does."""
    if not facet.decides:
        return stated(paper, facet.id)
    if paper.states(facet.id):
        return (_together(facet, stated(paper, facet.id)),)
    place = having(registry).index(facet.id)
    return tuple(dict.fromkeys(way[place] for way in _needs(registry, paper)))


def told_names(registry: Registry, paper: Paper, facet: Facet) -> str:
    """Return the same in words: *none or CLIP*; empty if nothing is known."""
    names = _facet(facet).names
    told = _told(registry, paper, facet)
    return "" if UNKNOWN in told else " or ".join("none" if each == NONE else names(each) for each in told)


def _by_authors(paper: Paper) -> list[Result]:
    return [result for result in paper.results if result.by is Measurer.AUTHORS]


def _needs(registry: Registry, paper: Paper) -> tuple[tuple[str, ...], ...]:
    """Return what must be had to run a method, each way once: of each deciding facet an answer.

    That is all that its paper says to use, if any result had all of that: without its saliency maps it is
    another method. A paper that was tried with boxes, and with points, needs one of the two and not both.
    """

    def way(result: Result | None) -> tuple[str, ...]:
        facets = registry.facets
        return tuple(_together(facets[name], stated(paper, name, result)) for name in having(registry))

    own = (result for result in _by_authors(paper) if is_own(registry, paper, result))
    ways = tuple(dict.fromkeys(way(result) for result in own))
    whole = way(None)
    return ways if ways and whole not in ways else (whole,)


def filters(questions: Sequence[Question], rows: Iterable[Row]) -> tuple[Filter, ...]:
    """Return *questions* with the answers that *rows* give, and how many give each."""
    counts: list[Counter[str]] = [Counter() for _ in questions]
    for row in rows:
        for count, terms in zip(counts, row.facts.terms if row.facts else (), strict=False):
            count.update(terms)
    return tuple(
        Filter(
            question.id, question.name,
            tuple(
                Choice(term, question.names(term), count[term])
                for term in sorted(count, key=question.order)  # type: ignore[arg-type]
            ),
            question.every,
        )
        for question, count in zip(questions, counts, strict=True)
    )  # fmt: skip


def presets(library: Library, asked: Sequence[Filter], rows: Sequence[Row]) -> tuple[Preset, ...]:
    """Return the conditions that most results share: like can be compared with like at once.

    First what a method may see, the facets with several terms; then with these all, or all but one,
    of what at least half of the results state. What is unknown makes no result like another.
    """
    registry = library.registry
    places = {each.id: place for place, each in enumerate(asked)}
    # Of a facet or condition a result gives one answer.
    answers = [tuple([terms[0] if terms else "" for terms in row.facts.terms]) for row in rows if row.facts]
    seen = [f.id for f in registry.facets.values() if f.per_result and f.many]
    known = [
        name
        for name in registry.conditions
        if 2 * sum(each[places[name]] != UNKNOWN for each in answers) >= len(answers)
    ]

    def shared(names: Sequence[str]) -> dict[_Chosen, int]:
        """Return how many results give the same answers to *names*."""
        wanted = [places[name] for name in names]
        counts = Counter([tuple([each[place] for place in wanted]) for each in answers])
        return {
            tuple(zip(names, given, strict=True)): number
            for given, number in counts.items()
            if _FEWEST <= number < len(rows) and UNKNOWN not in given
        }

    wide = sorted(shared(seen).items(), key=lambda item: (-item[1], item[0]))[:_MOST]
    narrow = shared([*seen, *known]) if known else {}
    for left_out in known:
        narrow |= shared([*seen, *(name for name in known if name != left_out)])
    exact = []
    for chosen, _ in wide:
        within = {each: n for each, n in narrow.items() if each[: len(chosen)] == chosen != each}
        for _ in range(_EXACT):
            if within:
                # Many results and many conditions: the one that says most of those that share what may be seen.
                best = max(within.items(), key=lambda item: (item[1] * len(item[0]), len(item[0]), item[0]))
                exact.append(best)
                within = {each: n for each, n in within.items() if _apart(each, best[0])}
    named = {each.id: {choice.id: choice.name for choice in each.choices} for each in asked}
    return tuple(
        Preset(", ".join(_said(registry, named, *pair) for pair in chosen), chosen, number)
        for chosen, number in (*wide, *exact)
    )


def _apart(one: _Chosen, other: _Chosen) -> bool:
    """Say whether no result can fit both."""
    known = dict(other)
    return any(known.get(name, term) != term for name, term in one)


def _said(registry: Registry, named: Mapping[str, Mapping[str, str]], name: str, term: str) -> str:
    """Return an answer in words that need no question."""
    if term == NONE:
        known = registry.facets.get(name) or registry.conditions[name]
        return f"no {in_a_sentence(known.name)}"
    return named[name][term]
