from __future__ import annotations

from collections.abc import Callable

import pytest

from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.tables.select import (
    Selection,
    SelectionError,
    parse_selection,
    select,
    selection_fields,
)

FIELDS = "author, benchmark, chain, depth, domain, has, inputs, key, method, pipeline, supervision, until, venue, year"


def chosen(library: Library, criteria: dict[str, str]) -> str:
    """Return the first word of the key of each paper taken, on one line."""
    return " ".join(paper.key[:3] for paper in select(library, parse_selection(library, criteria)))


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        ({}, "poi dia cho ber"),
        ({"method": "erasing"}, "cho ber"),
        ({"method": "saliency"}, "ber"),
        ({"method": "graphs"}, ""),
        ({"method": "saliency, erasing"}, "cho ber"),
        ({"method": "not saliency"}, "poi dia cho"),
        ({"method": "erasing, not saliency"}, "cho"),
        ({"method": " erasing ,, not  saliency "}, "cho"),
        ({"supervision": "box"}, "cho"),
        ({"supervision": "not box"}, "poi dia ber"),
        ({"inputs": "saliency"}, "ber"),
        ({"pipeline": "multi-stage"}, "ber"),
        ({"domain": "images, video"}, "dia cho ber"),
        ({"venue": "cvpr"}, "ber"),
        ({"venue": "not arxiv"}, "dia cho ber"),
        ({"benchmark": "err"}, "dia cho"),
        ({"benchmark": "voc, not err"}, "ber"),
        ({"key": "berg2020maps, dia2021lines"}, "dia ber"),
        ({"key": "not berg2020maps"}, "poi dia cho"),
        ({"has": "arxiv"}, "cho ber"),
        ({"has": "code"}, "cho ber"),
        ({"has": "doi"}, "dia ber"),
        ({"has": "name"}, "poi cho ber"),
        ({"has": "project"}, "cho"),
        ({"has": "results"}, "dia cho ber"),
        ({"has": "not arxiv"}, "poi dia"),
        ({"has": "doi, not code"}, "dia"),
        ({"author": "Berg"}, "cho ber"),
        ({"author": "berg"}, "cho ber"),
        ({"author": "Ada Berg"}, "cho ber"),
        ({"author": "ada-berg"}, "cho ber"),
        ({"author": "van den Hove"}, "ber"),
        ({"author": "Hove"}, ""),
        ({"author": "Emile Dia"}, "dia"),
        ({"author": "not Berg"}, "poi dia"),
        ({"author": "Nobody"}, ""),
        ({"year": "2021"}, "cho"),
        ({"year": "2022"}, "poi dia"),
        ({"year": "2020, 2022"}, "poi dia ber"),
        ({"year": "2021-2022"}, "poi dia cho"),
        ({"year": "2021 - 2022"}, "poi dia cho"),
        ({"year": "2021-"}, "poi dia cho"),
        ({"year": "-2021"}, "cho ber"),
        ({"year": "not 2021"}, "poi dia ber"),
        ({"year": "not 2021-2022"}, "ber"),
        ({"year": "2020-2022, not 2021"}, "poi dia ber"),
        ({"year": "1999"}, ""),
        # Of Point the year alone is known, of Lines it is not the year of its journal.
        ({"until": "2022-12"}, "poi dia cho ber"),
        ({"until": "2022-11"}, "dia cho ber"),
        ({"until": "2020-05"}, ""),
        ({"until": "2020-06"}, "ber"),
        ({"until": "2021-05"}, "cho ber"),
        ({"until": "2021-06", "method": "erasing"}, "cho ber"),
        ({"has": "code", "year": "2020"}, "ber"),
        ({"has": "code", "venue": "pr"}, ""),
        ({"year": "2022", "domain": "video"}, "dia"),
        ({"domain": "video", "method": "erasing"}, ""),
        ({"method": "erasing", "sort": "key"}, "ber cho"),
        ({"sort": "date"}, "ber cho dia poi"),
        ({"sort": "-date"}, "poi dia cho ber"),
        ({"sort": "key"}, "ber cho dia poi"),
        ({"sort": "-key"}, "poi dia cho ber"),
        ({"sort": "name"}, "cho ber poi dia"),
        ({"sort": "-name"}, "dia poi ber cho"),
        ({"sort": "title"}, "dia cho ber poi"),
        ({"sort": "-title"}, "poi ber cho dia"),
        ({"sort": "venue"}, "poi ber dia cho"),
        # Papers of one year stay newest first, whichever way the years go.
        ({"sort": "year"}, "ber cho poi dia"),
        ({"sort": "-year"}, "poi dia cho ber"),
        ({"sort": " key "}, "ber cho dia poi"),
        ({"limit": "2"}, "poi dia"),
        ({"limit": " 1 ", "sort": "key"}, "ber"),
        ({"limit": "1", "method": "erasing"}, "cho"),
        ({"limit": "9"}, "poi dia cho ber"),
    ],
    ids=lambda value: " & ".join(f"{f}={v}" for f, v in value.items()) if isinstance(value, dict) else "",
)
def test_selection(library: Library, criteria: dict[str, str], expected: str) -> None:
    assert chosen(library, criteria) == expected


