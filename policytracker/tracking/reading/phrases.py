"""What both grammars of time share: the phrase they find and the rules for choosing among finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from policytracker.tracking import periods
from policytracker.tracking.periods import Period, Precision


class Bound(IntEnum):
    """How a phrase binds; the higher, the more it is a deadline."""

    OVER = 1
    """A stretch in which something goes on: "over five years", 5년간."""
    FROM = 2
    """A start: "from March", 3월부터."""
    IN = 3
    """Some time within: "in March", 3월 중."""
    BY = 4
    """An end: "by March", 3월까지."""


@dataclass(frozen=True, slots=True)
class DuePhrase:
    """Words of time at their offsets (code points of the text given) and the period they mean."""

    start: int
    end: int
    surface: str
    period: Period
    bound: Bound

    @property
    def date(self) -> date:
        """The last day of the period: what a deadline is counted from."""
        return self.period.last

    @property
    def precision(self) -> Precision:
        return self.period.precision


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """The month in which a country's fiscal year ends, and whether it is named after that year."""

    last_month: int
    named_after_end: bool = True

    def period(self, ending: int) -> Period:
        """The fiscal year that ends in this calendar year. Raises ValueError outside the calendar."""
        last = periods.month(ending, self.last_month).last
        return Period(periods.add_months(last.replace(day=1), -11), last, Precision.YEAR)

    def holding(self, on: date) -> Period:
        """The fiscal year that holds this day."""
        return self.period(on.year if on.month <= self.last_month else on.year + 1)


FISCAL_YEARS = {
    "US": FiscalYear(9),
    "AU": FiscalYear(6),
    "NZ": FiscalYear(6),
    "KE": FiscalYear(6),
    "PK": FiscalYear(6),
    "BD": FiscalYear(6),
    "KR": FiscalYear(12),
    "JP": FiscalYear(3, named_after_end=False),
    "IN": FiscalYear(3),
    "GB": FiscalYear(3),
    "CA": FiscalYear(3),
    "ZA": FiscalYear(3),
}
FISCAL_YEAR_ELSEWHERE = FiscalYear(3)


def fiscal_year(country: str) -> FiscalYear:
    """The country's fiscal year; April to March where it is not known, the commonest where years are written 2025-26."""
    return FISCAL_YEARS.get(country, FISCAL_YEAR_ELSEWHERE)


def resolved(make: Callable[[], Period | None]) -> Period | None:
    """What `make` gives, or None where the words name no day of the calendar ("31 June", the year 12000)."""
    try:
        return make()
    except (ValueError, OverflowError):
        return None


def shortly_before(period: Period | None) -> Period | None:
    """ "before March" ends with February: the period of the same length that ends the day before."""
    if period is None or period.first == date.min:
        return None
    last = period.first - timedelta(days=1)
    if period.precision is Precision.MONTH:
        return periods.month(last.year, last.month)
    if period.precision is Precision.YEAR:
        return Period(date(last.year, 1, 1), last, Precision.YEAR)
    return Period(last, last, Precision.DAY)


def longest_first(found: Iterable[DuePhrase]) -> tuple[DuePhrase, ...]:
    """Of overlapping phrases the longest, in the order of the text."""
    kept: list[DuePhrase] = []
    for phrase in sorted(found, key=lambda p: (-(p.end - p.start), p.start)):
        if all(phrase.end <= other.start or other.end <= phrase.start for other in kept):
            kept.append(phrase)
    return tuple(sorted(kept, key=lambda p: p.start))
