"""The end of a government: a round in which every open commitment gets its closing assessment."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import ngettext

from policytracker.government.models import Commitment, Government
from policytracker.tracking.models import ClosingRound

from .clock import acting
from .corrections import end_of
from .refusals import Refused


class StillOpen(Refused):
    """Nothing closes silently: some commitments have no closing assessment yet. `commitments` are they."""

    def __init__(self, sentence: str, *, commitments: QuerySet[Commitment]) -> None:
        super().__init__(sentence)
        self.commitments = commitments


def end_government(*, government: Government, ended_on: date, by: User, at: datetime) -> ClosingRound:
    """Record that a government left office, and open its closing round."""
    with acting(by=by, at=at, action="end government"):
        if government.ended_on is None:
            end_of(target=government, values={"ended_on": ended_on}, by=by, at=at)
        return open_closing_round(government=government, by=by, at=at)


def open_closing_round(*, government: Government, by: User, at: datetime) -> ClosingRound:
    """The closing round of a government; the one that is open already where there is one."""
    with acting(by=by, at=at, action="open closing round"):
        closing, _is_new = ClosingRound.objects.get_or_create(
            government=government, defaults={"opened_at": at, "opened_by": by}
        )
    return closing


def close_round(*, closing: ClosingRound, by: User, at: datetime) -> ClosingRound:
    """Close the round. Raises StillOpen, with the commitments, while one of them has no closing assessment."""
    with acting(by=by, at=at, action="close round"):
        locked = ClosingRound.objects.select_for_update().get(pk=closing.pk)
        if locked.closed_at is None:
            _refuse_open(locked)
            locked.closed_at = at
            locked.save(update_fields=["closed_at"])
    return locked


def still_open(closing: ClosingRound) -> QuerySet[Commitment]:
    """The commitments that the round has yet to close, by the same rule the database holds it to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM tracking_rule_still_open(%s, %s)", [closing.pk, closing.government_id])
        ids = [row[0] for row in cursor.fetchall()]
    return Commitment.objects.filter(pk__in=ids).order_by("due_on", "pk")


def _refuse_open(closing: ClosingRound) -> None:
    commitments = still_open(closing)
    left = commitments.count()
    if left:
        raise StillOpen(
            ngettext(
                "%(n)d open commitment of this government has no closing assessment.",
                "%(n)d open commitments of this government have no closing assessment.",
                left,
            )
            % {"n": left},
            commitments=commitments,
        )
