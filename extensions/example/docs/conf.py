"""Configuration of the site."""

import os

project = "Dough papers"
author = copyright = "nobody: it is an example"

extensions = ["myst_parser", "sphinx_papers"]
exclude_patterns = ["_build", "registries"]
myst_enable_extensions = ["colon_fence", "dollarmath"]

# All that the extension must be told here are the styles of citations; its folders are where it looks anyway.
bibtex_reference_style = "author_year"

html_theme = "furo"
html_math_renderer = "mathml"
# Where Read the Docs publishes it: for the sitemap, and for what other sites show beside a link.
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "")
html_context = {"READTHEDOCS": os.environ.get("READTHEDOCS") == "True"}
# Pages in Markdown, an index and a skill for agents.
papers_agents = True
