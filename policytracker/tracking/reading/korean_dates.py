"""The Korean grammar of time: 3월 중, 내년 상반기, 연내, 2027년까지, 100일 이내.

One pattern holds a year, a part of it and a day, each optional; further patterns hold weeks, stretches and fixed words.
What follows (까지, 부터, 중 …) says how the phrase binds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from policytracker.tracking import periods
from policytracker.tracking.periods import Period, Precision
from policytracker.tracking.reading.phrases import (
    Bound,
    DuePhrase,
    longest_first,
    resolved,
    shortly_before,
)

Resolver = Callable[[re.Match[str], date], Period | None]

HINT = re.compile(r"[\d년월주달해올금]|반기|연[내말초중]|내일|모레|봄|여름|가을|겨울")
TAIL = r"(?P<tail>\s*(?:전까지|이전까지|까지는|까지|안으로|안에|이내에|이내|내에|내로|내(?!년|용|부|실|외|국|각)|중으로|중에|중(?!순|앙|국|소|장|점|요|기|단)|부터|이전에|이전|전에|께|쯤|경(?!제)|무렵|에는|에)?)"
YEAR_WORDS = {
    "올해": 0,
    "올": 0,
    "금년": 0,
    "금년도": 0,
    "새해": 0,
    "내년": 1,
    "내년도": 1,
    "명년": 1,
    "내후년": 2,
    "후년": 2,
}
YEAR = r"(?P<year>(?:20|19|21)\d\d\s*년도?|['’]\d\d\s*년|올해|금년도?|새해|내후년|내년도?|명년|후년|올(?=\s*(?:[상하]반기|연[말초]|[1-4]\s*(?:/4|·4)?\s*분기|\d{1,2}월|봄|여름|가을|겨울)))"
MONTH = r"(?P<month>\d{1,2})\s*월(?![가-힣]*\s*(?:기준|현재))"
MONTH_WORD = r"(?P<monthword>이달|이번\s*달|금월|다음\s*달|내달|새달|익월)"
PART = r"(?P<part>초순|초|중순|하순|상순|말)"
DAY = r"(?P<day>\d{1,2})\s*일(?![가-힣]*\s*(?:기준|현재))"
SEASON = r"(?P<season>봄|여름|가을|겨울)"
PAST_BEFORE = re.compile(r"(?:지난|작년|지난해|전년|앞서|이미|최근|당시)\s*$")
PAST_AFTER = re.compile(r"\s*(?:이후|이래|간\s*지속|만에|째|전(?:에는?|부터|의)?(?![가-힣])|차\b)")
ANCHORED_ELSEWHERE = re.compile(
    r"(?:공포|시행|출범|취임|제정|개정|통과|승인|발효|체결|착수|신청|접수|완료|종료|발생|퇴직|출생|계약|발표|선언|합의)(?:된|한|하고)?"
    r"\s*(?:일|날)?(?:로부터|부터|후|뒤|이후|에서)?\s*$"
)
SEASON_MONTHS = {"봄": 3, "여름": 6, "가을": 9, "겨울": 12}
WEEKDAYS = "월화수목금토일"
KOREAN_NUMBERS = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "석": 3, "넉": 4}


def find_korean_phrases(text: str, on: date, country: str = "") -> tuple[DuePhrase, ...]:
    """All phrases of present or future time in a Korean text."""
    if not HINT.search(text):
        return ()
    found = (_phrase(match, make, on) for pattern, make in RULES for match in pattern.finditer(text))
    return tuple(phrase for phrase in longest_first(filter(None, found)) if phrase.period.last >= on)


def _phrase(match: re.Match[str], make: Resolver, on: date) -> DuePhrase | None:
    if _speaks_of_the_past(match):
        return None
    tail = (match.groupdict().get("tail") or "").strip()
    period = resolved(lambda: make(match, on))
    if period and tail in {"전까지", "이전까지", "이전에", "이전", "전에"}:
        period = resolved(lambda: shortly_before(period))
    if period is None:
        return None
    surface = match.group().rstrip()
    return DuePhrase(match.start(), match.start() + len(surface), surface, period, _bound(match, tail))


def _speaks_of_the_past(match: re.Match[str]) -> bool:
    text = match.string
    return bool(
        PAST_BEFORE.search(text, max(0, match.start() - 6), match.start()) or PAST_AFTER.match(text, match.end())
    )


def _bound(match: re.Match[str], tail: str) -> Bound:
    if tail.endswith("부터"):
        return Bound.FROM
    if tail.startswith(("까지", "전까지", "이전", "전에", "내", "이내", "안")) or "연내" in match.group():
        return Bound.BY
    return Bound.OVER if "stretch" in match.re.groupindex else Bound.IN


# -- cores ------------------------------------------------------------------------------------------------------------


def _year_number(words: str | None, on: date) -> int | None:
    if not words:
        return None
    digits = re.sub(r"\D", "", words)
    if digits:
        return int(digits) if len(digits) == 4 else 2000 + int(digits)
    if words == "새해":
        return on.year + 1 if on.month >= 10 else on.year
    return on.year + YEAR_WORDS[words.replace(" ", "")]


def _coming(make: Callable[[int], Period], on: date, year: int | None) -> Period:
    if year is not None:
        return make(year)
    period = make(on.year)
    return period if period.last >= on else make(on.year + 1)


def _year(match: re.Match[str], on: date) -> Period | None:
    number, part = _year_number(match["year"], on), match["part"]
    if number is None:
        return None
    if part in {"초", "초순"}:
        return periods.quarter(number, 1)
    return periods.year(number)


def _half(match: re.Match[str], on: date) -> Period:
    which = 1 if match["half"] == "상" else 2
    return _coming(lambda year: periods.half(year, which), on, _year_number(match["year"], on))


def _quarter(match: re.Match[str], on: date) -> Period:
    number = int(match["quarter"])
    return _coming(lambda year: periods.quarter(year, number), on, _year_number(match["year"], on))


def _season(match: re.Match[str], on: date) -> Period | None:
    if not match["year"] and not match["tail"]:
        return None
    first = SEASON_MONTHS[match["season"]]
    return _coming(lambda year: periods.months(year, first, 3, Precision.QUARTER), on, _year_number(match["year"], on))


def _month(match: re.Match[str], on: date) -> Period:
    number = int(match["month"])
    return _coming(lambda year: periods.month(year, number), on, _year_number(match["year"], on))


def _range_of_months(match: re.Match[str], on: date) -> Period:
    last = int(match["month"])
    return _coming(lambda year: periods.month(year, last), on, _year_number(match["year"], on))


def _full_day(match: re.Match[str], on: date) -> Period:
    number, day = int(match["month"]), int(match["day"])
    return _coming(lambda year: periods.day(date(year, number, day)), on, _year_number(match["year"], on))


def _dotted_day(match: re.Match[str], on: date) -> Period:
    return periods.day(date(int(match["y"]), int(match["m"]), int(match["d"])))


def _relative_month(match: re.Match[str], on: date) -> Period:
    steps = 0 if re.match(r"이|금", match["monthword"]) else 1
    first = periods.add_months(on.replace(day=1), steps)
    if match["day"]:
        return periods.day(first.replace(day=int(match["day"])))
    return periods.month(first.year, first.month)


def _day_to_come(match: re.Match[str], on: date) -> Period | None:
    """오는 14일, 14일까지. A bare 14일 is the day of the report and says nothing of a deadline."""
    if not match["coming"] and (match["tail"] or "").strip() not in {"까지", "부터", "전까지", "까지는"}:
        return None
    day = int(match["day"])
    this_month = on.replace(day=1)
    candidate = this_month.replace(day=day)
    return periods.day(candidate if candidate >= on else periods.add_months(this_month, 1).replace(day=day))


def _week(match: re.Match[str], on: date) -> Period:
    steps = 0 if re.match(r"이번|금", match["week"]) else 1
    week = periods.week_of(on + timedelta(weeks=steps))
    if match["weekday"]:
        return periods.day(week.first + timedelta(days=WEEKDAYS.index(match["weekday"])))
    return week


def _this_year(match: re.Match[str], on: date) -> Period:
    number = _year_number(match["year"], on) or on.year
    return periods.quarter(number, 1) if match["word"] == "연초" else periods.year(number)


def _stretch(match: re.Match[str], on: date) -> Period | None:
    """100일 이내, 3년 안에, 향후 5년간. One counted from another event ("공포 후 6개월") is left alone."""
    tail, coming = (match["tail"] or "").strip(), match["coming"]
    if re.search(r"최[대장소단]\s*$", match.string[: match.start()]):
        return None
    if not coming and not tail and not match["stretch"].endswith(("간", "후", "뒤")):
        return None
    if ANCHORED_ELSEWHERE.search(match.string, max(0, match.start() - 20), match.start()):
        return None
    if not coming and match["unit"] in {"일", "주", "주일"} and match["stretch"].endswith(("간", "동안")):
        return None
    unit, words = match["unit"], match["number"]
    count = int(words) if words.isdigit() else KOREAN_NUMBERS[words]
    if unit in {"일", "주", "주일"}:
        return periods.day(on + timedelta(days=count * (1 if unit == "일" else 7)))
    if unit in {"개월", "달"}:
        last = periods.add_months(on, count)
        return periods.month(last.year, last.month)
    return periods.year(on.year + count)


def _range_of_years(match: re.Match[str], on: date) -> Period | None:
    first, last = int(match["from"]), int(match["to"])
    last += first // 100 * 100 if last < 100 else 0
    return Period(date(first, 1, 1), date(last, 12, 31), Precision.YEAR) if last > first else None


def _tomorrow(match: re.Match[str], on: date) -> Period:
    return periods.day(on + timedelta(days=1 if match["word"] == "내일" else 2))


def _rule(core: str, make: Resolver) -> tuple[re.Pattern[str], Resolver]:
    return re.compile(r"(?<![\d가-힣])" + core + TAIL), make


COMING = r"(?:(?P<coming>오는|다가오는|향후|앞으로|이르면|늦어도|늦어도\s*오는)\s*)?"
RULES: tuple[tuple[re.Pattern[str], Resolver], ...] = (
    _rule(rf"{COMING}{YEAR}\s*{PART}?(?![가-힣]*간\s)", _year),
    _rule(rf"{COMING}(?:{YEAR}\s*)?(?P<half>[상하])\s*반기(?:\s*(?:말|초))?", _half),
    _rule(rf"{COMING}(?:{YEAR}\s*)?(?P<quarter>[1-4])\s*(?:/\s*4|[·.]\s*4)?\s*분기(?:\s*(?:말|초))?", _quarter),
    _rule(rf"{COMING}(?:{YEAR}\s*)?{SEASON}(?:철)?", _season),
    _rule(rf"{COMING}(?:{YEAR}\s*)?{MONTH}\s*{PART}?", _month),
    _rule(rf"{COMING}(?:{YEAR}\s*)?\d{{1,2}}\s*월?\s*[~∼\-–]\s*{MONTH}\s*{PART}?", _range_of_months),
    _rule(rf"{COMING}(?:{YEAR}\s*)?{MONTH}\s*{DAY}", _full_day),
    _rule(r"['’]?(?P<y>20\d\d)\s*[.\-/]\s*(?P<m>\d{1,2})\s*[.\-/]\s*(?P<d>\d{1,2})\.?(?!\d)", _dotted_day),
    _rule(rf"{COMING}{MONTH_WORD}\s*{PART}?\s*(?:{DAY})?", _relative_month),
    _rule(rf"{COMING}{DAY}", _day_to_come),
    _rule(
        r"(?P<week>이번\s*주|금주|다음\s*주|내주|차주)(?!부|식|민|장|도|요)(?:\s*(?P<weekday>[월화수목금토일])요일)?(?:\s*(?:중|초|말))?",
        _week,
    ),
    _rule(rf"(?:{YEAR}\s*)?(?P<word>연내|연말|연초|연중|해\s*안|올해\s*안|연도\s*내)(?![가-힣]*정산)", _this_year),
    _rule(
        rf"{COMING}(?P<stretch>(?P<number>\d{{1,3}}|한|두|세|석|넉|네|다섯|여섯)\s*(?P<unit>개월|주일|주|일|달|년)\s*(?:간|동안|후|뒤)?)",
        _stretch,
    ),
    _rule(r"(?P<from>20\d\d)\s*년?\s*[~∼\-–]\s*['’]?(?P<to>20\d\d|\d\d)\s*년도?", _range_of_years),
    _rule(r"(?P<word>내일|모레)", _tomorrow),
)
