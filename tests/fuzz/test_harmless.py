"""Each check that calls something harmless says so of what is not."""

from __future__ import annotations

import sys
from pathlib import Path

import html5lib
import pytest

from sphinx_papers.formats.text import latex
from sphinx_papers.model.problem import Position, Problem
from tests.fuzz import harmless
from tests.fuzz.watched import events_outside


@pytest.mark.parametrize(
    "problem",
    [
        Problem("p.md", Position(9, 1), "yaml", "no such line"),
        Problem("p.md", Position(0, 1), "yaml", "no such line"),
        Problem("p.md", Position(1, 9), "yaml", "no such column"),
        Problem("p.md", Position(1, 0), "yaml", "no such column"),
        Problem("p.md", Position(1, 1), "no-such-code", "a message"),
        Problem("p.md", Position(1, 1), "yaml", " "),
    ],
)
def test_a_finding_without_its_place_or_meaning_is_a_flaw(problem: Problem) -> None:
    assert list(harmless.finding_flaws([problem], {"p.md": "one\ntwo"}))
    right = Problem("p.md", Position(2, 4), "yaml", "a message")
    assert list(harmless.finding_flaws([right], {"p.md": "one\ntwo"})) == []


@pytest.mark.parametrize("printed", ["p.md: a\nb\n", "p.md: a\x1b[31m\n", "::set-output name=a::b\n", "p.md"])
def test_what_is_no_line_to_print_is_a_flaw(monkeypatch: pytest.MonkeyPatch, printed: str) -> None:
    monkeypatch.setattr(harmless, "as_text", lambda _: printed)
    assert list(harmless.finding_flaws([Problem("p.md", Position(), "yaml", "a")], {"p.md": ""}))


ENTRY = "@misc{{a,\n  title = {{{}}}\n}}\n"


@pytest.mark.parametrize(
    "title", [r"\input{x}", r"\\\input{x}", "^^5cinput", "a\u202eb", "a}}\n@misc{b, title={c", "{"]
)
def test_bibtex_that_acts_or_ends_is_a_flaw(title: str) -> None:
    assert list(harmless.bibtex_flaws(ENTRY.format(title), {"a"}))


@pytest.mark.parametrize("title", [r"\textbackslash{}input", r"\\input", r"$\alpha$", r"{\'e}"])
def test_bibtex_that_only_prints_is_none(title: str) -> None:
    assert list(harmless.bibtex_flaws(ENTRY.format(title), {"a"})) == []


def test_definitions_of_letters_are_none_but_other_preambles_are() -> None:
    entry = ENTRY.format(r"{\DJ} {\h{a}}")
    right = f'@preamble{{"{latex.definitions(entry)}"}}\n'
    assert list(harmless.bibtex_flaws(right + entry, {"a"})) == []
    assert list(harmless.bibtex_flaws(right.replace("rlap", "llap") + entry, {"a"})) != []


@pytest.mark.parametrize("cell", ["=1", "a,+1", "a;@x", "\t=1", '" -x"', "a\tb;\uff0b1", "\u202e"])
def test_a_cell_that_is_a_formula_is_a_flaw(cell: str) -> None:
    assert list(harmless.csv_flaws(f"a,b\n{cell}\n"))
    assert list(harmless.csv_flaws("a,b\nx,-3.5,'=1\n")) == []


@pytest.mark.parametrize("text", ["[NaN]", "[Infinity]", '["\\u0000"]', '{"\\u202e": 1}', "[", '["\\ud800"]'])
def test_what_is_no_json_to_show_is_a_flaw(text: str) -> None:
    assert list(harmless.json_flaws(text))
    assert list(harmless.json_flaws('{"a": [1, "b"]}')) == []


@pytest.mark.parametrize("text", ['["</script>"]', '["<!--"]', "x"])
def test_what_ends_its_script_is_a_flaw(text: str) -> None:
    assert list(harmless.script_flaws(text))


@pytest.mark.parametrize("line", ["TI  - a\nb", "TY  - CONF", "ER  - ", "TI  - \0"])
def test_a_line_that_is_no_ris_is_a_flaw(line: str) -> None:
    assert list(harmless.ris_flaws(f"TY  - CONF\n{line}\nER  - \n", 1))
    assert list(harmless.ris_flaws("TY  - CONF\nTI  - a\nER  - \n", 1)) == []


