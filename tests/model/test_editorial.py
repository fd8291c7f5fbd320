from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sphinx_papers.formats.records.prose import read_prose
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper, Result
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.records.work import Work
from sphinx_papers.model.rules.editorial import Editor, EditorialRules, SectionRule, unused_entries
from sphinx_papers.model.rules.scores import SCORE_WORDS

RULES = EditorialRules(
    sections=(
        SectionRule("Problem", 2, 4, "What went wrong."),
        SectionRule("Method"),
        SectionRule("Results"),
    ),
    optional=("Notes",),
)
FREE = EditorialRules()
GOOD = "# T\n## Problem\nOne two three.\n## Method\nFour.\n## Results\nFive.\n"


def found(
    library: Library, text: str, rules: EditorialRules = RULES, key: str = "p"
) -> list[tuple[int, str, str]]:
    return [
        (f.position.line, f.code, f.message)
        for f in Editor(library, rules).paper_findings(key, read_prose(text))
    ]


def codes(library: Library, text: str, rules: EditorialRules = RULES) -> list[tuple[int, str]]:
    return [(line, code) for line, code, _ in found(library, text, rules)]


def test_a_page_as_it_should_be() -> None:
    assert found(Library(), GOOD) == []
    assert found(Library(), GOOD.replace("## Results", "## Notes\nX.\n## Results")) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("# T\n", "", [(1, "no-title")]),
        ("## Method\nFour.\n", "", []),
        ("## Method", "## Methode", [(4, "unknown-section")]),
        ("Four.", "<!-- Four. -->", [(4, "empty-section")]),
        ("One two three.", "One.", [(2, "section-length")]),
        ("One two three.", "One two three four five.", []),
        ("One two three.", "One two three four five six.", [(2, "section-length")]),
    ],
)
def test_sections_are_there_and_have_their_length(
    old: str, new: str, expected: list[tuple[int, str]]
) -> None:
    assert codes(Library(), GOOD.replace(old, new)) == expected


def test_sections_out_of_order_are_named_once() -> None:
    text = "# T\n## Method\nA.\n## Problem\nOne two.\n## Results\nB.\n"
    assert codes(Library(), text) == [(4, "section-order")]


def test_a_misspelt_section_is_recognised() -> None:
    findings = list(
        Editor(Library(), RULES).paper_findings("p", read_prose(GOOD.replace("Results", "Result")))
    )
    assert [finding.hint for finding in findings] == ["did you mean `Results`?"]


def test_without_rules_sections_are_free() -> None:
    assert found(Library(), "# T\n## Any\n", EditorialRules()) == []


def test_references_are_counted_without_the_page_itself() -> None:
    rules = EditorialRules(references=2)
    text = "# T\n## S\n{paper}`p` {paper}`a` {paper}`a` [x](https://example.org)"
    assert codes(Library(), text, rules) == [(1, "few-references")]
    assert codes(Library(), text + " {cite:t}`b`", rules) == []


def test_a_page_that_nobody_wrote_yet_is_told_nothing() -> None:
    rules = EditorialRules((SectionRule("Problem", 5, 9),), references=2)
    assert codes(Library(), "# T\n", rules) == []
    assert codes(Library(), "# T\n## Problem\nOne two.\n", rules) == [
        (2, "section-length"),
        (1, "few-references"),
    ]


def test_a_summary_is_wanted_once_there_is_prose(make_paper: Callable[..., Paper]) -> None:
    editor = Editor(Library(), EditorialRules(shortest_summary=5))
    written = {
        (summary, sections): [
            code
            for _, code, *_ in editor.record_findings(make_paper("p", summary=summary, sections=sections))
        ]
        for summary in ("", "Maps", "Draws maps.")
        for sections in ((), ("Method",))
    }
    assert [key for key, found in written.items() if "short-summary" in found] == [
        ("", ("Method",)), ("Maps", ()), ("Maps", ("Method",)),
    ]  # fmt: skip


def texts(library: Library, *pages: str, rules: EditorialRules = FREE) -> list[tuple[str, int, str]]:
    editor = Editor(library, rules)
    return [
        (f"{number}.md", finding.position.line, f"{finding.code}: {finding.message}")
        for number, page in enumerate(pages)
        for finding in editor.text_findings(f"{number}.md", read_prose(page))
    ]


def test_dead_references_are_told_with_what_is_there(
    make_paper: Callable[..., Paper], registry: Registry, zhou: Work
) -> None:
    library = Library([make_paper("lee2021maps")], registry, [zhou], unreadable=["broken2020"])
    page = (
        f"{{paper}}`lee2021maps` {{paper:title}}`broken2020` {{cite:p}}`{zhou.key}, lee2021maps`\n"
        "{paper}`lee2021map` {method}`no-such` {cite:t}`zhou`, {cite:p}`lee2021maps, gone`"
    )
    assert [message.split(":")[0] for _, _, message in texts(library, page)] == [
        "unknown-paper", "unknown-method", "unknown-citation", "unknown-citation",
    ]  # fmt: skip
    hints = [f.hint for f in Editor(library, EditorialRules()).text_findings("p", read_prose(page))]
    assert hints[0] == "did you mean `lee2021maps`?"


