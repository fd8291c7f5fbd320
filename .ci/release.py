"""Pack one archive of the site, its data, the records and the book: `make release` calls this when they are built.

python .ci/release.py SITE BOOK ARCHIVE: a folder with the site in HTML, a PDF, and the zip to be written. Equal
files make an equal archive.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from sphinx_papers import load
from sphinx_papers.formats.exports.dataset import CRATE, crate, data_files
from sphinx_papers.formats.exports.site import PublishedSite
from sphinx_papers.formats.storage.archive import write_archive
from sphinx_papers.formats.storage.files import examine

ROOT = Path(__file__).parents[1]
PAPERS = ("CITATION.cff", "LICENSE", "LICENSE-CONTENT.md", "README.md")
"""What says what this is, and what one may do with it."""
RECORDS = ("papers", "docs/registries", "docs/methods", "docs/guide", "docs/references.bib")
BOOK = "wsss-papers.pdf"
FOLDERS = {
    "data/": "What the records say, in the formats of other programs",
    "records/": "The pages with their records, the registries and the bibliography, as they were written",
    "site/": "The site; open index.html in a browser",
}


def said(pattern: str, file: str) -> str:
    """Return what *pattern* finds in *file* of the repository."""
    found = re.search(pattern, (ROOT / file).read_text("utf-8"), re.MULTILINE)
    assert found, f"{file}: nothing like {pattern}"
    return found[1]


def committed(*places: str) -> list[str]:
    """Return the files below *places* that are in the repository."""
    listed = subprocess.run(["git", "ls-files", "-z", *places], cwd=ROOT, capture_output=True, check=True)  # noqa: S603, S607
    return listed.stdout.decode().split("\0")[:-1]


def release_files(site: Path, book: Path) -> dict[str, Path | bytes]:
    """Return what the archive holds, by name.

    :raises OSError: if a record or a figure is a link that leads elsewhere: what is there would be published.
    """
    files: dict[str, Path | bytes] = {name: ROOT / name for name in PAPERS}
    for name in committed(*RECORDS):
        examine(ROOT / name)
        files[f"records/{name}"] = ROOT / name
    for file in site.rglob("*"):
        name = file.relative_to(site).as_posix()
        if file.is_file() and not name.startswith("."):
            files[f"site/{name}"] = file
    data = [(f"data/{name}", meaning, kind) for name, meaning, kind in data_files()]
    files |= {name: site / name.removeprefix("data/") for name, _, _ in data}
    files[BOOK] = book
    about = PublishedSite(
        title=said(r'^title: "(.*)"$', "CITATION.cff"),
        identity=said(r'^repository-code: "(.*)"$', "CITATION.cff"),
        base="", page=str,
        description=said(r'^    "(The papers on .*)"$', "docs/conf.py"),
        creator=said(r"^  - name: (.*)$", "CITATION.cff"),
        licence=said(r'^license-url: "(.*)"$', "CITATION.cff"),
    )  # fmt: skip
    listed = [*data, (BOOK, "The site as a book", "application/pdf")]
    files[CRATE] = crate(load(ROOT), about, listed, FOLDERS).encode()
    return files


def main(arguments: list[str]) -> int:
    """Write the archive."""
    site, book, archive = map(Path, arguments)
    write_archive(archive, release_files(site, book))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
