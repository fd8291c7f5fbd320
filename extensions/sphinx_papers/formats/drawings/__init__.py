"""Charts and trees as SVG and PDF."""
