"""After an edit a build reads what shows the edit, and gives what a clean build gives."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Site

Edit = Callable[["Site"], None]
FIRST = "papers/alder2019mending.md"
LAST = "papers/elm2022tuning.md"
REGISTRY = "docs/registries/{}.yml"


def change(file: str, old: str, new: str) -> Edit:
    return lambda site: site.edit(file, old, new)


def both(*edits: Edit) -> Edit:
    def run(site: Site) -> None:
        for edit in edits:
            edit(site)

    return run


def delete(file: str) -> Edit:
    return lambda site: (site.root / file).unlink()


def rename(file: str, name: str) -> Edit:
    def run(site: Site) -> None:
        (site.root / file).rename(site.root / name)

    return run


def append(file: str, text: str) -> Edit:
    return lambda site: site.append(file, text)


def add(key: str, **facts: str) -> Edit:
    record = {"title": "Gorse by Night", "date": "2023-04-05", "teaching": "[clean]", **facts}
    lines = "".join(f"  {name}: {value}\n" for name, value in record.items())
    text = f"---\npaper:\n{lines}  summary: Mends at night.\n---\n# Gorse\n\nProse.\n"
    return lambda site: site.write(f"papers/{key}.md", text)


# Each is built twice, which takes its time; edits that only matter for what is read stand further down.
EDITS: dict[str, Edit] = {
    "nothing": lambda site: None,
    "prose": change(FIRST, "Wind makes holes.", "Rain makes holes."),
    # Written alone, though pages of its folder that are written before it link to it.
    "prose beside a table": change("docs/methods/guessing.md", "Needs far", "Asks for far"),
    "heading": change(FIRST, "# Mend: the", "# Mend, the"),
    "title": change(FIRST, "Without Holes", "Without Gaps"),
    "name": change(FIRST, "names: [Mend]", "names: [Mender]"),
    "result": change(FIRST, "value: 12.5", "value: 16.5"),
    "author": change("papers/birch2020whistle.md", "Bo Birch", "Zoe Birch"),
    # Her earlier papers, which stay as they are, link to where the index has her now.
    "author's letter": change(LAST, '["van der Elm, Eva"]', '["{van der Elm}, Eva"]'),
    "method": change("papers/fir2022late.md", "methods: [copying]", "methods: [waiting]"),
    "date in another year": change(LAST, "date: 2022", "date: 2023"),
    "venue's name": change(REGISTRY.format("venues"), "name: WREN", "name: Wren"),
    "term's name": change(REGISTRY.format("facets"), "name: Weak tags", "name: Loose tags"),
    "order of terms": both(
        change(REGISTRY.format("facets"), "    city: {name: City}\n", ""),
        change(REGISTRY.format("facets"), "    marsh: {", "    city: {name: City}\n    marsh: {"),
    ),
    "method's name": change("docs/methods/copying.md", "name: Copying from neighbours", "name: Copying"),
    "method's heading": change("docs/methods/copying.md", "# Copying from", "# To copy from"),
    "another paper": add("gorse2023night"),
    "renamed paper": rename(LAST, "papers/elm2022tuned.md"),
    "deleted paper": delete(LAST),
    "deleted method": both(
        delete("docs/methods/waiting.md"),
        change(FIRST, "[quiet scenes](../docs/methods/waiting.md)", "quiet scenes"),
    ),
    "work's title": change("docs/references.bib", "Counting Gaps", "Counting Holes"),
    "work's author": change("docs/references.bib", "Osier, Olga", "Ossier, Olga"),
    "template": change("docs/_templates/layout.html", ">edit</a>", ">change</a>"),
    "broken record": change(LAST, "teaching: [none]", "teaching: [nothing]"),
    "folder of a facet": both(
        change(REGISTRY.format("facets"), "  pages: true\n  terms:\n    marsh", "  terms:\n    marsh"),
        change("docs/papers/index.md", "/habitat/index\n", ""),
    ),
}  # fmt: skip


def without_lost_words(files: dict[str, bytes]) -> dict[str, bytes]:
    """Files with a search index that says nothing of words which no page holds.

    A test of its own looks at those.
    """
    index = search_index(files)
    for kind in ("terms", "titleterms"):
        index[kind] = {word: found for word, found in index[kind].items() if found != []}
    return {**files, "searchindex.js": json.dumps(index).encode()}


def search_index(files: dict[str, bytes]) -> dict[str, dict[str, object]]:
    text = files["searchindex.js"].decode()
    index: dict[str, dict[str, object]] = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    return index


def built_again(site: Site) -> tuple[dict[str, bytes], dict[str, bytes], list[str], list[str]]:
    """Files and warnings of a build on top of the last one, and of one from nothing."""
    again = site.build()
    after = again.files()
    shutil.rmtree(site.root / "_build")
    clean = site.build()
    return after, clean.files(), again.warnings, clean.warnings


@pytest.fixture(scope="session", params=EDITS)
def rebuilt(
    request: pytest.FixtureRequest, built_site_again: Callable[[], Site]
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Files after an edit, of a build on top of the last one and of one from nothing."""
    site = built_site_again()
    EDITS[request.param](site)
    after, wanted, *_ = built_again(site)
    return without_lost_words(after), without_lost_words(wanted)


