"""How much of what was promised came to an end, over time; and how much happened each month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.safestring import SafeString

from policytracker.pages import charts, dates
from policytracker.tracking.moments import Moment

MOST_PERIODS = 48


@dataclass(frozen=True)
class Progress:
    """A chart with its table."""

    chart: SafeString
    table: list[tuple[str, ...]]
    made: int
    concluded: int


def burn_up_of(commitments: Sequence[Any], moment: Moment) -> Progress | None:
    """Commitments made and concluded by the end of each period; None where nothing was promised."""
    if not commitments:
        return None
    ends = period_ends(min(commitment.made_on for commitment in commitments), moment.as_of)
    periods = [
        (
            dates.in_words(end, "month", dates.SHORT),
            sum(commitment.made_on <= end for commitment in commitments),
            sum(_is_concluded_on(commitment, end) for commitment in commitments),
        )
        for end in ends
    ]
    return Progress(
        chart=charts.burn_up(periods),
        table=[(label, str(made), str(concluded)) for label, made, concluded in periods],
        made=periods[-1][1],
        concluded=periods[-1][2],
    )


def period_ends(first: date, last: date) -> list[date]:
    """The ends of months from `first` to `last`, of quarters or years where that would be too many; `last` itself ends."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((step for step in (1, 3, 12) if months / step <= MOST_PERIODS), 12)
    ends = [_month_end(first.year, first.month + step * number - 1) for number in range(1, months // step + 2)]
    return [end for end in ends if end < last] + [last]


def _month_end(year: int, month: int) -> date:
    """The last day of a month; months above twelve run into later years."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _is_concluded_on(commitment: Any, day: date) -> bool:
    held = [run for run in commitment.standing.runs if run.since <= day]
    return bool(held) and held[-1].is_concluded
