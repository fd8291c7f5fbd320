"""After an edit a build reads what shows the edit, and gives what a clean build gives."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
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
    return lambda site: (site.root / file).rename(site.root / name) and None


def append(file: str, text: str) -> Edit:
    return lambda site: site.append(file, text)


def add(key: str, **facts: str) -> Edit:
    record = {"title": "Gorse by Night", "date": "2023-04-05", "teaching": "[clean]", **facts}
    lines = "".join(f"  {name}: {value}\n" for name, value in record.items())
    text = f"---\npaper:\n{lines}  summary: Mends at night.\n---\n# Gorse\n\nProse.\n"
    return lambda site: site.write(f"papers/{key}.md", text)


EDITS: dict[str, Edit] = {
    "nothing": lambda site: None,
    "prose": change(FIRST, "Wind makes holes.", "Rain makes holes."),
    "heading": change(FIRST, "# Mend: the", "# Mend, the"),
    "title": change(FIRST, "Without Holes", "Without Gaps"),
    "name": change(FIRST, "names: [Mend]", "names: [Mender]"),
    "summary": change(FIRST, "long recordings usable", "long recordings useful"),
    "result": change(FIRST, "value: 12.5", "value: 16.5"),
    "author": change("papers/birch2020whistle.md", "Bo Birch", "Zoe Birch"),
    "method": change("papers/fir2022late.md", "methods: [copying]", "methods: [waiting]"),
    "date in another year": change(LAST, "date: 2022", "date: 2023"),
    "lineage": change(LAST, "habitat: [city]", "habitat: [city]\n  builds_on: [alder2019mending]"),
    "venue's name": change(REGISTRY.format("venues"), "name: WREN", "name: Wren"),
    "term's name": change(REGISTRY.format("facets"), "name: Weak tags", "name: Loose tags"),
    "order of terms": change(REGISTRY.format("facets"), "    city: {name: City}\n", ""),
    "facet's name": change(REGISTRY.format("facets"), "name: Gear", "name: Device"),
    "condition's name": change(REGISTRY.format("conditions"), "16 kHz", "16000 Hz"),
    "split's summary": change(REGISTRY.format("benchmarks"), "close to the", "near the"),
    "method's name": change("docs/methods/copying.md", "name: Copying from neighbours", "name: Copying"),
    "method's heading": change("docs/methods/copying.md", "# Copying from", "# To copy from"),
    "another paper": add("gorse2023night"),
    "another paper of an old year": add("gorse2019night", date="2019", builds_on="[alder2019mending]"),
    "renamed paper": rename(LAST, "papers/elm2022tuned.md"),
    "deleted paper": delete(LAST),
    "deleted method": both(
        delete("docs/methods/waiting.md"),
        change(FIRST, "[quiet scenes](../docs/methods/waiting.md)", "quiet scenes"),
        lambda site: site.write("docs/showcase.md", "# Showcase\n"),
    ),
    "work's title": change("docs/references.bib", "Counting Gaps", "Counting Holes"),
    "work's author": change("docs/references.bib", "Osier, Olga", "Ossier, Olga"),
    "another work": append("docs/references.bib", "\n@misc{teal1999,\n author={Teal, T.},\n title={Tones},\n year={1999}}\n"),
    "template": change("docs/_templates/layout.html", ">edit</a>", ">change</a>"),
    "broken record": change(LAST, "teaching: [none]", "teaching: [nothing]"),
    "broken registry": change(REGISTRY.format("venues"), "kind: preprint", "kind: print"),
    "folder of a facet": both(
        change(REGISTRY.format("facets"), "  many: true\n  pages: true\n  terms:\n    marsh", "  many: true\n  terms:\n    marsh"),
        change("docs/papers/index.md", "/habitat/index\n", ""),
    ),
}  # fmt: skip
# The order of terms is that of the registry.
EDITS["order of terms"] = both(
    EDITS["order of terms"],
    change(REGISTRY.format("facets"), "    marsh: {name: Marsh}\n", "    city: {name: City}\n    marsh: {name: Marsh}\n"),
)  # fmt: skip


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


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_after_an_edit_every_page_is_what_a_clean_build_makes_of_it(built_site: Site, edit: Edit) -> None:
    edit(built_site)
    after, wanted, *_ = built_again(built_site)
    after, wanted = without_lost_words(after), without_lost_words(wanted)
    assert [name for name in wanted if after.get(name) != wanted[name]] == []


@pytest.mark.parametrize(
    "edit", ["renamed paper", "deleted paper", "date in another year", "broken record", "folder of a facet"]
)
def test_no_page_is_left_of_a_document_that_is_gone(built_site: Site, edit: str) -> None:
    EDITS[edit](built_site)
    after, wanted, *_ = built_again(built_site)
    assert sorted(after.keys() - wanted.keys()) == []


def test_the_search_index_forgets_words_that_no_page_holds(built_site: Site) -> None:
    built_site.edit(FIRST, "Wind makes", "Rain makes")
    assert "wind" in search_index({"searchindex.js": (built_site.root / "_build/html/searchindex.js").read_bytes()})["terms"]
    assert "wind" not in search_index(built_site.build().files())["terms"]


SHOWN: dict[str, tuple[str, Edit]] = {
    # What a page shows, and the edit after which it can show it.
    "card": ("```{paper:card} gorse2023night\n```", add("gorse2023night")),
    "results": ("```{paper:results} gorse2023night\n```", add("gorse2023night")),
    "table by key": ("```{paper:table}\n:key: gorse2023night\n```", add("gorse2023night")),
    "table by venue": ("```{paper:table}\n:venue: lark\n```", change(REGISTRY.format("venues"), "nest:", "lark:")),
    "column": ("```{paper:table}\n:columns: song\n```", change(REGISTRY.format("facets"), "gear:\n", "song:\n  name: S\n  terms: {}\ngear:\n")),
    "groups": ("```{paper:groups} song\n```", change(REGISTRY.format("facets"), "gear:\n", "song:\n  name: S\n  terms: {}\ngear:\n")),
    "leaderboard": ("```{paper:leaderboard} dawn noon\n```", change(REGISTRY.format("benchmarks"), "    far:", "    noon: {name: noon}\n    far:")),
    "name of a paper": ("{paper}`gorse2023night`", add("gorse2023night")),
    "own text": ("{paper}`text <gorse2023night>`", add("gorse2023night")),
    "name of a method": ("{method}`hoping`", lambda site: site.write("docs/methods/hoping.md", "---\nmethod: {name: Hoping, summary: H.}\n---\n# H\n")),
    "citation": ("{cite:p}`gorse2023night`", add("gorse2023night")),
    "any": ("{any}`hoping`", lambda site: site.write("docs/methods/hoping.md", "---\nmethod: {name: Hoping, summary: H.}\n---\n# H\n")),
}  # fmt: skip


@pytest.mark.parametrize("shown", SHOWN)
def test_a_page_heals_when_what_it_asks_for_comes_to_be(site: Site, shown: str) -> None:
    text, edit = SHOWN[shown]
    site.append("docs/showcase.md", f"\n## Late\n\n{text}\n")
    assert len(site.build().warnings) == 1
    edit(site)
    after, wanted, warnings, _ = built_again(site)
    assert warnings == []
    assert after["showcase.html"] == wanted["showcase.html"]


GONE: dict[str, tuple[str, Edit]] = {
    # What a page shows, and the edit after which it cannot show it any more.
    "card": ("```{paper:card} elm2022tuning\n```", delete(LAST)),
    "table by key": ("```{paper:table}\n:key: elm2022tuning\n```", delete(LAST)),
    "built on by": ("```{paper:built-on-by} elm2022tuning\n```", delete(LAST)),
    "name of a paper": ("{paper}`elm2022tuning`", delete(LAST)),
    "own text": ("{paper}`text <elm2022tuning>`", delete(LAST)),
    "citation": ("{cite:p}`elm2022tuning`", delete(LAST)),
    "table by venue": ("```{paper:table}\n:venue: nest\n```", change(REGISTRY.format("venues"), "nest:", "lark:")),
    "leaderboard": ("```{paper:leaderboard} silence all\n```", change(REGISTRY.format("benchmarks"), "silence:", "noise:")),
    "best of a split": ("```{paper:table}\n:columns: name best:silence/all\n```", change(REGISTRY.format("benchmarks"), "silence:", "noise:")),
    "column": ("```{paper:table}\n:columns: name song\n```", change(REGISTRY.format("facets"), "song:\n", "sound:\n")),
    "group": ("```{paper:table}\n:group-by: song\n```", change(REGISTRY.format("facets"), "song:\n", "sound:\n")),
    "term": ("```{paper:count}\n:song: long\n```", change(REGISTRY.format("facets"), "long: {", "short: {")),
    "groups": ("```{paper:groups} song\n```", change(REGISTRY.format("facets"), "song:\n", "sound:\n")),
}  # fmt: skip


@pytest.mark.parametrize("shown", GONE)
def test_a_page_says_so_when_what_it_asks_for_is_gone(site: Site, shown: str) -> None:
    text, edit = GONE[shown]
    site.write("docs/showcase.md", f"# Showcase\n\n## Early\n\n{text}\n")
    site.append(REGISTRY.format("facets"), "song:\n  name: Song\n  terms:\n    long: {name: Long}\n")
    assert site.build().warnings == []
    edit(site)
    after, wanted, warnings, clean_warnings = built_again(site)
    assert len(clean_warnings) == 1
    assert warnings == clean_warnings
    assert after["showcase.html"] == wanted["showcase.html"]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        ("nothing", []),
        ("prose", ["papers/alder2019mending"]),
        ("summary", ["papers/alder2019mending", "showcase"]),
        ("result", ["leaderboards/dawn", "papers/alder2019mending", "showcase"]),
        (
            "title",
            [
                "habitat/marsh", "methods/copying", "papers/alder2019mending", "papers/dogwood2021chorus",
                "papers/index", "references", "showcase", "teaching/clean", "venues/wren", "years/2019",
            ],
        ),
        ("split's summary", ["leaderboards/dawn"]),
        ("work's title", ["references"]),
        (
            "condition's name",
            ["leaderboards/dawn", "papers/alder2019mending", "showcase"],
        ),
        ("another work", ["references"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_shows_an_edit_is_read_again_and_nothing_else(
    built_site: Site, edit: str, expected: list[str]
) -> None:
    EDITS[edit](built_site)
    assert sorted(built_site.build().read) == expected


def test_a_page_is_read_once_after_an_edit(built_site: Site) -> None:
    EDITS["title"](built_site)
    assert built_site.build().read != []
    assert built_site.build().read == []


def test_a_new_version_of_a_record_s_file_with_the_same_record_reads_that_page_alone(built_site: Site) -> None:
    built_site.edit(FIRST, "  names: [Mend]\n", "  names:\n    - Mend\n")
    assert built_site.build().read == ["papers/alder2019mending"]


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
