"""Records in bulk: a list of them in JSON or YAML, or one in JSON on each line.

An item is what the front matter of a page has below `paper:`, under the same names, with a citation
key as ``key`` where it has one; or it is an item of CSL-JSON, whose ``type`` tells it apart; or it is
an item of somebody's list, with keys such as ``link`` and ``arxiv_id`` that no record has.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sphinx_papers.formats.intake.csl_json import read_csl_item
from sphinx_papers.formats.intake.list_draft import ListRow
from sphinx_papers.formats.intake.listed_item import is_listed, read_listed
from sphinx_papers.formats.intake.words import IntakeError
from sphinx_papers.formats.records.record import RecordForm, page_order
from sphinx_papers.formats.records.record_paper import read_record
from sphinx_papers.formats.records.yaml import Document, read_yaml
from sphinx_papers.model.records.draft import Draft
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.records.venue_name import VenueNames

_BETWEEN = " \t\r\n,"
_SHOWN = 3
"""Problems of one record that are told; the rest is often of the same kind."""


def read_records(text: str, form: type[RecordForm], registry: Registry) -> Iterator[ListRow]:
    """Yield every item of *text*; one that fits no record says why."""
    venues = VenueNames(registry)
    for line, item in _items(text):
        if isinstance(item, Mapping):
            yield _row(line, item, form, registry, venues)
        else:
            yield ListRow(line, "", reason=item)


def read_yaml_records(text: str, form: type[RecordForm], registry: Registry) -> Iterator[ListRow]:
    """Yield every item of a list in YAML, which may stand below ``references:``, as pandoc's CSL-YAML does, or ``papers:``."""
    document = read_yaml(text, "")
    path: tuple[str, ...] = ()
    items: Any = document.data
    if isinstance(items, Mapping):
        lists = [name for name in ("references", "papers") if isinstance(items.get(name), list)]
        if lists:
            path, items = (lists[0],), items[lists[0]]
    told = [
        (each.position.line, f"{each.message} ({each.hint})" if each.hint else each.message)
        for each in document.problems
    ]
    if not isinstance(items, list):
        yield from (ListRow(line, "", reason=reason) for line, reason in told)
        if not told:
            yield ListRow(1, "", reason="a list is expected: each item begins with a dash")
        return
    venues, own = VenueNames(registry), _own_keys(registry)
    starts = [document.position((*path, place)).line for place in range(len(items))]
    lost: dict[int, list[str]] = {}
    for line, reason in told:
        place = bisect_right(starts, line) - 1
        item = items[place] if place >= 0 else None
        # What a list says besides has no place in a record anyway, and costs no row.
        if isinstance(item, Mapping) and "type" not in item and is_listed(item, own):
            lost.setdefault(place, []).append(f"line {line}: {reason}")
        else:
            yield ListRow(line, "", reason=reason)
    for place, (line, item) in enumerate(zip(starts, items, strict=True)):
        found = _mapping(item)
        if isinstance(found, str):
            yield ListRow(line, "", reason=found)
        else:
            row = _row(line, found, form, registry, venues)
            yield replace(row, unused=(*row.unused, *lost.get(place, ())))


def _own_keys(registry: Registry) -> frozenset[str]:
    return frozenset(page_order(registry)) | {"key"}


def _items(text: str) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    """Yield the line of each item with the item, or with what is wrong there."""
    if text.lstrip().startswith("["):
        yield from _array(text)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, _mapping(_decoder().decode(line))
            except (ValueError, RecursionError) as error:
                yield number, f"this is no JSON: {error}"


def _array(text: str) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    try:
        json.loads(text)
    except (ValueError, RecursionError) as error:
        yield getattr(error, "lineno", 1), f"this is no JSON: {error}"
        return
    decoder, place, line, counted = _decoder(), text.index("[") + 1, 1, 0
    while True:
        while text[place] in _BETWEEN:
            place += 1
        if text[place] == "]":
            return
        line, counted = line + text.count("\n", counted, place), place
        try:
            item, place = decoder.raw_decode(text, place)
        except ValueError as error:
            yield line, f"{error}"
            return
        yield line, _mapping(item)


def _mapping(item: Any) -> Mapping[str, Any] | str:
    return item if isinstance(item, dict) else "an item must have keys, such as `title`"


def _decoder() -> json.JSONDecoder:
    """Return a reader that leaves numbers as they are written, as the reader of pages does."""
    return json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            message = f"`{key}` is here twice"
            raise ValueError(message)
        found[key] = ("true" if value else "false") if isinstance(value, bool) else value
    return found


def _row(
    line: int, item: Mapping[str, Any], form: type[RecordForm], registry: Registry, venues: VenueNames
) -> ListRow:
    if "type" in item:
        return _csl_row(line, item)
    if is_listed(item, _own_keys(registry)):
        return read_listed(line, item, venues)
    return _record_row(line, item, form, registry)


def _csl_row(line: int, item: Mapping[str, Any]) -> ListRow:
    try:
        draft = read_csl_item(item)
    except IntakeError as error:
        return ListRow(line, "", reason=str(error))
    return ListRow(line, "", draft)


def _record_row(line: int, item: Mapping[str, Any], form: type[RecordForm], registry: Registry) -> ListRow:
    record = {name: value for name, value in item.items() if name != "key"}
    key = item.get("key", "")
    if not isinstance(key, str):
        return ListRow(line, "", reason="key: a text is expected")
    document = Document("", record)
    paper = read_record(form, document, (), key, registry)
    if paper is None:
        told = [f"{each.message} ({each.hint})" if each.hint else each.message for each in document.problems]
        more = f"; and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
        return ListRow(line, "", reason="; ".join(told[:_SHOWN]) + more)
    return ListRow(line, "", _draft(paper, key, record))


def _draft(paper: Paper, key: str, record: Mapping[str, Any]) -> Draft:
    """Return what tells *paper* from others, with the record to be written."""
    return Draft(
        title=paper.title, names=paper.names, authors=paper.authors, date=str(paper.date), year=paper.year,
        venue=paper.appearance.venue if paper.appearance else "", arxiv=paper.arxiv, doi=paper.doi, key=key,
        record=record,
    )  # fmt: skip
