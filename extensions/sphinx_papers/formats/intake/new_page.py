"""Writes the page of a paper from what is known of it: its record and a heading, nothing that stands in for text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from sphinx_papers.formats.exports.markdown import escaped
from sphinx_papers.formats.intake.words import IntakeError, one_line
from sphinx_papers.formats.records.form import Form
from sphinx_papers.formats.records.record import page_order, record_form
from sphinx_papers.formats.records.values import author_entry
from sphinx_papers.formats.records.yaml_text import flow_list, flow_map, quoted, scalar
from sphinx_papers.formats.text.names import read_name
from sphinx_papers.formats.text.tex import refused_tex
from sphinx_papers.model.problem import did_you_mean
from sphinx_papers.model.records.draft import Draft
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Registry, VenueKind
from sphinx_papers.model.records.title import name_in_title, plain_title, title_parts
from sphinx_papers.model.records.venue_name import VenueNames
from sphinx_papers.model.rules.editorial import EditorialRules, SectionRule

_QUOTED = frozenset({"title", "summary", "arxiv", "url", "about", "paper", "project"})
_BARE = frozenset({"year", "month", "date", "checked", "added", "value", "of", "official"})


@dataclass(frozen=True, slots=True)
class NewPage:
    """A page to be, and what its author still has to do."""

    text: str
    notes: tuple[str, ...]
    """What of the draft found no place in the record as it was."""
    left: tuple[str, ...]
    """What every page lacks that was made of as much."""


class PageWriter:
    """Writes pages for one collection."""

    def __init__(
        self,
        registry: Registry,
        rules: EditorialRules,
        today: str,
        chosen: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """*chosen* are terms of facets, and methods, that every page gets."""
        self._registry = registry
        self._rules = rules
        self._today = today
        self._chosen = dict(chosen or {})
        self._form = record_form(registry)
        self._venues = VenueNames(registry)

    def write(self, draft: Draft) -> NewPage:
        """Return the page of *draft*.

        :raises IntakeError: if no record can hold its title, without which there is no page.
        """
        if draft.record:
            return self._of_record(draft.record)
        notes: list[str] = []
        left: list[str] = []
        if self._is_preprint(draft.venue):
            draft = replace(draft, venue="")
        title, refused_formulas = _showable(draft.title)
        draft = replace(draft, title=title)
        notes += refused_formulas
        data = self._data(draft, notes)
        comments = self._comments(draft, data, left)
        data, refused = _fitting(self._form, data)
        if draft.title and "title" not in data:
            message = f"a record cannot hold the title: {one_line(draft.title)[:80]}"
            raise IntakeError(message)
        notes += refused
        if data.get("names") and not draft.names:
            left.append("whether the method is called what its title begins with")
        left.append("what it is called, what it builds on, results with their sources")
        sections = [section.title for section in self._rules.sections]
        left.append(
            "the summary, the heading" + (f" and sections ({', '.join(sections)})" if sections else "")
        )
        return NewPage(self._text(data, comments), tuple(notes), tuple(left))

    def outline(self, page: str) -> str:
        """Return the headings that the text of a page lacks, each with a comment that says what belongs there."""
        there = set(re.findall(r"^## +(.+?) *$", page, re.MULTILINE))
        return "\n".join(
            f"## {rule.title}\n\n<!-- {_advice(rule)} -->\n"
            for rule in self._rules.sections
            if rule.title not in there
        )

    def publication(self, draft: Draft) -> str:
        """Return where *draft* was published, as records write it; empty for a preprint and what is not known."""
        venue = draft.record.get("venue") or (
            {} if self._is_preprint(draft.venue) else self._venue(draft, [])
        )
        said = {"venue": venue, "doi": draft.doi} if venue else {}
        return ", ".join(
            line.strip() for key, value in said.items() if value for line in _written(key, value)
        )

    def _of_record(self, record: Mapping[str, Any]) -> NewPage:
        """Return the page of a record that is whole; the day it came and what its title gives are added."""
        data = {"added": self._today, **_offered(record), **record}
        return NewPage(self._text(data, {}), (), ())

    def _text(self, data: Mapping[str, Any], comments: Mapping[str, str]) -> str:
        lines = ["---", "paper:"]
        for key in page_order(self._registry):
            if key in data:
                lines += _written(key, data[key])
            elif key in comments:
                lines.append(f"  # {key}: {comments[key]}")
        return "\n".join([*lines, "---", f"# {heading(data.get('title', ''), data.get('names', ()))}", ""])

    def _data(self, draft: Draft, notes: list[str]) -> dict[str, Any]:
        authors = []
        for person in draft.authors:
            written = author_text(person)
            if written:
                authors.append(written)
            else:
                notes.append(f"an author that a record cannot hold: {one_line(person.display)}")
        links = {"paper": draft.url, "project": draft.project}
        about = "title" + (", authors" if draft.authors else "") + (", date" if draft.date else "")
        sources = {
            _source_name(draft): {
                "url": draft.source, "kind": _source_kind(draft), "about": about, "checked": self._today,
            }
        }  # fmt: skip
        data: dict[str, Any] = {
            "title": draft.title,
            "names": list(dict.fromkeys(one_line(name) for name in draft.names)),
            "authors": list(dict.fromkeys(authors)),
            "date": draft.date or (str(draft.year) if draft.year else ""),
            "venue": self._venue(draft, notes),
            "arxiv": draft.arxiv,
            "arxiv_class": draft.arxiv_class if draft.arxiv else "",
            "doi": draft.doi,
            "links": {key: value for key, value in links.items() if value},
            "code": [{"url": url} for url in dict.fromkeys(draft.code)],
            "sources": sources if draft.source else {},
            "added": self._today,
        }
        for facet in self._registry.facets.values():
            terms = list(self._chosen.get(facet.id, ()))
            data[facet.id] = terms if facet.many else next(iter(terms), "")
        data["methods"] = list(self._chosen.get("methods", ()))
        notes += draft.notes
        data |= _offered(data)
        return {key: value for key, value in data.items() if value}

    def _is_preprint(self, venue: str) -> bool:
        found = self._venues.find(venue)
        return found is not None and self._registry.venues[found].kind is VenueKind.PREPRINT

    def _venue(self, draft: Draft, notes: list[str]) -> dict[str, Any]:
        """Return the venue as a record writes it; empty if it is not known."""
        if not draft.venue:
            return {}
        found = self._venues.find(draft.venue)
        if found is None:
            names = [venue.name for venue in self._registry.venues.values()]
            hint = did_you_mean(
                draft.venue, names, "add it to venues.yml, or to the aliases of a venue there"
            )
            notes.append(f"the venue: the registry does not know `{one_line(draft.venue)}` ({hint})")
            return {}
        if not draft.year:
            notes.append(f"the venue: it is {self._registry.venues[found].name}, of an unknown year")
            return {}
        values = {
            "id": found, "year": str(draft.year), "volume": draft.volume, "number": draft.number,
            "pages": draft.pages, "article": draft.article, "month": str(draft.month or ""),
        }  # fmt: skip
        return {key: value for key, value in values.items() if value}

    def _comments(self, draft: Draft, data: Mapping[str, Any], left: list[str]) -> dict[str, str]:
        """Return what stands in the place of keys that are left open, as comments."""
        comments = {"summary": "one sentence: what it does and what that buys"}
        if "date" not in data:
            comments["date"] = "YYYY-MM-DD, when it was first public"
            left.append("the date: when it was first public (required)")
        elif not draft.arxiv:
            left.append("whether it was public earlier: `date` is that of publication")
        if not data.get("authors"):
            comments["authors"] = "[Given Family, Given Family]"
            left.append("the authors")
        if "venue" not in data and draft.venue:
            comments["venue"] = "{id: ..., year: ...}"
        for facet in self._registry.facets.values():
            if facet.id not in data:
                comments[facet.id] = ("some of " if facet.many else "one of ") + ", ".join(facet.terms)
                if facet.required:
                    left.append(f"`{facet.id}` (required): {comments[facet.id]}")
        if "methods" not in data and self._registry.methods:
            comments["methods"] = "some of " + ", ".join(sorted(self._registry.methods))
            left.append("`methods`, the most important first")
        return comments


def author_text(person: Person) -> str:
    """Return *person* as a record writes it; empty if no way of writing reads as this person."""
    given = " ".join(part for part in (person.given, person.particle, person.family) if part)
    last = " ".join(part for part in (person.particle, person.family) if part)
    forms = [
        given if not person.suffix else "",
        ", ".join(part for part in (last, person.suffix, person.given) if part),
        f"{person.particle} {{{person.family}}}, {person.given}".strip(" ,"),
    ]
    for form in forms:
        try:
            if form and one_line(form) == form and read_name(author_entry(form)) == person:
                return form
        except (ValueError, PydanticCustomError):
            continue
    return ""


def _showable(title: str) -> tuple[str, list[str]]:
    """Return *title* with formulas that pages cannot show written out as text, and say which they are."""
    parts, told = [], []
    for is_math, part in title_parts(title):
        # Feynman's slash needs a package of its own; \not sets the same.
        formula = re.sub(r"\\slashed(?![A-Za-z])", r"\\not", part)
        if is_math and refused_tex(formula):
            told.append(f"the title: its formula cannot be shown, and stands as text: {one_line(part)}")
            parts.append(re.sub(r"[{}$]", "", part))
        else:
            parts.append(f"${formula}$" if is_math else part)
    return "".join(parts), told


def _fitting(form: type[Form], data: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return what of *data* a record can hold, and say what it cannot."""
    refused: list[str] = []
    data = dict(data)
    while True:
        try:
            form.model_validate(data)
        except ValidationError as error:
            wrong = {
                str(each["loc"][0]) for each in error.errors() if each["type"] != "missing"
            } & data.keys()
            if not wrong:
                return data, refused
            refused += [
                f"`{key}`, which a record cannot hold as it was given: {one_line(str(data.pop(key)))[:80]}"
                for key in sorted(wrong)
            ]
        else:
            return data, refused


