"""Generated pages: a document for each year, venue, benchmark and facet term, and one for authors.

They are real documents, with search, PDF and cross-references like any other. Each is
a few lines that call directives, written outside the source directory and only when
its bytes change; what the directives show is decided when the document is read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_papers.formats.storage.files import examine, write_bytes
from sphinx_papers.formats.storage.places import INDEX, SUFFIX
from sphinx_papers.model.views.best_so_far import first_facet
from sphinx_papers.model.views.library_views import GroupSummary, board_title, groups
from sphinx_papers.sphinx_ext.addresses import group_document, letter_anchor

if TYPE_CHECKING:
    from sphinx_papers.model.records.library import Library


@dataclass(frozen=True)
class GroupPages:
    """The pages of one kind of group: an index, and a document for each group."""

    title: str
    """Title of the index; ``{name}`` stands for a facet's name."""
    intro: str
    body: Callable[[GroupSummary, Library], str]
    chart: str = ""
    """The chart that the index begins with."""
    listing: str = ""
    """The directive that lists the groups, where they are more than names with numbers."""

    def documents(self, kind: str, library: Library) -> list[str]:
        """Return the docnames of all groups, in order."""
        return [group_document(kind, group.id) for group in groups(library, kind)]

    def texts(self, kind: str, library: Library) -> Iterator[tuple[str, str]]:
        """Yield docname and text of every page of this kind."""
        facet = library.registry.facets.get(kind)
        name = facet.name if facet else ""
        intro = facet.summary if facet else self.intro
        chart = _directive("paper:chart", self.chart, {"stack": _stack(library)}) if self.chart else ""
        listed = _directive(self.listing) if self.listing else _directive("paper:groups", kind)
        listing = chart + listed + _directive("paper:pages", kind)
        yield group_document(kind, INDEX), _page(self.title.format(name=name), intro, listing)
        for group in groups(library, kind):
            yield group_document(kind, group.id), _page(group.name, group.summary, self.body(group, library))


@dataclass(frozen=True)
class AuthorPages(GroupPages):
    """All authors on one page, or of very many a page for each letter: one each would cost as much as the papers."""

    def documents(self, kind: str, library: Library) -> list[str]:
        """Return the docnames of the letters that have a page."""
        if library.has_one_page_of_people:
            return []
        return [group_document(kind, letter) for letter in library.people_by_letter]

    def texts(self, kind: str, library: Library) -> Iterator[tuple[str, str]]:
        """Yield docname and text of the index and of each letter that has a page."""
        letters = {letter: _directive("paper:authors", letter.id) for letter in groups(library, "author")}
        listing = _directive("paper:groups", "author")
        if library.has_one_page_of_people:
            listing += "".join(
                f"({letter_anchor(letter.id)})=\n## {letter.name.capitalize()}\n\n{body}"
                for letter, body in letters.items()
            )
        else:
            listing += _directive("paper:pages", "author")
            for letter, body in letters.items():
                yield group_document(kind, letter.id), _page(f"Authors: {letter.name}", "", body)
        yield group_document(kind, INDEX), _page(self.title, self.intro, listing)


def _directive(name: str, argument: str = "", options: Mapping[str, str] | None = None) -> str:
    lines = [f"```{{{name}}} {argument}".rstrip()]
    # As a string of JSON, which is one of YAML's too: a name may hold anything.
    quoted = {option: json.dumps(value, ensure_ascii=False) for option, value in (options or {}).items()}
    lines += [f":{option}: {value}" for option, value in quoted.items()]
    return "\n".join([*lines, "```", "", ""])


def _escaped(text: str) -> str:
    """Return *text* so that MyST reads it as text: names are data, not markup."""
    return "".join(f"\\{char}" if char in r"\`*_{}[]<>()#+-.!|$~:@^=%'\"&" else char for char in text)


def _page(title: str, intro: str, body: str) -> str:
    paragraphs = [f"# {_escaped(title)}", _escaped(intro), body.rstrip()]
    return "\n\n".join(part for part in paragraphs if part) + "\n"


