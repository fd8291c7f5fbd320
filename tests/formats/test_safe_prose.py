from __future__ import annotations

from pathlib import Path

import pytest
from tests.hostile import SNIPPETS, Snippet

from sphinx_papers.formats.checks.safe_prose import DIRECTIVES, ROLES, Ground, prose_findings, root_of
from sphinx_papers.formats.text.tex import COMMANDS, ENVIRONMENTS, refused_tex
from sphinx_papers.model.codes import CODES, Severity
from sphinx_papers.model.problem import Position


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    """A page with files around it, inside and outside the repository."""
    root = tmp_path / "site"
    (root / "papers").mkdir(parents=True)
    (root / "docs").mkdir()
    for name in (
        "secret.md",
        "secret.png",
        "site/papers/here.png",
        "site/papers/other.md",
        "site/docs/conf.py",
    ):
        (tmp_path / name).write_text("x")
    for name, target in (("leads.MD", "secret.md"), ("leads.png", "secret.png"), ("leads", "secret.md")):
        (root / "papers" / name).symlink_to(tmp_path / target)
    return Ground(root / "papers/a.md", root)


@pytest.mark.parametrize("snippet", SNIPPETS, ids=[each.name for each in SNIPPETS])
def test_what_a_page_may_not_hold_is_an_error_with_its_place(ground: Ground, snippet: Snippet) -> None:
    findings = prose_findings(f"---\npaper: 1\n---\n# Heading\n\n{snippet.text}\n", ground)
    assert snippet.code in {finding.code for finding in findings}
    for finding in findings:
        assert CODES[finding.code].severity is Severity.ERROR
        assert finding.hint
        assert 6 <= finding.position.line <= 6 + snippet.text.count("\n")


HARMLESS = """\
Some {paper}`lee2021` and {cite:p}`a, b`, {method}`x`, {math}`a < b` or $\\tau_{\\text{a}} \\le 0.4$, a < b & c > d, 5 % of $x$.
See [this](https://example.org/x_(y)?a=b#c), <https://example.org>, <me@example.org>, [a page](other.md#top), [text](#top),
[all](https://example.org "A title"), [by name][x], `<script>` and `{raw}` in code, an entity &lt;b&gt;.  \nA new line.

<!-- a hint to the author -->

[x]: https://example.org/x

![A map](here.png)

| a | b |
| --- | --- |
| $x$ | y[^1] |

[^1]: A note with {cite:t}`a`.

```python
print("<script>")
```

```{note}
:class: tip
Text with **stress** and $x$.
```

::::{figure} here.png
:alt: A map
:width: 50%

A caption with {paper}`lee2021`.

:::{tip}
Text.
:::
::::

```{math}
:label: sum

\\begin{split} a &= \\sum_{i=1}^n x_i \\\\ b &= 1 \\end{split}
```

```{paper:table}
:method: erasing
:filter:
```

(target)=
## A heading

% a comment

+++

$$
a = \\mathcal{L} \\, \\frac{1}{2}
$$
"""


def test_what_pages_are_made_of_is_no_finding(ground: Ground) -> None:
    assert prose_findings(HARMLESS, ground) == []


def test_places_are_those_of_the_file(ground: Ground) -> None:
    text = "---\npaper: 1\n---\n# H\n\nA {raw}`x`\nand {evil}`y` and {evil}`z` <b>\n\n:::{note}\n:class: a\n\nOne\n[two](data:x)\n:::\n"
    assert [finding.position for finding in prose_findings(text, ground)] == [
        Position(6, 3), Position(7, 5), Position(7, 19), Position(7, 29), Position(13, 7),
    ]  # fmt: skip


def test_in_a_directive_what_is_refused_is_not_taken_for_what_stands_above(ground: Ground) -> None:
    text = "# T\n\n`<b>one</b>` is code.\n\n```{note}\nText.\n\n<b>one</b>\n```\n"
    assert [finding.position.line for finding in prose_findings(text, ground)] == [8, 8]


