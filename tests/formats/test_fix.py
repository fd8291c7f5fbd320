from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_papers.formats.checks import fix as fix_module
from sphinx_papers.formats.checks.fix import fix_page
from sphinx_papers.formats.records.page import read_paper_page
from sphinx_papers.formats.records.record import RecordForm
from sphinx_papers.model.records.registry import Registry

Fix = Callable[[str], str]


@pytest.fixture(scope="session")
def fix(form: type[RecordForm], registry: Registry) -> Fix:
    return lambda text: fix_page(text, "lee2021railroad", form, registry)


def page(*lines: str) -> str:
    return "".join(
        f"{line}\n" for line in ("---", "paper:", *(f"  {line}" for line in lines), "---", "# Heading")
    )


RECORD = ("title: A Title", "summary: One.", "date: 2021", "supervision: [image]")


@pytest.mark.parametrize(
    ("line", "fixed"),
    [
        ("date: 2021/5/19", "date: 2021-05-19"),
        ("date: 19 May 2021", "date: 2021-05-19"),
        ('date: "May 2021"', "date: 2021-05"),
        ("date: 05/06/2021", "date: 05/06/2021"),
        ("arxiv: 2105.08960", 'arxiv: "2105.08960"'),
        ("arxiv: arXiv:2105.08960v2", 'arxiv: "2105.08960"'),
        ("arxiv: https://arxiv.org/abs/2105.08960", 'arxiv: "2105.08960"'),
        ("arxiv: see 2105.08960", "arxiv: see 2105.08960"),
        ("doi: https://doi.org/10.1000/x.1", "doi: 10.1000/x.1"),
        ("authors: [Ada  Berg, Ben Hove and Carla Cho]", "authors: [Ada Berg, Ben Hove, Carla Cho]"),
        ("authors: Ada Berg& Ben Hove", "authors: [Ada Berg, Ben Hove]"),
        ("authors: Ada Berg; Ben Hove", "authors: [Ada Berg, Ben Hove]"),
        ('authors: ["Berg,Ada"]', 'authors: ["Berg, Ada"]'),
        ('authors: ["{Berg and Sons}"]', 'authors: ["{Berg and Sons}"]'),
        ("venue: {id: cvpr, year: 2021, pages: 1--9}", "venue: {id: cvpr, year: 2021, pages: 1-9}"),
        ("venue: {id: cvpr, year: 2021, volume: 3}", "venue: {id: cvpr, year: 2021, volume: 3}"),
        (
            "results: [{benchmark: voc, split: val, value: 7.5, crf: no}]",
            'results: [{benchmark: voc, split: val, value: 7.5, crf: "no"}]',
        ),
        ("names: # mine\n    - EPS", "names: # mine\n    - EPS"),
    ],
)
def test_forms_are_mended_and_nothing_else(fix: Fix, line: str, fixed: str) -> None:
    rest = [each for each in RECORD if each.partition(":")[0] != line.partition(":")[0]]
    # The key may stand out of order: what is looked for is the line.
    result = fix(page(*rest, line))
    assert f"  {fixed}\n" in result
    assert sorted(result.splitlines()) == sorted(page(*rest, fixed).splitlines())


def test_keys_come_into_order_with_the_comments_above_them(fix: Fix) -> None:
    text = page(
        "# on the date",
        "date: 2021 # sure",
        "supervision: [image]",
        "",
        "# T",
        "title: A",
        "summary: |",
        "  # no",
        "methods: []",
    )
    assert fix(text) == page(
        "# T", "title: A", "summary: |", "  # no", "# on the date", "date: 2021 # sure", "supervision: [image]", "",
        "methods: []",
    )  # fmt: skip


def test_what_stands_below_the_last_key_stays_there(fix: Fix) -> None:
    """Whether that key's value ends on its own line or on one of several."""
    for date, below in (("date: 2021", "  # the end\n"), ("date: >-\n    2021", "# the end\n")):
        text = page("title: A Title", "supervision: [image]", "summary: One.", date)
        ended = text.replace("\n---\n#", f"\n{below}---\n#")
        mended = page("title: A Title", "summary: One.", date, "supervision: [image]")
        assert fix(ended) == mended.replace("\n---\n#", f"\n{below}---\n#")


