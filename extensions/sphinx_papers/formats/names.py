"""Names of people as records and BibTeX write them."""

from __future__ import annotations

import re

from pybtex.database import InvalidNameString
from pybtex.database import Person as BibtexPerson

from sphinx_papers.model.person import Person


def read_name(text: str) -> Person:
    """Read ``Given Family``, ``Family, Given`` or ``von Family, Jr, Given`` as BibTeX does.

    :raises ValueError: if there is no family name or there are too many commas.
    """
    if text.count("{") != text.count("}") or re.search(r"^[^{]*}|{[^}]*$", text):
        message = f"{text!r} has braces that do not come in pairs"
        raise ValueError(message)
    try:
        name = BibtexPerson(text)
    except InvalidNameString as error:
        message = f"{text!r} is no name that BibTeX can read"
        raise ValueError(message) from error
    return from_bibtex(name)


def from_bibtex(name: BibtexPerson) -> Person:
    """Turn a name read by pybtex into ours.

    :raises ValueError: if it has no family name.
    """
    family = _words(name.last_names)
    if not family:
        message = f"{str(name)!r} has no family name"
        raise ValueError(message)
    return Person(
        family=family,
        given=_words([*name.first_names, *name.middle_names]),
        particle=_words(name.prelast_names),
        suffix=_words(name.lineage_names),
    )


def _words(parts: list[str]) -> str:
    """Join *parts*; a brace that keeps words together in BibTeX is no part of a name."""
    return " ".join(parts).replace("{", "").replace("}", "")


def to_bibtex(person: Person) -> BibtexPerson:
    """Turn *person* into a name that pybtex writes."""
    return BibtexPerson(
        first=person.given, prelast=person.particle, last=person.family, lineage=person.suffix
    )
