"""What is measured: the same synthetic papers as a project of plain Sphinx, of this one, and of its peers.

Every subject has the same theme, the same settings of Sphinx and the same prose. What
differs is what the pages are to it: nothing, papers, posts, needs.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from tests.bench.synthetic import Synthetic, paper, works, write_collection

# PyYAML has a loader in C that MyST does not ask for. This project reads records with it, so all have it.
COMMON = """
import yaml
yaml.SafeLoader = yaml.CSafeLoader
project = "Bench"
myst_enable_extensions = ["colon_fence", "dollarmath"]
html_theme = "furo"
html_use_index = False
html_copy_source = False
"""
PLAIN = """
extensions = ["myst_parser"]
suppress_warnings = ["toc.not_included"]
"""
_CITATIONS = """
bibtex_reference_style = "author_year"
bibtex_tooltips = False
"""

_OURS = """
extensions = ["myst_parser", "sphinx_papers"]
exclude_patterns = ["registries"]
papers_repository = "https://code.example/papers"
html_math_renderer = "mathml"
html_context = {
    "site_sections": [
        ("Papers", "papers/index"),
        ("Methods", "methods/index"),
        ("Leaderboards", "leaderboards/index"),
        ("References", "references"),
    ],
}
"""


class Step(StrEnum):
    """What happened since the last build, in the order in which the builds are made."""

    CLEAN = "clean"
    NOTHING = "no change"
    PROSE = "prose of one edited"
    RECORD = "record of one edited"
    ADD = "one added"


class Page(Protocol):
    """The page of a paper."""

    @property
    def key(self) -> str:
        """The citation key."""

    @property
    def text(self) -> str:
        """The page as it stands in a file."""


PageT = TypeVar("PageT", bound=Page)


class Subject(ABC, Generic[PageT]):
    """A way to publish papers."""

    name: ClassVar[str]
    """On the command line."""
    about: ClassVar[str]
    """In the tables."""
    papers: ClassVar[str] = "docs/papers"
    """The folder of the pages; the source directory is always `docs`."""
    strict: ClassVar[bool] = False
    """Whether a warning fails the build."""
    record_edit: ClassVar[tuple[str, str] | None] = ("\n  title: ", "\n  title: Changed ")
    """What to replace by what, where a page holds a record that other pages show."""
    floor: ClassVar[str] = "floor"
    """The subject whose figures are its unit."""

    @property
    def least(self) -> int:
        """The fewest papers that it can be measured with."""
        return 1

    @abstractmethod
    def paper(self, number: int) -> PageT:
        """Return paper *number*."""

    def edited(self, count: int) -> PageT:
        """Return the paper that is edited where there are *count*."""
        return self.paper(count // 2)

    @abstractmethod
    def write(self, folder: Path, count: int) -> None:
        """Write a project of *count* papers into *folder*, which does not exist yet."""

    @abstractmethod
    def page(self, made: PageT) -> str:
        """Return the text of a paper's page."""


class Invented(Subject[Synthetic]):
    """A way to publish synthetic papers."""

    def paper(self, number: int) -> Synthetic:
        """Return paper *number*."""
        return paper(number)


class Floor(Invented):
    """The pages in plain Sphinx with MyST, in no table of contents, roles turned into literals."""

    name = "floor"
    about = "plain Sphinx (the floor)"
    settings: ClassVar[str] = PLAIN
    home: ClassVar[str] = ""

    def write(self, folder: Path, count: int) -> None:
        pages = folder / self.papers
        pages.mkdir(parents=True)
        docs = folder / "docs"
        (docs / "conf.py").write_text(COMMON + self.settings)
        (docs / "index.md").write_text(f"# Home\n{self.home}")
        for number in range(count):
            made = paper(number)
            (pages / f"{made.key}.md").write_text(self.page(made), "utf-8")

    def page(self, made: Synthetic) -> str:
        return re.sub(r"\{(?:paper|method|cite:p|cite:t)\}(`[^`]*`)", r"\1", made.text)


class Saving(Floor):
    """The floor with what this project saves Sphinx, MyST and furo, and nothing else of it."""

    name = "saving"
    about = "the floor with our savings"
    settings = PLAIN.replace('"myst_parser"', '"myst_parser", "sphinx_papers.sphinx_ext.speedups"')


class Ours(Invented):
    """This project with everything on, the templates of its site too."""

    name = "ours"
    about = "this project"
    papers = "papers"
    strict = True

    def write(self, folder: Path, count: int) -> None:
        write_collection(folder, count)
        (folder / "docs" / "conf.py").write_text(COMMON + _CITATIONS + _OURS)

    def page(self, made: Synthetic) -> str:
        return made.text


class Ablog(Floor):
    """Each page is a post with a date, a category and tags; the start page lists ten.

    ABlog's own `page.html` takes the place of the theme's, and furo then writes an error
    on each page. So the project has one that is furo's with ABlog's links between posts.
    ABlog's lists fill the whole of a page, without furo's bars.
    """

    name = "ablog"
    about = "ABlog, the pages as posts"
    settings = """
extensions = ["myst_parser", "ablog"]
suppress_warnings = ["toc.not_included"]
blog_title = "Bench"
post_date_format = "%Y-%m-%d"
templates_path = ["_templates"]
"""
    home = "\n```{postlist} 10\n```\n"
    record_edit = ("\ntags: ", "\ntags: method0, ")

    def write(self, folder: Path, count: int) -> None:
        super().write(folder, count)
        template = folder / "docs" / "_templates" / "page.html"
        template.parent.mkdir()
        template.write_text(
            '{% extends "furo/page.html" %}{% block content %}{{ super() }}'
            '{% if pagename in ablog %}{% include "ablog/postnavy.html" %}{% endif %}{% endblock %}'
        )

    def page(self, made: Synthetic) -> str:
        # A post of tomorrow is a draft to ABlog, so all are dated ten years back.
        year, rest = str(made.record["date"]).split("-", 1)
        front = (
            f"---\nblogpost: true\ndate: {int(year) - 10}-{rest}\n"
            f"category: {_strings(made, 'supervision')[0]}\ntags: {', '.join(_strings(made, 'methods'))}\n"
        )
        return super().page(made).replace("---\n", front, 1)


