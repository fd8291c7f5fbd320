"""Dates known to the year, the month or the day."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date as far as it is known; 0 stands for an unknown month or day.

    A less exact date sorts before the exact ones that it contains.
    """

    year: int
    """Four digits."""
    month: int = 0
    """1 to 12, or 0."""
    day: int = 0
    """1 to 31, or 0."""

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

        :raises ValueError: for any other form, and for a day that no calendar has.
        """
        match = _FORM.fullmatch(text)
        if match is None:
            message = f"{text!r} is no date of the form YYYY, YYYY-MM or YYYY-MM-DD"
            raise ValueError(message)
        year, month, day = (int(part or 0) for part in match.groups())
        dt.date(year, month if match[2] else 1, day if match[3] else 1)
        return cls(year, month, day)

    @classmethod
    def parse_month(cls, text: str) -> PartialDate:
        """Read ``YYYY-MM``.

        :raises ValueError: for any other form, and for a month that there is not.
        """
        date = cls.parse(text)
        if not date.month or date.day:
            message = f"{text!r} is no month of the form YYYY-MM"
            raise ValueError(message)
        return date

    def is_past(self, month: PartialDate) -> bool:
        """Say whether all that the date may be is over at the end of *month*: of a year alone its last day."""
        return (self.year, self.month or 12) <= (month.year, month.month)

    @property
    def month_name(self) -> str:
        """The month in words, *June 2021*, or the year where that is all."""
        return f"{_MONTHS[self.month - 1]} {self.year:04}" if self.month else f"{self.year:04}"

    @property
    def moment(self) -> float:
        """The point in time on a scale of years; the middle of what is known."""
        if not self.month:
            return self.year + 0.5
        return round(self.year + (self.month - 1 + ((self.day - 0.5) / 31 if self.day else 0.5)) / 12, 3)

    def __str__(self) -> str:
        if self.day:
            return f"{self.year:04}-{self.month:02}-{self.day:02}"
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"
