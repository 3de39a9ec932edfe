"""How many commitments stand where, of how many, and which were left out and why. One function counts.

A figure is never a number alone: `Tally` carries its whole and its exclusions, and `behind` picks the rows of any of
them, so that every number opens to the list it was counted from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import Case, CharField, Q, QuerySet, Value, When

from policytracker.government.models import Commitment
from policytracker.tracking.moments import Moment
from policytracker.tracking.standing import Condition, Standing
from policytracker.tracking.standing.status import with_state
from policytracker.tracking.standing.values import NOT_RATED
from policytracker.tracking.standing.whole import Group, groups_and_near, groups_of, members_of

Rows = TypeVar("Rows", bound="QuerySet[Commitment]")


class Place(StrEnum):
    """Whether a commitment counts in a rate, or why not. Asked in this order; the first that applies holds."""

    NOT_VERIFIABLE = "not_verifiable"
    WAITING = "waiting"
    COUNTED = "counted"
    LAPSED = "lapsed"
    SUPERSEDED = "superseded"
    NOT_RATED = "not_rated"
    NOT_DUE = "not_due"


@dataclass(frozen=True, slots=True)
class Rate:
    """`numerator` of `denominator`; `excluded` tells what is in neither, by reason."""

    numerator: int
    denominator: int
    excluded: Mapping[Place, int] = field(default_factory=dict)

    @property
    def share(self) -> float | None:
        """The fraction; None of nothing."""
        return self.numerator / self.denominator if self.denominator else None


@dataclass
class Tally:
    """Commitments by status within those that count, and by reason within those that do not."""

    counted: Counter[str] = field(default_factory=Counter)
    excluded: Counter[Place] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    overdue: int = 0
    last_change: date | None = None

    @property
    def total(self) -> int:
        """All of them, whether they count or not."""
        return self.statuses.total()

    def rate(self, *statuses: str) -> Rate:
        """How many of those that count stand at one of these statuses."""
        numerator = sum(self.counted[status] for status in statuses)
        return Rate(numerator, self.counted.total(), dict(self.excluded))

    def add(self, place: Place, status: str, is_overdue: bool, judged_on: date | None = None, count: int = 1) -> None:
        """Take in one commitment, or several that stand alike; `judged_on` is the newest verdict's day."""
        self.statuses[status] += count
        self.overdue += is_overdue * count
        self.last_change = _later(self.last_change, judged_on)
        if place is Place.COUNTED:
            self.counted[status] += count
        else:
            self.excluded[place] += count

    def __add__(self, other: Tally) -> Tally:
        """Both as one."""
        return Tally(
            self.counted + other.counted,
            self.excluded + other.excluded,
            self.statuses + other.statuses,
            self.overdue + other.overdue,
            _later(self.last_change, other.last_change),
        )


def place_of(standing: Standing) -> Place:
    """Whether a commitment that stands so counts: it is concluded, or it is rated, due and not done."""
    return _place_from(
        is_not_verifiable=standing.is_not_verifiable,
        condition=standing.condition,
        is_concluded=standing.is_concluded,
        is_ended=standing.is_superseded or standing.discontinued_on is not None,
        status=standing.status,
        is_overdue=standing.is_overdue,
    )


def _place_from(
    *, is_not_verifiable: bool, condition: str, is_concluded: bool, is_ended: bool, status: str, is_overdue: bool
) -> Place:
    if is_not_verifiable:
        return Place.NOT_VERIFIABLE
    if condition == Condition.WAITING:
        return Place.WAITING
    if is_concluded:
        return Place.COUNTED
    if condition == Condition.LAPSED:
        return Place.LAPSED
    if is_ended:
        return Place.SUPERSEDED
    if status == NOT_RATED:
        return Place.NOT_RATED
    return Place.COUNTED if is_overdue else Place.NOT_DUE


def tally_of(standings: Iterable[Standing]) -> Tally:
    """The tally of standings that were read already."""
    tally = Tally()
    for standing in standings:
        tally.add(place_of(standing), standing.status, standing.is_overdue, standing.judged_on)
    return tally


