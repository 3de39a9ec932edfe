"""What changed about a commitment after it was made: its deadline, its condition, its end, its successor."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar
from uuid import UUID

import pghistory
from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from policytracker.government.models import Commitment, Occurrence
from policytracker.tracking.models import (
    ConditionChange,
    DeadlineChange,
    Discontinuation,
    Evidence,
    Supersession,
)
from policytracker.tracking.moments import present
from policytracker.tracking.standing import standing

from .once import once
from .publishing import publish_articles
from .refusals import Refused
from .rules import rules_in_words

Changed = TypeVar("Changed", DeadlineChange, ConditionChange, Discontinuation, Supersession)


class NotConditional(Refused):
    """The commitment has no condition to wait for."""


class NotRecurring(Refused):
    """The commitment is to be kept once."""


class NotLater(Refused):
    """An extension moves a deadline to a later day."""

    field = "due_on"


@dataclass(frozen=True)
class Told:
    """When something changed, why, and how we know: by a piece of evidence or an address."""

    happened_on: date
    reason: str = ""
    evidence: Evidence | None = None
    source_url: str = ""


@dataclass(frozen=True)
class Due:
    """The last day of the period that was named, how exactly, and in which words; no day: there is no deadline."""

    due_on: date | None
    precision: str = "day"
    words: str = ""


def extend_deadline(
    *,
    commitment: Commitment,
    due: Due,
    told: Told,
    by: User,
    at: datetime,
    occurrence: Occurrence | None = None,
    key: UUID | None = None,
) -> DeadlineChange:
    """Record that the government announced a later deadline, with its source. Raises `NotLater`, `SourceMissing` …"""

    def make() -> DeadlineChange:
        before = _last_day(commitment, occurrence, at)
        if due.due_on is None or (before is not None and due.due_on <= before):
            raise NotLater(_("An extension names a later day than the deadline before."))
        return _record(_deadline(DeadlineChange.Kind.EXTENDED, commitment, occurrence, due), told, by=by, at=at)

    return once(key=key, by=by, at=at, kind=DeadlineChange, make=make)


def override_deadline(
    *,
    commitment: Commitment,
    due: Due,
    told: Told,
    by: User,
    at: datetime,
    occurrence: Occurrence | None = None,
    key: UUID | None = None,
) -> DeadlineChange:
    """Read the words of a deadline anew, with our reason; from `told.happened_on` on. Raises `RuleBroken` …"""
    change = _deadline(DeadlineChange.Kind.OVERRIDDEN, commitment, occurrence, due)
    return _record_once(change, told, by=by, at=at, key=key)


def change_condition(
    *, commitment: Commitment, state: str, told: Told, by: User, at: datetime, key: UUID | None = None
) -> ConditionChange:
    """Record that the condition was met (on evidence), can no longer be met, or is waited for again.

    Raises `NotConditional`, `SourceMissing` for a met condition without evidence …
    """
    if not commitment.is_conditional:
        raise NotConditional(_("This commitment waits for no condition."))
    return _record_once(ConditionChange(commitment=commitment, state=state), told, by=by, at=at, key=key)


def discontinue(
    *, commitment: Commitment, told: Told, by: User, at: datetime, key: UUID | None = None
) -> Discontinuation:
    """Record that a recurring commitment came to an end; earlier periods keep their standing. Raises `NotRecurring` …"""
    if not commitment.recurrence:
        raise NotRecurring(_("This commitment is to be kept once; nothing is there to discontinue."))
    return _record_once(Discontinuation(commitment=commitment), told, by=by, at=at, key=key)


def supersede(
    *,
    commitment: Commitment,
    successor: Commitment | None,
    told: Told,
    by: User,
    at: datetime,
    key: UUID | None = None,
) -> Supersession:
    """Record that another commitment (or nothing we track) took its place; both keep their verdicts.

    Raises `RuleBroken` where that is on record already, or one of the two is a draft.
    """
    return _record_once(Supersession(old=commitment, new=successor), told, by=by, at=at, key=key)


def _last_day(commitment: Commitment, occurrence: Occurrence | None, at: datetime) -> date | None:
    """The deadline as it stands, earlier changes included."""
    told = standing(commitment, present(now=at, zone=UTC))
    if occurrence is None:
        return told.due.last_day
    return next((o.due.last_day for o in told.occurrences if o.occurrence_id == occurrence.pk), occurrence.due_on)


def _deadline(kind: str, commitment: Commitment, occurrence: Occurrence | None, due: Due) -> DeadlineChange:
    return DeadlineChange(
        commitment=commitment,
        occurrence=occurrence,
        kind=kind,
        due_on=due.due_on,
        due_precision=due.precision if due.due_on else "",
        due_words=due.words,
    )


def _record_once(change: Changed, told: Told, *, by: User, at: datetime, key: UUID | None) -> Changed:
    return once(key=key, by=by, at=at, kind=type(change), make=lambda: _record(change, told, by=by, at=at))


def _record(change: Changed, told: Told, *, by: User, at: datetime) -> Changed:
    """Publish the change, the evidence it rests on, and the article that this quotes."""
    change.happened_on = told.happened_on
    change.reason = told.reason.strip()
    change.evidence = told.evidence
    change.source_url = told.source_url
    change.added_by = by
    change.recorded_at = at
    with rules_in_words(), pghistory.context(user=by.pk, action=f"record {change._meta.model_name}"):
        if told.evidence is not None and not told.evidence.is_published:
            publish_articles(article_ids=[told.evidence.snapshot.article_id], at=at)
            Evidence.objects.filter(pk=told.evidence.pk).drafts().update(recorded_at=at)
        change.save()
    return change
