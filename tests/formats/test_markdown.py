from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sphinx_papers.formats.exports.markdown import write_markdown_table
from sphinx_papers.formats.text.plain import one_line
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Links, Paper
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.tables.comparison import compare


def table(registry: Registry, papers: list[Paper], *columns: str) -> str:
    return write_markdown_table(compare(Library(papers, registry), papers, columns))


def cells(text: str) -> Iterator[list[Any]]:
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    for place, token in enumerate(tokens):
        if token.type == "td_open":
            yield tokens[place + 1].children or []


def test_a_table_with_everything(registry: Registry, full_paper: Paper) -> None:
    assert table(registry, [full_paper], "name", "title", "voc/val", "code") == (
        "| Name | Title | VOC (mIoU, %) val | Code |\n"
        "| --- | --- | ---: | --- |\n"
        "| [Mapper / Mapper+](<https://p.org/a_b?c=1&d=2>) | [Maps of CAMs in ](<https://p.org/a_b?c=1&d=2>)"
        "$x^2$[ Ways](<https://p.org/a_b?c=1&d=2>) | 65.25 (1) "
        "| [code 1](<https://c.org/1>), [code 2](<https://c.org/2>) |\n"
        "\n"
        "- (1) large; Extra inputs: none, Backbone: VGG-16; without a source; others print 65.3\n"
    )


def test_no_papers_are_a_table_without_rows(registry: Registry) -> None:
    assert table(registry, [], "year") == "| Year |\n| ---: |\n"


@settings(max_examples=60)
@given(data=st.data())
def test_any_text_is_read_as_it_was(
    registry: Registry, hostile_papers: st.SearchStrategy[Paper], data: st.DataObject
) -> None:
    paper = replace(data.draw(hostile_papers), title="Plain")
    text = table(registry, [paper], "summary", "name", "backbone", "voc/val")
    text.encode()
    found = list(cells(text))
    assert len(found) == 4
    plain = "".join(token.content for token in found[0])
    assert [token.type for token in found[0]] in (["text"], ["text", "text_special", "text"]) or not {
        token.type for token in found[0]
    } - {"text", "text_special"}
    assert plain.split() == one_line(paper.summary).split()


def test_markup_in_a_text_or_an_address_is_none(registry: Registry, full_paper: Paper) -> None:
    said = r"*a* _b_ [c](d) <b> `e` | f \| ~g~ $h$ ![i] &amp; {j}"
    paper = replace(full_paper, summary=said, links=Links(paper="https://p.org/a|b<c>"))
    whole = table(registry, [replace(paper, title="Maps $a<b](c) d$")], "title")
    assert "$a< b] (c) d$" in whole
    first, second = cells(table(registry, [paper], "summary", "name"))
    assert "".join(token.content for token in first) == said
    assert {token.type for token in first} <= {"text", "text_special"}
    assert second[0].attrGet("href") == "https://p.org/a%7Cb%3Cc%3E"
