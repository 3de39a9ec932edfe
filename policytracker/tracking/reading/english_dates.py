"""The English grammar of time: "In March", "by the end of next year", "within 100 days".

A phrase is a preposition, an edge ("the end of", "early"), and a core (a day, a month, a year, a stretch). Each core has
one pattern and one function that turns the match into a period.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from policytracker.tracking import periods
from policytracker.tracking.periods import Period, Precision
from policytracker.tracking.reading.phrases import (
    Bound,
    DuePhrase,
    fiscal_year,
    longest_first,
    resolved,
    shortly_before,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a phrase is read against: the day of the article and the country."""

    on: date
    country: str


Resolver = Callable[[re.Match[str], Setting], Period | None]

MONTH_NUMBERS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = {
    word: number
    for number, word in enumerate(
        (
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
        ),
        start=1,
    )
} | {
    "a": 1,
    "an": 1,
    "eighteen": 18,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "sixty": 60,
    "ninety": 90,
    "hundred": 100,
}
ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "final": 4,
    "last": 4,
}
SEASON_STARTS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
SOUTHERN = frozenset({"AU", "NZ", "ZA"})

BY = "by|before|until|till|no later than|not later than|prior to|ahead of|in time for|within|through|up to|to|come"
IN = "in|on|during|throughout|for|at|around|as early as|as soon as"
FROM = (
    "from|starting(?: in| from| on)?|beginning(?: in| from| on)?|effective(?: from| on)?|as of|with effect from|as from"
    "|start(?:s|ing)?(?: in| on)?|begin(?:s|ning)?(?: in| on)?"
)
OVER = "over|across|between"
PAST = "since|after|following|last|past|previous|earlier|late last|so far|until last|back"
BOUNDS = ((BY, Bound.BY), (FROM, Bound.FROM), (OVER, Bound.OVER), (IN, Bound.IN))

PREPOSITION = rf"(?:\b(?P<pre>{BY}|{FROM}|{OVER}|{IN}|{PAST})\s+)?(?:about\s+|around\s+)?"
EDGE = (
    r"(?:(?:the\s+|at\s+the\s+)?(?P<edge>end|close|start|beginning|turn|middle|early|mid|late|later|earlier)"
    r"(?:\s+part)?(?:\s+of|\s+in|-|\s)\s*(?:the\s+)?)?"
)
MONTH = r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
YEAR = r"(?P<year>(?:19|20|21)\d\d(?![\d,]*\d)|this\s+year|next\s+year|the\s+year)"
OF_YEAR = r"(?:,?\s+(?:of\s+|in\s+)?(?P<yearof>(?:19|20|21)\d\d(?!\d)|this\s+year|next\s+year|the\s+(?:same\s+)?year))?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
NUMBER = r"(?P<number>\d{1,3}|" + "|".join(NUMBERS) + r")"

HINT = re.compile(
    r"\d|\b(?:year|month|week|quarter|half|decade|days?|spring|summer|autumn|fall|winter|christmas|tomorrow"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tues|wednes|thurs|fri|satur|sun)",
    re.IGNORECASE,
)
BEFORE_PAST = re.compile(
    r"\b(?:last|past|previous|earlier|ago|former|so far|until|since|late|yesterday|today)\s+(?:\(\w*\s*)?$",
    re.IGNORECASE,
)
ANCHORED_ELSEWHERE = re.compile(
    r"\s+(?:of|after|from|following|before|ago|earlier|prior|old)\b(?!\s+(?:now|today)\b)", re.I
)
MORE_THAN = re.compile(r"\b(?:in|for|by|of|than|after|well)\s+$", re.IGNORECASE)
NOT_A_STRETCH = re.compile(
    r"(?:\b\w+est|\bfirst|\btime|\bworst|\brecord|\bonly|\bonce|\bfourth|\bpeak|\blow|\bhigh)\s+$", re.I
)


