"""Text with italics and bold, on one line: what a processor of references prints.

A run is set apart by marks that no text has, so that it can be kept as a string and become HTML,
plain text or spans.
"""

from __future__ import annotations

import html
import re

from sphinx_papers.model.display.text import Span, Spans

STYLES = {"ieee": "IEEE", "apa": "APA"}
"""The styles of references, by CSL's name of each, with the one that readers know."""
MARKS = {"i": ("\ue000", "\ue001"), "b": ("\ue002", "\ue003")}
"""What begins and ends a run, by the element of HTML; private use, taken out of all texts before."""

_MARK = re.compile("[\ue000-\ue003]")
_TAGS = {
    ord(mark): f"<{'/' * place}{tag}>" for tag, marks in MARKS.items() for place, mark in enumerate(marks)
}


def set_apart(tag: str, text: object) -> str:
    """Return *text* as a run."""
    start, end = MARKS[tag]
    return f"{start}{text}{end}"


def unmarked(text: str) -> str:
    """Return *text* alone."""
    return _MARK.sub("", text)


def marked_html(text: str) -> str:
    """Return *text* as HTML, with ``i`` and ``b`` for what is set apart."""
    return html.escape(text, quote=False).translate(_TAGS)


def marked_spans(text: str) -> Spans:
    """Return *text* as spans."""
    spans, on = [], dict.fromkeys(MARKS, False)
    ends = {mark: (tag, not place) for tag, marks in MARKS.items() for place, mark in enumerate(marks)}
    for piece in re.split(f"({_MARK.pattern})", text):
        if piece in ends:
            tag, begins = ends[piece]
            on[tag] = begins
        elif piece:
            spans.append(Span(piece, strong=on["b"], emphasis=on["i"]))
    return tuple(spans)
