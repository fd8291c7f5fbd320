"""``CITATION.cff`` says how to cite the knowledge base itself, in the Citation File Format 1.2.0."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft7Validator

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "tests/formats/schemas/citation-file-format.json"


def read() -> Any:
    # What looks like a date or a number is a text to the schema where it asks for one.
    return yaml.load((ROOT / "CITATION.cff").read_text("utf-8"), yaml.BaseLoader)


def test_the_citation_file_is_one() -> None:
    schema = json.loads(SCHEMA.read_bytes())
    Draft7Validator(schema).validate(read())
    assert not Draft7Validator(schema).is_valid(read() | {"type": "collection"})
    assert (read()["cff-version"], read()["type"]) == ("1.2.0", "dataset")
    assert read().keys() >= {
        "abstract",
        "authors",
        "keywords",
        "license",
        "message",
        "repository-code",
        "version",
    }


def test_it_names_the_repository_and_the_licence_of_the_content() -> None:
    known, config = read(), (ROOT / "docs/conf.py").read_text("utf-8")
    assert f'papers_repository = "{known["repository-code"]}"' in config
    assert f'papers_licence = "{known["license-url"]}"' in config
    assert f'release = "{known["version"]}"' in config
    assert known["license"] == "CC-BY-4.0"
    assert "(CC BY 4.0)" in (ROOT / "LICENSE-CONTENT.md").read_text("utf-8")
