"""Charts and trees as SVG, and as pictures in LaTeX."""
