"""What other sites show beside a link to a page: a picture with its name, its title and the best result, as PNG.

Pillow draws it, in the one font that it brings along: fonts of a machine would make other pictures on another.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from sphinx_papers.model.display.text import title_spans
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.views.card import best_result

SIZE = (1200, 630)
"""What Facebook, LinkedIn, Mastodon and X all show whole (https://developers.facebook.com/docs/sharing/webmasters/images)."""
_LEFT, _WIDTH, _STRIPE = 80, 1040, 24
_SMALL, _STRONG, _LARGE, _HUGE = 30, 34, 46, 84
_GREYS = 15
"""Levels from the ground to the ink; with the stripe's colour they are 16, four bits of a picture."""
_GROUND, _INK, _ACCENT = (255, 255, 255), (17, 24, 39), (11, 92, 173)
_DARK, _MUTED = 14, 9
_MARKS = str.maketrans(
    {"\N{EN DASH}": "-", "\N{EM DASH}": "-", "\N{RIGHT SINGLE QUOTATION MARK}": "'", "\N{HORIZONTAL ELLIPSIS}": "..."}
    | {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "Ae", "$": ""}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a picture says."""

    site: str
    """Name of the site."""
    name: str = ""
    """What people call the method."""
    title: str
    result: str = ""
    """The number that stands for a paper, with its metric, benchmark and split."""
    conditions: str = ""
    """Those under which it was reached."""


def preview_of(library: Library, paper: Paper, site: str) -> Preview:
    """Return what the picture of *paper* says; a number never stands without what is known of its conditions."""
    *number, rest = ["", *(span.text for span in best_result(library, paper))]
    split, _, conditions = rest.partition(": ")
    return Preview(
        site=site,
        name=paper.names[0] if paper.names else "",
        title="".join(span.text for span in title_spans(paper.title)),
        result="".join([*number, split]),
        conditions=conditions,
    )


def draw_preview(preview: Preview) -> bytes:
    """Return the picture as PNG: equal words, and an equal Pillow, equal bytes."""
    from PIL import Image, ImageDraw  # noqa: PLC0415  optional: only sites that ask for pictures have it

    image = Image.new("L", SIZE, 0)
    draw = ImageDraw.Draw(image)

    def write(y: int, text: str, size: int, shade: int, *, most: int = 1, bold: int = 0) -> int:
        """Write *text* in *most* lines from *y* downwards; return where the next line begins."""
        for line in _lines(_drawable(text), size, most):
            draw.text(
                (_LEFT, y), line, font=_font(size), fill=shade * 17, stroke_width=bold, stroke_fill=shade * 17
            )
            y += round(size * 1.26)
        return y

    y = write(60, preview.site, _SMALL, _MUTED) + 32
    if preview.name:
        y = write(y, preview.name, _HUGE, _DARK, bold=2) + 14
    write(y, preview.title, _LARGE, _DARK, most=3 if preview.result else 5)
    write(480, preview.result, _STRONG, _DARK, bold=1)
    write(530, preview.conditions, _SMALL, _MUTED, most=2)
    flat = image.point([level // 17 for level in range(256)])
    flat.paste(_GREYS, (0, 0, _STRIPE, SIZE[1]))
    flat.putpalette([part for level in range(_GREYS) for part in _shade(level)] + list(_ACCENT))
    data = BytesIO()
    flat.save(data, "PNG", bits=4)
    return data.getvalue()


def _shade(level: int) -> tuple[int, ...]:
    share = level / _DARK
    return tuple(round(ground + (ink - ground) * share) for ground, ink in zip(_GROUND, _INK, strict=True))


@cache
def _font(size: int) -> Any:
    from PIL import ImageFont  # noqa: PLC0415  as above

    return ImageFont.load_default(size)


def _drawable(text: str) -> str:
    """Return *text* in the letters that the font has; what has none of them is left out."""
    parts = unicodedata.normalize("NFKD", text.translate(_MARKS))
    return " ".join("".join(each for each in parts if " " <= each <= "~").split())


def _lines(text: str, size: int, most: int) -> list[str]:
    """Break *text* into at most *most* lines; dots stand for what has no room."""
    font = _font(size)
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most:
        line = words.pop(0)
        while words and font.getlength(f"{line} {words[0]}") <= _WIDTH:
            line += f" {words.pop(0)}"
        lines.append(line)
    if lines and (words or font.getlength(lines[-1]) > _WIDTH):
        last = lines.pop()
        while font.getlength(f"{last} ...") > _WIDTH:
            last = last.rpartition(" ")[0] or last[:-1]
        lines.append(f"{last} ...")
    return lines
