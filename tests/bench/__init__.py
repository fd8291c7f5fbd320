"""The benchmark: what the extension costs beside plain Sphinx and its peers."""
