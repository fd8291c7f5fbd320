"""JSON Schemas (draft 2020-12) for editors, made of the forms that check the files themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from sphinx_papers.formats.records.editorial import EditorialForm
from sphinx_papers.formats.records.form import Form
from sphinx_papers.formats.records.record import record_schema
from sphinx_papers.formats.records.registry import (
    BenchmarkForm,
    ConditionForm,
    FacetForm,
    StageForm,
    VenueForm,
)
from sphinx_papers.formats.records.watch import WatchForm
from sphinx_papers.model.records.registry import Registry

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_REGISTRIES: Mapping[str, type[Form]] = {
    "benchmarks": BenchmarkForm, "chain": StageForm, "conditions": ConditionForm, "facets": FacetForm, "venues": VenueForm,
}  # fmt: skip
_SINGLE: Mapping[str, type[Form]] = {"editorial": EditorialForm, "watch": WatchForm}
SCHEMAS = ("record", *_REGISTRIES, *_SINGLE)
"""What there is a schema of: the front matter of a paper's page, and each file beside the pages."""


def schema(name: str, registry: Registry) -> dict[str, Any]:
    """Return the schema of what *name* says; that of the record lists what *registry* knows."""
    if name == "record":
        return record_schema(registry)
    if name in _SINGLE:
        return {"$schema": _DIALECT, **_SINGLE[name].model_json_schema()}
    form: Any = _REGISTRIES[name]
    return {"$schema": _DIALECT, **TypeAdapter(dict[str, form]).json_schema()}


def schema_bytes(name: str, registry: Registry) -> bytes:
    """Return the schema as it stands in a file; the same for the same registry."""
    return (json.dumps(schema(name, registry), indent=2, ensure_ascii=False) + "\n").encode()
