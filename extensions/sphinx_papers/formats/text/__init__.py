"""Characters and marks: plain text, LaTeX, formulas, names, and what text from a page may hold."""
