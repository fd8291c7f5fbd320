"""What makes a build faster changes nothing: neither the site nor Sphinx, once the build is over."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import pickle
import re
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import myst_parser.mdit_to_docutils.base
import pytest
import sphinx.builders.html
import sphinx.util.docutils
from docutils import nodes
from docutils.parsers.rst import Parser
from docutils.utils import smartquotes
from hypothesis import given
from hypothesis import strategies as st
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.errors import SphinxParallelError
from sphinx.transforms import SphinxSmartQuotes
from sphinx.util.parallel import ParallelTasks, make_chunks

from sphinx_papers.sphinx_ext.packed_dict import Packed
from sphinx_papers.sphinx_ext.speedups import memory, reading, replaced
from sphinx_papers.sphinx_ext.speedups.processes import PromptTasks, larger_pieces, usual_tasks
from sphinx_papers.sphinx_ext.speedups.replaced import Replacement, Speedups

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.tags import Tags
    from tests.sphinx_ext.conftest import Site

FORK = multiprocessing.get_context("fork")  # as Sphinx starts its processes
_PATIENCE = 60
"""Seconds after which what was waited for will not come; nothing waits as long where all is well."""

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


ROOT = Path(__file__).parent.parent.parent
# What every build replaces, builds of HTML, and those with several processes.
ALWAYS = ["create_md_parser", "get_default_settings", "_get_settings", "get_tokens"]
IN_HTML = ["document_toc", "render_partial"]
IN_PARALLEL = ["ParallelTasks", "make_chunks"]
# How another version may differ: no such name, other arguments, no such module.
CHANGES: dict[str, Callable[[Replacement], Replacement]] = {
    "name": lambda each: replace(each, name=f"{each.name}_of_old"),
    "arguments": lambda each: replace(each, parameters=(*each.parameters, "more")),
    "module": lambda each: replace(each, owner="sphinx.of_old"),
}
Replaced = Callable[[Speedups, Any, Replacement], None]


def files_of(site: Site, folder: str, **options: Any) -> dict[str, bytes]:
    """Return the files of a build under the default furo, with its own sidebar."""
    return site.build(folder=folder, html_theme="furo", html_sidebars={}, **options).files()


def differing(files: dict[str, bytes], others: dict[str, bytes]) -> list[str]:
    return sorted(name for name in {*files, *others} if files.get(name) != others.get(name))


@pytest.fixture
def replaced_now(monkeypatch: pytest.MonkeyPatch) -> dict[str, bool]:
    """Say of each function that builds want to replace whether they did."""
    found: dict[str, bool] = {}
    put: Replaced = Speedups.put

    def noted(self: Speedups, place: Any, each: Replacement) -> None:
        before = getattr(place, each.name, None)
        put(self, place, each)
        found[each.name] = getattr(place, each.name, None) is not before

    monkeypatch.setattr(Speedups, "put", noted)
    return found


@pytest.mark.parametrize("navigation", ["theme", "sections"])
def test_a_site_is_the_same_without_the_speedups(
    odd_site: Site, replaced_now: dict[str, bool], navigation: str
) -> None:
    saved = files_of(odd_site, "_with", papers_navigation=navigation)
    assert replaced_now == dict.fromkeys([*ALWAYS, *IN_HTML], True)
    replaced_now.clear()
    plain = files_of(odd_site, "_without", papers_navigation=navigation, papers_savings=False)
    assert replaced_now == {}
    assert differing(saved, plain) == []
    assert len(plain) > 60
    # The theme's own sidebar has boxes that fold its branches.
    assert (b"toctree-checkbox" in plain["index.html"]) == (navigation == "theme")


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_build_goes_on_where_nothing_is_as_expected(
    odd_site: Site, monkeypatch: pytest.MonkeyPatch, change: Callable[[Replacement], Replacement]
) -> None:
    plain = files_of(odd_site, "_without", papers_savings=False)
    said: list[str] = []
    put: Replaced = Speedups.put

    def strange(self: Speedups, place: Any, each: Replacement) -> None:
        other = change(each)
        put(self, place if other.owner == each.owner else other.place(), other)

    monkeypatch.setattr(Speedups, "put", strange)
    hears = logging.Handler()
    hears.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger(f"sphinx.{replaced.__name__}")
    logger.addHandler(hears)
    assert differing(files_of(odd_site, "_strange"), plain) == []
    logger.removeHandler(hears)
    for name in (*ALWAYS, *IN_HTML):
        assert any(f".{name}" in line for line in said), name


def test_a_build_goes_on_where_sphinx_keeps_its_documents_elsewhere(
    odd_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = SimpleNamespace(env=SimpleNamespace())
    memory.let_go_of_trees(cast("Sphinx", elsewhere))
    memory.let_go_of_pickles(cast("Sphinx", elsewhere), "index")


def test_processes_are_handed_work_by_sphinx_where_it_keeps_them_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert usual_tasks()
    monkeypatch.delattr(ParallelTasks, "_join_one")
    assert not usual_tasks()


def test_sphinx_is_as_it_was_after_a_build(
    site: Site, monkeypatch: pytest.MonkeyPatch, replaced_now: dict[str, bool]
) -> None:
    places = [(each, each.place()) for each in (*replaced.READING, *replaced.WRITING)]

    def now() -> list[Any]:
        return [*(getattr(place, each.name) for each, place in places), gc.get_threshold()]

    before = now()
    during: list[list[Any]] = []
    read = Speedups.read

    def looking(self: Speedups, *arguments: object) -> None:
        during.append(now())
        read(self, *arguments)

    monkeypatch.setattr(Speedups, "read", looking)
    site.build(html_theme="furo")
    assert all(mine is not theirs for mine, theirs in zip(during[0], before, strict=True))
    assert now() == before


def test_a_site_may_turn_the_speedups_off_and_on_again(odd_site: Site) -> None:
    """What is kept between builds is kept in another way without them."""
    first = files_of(odd_site, "_build")
    for wanted in (False, True):
        odd_site.append("docs/odd/plain.md", "\nMore.\n")
        again = files_of(odd_site, "_build", papers_savings=wanted)
        changed = {name for name in differing(first, again) if not name.startswith("_search/")}
        assert changed <= {"odd/plain.html", "_sources/odd/plain.md.txt"}
        first = again


def test_what_is_replaced_is_said() -> None:
    """The table of the docs has a row for each function, and for no other."""
    text = (ROOT / "docs/contributing/speed.md").read_text("utf-8")
    rows = re.findall(r"^\| `([\w.:]+)` +\|", text, re.MULTILINE)
    assert sorted(row.rpartition(".")[2] for row in rows) == sorted([*ALWAYS, *IN_HTML, *IN_PARALLEL])


def test_most_pages_are_written_by_what_is_faster(odd_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sphinx is still asked, for what is not plain and for nothing else."""
    asked: dict[str, list[str]] = {"contents": [], "title": []}
    contents, render = sphinx.builders.html.document_toc, StandaloneHTMLBuilder.render_partial

    @wraps(contents)
    def document_toc(env: BuildEnvironment, docname: str, tags: Tags) -> nodes.Node:
        asked["contents"].append(docname)
        return contents(env, docname, tags)

    @wraps(render)
    def render_partial(self: StandaloneHTMLBuilder, node: nodes.Node | None) -> dict[str, str]:
        if isinstance(node, nodes.title):
            asked["title"].append(node.astext())
        return render(self, node)

    monkeypatch.setattr(sphinx.builders.html, "document_toc", document_toc)
    monkeypatch.setattr(StandaloneHTMLBuilder, "render_partial", render_partial)
    pages = [name for name in odd_site.build().files() if name.endswith(".html")]
    assert {"odd/marked", "odd/shallow"} <= set(asked["contents"])
    assert {"A marked title"} <= set(asked["title"])
    assert "odd/single" not in asked["contents"]
    for kind, found in asked.items():
        assert len(found) < len(pages) / 3, kind


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


