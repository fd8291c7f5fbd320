"""Declarative selection of papers: criteria, order and limit, never code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sphinx_papers.model.problem import did_you_mean, shown
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.depth import Depth, depth
from sphinx_papers.model.records.having import HAVING
from sphinx_papers.model.records.library import Index, Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.person import slug

UNTIL = "until"
"""Asks for what was public by the end of a month."""
FIELDS = ("author", "benchmark", "chain", "depth", "has", "key", "method", UNTIL, "venue", "year")
"""What every selection may test, whatever the facets of the field."""
OPTIONS = ("caption", "columns", "filter", "group-by", "limit", "sort")
"""What stands beside these fields where a table is asked for."""

_YEARS = re.compile(r"([0-9]{4})|([0-9]{4})?\s*-\s*([0-9]{4})?")

_SORT: Mapping[str, Callable[[Paper], tuple[object, ...]]] = {
    "date": lambda paper: (paper.date,),
    "key": lambda paper: (paper.key,),
    "name": lambda paper: (not paper.names, paper.name.casefold()),
    "title": lambda paper: (paper.plain_title.casefold(),),
    "venue": lambda paper: (paper.appearance.venue if paper.appearance else "~",),
    "year": lambda paper: (paper.year,),
}


class SelectionError(ValueError):
    """A selection that cannot be understood; says what is known instead."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which papers, in which order, how many.

    `where` holds (field, accepted values) pairs. A paper is taken if for every
    pair one of the values fits; a value that begins with ``not`` excludes.
    """

    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sort: str = "-date"
    limit: int | None = None


def selection_fields(library: Library) -> tuple[str, ...]:
    """Return the names that a selection on *library* may test."""
    return (*FIELDS, *library.registry.facets)


def parse_selection(library: Library, criteria: Mapping[str, str]) -> Selection:
    """Read *criteria*, texts by field name, beside ``sort`` and ``limit``.

    :raises SelectionError: for an unknown field, value, order or a limit below 1.
    """
    rest = dict(criteria)
    sort = rest.pop("sort", "-date").strip()
    if sort.removeprefix("-") not in _SORT:
        raise _unknown("order", sort, _SORT)
    limit = rest.pop("limit", None)
    if limit is not None and not re.fullmatch(r"\s*0*[1-9][0-9]{0,8}\s*", limit):
        message = f"limit must be a whole number from 1, not {shown(limit)}"
        raise SelectionError(message)
    where = tuple((field, _values(library, field, text)) for field, text in sorted(rest.items()))
    return Selection(where=where, sort=sort, limit=int(limit) if limit else None)


def select(library: Library, selection: Selection) -> tuple[Paper, ...]:
    """Return the papers of *library* that *selection* takes, in its order.

    :raises SelectionError: if the library does not know a field or a value any more.
    """
    for field, values in selection.where:
        _check_values(library, field, values)
    tests = [_test(library, field, values) for field, values in selection.where]
    candidates = _candidates(library, selection)
    taken = [paper for paper in candidates if all(test(paper) for test in tests)]
    order = selection.sort.removeprefix("-")
    if selection.sort != "-date":  # the library's own order
        taken.sort(key=_SORT[order], reverse=selection.sort.startswith("-"))
    return tuple(taken[: selection.limit])


def parse_until(text: str) -> PartialDate:
    """Read a month.

    :raises SelectionError: if it is none.
    """
    try:
        return PartialDate.parse_month(text)
    except ValueError:
        message = f"`{UNTIL}` is a month such as 2021-06, not `{text}`"
        raise SelectionError(message) from None


def _test(library: Library, field: str, values: tuple[str, ...]) -> Callable[[Paper], bool]:
    """Return what tells the papers that are taken by *values* of *field*."""
    if field == UNTIL:
        month = parse_until(values[0])
        return lambda paper: paper.date.is_past(month)
    get = _getter(library, field)
    return lambda paper: _fits(get(paper), values)


def _candidates(library: Library, selection: Selection) -> Iterable[Paper]:
    """Return the papers among which all that fit are, newest first.

    A criterion with one plain value has an index, so that the page of a year costs as
    much as the papers of that year.
    """
    found: Iterable[Paper] = library.values()
    size = len(library)
    for field, values in selection.where:
        index = _index(library, field)
        if index is None or len(values) != 1 or values[0].startswith("not ") or values[0] == "":
            continue
        if field == "year" and not values[0].isdecimal():
            continue
        papers = index.get(values[0], ())
        if len(papers) < size:
            found, size = papers, len(papers)
    return found


def _index(library: Library, field: str) -> Index | None:
    match field:
        case "method":
            return library.by_method
        case "venue":
            return library.by_venue
        case "year":
            return library.by_year
        case "benchmark":
            return library.by_benchmark
    return library.by_term.get(field)


def _values(library: Library, field: str, text: str) -> tuple[str, ...]:
    values = (text.strip(),) if field == UNTIL else tuple(value.strip() for value in text.split(","))
    values = tuple(value for value in values if value)
    if not values:
        message = f"`{field}` needs a value"
        raise SelectionError(message)
    _check_values(library, field, values)
    return values


def _check_values(library: Library, field: str, values: tuple[str, ...]) -> None:
    if field == UNTIL:
        parse_until(values[0])
        return
    known = _known_values(library, field)
    for value in values:
        bare = value.removeprefix("not ").strip()
        if field == "year":
            if not bare.strip("- ") or not _YEARS.fullmatch(bare):
                message = f"`{bare}` is no year or range of years such as 2019-2021, 2020- or -2018"
                raise SelectionError(message)
        elif known is not None and bare not in known:
            raise _unknown(field, bare, known)


def _known_values(library: Library, field: str) -> Iterable[str] | None:
    registry = library.registry
    match field:
        case "method":
            return registry.methods
        case "venue":
            return registry.venues
        case "benchmark":
            return registry.benchmarks
        case "chain":
            return registry.chain
        case "depth":
            return list(Depth)
        case "has":
            return HAVING
        case "key":
            return library
        case "author" | "year":
            return None
    if field in registry.facets:
        return registry.facets[field].terms
    raise _unknown("field", field, selection_fields(library))


def _unknown(what: str, value: str, known: Iterable[str]) -> SelectionError:
    hint = did_you_mean(value, known, "known are " + ", ".join(sorted(known)))
    return SelectionError(f"unknown {what} `{value}`: {hint}")


def _getter(library: Library, field: str) -> Callable[[Paper], tuple[str, ...]]:
    match field:
        case "method":
            return lambda paper: paper.methods
        case "venue":
            return lambda paper: (paper.appearance.venue,) if paper.appearance else ()
        case "benchmark":
            return lambda paper: tuple(result.benchmark for result in paper.results)
        case "chain":
            return lambda paper: tuple(paper.chain)
        case "depth":
            return lambda paper: (depth(paper, library.registry),)
        case "has":
            return lambda paper: tuple(word for word, each in HAVING.items() if each.test(paper))
        case "key":
            return lambda paper: (paper.key,)
        case "author":
            return lambda paper: tuple(part for a in paper.authors for part in (a.slug, slug(a.short)))
        case "year":
            return lambda paper: (str(paper.year),)
    return lambda paper: paper.terms(field)


def _fits(have: tuple[str, ...], values: tuple[str, ...]) -> bool:
    excluded = [value[4:].strip() for value in values if value.startswith("not ")]
    if any(_matches(have, value) for value in excluded):
        return False
    wanted = [value for value in values if not value.startswith("not ")]
    return not wanted or any(_matches(have, value) for value in wanted)


def _matches(have: tuple[str, ...], value: str) -> bool:
    if value in have:
        return True
    years = _YEARS.fullmatch(value)
    if years is None or years[1] or not have:
        return slug(value) in have
    return (years[2] or "0000") <= have[0] <= (years[3] or "9999")
