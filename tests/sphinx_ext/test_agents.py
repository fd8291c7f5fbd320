"""What agents read of a site: twins in Markdown, the index, the skill."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sphinx_papers.formats.text.markdown import code, formula, words
from sphinx_papers.model.display.text import Cell, Column, Group, Span, Table, Target, make_row
from sphinx_papers.sphinx_ext.blocks.marked_down import (
    Room,
    block_parts,
    escaped,
    fenced,
    linked,
    opened,
    spans_text,
)
from sphinx_papers.sphinx_ext.output import agents

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Built, Site

READER = MarkdownIt("commonmark").enable("table")
BASE = "https://site.example/en/"


@pytest.fixture(scope="module")
def served_site(copy: Callable[[Path], Site], tmp_path_factory: pytest.TempPathFactory) -> Site:
    return copy(tmp_path_factory.mktemp("agents") / "site")


@pytest.fixture(scope="module")
def told(served_site: Site) -> Built:
    built = served_site.build(papers_agents=True, html_baseurl=BASE)
    assert built.warnings == []
    return built


def twin(built: Built, docname: str) -> str:
    return (built.outdir / f"{docname}.md").read_text("utf-8")


def links(text: str) -> list[str]:
    return [
        str(token.attrs["href"])
        for block in READER.parse(text)
        for token in block.children or []
        if token.type == "link_open"
    ]


def test_a_build_does_not_load_the_command_line_to_begin_with() -> None:
    """It takes a fifth of a second, and is asked for its verbs only when the skill is written."""
    code = (
        "import sys, sphinx_papers.sphinx_ext.output.agents;"
        "print(*(name for name in sys.modules if name.startswith('sphinx_papers.cli')))"
    )
    ran = subprocess.run([sys.executable, "-c", code], text=True, capture_output=True, check=True)
    assert ran.stdout == "\n"


def test_a_build_after_an_edit_does_not_load_the_command_line(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = site.build(papers_agents=True)
    (path,) = (first.outdir / "skills").glob("*/SKILL.md")
    text = path.read_text("utf-8")
    monkeypatch.setattr(agents, "verbs_told", lambda: pytest.fail("the command line was loaded"))
    page = next(iter(sorted((site.root / "papers").glob("*.md"))))
    site.edit(f"papers/{page.name}", '  title: "', '  title: "Another ')
    path.unlink()
    site.build(papers_agents=True)
    assert path.read_text("utf-8") == text


def test_each_page_has_a_twin_that_its_head_names(told: Built) -> None:
    for docname in told.env.found_docs:
        assert twin(told, docname).startswith("# "), docname
        name = docname.rpartition("/")[2]
        html = (told.outdir / f"{docname}.html").read_text("utf-8")
        assert f'<link rel="alternate" type="text/markdown" title="Markdown" href="./{name}.md">' in html
    assert "text/markdown" not in (told.outdir / "search.html").read_text("utf-8")


def test_a_twin_says_what_the_page_says_and_where_the_index_is(told: Built) -> None:
    text = twin(told, "papers/alder2019mending")
    assert text.splitlines()[2] == (
        f"> Index of this site for agents: {BASE}llms.txt. This page in a browser: {BASE}papers/alder2019mending.html"
    )
    page = told.page("papers/alder2019mending")
    headings = [
        re.sub(r"\s+", " ", "".join(each.itertext()).strip("# ¶")).strip()
        for each in page.body.iter()
        if each.tag in ("h2", "h3")
    ]
    own = [line.lstrip("# ") for line in text.splitlines() if re.match("#{2,3} ", line)]
    assert own
    assert [each for each in headings if each not in own] == []
    assert "| Benchmark |" in text
    assert "```\n@" in text
    assert "<div" not in text
    assert "sp-" not in text


def test_links_of_a_twin_lead_to_what_there_is(told: Built) -> None:
    found = 0
    for docname in told.env.found_docs:
        for url in links(twin(told, docname)):
            if url.startswith(BASE):
                assert not url.endswith(".html"), f"{docname}: {url}"
                assert (told.outdir / url.removeprefix(BASE).partition("#")[0]).is_file(), f"{docname}: {url}"
                found += 1
            else:
                assert re.match(r"https?://|mailto:", url), f"{docname}: {url}"
    assert found > 50


def test_where_the_site_has_no_address_links_are_relative(site: Site) -> None:
    built = site.build(papers_agents=True)
    for docname in built.env.found_docs:
        for url in links(twin(built, docname)):
            if not re.match(r"https?://|mailto:", url):
                path = (built.outdir / docname).parent / url.partition("#")[0]
                assert path.is_file(), f"{docname}: {url}"
    assert "> Index of this site for agents: ../llms.txt." in twin(built, "papers/alder2019mending")


def test_a_site_of_folders_has_the_same_twins(site: Site) -> None:
    built = site.build("dirhtml", papers_agents=True)
    text = twin(built, "papers/alder2019mending")
    assert "./../" not in text
    assert text.splitlines()[2].endswith("ser: ./alder2019mending/")
    assert twin(built, "index").splitlines()[2].endswith("llms.txt. This page in a browser: ./")
    html = (built.outdir / "papers/alder2019mending/index.html").read_text("utf-8")
    assert 'title="Markdown" href="../alder2019mending.md">' in html
    for docname in built.env.found_docs:
        for url in links(twin(built, docname)):
            if not re.match(r"https?://|mailto:", url):
                assert ((built.outdir / docname).parent / url.partition("#")[0]).exists(), f"{docname}: {url}"


def test_the_index_leads_to_every_page_and_stays_short(told: Built) -> None:
    index = (told.outdir / "llms.txt").read_text("utf-8")
    assert index.startswith("# ")
    assert "\n> " in index
    assert len(index) < 50_000
    texts = [index, *((path.read_text("utf-8")) for path in (told.outdir / "llms").glob("*.txt"))]
    known = {url for text in texts for url in links(text)}
    assert {f"{BASE}{docname}.md" for docname in told.env.found_docs} - known == set()
    for url in known:
        assert (told.outdir / url.removeprefix(BASE)).is_file()


def test_the_skill_is_made_of_the_registry_and_the_verbs(told: Built) -> None:
    (path,) = (told.outdir / "skills").glob("*/SKILL.md")
    text = path.read_text("utf-8")
    assert text.startswith(f'---\nname: {path.parent.name}\ndescription: "')
    assert len(text.split('description: "')[1].partition("\n")[0]) < 1024
    for verb in ("show", "best", "boards", "compare", "find"):
        assert f"- `sphinx-papers {verb} " in text
    assert f"{BASE}papers.json" in text
    registry = told.env.domains["paper"].library.registry  # type: ignore[attr-defined]
    for facet in registry.facets.values():
        assert f"- `{facet.id}`: " in text
        assert all(f"`{term}`" in text for term in facet.terms)
    assert all(f"- `{condition}`: " in text for condition in registry.conditions)
    assert "- `dawn/near`: Dawn Chorus, near (SNR, dB)" in text


HOSTILE = """\
---
paper:
  title: 'A](javascript:pwned) [B of $<img src=x onerror=pwned()>$ and $c](javascript:pwned) [d$'
  names: ['[N](javascript:pwned)', 'x href="@999"']
  summary: '\\<img src=x onerror=pwned()> and a\\](javascript:pwned) [b'
  date: 2021
  teaching: [none]
  sources: {s: {url: "https://example.org/s", kind: table, title: "S](javascript:pwned) [T"}}
  results: [{benchmark: dawn, split: near, value: 12.5, network: "[N](javascript:pwned)", source: s, note: "[x]"}]
