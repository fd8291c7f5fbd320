"""The site's own pages as a subject: all of `docs/`, and the papers copied under new titles up to a size.

Synthetic pages are alike; these are as long, as full of citations, results and formulas, and as uneven as what
people write. With fewer papers than there are links would lead nowhere, so there is no smaller size.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar

from tests.bench.subjects import COMMON, PLAIN, Subject

ROOT = Path(__file__).parents[2]
_FENCE = re.compile(
    r"^(?P<fence>`{3,}|:{3,})\{(?:paper:[a-z-]+|bibliography|toctree)\}.*?^(?P=fence)$\n?",
    re.MULTILINE | re.DOTALL,
)
_ROLE = re.compile(r"\{(?:paper|paper:[a-z-]+|method|cite|cite:[a-z]+)\}(`[^`]*`)")
_FRONT = re.compile(r"\A---\n.*?^---\n", re.MULTILINE | re.DOTALL)

# A page of the site is made of the code's docstrings, which is Sphinx's own work.
_AUTODOC = """
import sys
from pathlib import Path
sys.path.insert(0, str(Path(__file__).parent.parent / "extensions"))
autodoc_class_signature = "separated"
autodoc_default_options = {"members": True, "member-order": "bysource", "exclude-members": "__init__"}
add_module_names = False
python_use_unqualified_type_names = True
"""


@dataclass(frozen=True, slots=True)
class Copied:
    """A paper of the site, or a copy of it under another title and other identifiers."""

    key: str
    text: str


@cache
def originals() -> tuple[Path, ...]:
    """Return the pages of the site's papers, in the order of their keys."""
    return tuple(sorted((ROOT / "papers").glob("*.md")))


def copied(number: int) -> Copied:
    """Return paper *number*: all of the site's, then all of them again, as often as it takes."""
    turn, place = divmod(number, len(originals()))
    path = originals()[place]
    text = path.read_text("utf-8")
    if not turn:
        return Copied(path.stem, text)
    text = re.sub(r'^  title: "', f'  title: "Copy {turn} of ', text, count=1, flags=re.MULTILINE)
    text = re.sub(r"^(  doi: \"?[^\s\"]+)", rf"\1.{turn}", text, count=1, flags=re.MULTILINE)
    text = re.sub(
        r"^(  arxiv: \"\d{4}\.)(\d+)",
        lambda found: f"{found[1]}{(int(found[2]) + 7919 * turn) % 100000:05}",
        text,
        count=1,
        flags=re.MULTILINE,
    )
    return Copied(f"{path.stem}copy{turn}", text)


class _Own(Subject[Copied]):
    record_edit: ClassVar[tuple[str, str] | None] = ('\n  title: "', '\n  title: "Changed ')

    @property
    def least(self) -> int:
        """All papers of the site."""
        return len(originals())

    def paper(self, number: int) -> Copied:
        """Return paper *number*."""
        return copied(number)

    def edited(self, count: int) -> Copied:
        """Return the paper in the middle, or the first after it that has all sections."""
        return next(
            made for number in range(count // 2, count) if "## Caveats" in (made := copied(number)).text
        )

    def write(self, folder: Path, count: int) -> None:
        """Write the repository with *count* papers in the place of its own."""
        folder.mkdir()
        for each in ROOT.iterdir():
            if each.name not in {"docs", "papers"} and not each.name.startswith("."):
                (folder / each.name).symlink_to(each)
        shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("_build"))
        pages = folder / self.papers
        pages.mkdir(parents=True, exist_ok=True)
        for number in range(count):
            made = self.paper(number)
            (pages / f"{made.key}.md").write_text(self.page(made), "utf-8")


class OwnFloor(_Own):
    """The site's pages in plain Sphinx with MyST, without what only this project understands."""

    name = "own-floor"
    about = "its floor"

    def write(self, folder: Path, count: int) -> None:
        """Write the repository, its settings plain and its pages without records, roles and tables."""
        super().write(folder, count)
        docs = folder / "docs"
        papers = {folder / self.papers / f"{self.paper(number).key}.md" for number in range(count)}
        for path in docs.rglob("*.md"):
            if path not in papers:
                path.write_text(self._plain(_FRONT.sub("", path.read_text("utf-8"))), "utf-8")
        others = '"myst_parser", "sphinx_design", "sphinx.ext.autodoc"'
        (docs / "conf.py").write_text(
            COMMON.replace('"dollarmath"', '"dollarmath", "fieldlist"')
            + PLAIN.replace('"myst_parser"', others)
            + "myst_heading_anchors = 3\n"
            'exclude_patterns = ["_build", "registries"]\n' + _AUTODOC
        )

    def page(self, made: Copied) -> str:
        return self._plain(made.text)

    @staticmethod
    def _plain(text: str) -> str:
        return _ROLE.sub(r"\1", _FENCE.sub("", text))


class Own(_Own):
    """The site as it is."""

    name = "own"
    about = "the site's own pages"
    papers = "papers"
    floor = OwnFloor.name

    def page(self, made: Copied) -> str:
        return made.text