def find_english_phrases(text: str, on: date, country: str = "") -> tuple[DuePhrase, ...]:
    """All phrases of present or future time in an English text."""
    if not HINT.search(text):
        return ()
    setting = Setting(on, country)
    found = (_phrase(match, rule.make, setting) for rule in RULES for match in rule.matches(text))
    return tuple(phrase for phrase in longest_first(filter(None, found)) if phrase.period.last >= on)


def _phrase(match: re.Match[str], make: Resolver, setting: Setting) -> DuePhrase | None:
    parts = match.groupdict()
    before = re.sub(r"\s+", " ", (parts.get("pre") or "").lower())
    if re.fullmatch(PAST, before) or parts.get("edge") == "earlier" or _speaks_of_the_past(match):
        return None
    period = resolved(lambda: make(match, setting))
    if period and (before in {"before", "prior to", "ahead of"}) and (parts.get("edge") or "") not in {"end", "close"}:
        period = resolved(lambda: shortly_before(period))
    if period is None:
        return None
    bound = _bound(before) if before else _bound_without_preposition(match)
    surface = match.group().rstrip(".")
    return DuePhrase(match.start(), match.start() + len(surface), surface, period, bound)


def _speaks_of_the_past(match: re.Match[str]) -> bool:
    start = match.start()
    return bool(BEFORE_PAST.search(match.string, max(0, start - 24), start)) or match.string.startswith(
        " ago", match.end()
    )


def _bound(preposition: str) -> Bound:
    return next(bound for words, bound in BOUNDS if re.fullmatch(words, preposition))


def _bound_without_preposition(match: re.Match[str]) -> Bound:
    return Bound.OVER if "number" in match.groupdict() else Bound.IN


# -- cores ------------------------------------------------------------------------------------------------------------


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


def _full_day(match: re.Match[str], setting: Setting) -> Period | None:
    if not match["month"][0].isupper():
        return None
    number, day = _named_month(match), int(match["day"])
    return _coming(
        lambda year: periods.day(date(year, number, day)), setting.on, _year_number(match["yearof"], setting.on)
    )


def _iso_day(match: re.Match[str], setting: Setting) -> Period:
    return periods.day(date.fromisoformat(match["iso"]))


def _day_in_figures(match: re.Match[str], setting: Setting) -> Period | None:
    """14/07/2025. Which is the month is said by the country, or by a number over 12; otherwise it is not guessed."""
    first, second, year = int(match["one"]), int(match["two"]), int(match["year"])
    if setting.country == "US" and first <= 12:
        return periods.day(date(year, first, second))
    if second > 12:
        return periods.day(date(year, first, second))
    if first > 12 or first == second or setting.country:
        return periods.day(date(year, second, first))
    return None


def _month(match: re.Match[str], setting: Setting) -> Period | None:
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


def _year(match: re.Match[str], setting: Setting) -> Period | None:
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


def _year_target(match: re.Match[str], setting: Setting) -> Period:
    return periods.year(int(match["year"]))


def _year_end(match: re.Match[str], setting: Setting) -> Period:
    return periods.year(setting.on.year)


def _range_of_years(match: re.Match[str], setting: Setting) -> Period | None:
    """ "from 2026 to 2030" runs to its end; "2025-26" is a fiscal year."""
    first, last = int(match["from"]), match["to"]
    ends = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    if ends <= first:
        return None
    if ends == first + 1 and match["dash"] in "-–—/":
        return fiscal_year(setting.country).period(ends)
    return Period(date(first, 1, 1), date(ends, 12, 31), Precision.YEAR)


def _named_fiscal_year(match: re.Match[str], setting: Setting) -> Period:
    fiscal, named = fiscal_year(setting.country), int(match["fiscal"])
    named += 2000 if named < 100 else 0
    return fiscal.period(named if fiscal.named_after_end else named + 1)


