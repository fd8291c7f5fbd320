"""What the printed book must be, read from what LaTeX left behind: `python -m tests.book FOLDER`.

LaTeX needs minutes for a pass, so this looks at the one that a change is checked with; page numbers take three.
"""

from __future__ import annotations

import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
WIDEST = 20.0
"""Points by which a line may stand out: a fifth of the margin."""
_BOX = re.compile(r"^Overfull \\([hv])box \(([0-9.]+)pt too (?:wide|high)\) (.*)$", re.MULTILINE)
_MISSING = re.compile(r"^Missing character: There is no (\S+) \((U\+[0-9A-F]+)\)", re.MULTILINE)
_ENTRY = re.compile(
    r"^\\contentsline \{(\w+)\}\{(?:\\numberline \{[^}]*\})?(.*)\}\{\w*\}\{[^{}]*\}%?$", re.MULTILINE
)
_STREAM = re.compile(rb"/Type\s*/ObjStm.*?stream\r?\n", re.DOTALL)


def wide_boxes(log: str) -> list[str]:
    """Return where something stands out by more than :data:`WIDEST`, with the lines of the file in LaTeX."""
    return [
        f"{amount} pt too {'wide' if box == 'h' else 'high'}, {place}"
        for box, amount, place in _BOX.findall(log)
        if float(amount) > WIDEST
    ]


def missing_characters(log: str) -> list[str]:
    """Return the characters that no font of the book has."""
    return sorted({f"no font has {character} ({number})" for character, number in _MISSING.findall(log)})


def contents(toc: str) -> list[tuple[str, str]]:
    """Return what the contents name: chapter or section, and its letters and digits; what is deeper is not printed."""
    return [(kind, bare(title)) for kind, title in _ENTRY.findall(toc) if kind in {"chapter", "section"}]


def bare(text: str) -> str:
    """Return letters and digits of a title in LaTeX or Markdown, as each has its own way to write all else."""
    return "".join(re.findall(r"\w", re.sub(r"\\[A-Za-z]+|_", "", text))).casefold()


def unnamed(toc: str, titles: list[str]) -> list[str]:
    """Return the titles of papers that the contents do not name."""
    named = {title for _, title in contents(toc)}
    return [f"not in the contents: {title}" for title in titles if bare(title) not in named]


def told(pdf: Path) -> dict[str, str]:
    """Return what the file says of itself: what pdfinfo prints, and the language."""
    command = ["pdfinfo", str(pdf)]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    found = {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
    language = next((text for text in _objects(pdf.read_bytes()) if b"/Lang" in text), b"")
    match = re.search(rb"/Lang\s*\((?:\xfe\xff)?([^)]*)\)", language)
    return {**found, "Language": match[1].replace(b"\0", b"").decode() if match else ""}


def _objects(data: bytes) -> Iterator[bytes]:
    """Yield the file and what is packed in it."""
    yield data
    for match in _STREAM.finditer(data):
        yield zlib.decompressobj().decompress(data[match.end() :])


def faults(folder: Path, name: str, titles: list[str]) -> list[str]:
    """Return what is wrong with the book *name* that LaTeX made in *folder*."""
    log = (folder / f"{name}.log").read_text("utf-8", errors="replace")
    toc = (folder / f"{name}.toc").read_text("utf-8")
    about = told(folder / f"{name}.pdf")
    found = [*wide_boxes(log), *missing_characters(log), *unnamed(toc, titles)]
    found += [f"the book says nothing of its {key}" for key in METADATA if not about.get(key)]
    found += [
        f"a chapter for those who contribute: {title}"
        for kind, title in contents(toc)
        if title == "contribute"
    ]
    if any("CreationDate" in key for key in about):
        found.append("the book holds the hour of its making")
    return found


METADATA = ("Title", "Author", "Subject", "Keywords", "Language")


def paper_titles() -> list[str]:
    """Return the headings of the pages of papers."""
    texts = (path.read_text("utf-8") for path in sorted((ROOT / "papers").glob("*.md")))
    return [re.search(r"^# (.+)$", text.partition("\n---\n")[2], re.MULTILINE)[1] for text in texts]  # type: ignore[index]


if __name__ == "__main__":
    found = faults(Path(sys.argv[1]), "wsss-papers", paper_titles())
    sys.stdout.writelines(f"{fault}\n" for fault in found)
    sys.exit(bool(found))
