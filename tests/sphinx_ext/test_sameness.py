"""Whatever is done to a library, a build on top of the last one gives what a clean build gives."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from tests.sphinx_ext.conftest import Site, copy_root

# How many sequences of edits to try, each another one: `SAMENESS=100 pytest tests/sphinx_ext/test_sameness.py`.
_MANY = int(os.environ.get("SAMENESS", "0"))
KEYS = ["alder2019mending", "birch2020whistle", "gorse2023night", "hazel2020quiet", "iris2018early"]
WORKS = ["osier2011gaps"]
METHODS = ["copying", "guessing", "waiting", "hoping"]


@dataclass(frozen=True)
class Page:
    """A page of a paper: its record and its prose."""

    title: str
    names: list[str]
    authors: list[str]
    date: str
    venue: str
    methods: list[str]
    teaching: list[str]
    habitat: list[str]
    builds_on: list[str]
    results: list[tuple[str, float]]
    heading: str
    mentions: list[str]

    @property
    def text(self) -> str:
        record = {
            "title": self.title,
            "names": self.names,
            "summary": f"Says {self.title} in short.",
            "authors": self.authors,
            "date": self.date,
            "teaching": self.teaching,
            "habitat": self.habitat,
            "methods": self.methods,
            "builds_on": self.builds_on,
            "sources": {
                "paper": {"url": "https://example.org/paper", "kind": "paper", "about": "everything"}
            },
            "results": [
                dict(zip(("benchmark", "split"), place.split("/"), strict=True))
                | {"value": value, "source": "paper"}
                for place, value in self.results
            ],
        }
        if self.venue:
            record["venue"] = {"id": self.venue, "year": int(self.date[:4])}
        # JSON is YAML.
        lines = [f"  {name}: {json.dumps(value)}" for name, value in record.items()]
        body = [f"# {self.heading}", "## Problem", *self.mentions, "## Caveats", f"Written in {self.date}."]
        return "\n".join(["---", "paper:", *lines, "---", *(f"{each}\n" for each in body)])


def some(of: list[str], least: int = 0) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(of), unique=True, min_size=least, max_size=2)


MENTIONS = [
    *(f"See {{paper}}`{key}` and {{cite:p}}`{key}`." for key in KEYS),
    *(f"{{paper:title}}`{key}`" for key in KEYS[:2]),
    *(f"This is {{method}}`{slug}`." for slug in METHODS),
    "It follows {cite:t}`osier2011gaps`.",
    "A formula: $a^2$.",
    "```{paper:table}\n:method: copying\n```",
    "```{paper:built-on-by} birch2020whistle\n```",
    "### Deeper\n",
    "Peculiar words here.",
]
FIELDS: dict[str, st.SearchStrategy[object]] = {
    "title": st.sampled_from(["Gorse by Night", "The {Robin} of $n^2$ Songs", "Öd & <leer>"]),
    "names": some(["Gorse", "Mend", "Ödland"]),
    "authors": some(["Ada Alder", "van der Elm, Eva", "{van der Elm}, Eva", "Öde Ø", "Zoe Birch"], 1),
    "date": st.sampled_from(["2018-02-01", "2020", "2020-05", "2023-04-05"]),
    "venue": st.sampled_from(["", "wren", "jol", "nest"]),
    "methods": some(METHODS[:3]),
    "teaching": some(["clean", "tags", "none"], 1),
    "habitat": some(["marsh", "wood", "city"]),
    "builds_on": some([*KEYS, *WORKS]),
    "results": st.lists(
        st.tuples(st.sampled_from(["dawn/near", "dawn/far", "gaps/all"]), st.sampled_from([1.5, 2, 12.25])),
        max_size=2,
        unique_by=lambda result: result[0],
    ),
    "heading": st.sampled_from(["Gorse", "Gorse, *again*", "Ödland & Söhne"]),
    "mentions": some(MENTIONS),
}
PAGES = st.builds(Page, **FIELDS)  # type: ignore[arg-type]
CHANGES = st.one_of([st.tuples(st.just(name), values) for name, values in FIELDS.items()])
NAMES = st.sampled_from(["One Name", "Another & More", "Ünd so weiter"])


@dataclass
class Place:
    """Where the library is, and what is in it."""

    site: Site
    papers: dict[str, Page] = field(default_factory=dict)

    def write(self, key: str, page: Page) -> None:
        self.papers[key] = page
        self.site.write(f"papers/{key}.md", page.text)

    def delete(self, key: str) -> Page:
        (self.site.root / "papers" / f"{key}.md").unlink()
        return self.papers.pop(key)

    def line(self, file: str, start: str, new: str) -> None:
        """Put *new* in the place of the line of *file* that begins with *start*."""
        path = self.site.root / "docs" / file
        lines = path.read_text("utf-8").splitlines()
        places = [number for number, line in enumerate(lines) if line.startswith(start)]
        lines[places[0]] = new
        path.write_text("\n".join(lines) + "\n", "utf-8")


class Edits(RuleBasedStateMachine):
    """A library that is edited and built after each edit."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.place = Place(copy_root("collection", self.folder / "site"))
        shutil.rmtree(self.place.site.root / "papers")
        self.place.site.write("docs/showcase.md", "# Showcase\n")

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def build(self) -> None:
        site = self.place.site
        after = site.build().files()
        clean = site.build(folder="_clean").files()
        shutil.rmtree(site.root / "_clean")
        assert [name for name in clean if after.get(name) != clean[name]] == []
        assert sorted(after.keys() - clean.keys()) == []

    @initialize(first=PAGES, second=PAGES)
    def begin(self, first: Page, second: Page) -> None:
        for key, page in zip(KEYS, (first, second), strict=False):
            self.place.write(key, page)
        self.build()

    @rule(key=st.sampled_from(KEYS), page=PAGES)
    def add_or_replace(self, key: str, page: Page) -> None:
        self.place.write(key, page)
        self.build()

    @precondition(lambda self: self.place.papers)
    @rule(data=st.data(), change=CHANGES)
    def change(self, data: st.DataObject, change: tuple[str, object]) -> None:
        key = data.draw(st.sampled_from(sorted(self.place.papers)))
        self.place.write(key, replace(self.place.papers[key], **dict([change])))  # type: ignore[arg-type]
        self.build()

    @precondition(lambda self: self.place.papers)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        self.place.delete(data.draw(st.sampled_from(sorted(self.place.papers))))
        self.build()

    @precondition(lambda self: 0 < len(self.place.papers) < len(KEYS))
    @rule(data=st.data())
    def rename(self, data: st.DataObject) -> None:
        old = data.draw(st.sampled_from(sorted(self.place.papers)))
        new = data.draw(st.sampled_from(sorted(set(KEYS) - self.place.papers.keys())))
        self.place.write(new, self.place.delete(old))
        self.build()

    @precondition(lambda self: self.place.papers)
    @rule(data=st.data(), methods=some(METHODS[:3]))
    def move_between_methods(self, data: st.DataObject, methods: list[str]) -> None:
        key = data.draw(st.sampled_from(sorted(self.place.papers)))
        self.place.write(key, replace(self.place.papers[key], methods=methods))
        self.build()

    @rule(name=NAMES)
    def name_a_venue(self, name: str) -> None:
        self.place.line("registries/venues.yml", "  name: ", f"  name: {json.dumps(name)}")
        self.build()

    @rule(name=NAMES)
    def name_a_term(self, name: str) -> None:
        self.place.line("registries/facets.yml", "    tags: ", f"    tags: {{name: {json.dumps(name)}}}")
        self.build()

    @rule(name=NAMES)
    def name_a_method(self, name: str) -> None:
        self.place.line("methods/copying.md", "  name: ", f"  name: {json.dumps(name)}")
        self.build()

    @rule(name=NAMES)
    def write_an_essay(self, name: str) -> None:
        self.place.line("methods/guessing.md", "# ", f"# {name}")
        self.build()

    @rule(name=NAMES)
    def add_or_take_a_method(self, name: str) -> None:
        path = self.place.site.root / "docs" / "methods" / "hoping.md"
        if path.exists():
            path.unlink()
        else:
            path.write_text(
                f"---\nmethod: {{name: {json.dumps(name)}, summary: Hopes.}}\n---\n# Hoping\n", "utf-8"
            )
        self.build()

    @rule(name=st.sampled_from(["Osier, Olga", "Öhr, Ö."]))
    def name_the_author_of_a_work(self, name: str) -> None:
        self.place.line("references.bib", "  author", f"  author = {{{name}}},")
        self.build()


Edits.TestCase.settings = settings(
    max_examples=_MANY or 3, stateful_step_count=12 if _MANY else 7, derandomize=not _MANY
)
TestEdits = Edits.TestCase