def test_placeholders_are_found_in_any_case_as_whole_words() -> None:
    rules = EditorialRules(placeholders=("tbd", "to be written"))
    page = "Tbd\nA tbdx.\n<!-- TO BE WRITTEN -->"
    assert texts(Library(), page, rules=rules) == [
        ("0.md", 1, "placeholder: `Tbd` stands in for text"),
        ("0.md", 3, "placeholder: `TO BE WRITTEN` stands in for text"),
    ]


RUN = "the map is cut at a threshold and grown"


def test_a_run_of_eight_words_in_two_pages_is_told_once_where_it_begins() -> None:
    assert texts(Library(), f"First {RUN}.", f"Other\nwords: {RUN} again.") == [
        ("1.md", 2, "shared-words: 0.md has the words “the map is cut at a threshold and” too")
    ]
    assert texts(Library(), f"{RUN} {RUN}") == []
    assert texts(Library(), RUN, "the map is cut at a threshold") == []


def test_runs_end_at_headings_formulas_items_and_set_phrases() -> None:
    for cut in ("cut\n# at\na", "cut $x$ at a", "cut\n- at a", "cut `at` a"):
        page = RUN.replace("cut at a", cut)
        assert texts(Library(), page, page) == []
    assert texts(Library(), RUN, RUN, rules=EditorialRules(set_phrases=("Cut at a",))) == []
    assert texts(Library(), RUN, RUN, rules=EditorialRules(shared_words=0)) == []


@pytest.fixture
def scored(make_paper: Callable[..., Paper], registry: Registry) -> Library:
    results = (
        Result(benchmark="voc", split="val", value=70.92, source="s", note="76.8 with full masks"),
        Result(benchmark="voc", split="test", value=30.0, source="s"),
    )
    return Library([make_paper("p", results=results)], registry)


@pytest.mark.parametrize(
    ("sentence", "loose"),
    [
        ("It has 70.92 mIoU.", []),
        ("It has 70.9 mIoU.", []),
        ("It has 71 % mIoU.", []),
        ("Full masks have 76.8 mIoU.", []),
        ("It has 70.8 mIoU.", ["70.8"]),
        ("It has 72 % mIoU.", ["72"]),
        ("On VOC it has 55.5.", ["55.5"]),
        ("On VOC it has 55.5 {cite:p}`a`.", []),
        ("On VOC [they](https://example.org) have 55.5.", []),
        ("On VOC boxes move by 30 %.", []),
        ("On VOC the weight is 0.9.", []),
        ("PyTorch 31.9 is used.", []),
        ("On VOC $x = 55.5$ and `55.5`.", []),
    ],
)
def test_only_scores_that_nothing_carries_are_loose(scored: Library, sentence: str, loose: list[str]) -> None:
    messages = [message for _, _, message in found(scored, f"# T\n{sentence}", EditorialRules())]
    assert messages == [f"no result carries {number}" for number in loose]


def test_a_method_that_fails_altogether_does_not_make_small_numbers_scores(
    make_paper: Callable[..., Paper], registry: Registry
) -> None:
    usual = [Result(benchmark="voc", split="val", value=50.0 + n / 4, source="s") for n in range(99)]
    ruined = Result(benchmark="voc", split="val", value=0.35, source="s")
    library = Library([make_paper("p", results=(*usual, ruined))], registry)
    messages = [
        text for _, _, text in found(library, "# T\nOn VOC PyTorch 1.4 adds 0.9 to 30.1.", EditorialRules())
    ]
    assert messages == ["no result carries 30.1"]


def test_what_tells_a_benchmark_is_what_its_name_has_in_capitals(scored: Library) -> None:
    voc = scored.registry.benchmarks["voc"]
    registry = replace(scored.registry, benchmarks={"s": replace(voc, id="s", name="ScanNet v2 Rooms")})
    words = SCORE_WORDS.of(Library((), registry)).benchmarks
    assert words.findall("ScanNet v2 has Rooms, scannet none") == ["ScanNet"]


def test_a_record_says_where_numbers_are_from_and_enough_in_its_summary(
    scored: Library,
) -> None:
    rules = EditorialRules(shortest_summary=10, placeholders=("tbd",))
    editor = Editor(scored, rules)
    told = replace(scored["p"], summary="It draws maps.", authors=(Person(family="Berg"),))
    assert [each[1] for each in editor.record_findings(told)] == []
    assert [each[:2] for each in editor.record_findings(replace(told, authors=()))] == [((), "no-authors")]
    results = tuple(replace(result, source="", note="TBD") for result in scored["p"].results[:1])
    paper = replace(told, summary="Short.", results=results)
    assert [each[:2] for each in editor.record_findings(paper)] == [
        (("results", 0, "note"), "placeholder"), (("summary",), "short-summary"), (("results", 0), "no-source"),
    ]  # fmt: skip


def test_what_no_paper_uses_is_told(scored: Library) -> None:
    unused = set(unused_entries(scored))
    assert ("venues", "cvpr") in unused
    assert ("benchmarks", "voc") not in unused
