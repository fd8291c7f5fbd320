"""Makes the fonts of formulas: ``python -m tests.site.math_font STIXTwoMath-Regular.ttf``.

Needs fonttools and brotli, which nothing else here does; the font comes with ziamath, among others. The files are kept
in the repository, as what they hold follows from what a formula may say and not from the formulas that there are.
``test_browser_formulas`` finds what they lack.
"""

# ruff: noqa: RUF001  signs that look like others are what this is about
from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from latex2mathml.symbols_parser import convert_symbol

import sphinx_papers
from sphinx_papers.formats.text.tex import COMMANDS

STATIC = Path(sphinx_papers.__file__).parent / "sphinx_ext" / "static"
STYLES = STATIC / "math.css"
_ASCII = range(0x20, 0x7F)
_GREEK = [code for code in range(0x391, 0x3FF) if chr(code).isalpha()]
_ITALIC = [*range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C)]
_SCRIPT = range(0x1D49C, 0x1D4B6)
_OFTEN = "\u00a0\u2009\u2006 ℎℓℝℒℬℛℱℳ𝟏𝟙 ¬¯°±·×÷ˇ˘˙˜̂ ―‖‾…′√∞∂∇∅∈∉∋∏∐∑∓−∘∗∝∣∥∧∨∩∪∫∼≃≅≈≠≡≤≥≪≫⊂⊃⊆⊇⊕⊖⊗⊘⊙⊤⊥⋃⋂⋅⋆⋮⋯⋱←↑→↓↔↦⇐⇒⇔⌈⌉⌊⌋⟨⟩⟵⟶⟹⟺⩽⩾⧵"
_LETTERS = [*range(0xA1, 0x180), *range(0x2C6, 0x2DE)]
_STROKE = ord("⧸")  # the converter's \not
_LETTERLIKE = range(0x2100, 0x2140)
_ALPHABETS = range(0x1D400, 0x1D800)
_COMBINING = [*range(0x300, 0x339), *range(0x20D0, 0x20F0)]


def characters() -> tuple[set[int], set[int]]:
    """Return what most formulas are made of, and what else one may hold."""
    often = {*_ASCII, *_GREEK, *_ITALIC, *_SCRIPT, *map(ord, _OFTEN)}
    of_commands = {int(symbol, 16) for name in COMMANDS if (symbol := convert_symbol(f"\\{name}"))}
    return often, {*of_commands, *_LETTERS, _STROKE, *_LETTERLIKE, *_ALPHABETS, *_COMBINING} - often


def _narrow_roots(font: Any) -> None:
    """Make roots of all heights as wide as the lowest: Chromium leaves for each the room of the widest."""
    root = font.getBestCmap().get(ord("√"))
    variants = font["MATH"].table.MathVariants
    if root is None or variants is None or root not in variants.VertGlyphCoverage.glyphs:
        return
    made = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(root)]
    names = {record.VariantGlyph for record in made.MathGlyphVariantRecord}
    names |= {part.glyph for part in made.GlyphAssembly.PartRecords}
    width = font["hmtx"][root][0]
    for name in names:
        advance, bearing = font["hmtx"][name]
        glyph = font["glyf"][name]
        glyph.coordinates.scale((width / advance, 1))
        glyph.coordinates.toInt()
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (width, round(bearing * width / advance))


def _unhint(font: Any) -> None:
    """Say that outlines are to be drawn as they are; where nothing says so, letters are set too far apart on Linux."""
    from fontTools.ttLib import newTable
    from fontTools.ttLib.tables.ttProgram import Program

    font["prep"] = newTable("prep")
    font["prep"].program = Program()
    font["prep"].program.fromAssembly(["PUSHW[]", "511", "SCANCTRL[]", "PUSHB[]", "4", "SCANTYPE[]"])
    font["gasp"].gaspRange = {0xFFFF: 15}


def _subset(source: str, wanted: set[int], into: Path) -> set[int]:
    """Write what the font has of *wanted*, and return it."""
    from fontTools import subset

    options = subset.Options(
        flavor="woff2", layout_features=[], hinting=False, notdef_outline=True, name_IDs=[0, 5, 13, 14]
    )
    font = subset.load_font(source, options)
    found = wanted & set(font.getBestCmap())
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(found))
    subsetter.subset(font)
    _narrow_roots(font)
    _unhint(font)
    font.recalcTimestamp = False
    subset.save_font(font, str(into), options)
    return found


def _ranges(codes: Iterable[int]) -> str:
    """Return *codes* as a style sheet writes them."""
    runs = [
        [code for _, code in run]
        for _, run in groupby(enumerate(sorted(codes)), lambda each: each[1] - each[0])
    ]
    return ", ".join(f"U+{run[0]:x}" + (f"-{run[-1]:x}" if len(run) > 1 else "") for run in runs)


def main() -> None:
    """Write both fonts, and into the style sheet which characters are in which."""
    styles = STYLES.read_text("utf-8")
    for name, wanted in zip(("math", "math-more"), characters(), strict=True):
        path = STATIC / f"{name}.woff2"
        found = _subset(sys.argv[1], wanted, path)
        head, sep, rest = styles.partition(f'url("{name}.woff2")')
        before, key, after = rest.partition("unicode-range: ")
        styles = f"{head}{sep}{before}{key}{_ranges(found)};{after.partition(';')[2]}"
        sys.stdout.write(f"{path.name}: {len(found)} characters, {path.stat().st_size} bytes\n")
        missing = [f"{code:x} {unicodedata.name(chr(code), '')}" for code in sorted(wanted - found)]
        sys.stdout.write(f"  not in the font: {missing}\n")
    STYLES.write_text(styles, "utf-8")


if __name__ == "__main__":
    main()
