"""Pages lead other sites to pictures that are there, drawn when what they show has changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sphinx.errors import ConfigError

from sphinx_papers.formats.drawings import preview
from sphinx_papers.sphinx_ext.output import previews

from .test_head import FULL, metas

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Site

BASE = "https://site.example/en/"
CONFIG = {"papers_previews": True, "html_baseurl": BASE}
if os.environ.get("CI") != "true":
    pytest.importorskip("PIL")


def pictures(folder: Path) -> set[str]:
    return {path.stem for path in (folder / "_previews").glob("*")}


def test_each_page_names_a_picture_that_is_there(site: Site) -> None:
    built = site.build(**CONFIG)
    assert built.warnings == []
    for name, wanted in (
        (FULL, "alder2019mending"),
        ("index", "index"),
        ("search", "index"),
        ("years/2021", "index"),
    ):
        found = metas(built.page(name))
        assert found["og:image"] == f"{BASE}_previews/{wanted}.png"
        assert found["twitter:card"] == "summary_large_image"
        assert found["og:image:alt"] == found["og:title"]
    assert pictures(built.outdir) == {
        "index",
        *(path.stem for path in (site.root / "papers").glob("*[0-9]*.md")),
    }


@pytest.mark.parametrize("config", [{"papers_previews": True}, {"html_baseurl": BASE}])
def test_without_an_address_or_the_option_there_are_none(site: Site, config: dict[str, object]) -> None:
    site.build(**CONFIG)
    built = site.build(**config)
    assert pictures(built.outdir) == set()
    found = metas(built.page(FULL))
    assert "og:image" not in found
    assert found["twitter:card"] == "summary"


def test_a_picture_is_drawn_when_what_it_shows_has_changed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    draw = preview.draw_preview

    def noted(shown: preview.Preview) -> bytes:
        drawn.append(shown.name)
        return draw(shown)

    monkeypatch.setattr(preview, "draw_preview", noted)
    out = site.build(**CONFIG).outdir
    assert len(drawn) == len(pictures(out)) > 1
    drawn.clear()
    site.build(**CONFIG)
    assert drawn == []
    site.edit("papers/alder2019mending.md", "Without Holes", "Without Gaps")
    site.build(**CONFIG)
    assert drawn == ["Mend"]
    (site.root / "papers/elm2022tuning.md").rename(site.root / "papers/elm2023tuning.md")
    site.build(**CONFIG)
    assert {"elm2023tuning"} == {name for name in pictures(out) if name.startswith("elm")}


def test_without_pillow_the_build_says_what_to_do(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previews, "_LIBRARY", "no_such_library")
    with pytest.raises(ConfigError, match=r"needs Pillow: pip install 'sphinx-papers\[previews\]'"):
        site.build(**CONFIG)
