"""Dates and times as sites, feeds and tables write them, English and Korean. Pure.

A day keeps the words it was read from. A time becomes a moment only when its zone is written or
known for the site; otherwise the day alone is kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from articles.importing.documents import Dated, Precision
from articles.importing.refusals import ImportRefused, Reason

SEOUL = ZoneInfo("Asia/Seoul")
OLDEST, NEWEST = 1800, 2200
LONGEST_RAW = 120

# English with its short forms, then the full names in German, French, Spanish, Italian, Portuguese and Dutch.
_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan januar jänner janvier enero gennaio janeiro januari",
            "february feb februar février febrero febbraio fevereiro februari",
            "march mar märz mars marzo março maart",
            "april apr avril abril aprile",
            "may mai mayo maggio maio mei",
            "june jun juni juin junio giugno junho",
            "july jul juli juillet julio luglio julho",
            "august aug août agosto augustus",
            "september sept sep septembre septiembre settembre setembro",
            "october oct oktober octobre octubre ottobre outubro",
            "november nov novembre noviembre novembro",
            "december dec dezember décembre diciembre dicembre dezembro",
        ],
        start=1,
    )
    for name in names.split()
}
_ZONES: dict[str, tzinfo] = {
    "z": UTC, "utc": UTC, "gmt": UTC, "ut": UTC,
    "kst": SEOUL, "jst": ZoneInfo("Asia/Tokyo"), "hkt": ZoneInfo("Asia/Hong_Kong"), "sgt": ZoneInfo("Asia/Singapore"),
    "est": timezone(timedelta(hours=-5)), "edt": timezone(timedelta(hours=-4)), "et": ZoneInfo("America/New_York"),
    "cst": timezone(timedelta(hours=-6)), "cdt": timezone(timedelta(hours=-5)), "ct": ZoneInfo("America/Chicago"),
    "mst": timezone(timedelta(hours=-7)), "mdt": timezone(timedelta(hours=-6)),
    "pst": timezone(timedelta(hours=-8)), "pdt": timezone(timedelta(hours=-7)), "pt": ZoneInfo("America/Los_Angeles"),
    "bst": timezone(timedelta(hours=1)), "cet": timezone(timedelta(hours=1)), "cest": timezone(timedelta(hours=2)),
    "msk": timezone(timedelta(hours=3)), "aest": timezone(timedelta(hours=10)), "aedt": timezone(timedelta(hours=11)),
}  # fmt: skip

_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+|\(?[월화수목금토일](?:요일)?\)?,?\s+)?"
)
_DATES = rf"""
    (?P<y1>[0-9]{{4}})(?P<sep>\s?[-./]\s?)(?P<m1>[0-9]{{1,2}})(?:(?P=sep)|\s?[-./]\s?)(?P<d1>[0-9]{{1,2}})(?![0-9])\.?
  | (?P<y2>[0-9]{{4}})\s?[년年]\s?(?P<m2>[0-9]{{1,2}})\s?[월月]\s?(?P<d2>[0-9]{{1,2}})\s?[일日]
  | {_WEEKDAY}(?P<mon3>{_MONTH})\b\.?\s+(?P<d3>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9:])\s?,?\s?(?P<y3>[0-9]{{4}})(?![0-9])
  | {_WEEKDAY}(?P<d4>[0-9]{{1,2}})(?:st|nd|rd|th|er|\.|º)?[\s-]+(?:(?:of|de)\s+)?(?P<mon4>{_MONTH})\b\.?[\s,-]+(?:del?\s+)?(?P<y4>[0-9]{{4}})(?![0-9])
  | (?P<y5>(?:18|19|20|21)[0-9]{{2}})(?P<m5>0[1-9]|1[0-2])(?P<d5>0[1-9]|[12][0-9]|3[01])(?=T?[0-9]{{6}}\b|T[0-9]{{4}}\b|\b)
  | (?P<a6>[0-9]{{1,2}})(?P<sep6>[/.-])(?P<b6>[0-9]{{1,2}})(?P=sep6)(?P<y6>[0-9]{{4}})(?![0-9])
