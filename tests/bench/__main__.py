"""``make bench``: measures, prints its tables as it goes and writes them to a page of the site."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from tests.bench import machine, report
from tests.bench.figures import FLOORS, SUBJECTS, Figures, Plan, measure, warm_up

_PAGE = Path("docs/contributing/speed.md")


def main() -> int:
    """Measure what the command line asks for; return 1 if a build failed."""
    names = [subject.name for subject in SUBJECTS]
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[100, 1000], metavar="N")
    parser.add_argument("--subjects", nargs="+", choices=names, default=names)
    parser.add_argument("--repeat", type=int, default=3, help="rounds of the floor and this project")
    parser.add_argument("--page", type=Path, default=_PAGE, help="the page to write")
    asked = parser.parse_args()
    plan = Plan(
        sizes=tuple(sorted(set(asked.sizes))),
        repeat=asked.repeat,
        # Without the floor there is nothing to compare with.
        subjects=tuple(
            each
            for each in SUBJECTS
            if each.name in {*asked.subjects, *(FLOORS[name] for name in asked.subjects)}
        ),
    )
    described = machine.describe() | {"load before": machine.load()}
    figures = Figures()
    warm_up(plan.subjects)
    for size in plan.sizes:
        measure(plan, size, figures)
        print(f"\n{size:,} papers\n\n{report.tables(figures, size)}\n", flush=True)
    print(f"{report.targets(figures)}\n\n{report.growth(figures)}")
    described["load after"] = machine.load()
    text = report.page(figures, described, dt.date.today().isoformat())
    asked.page.write_text(text, "utf-8")
    return int(figures.failed)


if __name__ == "__main__":
    sys.exit(main())
