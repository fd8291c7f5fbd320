"""Values as YAML that any reader takes for the same text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

# Words that YAML 1.1 or 1.2 takes for something else than text.
_NO_TEXT = frozenset(
    "null true false yes no on off y n nan inf".split()  # noqa: SIM905
)
# Begins with a letter, and holds nothing that means something to YAML anywhere.
_PLAIN = re.compile(r"[^\W\d_][\w .'()/+\N{RIGHT SINGLE QUOTATION MARK}-]*(?<! )")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_PAGES = re.compile(r"[0-9]+-[0-9]+")
_DOI = re.compile(r"10\.[0-9.]+/[\w./()-]*[A-Za-z][\w./()-]*")
# YAML 1.1 section 5.1, and the breaks that YAML knows beside the line feed.
_ESCAPED = re.compile(
    r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def quoted(text: str) -> str:
    """Return *text* in double quotes; half a surrogate, which no file can hold, is replaced."""
    whole = text.encode("utf-8", "replace").decode("utf-8") if re.search("[\ud800-\udfff]", text) else text
    escaped = json.dumps(whole, ensure_ascii=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", escaped)


def scalar(text: str) -> str:
    """Return *text* as it is where that is safe, also within brackets, otherwise in quotes."""
    if (
        (_PLAIN.fullmatch(text) and text.casefold() not in _NO_TEXT and text.isprintable())
        or (_DATE.fullmatch(text) and text.isascii())
        or _PAGES.fullmatch(text)
        or (_DOI.fullmatch(text) and text.isascii())
    ):
        return text
    return quoted(text)


def flow_list(items: Iterable[str]) -> str:
    """Return *items* as a list in brackets."""
    return f"[{', '.join(scalar(item) for item in items)}]"


def flow_map(items: Mapping[str, str]) -> str:
    """Return *items*, whose values are YAML already, in braces."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in items.items()) + "}"
