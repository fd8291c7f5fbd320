"""The figures of a run: the best build of each case, ratios to the floor, and how time grows."""

from __future__ import annotations

import math
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.bench.builds import Build, Stopped, run
from tests.bench.own import Own, OwnFloor
from tests.bench.subjects import SYNTHETIC, Project, Step, Subject

SUBJECTS: tuple[Subject[Any], ...] = (*SYNTHETIC, OwnFloor(), Own())
"""All that can be measured, in the order of the tables."""
FLOORS = {subject.name: subject.floor for subject in SUBJECTS}
"""The subject that each is compared with."""

REPEATED = ("floor", "saving", "ours", "own-floor", "own")
PARALLEL_AT_MOST = 1000
"""With more papers only the serial build is measured, which takes a quarter of an hour each."""

_PEERS_UP_TO = 1000
"""Papers; with more only the floor and this project are measured."""


@dataclass(frozen=True, slots=True)
class Case:
    """What was built, and how."""

    size: int
    subject: str
    jobs: int
    step: Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run measures."""

    sizes: tuple[int, ...]
    subjects: tuple[Subject[Any], ...]
    jobs: tuple[int, ...] = (1, 2)
    steps: tuple[Step, ...] = tuple(Step)
    repeat: int = 3
    """How often the floor and this project are built, where that is cheap."""

    def rounds(self, size: int, subject: Subject[Any]) -> int:
        """Return how often a case of *subject* is built."""
        return self.repeat if subject.name in REPEATED and size <= 1000 else 1

    def limit(self, size: int) -> float:
        """Return after how many seconds a build of *size* papers is stopped."""
        return max(60.0, 0.1 * size)


@dataclass(slots=True)
class Figures:
    """The best build of each case."""

    found: dict[Case, Build | Stopped] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Case]:
        return iter(self.found)

    @property
    def sizes(self) -> list[int]:
        """The sizes measured, in order."""
        return sorted({case.size for case in self.found})

    @property
    def failed(self) -> bool:
        """Whether a build gave up by itself."""
        return any(isinstance(each, Stopped) and each.failed for each in self.found.values())

    def add(self, case: Case, new: Build | Stopped) -> None:
        """Keep the least time and memory of all builds of *case*, as other work only adds to them."""
        old = self.found.get(case)
        if isinstance(old, Build) and isinstance(new, Build):
            new = replace(
                new,
                processor=min(old.processor, new.processor),
                wall=min(old.wall, new.wall),
                memory=min(old.memory, new.memory),
                written=max(old.written, new.written),
                changed=max(old.changed, new.changed),
            )
        if not isinstance(old, Stopped):
            self.found[case] = new

    def build(self, case: Case) -> Build | None:
        """Return the best build of *case*, if there is one that came to its end."""
        found = self.found.get(case)
        return found if isinstance(found, Build) else None

    def ratio(self, case: Case, figure: Callable[[Build], float]) -> float | None:
        """Return a figure of *case* as a multiple of its floor's."""
        ours, floor = self.build(case), self.build(replace(case, subject=FLOORS[case.subject]))
        return figure(ours) / figure(floor) if ours and floor else None

    def speedup(self, case: Case) -> float | None:
        """Return how many times as fast as serially *case* was built, by the clock."""
        parallel, serial = self.build(case), self.build(replace(case, jobs=1))
        return serial.wall / parallel.wall if parallel and serial else None

    def exponent(
        self,
        subject: str,
        sizes: list[int],
        figure: Callable[[Build], float] = lambda build: build.processor,
    ) -> float | None:
        """Return the *e* of figure ~ size^e for clean serial builds, by least squares of the logarithms."""
        points = [
            (math.log(size), math.log(figure(build)))
            for size in sizes
            if (build := self.build(Case(size, subject, 1, Step.CLEAN)))
        ]
        if len(points) < max(2, len(sizes)):
            return None
        x = sum(point[0] for point in points) / len(points)
        y = sum(point[1] for point in points) / len(points)
        return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


def warm_up(subjects: tuple[Subject[Any], ...]) -> None:
    """Build each of *subjects* once, tiny, so that all modules are compiled.

    :raises RuntimeError: if one cannot be built, or its pages lack their prose: a theme and an
        extension that do not go together make pages that are fast and empty.
    """
    with tempfile.TemporaryDirectory() as name:
        for subject in subjects:
            project = Project(subject, Path(name) / subject.name, max(2, subject.least))
            project.write()
            match run(project, Step.CLEAN, 1, 300):
                case Stopped(why=why):
                    raise RuntimeError(f"{subject.name} with the fewest papers: {why}")
            key = subject.edited(project.count).key
            html = (project.html / "papers" / f"{key}.html").read_text("utf-8")
            if ' id="caveats"' not in html:
                raise RuntimeError(f"{subject.name} with the fewest papers: the pages lack their prose")


def measure(plan: Plan, size: int, figures: Figures) -> None:
    """Measure all cases of *plan* with *size* papers into *figures*.

    The subjects take turns at each step, so that other work on the machine falls on all.
    """
    with tempfile.TemporaryDirectory() as name:
        projects = [
            Project(subject, Path(name) / subject.name, size)
            for subject in plan.subjects
            if subject.least <= size and (size <= _PEERS_UP_TO or subject.name in {"floor", "ours"})
        ]
        for project in projects:
            project.write()
        rounds = max((plan.rounds(size, project.subject) for project in projects), default=0)
        for turn in range(rounds):
            taking_part = [each for each in projects if turn < plan.rounds(size, each.subject)]
            for jobs in plan.jobs if size <= PARALLEL_AT_MOST else plan.jobs[:1]:
                _turn(plan, taking_part, jobs, figures)


def _turn(plan: Plan, projects: list[Project], jobs: int, figures: Figures) -> None:
    stopped: set[str] = set()
    for step in plan.steps:
        for project in projects:
            subject = project.subject
            if step is Step.RECORD and not subject.record_edit:
                continue
            case = Case(project.count, subject.name, jobs, step)
            serial = figures.found.get(Case(project.count, subject.name, 1, Step.CLEAN))
            if subject.name in stopped or (jobs > 1 and isinstance(serial, Stopped)):
                figures.add(case, Stopped("not built"))
                continue
            done = run(project, step, jobs, plan.limit(project.count))
            if isinstance(done, Stopped):
                stopped.add(subject.name)
            result = done.why if isinstance(done, Stopped) else f"{done.processor:.2f} s, {done.wall:.2f} s"
            print(f"{project.count} {subject.name} -j {jobs} {step}: {result}", file=sys.stderr, flush=True)
            figures.add(case, done)
    for project in projects:
        project.restore()