"""
_TIMES = r"""
    (?P<ampm1>오전|오후|[ap]\.?m\.?)?\s?
    (?:
      (?P<h1>[0-9]{1,2})\s?[:시]\s?(?P<mi1>[0-9]{2})(?:\s?분)?(?:\s?[:.]?\s?(?P<s1>[0-9]{2})(?:\s?초)?(?![0-9:]))?(?:[.,](?P<f1>[0-9]{1,9}))?
    | (?P<h2>[0-9]{2})(?P<mi2>[0-9]{2})(?P<s2>[0-9]{2})?(?![0-9])
    | (?P<h3>[0-9]{1,2})\s?시(?!\s?[0-9])
    | (?P<h4>[0-9]{1,2})(?=\s?[ap]\.?m\b)
    | (?P<h5>[0-9]{1,2})\.(?P<mi5>[0-9]{2})(?=\s?(?:gmt|bst|kst|utc|[ap]\.?m\b))
    )
    (?:\s?(?P<ampm2>[ap]\.?m\.?)(?![a-z]))?
    (?:\s?[(\[]?\s?(?:
        (?P<zone>z|utc|gmt|ut|kst|jst|hkt|sgt|est|edt|et|cst|cdt|ct|mst|mdt|pst|pdt|pt|bst|cest|cet|msk|aest|aedt)\b\s?(?P<offset2>[+-][0-9]{1,2}(?::?[0-9]{2})?\b)?
      | (?P<offset>[+-−][0-9]{2}:?[0-9]{2})(?![0-9])
      | (?P<offset3>[+-][0-9]{2})(?![0-9:])
    )\s?[)\]]?)?
