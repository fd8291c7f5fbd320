from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database.input.bibtex import Parser

from sphinx_papers.formats.exports.bibtex import FIELDS, BibtexStyle, entry, title_latex, write_bibtex
from sphinx_papers.formats.records.bibliography import read_works
from sphinx_papers.formats.text.latex import decode
from sphinx_papers.formats.text.names import read_name
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Appearance, Links, Paper
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.records.title import plain_title
from sphinx_papers.model.records.work import Work

if TYPE_CHECKING:
    from pybtex.database import BibliographyData
    from pybtex.database import Person as BibtexPerson

ZOLA = Person(family="Zola", given="Émile")
HOVE = Person(family="Hove", given="Ben", particle="van den")
KING = Person(family="King", given="Martin", suffix="Jr.")


def make(key: str = "k", **fields: object) -> Paper:
    defaults: dict[str, object] = {"title": "A Title", "summary": "", "date": PartialDate(2021)}
    return Paper(key=key, **{**defaults, **fields})  # type: ignore[arg-type]


def read_back(*papers: Paper, registry: Registry | None = None) -> BibliographyData:
    return Parser(encoding="utf-8").parse_string(write_bibtex(papers, registry or Registry()))


INPROCEEDINGS = make(
    "zola2021maps",
    title="EPS: Maps of {Word}s",
    authors=(ZOLA, HOVE),
    appearance=Appearance(venue="cvpr", year=2021, pages="5495-5505", month=6),
    arxiv="2105.08965",
    arxiv_class="cs.CV",
    doi="10.1109/a_b.1",
    links=Links(paper="https://p.org/a_b?c=1&d=%20#e"),
)
ARTICLE = make(
    "king2022lines",
    title="A Study of $x^{2}$ Lines at 50% & More",
    authors=(KING,),
    date=PartialDate(2021, 12),
    appearance=Appearance(venue="pr", year=2022, volume="12", number="3", article="108"),
    doi="10.1016/x",
)


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        (
            INPROCEEDINGS,
            r"""@inproceedings{zola2021maps,
    author = "Zola, {\'E}mile and van den Hove, Ben",
    title = "{EPS}: Maps of {Word}s",
    booktitle = "Proceedings of the Conference on Vision (CVPR)",
    pages = "5495--5505",
    year = "2021",
    month = jun,
    publisher = "IEEE",
    doi = "10.1109/a_b.1",
    eprint = "2105.08965",
    archivePrefix = "arXiv",
    primaryClass = "cs.CV",
    url = "https://p.org/a_b?c=1&d=%20#e"
}
""",
        ),
        (
            ARTICLE,
            r"""@article{king2022lines,
    author = "King, Jr., Martin",
    title = "A Study of {$x^{2}$} Lines at 50\% \& More",
    journal = "Pattern Recognition",
    volume = "12",
    number = "3",
    pages = "108",
    year = "2022",
    doi = "10.1016/x",
    url = "https://doi.org/10.1016/x"
}
""",
        ),
        (
            make("a", appearance=Appearance(venue="ws", year=2022)),
            r"""@inproceedings{a,
    title = "A Title",
    booktitle = "Labels \& Masks",
    year = "2022"
}
""",
        ),
        (
            make("a", authors=(HOVE,), arxiv="2105.08965"),
            """@misc{a,
    author = "van den Hove, Ben",
    title = "A Title",
    year = "2021",
    eprint = "2105.08965",
    archivePrefix = "arXiv",
    url = "https://arxiv.org/abs/2105.08965"
}
""",
        ),
        (
            make(
                "a", appearance=Appearance(venue="arxiv", year=2022), arxiv="2105.08965", arxiv_class="cs.CV"
            ),
            """@misc{a,
    title = "A Title",
    year = "2022",
    eprint = "2105.08965",
    archivePrefix = "arXiv",
    primaryClass = "cs.CV",
    url = "https://arxiv.org/abs/2105.08965"
}
""",
        ),
        (
            make("a", arxiv_class="cs.CV"),
            """@misc{a,
    title = "A Title",
    year = "2021"
}
""",
        ),
        # A quotation mark ends no field.
        (
            make("a", title='The "Best" Way', authors=(Person(family="Müller"),)),
            """@misc{a,
    author = {M{\\"u}ller},
    title = "The {{''}Best{''}} Way",
    year = "2021"
}
""",
        ),
    ],
    ids=["inproceedings", "article", "workshop", "misc", "preprint server", "least", "quotation marks"],
)
def test_entry(registry: Registry, paper: Paper, expected: str) -> None:
    assert write_bibtex([paper], registry) == expected


