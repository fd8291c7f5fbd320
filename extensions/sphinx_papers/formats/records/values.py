"""What a single value of a record may be, whatever stands around it: dates, titles, identifiers, addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from sphinx_papers.formats.records.form import refuse
from sphinx_papers.formats.text.names import read_name
from sphinx_papers.formats.text.safe_text import Flaw, arxiv_flaw, doi_flaw, text_flaw, title_flaw, url_flaw
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.title import title_parts

ARXIV_CLASS = r"^[a-z-]+(\.[A-Za-z-]+)?$"
_PAGES = re.compile(r"\w+(-\w+)?")
# https://spdx.dev/learn/handling-license-info/, the short form of an identifier.
_LICENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")
_SUMMARY_LENGTH = 200


def _date(text: str) -> str:
    try:
        PartialDate.parse(text)
    except ValueError as error:
        raise refuse("bad-date", f"`{text}` is no date", "write YYYY, YYYY-MM or YYYY-MM-DD") from error
    return text


def without(flaw: Callable[[str], Flaw | None]) -> AfterValidator:
    """Return the check that refuses a text with a *flaw*."""

    def check(text: str) -> str:
        found = flaw(text)
        if found:
            raise refuse(*found)
        return text

    return AfterValidator(check)


def _licence(text: str) -> str:
    if not _LICENCE.fullmatch(text):
        raise refuse(
            "bad-licence", f"`{text}` is no licence",
            "write its SPDX identifier, such as MIT; `none` if there is no licence, `other` for a text of its own",
        )  # fmt: skip
    return text


def _pages(text: str) -> str:
    if not _PAGES.fullmatch(text):
        raise refuse("bad-pages", f"`{text}` is no page range", "write it like 5495-5505")
    return text


def author_entry(text: str) -> str:
    """Return *text* if it is the name of one person; refuse it otherwise."""
    try:
        read_name(text)
    except ValueError as error:
        raise refuse("bad-author", str(error), "write `Given Family` or `Family, Given`") from error
    if re.search(r"\band\b|;", text):
        raise refuse("bad-author", f"`{text}` is more than one name", "give each author an entry of the list")
    return text


def _words(text: str) -> str:
    if "\n" in text:
        raise refuse("bad-text", "this must be one line of text", "join the lines")
    return text


def _line(text: str) -> str:
    if not text:
        raise refuse("empty", "there is nothing here", "leave the key out if there is nothing to say")
    _words(text)
    flaw = text_flaw(text)  # of keys; values were looked at when the YAML was read
    if flaw:
        raise refuse(*flaw)
    return text


def braced(text: str) -> str:
    """Return the title *text* if its braces come in pairs; refuse it otherwise."""
    depth = 0
    for math, part in title_parts(text):
        if math and not _balanced(part):
            raise refuse("bad-title", "braces in a formula must come in pairs", "close each that is opened")
        for character in "" if math else part:
            depth += (character == "{") - (character == "}")
            if not 0 <= depth <= 1:
                raise refuse("bad-title", "braces must come in pairs, not nested", "write {Word}")
    if depth:
        raise refuse("bad-title", "a brace is not closed", "write {Word}")
    return text


def _balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def _summary(text: str) -> str:
    if len(text) > _SUMMARY_LENGTH:
        raise refuse(
            "long-summary", f"{len(text)} characters are too many",
            f"say it in one sentence of at most {_SUMMARY_LENGTH}",
        )  # fmt: skip
    return text


def _number(text: str) -> str:
    if re.search(r"[{}\\]", text):
        raise refuse("bad-number", f"`{text}` is no number", "write what the publisher prints")
    return text


Words = Annotated[str, AfterValidator(_words)]
"""What stands within a line, or nothing."""
Line = Annotated[str, AfterValidator(_line)]
Url = Annotated[Line, without(url_flaw)]
# Printed numbers may be words ("S1"); an editor reads those that are not as YAML's numbers.
Number = Annotated[Line, AfterValidator(_number), Field(json_schema_extra={"type": ["string", "integer"]})]
# A year alone is a number to an editor.
Date = Annotated[Line, AfterValidator(_date), Field(json_schema_extra={"type": ["string", "integer"]})]
ArxivId = Annotated[Line, without(arxiv_flaw)]
Doi = Annotated[Line, without(doi_flaw)]
Title = Annotated[Line, AfterValidator(braced), without(title_flaw)]
Summary = Annotated[Line, AfterValidator(_summary)]
Author = Annotated[Line, AfterValidator(author_entry)]
Pages = Annotated[Line, AfterValidator(_pages)]
Licence = Annotated[Line, AfterValidator(_licence)]
YesNo = Literal["yes", "no"]
