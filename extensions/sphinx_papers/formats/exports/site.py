"""What exports of a whole collection say of the site that publishes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublishedSite:
    """The site to which feeds, data sets and pages at keys of old lead."""

    title: str
    identity: str
    """What the collection is known by wherever it is published: the address of its repository, or its title."""
    base: str
    """The site's address with a slash at its end; empty where it is not known."""
    page: Callable[[str], str]
    """Returns the address of a document, relative to the site's own."""
    description: str = ""
    """What it holds, in a sentence."""
    creator: str = ""
    """Who makes it."""
    licence: str = ""
    """The address of the licence of its content."""
    identifier: str = ""
    """The address by which it is cited, wherever it lies: that of a DOI."""
