"""Synthetic papers in the form of real ones: records, results, cross-references, citations, math.

Every page is a function of its number alone, so a collection of a thousand begins with
the collection of a hundred, and two runs measure the same pages.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

import yaml

YEARS = range(2010, 2027)
METHODS = 18
VENUES = 20
WORKS = 100
BENCHMARKS = ("first", "second", "third", "fourth", "fifth", "sixth")
SPLITS = ("val", "test")
RESULTS = 6
SOURCES = 6
_WORDS = (  # noqa: SIM905  words, easier to read and to change than a list
    "activation affinity attention background boundary class cluster consistency context contrast crop "
    "decoder dense depth detail distance edge encoder energy erasing error estimate feature filter "
    "foreground gradient graph image label layer learning localisation loss map margin mask memory mining "
    "model momentum network noise object patch pixel point pool prior prototype pseudo random refinement "
    "region relation response sample scale seed segment semantic shape signal similarity softmax spatial "
    "step supervision target teacher texture threshold token training transformer uncertainty view weak"
).split()
_GIVEN = "Ada Ben Chao Dana Eun Farid Gita Hiro Ines Jun Kim Lian Mina Nils Oda Ping Qi Rosa Sven Tao".split()  # noqa: SIM905
_FAMILY = "Abe Bauer Chen Dubois Evans Fang Garcia Huang Ito Jung Kumar Lee Moreau Novak Okafor Park".split()  # noqa: SIM905


@dataclass(slots=True)
class Synthetic:
    """The page of one invented paper."""

    number: int
    record: dict[str, object] = field(default_factory=dict)
    body: str = ""

    @property
    def key(self) -> str:
        """The citation key."""
        return key(self.number)

    @property
    def text(self) -> str:
        """The page as it stands in a file."""
        record = yaml.dump({"paper": self.record}, sort_keys=False, allow_unicode=True, width=1000)
        return f"---\n{record}---\n{self.body}"


def key(number: int) -> str:
    """Return the citation key of paper *number*."""
    return f"{_FAMILY[number % 16].lower()}{YEARS[number % 17]}{_WORDS[number % len(_WORDS)]}{number}"


def paper(number: int) -> Synthetic:
    """Make paper *number*; it refers to papers of lower numbers only."""
    rng = random.Random(number)

    def words(count: int) -> str:
        return " ".join(rng.choices(_WORDS, k=count))

    def paragraph() -> str:
        sentences = [words(rng.randint(8, 18)).capitalize() + "." for _ in range(rng.randint(4, 7))]
        return " ".join(sentences)

    earlier = [key(n) for n in rng.sample(range(number), min(number, 3))]
    works = [f"work{n}" for n in rng.sample(range(WORKS), 3)]
    boards = [(benchmark, split) for benchmark in BENCHMARKS for split in SPLITS]
    name = f"{words(1)[:4].upper()}{number}"
    year = YEARS[number % 17]
    record: dict[str, object] = {
        "title": f"{words(4).title()} for {words(3).title()} {number}",
        "names": [name],
        "summary": words(12).capitalize() + ".",
        "authors": [f"{rng.choice(_GIVEN)} {rng.choice(_FAMILY)}{rng.randint(1, 400)}" for _ in range(4)],
        "date": f"{year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
        "venue": {"id": f"venue{rng.randrange(VENUES)}", "year": year, "pages": f"{number}-{number + 9}"},
        "arxiv": f"{year % 100:02}{rng.randint(1, 12):02}.{number:05}",
        "doi": f"10.1000/synthetic.{number}",
        "links": {"paper": f"https://papers.example/{number}"},
        "code": [{"url": f"https://code.example/{number}"}],
        "supervision": [rng.choice(["image", "box", "point"])],
        "methods": [f"method{n}" for n in rng.sample(range(METHODS), 2)],
        "builds_on": [*earlier, works[0]],
        "sources": {
            f"source{n}": {
                "url": f"https://papers.example/{number}/{n}", "kind": "paper", "title": f"Source {n}",
                "about": words(5), "checked": f"{year}-12-31",
            }
            for n in range(SOURCES)
        },
        "results": [
            {
                "benchmark": benchmark, "split": split, "value": round(rng.uniform(40, 80), 1),
                "backbone": rng.choice(["ResNet-50", "ResNet-101", "ViT-B"]),
                "source": f"source{n % SOURCES}", "where": f"Table {n + 1}",
            }
            | ({"note": words(8).capitalize() + "."} if n < 2 else {})
            for n, (benchmark, split) in enumerate(rng.sample(boards, RESULTS))
        ],
    }  # fmt: skip
    refs = " and ".join(f"{{paper}}`{each}`" for each in earlier) or "nothing"
    method = f"{{method}}`method{number % METHODS}`"
    body = f"""# {name}: {words(4)}

