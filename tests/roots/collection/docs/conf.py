project = "Birdsong mending"
author = copyright = "the flock"
version = release = "1"

extensions = ["myst_parser", "sphinx_papers"]
exclude_patterns = ["_build", "registries"]
templates_path = ["_templates"]
myst_enable_extensions = ["colon_fence", "dollarmath"]

papers_repository = "https://example.org/flock/mending"
papers_branch = "trunk"
papers_result_form = "number.yml"
papers_navigation = "sections"

bibtex_reference_style = "author_year"

html_theme = "basic"
html_sidebars = {"**": ["globaltoc.html", "relations.html", "sourcelink.html"]}
html_math_renderer = "mathml"
html_last_updated_fmt = None
epub_show_urls = "no"
epub_copyright = "the flock"
latex_documents = [("index", "mending.tex", "Birdsong mending", "the flock", "manual")]
man_pages = [("index", "mending", "Birdsong mending", ["the flock"], 7)]
texinfo_documents = [
    ("index", "mending", "Birdsong mending", "the flock", "Mending", "Papers on mending birdsong.", "Papers")
]
