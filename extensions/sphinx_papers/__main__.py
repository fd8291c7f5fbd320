"""``python -m sphinx_papers`` is the command ``sphinx-papers``."""

import sys


def main() -> int:
    """Run the command; whoever interrupts it while it is loaded sees no more than later on."""
    try:
        from sphinx_papers.cli import main as run  # noqa: PLC0415  takes half a second, so it is within

        return run()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
