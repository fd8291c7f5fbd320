from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from sphinx_papers.formats.records.schemas import SCHEMAS, schema
from sphinx_papers.model.records.registry import Registry

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", [name for name in SCHEMAS if name != "record"])
def test_the_site_s_own_files_fit_their_schemas_and_a_wrong_key_does_not(
    name: str, registry: Registry
) -> None:
    described = schema(name, registry)
    Draft202012Validator.check_schema(described)
    validator = Draft202012Validator(described)
    data = yaml.safe_load((DOCS / "registries" / f"{name}.yml").read_text("utf-8"))
    assert list(validator.iter_errors(data)) == []
    wrong = {**data, "placeholder": []} if name in {"editorial", "watch"} else {**data, "new": {"nam": "x"}}
    assert not validator.is_valid(wrong)
