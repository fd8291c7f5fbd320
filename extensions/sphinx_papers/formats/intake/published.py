"""Records as a site publishes them in ``papers.json``, for those who have no checkout of it."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from typing import Any

from pydantic import ValidationError

from sphinx_papers.formats.exports.export import VERSION
from sphinx_papers.formats.exports.papers_json import PaperJson, PapersJson
from sphinx_papers.formats.intake.words import IntakeError, one_line
from sphinx_papers.formats.records.form import alike
from sphinx_papers.formats.text.plain import unbroken
from sphinx_papers.formats.text.safe_text import UNSEEN, unseen
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.depth import Depth
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import (
    Appearance,
    Correction,
    Links,
    Paper,
    Printed,
    Repository,
    Reproduction,
    Result,
    Source,
)
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Registry, Venue, VenueKind


def read_published(text: str) -> Library:
    """Return the records of *text*, with all that they say and the words that they use.

    Not told are works without a page, and which sections a page has. A file of an earlier release tells no words,
    and its library has no benchmark.

    What stands there is held to the rules of records, as it comes from anybody and is written into files of others.

    :raises IntakeError: if it is not the export of a site, or one of another version.
    """
    try:
        data = _seen(json.loads(text))
        found = PapersJson.model_validate(data, extra="ignore")
        papers = [_paper(each, found.registry.sections) for each in found.papers]
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        if where == "version" and isinstance(first["input"], int):
            message = f"it has version {first['input']} of the format, and this program reads {VERSION}"
        else:
            message = f"it is no papers.json of a site ({where or 'the whole'}: {one_line(first['msg'])})"
        raise IntakeError(message) from error
    except (ValueError, RecursionError) as error:
        message = f"it is no papers.json of a site ({one_line(str(error))})"
        raise IntakeError(message) from error
    registry = found.registry
    if registry != Registry():
        _require_words(papers, registry)
    return Library(papers, alike(Registry, registry, venues={**_venues(found.papers), **registry.venues}))


def _seen(data: Any) -> Any:
    """Return *data* with each text on one line, and blanks for what nobody can see."""
    match data:
        case str():
            return unbroken(UNSEEN.sub(" ", data) if unseen(data) else data)
        case dict():
            return {_seen(name): _seen(each) for name, each in data.items()}
        case list():
            return [_seen(each) for each in data]
    return data


def _require_words(papers: list[Paper], registry: Registry) -> None:
    """Refuse a file whose records use words that its own registry does not have."""
    for paper in papers:
        for word, known in _words(paper, registry):
            if word not in known:
                message = f"it is no papers.json of a site ({paper.key}: nothing in it says what `{one_line(word)}` is)"
                raise IntakeError(message)


def _words(paper: Paper, registry: Registry) -> Iterator[tuple[str, Container[str]]]:
    """Yield each word that the record of *paper* takes from elsewhere, with those that there are."""
    yield from ((method, registry.methods) for method in paper.methods)
    for stage, terms in paper.chain.items():
        yield stage, registry.chain
        yield from ((term, registry.chain[stage].terms) for term in terms)
    for facets in (paper.facets, *(number.facets for number in paper.numbers)):
        for facet, terms in facets.items():
            yield facet, registry.facets
            yield from ((term, registry.facets[facet].terms) for term in terms)
    for number in paper.numbers:
        yield number.benchmark, registry.benchmarks
        yield number.split, registry.benchmarks[number.benchmark].splits
        for name, value in number.conditions.items():
            yield name, registry.conditions
            yield value, registry.conditions[name].terms or {value}
    for result in paper.results:
        yield from ((name, paper.sources) for name in (result.source, *result.also) if name)
    yield from ((printed.source, paper.sources) for printed in paper.as_printed)


def _venues(papers: tuple[PaperJson, ...]) -> dict[str, Venue]:
    seen = {each.venue.id: each.venue for each in reversed(papers) if each.venue is not None}
    return {name: alike(Venue, each, kind=VenueKind(each.kind)) for name, each in sorted(seen.items())}


def _paper(part: PaperJson, sections: tuple[str, ...]) -> Paper:
    seen = part.venue
    return alike(
        Paper, part,
        date=PartialDate.parse(part.date),
        authors=tuple(alike(Person, each) for each in part.authors),
        appearance=alike(Appearance, seen, venue=seen.id) if seen is not None else None,
        links=alike(Links, part.links),
        code=tuple(alike(Repository, each, checked=_day(each.checked)) for each in part.code),
        sources={
            name: alike(Source, each, checked=_day(each.checked)) for name, each in part.sources.items()
        },
        results=tuple(alike(Result, each) for each in part.results),
        as_printed=tuple(alike(Printed, each) for each in part.as_printed),
        reproductions=tuple(
            alike(Reproduction, each, checked=_day(each.checked)) for each in part.reproductions
        ),
        added=_day(part.added),
        corrections=tuple(
            alike(Correction, each, date=PartialDate.parse(each.date)) for each in part.corrections
        ),
        # Which sections a brief page has is not told: one stands for them.
        sections={Depth.FULL: sections or ("",), Depth.BRIEF: ("",)}.get(part.depth, ()),
    )  # fmt: skip


def _day(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None
