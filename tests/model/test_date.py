from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_papers.model.records.date import PartialDate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021", PartialDate(2021)),
        ("2021-05", PartialDate(2021, 5)),
        ("2021-05-19", PartialDate(2021, 5, 19)),
        ("2024-02-29", PartialDate(2024, 2, 29)),
        ("0099-12", PartialDate(99, 12)),
    ],
)
def test_a_date_is_read_as_far_as_it_is_written_and_written_as_it_was_read(
    text: str, expected: PartialDate
) -> None:
    assert PartialDate.parse(text) == expected
    assert str(expected) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "21",
        "20210519",
        "2021-5",
        "2021-05-9",
        "2021/05/19",
        "2021-05-19T00",
        " 2021",
        "2021\n",
        "\N{FULLWIDTH DIGIT TWO}021",
    ],
)
def test_another_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no date of the form YYYY, YYYY-MM or YYYY-MM-DD") as error:
        PartialDate.parse(text)
    assert str(error.value).startswith(repr(text))


@pytest.mark.parametrize(
    "text", ["0000", "2021-00", "2021-13", "2021-05-00", "2021-05-32", "2021-02-29", "1900-02-29"]
)
def test_a_day_that_no_calendar_has_is_refused(text: str) -> None:
    # The words are those of the standard library and differ between its versions.
    with pytest.raises(ValueError, match=r"year|month|day"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("date", "first"),
    [("2021", "2021-12"), ("2021-06", "2021-06"), ("2021-06-30", "2021-06"), ("2021-12-31", "2021-12")],
)
def test_a_date_is_past_when_all_that_it_may_be_is_over(date: str, first: str) -> None:
    """What is known to the year alone may have been its last day."""
    months = [f"{year}-{month:02}" for year in (2020, 2021, 2022) for month in range(1, 13)]
    past = [each for each in months if PartialDate.parse(date).is_past(PartialDate.parse_month(each))]
    assert past == months[months.index(first) :]


@pytest.mark.parametrize("text", ["2021", "2021-06-01", "2021-13", "2021-6", "June 2021", ""])
def test_a_month_has_one_form(text: str) -> None:
    with pytest.raises(ValueError, match=r"form YYYY|month must be"):
        PartialDate.parse_month(text)


def test_a_month_has_a_name() -> None:
    assert [PartialDate.parse(text).month_name for text in ("2021-01", "2021-12-31", "2021")] == [
        "January 2021", "December 2021", "2021",
    ]  # fmt: skip


def test_a_less_exact_date_sorts_before_those_it_contains() -> None:
    in_order = ["2020-12-31", "2021", "2021-01", "2021-01-01", "2021-02", "2022"]
    assert [str(date) for date in sorted(map(PartialDate.parse, in_order[::-1]))] == in_order


@settings(max_examples=30)
@given(st.dates())
def test_every_day_of_the_calendar_is_read_back(day: dt.date) -> None:
    assert PartialDate.parse(day.isoformat()) == PartialDate(day.year, day.month, day.day)