def test_entries_stand_in_the_order_of_their_keys(registry: Registry) -> None:
    text = write_bibtex([make("c"), make("a"), make("b")], registry)
    assert re.findall(r"@misc\{(\w)", text) == ["a", "b", "c"]
    assert text.count("\n\n") == 2


def test_no_papers_are_no_text(registry: Registry) -> None:
    assert write_bibtex([], registry) == ""


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Railroad Is Not a Train", "Railroad Is Not a Train"),
        ("CAMs and DeepLab for 3D ImageNet", "{CAMs} and {DeepLab} for {3D} {ImageNet}"),
        ("Self-Supervised (SSL) [VOC12]: U-Net/FCN", "Self-Supervised ({SSL}) [{VOC12}]: {U-Net}/{FCN}"),
        ("iPhone, mIoU; AB?", "{iPhone}, {mIoU}; {AB}?"),
        ("Keep {This} Word", "Keep {This} Word"),
        ("{CAM}s of AB{cD}E", "{CAM}s of {AB}{cD}E"),
        ("C$^{2}$AM", "C{$^{2}$}{AM}"),
        ("$X$ Marks", "{$X$} Marks"),
        (r"For \$5 & 6%", r"For \$5 \& 6\%"),
        (r"\$x^2_1\$", r"\$x\textasciicircum{}2\_1\$"),
        ("Déjà VuX", r"D{\'e}j{\`a} {VuX}"),
        ("{Ünder & Over}", r"{{\"U}nder \& Over}"),
        ("DéjàVu", r"{D{\'e}j{\`a}Vu}"),
        ("{A $x$ B} C", "{A {$x$} B} C"),
        # No record has it, but what others publish may.
        (r"A $\input{x}$", r"A \$\textbackslash{}input\textbraceleft{}x\textbraceright{}\$"),
    ],
)
def test_titles_keep_their_capitals(title: str, expected: str) -> None:
    assert title_latex(title) == expected


@pytest.mark.parametrize(
    ("title", "names", "expected"),
    [
        ("ECS-Net: Better Maps", ["ECS-Net"], "{ECS-Net}: Better Maps"),
        (
            "On 1T1C, or One Thing One Click",
            ["1T1C", "One Thing One Click"],
            "On {1T1C}, or {One Thing One Click}",
        ),
        # Of two names that overlap the longer one.
        ("Say BoxNet Two", ["BoxNet", "BoxNet Two"], "Say {BoxNet Two}"),
        ("A Chorus of ECS-Nets", ["Chorus", "ECS-Net"], "A Chorus of {ECS}-Nets"),
        ("C++Net (A.B*)", ["A.B*", "C++Net"], "{C++Net} ({A.B*})"),
    ],
)
def test_names_of_methods_keep_theirs_as_a_whole(title: str, names: list[str], expected: str) -> None:
    assert title_latex(title, names) == expected


def test_a_caller_may_want_short_venues_and_fewer_fields(registry: Registry) -> None:
    style = BibtexStyle(short_venues=True, without=frozenset({"doi", "eprint", "url", "pages"}))
    assert write_bibtex([INPROCEEDINGS], registry, style) == (
        "@inproceedings{zola2021maps,\n"
        '    author = "Zola, {\\\'E}mile and van den Hove, Ben",\n'
        '    title = "{EPS}: Maps of {Word}s",\n'
        '    booktitle = "CVPR",\n'
        '    year = "2021",\n'
        "    month = jun,\n"
        '    publisher = "IEEE"\n'
        "}\n"
    )


def test_every_field_that_is_written_can_be_left_out(registry: Registry) -> None:
    style = BibtexStyle(without=frozenset(FIELDS))
    for paper in (INPROCEEDINGS, ARTICLE):
        assert list(entry(paper, registry, style).fields) == ["title"]


