"""Who held a post on a day, from the memberships of that post. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Protocol, TypeVar


class Position(Protocol):
    """What of a post decides who held it."""

    @property
    def pk(self) -> Any: ...
    @property
    def is_single_holder(self) -> bool: ...


class Tenure(Protocol):
    """What of a membership decides who held the post; the model has it, and so may anything else."""

    @property
    def post(self) -> Position: ...
    @property
    def started_on(self) -> date | None: ...
    @property
    def started_precision(self) -> str: ...
    @property
    def ended_on(self) -> date | None: ...
    @property
    def is_acting(self) -> bool: ...
    @property
    def attested_on(self) -> Sequence[date]: ...


T = TypeVar("T", bound=Tenure)


def holders_on(tenures: Iterable[T], day: date) -> list[T]:
    """Those who held one of the posts on `day`, by all we know: usually one for each post.

    On a shared day the successor counts as holder, and a predecessor whose end is known only roughly gives way to a
    successor who has certainly begun. Acting holders stand beside the holder, after them. Two are named where the
    dates leave both possible; none where nobody is known.
    """
    possible = [tenure for tenure in tenures if may_hold_on(tenure, day)]
    holding = [tenure for tenure in possible if not any(_displaces(other, tenure, day) for other in possible)]
    return sorted(holding, key=lambda tenure: (tenure.is_acting, tenure.started_on or date.min))


def may_hold_on(tenure: Tenure, day: date) -> bool:
    """Whether the dates allow that the post was held on `day`; attested days stand in for unknown ends."""
    first = tenure.started_on or min(tenure.attested_on, default=tenure.ended_on)
    last = tenure.ended_on
    if last is None and tenure.started_on is None:
        last = max(tenure.attested_on, default=None)
    return first is not None and first <= day and (last is None or day <= last)


def certainly_begun_on(tenure: Tenure) -> date | None:
    """The first day on which the post was certainly held: the last day of the period in which it was taken up."""
    start = tenure.started_on
    if start is None:
        return min(tenure.attested_on, default=None)
    if tenure.started_precision == "year":
        return date(start.year, 12, 31)
    if tenure.started_precision in MONTHS:
        later = start.month - 1 + MONTHS[tenure.started_precision]
        return date(start.year + later // 12, later % 12 + 1, 1) - timedelta(days=1)
    if tenure.started_precision == "week":
        return start + timedelta(days=6)
    return start


MONTHS = {"month": 1, "quarter": 3, "half": 6}


def _displaces(successor: Tenure, holder: Tenure, day: date) -> bool:
    """Whether `successor` has certainly taken over from `holder` by `day`."""
    if successor.is_acting or successor.post.pk != holder.post.pk or not holder.post.is_single_holder:
        return False
    begun = certainly_begun_on(successor)
    if begun is None or begun > day:
        return False
    return _order(successor) > _order(holder)


def _order(tenure: Tenure) -> date:
    return tenure.started_on or min(tenure.attested_on, default=date.min)
