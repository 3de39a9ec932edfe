"""What an English phrase of time means: one function a core, from the match to the period, or None for no date of ours.

The patterns stand in `english_dates.py`; the groups they name are what is read here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from policytracker.tracking import periods
from policytracker.tracking.periods import Period, Precision
from policytracker.tracking.reading.english_time_words import (
    MONTH_NUMBERS,
    NUMBERS,
    ORDINALS,
    SEASON_STARTS,
    SOUTHERN,
    WEEKDAYS,
)
from policytracker.tracking.reading.phrases import fiscal_year


@dataclass(frozen=True, slots=True)
class Setting:
    """What a phrase is read against: the day of the article and the country."""

    on: date
    country: str


Resolver = Callable[[re.Match[str], Setting], Period | None]

ANCHORED_ELSEWHERE = re.compile(
    r"\s+(?:of|after|from|following|before|ago|earlier|prior|old)\b(?!\s+(?:now|today)\b)", re.I
)
MORE_THAN = re.compile(r"\b(?:in|for|by|of|than|after|well)\s+$", re.IGNORECASE)
NOT_A_STRETCH = re.compile(
    r"(?:\b\w+est|\bfirst|\btime|\bworst|\brecord|\bonly|\bonce|\bfourth|\bpeak|\blow|\bhigh)\s+$", re.I
)


def _year_number(words: str | None, on: date) -> int | None:
    if not words:
        return None
    if words.isdigit():
        return int(words)
    return on.year + 1 if words.lower().startswith("next") else on.year


def _coming(make: Callable[[int], Period], on: date, year: int | None) -> Period:
    """The period of that year, or without a year the next one that has not ended."""
    if year is not None:
        return make(year)
    period = make(on.year)
    return period if period.last >= on else make(on.year + 1)


def _named_month(match: re.Match[str]) -> int:
    return MONTH_NUMBERS[match["month"].lower()]


def full_day(match: re.Match[str], setting: Setting) -> Period | None:
    """ "3 March 2024", "March 3"; without a year, the next one."""
    if not match["month"][0].isupper():
        return None
    number, day = _named_month(match), int(match["day"])
    return _coming(
        lambda year: periods.day(date(year, number, day)), setting.on, _year_number(match["yearof"], setting.on)
    )


def iso_day(match: re.Match[str], setting: Setting) -> Period:
    """ "2024-03-31"."""
    return periods.day(date.fromisoformat(match["iso"]))


def day_in_figures(match: re.Match[str], setting: Setting) -> Period | None:
    """14/07/2025. Which is the month is said by the country, or by a number over 12; otherwise it is not guessed."""
    first, second, year = int(match["one"]), int(match["two"]), int(match["year"])
    if setting.country == "US" and first <= 12:
        return periods.day(date(year, first, second))
    if second > 12:
        return periods.day(date(year, first, second))
    if first > 12 or first == second or setting.country:
        return periods.day(date(year, second, first))
    return None


def month(match: re.Match[str], setting: Setting) -> Period | None:
    """ "in March", "by the end of next March". A month that nothing makes a date of is none: "May"."""
    year, rel = _year_number(match["yearof"], setting.on), (match["rel"] or "").lower()
    if not match["month"][0].isupper() or not (year or rel or match["pre"] or match["edge"]):
        return None
    if not match["pre"] and not rel and match["month"] == "May" and not year:
        return None
    if not year and not match["edge"] and re.search(r"\bthe\s+$", match.string[: match.start("month")], re.IGNORECASE):
        return None  # "ahead of the October elections" dates the elections
    number = _named_month(match)
    if rel == "next" and number == setting.on.month:
        year = setting.on.year + 1
    return _coming(lambda y: periods.month(y, number), setting.on, year)


def year(match: re.Match[str], setting: Setting) -> Period | None:
    """ "in 2025", "this year", "by the end of the year"."""
    number = _year_number(match["year"], setting.on)
    if number is None or not (match["pre"] or match["edge"] or match["year"].lower() in {"this year", "next year"}):
        return None
    if match["year"].lower().startswith("the") and (match["edge"] or "") not in {
        "end",
        "close",
        "middle",
        "later",
        "late",
    }:
        return None if match["pre"] not in {"within", "during"} else periods.year(number)
    return _part_of_year(number, (match["edge"] or "").lower())


def _part_of_year(number: int, edge: str) -> Period:
    if edge in {"early", "start", "beginning", "turn"}:
        return periods.quarter(number, 1)
    if edge in {"mid", "middle"}:
        return periods.half(number, 1)
    if edge == "late":
        return periods.quarter(number, 4)
    return periods.year(number)


def year_target(match: re.Match[str], setting: Setting) -> Period:
    """ "its 2030 target"."""
    return periods.year(int(match["year"]))


def year_end(match: re.Match[str], setting: Setting) -> Period:
    """ "by year-end"."""
    return periods.year(setting.on.year)


def range_of_years(match: re.Match[str], setting: Setting) -> Period | None:
    """ "from 2026 to 2030" runs to its end; "2025-26" is a fiscal year."""
    first, last = int(match["from"]), match["to"]
    ends = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    if ends <= first:
        return None
    if ends == first + 1 and match["dash"] in "-–—/":
        return fiscal_year(setting.country).period(ends)
    return Period(date(first, 1, 1), date(ends, 12, 31), Precision.YEAR)


def named_fiscal_year(match: re.Match[str], setting: Setting) -> Period:
    """ "FY2025", "fiscal year 2025", as the country counts and names them."""
    fiscal, named = fiscal_year(setting.country), int(match["fiscal"])
    named += 2000 if named < 100 else 0
    return fiscal.period(named if fiscal.named_after_end else named + 1)


def this_fiscal_year(match: re.Match[str], setting: Setting) -> Period:
    """ "this fiscal year", "the coming financial year"."""
    fiscal = fiscal_year(setting.country)
    current = fiscal.holding(setting.on)
    later = (match["rel"] or "").lower() in {"next", "coming", "new", "upcoming"}
    return fiscal.period(current.last.year + 1) if later else current


def quarter(match: re.Match[str], setting: Setting) -> Period | None:
    """ "the third quarter of 2025", "Q3"."""
    digit = match["digit"]
    number = int(digit) if digit else ORDINALS[match["ordinal"].lower()]
    return _coming(lambda year: periods.quarter(year, number), setting.on, _year_number(match["yearof"], setting.on))


def half(match: re.Match[str], setting: Setting) -> Period | None:
    """ "the second half of next year", "H2"."""
    digit = match["digit"]
    number = int(digit) if digit else min(2, ORDINALS[match["ordinal"].lower()])
    return _coming(lambda year: periods.half(year, number), setting.on, _year_number(match["yearof"], setting.on))


def season(match: re.Match[str], setting: Setting) -> Period | None:
    """ "this spring", "by the autumn of 2025"; in the south the months are others."""
    year, rel, name = _year_number(match["yearof"], setting.on), (match["rel"] or "").lower(), match["season"].lower()
    if not (match["pre"] or rel or match["edge"] or year):
        return None
    if name == "fall" and not (rel or year or (match["pre"] or "").lower() in {"in", "by", "until", "before", "this"}):
        return None
    first = SEASON_STARTS[name]
    if setting.country in SOUTHERN:
        first = (first + 5) % 12 + 1
    period = _coming(lambda y: periods.months(y, first, 3, Precision.QUARTER), setting.on, year)
    if rel == "next" and not year and period.first.year == setting.on.year:
        return periods.months(setting.on.year + 1, first, 3, Precision.QUARTER)
    return period


def relative(match: re.Match[str], setting: Setting) -> Period | None:
    """ "this month", "next week", "by the end of the quarter"."""
    rel, unit, on = (match["rel"] or "the").lower(), match["unit"].lower(), setting.on
    if (
        rel == "the"
        and (match["edge"] or "") not in {"end", "close", "later"}
        and (match["pre"] or "").lower() != "within"
    ):
        return None
    steps = 1 if rel in {"next", "coming", "the coming", "the following", "the next"} else 0
    if unit == "week":
        return periods.week_of(on + timedelta(weeks=steps))
    if unit == "month":
        later = periods.add_months(on.replace(day=1), steps)
        return periods.month(later.year, later.month)
    if unit == "quarter":
        later = periods.add_months(on.replace(day=1), 3 * steps)
        return periods.quarter(later.year, (later.month + 2) // 3)
    if unit == "decade":
        start = on.year // 10 * 10 + 10 * steps
        return Period(date(start, 1, 1), date(start + 9, 12, 31), Precision.YEAR)
    if rel in {"coming", "the coming"}:
        return periods.year(on.year if on.month <= 2 else on.year + 1)
    return _part_of_year(on.year + steps, (match["edge"] or "").lower())


def stretch(match: re.Match[str], setting: Setting) -> Period | None:
    """ "within 100 days", "over the next five years", "in 18 months". One counted from another event is left alone."""
    before, coming = (match["pre"] or "").lower(), match["coming"]
    counted_from_now = match["now"] or match["time"]
    if not counted_from_now and ANCHORED_ELSEWHERE.match(match.string, match.end()):
        return None
    if before in {"for", "throughout", "to", "up to", "from", "at", "on", "until", "before", "during"} and not coming:
        return None
    if not before and not coming and not match["now"]:
        return None
    if (
        before == "over"
        and not coming
        and (match["number"].lower() in {"a", "an"} or MORE_THAN.search(match.string, 0, match.start()))
    ):
        return None
    if before == "in" and not coming and NOT_A_STRETCH.search(match.string, 0, match.start()):
        return None
    return _so_much_later(_count(match["number"]), match["unit"].lower(), setting.on)


def _count(words: str) -> int:
    return int(words) if words.isdigit() else NUMBERS[words.lower()]


def _so_much_later(count: int, unit: str, on: date) -> Period:
    if unit in {"day", "week"}:
        return periods.day(on + timedelta(days=count * (7 if unit == "week" else 1)))
    if unit == "month":
        last = periods.add_months(on, count)
        return periods.month(last.year, last.month)
    return periods.year(on.year + count * (10 if unit == "decade" else 1))


def weekday(match: re.Match[str], setting: Setting) -> Period | None:
    """ "on Friday", "next Monday": the next one, or that of next week."""
    rel, number = (match["rel"] or "").lower(), WEEKDAYS.index(match["weekday"].lower())
    if not (rel or match["pre"]):
        return None
    ahead = (number - setting.on.weekday() - 1) % 7 + 1
    coming = setting.on + timedelta(days=ahead)
    if rel == "next" and periods.week_of(coming) == periods.week_of(setting.on):
        coming += timedelta(weeks=1)
    return periods.day(coming)


def tomorrow(match: re.Match[str], setting: Setting) -> Period:
    """The day after."""
    return periods.day(setting.on + timedelta(days=1))


def christmas(match: re.Match[str], setting: Setting) -> Period:
    """The next 25 December."""
    return _coming(lambda year: periods.day(date(year, 12, 25)), setting.on, None)