def _papers(columns: str) -> Callable[[GroupSummary, Library], str]:
    def body(group: GroupSummary, library: Library) -> str:
        options = {group.kind: group.id, "columns": columns, "caption": f"Papers: {group.name}"}
        return _directive("paper:table", options=options)

    return body


def _year(group: GroupSummary, library: Library) -> str:
    columns = "date name title venue links"
    options = {"year": group.id, "columns": columns, "caption": f"Papers of {group.id}"}
    return _directive("paper:table", options=options) + _directive(
        "paper:toctree", options={"year": group.id}
    )


def _stack(library: Library) -> str:
    """Return the facet that years are stacked by: the first, or none."""
    return first_facet(library) or "none"


def _benchmark(group: GroupSummary, library: Library) -> str:
    benchmark = library.registry.benchmarks[group.id]
    parts = [_directive("paper:splits", benchmark.id)] if len(benchmark.splits) > 1 else []
    for split in benchmark.splits.values():
        summary = f"{_escaped(split.summary)}\n\n" if split.summary else ""
        # The ranking above has the numbers.
        chart = _directive("paper:chart", f"progress {benchmark.id} {split.id}", {"no-table": "", "wide": ""})
        board = _directive("paper:leaderboard", f"{benchmark.id} {split.id}")
        parts.append(f"## {_escaped(board_title(benchmark, split.id))}\n\n{summary}{board}{chart}")
    if benchmark.reference in library or benchmark.reference in library.works:
        parts.append(f"Introduced by {{cite:t}}`{benchmark.reference}`.\n")
    return "".join(parts)


GENERATED: Mapping[str, GroupPages] = {
    "year": GroupPages("Years", "Papers by the year they were published in.", _year, "years"),
    "venue": GroupPages(
        "Venues", "Papers by where they were published.",
        _papers("date name title methods"),
    ),
    "benchmark": GroupPages(
        "Leaderboards",
        "Reported results, ranked within groups that can be compared: of each leaderboard the best of its largest"
        " groups, and how it rose.",
        _benchmark,
        listing="paper:boards",
    ),
    "author": AuthorPages("Authors", "Everybody who wrote a paper listed here.", _year),
    "facet": GroupPages("{name}", "", _papers("date name title venue")),
}  # fmt: skip


def group_kinds(library: Library) -> tuple[str, ...]:
    """Return the kinds of groups that can be listed."""
    return ("year", "venue", "author", "benchmark", "method", *library.registry.facets)


def generated_texts(library: Library) -> dict[str, str]:
    """Return the text of every generated page by docname."""
    texts: dict[str, str] = {}
    # A field without benchmarks has no leaderboards, and no page that lists none.
    boards = ("benchmark",) if library.registry.benchmarks else ()
    for kind in ("year", "venue", *boards, "author"):
        texts.update(GENERATED[kind].texts(kind, library))
    for facet in library.registry.facets.values():
        if facet.pages:
            texts.update(GENERATED["facet"].texts(facet.id, library))
    return texts


def write_generated(texts: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Make *folder* hold the generated pages, texts by docname, all of them and nothing else.

    Returns what :func:`holds` must be told to find them as they are now.

    :raises OSError: if that cannot be done.
    """
    files = {f"{docname}{SUFFIX}": text.encode() for docname, text in texts.items()}
    for path in _entries(folder):
        if path.is_symlink() or not path.is_file() or path.relative_to(folder).as_posix() not in files:
            path.unlink()
    for name, data in files.items():
        write_bytes(folder, name, data)
    return {name: _digest(data) for name, data in files.items()}


def holds(folder: Path, digests: Mapping[str, str]) -> bool:
    """Say whether *folder* is as :func:`write_generated` left it: whole, and nothing else."""
    found = {path.relative_to(folder).as_posix(): path for path in _entries(folder)}
    try:
        for path in found.values():
            examine(path)
        return {name: _digest(path.read_bytes()) for name, path in found.items()} == digests
    except OSError:
        return False


def _entries(folder: Path) -> list[Path]:
    """Return what is below *folder* and is no folder; hidden files are not read as pages."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if not path.name.startswith(".") and (path.is_symlink() or not path.is_dir())
    ]


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
