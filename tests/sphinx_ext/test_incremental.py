from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Site

Edit = Callable[["Site"], None]


@pytest.fixture(scope="session")
def _stored(tmp_path_factory, root_copier):
    place = tmp_path_factory.mktemp("incremental")
    site = root_copier(place / "site")
    first = site.build()
    assert first.warnings == []
    shutil.copytree(site.root, place / "stored")
    return site, place / "stored"


@pytest.fixture
def built_site(_stored) -> Site:
    site, stored = _stored
    shutil.rmtree(site.root)
    shutil.copytree(stored, site.root)
    return site


def change(file: str, old: str, new: str) -> Edit:
    return lambda site: site.edit(file, old, new)


def rename_paper(site: Site) -> None:
    (site.root / "papers/fir2022late.md").rename(site.root / "papers/fir2022dusk.md")


def delete_paper(site: Site) -> None:
    (site.root / "papers/elm2022tuning.md").unlink()


def add_paper(site: Site) -> None:
    text = (site.root / "papers/fir2022late.md").read_text("utf-8")
    text = text.replace("Late Evening, Early Morning", "Gorse by Night").replace("2022-01-10", "2023-04-05")
    site.write("papers/gorse2023night.md", text)


EDITS: dict[str, Edit] = {
    "nothing": lambda site: None,
    "prose": change("papers/alder2019mending.md", "Wind makes holes.", "Rain makes holes."),
    "heading": change("papers/alder2019mending.md", "# Mend: the", "# Mend, the"),
    "title": change("papers/alder2019mending.md", "Without Holes", "Without Gaps"),
    "name": change("papers/alder2019mending.md", "names: [Mend]", "names: [Mender]"),
    "result": change("papers/alder2019mending.md", "value: 12.5", "value: 16.5"),
    "author": change("papers/birch2020whistle.md", "Bo Birch", "Zoe Birch"),
    "method": change("papers/fir2022late.md", "methods: [copying]", "methods: [waiting]"),
    "date": change("papers/elm2022tuning.md", "date: 2022", "date: 2023"),
    "venue name": change("docs/registries/venues.yml", "name: WREN", "name: Wren"),
    "term name": change("docs/registries/facets.yml", "name: Weak tags", "name: Loose tags"),
    "condition name": change("docs/registries/conditions.yml", "16 kHz", "16000 Hz"),
    "split summary": change("docs/registries/benchmarks.yml", "close to the", "near the"),
    "method name": change("docs/methods/copying.md", "name: Copying from neighbours", "name: Copying"),
    "method heading": change("docs/methods/copying.md", "# Copying from", "# To copy from"),
    "add": add_paper,
    "rename": rename_paper,
    "delete": delete_paper,
    "bibliography": change("docs/references.bib", "Counting Gaps", "Counting Holes"),
    "bibliography author": change("docs/references.bib", "Osier, Olga", "Ossier, Olga"),
    "bibliography new": change("docs/references.bib", "@book", "@misc{teal1999,\n author={Teal, T.},\n title={Tones},\n year={1999}}\n\n@book"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_after_an_edit_the_site_is_what_a_clean_build_makes(built_site: Site, edit: Edit) -> None:
    edit(built_site)
    incremental = built_site.build()
    after = incremental.files()
    shutil.rmtree(built_site.root / "_build")
    clean = built_site.build()
    wanted = clean.files()
    assert incremental.warnings == clean.warnings == []
    assert sorted(after) == sorted(wanted)
    assert [name for name in wanted if after[name] != wanted[name]] == []
