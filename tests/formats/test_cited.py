from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_papers.formats.checks.cited import Bibliographer
from sphinx_papers.formats.exports.bibtex import write_bibtex
from sphinx_papers.formats.exports.export import VERSION
from sphinx_papers.formats.exports.papers_json import paper_json
from sphinx_papers.formats.intake.published import read_published
from sphinx_papers.formats.text.bib_source import read_source
from sphinx_papers.model.records.date import PartialDate
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Appearance, Paper
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Registry, Venue, VenueKind

LEE, BERG = Person(family="Lee", given="Ada"), Person(family="Berg", given="Jan", particle="van den")
NUNEZ = Person(family="Núñez", given="Zoë")
REGISTRY = Registry(
    venues={
        "cvpr": Venue(
            id="cvpr", name="CVPR", full="Conference on Vision", kind=VenueKind.CONFERENCE,
            proceedings="Proceedings of the Conference on Vision", publisher="IEEE",
        ),
        "eccv": Venue(
            id="eccv", name="ECCV", full="European Congress", proceedings="European Congress", kind=VenueKind.CONFERENCE,
        ),
        "jov": Venue(id="jov", name="JoV", full="Journal of Sight", proceedings="Journal of Sight", kind=VenueKind.JOURNAL),
        "arxiv": Venue(id="arxiv", name="arXiv", full="arXiv preprint", proceedings="arXiv", kind=VenueKind.PREPRINT),
    }
)  # fmt: skip
MAPS = Paper(
    key="lee2021maps", title="MapNet: Maps of CAMs for Everyone", names=("MapNet",), date=PartialDate(2020, 12),
    authors=(LEE, BERG, NUNEZ), arxiv="2012.00001", doi="10.1000/maps.1",
    appearance=Appearance(venue="cvpr", year=2021, pages="11-20"),
)  # fmt: skip
SEEDS = Paper(
    key="berg2019seeds", title="Seeds of Regions and Pixels", date=PartialDate(2019), authors=(BERG,), arxiv="1901.00002",
    doi="10.1000/seeds", appearance=Appearance(venue="jov", year=2019, volume="7", number="2", pages="1-9", month=3),
)  # fmt: skip
EARLY = Paper(
    key="lee2022early",
    title="Early Days of Label Noise",
    date=PartialDate(2022),
    authors=(LEE,),
    arxiv="2201.00003",
)
LIBRARY = Library([MAPS, SEEDS, EARLY], REGISTRY)
JUDGE = Bibliographer(LIBRARY)
AUTHORS = "author = {Lee, Ada and van den Berg, Jan and N{\\'u}{\\~n}ez, Zo{\\\"e}}"
RIGHT = (
    "@inproceedings{maps,\n  title = {{MapNet}: Maps of {CAMs} for Everyone},\n  " + AUTHORS + ",\n"
    "  booktitle = {CVPR},\n  year = {2021},\n  pages = {11--20},\n  doi = {10.1000/maps.1},\n  note = {Oral},\n}\n"
)


def told(text: str) -> list[tuple[int, int, str]]:
    found = JUDGE.report(text, "x.bib").problems
    return [(each.position.line, each.position.column, each.code) for each in found]


def codes(text: str) -> list[str]:
    return [code for _, _, code in told(text)]


def test_what_is_right_stays_as_it_is() -> None:
    report = JUDGE.report(RIGHT, "x.bib")
    assert (report.problems, report.entries, report.known) == ((), 1, 1)
    assert JUDGE.mended(RIGHT) == RIGHT


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{2021}", "{2020}", (5, 10, "cited-year")),
        ("{2021}", "2022", (5, 10, "cited-year")),
        ("{CVPR}", "{ECCV}", (4, 15, "cited-venue")),
        ("{CVPR}", "{Journal of Unrelated Studies, 3}", (4, 15, "cited-venue")),
        ("11--20", "1--10", (6, 11, "cited-pages")),
        ("maps.1", "mops.1", (7, 9, "cited-doi")),
        ("10.1000/maps.1", "https://doi.org/10.1000/seeds", (7, 9, "cited-other")),
        ("{CAMs}", "CAMs", (2, 30, "cited-capitals")),
        ("{CAMs}", "cams", (2, 30, "cited-capitals")),
        ("Lee, Ada and van den Berg, Jan and N{\\'u}{\\~n}ez, Zo{\\\"e}", "Lee, Ada and others", (3, 12, "cited-authors")),
        ("Lee, Ada and van den Berg, Jan and", "Lee, A. and", (3, 12, "cited-authors")),
        ("@inproceedings", "@article", (1, 2, "cited-venue")),
    ],
)  # fmt: skip
def test_each_slip_is_told_at_its_place_and_mended(
    old: str, new: str, expected: tuple[int, int, str]
) -> None:
    wrong = RIGHT.replace(old, new)
    assert told(wrong) == [expected]
    fixed = JUDGE.mended(wrong)
    assert told(fixed) == []
    assert JUDGE.mended(fixed) == fixed
    assert fixed.replace(" ", "").count("\n") == RIGHT.count("\n")
    # The value that was right before is right again, in whatever form.
    for value in ("2021", "11--20", "10.1000/maps.1", "{CAMs}", "note = {Oral},\n}"):
        assert value in fixed


