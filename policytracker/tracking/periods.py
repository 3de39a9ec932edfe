"""Stretches of the calendar that keep their precision: pure values, no clock.

A deadline such as "March 2023" is not a day. It is a `Period` of one month; its last day is what counts as late.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum


class Precision(StrEnum):
    """How exactly a date was said, from the finest to the coarsest."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included, said with this precision."""

    first: date
    last: date
    precision: Precision

    def __str__(self) -> str:
        return f"{self.first.isoformat()}/{self.last.isoformat()} ({self.precision})"


def day(on: date) -> Period:
    """That day alone."""
    return Period(on, on, Precision.DAY)


def week_of(on: date) -> Period:
    """The week from Monday to Sunday that holds this day."""
    monday = on - timedelta(days=on.weekday())
    return Period(monday, monday + timedelta(days=6), Precision.WEEK)


def month(year: int, number: int) -> Period:
    """A calendar month. Raises ValueError for a month or year that does not exist."""
    length = calendar.monthrange(year, number)[1]
    return Period(date(year, number, 1), date(year, number, length), Precision.MONTH)


def quarter(year: int, number: int) -> Period:
    """A quarter of the calendar year. Raises ValueError unless the number is 1 to 4."""
    return months(year, number * 3 - 2, 3, Precision.QUARTER)


def half(year: int, number: int) -> Period:
    """A half of the calendar year. Raises ValueError unless the number is 1 or 2."""
    return months(year, number * 6 - 5, 6, Precision.HALF)


def year(number: int) -> Period:
    """A calendar year. Raises ValueError for a year that Python's calendar does not hold."""
    return Period(date(number, 1, 1), date(number, 12, 31), Precision.YEAR)


def months(year: int, first: int, count: int, precision: Precision) -> Period:
    """`count` months from this one on; they may run into the next year. Raises ValueError for a month that is none."""
    if not 1 <= first <= 12:
        raise ValueError(f"there is no month {first}")
    end = first + count - 2
    return Period(date(year, first, 1), month(year + end // 12, end % 12 + 1).last, precision)


def add_months(on: date, count: int) -> date:
    """The same day so many months on, or the last day of a month that is shorter.

    Raises ValueError when that lies outside the calendar.
    """
    index = on.year * 12 + on.month - 1 + count
    target_year, target_month = index // 12, index % 12 + 1
    if not 1 <= target_year <= MAXYEAR:
        raise ValueError(f"the year {target_year} is outside the calendar")
    return date(target_year, target_month, min(on.day, calendar.monthrange(target_year, target_month)[1]))
