"""The page for programs: its examples are run against the site, and every address on it leads somewhere."""

from __future__ import annotations

import doctest
import json
import re
from pathlib import Path

from jsonschema import Draft202012Validator

from sphinx_papers.formats.exports.export import VERSION
from sphinx_papers.model.records.library import Library

from .conftest import ROOT

PAGE = (ROOT / "docs/machines.md").read_text("utf-8")


def test_the_examples_print_what_the_page_says(site: Path) -> None:
    blocks = [
        each
        for each in re.findall(r"^```python\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
        if ">>>" in each
    ]
    known = {"SITE": f"{site.resolve().as_uri()}/"}
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks), known, "machines.md", "machines.md", 0)
    assert len(examples.examples) > 10
    said: list[str] = []
    results = doctest.DocTestRunner().run(examples, out=said.append)
    assert results.failed == 0, "".join(said)


def test_every_address_leads_to_a_file(site: Path) -> None:
    table = PAGE.partition("## Addresses")[2].partition("## Versions")[0]
    names = {name.replace("KEY", "lee2021railroad") for name in re.findall(r"`([\w/.-]+\.[\w.]+)`", table)}
    names -= {"sitemap.xml", ".ris", ".csl.json"}
    assert len(names) > 12
    for name in names:
        assert (site / name).is_file(), name


def test_every_file_of_a_paper_fits_the_published_schema(site: Path, library: Library) -> None:
    schema = Draft202012Validator(json.loads((site / "papers.schema.json").read_bytes()))
    whole = {each["key"]: each for each in json.loads((site / "papers.json").read_bytes())["papers"]}
    assert whole.keys() == library.keys()
    for key in library:
        found = json.loads((site / "papers" / f"{key}.json").read_bytes())
        # What words mean is told once, in the file of all papers.
        assert found == {"version": VERSION, "papers": [whole[key]]}
    for key in sorted(library)[::40]:
        schema.validate(json.loads((site / "papers" / f"{key}.json").read_bytes()))


def test_the_page_describes_every_part_of_the_schema() -> None:
    from sphinx_papers.sphinx_ext.site.manual import json_parts

    described = set(re.findall(r"^```\{paper:json\} (\w+)$", PAGE, re.MULTILINE))
    parts = {name for name, part in json_parts().items() if "properties" in part}
    assert described == parts
