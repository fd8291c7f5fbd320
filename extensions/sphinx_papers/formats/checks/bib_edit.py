"""Changes to an entry of BibTeX, in the manner in which its author writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sphinx_papers.formats.text.bib_source import BibEntry, BibField, TextSpan


class BibEdit(NamedTuple):
    """Puts *text* in the place of the characters of *span*."""

    span: TextSpan
    text: str


def with_edits(text: str, edits: Iterable[tuple[BibEdit, ...]]) -> str:
    """Return *text* with groups of *edits* made, each as a whole; one that touches an earlier one waits."""
    done: list[BibEdit] = []
    for group in edits:
        if not any(_meet(new.span, old.span) for new in group for old in done):
            done += group
    for edit in sorted(done, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def _meet(one: TextSpan, other: TextSpan) -> bool:
    return one.start <= other.end and other.start <= one.end


class EntryPen:
    """Writes into one entry: keeps its delimiters, its letters' case and its columns."""

    def __init__(self, text: str, entry: BibEntry) -> None:
        self._text = text
        self._entry = entry

    def value(self, field: BibField, latex: str) -> BibEdit:
        """Return the edit that gives *field* the value *latex*, which has no macro."""
        if field.inner is not None and not (self._text[field.value.start] == '"' and '"' in latex):
            whole = self._text[field.inner.start : field.inner.end]
            # Double braces keep a whole title as it is; they stay.
            doubled = whole.startswith("{") and whole.endswith("}") and _closes_last(whole)
            return BibEdit(field.inner, f"{{{latex}}}" if doubled else latex)
        bare = field.inner is None and latex.isdecimal() and "#" not in self._of(field.value)
        return BibEdit(field.value, latex if bare else f"{{{latex}}}")

    def replaced(self, field: BibField, old: str, new: str) -> BibEdit:
        """Return the edit that puts *new* for *old* where *field* has it, or else for all that it says."""
        place = self._text.find(old, field.value.start, field.value.end)
        return BibEdit(TextSpan(place, place + len(old)), new) if place >= 0 else self.value(field, new)

    def renamed(self, field: BibField, name: str) -> BibEdit:
        """Return the edit that calls *field* by another name, in upper case if it was."""
        return BibEdit(field.written, name.upper() if self._of(field.written).isupper() else name)

    def typed(self, kind: str) -> BibEdit:
        """Return the edit that makes the entry one of *kind*."""
        was = self._of(self._entry.type_span)
        cased = kind.upper() if was.isupper() else kind.capitalize() if was[:1].isupper() else kind
        return BibEdit(self._entry.type_span, cased)

    def removed(self, field: BibField) -> BibEdit:
        """Return the edit that takes *field* out, with its line if it has one."""
        start, end = field.written.start, field.value.end
        after = re.compile(r"\s*,").match(self._text, end)
        if after:
            end = after.end()
            while self._text[start - 1].isspace():
                start -= 1
        else:  # the last one: the comma before it goes
            while self._text[start - 1].isspace():
                start -= 1
            start -= self._text[start - 1] == ","
        return BibEdit(TextSpan(start, end), "")

    def added(self, values: Mapping[str, str]) -> tuple[BibEdit, ...]:
        """Return the edit that puts further fields behind the last one."""
        fields = list(self._entry.fields.values())
        if not values or not fields:
            return ()
        last = max(fields, key=lambda each: each.value.end)
        first = min(fields, key=lambda each: each.written.start)
        before = re.compile(r"\s*$").search(self._text[self._entry.key_span.end : first.written.start])
        between = before[0] if before and before[0] else " "
        braced = [each for each in fields if each.inner is not None]
        quoted = bool(braced) and all(self._text[each.value.start] == '"' for each in braced)
        upper = all(self._of(each.written).isupper() for each in fields)
        text = ""
        for name, latex in values.items():
            wrapped = f'"{latex}"' if quoted and '"' not in latex else f"{{{latex}}}"
            text += f",{between}{self._named(name.upper() if upper else name, fields)}{wrapped}"
        return (BibEdit(TextSpan(last.value.end, last.value.end), text),)

    def _named(self, name: str, fields: list[BibField]) -> str:
        """Return *name* with its equals sign, in the column in which the others have it."""
        signs = {
            (
                self._text.index("=", each.written.end) - each.written.start,
                each.value.start - each.written.start,
            )
            for each in fields
        }
        if len(signs) == 1 and len(fields) > 1:
            column, start = signs.pop()
            return f"{name.ljust(column)}=".ljust(start)
        between = self._text[fields[0].written.end : fields[0].value.start]
        return f"{name} = " if between[:1].isspace() else f"{name}="

    def _of(self, span: TextSpan) -> str:
        return self._text[span.start : span.end]


def _closes_last(text: str) -> bool:
    """Say whether the brace that opens *text* is closed by its last."""
    depth = 0
    for place, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return place == len(text) - 1
    return False
