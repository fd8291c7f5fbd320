"""``CITATION.cff`` says how to cite the knowledge base itself, in the Citation File Format 1.2.0."""

from __future__ import annotations

from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
# https://github.com/citation-file-format/citation-file-format/blob/1.2.0/schema-guide.md
REQUIRED = {"cff-version", "message", "title", "authors"}
OPTIONAL = {
    "abstract", "commit", "contact", "date-released", "doi", "identifiers", "keywords", "license", "license-url",
    "preferred-citation", "references", "repository", "repository-artifact", "repository-code", "type", "url", "version",
}  # fmt: skip


def test_the_citation_file_is_one() -> None:
    known = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert known.keys() >= REQUIRED
    assert known.keys() <= REQUIRED | OPTIONAL
    assert (known["cff-version"], known["type"]) == ("1.2.0", "dataset")
    assert all(author.keys() == {"name"} or "family-names" in author for author in known["authors"])


def test_it_names_the_repository_and_the_licence_of_the_content() -> None:
    known = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert f'papers_repository = "{known["repository-code"]}"' in (ROOT / "docs/conf.py").read_text("utf-8")
    assert known["license"] == "CC-BY-4.0"
    assert "(CC BY 4.0)" in (ROOT / "LICENSE-CONTENT.md").read_text("utf-8")
