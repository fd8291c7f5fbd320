"""What other programs learn of a site: its inventory, its search index."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.util.inventory import InventoryFile

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Built, Site

BASE = "https://example.org/mending"


@pytest.fixture
def inventory(built: Built) -> dict[str, dict[str, tuple[str, str]]]:
    """Address and display name of each object, by type and name."""
    found = InventoryFile.loads((built.outdir / "objects.inv").read_bytes(), uri=BASE)
    return {
        kind: {name: (item.uri, item.display_name) for name, item in items.items()}
        for kind, items in found.data.items()
    }


def test_the_inventory_holds_every_paper(inventory: dict[str, dict[str, tuple[str, str]]]) -> None:
    assert inventory["paper:paper"] == {
        "alder2019mending": (
            f"{BASE}/papers/alder2019mending.html", "Mend: Mending Song: Robin and NightJar Without Holes",
        ),
        "birch2020whistle": (
            f"{BASE}/papers/birch2020whistle.html", "Whistler / W2: Whistle Transfer Between Neighbours",
        ),
        "cedar2021silent": (
            f"{BASE}/papers/cedar2021silent.html", r"Silent Parts & <loud> Parts: $\ell_1$ *Versus* $\ell_2$",
        ),
        "dogwood2021chorus": (f"{BASE}/papers/dogwood2021chorus.html", "Chorus: A Chorus of Models"),
        "elm2022tuning": (f"{BASE}/papers/elm2022tuning.html", "Tune: Tuning Without a Fork"),
        "fir2022late": (f"{BASE}/papers/fir2022late.html", "Late Evening, Early Morning"),
    }  # fmt: skip


def test_the_inventory_holds_every_method(inventory: dict[str, dict[str, tuple[str, str]]]) -> None:
    assert inventory["paper:method"] == {
        "copying": (f"{BASE}/methods/copying.html", "Copying from neighbours"),
        "guessing": (f"{BASE}/methods/guessing.html", "Guessing with a model"),
        "waiting": (f"{BASE}/methods/waiting.html", "Waiting"),
    }


def test_a_broken_record_is_not_in_the_inventory(site: Site) -> None:
    site.edit("papers/fir2022late.md", "teaching: [clean]", "teaching: clean")
    result = site.build()
    names = InventoryFile.loads((result.outdir / "objects.inv").read_bytes(), uri="").data["paper:paper"]
    assert "fir2022late" not in names
    assert "elm2022tuning" in names


@pytest.fixture
def other(tmp_path: Path, built: Built, site: Site) -> Site:
    """Another project, which knows of the collection by its inventory alone."""
    site.root = tmp_path / "other"
    site.write(
        "docs/conf.py",
        'extensions = ["sphinx.ext.intersphinx", "myst_parser"]\n'
        'project = author = "Other"\n'
        'html_theme = "basic"\n'
        f'intersphinx_mapping = {{"mending": ({BASE!r}, {str(built.outdir / "objects.inv")!r})}}\n',
    )
    return site


def test_another_project_can_link_to_papers_and_methods(other: Site) -> None:
    other.write(
        "docs/index.md",
        "# Other\n\n[Mend](inv:mending:paper:paper#alder2019mending) <inv:mending:paper:method#copying>\n",
    )
    result = other.build()
    assert result.warnings == []
    assert result.page("index").links(result.page("index").body) == [
        ("Mend", f"{BASE}/papers/alder2019mending.html"),
        ("Copying from neighbours", f"{BASE}/methods/copying.html"),
    ]


@pytest.mark.parametrize("extensions", ['["sphinx_papers"]', "[]"], ids=["before", "after"])
def test_another_collection_can_link_to_papers_and_methods(other: Site, extensions: str) -> None:
    # The order in which extensions are named decides which of them is asked first.
    other.edit("docs/conf.py", 'extensions = ["sphinx.ext', f'extensions = {extensions} + ["sphinx.ext')
    if extensions == "[]":
        other.append("docs/conf.py", 'extensions.append("sphinx_papers")\n')
    other.write(
        "docs/index.md",
        "# Other\n\n{external+mending:paper:paper}`alder2019mending` {external:paper:method}`to copy <copying>`\n"
        "{any}`elm2022tuning`\n\n"
        + "".join(
            f"```{{toctree}}\n:hidden:\n{each}/index\n```\n" for each in ("years", "venues", "authors")
        ),
    )
    result = other.build()
    assert result.warnings == []
    assert [address for _, address in result.page("index").links(result.page("index").body)] == [
        f"{BASE}/papers/alder2019mending.html",
        f"{BASE}/methods/copying.html",
        f"{BASE}/papers/elm2022tuning.html",
    ]


def _search_index(outdir: Path) -> Any:
    text = (outdir / "searchindex.js").read_text("utf-8")
    return json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))


@pytest.mark.parametrize(
    ("kind", "word", "documents"),
    [
        # What only the record says: a word of the title, an author, the summary.
        ("terms", "nightjar", {"papers/alder2019mending", "papers/dogwood2021chorus"}),
        ("terms", "dogwood", {"authors/index", "papers/dogwood2021chorus"}),
        ("terms", "outvot", {"papers/dogwood2021chorus"}),
        ("titleterms", "chorus", {"papers/dogwood2021chorus", "leaderboards/dawn"}),
        ("titleterms", "wood", {"habitat/wood"}),
    ],
)
def test_search_finds_what_records_say(built: Built, kind: str, word: str, documents: set[str]) -> None:
    index = _search_index(built.outdir)
    found = index[kind][word]
    numbers = found if isinstance(found, list) else [found]
    # The page that shows every role and directive is not the matter here.
    assert {index["docnames"][each] for each in numbers} - {"showcase"} == documents


def test_search_finds_papers_and_methods_by_their_own_words(built: Built) -> None:
    index = _search_index(built.outdir)
    found = {
        docname: sorted(
            entry
            for entry, places in index["indexentries"].items()
            if [index["docnames"].index(docname), "", True] in places
        )
        for docname in ("papers/alder2019mending", "papers/fir2022late", "methods/copying")
    }
    assert found == {
        "papers/alder2019mending": [
            "10.1234/wren.2019.7", "alder 2019", "alder2019mending", "mend",
            "mending song: robin and nightjar without holes",
        ],
        "papers/fir2022late": ["fir2022late", "late evening, early morning", "late evening, early morning (2022)"],
        "methods/copying": ["copying", "copying from neighbours"],
    }  # fmt: skip
    # A search would list them a second time as objects.
    assert not [kind for kind in index["objtypes"].values() if kind.startswith("paper:")]


def test_entries_of_pages_that_are_not_written_again_stay(built_site: Site) -> None:
    built_site.append("docs/showcase.md", "\n```{index} Warbler\n```\n")
    built_site.build()
    built_site.append("papers/alder2019mending.md", "\nMore.\n")
    index = _search_index(built_site.build().outdir)
    assert {"warbler", "whistler", "copying"} <= index["indexentries"].keys()
