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
from policytracker.tracking.standing.whole import near_ids, open_ids


@dataclass(frozen=True)
class Due:
    """One deadline: a commitment's own, or that of one of its periods (`label`)."""

    commitment: Any
    on: date
    precision: str
    days: int
    kind: str  # with the number it names the deadline for good: ("commitment", 7), ("occurrence", 3)
    number: int
    label: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.number}"

    @property
    def days_late(self) -> int:
        return -self.days


@dataclass(frozen=True)
class Calendar:
    """Deadlines that have passed without a conclusion, the longest first, and those to come, the nearest first."""

    overdue: list[Due]
    ahead: list[Due]
    is_cut: bool = False  # whether there are more of either


def nearest(commitments: QuerySet[Commitment], moment: Moment, limit: int) -> Calendar:
    """The calendar of the commitments whose deadlines lie nearest to the moment: up to `limit` missed, as many to come."""
    return calendar_near(commitments, moment, near_ids(commitments, moment, limit=limit + 1), limit)


def calendar_near(commitments: QuerySet[Commitment], moment: Moment, near: list[int], limit: int) -> Calendar:
    """The same, where the numbers of the nearest, and of one more on either side, were read along with a count."""
    rows: Any = commitments
    found = calendar_of(with_standing(rows.for_list_page().filter(pk__in=near), moment), moment)
    is_cut = max(len(found.overdue), len(found.ahead)) > limit
    return Calendar(found.overdue[-limit:], found.ahead[:limit], is_cut)


def open_page(
    commitments: QuerySet[Commitment], moment: Moment, after: tuple[date, int], limit: int
) -> tuple[list[Due], tuple[date, int] | None]:
    """The open deadlines of `limit` commitments after a place, by day; and the place the next page starts after."""
    found = open_ids(commitments, moment, after=after, limit=limit + 1)
    shown = dict(found[:limit])
    rows: Any = commitments
    told = calendar_of(with_standing(rows.for_list_page().filter(pk__in=shown), moment), moment)
    last, day = found[limit - 1] if len(found) > limit else (0, None)
    return [*told.overdue, *told.ahead], (day, last) if day else None


def calendar_of(commitments: Iterable[Any], moment: Moment) -> Calendar:
    """The open deadlines of commitments that carry their standing."""
    open_ones = [due for commitment in set_back(commitments, moment) for due in _deadlines(commitment, moment)]
    return Calendar(
        overdue=sorted((due for due in open_ones if due.days < 0), key=lambda due: due.days),
        ahead=sorted((due for due in open_ones if due.days >= 0), key=lambda due: due.days),
    )


def _deadlines(commitment: Any, moment: Moment) -> list[Due]:
    standing = commitment.standing
    asked = [(standing.due, "commitment", commitment.pk, "")]
    asked += [(period.due, "occurrence", period.occurrence_id, str(period.label)) for period in standing.occurrences]
    return [
        Due(commitment, due.last_day, due.precision or "day", (due.last_day - moment.as_of).days, kind, number, label)
        for due, kind, number, label in asked
        if _is_open(due)
    ]


def _is_open(due: Any) -> bool:
    return due.last_day is not None and due.days_left is not None and str(due.state) not in ("concluded", "waiting")
