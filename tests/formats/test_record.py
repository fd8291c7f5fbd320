from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from jsonschema import Draft202012Validator

from sphinx_papers.formats.records.record import record_schema
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.paper import (
    Appearance,
    Correction,
    Links,
    Measurer,
    Paper,
    Printed,
    Repository,
    Reproduction,
    Result,
    Source,
    SourceKind,
)
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Registry

Read = Callable[..., tuple[Paper | None, list[str]]]

NEEDED = "every record needs it"
EMPTY = "it is empty; leave the key out if there is nothing to say"
NOTHING = "there is nothing here (leave the key out if there is nothing to say)"
DATES = "(write YYYY, YYYY-MM or YYYY-MM-DD)"
ARXIV = '(write it like "2105.08965", without version)'
DOIS = "(write it like 10.1109/CVPR.2021.00001, without address)"
URLS = "(it must begin with https:// or http://)"
BRACES = "keys with values are expected, in {braces}"
BRACKETS = "a list is expected, in [brackets]"
ONCE = "(keep one of them)"
KEYS = (
    "added, arxiv, arxiv_class, as_printed, authors, builds_on, chain, code, corrections, date, doi, domain, formerly, "
    "inputs, links, methods, names, pipeline, reproductions, results, sources, summary, supervision, title, venue"
)