## Problem

{paragraph()} See {{cite:p}}`{works[1]}`.

## Method

{paragraph()}

$$L_{{{number % 9}}} = \\sum_i w_i \\lVert x_i - y_i \\rVert^2$$

{paragraph()} With $\\alpha_{{{number % 7}}}$, $\\beta \\in [0, 1]$, $x_i$ and {{cite:t}}`{works[2]}`.

## Results

{paragraph()}

## Relation to other work

It builds on {refs}. {paragraph()} More of {method}.

## Use it

- {words(6)}
- {words(6)}

## Caveats

{paragraph()}
"""
    return Synthetic(number, record, body)


def write_collection(folder: Path, count: int) -> None:
    """Write a repository with *count* papers into *folder*: `papers/` and `docs/`."""
    papers, docs = folder / "papers", folder / "docs"
    for each in (papers, docs / "registries", docs / "methods", docs / "papers"):
        each.mkdir(parents=True)
    for number in range(count):
        made = paper(number)
        (papers / f"{made.key}.md").write_text(made.text, "utf-8")
    for number in range(METHODS):
        front = f"---\nmethod:\n  name: Method {number}\n  summary: The method with number {number}.\n---\n"
        (docs / "methods" / f"method{number}.md").write_text(f"{front}# Method {number}\n\nAn essay.\n")
    _registries(docs / "registries")
    (docs / "references.bib").write_text(works())
    (docs / "references.md").write_text("# References\n\n```{bibliography}\n```\n")
    (docs / "papers" / "index.md").write_text(_PAPERS)
    (docs / "methods" / "index.md").write_text(_METHODS)
    (docs / "index.md").write_text(_INDEX)


def works() -> str:
    """Return the BibTeX of the works that papers cite."""
    return "\n".join(
        f"@article{{work{n},\n author = {{Worker{n}, Ada}},\n title = {{Work {n}}},\n"
        f" journal = {{Journal}},\n year = {{2009}}\n}}\n"
        for n in range(WORKS)
    )


def _registries(folder: Path) -> None:
    terms = {name: {"name": name.title()} for name in ("image", "box", "point")}
    registries: dict[str, object] = {
        "venues": {
            f"venue{n}": {
                "name": f"V{n}", "full": f"Venue {n}", "proceedings": f"Proceedings of Venue {n}",
                "kind": "conference",
            }
            for n in range(VENUES)
        },
        "benchmarks": {
            name: {
                "name": name.title(), "metric": "mIoU", "unit": "%", "range": [0, 100],
                "splits": {split: {"name": split} for split in SPLITS},
            }
            for name in BENCHMARKS
        },
        "facets": {
            "supervision": {
                "name": "Supervision", "terms": terms, "many": True, "required": True, "pages": True,
                "per_result": True,
            }
        },
        "conditions": {"backbone": {"name": "Backbone"}},
    }  # fmt: skip
    for name, content in registries.items():
        (folder / f"{name}.yml").write_text(yaml.dump(content, sort_keys=False))


_INDEX = """# Home

```{paper:table}
:limit: 10
```

```{toctree}
:hidden:
papers/index
methods/index
leaderboards/index
references
```
"""
_PAPERS = """# Papers

```{paper:table}
:columns: date name title venue arxiv code
:filter:
```

```{toctree}
:hidden:
/years/index
/venues/index
/supervision/index
/authors/index
```
"""
_METHODS = """# Methods

```{paper:methods}
```

```{toctree}
:hidden:
:glob:
*
```
"""
