"""The index of the site's search: what is found by which words, cut into files that a reader's browser asks for."""
