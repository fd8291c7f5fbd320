"""New papers of the field, by one question to arXiv."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from sphinx_papers.cli import main
from tests.cli.answers import ATOM_ERROR, atom
from tests.cli.conftest import Service

Output = pytest.CaptureFixture[str]
QUERY = 'cat:cs.CV AND abs:"weakly supervised"'
KNOWN = "2105.08960"


@pytest.fixture
def watched(site: Path, service: Service) -> Path:
    """Return a collection with a question, of which arXiv's answer has two papers; one is here already."""
    (site / "docs/registries/watch.yml").write_text(f"query: '{QUERY}'\nmost: 7\n", "utf-8")
    page = site / "papers/berg2020boxes.md"
    page.write_text(
        page.read_text("utf-8").replace("  date: 2020", f'  date: 2020\n  arxiv: "{KNOWN}"'), "utf-8"
    )
    service.says("/api/query", atom(f"{KNOWN}v2", "2105.08961v1"))
    return site


def test_papers_that_are_not_here_are_printed_after_one_question(
    watched: Path, service: Service, capsys: Output
) -> None:
    before = sorted(watched.rglob("*.md"))
    assert main(["watch"]) == 0
    assert capsys.readouterr() == (
        "2105.08961  2021-05-19  Maps of Maps: a Study in $L_2$ (Berg and van den Hove)\n",
        "2 papers fit, 1 of them are not here\n",
    )
    assert sorted(watched.rglob("*.md")) == before
    ((path, headers),) = service.asked
    assert parse_qs(urlsplit(path).query) == {
        "search_query": [QUERY], "sortBy": ["submittedDate"], "sortOrder": ["descending"], "max_results": ["7"],
    }  # fmt: skip
    assert headers["User-Agent"].startswith("sphinx-papers/")


def test_they_are_written_as_listed_pages(watched: Path, capsys: Output) -> None:
    assert main(["watch", "--write", "--set", "supervision=image"]) == 0
    assert capsys.readouterr().out == "wrote papers/berg2021maps.md: Maps of Maps: a Study in $L_2$\n"
    assert main(["check", "--strict"]) == 0
    capsys.readouterr()
    assert main(["watch", "--write"]) == 0
    assert capsys.readouterr() == ("", "2 papers fit, 0 of them are not here\n")


def test_what_does_not_belong_or_is_older_is_not_told(watched: Path, capsys: Output) -> None:
    assert main(["watch", "--days", "9"]) == 0
    assert capsys.readouterr().out == ""
    (watched / "docs/registries/watch.yml").write_text("query: x\nignore: ['2105.08961']\n", "utf-8")
    assert main(["watch"]) == 0
    assert capsys.readouterr().out == ""


def test_a_title_in_an_issue_calls_nobody(watched: Path, service: Service, capsys: Output) -> None:
    service.says("/api/query", atom("2105.08961v1", title="[x](http://evil.example) @all #1 `run` &lt;b>"))
    assert main(["watch", "--format", "markdown"]) == 0
    assert capsys.readouterr().out == (
        r"- [ ] \[x\](http://evil.example) &#64;all &#35;1 \`run\` \<b\> (Berg and van den Hove, 2021-05-19): "
        "<https://arxiv.org/abs/2105.08961>, `sphinx-papers new 2105.08961`\n"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "there is no such file to say what to ask"),
        ("query: ''\n", "query: there is nothing here"),
        ("quary: x\n", "unknown key `quary` (did you mean `query`?)"),
        ("query: x\nmost: 5000\n", "most: input should be less than or equal to 200"),
        ("query: x\nignore: [soon]\n", "`soon` is no arXiv id"),
    ],
)
def test_a_wrong_file_is_told_by_watch_and_by_check(
    watched: Path, capsys: Output, text: str | None, said: str
) -> None:
    path = watched / "docs/registries/watch.yml"
    if text is None:
        path.unlink()
    else:
        path.write_text(text, "utf-8")
    assert main(["watch"]) == 2
    assert said in capsys.readouterr().err
    assert main(["check"]) == (0 if text is None else 1)
    assert text is None or said in capsys.readouterr().out


def test_without_an_answer_it_says_why(watched: Path, service: Service, capsys: Output) -> None:
    service.says("/api/query", ATOM_ERROR)
    assert main(["watch"]) == 2
    assert capsys.readouterr().err == "arXiv says: incorrect id format for 1234\n"
    service.says("/api/query", (404, {}, b""))
    assert main(["watch"]) == 2
    assert "127.0.0.1 does not know it (404)" in capsys.readouterr().err