@pytest.mark.parametrize(
    ("date", "appearance", "month"),
    [
        (PartialDate(2021, 5), None, "may"),
        (PartialDate(2021), None, None),
        (PartialDate(2021, 5), Appearance(venue="arxiv", year=2021), "may"),
        (PartialDate(2021, 5), Appearance(venue="arxiv", year=2022), None),
        # A conference is held when it is held, whenever the paper was first public.
        (PartialDate(2021, 5), Appearance(venue="cvpr", year=2021), None),
        (PartialDate(2021, 5), Appearance(venue="cvpr", year=2021, month=6), "jun"),
    ],
)
def test_the_month_is_that_of_publication(
    registry: Registry, date: PartialDate, appearance: Appearance | None, month: str | None
) -> None:
    assert entry(make(date=date, appearance=appearance), registry).fields.get("month") == month


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ({"links": Links(paper="https://p.org"), "arxiv": "2105.1", "doi": "10.1/x"}, "https://p.org"),
        ({"arxiv": "2105.1", "doi": "10.1/x"}, "https://arxiv.org/abs/2105.1"),
        ({"doi": "10.1/x"}, "https://doi.org/10.1/x"),
        ({}, None),
    ],
)
def test_a_paper_with_any_address_has_a_url(fields: dict[str, object], url: str | None) -> None:
    assert entry(make(**fields), Registry()).fields.get("url") == url


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Seungho Lee", "Lee, Seungho"),
        ("Ben van den Hove", "van den Hove, Ben"),
        ("King, Jr., Martin Luther", "King, Jr., Martin Luther"),
        ("Plato", "Plato"),
        ("Arbeláez, Pablo", r"Arbel{\'a}ez, Pablo"),
        ("Łoś, Ewa", r"{\L}o{\'s}, Ewa"),
        ("李 明", "明, 李"),
        ("O'Neil, S.-J.", "O'Neil, S.-J."),
        ("{Google Research}", "{Google Research}"),
        ("{van Gogh}, Vincent", "{van Gogh}, Vincent"),
        ("García Márquez, Gabriel", r"Garc{\'i}a M{\'a}rquez, Gabriel"),
    ],
)
def test_names(name: str, expected: str) -> None:
    text = write_bibtex([make(authors=(read_name(name),))], Registry())
    assert text.splitlines()[1].strip() in {f'author = "{expected}",', f"author = {{{expected}}},"}


@pytest.mark.parametrize(
    "paper", [INPROCEEDINGS, ARTICLE, make(arxiv="2105.08965")], ids=lambda paper: paper.key
)
def test_what_pybtex_reads_is_what_was_written(registry: Registry, paper: Paper) -> None:
    written = entry(paper, registry)
    read = read_back(paper, registry=registry).entries[paper.key]
    assert (read.type, read.persons) == (written.type, written.persons)
    months = {"jun": "June"}  # a macro, which styles define and pybtex does as well
    assert dict(read.fields) == {key: months.get(value, value) for key, value in written.fields.items()}


def test_the_whole_export_is_read_back(real_library: Library) -> None:
    read = read_back(*real_library.values(), registry=real_library.registry)
    assert sorted(read.entries) == sorted(real_library)
    for key, paper in real_library.items():
        found = read.entries[key]
        assert decode(found.fields["title"]) == plain_title(paper.title)
        assert len(found.persons.get("author", [])) == len(paper.authors)


def person_of(name: BibtexPerson) -> Person:
    """Return a name read by pybtex with its LaTeX decoded."""
    return Person(
        family=decode(" ".join(name.last_names)),
        given=decode(" ".join([*name.first_names, *name.middle_names])),
        particle=decode(" ".join(name.prelast_names)),
        suffix=decode(" ".join(name.lineage_names)),
    )


@pytest.mark.parametrize(
    "line",
    [
        "venue: {id: pr, year: 2021, volume: 'A & B', number: '50%', article: '#1_2'}",
        "venue: {id: pr, year: 2021, volume: '5{'}",
        "venue: {id: pr, year: 2021, number: '}5'}",
        "venue: {id: pr, year: 2021, article: '{5'}",
        "links: {paper: 'https://p.org/{a'}",
        "links: {paper: 'https://p.org/}a'}",
        "links: {paper: 'https://p.org/a,b%7B'}",
        "title: '$x{$ B'",
        "title: '$x}$ B'",
        "title: '{A $x$ B} C'",
        "title: 'One $ alone'",
        "title: 'A \\ backslash'",
        "authors: ['{van Gogh}, Vincent']",
        "authors: ['{Google Research}']",
        "authors: ['{Foo']",
        "authors: ['A }B{ C']",
        "authors: ['Barnes And Noble, Inc']",
        "authors: ['Smith & Sons']",
        "arxiv: 2105.08965\n  arxiv_class: 'cs{'",
    ],
)
def test_whatever_passes_the_check_can_be_written_and_read_back(
    read_lines: Callable[..., tuple[Paper | None, list[str]]], registry: Registry, line: str
) -> None:
    paper, problems = read_lines(line)
    assert (paper is None) == bool(problems)
    if paper is None:
        return
    found = read_back(paper, registry=registry).entries[paper.key]
    fields = {name: decode(value) for name, value in found.fields.items()}
    assert fields["title"] == plain_title(paper.title)
    assert [person_of(name).display for name in found.persons.get("author", [])] == [
        author.display for author in paper.authors
    ]
    if paper.appearance:
        seen = paper.appearance
        assert (fields.get("volume", ""), fields.get("number", ""), fields.get("pages", "")) == (
            seen.volume,
            seen.number,
            seen.pages or seen.article,
        )
        # In LaTeX these characters are commands unless they are escaped.
        assert not re.search(
            r"(?<!\\)[&%#_]", found.fields.get("volume", "") + found.fields.get("number", "")
        )
    assert found.fields.get("url", "") == paper.links.paper


TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=("C", "Z")), st.sampled_from(" \\&%#_~^\"'`-AbCé")), min_size=1
).map(lambda text: " ".join(text.split()))
# A family name begins with a capital: what is in lower case before it would be a particle.
WORDS = st.builds(
    str.__add__,
    st.characters(categories=("Lu", "Lo")),
    st.text(st.one_of(st.characters(categories=("Ll", "Lo", "Lm")), st.sampled_from("-'.")), max_size=6),
)
NAMES = st.builds(
    Person,
    family=st.lists(WORDS, min_size=1, max_size=2).map(" ".join),
    given=st.lists(WORDS, min_size=1, max_size=2).map(" ".join),
    particle=st.sampled_from(["", "van", "van den", "de la"]),
    suffix=st.sampled_from(["", "Jr.", "III"]),
)


@settings(max_examples=25)
@given(TEXTS.filter(lambda text: bool(text) and not set("{}$") & set(text)))
def test_any_title_comes_back(title: str) -> None:
    assert decode(read_back(make(title=title)).entries["k"].fields["title"]) == title


@settings(max_examples=25)
@given(st.lists(NAMES, min_size=1, max_size=3))
def test_any_names_come_back(authors: list[Person]) -> None:
    found = read_back(make(authors=tuple(authors))).entries["k"].persons["author"]
    assert [person_of(name) for name in found] == authors


LEE = Person(family="Lee", given="Seungho")
ZHOU = """\
% works without a page

@inproceedings{zhou2016learning,
  author = {Zhou, Bolei and {Google Research} and de la Cruz, {\\'A}. and K{\\"o}nig, Jr., T.},
  title  = {Learning {Deep} Features \\& {\\'e}t{\\'e} in $x_1$},
  year   = 2016,
  month  = jun,
}
"""


@pytest.mark.parametrize(
    ("text", "works", "problems"),
    [
        (
            ZHOU,
            [
                Work(
                    key="zhou2016learning",
                    title="Learning Deep Features & été in $x_1$",
                    authors=(
                        Person(family="Zhou", given="Bolei"),
                        Person(family="Google Research"),
                        Person(family="Cruz", given="Á.", particle="de la"),
                        Person(family="König", given="T.", suffix="Jr."),
                    ),
                    year="2016",
                )
            ],
            [],
        ),
        # A command in braces ends where its brace does.
        (
            "@misc{a, title = {T}, author = {{\\L}o{\\'s}, A{\\i} B and {\\O}rsted, {\\AA}se}}",
            [
                Work(
                    key="a",
                    title="T",
                    authors=(
                        Person(family="Łoś", given="A\N{LATIN SMALL LETTER DOTLESS I} B"),
                        Person(family="Ørsted", given="Åse"),
                    ),
                    year="",
                )
            ],
            [],
        ),
        (
            "@book{a, editor = {Lee, Seungho}, title = {T}}",
            [Work(key="a", title="T", authors=(LEE,), year="")],
            [],
        ),
        ("@misc{a, title = {T}}", [Work(key="a", title="T", authors=(), year="")], []),
        ("@comment{x}\n@preamble{{x}}\n", [], []),
        ("", [], []),
        ("% nothing yet\n", [], []),
        (
            '@string{cvpr = "Vision"}\n@misc{a, title = {T}, booktitle = cvpr}',
            [Work(key="a", title="T", authors=(), year="", container="Vision")],
            [],
        ),
        (
            "@misc{a, title = {T}}\n@misc{b, title = {U}}\n\n@misc{a, title = {V}}",
            [Work(key="a", title="T", authors=(), year=""), Work(key="b", title="U", authors=(), year="")],
            ["4:1: error[duplicate-key]: `a` is here twice (keep one entry)"],
        ),
        (
            "@misc{a, title = {T}}\n@misc{A, title = {U}}",
            [Work(key="a", title="T", authors=(), year="")],
            ["2:1: error[duplicate-key]: `A` is here twice (keep one entry)"],
        ),
        (
            "@misc{a,\n  author = {Lee, S.}\n}\n@misc{b, title = {U}}",
            [Work(key="b", title="U", authors=(), year="")],
            ["1:1: error[bibtex]: `a`: it has no title"],
        ),
        (
            "@misc{b, title = {U}}\n@misc{a, title = {T}, author = {a, b, c, d}}",
            [Work(key="b", title="U", authors=(), year="")],
            [
                "2:1: error[bibtex]: Too many commas in 'a, b, c, d' (see whether a brace or a comma is missing)"
            ],
        ),
        (
            "@misc{a, title = {T}, author = {, S.}}",
            [],
            ["1:1: error[bibtex]: `a`: 'S.' has no family name"],
        ),
    ],
    ids=[
        "conference paper",
        "letters as commands",
        "book",
        "no author",
        "comment",
        "empty",
        "only a comment",
        "string",
        "key twice",
        "key twice but for case",
        "no title",
        "no name",
        "no family name",
    ],
)
def test_the_hand_kept_bibliography(
    tmp_path: Path, text: str, works: list[Work], problems: list[str]
) -> None:
    path = tmp_path / "references.bib"
    path.write_text(text, "utf-8")
    found, wrong = read_works(path)
    assert [str(problem).removeprefix(f"{path}:") for problem in wrong] == problems
    assert list(found) == works


