from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

import sphinx_papers
from sphinx_papers.cli import main, web
from tests.cli.answers import ATOM_ERROR, CSL, PAGE, atom
from tests.cli.conftest import Reply, Service

Output = pytest.CaptureFixture[str]
KEY = "papers/berg2021maps.md"


def test_an_arxiv_id_becomes_a_page(site: Path, service: Service, capsys: Output) -> None:
    service.says("/api/query", atom("2105.08960v2"))
    assert main(["new", "2105.08960", "--set", "supervision=image", "--set", "methods=erasing"]) == 0
    text = (site / KEY).read_text("utf-8")
    assert '  title: "Maps of Maps: a Study in $L_2$"\n' in text
    assert "  authors: [Ada Berg, Ben van den Hove]\n  date: 2021-05-19\n" in text
    assert '  arxiv: "2105.08960"\n  arxiv_class: cs.CV\n' in text
    assert (
        'preprint: {url: "https://arxiv.org/abs/2105.08960", kind: preprint, about: "title, authors, date", checked: 2026-09-21}'
        in text
    )
    assert "Maps are drawn" not in text
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"wrote {KEY}: Maps of Maps: a Study in $L_2$"
    assert "  left to do: the summary, the heading" in said
    assert said[-1] == f"then: sphinx-papers check {KEY}"
    path, headers = service.asked[0]
    assert parse_qs(urlsplit(path).query) == {"id_list": ["2105.08960"], "max_results": ["1"]}
    assert headers["User-Agent"].startswith("sphinx-papers/")


def test_a_new_page_is_right_as_it_is(site: Path, service: Service, capsys: Output) -> None:
    service.says("/api/query", atom("2105.08960v2"))
    main(["new", "2105.08960"])
    capsys.readouterr()
    assert main(["check", "papers", "--strict"]) == 0


def test_a_published_preprint_has_the_facts_of_both(site: Path, service: Service) -> None:
    service.says("/api/query", atom("2105.08960v2", doi="10.1000/maps.1"))
    service.says("/10.1000/maps.1", json.dumps({**CSL, "container-title": "CVPR"}).encode())
    assert main(["new", "arXiv:2105.08960v1"]) == 0
    text = (site / KEY).read_text("utf-8")
    assert "date: 2021-05-19\n" in text
    assert "venue: {id: cvpr, year: 2021, volume:" in text
    assert "doi: 10.1000/maps.1\n" in text
    assert service.asked[1][1]["Accept"] == web.CSL_JSON


def test_a_publisher_who_is_silent_costs_nothing_but_his_facts(
    site: Path, service: Service, capsys: Output
) -> None:
    service.says("/api/query", atom("2105.08960v2", doi="10.1000/maps.1"))
    assert main(["new", "2105.08960"]) == 0
    assert "the page has arXiv's facts only" in capsys.readouterr().out
    assert (site / KEY).is_file()


def test_a_doi_is_followed_to_where_it_leads(site: Path, service: Service, capsys: Output) -> None:
    service.says("/10.1000/maps.1", (302, {"Location": f"{service.address}/works/1"}, b""))
    service.says("/works/1", json.dumps(CSL).encode())
    assert main(["new", "https://doi.org/10.1000/maps.1"]) == 0
    assert (site / KEY).read_text("utf-8").count("publisher: {url:") == 1
    assert "the venue: the registry does not know" not in capsys.readouterr().out


def test_a_venue_that_the_registry_lacks_is_told(site: Path, service: Service, capsys: Output) -> None:
    service.says("/10.1000/maps.1", json.dumps({**CSL, "container-title": "Journal of Maps"}).encode())
    assert main(["new", "10.1000/maps.1"]) == 0
    assert "the registry does not know `Journal of Maps`" in capsys.readouterr().out
    assert "# venue: {id: ..., year: ...}" in (site / KEY).read_text("utf-8")


def test_the_page_of_a_publisher_will_do(site: Path, service: Service) -> None:
    service.says("/maps.html", PAGE)
    assert main(["new", f"{service.address}/maps.html"]) == 0
    assert (site / KEY).is_file()