UNKNOWN_KEYS = [
    (["venu: {id: cvpr}"], ["7:3: error[unknown-key]: unknown key `venu` (did you mean `venue`?)"]),
    (["xyz: 1"], [f"7:3: error[unknown-key]: unknown key `xyz` (known are {KEYS})"]),
    (
        ["links: {papr: https://a.org}"],
        ["7:11: error[unknown-key]: unknown key `links.papr` (did you mean `paper`?)"],
    ),
    (
        ["venue: {id: cvpr, year: 2021, page: 1-2}"],
        ["7:33: error[unknown-key]: unknown key `venue.page` (did you mean `pages`?)"],
    ),
    (
        ["sources: {a: {url: https://a.org, abot: x, kind: index}}"],
        ["7:37: error[unknown-key]: unknown key `sources.a.abot` (did you mean `about`?)"],
    ),
    (
        [
            "results: [{benchmark: voc, split: val, value: 1}, {benchmark: voc, split: val, value: 1, bakbone: x}]"
        ],
        ["7:92: error[unknown-key]: unknown key `results[1].bakbone` (did you mean `backbone`?)"],
    ),
    (
        ["results: [{benchmark: voc, split: val, value: 1, q: x}]"],
        [
            (
                "7:52: error[unknown-key]: unknown key `results[0].q` (known are also, backbone, benchmark, by, crf, inputs, "
                "note, pipeline, source, split, supervision, value, variant, where)"
            )
        ],
    ),
    # A facet that no result may state for itself.
    (
        ["results: [{benchmark: voc, split: val, value: 1, domain: [video]}]"],
        [
            (
                "7:52: error[unknown-key]: unknown key `results[0].domain` (known are also, backbone, benchmark, by, crf, "
                "inputs, note, pipeline, source, split, supervision, value, variant, where)"
            )
        ],
    ),
    # Brackets in a key are the author's, not a mark of ours.
    (["'names[0]': x"], ["7:3: error[unknown-key]: unknown key `names[0]` (did you mean `names`?)"]),
    (
        ["sources: {'a [1]': {url: https://a.org, abot: x, kind: index}}"],
        ["7:43: error[unknown-key]: unknown key `sources.a [1].abot` (did you mean `about`?)"],
    ),
]
MISSING_KEYS = [
    (["title"], [f"3:3: error[missing-key]: `title` is missing ({NEEDED})"]),
    (["date"], [f"3:3: error[missing-key]: `date` is missing ({NEEDED})"]),
    (["supervision"], [f"3:3: error[missing-key]: `supervision` is missing ({NEEDED})"]),
    (["supervision: []"], [f"6:16: error[missing-key]: `supervision` is empty ({NEEDED})"]),
    (["venue: {id: cvpr}"], [f"7:10: error[missing-key]: `venue.year` is missing ({NEEDED})"]),
    (
        ["sources: {a: {about: x, kind: index}}"],
        [f"7:16: error[missing-key]: `sources.a.url` is missing ({NEEDED})"],
    ),
    (
        ["results:\n    - {split: val}"],
        [
            f"8:7: error[missing-key]: `results[0].benchmark` is missing ({NEEDED})",
            f"8:7: error[missing-key]: `results[0].value` is missing ({NEEDED})",
        ],
    ),
]
WRONG_TYPES = [
    (["title: [a]"], ["3:10: error[wrong-type]: title: a text is expected (not `['a']`)"]),
    (["title: {a: b}"], ["3:10: error[wrong-type]: title: a text is expected (not `{'a': 'b'}`)"]),
    (["names: EPS"], [f"7:10: error[wrong-type]: names: {BRACKETS} (not `EPS`)"]),
    (["authors: {a: b}"], [f"7:12: error[wrong-type]: authors: {BRACKETS} (not `{{'a': 'b'}}`)"]),
    (["supervision: image"], [f"6:16: error[wrong-type]: supervision: {BRACKETS} (not `image`)"]),
    (["venue: cvpr"], [f"7:10: error[wrong-type]: venue: {BRACES} (not `cvpr`)"]),
    (["links: [https://a.org]"], [f"7:10: error[wrong-type]: links: {BRACES} (not `['https://a.org']`)"]),
    (["sources: [a]"], [f"7:12: error[wrong-type]: sources: {BRACES} (not `['a']`)"]),
    (
        ["sources: {a: https://a.org}"],
        [f"7:16: error[wrong-type]: sources.a: {BRACES} (not `https://a.org`)"],
    ),
    (
        ["results: {benchmark: voc}"],
        [f"7:12: error[wrong-type]: results: {BRACKETS} (not `{{'benchmark': 'voc'}}`)"],
    ),
    (["results: [70.9]"], [f"7:13: error[wrong-type]: results[0]: {BRACES} (not `70.9`)"]),
    (
        ["venue: {id: cvpr, year: soon}"],
        ["7:27: error[wrong-type]: venue.year: a whole number is expected (not `soon`)"],
    ),
    (
        ["venue: {id: cvpr, year: 2021.5}"],
        ["7:27: error[wrong-type]: venue.year: a whole number is expected (not `2021.5`)"],
    ),
    (
        ["results: [{benchmark: voc, split: val, value: 70.9%}]"],
        ["7:49: error[wrong-type]: results[0].value: a number is expected (not `70.9%`)"],
    ),
    # Long values are cut.
    (
        [f"names: {'x' * 41}"],
        [f"7:10: error[wrong-type]: names: {BRACKETS} (not `{'x' * 40}...`)"],
    ),
    (
        [f"names: {'x' * 40}"],
        [f"7:10: error[wrong-type]: names: {BRACKETS} (not `{'x' * 40}`)"],
    ),
]
EMPTY_VALUES = [
    (["title: ''"], [f"3:10: error[empty]: title: {NOTHING}"]),
    (["title: ' '"], [f"3:10: error[empty]: title: {NOTHING}"]),
    (["title: null"], [f"3:10: error[wrong-type]: title: a text is expected ({EMPTY})"]),
    (["doi: ''"], [f"7:8: error[empty]: doi: {NOTHING}"]),
    (["links: null"], [f"7:10: error[wrong-type]: links: {BRACES} ({EMPTY})"]),
    (["code: "], [f"7:8: error[wrong-type]: code: {BRACKETS} ({EMPTY})"]),
    (["names: [EPS, '']"], [f"7:16: error[empty]: names[1]: {NOTHING}"]),
    (
        ["venue: {id: cvpr, year: }"],
        [f"7:27: error[wrong-type]: venue.year: a whole number is expected ({EMPTY})"],
    ),
    (["sources: {'': {url: https://a.org, kind: index}}"], [f"7:13: error[empty]: sources: {NOTHING}"]),
    (["inputs: null"], [f"7:11: error[wrong-type]: inputs: {BRACKETS} ({EMPTY})"]),
]
BAD_DATES = [
    (["date: 19.5.2021"], [f"5:9: error[bad-date]: date: `19.5.2021` is no date {DATES}"]),
    (["date: 20210519"], [f"5:9: error[bad-date]: date: `20210519` is no date {DATES}"]),
    (["date: 2021-13"], [f"5:9: error[bad-date]: date: `2021-13` is no date {DATES}"]),
    (["date: 2021-02-29"], [f"5:9: error[bad-date]: date: `2021-02-29` is no date {DATES}"]),
    (
        ["sources: {a: {url: https://a.org, checked: today, kind: index}}"],
        [f"7:46: error[bad-date]: sources.a.checked: `today` is no date {DATES}"],
    ),
    (
        ["venue: {id: cvpr, year: 1899}"],
        ["7:27: error[wrong-type]: venue.year: input should be greater than or equal to 1900 (not `1899`)"],
    ),
    (
        ["venue: {id: cvpr, year: 2101}"],
        ["7:27: error[wrong-type]: venue.year: input should be less than or equal to 2100 (not `2101`)"],
    ),
    (
        ["venue: {id: cvpr, year: 2021, month: 0}"],
        ["7:40: error[wrong-type]: venue.month: input should be greater than or equal to 1 (not `0`)"],
    ),
    (
        ["venue: {id: cvpr, year: 2021, month: 13}"],
        ["7:40: error[wrong-type]: venue.month: input should be less than or equal to 12 (not `13`)"],
    ),
]
BAD_IDENTIFIERS = [
    *(
        ([f"arxiv: {text}"], [f"7:10: error[bad-arxiv]: arxiv: `{text}` is no arXiv id {ARXIV}"])
        for text in (
            "2105.089",
            "2113.08965",
            "2105.08965v1",
            "arXiv:2105.08965",
            "https://arxiv.org/abs/2105.08965",
            "21\N{FULLWIDTH DIGIT ZERO}5.08965",
            "2105.0896\N{FULLWIDTH DIGIT FIVE}",
            "cs/9913001",
        )
    ),
    *(
        ([f"doi: {text}"], [f"7:8: error[bad-doi]: doi: `{text}` is no DOI {DOIS}"])
        for text in (
            "https://doi.org/10.1109/x",
            "doi:10.1109/x",
            "10.1109",
            "10.1109/",
            "11.1109/x",
            "10.1/x",
        )
    ),
    (['doi: "10.1109/a b"'], [f"7:8: error[bad-doi]: doi: `10.1109/a b` is no DOI {DOIS}"]),
    (
        ["venue: {id: cvpr, year: 2021, pages: 1--9}"],
        ["7:40: error[bad-pages]: venue.pages: `1--9` is no page range (write it like 5495-5505)"],
    ),
]
BAD_URLS = [
    *(
        (
            [f"links: {{paper: '{text}'}}"],
            [f"7:18: error[bad-url]: links.paper: `{text}` is no web address {URLS}"],
        )
        for text in (
            "www.a.org",
            "ftp://a.org",
            "https://",
            "https:a.org",
            "https://a.org/a b",
            "https://[a",
            "javascript:x",
        )
    ),
    (
        ["code: [{url: https://a.org}, {url: b.org}]"],
        [f"7:38: error[bad-url]: code[1].url: `b.org` is no web address {URLS}"],
    ),
    (["links: {project: a}"], [f"7:20: error[bad-url]: links.project: `a` is no web address {URLS}"]),
    (
        ["sources: {a: {url: a, kind: index}}"],
        [f"7:22: error[bad-url]: sources.a.url: `a` is no web address {URLS}"],
    ),
]
UNKNOWN_WORDS = [
    (
        ["venue: {id: cvprr, year: 2021}"],
        ["7:15: error[unknown-value]: venue.id: `cvprr` is not known (did you mean `cvpr`?)"],
    ),
    (
        ["venue: {id: q, year: 2021}"],
        ["7:15: error[unknown-value]: venue.id: `q` is not known (known are cvpr, pr, arxiv, ws)"],
    ),
    (
        ["methods: [erasing, saliencies]"],
        ["7:22: error[unknown-value]: methods[1]: `saliencies` is not known (did you mean `saliency`?)"],
    ),
    (
        ["supervision: [imag]"],
        ["6:17: error[unknown-value]: supervision[0]: `imag` is not known (did you mean `image`?)"],
    ),
    (
        ["pipeline: three"],
        ["7:13: error[unknown-value]: pipeline: `three` is not known (known are single, multi)"],
    ),
    (["pipeline: ''"], ["7:13: error[unknown-value]: pipeline: `` is not known (known are single, multi)"]),
    (
        ["results: [{benchmark: vocs, split: val, value: 1}]"],
        ["7:25: error[unknown-value]: results[0].benchmark: `vocs` is not known (did you mean `voc`?)"],
    ),
    (
        ["results: [{benchmark: voc, split: vall, value: 1}]"],
        ["7:37: error[unknown-split]: `vall` is no split of VOC (did you mean `val`?)"],
    ),
    (
        ["results: [{benchmark: voc, split: q, value: 1}]"],
        ["7:37: error[unknown-split]: `q` is no split of VOC (known are val, test)"],
    ),
    (
        ["results: [{benchmark: voc, split: val, value: 1, crf: maybe}]"],
        ["7:57: error[unknown-value]: results[0].crf: `maybe` is not known (known are yes, no)"],
    ),
    (
        ["results: [{benchmark: voc, split: val, value: 1, inputs: [clipp]}]"],
        ["7:61: error[unknown-value]: results[0].inputs[0]: `clipp` is not known (did you mean `clip`?)"],
    ),
    (
        [
            "sources: {list: {url: https://a.org, kind: index}}",
            "results: [{benchmark: voc, split: val, value: 1, source: lst}]",
        ],
        ["8:60: error[unknown-source]: `lst` is not in `sources` (did you mean `list`?)"],
    ),
    (
        ["results: [{benchmark: voc, split: val, value: 1, source: q}]"],
        ["7:60: error[unknown-source]: `q` is not in `sources` (add it there)"],
    ),
]
BAD_VALUES = [
    (
        ["results: [{benchmark: voc, split: val, value: 100.1}]"],
        ["7:49: error[out-of-range]: 100.1 is no mIoU on VOC (it must be from 0 to 100)"],
    ),
    (
        ["results: [{benchmark: voc, split: val, value: -1}]"],
        ["7:49: error[out-of-range]: -1 is no mIoU on VOC (it must be from 0 to 100)"],
    ),
    (
        ["results: [{benchmark: err, split: test, value: 11}]"],
        ["7:50: error[out-of-range]: 11 is no error on Errors (it must be from 0 to 10)"],
    ),
    (
        ["results: [{benchmark: voc, split: val, value: nan}]"],
        ["7:49: error[wrong-type]: results[0].value: input should be a finite number (not `nan`)"],
    ),
    (["names: [EPS, EPS]"], [f"7:16: error[repeated-item]: `EPS` is in `names` twice {ONCE}"]),
    (["authors: [Ada B, Ada B]"], [f"7:20: error[repeated-item]: `Ada B` is in `authors` twice {ONCE}"]),
    (
        ["methods: [erasing, erasing]"],
        [f"7:22: error[repeated-item]: `erasing` is in `methods` twice {ONCE}"],
    ),
    (["builds_on: [a, b, a]"], [f"7:21: error[repeated-item]: `a` is in `builds_on` twice {ONCE}"]),
    (["supervision: [box, box]"], [f"6:22: error[repeated-item]: `box` is in `supervision` twice {ONCE}"]),
    (
        [f"summary: {'x' * 201}"],
        [
            "4:12: error[long-summary]: summary: 201 characters are too many (say it in one sentence of at most 200)"
        ],
    ),
    (
        ["summary: |\n    a\n    b"],
        ["4:12: error[bad-text]: summary: this must be one line of text (join the lines)"],
    ),
    (
        ["title: '{A'"],
        ["3:10: error[bad-title]: title: a brace is not closed (write {Word})"],
    ),
    *(
        (
            [f"title: '{title}'"],
            ["3:10: error[bad-title]: title: braces must come in pairs, not nested (write {Word})"],
        )
        for title in ("A}", "}A{", "{{A}}", "{A}}")
    ),
    (
        ["authors: [Ada B, Bob and Eve]"],
        [
            (
                "7:20: error[bad-author]: authors[1]: `Bob and Eve` is more than one name "
                "(give each author an entry of the list)"
            )
        ],
    ),
    (
        ["authors: [Ada B; Bob C]"],
        [
            (
                "7:13: error[bad-author]: authors[0]: `Ada B; Bob C` is more than one name "
                "(give each author an entry of the list)"
            )
        ],
    ),
    (
        ["authors: ['a, b, c, d']"],
        [
            (
                "7:13: error[bad-author]: authors[0]: 'a, b, c, d' is no name that BibTeX can read "
                "(write `Given Family` or `Family, Given`)"
            )
        ],
    ),
    (
        ["authors: [', Ada']"],
        [
            (
                "7:13: error[bad-author]: authors[0]: 'Ada' has no family name "
                "(write `Given Family` or `Family, Given`)"
            )
        ],
    ),
]
SEVERAL = [
    (
        ["date: soon", "venu: x", "links: {paper: a, project: b}", "arxiv: c"],
        [
            f"5:9: error[bad-date]: date: `soon` is no date {DATES}",
            f"9:10: error[bad-arxiv]: arxiv: `c` is no arXiv id {ARXIV}",
            f"8:18: error[bad-url]: links.paper: `a` is no web address {URLS}",
            f"8:30: error[bad-url]: links.project: `b` is no web address {URLS}",
            "7:3: error[unknown-key]: unknown key `venu` (did you mean `venue`?)",
        ],
    ),
    (
        ["names: [A, A]", "results: [{benchmark: voc, split: vall, value: 101, source: q}]"],
        [
            "8:37: error[unknown-split]: `vall` is no split of VOC (did you mean `val`?)",
            "8:50: error[out-of-range]: 101 is no mIoU on VOC (it must be from 0 to 100)",
            "8:63: error[unknown-source]: `q` is not in `sources` (add it there)",
            f"7:14: error[repeated-item]: `A` is in `names` twice {ONCE}",
        ],
    ),
    (
        ["results: [{benchmark: voc, split: val, value: x, crf: maybe, inputs: clip}]"],
        [
            "7:49: error[wrong-type]: results[0].value: a number is expected (not `x`)",
            "7:57: error[unknown-value]: results[0].crf: `maybe` is not known (known are yes, no)",
            f"7:72: error[wrong-type]: results[0].inputs: {BRACKETS} (not `clip`)",
        ],
    ),
]


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        *UNKNOWN_KEYS,
        *MISSING_KEYS,
        *WRONG_TYPES,
        *EMPTY_VALUES,
        *BAD_DATES,
        *BAD_IDENTIFIERS,
        *BAD_URLS,
        *UNKNOWN_WORDS,
        *BAD_VALUES,
        *SEVERAL,
    ],
    ids=lambda value: value[0][:50] if "error[" not in value[0] else "",
)
def test_what_is_wrong_is_said_where_it_is(read_lines: Read, lines: list[str], problems: list[str]) -> None:
    paper, found = read_lines(*lines)
    assert found == [f"p.md:{problem}" for problem in problems]
    assert paper is None


