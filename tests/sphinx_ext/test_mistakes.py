# ruff: noqa: RUF001  what a page shows is compared as it is printed
"""What is wrong is said, where it is, and the build goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Built, Site


def directive(name: str, **options: str) -> str:
    lines = [f":{option.replace('_', '-')}: {value}" for option, value in options.items()]
    return "\n".join([f"```{{{name}}}", *lines, "```"])


# What an author writes, and what is said of it.
WRITTEN = {
    "unknown field": (
        directive("paper:table", venu="wren"),
        "paper:table: unknown field `venu`: did you mean `venue`? [papers.selection]",
    ),
    "unknown venue": (
        directive("paper:table", venue="wrem"),
        "paper:table: unknown venue `wrem`: did you mean `wren`? [papers.selection]",
    ),
    "unknown excluded venue": (
        directive("paper:table", venue="not wrem"),
        "paper:table: unknown venue `wrem`: did you mean `wren`? [papers.selection]",
    ),
    "unknown term": (
        directive("paper:table", teaching="noise"),
        "paper:table: unknown teaching `noise`: did you mean `none`? [papers.selection]",
    ),
    "unknown method": (
        directive("paper:table", method="praying"),
        "paper:table: unknown method `praying`: did you mean `copying`? [papers.selection]",
    ),
    "unknown key": (
        directive("paper:table", key="alder2019mendng"),
        "paper:table: unknown key `alder2019mendng`: did you mean `alder2019mending`? [papers.selection]",
    ),
    "unknown property": (
        directive("paper:table", has="glamour"),
        ("paper:table: unknown has `glamour`: known are arxiv, baseline, code, doi, masks, name, permissive-licence,"
        " project, reproductions, results, summary, weights"
        " [papers.selection]"),
    ),
    "unknown column": (
        directive("paper:table", columns="name titel"),
        "paper:table: unknown column `titel`: did you mean `title`? [papers.selection]",
    ),
    "unknown part": (
        "```{paper:reliability} state\n```",
        "paper:reliability: unknown part `state`: did you mean `states`? [papers.selection]",
    ),
    "unknown figure": (
        "```{paper:figures} papers result\n```",
        "paper:figures: unknown figure `result`: did you mean `results`? [papers.selection]",
    ),
    "unknown split": (
        directive("paper:table", columns="best:dawn/middle"),
        "paper:table: unknown benchmark and split `dawn/middle`: did you mean `dawn/near`? [papers.selection]",
    ),
    "unknown group": (
        directive("paper:table", group_by="venu"),
        "paper:table: cannot group by `venu`: did you mean `venue`? [papers.selection]",
    ),
    "unknown order": (
        directive("paper:table", sort="size"),
        "paper:table: unknown order `size`: known are date, key, name, title, venue, year [papers.selection]",
    ),
    "limit of none": (
        directive("paper:table", limit="0"),
        "paper:table: limit must be a whole number from 1, not `0` [papers.selection]",
    ),
    "limit in words": (
        directive("paper:count", limit="few"),
        "paper:count: limit must be a whole number from 1, not `few` [papers.selection]",
    ),
    "no year": (
        directive("paper:count", year="last"),
        "paper:count: `last` is no year or range of years such as 2019-2021, 2020- or -2018 [papers.selection]",
    ),
    "option without value": (
        directive("paper:table", method=""),
        "paper:table: `method` needs a value [papers.selection]",
    ),
    "toctree": (
        directive("paper:toctree", venue="wrem"),
        "paper:toctree: unknown venue `wrem`: did you mean `wren`? [papers.selection]",
    ),
    "card": (
        "```{paper:card} alder2019mendin\n```",
        "paper:card: unknown paper `alder2019mendin`: did you mean `alder2019mending`? [papers.selection]",
    ),
    "results": (
        "```{paper:results} nobody\n```",
        "paper:results: unknown paper `nobody`: no such page [papers.selection]",
    ),
    "built on by": (
        "```{paper:built-on-by} nobody\n```",
        "paper:built-on-by: unknown paper `nobody`: no such page [papers.selection]",
    ),
    "benchmark": (
        "```{paper:leaderboard} dwn near\n```",
        "paper:leaderboard: unknown benchmark `dwn`: did you mean `dawn`? [papers.selection]",
    ),
    "split": (
        "```{paper:leaderboard} dawn neer\n```",
        "paper:leaderboard: unknown split `neer`: did you mean `near`? [papers.selection]",
    ),
    "kind of groups": (
        "```{paper:groups} habitats\n```",
        "paper:groups: unknown kind of group `habitats`: did you mean `habitat`? [papers.selection]",
    ),
    "kind of pages": (
        "```{paper:pages} genre\n```",
        "paper:pages: unknown kind of group `genre`: did you mean `gear` or `venue`? [papers.selection]",
    ),
    "paper": (
        "{paper}`alder2019mendin`",
        "unknown paper `alder2019mendin` (did you mean `alder2019mending`?) [papers.unknown-paper]",
    ),
    "paper with own text": (
        "{paper:title}`some text <nobody>`",
        "unknown paper `nobody` (see the list of pages for the keys there are) [papers.unknown-paper]",
    ),
    "method": (
        "{method}`coping`",
        "unknown method `coping` (did you mean `copying`?) [papers.unknown-method]",
    ),
    "file": (
        "{paper:file}`papers.bb`",
        "unknown export `papers.bb` (did you mean `papers.bib` or `papers.ris`?) [papers.unknown-file]",
    ),
    "citation": (
        "{cite:p}`nobody,osier2011gaps`",
        "no entry `nobody` in the bibliography [papers.unknown-citation]",
    ),
    "malformed citation": (
        "{cite:p}`a} b`",
        "`a} b` is no list of keys [papers.unknown-citation]",
    ),
    "long citation": (
        "{cite}`" + "osier2011gaps," * 3000 + "x`",
        "`osier2011gaps,osier2011gaps,osier2011gap...` is no list of keys [papers.unknown-citation]",
    ),
    "any": ("{any}`nobody`", "'any' reference target not found: nobody [ref.any]"),
}  # fmt: skip


def _page() -> tuple[str, dict[int, str]]:
    """A page of every mistake, and which of them begins on which line."""
    text, lines = "---\norphan: true\n---\n# Mistakes\n\n", {}
    for name, (written, _) in WRITTEN.items():
        lines[text.count("\n") + 1] = name
        text += f"{written}\n\n"
    return f"{text}The end.\n", lines


@pytest.fixture(scope="session")
def mistaken(build_of: Callable[[dict[str, str]], Built]) -> Built:
    return build_of({"docs/mistakes.md": _page()[0]})


@pytest.fixture(scope="session")
def said(mistaken: Built) -> dict[str, list[str]]:
    """What was said of each mistake, and under the empty name whatever else was."""
    _, lines = _page()
    found: dict[str, list[str]] = {}
    for warning in mistaken.warnings:
        place, _, message = warning.partition(": WARNING: ")
        file, _, line = place.partition(":")
        name = lines.get(int(line), "") if file == "docs/mistakes.md" else ""
        found.setdefault(name, []).append(message)
    return found


@pytest.mark.parametrize("mistake", WRITTEN)
def test_a_mistake_is_one_warning_at_its_line(said: dict[str, list[str]], mistake: str) -> None:
    assert said.get(mistake) == [WRITTEN[mistake][1]]


def test_nothing_else_is_said(said: dict[str, list[str]]) -> None:
    assert said.get("", []) == []


def test_a_mistake_shows_its_own_words_or_nothing_and_the_rest_of_the_page_stays(mistaken: Built) -> None:
    page = mistaken.page("mistakes")
    (section,) = page.body.findall("./section")
    assert [each.tag for each in section if each.tag != "p"] == ["h1"]
    assert page.texts(section, "p") == [
        "alder2019mendin", "some text", "coping", "papers.bb", "[Osier and Wren, 2011]", "a} b",
        "osier2011gaps," * 3000 + "x", "nobody", "The end.",
    ]  # fmt: skip
    assert page.links(section) == [("Osier and Wren, 2011", "references.html#osier2011gaps")]


def test_a_formula_that_cannot_be_shown_stays_as_it_was_written(site: Site) -> None:
    site.append("docs/showcase.md", "\n## Formula\n\nA $\\frac$ b.\n")
    result = site.build()
    (warning,) = result.warnings
    assert warning.startswith("docs/showcase.md:240: WARNING: this formula is not complete: '\\\\frac'")
    assert warning.endswith("[papers.math]")
    page = result.page("showcase")
    assert page.texts(page.section("formula"), ".//code[@class='math']") == ["\\frac"]


def test_kinds_of_groups_without_pages_cannot_be_put_into_the_contents(site: Site) -> None:
    site.write("docs/mistakes.md", "---\norphan: true\n---\n# Mistakes\n\n```{paper:pages} gear\n```\n")
    (warning,) = site.build().warnings
    assert warning.startswith("docs/mistakes.md:6: WARNING: paper:pages: ")
    assert warning.endswith("[papers.selection]")


# Every file of the collection broken in its own way, and everything that is said of them.
BROKEN: dict[str, tuple[str, str]] = {
    "papers/alder2019mending.md": ("teaching: [clean]", "teaching: [cleen]\n  colour: red"),
    "papers/birch2020whistle.md": ("venue: {id: jol,", "venue: {id: joll,"),
    "papers/cedar2021silent.md": ("  date: 2021-05-01\n", ""),
    "papers/dogwood2021chorus.md": ("value: 14.0", "value: 140"),
    "papers/elm2022tuning.md": ("title: Tuning Without a Fork", "title: Tuning: Without a Fork"),
    "docs/methods/waiting.md": ("  name: Waiting\n", ""),
    "docs/registries/venues.yml": ("  kind: workshop\n", "  kind: walk\n"),
    "docs/references.bib": ("  title = {The Patient Ear},\n", ""),
}  # fmt: skip
SAID = [
    "docs/methods/waiting.md:3:3: WARNING: `name` is missing (every record needs it) [papers.missing-key]",
    "docs/references.bib:8:1: WARNING: `reed2005ear`: it has no title [papers.bibtex]",
    (
        "docs/registries/venues.yml:21:9: WARNING: kind: input should be 'conference', 'workshop', 'journal' or 'preprint'"
        " (not `walk`) [papers.wrong-type]"
    ),
    (
        "papers/alder2019mending.md:12:14: WARNING: teaching[0]: `cleen` is not known (did you mean `clean`?)"
        " [papers.unknown-value]"
    ),
    (
        "papers/alder2019mending.md:13:3: WARNING: unknown key `colour` (known are added, arxiv, arxiv_class, as_printed,"
        " authors, builds_on, chain, code, corrections, date, doi, formerly, gear, habitat, links, methods, names,"
        " reproductions, results, sources, summary, teaching, title, venue)"
        " [papers.unknown-key]"
    ),
    (
        "papers/birch2020whistle.md:8:15: WARNING: venue.id: `joll` is not known (did you mean `jol`?)"
        " [papers.unknown-value]"
    ),
    "papers/cedar2021silent.md:3:3: WARNING: `date` is missing (every record needs it) [papers.missing-key]",
    (
        "papers/dogwood2021chorus.md:20:45: WARNING: 140 is no SNR on Dawn Chorus (it must be from -20 to 60)"
        " [papers.out-of-range]"
    ),
    (
        "papers/elm2022tuning.md:3:16: WARNING: this is not valid YAML: mapping values are not allowed in this context"
        " (quote a text that contains a colon, #, brackets or quotes) [papers.yaml]"
    ),
]


def of_records(warnings: list[str]) -> list[str]:
    """Those of our own, but for links to what a broken record does not say any more."""
    return [each for each in warnings if "[papers." in each and "[papers.unknown-m" not in each]


@pytest.fixture(scope="session")
def broken_site(tmp_path_factory: pytest.TempPathFactory, unchanged: Site, copy: Callable[..., Site]) -> Site:
    site = copy(tmp_path_factory.mktemp("broken") / "site")
    for file, (old, new) in BROKEN.items():
        site.edit(file, old, new)
    # What the page about everything shows is not the matter here.
    site.write("docs/showcase.md", "# Showcase\n")
    return site


@pytest.fixture(scope="session")
def broken(broken_site: Site) -> Built:
    return broken_site.build()


def test_every_problem_of_every_file_is_said_in_one_build(broken: Built) -> None:
    assert of_records(broken.warnings) == SAID


def test_a_broken_page_is_there_without_generated_parts(broken: Built) -> None:
    page = broken.page("papers/alder2019mending")
    assert page.texts(page.body, ".//h2") == ["Problem", "Results", "Relation to other work", "Caveats"]
    assert page.body.findall(".//dl") == []
    assert page.body.findall(".//table") == []


def test_other_pages_are_whole(broken: Built) -> None:
    page = broken.page("papers/fir2022late")
    assert page.fields(page.body, "sp-card")["Cite as"] == "fir2022late"
    assert page.rows(broken.page("papers/index").body) == [
        ["Date", "Name", "Title", "Venue", "Links"],
        ["2022-01-10", "–", "Late Evening, Early Morning", "–", "–"],
    ]


def test_a_reference_to_a_broken_page_shows_its_key(broken: Built) -> None:
    page = broken.page("methods/copying")
    assert ("birch2020whistle", "../papers/birch2020whistle.html") in page.links(page.body)


def test_a_build_that_changes_nothing_says_it_all_again(broken_site: Site, broken: Built) -> None:
    again = broken_site.build()
    assert again.read == []
    assert of_records(again.warnings) == SAID


def test_problems_fail_a_build_with_warnings_as_errors_after_the_last_page(broken_site: Site) -> None:
    ran = broken_site.run()
    assert ran.code == 1
    assert [line for line in ran.stderr.splitlines() if line in SAID] == SAID
    assert {f"{name}.html" for name in ("index", "search", "papers/fir2022late")} <= ran.files().keys()


def test_a_collection_without_mistakes_passes_in_the_same_way(unchanged: Site) -> None:
    ran = unchanged.run()
    assert (ran.code, ran.stderr) == (0, "")


def test_warnings_can_be_silenced_by_type(broken_site: Site) -> None:
    result = broken_site.build(folder="_silent", suppress_warnings=["papers.unknown-key", "papers.yaml"])
    assert [each for each in SAID if each not in result.warnings] == [SAID[4], SAID[8]]


def test_records_that_clash_are_told_so(site: Site) -> None:
    site.edit("papers/fir2022late.md", "title: Late Evening, Early Morning", "title: tuning without a fork!")
    site.edit("papers/dogwood2021chorus.md", "2105.00002", "2105.00001")
    site.append("docs/references.bib", "\n@misc{elm2022tuning,\n  title = {Tuning},\n  year = {2022},\n}\n")
    assert of_records(site.build().warnings) == [
        ("papers/dogwood2021chorus.md:9:10: WARNING: `cedar2021silent` has the same arxiv (keep one page for a paper)"
        " [papers.duplicate-arxiv]"),
        ("papers/fir2022late.md:3:10: WARNING: `elm2022tuning` has the same title (keep one page for a paper)"
        " [papers.duplicate-title]"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("venues", b"wren: [\n", "2:1: WARNING: this is not valid YAML: "),
        ("venues", b"- wren\n", "1:1: WARNING: a registry maps identifiers to what they stand for"),
        ("venues", b"\xfcber\n", "1:1: WARNING: byte 0 is not UTF-8"),
        ("benchmarks", b"dawn: [\n", "2:1: WARNING: this is not valid YAML: "),
        ("facets", b"gear: [\n", "2:1: WARNING: this is not valid YAML: "),
        ("conditions", b"rate: [\n", "2:1: WARNING: this is not valid YAML: "),
    ],
    ids=["no YAML", "list", "not UTF-8", "benchmarks", "facets", "conditions"],
)
def test_a_registry_that_cannot_be_read_is_a_warning(
    site: Site, name: str, data: bytes, message: str
) -> None:
    (site.root / f"docs/registries/{name}.yml").write_bytes(data)
    site.write("docs/showcase.md", "# Showcase\n")
    warnings = site.build("dummy").warnings
    assert [each for each in warnings if each.startswith(f"docs/registries/{name}.yml:{message}")] != []
    # The records that it was to explain are not read, and say why.
    assert [each for each in warnings if each.startswith("papers/alder2019mending.md:")] != []


def test_without_venues_a_record_cannot_name_one(site: Site) -> None:
    (site.root / "docs/registries/venues.yml").unlink()
    site.write("docs/showcase.md", "# Showcase\n")
    warnings = site.build("dummy").warnings
    assert [
        each for each in warnings if each.startswith("papers/alder2019mending.md:8:15: WARNING: venue.id: ")
    ] != []


def test_a_bibliography_that_is_not_utf_8_is_a_warning(site: Site) -> None:
    (site.root / "docs/references.bib").write_bytes(b"@misc{a,\n  title = {Gr\xfcn},\n}\n")
    site.write("docs/showcase.md", "# Showcase\n")
    (warning, *_) = site.build("dummy").warnings
    assert warning.startswith("docs/references.bib:1:1: WARNING: byte 22 is not UTF-8")


@pytest.mark.parametrize(
    ("file", "identifier", "form"),
    [
        ("facets", "title", "terms: {a: {name: A}}"),
        ("facets", "_own", "terms: {a: {name: A}}"),
        ("conditions", "value", ""),
        ("conditions", "gear", ""),  # which is a facet already
    ],
)
def test_an_identifier_that_means_something_else_is_a_warning(
    site: Site, file: str, identifier: str, form: str
) -> None:
    path = f"docs/registries/{file}.yml"
    line = (site.root / path).read_text("utf-8").count("\n") + 1
    site.append(path, f"{identifier}:\n  name: Wrong\n  {form}\n")
    assert [each for each in site.build("dummy").warnings if each.startswith(f"{path}:{line}:")] != []


def test_an_entry_of_a_registry_that_is_wrong_takes_no_other_with_it(site: Site) -> None:
    site.edit("docs/registries/venues.yml", "  kind: journal\n", "")
    assert site.build("dummy").warnings == [
        "docs/registries/venues.yml:8:3: WARNING: `kind` is missing (every record needs it) [papers.missing-key]",
        ("papers/birch2020whistle.md:8:15: WARNING: venue.id: `jol` is not known (known are wren, arxiv, nest)"
        " [papers.unknown-value]"),
    ]  # fmt: skip


def test_a_benchmark_that_refers_to_no_known_work_is_told_so_where_it_says_it(site: Site) -> None:
    site.edit("docs/registries/benchmarks.yml", "reference: osier2011gaps", "reference: nobody")
    (warning,) = site.build().warnings
    assert warning.startswith("docs/registries/benchmarks.yml:17:14: WARNING: ")
