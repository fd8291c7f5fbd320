"""``make picture``: the picture in the README, taken from the site as it was built last, and the icon as a PNG.

A leaderboard, filtered as a reader would, on a desktop in light colours. A picture is no
test: it is renewed when the site looks otherwise, and the icon when `docs/favicon.svg` does.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from .browser import Reader, launched, serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "_static" / "site.png"
ICON, DRAWING = ROOT / "docs" / "_static" / "icon.png", ROOT / "docs" / "favicon.svg"
_ICON_SIZE = 192
_ADDRESS = "leaderboards/voc2012.html?val.supervision=image&val.inputs=none"
_VIEW = {"width": 1440, "height": 860}


def draw_icon(browser: Browser) -> None:
    """Draw the icon up to its corners, which home screens round themselves."""
    drawing = DRAWING.read_text("utf-8")
    (ground,) = re.findall(r'<rect [^>]*fill="(#\w+)"', drawing)
    page = browser.new_page(viewport={"width": _ICON_SIZE, "height": _ICON_SIZE})
    page.set_content(
        f"<style>body {{ margin: 0; background: {ground} }} svg {{ display: block; width: {_ICON_SIZE}px }}</style>{drawing}"
    )
    page.screenshot(path=ICON)
    page.close()


def main() -> str | None:
    """Take the picture; return why there is none."""
    html = ROOT / "docs" / "_build" / "html"
    if not (html / "index.html").is_file():
        return "no site in docs/_build/html: run `make html` first"
    with launched() as browser, serve(html) as base:
        reader = Reader(browser, base)
        page = reader.open(_ADDRESS, viewport=_VIEW, color_scheme="light")
        page.locator(".sp-status").first.wait_for()
        page.evaluate("document.querySelector('h2').scrollIntoView({behavior: 'instant'})")
        # Drawn where it is now.
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        page.screenshot(path=PICTURE)
        reader.close()
        draw_icon(browser)
    return "\n".join(reader.complaints) or None


if __name__ == "__main__":
    sys.exit(main())
