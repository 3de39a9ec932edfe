"""What is overdue and what falls due next, from standings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from policytracker.government.models import Commitment
from policytracker.tracking.ledger import set_back
from policytracker.tracking.moments import Moment
from policytracker.tracking.standing import with_standing
from policytracker.tracking.standing.whole import near_ids


@dataclass(frozen=True)
class Due:
    """One deadline: a commitment's own, or that of one of its periods (`label`)."""

    commitment: Any
    on: date
    precision: str
    days: int
    key: str  # names the deadline for good, in calendars
    label: str = ""

    @property
    def days_late(self) -> int:
        return -self.days


@dataclass(frozen=True)
class Calendar:
    """Deadlines that have passed without a conclusion, the longest first, and those to come, the nearest first."""

    overdue: list[Due]
    ahead: list[Due]


def nearest(commitments: QuerySet[Commitment], moment: Moment, limit: int) -> Calendar:
    """The calendar of the commitments whose deadlines lie nearest to the moment: up to `limit` missed, as many to come."""
    near = near_ids(commitments, moment, limit=limit)
    rows: Any = commitments
    found = calendar_of(with_standing(rows.for_list_page().filter(pk__in=near), moment), moment)
    return Calendar(found.overdue[-limit:], found.ahead[:limit])


def calendar_of(commitments: Iterable[Any], moment: Moment) -> Calendar:
    """The open deadlines of commitments that carry their standing."""
    open_ones = [due for commitment in set_back(commitments, moment) for due in _deadlines(commitment, moment)]
    return Calendar(
        overdue=sorted((due for due in open_ones if due.days < 0), key=lambda due: due.days),
        ahead=sorted((due for due in open_ones if due.days >= 0), key=lambda due: due.days),
    )


def _deadlines(commitment: Any, moment: Moment) -> list[Due]:
    standing = commitment.standing
    found = []
    if _is_open(standing.due):
        days = (standing.due.last_day - moment.as_of).days
        found.append(
            Due(
                commitment,
                standing.due.last_day,
                standing.due.precision or "day",
                days,
                f"commitment-{commitment.pk}",
            )
        )
    for period in standing.occurrences:
        if _is_open(period.due):
            days = (period.due.last_day - moment.as_of).days
            found.append(
                Due(
                    commitment,
                    period.due.last_day,
                    period.due.precision or "day",
                    days,
                    f"occurrence-{period.occurrence_id}",
                    str(period.label),
                )
            )
    return found


def _is_open(due: Any) -> bool:
    return due.last_day is not None and due.days_left is not None and str(due.state) not in ("concluded", "waiting")
