"""The questions that are not statuses and stand beside them: late, waiting, superseded …"""

from dataclasses import dataclass
from datetime import date

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