@pytest.mark.parametrize(
    "html",
    [
        "<script>1</script>", "<img src=x onerror=1>", "<b onclick=1>a</b>", "<iframe></iframe>", "<form></form>", "<style>a</style>",
        '<a href="javascript:1">a</a>', '<a href="JAVA&#9;SCRIPT:1">a</a>', '<a href="//other.example">a</a>', '<a href="data:a">a</a>',
        '<a href="gone.html">a</a>', '<a href="../../etc/passwd">a</a>', '<img src="file:///etc/passwd">', "a&#x202e;b",
        '<p style="background: url(x)">a</p>', '<math><mi href="javascript:1">a</mi></math>', "<svg><script>1</script></svg>",
        '<svg onload="1"></svg>', '<input value="a">', '<base href="x">', "<p srcdoc=a>a</p>", '<svg><use href="data:a"></use></svg>',
    ],
)  # fmt: skip
def test_html_that_acts_or_leads_elsewhere_is_a_flaw(html: str) -> None:
    text = f"<html><body><div class='body'>{html}</div></body></html>"
    assert list(harmless.page_flaws(text, {"here.html"}.__contains__))
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    assert list(harmless.fragment_flaws(tree.find(".//div"), {"here.html"}.__contains__))
    assert list(harmless.markdown_flaws(html))


@pytest.mark.parametrize(
    "head",
    [
        "<script>1</script>", '<script src="https://other.example/x"></script>', '<base href="x">', '<meta http-equiv="refresh">',
        '<link href="//other.example">', '<script type="application/ld+json">{"a": "<!--"}</script>',
    ],
)  # fmt: skip
def test_a_head_that_acts_is_a_flaw(head: str) -> None:
    page = "<html><head>{}</head><body><div class='body'><a href='here.html#a'>a</a> <a href='https://a.b'>b</a></div></body></html>"
    assert list(harmless.page_flaws(page.format(head), {"here.html"}.__contains__))
    assert list(harmless.page_flaws(page.format(""), {"here.html"}.__contains__)) == []
    assert list(harmless.page_flaws("<html></html>", {"here.html"}.__contains__))


@pytest.mark.parametrize(
    "head",
    [
        "", '<meta http-equiv="refresh" content="0; url=https://other.example/">', '<meta http-equiv="refresh" content="0; url=gone.html">',
        '<meta http-equiv="refresh" content="0; url=here.html"><script>1</script>', '<meta http-equiv="set-cookie" content="a=b">',
    ],
)  # fmt: skip
def test_a_page_at_a_key_of_old_that_leads_elsewhere_or_acts_is_a_flaw(head: str) -> None:
    page = "<html><head>{}</head><body><p>Moved.</p></body></html>"
    assert list(harmless.moved_flaws(page.format(head), {"here.html"}.__contains__))
    fine = '<meta http-equiv="refresh" content="0; url=here.html">'
    assert list(harmless.moved_flaws(page.format(fine), {"here.html"}.__contains__)) == []


@pytest.mark.parametrize(
    "event",
    [
        ["open", "/etc/passwd", "r", 0], ["open", "/inside/../etc/passwd", "r", 0], ["open", "/lib/a", "w", 1], ["os.remove", "/lib/a", -1],
        ["os.rename", "/inside/a", "/lib/a", -1], ["shutil.copyfile", "/etc/passwd", "/inside/a"], ["shutil.copyfile", "/lib/a", "/lib/b"],
        ["socket.connect", "<socket>", "('example.org', 80)"], ["socket.getaddrinfo", "example.org", 80, 0], ["os.system", "id"],
        ["subprocess.Popen", "id", "['id']", None], ["os.exec", "id", "[]"], ["urllib.Request", "http://example.org", None],
        ["socket.bind", "<socket>", "('0.0.0.0', 80)"],
    ],
)  # fmt: skip
def test_what_leaves_the_site_is_found(event: list[object]) -> None:
    fine = [
        ["open", "/inside/a", "w", 1],
        ["open", "/lib/a", "r", 0],
        ["os.mkdir", "/inside/b", 511],
        ["open", 3, "r", 0],
    ]
    assert events_outside([*fine, event], [Path("/inside"), Path("/lib")], [Path("/inside")]) == [event]


def test_a_build_is_watched(tmp_path: Path) -> None:
    """A configuration that opens a file, runs a program and asks the network is caught at all three."""
    import json
    import subprocess

    from tests.fuzz import watched

    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Index\n")
    (tmp_path / "docs/conf.py").write_text(
        "import contextlib, os, socket\nextensions = ['myst_parser']\nopen('/etc/hostname').close()\nos.system('true')\n"
        "with contextlib.suppress(OSError):\n    socket.create_connection(('127.0.0.1', 9), 1)\n"
    )
    log = tmp_path / "events"
    subprocess.run(
        [sys.executable, watched.__file__, str(tmp_path), str(log)], check=True, capture_output=True
    )
    events = [json.loads(line) for line in log.read_text().splitlines()]
    reading = [tmp_path, *map(Path, (sys.prefix, sys.base_prefix))]
    found = {(name, *arguments[:1]) for name, *arguments in events_outside(events, reading, [tmp_path])}
    assert {("open", "/etc/hostname"), ("os.system", "true")} <= found
    assert "socket.connect" in {name for name, *_ in found}
