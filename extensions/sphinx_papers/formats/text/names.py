"""Names of people as records and BibTeX write them."""

from __future__ import annotations

import re
from functools import lru_cache

from pybtex.database import InvalidNameString
from pybtex.database import Person as BibtexPerson

from sphinx_papers.model.records.person import Person

# Words that begin with a capital: the last is the family name, which takes BibTeX's rules no time to say.
_SIMPLE = re.compile(r"[A-Z][A-Za-z0-9.'-]*(?: [A-Z][A-Za-z0-9.'-]*)+")


@lru_cache(maxsize=4096)  # each name is read when it is checked and when it is used
def read_name(text: str) -> Person:
    """Read ``Given Family``, ``Family, Given`` or ``von Family, Jr, Given`` as BibTeX does.

    :raises ValueError: if there is no family name or there are too many commas.
    """
    if _SIMPLE.fullmatch(text):
        given, _, family = text.rpartition(" ")
        return Person(family=family, given=given)
    if text.count("{") != text.count("}") or re.search(r"^[^{]*}|{[^}]*$", text):
        message = f"{text!r} has braces that do not come in pairs"
        raise ValueError(message)
    try:
        name = BibtexPerson(text)
    except InvalidNameString as error:
        message = f"{text!r} is no name that BibTeX can read"
        raise ValueError(message) from error
    person = from_bibtex(name)
    # A brace keeps words together in BibTeX; it is no part of a name.
    return Person(
        family=_unbraced(person.family), given=_unbraced(person.given),
        particle=_unbraced(person.particle), suffix=_unbraced(person.suffix),
    )  # fmt: skip


def _unbraced(text: str) -> str:
    return text.replace("{", "").replace("}", "")


def from_bibtex(name: BibtexPerson) -> Person:
    """Turn a name read by pybtex into ours.

    :raises ValueError: if it has no family name.
    """
    family = " ".join(name.last_names)
    if not family:
        message = f"{str(name)!r} has no family name"
        raise ValueError(message)
    return Person(
        family=family,
        given=" ".join([*name.first_names, *name.middle_names]),
        particle=" ".join(name.prelast_names),
        suffix=" ".join(name.lineage_names),
    )