def drips(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(40):
        try:
            handler.wfile.write(b"<")
        except OSError:
            return
        if hung_up(handler, 0.05):
            return


def sleeps(handler: BaseHTTPRequestHandler) -> None:
    hung_up(handler, 1.6)


def hung_up(handler: BaseHTTPRequestHandler, seconds: float) -> bool:
    """Wait until who asked hangs up, but no longer than so many *seconds*."""
    handler.connection.settimeout(seconds)
    try:
        return handler.connection.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True


def hangs_up(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "100")
    handler.end_headers()
    handler.wfile.write(b"<feed")


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ((404, {}, b"no"), "does not know it (404)"),
        ((403, {}, b"no"), "answers 403 Forbidden"),
        ((500, {}, b"oops"), "answers 500"),
        (b"Rate exceeded.", "no Atom feed: 'Rate exceeded.'"),
        (b"<feed", "no Atom feed"),
        (b"\x00\xff" * 50, "no Atom feed"),
        (ATOM_ERROR, "arXiv says: incorrect id format"),
        (atom(), "arXiv has no paper of this id"),
        (b"x" * 200_000, "more than a record can be"),
        ((302, {"Location": "/api/query"}, b""), "redirects without end"),
        ((302, {"Location": "http://a..b/"}, b""), "no address of the web"),
        ((302, {"Location": "http://[b"}, b""), "no address of the web"),
        ((302, {"Location": "file:///etc/hostname"}, b""), "no address of the web"),
        ((204, {}, b""), "answers 204"),
        ((429, {"Retry-After": "11"}, b""), "answers 429"),
        ((200, {"Content-Encoding": "gzip"}, b"no gzip"), "breaks off its answer"),
        (drips, "is too slow"),
        (sleeps, "is too slow"),
        (hangs_up, "breaks off its answer"),
    ],
)
def test_errors_are_a_line_with_a_way_out(
    site: Path, service: Service, capsys: Output, reply: Reply, said: str
) -> None:
    service.says("/api/query", reply)
    before = sorted((site / "papers").iterdir())
    assert main(["new", "2105.08960"]) == 1
    error = capsys.readouterr().err
    assert said in error
    assert error.startswith("2105.08960: ")
    assert error.count("\n") == 1
    assert sorted((site / "papers").iterdir()) == before


def test_a_busy_service_is_asked_again(site: Path, service: Service) -> None:
    service.says(
        "/api/query", (503, {"Retry-After": "0"}, b"busy"), (429, {}, b"busy"), (200, {}, atom("2105.08960"))
    )
    assert main(["new", "2105.08960"]) == 0
    assert len(service.asked) == 3


def test_a_service_that_wants_to_be_left_alone_for_long_is(site: Path, service: Service) -> None:
    service.says("/api/query", (429, {"Retry-After": "11"}, b"busy"))
    assert main(["new", "2105.08960"]) == 1
    assert len(service.asked) == 1


def test_a_wait_that_cannot_be_understood_is_none(site: Path, service: Service) -> None:
    service.says("/api/query", (503, {"Retry-After": "soon"}, b"busy"), (200, {}, atom("2105.08960")))
    assert main(["new", "2105.08960"]) == 0


def test_a_date_that_arxiv_garbles_is_that_of_the_id(site: Path, service: Service) -> None:
    service.says("/api/query", atom("2105.08960v2").replace(b"2021-05-19T17:59:59Z", b"garbage"))
    assert main(["new", "2105.08960"]) == 0
    assert "  date: 2021-05\n" in (site / KEY).read_text("utf-8")


@pytest.mark.parametrize("name", ["2001.00001", "https://arxiv.org/abs/2001.00001", "doi.org/10.1000/boxes"])
def test_nobody_is_asked_about_a_paper_that_has_a_page(
    site: Path, service: Service, edit: Callable[[str, str, str], None], capsys: Output, name: str
) -> None:
    edit("papers/berg2020boxes.md", "date: 2020", 'date: 2020\n  arxiv: "2001.00001"\n  doi: 10.1000/boxes')
    assert main(["new", name]) == 0
    assert capsys.readouterr().out.startswith("papers/berg2020boxes.md is this paper already (same ")
    assert service.asked == []


