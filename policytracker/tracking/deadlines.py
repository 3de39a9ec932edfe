"""Is it due, overdue, how late: computed from plain values, never stored.

A due date is the *last day* of the period that was promised, in the government's own time zone. "March 2023" is due until
2023-03-31 24:00 there and overdue from 2023-04-01 00:00 on. Only days are compared, in that zone, so neither a change of
the clocks nor a later change of the zone's rules moves a deadline.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.conf import settings

from policytracker.tracking.periods import Precision


class DueState(StrEnum):
    """Where a commitment stands against its clock."""

    NO_DEADLINE = "no_deadline"
    UPCOMING = "upcoming"
    DUE_SOON = "due_soon"
    WAITING = "waiting"
    OVERDUE = "overdue"
    CONCLUDED = "concluded"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due date as promised, and what moved it since.

    `extended_to` is a later date that the government announced (the commitment's record keeps its source); `override` is
    an editor's own date, set with a reason, and wins over both. `named` is how exactly the day that counts was named
    where `precision` says less, “approximate” for one.
    """

    due_on: date | None
    precision: str = Precision.DAY
    zone: str = "UTC"
    extended_to: date | None = None
    override: date | None = None
    named: str = ""

    @property
    def last_day(self) -> date | None:
        """The day that counts: the override, else the extension, else what was promised."""
        return self.override or self.extended_to or self.due_on


@dataclass(frozen=True, slots=True)
class DueStanding:
    """The answer. `days_late` counts whole days past the last day, up to the conclusion or up to now.

    `precision` is how exactly the last day was named.
    """

    state: DueState
    last_day: date | None = None
    overdue_from: datetime | None = None
    days_left: int | None = None
    days_late: int = 0
    is_extended: bool = False
    precision: str = ""

    @property
    def is_overdue(self) -> bool:
        return self.state is DueState.OVERDUE


def stand_against(
    deadline: Deadline, *, at: datetime, concluded_on: date | None = None, waits_for_condition: bool = False
) -> DueStanding:
    """How a commitment stands against its deadline at a moment (which must carry a time zone).

    A concluded commitment is no longer overdue; it was late by so many days, or not at all. One that waits for its
    condition has a date but is never overdue. Raises ValueError for a moment without a zone,
    `zoneinfo.ZoneInfoNotFoundError` for a zone that does not exist.
    """
    if at.tzinfo is None:
        raise ValueError("the moment needs a time zone")
    last_day = deadline.last_day
    if last_day is None:
        return DueStanding(DueState.CONCLUDED if concluded_on else DueState.NO_DEADLINE)
    today = at.astimezone(ZoneInfo(deadline.zone)).date()
    return DueStanding(
        state=_state(last_day, today, deadline.precision, concluded_on, waits_for_condition),
        last_day=last_day,
        overdue_from=overdue_from(last_day, deadline.zone),
        days_left=None if concluded_on else (last_day - today).days,
        days_late=_days_late(last_day, concluded_on or today, waits_for_condition and not concluded_on),
        is_extended=deadline.override is None and deadline.extended_to is not None,
        precision=deadline.named or deadline.precision,
    )


def due_soon_days(precision: str) -> int:
    """How many days ahead a deadline of that precision counts as due soon; a deployment sets it."""
    days: dict[str, int] = settings.DUE_SOON_DAYS
    return days.get(precision, days[Precision.MONTH])


def overdue_from(last_day: date, zone: str) -> datetime | None:
    """The first moment after the last day in that zone, as UTC; None past the end of the calendar."""
    try:
        next_day = last_day + timedelta(days=1)
        return datetime.combine(next_day, time.min, ZoneInfo(zone)).astimezone(UTC)
    except OverflowError:
        return None


def _state(
    last_day: date, today: date, precision: str, concluded_on: date | None, waits_for_condition: bool
) -> DueState:
    if concluded_on is not None:
        return DueState.CONCLUDED
    days_left = (last_day - today).days
    if waits_for_condition:
        return DueState.WAITING
    if days_left < 0:
        return DueState.OVERDUE
    return DueState.DUE_SOON if days_left <= due_soon_days(precision) else DueState.UPCOMING


def _days_late(last_day: date, until: date, excused: bool) -> int:
    return 0 if excused else max(0, (until - last_day).days)
