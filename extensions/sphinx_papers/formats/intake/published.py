"""Records as a site publishes them in ``papers.json``, for those who have no checkout of it."""

from __future__ import annotations

import json
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sphinx_papers.formats.exports.export import VERSION
from sphinx_papers.formats.intake.words import IntakeError, one_line
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Appearance, Paper
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Registry, Venue, VenueKind


class _Part(BaseModel):
    """What is used of the format; what a later release adds to it is passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class _PersonPart(_Part):
    family: str = Field(min_length=1)
    given: str = ""
    particle: str = ""
    suffix: str = ""


class _VenuePart(_Part):
    id: str
    name: str
    full: str
    proceedings: str = ""
    kind: VenueKind
    year: int
    month: int = 0
    volume: str = ""
    number: str = ""
    pages: str = ""
    article: str = ""
    publisher: str = ""


class _PaperPart(_Part):
    key: str
    title: str
    names: tuple[str, ...] = ()
    authors: tuple[_PersonPart, ...] = ()
    date: str
    venue: _VenuePart | None = None
    arxiv: str = ""
    doi: str = ""


class _PapersPart(_Part):
    version: int
    papers: tuple[_PaperPart, ...]


class _VersionPart(_Part):
    version: Literal[VERSION]  # type: ignore[valid-type]


def read_published(text: str) -> Library:
    """Return the records of *text*, as far as they say what a bibliography does; nothing of results.

    :raises IntakeError: if it is not the export of a site, or one of another version.
    """
    try:
        data = json.loads(text)
        if isinstance(data, dict) and isinstance(data.get("version"), int):
            _VersionPart.model_validate(data)
        found = _PapersPart.model_validate(data)
        papers = [_paper(each) for each in found.papers]
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        if where == "version" and first["type"] == "literal_error":
            message = f"it has version {first['input']} of the format, and this program reads {VERSION}"
        else:
            message = f"it is no papers.json of a site ({where or 'the whole'}: {one_line(first['msg'])})"
        raise IntakeError(message) from error
    except (ValueError, RecursionError) as error:
        message = f"it is no papers.json of a site ({one_line(str(error))})"
        raise IntakeError(message) from error
    return Library(papers, Registry(venues=_venues(found.papers)))


def _venues(papers: tuple[_PaperPart, ...]) -> dict[str, Venue]:
    seen = {each.venue.id: each.venue for each in reversed(papers) if each.venue is not None}
    return {
        name: Venue(
            id=name, name=each.name, full=each.full, proceedings=each.proceedings or each.full, kind=each.kind,
            publisher=each.publisher,
        )
        for name, each in sorted(seen.items())
    }  # fmt: skip


def _paper(part: _PaperPart) -> Paper:
    seen = part.venue
    return Paper(
        key=part.key, title=part.title, names=part.names, date=PartialDate.parse(part.date),
        authors=tuple(Person(**each.model_dump()) for each in part.authors), arxiv=part.arxiv, doi=part.doi,
        appearance=Appearance(
            venue=seen.id, year=seen.year, volume=seen.volume, number=seen.number, pages=seen.pages,
            article=seen.article, month=seen.month,
        ) if seen is not None else None,
    )  # fmt: skip