def test_a_bibliography_as_biblatex_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "references.bib"
    path.write_text(
        "@inproceedings{child, title={Child}, author={Doe, Jane}, crossref={Parent}, pages={1--2}}\n"
        "@proceedings{parent, title={Conference on Maps}, date={2022-06}, editor={Roe, Ann}}\n"
        "@xdata{x, journaltitle={Maps}, date={2020}}\n"
        "@article{a, title={A}, subtitle={B}, eid={107}, xdata={x}, author={family=Berg, given={Jan}, prefix=van der and Doe, J.}}\n"
        "@article{, title={No Key at All}, author={Doe, Jane and et al.}, year=2021, url={https://a.org/x https://b.org/y}}\n"
        "@article{b, title={U}, journal=nothing}\n"
        "@comment{ @article{hidden, title={Hidden}} }\n"
        "@article{c, title={Stray}\\}, author={Doe, Jane}}\n",
        "utf-8",
    )
    works, problems = read_works(path)
    doe = Person("Doe", "Jane")
    assert works == (
        Work(key="child", title="Child", authors=(doe,), year="2022", container="Conference on Maps", pages="1\N{EN DASH}2"),
        Work(key="a", title="A: B", authors=(Person("Berg", "Jan", "van der"), Person("Doe", "J.")), year="2020", container="Maps", serial=True, pages="107"),
        Work(key="doe2021no", title="No Key at All", authors=(doe, Person("others")), year="2021", url="https://a.org/x"),
        Work(key="b", title="U", authors=(), year="", serial=True),
    )  # fmt: skip
    assert [str(problem).removeprefix(f"{path}:") for problem in problems] == [
        "5:1: error[bibtex]: the entry has no key: No Key at All (it is read as `doe2021no`; write that before its first comma)",
        "6:1: error[bibtex]: `nothing` stands for nothing: no @string defines it (the entry is read without it)",
        "8:1: error[bibtex]: an escaped brace does not come in a pair (see whether a brace or a comma is missing)",
    ]


def test_a_syntax_error_hides_no_other_entry_and_stands_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "references.bib"
    path.write_text("% top\n\n@misc{a,\n  title = {T},\n  year 2020\n}\n@misc{b, title = {U}}\n", "utf-8")
    works, (problem,) = read_works(path)
    assert [work.key for work in works] == ["b"]
    assert problem.code == "bibtex"
    assert "'=' expected" in problem.message
    # Line 5 of the file is line 3 of the entry: only the first is any use to its author.
    assert problem.position.line == 5
    assert "line 3" not in problem.message


def test_a_bibliography_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert read_works(tmp_path / "references.bib") == ((), [])


