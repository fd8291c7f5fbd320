"""Directives that show views of the collection.

Each notes what it shows with the domain, so that the page follows the records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst.directives import flag, positive_int
from docutils.statemachine import StringList
from sphinx.directives.other import TocTree
from sphinx.util.docutils import SphinxDirective

from sphinx_papers.formats.storage.places import INDEX
from sphinx_papers.model.display.text import Span, Target
from sphinx_papers.model.problem import did_you_mean
from sphinx_papers.model.tables.select import SelectionError, parse_selection
from sphinx_papers.model.tables.table import TableSpec, check_table
from sphinx_papers.model.views.coverage import CoverageView, NewsView, WantedView
from sphinx_papers.model.views.figures import FIGURES, FiguresView
from sphinx_papers.model.views.library_views import (
    AuthorsView,
    BibliographyView,
    BuiltOnByView,
    CountView,
    GroupsView,
    KeysView,
    LeaderboardView,
    PagedFacetsView,
    PaperView,
    SplitsView,
    TableView,
    VocabularyView,
)
from sphinx_papers.model.views.records_over_time import ReignsView
from sphinx_papers.model.views.reliability import PARTS, ReliabilityView
from sphinx_papers.model.views.slips import SlipsView
from sphinx_papers.model.views.view import View
from sphinx_papers.model.views.worth import WorthPairsView, WorthView
from sphinx_papers.sphinx_ext.addresses import group_document
from sphinx_papers.sphinx_ext.blocks.nodes import show, viewing
from sphinx_papers.sphinx_ext.blocks.render import paragraph
from sphinx_papers.sphinx_ext.context import PaperContext, paper_context
from sphinx_papers.sphinx_ext.reading.generated import GENERATED, group_kinds
from sphinx_papers.sphinx_ext.site.manual import REFERENCE
from sphinx_papers.sphinx_ext.warnings import warn

if TYPE_CHECKING:
    from sphinx_papers.model.records.library import Library


class _AnyOption(Mapping[str, Callable[[str | None], str]]):
    """Accepts every option as text: which ones there are depends on the registry."""

    def __getitem__(self, name: str) -> Callable[[str | None], str]:
        return lambda text: text or ""

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 1  # an empty option_spec would mean that there are no options


class ViewDirective(SphinxDirective):
    """Shows something of the library; a wrong option is a warning and shows nothing."""

    has_content = False

    @property
    def domain(self) -> PaperContext:
        """The domain of papers."""
        return paper_context(self.env)

    @property
    def library(self) -> Library:
        """The collection."""
        return self.domain.library

    def show(self, view: View) -> Any:
        """Return the value of *view*, noted as shown by this document."""
        return self.domain.show(self.env.current_document.docname, view)

    def block(self, view: View, part: str = "") -> list[nodes.Node]:
        """Return the node that shows *view*, noted as shown by this document."""
        return [self.noted(show(view, part))]

    def noted(self, node: viewing) -> viewing:
        """Return *node*, what it shows noted as put in when this document is written."""
        self.domain.note(self.env.current_document.docname, node["view"], shapes=False)
        return node

    def of_paper(self, view: View, part: str = "") -> list[nodes.Node]:
        """Return the node that shows *view* of a paper, which is looked up again whenever that changes."""
        self.show(view)
        return [show(view, part)]

    def run(self) -> list[nodes.Node]:
        """Return what is shown."""
        try:
            return self.view()
        except SelectionError as error:
            self.show(VocabularyView())  # what is unknown today may be known tomorrow
            warn("selection", f"{self.name}: {error}", self.get_location())
            return []

    def view(self) -> list[nodes.Node]:
        """Return what is shown.

        :raises SelectionError: if an option says something that is not known.
        """
        raise NotImplementedError


class PaperTable(ViewDirective):
    """Shows papers as a table; its options select, order, limit and group them."""

    option_spec = _AnyOption()  # type: ignore[assignment]

    def view(self) -> list[nodes.Node]:
        """Return the table."""
        options = dict(self.options)
        columns = tuple(options.pop("columns", "").replace(",", " ").split())
        group_by = options.pop("group-by", "").strip()
        caption = options.pop("caption", "").strip() or "Papers"
        found = options.pop("filter", None)
        if found:
            raise SelectionError(f"`filter` has no value such as `{found}`")
        spec = TableSpec(
            selection=parse_selection(self.library, options),
            columns=columns or TableSpec().columns,
            group_by=group_by,
            caption=caption,
            filter=found is not None,
        )
        check_table(self.library, spec)
        return self.block(TableView(spec))


class PaperToctree(ViewDirective, TocTree):
    """Puts the selected papers into the table of contents, so that they have a place in it."""

    option_spec = _AnyOption()  # type: ignore[assignment]

    def view(self) -> list[nodes.Node]:
        """Return a toctree that shows nothing itself."""
        selection = parse_selection(self.library, dict(self.options))
        keys = self.show(KeysView(selection))
        self.content = StringList([f"/papers/{key}" for key in keys], source="paper:toctree")
        self.options = {"hidden": None}
        return TocTree.run(self) if keys else []


class GroupToctree(ViewDirective, TocTree):
    """Puts the pages of groups into the table of contents, called and ordered as lists of them are.

    Those of one kind of group; without one the index of years, of venues, of each facet that has pages, and
    of authors.
    """

    optional_arguments = 1
    argument_names = ("KIND",)
    option_spec: ClassVar[dict[str, Any]] = {}

    def view(self) -> list[nodes.Node]:
        """Return a toctree that shows nothing itself."""
        documents = self._of_kind(self.arguments[0]) if self.arguments else self._indexes()
        entries = [each if each.endswith(">") else f"/{each}" for each in documents]
        self.content = StringList(entries, source="paper:pages")
        self.options = {"hidden": None}
        return TocTree.run(self) if documents else []

    def _of_kind(self, name: str) -> list[str]:
        kind = _kind(self.library, name)
        facet = self.library.registry.facets.get(kind)
        if facet and not facet.pages:
            raise SelectionError(f"`{kind}` has no generated pages")
        found = self.show(GroupsView(kind))
        if kind == "method":
            folder = self.config.papers_methods
            return [f"{group.name} </{folder}/{group.id}>" for group in found]
        pages = GENERATED.get(kind) or GENERATED["facet"]
        return pages.documents(kind, self.library)

    def _indexes(self) -> list[str]:
        facets = self.show(PagedFacetsView())
        return [group_document(kind, INDEX) for kind in ("year", "venue", *facets, "author")]


class Card(ViewDirective):
    """Shows the facts of one paper, for instance on a page that compares a few."""

    required_arguments = 1
    argument_names = ("KEY",)
    option_spec: ClassVar[dict[str, Any]] = {}

    def view(self) -> list[nodes.Node]:
        """Return the facts as a field list."""
        return self.of_paper(PaperView(_key(self.library, self.arguments[0])), "card")


class Results(ViewDirective):
    """Shows the results of one paper."""

    required_arguments = 1
    argument_names = ("KEY",)
    option_spec: ClassVar[dict[str, Any]] = {}

    def view(self) -> list[nodes.Node]:
        """Return the table of results."""
        return self.of_paper(PaperView(_key(self.library, self.arguments[0])), "results")


class Leaderboard(ViewDirective):
    """Ranks all results on one split of a benchmark."""

    required_arguments = 2
    argument_names = ("BENCHMARK", "SPLIT")
    option_spec: ClassVar[dict[str, Any]] = {}
    shows: ClassVar[type[LeaderboardView | ReignsView]] = LeaderboardView
    """The view of a board."""

    def view(self) -> list[nodes.Node]:
        """Return what is shown of the board."""
        benchmark, split = self.arguments
        check_split(self.library, benchmark, split)
        return self.block(self.shows(benchmark, split))


class Splits(ViewDirective):
    """Leads to the rankings of one benchmark, one for each split, on a page that has them all."""

    required_arguments = 1
    argument_names = ("BENCHMARK",)
    option_spec: ClassVar[dict[str, Any]] = {}

    def view(self) -> list[nodes.Node]:
        """Return links in one line, each with the number of results."""
        benchmark = self.arguments[0]
        check_benchmark(self.library, benchmark)
        line = nodes.paragraph(classes=["sp-splits"])
        for split, title, size in self.show(SplitsView(benchmark)):
            if line.children:
                line += nodes.Text(" \N{MIDDLE DOT} ")
            name = self.library.registry.benchmarks[benchmark].splits[split].name
            line += nodes.reference("", name, internal=True, refid=nodes.make_id(title))
            line += nodes.Text(f" ({size} result{'' if size == 1 else 's'})")
        return [line]


class Groups(ViewDirective):
    """Lists the groups of one kind, method categories for instance, with counts."""

    required_arguments = 1
    argument_names = ("KIND",)
    option_spec: ClassVar[dict[str, Any]] = {}

    def view(self) -> list[nodes.Node]:
        """Return a bullet list of links with the number of papers in each group."""
        kind = _kind(self.library, self.arguments[0])
        items = nodes.bullet_list(classes=["sp-groups", *(["sp-letters"] if kind == "author" else [])])
        for group in self.show(GroupsView(kind)):
            spans = (
                Span(group.name, Target("letter" if kind == "author" else kind, group.id), strong=True),
                Span(f" ({group.count})"),
                Span(f": {group.summary}" if group.summary else ""),
            )
            items += nodes.list_item("", paragraph(spans))
        return [items] if items.children else []


class MethodList(Groups):
    """Lists the method categories with counts."""

    required_arguments = 0

    def view(self) -> list[nodes.Node]:
        """Return the list."""
        self.arguments = ["method"]
        return super().view()


class BuiltOnBy(ViewDirective):
    """Lists the papers that build on one paper or work."""

    required_arguments = 1
    argument_names = ("KEY",)
    option_spec: ClassVar[dict[str, Any]] = {}

    def view(self) -> list[nodes.Node]:
        """Return the papers in one paragraph."""
        key = self.arguments[0]
        if key not in self.library.works:
            _key(self.library, key)
        return self.of_paper(BuiltOnByView(key))


class Authors(ViewDirective):
    """Lists the authors under one letter with their papers."""

    required_arguments = 1
    argument_names = ("LETTER",)
    option_spec: ClassVar[dict[str, Any]] = {}

    def view(self) -> list[nodes.Node]:
        """Return the index, with an anchor for each author."""
        return self.block(AuthorsView(self.arguments[0]))


class Count(ViewDirective):
    """Says how many papers a selection takes, in one paragraph."""

    option_spec = _AnyOption()  # type: ignore[assignment]

    def view(self) -> list[nodes.Node]:
        """Return the sentence."""
        return self.block(CountView(parse_selection(self.library, dict(self.options))))


class Figures(ViewDirective):
    """Shows counts over the whole collection: papers, summaries, methods, results, benchmarks, venues, authors, years."""

    required_arguments = 1
    argument_names = ("FIGURE...",)
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = {}

    def view(self) -> list[nodes.Node]:
        """Return a field list with a line for each."""
        figures = tuple(self.arguments[0].split())
        for figure in figures:
            if figure not in FIGURES:
                raise SelectionError(f"unknown figure `{figure}`: {_hint(figure, FIGURES)}")
        return self.block(FiguresView(figures))


class WorthDirective(ViewDirective):
    """Shows what each condition is worth, or with `pairs` the pairs of results behind that."""

    optional_arguments = 1
    argument_names = ("PAIRS",)
    option_spec: ClassVar[dict[str, Any]] = {}

    def view(self) -> list[nodes.Node]:
        """Return the table."""
        if self.arguments and self.arguments != ["pairs"]:
            raise SelectionError(f"`{self.arguments[0]}` is not known: write `pairs` or nothing")
        return self.block(WorthPairsView() if self.arguments else WorthView())


class Reliability(ViewDirective):
    """Shows a part of the audit: states, facts, sources, conditions, disputed, papers, or the rule of their points."""

    required_arguments = 1
    argument_names = ("PART",)
    option_spec: ClassVar[dict[str, Any]] = {}

    def view(self) -> list[nodes.Node]:
        """Return the table or the list."""
        part = self.arguments[0]
        if part not in PARTS:
            raise SelectionError(f"unknown part `{part}`: {_hint(part, PARTS)}")
        return self.block(ReliabilityView(part))


class Slips(ViewDirective):
    """Lists where published tables print a number otherwise than whoever measured it."""

    option_spec: ClassVar[dict[str, Any]] = {}

    def view(self) -> list[nodes.Node]:
        """Return the table."""
        return self.block(SlipsView())


class Wanted(ViewDirective):
    """Lists the papers without a summary, those first that most pages build on or compare with."""

    option_spec: ClassVar[dict[str, Any]] = {"limit": positive_int}
    option_texts: ClassVar[dict[str, str]] = {"limit": "How many papers; all of them without it."}

    def view(self) -> list[nodes.Node]:
        """Return the table, with the command that begins each page."""
        return self.block(WantedView(self.options.get("limit", 0)))


class Coverage(ViewDirective):
    """Shows how many papers each group of one kind has, and how much their pages say."""

    required_arguments = 1
    argument_names = ("KIND",)
    option_spec: ClassVar[dict[str, Any]] = {}

    def view(self) -> list[nodes.Node]:
        """Return the table."""
        kind = _kind(self.library, self.arguments[0])
        if kind in {"author", "benchmark"}:
            raise SelectionError(f"`{kind}` has no coverage")
        return self.block(CoverageView(kind))


class News(ViewDirective):
    """Lists what was added to the collection and what was set right, by day, as the records say."""

    option_spec: ClassVar[dict[str, Any]] = {"limit": positive_int}
    option_texts: ClassVar[dict[str, str]] = {"limit": "How many days; all of them without it."}

    def view(self) -> list[nodes.Node]:
        """Return an entry for each day, the newest first."""
        return self.block(NewsView(self.options.get("limit", 0)))


class Bibliography(ViewDirective):
    """Lists every paper and work; what is in the collection is in the bibliography.

    Of sphinxcontrib-bibtex's options it takes the one that asks for that.
    """

    option_spec: ClassVar[dict[str, Any]] = {"all": flag}

    def view(self) -> list[nodes.Node]:
        """Return the list, with an anchor for each entry."""
        return self.block(BibliographyView())


def _hint(word: str, known: Mapping[str, object]) -> str:
    return did_you_mean(word, known, "known are " + ", ".join(sorted(known)))


def check_benchmark(library: Library, benchmark: str) -> None:
    """Say that there is such a benchmark.

    :raises SelectionError: if there is not.
    """
    known = library.registry.benchmarks
    if benchmark not in known:
        raise SelectionError(f"unknown benchmark `{benchmark}`: {_hint(benchmark, known)}")


def check_split(library: Library, benchmark: str, split: str) -> None:
    """Say that there is such a split.

    :raises SelectionError: if there is not.
    """
    check_benchmark(library, benchmark)
    splits = library.registry.benchmarks[benchmark].splits
    if split not in splits:
        raise SelectionError(f"unknown split `{split}`: {_hint(split, splits)}")


def _key(library: Library, key: str) -> str:
    if key not in library and key not in library.unreadable:
        raise SelectionError(f"unknown paper `{key}`: {did_you_mean(key, library, 'no such page')}")
    return key


def _kind(library: Library, kind: str) -> str:
    known = group_kinds(library)
    if kind not in known:
        hint = did_you_mean(kind, known, "known are " + ", ".join(known))
        raise SelectionError(f"unknown kind of group `{kind}`: {hint}")
    return kind


DIRECTIVES = {
    "authors": Authors,
    "built-on-by": BuiltOnBy,
    "card": Card,
    "count": Count,
    "coverage": Coverage,
    "figures": Figures,
    "groups": Groups,
    "leaderboard": Leaderboard,
    "methods": MethodList,
    "news": News,
    "pages": GroupToctree,
    "reliability": Reliability,
    "results": Results,
    "splits": Splits,
    "slips": Slips,
    "table": PaperTable,
    "toctree": PaperToctree,
    "wanted": Wanted,
    "worth": WorthDirective,
    **REFERENCE,
}