def test_without_a_network_a_bibtex_file_is_named_as_the_way(
    site: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPHINX_PAPERS_ARXIV", "http://127.0.0.1:1/api")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    assert main(["new", "2105.08960"]) == 1
    assert capsys.readouterr().err == (
        "2105.08960: cannot reach 127.0.0.1; without a network, use a BibTeX file\n"
    )


def test_one_paper_that_fails_takes_no_other_with_it(site: Path, service: Service, capsys: Output) -> None:
    service.says("/maps.html", PAGE)
    assert main(["new", "10.1000/gone", "nothing", f"{service.address}/maps.html"]) == 1
    assert (site / KEY).is_file()
    assert capsys.readouterr().err.count("\n") == 2


BIB = "@misc{x, title = {Maps of Maps}, author = {Ada Berg}, year = 2021, eprint = {2105.08960}}\n"


def test_bibtex_works_without_a_network_for_a_whole_file(
    site: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web.requests.Session, "get", None)
    (site / "new.bib").write_text(
        BIB + BIB.replace("Maps of Maps", "Boxes of Maps").replace("08960", "08961") + "@misc{bad,"
    )
    assert main(["new", "new.bib"]) == 1
    assert (site / KEY).is_file()
    assert (site / "papers/berg2021boxes.md").is_file()
    assert "new.bib:3:1: error[bibtex]" in capsys.readouterr().err


def test_a_page_is_never_written_over(site: Path, capsys: Output) -> None:
    (site / "new.bib").write_text("@misc{x, title={Maps by Others}, author={Émile Lee}, year=2021}", "utf-8")
    before = (site / "papers/lee2021maps.md").read_bytes()
    assert main(["new", "new.bib"]) == 0
    assert (site / "papers/lee2021maps.md").read_bytes() == before
    assert (site / "papers/lee2021mapsb.md").is_file()
    capsys.readouterr()
    assert main(["new", "new.bib", "--key", "lee2021maps"]) == 0
    assert (
        capsys.readouterr().out
        == "papers/lee2021mapsb.md is this paper already (same title): Maps by Others\n"
    )


@pytest.mark.parametrize(
    ("entry", "by", "key"),
    [
        ("title = {maps of {CAMs}!}", "title", "lee2021maps"),
        ("title = {Other}, eprint = {2001.00001}", "arXiv id", "berg2020boxes"),
        ("title = {Other}, doi = {10.1000/BOXES}", "DOI", "berg2020boxes"),
    ],
)
def test_a_paper_that_has_a_page_is_told(
    site: Path, edit: Callable[[str, str, str], None], capsys: Output, entry: str, by: str, key: str
) -> None:
    edit("papers/berg2020boxes.md", "date: 2020", 'date: 2020\n  arxiv: "2001.00001"\n  doi: 10.1000/boxes')
    (site / "new.bib").write_text(f"@misc{{x, {entry}, year = 2020}}")
    before = sorted((site / "papers").iterdir())
    assert main(["new", "new.bib"]) == 0
    assert capsys.readouterr().out.startswith(f"papers/{key}.md is this paper already (same {by})")
    assert sorted((site / "papers").iterdir()) == before


def test_a_dry_run_writes_nothing(site: Path, capsys: Output) -> None:
    (site / "new.bib").write_text(BIB)
    assert main(["new", "--dry-run", "new.bib"]) == 0
    assert not (site / KEY).exists()
    assert capsys.readouterr().out.startswith(f"would write {KEY}")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--set", "supervison=image"], "--set: unknown key `supervison` (did you mean `supervision`?)"),
        (["--set", "supervision=imag"], "--set supervision: `imag` is not known (did you mean `image`?)"),
        (["--key", "no key"], "`no key` is no citation key"),
        (["--key", "LEE2021maps"], "`LEE2021maps` is taken"),
    ],
)
def test_a_choice_that_is_not_there(site: Path, capsys: Output, arguments: list[str], said: str) -> None:
    (site / "new.bib").write_text(BIB)
    assert main(["new", "new.bib", *arguments]) in {1, 2}
    assert said in capsys.readouterr().err
    assert not (site / KEY).exists()


