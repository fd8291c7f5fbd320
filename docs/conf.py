"""Configuration of the site."""

import os
import sys
from hashlib import blake2b
from pathlib import Path

# The extension is part of this repository: the site builds without installing it.
sys.path.insert(0, str(Path(__file__).parent.parent / "extensions"))

project = "WSSS papers"
author = "the contributors"
version = release = "0.1"
copyright = "the contributors"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_design", "sphinx_papers"]
exclude_patterns = ["_build", "registries"]
myst_enable_extensions = ["colon_fence", "dollarmath", "fieldlist"]
myst_heading_anchors = 3

# The reference of what other programs may use, made of the code's own docstrings. What it inherits from
# Python and what Python's own types are is not on this site.
autodoc_class_signature = "separated"
autodoc_default_options = {"members": True, "member-order": "bysource", "exclude-members": "__init__"}
add_module_names = False
python_use_unqualified_type_names = True
nitpick_ignore_regex = [("py:.*", r"(?!sphinx_papers).*")]

papers_repository = "https://github.com/wsss-papers/wsss-papers"
papers_licence = "https://creativecommons.org/licenses/by/4.0/"
papers_issue_form = "mistake.yml"
papers_compare_page = "compare"
papers_contributing = "contributing/add-a-paper"
papers_result_form = "result.yml"

published = os.environ.get("READTHEDOCS") == "True"
# The site as it is published can be taken along; `make zip` makes the same here.
if tags.has("zip") or published:  # noqa: F821  Sphinx gives conf.py its tags
    papers_zip = "wsss-papers.zip"
# They take some four seconds, for readers of other sites.
papers_previews = published

bibtex_reference_style = "author_year"

latex_engine = "lualatex"
# LuaTeX makes the identifier of a PDF of the folder and the time; that of a release is made of what it is.
epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
identity = blake2b(f"{project} {release} {epoch}".encode(), digest_size=16).hexdigest().upper()
trailer = rf"\pdfvariable trailerid{{[<{identity}> <{identity}>]}}" if epoch else ""
latex_use_xindy = False
# Coloured rows, Sphinx's default, stop LaTeX of June 2026.
latex_table_style = ["booktabs"]
latex_elements = {
    "papersize": "a4paper",
    "pointsize": "10pt",
    # The papers are pages to look up, not chapters of a novel: one may begin on the left.
    "extraclassoptions": "openany",
    "fncychap": "",
    "preamble": r"""
\hypersetup{
  pdflang=en,
  pdfsubject={Papers on weakly supervised semantic segmentation: methods, results and their conditions},
  pdfkeywords={weakly supervised semantic segmentation, class activation map, pseudo masks, PASCAL VOC, MS COCO, survey},
}
"""
    + trailer,
}
# What a screen can use: tables of the same papers in another order, buttons, and how to take part.
papers_unprinted = (
    "venues/index",
    "supervision/index",
    "compare",
    "cite",
    "ask",
    "machines",
    "new",
    "contributing/index",
)
latex_documents = [("index", "wsss-papers.tex", "Weakly supervised semantic segmentation", author, "manual")]
epub_show_urls = "no"
# All that the navigation has, though no page shows it; so deep that papers stand below their years.
epub_tocscope = "includehidden"
epub_tocdepth = 4
# Two lists of contents name the book, and must agree.
epub_uid = epub_identifier = "wsss-papers"
epub_description = (
    "The papers on weakly supervised semantic segmentation: what they do, what they reach, how they compare."
)
epub_contributor = author
epub_cover = ("_static/cover.png", "")

# Some thousand addresses, most of them of a few hosts: few at once, and who says "later" is asked later.
linkcheck_workers = 4
linkcheck_timeout = 20
linkcheck_retries = 2
linkcheck_rate_limit_timeout = 120.0
# A page behind a login is there.
linkcheck_allow_unauthorized = True
linkcheck_ignore = [
    r"https?://(?:[\w.-]+\.)?example\.(?:org|com)(?:/|$)",
    r"https?://localhost(?::\d+)?(?:/|$)",
]
# What a script makes on the page: lines of a file, sections of a README, a comment.
linkcheck_anchors_ignore_for_url = [
    r"https://github\.com/.*",
    r"https://gitlab\.com/.*",
    r"https://huggingface\.co/.*",
]

html_theme = "furo"
html_static_path = ["_static"]
html_context = {
    "READTHEDOCS": published,
    "site_sections": [
        ("Papers", "papers/index"),
        ("Methods", "methods/index"),
        ("Leaderboards", "leaderboards/index"),
        ("Guide", "guide/index"),
        ("Cite", "cite"),
        ("Contribute", "contributing/index"),
    ],
}
html_title = "WSSS papers"
html_favicon = "favicon.svg"
papers_agents = True
# Who turns a page into Markdown has no use for it; the attribute says so.
html_permalinks_icon = "<span data-markdown-ignore>¶</span>"
papers_icon = "icon.png"  # the same, rendered by `python -m tests.site.picture`
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "")
html_math_renderer = "mathml"
html_use_index = False
html_copy_source = False
