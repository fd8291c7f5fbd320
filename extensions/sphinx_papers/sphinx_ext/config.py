"""What a project configures: where its pages are and what is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.config import ENUM

from sphinx_papers.formats.storage.places import Places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.config import Config


def _option(default: Any, rebuild: str, summary: str, choices: Sequence[str] = ()) -> Any:
    types = ENUM(*choices) if choices else frozenset({type(default)})
    return field(default=default, metadata={"rebuild": rebuild, "summary": summary, "types": types})


@dataclass(frozen=True, kw_only=True)
class Options:
    """The options of the extension; each is ``papers_<name>`` in ``conf.py``."""

    folder: str = _option("../papers", "env", "Folder of the paper pages, relative to conf.py.")
    methods: str = _option("methods", "env", "Folder of the method pages within the source directory.")
    registries: str = _option("registries", "env", "Folder of the registries, relative to conf.py.")
    bibliography: str = _option(
        "references.bib", "env", "BibTeX file of works without a page, relative to conf.py."
    )
    bibliography_page: str = _option("references", "env", "Document with the bibliography directive.")
    compare_page: str = _option(
        "",
        "env",
        "Document with `paper:compare`, where readers choose papers; the pages of papers lead to it.",
    )
    contributing: str = _option(
        "", "env", "Document that says how a page is written; pages that nobody has written yet lead to it."
    )
    repository: str = _option(
        "", "env", "Address of the repository, for the links that open a page in its editor."
    )
    branch: str = _option("main", "env", "Branch that those links open.")
    issue_form: str = _option(
        "",
        "html",
        "File name of the repository's issue form for mistakes; pages link to it, with its field `page` filled in.",
    )
    result_form: str = _option(
        "",
        "html",
        "File name of the repository's issue form for one number; each result of a paper's page links to it, with its"
        " fields `key`, `split`, `value` and `source` filled in.",
    )
    page_size: int = _option(
        1000, "html", "Rows of a table on one page; longer tables go on on pages of their own."
    )
    navigation: str = _option(
        "auto", "env",
        "What the sidebar shows: `sections` the sections of the site and the open one, without single papers, rendered"
        " once for all pages of a branch; `theme` what the theme makes of the whole tree, which costs more with each"
        " paper; `auto` the first with furo, the second with other themes.",
        ("auto", "sections", "theme"),
    )  # fmt: skip
    search: str = _option(
        "auto", "env",
        "Which search the site has: `sphinx` Sphinx's own; `auto` with furo one that forgives slips of the keyboard and"
        " loads only what a query asks for, from a disk too, and Sphinx's with other themes.",
        ("auto", "sphinx"),
    )  # fmt: skip
    head_tags: bool = _option(
        True, "html",
        "Whether pages have tags in their heads for search engines and previews. Description and OpenGraph are left to"
        " `sphinxext.opengraph` where that is loaded.",
    )  # fmt: skip
    previews: bool = _option(
        False, "html",
        "Whether a picture of each paper is drawn for what other sites show beside a link to its page: name, title and"
        " best result. It takes Pillow, `html_baseurl` and 9 ms a paper.",
    )  # fmt: skip
    agents: bool = _option(
        False, "html",
        "Whether the site has what agents read: a twin of each page in Markdown at its address with `.md`, the index"
        " `llms.txt`, and a skill that says how the records are asked.",
    )  # fmt: skip
    icon: str = _option(
        "", "html",
        "A static file with the icon of the site as a PNG, at best 192 by 192 without clear corners: for home screens,"
        " and browsers that show no SVG.",
    )  # fmt: skip
    licence: str = _option(
        "", "html", "The address of the licence under which the content of the site is, for programs."
    )
    identifier: str = _option(
        "", "html",
        "The address by which the collection is cited wherever it lies, as https://doi.org/10.5281/zenodo.1, once it has one.",
    )  # fmt: skip
    unprinted: tuple[str, ...] = _option(
        (), "", "Documents that the PDF leaves out, each with all that it lists."
    )
    zip: str = _option(
        "",
        "html",
        "File name of a zip of the whole site, which the builder `html` writes beside the pages and each page offers"
        " with furo; empty for none.",
    )
    savings: bool = _option(
        True,
        "",
        "Whether what Sphinx works out anew for each page is worked out once; the site is the same without.",
    )
    citation_tags: bool = _option(
        False, "html",
        "Whether the pages of papers have Google Scholar's tags: they are about papers of others.",
    )  # fmt: skip


def register(app: Sphinx) -> None:
    """Register every option with Sphinx."""
    for option in fields(Options):
        app.add_config_value(
            f"papers_{option.name}", option.default, option.metadata["rebuild"],
            types=option.metadata["types"], description=option.metadata["summary"],
        )  # fmt: skip


def options(config: Config) -> Options:
    """Return the options as *config* has them."""
    return Options(**{each.name: config[f"papers_{each.name}"] for each in fields(Options)})


def places(config: Config, confdir: Path) -> Places:
    """Return where the collection is kept."""
    chosen = options(config)
    return Places(
        papers=(confdir / chosen.folder).resolve(),
        methods=(confdir / chosen.methods).resolve(),
        registries=(confdir / chosen.registries).resolve(),
        bibliography=(confdir / chosen.bibliography).resolve() if chosen.bibliography else None,
    )


def state_folder(app: Sphinx) -> Path:
    """Return where the extension keeps its own files: beside the pickled environment."""
    return Path(app.doctreedir) / "papers"
