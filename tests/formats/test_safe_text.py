from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sphinx_papers.formats.records.bibliography import read_works
from sphinx_papers.formats.records.registry import read_registries
from sphinx_papers.formats.text.safe_text import LONGEST, UNSEEN, arxiv_flaw, text_flaw
from sphinx_papers.model.records.paper import Paper

HIDDEN = {
    "NUL": "\0", "escape": "\x1b", "delete": "\x7f", "control": "\x9b", "soft hyphen": "\xad", "right to left": "\u202e",
    "isolate": "\u2066", "mark": "\u200f", "no width": "\u200b", "joiner": "\u200d", "line separator": "\u2028",
    "byte order": "\ufeff", "tag": "\U000e0041", "filler": "\u3164", "private": "\ue000", "no character": "\uffff",
}  # fmt: skip
SEEN = (
    "Émile", "北京", "Ωmega", "naïve — “quoted”", "a\N{NO-BREAK SPACE}b", "e\N{COMBINING ACUTE ACCENT}", "ﬁ", "🐦\ufe0f",
    "\N{HEBREW LETTER ALEF}", "\t", "a\nb",
)  # fmt: skip


@pytest.mark.parametrize("character", HIDDEN.values(), ids=HIDDEN)
def test_a_character_that_nobody_can_see_is_named(character: str) -> None:
    flaw = text_flaw(f"a{character}b")
    assert flaw is not None
    assert (flaw.code, flaw.message.split()[5]) == ("bad-text", f"U+{ord(character):04X}")


@pytest.mark.parametrize("text", SEEN)
def test_what_one_can_see_is_no_flaw(text: str) -> None:
    assert text_flaw(text) is None


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("2105.08960", True), ("0704.0001", True), ("hep-th/9901001", True), ("math.AG/0601001", True),
        ("math/0601001", True), ("/0601001", False), ("math./0601001", False), ("2113.08960", False),
        ("2105.08960v2", False), ("arXiv:2105.08960", False), ("2105.089", False), ("hep-th/9913001", False),
    ],
)  # fmt: skip
def test_an_arxiv_id_is_one_of_its_two_schemes_without_a_version(text: str, valid: bool) -> None:
    assert (arxiv_flaw(text) is None) == valid


def test_no_character_of_a_letter_is_hidden() -> None:
    """What letters, digits, marks, punctuation and symbols there are can be written, but for those that show nothing."""
    import unicodedata

    hidden = {chr(code) for code in range(0x110000) if UNSEEN.match(chr(code))}
    wrong = {each for each in hidden if unicodedata.category(each)[0] in "LNPS"}
    assert {unicodedata.name(each) for each in wrong} <= {
        "HANGUL CHOSEONG FILLER", "HANGUL JUNGSEONG FILLER", "HANGUL FILLER", "HALFWIDTH HANGUL FILLER",
        "BRAILLE PATTERN BLANK", "OBJECT REPLACEMENT CHARACTER",
    }  # fmt: skip
    # Every control, every mark that changes the direction, and everything of the category "format" but few.
    assert {chr(code) for code in range(0x20)} - hidden == {"\t", "\n"}
    turning = {
        chr(c)
        for c in range(0x110000)
        if unicodedata.bidirectional(chr(c))
        in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    }
    assert turning <= hidden


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ('title: "a\\0b"', "3:10"),
        ('summary: "a\\u202Eb"', "4:12"),
        ('names: ["a\\e[31mb"]', "7:11"),
        ('authors: ["Ann\\u200B Lee"]', "7:13"),
        ("title: a\u2066b", "3:10"),
        (f"title: {'a' * (LONGEST + 1)}", "3:10"),
    ],
)
def test_fields_of_records_have_no_such_text(
    read_lines: Callable[..., tuple[Paper | None, list[str]]], line: str, place: str
) -> None:
    paper, problems = read_lines(line)
    assert paper is None
    assert [problem.partition(": error[bad-text]")[0] for problem in problems] == [f"p.md:{place}"]