def test_after_an_edit_every_page_is_what_a_clean_build_makes_of_it(
    rebuilt: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    after, wanted = rebuilt
    assert [name for name in wanted if after.get(name) != wanted[name]] == []


def test_after_an_edit_no_page_is_left_of_a_document_that_is_gone(
    rebuilt: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    after, wanted = rebuilt
    assert sorted(after.keys() - wanted.keys()) == []


def test_the_search_index_forgets_words_that_no_page_holds(built_site: Site) -> None:
    before = (built_site.root / "_build/html/searchindex.js").read_bytes()
    assert "visit" in search_index({"searchindex.js": before})["terms"]
    built_site.edit(FIRST, "was visited", "was seen")
    assert "visit" not in search_index(built_site.build().files())["terms"]


@dataclass
class Case:
    """Something that a page shows, and an edit after which it can, or cannot any more."""

    text: str
    edit: Edit


ELM_GONE = delete(LAST)
LARK = change(REGISTRY.format("venues"), "nest:", "lark:")
NOISE = change(REGISTRY.format("benchmarks"), "silence:", "noise:")
NOON = change(REGISTRY.format("benchmarks"), "    far:", "    noon: {name: noon}\n    far:")
GORSE = add("gorse2023night")
SONG = append(REGISTRY.format("facets"), "song:\n  name: Song\n  terms: {long: {name: Long}}\n")
TONE = append(REGISTRY.format("facets"), "tone:\n  name: Tone\n  terms: {high: {name: High}}\n")
NO_SONG = change(REGISTRY.format("facets"), "song:\n", "sound:\n")
NO_HIGH = change(REGISTRY.format("facets"), "high: {", "low: {")
HOPING: Edit = lambda site: site.write(
    "docs/methods/hoping.md", "---\nmethod: {name: Hoping, summary: Hopes.}\n---\n# Hoping\n"
)
COMING = {
    "card": Case("```{paper:card} gorse2023night\n```", GORSE),
    "results": Case("```{paper:results} gorse2023night\n```", GORSE),
    "built-on-by": Case("```{paper:built-on-by} gorse2023night\n```", GORSE),
    "table-by-key": Case("```{paper:table}\n:key: gorse2023night\n```", GORSE),
    "table-by-venue": Case("```{paper:table}\n:venue: lark\n```", LARK),
    "column": Case("```{paper:table}\n:columns: song\n```", SONG),
    "groups": Case("```{paper:groups} song\n```", SONG),
    "leaderboard": Case("```{paper:leaderboard} dawn noon\n```", NOON),
    "paper": Case("{paper}`gorse2023night`", GORSE),
    "own-text": Case("{paper}`text <gorse2023night>`", GORSE),
    "method": Case("{method}`hoping`", HOPING),
    "citation": Case("{cite:p}`gorse2023night`", GORSE),
}
GOING = {
    "card": Case("```{paper:card} elm2022tuning\n```", ELM_GONE),
    "table-by-key": Case("```{paper:table}\n:key: elm2022tuning\n```", ELM_GONE),
    "built-on-by": Case("```{paper:built-on-by} elm2022tuning\n```", ELM_GONE),
    "paper": Case("{paper}`elm2022tuning`", ELM_GONE),
    "own-text": Case("{paper}`text <elm2022tuning>`", ELM_GONE),
    "citation": Case("{cite:p}`elm2022tuning`", ELM_GONE),
    "table-by-venue": Case("```{paper:table}\n:venue: nest\n```", LARK),
    "leaderboard": Case("```{paper:leaderboard} silence all\n```", NOISE),
    "best-of-a-split": Case("```{paper:table}\n:columns: name best:silence/all\n```", NOISE),
    "column": Case("```{paper:table}\n:columns: name song\n```", NO_SONG),
    "group": Case("```{paper:table}\n:columns: name\n:group-by: song\n```", NO_SONG),
    "groups": Case("```{paper:groups} song\n```", NO_SONG),
    "criterion": Case("```{paper:count}\n:song: long\n```", NO_SONG),
    "term": Case("```{paper:count}\n:tone: high\n```", NO_HIGH),
}


@dataclass
class Outcome:
    """What each page was and what was said of it: at first, after the edits, and built from nothing."""

    pages: list[dict[str, bytes]]
    warnings: list[list[str]]

    def of(self, name: str) -> list[tuple[bytes, list[str]]]:
        start = f"docs/case/{name}.md:"
        return [
            (pages[f"case/{name}.html"], [each for each in warnings if each.startswith(start)])
            for pages, warnings in zip(self.pages, self.warnings, strict=True)
        ]


def outcome(site: Site, cases: dict[str, Case]) -> Outcome:
    for name, case in cases.items():
        site.write(f"docs/case/{name}.md", f"---\norphan: true\n---\n# Case\n\n{case.text}\n")
    first = site.build()
    pages = [first.files()]
    for edit in dict.fromkeys(case.edit for case in cases.values()):
        edit(site)
    after, wanted, warnings, clean_warnings = built_again(site)
    return Outcome([*pages, after, wanted], [first.warnings, warnings, clean_warnings])


@pytest.fixture(scope="session")
def came(copy: Callable[[Path], Site], tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return outcome(copy(tmp_path_factory.mktemp("coming") / "site"), COMING)


@pytest.fixture(scope="session")
def went(copy: Callable[[Path], Site], tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    site = copy(tmp_path_factory.mktemp("going") / "site")
    SONG(site)
    TONE(site)
    return outcome(site, GOING)


ONE_GOING = {name: case for name, case in GOING.items() if case.edit is ELM_GONE}


@pytest.fixture(scope="session")
def went_alone(copy: Callable[[Path], Site], tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Without an edit of a registry, after which all is read again."""
    return outcome(copy(tmp_path_factory.mktemp("one") / "site"), ONE_GOING)


@pytest.mark.parametrize("case", COMING)
def test_a_page_heals_when_what_it_asks_for_comes_to_be(came: Outcome, case: str) -> None:
    (_, at_first), after, wanted = came.of(case)
    assert len(at_first) == 1
    assert after[1] == wanted[1] == []
    assert after[0] == wanted[0]


@pytest.mark.parametrize("case", GOING)
def test_a_page_says_so_when_what_it_asks_for_is_gone(went: Outcome, case: str) -> None:
    (_, at_first), after, wanted = went.of(case)
    assert at_first == []
    assert len(wanted[1]) == 1
    assert after[1] == wanted[1]
    assert after[0] == wanted[0]


@pytest.mark.parametrize("case", ONE_GOING)
def test_a_page_says_so_when_nothing_but_a_paper_is_gone(went_alone: Outcome, case: str) -> None:
    (_, at_first), after, wanted = went_alone.of(case)
    assert at_first == []
    assert len(wanted[1]) == 1
    assert after == wanted


READ: dict[str, tuple[Edit, list[str]]] = {
    "nothing": (EDITS["nothing"], []),
    "prose": (EDITS["prose"], ["papers/alder2019mending"]),
    "spelling of the record": (
        change(FIRST, "  names: [Mend]\n", "  names:\n    - Mend\n"),
        ["papers/alder2019mending"],
    ),
    "summary": (
        change(FIRST, "long recordings usable", "long recordings useful"),
        # Where it stands among the related papers of others, it is put in when they are written.
        ["papers/alder2019mending"],
    ),
    # A method's page has its papers side by side, with all their numbers.
    "result": (
        EDITS["result"],
        ["methods/copying", "papers/alder2019mending"],
    ),
    "result on another benchmark": (
        change(FIRST, "value: 8,", "value: 9,"),
        ["methods/copying", "papers/alder2019mending"],
    ),
    "title": (
        EDITS["title"],
        # Another paper's prose has it; tables and the references are put in when their pages are written.
        ["methods/copying", "papers/alder2019mending", "papers/dogwood2021chorus"],
    ),
    "lineage": (
        change(LAST, "habitat: [city]", "habitat: [city]\n  builds_on: [birch2020whistle]"),
        # Side by side stand the papers that most others build on.
        ["methods/copying", "methods/guessing", "papers/elm2022tuning"],
    ),
    "work's title": (EDITS["work's title"], ["references"]),
    "another work": (
        append("docs/references.bib", "\n@misc{teal1999,\n author = {Teal, T.},\n title = {Tones}\n}\n"),
        ["references"],
    ),
    "facet's name": (
        change(REGISTRY.format("facets"), "name: Gear", "name: Device"),
        ["leaderboards/dawn", "leaderboards/gaps", "methods/copying", "methods/guessing", *(f"papers/{key}" for key in ("alder2019mending", "birch2020whistle", "dogwood2021chorus"))],
    ),
    "condition's name": (
        change(REGISTRY.format("conditions"), "16 kHz", "16000 Hz"),
        ["leaderboards/dawn", "papers/alder2019mending"],
    ),
    "split's summary": (
        change(REGISTRY.format("benchmarks"), "close to the", "near the"),
        ["leaderboards/dawn"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("edit", READ)
def test_what_shows_an_edit_is_read_again_and_nothing_else(built_site: Site, edit: str) -> None:
    READ[edit][0](built_site)
    assert sorted(built_site.build("dummy").read) == READ[edit][1]


@dataclass
class Touched:
    """The documents that are read after an edit, and the pages that are written."""

    edit: Edit
    read: set[str]
    shown: set[str] = field(default_factory=set)
    """Written for what they show of the collection, though what was read of them is as it was."""
    beside: set[str] = field(default_factory=set)
    """Written for what stands around them: titles above, before and after, and lists of sections."""
    gone: set[str] = field(default_factory=set)
    unchanged: set[str] = field(default_factory=set)
    """Of these, what comes out as it was. The start page has a table of contents, for which Sphinx writes
    it whenever it writes a page below, and a table of contents by pattern is read when files come and go."""


TOUCHED = {
    "nothing": Touched(EDITS["nothing"], set()),
    "prose": Touched(EDITS["prose"], {"papers/alder2019mending"}),
    "heading": Touched(EDITS["heading"], {"papers/alder2019mending"}, beside={"venues/index", "years/2019"}),
    # Rankings tell reference managers the titles of what they list.
    "title": Touched(
        EDITS["title"],
        {"methods/copying", "papers/alder2019mending", "papers/dogwood2021chorus"},
        {"habitat/marsh", "leaderboards/dawn", "leaderboards/gaps", "papers/index", "references", "teaching/clean",
         "venues/wren", "years/2019"},
        beside={"index"},
        unchanged={"index"},
    ),
    "result": Touched(
        EDITS["result"],
        {"methods/copying", "papers/alder2019mending"},
        {"leaderboards/dawn", "leaderboards/index"},
        beside={"index"},
        unchanged={"index"},
    ),
    # Pages of papers name related ones, by what they share, with their venues.
    "method": Touched(
        EDITS["method"],
        {"methods/index", "papers/fir2022late"},
        {"methods/copying", "methods/waiting", "papers/alder2019mending", "papers/birch2020whistle"},
        beside={"index"},
        unchanged={"index"},
    ),
    "another paper": Touched(
        EDITS["another paper"],
        {"methods/index", "papers/gorse2023night", "teaching/index", "years/2023", "years/index"},
        {"papers/index", "references", "teaching/clean"},
        beside={"index", "years/2019", "years/2021", "years/2022"},
        unchanged={"methods/index"},
    ),
    "renamed paper": Touched(
        EDITS["renamed paper"],
        {"methods/index", "papers/elm2022tuned", "years/2022"},
        {"authors/index", "habitat/city", "papers/index", "references", "teaching/none"},
        beside={"index", "papers/fir2022late", "years/2021"},
        gone={"papers/elm2022tuning"},
        unchanged={"index", "methods/index"},
    ),
    "deleted paper": Touched(
        EDITS["deleted paper"],
        {"habitat/index", "methods/index", "teaching/index", "years/2022", "years/index"},
        {"authors/index", "papers/index", "references", "teaching/none"},
        beside={"habitat/marsh", "habitat/wood", "index", "papers/fir2022late", "years/2021"},
        gone={"habitat/city", "papers/elm2022tuning"},
        unchanged={"index", "methods/index"},
    ),
    "venue's name": Touched(
        EDITS["venue's name"],
        {"habitat/marsh", "habitat/wood", "leaderboards/dawn", "leaderboards/gaps", "methods/copying",
         "methods/guessing", "papers/alder2019mending", "papers/birch2020whistle", "papers/cedar2021silent",
         "papers/dogwood2021chorus", "papers/fir2022late", "papers/index", "teaching/clean", "teaching/tags",
         "venues/index", "venues/wren", "years/2019", "years/2021"},
        beside={"index", "teaching/index", "venues/arxiv", "venues/jol"},
        unchanged={"index"},
    ),
    "method's name": Touched(
        EDITS["method's name"],
        {"methods/copying", "methods/guessing", "methods/index", "papers/alder2019mending",
         "papers/birch2020whistle", "papers/fir2022late", "venues/jol", "venues/wren"},
        beside={"index"},
        unchanged={"index"},
    ),
    "method's essay": Touched(EDITS["prose beside a table"], {"methods/guessing"}),
    "method's summary": Touched(
        change("docs/methods/copying.md", "summary: ", "summary: Changed "),
        {"methods/copying", "methods/index"},
        beside={"index"},
        unchanged={"index"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("edit", TOUCHED)
def test_an_edit_touches_the_pages_that_show_it_and_no_other(built_site: Site, edit: str) -> None:
    expected, folder = TOUCHED[edit], built_site.root / "_build" / "html"

    def pages() -> dict[str, tuple[int, bytes]]:
        return {
            path.relative_to(folder).with_suffix("").as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
            for path in folder.rglob("*.html")
        }

    before = pages()
    expected.edit(built_site)
    read = built_site.build().read
    after = pages()
    # Sphinx makes these of all documents, whenever it writes one.
    written = {name for name, (when, _) in after.items() if before.get(name, (0,))[0] != when}
    unchanged = {name for name in written if name in before and before[name][1] == after[name][1]}
    always = {"genindex", "search"} if written else set()
    assert sorted(read) == sorted(expected.read)
    assert written - always == expected.read | expected.shown | expected.beside
    assert unchanged - always == expected.unchanged
    assert before.keys() - after.keys() == expected.gone


def test_a_page_is_not_read_for_what_it_no_longer_shows(built_site: Site) -> None:
    built_site.edit("papers/dogwood2021chorus.md", "See {paper:title}`alder2019mending` and", "See")
    built_site.build("dummy")
    EDITS["title"](built_site)
    read = built_site.build("dummy").read
    assert "papers/alder2019mending" in read
    assert "papers/dogwood2021chorus" not in read


def test_a_page_is_read_once_after_an_edit(built_site: Site) -> None:
    EDITS["title"](built_site)
    assert built_site.build("dummy").read != []
    assert built_site.build("dummy").read == []


def test_what_is_written_without_being_read_is_up_to_date_in_the_folder_of_every_format(
    built_site: Site,
) -> None:
    EDITS["result"](built_site)
    read = built_site.build("dummy").read
    assert "leaderboards/dawn" not in read
    after, wanted, *_ = built_again(built_site)
    assert "16.5" in after["leaderboards/dawn.html"].decode()
    after, wanted = without_lost_words(after), without_lost_words(wanted)
    assert [name for name in wanted if after.get(name) != wanted[name]] == []


def test_edits_one_after_the_other_add_up(built_site: Site) -> None:
    for edit in ("name", "venue's name", "another paper", "renamed paper", "work's title"):
        EDITS[edit](built_site)
        built_site.build()
    after, wanted, *_ = built_again(built_site)
    after, wanted = without_lost_words(after), without_lost_words(wanted)
    assert [name for name in wanted if after.get(name) != wanted[name]] == []


def test_an_edit_undone_leaves_no_trace(built_site: Site) -> None:
    before = without_lost_words(built_site.build().files())
    EDITS["term's name"](built_site)
    built_site.build()
    built_site.edit(REGISTRY.format("facets"), "name: Loose tags", "name: Weak tags")
    assert without_lost_words(built_site.build().files()) == before
