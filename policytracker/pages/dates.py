"""Dates in words, as exactly as they are known, in the reader's language."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

LONG = "long"
SHORT = "short"
BARE = "bare"  # without the year, for lists that stand under it


def in_words(day: date, precision: str = "day", style: str = LONG) -> str:
    """`day` as exactly as `precision` says: "19 August 2025", "March 2023", "first half of 2025".

    `style` "short" abbreviates months; "bare" leaves the year out where the rest can stand alone.
    """
    if precision in ("quarter", "half"):
        return _part_of_year(day, precision, style)
    if precision == "week":
        day -= timedelta(days=day.weekday())  # a deadline stores its Sunday, and is named by its Monday
    return _qualified(dateformat.format(day, _format(precision, style)), precision)


def machine_readable(day: date, precision: str = "day") -> str:
    """The value of a `<time>` element's datetime attribute; empty where HTML has no form for the period."""
    return {
        "month": f"{day:%Y-%m}",
        "year": f"{day:%Y}",
        "week": "{0.year}-W{0.week:02}".format(day.isocalendar()),
        "quarter": "",
        "half": "",
    }.get(precision, day.isoformat())


def _format(precision: str, style: str) -> str:
    """How Django's date filter writes it in the active language."""
    if precision == "year":
        return pgettext("date format of a year", "Y")
    if precision == "month":
        return {
            LONG: pgettext("date format of a month", "F Y"),
            SHORT: pgettext("date format of a month, short", "M Y"),
            BARE: pgettext("date format of a month without its year", "F"),
        }[style]
    return {
        LONG: pgettext("date format of a day", "j F Y"),
        SHORT: pgettext("date format of a day, short", "j M Y"),
        BARE: pgettext("date format of a day without its year", "j M"),
    }[style]


def _part_of_year(day: date, precision: str, style: str) -> str:
    if precision == "half":
        part = _("first half") if day.month <= 6 else _("second half")
    else:
        names = [_("first quarter"), _("second quarter"), _("third quarter"), _("fourth quarter")]
        part = names[(day.month - 1) // 3]
    return part if style == BARE else _("{part} of {year}").format(part=part, year=day.year)


def _qualified(words: str, precision: str) -> str:
    if precision == "week":
        return pgettext("a week, by its first day", "week of {date}").format(date=words)
    if precision == "approximate":
        return pgettext("a date that is not known exactly", "about {date}").format(date=words)
    if precision == "inferred":
        return pgettext("a date worked out from context", "{date} (inferred)").format(date=words)
    if precision == "no later than":
        return pgettext("a date that is the latest possible", "by {date}").format(date=words)
    return words


def span_in_words(start: date | None, start_precision: str, end: date | None, end_precision: str) -> str:
    """A period: "July 2023 to July 2025", "since July 2025", "until July 2025"; empty when nothing is known."""
    first = _edge_of_a_span(start, start_precision) if start else ""
    last = _edge_of_a_span(end, end_precision) if end else ""
    if first and last:
        return _("{start} to {end}").format(start=first, end=last)
    if first:
        return _("since {start}").format(start=first)
    return _("until {end}").format(end=last) if last else ""


def _edge_of_a_span(day: date, precision: str) -> str:
    """A day after "since" and "to", where "by" cannot stand."""
    if precision == "no later than":
        return pgettext("the latest possible date, in a period", "{date} at the latest").format(date=in_words(day))
    return in_words(day, precision)


def moment_in_words(moment: datetime, zone: tzinfo) -> str:
    """A moment with its time and zone: "27 January 2023, 16:14 KST"."""
    local = moment.astimezone(zone)
    return pgettext("a moment", "{date}, {time} {zone}").format(
        date=in_words(local.date()), time=f"{local:%H:%M}", zone=_zone_name(local)
    )


def zone_of(utc_offset_minutes: int | None) -> tzinfo:
    """The zone of a printed time; UTC when it named none. Nine hours east is called KST, as its readers do."""
    if utc_offset_minutes is None:
        return UTC
    offset = timedelta(minutes=utc_offset_minutes)
    return timezone(offset, "KST") if utc_offset_minutes == 540 else timezone(offset)


def _zone_name(local: datetime) -> str:
    name = local.tzname() or ""
    return name if name.isalpha() else f"UTC{local:%z}"


def days_from_now(days: int) -> str:
    """How far ahead a day lies: "today", "in 57 days"."""
    if days == 0:
        return _("today")
    return ngettext("in {days} day", "in {days} days", days).format(days=days)


def days_overdue(days: int) -> str:
    """How long something has been due: "33 days overdue"."""
    return ngettext("{days} day overdue", "{days} days overdue", days).format(days=days)


def days_late(days: int) -> str:
    """How late something came: "26 days late"."""
    return ngettext("{days} day late", "{days} days late", days).format(days=days)


def as_date(value: Any) -> date:
    """The day of a date or a moment (in UTC)."""
    return value.date() if isinstance(value, datetime) else value
