"""Text to values and back, one module for each format; no Sphinx here."""
