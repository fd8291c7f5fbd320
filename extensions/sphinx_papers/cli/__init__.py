"""The command `sphinx-papers`: works on the pages of a collection without Sphinx."""

from sphinx_papers.cli.main import main

__all__ = ["main"]