def test_processes_do_all_that_they_are_given_and_more_when_the_main_one_waits() -> None:
    """The second and the third piece wait for each other, so that both must be at work at once."""
    added, meeting = FORK.Event(), FORK.Barrier(2)
    spans: dict[int, int] = {}

    def work(number: int) -> int:
        if number == 0:
            added.wait(_PATIENCE)  # done sooner, it could be taken when the others are added
        if number in {1, 2}:
            meeting.wait(_PATIENCE)
        return number

    tasks = PromptTasks(1, 2)
    for number in range(4):
        tasks.add_task(work, number, spans.__setitem__)
    assert spans == {}
    added.set()
    while not spans:
        tasks.hand_out()
    assert spans == {0: 0}
    tasks.join()
    assert spans == {number: number for number in range(4)}


@pytest.mark.parametrize("finish", [PromptTasks.hand_out, PromptTasks.join])
def test_what_fails_in_a_process_ends_the_build(finish: Callable[[PromptTasks], None]) -> None:
    begun, never = FORK.Event(), FORK.Event()

    def work(number: int) -> None:
        if number:
            begun.set()
            never.wait(_PATIENCE)
        begun.wait(_PATIENCE)
        raise ValueError(number)

    before = set(multiprocessing.active_children())
    tasks = PromptTasks(2, 2)
    tasks.add_task(work, 0)
    (first,) = set(multiprocessing.active_children()) - before
    tasks.add_task(work, 1)
    others = set(multiprocessing.active_children()) - before
    first.join()
    with pytest.raises(SphinxParallelError, match="ValueError: 0"):
        finish(tasks)
    for process in others:
        process.join(_PATIENCE)
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
