from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_papers.cli import main
from sphinx_papers.cli.main import COMMANDS
from sphinx_papers.formats.exports import papers_json
from sphinx_papers.formats.exports.papers_json import papers_schema
from sphinx_papers.formats.records.record import page_order, record_schema
from sphinx_papers.model.codes import CODES, Area
from sphinx_papers.model.tables.select import OPTIONS
from sphinx_papers.sphinx_ext.site import manual
from sphinx_papers.sphinx_ext.site.manual import OPTION_TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sphinx_ext.conftest import Built, Site

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "extensions" / "example"
PAGE = """\
# Reference
```{paper:commands}
```
```{paper:commands} schema
```
```{paper:directives}
```
```{paper:roles}
```
```{paper:options}
```
```{paper:sections}
```
```{paper:warnings}
```
```{paper:warnings} Files
```
```{paper:record} Record
```
```{paper:record} Result
```
"""


@pytest.fixture(scope="module")
def reference(build_of: Callable[..., Built]) -> Built:
    editorial = "sections: {Problem: {words: [1, 9], hint: What went wrong.}}\n"
    return build_of(
        {"docs/reference.md": "---\norphan: true\n---\n" + PAGE, "docs/registries/editorial.yml": editorial}
    )


def lists(built: Built) -> list[dict[str, str]]:
    """Return each list of the page: what is described, and all that is said of it."""
    body = built.page("reference").body
    found = []
    for each in body.iter("dl"):
        if "sp-reference" in each.get("class", ""):
            terms = ["".join(term.itertext()) for term in each.findall("dt")]
            texts = [" ".join("".join(text.itertext()).split()) for text in each.findall("dd")]
            found.append(dict(zip(terms, texts, strict=True)))
    return found


def test_everything_that_there_is_is_described(reference: Built) -> None:
    assert reference.warnings == []
    commands, schema, directives, roles, options, sections, codes, of_files, record, result = lists(reference)
    assert list(commands) == ["sphinx-papers", *(f"sphinx-papers {name}" for name in COMMANDS)]
    assert "--fix" in commands["sphinx-papers check"]
    assert list(schema) == ["sphinx-papers schema"]
    domain = reference.env.domains["paper"]
    assert [name.split("{paper:")[1].split("}")[0] for name in directives] == sorted(domain.directives)
    assert "csl-json" in commands["sphinx-papers export"]
    assert "{paper:leaderboard} BENCHMARK SPLIT" in directives
    assert "{paper:commands} [NAME]" in directives
    for name, directive in domain.directives.items():
        (title,) = (each for each in directives if each.startswith(f"{{paper:{name}}}"))
        assert title.count(" ") == directive.required_arguments + directive.optional_arguments
    registry = reference.env.domains["paper"].library.registry
    described = record_schema(registry)["$defs"]
    assert list(record) == page_order(registry)
    assert sorted(result) == sorted(described["Result"]["properties"])
    assert (
        record["title"]
        == "Required. As the publisher prints it; $...$ is math, {Word} keeps its capitals in BibTeX."
    )
    assert record["builds_on"].endswith(" A list.")
    assert result["benchmark"].startswith("Required. Identifier of the benchmark in the registry. One of ")
    assert "teaching" in directives["{paper:table}"]
    assert ":columns:" in directives["{paper:table}"]
    assert ":columns:" not in directives["{paper:count}"]
    assert list(roles) == [f"{{paper:{name}}}" for name in sorted(domain.roles)]
    assert "papers_folder" in options
    assert sections == {"## Problem": "What went wrong. 1 to 9 words."}
    assert list(codes) == list(CODES)
    assert codes["unused-entry"].endswith("A warning.")
    assert list(of_files) == [code for code, known in CODES.items() if known.area is Area.FILE]
    assert all(text for each in (commands, directives, roles, options, codes) for text in each.values())


def test_the_schema_of_a_record_is_published(reference: Built) -> None:
    published = json.loads((reference.outdir / "record.schema.json").read_text("utf-8"))
    assert published == record_schema(reference.env.domains["paper"].library.registry)
    assert "teaching" in published["$defs"]["Record"]["properties"]


def test_every_option_of_a_table_has_its_text() -> None:
    assert set(OPTION_TEXTS) == set(OPTIONS)


def test_an_area_that_is_not_there_is_told(build_of: Callable[..., Built]) -> None:
    built = build_of({"docs/reference.md": "---\norphan: true\n---\n# R\n```{paper:warnings} File\n```\n"})
    assert any("unknown area: did you mean `Files`?" in line for line in built.warnings)


def test_a_build_opens_no_connection(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a build needs no network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    site.append("docs/index.md", "\n```{paper:commands}\n```\n")
    assert site.build().warnings == []


def test_the_example_of_another_field_builds_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-nqW", "--no-color", "-d", str(tmp_path / "doctrees")]
    built = subprocess.run(
        [*command, str(EXAMPLE / "docs"), str(tmp_path / "html")],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT / "extensions")}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (built.returncode, built.stderr) == (0, "")
    assert len(list((tmp_path / "html" / "papers").glob("*.html"))) == 11
    assert "LoafNet" in (tmp_path / "html" / "leaderboards" / "pantry.html").read_text("utf-8")


def test_the_example_passes_its_own_checks(capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--papers", str(EXAMPLE / "papers"), "--docs", str(EXAMPLE / "docs")]
    assert main([*where, "check", "--strict"]) == 0
    assert capsys.readouterr().err == "10 papers read, 0 errors, 0 warnings\n"


def test_the_fields_of_papers_json_are_those_of_its_schema(site: Site) -> None:
    site.write("docs/reference.md", "---\norphan: true\n---\n# Fields\n```{paper:json} ResultJson\n```\n")
    fields = site.build().page("reference")
    said = dict(zip(fields.texts(fields.body, ".//dt"), fields.texts(fields.body, ".//dd"), strict=True))
    assert list(said)[:3] == ["benchmark", "split", "value"]
    assert said["split"] == "Text. Identifier of one of its splits."
    assert said["best"] == "One of highest, lowest. Which end of the metric wins."
    assert (
        said["also"] == "List of texts, may be missing. Names of further sources that print the same number."
    )
    assert said["conditions"].startswith("Object of texts, by name, may be missing. ")
    assert said["state"].startswith("One of confirmed, primary, ")


def test_the_schema_of_papers_json_is_made_once_for_all_lists_of_its_fields(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    def counted() -> dict[str, object]:
        made.append(1)
        return papers_schema()

    monkeypatch.setattr(papers_json, "papers_schema", counted)
    manual.json_parts.cache_clear()
    lists = "".join(f"```{{paper:json}} {part}\n```\n" for part in ("PaperJson", "ResultJson", "SourceJson"))
    site.write("docs/reference.md", f"---\norphan: true\n---\n# Fields\n{lists}")
    site.build()
    assert len(made) == 2, "once for the lists, once for the file"


def test_a_part_of_papers_json_that_is_not_there_is_guessed(site: Site) -> None:
    site.write("docs/reference.md", "---\norphan: true\n---\n# Fields\n```{paper:json} PaperJsn\n```\n")
    (warning,) = site.build().warnings
    assert "unknown part of papers.json `PaperJsn`: did you mean `PaperJson` or `PapersJson`?" in warning