def test_a_file_that_is_not_there(site: Path, capsys: Output) -> None:
    assert main(["new", "gone.bib"]) == 1
    assert capsys.readouterr().err == "gone.bib: No such file or directory\n"


def test_a_paper_without_a_year_needs_a_key(site: Path, capsys: Output) -> None:
    (site / "new.bib").write_text("@misc{x, title = {Maps of Maps}}")
    assert main(["new", "new.bib"]) == 1
    assert "no year is known" in capsys.readouterr().err
    assert main(["new", "new.bib", "--key", "maps"]) == 0
    assert "  # date: YYYY-MM-DD" in (site / "papers/maps.md").read_text("utf-8")


def test_what_a_killed_call_left_is_swept_away(site: Path) -> None:
    (site / "new.bib").write_text("@misc{x, title={Maps by Others}, author={Émile Lee}, year=2021}", "utf-8")
    command = (
        "import os, pathlib, signal\n"
        "from sphinx_papers.cli import main\n"
        "pathlib.Path.replace = lambda *_: os.kill(0, signal.SIGKILL)\n"
        "main(['new', 'new.bib'])\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(sphinx_papers.__file__).parents[1])}
    ran = subprocess.run(
        [sys.executable, "-c", command], check=False, env=environment, start_new_session=True
    )
    assert ran.returncode == -signal.SIGKILL
    (part,) = {path.name for path in (site / "papers").iterdir()} - {"lee2021maps.md", "berg2020boxes.md"}
    assert main(["check"]) == 0  # it is no page
    os.utime(site / "papers" / part, (0, 0))
    assert main(["new", "new.bib"]) == 0
    assert not (site / "papers" / part).exists()


EDITORIAL = "sections: {Problem: {words: [5, 9], hint: What went wrong.}, Method: {}}\n"


def test_the_key_of_a_listed_page_puts_the_headings_into_it(site: Path, capsys: Output) -> None:
    (site / "docs/registries/editorial.yml").write_text(EDITORIAL, "utf-8")
    before = (site / "papers/berg2020boxes.md").read_text("utf-8")
    assert main(["new", "berg2020boxes", "--dry-run"]) == 0
    assert (site / "papers/berg2020boxes.md").read_text("utf-8") == before
    capsys.readouterr()
    assert main(["new", "berg2020boxes"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "began papers/berg2020boxes.md", "then: sphinx-papers check papers/berg2020boxes.md",
    ]  # fmt: skip
    headings = "\n## Problem\n\n<!-- What went wrong. 5 to 9 words. -->\n\n## Method\n\n<!-- Method -->\n"
    assert (site / "papers/berg2020boxes.md").read_text("utf-8") == before + headings
    # Nobody publishes them so.
    assert main(["check", "papers/berg2020boxes.md"]) == 1
    assert capsys.readouterr().out.count("error[empty-section]") == 2
    assert main(["new", "berg2020boxes"]) == 2
    assert "has all its headings already" in capsys.readouterr().err


def test_a_page_that_is_written_is_not_begun(site: Path, capsys: Output) -> None:
    path = site / "papers/lee2021maps.md"
    path.write_text(path.read_text("utf-8") + "Prose.\n", "utf-8")
    assert main(["new", "lee2021maps"]) == 2
    assert capsys.readouterr().err == "papers/lee2021maps.md is written already\n"


def test_papers_between_commas_are_not_taken_for_one(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "2105.08960,2105.08961"]) == 1
    assert "is several papers, which blanks part and not commas" in capsys.readouterr().err


def test_a_choice_without_a_value_is_refused(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "2105.08960", "--set", "methods"]) == 2
    assert "--set methods: it has no value (write --set methods=TERM)" in capsys.readouterr().err