def test_a_preprint_becomes_the_publication_and_keeps_what_else_it_says() -> None:
    text = (
        "% mine\n@Article{my:key,\n   TITLE     = \"{MapNet: Maps of CAMs for Everyone}\",\n   AUTHOR    = \"Ada Lee and others\",\n"
        "   JOURNAL   = \"arXiv preprint arXiv:2012.00001\",\n   VOLUME    = \"abs/2012.00001\",\n   YEAR      = 2020,\n"
        "   MONTH     = dec,\n   keywords  = \"a # b, {c}\"\n} % end\n"
    )  # fmt: skip
    assert codes(text) == ["cited-authors", "cited-preprint"]
    assert JUDGE.mended(text) == (
        "% mine\n@Inproceedings{my:key,\n   TITLE     = \"{MapNet: Maps of CAMs for Everyone}\",\n"
        "   AUTHOR    = {Ada Lee and van den Berg, Jan and N{\\'u}{\\~n}ez, Zo{\\\"e}},\n"
        "   BOOKTITLE   = \"Proceedings of the Conference on Vision\",\n   YEAR      = 2021,\n"
        "   keywords  = \"a # b, {c}\",\n   pages     = \"11--20\",\n   doi       = \"10.1000/maps.1\"\n} % end\n"
    )  # fmt: skip


@pytest.mark.parametrize(
    "fields",
    [
        "eprint = {1901.00002}, archiveprefix = {arXiv}, year = 2019",
        "journal = {CoRR}, volume = {abs/1901.00002}, year = 2019",
        "howpublished = {arXiv:1901.00002}, year = 2019",
        "url = {https://arxiv.org/abs/1901.00002v3}, date = {2019-01}",
        "doi = {10.48550/arXiv.1901.00002}, publisher = {arXiv}, year = {2019}",
    ],
)
def test_a_preprint_is_known_however_it_is_cited(fields: str) -> None:
    text = f"@misc{{s, title = {{Seeds of Regions and Pixels}}, author = {{van den Berg, Jan}}, {fields}}}"
    assert codes(text) == ["cited-preprint"]
    fixed = JUDGE.mended(text)
    assert codes(fixed) == []
    assert fixed.startswith(
        "@article{s, title = {Seeds of Regions and Pixels}, author = {van den Berg, Jan}, "
    )
    assert "journal" in fixed
    assert "pages = {1--9}" in fixed
    assert "volume = {7}" in fixed
    assert "number = {2}" in fixed


@pytest.mark.parametrize(
    "entry",
    [
        # The title alone, by others.
        "@inproceedings{a, title = {Seeds of Regions and Pixels}, author = {Nobody, Nora}, booktitle = {ECCV}, year = 2003}",
        # A longer and a shorter title.
        "@article{a, title = {More Seeds of Regions and Pixels}, author = {van den Berg, Jan}, journal = {ECCV}, year = 2018}",
        "@article{a, title = {Seeds of Regions}, author = {van den Berg, Jan}, journal = {ECCV}, year = 2018}",
        # The same people under the same title elsewhere: a journal's version.
        "@article{a, title = {MapNet: Maps of CAMs for Everyone}, author = {Ada Lee}, journal = {JoV}, year = 2023}",
        "@article{a, title = {MapNet: Maps of CAMs for Everyone}, author = {Ada Lee}, journal = {JoV}, doi = {10.9999/9}, year = 2021}",
        # A thesis, a short title without authors, no title.
        "@phdthesis{a, title = {Seeds of Regions and Pixels}, author = {van den Berg, Jan}, year = 2018}",
        "@misc{a, title = {MapNet}, year = 2018}",
        "@misc{a, author = {Ada Lee}}",
        "@inproceedings{a, title = {Early Days of Label Noise}, author = {Lee, Ada}, booktitle = {CVPR}, year = 2023}",
    ],
)  # fmt: skip
def test_another_publication_is_not_touched(entry: str) -> None:
    assert told(entry) == []
    assert JUDGE.mended(entry) == entry