def _this_fiscal_year(match: re.Match[str], setting: Setting) -> Period:
    fiscal = fiscal_year(setting.country)
    current = fiscal.holding(setting.on)
    later = (match["rel"] or "").lower() in {"next", "coming", "new", "upcoming"}
    return fiscal.period(current.last.year + 1) if later else current


def _quarter(match: re.Match[str], setting: Setting) -> Period | None:
    digit = match["digit"]
    number = int(digit) if digit else ORDINALS[match["ordinal"].lower()]
    return _coming(lambda year: periods.quarter(year, number), setting.on, _year_number(match["yearof"], setting.on))


def _half(match: re.Match[str], setting: Setting) -> Period | None:
    digit = match["digit"]
    number = int(digit) if digit else min(2, ORDINALS[match["ordinal"].lower()])
    return _coming(lambda year: periods.half(year, number), setting.on, _year_number(match["yearof"], setting.on))


def _season(match: re.Match[str], setting: Setting) -> Period | None:
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


def _relative(match: re.Match[str], setting: Setting) -> Period | None:
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


def _stretch(match: re.Match[str], setting: Setting) -> Period | None:
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


def _weekday(match: re.Match[str], setting: Setting) -> Period | None:
    rel, number = (match["rel"] or "").lower(), WEEKDAYS.index(match["weekday"].lower())
    if not (rel or match["pre"]):
        return None
    ahead = (number - setting.on.weekday() - 1) % 7 + 1
    coming = setting.on + timedelta(days=ahead)
    if rel == "next" and periods.week_of(coming) == periods.week_of(setting.on):
        coming += timedelta(weeks=1)
    return periods.day(coming)


def _tomorrow(match: re.Match[str], setting: Setting) -> Period:
    return periods.day(setting.on + timedelta(days=1))


def _christmas(match: re.Match[str], setting: Setting) -> Period:
    return _coming(lambda year: periods.day(date(year, 12, 25)), setting.on, None)


@dataclass(frozen=True, slots=True)
class Rule:
    """A core with its preposition and edge. `hint` is a word of the core: where there is none, nothing is tried."""

    hint: re.Pattern[str]
    pattern: re.Pattern[str]
    make: Resolver

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """All places of the rule, looked for only around its hints: the long pattern is slow, the hint is not."""
        hints = [match.start() for match in self.hint.finditer(text)]
        if hints:
            yield from self.pattern.finditer(text, max(0, hints[0] - REACH), min(len(text), hints[-1] + REACH))


REACH = 90
MONTH_HINT = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", re.IGNORECASE)


def _rule(hint: str | re.Pattern[str], core: str, make: Resolver, *, edge: bool = True) -> Rule:
    start = PREPOSITION + (r"(?:the\s+)?" + EDGE if edge else r"(?:the\s+)?")
    hint = re.compile(hint, re.IGNORECASE) if isinstance(hint, str) else hint
    return Rule(hint, re.compile(start + core, re.IGNORECASE), make)


