"""The site's own search where the theme is furo: its files, whatever was built before."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Built, Site

FURO = {"html_theme": "furo", "html_sidebars": {}}
FIRST = "papers/alder2019mending.md"


def index_of(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name.startswith("_search/")}


def rows(files: dict[str, bytes]) -> list[list[Any]]:
    """Return all places of the index."""
    found = []
    for number in range(len(files)):
        data = files.get(f"_search/p{number}.js")
        if data:
            arguments = data.decode().partition("(")[2].removesuffix(");\n")
            found += [json.loads(row) for row in json.loads(f"[{arguments}]")[2].split("\n")]
    return found


def has_word(files: dict[str, bytes], word: str) -> bool:
    return any(f"\\n{word} ".encode() in data or f'"{word} '.encode() in data for data in files.values())


@pytest.fixture
def built(site: Site) -> Built:
    return site.build(**FURO)


def test_what_can_be_found(built: Built) -> None:
    assert built.warnings == []
    found = {address: rest for address, *rest in rows(built.files())}
    assert found["papers/alder2019mending.html"][0].startswith("Mend: Mending Song")
    assert found["methods/copying.html"][1] == "Methods"
    assert any(address.startswith("authors/index.html#") for address in found)
    for note in ("Leaderboard, ", "Reference, ", "Author of "):
        assert any(rest[1:2] and rest[1].startswith(note) for rest in found.values()), note


def test_words_of_record_and_text_are_there_and_what_is_not_searched_is_not(built: Built) -> None:
    index = index_of(built.files())
    for word in ("nightjar", "alder2019mending", "visited"):
        assert has_word(index, word), word
    assert not has_word(index, "bibtex")


def test_sphinx_makes_no_index_beside_it(built: Built) -> None:
    files = built.files()
    assert "searchindex.js" not in files
    assert b"sphinx-papers/find.js" in files["search.html"]
    assert b"searchtools.js" not in files["search.html"]
    assert b"sphinx-papers/find.js" not in files["index.html"]
    assert files["index.html"].count(b"data-suggests") == 1


@pytest.mark.parametrize("options", [{"html_theme": "basic"}, {**FURO, "papers_search": "sphinx"}])
def test_sphinxs_own_search_is_kept_where_it_is_wanted(site: Site, options: dict[str, Any]) -> None:
    files = site.build(**options).files()
    assert index_of(files) == {}
    assert "searchindex.js" in files
    assert b"searchtools.js" in files["search.html"]
    assert b"data-suggests" not in files["index.html"]


EDITS: dict[str, Callable[[Site], None]] = {
    "prose": lambda site: site.edit(FIRST, "was visited", "was seen by a wryneck"),
    "title": lambda site: site.edit(FIRST, "Mending Song", "Mending Tunes"),
    "new page": lambda site: site.write(
        "docs/wryneck.md", "---\norphan: true\n---\n# Wryneck\n\nIt turns its head.\n"
    ),
    "nothing": lambda site: None,
}


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("parallel", [1, 2])
def test_after_an_edit_the_index_is_that_of_a_clean_build(site: Site, edit: str, parallel: int) -> None:
    before = index_of(site.build(parallel=parallel, **FURO).files())
    EDITS[edit](site)
    after = index_of(site.build(parallel=parallel, **FURO).files())
    shutil.rmtree(site.root / "_build")
    assert after == index_of(site.build(**FURO).files())
    assert (after == before) == (edit == "nothing")
    assert has_word(after, "wryneck") == (edit in {"prose", "new page"})


def test_files_of_an_index_that_was_larger_are_deleted(site: Site, built: Built) -> None:
    (built.outdir / "_search/s99.js").write_text("old")
    site.append(FIRST, "\nMore.\n")
    assert "_search/s99.js" not in site.build(**FURO).files()


def test_an_index_that_was_deleted_is_made_again(site: Site, built: Built) -> None:
    wanted = index_of(built.files())
    shutil.rmtree(built.outdir / "_search")
    assert index_of(site.build(**FURO).files()) == wanted