@pytest.mark.parametrize(
    ("title", "author", "publisher", "then"),
    [
        ("Seeds of Regions and Pixels", "van den Berg, Jan", "arXiv", None),
        ("Seeds of Regions and Pixels", "van den Berg, Jan", "Springer", "{Springer}"),
        (
            "{MapNet}: Maps of {CAMs} for Everyone",
            "Ada Lee and van den Berg, Jan and Núñez, Zoë",
            "arXiv.org",
            "{IEEE}",
        ),
    ],
)
def test_of_a_preprint_arxiv_does_not_stay_the_publisher(
    title: str, author: str, publisher: str, then: str | None
) -> None:
    text = f"@misc{{s, title = {{{title}}}, author = {{{author}}}, howpublished = {{arXiv}}, publisher = {{{publisher}}}, year = 2019}}"
    fixed = JUDGE.mended(text)
    assert fixed != text
    found = re.search(r"publisher = (\S+?),? ", fixed)
    assert (found and found[1]) == then


def test_a_preprint_may_have_the_year_of_a_revision_but_none_before_it_was_public() -> None:
    text = "@misc{e, title={Early days of label noise}, author={Lee, Ada}, eprint={2201.00003}, year={2023}}"
    assert codes(text) == []
    assert codes(text.replace("2023", "2021")) == ["cited-year"]
    assert JUDGE.mended(text.replace("2023", "2021")) == text.replace("2023", "2022")


def test_the_identifier_of_another_paper_is_named_with_the_right_one() -> None:
    text = "@article{s, title={Seeds of Regions and Pixels}, author={Berg, Jan van den}, journal={JoV}, year={2019}, eprint={2012.00001}}"
    (problem,) = JUDGE.report(text, "x.bib").problems
    assert problem.text == (
        "arXiv id 2012.00001 is `lee2021maps`, MapNet: Maps of CAMs for Everyone (write 1901.00002)"
    )
    assert JUDGE.mended(text) == text.replace("2012.00001", "1901.00002")


def test_an_identifier_that_leads_to_a_stranger_is_told_and_left() -> None:
    text = "@article{q, title={Quite Other Things}, author={Nobody, Nora}, journal={arXiv:2012.00001}, year={2020}}"
    assert codes(text) == ["cited-other"]
    retitled = (
        "@article{q, title={Quite Other Things}, author={Lee, Ada}, journal={arXiv:2012.00001}, year={2020}}"
    )
    assert codes(retitled) == ["cited-title"]
    assert (JUDGE.mended(text), JUDGE.mended(retitled)) == (text, retitled)


def test_a_title_that_lost_its_name_is_written_anew_where_an_identifier_says_which_paper_it_is() -> None:
    text = RIGHT.replace("{MapNet}: Maps of {CAMs}", "Maps of {CAMs}")
    assert codes(text) == ["cited-title"]
    assert JUDGE.mended(text) == RIGHT
    assert codes(text.replace("doi = {10.1000/maps.1},", "")) == []  # the title alone is another one


def test_one_paper_under_two_keys_is_told_at_the_second() -> None:
    other = RIGHT.replace("{maps,", "{lee2021,").replace("  doi = {10.1000/maps.1},\n", "")
    found = JUDGE.report(RIGHT + other, "x.bib").problems
    assert [str(each) for each in found] == [
        "x.bib:10:16: error[cited-twice]: `lee2021` is the paper of `maps` (line 1) (cite `maps`, and delete this entry)"
    ]
    assert codes(RIGHT + RIGHT) == ["duplicate-key"]
    unknown = "@article{a, title = {Yeast}, doi = {10.5555/5}}\n@article{b, title = {{Yeast}}, doi = {10.5555/5}}\n@article{c, title = {Rye}, doi = {10.5555/5}}\n"
    assert told(unknown) == [(2, 10, "cited-twice")]


