"""What strangers write does nothing in a build, and is not in what it makes; `tests/hostile.py` says what they write."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from tests.hostile import FRONT_MATTER, SNIPPETS, Snippet

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Built, Page, Site

RECORD = "---\npaper: {{title: Song {0}, summary: Sings song {0}., date: 2020, teaching: [none]}}\n{1}---\n# Song {0}\n\n{2}\n"
FORMULAS = r"""---
paper:
  title: 'Songs of $\text{R & D}$, $\text{score < 5}$ and $a<b>c$'
  summary: Sings formulas.
  date: 2020
  teaching: [none]
---
# Formulas

Of $\text{R & D}$ and $\text{score < 5}$.

$$
\text{<script>pwned</script>}
$$
"""
ACTIVE = {"script", "iframe", "form", "object", "embed", "base", "meta", "style", "svg", "link"}
NUMBERS = {snippet.name: number for number, snippet in enumerate(SNIPPETS)}


def key(number: int) -> str:
    return f"wren20{number:02d}song"


def fill(site: Site) -> None:
    """Write a page for each thing that a page may not hold, with files around that none may show."""
    for number, snippet in enumerate(SNIPPETS):
        site.write(f"papers/{key(number)}.md", RECORD.format(number, "", snippet.text))
    for number, (_, line, text) in enumerate(FRONT_MATTER):
        site.write(f"papers/robin20{number:02d}song.md", RECORD.format(f"r{number}", f"{line}\n", text))
    site.write("papers/tit2020formulas.md", FORMULAS)
    outside = site.root.parent
    for path in ("secret.md", "secret.png"):
        (outside / path).write_text("SECRET")
    (site.root / "papers/here.png").write_bytes((site.root / "papers/figures/voices.png").read_bytes())
    for name, target in (("leads", "secret.md"), ("leads.MD", "secret.md"), ("leads.png", "secret.png")):
        (site.root / "papers" / name).symlink_to(outside / target)


@pytest.fixture(scope="module")
def hostile(copy: Callable[[Path], Site], tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = copy(tmp_path_factory.mktemp("hostile") / "site")
    fill(site)
    return site


@pytest.fixture(scope="module")
def hostile_html(hostile: Site) -> Built:
    return hostile.build()


def said_of(built: Built, file: str) -> list[str]:
    return [line for line in built.warnings if line.startswith(f"{file}:")]


@pytest.mark.parametrize("snippet", SNIPPETS, ids=list(NUMBERS))
def test_a_build_says_what_it_leaves_out(hostile_html: Built, snippet: Snippet) -> None:
    said = said_of(hostile_html, f"papers/{key(NUMBERS[snippet.name])}.md")
    assert any(f"[papers.{snippet.code}]" in line for line in said)
    assert all(re.match(r"[^:]+:[0-9]+:[0-9]+: WARNING: ", line) for line in said)


@pytest.mark.parametrize("snippet", SNIPPETS, ids=list(NUMBERS))
def test_nothing_of_it_is_published(hostile_html: Built, snippet: Snippet) -> None:
    body = hostile_html.page(f"papers/{key(NUMBERS[snippet.name])}").body
    assert not {element.tag for element in body.iter()} & ACTIVE
    for element in body.iter():
        for name, value in element.attrib.items():
            assert not str(name).startswith("on"), name
            assert "pwned" not in value or name in {"class", "id"}, f"{name}={value}"
            if name in {"href", "src"}:
                assert re.match(r"(https?://|mailto:|(?![a-z]+:|//))", value), value


def test_no_file_from_outside_is_published_and_nothing_was_run(hostile: Site, hostile_html: Built) -> None:
    found = [name for name, data in hostile_html.files().items() if b"SECRET" in data]
    assert found == []
    assert list(hostile.root.rglob("pwned")) + [path for path in (Path("pwned"),) if path.exists()] == []


@pytest.mark.parametrize("number", range(len(FRONT_MATTER)), ids=[each[0] for each in FRONT_MATTER])
def test_front_matter_beside_the_record_is_told_and_has_no_effect(hostile_html: Built, number: int) -> None:
    name = f"robin20{number:02d}song"
    said = said_of(hostile_html, f"papers/{name}.md")
    told = "has no place in the front matter of a paper (`paper` is the only key there) [papers.front-matter]"
    line = FRONT_MATTER[number][1].partition(":")[0]
    assert f"papers/{name}.md:3:1: WARNING: `{line}` {told}" in said
    assert "orphan" not in hostile_html.env.metadata[f"papers/{name}"]
    assert "tocdepth" not in hostile_html.env.metadata[f"papers/{name}"]
    text = (hostile_html.outdir / f"papers/{name}.html").read_text("utf-8")
    assert 'name="refresh"' not in text
    assert "pwned" not in text or "popen" in text  # as it stands, and not what it would be


def test_the_book_has_nothing_that_tex_would_act_on(hostile: Site) -> None:
    built = hostile.build("latex", "_latex")
    text = (built.outdir / "mending.tex").read_text("utf-8")
    assert not re.search(
        r"(?<![A-Za-z])\\(input|include|openin|directlua|csname|def|href\{javascript)(?=\{?(pwned|\.\./|javascript|5))",
        text,
    )
    assert "^^5c" not in text
    assert "filecontents" not in text
    assert "SECRET" not in text
    assert not [path for path in built.outdir.iterdir() if path.is_file() and b"SECRET" in path.read_bytes()]


def test_every_chapter_is_well_formed(hostile: Site) -> None:
    built = hostile.build("epub", "_epub")
    with ZipFile(next(built.outdir.glob("*.epub"))) as book:
        chapters = [name for name in book.namelist() if name.endswith((".xhtml", ".ncx", ".opf"))]
        for name in chapters:
            ET.fromstring(book.read(name))
        assert len(chapters) > len(SNIPPETS)
        assert not [name for name in book.namelist() if b"SECRET" in book.read(name)]


def mathematical_texts(page: Page) -> list[str]:
    found = [each for each in page.body.iter() if each.tag.endswith("mtext")]
    return [" ".join("".join(each.itertext()).split()) for each in found]


def test_what_looks_like_markup_in_a_formula_is_text(hostile_html: Built) -> None:
    assert said_of(hostile_html, "papers/tit2020formulas.md") == []
    page = hostile_html.page("papers/tit2020formulas")
    texts = mathematical_texts(page)
    assert texts.count("R & D") >= 2  # in the prose and the title
    assert texts.count("score < 5") >= 2
    assert texts.count("<script>pwned</script>") == 1
    assert not {element.tag for element in page.body.iter()} & ACTIVE
    for listing in ("papers/index", "years/2020"):
        assert "score < 5" in mathematical_texts(hostile_html.page(listing))


ODD = r"""Text[^<b onclick=pwned()>].

