"""The figures as Markdown: tables for the terminal, and a page of them for the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tests.bench.builds import Build, Stopped
from tests.bench.figures import SUBJECTS, Case, Figures
from tests.bench.subjects import Step
from tests.bench.targets import EXPONENT, EXPONENT_SIZES, TARGETS, judge

_PAGE = """# Speed

`make bench` measures what the site costs beside plain Sphinx and beside its peers, and wrote this page on
{date}.

All build the same synthetic papers with the same theme and settings: a record with results, cross-references,
citations and formulas on each page. The floor is these pages in plain Sphinx with MyST, in no table of
contents, their roles turned into literals. Factors are multiples of the floor. All have PyStemmer and the
loader of PyYAML that is written in C, which makes plain Sphinx faster too.

This project makes some of what Sphinx and MyST do for each page cheaper, whatever the pages are about: see
[What is replaced](#what-is-replaced). What that alone is worth stands in the rows of the floor with our savings.

Each build is a process of its own. Times of serial builds are compared by processor time, which suffers less
from other work on the machine; `-j 2` is compared by the clock. Memory is that of the largest process. The
floor and this project take turns, thrice at up to 1,000 papers, and the least of each figure counts. A slow
build is cut off, and its row says after how long. Pages written are those that Sphinx wrote again, pages
changed those that read otherwise than before; `search.html` and `genindex.html` count in neither. A list or a
sidebar that should show an edit or an added paper and is not among the pages changed is out of date: fast,
but wrong. A toctree and bibliographies have no record to edit.

## Targets

{targets}

The page of a paper counts as it is on the disk. All files are those of the site: pages of lists and
leaderboards, three exports beside each paper and those of all papers, the search index. A page or a search
index is sent packed by gzip.

## What one more paper writes

Each page below reads otherwise when a paper comes, so it is written; most are not read again, since their documents
hold what they show as views whose values are put in when they are written. Of the site's 437 papers twelve were drawn at
random, and each was taken out and put back: 15 pages change for the one in the middle of them, 4 of which are read, and a quarter change
more than 24; its own page and those before and after it in its year come on top. What the benchmark adds are copies of papers with many results, and change more:
one that was the best of its group when it came 47 pages of 604, one that was not 38 of 1,167.

| pages | how many | why |
| --- | --- | --- |
| the paper's own | 1 | new |
| its year, its venue, the terms of its facets | 3 | a row of their tables; the year has it in its table of contents too, and is read |
| the indexes of years, venues, facets, methods, boards | 5 | counts, bars of the charts |
| its methods | 2 to 3 | table, chart, comparison |
| other methods | 3 to 17 | one of their central papers is built on by it; or it was the best of its group when it came, and every method of that group is measured by it |
| its benchmarks | 2 to 4 | rows of the rankings, ranks, charts |
| all papers, all authors, references, map, start page, *What's new* | 6 | they list or count everything |
| choosing, coverage, reliability, and others that are made of all records | 3 to 7 | rows and counts |
| papers it builds on, or next to it in one of its groups | 3 to 9 | *Built on by*, *Related papers* |
| the one before and the one after it in its year | 1 to 2 | the links to previous and next |

Of the files that are no pages, the exports of all papers, the data of rankings and the search index change with every paper;
each is written only if its bytes changed. All of the index does, as its files carry the digest of the whole: so a browser sees that it has an old one.

## Growth

The fitted exponent *e*: the processor time of a clean build grows as the number of papers to the power of
*e*. Fixed costs, such as imports, bend it down where papers are few. The size of the search index grows
likewise.

{growth}

{sizes}

## What is replaced

While a build runs these functions are replaced, each only if this version has one of that name that takes the
arguments we know; otherwise it is left out, `sphinx-build -v` says so, and the build goes on. Checked with
Sphinx 9.0, docutils 0.21 and 0.22, MyST 5.0 and 5.2. `papers_savings = False` leaves out all of them and what
follows the table; the site has the same bytes. Worth is the processor time of 300 plain pages without it, divided
by that with all of them. [Offered upstream](upstream.md) says what would do away with each.

| function                                                    | what is done instead                                         | worth                     |
| ----------------------------------------------------------- | ------------------------------------------------------------ | ------------------------- |
| `sphinx.util.docutils._get_settings`                        | settings of documents are made once                          | 1.15, with the next       |
| `myst_parser.mdit_to_docutils.base.get_default_settings`    | the same for docutils' own defaults                          | 1.15, with the one before |
| `sphinx.builders.html.document_toc`                         | a plain table of contents is written from what is kept of it | 1.07, with the next       |
| `sphinx.builders.html:StandaloneHTMLBuilder.render_partial` | a title is rendered once, a plain one without a translator   | 1.07, with the one before |
| `sphinx.transforms:SphinxSmartQuotes.get_tokens`            | a paragraph without quotes is not looked through for them    | 1.04                      |
| `myst_parser.parsers.sphinx_.create_md_parser`              | a parser is put together once                                | 1.02                      |
| `sphinx.builders.ParallelTasks`                             | with `-j`: work is handed out as soon as a process is free   | see `-j 2`                |
| `sphinx.builders.make_chunks`                               | with `-j`: documents are read in fewer pieces                | see `-j 2`                |

Nothing is replaced by what else belongs to this: the garbage collector comes every 20,000 objects instead of every
700 (1.06), at most 60 documents wait in memory to be written (98 MiB in the place of 110), and tables of contents
are stored packed (a build without changes of 1,000 pages loads its environment in 22 instead of 190 ms). All
of it together is worth 1.24.

## The machine

{machine}
"""
_MEBI = 2**20
_NONE = "\N{EN DASH}"


def page(figures: Figures, machine: dict[str, str], date: str) -> str:
    """Return the page of the site with all figures."""
    return _PAGE.format(
        date=date,
        targets=targets(figures),
        growth=growth(figures),
        sizes="\n\n".join(f"## {size:,} papers\n\n{tables(figures, size)}" for size in figures.sizes),
        machine=_table(["what", "value"], [list(each) for each in machine.items()]),
    )


def targets(figures: Figures) -> str:
    """Return a table of the targets and how this project meets them."""
    head = ["target", "limit", *(f"at {size:,}" for size in figures.sizes)]
    rows = [
        [target.what, target.bound, *(target.verdict(figures, size) for size in figures.sizes)]
        for target in TARGETS
    ]
    return _table(head, rows)


def growth(figures: Figures) -> str:
    """Return the fitted exponents, and whether that of this project meets its target."""
    sizes = figures.sizes
    ranges = [sizes] if len(sizes) == 2 else [sizes, sizes[-2:]]
    rows = []
    for each in ranges if len(sizes) > 1 else []:
        floor, ours = figures.exponent("floor", each), figures.exponent("ours", each)
        between = ours - floor if ours is not None and floor is not None else None
        index = figures.exponent("ours", each, lambda build: build.search)
        packed = figures.exponent("ours", each, lambda build: build.packed_search)
        found = (floor, ours, between, index, packed)
        rows.append([f"{each[0]:,}", f"{each[-1]:,}", *map(_factor, found)])
    fitted = figures.exponent("ours", EXPONENT_SIZES)
    verdict = "not measured" if fitted is None else judge(fitted, EXPONENT)
    target = f"The target from 100 to 10,000 papers, at most {EXPONENT}: {verdict}."
    if not rows:
        return target
    head = ["from", "to", "floor", "this project", "difference", "its search index", "packed"]
    return _table(head, rows) + f"\n\n{target}"


def tables(figures: Figures, size: int) -> str:
    """Return the tables of one size."""
    about = {subject.name: subject.about for subject in SUBJECTS}
    cases = sorted(
        (case for case in figures if case.size == size),
        key=lambda case: (case.jobs, list(Step).index(case.step), list(about).index(case.subject)),
    )
    serial = [case for case in cases if case.jobs == 1]
    parts = [
        (
            "Serial builds:",
            ["build", "of", "processor, s", "factor", "wall, s", "factor", "MiB", "factor", "written", "changed"],
            _rows(figures, serial, about, lambda case, build: _serial(figures, case, build)),
        ),
        (
            "What the clean build wrote, in kilobytes:",
            ["build", "of", "a paper's page", "all HTML", "all output", "factor", "search index", "packed", "largest page"],
            _rows(
                figures,
                [case for case in serial if case.step is Step.CLEAN],
                about,
                lambda case, build: _output(figures, case, build),
            ),
        ),
        (
            "Builds with `-j 2`:",
            ["build", "of", "processor, s", "wall, s", "factor", "times as fast as serial", "MiB"],
            _rows(
                figures,
                [case for case in cases if case.jobs == 2],
                about,
                lambda case, build: _parallel(figures, case, build),
            ),
        ),
    ]  # fmt: skip
    return "\n\n".join(f"{title}\n\n{_table(head, rows)}" for title, head, rows in parts if rows)


def _rows(
    figures: Figures, cases: list[Case], about: dict[str, str], cells: Callable[[Case, Build], list[str]]
) -> list[list[str]]:
    """Return a row for each case; of one that came to no end, why."""
    rows = []
    for case in cases:
        found = figures.found[case]
        first = [str(case.step), about[case.subject]]
        rows.append([*first, found.why] if isinstance(found, Stopped) else [*first, *cells(case, found)])
    return rows


def _serial(figures: Figures, case: Case, build: Build) -> list[str]:
    return [
        _seconds(build.processor),
        _factor(figures.ratio(case, lambda each: each.processor)),
        _seconds(build.wall),
        _factor(figures.ratio(case, lambda each: each.wall)),
        f"{build.memory / _MEBI:.0f}",
        _factor(figures.ratio(case, lambda each: each.memory)),
        f"{build.written:,}",
        f"{build.changed:,}",
    ]


def _output(figures: Figures, case: Case, build: Build) -> list[str]:
    return [
        f"{build.page / 1000:.1f}",
        *(f"{each / 1000:,.0f}" for each in (build.html, build.output)),
        _factor(figures.ratio(case, lambda each: each.output)),
        *(f"{each / 1000:,.0f}" for each in (build.search, build.packed_search, build.largest)),
    ]


def _parallel(figures: Figures, case: Case, build: Build) -> list[str]:
    return [
        _seconds(build.processor),
        _seconds(build.wall),
        _factor(figures.ratio(case, lambda each: each.wall)),
        _factor(figures.speedup(case)),
        f"{build.memory / _MEBI:.0f}",
    ]


def _seconds(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def _factor(value: float | None) -> str:
    return _NONE if value is None else f"{value:.2f}"


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    """Return a table in Markdown, its columns aligned; a short row is filled with dashes."""
    lines = [head, *([*row, *[_NONE] * (len(head) - len(row))] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    padded = ["| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in lines]
    rule = "| " + " | ".join("-" * width for width in widths) + " |"
    return "\n".join([padded[0], rule, *padded[1:]])