"""
_BETWEEN = r"(?:\s?[T,|·ㅣ/-]\s?|\s+|\s?\(?(?:[월화수목금토일](?:요일)?|mon|tue|wed|thu|fri|sat|sun)\)?,?\s?)?(?:\s?(?:at|@|[|·,])\s+)?\(?"
_FLAGS = re.IGNORECASE | re.VERBOSE
_DATE = re.compile(rf"(?<![0-9A-Za-z])(?:{_DATES})", _FLAGS)
_TIME = re.compile(_TIMES, _FLAGS)
_GAP = re.compile(_BETWEEN, re.IGNORECASE)
_TIME_FIRST = re.compile(
    r"(?P<h>[0-9]{1,2})[:.](?P<mi>[0-9]{2})\s?(?P<ampm>[ap]\.?m\.?)?\s?(?P<zone>[A-Z]{2,4})?\s?(?:[,|·]|on)?\s*\Z",
    re.IGNORECASE,
)
_YEAR_MONTH = re.compile(r"\A([0-9]{4})[-./년]\s?([0-9]{1,2})\s?월?\.?\Z")
_MONTH_YEAR = re.compile(rf"\A({_MONTH})\.?,?\s+([0-9]{{4}})\Z", re.IGNORECASE)
_YEAR = re.compile(r"\A([0-9]{4})\s?년?\Z")
_SERIAL = re.compile(r"\A[0-9]{5}(?:\.[0-9]+)?\Z")
DATELINE_END = re.compile(r"\s?[)\]]?\s?(?:[–—-]{1,2}\s|/)")  # what follows the place and day before the first sentence


@dataclass(frozen=True, slots=True)
class FoundMoment:
    """A date somewhere in a text, and where."""

    start: int
    end: int
    dated: Dated


def read_moment(text: str, *, zone: tzinfo | None = None, day_first: bool | None = None) -> Dated:
    """Return the date a field holds; `zone` is assumed where none is written.

    Raise ImportRefused when it is not a date, not a possible one, or can be read two ways
    (03/04/2023, unless `day_first` says which).
    """
    raw = " ".join(text.split())[:LONGEST_RAW]
    if _SERIAL.match(raw):
        raise ImportRefused(Reason.DATE_UNREADABLE, value=raw)
    match = _DATE.search(raw)
    if not match or match.start() > 25:
        return _coarse(raw)
    dated, end = _dated(raw, match, zone, day_first, strict=True)
    if dated is None or _significant(raw[end:]) or _significant(raw[: match.start()]):
        raise ImportRefused(Reason.DATE_UNREADABLE, value=raw)
    return Dated(raw=raw, day=dated.day, moment=dated.moment, precision=dated.precision, rule=dated.rule)


def find_moments(text: str, *, zone: tzinfo | None = None, day_first: bool | None = None) -> Iterator[FoundMoment]:
    """Yield every readable date in a text, in order; what is not a possible date is passed over."""
    for match in _DATE.finditer(text):
        try:
            dated, end = _dated(text, match, zone, day_first, strict=False)
        except ImportRefused:
            continue
        if dated is not None:
            yield FoundMoment(_start(text, match, end), end, dated)


def read_quietly(text: object, *, zone: tzinfo | None = None) -> Dated:
    """Return the date of a field of a page, or an empty one: pages are full of nonsense dates."""
    if not isinstance(text, str) or not text.strip():
        return Dated()
    try:
        return read_moment(text, zone=zone)
    except ImportRefused:
        return Dated()


def _dated(
    text: str, match: re.Match[str], zone: tzinfo | None, day_first: bool | None, *, strict: bool
) -> tuple[Dated | None, int]:
    """Return what the date and the time after it say, and where they end."""
    day = _day(match, day_first, text[match.start() : match.end()])
    if day is None:
        return None, match.end()
    gap = _GAP.match(text, match.end())
    found = _TIME.match(text, gap.end() if gap else match.end())
    clock = _clock(found, strict=strict) if found else None
    end = found.end() if found and clock else match.end()
    written = _zone(found) if found and clock else None
    if clock is None:
        clock, written = _time_before(text[: match.start()])
    raw = text[match.start() : end].strip()[:LONGEST_RAW]
    if clock is None:
        return Dated(raw=raw, day=day, precision=Precision.DAY, rule="stated"), end
    used = written or zone
    if used is None:
        return Dated(raw=raw, day=day, precision=Precision.DAY, rule="no zone"), end
    moment = _moment(day, clock, used, raw)
    rule = "stated" if written else "assumed zone"
    return Dated(raw=raw, day=day, moment=moment, precision=Precision.MOMENT, rule=rule), end


def _day(match: re.Match[str], day_first: bool | None, raw: str) -> date | None:
    part = match.groupdict()
    for index in "1245":
        if part[f"y{index}"]:
            month = part.get(f"m{index}") or str(_MONTHS[part[f"mon{index}"].lower()])
            return _possible(int(part[f"y{index}"]), int(month), int(part[f"d{index}"]), raw)
    if part["y3"]:
        return _possible(int(part["y3"]), _MONTHS[part["mon3"].lower()], int(part["d3"]), raw)
    first, second, year = int(part["a6"]), int(part["b6"]), int(part["y6"])
    if first > 12 or (day_first and second <= 12) or (part["sep6"] == "." and second <= 12):
        return _possible(year, second, first, raw)
    if second > 12 or day_first is False or first == second:
        return _possible(year, first, second, raw)
    return None


def _possible(year: int, month: int, day: int, raw: str) -> date:
    if not OLDEST <= year <= NEWEST:
        raise ImportRefused(Reason.DATE_IMPOSSIBLE, value=raw, detail=f"the year {year}")
    try:
        return date(year, month, day)
    except ValueError:
        detail = f"month {month}" if not 1 <= month <= 12 else f"day {day} of month {month}"
        raise ImportRefused(Reason.DATE_IMPOSSIBLE, value=raw, detail=detail) from None


def _clock(match: re.Match[str], *, strict: bool) -> time | None:
    part = match.groupdict()
    hour = next(int(part[name]) for name in ("h1", "h2", "h3", "h4", "h5") if part[name])
    minute = int(part["mi1"] or part["mi2"] or part["mi5"] or 0)
    second = int(part["s1"] or part["s2"] or 0)
    half = (part["ampm1"] or part["ampm2"] or "").lower().replace(".", "")
    if half in ("pm", "오후") and hour < 12:
        hour += 12
    elif half in ("am", "오전") and hour == 12:
        hour = 0
    micro = int((part["f1"] or "0")[:6].ljust(6, "0"))
    try:
        # A leap second is the last second that clocks know.
        return time(hour, minute, min(second, 59) if second == 60 else second, micro)
    except ValueError:
        if strict:
            raise ImportRefused(
                Reason.DATE_IMPOSSIBLE, value=match[0].strip(), detail=f"time {hour}:{minute:02}"
            ) from None
        return None


def _time_before(text: str) -> tuple[time | None, tzinfo | None]:
    """Read a time that stands before its date: "16:14 KST, 27 January 2023"."""
    match = _TIME_FIRST.search(text[-30:])
    if not match:
        return None, None
    hour, half = int(match["h"]), (match["ampm"] or "").lower().replace(".", "")
    if half == "pm" and hour < 12:
        hour += 12
    try:
        return time(hour, int(match["mi"])), _ZONES.get((match["zone"] or "").lower())
    except ValueError:
        return None, None


def _start(text: str, match: re.Match[str], end: int) -> int:
    """Return where a moment begins: at its date, or at the time before it if none stands behind."""
    before = text[max(0, match.start() - 30) : match.start()]
    found = _TIME_FIRST.search(before) if end == match.end() else None
    return match.start() - len(before) + found.start() if found else match.start()


def _zone(match: re.Match[str]) -> tzinfo | None:
    offset = match["offset"] or match["offset2"] or match["offset3"]
    if offset:
        digits = re.sub(r"[^0-9]", "", offset)
        hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
        span = timedelta(hours=hours, minutes=minutes)
        return timezone(-span if offset[0] in "-−" else span) if span < timedelta(hours=15) else None
    return _ZONES.get((match["zone"] or "").lower())


def _moment(day: date, clock: time, zone: tzinfo, raw: str) -> datetime:
    """Return the moment; refuse a time that the clocks skipped, take the first of a doubled one."""
    moment = datetime.combine(day, clock, zone)
    if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise ImportRefused(Reason.DATE_IMPOSSIBLE, value=raw, detail="the clocks skipped that hour")
    return moment


def _coarse(raw: str) -> Dated:
    """Read "2023-03", "March 2023" and "2023"."""
    month_year = _MONTH_YEAR.match(raw)
    year_month = _YEAR_MONTH.match(raw)
    if month_year:
        day = _possible(int(month_year[2]), _MONTHS[month_year[1].lower()], 1, raw)
        return Dated(raw=raw, day=day, precision=Precision.MONTH, rule="stated")
    if year_month:
        day = _possible(int(year_month[1]), int(year_month[2]), 1, raw)
        return Dated(raw=raw, day=day, precision=Precision.MONTH, rule="stated")
    year = _YEAR.match(raw)
    if year:
        return Dated(raw=raw, day=_possible(int(year[1]), 1, 1, raw), precision=Precision.YEAR, rule="stated")
    raise ImportRefused(Reason.DATE_UNREADABLE, value=raw)


def _significant(rest: str) -> bool:
    """Is there more in a field than the date: a word, a second date?"""
    rest = re.sub(rf"{_WEEKDAY}|\(?(?:[월화수목금토일](?:요일)?)\)?", "", f"{rest} ", flags=re.IGNORECASE)
    rest = re.sub(r"\b[0-9]{1,2}[:.][0-9]{2}(?:\s?[ap]m)?(?:\s?[A-Z]{2,4})?\b", "", rest)
    return bool(re.search(r"[0-9A-Za-z가-힣]", rest))