@pytest.mark.parametrize("text", ["Vision", "cs.CV and more", "(cs.CV)", "cs.CV/"])
def test_the_whole_of_an_arxiv_class_is_checked(read_lines: Read, text: str) -> None:
    paper, found = read_lines(f"arxiv_class: {text}")
    assert [problem.split(" ")[0] for problem in found] == ["p.md:7:16:"]
    assert paper is None


@pytest.mark.parametrize(
    ("line", "field", "expected"),
    [
        # Unquoted, and still no number: the last zero stays.
        ("arxiv: 2105.08960", "arxiv", "2105.08960"),
        ('arxiv: "0704.0001"', "arxiv", "0704.0001"),
        ("arxiv: cs/0112017", "arxiv", "cs/0112017"),
        ("arxiv: math.GT/0309136", "arxiv", "math.GT/0309136"),
        ("arxiv_class: cs.CV", "arxiv_class", "cs.CV"),
        ("arxiv_class: hep-th", "arxiv_class", "hep-th"),
        ("doi: 10.1007/978-3-319-46478-7_34", "doi", "10.1007/978-3-319-46478-7_34"),
        ('doi: "10.1016/S0031(20)30-1;2#x"', "doi", "10.1016/S0031(20)30-1;2#x"),
        ("date: 2021", "date", PartialDate(2021)),
        ("date: 2021-05", "date", PartialDate(2021, 5)),
        (f"summary: {'x' * 200}", "summary", "x" * 200),
        ("title: ' {CAM}s in $x_{2}$ '", "title", "{CAM}s in $x_{2}$"),
        (r"title: 'For \$5, not $6'", "title", r"For \$5, not $6"),
        ("authors: [Anders Sand]", "authors", (Person(family="Sand", given="Anders"),)),
        ("pipeline: multi", "facets", {"supervision": ("image",), "pipeline": ("multi",)}),
        ("pipeline: null", "facets", {"supervision": ("image",)}),
        ("inputs: []", "facets", {"supervision": ("image",), "inputs": ()}),  # there are none, which is known
        ("builds_on: [a, b]", "builds_on", ("a", "b")),
        ("links: {paper: 'http://a.org/x?y=1&z=%20#t'}", "links", Links(paper="http://a.org/x?y=1&z=%20#t")),
        (
            "venue: {id: pr, year: 1900, volume: 007}",
            "appearance",
            Appearance(venue="pr", year=1900, volume="007"),
        ),
        (
            "venue: {id: pr, year: 2100, pages: e12-e15, month: 12}",
            "appearance",
            Appearance(venue="pr", year=2100, pages="e12-e15", month=12),
        ),
        ("results: []", "results", ()),
        (
            "results: [{benchmark: voc, split: val, value: 100}]",
            "results",
            (Result(benchmark="voc", split="val", value=100.0),),
        ),
        (
            "results: [{benchmark: voc, split: val, value: 0, supervision: [], pipeline: [single, multi]}]",
            "results",
            (
                Result(
                    benchmark="voc",
                    split="val",
                    value=0.0,
                    facets={"supervision": (), "pipeline": ("single", "multi")},
                ),
            ),
        ),
    ],
)
def test_what_is_right_is_read(read_lines: Read, line: str, field: str, expected: object) -> None:
    paper, found = read_lines(line)
    assert found == []
    assert getattr(paper, field) == expected


