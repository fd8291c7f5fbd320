"""What the extension shows on a page: tables, cards, charts, trees, formulas."""
