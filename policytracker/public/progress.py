"""What was promised and what came of it over time, and how much happened each month: charts with their tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from policytracker.pages import charts, dates
from policytracker.pages.statuses import CONCLUDED, STATUSES
from policytracker.tracking.moments import Moment
from policytracker.tracking.standing.history import History
from policytracker.tracking.timeline import Tally

MOST_PERIODS = 48


Count = tuple[int, str]  # with the list behind it; "" where the row leads there


@dataclass(frozen=True)
class OverTime:
    """A chart with its table: each row is a period with the list behind it and its counts, under `heads`."""

    chart: SafeString
    heads: list[str]
    rows: list[tuple[str, str, list[Count]]]

    @property
    def last_period(self) -> str:
        return self.rows[-1][0]

    @property
    def last_counts(self) -> list[int]:
        """What each column ends with."""
        return [count for count, _url in self.rows[-1][2]]


def burn_up_of(history: History, moment: Moment, list_url: str) -> OverTime | None:
    """Commitments made and concluded by the end of each period; None where nothing was promised.

    `list_url` is the list of these commitments; each count leads to those it counts, as they stood then.
    """
    if history.begins_on is None:
        return None
    ends = period_ends(history.begins_on, moment.as_of)
    periods = [(end, history.made_by(end), history.concluded_by(end)) for end in ends]
    return OverTime(
        chart=charts.burn_up([(_month(end), made, concluded) for end, made, concluded in periods]),
        heads=[pgettext("column", "Made"), pgettext("column", "Concluded")],
        rows=[
            (_month(end), "", [(made, _then(list_url, end)), (concluded, _then(list_url, end, *CONCLUDED))])
            for end, made, concluded in periods
        ],
    )


def statuses_over_time(history: History, moment: Moment, list_url: str) -> OverTime | None:
    """How many stood at each status at the end of each period; None where nothing was promised.

    `list_url` is the list of these commitments; each period leads to it as it stood on its last day.
    """
    if history.begins_on is None:
        return None
    counted = [(end, history.statuses_on(end)) for end in period_ends(history.begins_on, moment.as_of)]
    shown = [status for status in STATUSES if any(counts[status.key] for _end, counts in counted)]
    return OverTime(
        chart=charts.stacked_columns([(_month(end), counts) for end, counts in counted]),
        heads=[str(status.label) for status in shown],
        rows=[
            (
                _month(end),
                _then(list_url, end),
                [(counts[status.key], _then(list_url, end, status.key)) for status in shown],
            )
            for end, counts in counted
        ],
    )


def activity_by_month(months: Sequence[tuple[date, Tally]], moment: Moment, timeline_url: str) -> OverTime:
    """How much happened in each month; each figure leads to the timeline of that month, as known at the moment."""

    def opened(first: date) -> str:
        days = {"since": first.isoformat(), "until": _month_end(first.year, first.month).isoformat()}
        return f"{timeline_url}?{'&'.join(filter(None, [urlencode(days), moment.query]))}"

    return OverTime(
        chart=charts.columns([(_month(first), tally.number) for first, tally in months]),
        heads=[_("Events")],
        rows=[(_month(first), "", [(tally.number, opened(first))]) for first, tally in months],
    )


def period_ends(first: date, last: date) -> list[date]:
    """The ends of months from `first` to `last`, of quarters or years where that would be too many; `last` itself ends."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((step for step in (1, 3, 12) if months / step <= MOST_PERIODS), 12)
    ends = [_month_end(first.year, first.month + step * number - 1) for number in range(1, months // step + 2)]
    return [end for end in ends if end < last] + [last]


def _month(day: date) -> str:
    return dates.in_words(day, "month", dates.SHORT)


def _then(list_url: str, day: date, *statuses: str) -> str:
    """The list of what had been promised by that day, as it stood on it; of some statuses only where they are named."""
    asked = [("made_until", day.isoformat()), ("as_of", day.isoformat()), *(("status", key) for key in statuses)]
    return f"{list_url}{'&' if '?' in list_url else '?'}{urlencode(asked)}"


def _month_end(year: int, month: int) -> date:
    """The last day of a month; months above twelve run into later years."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
