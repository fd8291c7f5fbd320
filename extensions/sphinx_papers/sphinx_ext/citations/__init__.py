"""sphinxcontrib-bibtex, fed with the records."""