```x"onclick=pwned()
code
```

[text](https://example.org "a title\" onclick=\"pwned()") and {abbr}`CAM (<b onclick=pwned()>)` and `<b onclick=pwned()>`,
\\<b onclick=pwned()\\>, &lt;b onclick=pwned()&gt;.

(target"onclick=pwned())=
## `<img src=x onerror=pwned()>` in a heading

% <script>pwned()</script>

+++ {"a": "<script>pwned()</script>"}

<!-- <script>pwned()</script> -->

```{note}
:class: x><i>pwned()
```
"""


def test_what_only_looks_like_markup_stays_text(site: Site) -> None:
    site.write("papers/odd2020song.md", RECORD.format(1, "", ODD))
    built = site.build()
    body = built.page("papers/odd2020song").body
    assert not {element.tag for element in body.iter()} & ACTIVE
    for element in body.iter():
        assert not {name for name in element.keys() if name.startswith("on")}  # noqa: SIM118
    assert "<script>pwned" not in (built.outdir / "papers/odd2020song.html").read_text("utf-8")


def test_the_parser_is_ours_whatever_the_order_of_extensions(site: Site) -> None:
    site.edit("docs/conf.py", '["myst_parser", "sphinx_papers"]', '["sphinx_papers", "myst_parser"]')
    site.append("papers/elm2022tuning.md", "\n<script>pwned()</script>\n")
    built = site.build()
    assert [line for line in built.warnings if "[papers.html]" in line]
    assert "pwned" not in (built.outdir / "papers/elm2022tuning.html").read_text("utf-8")


def test_pages_of_methods_are_guarded_and_other_documents_are_not(site: Site) -> None:
    site.append("docs/methods/copying.md", "\n<b class=pwned>text</b>\n")
    site.append("docs/index.md", "\n<b class=trusted>text</b>\n")
    site.append("docs/methods/index.md", "\n<b class=trusted>text</b>\n")
    built = site.build()
    assert [line.partition(":")[0] for line in built.warnings] == ["docs/methods/copying.md"] * 2
    assert "pwned" not in (built.outdir / "methods/copying.html").read_text("utf-8")
    for name in ("index", "methods/index"):
        assert built.page(name).tree.find(".//b[@class='trusted']") is not None


def test_a_page_in_another_format_is_not_read(site: Site) -> None:
    site.write("docs/methods/evil.rst", "Evil\n====\n\n.. raw:: html\n\n   <b>pwned</b>\n")
    built = site.build(source_suffix={".md": "markdown", ".rst": "restructuredtext"})
    assert [line for line in built.warnings if "pages of papers and methods end in .md" in line]
    assert "pwned" not in (built.outdir / "methods/evil.html").read_text("utf-8")


def test_what_came_there_in_another_way_is_not_shown(site: Site) -> None:
    """An extension may put raw text, links and files into any document."""
    site.append(
        "docs/conf.py",
        """
def setup(app):
    from docutils import nodes
    from sphinx import addnodes
    from sphinx.transforms import SphinxTransform

    class Evil(SphinxTransform):
        default_priority = 300

        def apply(self, **kwargs):
            self.document[-1].extend([
                nodes.raw("", "<b>pwned</b>", format="html"),
                nodes.paragraph("", "", nodes.reference("", "pwned", refuri="javascript:pwned()")),
                nodes.paragraph("", "", nodes.math("", r"\\input{pwned}")),
                nodes.image(uri="../../secret.png", alt="pwned"),
                nodes.paragraph("", "", addnodes.download_reference("", "", reftarget="../../secret.txt", refdoc="x")),
            ])

    app.add_transform(Evil)
""",
    )
    site.write("papers/late.md", RECORD.format(1, "", "Text.  \nMore."))
    built = site.build()
    said = [line for line in said_of(built, "papers/late.md") if "[papers.html]" in line]
    assert [line.split()[-2] for line in said] == ["raw", "reference", "math", "image", "download_reference"]
    assert "pwned" not in (built.outdir / "papers/late.html").read_text("utf-8")
    assert built.page("papers/late").body.find(".//br") is not None
    assert "pwned" in (built.outdir / "index.html").read_text("utf-8")


def test_an_image_for_a_language_is_a_file_of_the_repository_too(site: Site) -> None:
    (site.root.parent / "secret.png").write_text("SECRET")
    (site.root / "papers/figures/voices.en.png").symlink_to(site.root.parent / "secret.png")
    built = site.build()
    assert [line for line in built.warnings if "[papers.html]" in line]
    assert not [name for name, data in built.files().items() if b"SECRET" in data]


def test_the_command_line_says_what_the_build_says(hostile: Site, hostile_html: Built) -> None:
    """Every warning of the build about a page is an error of `check` at the same place."""
    ran = subprocess.run(
        [sys.executable, "-m", "sphinx_papers", "check"],
        cwd=hostile.root,
        text=True,
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 1
    places = {
        re.sub(r": error\[([\w-]+)\].*", r" \1", line)
        for line in ran.stdout.splitlines()
        if ": error[" in line
    }
    for line in hostile_html.warnings:
        match = re.match(r"(papers/(?:wren|robin)[^:]+:[0-9]+:[0-9]+): WARNING: .*\[papers\.([\w-]+)\]", line)
        if match:
            assert f"{match[1]} {match[2]}" in places


def test_a_key_with_a_dot_is_told_and_the_build_goes_on(site: Site) -> None:
    site.write("papers/smith2021v1.5.md", RECORD.format(1, "", "Text."))
    built = site.build()
    assert next(line for line in built.warnings if "smith2021v1.5" in line).startswith(
        "papers/smith2021v1.5.md:1:1: WARNING: `smith2021v1.5` is no citation key (name the file as Google Scholar"
    )
    assert (built.outdir / "papers/elm2022tuning.html").is_file()
    assert not list(built.outdir.glob("papers/smith2021v1.5.*[!l]"))


def test_an_address_of_the_bibliography_is_an_address_of_the_web(site: Site) -> None:
    site.append(
        "docs/references.bib",
        '@misc{evil1, title = {One}, url = {javascript:pwned()}}\n@misc{evil2, title = {Two}, doi = {x" onclick=pwned}}\n'
        "@misc{evil3, title = {$\\text{<b>pwned</b>}$ Three}, howpublished = {\\url{javascript:fine}}}\n",
    )
    site.append("docs/showcase.md", "\n{cite:t}`evil3`\n")
    built = site.build()
    assert [re.sub(r"[^\[]*\[", "[", line) for line in built.warnings] == [
        "[papers.bad-url]",
        "[papers.bad-doi]",
    ]
    page = built.page("references")
    assert "pwned" not in "".join(href for _, href in page.links(page.body))
    assert "javascript" not in "".join(href for _, href in page.links(page.body))
    assert "<b>pwned" not in (built.outdir / "references.html").read_text("utf-8")
