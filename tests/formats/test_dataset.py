"""The collection as a whole, as schema.org and RO-Crate describe data."""

from __future__ import annotations

import json
from typing import Any

from sphinx_papers.formats.exports.dataset import CRATE_TYPE, SpanView, crate, data_files, dataset
from sphinx_papers.formats.exports.downloads import CRATE, WHOLE
from sphinx_papers.formats.exports.export import OFFERED
from sphinx_papers.formats.exports.site import PublishedSite
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Registry

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
SITE = PublishedSite(
    "Maps", "https://code.example/maps", "https://maps.example/", str,
    description="All the maps.", creator="the makers", licence=LICENCE, identifier="https://doi.org/10.1/maps",
)  # fmt: skip
BARE = PublishedSite("Maps", "Maps", "", str)


def entities(text: str) -> dict[str, dict[str, Any]]:
    """What a crate holds by identifier, after what RO-Crate 1.1 demands of its metadata."""
    whole = json.loads(text)
    assert whole["@context"] == "https://w3id.org/ro/crate/1.1/context"
    found = {each["@id"]: each for each in whole["@graph"]}
    assert len(found) == len(whole["@graph"])
    descriptor = found["ro-crate-metadata.json"]
    assert descriptor["@type"] == "CreativeWork"
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    root = found[descriptor["about"]["@id"]]
    assert root["@type"] == "Dataset"
    assert root["@id"] == "./"
    assert all(root[name] for name in ("name", "description", "datePublished"))
    assert not any(value in ("", None, []) for each in found.values() for value in each.values())

    def named(value: Any) -> list[str]:
        values = value if isinstance(value, list) else [value]
        return [each["@id"] for each in values if isinstance(each, dict) and {*each} == {"@id"}]

    outside = {"https://w3id.org/ro/crate/1.1"}
    for entity in found.values():
        for value in entity.values():
            assert {*named(value)} <= {*found, *outside}
    return found


def test_a_crate_describes_every_file_of_data(registry: Registry, full_paper: Paper) -> None:
    found = entities(crate(Library([full_paper], registry), SITE, data_files()))
    root = found["./"]
    files = {name for name, each in found.items() if each["@type"] == "File"}
    assert {each["@id"] for each in root["hasPart"]} == files
    assert files >= {each.file for each in OFFERED}
    assert files <= {*WHOLE}
    assert root["datePublished"] == "2026-11-30"
    assert root["license"] == {"@id": LICENCE}
    assert root["identifier"] == "https://doi.org/10.1/maps"
    assert found["#creator"]["name"] == "the makers"
    assert all(found[name]["encodingFormat"] for name in files)


def test_a_crate_of_nothing_and_of_nobody_is_one(registry: Registry) -> None:
    found = entities(crate(Library([], registry), BARE, data_files()))
    assert "license" not in found["./"]
    assert "#creator" not in found


def test_a_dataset_has_its_files_and_dates(registry: Registry, full_paper: Paper) -> None:
    library = Library([full_paper], registry)
    assert SpanView().value(library) == ("2021/2021", "2026-11-30")
    found = dataset(SITE, SpanView().value(library))
    assert {name: found[name] for name in ("@type", "name", "license", "dateModified", "temporalCoverage")} == {
        "@type": "Dataset", "name": "Maps", "license": LICENCE, "dateModified": "2026-11-30", "temporalCoverage": "2021/2021",
    }  # fmt: skip
    urls = {each["contentUrl"] for each in found["distribution"]}
    assert urls == {f"https://maps.example/{each.file}" for each in OFFERED}


def test_a_dataset_without_an_address_names_no_files(registry: Registry) -> None:
    found = dataset(BARE, SpanView().value(Library([], registry)))
    assert "distribution" not in found
    assert all(found.values())
    assert CRATE_TYPE == "application/ld+json"
    assert CRATE in WHOLE