UNIT = r"(?P<unit>week|month|quarter|calendar\s+year|decade|year)\b(?!-)"
RULES = (
    _rule(MONTH_HINT, rf"\b{DAY}(?:\s+of)?\s+{MONTH}{OF_YEAR}", _full_day, edge=False),
    _rule(
        MONTH_HINT,
        rf"\b{MONTH}\s+{DAY}\b(?![\d%]|,\d|\s*(?:million|billion|per\s?cent)){OF_YEAR}",
        _full_day,
        edge=False,
    ),
    _rule(r"\d{4}-\d", r"\b(?P<iso>\d{4}-\d\d-\d\d)\b", _iso_day, edge=False),
    _rule(r"\d[/.]\d", r"\b(?P<one>\d{1,2})[/.](?P<two>\d{1,2})[/.](?P<year>\d{4})\b", _day_in_figures, edge=False),
    _rule(
        MONTH_HINT,
        rf"(?:(?P<rel>this|next|the coming)\s+)?\b{MONTH}(?![\w’'-]|\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)){OF_YEAR}",
        _month,
    ),
    _rule(r"(?:19|20|21)\d\d|\byear\b", rf"(?:year\s+)?\b{YEAR}(?![\w-]|/\d)", _year),
    _rule(
        r"\b(?:target|goal|deadline)\b", r"\b(?P<year>20\d\d)\s+(?:target|goal|deadline)\b", _year_target, edge=False
    ),
    _rule(r"\bend\b", r"\b(?:year|years|year’s|year's)[- ]end\b", _year_end, edge=False),
    _rule(
        r"20\d\d",
        r"\b(?:fiscal\s+|financial\s+|FY\s?)?(?:years?\s+)?(?P<from>20\d\d)\s*(?P<dash>[-–—/]|to|and|through|until)\s*"
        r"(?P<to>20\d\d|\d\d)\b(?![-/])(?:\s+(?:financial|fiscal)\s+year)?",
        _range_of_years,
    ),
    _rule(
        r"\bF(?:Y|iscal|inancial)",
        r"\b(?:FY\s?|fiscal\s+(?:year\s+)?|financial\s+year\s+)(?P<fiscal>20\d\d|\d\d)\b(?![-–/]\d)",
        _named_fiscal_year,
    ),
    _rule(r"\b(?:fiscal|financial)\b", r"\b(?P<fiscal>20\d\d)\s+(?:fiscal|financial)\s+year\b", _named_fiscal_year),
    _rule(
        r"\b(?:fiscal|financial)\b",
        r"(?:(?P<rel>this|next|current|coming|new|upcoming)\s+)?\b(?:fiscal|financial)\s+year\b(?!\s+\d|-)",
        _this_fiscal_year,
    ),
    _rule(
        r"quarter|\bQ\d",
        rf"\b(?:(?P<ordinal>first|second|third|fourth|final|last|1st|2nd|3rd|4th)\s+quarter|Q(?P<digit>[1-4])\b){OF_YEAR}",
        _quarter,
    ),
    _rule(
        r"\bhalf\b|\bH\d",
        rf"\b(?:(?P<ordinal>first|second|1st|2nd)\s+half\b(?!\s+of\s+(?!20|the\s+year|next|this))|H(?P<digit>[12])\b){OF_YEAR}",
        _half,
    ),
    _rule(
        r"spring|summer|autumn|fall|winter",
        rf"(?:(?P<rel>this|next|the coming)\s+)?\b(?P<season>spring|summer|autumn|fall|winter)\b(?!\s+(?:(?:of\s+)?[a-z]+ing|sessions?|terms?|semesters?|olympics|games|breaks?|holidays?|schools?|fuel|crops?)\b){OF_YEAR}",
        _season,
    ),
    _rule(
        r"week|month|quarter|year|decade",
        rf"(?:(?P<rel>this|next|current|the\s+coming|coming|the\s+next|the\s+following)\s+)?\b{UNIT}",
        _relative,
    ),
    _rule(
        r"day|week|month|year|decade",
        rf"(?:an?\s+period\s+of\s+)?(?P<coming>next|coming|following)?\s*\b{NUMBER}[\s-]+(?P<unit>day|week|month|year|decade)s?\b(?![-])"
        r"(?P<time>[’']?s?[’']?\s+time)?(?P<now>\s+from\s+(?:now|today))?",
        _stretch,
        edge=False,
    ),
    _rule(
        r"day\b",
        rf"(?:(?P<rel>this\s+coming|this|next|coming)\s+)?\b(?P<weekday>{'|'.join(WEEKDAYS)})\b",
        _weekday,
        edge=False,
    ),
    _rule(r"tomorrow", r"\btomorrow\b", _tomorrow, edge=False),
    _rule(r"Christmas", r"\bChristmas\b(?!\s+(?:party|tree|card|market|holiday))", _christmas, edge=False),
)
