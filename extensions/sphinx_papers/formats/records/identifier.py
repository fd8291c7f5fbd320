"""Identifiers: what the keys of registries may be, said once.

They stand in addresses of pages, in names of files, in options of directives and in
records, so that they are short words of a few letters that mean the same in all of them.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Annotated

from pydantic import BeforeValidator

from sphinx_papers.formats.records.form import refuse
from sphinx_papers.formats.storage.places import INDEX
from sphinx_papers.model.problem import shown

_LONGEST = 64
_IDENTIFIER = re.compile(rf"[a-z0-9][a-z0-9_-]{{0,{_LONGEST - 1}}}")


def flaw(key: str, reserved: Container[str] = ()) -> tuple[str, str] | None:
    """Return why *key* cannot be an identifier, and what to do about it; nothing for one that can.

    *reserved* are words that mean something else where this one is wanted.
    """
    if not _IDENTIFIER.fullmatch(key):
        hint = f"use lower-case letters, digits, - and _, {_LONGEST} at most, a letter or digit first"
    elif key in reserved or key == INDEX:
        hint = "the site or a record has something of this name already; choose another"
    else:
        return None
    return f"{shown(key)} cannot be an identifier here", hint


def _identifier(key: object) -> object:
    found = flaw(key) if isinstance(key, str) else None
    if found:
        raise refuse("bad-identifier", *found)
    return key


# Before pydantic strips it: a blank at its end would be lost, and two keys could become one.
Identifier = Annotated[str, BeforeValidator(_identifier)]
"""Type of the keys of a mapping of a form."""