def test_what_is_meant_is_said(ground: Ground) -> None:
    findings = prose_findings(
        "{papr}`x`\n\n```{notes}\n```\n\n```{figure} here.png\n:widht: 3\n```\n", ground
    )
    assert [finding.hint for finding in findings] == [
        "did you mean `paper`?", "did you mean `note`?", "did you mean `width` or `figwidth`?",
    ]  # fmt: skip


def test_the_root_is_what_holds_all_pages(tmp_path: Path) -> None:
    assert root_of(tmp_path / "papers", tmp_path / "docs/methods") == tmp_path.resolve()
    assert root_of(tmp_path / "docs/papers", tmp_path / "docs/methods") == tmp_path.resolve() / "docs"
    assert root_of(Path("/one/papers"), Path("/two/methods")) == Path("/one/papers")


def test_the_lists_name_what_there_is() -> None:
    """A name that nothing answers to would be an invitation to define it."""
    from docutils.parsers.rst.languages import en
    from sphinx import roles
    from sphinx.domains.std import StandardDomain
    from sphinxcontrib.bibtex.domain import BibtexDomain

    from sphinx_papers.sphinx_ext.markup.domain import PaperDomain

    known = {f"paper:{name}" for name in PaperDomain.roles} | {f"cite:{name}" for name in BibtexDomain.roles}
    known |= {*StandardDomain.roles, *en.roles, *roles.generic_docroles, *roles.specific_docroles}
    assert set(ROLES) - known - {"cite", "paper", "method", "eq", "kbd"} == set()
    own = {f"paper:{name}" for name in (*PaperDomain.directives, "chart", "lineage")}
    assert set(DIRECTIVES) - own - set(en.directives) - {"code-block", "seealso"} == set()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_of_the_list_has_its_mathml(name: str) -> None:
    from latex2mathml.converter import convert

    written = []
    for source in (
        f"\\{name}",
        f"\\{name}{{a}}",
        f"\\{name}{{a}}{{b}}",
        f"\\{name}(a\\right)",
        f"\\left(a\\{name})",
        f"\\left(\\{name})a\\right)",
        f"{{a \\{name} b}}",
        f"\\begin{{array}}{{c}}\\{name} a \\\\ b \\{name} \\end{{array}}",
    ):
        try:
            written.append(convert(source))
        except Exception:  # noqa: BLE001  it takes something else
            continue
    assert any("\\" not in each for each in written)


@pytest.mark.parametrize("name", sorted(ENVIRONMENTS))
def test_each_environment_of_the_list_has_its_mathml(name: str) -> None:
    from latex2mathml.converter import convert

    argument = "{cc}" if name == "array" else ""
    assert "<mtable" in convert(f"\\begin{{{name}}}{argument}a & b \\\\ c & d\\end{{{name}}}")


@pytest.mark.parametrize(
    "source",
    ["x_i", "\\tau \\le 0.4", "\\text{R \\& D}", "a \\\\ b", "\\{x\\}", "\\begin {cases} 1 \\end{cases}", ""],
)
def test_formulas_of_every_day_are_no_finding(source: str) -> None:
    assert refused_tex(source) is None


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        ("a \\input{b}", "\\input"), ("a % b", "%"), ("a $ b", "$"), ("a\\", "\\"), ("\\( a", "\\("),
        ("^^5c", "^^"), ("\\begin{luacode}", "\\begin{luacode}"), ("\\begin\\relax", "\\begin"),
        ("\\sqrt\\sqrt" * 30, "\\sqrt\\sqrt\\sqrt\\sqrt"), ("x^{" * 60, "x^{x^{x^{x^{x^{x^{x^"), ("x" * 5000, "x" * 20),
    ],
)  # fmt: skip
def test_what_a_formula_may_not_have_is_named(source: str, piece: str) -> None:
    refused = refused_tex(source)
    assert refused is not None
    assert refused.piece == piece[:20]
