"""Deciding which subjects an article names."""

from collections.abc import Sequence
from datetime import datetime

import pghistory
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from policytracker.tracking.models import Mention


def confirm_mentions(*, mentions: Sequence[Mention], by: User, at: datetime) -> int:
    """Say that these mentions are right; how many were not decided that way before.

    Of several senses of the same words, the others are rejected with it.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="confirm mention"):
        chosen = [mention.pk for mention in mentions]
        waiting = Mention.objects.filter(pk__in=chosen).exclude(state=Mention.State.CONFIRMED)
        count = waiting.update(state=Mention.State.CONFIRMED, decided_by=by, decided_at=at, recorded_at=at)
        for mention in mentions:
            if mention.is_ambiguous:
                _reject(_other_senses(mention).exclude(pk__in=chosen), by=by, at=at)
    return count


def reject_mentions(*, mentions: Sequence[Mention], by: User, at: datetime) -> int:
    """Say that these mentions are wrong; how many were not decided that way before."""
    with transaction.atomic(), pghistory.context(user=by.pk, action="reject mention"):
        return _reject(Mention.objects.filter(pk__in=[mention.pk for mention in mentions]), by=by, at=at)


def _reject(mentions: QuerySet[Mention], *, by: User, at: datetime) -> int:
    undecided = mentions.exclude(state=Mention.State.REJECTED)
    return undecided.update(state=Mention.State.REJECTED, decided_by=by, decided_at=at, recorded_at=None)


def _other_senses(mention: Mention) -> QuerySet[Mention]:
    return Mention.objects.proposed().filter(
        article_id=mention.article_id, snapshot_id=mention.snapshot_id, start=mention.start, end=mention.end
    )