@pytest.mark.parametrize(
    "text",
    [
        "no front matter",
        "---\npaper: [\n---\n",
        "---\npaper: {date: 2021, title: B}\n---\n",
        "---\npaper:\n  title: A\n  title: B\n  date: 2021/5\n---\n",
        "---\r\npaper:\n  date: 2021/5\r\n---\r\n",
        "---\nother: {date: 2021/5}\n---\n",
    ],
)
def test_what_cannot_be_mended_safely_is_left_alone(fix: Fix, text: str) -> None:
    assert fix(text) == text


def test_lines_keep_their_ends(fix: Fix) -> None:
    text = page("date: 2021/5", "title: A").replace("\n", "\r\n")
    assert fix(text) == page("title: A", "date: 2021-05").replace("\n", "\r\n")


def test_names_that_read_as_one_person_stay_one(fix: Fix) -> None:
    text = page(
        "title: A", "summary: One.", "authors: [Ada Berg & Ben Hove]", "date: 2021", "supervision: [image]"
    )
    assert fix(text) == text


def test_an_edit_that_would_break_the_record_is_not_kept(fix: Fix, monkeypatch: pytest.MonkeyPatch) -> None:
    text = page("title: A", "date: 2021/5")
    monkeypatch.setattr(fix_module, "scalar", lambda _: "[")
    assert fix(text) == text


def test_an_order_that_would_lose_a_key_is_not_kept(fix: Fix, monkeypatch: pytest.MonkeyPatch) -> None:
    text = page("title: A", "no such key: B")
    monkeypatch.setattr(fix_module, "_in_order", lambda record, _: record.replace("  no such key: B\n", ""))
    assert fix(text) == text


VALUES = {
    "title": ["title: A", 'title: "A: é\\u2028 B"', "title: |\n    # no comment"],
    "summary": ["summary: One.", "summary: 'no'", "summary: >\n    folded\n    text"],
    "date": ["date: 2021", "date: 2021-05-19", '"date": 2021-05'],
    "supervision": ["supervision: [image]", "supervision:\n    - image\n    # box\n    - box"],
    "names": ["", "names: [EPS, no]", 'names: [🚂, "x"] # and more'],
    "authors": ["", 'authors: [Ada Berg, "Hove,  Ben"]', "authors: [Ada   Berg]"],
    "arxiv": ["", "arxiv: 2105.08960", "arxiv: '2105.08960'"],
    "methods": ["", "methods: [erasing]"],
    "results": ["", "results:\n    - {benchmark: voc, split: val, value: 1, crf: no}\n\n    # end"],
}


@given(
    st.permutations(sorted(VALUES)),
    st.data(),
    st.lists(st.sampled_from(["", "# a comment", "#"]), min_size=9, max_size=9),
)
def test_a_mended_record_is_the_same_paper_and_needs_no_mending(
    fix: Fix,
    form: type[RecordForm],
    registry: Registry,
    order: list[str],
    data: st.DataObject,
    above: list[str],
) -> None:
    lines = []
    for key, comment in zip(order, above, strict=True):
        lines += [line for line in (comment, data.draw(st.sampled_from(VALUES[key]))) if line]
    text = page(*lines)
    before, document = read_paper_page(text, "p.md", "k", form, registry)
    fixed = fix(text)
    after, _ = read_paper_page(fixed, "p.md", "k", form, registry)
    assert (before is None) == bool(document.problems)
    assert after == before or before is None
    assert fix(fixed) == fixed
    assert fixed.count("#") == text.count("#")
    assert fixed.endswith("---\n# Heading\n")


def test_the_pages_of_the_site_need_no_mending() -> None:
    """Their form is the one that others are mended to."""
    from pathlib import Path

    from sphinx_papers.formats.records.folder import read_collection
    from sphinx_papers.formats.records.record import record_form
    from sphinx_papers.formats.storage.places import Places, page_files

    root = Path(__file__).parents[2]
    docs = root / "docs"
    places = Places(papers=root / "papers", methods=docs / "methods", registries=docs / "registries")
    registry = read_collection(places).library.registry
    form = record_form(registry)
    for path in page_files(places.papers):
        text = path.read_text("utf-8")
        assert fix_page(text, path.stem, form, registry) == text