def test_fields_of_registries_have_no_such_text(tmp_path: Path, registry_texts: dict[str, str]) -> None:
    for name, text in registry_texts.items():
        (tmp_path / name).write_text(text.replace("name: ", 'name: "\\u202E" # ', 1), "utf-8")
    _, documents = read_registries(tmp_path, [])
    found = {
        Path(document.file).name
        for document in documents
        if "bad-text" in {p.code for p in document.problems}
    }
    assert found >= {"venues.yml", "benchmarks.yml", "facets.yml"}


WORK = "@misc{a, title = {T},\n  %s\n}\n@misc{b, title = {U}}\n"


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (
            "url = {javascript:alert(1)}",
            "2:3: error[bad-url]: `a`, url: `javascript:alert(1)` is no web address",
        ),
        (
            "URL = {data:text/html;base64,eA==}",
            "2:3: error[bad-url]: `a`, URL: `data:text/html;base64,eA==` is no web",
        ),
        ("url = {//example.org}", "2:3: error[bad-url]"),
        ('url = "https://example.org/<script>"', "2:3: error[bad-url]"),
        ("year = 2020, url = {vbscript:x}", "2:16: error[bad-url]"),
        ("doi = {javascript:alert(1)}", "2:3: error[bad-doi]: `a`, doi: `javascript:alert(1)` is no DOI"),
        ("doi = {10.1/../../x}", "2:3: error[bad-doi]"),
        ("doi = {10.1000/^^5cinput/etc/passwd}", "2:3: error[bad-doi]"),
        ("url = {https://example.org/^^5cinput/etc/passwd}", "2:3: error[bad-url]"),
        ("doi = {https://doi.org/10.1109/CVPR.2021.00001}", "2:3: error[bad-doi]"),
        ("eprint = {../../x}", "2:3: error[bad-arxiv]"),
        ("eprint = {2105.08965v2}, archivePrefix = {arXiv}", "2:3: error[bad-arxiv]"),
        ("journal = {a\u202eb}", "2:3: error[bad-text]"),
        ("journal = {%s}" % ("a" * (LONGEST + 1)), "2:3: error[bad-text]"),
        ("author = {A\u200bnn Lee}", "2:3: error[bad-text]"),
    ],
)
def test_works_obey_the_rules_of_records(tmp_path: Path, field: str, said: str) -> None:
    path = tmp_path / "references.bib"
    path.write_text(WORK % field, "utf-8")
    works, (problem,) = read_works(path)
    assert [work.key for work in works] == ["b"]
    assert str(problem).removeprefix(f"{path}:").startswith(said)


@pytest.mark.parametrize(
    "title", ["$\\input{x}$", "$\\href{javascript:alert(1)}{x}$", "$\\sqrt{\\sqrt{" + "\\sqrt{" * 60 + "}$"]
)
def test_titles_have_the_tex_that_prose_may_have(
    tmp_path: Path, read_lines: Callable[..., tuple[Paper | None, list[str]]], title: str
) -> None:
    paper, problems = read_lines(f"title: '{title}'")
    assert paper is None
    closed = title.replace("$", "")
    assert any("[formula]" in problem for problem in problems) or closed.count("{") != closed.count("}")
    path = tmp_path / "references.bib"
    path.write_text(
        f"@misc{{a, title = {{{title}{'}' * (closed.count('{') - closed.count('}'))}}}}}\n", "utf-8"
    )
    works, problems_of_works = read_works(path)
    assert works == ()
    assert [problem.code for problem in problems_of_works] == ["formula"]


def test_an_eprint_of_another_archive_is_no_address(tmp_path: Path) -> None:
    path = tmp_path / "references.bib"
    path.write_text("@misc{a, title = {T}, eprint = {hal-01}, archivePrefix = {HAL}}\n", "utf-8")
    (work,), problems = read_works(path)
    assert (work.arxiv, problems) == ("", [])


def test_what_looks_like_an_address_in_other_fields_is_text(tmp_path: Path) -> None:
    from sphinx_papers.model.views.bibliography import work_reference

    path = tmp_path / "references.bib"
    path.write_text(
        "@misc{a, title = {T}, howpublished = {\\url{javascript:x}}, note = {\\href{data:x}{y}}}\n", "utf-8"
    )
    (work,), problems = read_works(path)
    assert problems == []
    assert [span.target for span in work_reference(work) if span.target] == []
