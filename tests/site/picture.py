"""``make picture``: the picture in the README, taken from the site as it was built last.

A leaderboard, filtered as a reader would, on a desktop in light colours. A picture is no
test: it is renewed when the site looks otherwise.
"""

from __future__ import annotations

import sys
from pathlib import Path

from .browser import Reader, launched, serve

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "_static" / "site.png"
_ADDRESS = "leaderboards/voc2012.html?val.supervision=image&val.inputs=none"
_VIEW = {"width": 1440, "height": 860}


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
    return "\n".join(reader.complaints) or None


if __name__ == "__main__":
    sys.exit(main())
