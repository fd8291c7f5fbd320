"""Views: what a page shows of the library, as pure functions with a digest.

A page notes each view it shows with the digest of what it looks like. When records
change, the page is out of date exactly if one of these digests is another now, so an
edit re-reads the pages that show it and no other.

Most views can also say cheaply what they are made of, their *basis*: equal bases, equal
values. After an edit only the views with another basis have to be computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from sphinx_papers.model.display.text import (
    Block,
    plain_text,
)
from sphinx_papers.model.records.library import Kept, Library, short_digest
from sphinx_papers.model.tables.select import SelectionError


class View:
    """A pure function of the library, itself a comparable value."""

    costly: ClassVar[bool] = False
    """Whether the value is kept between being noted and being written, as it takes a while."""

    def value(self, library: Library) -> object:
        """Compute what is shown; equal values look the same."""
        raise NotImplementedError

    def basis(self, library: Library) -> object:
        """Return what the value is made of, cheaply; nothing where the value itself is cheap."""
        return None

    def digest(self, library: Library) -> str:
        """Return the digest of what is shown."""
        return short_digest(value_of(self, library))

    def words(self, library: Library, part: str) -> str:
        """Return the words by which a search finds the page, of the value or of one *part* of it.

        A view whose value takes a while should know them without it, where there are none above all:
        they are wanted of each page at the one place that no other process can take over.
        """
        value = value_of(self, library)
        block = getattr(value, part) if part and value is not None else value
        return plain_text(block) if isinstance(block, Block) else ""


_VALUES: Kept[dict[View, Any]] = Kept(lambda _: {})
"""Values of costly views that are noted and not yet written."""
_DIGESTS: Kept[dict[View, str]] = Kept(lambda _: {})
_FAILED = "!"
"""Begins the digest of what cannot be shown."""


def value_of(view: View, library: Library) -> Any:
    """Return the value of *view*, computed once until it is taken if it is costly."""
    if not view.costly:
        return view.value(library)
    known = _VALUES.of(library)
    if view not in known:
        known[view] = view.value(library)
    return known[view]


def take_value(view: View, library: Library) -> Any:
    """Return the value of *view*, which is not kept any longer: it is written now."""
    value = value_of(view, library)
    _VALUES.of(library).pop(view, None)
    return value


@dataclass(frozen=True)
class Noted:
    """What a view was when a page showed it."""

    basis: str
    digest: str
    shapes: bool = True
    """Whether the document was made of the value. If not it holds the view alone, and another value
    asks for the page to be written again, not for the document to be read."""

    @classmethod
    def of(cls, view: View, library: Library, *, shapes: bool = True) -> Noted:
        """Note *view* as it is now."""
        return cls(_basis(view, library), digest_of(view, library), shapes)

    def now(self, view: View, library: Library) -> Noted:
        """Return *view* as it is now; computed only if its basis is another."""
        basis = _basis(view, library)
        if basis and basis == self.basis:
            return self
        return Noted(basis, digest_of(view, library), self.shapes)

    @property
    def failed(self) -> bool:
        """Whether it could not be shown."""
        return self.digest.startswith(_FAILED)


def _basis(view: View, library: Library) -> str:
    # A view that was noted once may ask for what is gone since; that is another value too.
    try:
        basis = view.basis(library)
    except (SelectionError, KeyError) as error:
        return short_digest(error)
    return "" if basis is None else short_digest(basis)


def digest_of(view: View, library: Library) -> str:
    """Return the digest of what *view* shows of *library*, be it that it cannot be shown any more."""
    known = _DIGESTS.of(library)  # asked for twice: to see whether it changed, and to note it
    if view not in known:
        try:
            known[view] = view.digest(library)
        except (SelectionError, KeyError) as error:
            known[view] = f"{_FAILED}{short_digest(error)}"
    return known[view]