class Needs(Floor):
    """Each page holds a need with the record's fields and links; the start page has one table of all."""

    name = "needs"
    about = "sphinx-needs, one table"
    settings = """
extensions = ["myst_parser", "sphinx_needs"]
suppress_warnings = ["toc.not_included"]
needs_id_regex = "^[a-z0-9]+$"
needs_fields = {name: {"schema": {"type": "string"}, "default": ""} for name in ("year", "venue", "doi")}
"""
    home = "\n```{needtable}\n:columns: id;title;year;venue;tags;outgoing\n```\n"
    record_edit = ("```{req} ", "```{req} Changed ")

    def page(self, made: Synthetic) -> str:
        record, venue = made.record, made.record["venue"]
        assert isinstance(venue, dict)
        need = [
            f"```{{req}} {record['title']}",
            f":id: {made.key}",
            f":status: {_strings(made, 'supervision')[0]}",
            f":tags: {', '.join(_strings(made, 'methods'))}",
            f":year: {str(record['date'])[:4]}",
            f":venue: {venue['id']}",
            f":doi: {record['doi']}",
        ]
        papers = [each for each in _strings(made, "builds_on") if not each.startswith("work")]
        if papers:
            need.append(f":links: {', '.join(papers)}")
        need += ["", str(record["summary"]), "```", ""]
        # The need follows the page's title, where this project shows the record.
        body = (
            made.body.replace("{paper}", "{need}")
            .replace("{method}", "")
            .replace("\n", "\n\n" + "\n".join(need), 1)
        )
        return super().page(Synthetic(made.number, record, body))


class Toctree(Floor):
    """The floor's pages, all in one toctree."""

    name = "toctree"
    about = "one toctree over all"
    settings = '\nextensions = ["myst_parser"]\n'
    home = "\n```{toctree}\n:glob:\npapers/*\n```\n"
    record_edit = None


class Bibliographies(Floor):
    """The floor's pages with their citations, each page with its own bibliography."""

    name = "bibliographies"
    about = "a bibliography on each page"
    settings = f"""
extensions = ["myst_parser", "sphinxcontrib.bibtex"]
suppress_warnings = ["toc.not_included"]
bibtex_bibfiles = ["references.bib"]
{_CITATIONS}"""
    record_edit = None

    def write(self, folder: Path, count: int) -> None:
        super().write(folder, count)
        (folder / "docs" / "references.bib").write_text(works())

    def page(self, made: Synthetic) -> str:
        # With a prefix of its own a page's citations lead to its own bibliography.
        prefix = f"p{made.number}-"
        body = re.sub(r"\{cite:([pt])\}`", rf"{{cite:\1}}`{prefix}", made.body)
        body = re.sub(r"\{(?:paper|method)\}(`[^`]*`)", r"\1", body)
        bibliography = f"\n## References\n\n```{{bibliography}}\n:keyprefix: {prefix}\n```\n"
        return Synthetic(made.number, made.record, body + bibliography).text


SYNTHETIC: tuple[Subject[Any], ...] = (
    Floor(),
    Saving(),
    Ours(),
    Ablog(),
    Needs(),
    Toctree(),
    Bibliographies(),
)


@dataclass(frozen=True, slots=True)
class Project:
    """A subject's project of *count* papers in a folder, and the changes made to it."""

    subject: Subject[Any]
    folder: Path
    count: int

    @property
    def source(self) -> Path:
        """The source directory."""
        return self.folder / "docs"

    @property
    def html(self) -> Path:
        """Where the site is built."""
        return self.folder / "out" / "html"

    @property
    def doctrees(self) -> Path:
        """What Sphinx keeps between builds; no part of the site."""
        return self.folder / "out" / "doctrees"

    @property
    def pages(self) -> Path:
        """The folder of the papers' pages."""
        return self.folder / self.subject.papers

    def write(self) -> None:
        """Write the project."""
        self.subject.write(self.folder, self.count)

    def change(self, step: Step) -> None:
        """Make the change that *step* measures.

        :raises ValueError: if the page to edit does not hold what is to be replaced.
        """
        edited = self.pages / f"{self.subject.edited(self.count).key}.md"
        match step:
            case Step.PROSE:
                _replace(edited, "## Caveats", "## Caveats\n\nOne more.")
            case Step.RECORD if self.subject.record_edit:
                _replace(edited, *self.subject.record_edit)
            case Step.ADD:
                made = self.subject.paper(self.count)
                (self.pages / f"{made.key}.md").write_text(self.subject.page(made), "utf-8")

    def restore(self) -> None:
        """Undo all changes."""
        made = self.subject.edited(self.count)
        (self.pages / f"{made.key}.md").write_text(self.subject.page(made), "utf-8")
        (self.pages / f"{self.subject.paper(self.count).key}.md").unlink(missing_ok=True)


def _strings(made: Synthetic, field: str) -> list[str]:
    value = made.record[field]
    assert isinstance(value, list)
    return [str(each) for each in value]


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    if old not in text:
        raise ValueError(f"nothing to edit in {path.name}: no {old!r}")
    path.write_text(text.replace(old, new, 1), "utf-8")
