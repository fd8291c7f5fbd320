"""The knowledge base itself: every page of it is a case."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from sphinx_papers.formats.records.folder import Collection
from sphinx_papers.formats.records.page import read_front_matter, read_method_page, read_paper_page
from sphinx_papers.formats.records.record import RecordForm, record_form, record_schema

ROOT = Path(__file__).parents[2]
PAPERS = sorted((ROOT / "papers").glob("*.md"))
METHODS = sorted(set((ROOT / "docs" / "methods").glob("*.md")) - {ROOT / "docs" / "methods" / "index.md"})
DOCS = sorted(path for path in (ROOT / "docs").rglob("*.md") if "_build" not in path.parts)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.fixture(scope="module")
def real_form(real: Collection) -> type[RecordForm]:
    return record_form(real.library.registry)


@pytest.fixture(scope="module")
def real_validator(real: Collection) -> Draft202012Validator:
    schema = record_schema(real.library.registry)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


class CoreLoader(yaml.SafeLoader):
    """YAML as editors read it that check files by a schema: the core schema of YAML 1.2."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), first)


@pytest.mark.parametrize("path", PAPERS, ids=name)
def test_the_page_of_a_paper_has_a_record_without_a_problem(
    real: Collection, real_form: type[RecordForm], path: Path
) -> None:
    paper, document = read_paper_page(
        path.read_text("utf-8"), path.name, path.stem, real_form, real.library.registry
    )
    assert [str(problem) for problem in document.problems] == []
    assert paper == real.library[path.stem]


@pytest.mark.parametrize("path", PAPERS, ids=name)
def test_the_schema_that_editors_use_accepts_the_page(
    real_validator: Draft202012Validator, path: Path
) -> None:
    front_matter = path.read_text("utf-8").split("---\n")[1]
    data = yaml.load(front_matter, CoreLoader)
    errors = [f"{error.json_path}: {error.message}" for error in real_validator.iter_errors(data)]
    assert errors == []


def test_the_schema_that_editors_use_refuses_an_unknown_key(real_validator: Draft202012Validator) -> None:
    data = yaml.load(PAPERS[0].read_text("utf-8").split("---\n")[1], CoreLoader)
    data["paper"]["venu"] = data["paper"].pop("venue", None)
    assert "additionalProperties" in {error.validator for error in real_validator.iter_errors(data)}


@pytest.mark.parametrize("path", METHODS, ids=name)
def test_the_page_of_a_method_has_a_record_without_a_problem(real: Collection, path: Path) -> None:
    method, document = read_method_page(path.read_text("utf-8"), path.name, path.stem)
    assert [str(problem) for problem in document.problems] == []
    assert method == real.library.registry.methods[path.stem]


@pytest.mark.parametrize("path", DOCS, ids=name)
def test_the_front_matter_of_a_page_is_right(path: Path) -> None:
    text = path.read_text("utf-8")
    document = read_front_matter(text, path.name)
    assert [str(problem) for problem in document.problems] == []
    # What opens front matter must also close it, or the page shows it.
    assert text.startswith("---\n") == (document.data is not None)


def test_nothing_is_wrong_between_pages_registries_and_bibliography(real: Collection) -> None:
    assert [str(problem) for problem in real.problems] == []
    assert set(real.library) == {path.stem for path in PAPERS} - {"index"}
    assert set(real.library.registry.methods) == {path.stem for path in METHODS}