def _written(key: str, value: Any) -> list[str]:
    if key == "sources":
        lines = [f"    {scalar(name)}: {_value('', source)}" for name, source in value.items()]
        return [f"  {key}:", *lines]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [f"  {key}:", *(f"    - {_value('', each)}" for each in value)]
    return [f"  {key}: {_value(key, value)}"]


def _value(key: str, value: Any) -> str:
    if isinstance(value, dict):
        return flow_map({name: _value(name, each) for name, each in value.items()})
    if isinstance(value, list):
        return flow_list(value)
    if key in _BARE:
        return str(value)
    return quoted(value) if key in _QUOTED else scalar(value)


def _offered(record: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the name that the title begins with, for a record that has none."""
    name = "" if record.get("names") else name_in_title(record.get("title", ""))
    return {"names": [name]} if name else {}


def heading(title: str, names: Sequence[str]) -> str:
    """Return the heading of a page that nobody has written yet, as Markdown: name and title, the name once."""
    whole = "".join(
        f"${part}$" if is_math else escaped(plain_title(part)) for is_math, part in title_parts(title)
    )
    name = escaped(" / ".join(names))
    if not name or whole.startswith(f"{name}:"):
        return whole
    return f"{whole} ({name})" if ":" in whole else f"{name}: {whole}"


def _advice(rule: SectionRule) -> str:
    words = f"{rule.shortest} to {rule.longest} words." if rule.longest else ""
    return " ".join(part for part in (rule.hint.replace("--", "-"), words) if part) or rule.title


def _source_name(draft: Draft) -> str:
    if "arxiv.org" in draft.source:
        return "preprint"
    return "publisher" if "doi.org" in draft.source else "list" if draft.source != draft.url else "page"


def _source_kind(draft: Draft) -> str:
    name = _source_name(draft)
    return {"preprint": "preprint", "list": "index"}.get(name, "publisher")
