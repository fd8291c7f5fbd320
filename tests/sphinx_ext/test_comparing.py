"""Papers side by side on a page: with keys, for readers to choose, and where pages lead to that."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.sphinx_ext.conftest import text_of

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Built, Site

PAGE = """\
---
orphan: true
---
# Compare

```{paper:compare}
```

# Two of them

```{paper:compare} alder2019mending birch2020whistle
```
"""


@pytest.fixture(scope="module")
def compared(build_of: Callable[..., Built], unchanged: Site) -> Built:
    conf = (unchanged.root / "docs/conf.py").read_text("utf-8")
    return build_of({"docs/compare.md": PAGE, "docs/conf.py": f'{conf}papers_compare_page = "compare"\n'})


def test_two_papers_stand_side_by_side_without_a_script(compared: Built) -> None:
    assert compared.warnings == []
    page = compared.page("compare")
    regions = [each for each in page.body.iter("div") if each.get("class") == "sp-beside"]
    facts = {text_of(row[0]): [text_of(cell) for cell in row[1:]] for row in regions[0].iter("tr")}
    assert facts["Fact"] == ["Mend", "Whistler / W2"]
    assert facts["Teaching"][0] == "Clean takes"
    assert "MIT licence" in facts["Code"][0]


def test_a_script_is_loaded_where_papers_are_chosen_and_nowhere_else(compared: Built) -> None:
    place = next(
        each for each in compared.page("compare").body.iter("div") if each.get("class") == "sp-comparing"
    )
    assert place.get("data-page") == "papers/KEY.html"
    terms = json.loads("".join(place.findall("script")[0].itertext()))
    assert terms["boards"]["dawn/near"] == ["Dawn Chorus, near (SNR, dB)", 0]
    assert (compared.outdir / "_data/compare/alder2019mending.js").is_file()
    for docname, loaded in (("compare", True), ("index", False), ("papers/alder2019mending", False)):
        text = (compared.outdir / f"{docname}.html").read_text("utf-8")
        assert ("sphinx-papers/compare.js" in text) is loaded


def test_the_page_of_a_paper_leads_to_it_beside_others(compared: Built, built: Built) -> None:
    links = [
        href
        for _, href in compared.page("papers/birch2020whistle").links(
            compared.page("papers/birch2020whistle").body
        )
    ]
    (leads,) = [href for href in links if "compare.html#" in href]
    assert leads.startswith("../compare.html#papers=birch2020whistle,")
    assert "#papers=" not in (built.outdir / "papers/birch2020whistle.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("alder2019mending", "2 to 5 different papers can stand side by side"),
        ("alder2019mending alder2019mending", "2 to 5 different papers can stand side by side"),
        (
            "alder2019mending birch2020whistl",
            "unknown paper `birch2020whistl`: did you mean `birch2020whistle`?",
        ),
    ],
)
def test_what_cannot_be_compared_is_said(site: Site, keys: str, said: str) -> None:
    site.write("docs/compare.md", f"---\norphan: true\n---\n# C\n\n```{{paper:compare}} {keys}\n```\n")
    assert any(said in line for line in site.build().warnings)


def test_a_comparison_follows_the_records(built_site: Site) -> None:
    built_site.write("docs/compare.md", PAGE)
    built_site.build()
    built_site.edit("papers/alder2019mending.md", "names: [Mend]", "names: [Patch]")
    again = built_site.build()
    assert "compare" in again.read
    assert "Patch" in (again.outdir / "compare.html").read_text("utf-8")
