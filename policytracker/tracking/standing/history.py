"""How many commitments had been made by a month, and stood where at its end: for charts over time, however many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from policytracker.government.models import Commitment
from policytracker.tracking.moments import Moment

from .values import NOT_RATED
from .whole import months_of


@dataclass(frozen=True, slots=True)
class Span:
    """How many commitments stood at a status from the end of one month until that of another, or until the day asked for."""

    status: str
    is_concluded: bool
    since: date
    until: date | None
    count: int

    def holds_on(self, day: date) -> bool:
        """Whether it held at the end of that day's month."""
        return self.since <= day and (self.until is None or (day.year, day.month) < (self.until.year, self.until.month))


@dataclass(frozen=True, slots=True)
class History:
    """When commitments were made (first days of months, with how many), and the spans of their statuses.

    Asked for the last day of a month, or for the day the history ends on.
    """

    made: Sequence[tuple[date, int]]
    spans: Sequence[Span]

    @property
    def begins_on(self) -> date | None:
        """The first day of the month in which the first was made; None where nothing was."""
        return min((month for month, _count in self.made), default=None)

    def made_by(self, day: date) -> int:
        """How many had been made."""
        return sum(count for month, count in self.made if month <= day)

    def concluded_by(self, day: date) -> int:
        """How many stood concluded."""
        return sum(span.count for span in self.spans if span.is_concluded and span.holds_on(day))

    def statuses_on(self, day: date) -> Counter[str]:
        """How many of those made stood at each status."""
        stood = Counter[str]()
        for span in self.spans:
            if span.holds_on(day):
                stood[span.status] += span.count
        stood[NOT_RATED] += self.made_by(day) - stood.total()
        return +stood


def history_of(commitments: QuerySet[Commitment], moment: Moment) -> History:
    """The history of these commitments up to the moment, in one query; as the record told it then."""
    rows = months_of(commitments, moment)
    return History(
        made=[(since, count) for status, _is_concluded, since, _until, count in rows if not status],
        spans=[Span(*row) for row in rows if row[0]],
    )
