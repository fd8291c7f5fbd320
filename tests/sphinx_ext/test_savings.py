"""What is saved of a build changes nothing: neither the site nor Sphinx, once the build is over."""

from __future__ import annotations

import gc
import logging
import pickle
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import furo
import myst_parser.mdit_to_docutils.base
import myst_parser.parsers.sphinx_
import pytest
import sphinx.builders.html
import sphinx.environment.collectors.title
import sphinx.environment.collectors.toctree
import sphinx.events
import sphinx.util.docutils
from docutils import nodes
from docutils.parsers.rst import Parser
from docutils.utils import new_document, smartquotes
from hypothesis import given
from hypothesis import strategies as st
from sphinx import addnodes
from sphinx.errors import SphinxParallelError
from sphinx.search import IndexBuilder
from sphinx.transforms import SphinxContentsFilter, SphinxSmartQuotes
from sphinx.transforms.post_transforms.code import HighlightLanguageTransform
from sphinx.util.nodes import NodeMatcher
from sphinx.util.parallel import make_chunks

from sphinx_papers.sphinx_ext.savings import Savings, pages, reading
from sphinx_papers.sphinx_ext.savings.memory import Packed
from sphinx_papers.sphinx_ext.savings.processes import PromptTasks, larger_pieces
from sphinx_papers.sphinx_ext.site.navigation import Tree

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Site

REPLACED = [
    (myst_parser.parsers.sphinx_, "create_md_parser"),
    (myst_parser.mdit_to_docutils.base, "get_default_settings"),
    (sphinx.util.docutils, "_get_settings"),
    (nodes.Node, "_fast_findall"),
    (nodes.Node, "_superfast_findall"),
    (sphinx.builders.html, "_file_checksum"),
    (sphinx.builders.html, "document_toc"),
    (IndexBuilder, "prune"),
    (SphinxSmartQuotes, "get_tokens"),
    (sphinx.environment.collectors.title, "SphinxContentsFilter"),
    (sphinx.environment.collectors.toctree, "SphinxContentsFilter"),
    (HighlightLanguageTransform, "apply"),
    (NodeMatcher, "findall"),
    (furo, "get_navigation_tree"),
]
# Titles and tables of contents that are not plain, in all the ways that there are.
PAGES = {
    "plain": '# Plain & <simple> "title"\n\n## One\n\n### Two\n\n## Three\n',
    "single": "# Alone\n\nText.\n",
    "marked": "# A *marked* title\n\n## With `code`\n\n## And $x^2$\n\n## @ 'quotes' -- and dashes...\n",
    "shallow": "---\ntocdepth: 2\n---\n# Shallow\n\n## One\n\n### Two\n",
    "only": "# Only\n\n```{only} html\n## Here\n```\n\n```{only} latex\n## Not here\n```\n",
    "tree": "# Tree\n\n```{toctree}\nplain\nmarked\n```\n",
    "numbered": "# Numbered\n\n```{toctree}\n:numbered:\nshallow\nonly\n```\n",
    "settings": "---\nmyst:\n  enable_extensions: [deflist]\n---\n# Settings\n\nTerm\n: What it means\n",
    "object": "# Object\n\n```{py:function} one(two)\nText.\n```\n\n## More\n",
    "untitled": "Text without a title.\n",
}


@pytest.fixture
def odd_site(site: Site) -> Site:
    for name, text in PAGES.items():
        site.write(f"docs/odd/{name}.md", text)
    links = "\n".join(f"odd/{name}" for name in PAGES if name != "tree")
    site.append("docs/index.md", f"\n```{{toctree}}\nodd/tree\n{links}\n```\n")
    return site


