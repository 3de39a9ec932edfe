"""Statuses over time with the terms of those who answered for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from policytracker.government.holders import holders_on
from policytracker.government.models import Commitment, Membership
from policytracker.pages import charts, dates
from policytracker.pages.statuses import status_of
from policytracker.tracking.moments import Moment

Row = tuple[str, str, str, str]


@dataclass(frozen=True)
class Strips:
    """The drawing: who was responsible above, a strip a commitment, the years below, and the same as a table."""

    tenure: SafeString
    rows: list[tuple[Commitment, SafeString]]
    years: SafeString
    table: list[Row]
    starts_on: date
    ends_on: date


def commitment_strip(commitment: Commitment, heads: Sequence[Membership], moment: Moment) -> Strips | None:
    """The strip of one commitment; None where nothing was ever concluded of it."""
    return strips([commitment], heads, moment, height=34)


def strips(
    commitments: Sequence[Any], heads: Sequence[Membership], moment: Moment, *, height: int = 22
) -> Strips | None:
    """The strips of several commitments on one axis; None where nothing was concluded of any."""
    told = [commitment for commitment in commitments if commitment.standing.runs]
    if not told:
        return None
    starts_on = min(min(commitment.made_on, commitment.standing.runs[0].since) for commitment in told)
    axis = charts.Axis(min(starts_on, moment.as_of), moment.as_of)
    return Strips(
        tenure=charts.tenure_strip(axis, terms_of(heads, axis), _("Minister")),
        rows=[(c, charts.status_strip(axis, _runs(c, moment), c.statement_i18n, height=height)) for c in told],
        years=charts.year_labels(axis),
        table=[row for commitment in told for row in _table(commitment, heads)],
        starts_on=axis.start,
        ends_on=axis.end,
    )


def terms_of(heads: Sequence[Membership], axis: charts.Axis) -> list[charts.Term]:
    """The terms that touch the axis, one after the other; an acting holder only where nobody else is known."""
    begun = [(held.started_on, held) for held in heads if held.started_on and held.started_on <= axis.end]
    begun.sort(key=lambda pair: pair[0])
    terms = []
    for index, (start, held) in enumerate(begun):
        following = begun[index + 1][0] if index + 1 < len(begun) else axis.end
        end = min(held.ended_on or axis.end, following, axis.end)
        if end > axis.start:
            terms.append(charts.Term(max(start, axis.start), end, str(held.official)))
    return terms


def holders_since(heads: Sequence[Membership], since: date, until: date) -> list[Membership]:
    """Who held the office between two days, the newest first."""
    touching = [
        membership
        for membership in heads
        if (membership.started_on is None or membership.started_on <= until)
        and (membership.ended_on is None or membership.ended_on >= since)
    ]
    return sorted(touching, key=lambda membership: membership.started_on or date.min, reverse=True)


def _runs(commitment: Any, moment: Moment) -> list[charts.Run]:
    runs = commitment.standing.runs
    ends = [run.since for run in runs[1:]] + [moment.as_of]
    return [charts.Run(run.since, end, run.status) for run, end in zip(runs, ends, strict=True)]


def _table(commitment: Any, heads: Sequence[Membership]) -> list[Row]:
    return [
        (
            commitment.statement_i18n,
            dates.in_words(run.since),
            str(status_of(run.status).label),
            ", ".join(str(membership.official) for membership in holders_on(heads, run.since)),
        )
        for run in commitment.standing.runs
    ]
