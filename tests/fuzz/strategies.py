"""What strangers could write: records, registries, bibliographies and prose, near enough to right ones to get far."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import strategies as st

from tests.hostile import SNIPPETS

Strategy = st.SearchStrategy[str]

EVIL_COMMANDS = (
    "input", "include", "openin", "openout", "write", "immediate", "directlua", "csname", "def", "let", "catcode",
    "href", "style", "newcommand", "expandafter", "special", "read",
)  # fmt: skip
"""Commands of TeX that no text may bring into what is written."""
PIECES = (
    *("Maps of classes", "CAM", "a sentence.", "R-50", "2021", "70.9", "image", "a, b", "A and B", "É. 李明", "ß\u0301"),
    *("<script>pwned()</script>", '<img src=x onerror="pwned()">', '"onmouseover="pwned()', "</script>", "</title>"),
    *("<!--", "-->", "]]>", "&lt;b&gt;", "&#60;b&#62;", "<b", ">", "a < b & c", "'", '"', "`", "``"),
    *(f"\\{name}{{pwned}}" for name in EVIL_COMMANDS),
    *("$\\input{pwned}$", "$\\text{<b>pwned</b>}$", "$x^2$", "$\\href{javascript:pwned()}{x}$", "$", "{W}", "{", "}", "\\"),
    *("^^5cinput", "%", "#", "~", "_", "*", "|", "@comment{", "@string{a = {b}}", "}\n@misc{pwned, title={x}}\n"),
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", ";=1", "\N{FULLWIDTH EQUALS SIGN}1", "=cmd|' /C calc'!A0"),
    *("::set-output name=a::pwned", "\n::stop-commands::pwned", "##[group]pwned", "\r\n", "\x1b[31m", "\x1b]0;x\x07"),
    *("\0", "\x85", "\u2028", "\u202e", "\u2066", "\u200b", "\ufeff", "\ue000", "\U000e0041"),
    *("javascript:pwned()", "data:text/html,pwned", "https://example.org/a_(b)?c=1&d=%20#e", "file:///etc/passwd"),
    *("https://pwned.example/\" onclick=\"pwned()", "//pwned.example", "../../secret.md", "/etc/passwd", "10.1/x"),
    *("](javascript:pwned()) [", "$<img src=x onerror=pwned()>$", "$a](javascript:pwned()) [b$", "$\\text{&#x202e;}$", ' href="@99"'),
    *("{{ 7*7 }}", "{% raw %}", "${7*7}", "%s%n", "{0.__class__}", "null", "yes", "nan", "inf", "-inf", "1e999", "0x10"),
    *("!!python/object/apply:os.system [pwned]", "*a", "&a", "- ", ": ", "---", "...", "?", "x" * 300, "9" * 400),
)  # fmt: skip


def _nested(depth: int) -> Any:
    tree: Any = "x"
    for _ in range(depth):
        tree = [tree]
    return tree


texts: Strategy = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), min_size=1, max_size=3).map("".join)
"""Short texts that mean something somewhere."""
lines: Strategy = texts.map(
    lambda text: " ".join("".join(c for c in text if c.isprintable()).split())[:180] or "x"
)
"""Texts that one can see, on one line, which most fields take."""
trees: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
) | st.integers(15, 60).map(_nested)
"""Anything that YAML can say, deep nesting too."""


_words = st.sampled_from
_urls = st.sampled_from(
    ["https://example.org/a_b?c=1&d=2", "https://pwned.example/<b>", "javascript:pwned()"]
) | texts.map(lambda text: f"https://example.org/{text}")
_dates = st.sampled_from(["2021", "2021-05", "2021-05-19", "2021-13", "0000"])


def _mapping(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(required, optional=optional)


def _numbers(*, sourced: bool, **more: Any) -> st.SearchStrategy[Any]:
    required: dict[str, Any] = {
        "benchmark": _words(["voc", "voc", "err"]), "split": _words(["val", "test", "test"]),
        "value": _words([1, 2.5, 9.75]) | st.floats(),
    }  # fmt: skip
    optional = {
        "variant": lines, "note": lines, "where": lines, "backbone": lines, "crf": _words(["yes", "no"]),
        "supervision": st.just(["image"]), "inputs": _words([[], ["clip"]]), **more,
    }  # fmt: skip
    if sourced:
        required["source"] = st.just("s")
    else:
        optional["source"] = st.just("s")
    return _mapping(required, optional)


_RECORD: dict[str, Any] = {
    "names": st.lists(lines, max_size=2),
    "authors": st.lists(_words(["Émile Zola", "van den Hove, Ben", "King, Jr., Martin", "{Google}"]) | lines, max_size=3),
    "venue": _mapping(
        {"id": _words(["cvpr", "pr", "arxiv", "ws"]), "year": st.integers(1895, 2105)},
        {"volume": lines, "number": lines, "pages": _words(["1-9", "e1", "1"]), "article": lines, "month": st.integers(0, 13)},
    ),
    "arxiv": _words(["2105.08965", "cs.CV/0501001", "2105.08965v2"]),
    "arxiv_class": _words(["cs.CV", "x"]) | lines,
    "doi": _words(["10.1000/a_b(1)", "10.1000/a&b%c#d$e~f^g"]) | texts.map(lambda text: f"10.1000/{text}"),
    "links": _mapping({}, {"paper": _urls, "project": _urls}),
    "code": st.lists(
        _mapping(
            {"url": _urls},
            {"licence": _words(["MIT", "none", "x y"]), "framework": lines, "weights": _words(["yes", "no", "maybe"])},
        ),
        max_size=2,
    ),
    "inputs": st.lists(_words(["clip", "sam"]), max_size=2),
    "pipeline": _words(["single", "multi"]),
    "methods": st.lists(_words(["erasing", "saliency"]), max_size=2),
    "chain": st.just({"seed": ["fusion"]}),
    "builds_on": st.lists(_words(["work2016a"]) | lines, max_size=2),
    "results": st.lists(_numbers(sourced=False, by=_words(["authors", "others"]), also=st.just(["s"])), max_size=2),
    "as_printed": st.lists(_numbers(sourced=True, of=_words([1, 2.5])), max_size=1),
    "added": _dates,
    "formerly": st.lists(_words(["work2016a", "a b"]) | lines, max_size=1),
    "corrections": st.lists(_mapping({"date": _dates, "what": lines}, {}), max_size=1),
}  # fmt: skip
_LEAST: dict[str, Any] = {
    "title": lines,
    "summary": lines,
    "date": st.sampled_from(["2021", "2021-05", "2021-05-19"]),
    "supervision": st.sampled_from([["image"], ["image", "box"]]),
    "sources": lines.map(
        lambda text: {"s": {"url": "https://example.org/s", "kind": "table", "title": text, "about": text}}
    ),
}


@st.composite
def _records(draw: st.DrawFn, spoilt: bool) -> dict[str, Any]:
    record = draw(_mapping(_LEAST, _RECORD))
    if spoilt:
        for key in draw(st.lists(_words([*_LEAST, *_RECORD]) | texts, max_size=2)):
            record[key] = draw(trees | texts)
    return record


def _written(data: object) -> str:
    return yaml.dump(data, allow_unicode=True, sort_keys=False, width=1000)


records: st.SearchStrategy[str] = st.booleans().flatmap(_records).map(_written)
"""Records as YAML: such as only have hostile texts, and such as have wrong keys and values too."""
yaml_texts: Strategy = st.one_of(
    trees.map(_written),
    st.lists(
        st.sampled_from([*PIECES, "\n", "\n  ", "title: ", "paper:", "[", "]", "'", "? "]), max_size=12
    ).map("".join),
    st.integers(1, 3000).map(lambda depth: "[" * depth),
)
"""Texts that may or may not be YAML."""


@st.composite
def _entries(draw: st.DrawFn, required: dict[str, Any], optional: dict[str, Any]) -> dict[str, Any]:
    found = {}
    for key in draw(st.lists(identifiers, max_size=2)):
        found[key] = draw(_mapping(required, optional))
    return found


identifiers: Strategy = (
    st.sampled_from(["a", "b-1", "voc", "cvpr", "index", "copy", "../x", "A", "a.b", "<b>", ""]) | texts
)
_TERMS = st.dictionaries(
    st.sampled_from(["t", "u", "none"]) | texts, _mapping({"name": texts}, {"summary": texts}), max_size=2
)
_FLAGS = {key: st.booleans() for key in ("many", "required", "pages", "per_result", "decides")}
REGISTRY_ENTRIES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "venues.yml": (
        {"name": texts, "full": texts, "proceedings": texts, "kind": _words(["journal", "conference", "preprint"])},
        {"publisher": texts, "aliases": st.lists(texts, max_size=2)},
    ),
    "benchmarks.yml": (
        {"name": texts, "metric": texts, "range": _words([[0, 100], [1, 0], ["nan", "inf"], [0]]), "splits": _TERMS},
        {"unit": texts, "best": _words(["lowest", "highest"]), "reference": texts},
    ),
    "facets.yml": ({"name": texts, "terms": _TERMS}, {"summary": texts, **_FLAGS}),
    "conditions.yml": ({"name": texts}, {"terms": _TERMS, "examples": st.lists(texts, max_size=2), "decides": st.booleans()}),
    "chain.yml": ({"name": texts, "terms": _TERMS}, {"summary": texts}),
    "editorial.yml": (
        {}, {"sections": st.dictionaries(texts, _mapping({}, {"hint": texts, "words": _words([[1, 2], ["9" * 30, -1]])}))}
    ),
}  # fmt: skip


@st.composite
def registries(draw: st.DrawFn) -> dict[str, str]:
    """Return the files of a folder of registries."""
    files = {}
    for name, (required, optional) in REGISTRY_ENTRIES.items():
        kind = draw(st.integers(0, 5))
        if kind == 0:
            files[name] = draw(yaml_texts)
        else:
            entries = (
                draw(_entries(required, optional))
                if name != "editorial.yml"
                else draw(_mapping(required, optional))
            )
            if kind == 1:
                entries[draw(identifiers)] = draw(trees)
            files[name] = _written(entries)
    return files


_FIELDS = (
    "title",
    "author",
    "editor",
    "year",
    "journal",
    "booktitle",
    "url",
    "doi",
    "eprint",
    "archiveprefix",
    "pages",
)
_fields = st.tuples(st.sampled_from(_FIELDS), texts).map(lambda field: f"  {field[0]} = {{{field[1]}}}")
_works = st.builds(
    lambda kind, key, title, fields: f"@{kind}{{{key},\n  title = {{{title}}},\n" + ",\n".join(fields) + "\n}\n",
    st.sampled_from(["misc", "article", "inproceedings", "string", "preamble", "comment"]),
    st.sampled_from(["one", "two", "three"]) | texts, lines, st.lists(_fields, max_size=4),
)  # fmt: skip
bibliographies: Strategy = st.lists(
    st.one_of(_works, _works, _works, texts, st.sampled_from(["@misc{", "@", "{" * 400, "@misc{a, title = \"x\" # y}\n"])),
    min_size=1, max_size=4,
).map("\n".join)  # fmt: skip
"""Texts like BibTeX."""

_HREFS = ("here.png", "other.md", "../docs/conf.py", "leads.png", "leads.MD", "#a", "a%2e%2e/b", "<a b>")
_hrefs = st.sampled_from([*_HREFS, *PIECES])
_inlines: Strategy = st.one_of(
    st.sampled_from(PIECES), lines,
    st.tuples(_words(["[{}]({})", "![{}]({})", '[{}]({} "{}")', "[{}]: {}", "<{}{}>"]), lines, _hrefs).map(
        lambda each: each[0].format(each[1], each[2], each[1])
    ),
    st.tuples(_words(["raw", "math", "paper", "cite", "download", "abbr", "evil", "code", "ref", "sub"]), lines).map(
        lambda each: f"{{{each[0]}}}`{each[1]}`"
    ),
    lines.map(lambda text: f"${text}$"), lines.map(lambda text: f"*{text}**"), st.just("[^1]"), lines.map("[^1]: {}".format),
)  # fmt: skip
_paragraphs: Strategy = st.lists(_inlines, min_size=1, max_size=4).map(" ".join)
_DIRECTIVES = (
    "note", "raw", "admonition", "figure", "image", "code-block", "math", "include", "eval-rst", "list-table", "table",
    "paper:table", "paper:lineage", "topic", "literalinclude", "csv-table", "toctree", "card", "role", "evil", "epigraph",
)  # fmt: skip
_OPTIONS = (
    "class",
    "name",
    "file",
    "url",
    "alt",
    "target",
    "label",
    "caption",
    "width",
    "filter",
    "columns",
    "link",
)
_options: Strategy = st.tuples(st.sampled_from(_OPTIONS), lines).map(lambda each: f":{each[0]}: {each[1]}")


def _fenced(inner: Strategy) -> Strategy:
    return st.builds(
        lambda fence, name, argument, options, body: "\n".join(
            [f"{fence}{{{name}}} {argument}", *options, "", body, fence[:3] if len(fence) > 9 else fence]
        ),
        st.sampled_from(["```", ":::", "~~~", "````", "::::", "`" * 10]),
        st.sampled_from(_DIRECTIVES), st.just("") | st.sampled_from(_HREFS) | lines, st.lists(_options, max_size=2), inner,
    )  # fmt: skip


def _marked(inner: Strategy) -> Strategy:
    prefixes = st.sampled_from(
        ["> ", "- ", "1. ", "    ", "## ", "| a |\n| --- |\n| ", "% ", "+++ ", "(x)=\n", "$$\n", "<!-- "]
    )
    return st.builds(lambda prefix, text: prefix + text.replace("\n", "\n  "), prefixes, inner)


_blocks: Strategy = st.recursive(
    _paragraphs | st.sampled_from([snippet.text for snippet in SNIPPETS if len(snippet.text) < 500]),
    lambda inner: st.one_of(_fenced(inner), _marked(inner), st.tuples(inner, inner).map("\n\n".join)),
    max_leaves=4,
)
prose: Strategy = st.lists(_blocks, min_size=1, max_size=5).map("\n\n".join)
"""Markdown made of what pages may have and what they may not, within each other."""
