"""What an official answered for: commitments of a ministry inherited at the start of a term, and resolved during it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from policytracker.government.models import Commitment, Membership, Official
from policytracker.tracking.moments import Moment
from policytracker.tracking.standing import with_standing


@dataclass(frozen=True)
class Watch:
    """One term at the head of a ministry, with what was open when it began and what was concluded during it."""

    membership: Membership
    inherited: list[Any]
    resolved: list[Any]


def on_their_watch(official: Official, commitments: QuerySet[Commitment], moment: Moment) -> list[Watch]:
    """The official's terms at the head of ministries, the latest first; one query for all their commitments."""
    terms = [
        held
        for held in official.told_memberships  # type: ignore[attr-defined]
        if held.post.is_head and held.started_on and held.recorded_at <= moment.known_at
    ]
    if not terms:
        return []
    led = list(with_standing(commitments.filter(lead_ministry__in={held.post.ministry_id for held in terms}), moment))
    return [_watch(held, [c for c in led if c.lead_ministry_id == held.post.ministry_id], moment) for held in terms]


def _watch(held: Membership, led: Sequence[Any], moment: Moment) -> Watch:
    start, end = held.started_on or date.min, min(held.ended_on or moment.as_of, moment.as_of)
    return Watch(
        membership=held,
        inherited=[c for c in led if c.made_on < start and not _concluded_by(c, start)],
        resolved=[c for c in led if any(run.is_concluded and start <= run.since <= end for run in c.standing.runs)],
    )


def _concluded_by(commitment: Any, day: date) -> bool:
    before = [run for run in commitment.standing.runs if run.since < day]
    return bool(before) and before[-1].is_concluded