---
# Pwned](javascript:pwned) [title

Some `` ` `` and ``` `` [x](javascript:pwned) `` <img src=x> ``` and $<img src=x onerror=pwned()>$, \\[x\\]{sub}`(javascript:pwned)`.

$$
a](javascript:pwned) <img src=x onerror=pwned()>
$$

~~~x`y
[x](javascript:pwned) <img src=x onerror=pwned()>
~~~

A note[^1] and another[^a](javascript:pwned).

[^1]: javascript:pwned()
[^a]: javascript:pwned()
"""


def test_nothing_of_a_page_or_a_record_is_markup_in_what_agents_read(
    copy: Callable[[Path], Site], tmp_path: Path
) -> None:
    site = copy(tmp_path / "site")
    site.write("papers/wren2021pwned.md", HOSTILE)
    built = site.build(papers_agents=True, html_baseurl=BASE)
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    texts = {
        path: path.read_text("utf-8") for path in built.outdir.rglob("*") if path.suffix in {".md", ".txt"}
    }
    texts = {path: text for path, text in texts.items() if "_sources" not in path.parts and "pwned" in text}
    assert {"wren2021pwned.md", "llms.txt", "2021.md"} <= {path.name for path in texts}
    for path, text in texts.items():
        for block in reader.parse(text):
            assert block.type != "html_block", path
            for token in block.children or []:
                assert token.type not in {"html_inline", "image"}, (path, block.content)
                assert re.match(r"https?:|mailto:", str(token.attrs.get("href", "https:"))), (
                    path,
                    block.content,
                )


def test_an_edit_writes_only_the_twins_of_pages_that_it_touches(
    copy: Callable[[Path], Site], tmp_path: Path
) -> None:
    site = copy(tmp_path / "site")
    site.write("docs/showcase.md", "# Showcase\n")
    first = site.build(papers_agents=True)
    before = {path: path.stat().st_mtime_ns for path in first.outdir.rglob("*.md")}
    page = next(iter(sorted((site.root / "papers").glob("*.md"))))
    site.append(f"papers/{page.name}", "\nOne sentence more.\n")
    again = site.build(papers_agents=True)
    changed = {
        path.relative_to(again.outdir).as_posix()
        for path in before
        if path.stat().st_mtime_ns != before[path]
    }
    assert changed == {f"papers/{page.name}"}
    assert "One sentence more." in twin(again, f"papers/{page.stem}")


def test_a_twin_that_is_gone_comes_back_and_one_without_a_page_goes(site: Site) -> None:
    first = site.build(papers_agents=True)
    whole = first.files()
    (first.outdir / "index.md").unlink()
    (first.outdir / "llms.txt").unlink()
    assert site.build(papers_agents=True).files() == whole
    site.write("docs/more.md", "---\norphan: true\n---\n# More\n")
    assert (site.build(papers_agents=True).outdir / "more.md").is_file()
    (site.root / "docs/more.md").unlink()
    built = site.build(papers_agents=True)
    assert not (built.outdir / "more.md").exists()
    assert "more.md" not in (built.outdir / "llms.txt").read_text("utf-8")


def test_without_the_option_there_is_nothing_and_nothing_is_left(site: Site, built: Built) -> None:
    assert not [name for name in built.files() if name.endswith(".md") and not name.startswith("_sources")]
    assert not (built.outdir / "llms.txt").exists()
    site.build(papers_agents=True)
    plain = site.build()
    assert not [
        name
        for name in plain.files()
        if name.endswith((".md", "llms.txt")) and not name.startswith("_sources")
    ]
    assert "text/markdown" not in (plain.outdir / "index.html").read_text("utf-8")


def test_a_parallel_build_writes_the_same(site: Site) -> None:
    one = {
        name: text
        for name, text in site.build(papers_agents=True).files().items()
        if name.endswith((".md", ".txt"))
    }
    shutil.rmtree(site.root / "_build")
    two = {
        name: text
        for name, text in site.build(papers_agents=True, parallel=2).files().items()
        if name.endswith((".md", ".txt"))
    }
    assert one == two


@pytest.mark.parametrize("text", ["*a* `b` _c_ \\d", "<b>x</b>", "a_b_c 1*2", "[x](y)", "__init__"])
def test_texts_of_records_are_no_markup(text: str) -> None:
    (inline,) = [token for token in READER.parse(escaped(text)) if token.type == "inline"]
    assert "".join(child.content for child in inline.children or []) == text
    assert {child.type for child in inline.children or []} <= {"text", "text_special"}


@pytest.mark.parametrize(
    "text",
    [
        "a](javascript:x) [b",
        "[x]",
        "[x](javascript:x)",
        "![x](y)",
        "a]",
        "[a",
        "[x]:",
        "\\<b>",
        "<b>",
        "a\\](javascript:x) [b",
    ],
)
def test_words_in_a_link_lead_where_the_link_does(text: str) -> None:
    for shown in (linked(escaped(text), "papers/a.md"), f"[{words(text)}](papers/a.md)"):
        (inline,) = [token for token in READER.parse(f"{shown}(javascript:y)") if token.type == "inline"]
        children = inline.children or []
        assert [child.attrs["href"] for child in children if child.type == "link_open"] == ["papers/a.md"]
        assert {child.type for child in children} == {"link_open", "text", "link_close"}
        assert "".join(child.content for child in children) == f"{text}(javascript:y)"


def test_a_text_and_the_next_make_no_link() -> None:
    spans = (Span("[x]"), Span("(javascript:x)"))
    (inline,) = [token for token in READER.parse(spans_text(spans, lambda _: "")) if token.type == "inline"]
    assert {child.type for child in inline.children or []} == {"text"}


@pytest.mark.parametrize(
    "tex", ["<img src=x onerror=y>", "a](javascript:x) [b", "![x](y)", "[x]: y", "<javascript:x>", "a<!--b"]
)
def test_a_formula_is_neither_html_nor_a_link_to_who_knows_none(tex: str) -> None:
    (inline,) = [token for token in READER.parse(f"- {formula(tex)}") if token.type == "inline"]
    assert {child.type for child in inline.children or []} == {"text"}
    assert formula(tex).replace(" ", "") == f"${tex}$".replace(" ", "")


@pytest.mark.parametrize("text", ["a", "a`b", "`` [x](y) ``", "`", "a``", "a\nb"])
def test_code_ends_where_its_text_does(text: str) -> None:
    (inline,) = [token for token in READER.parse(code(text)) if token.type == "inline"]
    (child,) = inline.children or []
    assert (child.type, child.content) == ("code_inline", text.replace("\n", " "))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(["*", "_", "`", "[", "]", "(", ")", "<", ">", "&", "&amp;", "&#35;", "#", "-", "+", "1.", "~", "=", "!", "\\", "|", ":", " ", "a", "b", "<b>", "http://x", "é"]),
        max_size=14,
    )
)  # fmt: skip
def test_any_text_comes_back(pieces: list[str]) -> None:
    text = " ".join("".join(pieces).split())
    tokens = READER.parse(opened(escaped(text)))
    assert [token.type for token in tokens] == (
        ["paragraph_open", "inline", "paragraph_close"] if text else []
    )
    for token in tokens:
        if token.type == "inline":
            assert {child.type for child in token.children or []} <= {"text", "text_special"}, token.content
            assert "".join(child.content for child in token.children or []) == text


@pytest.mark.parametrize("text", ["# a", "- a", "1. a", "> a", "+ a", "#hash", "1.5 a"])
def test_a_paragraph_begins_as_one(text: str) -> None:
    tokens = READER.parse(opened(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]


def test_a_fence_is_longer_than_any_within() -> None:
    (token,) = READER.parse(fenced("a\n````\nb", "md"))
    assert (token.type, token.content, token.info) == ("fence", "a\n````\nb\n", "md")
    (token,) = READER.parse(fenced("<b>", "a`b"))
    assert (token.type, token.content, token.info) == ("fence", "<b>\n", "ab")


def test_a_table_without_room_keeps_the_first_rows_of_each_group() -> None:
    def row(number: int) -> tuple[Cell, ...]:
        return (
            Cell((Span(f"Name {number}", Target("paper", str(number))),)),
            Cell((Span(str(number)),), number),
        )

    groups = tuple(
        Group((Span(f"Group {letter}"),), tuple(make_row(str(n), row(n)) for n in range(50)))
        for letter in "ab"
    )
    table = Table((Column("name", "Name"), Column("value", "a | b", numeric=True)), groups, "Caption")
    parts = list(block_parts(table, lambda target: f"{target.id}.md", Room(1200, "; x has all")))
    lines = parts[0].splitlines()
    assert lines[:4] == [
        "| Name | a \\| b |",
        "| --- | ---: |",
        "| **Group a** 50 | |",
        "| [Name 0](0.md) | 0 |",
    ]
    assert [line for line in lines if "Group" in line] == ["| **Group a** 50 | |", "| **Group b** 50 | |"]
    assert len(lines) == 4 + 2 * 8
    assert parts[1:] == ["84 more rows are left out here; x has all."]
    assert len(parts[0]) < 0.7 * 1200
    (whole,) = block_parts(table, lambda _: "", Room(100_000))
    assert len(whole.splitlines()) == 4 + 2 * 50


def test_a_table_without_room_writes_few_rows_more_than_it_keeps() -> None:
    asked: list[str] = []

    def address(target: Target) -> str:
        asked.append(target.id)
        return f"{target.id}.md"

    rows = tuple(make_row(str(n), (Cell((Span("x", Target("paper", str(n))),)),)) for n in range(1000))
    table = Table((Column("name", "Name"),), (Group((), rows),), "Caption")
    text, left_out = block_parts(table, address, Room(6000))
    kept = len(text.splitlines()) - 2
    assert left_out == f"{1000 - kept} more rows are left out here."
    # Written with all links, then with those to papers, each time as far as the first number that has no room.
    assert 0 < kept < len(asked) <= 6 * kept


def test_with_furo_a_page_tells_agents_of_it_and_nobody_else(site: Site) -> None:
    built = site.build(papers_agents=True, html_theme="furo", html_baseurl=BASE)
    html = (built.outdir / "papers/alder2019mending.html").read_text("utf-8")
    (hint,) = re.findall(r"<p hidden>For AI agents: .*?</p>", html)
    assert re.findall('href="(.*?)"', hint) == ["./alder2019mending.md", "../llms.txt"]
    assert html.index(hint) < html.index("<h1")
    assert "For AI agents" not in (built.outdir / "search.html").read_text("utf-8")
