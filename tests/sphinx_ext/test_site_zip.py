"""The site as one file."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from sphinx.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sphinx_ext.conftest import Built, Site

ZIP = "taken-along.zip"


def packed(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {each.filename: file.read(each) for each in file.infolist()}


def site_files(built: Built) -> dict[str, bytes]:
    """What the zip should hold: Sphinx keeps notes of its own in hidden files."""
    return {
        f"taken-along/{name}": data for name, data in built.files().items() if name != ZIP and name[0] != "."
    }


def test_it_holds_the_site_as_it_is_and_nothing_else(built_site: Site) -> None:
    built = built_site.build(papers_zip=ZIP)
    assert built.warnings == []
    first = built.files()[ZIP]
    assert packed(built.outdir / ZIP) == site_files(built)
    # The same site gives the same bytes, and one that stays is not packed again.
    (built.outdir / ZIP).unlink()
    built = built_site.build(papers_zip=ZIP)
    made = (built.outdir / ZIP).stat().st_mtime_ns
    assert (built.outdir / ZIP).read_bytes() == first
    built = built_site.build(papers_zip=ZIP)
    assert (built.outdir / ZIP).stat().st_mtime_ns == made
    built_site.edit("papers/alder2019mending.md", "Without Holes", "Without Gaps")
    built = built_site.build(papers_zip=ZIP)
    files = site_files(built)
    assert packed(built.outdir / ZIP) == files
    assert b"Without Gaps" in files["taken-along/papers/alder2019mending.html"]


def test_nobody_gets_one_who_has_not_asked(built_site: Site) -> None:
    assert not [name for name in built_site.build().files() if name.endswith(".zip")]
    # The links of a site in folders need a server.
    assert not [name for name in built_site.build("dirhtml", papers_zip=ZIP).files() if name.endswith(".zip")]


@pytest.mark.parametrize("name", ["site.tar", "../site.zip", "a/b.zip", ".zip", "site"])
def test_what_is_no_name_of_a_zip_is_refused(built_site: Site, name: str) -> None:
    with pytest.raises(ConfigError, match=r"papers_zip = .* a file name with the ending \.zip is wanted"):
        built_site.build(papers_zip=name)
