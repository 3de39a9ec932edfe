"""The status and the deadlines of many commitments, picked by the database: for counts, facets and calendars.

`with_status` tells what `decide` tells; the tests hold the two to one answer. Deadlines are decided in Python, of those
rows that may have an open one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from policytracker.government.models import Commitment, Occurrence
from policytracker.tracking.models import Assessment, DeadlineChange, RubricStatus, Ruling
from policytracker.tracking.moments import Moment

from .facts import with_standing
from .values import NOT_RATED

Rows = TypeVar("Rows", bound="QuerySet[Commitment]")


def with_status(commitments: Rows, moment: Moment) -> Rows:
    """The same commitments, each with `status_then`: its status at the moment, as a column to filter and count by."""
    whole = _latest(moment).filter(occurrence=None)
    period = (
        _latest(moment)
        .filter(occurrence__recorded_at__lte=moment.known_at)
        .order_by("-occurrence__period_end", "-occurrence_id", "-effective_from", "-recorded_at", "-pk")
    )
    status = Coalesce(Subquery(whole.values("status")[:1]), Subquery(period.values("status")[:1]), Value(NOT_RATED))
    return commitments.annotate(
        status_then=Case(When(verifiability="not_verifiable", then=Value(NOT_RATED)), default=status)
    )


def with_open_deadlines(commitments: Rows, moment: Moment) -> Rows:
    """Those with their standing that have, or had, a deadline and are not concluded by a verdict on the whole."""
    concluded = RubricStatus.objects.filter(is_concluded=True).values("key")
    dated = Q(due_on__isnull=False) | Exists(_periods(moment)) | Exists(_changes(moment))
    is_open = ~Q(status_then__in=concluded) | Exists(_periods(moment))
    return with_standing(with_status(commitments, moment).filter(dated).filter(is_open), moment)


def overdue_ids(commitments: QuerySet[Commitment], moment: Moment) -> list[int]:
    """The numbers of those that are overdue at the moment."""
    found: Iterable[Any] = with_open_deadlines(commitments, moment)
    return [commitment.pk for commitment in found if commitment.standing.is_overdue]


def _latest(moment: Moment) -> QuerySet[Assessment]:
    """The verdicts on a commitment that were in force at the moment, the one that counts first."""
    withdrawn = Ruling.objects.filter(assessment=OuterRef("pk"), kind="withdrawn", recorded_at__lte=moment.known_at)
    replaced = Assessment.objects.filter(supersedes=OuterRef("pk"), recorded_at__lte=moment.known_at)
    told: Any = Assessment.objects.published().known(moment.known_at)
    return told.filter(
        ~Exists(withdrawn), ~Exists(replaced), commitment=OuterRef("pk"), effective_from__lte=moment.true_by
    ).order_by("-effective_from", "-recorded_at", "-pk")


def _periods(moment: Moment) -> QuerySet[Occurrence]:
    told: Any = Occurrence.objects.published().known(moment.known_at)
    return told.filter(commitment=OuterRef("pk"), due_on__isnull=False)


def _changes(moment: Moment) -> QuerySet[DeadlineChange]:
    told: Any = DeadlineChange.objects.published().known(moment.known_at)
    return told.filter(commitment=OuterRef("pk"))