def test_the_least_record_says_nothing_more(read_lines: Read) -> None:
    paper, found = read_lines()
    assert found == []
    assert paper == Paper(
        key="lee2021railroad",
        title="A Title",
        summary="One sentence.",
        date=PartialDate(2021, 5, 19),
        facets={"supervision": ("image",)},
    )


def test_a_record_with_every_field_becomes_the_paper_it_describes(read_lines: Read) -> None:
    paper, found = read_lines(
        'title: "{EPS}: Maps in $x^2$ Ways"',
        "names: [EPS, EPS+]",
        "summary: Draws maps.",
        "authors: [Seungho Lee, 'van den Hove, Ben', 'King, Jr., Martin']",
        "date: 2021-05-19",
        "venue: {id: pr, year: 2022, volume: 12, number: 3, pages: 10-19, article: 108, month: 4}",
        'arxiv: "2105.08965"',
        "arxiv_class: cs.CV",
        "doi: 10.1109/x.1",
        "links: {paper: https://p.org/1, project: https://j.org}",
        "code: [{url: https://c.org/1, licence: MIT, framework: PyTorch, weights: 'yes', masks: 'no', checked: 2026-11},"
        " {url: https://c.org/2, official: false}]",
        "supervision: [box, image]",
        "inputs: [clip]",
        "pipeline: single",
        "domain: [images, video]",
        "methods: [saliency, erasing]",
        "builds_on: [zhou2016learning, ahn2019weakly]",
        "chain: {seed: [fusion]}",
        "sources: {list: {url: https://l.org, about: numbers, checked: 2026-11, kind: table, title: Lists, work: q2020x},"
        " pdf: {url: https://p.org/1, kind: paper}}",
        "results: [{benchmark: voc, split: test, value: 70.90, variant: large, backbone: VGG-16, crf: 'no',"
        " inputs: [], supervision: [box], source: list, where: Table 2, note: disputed},"
        " {benchmark: err, split: test, value: 1e0, source: pdf, by: others, also: [list]}]",
        "as_printed: [{benchmark: voc, split: test, value: 71, of: 70.9, backbone: X, source: list, where: Table 3}]",
        "reproductions: [{benchmark: voc, split: test, value: 69, of: 70.9, who: a user, url: https://c.org/1/issues/2,"
        " differed: batch of 4, checked: 2026}]",
        "added: 2026-11-29",
        "corrections: [{date: 2026-11-30, what: the year}]",
    )
    assert found == []
    assert paper == Paper(
        key="lee2021railroad",
        title="{EPS}: Maps in $x^2$ Ways",
        names=("EPS", "EPS+"),
        summary="Draws maps.",
        authors=(
            Person(family="Lee", given="Seungho"),
            Person(family="Hove", given="Ben", particle="van den"),
            Person(family="King", given="Martin", suffix="Jr."),
        ),
        date=PartialDate(2021, 5, 19),
        appearance=Appearance(
            venue="pr", year=2022, volume="12", number="3", pages="10-19", article="108", month=4
        ),
        arxiv="2105.08965",
        arxiv_class="cs.CV",
        doi="10.1109/x.1",
        links=Links(paper="https://p.org/1", project="https://j.org"),
        code=(
            Repository(
                url="https://c.org/1", licence="MIT", framework="PyTorch", weights="yes", masks="no",
                checked=PartialDate(2026, 11),
            ),
            Repository(url="https://c.org/2", official=False),
        ),
        chain={"seed": ("fusion",)},
        facets={
            "supervision": ("box", "image"),
            "inputs": ("clip",),
            "pipeline": ("single",),
            "domain": ("images", "video"),
        },
        methods=("saliency", "erasing"),
        builds_on=("zhou2016learning", "ahn2019weakly"),
        sources={
            "list": Source(
                url="https://l.org", kind=SourceKind.TABLE, title="Lists", work="q2020x", about="numbers",
                checked=PartialDate(2026, 11),
            ),
            "pdf": Source(url="https://p.org/1", kind=SourceKind.PAPER),
        },
        results=(
            Result(
                benchmark="voc",
                split="test",
                value=70.9,
                variant="large",
                conditions={"backbone": "VGG-16", "crf": "no"},
                facets={"supervision": ("box",), "inputs": ()},
                source="list",
                where="Table 2",
                note="disputed",
            ),
            Result(
                benchmark="err", split="test", value=1.0, source="pdf", by=Measurer.OTHERS, also=("list",)
            ),
        ),
        as_printed=(
            Printed(
                benchmark="voc", split="test", value=71.0, of=70.9, conditions={"backbone": "X"},
                source="list", where="Table 3",
            ),
        ),
        reproductions=(
            Reproduction(
                benchmark="voc", split="test", value=69.0, of=70.9, who="a user",
                url="https://c.org/1/issues/2", differed="batch of 4", checked=PartialDate(2026),
            ),
        ),
        added=PartialDate(2026, 11, 29),
        corrections=(Correction(date=PartialDate(2026, 11, 30), what="the year"),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def validator(registry: Registry) -> Draft202012Validator:
    schema = json.loads(json.dumps(record_schema(registry)))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


VOC = {"benchmark": "voc", "split": "val", "value": 70.9}


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({}, []),
        ({"venue": {"id": "pr", "year": 2021, "month": 2}}, []),
        (
            {
                "code": [{"url": "https://a.org"}],
                "sources": {"list": {"url": "https://a.org", "kind": "index"}},
            },
            [],
        ),
        ({"inputs": ["sam"], "pipeline": "multi", "methods": ["erasing"]}, []),
        ({"results": [{**VOC, "crf": "no", "backbone": "VGG-16", "supervision": ["box"]}]}, []),
        ({"venu": 1}, ["$.paper: additionalProperties"]),
        ({"links": {"papr": "https://a.org"}}, ["$.paper.links: additionalProperties"]),
        ({"results": [{**VOC, "bakbone": "x"}]}, ["$.paper.results[0]: additionalProperties"]),
        ({"results": [{"benchmark": "voc", "split": "val"}]}, ["$.paper.results[0]: required"]),
        ({"supervision": ["imag"]}, ["$.paper.supervision[0]: enum"]),
        ({"methods": ["q"]}, ["$.paper.methods[0]: enum"]),
        ({"results": [{**VOC, "benchmark": "q"}]}, ["$.paper.results[0].benchmark: enum"]),
        ({"venue": {"id": "q", "year": 2021}}, ["$.paper.venue: anyOf"]),
        ({"names": "EPS"}, ["$.paper.names: type"]),
        ({"arxiv_class": "cs.CV!"}, ["$.paper.arxiv_class: pattern"]),
    ],
    ids=lambda value: json.dumps(value) if isinstance(value, dict) else "",
)
def test_the_schema_accepts_and_refuses_what_the_check_does(
    validator: Draft202012Validator, fields: dict[str, object], errors: list[str]
) -> None:
    least = {"title": "A", "summary": "B.", "date": "2021-05", "supervision": ["image"]}
    found = validator.iter_errors({"paper": {**least, **fields}})
    assert [f"{error.json_path}: {error.validator}" for error in found] == errors


def test_the_schema_asks_for_a_record_and_nothing_beside_it(
    validator: Draft202012Validator,
) -> None:
    record = {"title": "A", "summary": "B.", "date": "2021-05", "supervision": ["image"]}
    assert validator.is_valid({"paper": record})
    assert not validator.is_valid({"paper": record, "myst": {"html_meta": {}}})
    assert not validator.is_valid({"myst": {}})
    assert not validator.is_valid({"paper": {key: record[key] for key in ("title", "date")}})


def test_the_schema_explains_every_key_to_an_editor(validator: Draft202012Validator) -> None:
    schema = validator.schema
    assert isinstance(schema, dict)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    forms = {name: form.get("properties") for name, form in schema["$defs"].items()}
    assert sorted(forms["Record"]) == KEYS.split(", ")
    assert forms["Record"]["date"]["description"] == "When it was first public: YYYY, YYYY-MM or YYYY-MM-DD."
    assert forms["Record"]["supervision"]["description"] == "What it learns from."
    assert forms["Result"]["backbone"] == {
        "default": "",
        "description": "What extracts features.",
        "examples": ["ResNet-50", "VGG-16"],
        "title": "Backbone",
        "type": "string",
    }