@pytest.mark.parametrize(
    ("criteria", "message"),
    [
        ({"methods": "x"}, "unknown field `methods`: did you mean `method`?"),
        ({"colour": "x"}, f"unknown field `colour`: known are {FIELDS}"),
        ({"method": "erasin"}, "unknown method `erasin`: did you mean `erasing`?"),
        ({"method": "xyz"}, "unknown method `xyz`: known are erasing, graphs, saliency"),
        ({"method": "erasing, not xyz"}, "unknown method `xyz`: known are erasing, graphs, saliency"),
        ({"venue": "CVPR"}, "unknown venue `CVPR`: known are arxiv, cvpr, pr"),
        ({"benchmark": "vocs"}, "unknown benchmark `vocs`: did you mean `voc`?"),
        ({"supervision": "boxes"}, "unknown supervision `boxes`: did you mean `box`?"),
        (
            {"has": "video"},
            "unknown has `video`: known are arxiv, baseline, code, doi, masks, name, permissive-licence, project, reproductions, results, summary, weights",
        ),
        ({"key": "berg2020map"}, "unknown key `berg2020map`: did you mean `berg2020maps`?"),
        ({"sort": "dat"}, "unknown order `dat`: did you mean `date`?"),
        ({"sort": "--date"}, "unknown order `--date`: did you mean `date`?"),
        ({"sort": "q"}, "unknown order `q`: known are date, key, name, title, venue, year"),
        ({"limit": "9" * 10}, "limit must be a whole number from 1, not `9999999999`"),
        ({"limit": "0"}, "limit must be a whole number from 1, not `0`"),
        ({"limit": "-1"}, "limit must be a whole number from 1, not `-1`"),
        ({"limit": "all"}, "limit must be a whole number from 1, not `all`"),
        ({"limit": ""}, "limit must be a whole number from 1, not ``"),
        ({"method": ""}, "`method` needs a value"),
        ({"author": " , "}, "`author` needs a value"),
        (
            {"year": "21"},
            "`21` is no year or range of years such as 2019-2021, 2020- or -2018",
        ),
        ({"year": "-"}, "`-` is no year or range of years such as 2019-2021, 2020- or -2018"),
        (
            {"year": "not next"},
            "`next` is no year or range of years such as 2019-2021, 2020- or -2018",
        ),
        (
            {"year": "2019-2020-2021"},
            "`2019-2020-2021` is no year or range of years such as 2019-2021, 2020- or -2018",
        ),
        ({"until": "2021"}, "`until` is a month such as 2021-06, not `2021`"),
        ({"until": "2021-06, 2022-01"}, "`until` is a month such as 2021-06, not `2021-06, 2022-01`"),
        ({"until": " "}, "`until` needs a value"),
        # Without the hyphen it is neither a year nor a range.
        (
            {"year": "2019 2021"},
            "`2019 2021` is no year or range of years such as 2019-2021, 2020- or -2018",
        ),
        (
            {"year": "20192021"},
            "`20192021` is no year or range of years such as 2019-2021, 2020- or -2018",
        ),
    ],
    ids=lambda value: " & ".join(f"{f}={v}" for f, v in value.items()) if isinstance(value, dict) else "",
)
def test_what_cannot_be_understood_is_refused(
    library: Library, criteria: dict[str, str], message: str
) -> None:
    with pytest.raises(SelectionError) as error:
        parse_selection(library, criteria)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ((("method", ("gone",)),), "unknown method `gone`: known are erasing, graphs, saliency"),
        ((("gone", ("erasing",)),), f"unknown field `gone`: known are {FIELDS}"),
    ],
    ids=["value", "field"],
)
def test_a_selection_of_what_is_gone_is_refused(
    library: Library, where: tuple[tuple[str, tuple[str, ...]], ...], message: str
) -> None:
    # It was read when there still was such a method or facet.
    with pytest.raises(SelectionError) as error:
        select(library, Selection(where=where))
    assert str(error.value) == message


def test_facets_are_fields_of_a_selection(library: Library) -> None:
    assert ", ".join(sorted(selection_fields(library))) == FIELDS


def test_one_selection_written_in_two_orders_is_one_value(library: Library) -> None:
    one = parse_selection(library, {"year": "2021", "has": "code", "limit": "3"})
    other = parse_selection(library, {"limit": "3", "has": "code", "year": "2021"})
    assert one == other == Selection(where=(("has", ("code",)), ("year", ("2021",))), limit=3)
    assert hash(one) == hash(other)


def test_pages_are_taken_by_how_much_they_say(make_paper: Callable[..., Paper]) -> None:
    papers = [
        make_paper("a"), make_paper("b", summary="x", sections=("Method",)),
        make_paper("c", summary="x", sections=("Problem", "Method")), make_paper("d", summary="x"),
    ]  # fmt: skip
    library = Library(papers, Registry(sections=("Problem", "Method")))

    def taken(**criteria: str) -> list[str]:
        return [paper.key for paper in select(library, parse_selection(library, {**criteria, "sort": "key"}))]

    assert taken(depth="listed") == ["a", "d"]
    assert taken(depth="brief, full") == ["b", "c"]
    assert taken(depth="not full") == ["a", "b", "d"]
    assert taken(has="not summary") == ["a"]
    with pytest.raises(SelectionError, match="unknown depth `ful`: did you mean `full`"):
        taken(depth="ful")
