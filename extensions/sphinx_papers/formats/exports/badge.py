"""Badges: small pictures in SVG that authors show in the README of their code."""

from __future__ import annotations

from sphinx_papers.formats.text.plain import in_xml, one_line
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.views.badge import badge

_NARROW, _SLIM, _WIDE = frozenset("ijlI.,:;|'!"), frozenset("ftr()[]-/ "), frozenset("MWmw%@")
_LEFT, _RIGHT = "#3f4752", "#0b63b0"
"""Grounds on which white letters have a contrast of 9 and 6 to 1."""
_PAD, _HEIGHT, _FONT = 7, 20, 11


def badge_svg(library: Library, paper: Paper) -> str:
    """Return the badge of *paper*; its letters are as wide as is said, whatever font there is."""
    found = badge(library, paper)
    subject, said = one_line(found.subject), one_line(found.said)
    left, right = (_width(text) + 2 * _PAD for text in (subject, said))
    title = in_xml(f"{paper.name}: {subject}, {said}" if paper.name not in subject else f"{subject}: {said}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="{_HEIGHT}"'
        f' viewBox="0 0 {left + right} {_HEIGHT}" role="img" aria-label="{title}"><title>{title}</title>'
        f'<path fill="{_LEFT}" d="M3 0h{left - 3}v{_HEIGHT}H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z"/>'
        f'<path fill="{_RIGHT}" d="M{left} 0h{right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H{left}z"/>'
        f'<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="{_FONT}">'
        f"{_text(subject, _PAD)}{_text(said, left + _PAD)}</g></svg>\n"
    )


def _text(text: str, left: int) -> str:
    length = f' textLength="{_width(text)}" lengthAdjust="spacingAndGlyphs"'
    return f'<text x="{left}" y="14"{length}>{in_xml(text)}</text>'


def _width(text: str) -> int:
    """Return about how wide *text* is in Verdana, in whole points."""
    return round(sum(_letter(each) for each in text))


def _letter(letter: str) -> float:
    if letter in _NARROW:
        return 3.6
    if letter in _SLIM:
        return 4.4
    if letter in _WIDE:
        return 10
    return 7.6 if letter.isupper() else 6.8