def test_a_site_is_the_same_without_the_savings(odd_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    config = {"html_theme": "furo"}
    with_savings = odd_site.build(folder="_with", **config).files()
    monkeypatch.setattr(Savings, "begin", lambda *_: None)
    without = odd_site.build(folder="_without", **config).files()
    for files in (with_savings, without):
        files["searchindex.js"] = files["searchindex.js"].replace(b"_without/", b"_with/")
    assert [name for name in without if with_savings.get(name) != without[name]] == []
    assert with_savings.keys() == without.keys()
    assert len(without) > 60


def test_most_pages_are_written_by_what_saves(odd_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    written: dict[str, list[bool]] = {"toc": [], "title": []}

    def noting(kind: str, function: Callable[[Any], str]) -> Callable[[Any], str]:
        def noted(node: Any) -> str:
            try:
                found = function(node)
            except pages._UnusualError:
                written[kind].append(False)
                raise
            written[kind].append(True)
            return found

        return noted

    monkeypatch.setattr(pages, "_toc_html", noting("toc", pages._toc_html))
    monkeypatch.setattr(pages, "_encoded", noting("title", pages._encoded))
    odd_site.build()
    for kind, found in written.items():
        assert found.count(True) > 10 * found.count(False) > 0, kind


def test_sphinx_is_as_it_was_after_a_build(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def now() -> list[Any]:
        others = [logging.getLogger("sphinx").level, vars(sphinx.events).get("repr"), gc.get_threshold()]
        return [*(getattr(place, name) for place, name in REPLACED), *others]

    before = now()
    during: list[list[Any]] = []
    read = Savings.read

    def looking(self: Savings, *arguments: object) -> None:
        during.append(now())
        read(self, *arguments)

    monkeypatch.setattr(Savings, "read", looking)
    site.build(html_theme="furo")
    assert all(mine is not theirs for mine, theirs in zip(during[0], before, strict=True))
    assert now() == before


def test_settings_of_a_document_are_its_own() -> None:
    base = myst_parser.mdit_to_docutils.base
    settings = reading.remembered_defaults(base.get_default_settings)
    first = settings(Parser)
    first.record_dependencies.add("file")
    first.report_level = 5
    second, wanted = settings(Parser), base.get_default_settings(Parser)
    assert first.record_dependencies is not second.record_dependencies
    ours, theirs = dict(vars(second)), dict(vars(wanted))
    assert ours.pop("record_dependencies").list == theirs.pop("record_dependencies").list == []
    assert ours == theirs


def test_other_defaults_make_other_settings() -> None:
    settings = reading.remembered_settings(sphinx.util.docutils._get_settings)
    for language in ("en", "de", "en"):
        assert settings(Parser, defaults={"language_code": language}).language_code == language


def test_nodes_are_found_as_docutils_finds_them_while_the_tree_changes() -> None:
    def tree() -> nodes.Element:
        return nodes.section(
            "",
            nodes.title("", "Title"),
            nodes.paragraph("", "", nodes.emphasis("", "one"), nodes.strong("", "two")),
            nodes.bullet_list("", nodes.list_item("", nodes.paragraph("", "three"))),
            nodes.paragraph("", "four"),
        )

    def walked(find: Callable[..., Any]) -> list[str]:
        found = []
        for node in find(tree(), nodes.Element):
            found.append(node.tagname)
            if isinstance(node, nodes.emphasis):
                node.parent.insert(1, nodes.literal("", "new"))
            if isinstance(node, nodes.list_item):
                node.children = [addnodes.compact_paragraph("", "other")]
            if isinstance(node, nodes.bullet_list):
                node.parent.append(nodes.paragraph("", "last"))
        return found

    expected = walked(nodes.Node._fast_findall)
    assert walked(reading.found_in_order) == expected
    assert {"literal", "compact_paragraph"} < set(expected)


class _Quotes(SphinxSmartQuotes):
    """Changes one paragraph, outside of a build."""

    def __init__(self, action: str) -> None:
        self.smartquotes_action = action

    def educated(self, paragraph: nodes.paragraph, find: Callable[..., Any]) -> list[str]:
        tokens = find(self, list(paragraph.findall(nodes.Text)))
        return list(smartquotes.educate_tokens(tokens, self.smartquotes_action, "en"))


@given(
    texts=st.lists(
        st.tuples(
            st.sampled_from([nodes.emphasis, nodes.strong, nodes.literal]),
            st.one_of(st.text("ab .-\"'`\\&;quot,\x00", max_size=12), st.text(max_size=12)),
        ),
        max_size=4,
    ),
    action=st.sampled_from(["0", "1", "2", "3", "-1", "qBDe", "qDe", "w", "b", "i"]),
)
def test_quotes_are_those_of_docutils(texts: list[tuple[type[nodes.TextElement], str]], action: str) -> None:
    paragraph = nodes.paragraph("", "", *(cls("", text) for cls, text in texts))
    quotes = _Quotes(action)
    theirs = quotes.educated(paragraph, SphinxSmartQuotes.get_tokens)
    assert quotes.educated(paragraph, reading.spared_quotes(SphinxSmartQuotes.get_tokens)) == theirs


def test_texts_without_marks_are_not_looked_at() -> None:
    def refuse(*_: object) -> Any:
        raise AssertionError

    paragraph = nodes.paragraph("", "No marks. Just (words): one-two, 1.5!")
    assert _Quotes("qDe").educated(paragraph, reading.spared_quotes(refuse)) == [paragraph.astext()]


def test_the_contents_of_a_title_are_those_of_sphinx() -> None:
    document = new_document("title")
    titles = [
        nodes.title("", "Plain & simple"),
        nodes.title("", ""),
        nodes.title("", "With ", nodes.emphasis("", "marks")),
        nodes.title(
            "", "", nodes.reference("", "A link", refuri="x"), nodes.Text(" and "), nodes.image(uri="i")
        ),
        nodes.title("", "A note", nodes.footnote_reference("", "1")),
    ]
    make = reading.plain_contents(SphinxContentsFilter)
    for title in titles:
        found = []
        for visitor in (SphinxContentsFilter(document), make(document)):
            title.walkabout(visitor)
            found.append("".join(node.pformat() for node in visitor.get_entry_text()))
        assert found[0] == found[1]
    assert titles[0].parent is None
    assert titles[0][0].parent is titles[0]


@pytest.mark.parametrize(
    "matcher",
    [
        NodeMatcher(nodes.title, nodes.emphasis),
        NodeMatcher(translated=Any),
        NodeMatcher(nodes.inline, kind="one"),
        NodeMatcher(nodes.Element, kind=Any),
        NodeMatcher(),
    ],
)
def test_a_matcher_finds_what_it_found(matcher: NodeMatcher[Any]) -> None:
    tree = nodes.section(
        "",
        nodes.title("", "Title", translated=True),
        nodes.paragraph("", "", nodes.inline("", "one", kind="one"), nodes.inline("", "two", kind="two")),
        nodes.paragraph("", "", nodes.emphasis("", "three"), translated=False),
    )
    assert list(reading.matched_in_order(matcher, tree)) == list(matcher.findall(tree)) != []


def test_a_block_to_highlight_is_visited_and_nothing_else() -> None:
    seen: list[str] = []
    apply = reading.spared_visitors(lambda self: seen.append(self.document["name"]))
    for name, node in (
        ("text", nodes.paragraph("", "Text.")),
        ("block", nodes.literal_block("x", "x")),
        ("language", addnodes.highlightlang(lang="c", force=False, linenothreshold=5)),
    ):
        document = new_document(name)
        document["name"] = name
        document += node
        transform = HighlightLanguageTransform.__new__(HighlightLanguageTransform)
        transform.document = document
        apply(transform)
    assert seen == ["block", "language"]


def test_furo_takes_our_navigation_as_it_is() -> None:
    instead = pages.ready_trees(furo.get_navigation_tree)
    plain = '<ul><li class="current"><a href="#">One</a><ul><li><a href="#">Two</a></li></ul></li></ul>'
    assert instead(plain) == furo.get_navigation_tree(plain) != plain
    assert instead(Tree(plain)) == plain


def test_processes_do_all_that_they_are_given_and_more_when_the_main_one_waits() -> None:
    """Each says when it was at work; the last pieces are done two at a time."""
    spans: dict[int, tuple[float, float]] = {}

    def work(number: int) -> tuple[float, float]:
        begin = time.monotonic()
        time.sleep(0.3)
        return begin, time.monotonic()

    tasks = PromptTasks(1, 2)
    for number in range(4):
        tasks.add_task(work, number, spans.__setitem__)
    time.sleep(0.4)
    assert spans == {}
    tasks.hand_out()
    assert len(spans) == 1
    tasks.join()
    assert sorted(spans) == [0, 1, 2, 3]
    at_once = [sum(begin <= other[0] < end for other in spans.values()) for begin, end in spans.values()]
    assert max(at_once) == 2


@pytest.mark.parametrize("finish", [PromptTasks.hand_out, PromptTasks.join])
def test_what_fails_in_a_process_ends_the_build(finish: Callable[[PromptTasks], None]) -> None:
    def work(number: int) -> None:
        time.sleep(60 if number else 0.5)  # both have begun by then
        raise ValueError(number)

    tasks = PromptTasks(2, 2)
    for number in range(2):
        tasks.add_task(work, number)
    others = list(tasks._procs.values())
    others[0].join()
    with pytest.raises(SphinxParallelError, match="ValueError: 0"):
        finish(tasks)
    for process in others:
        process.join(10)
        assert not process.is_alive()


@pytest.mark.parametrize("count", [0, 1, 5, 7, 1086])
@pytest.mark.parametrize("nproc", [1, 2, 3])
def test_pieces_of_work_are_all_of_it_in_order(count: int, nproc: int) -> None:
    names = [f"p{number}" for number in range(count)]
    pieces = larger_pieces(2, make_chunks)(names, nproc)
    assert [name for piece in pieces for name in piece] == names
    assert all(pieces)
    if count == 1086 and nproc == 2:
        assert len(pieces) == 6 < len(make_chunks(names, nproc))
    if nproc == 1:
        assert pieces == make_chunks(names, nproc)


def test_a_page_in_a_page_has_a_parser_of_its_own() -> None:
    parser = reading.Parser()
    create = parser.instead(lambda config, renderer: object())  # type: ignore[arg-type,return-value]
    config, renderer = object(), object()
    first = create(config, renderer)
    assert create(config, renderer) is not first
    parser.free()
    assert create(config, renderer) is first
    parser.free()
    assert create(object(), renderer) is not first


def test_a_packed_dictionary_is_a_dictionary() -> None:
    packed: Packed[list[int]] = pickle.loads(pickle.dumps(Packed({"one": [1], "two": [2]})))
    assert dict.__getitem__(packed, "one") == pickle.dumps([1], pickle.HIGHEST_PROTOCOL)
    packed["one"].append(3)
    other: Packed[list[int]] = Packed()
    other.take(packed, ["two", "one", "none"])
    again = pickle.loads(pickle.dumps(packed))
    for each in (packed, other, again):
        assert sorted(each.items()) == [("one", [1, 3]), ("two", [2])]
        assert sorted(each.values()) == [[1, 3], [2]]
    assert again.get("one") == [1, 3]
    assert again.get("none") is None
    assert again.setdefault("three", []) == []
    assert again.pop("two") == [2]
    assert again.pop("two", None) is None
    with pytest.raises(KeyError):
        again.pop("two")