def test_short_names_of_venues_are_written_where_the_author_writes_them() -> None:
    others = "@inproceedings{o, title = {O}, booktitle = {ECCV}}\n@inproceedings{p, title = {P}, booktitle = {CVPR 2020}}\n"
    assert "booktitle = {CVPR}" in JUDGE.mended(others + RIGHT.replace("{CVPR}", "{arXiv}"))
    assert "booktitle = {Proceedings of the Conference on Vision}" in JUDGE.mended(
        RIGHT.replace("{CVPR}", "{arXiv}")
    )


def test_names_of_strings_are_read_and_give_way() -> None:
    text = '@string{v = "European " # "Congress"}\n' + RIGHT.replace("{CVPR}", "v")
    assert told(text) == [(5, 15, "cited-venue")]
    assert "booktitle = {Proceedings of the Conference on Vision}," in JUDGE.mended(text)
    assert told(RIGHT.replace("{CVPR}", "elsewhere_defined")) == []
    assert told(RIGHT.replace("{CVPR}", "CVPR")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@article{a, title = {Open\n\n" + RIGHT, [(1, 21, "bibtex")]),
        ('@article{a, title = "Open}\n' + RIGHT, [(1, 21, "bibtex")]),
        ("@article{a, title}\n" + RIGHT, [(1, 13, "bibtex")]),
        ("@article{a, title = }\n" + RIGHT, [(1, 21, "bibtex")]),
        ("@article{a b, title = {T}}\n" + RIGHT, [(1, 1, "bibtex")]),
        ("@article{a, title = {T}\n year = 2000}\n" + RIGHT, [(1, 24, "bibtex")]),
        ("@comment{@article{maps, title = {T}}}\n% a@b.c {\n" + RIGHT, []),
        ("@comment{never closed\n" + RIGHT, []),
        ("@preamble{\"\\newcommand{\\x}{}\"}\n" + RIGHT, []),
        ("@misc(round, title = {T (1)}, note = {)})\n" + RIGHT, []),
        ("@misc{}@", []),
        ("@misc{é, title = {\u202e}}", []),
        ("@", []),
        ("", []),
    ],
)  # fmt: skip
def test_what_cannot_be_read_hides_nothing(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert told(text) == expected
    wrong = text.replace("{2021}", "{2020}")
    assert JUDGE.mended(wrong) == text


@pytest.mark.parametrize(
    "part", ["@a{", "@comment{", '@a{b, c = "', "@a{b, c = {{", "@string{a = b # ", "\n@misc{k,x"]
)
def test_hostile_files_take_no_longer_than_their_length(part: str) -> None:
    start = time.perf_counter()
    JUDGE.mended(part * 2_000)
    assert time.perf_counter() - start < 20


PIECES = st.sampled_from(
    ["@article{", "k", ",", "title", " = ", "{", "}", '"', "#", "2020", "MapNet: Maps of CAMs for Everyone", "\n", "author",
     "Lee, Ada and others", "year", "journal", "arXiv", "eprint", "2012.00001", "\\", "$", "(", ")", "@", "é", "pages"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_judged_and_mended_once_for_all(text: str) -> None:
    JUDGE.report(text, "x.bib")
    fixed = JUDGE.mended(text)
    assert JUDGE.mended(fixed) == fixed
    for entry in read_source(text).entries:
        assert text[entry.key_span.start : entry.key_span.end] == entry.key


def test_what_the_project_exports_is_right_by_its_own_judge() -> None:
    report = JUDGE.report(write_bibtex(LIBRARY.values(), REGISTRY), "x.bib")
    assert (report.problems, report.known) == ((), 3)


def test_published_records_judge_as_the_checkout_does() -> None:
    papers = [paper_json(each, REGISTRY).model_dump_json(exclude_defaults=True) for each in LIBRARY.values()]
    published = read_published(f'{{"version": {VERSION}, "papers": [{", ".join(papers)}]}}')
    wrong = RIGHT.replace("{2021}", "{2020}").replace("{CAMs}", "CAMs") + RIGHT.replace("{maps", "{twice")
    assert Bibliographer(published).report(wrong, "x.bib") == JUDGE.report(wrong, "x.bib")
    preprint = RIGHT.replace("booktitle = {CVPR}", "journal = {arXiv preprint arXiv:2012.00001}")
    mended = Bibliographer(published).mended(preprint)
    assert mended == JUDGE.mended(preprint)
    assert "Proceedings of the Conference on Vision" in mended
