"""Every code that a message can carry: one list, from which the reference page is made.

A code is stable, as configurations name it: it may go, it does not change its meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a finding must be mended before a page is published."""

    ERROR = "error"
    """Must be mended: the record cannot be read, or the page would say what is not so."""
    WARNING = "warning"
    """Should be mended: readers would miss something."""


class Area(StrEnum):
    """What a message is about."""

    FILE = "Files"
    RECORD = "The record"
    COLLECTION = "Between pages"
    EDITORIAL = "How a page is written"
    SAFETY = "What a page may not hold"
    SITE = "The site's build"
    CITED = "A bibliography of your own"


@dataclass(frozen=True, slots=True)
class Code:
    """What a code stands for."""

    area: Area
    meaning: str
    """One sentence; what to do about it is said by the hint of each message."""
    severity: Severity = Severity.ERROR


_WARNING = Severity.WARNING

CODES: Mapping[str, Code] = {
    "encoding": Code(Area.FILE, "The file is not UTF-8."),
    "unreadable": Code(Area.FILE, "The file cannot be opened."),
    "yaml": Code(Area.FILE, "The front matter or the registry is not YAML as used here."),
    "repeated-key": Code(Area.FILE, "A mapping has a key twice, of which one would be lost."),
    "bibtex": Code(Area.FILE, "An entry of a BibTeX file cannot be read or has no title."),
    "stray-document": Code(Area.FILE, "A document in the folder of papers is where no page can be."),
    "bad-identifier": Code(Area.FILE, "A key of a registry, or the name of a method page, cannot be an identifier."),
    "bad-key": Code(Area.RECORD, "The name of the file is no citation key."),
    "no-record": Code(Area.RECORD, "The page has no record in its front matter."),
    "missing-key": Code(Area.RECORD, "A key that every record needs is missing or empty."),
    "unknown-key": Code(Area.RECORD, "The record has a key that is not defined."),
    "unknown-value": Code(
        Area.RECORD, "A word is not in the closed list: a venue, a benchmark, a method or a term of a facet."
    ),
    "unknown-split": Code(Area.RECORD, "A result names a split that its benchmark does not have."),
    "unknown-source": Code(Area.RECORD, "A result names a source that the record does not list."),
    "wrong-type": Code(Area.RECORD, "A value has another type than the key asks for."),
    "out-of-range": Code(Area.RECORD, "A number is beyond what the benchmark's metric can be."),
    "repeated-item": Code(Area.RECORD, "A list has an item twice."),
    "empty": Code(Area.RECORD, "A text is empty."),
    "bad-text": Code(Area.RECORD, "A text of one line has several, is far too long, or has characters that nobody can see."),
    "bad-title": Code(Area.RECORD, "The braces or the formula of a title are not closed."),
    "bad-author": Code(Area.RECORD, "A name cannot be read, or there are two in one entry."),
    "bad-date": Code(Area.RECORD, "A date is not of the form YYYY, YYYY-MM or YYYY-MM-DD."),
    "bad-arxiv": Code(Area.RECORD, "An arXiv identifier has another form, or names a version."),
    "bad-doi": Code(Area.RECORD, "A DOI has another form, or is an address."),
    "bad-url": Code(Area.RECORD, "An address does not begin with https:// or http://."),
    "unknown-result": Code(Area.RECORD, "A number that repeats a result names a value that the record does not have."),
    "bad-licence": Code(Area.RECORD, "A licence is no SPDX identifier, and neither `none` nor `other`."),
    "bad-pages": Code(Area.RECORD, "Page numbers are no range."),
    "bad-number": Code(Area.RECORD, "A volume, an issue or an article number holds markup."),
    "long-summary": Code(Area.RECORD, "The summary is longer than previews and tables show."),
    "duplicate-key": Code(Area.COLLECTION, "Two works have one citation key."),
    "duplicate-title": Code(Area.COLLECTION, "Two pages, or a page and an entry of the bibliography, have the same title."),
    "duplicate-arxiv": Code(Area.COLLECTION, "Two pages have the same arXiv identifier."),
    "duplicate-doi": Code(Area.COLLECTION, "Two pages have the same DOI."),
    "unknown-paper": Code(Area.COLLECTION, "A key is neither a page nor an entry of the bibliography."),
    "unknown-method": Code(Area.COLLECTION, "A slug is no method page."),
    "unknown-citation": Code(Area.COLLECTION, "A citation is neither a page nor an entry of the bibliography."),
    "dead-link": Code(Area.COLLECTION, "A link leads to a file that is not there."),
    "unused-entry": Code(Area.COLLECTION, "No page uses an entry of a registry.", _WARNING),
    "superseded-entry": Code(
        Area.COLLECTION, "An entry of the bibliography has given way to the page of its paper.", _WARNING
    ),
    "former-key": Code(
        Area.COLLECTION, "A key that a page had before is the key of another page, or two pages claim it."
    ),
    "shared-words": Code(
        Area.COLLECTION, "Two pages have a run of words in common: one of them was copied.", _WARNING
    ),
    "no-title": Code(Area.EDITORIAL, "The page has no heading of its own."),
    "section-order": Code(Area.EDITORIAL, "The sections are not in the order of all pages."),
    "unknown-section": Code(Area.EDITORIAL, "The page has a section that other pages do not have.", _WARNING),
    "empty-section": Code(Area.EDITORIAL, "A section says nothing."),
    "section-length": Code(Area.EDITORIAL, "A section is far shorter or longer than its readers expect.", _WARNING),
    "short-summary": Code(Area.EDITORIAL, "The summary is too short to say what is done and what it buys.", _WARNING),
    "placeholder": Code(Area.EDITORIAL, "Text that stood in for text is still there."),
    "few-references": Code(Area.EDITORIAL, "The page refers to too few others.", _WARNING),
    "no-authors": Code(Area.EDITORIAL, "The record names no author, so that nobody can cite the paper.", _WARNING),
    "no-source": Code(Area.EDITORIAL, "A result does not say where its number was seen."),
    "loose-number": Code(
        Area.EDITORIAL, "A score in the prose is in no result, and its sentence cites nothing.", _WARNING
    ),
    "front-matter": Code(Area.SAFETY, "The front matter of a page has a key beside its record."),
    "html": Code(Area.SAFETY, "The prose has HTML."),
    "directive": Code(Area.SAFETY, "A directive, or an option of it, is not among those that pages may use."),
    "role": Code(Area.SAFETY, "A role is not among those that pages may use."),
    "link": Code(
        Area.SAFETY, "A link leads elsewhere than to the web, to a mail address or to a page of the repository."
    ),
    "image": Code(Area.SAFETY, "An image is no file of the repository, or of a kind that can hold scripts."),
    "formula": Code(Area.SAFETY, "A formula has TeX that formulas may not use, or is too deep or too long."),
    "nesting": Code(Area.SAFETY, "Directives or emphasis are nested far too deep."),
    "selection": Code(Area.SITE, "An option of a directive names what is not there."),
    "unknown-file": Code(Area.SITE, "A page links to an export that the site does not have."),
    "math": Code(Area.SITE, "A formula cannot be turned into MathML as a whole."),
    "cited-preprint": Code(Area.CITED, "The preprint of a paper is cited that has been published.", _WARNING),
    "cited-venue": Code(Area.CITED, "The paper was published elsewhere."),
    "cited-year": Code(Area.CITED, "The paper was published in another year."),
    "cited-volume": Code(Area.CITED, "The volume or the issue is another one."),
    "cited-pages": Code(Area.CITED, "The paper stands on other pages."),
    "cited-doi": Code(Area.CITED, "The DOI is not the paper's."),
    "cited-arxiv": Code(Area.CITED, "The arXiv identifier is not the paper's."),
    "cited-other": Code(Area.CITED, "An identifier is that of another paper in the records."),
    "cited-title": Code(Area.CITED, "The paper has another title."),
    "cited-capitals": Code(Area.CITED, "A style may lower a capital of the title, as no braces protect it.", _WARNING),
    "cited-authors": Code(Area.CITED, "Authors are missing."),
    "cited-twice": Code(Area.CITED, "Two entries are one paper, which a list of references then has twice."),
}  # fmt: skip


def severity(code: str) -> Severity:
    """Return how grave a finding of *code* is; what is not known is an error."""
    known = CODES.get(code)
    return known.severity if known else Severity.ERROR