def with_place(commitments: Rows, moment: Moment, *, rubric: str = "") -> Rows:
    """The same commitments with `place_then` beside their state: a column to filter and count by."""
    return with_state(commitments, moment, rubric=rubric).annotate(place_then=_place())


def behind(commitments: Rows, moment: Moment, *, place: Place, status: str = "", rubric: str = "") -> Rows:
    """The rows behind one figure of the tally of these commitments."""
    rows = with_place(commitments, moment, rubric=rubric).filter(place_then=place)
    return rows.filter(status_then=status) if status else rows


def tally_at(commitments: QuerySet[Commitment], moment: Moment, *, rubric: str = "") -> Tally:
    """The tally of these commitments at the moment, in one query; under one rubric where it is named."""
    return next(iter(scoreboard(commitments, moment, rubric=rubric).values()), Tally())


def scoreboard(
    commitments: QuerySet[Commitment], moment: Moment, *, by: str = "", rubric: str = ""
) -> dict[Any, Tally]:
    """The tallies of these commitments by “lead_ministry”, “initiative” or “made_by__official”, in one query.

    Lead ministry and initiative are those the record named at the moment.
    """
    return _tallies(groups_of(commitments, moment, by=by, rubric=rubric))


def scoreboard_and_near(
    commitments: QuerySet[Commitment], moment: Moment, *, by: str = "", limit: int
) -> tuple[dict[Any, Tally], list[int]]:
    """The scoreboard, and the numbers of those with the latest missed and the nearest deadlines, in one query."""
    groups, near = groups_and_near(commitments, moment, by=by, limit=limit)
    return _tallies(groups), near


@dataclass(frozen=True, slots=True)
class Roll:
    """A tally with its members: the status of each by number, and the day each was made, in days since 1970."""

    tally: Tally
    statuses: Mapping[int, str]
    made: Mapping[int, int]

    def changed_since(self, earlier: Roll) -> list[int]:
        """The numbers of those that stand otherwise than they did, or did not stand there; the newest first."""
        changed = [pk for pk, status in self.statuses.items() if earlier.statuses.get(pk) != status]
        return sorted(changed, key=lambda pk: (self.made[pk], pk), reverse=True)


def roll_of(commitments: QuerySet[Commitment], moment: Moment) -> Roll:
    """The tally of these commitments with its members, in one query; as the record said at the moment."""
    members = members_of(commitments, moment)
    tallies = _tallies(group for group, _ids, _days in members)
    return Roll(
        tally=next(iter(tallies.values()), Tally()),
        statuses={pk: group.status for group, ids, _days in members for pk in ids},
        made={pk: day for _group, ids, days in members for pk, day in zip(ids, days, strict=True)},
    )


def _tallies(groups: Iterable[Group]) -> dict[Any, Tally]:
    tallies: dict[Any, Tally] = {}
    for group in groups:
        place = _place_from(
            is_not_verifiable=group.verifiability == "not_verifiable",
            condition=group.condition,
            is_concluded=group.is_concluded,
            is_ended=group.is_ended,
            status=group.status,
            is_overdue=group.is_overdue,
        )
        tally = tallies.setdefault(group.key, Tally())
        tally.add(place, group.status, group.is_overdue, group.judged_on, group.count)
    return tallies


def _later(one: date | None, other: date | None) -> date | None:
    return max(filter(None, (one, other)), default=None)


def _place() -> Case:
    """`place_of`, for the database."""
    return Case(
        When(as_known_verifiability="not_verifiable", then=Value(Place.NOT_VERIFIABLE.value)),
        When(then_condition="waiting", then=Value(Place.WAITING.value)),
        When(then_concluded=True, then=Value(Place.COUNTED.value)),
        When(then_condition="lapsed", then=Value(Place.LAPSED.value)),
        When(then_ended=True, then=Value(Place.SUPERSEDED.value)),
        When(status_then=NOT_RATED, then=Value(Place.NOT_RATED.value)),
        When(Q(then_overdue=True), then=Value(Place.COUNTED.value)),
        default=Value(Place.NOT_DUE.value),
        output_field=CharField(),
    )
