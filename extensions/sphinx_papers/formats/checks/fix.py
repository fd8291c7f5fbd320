"""Mends what is mechanical in a record: order of keys, quotes, forms of dates, names and identifiers.

The text is edited in place, so comments, prose and everything that is right already stay as they
are, byte for byte. Every edit is checked by reading the result: what would say something else is not done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

from sphinx_papers.formats.intake.words import find_arxiv, find_doi, page_range, written_date
from sphinx_papers.formats.records.page import read_paper_page
from sphinx_papers.formats.records.record import RecordForm, page_order
from sphinx_papers.formats.records.yaml import compose, read_yaml
from sphinx_papers.formats.records.yaml_text import quoted, scalar
from sphinx_papers.formats.storage.fences import front_matter_span
from sphinx_papers.formats.text.names import read_name
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.registry import Registry

_Path = tuple[str | int, ...]
# What YAML 1.1 or 1.2 reads as a truth value, nothing or a number, and a record as text.
_NO_TEXT = re.compile(
    r"(?i:y|n|yes|no|on|off|true|false|null|~)|[-+]?(?:[0-9][0-9_]*)?\.?[0-9]+(?:e[-+]?[0-9]+)?|[-+]?\.(?i:inf|nan)"
)
_NUMBERS = frozenset(
    {
        "year", "month", "value", "of", "volume", "number", "article", "date", "checked", "added", "pages",
        "official",
    }
)  # fmt: skip
_AND = re.compile(r"\s*;\s*|\s+and\s+|\s*&\s*")


@dataclass(frozen=True, slots=True)
class _Edit:
    """Puts *text* in the place of the characters from *start* to *end*."""

    start: int
    end: int
    text: str


def fix_page(text: str, key: str, form: type[RecordForm], registry: Registry) -> str:
    """Return the page *text* of the paper *key* with its record mended; itself if nothing is to be done."""
    breaks = text.count("\n")
    if "\r" in text:
        if text.count("\r\n") != breaks or text.count("\r") != breaks:
            return text  # lines that end in two ways cannot be put back as they were
        fixed = fix_page(text.replace("\r\n", "\n"), key, form, registry)
        return fixed.replace("\n", "\r\n")
    span = front_matter_span(text)
    if span is None or read_yaml(text[span[0] : span[1]], "").problems:
        return text
    before, record, after = text[: span[0]], text[slice(*span)], text[span[1] :]
    mended = _with_values(record)
    ordered = _in_order(mended, page_order(registry))
    fixed = before + ordered + after
    if fixed == text or not _same_data(mended, ordered):
        return text
    was, _ = read_paper_page(text, "", key, form, registry)
    now, _ = read_paper_page(fixed, "", key, form, registry)
    return text if was is not None and was != now else fixed


def _same_data(mended: str, ordered: str) -> bool:
    """Say whether both can be read, and say the same in whatever order."""
    one, other = read_yaml(mended, ""), read_yaml(ordered, "")
    return not one.problems and not other.problems and one.data == other.data


def _with_values(record: str) -> str:
    root = compose(record)
    edits = sorted(_value_edits(root), key=lambda edit: edit.start)
    parts, end = [], 0
    for edit in edits:
        parts += [record[end : edit.start], edit.text]
        end = edit.end
    return "".join([*parts, record[end:]])


def _value_edits(root: yaml.Node | None) -> Iterator[_Edit]:
    for path, node in _nodes(root, ()):
        if path[:1] != ("paper",) or len(path) < 2:
            continue
        if path[1:] == ("authors",):
            yield from _author_edits(node)
        elif path[1] == "authors":
            continue
        elif isinstance(node, yaml.ScalarNode) and node.style not in {"|", ">"}:
            wanted = _wanted(path, node)
            if wanted is not None:
                yield _Edit(node.start_mark.index, node.end_mark.index, wanted)


def _nodes(node: yaml.Node | None, path: _Path) -> Iterator[tuple[_Path, yaml.Node]]:
    """Yield every value with its path."""
    if node is None:
        return
    yield path, node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield from _nodes(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for place, item in enumerate(node.value):
            yield from _nodes(item, (*path, place))


def _wanted(path: _Path, node: yaml.ScalarNode) -> str | None:
    """Return what should stand in the place of a value; none if it is right."""
    text, name = node.value.strip(), path[-1]
    mended: str | None = None
    if path[1:] in {("date",), ("added",)} or name == "checked":
        mended = "" if _is_date(text) else written_date(text)
    elif path[1:] == ("arxiv",):
        arxiv = find_arxiv(text)
        is_all = re.fullmatch(
            rf"(?:(?i:arxiv:\s*)|https?://arxiv\.org/(?:abs|pdf)/)?{re.escape(arxiv)}(?:v[0-9]+)?(?:\.pdf)?",
            text,
        )
        return quoted(arxiv) if arxiv and is_all and (arxiv != text or not node.style) else None
    elif path[1:] == ("doi",):
        doi = find_doi(text)
        is_all = re.fullmatch(rf"(?:https?://(?:dx\.)?doi\.org/|(?i:doi:\s*)){re.escape(doi)}", text)
        mended = doi if doi and is_all else ""
    elif path[1:] == ("venue", "pages"):
        pages = page_range(text)
        mended = pages if pages and pages != text else ""
    if mended:
        return scalar(mended)
    if not node.style and _NO_TEXT.fullmatch(text) and name not in _NUMBERS and not isinstance(name, int):
        return quoted(text) if text not in {"null", "Null", "NULL", "~"} else None
    return None


def _is_date(text: str) -> bool:
    try:
        PartialDate.parse(text)
    except ValueError:
        return False
    return True


def _author_edits(authors: yaml.Node) -> Iterator[_Edit]:
    if isinstance(authors, yaml.ScalarNode) and authors.style not in {"|", ">"}:
        yield from _authors_edit(authors, authors.value)
    elif isinstance(authors, yaml.SequenceNode):
        for item in authors.value:
            if isinstance(item, yaml.ScalarNode) and item.style not in {"|", ">"}:
                yield from _authors_edit(item, item.value, in_list=True, in_flow=bool(authors.flow_style))


def _authors_edit(
    node: yaml.ScalarNode, text: str, *, in_list: bool = False, in_flow: bool = False
) -> Iterator[_Edit]:
    """Give each author an entry; a name that would not be one then is left as it is."""
    if "{" in text:  # braces keep together what looks like more than one name
        return
    names = [re.sub(r"\s*,\s*", ", ", " ".join(name.split())).strip(", ") for name in _AND.split(text)]
    names = [name for name in names if name]
    try:
        for name in names:
            read_name(name)
    except ValueError:
        return
    start, end = node.start_mark.index, node.end_mark.index
    if not in_list and names:
        yield _Edit(start, end, f"[{', '.join(map(scalar, names))}]")
    elif len(names) == 1 and names[0] != text:
        yield _Edit(start, end, scalar(names[0]))
    elif len(names) > 1 and in_flow:
        yield _Edit(start, end, ", ".join(map(scalar, names)))


def _in_order(record: str, order: Sequence[str]) -> str:
    """Return *record* with the keys of the paper in order, each with the comments above it."""
    if read_yaml(record, "").problems:
        return record
    root = compose(record)
    paper = next((value for path, value in _nodes(root, ()) if path == ("paper",)), None)
    if not isinstance(paper, yaml.MappingNode) or paper.flow_style or not paper.value:
        return record
    places = {key: place for place, key in enumerate(order)}
    starts: list[int] = []
    keys: list[str] = []
    floor = 0
    for key, value in paper.value:
        start = record.rfind("\n", 0, key.start_mark.index) + 1
        if record[start : key.start_mark.index].strip():
            return record  # a key on the line of another
        while start > floor:
            above = record.rfind("\n", 0, start - 1) + 1
            if above < floor or not record[above:start].lstrip().startswith("#"):
                break
            start = above
        starts.append(start)
        keys.append(str(key.value))
        floor = value.end_mark.index
    end = record.find("\n", floor - 1) + 1 or len(record)
    blocks = [record[start:stop] for start, stop in zip(starts, [*starts[1:], end], strict=True)]
    if any(not block.endswith("\n") for block in blocks):
        return record
    sequence = sorted(range(len(keys)), key=lambda number: (places.get(keys[number], len(places)), number))
    return record[: starts[0]] + "".join(blocks[number] for number in sequence) + record[end:]