def test_a_bibliography_that_is_not_utf_8_is_a_problem_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "references.bib"
    path.write_bytes(b"@misc{a, title = {\xff}}")
    works, (problem,) = read_works(path)
    assert (works, problem.file, problem.code) == ((), str(path), "encoding")


def test_a_byte_order_mark_hides_no_entry(tmp_path: Path) -> None:
    path = tmp_path / "references.bib"
    path.write_text("@misc{a, title = {T}}\n@misc{b, title = {U}}\n", "utf-8-sig")
    works, problems = read_works(path)
    assert problems == []
    assert [work.key for work in works] == ["a", "b"]


# A style that does to every entry what real ones do: titles in lower case, names in parts, months as macros.
MONTHS = "".join(
    f'MACRO {{{m}}} {{"{m}."}}\n'
    for m in ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
)
STYLE = f"""\
ENTRY {{author title month}} {{}} {{}}
INTEGERS {{place}}
FUNCTION {{line}} {{ write$ newline$ }}
FUNCTION {{misc}} {{
  cite$ line
  title "t" change.case$ line
  month empty$ {{ }} {{ month line }} if$
  author empty$ {{ }} {{
    #1 'place :=
    {{ place author num.names$ > not }} {{
      author place "{{vv~}}{{ll}}{{, jj}}{{, ff}}" format.name$ line
      place #1 + 'place :=
    }} while$
  }} if$
  newline$
}}
FUNCTION {{inproceedings}} {{misc}}
FUNCTION {{article}} {{misc}}
{MONTHS}READ
ITERATE {{call.type$}}
""".replace("not }", "#0 = }")


@pytest.fixture
def run_bibtex(tmp_path: Path) -> Callable[..., tuple[str, list[str]]]:
    """Return a runner of the program: what it writes for a file, and its warnings."""
    program = shutil.which("bibtex")
    if program is None:
        pytest.skip("the program bibtex is not here (Debian: apt-get install texlive-binaries)")

    def run(bibtex: str, style: str = "each") -> tuple[str, list[str]]:
        (tmp_path / "papers.bib").write_text(bibtex, "utf-8")
        (tmp_path / "each.bst").write_text(STYLE, "utf-8")
        (tmp_path / "t.aux").write_text(
            f"\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{papers}}\n", "utf-8"
        )
        done = subprocess.run([program, "t"], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
        warnings = [line for line in done.stdout.splitlines() if line.startswith("Warning")]
        return (tmp_path / "t.bbl").read_text("utf-8"), warnings

    return run


def test_bibtex_itself_keeps_capitals_names_and_months(
    run_bibtex: Callable[..., tuple[str, list[str]]], registry: Registry
) -> None:
    paper = make(
        title="DeepLab and CAMs: {Word} by Word, É in $X^2$ & 3D",
        authors=(ZOLA, HOVE, KING, Person(family="Plato")),
        appearance=Appearance(venue="cvpr", year=2021, month=6),
    )
    written, warnings = run_bibtex(write_bibtex([paper, make("l")], registry))
    assert warnings == []
    assert written == (
        "k\n{DeepLab} and {CAMs}: {Word} by word, {\\'e} in {$X^2$} \\& {3D}\njun.\n"
        "Zola, {\\'E}mile\nvan~den Hove, Ben\nKing, Jr., Martin\nPlato\n\nl\nA title\n\n"
    )


def test_bibtex_itself_reads_the_whole_export_without_a_warning(
    run_bibtex: Callable[..., tuple[str, list[str]]], real_library: Library
) -> None:
    written, warnings = run_bibtex(write_bibtex(real_library.values(), real_library.registry))
    assert warnings == []
    assert [line for line in written.splitlines() if line in real_library] == sorted(real_library)


def test_a_common_style_warns_of_authors_that_no_source_confirmed_and_of_nothing_else(
    run_bibtex: Callable[..., tuple[str, list[str]]], real_library: Library
) -> None:
    if not subprocess.run(["kpsewhich", "plain.bst"], capture_output=True, check=False).stdout:
        pytest.skip("the style plain is not here (Debian: apt-get install texlive-base)")
    bibtex = write_bibtex(real_library.values(), real_library.registry)
    _, warnings = run_bibtex(bibtex, style="plain")
    unnamed = {key for key, paper in real_library.items() if not paper.authors}
    expected = re.compile(r"Warning--(?:empty author|to sort, need author or key) in (\S+)")
    about = [(warning, expected.fullmatch(warning)) for warning in warnings]
    assert [warning for warning, match in about if match is None or match[1] not in unnamed] == []
