"""The two clocks a page can be asked by: what was true on a day, and what we knew by a moment. Pure; reads no clock."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from urllib.parse import urlencode

from django.utils.translation import gettext as _

EARLIEST = date(1900, 1, 1)  # no record of promises reaches further back; what lies before is a slip
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
ZONE_SIGN_LOST = re.compile(r" ([0-9]{2}:?[0-9]{2})$")  # "+09:00" in an address that was not escaped


class NotAMoment(ValueError):
    """The address asks for a moment there is none of. `str()` is a sentence for the visitor."""


@dataclass(frozen=True, slots=True)
class Moment:
    """`as_of`: what was true at the end of that day. `known_at`: what the record held by then.

    `is_present` says that the visitor asked for neither: the page shows today and needs no banner. `asked_as_of` and
    `asked_known_at` are the words asked with, empty otherwise.
    """

    as_of: date
    known_at: datetime
    is_present: bool = False
    asked_as_of: str = ""
    asked_known_at: str = ""

    @property
    def true_by(self) -> date:
        """What happened up to this day counts. Nothing ahead is ever recorded, so the present leaves nothing out."""
        return date.max if self.is_present else self.as_of

    def day_in(self, zone: tzinfo) -> date:
        """The day that deadlines of that zone are held against: the one asked for, else the present day there."""
        return self.known_at.astimezone(zone).date() if self.is_present else self.as_of

    @property
    def query(self) -> str:
        """The part of an address that asks for this moment again; empty for the present."""
        asked = {"as_of": self.asked_as_of, "known_at": self.asked_known_at}
        return urlencode({name: words for name, words in asked.items() if words})


def present(*, now: datetime, zone: tzinfo) -> Moment:
    """The moment of a visitor who asks for none: today in that zone, by all we know."""
    return Moment(now.astimezone(zone).date(), now, is_present=True)


def moment_from(parameters: Mapping[str, str], *, now: datetime, zone: tzinfo) -> Moment:
    """The moment that `as_of` and `known_at` of an address ask for; days begin and end in `zone`.

    Without `known_at` it is all we know now. With `known_at` alone it is the state of things as it was told at that
    moment. `known_at=2023-07-15` reaches to the end of that day. Raises NotAMoment.
    """
    day_words = _asked(parameters, "as_of")
    known_words = _asked(parameters, "known_at")
    if not day_words and not known_words:
        return present(now=now, zone=zone)
    known_at = _known_at(known_words, now=now, zone=zone) if known_words else now
    as_of = _as_of(day_words, now=now, zone=zone) if day_words else known_at.astimezone(zone).date()
    return Moment(as_of, known_at, asked_as_of=day_words, asked_known_at=known_words)


def _asked(parameters: Mapping[str, str], name: str) -> str:
    values = parameters.getlist(name) if hasattr(parameters, "getlist") else [parameters.get(name, "")]
    if len(values) > 1:
        raise NotAMoment(_("The address gives “%(name)s” more than once. Give it once.") % {"name": name})
    return values[0].strip() if values else ""


def _as_of(words: str, *, now: datetime, zone: tzinfo) -> date:
    day = _day(words, "as_of")
    if day > now.astimezone(zone).date():
        raise NotAMoment(
            _("“as_of” asks for %(day)s, a day that has not come. Ask for today or an earlier day.")
            % {"day": day.isoformat()}
        )
    return day


def _known_at(words: str, *, now: datetime, zone: tzinfo) -> datetime:
    if INSTANT.fullmatch(ZONE_SIGN_LOST.sub(r"+\1", words)):
        known_at = _instant(ZONE_SIGN_LOST.sub(r"+\1", words), zone)
    else:
        known_at = _end_of(_day(words, "known_at"), zone)
        if known_at.astimezone(zone).date() == now.astimezone(zone).date():
            known_at = now
    if known_at > now:
        raise NotAMoment(
            _("“known_at” asks what we shall know on %(day)s. Ask for now or an earlier moment.")
            % {"day": known_at.astimezone(zone).date().isoformat()}
        )
    return known_at


def _day(words: str, name: str) -> date:
    if not DAY.fullmatch(words):
        raise NotAMoment(
            _("“%(name)s” should be a day written like 2023-07-15, but the address says “%(words)s”.")
            % {"name": name, "words": _shown(words)}
        )
    try:
        day = date.fromisoformat(words)
    except ValueError:
        raise NotAMoment(
            _("“%(name)s” asks for %(words)s, a day the calendar does not have.") % {"name": name, "words": words}
        ) from None
    if day < EARLIEST:
        raise NotAMoment(
            _("“%(name)s” asks for %(words)s; nothing in this record is older than %(earliest)s.")
            % {"name": name, "words": words, "earliest": EARLIEST.isoformat()}
        )
    return day


def _instant(words: str, zone: tzinfo) -> datetime:
    _day(words[:10], "known_at")
    try:
        instant = datetime.fromisoformat(words)
    except ValueError:
        raise NotAMoment(
            _("“known_at” asks for %(words)s, a time the calendar does not have.") % {"words": _shown(words)}
        ) from None
    return (instant if instant.tzinfo else instant.replace(tzinfo=zone)).astimezone(UTC)


def _end_of(day: date, zone: tzinfo) -> datetime:
    """The last microsecond of the day in the zone."""
    try:
        # The later of the two where clocks go back at midnight and the last hour comes twice.
        return datetime.combine(day, time.max.replace(fold=1), zone).astimezone(UTC)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def _shown(words: str) -> str:
    """The visitor's words, short and on one line."""
    printable = "".join(character if character.isprintable() else "�" for character in words)
    return printable if len(printable) <= 40 else printable[:40] + "…"
