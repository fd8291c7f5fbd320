"""``python -m sphinx_papers`` is the command ``sphinx-papers``."""

import sys

from sphinx_papers.cli import main

sys.exit(main())
