"""What a browser loads for a page, and what it only reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LOADS = frozenset({"script", "img", "iframe", "source", "embed", "object", "audio", "video", "track"})
_READ = frozenset(
    {"alternate", "author", "canonical", "cite-as", "describedby", "item", "license", "next", "prev", "search", "type"}
)  # fmt: skip
"""Relations of links that nothing is loaded for; whatever else there is may be."""


def loaded(tree: Element) -> Iterator[str]:
    """Yield the address of everything that a browser loads for the page *tree* by itself."""
    for node in tree.iter():
        if node.tag in _LOADS:
            yield node.get("src") or node.get("data") or ""
        elif node.tag == "link" and not {*(node.get("rel") or "").split()} <= _READ:
            yield node.get("href") or ""
