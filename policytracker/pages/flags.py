"""The questions that are not statuses and stand beside them: late, waiting, superseded …"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _

from . import dates


@dataclass(frozen=True)
class Flag:
    """A word of warning with an icon; `is_plain` ones are grey."""

    key: str
    text: str
    icon: str
    is_plain: bool = True


def overdue(days: int) -> Flag:
    """Due and not concluded."""
    return Flag("overdue", dates.days_overdue(days), "i-warn", is_plain=False)


def late(days: int) -> Flag:
    """Concluded, but after its deadline."""
    return Flag("late", dates.days_late(days), "i-warn", is_plain=False)


def waiting() -> Flag:
    """Its condition has not come about."""
    return Flag("waiting", _("waits for its condition"), "i-clock")


def not_verifiable() -> Flag:
    """Nobody could say whether it was kept; counted aloud, never rated."""
    return Flag("not_verifiable", _("not verifiable"), "i-minus")


def superseded() -> Flag:
    """Another commitment took its place."""
    return Flag("superseded", _("superseded"), "i-superseded")


def dormant(since: date | None = None) -> Flag:
    """Nothing was heard of it for long."""
    words = _("dormant since {date}").format(date=dates.in_words(since)) if since else _("dormant")
    return Flag("dormant", words, "i-clock")


def disputed() -> Flag:
    """Its latest verdict is under review again."""
    return Flag("disputed", _("disputed"), "i-flag")


def undone(on: date) -> Flag:
    """Kept, and undone later."""
    return Flag("undone", _("undone on {date}").format(date=dates.in_words(on)), "i-superseded")


class Standing(Protocol):
    """What of a commitment's standing its flags are read from."""

    days_late: int
    last_heard_on: date | None
    reversed_on: date | None
    is_overdue: bool
    is_concluded: bool
    is_waiting: bool
    is_not_verifiable: bool
    is_superseded: bool
    is_dormant: bool
    is_disputed: bool


def flags_of(standing: Standing) -> list[Flag]:
    """The flags beside a commitment's status, the pressing ones first."""
    told = [
        overdue(standing.days_late) if standing.is_overdue else None,
        late(standing.days_late) if standing.is_concluded and standing.days_late else None,
        disputed() if standing.is_disputed else None,
        undone(standing.reversed_on) if standing.reversed_on else None,
        superseded() if standing.is_superseded else None,
        waiting() if standing.is_waiting else None,
        not_verifiable() if standing.is_not_verifiable else None,
        dormant(standing.last_heard_on) if standing.is_dormant and not standing.is_superseded else None,
    ]
    return [flag for flag in told if flag]
