"""The page that a web server gives for an address where there is nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape, unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from sphinx_papers.sphinx_ext.addresses import SITES

if TYPE_CHECKING:
    from sphinx.application import Sphinx

NAME = "404"
# Addresses that do not say already where they lead, seen from whatever page.
_RELATIVE = re.compile(r'(?<=\s)(href|src|action|data-content_root)="(?![a-z]+:|[/#])([^"]*)"')


def add_not_found(app: Sphinx) -> Iterable[tuple[str, dict[str, Any], str]]:
    """Add the page to a site in HTML, unless a project has another way to it.

    It is no document: no search, book or navigation has it.
    """
    own = app.config.html_theme == "furo" and "notfound.extension" not in app.extensions
    if app.builder.name in SITES and own:
        page = urlsplit(app.config.html_baseurl).path.rstrip("/") + "/" + app.builder.get_target_uri(NAME)
        context = {"title": "Page not found", "absolute": absolute(page), "pageurl": None}
        yield NAME, context, "404.html"


def absolute(page: str) -> Callable[[str], str]:
    """Return a function that makes the links of the page at the path *page* lead from everywhere.

    The server gives the page for addresses of any depth, so links must begin at its root.
    """

    def replaced(found: re.Match[str]) -> str:
        return f'{found[1]}="{escape(urljoin(page, unescape(found[2])))}"'

    return lambda html: _RELATIVE.sub(replaced, html)
